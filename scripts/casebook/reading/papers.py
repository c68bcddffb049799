"""A paper as its text: passages with the place where they stand, and tables cell by cell.

Word documents, web pages, articles in XML as journals keep them (JATS), PDFs by their text layer,
and plain text, in which `#` may begin a heading and tabs separate the cells of a table. References
and what stands raised behind a word, as the number of a reference does, are left out. What the
numbers mean is not asked here.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zipfile import BadZipFile

from casebook.data.cells import TableError
from casebook.reading.archives import Archive, local
from casebook.reading.encodings import marked

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_BYTES = 50 * 10**6
_MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: the place that it stands in, as Results, and its text on one line."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: its place, as Table 2, its title, and its rows of cells as printed."""

    place: str
    title: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper prints, in its order."""

    parts: Sequence[Passage | PrintedTable]

    @property
    def text(self) -> str:
        """All passages, a line each."""
        return "\n".join(part.text for part in self.parts if isinstance(part, Passage))


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of a document before its place is known; a table has its rows."""

    kind: Literal["heading", "paragraph", "table"]
    text: str = ""
    rows: Sequence[Sequence[str]] = ()


def read_paper(path: Path) -> Paper:
    """Read a paper.

    Raises:
        TableError: it is no file of a kind that is read, too large, or without any text.
    """
    read = _KINDS.get(path.suffix.lower())
    if read is None:
        allowed = f"a paper as {', '.join(_KINDS)}"
        raise TableError(allowed, "save it as one of these", value=path.name)
    if (size := path.stat().st_size) > MOST_BYTES:
        told = f"a paper of up to {MOST_BYTES // 10**6} MB"
        raise TableError(told, "save its text alone", value=f"{size / 10**6:,.0f} MB")
    try:
        parts = list(_in_places(read(path)))
    except (BadZipFile, KeyError):
        allowed = "a Word document (.docx)"
        raise TableError(allowed, "save it again as one", value=path.name) from None
    if not parts:
        hint = "a scan has none until its text is recognised (OCR)"
        raise TableError("a paper with text in it", hint, value=path.name)
    return Paper(parts)


# Spaces that do not break a line may part thousands: 12 345.
_BREAKING = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}]+")


def _on_one_line(text: str) -> str:
    return _BREAKING.sub(" ", text).strip()


_SECTIONS = (
    *("abstract", "introduction", "background", "methods", "materials and methods"),
    *("patients and methods", "results", "discussion", "conclusion", "conclusions"),
    *("zusammenfassung", "einleitung", "methoden", "patienten und methoden"),
    *("résumé", "méthodes", "patients et méthodes", "résultats"),
    *("material und methoden", "methodik", "ergebnisse", "diskussion", "schlussfolgerung"),
)
_END = (
    *("references", "bibliography", "literature cited", "acknowledgements", "acknowledgments"),
    *("contributors", "funding", "competing interests"),
    *("références", "remerciements", "conflits d'intérêts"),
    *("literatur", "literaturverzeichnis", "danksagung", "finanzierung", "interessenkonflikt"),
)
_LONG = {"Fig.": "Figure", "Abb.": "Abbildung"}
_CAPTION = re.compile(
    r"(?P<place>(?:table|figure|fig\.|tabelle|abbildung|abb\.|tableau)"
    r"\s+(?:\w?\d+\b|(?-i:[IVX]+)(?=[.:]|$)))[.:]?\s*(?P<title>.*)",
    re.I,
)
"""Some journals number tables as in Table II, which is none in a sentence."""
_NAMES = "|".join([*_SECTIONS, *_END])
_RUN_IN = re.compile(rf"(?:^|(?<=[.?!])\s)(?:{'|'.join(map(str.capitalize, _SECTIONS))})[.:](?=\s)")
_HEADING = re.compile(rf"(?i:{_NAMES})[.:]?")
_KNOWN = re.compile(rf"(?P<name>(?i:{_NAMES}))(?P<rest>(?![a-z]).*)", re.DOTALL)


def _in_places(blocks: Iterable[_Block]) -> Iterator[Passage | PrintedTable]:
    """The blocks with their places, up to the references."""
    section, caption = "Title", ("", "")
    for block in blocks:
        text = _on_one_line(block.text)
        if block.kind == "table":
            rows = [row for row in block.rows if any(row)]
            yield PrintedTable(caption[0] or "Table", caption[1], rows)
            caption = ("", "")
        elif found := _CAPTION.fullmatch(text) if len(text) < _LONGEST_CAPTION else None:
            kind, number = found["place"].split(maxsplit=1)
            kind = kind.capitalize()
            place = f"{_LONG.get(kind, kind)} {number}"
            caption = (place, found["title"])
            if found["title"]:
                yield Passage(place, found["title"])
        elif block.kind == "heading":
            named = _KNOWN.match(text)
            if named and named["name"].lower() in _END:
                return
            section = named["name"].capitalize() if named else _below(section)
        elif text:
            yield Passage(section, text)
            section = _below(section)


