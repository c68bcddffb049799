"""Marks beside the numbers of a column that say something of a value, as the asterisk of 40*.

Signs of footnotes, "about", and the flags by which laboratories call a result high or low.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casebook.base.numerals import LIMIT_SIGN, SEEMING
from casebook.drafting.columns import Column, Guess

_NUMBER = rf"{LIMIT_SIGN}? ?{SEEMING}(?: ?[–±] ?{SEEMING})? ?%?"
_MARKED = re.compile(
    rf"(?P<before>[~≈*#†‡§¶]+|ca\.?|approx\.?|circa|about|etwa|env\.)? ?(?P<number>{_NUMBER})"
    r" ?(?P<behind>[*†‡§#¶^!?~]+|↑+|↓+|\(?[HL]{1,2}\)?)?"
)
_FLAG = re.compile(r"\(?[HL]{1,2}\)?|[↑↓]+")
PLUS = r"(.*?) *\+?"
OF_PLUS = "a + behind some says that the time goes on, which needs a column of its own"
_MOST_FLAGGED = 0.5
"""Where more of the cells have an L behind them it is rather that of litres."""


@dataclass(frozen=True)
class Marked:
    """A column without its marks.

    Attributes:
        column: The column, with the numbers alone in cells that have a mark.
        marks: The marks.
        texts: The texts of all cells that have one.
    """

    column: Column
    marks: Sequence[str] = ()
    texts: Sequence[str] = ()

    def told(self, guess: Guess) -> Guess:
        """What is guessed of the numbers, with the marks."""
        return replace(guess, marks=self.marks, marked=self.texts)


def without_marks(column: Column) -> Marked:
    """A column without the marks that stand beside its numbers; itself if it has none."""
    found = {text: match for text in column.filled if (match := _marked(text))}
    flagged = {text for text, match in found.items() if _FLAG.fullmatch(match["behind"] or "")}
    if sum(text in flagged for text in column.filled) > _MOST_FLAGGED * len(column.filled):
        found = {text: match for text, match in found.items() if text not in flagged}
    if not found:
        return Marked(column)
    plain = {text: match["number"].strip() for text, match in found.items()}
    sides = (match[side] or "" for match in found.values() for side in ("before", "behind"))
    marks = [*dict.fromkeys(_single(side) for side in sides if side)]
    marked = [text for text in column.filled if text in found]
    texts = tuple(plain.get(text, text) for text in column.texts)
    return Marked(replace(column, texts=texts), marks, marked)


def _marked(text: str) -> re.Match[str] | None:
    """A number with a mark before or behind it."""
    match = _MARKED.fullmatch(text)
    return match if match and (match["before"] or match["behind"]) else None


def _single(mark: str) -> str:
    """A sign that is repeated, as in 40**, once."""
    return mark[0] if len({*mark}) == 1 and not mark.isalnum() else mark


def without_plus(column: Column) -> Column | None:
    """A column of times of which some go on, as 22.0+, without the signs; None if it is none.

    Where most have one it is rather that of grades, as 1+ and 2+.
    """
    going_on = [text for text in column.filled if re.fullmatch(rf"{_NUMBER} ?\+", text)]
    if not 0 < len(going_on) * 2 <= len(column.filled):
        return None
    return replace(column, texts=[text.removesuffix("+").rstrip() for text in column.texts])
