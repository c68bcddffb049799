"""The columns of a table that a study reads, as doubts on their headers know them."""

from collections.abc import Container
from dataclasses import dataclass

from casebook.data.findings import Finding


@dataclass(frozen=True)
class ReadColumns:
    """The columns of a table that are read.

    Attributes:
        file: The table, for the messages.
        header_row: Its row with the headers.
        names: What the columns are called.
    """

    file: str
    header_row: int
    names: Container[str]

    def warning(self, column: str, value: str, hint: str) -> Finding:
        """A warning at the header of a column; of the whole table if none is named."""
        row = self.header_row if column else 0
        return Finding("warning", self.file, row, column, value, "", hint)
