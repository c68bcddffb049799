"""Which guesses of a draft nobody has looked at yet: those whose mark still stands in study.yaml.

The marks are comments, which change no result; whoever is at work is told of them, and whoever
reads the report.
"""

import re
from pathlib import Path

REVIEW = "# review:"
"""What marks a guess."""
_MARK = re.compile(rf"(?<!['`]){re.escape(REVIEW)}")
"""A mark, and not a sentence about marks, which stands in quotes."""


def marked_lines(text: str) -> list[int]:
    """The numbers of the lines of a study.yaml that have a mark, from 1."""
    return [number for number, line in enumerate(text.split("\n"), 1) if _MARK.search(line)]


def unreviewed(file: Path) -> str:
    """How many guesses in a study.yaml are not reviewed yet, and what to do; nothing if all are."""
    told = not_reviewed(file)
    return f"{told}; delete `{REVIEW}` where you agree" if told else ""


def not_reviewed(file: Path) -> str:
    """How many guesses in a study.yaml are not reviewed yet, in words; nothing if all are."""
    lines = marked_lines(file.read_text(encoding="utf-8", errors="replace"))
    if not lines:
        return ""
    count = f"{len(lines):,} guesses of the draft are" if lines[1:] else "1 guess of the draft is"
    return f"{count} not reviewed yet (first: line {lines[0]})"
