"""What pages of the documentation show: their blocks of code, their commands and their tables."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def text_of(page: str) -> str:
    """The text of a page."""
    return (ROOT / page).read_text(encoding="utf-8")


def sections(page: str) -> dict[str, str]:
    """The texts of the sections of a page by their titles."""
    _, *found = text_of(page).split("\n## ")
    return {title: text for title, _, text in (each.partition("\n") for each in found)}


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of a text in one language; without one they show what a command prints."""
    found = re.findall(r"^```(.*)\n((?s:.*?))^```$", text, re.MULTILINE)
    return [block for name, block in found if name == language]


def commands(text: str) -> list[str]:
    """The commands of a text, but for those that set up and test casebook."""
    lines = [line.strip() for block in blocks(text, "bash") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith(("make", "source", "#"))]


def tables(text: str) -> list[list[dict[str, str]]]:
    """The rows of each table of a text, as texts by column, also of those in a quotation."""
    return [[*_rows(table)] for table in re.findall(r"(?:^(?:> )?\|.*\n)+", text, re.MULTILINE)]


def _rows(table: str) -> Iterator[dict[str, str]]:
    header, _, *rows = map(_cells, table.splitlines())
    for row in rows:
        yield dict(zip(header, row, strict=True))


def _cells(line: str) -> list[str]:
    return [cell.strip(" `") for cell in line.removeprefix("> ").split("|")[1:-1]]
