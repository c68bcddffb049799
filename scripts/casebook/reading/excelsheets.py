"""A sheet of an .xlsx or .xlsm workbook, as Office Open XML (ECMA-376, part 1, 18.3) keeps it.

The values are those that were last computed and stored. What is made of the sheet is for `sheets`.
"""

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.cell import column_index_from_string, coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape

from casebook.base.lookup import Lookup
from casebook.data.cells import MOST_COLUMNS, TableError
from casebook.reading.archives import MOST_ELEMENTS, Archive, local
from casebook.reading.damage import DamagedError
from casebook.reading.excelstyles import Style, read_styles, strikes
from casebook.reading.numberformats import (
    number_text,
    shown_instead,
    shown_unit,
    shows_day,
    stored_number,
)
from casebook.reading.sheets import (
    Merged,
    Piece,
    Sheet,
    SheetName,
    date_text,
    on_cell,
)

_T = TypeVar("_T")
_LEAST_BYTES, _SPARE_TEXTS = 20, 50_000
"""Of a cell that refers to a text, and how many texts may have been left by cells that are gone."""
_TRUE, _FALSE = ("1", "true"), ("0", "false")


@dataclass(frozen=True)
class _Content:
    """What is in a cell: its text, in pieces, the style of the cell, and what is shown instead.

    What is shown behind a number is its unit.
    """

    text: str
    pieces: list[Piece]
    struck: bool
    shown: str | None
    unit: str = ""

    @cached_property
    def plain(self) -> bool:
        """Whether nothing is to be said of how the text looks."""
        (first, *more) = self.pieces
        return not (more or first.struck or self.struck) and bool(first.text.strip())


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a workbook share.

    Attributes:
        sheets: Those of cells, each with its part.
        parts: The parts of what cells refer to, by their kinds.
        from_1904: Whether days are counted from 1904.
        stale: Whether the stored values of formulas are not known to be computed: the program that
            wrote the file asks for that when it is opened, had not finished it, or computes only
            when told to, not even before it saves.
    """

    sheets: dict[SheetName, str]
    parts: dict[str, str]
    from_1904: bool
    stale: bool

    def part(self, kind: str, archive: Archive) -> str | None:
        """The part of this kind, if there is one, if only by its usual name."""
        usual = f"xl/{kind}.xml"
        return self.parts.get(kind, usual if usual in archive.names else None)


@dataclass(frozen=True, slots=True)
class _Workbook:
    """An open workbook."""

    archive: Archive
    book: _Book

    @property
    def names(self) -> list[SheetName]:
        """Its sheets of cells."""
        return list(self.book.sheets)

    def read(self, index: int, sheet: Sheet, decimal: str) -> None:
        """Read a sheet."""
        _Reader(self.archive, self.book, sheet, decimal).read(self.book.sheets[self.names[index]])


@contextmanager
def opened(path: Path) -> Iterator[_Workbook]:
    """A workbook while it is open."""
    with Archive(path) as archive:
        yield _Workbook(archive, _book(archive))


def _targets(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: the kind and the name of each part, by its id."""
    folder, name = posixpath.split(part)
    found = {}
    if (relations := f"{folder}/_rels/{name}.rels".lstrip("/")) in archive.names:
        for event, tag, element in archive.elements(relations):
            if event == "end" and tag == "Relationship":
                target = posixpath.normpath(posixpath.join(f"/{folder}", element.get("Target", "")))
                kind = posixpath.basename(element.get("Type", ""))
                found[element.get("Id", "")] = (kind, target.lstrip("/"))
    return found


def _book(archive: Archive) -> _Book:
    parts = (p for kind, p in _targets(archive, "").values() if kind == "officeDocument")
    part = next(parts, "xl/workbook.xml")
    targets = _targets(archive, part)
    sheets, from_1904, stale = {}, False, False
    for event, tag, element in archive.elements(part):
        if event == "start":
            continue
        given = local(element.attrib)
        if tag == "sheet":
            kind, target = targets.get(given.get("id", ""), ("", ""))
            if not kind:
                raise DamagedError(f"its sheet {given['name']!r} is missing")
            if kind == "worksheet":
                shown = given.get("state", "visible") == "visible"
                sheets[SheetName(given["name"], not shown)] = target
        elif tag == "workbookPr":
            from_1904 = given.get("date1904") in _TRUE
        elif tag == "calcPr":
            unfinished = given.get("calcCompleted") in _FALSE
            by_hand = given.get("calcMode") == "manual" and given.get("calcOnSave") in _FALSE
            stale = unfinished or by_hand or given.get("fullCalcOnLoad") in _TRUE
    return _Book(sheets, dict(targets.values()), from_1904, stale)


