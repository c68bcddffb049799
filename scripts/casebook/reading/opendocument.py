"""A sheet of an .ods workbook, as OpenDocument (version 1.3, part 3) keeps it.

The values are those that were last computed and stored, with the errors of formulas as LibreOffice
and Excel write them. What is made of the sheet is for `sheets`.
"""

import xml.etree.ElementTree as ET
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from openpyxl.utils.datetime import from_ISO8601

from casebook.base.lookup import Lookup
from casebook.data.cells import TableError
from casebook.reading.archives import Archive, local
from casebook.reading.damage import DamagedError
from casebook.reading.numberformats import number_text, shown_instead, shown_unit, stored_number
from casebook.reading.opendocumentstyles import STYLES, Styles, read_styles
from casebook.reading.sheetremarks import is_formula_error
from casebook.reading.sheets import (
    Merged,
    Piece,
    Sheet,
    SheetName,
    date_text,
    on_cell,
)

_CONTENT, _SETTINGS, _META = "content.xml", "settings.xml", "meta.xml"
_PARTS = (_CONTENT, _SETTINGS, _META, STYLES)
_HIDDEN = ("collapse", "filter")
_VALUES = {
    "float": "value",
    "currency": "value",
    "percentage": "value",
    "boolean": "boolean-value",
    "string": "string-value",
    "date": "date-value",
    "time": "time-value",
}
"""Which attribute holds the value of a kind."""
_NUMBERS = ("float", "currency", "percentage")
_TRUTHS = {"1": "TRUE", "0": "FALSE"}
_OF_TEXTS, _DRAWN = ":text:1.0", ":drawing:1.0"
_PARAGRAPH = f"{_OF_TEXTS}}}p"
_MARKS = {"formula", "number-columns-spanned", "number-rows-spanned"}
"""What a cell has of which more is to be kept in mind than its text."""
_ASIDE = ("annotation", "note", "ruby-text")
"""What a paragraph holds beside its text."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as its element says it.

    Attributes:
        kind: The kind of its value; empty if it has none.
        stored: Its value; None if the file does not hold it.
        shown: What is shown of it; None if the file does not say.
        formula: Its formula, if it has one.
        number_format: Its number format, in Excel's letters.
        computed: Whether the formulas of the workbook were computed, as far as is known.
    """

    kind: str
    stored: str | None
    shown: str | None
    formula: str
    number_format: str
    computed: bool

    def text(self, decimal: str) -> str:
        """Its value as a text; its formula if that was never computed."""
        shown = self.shown or ""
        if self.formula and is_formula_error(shown):
            return shown
        if self.formula and not self._has_value():
            return self.formula
        if self.stored is None:
            return shown
        if self._is_truth():
            return _TRUTHS[self.stored]
        match self.kind:
            case "boolean":
                return self.stored.upper()
            case "date":
                return date_text(datetime.fromisoformat(self.stored.removesuffix("Z")))
            case "time":
                return date_text(from_ISO8601(self.stored))
            case "string":
                return self.stored
        return number_text(stored_number(self.stored), self._number_format(), decimal)

    def shown_instead(self, text: str, *, hides_zeros: bool) -> str | None:
        """What is shown where a reader would take it for another value, or for none.

        Args:
            text: Its value as a text.
            hides_zeros: Whether zeros are not shown.
        """
        if self.stored is None or self._is_truth() or is_formula_error(text):
            return None
        if text and self.shown is not None and not self.shown.strip():
            return ""
        if self.kind == "string":
            same = self.shown is None or self.shown.split() == text.split()
            return None if same else self.shown
        if self.kind not in _NUMBERS:
            return None
        if self.shown is not None and not _has_digits(self.shown):
            return self.shown.strip()
        number = stored_number(self.stored)
        if number == 0 and hides_zeros:
            return ""
        same = text == self.shown
        return None if same else shown_instead(number, self._number_format())

    def unit(self) -> str:
        """The unit that is shown behind it, if it is a number."""
        if self.stored is None or self.kind not in _NUMBERS or self._is_truth():
            return ""
        return shown_unit(stored_number(self.stored), self.number_format)

    def _has_value(self) -> bool:
        """Whether its formula has a value, if only an empty text."""
        if self.stored == "" and (self.shown or "").strip():
            # What is shown is an error, in the words of a language.
            return False
        return self.computed and (self.stored is not None or self.kind == "string")

    def _is_truth(self) -> bool:
        """Whether a formula has given what is true or false, which is stored as a number."""
        plain = self.kind == "float" and self.number_format == "General"
        word = self.shown is not None and self.shown.strip() and not _has_digits(self.shown)
        return plain and bool(self.formula and word) and self.stored in _TRUTHS

    def _number_format(self) -> str:
        percent = self.kind == "percentage" and "%" not in self.number_format
        return "0%" if percent else self.number_format


