"""A table with a row for each patient, whatever the table of the file is like.

Each value of a patient is found in a cell of the file, and stays at it: what is said of a value
later is told where the file has it. How a text is read is for `values`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casebook.data.cells import Grid, normalised
from casebook.data.findings import Finding
from casebook.data.places import Places
from casebook.data.remarks import Remark
from casebook.prepare.layout import columns_of, rows_of_patients
from casebook.prepare.long_rows import LongRows
from casebook.study.model import Study


@dataclass(frozen=True)
class LaidOut:
    """A table with a row for each patient.

    Attributes:
        grid: The table.
        columns: The numbers of its columns that the study reads, by their headers.
        rows: The numbers of its rows that are patients.
        used: The numbers of the columns of the file that are read.
        places: Where in the file its texts are, unless they are at their own rows and columns.
        headers: The headers of the columns of the file.
        findings: What is wrong with rows and columns of the file.
        errors: Why a cell has not one text, by the row and header of this table.
    """

    grid: Grid
    columns: Mapping[str, int]
    rows: Sequence[int]
    used: frozenset[int]
    places: Places | None = None
    headers: Mapping[int, str] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    errors: Mapping[tuple[int, str], Remark] = field(default_factory=dict)

    def in_file(self, finding: Finding) -> Finding:
        """A finding at a cell of this table as one at the cell of the file."""
        if self.places is None:
            return finding
        if finding.row == self.grid.header_row and finding.column in self.places.columns:
            number = next((column for _, column in self.places.columns[finding.column]), 0)
            return replace(finding, column=normalised(self.headers.get(number, finding.column)))
        place = self.places.of(finding.row, finding.column)
        if place is None:
            return finding
        return replace(finding, row=place[0], column=normalised(self.headers[place[1]]))

    def cells_of(self, remark: Remark) -> Iterable[tuple[int, str]]:
        """The rows and headers of this table that a remark on a cell of the file is about."""
        if self.places is not None:
            return self.places.from_cell((remark.row, remark.column))
        header = normalised(self.headers.get(remark.column, ""))
        return [(remark.row, header)] if remark.column in self.used else []

    def uses(self, remark: Remark) -> bool:
        """Whether any text of this table is of the row or the column of a remark."""
        if remark.row and self.places:
            return remark.row in self.places.rows_in_file
        return not remark.column or remark.column in self.used


def lay_out(study: Study, file: str, grid: Grid) -> LaidOut:
    """The table of a study with a row for each patient.

    Args:
        study: The study, which says how the table is laid out.
        file: The table, for messages.
        grid: Its cells as they were found.
    """
    if not study.source.is_long:
        wanted = [each.name for each in study.headings.values()]
        columns, wrong = columns_of(study, file, grid, wanted)
        rows = rows_of_patients(study.source, grid)
        used = frozenset(columns.values())
        return LaidOut(grid, columns, rows, used, None, grid.headers, wrong)
    rows_of = LongRows(study, file, grid)
    places, errors = rows_of.places()
    laid = places.laid_out(grid)
    columns = {header: number for number, header in laid.headers.items()}
    used = frozenset(rows_of.columns.values())
    return LaidOut(laid, columns, places.rows, used, places, grid.headers, rows_of.findings, errors)