def _strings(archive: Archive, book: _Book) -> list[list[Piece]]:
    """The texts that cells refer to by their number.

    Raises:
        TableError: there are more of them than the sheets can have cells.
    """
    if (part := book.part("sharedStrings", archive)) is None:
        return []
    most = _SPARE_TEXTS + sum(map(archive.size, book.sheets.values())) // _LEAST_BYTES
    found: list[list[Piece]] = []
    for event, tag, element in archive.elements(part, whole=["si"], most=MOST_ELEMENTS):
        if event == "end" and tag == "si":
            found.append(_pieces(element))
            if len(found) > most:
                hint = "open it in a spreadsheet program, and save it as a new file"
                raise TableError("a workbook without texts that are in none of its sheets", hint)
    return found


def _pieces(element: ET.Element) -> list[Piece]:
    """The text of an item, in one piece or several, without what says how to pronounce it."""
    pieces = []
    for child in element:
        match child.tag.rpartition("}")[2]:
            case "t":
                pieces.append(Piece(str(unescape(child.text or ""))))
            case "r":
                font = child.find("{*}rPr")
                pieces += [_piece(text, font) for text in child.iterfind("{*}t")]
    return pieces


def _piece(text: ET.Element, font: ET.Element | None) -> Piece:
    written = str(unescape(text.text or ""))
    if font is None:
        return Piece(written)
    place = font.find("{*}vertAlign")
    raised = place is not None and place.get("val") in ("superscript", "subscript")
    return Piece(written, strikes(font), raised)