def _below(section: str) -> str:
    """What a passage below is in, if no heading tells: under a title, the text."""
    return "Text" if section == "Title" else section


_LONGEST_CAPTION = 400


def _of_text(path: Path) -> Iterator[_Block]:
    data = path.read_bytes()
    return _of_lines(data.decode(marked(data) or "utf-8", errors="replace"))


def _of_lines(text: str) -> Iterator[_Block]:
    """The blocks of a plain text; lines that follow one another are one paragraph or table."""
    plain = _without_marks(text)
    for lines in filter(None, map(str.splitlines, re.split(r"\n\s*\n", plain))):
        rows = [line.split("\t") for line in lines if "\t" in line]
        before = [line for line in lines if "\t" not in line]
        yield from _of_lines_together(before)
        if rows:
            yield _Block("table", rows=rows)


def _of_lines_together(lines: Sequence[str]) -> Iterator[_Block]:
    """The paragraphs of lines that follow one another, parted by headings alone on a line."""
    start = 0
    for place in (i for i, line in enumerate(lines) if _HEADING.fullmatch(line.strip())):
        yield from _of_paragraph(" ".join(lines[start:place]))
        yield _Block("heading", lines[place].strip())
        start = place + 1
    yield from _of_paragraph(" ".join(lines[start:]))


def _of_paragraph(text: str) -> Iterator[_Block]:
    """A paragraph, without the heading that may begin it."""
    text = text.strip()
    heading = re.fullmatch(r"#+\s*(.*)", text)
    named = _KNOWN.match(text)
    if heading or (named and not named["rest"].strip(" .:")):
        yield _Block("heading", heading[1] if heading else text)
    elif len(_RUN_IN.findall(text)) > 1:  # a structured abstract is one place
        yield _Block("paragraph", text)
    elif named and (
        named["name"].isupper()
        or named["rest"][:1] in (".", ":")
        or (named["name"].lower() in _END and named["rest"][1:2].isupper())
    ):
        yield _Block("heading", named["name"])
        yield _Block("paragraph", named["rest"].lstrip(" .:"))
    else:
        yield _Block("paragraph", text)


def _without_marks(text: str) -> str:
    """A text without the marks of Markdown for bold, links and raised signs."""
    for pattern, put in (
        (r"(?<=10)<sup>\s*([-\N{MINUS SIGN}\N{EN DASH}]?\d+)\s*</sup>", r"^\1"),
        (r"<sup>[^<]*</sup>|<[/a-z][^>]*>", ""),
        (r"!?\[([^\]]*)\]\([^)]*\)", r"\1"),
        (r"\*\*(.+?)\*\*", r"\1"),
        (r"\\([*_#])", r"\1"),
    ):
        text = re.sub(pattern, put, text)
    return text


class _Page(HTMLParser):
    """The blocks of a web page or of an article in XML."""

    _HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "title", "article-title")
    _PARAGRAPHS = ("p", "li", "figcaption", "caption", "label", "div", "abstract")
    _LEFT_OUT = ("script", "style", "head", "xref", "ref-list", "template", "nav")

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[_Block] = []
        self._text: list[str] = []
        self._kind: Literal["heading", "paragraph"] = "paragraph"
        self._skipped, self._raised = 0, False
        self._rows: list[list[str]] | None = None
        self._around: list[tuple[list[list[str]], list[str]]] = []
        """The rows of the tables around the one that is read, and the texts of their cells."""
        self._within: list[_Block] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in self._LEFT_OUT:
            self._skipped += 1
        elif tag == "sup":
            self._raised = True
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif (tag in ("td", "th") and self._rows) or (tag == "caption" and self._rows is not None):
            self._text = []
        elif tag == "br":
            self._text.append(" ")
        elif self._rows is None and tag in (*self._HEADINGS, *self._PARAGRAPHS):
            self._end()
            self._kind = "heading" if tag in self._HEADINGS else "paragraph"

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in self._LEFT_OUT:
            self._skipped = max(self._skipped - 1, 0)
        elif tag == "sup":
            self._raised = False
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(_on_one_line("".join(self._text)))
            self._text = []
        elif tag == "caption" and self._rows is not None:
            self._end()
        elif tag == "table" and self._rows is not None:
            self._end_table(self._rows)
        elif self._rows is None and tag in (*self._HEADINGS, *self._PARAGRAPHS):
            self._end()

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
        if self._rows is None:
            self._end()
        else:
            self._around.append((self._rows, self._text))
        self._rows, self._text = [], []

    def _end_table(self, rows: list[list[str]]) -> None:
        """End a table; one within a cell of another stands behind that."""
        table = [_Block("table", rows=rows)] if any(map(any, rows)) else []
        if self._around:
            self._within += table
            self._rows, self._text = self._around.pop()
        else:
            self.blocks += [*table, *self._within]
            self._rows, self._within = None, []

    def _end(self) -> None:
        text = _on_one_line("".join(self._text))
        if text and self._kind == "heading":
            self.blocks.append(_Block("heading", text))
        elif text:
            self.blocks += _of_paragraph(text)
        self._text, self._kind = [], "paragraph"

    def close(self) -> None:
        """End the page, and tables that have not ended."""
        super().close()
        while self._rows is not None:
            self._end_table(self._rows)
        self._end()


