"""A sheet of an .xls workbook, as Excel 95 to 2003 kept it ([MS-XLS]: records in a compound file).

The values are those that were last computed and stored, as pandas reads them; how they are shown,
and what is hidden, is told by xlrd, on which pandas builds. Neither asks how much a file holds, or
tells what was never computed: the records are looked through for that before. What is made of the
sheet is for `sheets`.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas
import xlrd
from openpyxl.styles.numbers import is_timedelta_format
from openpyxl.utils.datetime import from_excel
from xlrd.compdoc import CompDoc

from casebook.data.cells import TableError
from casebook.reading.numberformats import (
    checked_format,
    finite,
    number_text,
    shown_instead,
    shown_unit,
    shows_day,
)
from casebook.reading.sheets import (
    Merged,
    Piece,
    Sheet,
    SheetName,
    date_text,
    on_cell,
)

MOST_BYTES = 10 * 10**6
MOST_CELLS = 500_000
"""With the empty ones that have a format, or stand between others, and those that are linked."""

_FORMULA, _PASSWORD, _UNCOMPUTED, _SHEET, _LINK, _BEGIN = 0x06, 0x2F, 0x5E, 0x85, 0x1B8, 0x809
_CELL = {0x201, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6, _FORMULA}
_CELLS = {0xBD: 6, 0xBE: 2}
"""Records of several cells, with the bytes that one has in them."""
_AROUND_CELLS = 6
_TO_COMPUTE = 2
_COPY = "copy what belongs to the study into a workbook of its own"
_EMPTY = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


@dataclass(frozen=True, slots=True)
class _Style:
    """How a cell is shown: its number format, and its font."""

    number_format: str
    font: int


@dataclass
class _Part:
    """What the records of a part of a workbook, such as a sheet, say of its formulas.

    Attributes:
        formulas: The cells with a formula, and whether each is to be computed at opening.
        stale: Whether all formulas are still to be computed.
    """

    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)
    stale: bool = False


@dataclass(frozen=True, slots=True)
class _Workbook:
    """An open workbook."""

    file: pandas.ExcelFile
    parts: list[tuple[bool, _Part]]

    @property
    def names(self) -> list[SheetName]:
        """Its sheets of cells."""
        named = zip(self.file.sheet_names, self.parts, strict=True)
        return [SheetName(str(name), hidden) for name, (hidden, _) in named]

    def read(self, index: int, sheet: Sheet, decimal: str) -> None:
        """Read a sheet."""
        _Reader(self.file, index, self.parts[index][1], decimal, sheet).read()


@contextmanager
def opened(path: Path) -> Iterator[_Workbook]:
    """A workbook while it is open.

    Raises:
        TableError: it is too large, or asks for a password.
    """
    if (size := path.stat().st_size) > MOST_BYTES:
        allowed = f"an .xls workbook of up to {MOST_BYTES // 10**6} MB"
        raise TableError(allowed, _COPY, value=f"{size / 10**6:,.0f} MB")
    with Path(os.devnull).open("w") as nowhere:
        parts = _parts(path, nowhere)
        options = {
            "formatting_info": True,
            "ragged_rows": True,
            "on_demand": True,
            "logfile": nowhere,
        }
        with pandas.ExcelFile(path, engine="xlrd", engine_kwargs=options) as file:
            yield _Workbook(file, parts)


def _records(path: Path, log: Any) -> Iterator[tuple[int, int, bytes]]:
    """The records of a workbook: the place, kind and content of each."""
    file = CompDoc(path.read_bytes(), logfile=log)
    stream = file.get_named_stream("Workbook") or file.get_named_stream("Book")
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _parts(path: Path, log: Any) -> list[tuple[bool, _Part]]:
    """The sheets of cells in their order: whether each is hidden, and what is in its records.

    Raises:
        TableError: there are more cells than in any table, or all is written with a password.
    """
    cells = 0
    sheets: dict[int, bool] = {}
    parts: dict[int, _Part] = {}
    part = _Part()
    for place, kind, content in _records(path, log):
        if kind == _PASSWORD:
            raise TableError("a workbook without a password", "save it without one")
        if kind == _BEGIN:
            part = parts.setdefault(place, _Part())
        elif kind == _SHEET and content[5] == 0:
            sheets[struct.unpack_from("<I", content)[0]] = content[4] % 4 != 0
        elif kind == _UNCOMPUTED:
            part.stale = True
        elif kind in _CELL:
            cells += 1
        elif kind in _CELLS:
            cells += (len(content) - _AROUND_CELLS) // _CELLS[kind]
        elif kind == _LINK:
            first, last, left, right = struct.unpack_from("<4H", content)
            cells += len(range(first, last + 1)) * len(range(left, right + 1))
        if kind == _FORMULA:
            row, column, options = struct.unpack_from("<HH10xH", content)
            part.formulas[row, column] = bool(options & _TO_COMPUTE)
        if cells > MOST_CELLS:
            allowed = (
                f"an .xls workbook of up to {MOST_CELLS:,} cells, counting empty ones with a format"
            )
            raise TableError(allowed, _COPY)
    return [(hidden, parts[place]) for place, hidden in sheets.items()]


class _Reader:
    """Reads a sheet of a workbook."""

    def __init__(
        self, workbook: pandas.ExcelFile, index: int, part: _Part, decimal: str, sheet: Sheet
    ) -> None:
        self.workbook, self.index, self.part, self.decimal = workbook, index, part, decimal
        self.book: Any = workbook.book
        self.source = self.book.sheet_by_index(index)
        self.styles = [
            _Style(
                checked_format(str(self.book.format_map[style.format_key].format_str)),
                style.font_index,
            )
            for style in self.book.xf_list
        ]
        self.struck = {i for i, font in enumerate(self.book.font_list) if font.struck_out}
        self.raised = {i for i, font in enumerate(self.book.font_list) if font.escapement}
        self.sheet = sheet

    def read(self) -> None:
        """Read it."""
        for row, info in self.source.rowinfo_map.items():
            if info.hidden or info.height == 0:
                self.sheet.hidden_rows.add(row + 1)
        for column, info in sorted(self.source.colinfo_map.items()):
            if info.hidden or info.width == 0:
                self.sheet.hide_columns(column + 1, column + 1)
        for top, bottom, left, right in self.source.merged_cells:
            self.sheet.merge(Merged(top + 1, left + 1, bottom, right))
        self.sheet.commented.update((r + 1, c + 1) for r, c in self.source.cell_note_map)
        filled = {
            row: [c for c, kind in enumerate(self.source.row_types(row)) if kind not in _EMPTY]
            for row in range(self.source.nrows)
        }
        values = self._values(max((row for row in filled if filled[row]), default=-1) + 1)
        for row, columns in filled.items():
            for column in columns:
                self._read_cell(row, column, values[row][column])

    def _values(self, rows: int) -> list[list[object]]:
        """The values of the first rows: int, float, bool, datetime, time and str."""
        columns = self.source.ncols
        if rows * columns > MOST_CELLS:
            allowed = (
                f"an .xls sheet of up to {MOST_CELLS:,} cells, counting the empty ones between"
            )
            hint = "delete whatever is far from the table, with its rows and columns"
            raise TableError(allowed, hint, value=f"{rows:,} rows and {columns:,} columns")
        frame = self.workbook.parse(
            self.index,
            header=None,
            names=range(columns),
            index_col=False,
            nrows=rows,
            na_filter=False,
            dtype=object,
        )
        values: list[list[object]] = frame.to_numpy().tolist()
        return values

    def _read_cell(self, row: int, column: int, value: object) -> None:
        cell, at = self.source.cell(row, column), (row + 1, column + 1)
        style = self.styles[cell.xf_index]
        with on_cell(*at, str(value)):
            text = self._text(cell, value, style.number_format)
        to_compute = self.part.formulas.get((row, column))
        if to_compute or (self.part.stale and to_compute is not None):
            self.sheet.uncomputed.add(at)
            text = "="
        if not text:
            return
        runs = [(0, style.font), *self.source.rich_text_runlist_map.get((row, column), ())]
        ends = [*(start for start, _ in runs[1:]), len(text)]
        pieces = [
            Piece(text[start:end], font in self.struck, font in self.raised)
            for (start, font), end in zip(runs, ends, strict=True)
        ]
        self.sheet.put_pieces(*at, pieces, struck=False)
        if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT):
            hidden = cell.value == 0 and not self.source.show_zero_values
            shown = "" if hidden else shown_instead(cell.value, style.number_format)
            if shown is not None:
                self.sheet.shown[at] = shown
        number = cell.ctype == xlrd.XL_CELL_NUMBER
        if number and (unit := shown_unit(cell.value, style.number_format)):
            self.sheet.units[at] = unit

    def _text(self, cell: Any, value: Any, shown_as: str) -> str:
        match cell.ctype:
            case xlrd.XL_CELL_ERROR:
                # pandas has no errors: it takes them for values that are missing.
                return str(xlrd.error_text_from_code[cell.value])
            case xlrd.XL_CELL_BOOLEAN:
                return str(value).upper()
            case xlrd.XL_CELL_NUMBER:
                return number_text(finite(float(value)), shown_as, self.decimal)
            case xlrd.XL_CELL_DATE if is_timedelta_format(shown_as):
                # pandas takes a duration of more than a day for a day of 1900.
                return date_text(from_excel(cell.value, timedelta=True))
            case xlrd.XL_CELL_DATE if isinstance(value, float):
                # A spreadsheet has no such day either, and shows a row of these.
                return "########"
            case xlrd.XL_CELL_DATE:
                of_day = shows_day(shown_as) and not self.book.datemode
                return date_text(value, of_day=of_day)
        return str(value)
