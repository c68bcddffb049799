"""What the file of a raw table says beside the texts of its cells, from ingest to cleaning.

Ingest alone sees the file: a hidden row, a comment, a formula without a value. Cleaning alone knows
what of the table a study uses, and makes findings of the remarks on that. What is worth a remark is
not known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casebook.base.csvfiles import read_records, write_records
from casebook.data.findings import Severity

A_VALUE = "a value"
"""What would be allowed at a cell of which the file says that it means no value."""
A_CHOICE = "a choice of the data dictionary"
"""What would be allowed at a cell whose text is none, as a code for missing data is."""
A_CELL_OF_ITS_OWN = "a cell of its own for each column"
"""What would be allowed in place of a cell that is merged over columns."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on a cell, a row, a column or the whole table.

    One on a row says why it may be no patient; an error is always on a cell.

    Attributes:
        severity: As of the finding that becomes of it. An error says that the text of the cell is
            not its value: it has to be corrected, or to be one that means "missing".
        row: The row, from 1; 0 is all rows.
        column: The column, from 1; 0 is all columns.
        value: What was found.
        allowed: What would be allowed, if it is an error.
        hint: What it means, or what can be done.
    """

    severity: Severity
    row: int
    column: int
    value: str
    allowed: str = ""
    hint: str = ""


def write_remarks(path: Path, remarks: Iterable[Remark]) -> None:
    """Write a row a remark."""
    write_records(path, Remark, remarks)


def read_remarks(path: Path) -> list[Remark]:
    """Read what `write_remarks` wrote."""
    return read_records(path, Remark)
