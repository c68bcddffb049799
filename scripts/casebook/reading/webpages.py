"""The tables of a web page (.html), by the rules of HTML for cells that span rows and columns.

Programs write such pages as tables of results, and some call them .xls. A page is read as text: of
styles, only what hides or strikes through is looked at, no script is run, and nothing is loaded.
What is made of the tables is for `documents`.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from casebook.data.cells import TableError
from casebook.reading.documents import Document, DocumentCell, DocumentTable
from casebook.reading.encodings import likely, marked, reading
from casebook.reading.pagestyles import hidden_names, is_hidden, is_spacer
from casebook.reading.sheets import Piece

MOST_BYTES = 20 * 10**6
_MOST_TAGS = 150_000
"""Counted before they are read, as the parser of Python takes some ten seconds for a million."""
_LONGEST_UNFINISHED = 10_000
"""In characters: the parser of Python looks for the end of a tag from each sign in what is left."""
_LONGEST_TAG, _MOST_WORDS = 200_000, 20_000
_LARGE = "copy the table into a page, or a workbook, of its own"
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_FIRST_NUMBER = re.compile(r"\s*(\d{1,9})")
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534
"""How many columns and rows a cell spans at most, as HTML says."""
_NOT_SHOWN = ("script", "style", "template", "noscript", "title")
_STRUCK, _RAISED = ("s", "strike", "del"), ("sup", "sub")
_BLOCKS = ("br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6")
_GROUPS = ("thead", "tbody", "tfoot")
_VOID = ("br", "img", "hr", "input", "meta", "link", "col", "wbr", "area", "base", "embed")
_DEEPEST = 64
"""How many elements within one another are asked what they look like, and how many tables read."""
_SHOWN = 40
_WITHIN_CELL = "a table stands within the cell"
_FIELDS = ("input", "select", "textarea")
_FIELD = "a field of a form stands in it, and what is chosen there may not be in the file"
_PARTLY_HIDDEN = "a part of it is hidden"
_PLAIN = Piece("")
_NO_TEXT = {
    **dict.fromkeys(("img", "svg", "canvas", "object"), "an image stands in it, and no text"),
    "script": "a script stands in it, and no text",
    "noscript": "what stands in it is shown only where no scripts run",
}
"""What a reader may see in a cell in which no text stands."""


@contextmanager
def opened(path: Path) -> Iterator[Document]:
    """A page while it is open.

    Raises:
        TableError: it is too large, or in another encoding than it says.
    """
    if (size := path.stat().st_size) > MOST_BYTES:
        allowed = f"a web page of up to {MOST_BYTES // 10**6} MB"
        raise TableError(allowed, _LARGE, value=f"{size / 10**6:,.0f} MB")
    text = _text(path.read_bytes())
    if text.count("<") > _MOST_TAGS:
        raise TableError(f"a web page of up to {_MOST_TAGS:,} tags", _LARGE)
    _refuse_long_tags(text)
    parser = _Parser()
    parser.feed(text)
    if len(parser.rawdata) > _LONGEST_UNFINISHED and "<" in parser.rawdata:
        allowed = "a web page that ends after its last tag"
        hint = "look for a < that is no tag, or for a quotation mark that is never closed"
        raise TableError(allowed, hint, value=parser.rawdata[:_SHOWN])
    parser.close()
    parser.end_tables(0)
    yield Document([table for table in parser.tables if table.has_text])


def _refuse_long_tags(text: str) -> None:
    """Do nothing if no tag has attributes without end, for each of which the parser takes room."""
    for piece in text.split(">"):
        tag = piece[piece.find("<") :] if len(piece) > _LONGEST_TAG else ""
        if len(tag) > _LONGEST_TAG and len(tag.split(maxsplit=_MOST_WORDS)) > _MOST_WORDS:
            allowed = f"tags of up to {_LONGEST_TAG:,} characters and {_MOST_WORDS:,} words"
            raise TableError(allowed, "look for a < that is no tag", value=tag[:_SHOWN])


def _text(data: bytes) -> str:
    named = _CHARSET.search(data[:4096])
    encoding = marked(data) or (named[1].decode() if named else "utf-8")
    try:
        return data.decode(encoding)
    except LookupError:
        raise TableError("an encoding that is known", "save it in UTF-8", value=encoding) from None
    except UnicodeError:
        found = [f"{each} makes words of it" for each in likely(data) if reading(data, each)]
        allowed = f"text in {encoding}" + (", as the page says" if named else "")
        hint = "; ".join([*found[:1], "name its charset in the page, or save it in UTF-8"])
        raise TableError(allowed, hint) from None


@dataclass
class _Open:
    """A table that has not ended: its rows so far, and the cell that is being read.

    Attributes:
        table: What is known of it.
        cells: The cells of the row; None between rows.
        depth: How many elements there were around it.
        spans: How many more rows a cell goes on for, and its width, by where it begins.
        coming: The same for the row after this one.
        pieces: The text of the cell; None between cells.
        start, span, rows: Where the cell begins, and how far it goes.
        doubt: Why its text may not be what a reader sees.
        instead: What a reader may see in it if it has no text.
        hides_cell: Whether it is not shown.
        columns: How many columns were described before the rows.
        hidden_columns: Those of them that are not shown, from 0.
        hidden: Whether the table is not shown, or the part of it that is being read.
    """

    table: DocumentTable
    depth: int
    cells: list[DocumentCell] | None = None
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    coming: dict[int, tuple[int, int]] = field(default_factory=dict)
    pieces: list[Piece] | None = None
    start: int = 0
    span: int = 1
    rows: int = 1
    doubt: str = ""
    instead: str = ""
    hides_cell: bool = False
    columns: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    hides: bool = False

    def add_columns(self, count: int, *, hidden: bool) -> None:
        """Take what is said of columns, before the rows."""
        first, self.columns = self.columns, min(self.columns + count, _MOST_COLUMNS)
        if hidden:
            self.hidden_columns.update(range(first, self.columns))

    def begin_cell(self, columns: int, rows: int, *, hidden: bool) -> None:
        """Begin a cell, behind those that come down from above."""
        self.end_cell()
        self.cells = [] if self.cells is None else self.cells
        self._come_down()
        self.span, self.rows, self.pieces = columns, rows, []
        self.doubt = self.instead = ""
        self.hides_cell = hidden or self.start in self.hidden_columns

    def _come_down(self) -> None:
        while self.cells is not None and self.start in self.spans:
            left, width = self.spans.pop(self.start)
            self.cells.append(DocumentCell(self.start, width, (), continues=True))
            if left > 1:
                self.coming[self.start] = (left - 1, width)
            self.start += width

    def end_cell(self) -> None:
        """End the cell, if there is one."""
        if self.pieces is None or self.cells is None:
            return
        pieces = _trimmed(self.pieces)
        if self.instead and not pieces:
            pieces, self.doubt = [Piece("#")], self.instead
        cell = DocumentCell(self.start, self.span, pieces, doubt=self.doubt, hidden=self.hides_cell)
        self.cells.append(cell)
        if self.rows > 1:
            self.coming[self.start] = (self.rows - 1, self.span)
        self.start, self.pieces = self.start + self.span, None

    def end_row(self) -> None:
        """End the row, if there is one."""
        self.end_cell()
        if self.cells is None:
            return
        for start in sorted(self.spans):
            self.start = start
            self._come_down()
        self.table.add(sorted(self.cells, key=lambda cell: cell.start))
        self.spans, self.coming = self.coming, {}
        self.cells, self.start = None, 0


def _trimmed(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces of a cell without white space around them."""
    filled = [place for place, each in enumerate(pieces) if each.text.strip()]
    return pieces[filled[0] : filled[-1] + 1] if filled else ()


