"""Printed texts that say more than a number, or say it otherwise: 3/10, all ten, 0.014*, NS.

How a text is printed decides what a reading of it has to give: 3/10 is a count whatever the reading
asks for, and half is a percentage. Plain numbers are read in `base.printed`.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from casebook.base.printed import (
    Printed,
    has_decimal_comma,
    is_percentage,
    is_share_in_words,
    per_one,
    read_printed,
)
from casebook.claims.compared import ComparedTest
from casebook.claims.readings import Combined, PairedTest, Reading, Share
from casebook.claims.tested import Correlation, OneSample
from casebook.study.expressions import parse

_NEGATION = re.compile(
    r"\b(no|none|not|non|nor|without|neither|never|hardly|fail\w*|lack\w*)\b"
    r"|n['\N{RIGHT SINGLE QUOTATION MARK}]t\b|insignifican|nonsignifican"
)
_NOT_SIGNIFICANT = re.compile(r"\W*(?:p\s*=\s*)?(?:ns|n\.\s?s\.?)\W*")
_MARK = r"[*†‡§¶#]+"
_MARKED = (
    re.compile(rf"\s*{_MARK}\s*[:=,(]*\s*(?P<rest>.+?)\)?\s*"),
    re.compile(rf"\s*(?P<rest>.+?)\s*[,(]*\s*{_MARK}\)?\s*"),
)
_PATIENTS = r"(?:\s+(?:patients?|participants?|child(?:ren)?|of\s+the\s+(?:patients|children)))?"
_OF = re.compile(
    rf"(?P<count>.+?)\s*(?:/|\bout\s+of\b|\bof\b)\s*(?:the\s+)?(?P<n>.+?){_PATIENTS}", re.IGNORECASE
)
_ALL = re.compile(rf"all\s+(?:of\s+)?(?:the\s+)?(?P<n>\S+?){_PATIENTS}", re.IGNORECASE)
_ALL_BUT = re.compile(
    rf"(?:all|everyone)\s+(?:but|except(?:\s+for)?|save)\s+(?P<left>.+?){_PATIENTS}", re.IGNORECASE
)

_BELOW = re.compile(
    r"\b(less|least|lower|lowest|fewer|fewest|smaller|smallest|shorter|shortest|younger|youngest)\b"
)
_ABOVE = re.compile(
    r"\b(more|most|higher|highest|greater|greatest|larger|largest|longer|longest|older|oldest)\b"
)
_NUMBER = r"(?:\d+(?![\d.,]*[\d%])|[a-z]+(?:-[a-z]+)?)"
_SIZES = re.compile(
    rf"(?:/|\b(?:of|among|n\s*=))\s*(?:(?:all|the|our|these|a total of)\s+)*({_NUMBER})"
    rf"|(?<![\w.,])({_NUMBER})\s+(?:patients|participants|subjects|people|persons|individuals|cases)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PrintedAs:
    """What a text prints, and the reading that gives such a value.

    `of` is the number of patients of whom a count is printed to be, if it says so.
    """

    reading: Reading
    number: Printed | None
    of: int | None = None


def printed_as(printed: str, reading: Reading) -> PrintedAs:
    """The reading as the printed text asks for it."""
    number = number_of(printed)
    if isinstance(reading, Share) and reading.name in ("count", "percent"):
        if counted := count_of(printed):
            return PrintedAs(replace(reading, name="count"), *counted)
        if exceptions := left_out_of(printed):
            others = parse(f"not ({reading.condition.source})")
            return PrintedAs(replace(reading, name="count", condition=others), exceptions)
        if number and is_percentage(printed):
            return PrintedAs(replace(reading, name="percent"), number)
    if isinstance(reading, Combined) and reading.name == "less":
        return PrintedAs(reading, number or above_or_below(printed))
    if isinstance(reading, Combined) and reading.name == "ratio" and number:
        return PrintedAs(reading, per_one(number) if is_percentage(printed) else number)
    tests = PairedTest | ComparedTest | OneSample | Correlation
    if isinstance(reading, tests) and reading.name == "p_value" and number is None:
        name = "p_value" if decision(printed) is None else "significant"
        return PrintedAs(replace(reading, name=name), number)
    return PrintedAs(reading, number)


def number_of(printed: str) -> Printed | None:
    """The number of a text, beside the mark of a legend or without: 0.014*, ** (p < 0.01)."""
    number = read_printed(printed)
    marked = (mark.fullmatch(printed) for mark in _MARKED)
    rests = (match["rest"] for match in marked if match)
    return number or next(filter(None, map(read_printed, rests)), None)


def count_of(printed: str) -> tuple[Printed, int] | None:
    """A count and of how many it is, as in 3/10, three of ten, and all ten, which is 10 of 10."""
    if every := _ALL.fullmatch(printed.strip()):
        number = _whole(every["n"])
        return (number, int(number.low)) if number else None
    if part := _OF.fullmatch(printed.strip()):
        count, n = _whole(part["count"]), _whole(part["n"])
        if count and n and count.low <= n.low:
            return count, int(n.low)
    return None


def left_out_of(printed: str) -> Printed | None:
    """The number of those of whom something is not so, as in all but one."""
    exceptions = _ALL_BUT.fullmatch(printed.strip())
    return _whole(exceptions["left"]) if exceptions else None


def without_comma(printed: str) -> str:
    """How to write a text that has decimal commas; nothing if it has none."""
    if not has_decimal_comma(printed):
        return ""
    hint = "write a decimal comma as a point, 0.014 for 0,014"
    is_alone = re.search(r"\d\W*\s\W*\d", printed) is None and printed.count(",") == 1
    return hint if is_alone else f"{hint}, and a space behind a comma between two numbers"


def above_or_below(printed: str) -> Printed | None:
    """The difference of two numbers that words tell: below 0 for younger, above 0 for most.

    None where they tell both or neither, or a number too.
    """
    text = printed.casefold()
    is_below, is_above = (bool(words.search(text)) for words in (_BELOW, _ABOVE))
    if is_below == is_above or _NEGATION.search(text) or any(map(read_printed, text.split())):
        return None
    return Printed("<" if is_below else ">", Decimal(0), Decimal(0))


def sizes_in(words: str) -> set[int]:
    """Of how many patients some words speak, as in 4/10, of the ten, n = 10, and 10 patients."""
    texts = filter(None, chain.from_iterable(_SIZES.findall(words)))
    return {int(number.low) for text in texts if (number := _whole(text))}


def _whole(text: str) -> Printed | None:
    number = None if is_share_in_words(text) or "%" in text else read_printed(text)
    is_count = number and number.relation == "=" and number.low >= 0 and not number.decimals
    return number if is_count else None


def decision(printed: str) -> bool | None:
    """Whether a text says that a result is significant; None if it does not say."""
    if _NOT_SIGNIFICANT.fullmatch(printed.casefold()):
        return False
    text = re.sub(r"\([^)]*\)", "", printed.casefold())
    if not re.search(r"significan|statistical|\bdiffer(?:s|ed|ent|ence|ences)?\b", text):
        return None
    return not _NEGATION.search(text.replace("not only", ""))
