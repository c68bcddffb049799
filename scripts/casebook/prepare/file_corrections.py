"""Corrections of cells of the files, before these become a table with a row for each patient.

They name a row, or are of a column in which all rows of a patient of a long table must agree: each
of these that says what should be corrected is. So identifiers, visits and dates of rows can be
corrected, by which the rows of a patient are found. Where a file has patients in columns, what is
said here of rows is of these.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from casebook.data.cells import Grid, column_name, normalised
from casebook.data.filled import with_filled
from casebook.data.findings import Finding
from casebook.data.places import Place
from casebook.data.stacked import in_stack, unstacked
from casebook.prepare.corrections import Corrected, Correction
from casebook.prepare.tables import short_names_of_patients
from casebook.study.model import Study
from casebook.study.source import TableForm


@dataclass
class _File:
    """A table of the study, with the texts that corrections may change.

    Attributes:
        study: The study.
        form: What it says of the table.
        file: The table, for messages.
        grid: Its cells; turned if it has patients in columns.
    """

    study: Study
    form: TableForm
    file: str
    grid: Grid

    @cached_property
    def columns(self) -> dict[str, int]:
        """The numbers of the columns that are read and stand in each row, by their headers."""
        of_groups = {*self.form.fill_down, *self.form.group_rows} - {self.form.patient}
        read = {each.header for each in self.study.headings.values()}
        read = {*read, *self.form.keys.values(), *self.form.rows_with} - of_groups
        headers = {normalised(text): n for n, text in self.grid.headers.items()}
        return {header: n for header, n in headers.items() if header in read}

    @cached_property
    def _agreed(self) -> frozenset[str]:
        """The columns in which all rows of a patient must agree, or one alone can be meant."""
        if not self.form.is_long:
            return frozenset(self.columns if self.form.transpose else ())
        headings = self.study.headings.values()
        other = {each.header for each in headings if each.visit or each.measure}
        keys = self.form.keys
        other |= {keys.get(key, "") for key in ("patient", "visit", "measure")}
        return frozenset(self.columns.keys() - other - self.form.rows_with.keys())

    @cached_property
    def corrected(self) -> Corrected:
        """Its texts, which corrections change."""
        grid, patient = self.grid, self.form.patient or ""
        filled = with_filled(grid, {patient} & {*self.form.fill_down}, self.form.no_patients)
        rows = [row for row in grid.body if row not in self.form.no_patients]
        places = [grid.places[row] for row in rows]
        plain = {
            header: [normalised(grid.columns[number][at]) for at in places]
            for header, number in self.columns.items()
        }
        own = filled.columns[self.columns[patient]]
        patients = [normalised(own[at]) for at in places]
        private = self.study.private_columns
        found = Corrected(self.file, rows, patients, plain, self.columns, private)
        return replace(found, word="column") if self.form.transpose else found

    def has(self, each: Correction) -> bool:
        """Whether a correction is of cells of this table, as they stand there."""
        if self.form.patient not in self.columns or each.visit:
            return False
        return each.column in (self.columns if each.row else self._agreed)

    def correct(self, each: Correction) -> None:
        """Change the cell in a row, or those of a patient that say what should be corrected."""
        told = self.corrected
        rows = told.rows_of.get(each.patient, []) if self.form.is_long and not each.row else []
        meant = [row for row in rows if told.text(row, each.column) == each.old]
        told.correct([replace(each, row=told.called(row)) for row in meant] or [each])

    def place(self, row: int, header: str) -> Place:
        """Where a cell is in the file."""
        column = self.columns[header]
        return (column, row) if self.form.transpose else (row, column)

    def header(self, row: int) -> str:
        """What messages call a row that is a column of the file, as its first cell is corrected."""
        first = min(self.grid.columns)
        text = self.grid.columns[first][self.grid.places[row]]
        own = next((header for header, number in self.columns.items() if number == first), None)
        if own is not None and row in self.corrected.rows:
            text = self.corrected.text(row, own)
        return normalised(text) or column_name(row)

    def at(self, row: int, header: str) -> tuple[int, str]:
        """The row and column by which messages name a cell of the file."""
        return (self.columns[header], self.header(row)) if self.form.transpose else (row, header)

    @property
    def notes(self) -> Iterator[Finding]:
        """The corrections that were made, at the cells of the file."""
        for each in self.corrected.notes:
            row, column = self.at(each.row, each.column)
            yield replace(each, row=row, column=column)


@dataclass
class CorrectedFiles:
    """The cells of all files as corrected, and what is told of it.

    Attributes:
        grid: The cells of the files, one below the other.
        rest: The corrections that are not of a cell as it stands in a file.
        lines: The file and line of the last correction of a cell, by its place.
        notes: The corrections that were made.
        wrong: What is wrong with the others.
    """

    grid: Grid
    rest: Sequence[Correction]
    lines: dict[Place, tuple[str, int]] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)
    wrong: list[Finding] = field(default_factory=list)
    _told: dict[tuple[str, int, str], tuple[str, int]] = field(default_factory=dict)

    def add(self, number: int, table: _File) -> None:
        """Take over what the corrections have changed in a table of this number."""
        told, at = table.corrected, self.grid.places
        self.notes += table.notes
        self.wrong += told.wrong
        changed = {table.place(*cell)[1] for cell in told.lines}
        columns = {number: [*self.grid.columns[number]] for number in changed}
        for (row, header), line in told.lines.items():
            own, column = table.place(row, header)
            place = in_stack(number, own), column
            columns[column][at[place[0]]] = told.text(row, header)
            self.lines[place] = self._told[table.file, *table.at(row, header)] = line
        self.grid = Grid(self.grid.numbers, {**self.grid.columns, **columns})

    def at_its_line(self, finding: Finding) -> Finding:
        """What is wrong with a cell that a correction has changed, at the line that did so."""
        line = self._told.get((finding.file, finding.row, finding.column))
        if line is None or finding.severity != "error":
            return finding
        return replace(finding, file=line[0], row=line[1], column="new")


def correct_files(
    study: Study, files: Sequence[str], grid: Grid, corrections: Sequence[Correction]
) -> CorrectedFiles:
    """The cells of the tables of patients, with what corrections say of cells as they stand there.

    Args:
        study: The study.
        files: Its tables, for messages.
        grid: Their cells, one table below the other.
        corrections: The corrections of the tables.
    """
    source = study.source
    if not source.is_laid_out or not corrections:
        return CorrectedFiles(grid, corrections)
    grids = [*unstacked(grid)] if source.joined else [grid]
    forms = source.tables.values()
    tables = [
        _File(study, form, file, each.turned() if form.transpose else each)
        for form, file, each in zip(forms, files, grids, strict=True)
    ]
    named = short_names_of_patients(study)
    rest: list[Correction] = []
    meant: dict[int, list[Correction]] = {}
    for each in corrections:
        # The row of a line without a table is one of the first.
        several = range(len(tables)) if not each.row else range(1)
        among = [named.index(each.table)] if each.table else several
        number = next((n for n in among if tables[n].has(each)), None)
        if number is None:
            rest.append(each)
        else:
            meant.setdefault(number, []).append(each)
    found = CorrectedFiles(grid, rest)
    for number, own in meant.items():
        for each in own:
            tables[number].correct(each)
        found.add(number, tables[number])
    return found
