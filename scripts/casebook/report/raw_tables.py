"""The tables that a study was read from, as a report shows them: cell by cell, each with its id.

Of long tables the first rows are shown. What rests on a cell is for `appendix`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from pathlib import Path

from casebook.data.cells import MOST_ROWS, Grid, normalised, read_grid
from casebook.data.corrected_cells import by_cell
from casebook.data.filled import with_filled
from casebook.data.findings import Finding
from casebook.data.harms import NO, Harm
from casebook.data.places import NOWHERE, Place, Places, address
from casebook.data.row_choice import rows_with
from casebook.data.stacked import in_table
from casebook.study.harms import HarmTable
from casebook.study.model import Study
from casebook.wording.sentences import in_brief

MOST_SHOWN = 1000
"""How many patients of the raw table are shown, and how many rows of another one."""
_COUNTED = "yes"
_NOT_COUNTED = "no: it began before the treatment"
_NOT_IN_RATES = "yes, but not in rates: it began after the time on treatment"


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell of a table: what it is called on the page, its text, and its correction.

    `place` tells the row, where a patient can have several. If the patient's row is none of the
    file, `address` is what a spreadsheet calls the cell, in the `row` of the file; it is 0 if there
    is no such cell, as of a visit that was missed. `table` is the name of the table that has it, if
    that is joined to the first one.
    """

    anchor: str
    text: str
    correction: Finding | None = None
    place: str = ""
    address: str = ""
    row: int = 0
    table: str = ""

    @property
    def corrected(self) -> str:
        """The text that results come from."""
        return self.correction.new if self.correction else self.text

    @property
    def counted(self) -> str:
        """The same in words, with what it was corrected from."""
        return (self.corrected or "empty") + f" (corrected from {self.text or 'empty'})" * bool(
            self.correction
        )


@dataclass(frozen=True)
class RawTable:
    """The cells of a table that the study reads, by row and column of the file.

    Attributes:
        file: Its name.
        columns: The headers of the columns.
        patients: The patients of the rows that are shown.
        cells: The cells that are shown.
        more: How many more rows there are.
        places: Where in the file the texts of all patients are, if it has other rows and columns.
    """

    file: str
    columns: Mapping[int, str]
    patients: Mapping[int, str]
    cells: Mapping[tuple[int, int], RawCell]
    more: int = 0
    places: Places | None = None

    @cached_property
    def rows(self) -> dict[str, list[int]]:
        """The rows that are shown, by their patients."""
        found: dict[str, list[int]] = {}
        for row, patient in self.patients.items():
            found.setdefault(patient, []).append(row)
        return found

    def numbers(self, headers: Iterable[str]) -> list[int]:
        """The numbers of the columns with these headers, as far as they are shown."""
        wanted = {*headers}
        return [number for number, header in self.columns.items() if header in wanted]

    def rows_of(self, row: int, header: str) -> list[int]:
        """The row of the file where a patient's text of a column stands, shown or not, if any."""
        if self.places is None or header not in self.places.columns:
            return [row]
        at = self.places.of(row, header)
        return [in_table(at[0])[1]] if at else []

    def at(self, row: int, header: str) -> RawCell | None:
        """The cell in a row and column, if it is shown."""
        return next((self.cells.get((row, number)) for number in self.numbers([header])), None)


@dataclass(frozen=True)
class Events:
    """The table of adverse events.

    Attributes:
        raw: Its cells.
        counted: By row, whether the event is counted, in words.
        harms: The harms that stand in it, those of rows that are not shown too.
    """

    raw: RawTable
    counted: Mapping[int, str]
    harms: Sequence[Harm]

    @cached_property
    def _by_term(self) -> dict[str, list[Harm]]:
        found: dict[str, list[Harm]] = {}
        for harm in self.harms:
            found.setdefault(harm.term, []).append(harm)
        return found

    def of(self, patients: AbstractSet[str], term: str) -> list[Harm]:
        """The harms of some patients; those of a term, if it is one."""
        harms = self._by_term.get(term, ()) if term else self.harms
        return [harm for harm in harms if harm.patient in patients]

    def cells(self, harms: Iterable[Harm], headers: Iterable[str]) -> Iterator[tuple[str, RawCell]]:
        """The cells of some harms in these columns, with the patients, as far as they are shown."""
        numbers = self.raw.numbers(headers)
        for harm in harms:
            if harm.row in self.raw.patients:
                yield from ((harm.patient, self.raw.cells[harm.row, n]) for n in numbers)


