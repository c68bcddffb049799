"""The raw table as a grid of texts, each with the row and column where it stands.

Rows and columns count from 1, as in a spreadsheet. This is what ingest hands to cleaning; it says
nothing of what a cell means.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook.base.csvfiles import read_records, write_records

# Zero-width space, word joiner, byte order mark, soft hyphen; joiners of letters are part of words.
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 2**20, 2**14, 200_000
"""How large a table can be: the rows and columns that Excel has, and cells, empty ones counted."""

LONGEST = 32_767
"""How many characters a cell can hold, as in Excel."""


class TableError(ValueError):
    """Why a raw table cannot be read, in words for the user.

    Attributes:
        row: The row, from 1; 0 if it is not one row.
        column: The header of the column, or its letters; empty if it is not one column.
        value: What was found.
        allowed: What would be allowed.
        hint: What can be done.
        sheet: The sheet of a workbook, once it is known.
        of_header: Whether the header cannot be used, so that no column is known.
    """

    sheet = ""
    of_header = False

    def __init__(
        self, allowed: str, hint: str, *, value: str = "", row: int = 0, column: str = ""
    ) -> None:
        super().__init__(allowed)
        self.allowed, self.hint, self.value = allowed, hint, value
        self.row, self.column = row, column


def refuse_long(text: str, row: int, column: str) -> None:
    """Do nothing if a cell can hold a text.

    Raises:
        TableError: it is longer.
    """
    if len(text) > LONGEST:
        allowed = f"up to {LONGEST:,} characters in a cell"
        hint = f"it has {len(text):,}; is a quotation mark in the table never closed?"
        raise TableError(allowed, hint, value=text, row=row, column=column)


def column_name(column: int) -> str:
    """The letters by which a spreadsheet names a column, counted from 1."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def normalised(text: str) -> str:
    """A text as cells are compared: no white space around it, and single spaces within.

    Letters with accents have one form, whichever of Unicode's two the source uses. Characters of no
    width, as programs leave them in what is copied, are taken out.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_NO_WIDTH))
    return " ".join(text.split())


def folded(text: str) -> str:
    """A normalised text without the difference of upper and lower case."""
    return normalised(text).casefold()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text as found, and its origin."""

    row: int
    column: int
    text: str


@dataclass(frozen=True)
class Grid:
    """The rows of a table by their number: texts by column number."""

    rows: dict[int, dict[int, str]]

    @cached_property
    def header_row(self) -> int:
        """Number of the first row that holds anything."""
        return min(self.rows)

    @property
    def headers(self) -> dict[int, str]:
        """Header texts by column number."""
        return self.rows[self.header_row]

    @cached_property
    def body(self) -> dict[int, dict[int, str]]:
        """The rows below the header."""
        return {number: row for number, row in self.rows.items() if number != self.header_row}


def write_cells(path: Path, cells: Iterable[Cell]) -> None:
    """Write a row a cell."""
    write_records(path, Cell, cells)


def read_grid(path: Path) -> Grid:
    """Read what `write_cells` wrote, as a grid."""
    return as_grid(read_records(path, Cell))


def as_grid(cells: Iterable[Cell]) -> Grid:
    """The cells of a table by their rows and columns."""
    rows: dict[int, dict[int, str]] = {}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = cell.text
    return Grid(rows)
