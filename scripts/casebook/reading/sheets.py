"""A sheet of a workbook as its file holds it, whatever the format.

Cells are kept by row and column, without the empty ones between them, so that a note in the
furthest corner costs no more than one beside the table. What is remarkable in a sheet is for
`sheetremarks`, which sheet is read for `openworkbooks`, and how for the modules of the formats.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise, takewhile

from casebook.data.cells import MOST_COLUMNS, MOST_ROWS, TableError, column_name
from casebook.data.remarks import Remark

MOST_CELLS = 2_000_000
"""How many cells of a sheet can hold a text."""
MOST_CHARACTERS = 100_000_000
"""In all cells of a sheet, each counted: a file can hold a text once that a million cells have."""
_MOST_MERGED = 20_000
_MOST_REPEATED = 200_000
"""Cells of one row that a file holds once, and that come again in the rows below it."""
_COPY = "copy what belongs to the study into a sheet of its own"


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet of cells, not of a chart, or a table of a document.

    Attributes:
        name: Its name; of a table its number.
        hidden: Whether a spreadsheet does not show it.
        caption: The words above a table.
        begins: The first texts of a table.
    """

    name: str
    hidden: bool = False
    caption: str = ""
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are merged into one, from the first row and column to the last ones."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a cell's text that has a look of its own.

    Attributes:
        text: The text.
        struck: Whether it is struck through; None is as the cell is.
        raised: Whether it is raised or lowered, as the mark of a footnote is.
    """

    text: str
    struck: bool | None = None
    raised: bool = False


@dataclass
class Sheet:
    """A sheet; cells are (row, column), both from 1.

    Attributes:
        name: Its name.
        texts: The texts of the cells that hold any, by row and column.
        hidden_rows: Rows that are not shown, by a filter too.
        hidden_columns: Columns that are not shown.
        merged: The merged cells.
        struck: Cells whose text is struck through.
        divided: Cells whose text is not what a reader takes from its pieces, with the reason.
        commented: Cells with a comment.
        shown: What is shown of cells whose number format shows something else, or nothing.
        units: The units that number formats show behind the numbers of cells.
        uncomputed: Cells with a formula whose value the file does not hold; their text is the
            formula.
        told: What else the file says, as remarks.
    """

    name: str
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)
    divided: dict[tuple[int, int], str] = field(default_factory=dict)
    commented: set[tuple[int, int]] = field(default_factory=set)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    units: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    told: list[Remark] = field(default_factory=list)
    _count: int = 0
    _characters: int = 0
    _last_hidden: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell.

        Raises:
            TableError: the cell has one already, or is none, or there are too many cells.
        """
        if not (0 < row <= MOST_ROWS and 0 < column <= MOST_COLUMNS):
            allowed = f"rows 1 to {MOST_ROWS:,} and columns A to {column_name(MOST_COLUMNS)}"
            found = f"row {row}, column {column}"
            raise TableError(allowed, "open it and save it again", value=found)
        cells = self.texts.setdefault(row, {})
        self._count += 1
        self._characters += len(text)
        if column in cells:
            where = f"{column_name(column)}{row}"
            raise TableError("a workbook with each cell once", f"{where} is in the file twice")
        if self._count > MOST_CELLS:
            raise TableError(f"a sheet of up to {MOST_CELLS:,} cells", _COPY)
        if self._characters > MOST_CHARACTERS:
            raise TableError(f"a sheet of up to {MOST_CHARACTERS:,} characters", _COPY)
        cells[column] = text

    def put_run(self, row: int, columns: range, text: str) -> None:
        """Put a text into cells beside one another, of which nothing else is known.

        Raises:
            TableError: as of `put`.
        """
        cells = self.texts.get(row, {})
        if columns.stop - 1 > MOST_COLUMNS or not cells.keys().isdisjoint(columns):
            for column in columns:
                self.put(row, column, text)
            return
        # The first one is put as any other, when the others are counted.
        self._count += len(columns) - 1
        self._characters += (len(columns) - 1) * len(text)
        self.put(row, columns[0], text)
        self.texts[row].update(dict.fromkeys(columns, text))

    def put_pieces(self, row: int, column: int, pieces: Sequence[Piece], struck: bool) -> None:
        """Put a text of pieces into a cell, which may be struck through itself.

        Raises:
            TableError: as of `put`.
        """
        self.put(row, column, "".join(piece.text for piece in pieces))
        seen = [piece for piece in pieces if piece.text.strip()]
        left = [p for p in seen if not (struck if p.struck is None else p.struck)]
        if not left:
            self.struck.add((row, column))
        elif len(left) < len(seen):
            rest = " ".join(piece.text.strip() for piece in left)
            self.divided[row, column] = f"a part of it is struck through, and {rest!r} is not"
        elif any(_runs_on(one, other) for one, other in pairwise(p for p in pieces if p.text)):
            hint = "a part of it is raised or lowered, as the mark of a footnote or an exponent is"
            self.divided[row, column] = hint

    def hide_columns(self, first: int, last: int) -> None:
        """Hide columns, which come from the left to the right in all formats."""
        columns = range(max(first, self._last_hidden + 1), min(last, MOST_COLUMNS) + 1)
        self.hidden_columns.update(columns)
        self._last_hidden = max(last, self._last_hidden)

    def merge(self, merged: Merged) -> None:
        """Merge cells.

        Raises:
            TableError: there are too many merged cells.
        """
        self.merged.append(merged)
        if len(self.merged) > _MOST_MERGED:
            raise TableError(f"a sheet of up to {_MOST_MERGED:,} merged cells", "unmerge them")

    def repeat(self, row: int, times: int) -> None:
        """Put the last row so far, with what is known of its cells, so many times below itself.

        Raises:
            TableError: there are too many cells, or too many merged ones.
        """
        if times * len(self.texts[row]) > _MOST_REPEATED:
            allowed = f"a row of the same texts again and again in up to {_MOST_REPEATED:,} cells"
            raise TableError(allowed, "delete what was filled in below the table", row=row)
        last = takewhile(lambda one: one.row == row, reversed(self.merged))
        merged = [one for one in last if one.last_row == row][::-1]
        for copy in range(row + 1, row + times + 1):
            for column, text in self.texts[row].items():
                self.put(copy, column, text)
                self.copy_marks((row, column), (copy, column))
            for one in merged:
                self.merge(Merged(copy, one.column, copy, one.last_column))
            if row in self.hidden_rows:
                self.hidden_rows.add(copy)

    def copy_marks(self, cell: tuple[int, int], copy: tuple[int, int]) -> None:
        """Let a copy of a cell's text, in another cell, have what is known of the text."""
        for marked in (self.struck, self.commented, self.uncomputed):
            if cell in marked:
                marked.add(copy)
        for told in (self.divided, self.shown, self.units):
            if cell in told:
                told[copy] = told[cell]


