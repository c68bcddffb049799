"""Columns of numbers: how they are written, which range they have, and which are no values.

A text that can be two numbers is taken for none.
"""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from casebook.base.numerals import BELOW, Numerals, limit_in
from casebook.data.cells import folded
from casebook.drafting.behind import MOST_ODD, behind
from casebook.drafting.columns import Column, Guess
from casebook.drafting.headers import Heading
from casebook.reading.sheetremarks import is_formula_error
from casebook.study.fields import LARGEST

_CODES = (99, 999, 9999, 99999, 888, 8888, -1, -8, -9, -88, -99, -999, -9999)
_NOTED = re.compile(r"((?:[<>]=?|[≤≥])? ?[-+−]?\d[\d., ']*)\s*[*†‡§#]+")
_SCALES = {
    r"ages?|alter|âge|edad": (0, 120),
    r"cdasi": (0, 132),
    r"mmt-?8": (0, 150),
    r"easi": (0, 72),
    r"pasi": (0, 72),
    r"dlqi": (0, 30),
    r"scorad": (0, 103),
    r"mrss": (0, 51),
    r"haq(?:-di)?": (0, 3),
    r"bdi": (0, 63),
    r"karno\w*": (0, 100),
}
"""The limits of a few scales that have one name and one range in medicine."""


def number(column: Column, heading: Heading, numerals: Numerals) -> Guess | None:
    """The guess that a column holds numbers; None if it does not seem to."""
    if column.doubt:
        return None
    texts = column.filled
    found = behind(texts, heading.unit)
    if not found.unit and any(_NOTED.fullmatch(text) for text in texts):
        plain = [match[1] if (match := _NOTED.fullmatch(text)) else text for text in texts]
        if all(_written(text, numerals) is not None for text in plain):
            reason = "cells are numbers, some with a sign of a footnote behind them"
            pattern = rf"({_part(texts, numerals)}) *[*†‡§#]*"
            guess = _guess(column, heading, _read(plain, numerals), reason)
            return replace(guess, pattern=pattern)
    read = _read([found.without(text) for text in texts], numerals)
    count = sum(each.number is None for each in read)
    if count > max(1, MOST_ODD * len(texts)) or all(each.is_no_plain_number for each in read):
        return None
    if not found.unit:
        reason = f"{len(texts) - count if count else 'all'} cells are numbers"
        return _guess(column, heading, read, reason)
    reason = f"cells are numbers, most or some with {found.unit!r} behind them"
    guess = _guess(column, heading, read, reason)
    if not heading.unit:
        guess = replace(guess, unit=found.unit, unit_reason="behind the numbers")
    if found.is_worded:
        pattern = rf"({_part(texts, numerals)})(?: *{re.escape(found.unit)}.*)?"
        return replace(guess, pattern=pattern)
    told = "behind the numbers"
    if heading.unit and not folded(heading.unit).startswith(folded(found.unit)):
        told += f", but the header says {heading.unit}: numbers of another unit are to be converted"
    return replace(guess, strip_unit=found.endings, strip_reason=told)


@dataclass(frozen=True)
class _Read:
    """A number as it stands in a cell, with the side of it on which the value is, if any.

    Attributes:
        text: The cell without what stands behind the number.
        number: The number, or the limit; None if there is none.
        side: The key of `censored` for a value of which only the limit is known.
    """

    text: str
    number: float | None
    side: str = ""

    @property
    def is_no_plain_number(self) -> bool:
        return self.number is None or bool(self.side)


def _read(texts: Iterable[str], numerals: Numerals) -> list[_Read]:
    return [_Read(text, _written(text, numerals), _side(text)) for text in texts]


def _written(text: str, numerals: Numerals) -> float | None:
    """The number or the limit that a text writes, unless it is larger than a range can be."""
    plain = text.removesuffix("%").rstrip()
    _, limit = limit_in(plain)
    number = numerals.number(limit.strip() or plain)
    return None if number is None or abs(number) > LARGEST else number


def _side(text: str) -> str:
    sign, _ = limit_in(text.removesuffix("%").rstrip())
    return "" if not sign else "below" if sign in BELOW else "above"


