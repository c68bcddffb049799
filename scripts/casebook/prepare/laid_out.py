"""A table with a row for each patient, whatever the table of the file is like.

Each value of a patient is found in a cell of the file, and stays at it: what is said of a value
later is told where the file has it. How a text is read is for `values`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from casebook.data.cells import Grid, column_name, normalised
from casebook.data.filled import with_filled
from casebook.data.findings import Finding
from casebook.data.places import NOWHERE, Place, Places
from casebook.data.remarks import Remark
from casebook.data.stacked import in_stack, in_table, unstacked
from casebook.prepare.joined import join
from casebook.prepare.layout import (
    Table,
    columns_of,
    remarks_on_rows,
    rows_of_patients,
    unused_columns,
)
from casebook.prepare.long_rows import LongRows
from casebook.prepare.tables import at_own_keys
from casebook.study.model import Study


class At(NamedTuple):
    """Where a cell is, as findings name it; the header as in its file."""

    file: str
    row: int
    column: str


@dataclass(frozen=True)
class InFile:
    """A table of the file, behind one with a row for each patient.

    Attributes:
        table: The table; turned if its file has patients in columns.
        used: The numbers of the columns of that which are read.
        turned: The headers of the columns of the file, if it has patients in columns.
        found: What is wrong with rows and columns of the table.
        visited: The days of each patient's rows, if they have dates.
    """

    table: Table
    used: frozenset[int]
    turned: Mapping[int, str] = field(default_factory=dict)
    found: Sequence[Finding] = ()
    visited: Mapping[str, Sequence[date]] = field(default_factory=dict)

    def header(self, number: int) -> str:
        """What a column of the file is called in messages."""
        headers = self.turned or self.table.grid.headers
        return normalised(headers.get(number, "")) or (column_name(number) if number else "")

    def turned_back(self, finding: Finding) -> Finding:
        """A finding at a row and column of the turned table as one of the file."""
        if not self.turned or finding.file != self.table.file:
            return finding
        grid = self.table.grid
        numbers = {normalised(text): number for number, text in grid.headers.items()}
        column = "" if finding.row == grid.header_row else self.header(finding.row)
        return replace(finding, row=numbers.get(finding.column, 0), column=column)

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with rows and columns of the file."""
        return [*map(self.turned_back, self.found)]

    @property
    def unused(self) -> list[Finding]:
        """The columns of the file that are not read, or rows if it has patients in columns."""
        found = unused_columns(self.table.file, self.table.grid, self.used)
        return [*map(self.turned_back, found)]


