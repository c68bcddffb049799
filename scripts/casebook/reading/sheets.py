"""A sheet of a workbook as its file holds it, whatever the format.

Cells are kept by row and column, without the empty ones between them, so that a note in the
furthest corner costs no more than one beside the table. What is remarkable in a sheet is for
`sheetremarks`, how a file is read for the modules of the formats.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import import_module
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Protocol

from casebook.base.errors import listed
from casebook.data.cells import MOST_COLUMNS, MOST_ROWS, TableError, column_name, folded
from casebook.data.remarks import Remark
from casebook.reading.filekinds import ONE_ALONE, SHEETS, TABLES, format_of

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


class Workbook(Protocol):
    """An open workbook of any format."""

    @property
    def names(self) -> Sequence[SheetName]:
        """Its sheets of cells."""

    def read(self, index: int, sheet: Sheet, decimal: str) -> None:
        """Read the sheet of this place among all, with this sign before the decimals of numbers."""


Opened = Callable[[Path], AbstractContextManager[Workbook]]
"""What a module of a format has as `opened`."""


def read_sheet(
    path: Path, wanted: str | None, decimal: str, beside: Collection[str] = ()
) -> tuple[Sheet, list[Remark]]:
    """A sheet of a workbook, and what the user may not know of the others.

    Args:
        path: The workbook, which ends in one of the endings of `filekinds.FORMATS`.
        wanted: The sheet's name; by default it is the first one that is shown.
        decimal: What the decimals of numbers begin with.
        beside: Other sheets that are read too, of which nothing needs to be said.

    Raises:
        TableError: the sheet is not there or too large, or the workbook asks for a password.
        Exception: of other kinds, if the file is damaged.
    """
    kind = format_of(path)
    opened: Opened = import_module(f"casebook.reading.{kind.module}").opened
    with opened(path) as workbook:
        if kind.holds == TABLES:
            index, remarks = chosen_table(workbook.names, wanted), list[Remark]()
        else:
            index, remarks = chosen(workbook.names, wanted, beside)
        sheet = Sheet(workbook.names[index].name)
        with on_sheet(sheet):
            workbook.read(index, sheet, decimal)
        return sheet, remarks


def shown_sheets(path: Path) -> Iterator[Sheet]:
    """Each sheet of a workbook that is shown, one after the other; none of another file.

    Raises:
        TableError: as of `read_sheet`.
        Exception: of other kinds, if the file is damaged.
    """
    kind = format_of(path)
    if kind.holds != SHEETS:
        return
    opened: Opened = import_module(f"casebook.reading.{kind.module}").opened
    with opened(path) as workbook:
        for index, each in enumerate(workbook.names):
            if not each.hidden:
                sheet = Sheet(each.name)
                workbook.read(index, sheet, ".")
                yield sheet


def first_of_several(path: Path) -> str | None:
    """The sheet that is read where none is named, of a workbook with several.

    Args:
        path: A workbook that `read_sheet` can read.
    """
    kind = format_of(path)
    opened: Opened = import_module(f"casebook.reading.{kind.module}").opened
    with opened(path) as workbook:
        names = workbook.names
        several = kind.holds != TABLES and len(names) > 1
        return names[chosen(names, None)[0]].name if several else None


def labels_of_columns(path: Path) -> Mapping[str, str]:
    """What the file calls columns beside their headers, as a data file of SPSS does.

    Args:
        path: A file that `read_sheet` can read.
    """
    kind = format_of(path)
    if kind.holds != ONE_ALONE:
        return {}
    labels: Mapping[str, str] = import_module(f"casebook.reading.{kind.module}").labels_of(path)
    return labels


def chosen(
    sheets: Sequence[SheetName], wanted: str | None, beside: Collection[str] = ()
) -> tuple[int, list[Remark]]:
    """Which sheet is meant, by its place among all, and what the user may not know of the others.

    Args:
        sheets: All sheets.
        wanted: The name of one; by default it is the first one that is not hidden, nor `beside`.
        beside: The names of others that are read too.

    Raises:
        TableError: there is no such sheet, or none at all.
    """
    if not sheets:
        raise TableError("a workbook with a sheet of cells", "it has none")
    read = {*map(folded, beside)}
    shown = [index for index, sheet in enumerate(sheets) if not sheet.hidden]
    index = next((i for i in shown if folded(sheets[i].name) not in read), (shown or [0])[0])
    if wanted is not None:
        found = [i for i, sheet in enumerate(sheets) if folded(sheet.name) == folded(wanted)]
        if not found:
            names = [sheet.name for sheet in sheets]
            hint = "name one of them in source.sheet of study.yaml"
            raise TableError(f"a sheet: {listed(names, wanted)}", hint, value=wanted)
        index = found[0]
    others = [s for i, s in enumerate(sheets) if i != index and folded(s.name) not in read]
    remarks = []
    if sheets[index].hidden:
        hint = "a sheet that is hidden in the workbook, but is read all the same"
        remarks.append(Remark("warning", 0, 0, sheets[index].name, "", hint))
    if hidden := [sheet.name for sheet in others if sheet.hidden]:
        remarks.append(Remark("note", 0, 0, ", ".join(hidden), "", "hidden, so not read"))
    if wanted is None and (visible := [sheet.name for sheet in others if not sheet.hidden]):
        hint = f"not read: source.sheet names no sheet, so {sheets[index].name!r} is taken"
        remarks.append(Remark("note", 0, 0, ", ".join(visible), "", hint))
    return index, remarks


def chosen_table(tables: Sequence[SheetName], wanted: str | None) -> int:
    """Which table of a document is meant, by its place among all.

    Args:
        tables: All tables.
        wanted: The number of one, or the words above it, or the first of these; one alone needs no
            name.

    Raises:
        TableError: there is no such table, or more than one, or none at all.
    """
    if not tables:
        raise TableError("a document with a table", "there is none in it, but perhaps a picture")
    meant = folded(wanted or "")
    if wanted is None:
        found = list(range(len(tables)))
    elif meant.isdecimal():
        found = [index for index, each in enumerate(tables) if each.name == meant]
    else:
        above = re.compile(rf"{re.escape(meant)}(?!\w)")
        found = [i for i, each in enumerate(tables) if above.match(folded(each.caption))]
    if len(found) == 1:
        return found[0]
    told = [f"{each.name} ({each.begins})" for each in tables]
    hint = "name one in source.sheet of study.yaml, by its number or by the words above it"
    value = f"{len(tables)} tables" if wanted is None else wanted
    raise TableError(f"one table: {listed(told, value)}", hint, value=value)


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
