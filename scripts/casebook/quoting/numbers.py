"""The numbers that a text prints, in digits or words, each with its place in the text.

Digits that belong to a name (JAK1, IL-4), to a reference to a table or figure, or to an address are
none. What the numbers are of is not asked here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.base.printed import read_printed

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    *(
        r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?",
        "both",
        r"single(?=\s+(?:patient|case|cent(?:re|er))\b)",
        r"another(?=\s+(?:[\w-]+\s+)?(?:patient|case)\b)",
        r"no(?=\s+(?:patients?|participants?|deaths?)\b)",
        "none",
    ),
    *("(?:one|two)[- ](?:third|quarter|fifth)s?", "half"),
)
_SIGNED = r"(?:(?<![\w)])[-\N{MINUS SIGN}])?"
_DIGITS = rf"{_SIGNED}(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:[.·]\d+)?|(?<![\w.])\.\d+"
_POWER = r"(?:\s?[×x]\s?10\^?[-\N{MINUS SIGN}\N{EN DASH}]?\d+)?"
_RELATION = r"(?:[<>≤≥]\s*|(?:over|about|approximately|at least|more than|fewer than)\s+|~\s*)?"
_RANGE = r"(?:\s?[\N{EN DASH}-]\s?(?:\d+(?:[.·]\d+)?))?"
_NUMBER = re.compile(
    rf"(?P<relation>{_RELATION})(?P<digits>(?:{_DIGITS}){_POWER}{_RANGE}(?:\s?%)?)"
    rf"|\b(?P<word>{'|'.join(_WORDS)})\b",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:\d{{1,2}}\s+)?(?:{_MONTHS})\s+(?:\d{{1,2}},\s+)?\d{{4}}\b")
_ADDRESS = re.compile(
    r"(?<![\d%]\s)\[\d+(?:,\s?\d+)*\]|https?://\S+|\bdoi:?\s*\S+|\b10\.\d{4,}/\S+|\S+@\S+|#\S+"
)
_REFERRED = re.compile(
    r"\b(?:tables?|figures?|figs?\.|box|supplement\w*|ref(?:erence)?s?)\s*$", re.I
)
_PRONOUN = re.compile(r"\b(?:each|another|every|any|this|which|the|no|only)\s+$", re.I)
_NEAR = 100
"""How many characters on either side decide whether digits are a number; a text can be long."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text.

    Attributes:
        printed: As it is printed, with its relation and sign of percent.
        start: Where it begins.
        end: Where it ends.
        is_date: Whether it is a month or a day.
    """

    printed: str
    start: int
    end: int
    is_date: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it can be a count."""
        read = None if self.is_date else read_printed(self.printed)
        return read is not None and read.relation == "=" and read.low == read.low.to_integral()

    @property
    def is_percentage(self) -> bool:
        """Whether a sign of percent follows it."""
        return self.printed.endswith("%")


def numbers_in(text: str) -> list[Number]:
    """All numbers of a text, in order."""
    dates = [Number(found[0], *found.span(), is_date=True) for found in _DATE.finditer(text)]
    taken = [(each.start, each.end) for each in dates]
    taken += [found.span() for found in _ADDRESS.finditer(text)]
    others = [
        each
        for each in _plain_numbers(text)
        if not any(start <= each.start < end for start, end in taken)
    ]
    return sorted([*dates, *others], key=lambda each: each.start)


def _plain_numbers(text: str) -> Iterator[Number]:
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
        printed = found[0].strip()
        if found["word"]:
            if _is_pronoun(found["word"], before, after):
                continue
        elif _is_in_a_name(before, after) or _REFERRED.search(before):
            continue
        if read_printed(printed) is not None:
            yield Number(printed, start, start + len(found[0].rstrip()))


def _is_in_a_name(before: str, after: str) -> bool:
    """Whether letters join the digits, as in JAK1, IL-4 or 25-hydroxy."""
    joined = re.search(r"[^\W\d_]$|[^\W\d_][-\N{EN DASH}/]$|[^\W\d_]\d+(?:/\d+)*/$", before)
    return bool(joined or re.match(r"[^\W\d_]|[-/][^\W\d_]|\d", after)) and not re.match(
        r"(?:mg|kg|g|ml|mm|cm|years?|months?|weeks?|days?|-?(?:year|month|week|day))\b", after
    )


def _is_pronoun(word: str, before: str, after: str) -> bool:
    """Whether a word stands for a thing: one of them, another one, no one."""
    if word == "both":
        return bool(re.match(r"\s+(?:[\w-]+\s+){1,6}?and\b", after))
    if word.lower() == "none":
        return not re.match(r"\s+(?:of|had|was|were|did)\b", after)
    return word.lower() == "one" and bool(_PRONOUN.search(before))
