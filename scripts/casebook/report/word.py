"""Writes a table of a manuscript as a Word document, in the form in which journals want it.

The title stands above and the notes below, in small type; there are no vertical lines, headings
span their row, and the header row is repeated on each page. Every text stays a text: nothing
becomes a field or a link. The same table gives the same bytes on every machine.
"""

import io
import re
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt
from docx.table import _Cell, _Row

from casebook.base.files import written
from casebook.report.manuscript import Row, Table
from casebook.wording.traces import plain

_STYLES = Path(__file__).parent / "templates/word-styles.xml"
# Of what python-docx's blank document brings along: made by another program, or of no use here.
_NEEDLESS = {"stylesWithEffects", "numbering", "customXml", "thumbnail", "extended-properties"}

_SHORT_SIDE, _LONG_SIDE, _MARGIN = Cm(21), Cm(29.7), Cm(2)
_CHARACTER, _PADDING, _INDENT = Cm(0.16), Cm(0.2), Pt(12)
_FEWEST_CHARACTERS, _MOST_CHARACTERS = 12, 26

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_document(path: Path, table: Table) -> None:
    """Write the table as .docx, on an upright page if it fits on one, and else on a broad one."""
    document, needed = _blank_document(_text(table.title)), _needed(table)
    available = _lay_page(document, sum(needed))
    document.add_paragraph(_text(table.title), "Caption")
    _add_table(document, table, [Length(available * each // sum(needed)) for each in needed])
    for note in table.notes:
        document.add_paragraph(_text(note), "Table note")
    with written(path) as unfinished:
        unfinished.write_bytes(_fixed_bytes(document))


def _text(text: str) -> str:
    """A text without traces, as XML can hold it."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", plain(text).replace("\r\n", "\n"))


def _blank_document(title: str) -> Document:
    document = docx.Document()
    for rels in (document.part.rels, document.part.package.rels):
        for key in [k for k, rel in rels.items() if rel.reltype.rpartition("/")[2] in _NEEDLESS]:
            del rels[key]
    document.styles.element[:] = parse_xml(_STYLES.read_bytes())[:]
    _set(document.settings.element, "w:themeFontLang", "en-GB")
    # Word takes a document that names an older version for one in compatibility mode.
    _set(document.settings.element, "w:compat/w:compatSetting[@w:name='compatibilityMode']", "15")
    properties = document.core_properties
    properties.title, properties.language = title[:255], "en-GB"
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime(1980, 1, 1)
    return document


def _set(root: BaseOxmlElement, where: str, value: str) -> None:
    for element in root.xpath(where):
        element.set(qn("w:val"), value)


def _needed(table: Table) -> list[int]:
    """The width that each column needs: a header can be broken between words, and long cells."""
    columns = zip(*((row.label, *row.cells) for row in table.rows if row.cells), strict=True)
    cells = [list(column) for column in columns] or [[] for _ in table.columns]
    needed = []
    for header, column in zip(table.columns, cells, strict=True):
        most = max((len(text) for text in map(plain, [*header.split(), *column])), default=0)
        count = min(max(most, _FEWEST_CHARACTERS), _MOST_CHARACTERS)
        needed.append(_CHARACTER * count + _PADDING)
    return needed


def _lay_page(document: Document, needed: int) -> int:
    """Turn the page if the columns need it; gives the width between the margins."""
    (section,) = document.sections
    section.page_width, section.page_height = _SHORT_SIDE, _LONG_SIDE
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    if needed > _SHORT_SIDE - 2 * _MARGIN:
        section.orientation = WD_ORIENTATION.LANDSCAPE
        section.page_width, section.page_height = _LONG_SIDE, _SHORT_SIDE
    return section.page_width - 2 * _MARGIN


def _add_table(document: Document, table: Table, widths: list[Length]) -> None:
    written = document.add_table(1, len(table.columns), "Manuscript table")
    written.autofit = False
    for column, width in zip(written.columns, widths, strict=True):
        column.width = width
    (header,) = written.rows
    _keep_whole(header)
    header._tr.trPr.append(OxmlElement("w:tblHeader"))
    for cell, text in zip(header.cells, table.columns, strict=True):
        # What is too long for one line is broken before (n = 5), not within.
        _write(cell, text.replace(" = ", "\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}"), "Table heading")
    for row in table.rows:
        _write_row(written.add_row(), row)


def _write_row(written: _Row, row: Row) -> None:
    _keep_whole(written)
    first, *others = written.cells
    if not row.cells:
        _write(first.merge(written.cells[-1]), row.label, "Table heading")
        return
    _write(first, row.label, "Table text")
    first.paragraphs[0].paragraph_format.left_indent = Length(_INDENT * row.level)
    for cell, text in zip(others, row.cells, strict=True):
        _write(cell, text, "Table text")


def _keep_whole(row: _Row) -> None:
    """Keep a row from being broken at the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _write(cell: _Cell, text: str, style: str) -> None:
    cell.text = _text(text)
    cell.paragraphs[0].style = style


def _fixed_bytes(document: Document) -> bytes:
    """The document as a file without the date, the system and the packing of this machine."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with ZipFile(saved) as old, ZipFile(fixed, "w") as new:
        for name in old.namelist():
            # Its date is 1980, and it is stored as it is: libraries differ in how they deflate.
            member = ZipInfo(name)
            member.create_system = 3
            new.writestr(member, old.read(name))
    return fixed.getvalue()
