"""A paper as its text: passages with the place where they stand, and tables cell by cell.

Word documents, web pages, articles in XML as journals keep them (JATS), PDFs by their text layer,
and plain text, in which `#` may begin a heading, and tabs or several spaces separate the cells of a
table. References and what stands raised behind a word, as the number of a reference does, are
left out. What the numbers mean is not asked here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.base.characters import printable
from casebook.data.cells import TableError
from casebook.reading.damage import DamagedError, whole
from casebook.reading.paperblocks import END, KNOWN, Block, of_text, on_one_line
from casebook.reading.paperdocuments import of_word
from casebook.reading.paperpages import of_page
from casebook.reading.paperpdfs import of_pdf

MOST_BYTES = 50 * 10**6
_MOST_CHARACTERS = 1_000_000
"""In passages and cells; a paper has some fifty thousand, and a thesis half a million."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: the place that it stands in, as Results, and its text on one line.

    `heading` is that which it stands under, of whichever rank, as Safety.
    """

    place: str
    text: str
    heading: str = ""


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
        parts = list(_in_places(_bounded(read(path))))
    except DamagedError as error:
        raise whole("a Word document", "a word processor", error) from None
    if not parts:
        hint = "a scan has none until its text is recognised (OCR)"
        raise TableError("a paper with text in it", hint, value=path.name)
    return Paper(parts)


def _bounded(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, while they have no more text than a paper can have.

    Raises:
        TableError: they have more.
    """
    left = _MOST_CHARACTERS
    for block in blocks:
        left -= len(block.text) + sum(len(cell) + 1 for row in block.rows for cell in row)
        if left < 0:
            allowed = f"a paper of up to {_MOST_CHARACTERS:,} characters"
            raise TableError(allowed, "save the part with the numbers alone")
        yield block


_LONGEST_CAPTION = 400
_LONG = {"Fig.": "Figure", "Abb.": "Abbildung"}
_CAPTION = re.compile(
    r"(?P<place>(?:table|figure|fig\.|tabelle|abbildung|abb\.|tableau)"
    r"\s+(?:\w?\d+\b|(?-i:[IVX]+)(?=[.:]|$))|(?:table|tabelle|tableau)(?=[.:]))"
    r"[.:]?\s*(?P<title>.*)",
    re.I,
)
"""Some journals number tables as in Table II, which is none in a sentence; others not at all."""


def _in_places(blocks: Iterable[Block]) -> Iterator[Passage | PrintedTable]:
    """The blocks with their places, up to the references."""
    section, heading, caption = "Title", "", ("", "")
    for block in blocks:
        text = on_one_line(printable(block.text))
        if block.kind == "table":
            rows = [[printable(cell).strip() for cell in row] for row in block.rows if any(row)]
            yield PrintedTable(caption[0] or "Table", caption[1], rows)
            caption = ("", "")
        elif found := _CAPTION.fullmatch(text) if len(text) < _LONGEST_CAPTION else None:
            kind, *number = found["place"].split(maxsplit=1)
            kind = kind.capitalize()
            place = " ".join([_LONG.get(kind, kind), *number])
            caption = (place, found["title"])
            if found["title"]:
                yield Passage(place, found["title"])
        elif block.kind == "heading":
            named = KNOWN.match(text)
            if named and named["name"].lower() in END:
                return
            if not named and section == "Title":
                yield Passage(section, text)
            section = named["name"].capitalize() if named else _below(section)
            heading = text
        elif text:
            yield Passage(section, text, heading)
            section = _below(section)


def _below(section: str) -> str:
    """What a passage below is in, if no heading tells: under a title, the text."""
    return "Text" if section == "Title" else section


_KINDS: Mapping[str, Callable[[Path], Iterable[Block]]] = {
    ".docx": of_word,
    ".html": of_page,
    ".htm": of_page,
    ".xml": of_page,
    ".txt": of_text,
    ".md": of_text,
    ".pdf": of_pdf,
}