def _has_digits(text: str) -> bool:
    return any(map(str.isnumeric, text))


@dataclass(frozen=True, slots=True)
class _Workbook:
    """An open workbook."""

    archive: Archive
    styles: Styles
    names: list[SheetName]

    def read(self, index: int, sheet: Sheet, decimal: str) -> None:
        """Read a sheet."""
        _Reader(self.archive, self.styles, sheet, decimal).read(index)


@contextmanager
def opened(path: Path) -> Iterator[_Workbook]:
    """A workbook while it is open.

    Raises:
        TableError: it asks for a password.
        DamagedError: a part is missing.
    """
    with Archive(path) as archive:
        _check_manifest(archive)
        styles = read_styles(archive)
        names = [
            SheetName(given.get("name", ""), given.get("style-name") in styles.of_sheets)
            for given in archive.attributes(_CONTENT, "table")
        ]
        yield _Workbook(archive, styles, names)


def _check_manifest(archive: Archive) -> None:
    """Do nothing if the parts of a workbook can be read, and those that are used are there."""
    for tag, element in _ended(archive, "META-INF/manifest.xml"):
        if tag == "encryption-data":
            raise TableError("a workbook without a password", "save it without one")
        part = local(element.attrib).get("full-path", "")
        if part in _PARTS and part not in archive.names:
            raise DamagedError(f"its part {part} is missing")


@dataclass(frozen=True, slots=True)
class _Program:
    """What is known of the program that wrote a workbook.

    Attributes:
        is_office: Whether it is LibreOffice, or another Office. Of a formula without a text these
            write no kind, and an empty paragraph; others write that where nothing was computed.
        computes: Whether it computes formulas; else LibreOffice writes 0 for those that are new.
        hides_zeros: Whether it does not show zeros.
    """

    is_office: bool
    computes: bool
    hides_zeros: bool

    def kind(self, given: dict[str, str], shown: str | None) -> str:
        """The kind of a cell with these attributes, of which this is shown."""
        no_text = self.is_office and "formula" in given and shown == ""
        return given.get("value-type", "string" if no_text else "")


def _program(archive: Archive) -> _Program:
    off = {
        local(element.attrib).get("name")
        for tag, element in _ended(archive, _SETTINGS)
        if tag == "config-item" and element.text == "false"
    }
    names = [element.text or "" for tag, element in _ended(archive, _META) if tag == "generator"]
    return _Program(
        is_office=any("Office" in name for name in names),
        computes="AutoCalculate" not in off,
        hides_zeros="ShowZeroValues" in off,
    )


def _ended(archive: Archive, part: str) -> Iterator[tuple[str, ET.Element]]:
    """Each element of a part, with its local name; none if there is no such part."""
    if part in archive.names:
        for event, tag, element in archive.elements(part):
            if event == "end":
                yield tag, element