class _Parser(HTMLParser):
    """Gathers the tables of a page, in the order in which they begin."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[DocumentTable] = []
        self.open: list[_Open] = []
        self.within: list[tuple[str, Piece]] = []
        """The elements that have not ended, with what text in them looks like."""
        self.hides = 0
        self.above: list[str] = []
        self.caption: list[str] | None = None
        """The texts of the caption that has not ended, if there is one."""
        self.hidden: frozenset[str] = frozenset()
        """Classes and ids that styles hide."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = {name: value or "" for name, value in attrs}
        table = self.open[-1] if self.open else None
        if tag in _NOT_SHOWN:
            self.hides += 1
        elif tag == "table":
            self._begin_table(is_hidden(given, self.hidden))
        elif tag in _GROUPS and table:
            table.end_row()
            table.hides = is_hidden(given, self.hidden)
        elif tag == "caption" and table:
            self.caption = []
        elif tag == "tr" and table:
            table.end_row()
            table.cells = []
            del self.within[table.depth :]
            if table.hidden or table.hides or is_hidden(given, self.hidden):
                table.table.hidden.add(len(table.table.rows) + 1)
        elif tag in ("td", "th") and table:
            row = self.within[table.depth : table.depth + 1]
            self.within[table.depth :] = [each for each in row if each[0] == "tr"]
            columns = _number(given.get("colspan", ""), _MOST_COLUMNS)
            rows = _number(given.get("rowspan", ""), _MOST_ROWS)
            table.begin_cell(columns, rows, hidden=is_hidden(given, self.hidden))
        elif tag == "col" and table:
            count = _number(given.get("span", ""), _MOST_COLUMNS)
            table.add_columns(count, hidden=is_hidden(given, self.hidden))
        elif tag in _BLOCKS:
            self._add(Piece("\n"))
        self._doubt(tag, given)
        if tag not in _VOID and len(self.within) < _DEEPEST:
            self.within.append((tag, self._like(tag, given)))

    def handle_endtag(self, tag: str) -> None:
        """End an element, and all in it that have not ended themselves."""
        if tag in _NOT_SHOWN:
            self.hides = max(self.hides - 1, 0)
        table = self.open[-1] if self.open else None
        if tag == "table" and table:
            self.end_tables(len(self.open) - 1)
        elif tag == "caption":
            self._end_caption()
        elif tag == "tr" and table:
            table.end_row()
        elif tag in _GROUPS and table:
            table.hides = False
        elif tag in ("td", "th") and table:
            table.end_cell()
        elif tag in _BLOCKS:
            self._add(Piece("\n"))
        places = [place for place, (name, _) in enumerate(self.within) if name == tag]
        if places:
            del self.within[places[-1] :]

    def handle_data(self, data: str) -> None:
        """Take a text."""
        within, like = self.within[-1] if self.within else ("", _PLAIN)
        if within == "style":
            self.hidden |= hidden_names(data)
        # Other white space is shown as one blank.
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        self._add(Piece(text, like.struck, like.raised))

    def end_tables(self, left: int) -> None:
        """End the tables that have not ended, but for so many."""
        self._end_caption()
        while len(self.open) > left:
            self.open.pop().end_row()
        self.above.clear()

    def _end_caption(self) -> None:
        if self.caption is not None and self.open:
            self.open[-1].table.caption = "".join(self.caption)
        self.caption = None

    def _begin_table(self, hidden: bool) -> None:
        """Begin a table.

        Raises:
            TableError: it stands within more tables than any page has.
        """
        if len(self.open) == _DEEPEST:
            raise TableError(f"tables within one another up to {_DEEPEST} deep", _LARGE)
        if self.open and self.open[-1].pieces is not None:
            self.open[-1].doubt = _WITHIN_CELL
        above = "".join(self.above).strip().rpartition("\n")[2] if not self.open else ""
        self.tables.append(DocumentTable(above))
        # A table has what hides the one around it, in which nothing changes until it ends.
        around = self.open and (self.open[-1].hidden or self.open[-1].hides)
        self.open.append(_Open(self.tables[-1], len(self.within), hidden=hidden or bool(around)))

    def _add(self, piece: Piece) -> None:
        if self.hides:
            return
        if not self.open:
            # Only the last line above a table is kept, however long the page is.
            self.above = [*self.above[-50:], piece.text]
        elif self.caption is not None:
            self.caption.append(piece.text)
        elif (pieces := self.open[-1].pieces) is not None:
            pieces.append(piece)

    def _doubt(self, tag: str, given: dict[str, str]) -> None:
        """Say of a cell what in it a reader does not see as it stands there."""
        table = self.open[-1] if self.open else None
        if table is None or table.pieces is None or tag in ("td", "th"):
            return
        if tag in _FIELDS and given.get("type") != "hidden":
            table.doubt = _FIELD
            self._add(Piece(given.get("value") or "#" * (tag != "select")))
        elif tag not in _FIELDS and is_hidden(given, self.hidden):
            table.doubt = _PARTLY_HIDDEN
        elif tag in _NO_TEXT and not (tag == "img" and is_spacer(given)):
            table.instead = _NO_TEXT[tag]

    def _like(self, tag: str, given: dict[str, str]) -> Piece:
        like = self.within[-1][1] if self.within else _PLAIN
        struck = like.struck or tag in _STRUCK or "line-through" in given.get("style", "")
        raised = like.raised or tag in _RAISED
        return like if (struck, raised) == (like.struck, like.raised) else Piece("", struck, raised)


def _number(text: str, most: int) -> int:
    found = _FIRST_NUMBER.match(text)
    return min(max(int(found[1]), 1), most) if found else 1