def _part(texts: Iterable[str], numerals: Numerals) -> str:
    """The part of a pattern that fits the numbers of these texts."""
    limits = "[<>≤≥]" if any(text.startswith(("<", ">", "≤", "≥")) for text in texts) else ""
    within = "" if numerals.thousands in ".," else f"(?:{numerals.thousands}[0-9.,]+)*"
    return f"(?:{limits}=? *)?[-+0-9.,]+{within}" if limits else f"[-+0-9.,]+{within}"


def _guess(column: Column, heading: Heading, read: Sequence[_Read], reason: str) -> Guess:
    """What is guessed of the numbers of a column, but for what stands behind them."""
    cells = list(zip(column.filled, read, strict=True))
    plain = [each.number for each in read if each.number is not None and not each.side]
    codes = _codes(plain)
    coded = [text for text, each in cells if each.number in codes and not each.side]
    odd = [text for text, each in cells if each.number is None]
    words = [text for text in odd if not _is_slip(text)]
    numbers = [each.number for each in read if each.number is not None]
    values = [each for each in numbers if each not in codes] or numbers
    limits = {each.side: text for text, each in reversed(cells) if each.side}
    percent = "%" if any(text.endswith("%") for text in column.filled) else ""
    where = f"in {heading.told_in}" if heading.unit else "behind the numbers" if percent else ""
    low, high, why = range_of(heading, values)
    return Guess(
        "number",
        reason,
        range=(low, high),
        range_reason=why,
        unit=heading.unit or percent,
        unit_reason=where,
        missing=[*dict.fromkeys([*coded, *words])],
        missing_reason="; ".join(
            ["no numbers, so they seem to mean that there is none"] * bool(words)
            + ["far from all other numbers, as codes are"] * bool(coded)
        ),
        censored={side: "limit" for side in ("below", "above") if side in limits},
        censored_reason=_limits_told([*limits.values()], sum(bool(e.side) for e in read)),
        seen=(min(values), max(values)),
        slips=[*dict.fromkeys(text for text in odd if _is_slip(text))],
    )


def _is_slip(text: str) -> bool:
    """Whether a text among numbers is a value that cannot be read: it has digits, or a formula."""
    return text.startswith("=") or is_formula_error(text) or any(map(str.isdecimal, text))


def _limits_told(examples: Sequence[str], count: int) -> str:
    if not count:
        return ""
    told = " and ".join(map(repr, examples))
    cells = f"{count} cell{'s are' if count > 1 else ' is'} beyond a limit, as {told}"
    return f"{cells}; the limit is used for them, or half of it or nothing: see docs/study.md"


def _codes(numbers: Sequence[float]) -> set[float]:
    """The numbers that stand for a missing value, as 999 and -9 do far from all others."""
    found = {each for each in numbers if each in _CODES}
    others = [each for each in numbers if each not in found]
    if not others:
        return set()
    low, high = min(others), max(others)
    return {
        each
        for each in found
        if (each < 0 <= low) or (each > 0 and each >= 10 * max(high, 1) and each > 98)
        or (each in (999, 9999, 99999) and each >= 3 * high > 0)
    }  # fmt: skip


def range_of(heading: Heading, values: Collection[float]) -> tuple[float, float, str]:
    """Limits that hold all values, and what they rest on."""
    low, high = min(values), max(values)
    cells = f"cells are from {low:.15g} to {high:.15g}"
    if heading.limits and heading.limits[0] <= low and high <= heading.limits[1]:
        return *heading.limits, f"the limits in {heading.told_in}; {cells}"
    if heading.limits:
        cells += f", some outside the limits in {heading.told_in}, {heading.limits[0]:.15g} to"
        cells += f" {heading.limits[1]:.15g}"
    for words, limits in _SCALES.items():
        named = re.search(rf"(?<![^\W_])(?:{words})(?![^\W_])", heading.label, re.IGNORECASE)
        if named and limits[0] <= low and high <= limits[1]:
            return *limits, f"the usual limits of {named[0]}; {cells}"
    return min(0.0, -_round(-low)) if low < 0 else 0.0, _round(high), f"wide enough, as {cells}"


def _round(number: float) -> float:
    """A round number that is as large at least."""
    if number <= 0:
        return 1.0 if number == 0 else 0.0
    size = 10.0 ** math.floor(math.log10(number))
    return next(float(f"{step * size:.12g}") for step in (1, 2, 5, 10) if step * size >= number)