def _runs_on(one: Piece, other: Piece) -> bool:
    """Whether a number seems to go on in a piece that stands higher or lower."""
    met = re.search(r"\d[.,]?$", one.text) and re.match(r"\d", other.text)
    return one.raised != other.raised and met is not None


@contextmanager
def on_sheet(sheet: Sheet) -> Iterator[None]:
    """Let an error that the block raises name the sheet."""
    try:
        yield
    except TableError as error:
        error.sheet = sheet.name
        raise


@contextmanager
def on_cell(row: int, column: int, value: str) -> Iterator[None]:
    """Let what the block cannot make a text of be told at its cell.

    Raises:
        TableError: the block could not read the value.
    """
    try:
        yield
    except TableError:
        raise
    except (ValueError, ArithmeticError, LookupError):
        allowed, hint = "a value that a spreadsheet can show", "type it into the cell again"
        name = column_name(column)
        raise TableError(allowed, hint, value=value, row=row, column=name) from None


def date_text(moment: date | time | timedelta, *, of_day: bool = False) -> str:
    """A day as 2024-02-29, with the time if it is not midnight; a time or a duration as h:mm:ss.

    Args:
        moment: The day, time or duration.
        of_day: Whether a day is shown; a time alone is then on the day 0 of spreadsheets.
    """
    if of_day and isinstance(moment, time):
        return "1900-01-00" if moment == time() else f"1900-01-00 {moment}"
    if isinstance(moment, datetime) and moment.time() == time():
        return moment.date().isoformat()
    return str(moment)
