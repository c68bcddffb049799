"""What pages of the documentation show: their blocks of code, their commands and their tables."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in one language; without one they show what a command prints."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", _text(page), re.DOTALL | re.MULTILINE)
    return [block for name, block in found if name == language]


def commands(page: str) -> list[str]:
    """The commands of a page, but for those that set up and test casebook."""
    lines = [line.strip() for block in blocks(page, "bash") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith(("make", "source", "#"))]


def tables(page: str) -> list[list[dict[str, str]]]:
    """The rows of each table of a page, as texts by column, also of those in a quotation."""
    return [
        [*_rows(table)] for table in re.findall(r"(?:^(?:> )?\|.*\n)+", _text(page), re.MULTILINE)
    ]


def _rows(table: str) -> Iterator[dict[str, str]]:
    header, _, *rows = map(_cells, table.splitlines())
    for row in rows:
        yield dict(zip(header, row, strict=True))


def _cells(line: str) -> list[str]:
    return [cell.strip(" `") for cell in line.removeprefix("> ").split("|")[1:-1]]


def _text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")
