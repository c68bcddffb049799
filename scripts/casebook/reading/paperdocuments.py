"""The blocks of papers that are Word documents, with the tables that stand within tables."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path

from casebook.reading.archives import MOST_ELEMENTS, Archive, local
from casebook.reading.paperblocks import Block, of_paragraph, on_one_line


def of_word(path: Path) -> Iterator[Block]:
    """The blocks of a Word document.

    Raises:
        DamagedError: it is damaged.
    """
    with Archive(path, "Word document") as archive:
        rows: list[ET.Element] = []
        within = False
        for event, tag, element in archive.elements(
            "word/document.xml", ["p", "tr"], MOST_ELEMENTS
        ):
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
                    yield Block("heading", _word_text(element))
                else:
                    yield from of_paragraph(_word_text(element))


def _word_tables(rows: Iterable[ET.Element]) -> Iterator[Block]:
    """A table of Word, and behind it those that stand within its cells."""
    parts = [[*_around_tables(row)] for row in rows]
    yield Block(
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
    return on_one_line("".join(texts))
