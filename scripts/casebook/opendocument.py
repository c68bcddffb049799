"""A sheet of an .ods workbook, as OpenDocument (version 1.3, part 3) keeps it.

The values are those that were last computed and stored, with the errors of formulas as LibreOffice
and Excel write them. What is made of the sheet is for `sheets`.
"""

import xml.etree.ElementTree as ET
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from openpyxl.utils.datetime import from_ISO8601

from casebook.archives import Archive, local
from casebook.cells import TableError
from casebook.numberformats import checked_format, number_text, shown_instead, stored_number
from casebook.remarks import Remark
from casebook.sheets import (
    Merged,
    Piece,
    Sheet,
    SheetName,
    chosen,
    date_text,
    is_formula_error,
    on_cell,
    on_sheet,
)

_CONTENT = "content.xml"
_HIDDEN = ("collapse", "filter")
_TEXT = "string-value"
_VALUES = {
    "float": "value",
    "currency": "value",
    "percentage": "value",
    "boolean": "boolean-value",
    "date": "date-value",
    "time": "time-value",
}
"""Which attribute holds the value of a kind."""
_OF_TEXTS, _DRAWN = ":text:1.0", ":drawing:1.0"
_ASIDE = ("annotation", "note", "ruby-text")
"""What a paragraph holds beside its text."""


@dataclass
class _Styles:
    """What the styles of a workbook say of cells and sheets, by the names of the styles.

    Attributes:
        of_sheets: Styles of sheets that are hidden.
        struck: Whether styles of cells, and of pieces of their texts, strike through.
        raised: Whether styles of pieces raise or lower them.
        formats: Number formats, in Excel's letters.
        shown_as: The name of the number format of a style of cells.
    """

    of_sheets: set[str] = field(default_factory=set)
    struck: dict[str, bool] = field(default_factory=dict)
    raised: dict[str, bool] = field(default_factory=dict)
    formats: defaultdict[str, str] = field(default_factory=lambda: defaultdict(str))
    shown_as: dict[str, str] = field(default_factory=dict)

    def number_format(self, style: str) -> str:
        """The number format of a style of cells."""
        return checked_format(self.formats.get(self.shown_as.get(style, ""), "General"))


def read_sheet(path: Path, wanted: str | None, decimal: str) -> tuple[Sheet, list[Remark]]:
    """A sheet, and what the user may not know of the others.

    Args:
        path: The workbook.
        wanted: The sheet's name; by default it is the first one that is shown.
        decimal: What the decimals of numbers begin with.

    Raises:
        TableError: the sheet is not there or too large, or the workbook asks for a password.
        Exception: of other kinds, if the file is damaged.
    """
    with Archive(path) as archive:
        manifest = "META-INF/manifest.xml"
        if manifest in archive.names and any(
            tag == "encryption-data" for _, tag, _ in archive.elements(manifest)
        ):
            raise TableError("a workbook without a password", "save it without one")
        styles = _styles(archive)
        names = [
            SheetName(given.get("name", ""), given.get("style-name") in styles.of_sheets)
            for event, tag, given in _tables(archive)
            if event == "start" and tag == "table"
        ]
        index, remarks = chosen(names, wanted)
        reader = _Reader(archive, styles, names[index].name, decimal)
        with on_sheet(reader.sheet):
            reader.read(index)
        return reader.sheet, remarks


def _tables(archive: Archive) -> Iterator[tuple[str, str, dict[str, str]]]:
    for event, tag, element in archive.elements(_CONTENT):
        yield event, tag, local(element.attrib)


def _styles(archive: Archive) -> _Styles:
    styles = _Styles()
    for part in ("styles.xml", _CONTENT):
        if part in archive.names:
            _add_styles(styles, archive, part)
    return styles


def _add_styles(styles: _Styles, archive: Archive, part: str) -> None:
    """Add the styles of a part: what stands within one belongs to the one that began last."""
    name, kind = "", ""
    for event, tag, element in archive.elements(part, whole=["text"]):
        if tag == "body":
            return
        given = local(element.attrib)
        if event == "start" and (tag == "style" or tag.endswith("-style")):
            name, kind = given.get("name", ""), tag
            styles.shown_as[name] = given.get("data-style-name", "")
        elif event == "start" and tag == "table-properties" and given.get("display") == "false":
            styles.of_sheets.add(name)
        elif event == "start" and tag == "text-properties":
            if line := given.get("text-line-through-style"):
                styles.struck[name] = line != "none"
            if place := given.get("text-position"):
                styles.raised[name] = not place.startswith("0%")
        elif kind != "number-style":
            continue
        elif event == "start" and tag in ("number", "scientific-number", "fraction"):
            styles.formats[name] += _places(tag, given)
        elif event == "end" and tag == "text" and element.text:
            text = element.text.replace('"', "")
            styles.formats[name] += f'"{text}"'
        elif event == "end" and tag == "map":
            # Another style holds for some numbers; which one is not asked.
            styles.formats[name] = "General"


