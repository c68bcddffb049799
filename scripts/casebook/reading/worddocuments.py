"""The tables of a Word document (.docx), as Office Open XML (ECMA-376, part 1, 17.4) keeps them.

A tracked deletion is text that is struck through, and a tracked insertion is text, as Word shows
them; of a cell with either it is doubtful what is meant, and so it is with a sign of another font
or a formula, which are no text, and with hidden text. A table within a cell, or in a text box, is
not read. What is made of the tables is for `documents`.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from casebook.data.cells import TableError
from casebook.reading.archives import Archive, local
from casebook.reading.documents import Document, DocumentCell, DocumentTable
from casebook.reading.sheets import Piece

_CONTENT = "word/document.xml"
_MOST_ELEMENTS = 500_000
"""A page of text is a thousand."""
_MOST_TABLES = 5_000
_MOST_CELLS = 30_000
"""In all tables together."""
_AROUND = ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "ins", "moveTo")
"""What can stand around a row, a cell, a paragraph or a run without being one."""
_DELETED = ("del", "moveFrom")
_TRACKED = ("ins", "moveTo", *_DELETED, "cellIns", "cellDel", "cellMerge")
_CHANGED = "a tracked change stands in it: accept or reject it in Word"
_NO_TEXT = {
    "sym": "a sign of another font stands in it, which can be ≤ or ±, and is no text",
    "oMath": "a formula stands in it, which is no text",
}
_HIDDEN = "text that Word hides stands in it"
_INSTEAD = {
    "txbxContent": "a text box stands in it, which is not read",
    "drawing": "an image stands in it, and no text",
    "pict": "an image stands in it, and no text",
    "object": "an object stands in it, and no text",
}
"""What a reader sees in a cell in which no text stands."""
_OFF = ("false", "0", "off", "none")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NUMBERED = "Word numbers it by itself, and the number is not in the file"


@contextmanager
def opened(path: Path) -> Iterator[Document]:
    """A document while it is open.

    Raises:
        TableError: it is larger than any table.
    """
    with Archive(path, "Word document") as archive:
        yield Document([table for table in _tables(archive) if table.has_text])


def _tables(archive: Archive) -> Iterator[DocumentTable]:
    table: DocumentTable | None = None
    above, count, room = "", 0, _MOST_CELLS
    for event, tag, element in archive.elements(_CONTENT, ["p", "tr"], _MOST_ELEMENTS):
        if event == "start" and tag == "tbl":
            table = DocumentTable(above)
        elif event == "end" and tag == "tbl" and table:
            count += 1
            if count > _MOST_TABLES:
                allowed = f"a document of up to {_MOST_TABLES:,} tables"
                raise TableError(allowed, "copy the table into a document of its own")
            yield table
            table, above = None, ""
        elif event == "end" and tag == "tr" and table:
            cells = list(islice(_cells(element), room + 1))
            room -= len(cells)
            if room < 0:
                allowed = f"a document of up to {_MOST_CELLS:,} cells in its tables"
                raise TableError(allowed, "copy what is needed into a table of its own")
            table.add(cells)
            if _is_on(element, "trPr/hidden"):
                table.hidden.add(len(table.rows))
        elif event == "end" and tag == "p" and table is None:
            text = "".join(piece.text for piece in _pieces(element, Piece("")))
            above = text if text.strip() else above


def _cells(row: ET.Element) -> Iterator[DocumentCell]:
    start = _number(row, "trPr/gridBefore", 0)
    changed = any(_find(row, f"trPr/{tag}") is not None for tag in _TRACKED)
    for cell in _within(row, "tc"):
        span = _number(cell, "tcPr/gridSpan", 1)
        merged = _find(cell, "tcPr/vMerge")
        paragraphs = list(_within(cell, "p"))
        pieces: list[Piece] = []
        for paragraph in paragraphs:
            if pieces:
                pieces.append(Piece("\n"))
            if _is_numbered(paragraph):
                pieces.append(Piece("#"))
            pieces += _pieces(paragraph, Piece(""))
        doubt = _NUMBERED if any(map(_is_numbered, paragraphs)) else ""
        doubt = doubt or (_CHANGED if changed else _doubt(cell, pieces))
        if _find(cell, "tbl") is not None:
            doubt = "a table stands within the cell"
        if doubt and not "".join(piece.text for piece in pieces).strip():
            pieces = [Piece("#")]
        yield DocumentCell(
            start,
            span,
            pieces,
            continues=merged is not None and _value(merged, "continue") == "continue",
            commented=cell.find(".//{*}commentReference") is not None,
            doubt=doubt,
        )
        start += span


def _doubt(cell: ET.Element, pieces: list[Piece]) -> str:
    """Why the text of a cell may not be what a reader sees; empty if nothing says so."""
    tags = {_tag(element) for element in cell.iter()}
    found = [told for tag, told in _NO_TEXT.items() if tag in tags]
    if not "".join(piece.text for piece in pieces).strip():
        found += [told for tag, told in _INSTEAD.items() if tag in tags]
    if "vanish" in tags and any(map(_hides_text, cell.iter())):
        found.append(_HIDDEN)
    # What is struck through in part, or whole, is told as such.
    tracked = not any(each.struck for each in pieces) and not tags.isdisjoint(_TRACKED)
    return next(iter(found), _CHANGED if tracked else "")


def _hides_text(element: ET.Element) -> bool:
    hides = _tag(element) == "r" and _is_on(element, "rPr/vanish")
    return hides and any((text.text or "").strip() for text in element.iterfind("{*}t"))


def _is_numbered(paragraph: ET.Element) -> bool:
    number = _find(paragraph, "pPr/numPr/numId")
    return number is not None and _value(number, "0") != "0"


def _pieces(element: ET.Element, like: Piece) -> Iterator[Piece]:
    """The text of a paragraph, or of what stands in one."""
    for child in element:
        tag = _tag(child)
        if tag == "r":
            yield from _of_run(child, like)
        elif tag in _DELETED:
            yield from _pieces(child, Piece("", struck=True))
        elif tag in _AROUND:
            yield from _pieces(child, like)


def _of_run(run: ET.Element, like: Piece) -> Iterator[Piece]:
    if _is_on(run, "rPr/vanish"):
        return
    struck = like.struck or _is_on(run, "rPr/strike") or _is_on(run, "rPr/dstrike")
    position = _find(run, "rPr/vertAlign")
    raised = position is not None and _value(position, "baseline") != "baseline"
    for child in run:
        tag = _tag(child)
        text = (child.text or "") if tag in ("t", "delText") else _SIGNS.get(tag, "")
        if text:
            yield Piece(text, struck, raised)


def _within(element: ET.Element, wanted: str) -> Iterator[ET.Element]:
    for child in element:
        if _tag(child) == wanted:
            yield child
        elif _tag(child) in _AROUND:
            yield from _within(child, wanted)


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _find(element: ET.Element, path: str) -> ET.Element | None:
    """What stands at a path of local names, the first of each; faster than `find` with {*}."""
    for tag in path.split("/"):
        found = next((child for child in element if _tag(child) == tag), None)
        if found is None:
            return None
        element = found
    return element


def _value(element: ET.Element, default: str) -> str:
    return local(element.attrib).get("val", default)


def _number(element: ET.Element, path: str, default: int) -> int:
    found = _find(element, path)
    return default if found is None else max(int(_value(found, str(default))), default)


def _is_on(element: ET.Element, path: str) -> bool:
    found = _find(element, path)
    return found is not None and _value(found, "true").lower() not in _OFF