class _Reader:
    """Reads a sheet from the beginning to the end."""

    def __init__(self, archive: Archive, book: _Book, sheet: Sheet, decimal: str) -> None:
        self.archive, self.book, self.decimal = archive, book, decimal
        self.strings = _strings(archive, book)
        self.styles = read_styles(archive, book.part("styles", archive))
        self.dated = cache(is_date_format)
        self.sheet = sheet
        self.hides_zeros = False
        self.row = self.column = 0
        self.row_digits = "0"
        self.letters = Lookup(column_index_from_string)
        self.stored = Lookup(self._stored)

    def read(self, part: str) -> None:
        """Read the sheet that is in a part."""
        columns_told = 0
        for event, tag, element in self.archive.elements(part, whole=["c"], most=MOST_ELEMENTS):
            if event == "start" and tag == "row":
                self._begin_row(element)
            elif event == "start":
                continue
            elif tag == "sheetView":
                self.hides_zeros = element.get("showZeros") in _FALSE
            elif tag == "c":
                self._read_cell(element)
            elif tag == "col":
                columns_told += 1
                if columns_told > MOST_COLUMNS:
                    raise DamagedError("its columns are told again and again")
                if element.get("hidden") in _TRUE or element.get("width") == "0":
                    columns = int(element.get("min", 0)), int(element.get("max", 0))
                    self.sheet.hide_columns(*columns)
            elif tag == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                self.sheet.merge(Merged(top, left, bottom, right))
        for kind, target in _targets(self.archive, part).values():
            if kind in ("comments", "threadedComment"):
                self.sheet.commented.update(_commented(self.archive, target))

    def _begin_row(self, element: ET.Element) -> None:
        self.row, self.column = int(element.get("r", self.row + 1)), 0
        self.row_digits = str(self.row)
        if element.get("hidden") in _TRUE or element.get("ht") == "0":
            self.sheet.hidden_rows.add(self.row)

    def _read_cell(self, element: ET.Element) -> None:
        if reference := element.get("r"):
            letters = reference.removesuffix(self.row_digits)
            if not (letters.isascii() and letters.isalpha()) or len(letters) == len(reference):
                raise ValueError(f"{reference} in row {self.row}")
            self.column = self.letters[letters]
        else:
            self.column += 1
        if not len(element):
            return
        try:
            content = self._content(element)
        except (ValueError, ArithmeticError, LookupError):
            with on_cell(self.row, self.column, "".join(element.itertext())):
                raise
        text = content.text
        if not text:
            return
        if content.plain:
            self.sheet.put(self.row, self.column, text)
        else:
            self.sheet.put_pieces(self.row, self.column, content.pieces, content.struck)
        if content.shown is not None:
            self.sheet.shown[self.row, self.column] = content.shown
        if content.unit:
            self.sheet.units[self.row, self.column] = content.unit

    def _content(self, element: ET.Element) -> _Content:
        kind, style = element.get("t", "n"), element.get("s", "0")
        value, formula, inline = "", None, None
        for child in element:
            match child.tag.rpartition("}")[2]:
                case "v":
                    value = child.text or ""
                case "f":
                    formula = child
                case "is":
                    inline = child
        # A text that was computed can be empty; a number, or what has no kind, cannot.
        if formula is not None and (self.book.stale or not (value or kind == "str")):
            self.sheet.uncomputed.add((self.row, self.column))
            return self._as_text([Piece(f"={formula.text or ''}")], kind, style)
        if kind == "inlineStr" and inline is not None:
            if len(inline) == 1 and inline[0].tag.endswith("}t"):
                return self.stored[kind, inline[0].text or "", style]
            return self._as_text(_pieces(inline), kind, style)
        return self.stored[kind, value, style]

    def _stored(self, cell: tuple[str, str, str]) -> _Content:
        """What is in a cell of this kind, value and style."""
        kind, value, style = cell
        if kind == "s" and value:
            return self._as_text(_numbered(self.strings, value), kind, style)
        if kind == "n" and value:
            return self._number(value, style)
        return self._as_text([Piece(self._text(kind, value) if value else "")], kind, style)

    def _as_text(self, pieces: list[Piece], kind: str, style: str) -> _Content:
        own, text = self._style(style), "".join(piece.text for piece in pieces)
        of_text = text and kind in ("s", "str", "inlineStr")
        shown = self._instead(text, own.number_format) if of_text else None
        return _Content(text, pieces, own.struck, shown)

    def _style(self, index: str) -> Style:
        return Style() if index == "0" and not self.styles else _numbered(self.styles, index)

    def _instead(self, value: float | str, shown_as: str) -> str | None:
        """What is shown instead of a value."""
        return "" if value == 0 and self.hides_zeros else shown_instead(value, shown_as)

    def _text(self, kind: str, value: str) -> str:
        if kind == "b":
            return "TRUE" if value in _TRUE else "FALSE"
        if kind == "d":
            return date_text(datetime.fromisoformat(value.removesuffix("Z")))
        return str(unescape(value))

    def _number(self, text: str, index: str) -> _Content:
        style, number, instead, unit = self._style(index), stored_number(text), None, ""
        shown_as = style.number_format
        if self.dated(shown_as):
            written = self._moment(number, shown_as)
        else:
            instead = self._instead(number, shown_as)
            unit = shown_unit(number, shown_as)
            written = number_text(number, shown_as, self.decimal)
        return _Content(written, [Piece(written)], style.struck, instead, unit)

    def _moment(self, number: float, shown_as: str) -> str:
        epoch = CALENDAR_MAC_1904 if self.book.from_1904 else CALENDAR_WINDOWS_1900
        try:
            moment = from_excel(number, epoch, timedelta=is_timedelta_format(shown_as))
        except (OverflowError, ValueError):
            # A spreadsheet has no such day either, and shows a row of these.
            return "########"
        on_day_zero = shows_day(shown_as) and not self.book.from_1904
        return date_text(moment, of_day=on_day_zero)


def _numbered(items: Sequence[_T], number: str) -> _T:
    """What a cell refers to by its number.

    Raises:
        ValueError, LookupError: there is no such item.
    """
    if not number.isdecimal():
        raise ValueError(number)
    return items[int(number)]


def _commented(archive: Archive, part: str) -> Iterator[tuple[int, int]]:
    """The cells with a comment."""
    if part in archive.names:
        for event, tag, element in archive.elements(part):
            if event == "start" and tag in ("comment", "threadedComment"):
                yield coordinate_to_tuple(element.get("ref", "A1"))