def _places(tag: str, given: dict[str, str]) -> str:
    """The places of the digits of a number."""
    if tag != "number" or given.get("decimal-places", "0") != "0":
        return "General"
    return "0" * min(int(given.get("min-integer-digits", "1")), 30) or "#"


class _Reader:
    """Reads a sheet from the beginning to the end."""

    def __init__(self, archive: Archive, styles: _Styles, name: str, decimal: str) -> None:
        self.archive, self.styles, self.decimal = archive, styles, decimal
        self.sheet = Sheet(name)
        self.row = self.column = self.last_column = 0
        self.cells: dict[int, ET.Element] = {}
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
        pieces = list(self._shown(element))
        shown = "".join(piece.text for piece in pieces)
        stored = given.get(_VALUES.get(given.get("value-type", ""), ""), shown)
        with on_cell(self.row, first, stored):
            text = self._text(shown, given, default, first)
        if not text:
            return
        pieces = pieces if text == shown else [Piece(text)]
        shown_otherwise = None
        if text != shown and "value" in given and not is_formula_error(text):
            shown_otherwise = shown_instead(*self._number(given, default, first))
        rows = int(given.get("number-rows-spanned", "1"))
        columns = int(given.get("number-columns-spanned", "1"))
        for column in range(first, self.column + 1):
            at = (self.row, column)
            style = self._style(given, default, column)
            self.sheet.put_pieces(*at, pieces, self.styles.struck.get(style, False))
            if rows > 1 or columns > 1:
                last = (self.row + rows - 1, column + columns - 1)
                self.sheet.merge(Merged(*at, *last))
            if element.find("{*}annotation") is not None:
                self.sheet.commented.add(at)
            if shown_otherwise is not None:
                self.sheet.shown[at] = shown_otherwise
            if given.get("formula") and text == given["formula"]:
                self.sheet.uncomputed.add(at)

    def _style(self, given: dict[str, str], default: str, column: int) -> str:
        if style := given.get("style-name", default):
            return style
        index = bisect_left(self.columns, (column,))
        return self.columns[index][1] if index < len(self.columns) else ""

    def _shown(self, element: ET.Element) -> Iterator[Piece]:
        for place, paragraph in enumerate(_paragraphs(element)):
            if place:
                yield Piece("\n")
            yield from _pieces(paragraph, self.styles, Piece(""))

    def _text(self, shown: str, given: dict[str, str], default: str, column: int) -> str:
        formula, kind = given.get("formula", ""), given.get("value-type", "")
        if formula and is_formula_error(shown):
            return shown
        value = given.get(_VALUES.get(kind, ""))
        if value is None:
            # A text is its own value; a formula of another kind has none until it is computed.
            return formula if formula and kind != "string" else shown or given.get(_TEXT, "")
        if kind == "boolean":
            return value.upper()
        if kind == "date":
            return date_text(datetime.fromisoformat(value.removesuffix("Z")))
        if kind == "time":
            return date_text(from_ISO8601(value))
        number, shown_as = self._number(given, default, column)
        return number_text(number, shown_as, self.decimal)

    def _number(self, given: dict[str, str], default: str, column: int) -> tuple[float, str]:
        """The number of a cell that has one, and its number format."""
        percent = given["value-type"] == "percentage"
        style = self._style(given, default, column)
        shown_as = "0%" if percent else self.styles.number_format(style)
        return stored_number(given["value"]), shown_as


def _paragraphs(element: ET.Element) -> Iterator[ET.Element]:
    """The paragraphs of a cell, in lists and sections too, but not of what lies above it."""
    for child in element:
        space, _, tag = child.tag.rpartition("}")
        if tag in ("p", "h"):
            yield child
        elif space.endswith(_OF_TEXTS):
            yield from _paragraphs(child)


def _pieces(element: ET.Element, styles: _Styles, like: Piece) -> Iterator[Piece]:
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
    yield replace(like, text=text)
    for child in element:
        yield from _pieces(child, styles, like)
        yield replace(like, text=child.tail or "")