def raw_table(
    study: Study,
    cells: Path,
    rows: Mapping[int, str],
    findings: Sequence[Finding],
    places: Places | None = None,
) -> RawTable:
    """The part of the raw table that a study reads, without its private columns.

    Of many patients, those that stand first in the table are shown.

    Args:
        study: The study.
        cells: The raw table.
        rows: The patients' identifiers by their row.
        findings: What was found in it, corrections among it.
        places: Where the patients' texts are, if the file has no row for each patient.
    """
    patients = dict(islice(rows.items(), MOST_SHOWN))
    last = places.last_row(patients) if places else max(patients, default=0)
    in_file = read_grid(cells, last)
    grid = places.of_patients(patients).laid_out(in_file) if places else in_file
    columns = _columns(grid, study.columns - study.private_columns)
    corrections = by_cell([e for e in findings if e.about == "correction"], in_file, places)
    names = [*study.source.tables]
    found = {}
    for row, (number, header) in product(patients, columns.items()):
        at = (places.of(row, header) or NOWHERE) if places else (row, number)
        table, row_in_file = in_table(at[0])
        told = _told((row_in_file, at[1]), names[table]) if places else ""
        found[row, number] = RawCell(
            f"cell-{row}-{number}",
            grid.columns[number][grid.places[row]],
            corrections.get((row, header)),
            place=f", {told}" if told else "",
            address=told,
            row=row_in_file,
            table=names[table],
        )
    more = len(rows) - len(patients)
    files = in_brief([*_files(study)])
    return RawTable(files, columns, patients, found, more, places)


def _told(place: Place, table: str) -> str:
    """What a cell is called: D7 as in a spreadsheet, or visits!D7 in a table that is joined."""
    return f"{table}!" * bool(table and place[0]) + address(place)


def _files(study: Study) -> Iterator[str]:
    """The tables of patients, each with the name by which it is joined."""
    for name, form in study.source.tables.items():
        sheet = f"sheet {form.sheet!r} of " if study.beside(form) and form.sheet else ""
        yield f"{sheet}{form.table}" + f" ({name})" * bool(name)


def events_table(
    study: Study, cells: Path, harms: Sequence[Harm], findings: Sequence[Finding] = ()
) -> Events:
    """The part of the table of adverse events that a study reads.

    Args:
        study: The study.
        cells: The table.
        harms: The harms of all patients.
        findings: What was found in it, corrections among it.
    """
    table, of_table = study.table_of_harms, [harm for harm in harms if harm.row]
    of_row = {harm.row: harm for harm in of_table}
    last = sorted(of_row)[MOST_SHOWN - 1] if len(of_row) >= MOST_SHOWN else MOST_ROWS
    grid = with_filled(read_grid(cells, last), table.fill_down, table.leave_out)
    columns = _columns(grid, {*table.header_of.values()})
    rows = [
        row
        for row in rows_with(table.rows_with, grid, table.rows_without)
        if row not in table.leave_out
    ]
    shown = {
        row: {number: grid.columns[number][grid.places[row]] for number in columns}
        for row in rows[:MOST_SHOWN]
    }
    corrections = {(e.row, e.column): e for e in findings if e.about == "event correction"}
    found = {
        (row, number): RawCell(
            f"event-{row}-{number}",
            text,
            corrections.get((row, columns[number])),
            f", row {row}",
        )
        for row, texts in shown.items()
        for number, text in texts.items()
    }
    of_patient = next(n for n, header in columns.items() if header == table.columns.patient)
    patients = {row: normalised(found[row, of_patient].corrected) for row in shown}
    more = len({*rows, *of_row} - {*patients})
    raw = RawTable(_file(study, table), columns, patients, found, more)
    return Events(raw, {row: _counted(of_row.get(row)) for row in patients}, of_table)


def _columns(grid: Grid, headers: AbstractSet[str]) -> dict[int, str]:
    """The columns with these headers, by their numbers."""
    every = {number: normalised(text) for number, text in grid.headers.items()}
    return {number: text for number, text in every.items() if text in headers}


def _file(study: Study, table: HarmTable) -> str:
    if study.beside(table) and table.sheet:
        return f"sheet {table.sheet!r} of {table.table}"
    return table.table


def _counted(harm: Harm | None) -> str:
    if harm is None:
        return _NOT_COUNTED
    return _NOT_IN_RATES if harm.on_treatment == NO else _COUNTED
