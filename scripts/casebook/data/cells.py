"""The raw table as a grid of texts, each with the row and column where it stands.

Rows and columns count from 1, as in a spreadsheet. This is what ingest hands to cleaning; it says
nothing of what a cell means.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from pathlib import Path

from casebook.base.csvfiles import are_written_alike, encoded_text, read_parts
from casebook.base.files import written
from casebook.base.lookup import Once, TextLookup, blocks

# Zero-width space, word joiner, byte order mark, soft hyphen; joiners of letters are part of words.
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 2**20, 2**14, 20_000_000
"""How large a table can be: the rows and columns that Excel has, and cells, empty ones counted."""

_COLUMNS = ("row", "column", "text")

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
        title: What the row says, if it is above a table, as a title is.
        header_rows: The two rows that seem to be the header together, if two do.
        is_sure: Whether these two surely are.
        more: What else is wrong in the same way.
    """

    sheet = ""
    of_header = False
    title = ""
    header_rows: tuple[int, ...] = ()
    is_sure = False
    more: "tuple[TableError, ...]" = ()

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


def are_normalised(texts: Sequence[str]) -> bool:
    """Whether `normalised` leaves all of these as they are, as far as it is seen at once."""
    together = "".join(texts)
    return together.isascii() and (not together or together.split() == [together])


def folded(text: str) -> str:
    """A normalised text without the difference of upper and lower case."""
    return normalised(text).casefold()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text as found, and its origin: a row of the file that ingest leaves."""

    row: int
    column: int
    text: str


@dataclass(frozen=True)
class Grid:
    """A table whose rows have a cell in each of its columns.

    Attributes:
        numbers: The numbers of its rows, from the top; the first holds the headers.
        columns: The texts of each column in these rows, by its number.
    """

    numbers: Sequence[int]
    columns: Mapping[int, Sequence[str]]

    @property
    def header_row(self) -> int:
        """Number of the first row that holds anything."""
        return self.numbers[0]

    @property
    def headers(self) -> dict[int, str]:
        """Header texts by column number."""
        return {number: texts[0] for number, texts in self.columns.items()}

    @property
    def body(self) -> Sequence[int]:
        """The numbers of the rows below the header."""
        return self.numbers[1:]

    @cached_property
    def places(self) -> dict[int, int]:
        """Where the text of a row is in each column, by the number of the row."""
        return {number: place for place, number in enumerate(self.numbers)}

    def turned(self) -> "Grid":
        """The table whose rows are the columns of this one."""
        rows = zip(*self.columns.values(), strict=True)
        return Grid([*self.columns], dict(zip(self.numbers, rows, strict=True)))

    def without(self, rows: Collection[int]) -> "Grid":
        """The same without some rows."""
        kept = [number not in rows for number in self.numbers]
        columns = {column: [*compress(texts, kept)] for column, texts in self.columns.items()}
        return Grid([*compress(self.numbers, kept)], columns)


def write_cells(path: Path, grid: Grid) -> None:
    """Write a row a cell, those of a row of the table together."""
    ends = (_ends_of_lines(column, texts) for column, texts in grid.columns.items())
    rows = zip(map("{},".format, grid.numbers), *ends, strict=True)
    with written(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        file.write("row,column,text\n")
        file.writelines(begin + begin.join(row) for begin, *row in rows)


def _ends_of_lines(column: int, texts: Sequence[str]) -> Iterator[str]:
    known = TextLookup(encoded_text, are_written_alike)
    return (f"{column},{text}\n" for block in blocks(texts) for text in known.each(block))


def read_grid(path: Path, last_row: int = MOST_ROWS) -> Grid:
    """Read what `write_cells` wrote, to the last row that is asked for.

    Raises:
        ValueError: it is something else, or has no cell.
    """
    wanted = None if last_row >= MOST_ROWS else lambda cell: int(cell[0]) <= last_row
    numbers: list[str] = []
    columns: dict[str, list[str]] = {}
    once: dict[str, Once] = {}
    for rows, names, texts in _whole_rows(read_parts(path, _COLUMNS, wanted=wanted)):
        columns = columns or {name: [] for name in names[: _width(rows)]}
        once = once or {name: Once() for name in columns}
        width = len(columns)
        if any(rows[place::width] != rows[::width] for place in range(1, width)):
            raise ValueError("not every row of it has the same columns")
        numbers += rows[::width]
        for place, name in enumerate(columns):
            found = texts[place::width]
            if names[place::width].count(name) < len(found) or len(found) * width < len(rows):
                raise ValueError("not every row of it has the same columns")
            columns[name] += once[name].each(found)
    if not numbers:
        raise ValueError("there is no cell in it")
    return Grid(list(map(int, numbers)), {int(name): texts for name, texts in columns.items()})


def _whole_rows(
    parts: Iterable[Sequence[Sequence[str]]],
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The same cells, those of a row of the table in one part."""
    rest: list[list[str]] = [[], [], []]
    for part in parts:
        rest = [[*one, *other] for one, other in zip(rest, part, strict=True)]
        rows = rest[0]
        end = len(rows) and rows.index(rows[-1])
        if end:
            yield rest[0][:end], rest[1][:end], rest[2][:end]
            rest = [each[end:] for each in rest]
    if rest[0]:
        yield rest[0], rest[1], rest[2]


def _width(rows: Sequence[str]) -> int:
    return next((place for place, row in enumerate(rows) if row != rows[0]), len(rows))