@dataclass(frozen=True)
class LaidOut:
    """A table with a row for each patient.

    Attributes:
        grid: The table.
        columns: The numbers of its columns that the study reads, by their headers.
        rows: The numbers of its rows that are patients.
        tables: The tables of the files, that of the study's source first.
        places: Where in the stack of these its texts are, unless they are at their own rows and
            columns.
        found: What is wrong with how the tables are joined.
        errors: Why a cell has not one text, by the row and header of this table.
    """

    grid: Grid
    columns: Mapping[str, int]
    rows: Sequence[int]
    tables: Sequence[InFile]
    places: Places | None = None
    found: Sequence[Finding] = ()
    errors: Mapping[tuple[int, str], Remark] = field(default_factory=dict)

    @property
    def table(self) -> Grid:
        """The cells of the first file."""
        return self.tables[0].table.grid

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with rows and columns of the files."""
        return [*chain.from_iterable(each.findings for each in self.tables), *self.found]

    @property
    def visited(self) -> dict[str, list[date]]:
        """The days of each patient's rows in all files that have dates in place of visits."""
        found: dict[str, list[date]] = {}
        for in_file in self.tables:
            for patient, days in in_file.visited.items():
                found.setdefault(patient, []).extend(days)
        return found

    @property
    def of_wrong_rows(self) -> set[str]:
        """Whom the rows of the first file are of in which something is wrong."""
        table = self.tables[0].table
        form, grid = table.form, table.grid
        wrong = {each.row for each in self.findings if each.severity == "error"} & {*grid.body}
        numbers = {normalised(text): number for number, text in grid.headers.items()}
        if not wrong or form.patient not in numbers:
            return set()
        filled = with_filled(grid, {form.patient} & {*form.fill_down}, form.no_patients)
        texts = filled.columns[numbers[form.patient]]
        return {normalised(texts[grid.places[row]]) for row in wrong}

    @property
    def unused_identifiers(self) -> dict[str, str]:
        """Which row of the first file has an identifier, in words, if that should be nobody's."""
        table = self.tables[0].table
        form, grid = table.form, table.grid
        numbers = {normalised(text): number for number, text in grid.headers.items()}
        if form.patient not in numbers:
            return {}
        texts, what = grid.columns[numbers[form.patient]], "column" if form.transpose else "row"
        found: dict[str, str] = {}
        for row in grid.body:
            told = f"{what} {row} of the table has it, but no value of the study is read from there"
            if row in form.leave_out:
                told = (
                    f"{what} {row} of the table has it, which source.leave_out of study.yaml leaves"
                    f" out ({form.leave_out[row]}): check whether it should"
                )
            found.setdefault(normalised(texts[grid.places[row]]), told)
        return found

    def unused(self) -> list[Finding]:
        """The columns of the files that are not read."""
        return [*chain.from_iterable(each.unused for each in self.tables)]

    def in_file(self, finding: Finding) -> Finding:
        """A finding at a cell of this table as one at the cell of the file.

        A correction stays with its patient where others have the text of the same cell, too.
        """
        own = finding.file == self.tables[0].table.file
        if self.places is None or not own:
            return finding
        if finding.about == "correction" and self.places.is_told_at_patient(
            finding.row, finding.column
        ):
            return finding
        places = self.places.columns.get(finding.column, ())
        if finding.row == self.grid.header_row and places:
            at = self._header_above(places)
        else:
            at = self.places.of(finding.row, finding.column) or (0, 0)
        return replace(finding, **self.at(*at)._asdict()) if at[0] else finding

    def _header_above(self, places: Iterable[Place]) -> Place:
        """Where the header of a column stands that has its texts at these places."""
        row, column = next((each for each in places if each[0]), NOWHERE)
        number = in_table(row)[0]
        in_file = self.tables[number]
        if in_file.turned:
            return row, 0
        return in_stack(number, in_file.table.grid.header_row), column

    def at(self, row: int, column: int) -> At:
        """Where a cell among those of all tables is in its file, as findings name it."""
        number, own = in_table(row)
        table = self.tables[number]
        return At(table.table.file, own, table.header(column))

    def is_key(self, remark: Remark) -> bool:
        """Whether a remark is on a cell by which rows are joined, which no value is read from."""
        number, row = in_table(remark.row)
        in_file = self.tables[number]
        keys = {*in_file.table.form.keys.values()} if number else set()
        return row not in in_file.table.form.no_patients and in_file.header(remark.column) in keys

    @property
    def headers(self) -> Iterator[At]:
        """The headers of all tables, each with its file and row."""
        for in_file in self.tables:
            grid = in_file.table.grid
            own = min(grid.columns) if in_file.turned else grid.header_row
            texts = in_file.turned or grid.headers
            yield from (At(in_file.table.file, own, text) for text in texts.values())

    def is_header(self, row: int) -> bool:
        """Whether a row among those of all files is the first of its file."""
        number, own = in_table(row)
        table = self.tables[number]
        grid = table.table.grid
        return own == (min(grid.columns) if table.turned else grid.header_row)

    def cells_of(self, remark: Remark) -> Iterable[tuple[int, str]]:
        """The rows and headers of this table that a remark on a cell of the file is about."""
        if self.places is not None:
            return self.places.from_cell((remark.row, remark.column))
        header = normalised(self.table.headers.get(remark.column, ""))
        return [(remark.row, header)] if remark.column in self.tables[0].used else []

    def without_cell(self, header: str) -> Iterable[int]:
        """The places of the patients of whom no cell of the file has the text of a column."""
        columns = self.places.columns if self.places else {}
        return (at for at, place in enumerate(columns.get(header, ())) if place == NOWHERE)

    def uses(self, remark: Remark) -> bool:
        """Whether any text of this table is of the row or the column of a remark."""
        if self.places is None:
            return not remark.column or remark.column in self.tables[0].used
        number, row = in_table(remark.row)
        rows, columns = self.places.in_files[number]
        return row in {0, *rows} and remark.column in {0, *columns}


def lay_out(study: Study, files: Sequence[str], grid: Grid) -> LaidOut:
    """The table of a study with a row for each patient.

    Args:
        study: The study, which says how its tables are laid out.
        files: Its tables, for messages.
        grid: Their cells as they were found, one table below the other.
    """
    source = study.source
    if not source.is_laid_out:
        wanted = [each.name for each in study.headings.values()]
        table = Table("", source, files[0], grid)
        every, wrong = columns_of(study, table, [*wanted, *source.rows_with])
        columns = {h: number for h, number in every.items() if h in {*wanted, source.patient}}
        used = frozenset(every.values()) | _of_events(study, grid)
        in_file = InFile(table, used, found=[*wrong, *_remarks_on_rows(study, table)])
        return LaidOut(grid, columns, rows_of_patients(table), [in_file])
    grids = [*unstacked(grid)] if source.joined else [grid]
    tables = [
        Table(name, form, file, each.turned() if form.transpose else each)
        for (name, form), file, each in zip(source.tables.items(), files, grids, strict=True)
    ]
    joined = join(study, tables)
    laid = joined.places.laid_out(grid, tables[0].grid.header_row)
    in_files = [
        _in_file(study, rows_of, each) for rows_of, each in zip(joined.tables, grids, strict=True)
    ]
    return LaidOut(
        laid,
        {header: number for number, header in laid.headers.items()},
        joined.places.rows,
        in_files,
        joined.places,
        joined.findings,
        joined.errors,
    )


def _in_file(study: Study, rows_of: LongRows, grid: Grid) -> InFile:
    """The table of a file, whose cells are those of a grid."""
    table = rows_of.table
    used = frozenset(rows_of.columns.values())
    return InFile(
        table,
        used if table.name else used | _of_events(study, table.grid),
        grid.headers if table.form.transpose else {},
        at_own_keys(table.name, [*rows_of.findings, *_remarks_on_rows(study, table)]),
        rows_of.visited,
    )


def _of_events(study: Study, grid: Grid) -> frozenset[int]:
    """The columns of the same table that adverse events are read from."""
    headers = study.table_of_harms.headers if study.is_one_table else ()
    return frozenset(n for n, text in grid.headers.items() if normalised(text) in headers)


def _remarks_on_rows(study: Study, table: Table) -> Iterator[Finding]:
    """What is wrong with rows that the study names; adverse events may stand in others."""
    of_events = study.table_of_harms.rows_with if study.is_one_table and not table.name else {}
    return remarks_on_rows(table, of_events)
