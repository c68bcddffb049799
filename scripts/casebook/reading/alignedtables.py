"""Tables of plain texts whose columns are aligned by spaces, as copied or as pdftotext lays out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from textwrap import dedent

_CELL = re.compile(r"\S+(?: \S+)*")
"""What two spaces part from what stands beside it."""
_LONGEST_CELL = 40
"""In characters; the columns of a page that two spaces part are wider."""
_DEEPEST_LABEL = 8
"""How far the label of a row may be indented; what begins behind that is of another column."""
_FEWEST_COLUMNS = 3
_FEWEST_LINES = 2


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int
    end: int

    def distance(self, other: "_Cell") -> tuple[int, int]:
        """How far it is from another, below 0 if they overlap, and how far their middles are."""
        apart = max(self.start, other.start) - min(self.end, other.end)
        return apart, abs(self.start + self.end - other.start - other.end)


def aligned(lines: Sequence[str]) -> Iterator[tuple[int, int, list[list[str]]]]:
    """The tables that spaces align in lines that follow one another.

    Yields:
        The first line of each and that behind its last, and its rows, all with as many cells; the
        lines that begin with many spaces make up its header.
    """
    parted = [_cells(line) for line in dedent("\n".join(lines)).split("\n")]
    start = 0
    while start < len(parted):
        behind = start
        if len(parted[start]) >= _FEWEST_COLUMNS:
            while behind < len(parted) and _is_a_row(parted[behind]):
                behind += 1
        end = behind
        while end > start and len(parted[end - 1]) == 1:
            end -= 1
        if rows := _rows(parted[start:end]):
            yield start, end, rows
        start = max(behind, start + 1)


def closed_up(text: str) -> str:
    """A text without the empty lines between those that have three cells and more."""
    found: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            above = next((place for place, each in enumerate(reversed(found)) if each.strip()), 0)
            beside = (line, found[-above - 1]) if above else ()
            if beside and all(len(_cells(each)) >= _FEWEST_COLUMNS for each in beside):
                del found[-above:]
        found.append(line)
    return "\n".join(found)


def _cells(line: str) -> list[_Cell]:
    """The cells of a line; many spaces before them leave the first one empty."""
    line = line.expandtabs().rstrip()
    found = [_Cell(each[0], *each.span()) for each in _CELL.finditer(line)]
    return [_Cell("", 0, 0), *found] if found and found[0].start > _DEEPEST_LABEL else found


def _is_a_row(cells: Sequence[_Cell]) -> bool:
    """Whether a line has short cells; a short line alone may be a title within the table."""
    return bool(cells) and all(len(each.text) <= _LONGEST_CELL for each in cells)


def _rows(lines: Sequence[Sequence[_Cell]]) -> list[list[str]]:
    """The rows of a table; nothing where most cells have no number, or columns are too few."""
    full = max(map(len, lines), default=0)
    if full < _FEWEST_COLUMNS or len(lines) < _FEWEST_LINES:
        return []
    header = [*takewhile(lambda cells: not cells[0].text, lines)] or [lines[0]]
    body = lines[len(header) :]
    cells = [each.text for line in body for each in line[1:] if each.text]
    if 2 * sum(bool(re.search(r"\d", each)) for each in cells) <= len(cells):
        return []
    columns = [*_columns([line for line in lines if len(line) == full])]
    above = [" ".join(filter(None, texts)) for texts in zip(*_placed(header, columns), strict=True)]
    return [above, *_placed(body, columns)]


def _columns(lines: Sequence[Sequence[_Cell]]) -> Iterator[_Cell]:
    """From where to where each column goes, by the lines that have a cell in every one."""
    for cells in zip(*lines, strict=True):
        yield _Cell("", min(each.start for each in cells), max(each.end for each in cells))


def _placed(lines: Sequence[Sequence[_Cell]], columns: Sequence[_Cell]) -> Iterator[list[str]]:
    """The lines with a cell in each column, which of a line with fewer is the nearest one."""
    for cells in lines:
        row = [""] * len(columns)
        for place, cell in enumerate(cells):
            others = range(place, len(columns))
            near = min(others, key=lambda each: cell.distance(columns[each]))
            at = place if len(cells) == len(columns) or place == 0 else near
            row[at] = f"{row[at]} {cell.text}".strip()
        yield row
