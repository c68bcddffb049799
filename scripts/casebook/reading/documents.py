"""Tables of documents, such as a Word document or a web page, as sheets.

A document can have several tables, each known by its number or by the words above it. Cells are
laid out in columns here, as rows of such tables need not have the same cells; how they are read
from a file is for the modules of the formats.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from casebook.data.cells import MOST_COLUMNS, TableError
from casebook.data.remarks import Remark
from casebook.reading.sheets import Merged, Piece, Sheet, SheetName

_MOST_CELLS = 200_000
"""In a table; what comes again in the rows below it counts in each."""
_SHOWN, _MOST_SHOWN = 40, 3
_HIDDEN = "the page hides this cell, and shows others of its column"
_LACKS = "it may be of another column: add the cell that the row lacks, which may be empty"


@dataclass(frozen=True, slots=True)
class DocumentCell:
    """A cell of a row.

    Attributes:
        start: Where it begins in the table's grid, from 0.
        span: Over how many columns of the grid it goes.
        pieces: Its text.
        continues: Whether it is a part of the merged cell above it.
        commented: Whether there is a comment on it.
        doubt: Why its text may not be what a reader sees; empty if nothing says so.
        hidden: Whether it is not shown, by itself or with its column.
    """

    start: int
    span: int
    pieces: Sequence[Piece]
    continues: bool = False
    commented: bool = False
    doubt: str = ""
    hidden: bool = False

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class DocumentTable:
    """A table: the words above it, its rows, and the numbers of rows that are hidden, from 1."""

    caption: str = ""
    rows: list[list[DocumentCell]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    _count: int = 0

    def add(self, cells: list[DocumentCell]) -> None:
        """Add a row.

        Raises:
            TableError: there are more cells than in any table.
        """
        self._count += len(cells)
        width = max((cell.start + cell.span for cell in cells), default=0)
        if self._count > _MOST_CELLS or width > MOST_COLUMNS:
            allowed = f"a table of up to {_MOST_CELLS:,} cells and {MOST_COLUMNS:,} columns"
            raise TableError(allowed, "copy what belongs to the study into a table of its own")
        self.rows.append(cells)

    @property
    def has_text(self) -> bool:
        """Whether anything but white space stands in it."""
        return any(cell.text.strip() for row in self.rows for cell in row)

    @property
    def begins(self) -> str:
        """Its first texts, by which a reader knows it."""
        texts = (" ".join(cell.text.split()) for row in self.rows for cell in row)
        return " | ".join(text[:_SHOWN] for text in islice(filter(None, texts), _MOST_SHOWN))


@dataclass(frozen=True, slots=True)
class Document:
    """An open document, by those of its tables that hold any text."""

    tables: Sequence[DocumentTable]

    @property
    def names(self) -> list[SheetName]:
        """Its tables by their numbers."""
        return [
            SheetName(str(number), caption=" ".join(each.caption.split()), begins=each.begins)
            for number, each in enumerate(self.tables, start=1)
        ]

    def read(self, index: int, sheet: Sheet, decimal: str) -> None:
        """Read a table; its numbers are texts already, whatever sign they have."""
        table = self.tables[index]
        sheet.hidden_rows |= table.hidden
        merged: dict[int, Merged] = {}
        short = _short(table.rows)
        hidden: dict[int, dict[int, bool]] = {}
        for row, cells in enumerate(_in_columns(table.rows), start=1):
            for first, last, cell in cells:
                _put(sheet, row, first, cell)
                if cell.text.strip():
                    hidden.setdefault(first, {})[row] = cell.hidden
                if row in short and cell.text.strip():
                    told = (cell.text, "a row with as many cells as the header", _LACKS)
                    sheet.told.append(Remark("error", row, first, *told))
                if cell.continues and first in merged:
                    above = merged[first]
                    merged[first] = Merged(above.row, above.column, row, above.last_column)
                    continue
                _merge(sheet, merged.pop(first, None))
                merged[first] = Merged(row, first, row, last)
        for each in merged.values():
            _merge(sheet, each)
        _hide(sheet, hidden)


def _hide(sheet: Sheet, hidden: Mapping[int, Mapping[int, bool]]) -> None:
    """Keep in mind which columns are hidden, and which cells of others.

    Args:
        sheet: The sheet.
        hidden: By column and row, of each cell with a text, whether it is hidden.
    """
    for column, cells in hidden.items():
        if all(cells.values()):
            sheet.hidden_columns.add(column)
            continue
        for row, is_hidden in cells.items():
            if is_hidden:
                sheet.divided.setdefault((row, column), _HIDDEN)


def _short(rows: Sequence[Sequence[DocumentCell]]) -> set[int]:
    """The rows that end before the header does: which of their cells is not there cannot be known.

    A row with one text, as a title or a note, is no such row.
    """
    header = next((row for row in rows if any(cell.text.strip() for cell in row)), ())
    return {
        number
        for number, row in enumerate(rows, start=1)
        if len(row) < len(header)
        and _end(row) < _end(header)
        and sum(bool(cell.text.strip()) for cell in row) > 1
    }


def _end(row: Sequence[DocumentCell]) -> int:
    return max((cell.start + cell.span for cell in row), default=0)


def _merge(sheet: Sheet, cells: Merged | None) -> None:
    if cells and (cells.row, cells.column) != (cells.last_row, cells.last_column):
        sheet.merge(cells)


def _put(sheet: Sheet, row: int, column: int, cell: DocumentCell) -> None:
    if not cell.text:
        return
    if (before := sheet.texts.get(row, {}).get(column)) is not None:
        hint = f"the cell is split in two, {before!r} and {cell.text!r}"
        sheet.divided[row, column] = hint
        return
    sheet.put_pieces(row, column, cell.pieces, struck=False)
    if cell.commented:
        sheet.commented.add((row, column))
    if cell.doubt:
        sheet.divided[row, column] = cell.doubt


def _in_columns(
    rows: Sequence[Sequence[DocumentCell]],
) -> Iterator[list[tuple[int, int, DocumentCell]]]:
    """The cells of each row, with the first and the last column of each, from 1.

    The edges of columns that were drawn by hand are not quite in line, so that a grid has more
    columns than a reader sees: the rows that have as many cells as most show these. In another row,
    and where cells are merged and others split, a cell belongs to the columns that it lies above.
    """
    counts = Counter(len(row) for row in rows if row)
    usual = max(counts, key=lambda count: (counts[count], count), default=0)
    edges = Counter(tuple(cell.start for cell in row) for row in rows if len(row) == usual)
    starts = max(edges, key=edges.__getitem__, default=())
    for row in rows:
        if len(row) == usual and not _holds_others(row, starts):
            yield [(column, column, cell) for column, cell in enumerate(row, start=1)]
            continue
        placed = []
        for cell in row:
            first = max(bisect_right(starts, cell.start), 1)
            last = max(bisect_left(starts, cell.start + cell.span), first)
            beyond = max(cell.start - starts[-1], 0) if len(row) > usual else 0
            placed.append((first + beyond, last + beyond, cell))
        yield placed


def _holds_others(row: Sequence[DocumentCell], starts: Sequence[int]) -> bool:
    """Whether a cell holds the whole width of a column that is not its own by its place."""
    for place, cell in enumerate(row):
        first = bisect_left(starts, cell.start)
        last = bisect_right(starts, cell.start + cell.span) - 2
        if first <= last and (first, last) != (place, place):
            return True
    return False