def _of_page(path: Path) -> list[_Block]:
    data = path.read_bytes()
    page = _Page()
    page.feed(data.decode(marked(data) or "utf-8", errors="replace"))
    page.close()
    return page.blocks


def _of_word(path: Path) -> Iterator[_Block]:
    with Archive(path, kind="Word document") as archive:
        rows: list[ET.Element] = []
        within = False
        for event, tag, element in archive.elements("word/document.xml", whole=["p", "tr"]):
            if tag == "tbl":
                if event == "end":
                    yield from _word_tables(rows)
                within, rows = event == "start", []
            elif event == "end" and tag == "tr":
                rows.append(element)
            elif event == "end" and tag == "p" and not within:
                style = next((e for e in element.iter() if e.tag.endswith("}pStyle")), None)
                name = local(dict(style.attrib)).get("val", "") if style is not None else ""
                if name.startswith(("Heading", "Title")):
                    yield _Block("heading", _word_text(element))
                else:
                    yield from _of_paragraph(_word_text(element))


def _word_tables(rows: Iterable[ET.Element]) -> Iterator[_Block]:
    """A table of Word, and behind it those that stand within its cells."""
    parts = [[*_around_tables(row)] for row in rows]
    yield _Block(
        "table", rows=[[_word_text(e) for e in row if e.tag.endswith("}tc")] for row in parts]
    )
    for table in (each for row in parts for each in row if each.tag.endswith("}tbl")):
        yield from _word_tables(e for e in _around_tables(table) if e.tag.endswith("}tr"))


def _around_tables(element: ET.Element) -> Iterator[ET.Element]:
    """All that is within an element, but for what is within the tables in it."""
    for child in element:
        yield child
        if not child.tag.endswith("}tbl"):
            yield from _around_tables(child)


def _word_text(element: ET.Element) -> str:
    """The text of a paragraph or a cell, without what is raised, and without tables in it."""
    texts: list[str] = []
    for run in _around_tables(element):
        name = run.tag.rpartition("}")[2]
        if name == "p" and texts:
            texts.append(" ")
        if name == "r":
            raised = any(local(dict(e.attrib)).get("val") == "superscript" for e in run.iter())
            if not raised:
                texts += [each.text or "" for each in run if each.tag.endswith("}t")]
    return _on_one_line("".join(texts))


def _of_pdf(path: Path) -> Iterator[_Block]:
    """The text layer of a PDF, in which tables are lines like others."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(path)
        _check_is_open(reader, path)
        texts = [page.extract_text() for page in reader.pages]
    except (OSError, TableError):
        raise
    except Exception as problem:  # what can be damaged in a PDF has no class in common
        hint = f"save its text alone, as .txt ({problem or type(problem).__name__})"
        raise TableError("a PDF that can be read", hint, value=path.name) from None
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", "\n".join(texts))
    for lines in re.split(r"\n(?=[A-Z][^\n]*\n)|\n\s*\n", text):
        yield from _of_paragraph(" ".join(lines.split()))


def _check_is_open(reader: "PdfReader", path: Path) -> None:
    """Refuse a PDF that asks for a password, and one that is no paper."""
    if reader.is_encrypted:
        hint = "save it without one, or its text alone"
        raise TableError("a PDF that opens without a password", hint, value=path.name)
    if (count := len(reader.pages)) > _MOST_PAGES:
        hint = "save the pages of the paper alone"
        raise TableError(f"a paper of up to {_MOST_PAGES} pages", hint, value=f"{count:,} pages")


_KINDS: Mapping[str, Callable[[Path], Iterable[_Block]]] = {
    ".docx": _of_word,
    ".html": _of_page,
    ".htm": _of_page,
    ".xml": _of_page,
    ".txt": _of_text,
    ".md": _of_text,
    ".pdf": _of_pdf,
}