class _Reader:
    """Reads a sheet from the beginning to the end."""

    def __init__(self, archive: Archive, styles: Styles, sheet: Sheet, decimal: str) -> None:
        self.archive, self.styles, self.decimal = archive, styles, decimal
        self.program = _program(archive)
        self.strikes, self.number_format = cache(styles.strikes), cache(styles.number_format)
        self.sheet = sheet
        self.row = self.column = self.last_column = 0
        self.contents = Lookup(self._content)
        self.columns: list[tuple[int, str]] = []

    def read(self, index: int) -> None:
        """Read the sheet of this place among all."""
        place = -1
        for event, tag, element in self.archive.elements(_CONTENT, whole=["table-row"]):
            if event == "start":
                place += tag == "table"
            elif tag == "table" and place == index:
                break
            elif place == index and tag == "table-column":
                self._add_columns(local(element.attrib))
            elif place == index and tag == "table-row":
                self._add_rows(element)

    def _add_columns(self, given: dict[str, str]) -> None:
        last = self.last_column + int(given.get("number-columns-repeated", "1"))
        self.columns.append((last, given.get("default-cell-style-name", "")))
        if given.get("visibility") in _HIDDEN:
            self.sheet.hide_columns(self.last_column + 1, last)
        self.last_column = last

    def _add_rows(self, element: ET.Element) -> None:
        given = local(element.attrib)
        self.row, self.column = self.row + 1, 0
        for cell in element:
            if cell.tag.rpartition("}")[2] in ("table-cell", "covered-table-cell"):
                self._add_cells(cell, given.get("default-cell-style-name", ""))
        more = int(given.get("number-rows-repeated", "1")) - 1
        if self.row in self.sheet.texts:
            if given.get("visibility") in _HIDDEN:
                self.sheet.hidden_rows.add(self.row)
            self.sheet.repeat(self.row, more)
        self.row += more

    def _add_cells(self, element: ET.Element, default: str) -> None:
        given = local(element.attrib)
        first = self.column + 1
        self.column += int(given.get("number-columns-repeated", "1"))
        pieces = self._shown(element)
        shown = "".join(piece.text for piece in pieces) if pieces else None
        kind = self.program.kind(given, shown)
        stored = given.get(_VALUES.get(kind, ""))
        cell = _Cell(
            kind,
            stored,
            shown,
            given.get("formula", ""),
            self.number_format(self._style(given, default, first)),
            self.program.computes,
        )
        try:
            text, instead, unit = self.contents[cell]
        except (ValueError, ArithmeticError, LookupError):
            with on_cell(self.row, first, stored or shown or ""):
                raise
        if not text:
            return
        pieces = pieces if text == shown else [Piece(text)]
        plain = len(pieces) == 1 and not pieces[0].struck and bool(text.strip())
        is_bare = instead is None and not unit and len(element) == 1 and not given.keys() & _MARKS
        if self.column > first and plain and is_bare and not self._may_strike(given, default):
            self.sheet.put_run(self.row, range(first, self.column + 1), text)
            return
        for column in range(first, self.column + 1):
            at = (self.row, column)
            struck = self.strikes(self._style(given, default, column))
            if plain and not struck:
                self.sheet.put(*at, text)
            else:
                self.sheet.put_pieces(*at, pieces, struck)
            self._remark(at, element)
            if instead is not None:
                self.sheet.shown[at] = instead
            if unit:
                self.sheet.units[at] = unit
            if cell.formula and text == cell.formula:
                self.sheet.uncomputed.add(at)

    def _remark(self, at: tuple[int, int], element: ET.Element) -> None:
        """Keep in mind how far a merged cell goes, and that a cell has a comment."""
        given = local(element.attrib)
        rows = int(given.get("number-rows-spanned", "1"))
        columns = int(given.get("number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            row, column = at
            self.sheet.merge(Merged(*at, row + rows - 1, column + columns - 1))
        if any(child.tag.endswith("}annotation") for child in element):
            self.sheet.commented.add(at)

    def _style(self, given: dict[str, str], default: str, column: int) -> str:
        if style := given.get("style-name", default):
            return style
        index = bisect_left(self.columns, (column,))
        return self.columns[index][1] if index < len(self.columns) else ""

    def _may_strike(self, given: dict[str, str], default: str) -> bool:
        """Whether a style of a cell, or one of the columns if it has none, strikes through."""
        if style := given.get("style-name", default):
            return self.strikes(style)
        return any(self.strikes(style) for _, style in self.columns)

    def _content(self, cell: _Cell) -> tuple[str, str | None, str]:
        """The text of a cell, what is shown in its place, and the unit behind it."""
        text = cell.text(self.decimal)
        return text, cell.shown_instead(text, hides_zeros=self.program.hides_zeros), cell.unit()

    def _shown(self, element: ET.Element) -> list[Piece]:
        if len(element) == 1 and not len(element[0]) and element[0].tag.endswith(_PARAGRAPH):
            return [Piece(element[0].text or "")]
        found: list[Piece] = []
        for place, paragraph in enumerate(_paragraphs(element)):
            found += [Piece("\n")] if place else []
            found += _pieces(paragraph, self.styles, Piece(""))
        return found


def _paragraphs(element: ET.Element) -> Iterator[ET.Element]:
    """The paragraphs of a cell, in lists and sections too, but not of what lies above it."""
    for child in element:
        space, _, tag = child.tag.rpartition("}")
        if tag in ("p", "h"):
            yield child
        elif space.endswith(_OF_TEXTS):
            yield from _paragraphs(child)


def _pieces(element: ET.Element, styles: Styles, like: Piece) -> Iterator[Piece]:
    """The text of a paragraph, with the white space that has elements of its own.

    Args:
        element: The paragraph, or what is within one.
        styles: The styles of its pieces.
        like: What its text looks like as long as no style says anything else.
    """
    tag = element.tag.rpartition("}")[2]
    if tag in _ASIDE or _DRAWN in element.tag:
        return
    if tag == "span":
        style = local(element.attrib).get("style-name", "")
        struck = styles.struck.get(style, like.struck)
        like = Piece("", struck, styles.raised.get(style, like.raised))
    if tag == "s":
        text = " " * min(int(local(element.attrib).get("c", "1")), 100)
    else:
        text = {"tab": "\t", "line-break": "\n"}.get(tag, element.text or "")
    yield Piece(text, like.struck, like.raised)
    for child in element:
        yield from _pieces(child, styles, like)
        if child.tail:
            yield Piece(child.tail, like.struck, like.raised)
