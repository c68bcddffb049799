"""Which of some terms a term may be, misspelt: their words differ by letters, and not in sense.

Whether it is one, only a reader can say. Cells that must be one of known texts are checked where
they are read.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import takewhile

from casebook.data.cells import folded

_ALIKE = 0.85
_SHORTEST = 4
"""In words of fewer letters another letter makes another word, as in ALT and AST."""
_MOST_LEFT_OUT = 2
_UNLIKE = (
    ("abduct", "adduct"),
    ("arter", "arthr"),
    ("arteri", "atri"),
    ("calc", "kal"),
    ("clon", "colon"),
    ("confus", "contus"),
    ("decreas", "increas"),
    ("emphy", "empy"),
    ("facial", "fascial"),
    ("humer", "humor"),
    ("hyper", "hypo"),
    ("ileu", "iliu"),
    ("inter", "intra"),
    ("lower", "upper"),
    ("macro", "micro"),
    ("oste", "otit"),
    ("perine", "perito"),
    ("perine", "perone"),
    ("phag", "phas"),
    ("polyur", "pyur"),
    ("radial", "radical"),
    ("ureter", "urethr"),
)
"""Parts of words that look alike, and tell them apart."""


def may_be(term: str, others: Iterable[str]) -> str:
    """The first of the other terms of which this one may be a misspelling; empty if there is none.

    Terms may be one that differ in spaces and signs alone, in two letters of a word that have
    changed places, or in one or two letters of longer words.
    """
    if not (words := _words(term)):
        return ""
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
    if any(_tell_apart(pair, word, other) for pair in _UNLIKE):
        return False
    one, two = where_they_differ(word, other)
    if len(one) == 2 and one == two[::-1]:
        return True
    # A first letter more or less makes another word, as in febrile and afebrile.
    if word[0] != other[0] or abs(len(one) - len(two)) > _MOST_LEFT_OUT:
        return False
    if "" in (one, two) and len(one + two) == 1:
        return True
    matcher = SequenceMatcher(None, word, other)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def where_they_differ(word: str, other: str) -> tuple[str, str]:
    """What is left of two words without the letters that both begin and end with."""
    begin = _alike_from_the_left(word, other)
    word, other = word[begin:], other[begin:]
    end = _alike_from_the_left(word[::-1], other[::-1])
    return word[: len(word) - end], other[: len(other) - end]


def _alike_from_the_left(word: str, other: str) -> int:
    pairs = zip(word, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _tell_apart(pair: tuple[str, str], word: str, other: str) -> bool:
    """Whether one of the words has one of these parts, and the other the other."""
    a, b = pair
    return (a in word and b in other) or (b in word and a in other)
