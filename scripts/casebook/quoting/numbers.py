"""The numbers that a text prints, in digits or words, each with its place in the text.

Digits that belong to a name (JAK1, IL-4), to a reference to a table or figure, or to an address are
none. What the numbers are of is not asked here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casebook.base.printed import read_printed
from casebook.quoting.languages import Language
from casebook.quoting.written import IN_ENGLISH, Written

# A reference by its number in brackets, an address, or the year, volume and page of a work.
_ADDRESS = re.compile(
    r"\b(?:19|20)\d\d;\s?\d+(?:\(\d+\))?:\s?e?\d\S*|"
    r"(?<![\d%]\s)\[\d+(?:,\s?\d+)*\]|https?://\S+|\bdoi:?\s*\S+|\b10\.\d{4,}/\S+|\S+@\S+|#\S+"
)
_NOTE = re.compile(r"(?<=[\d%)])\s?[a-h](?:,\s?[a-h])*(?![^\W_])")
_PERCENT = ("percent", "per cent")
_NEAR = 100
"""How many characters on either side decide whether digits are a number; a text can be long."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text.

    Attributes:
        printed: As claims.tsv has it, with its relation and sign of percent: as it is printed, or
            in English where it is not read otherwise.
        shown: As it is printed.
        start: Where it begins.
        end: Where it ends.
        kind: What it is: a number, a date, a word for a share such as half, or words that say
            something without one, as `words` finds them.
    """

    printed: str
    shown: str
    start: int
    end: int
    kind: Literal["number", "date", "share", "decision", "everyone", "absence"] = "number"

    @property
    def is_whole(self) -> bool:
        """Whether it can be a count."""
        read = None if self.kind == "date" else read_printed(self.printed)
        return read is not None and read.relation == "=" and read.low == read.low.to_integral()

    @property
    def is_coefficient(self) -> bool:
        """Whether it can be a coefficient of correlation."""
        read = None if self.kind == "date" or self.is_whole else read_printed(self.printed)
        return read is not None and -1 <= read.low <= read.high <= 1

    @property
    def is_nobody(self) -> bool:
        """Whether it is a word for zero patients."""
        return self.printed.lower() in ("no", "none")

    @property
    def is_a_single(self) -> bool:
        """Whether it is a word for one patient."""
        read = None if self.kind != "number" else read_printed(self.printed)
        return read is not None and read.low == read.high == 1 and self.shown.isalpha()

    @property
    def is_share(self) -> bool:
        """Whether it is a share of patients, and no threshold such as over 50%."""
        read = read_printed(self.printed) if self.is_percentage else None
        return self.kind == "share" or (read is not None and read.relation == "=")

    @property
    def is_percentage(self) -> bool:
        """Whether a sign or word of percent follows it."""
        return self.printed.endswith(("%", *_PERCENT))


def numbers_in(text: str, written: Written = IN_ENGLISH) -> list[Number]:
    """All numbers of a text, in order."""
    plain, language = written.in_english(text), written.language
    dates = [
        Number(each[0], each[0], *each.span(), "date")
        for each in re.finditer(rf"\b(?:{language.date})\b", plain)
    ]
    taken = [(each.start, each.end) for each in dates]
    taken += [found.span() for found in _ADDRESS.finditer(plain)]
    others = [
        each
        for each in _plain_numbers(text, plain, language)
        if not any(start <= each.start < end for start, end in taken)
    ]
    return sorted([*dates, *others], key=lambda each: each.start)


def ends_of_range(printed: str) -> list[str]:
    """Both ends of a range, as 7-12 is; of any other number itself."""
    return re.split(r"(?<=\d)\s?[\N{EN DASH}-]\s?(?=\d)", printed)


def without_notes(cell: str) -> str:
    """The text of a cell, of the same length, without letters of notes: 12.4a, or 3 (30%)b.

    Such a letter is a note's only where every letter of the cell is one.
    """
    bare = _NOTE.sub(lambda note: " " * len(note[0]), cell)
    return cell if re.search(r"[^\W\d_]", bare) else bare


def _plain_numbers(text: str, plain: str, language: Language) -> Iterator[Number]:
    for found in language.number.finditer(plain):
        start, end = found.span()
        before, after = plain[max(0, start - _NEAR) : start], plain[end : end + _NEAR]
        # In German 95%-KI is one word, of which the number is none the less.
        after = "" if found[0].rstrip().endswith("%") else after
        if found["digits"] and (
            _is_in_a_name("" if found["relation"] else before, after, language)
            or re.search(rf"\b(?:{language.referred})\s*$", before, re.IGNORECASE)
        ):
            continue
        shown = text[start:end].strip()
        printed = claimed_number(found, language)
        # A number that claims.tsv reads as well as it is printed stays as it is.
        if read_printed(shown) == read_printed(printed):
            printed = shown
        if read_printed(printed) is not None:
            stop = start + len(found[0].rstrip())
            yield Number(printed, shown, start, stop, "share" if found["share"] else "number")


def claimed_number(found: re.Match[str], language: Language) -> str:
    """A number as claims.tsv prints it."""
    group = str(found.lastgroup)
    words = {"word": language.numbers, "share": language.shares, "digits": {}}[group]
    number = re.sub(r"\s{2,}%$", "%", language.in_claims(found, group, words))
    relation = found["relation"]
    if not relation:
        return number
    word = language.in_claims(found, "relation", language.relations)
    changed = word != relation.rstrip() or number != found[group]
    return f"{word} {number}" if changed else found[0].strip()


def _is_in_a_name(before: str, after: str, language: Language) -> bool:
    """Whether letters join the digits, as in JAK1, IL-4 or 25-hydroxy."""
    joined = re.search(r"[^\W\d_]$|[^\W\d_][-\N{EN DASH}/]$|[^\W\d_]\d+(?:/\d+)*/$", before)
    named = joined or re.match(r"[^\W\d_]|[-/][^\W\d_]|\d", after)
    return bool(named) and not language.joined.match(after)
