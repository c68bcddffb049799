"""Which of some terms a term may be, misspelt: their words differ by letters, and not in sense.

Whether it is one, only a reader can say. Cells that must be one of known texts are checked where
they are read.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from casebook.data.cells import folded

_ALIKE = 0.85
_SHORTEST = 5
"""In words of fewer letters another letter makes another word, as in ALT and AST."""
_OPPOSITES = (
    ("hyper", "hypo"),
    ("increas", "decreas"),
    ("upper", "lower"),
    ("macro", "micro"),
    ("intra", "inter"),
)


def may_be(term: str, others: Iterable[str]) -> str:
    """The first of the other terms of which this one may be a misspelling; empty if there is none.

    Terms may be one that differ in spaces and signs alone, or in one or two letters of words.
    """
    words = _words(term)
    return next((other for other in others if _may_be_one(words, _words(other))), "")


def _words(term: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(term))


def _may_be_one(words: list[str], others: list[str]) -> bool:
    if len(words) != len(others):
        return "".join(words) == "".join(others)
    return all(
        one == other or _is_slip(one, other) for one, other in zip(words, others, strict=True)
    )


def _is_slip(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _SHORTEST or not (word + other).isalpha():
        return False
    if _are_opposite(word, other) or _are_opposite(other, word):
        return False
    matcher = SequenceMatcher(None, word, other)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _are_opposite(one: str, other: str) -> bool:
    return any(one.startswith(a) and other.startswith(b) for a, b in _OPPOSITES)
