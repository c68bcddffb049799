"""The blocks of a paper before their places are known: headings, paragraphs, tables; plain text.

Papers of other kinds are read elsewhere, but a paragraph is told from a heading here for all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from casebook.reading.alignedtables import aligned, closed_up
from casebook.reading.encodings import marked


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document before its place is known; a table has its rows."""

    kind: Literal["heading", "paragraph", "table"]
    text: str = ""
    rows: Sequence[Sequence[str]] = ()


# Spaces that do not break a line may part thousands: 12 345.
_BREAKING = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}]+")


def on_one_line(text: str) -> str:
    """A text without the ends of its lines."""
    return _BREAKING.sub(" ", text).strip()


_SECTIONS = (
    *("abstract", "introduction", "background", "methods", "materials and methods"),
    *("patients and methods", "results", "discussion", "conclusion", "conclusions"),
    *("zusammenfassung", "einleitung", "methoden", "patienten und methoden"),
    *("résumé", "méthodes", "patients et méthodes", "résultats"),
    *("material und methoden", "methodik", "ergebnisse", "diskussion", "schlussfolgerung"),
)
END = (
    *("references", "bibliography", "literature cited", "acknowledgements", "acknowledgments"),
    *("contributors", "funding", "competing interests"),
    *("références", "remerciements", "conflits d'intérêts"),
    *("literatur", "literaturverzeichnis", "danksagung", "finanzierung", "interessenkonflikt"),
)
"""Sections with which a paper has ended."""
_NAMES = "|".join([*_SECTIONS, *END])
_CAPITALISED = "|".join(f"{name.capitalize()}|{name.upper()}" for name in _SECTIONS)
_RUN_IN = re.compile(rf"(?:^|(?<=[.?!])\s)(?:{_CAPITALISED})[.:](?=\s)")
_HEADING = re.compile(rf"(?i:{_NAMES})[.:]?")
KNOWN = re.compile(rf"(?P<name>(?i:{_NAMES}))(?P<rest>(?![a-z]).*)", re.DOTALL)
"""A text that begins with the usual name of a section."""


def of_text(path: Path) -> Iterator[Block]:
    """The blocks of a plain text, in UTF-8 if no mark says otherwise."""
    data = path.read_bytes()
    return _of_lines(data.decode(marked(data) or "utf-8", errors="replace"))


def _of_lines(text: str) -> Iterator[Block]:
    """The blocks of a plain text; lines that follow one another are one paragraph or table."""
    plain = closed_up(_without_marks(text))
    for lines in filter(None, map(str.splitlines, re.split(r"\n\s*\n", plain))):
        rows = [line.split("\t") for line in lines if "\t" in line]
        before = [line for line in lines if "\t" not in line]
        yield from _with_aligned(before)
        if rows:
            yield Block("table", rows=rows)


def _with_aligned(lines: Sequence[str]) -> Iterator[Block]:
    """The paragraphs of lines that follow one another, and the tables that spaces align."""
    place = 0
    for start, end, rows in aligned(lines):
        yield from _of_lines_together(lines[place:start])
        yield Block("table", rows=rows)
        place = end
    yield from _of_lines_together(lines[place:])


def _of_lines_together(lines: Sequence[str]) -> Iterator[Block]:
    """The paragraphs of lines that follow one another, parted by headings alone on a line."""
    start = 0
    for place in (i for i, line in enumerate(lines) if _HEADING.fullmatch(line.strip())):
        yield from of_paragraph(" ".join(lines[start:place]))
        yield Block("heading", lines[place].strip())
        start = place + 1
    yield from of_paragraph(" ".join(lines[start:]))


def of_paragraph(text: str) -> Iterator[Block]:
    """A paragraph, without the heading that may begin it."""
    text = text.strip()
    heading = re.fullmatch(r"#+\s*(.*)", text)
    named = KNOWN.match(text)
    if heading or (named and not named["rest"].strip(" .:")):
        yield Block("heading", heading[1] if heading else text)
    elif len(_RUN_IN.findall(text)) > 1:  # a structured abstract is one place
        yield Block("paragraph", text)
    elif named and (
        named["name"].isupper()
        or named["rest"][:1] in (".", ":")
        or (named["name"].lower() in END and named["rest"][1:2].isupper())
    ):
        yield Block("heading", named["name"])
        yield Block("paragraph", named["rest"].lstrip(" .:"))
    else:
        yield Block("paragraph", text)


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
