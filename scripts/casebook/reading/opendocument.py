"""A sheet of an .ods workbook, as OpenDocument (version 1.3, part 3) keeps it.

The values are those that were last computed and stored, with the errors of formulas as LibreOffice
and Excel write them. What is made of the sheet is for `sheets`.
"""

import xml.etree.ElementTree as ET
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from casebook.base.lookup import Lookup
from casebook.data.cells import TableError
from casebook.reading.archives import MOST_ELEMENTS, Archive, local
from casebook.reading.damage import DamagedError
from casebook.reading.opendocumentcells import Cell, stored_in
from casebook.reading.opendocumentstyles import STYLES, Styles, read_styles
from casebook.reading.sheets import (
    Merged,
    Piece,
    Sheet,
    SheetName,
    on_cell,
)

_CONTENT, _SETTINGS, _META = "content.xml", "settings.xml", "meta.xml"
_PARTS = (_CONTENT, _SETTINGS, _META, STYLES)
_HIDDEN = ("collapse", "filter")
_OF_TEXTS, _DRAWN = ":text:1.0", ":drawing:1.0"
_PARAGRAPH = f"{_OF_TEXTS}}}p"
_MARKS = {"formula", "number-columns-spanned", "number-rows-spanned"}
"""What a cell has of which more is to be kept in mind than its text."""
_ASIDE = ("annotation", "note", "ruby-text")
"""What a paragraph holds beside its text."""


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
        for event, tag, element in self.archive.elements(_CONTENT, ["table-row"], MOST_ELEMENTS):
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
        number_format = self.number_format(self._style(given, default, first))
        formula, stored = given.get("formula", ""), stored_in(kind, given)
        cell = Cell(kind, stored, shown, formula, number_format, self.program.computes)
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
            if instead is not None:
                self.sheet.shown[at] = instead
            if unit:
                self.sheet.units[at] = unit
            if formula and text == formula:
                self.sheet.uncomputed.add(at)
            self._remark(at, element, given)

    def _remark(self, at: tuple[int, int], element: ET.Element, given: dict[str, str]) -> None:
        """Keep in mind how far a merged cell goes, and that a cell has a comment."""
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
        return self._some_column_strikes

    @cached_property
    def _some_column_strikes(self) -> bool:
        """Whether a style of columns, all of which stand before the rows, strikes through."""
        return any(self.strikes(style) for style in {style for _, style in self.columns})

    def _content(self, cell: Cell) -> tuple[str, str | None, str]:
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
