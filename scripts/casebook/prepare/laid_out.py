"""A table with a row for each patient, whatever the table of the file is like.

Each value of a patient is found in a cell of the file, and stays at it: what is said of a value
later is told where the file has it. How a text is read is for `values`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casebook.data.cells import Grid, column_name, normalised
from casebook.data.findings import Finding
from casebook.data.places import NOWHERE, Places
from casebook.data.remarks import Remark
from casebook.prepare.layout import (
    columns_of,
    remarks_on_rows,
    rows_of_patients,
    unused_columns,
)
from casebook.prepare.long_rows import LongRows
from casebook.study.model import Study


@dataclass(frozen=True)
class LaidOut:
    """A table with a row for each patient.

    Attributes:
        file: The table of the file, for messages.
        grid: The table.
        columns: The numbers of its columns that the study reads, by their headers.
        rows: The numbers of its rows that are patients.
        table: The cells of the file; turned if they have patients in columns.
        used: The numbers of the columns of that which are read.
        places: Where in the file its texts are, unless they are at their own rows and columns.
        turned: The headers of the columns of the file, if it has patients in columns.
        found: What is wrong with rows and columns of the file.
        errors: Why a cell has not one text, by the row and header of this table.
    """

    file: str
    grid: Grid
    columns: Mapping[str, int]
    rows: Sequence[int]
    table: Grid
    used: frozenset[int]
    places: Places | None = None
    turned: Mapping[int, str] = field(default_factory=dict)
    found: Sequence[Finding] = ()
    errors: Mapping[tuple[int, str], Remark] = field(default_factory=dict)

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with rows and columns of the file."""
        return [*map(self._turned_back, self.found)]

    def unused(self) -> list[Finding]:
        """The columns of the file that are not read, or rows if it has patients in columns."""
        found = unused_columns(self.file, self.table, self.used)
        return [*map(self._turned_back, found)]

    def in_file(self, finding: Finding) -> Finding:
        """A finding at a cell of this table as one at the cell of the file.

        A correction stays with its patient: other patients may have the text of the same cell.
        """
        if self.places is None or finding.about == "correction":
            return finding
        places = self.places.columns.get(finding.column, ())
        if finding.row == self.grid.header_row and places:
            row, column = next((each for each in places if each[0]), (0, 0))
            at = (row, 0) if self.turned else (finding.row, column)
        else:
            at = self.places.of(finding.row, finding.column) or (0, 0)
        return replace(finding, row=at[0], column=self._header(at[1])) if at[0] else finding

    def _header(self, number: int) -> str:
        """What a column of the file is called in messages."""
        headers = self.turned or self.table.headers
        return normalised(headers.get(number, "")) or (column_name(number) if number else "")

    def _turned_back(self, finding: Finding) -> Finding:
        """A finding at a row and column of the turned table as one of the file."""
        if not self.turned or finding.file != self.file:
            return finding
        numbers = {normalised(text): number for number, text in self.table.headers.items()}
        is_of_header = finding.row == self.table.header_row
        column = "" if is_of_header else self._header(finding.row)
        return replace(finding, row=numbers.get(finding.column, 0), column=column)

    def cells_of(self, remark: Remark) -> Iterable[tuple[int, str]]:
        """The rows and headers of this table that a remark on a cell of the file is about."""
        if self.places is not None:
            return self.places.from_cell((remark.row, remark.column))
        header = normalised(self.table.headers.get(remark.column, ""))
        return [(remark.row, header)] if remark.column in self.used else []

    def without_cell(self, header: str) -> Iterable[int]:
        """The places of the patients of whom no cell of the file has the text of a column."""
        columns = self.places.columns if self.places else {}
        return (at for at, place in enumerate(columns.get(header, ())) if place == NOWHERE)

    def uses(self, remark: Remark) -> bool:
        """Whether any text of this table is of the row or the column of a remark."""
        if self.places is None:
            return not remark.column or remark.column in self.used
        rows, columns = self.places.in_file
        return remark.row in {0, *rows} and remark.column in {0, *columns}


def lay_out(study: Study, file: str, grid: Grid) -> LaidOut:
    """The table of a study with a row for each patient.

    Args:
        study: The study, which says how the table is laid out.
        file: The table, for messages.
        grid: Its cells as they were found.
    """
    source = study.source
    if not source.is_laid_out:
        wanted = [each.name for each in study.headings.values()]
        every, wrong = columns_of(study, file, grid, [*wanted, *source.rows_with])
        found = [*wrong, *remarks_on_rows(source, file, grid)]
        rows = rows_of_patients(source, grid)
        columns = {h: number for h, number in every.items() if h in {*wanted, source.patient}}
        used = frozenset(every.values()) | _of_events(study, grid)
        return LaidOut(file, grid, columns, rows, grid, used, found=found)
    table = _turned(grid) if source.transpose else grid
    rows_of = LongRows(study, file, table)
    places, errors = rows_of.places()
    if source.transpose:
        swapped = {h: [(row, column) for column, row in at] for h, at in places.columns.items()}
        places = Places(places.rows, swapped)
    laid = places.laid_out(grid, table.header_row)
    return LaidOut(
        file,
        laid,
        {header: number for number, header in laid.headers.items()},
        places.rows,
        table,
        frozenset(rows_of.columns.values()) | _of_events(study, table),
        places,
        grid.headers if source.transpose else {},
        [*rows_of.findings, *remarks_on_rows(source, file, table)],
        errors,
    )


def _turned(grid: Grid) -> Grid:
    """The table whose rows are the columns of another one."""
    rows = zip(*grid.columns.values(), strict=True)
    return Grid([*grid.columns], dict(zip(grid.numbers, rows, strict=True)))


def _of_events(study: Study, grid: Grid) -> frozenset[int]:
    """The columns of the same table that adverse events are read from."""
    headers = study.table_of_harms.headers if study.is_one_table else ()
    return frozenset(n for n, text in grid.headers.items() if normalised(text) in headers)
