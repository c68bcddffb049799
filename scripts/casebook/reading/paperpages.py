"""The blocks of papers that are web pages, or articles in XML as journals keep them (JATS)."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

from casebook.data.cells import TableError
from casebook.reading.encodings import marked
from casebook.reading.paperblocks import Block, of_paragraph, on_one_line

_MOST_TAGS = 200_000
"""Counted before they are read; an article with hundreds of references has some thirty thousand."""


class _Page(HTMLParser):
    """The blocks of a web page or of an article in XML."""

    _HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "title", "article-title")
    _PARAGRAPHS = ("p", "li", "figcaption", "caption", "label", "div")
    _CAPTIONED = ("table-wrap", "fig")
    """In JATS, what has its label and its caption as elements, one behind the other."""
    _LEFT_OUT = ("script", "style", "head", "xref", "ref-list", "template", "nav")

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._kind: Literal["heading", "paragraph"] = "paragraph"
        self._skipped, self._raised, self._captioned = 0, False, False
        self._rows: list[list[str]] | None = None
        self._around: list[tuple[list[list[str]], list[str]]] = []
        """The rows of the tables around the one that is read, and the texts of their cells."""
        self._within: list[Block] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in self._LEFT_OUT:
            self._skipped += 1
        elif tag == "sup":
            self._raised = True
        elif tag == "table":
            self._begin_table()
        elif tag in self._CAPTIONED and self._rows is None:
            self._end()
            self._captioned = True
        elif tag == "abstract":
            self._end()
            self.blocks.append(Block("heading", tag.capitalize()))
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif (tag in ("td", "th") and self._rows) or (tag == "caption" and self._rows is not None):
            self._text = []
        elif tag == "br":
            self._text.append(" ")
        elif self._begins_a_block(tag):
            self._end()
            self._kind = "heading" if tag in self._HEADINGS else "paragraph"

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in self._LEFT_OUT:
            self._skipped = max(self._skipped - 1, 0)
        elif tag == "sup":
            self._raised = False
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(on_one_line("".join(self._text)))
            self._text = []
        elif tag == "caption" or (tag in self._CAPTIONED and self._rows is None):
            # What has no caption ends with its label, or what else it has.
            self._captioned = False
            self._end()
        elif tag == "table" and self._rows is not None:
            self._end_table(self._rows)
        elif self._begins_a_block(tag):
            self._end()
        elif self._captioned:
            self._text.append(". " if tag == "label" else " ")

    def _begins_a_block(self, tag: str) -> bool:
        """Whether an element is a block of its own, as the parts of a caption in JATS are not."""
        is_block = tag in (*self._HEADINGS, *self._PARAGRAPHS)
        return is_block and self._rows is None and not self._captioned

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if self._skipped:
            return
        if self._raised:
            if "".join(self._text).endswith("10"):
                self._text.append(f"^{data}")
            return
        self._text.append(data)

    def _begin_table(self) -> None:
        self._captioned = False
        if self._rows is None:
            self._end()
        else:
            self._around.append((self._rows, self._text))
        self._rows, self._text = [], []

    def _end_table(self, rows: list[list[str]]) -> None:
        """End a table; one within a cell of another stands behind that."""
        table = [Block("table", rows=rows)] if any(map(any, rows)) else []
        if self._around:
            self._within += table
            self._rows, self._text = self._around.pop()
        else:
            self.blocks += [*table, *self._within]
            self._rows, self._within = None, []

    def _end(self) -> None:
        text = on_one_line("".join(self._text))
        if text and self._kind == "heading":
            self.blocks.append(Block("heading", text))
        elif text:
            self.blocks += of_paragraph(text)
        self._text, self._kind = [], "paragraph"

    def close(self) -> None:
        """End the page, and tables that have not ended."""
        super().close()
        while self._rows is not None:
            self._end_table(self._rows)
        self._end()


def of_page(path: Path) -> list[Block]:
    """The blocks of a page, in UTF-8 if no mark says otherwise.

    Raises:
        TableError: it has more tags than any paper.
    """
    data = path.read_bytes()
    text = data.decode(marked(data) or "utf-8", errors="replace")
    if text.count("<") > _MOST_TAGS:
        raise TableError(f"a paper of up to {_MOST_TAGS:,} tags", "save its text alone, as .txt")
    page = _Page()
    page.feed(text)
    page.close()
    return page.blocks
