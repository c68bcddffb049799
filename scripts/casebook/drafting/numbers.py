"""Columns of numbers: how they are written, which range they have, and which are no values.

A text that can be two numbers is taken for none.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from casebook.base.numerals import (
    BELOW,
    Numerals,
    has_decimal_point,
    is_ambiguous,
    is_limit,
    limit_in,
)
from casebook.drafting.columns import Column, Guess
from casebook.drafting.headers import Heading
from casebook.study.fields import LARGEST

_COMMA = re.compile(r"[-+−]?\d+,\d+")
_THREE = re.compile(r"[-+−]?\d{1,3},\d{3}")
_CODES = (99, 999, 9999, 99999, 888, 8888, -1, -8, -9, -88, -99, -999, -9999)
_WITH_UNIT = re.compile(r"[-+−]?\d[\d.,]*\s*([^\W\d_%][^\d\s]{0,14})( [^\d]{1,20})?")
_NOTED = re.compile(r"([-+−]?\d[\d.,]*)\s*[*†‡§#]+")
_MOST_ODD = 0.2
"""What share of a column's cells may be no numbers; so many must be looked at one by one."""
_SHOWN = 5
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


def numerals_of(texts: Iterable[str]) -> tuple[Numerals, str]:
    """How numbers are written in a table, and the reason where source.decimal is to say it."""
    counts = Counter(texts)
    commas = sum(n for t, n in counts.items() if _COMMA.fullmatch(t) and not _THREE.fullmatch(t))
    points = sum(n for text, n in counts.items() if has_decimal_point(text))
    if commas > points:
        example = next(t for t in counts if _COMMA.fullmatch(t) and not _THREE.fullmatch(t))
        return Numerals(","), f"{commas} cells are written as {example!r}"
    doubtful = next((text for text in counts if is_ambiguous(text)), "")
    if doubtful and not points:
        return Numerals("."), f"{doubtful!r} is taken for a number with decimals, not for thousands"
    return Numerals("."), ""


def number(column: Column, heading: Heading, numerals: Numerals) -> Guess | None:
    """The guess that a column holds numbers; None if it does not seem to."""
    texts = column.filled
    if unit := _common_unit(texts, numerals):
        read = [_first_number(text, numerals) for text in texts]
        reason = f"cells are numbers, most or some with {unit!r} behind them"
        if any(found[2] for text in texts if (found := _WITH_UNIT.fullmatch(text))):
            pattern = f"([-+0-9.,]+)(?: *{re.escape(unit)}.*)?"
            return _guess(column, heading, read, reason, pattern=pattern, unit=unit)
        return replace(_guess(column, heading, read, reason, unit=unit), strip_unit=unit)
    read = [_plain(text, numerals) for text in texts]
    if any(_NOTED.fullmatch(text) for text in texts):
        noted = [_first_number(t, numerals) if _NOTED.fullmatch(t) else n
                 for t, n in zip(texts, read, strict=True)]  # fmt: skip
        if None not in noted:
            reason = "cells are numbers, some with a sign of a footnote behind them"
            return _guess(column, heading, noted, reason, pattern=r"([-+0-9.,]+) *[*†‡§#]*")
    odd = list(dict.fromkeys(t for t, n in zip(texts, read, strict=True) if n is None))
    count = sum(each is None for each in read)
    if not texts or (count and count > max(1, _MOST_ODD * len(texts)) and not _limits(odd, read)):
        return None
    if count == len(texts):
        return None
    reason = "all cells are numbers" if not odd else f"{len(texts) - count} cells are numbers"
    return _guess(column, heading, read, reason, odd=odd)


def _limits(odd: Sequence[str], read: Sequence[float | None]) -> bool:
    """Whether what is no number is a limit, of detection for instance, in up to half the cells."""
    return all(map(is_limit, odd)) and read.count(None) <= len(read) / 2


def _plain(text: str, numerals: Numerals) -> float | None:
    return _possible(numerals.number(text.removesuffix("%").rstrip()))


def _first_number(text: str, numerals: Numerals) -> float | None:
    found = re.match(r"[-+0-9.,]+", text)
    return _possible(numerals.number(found[0])) if found else None


def _possible(number: float | None) -> float | None:
    """The number, unless it is larger than a range can be."""
    return None if number is None or abs(number) > LARGEST else number


def _common_unit(texts: Sequence[str], numerals: Numerals) -> str:
    """The unit behind the number in some cells, if all others are numbers."""
    units = {found[1] for text in texts if (found := _WITH_UNIT.fullmatch(text))}
    others = [text for text in texts if not _WITH_UNIT.fullmatch(text)]
    if len(units) != 1 or any(numerals.number(text) is None for text in others):
        return ""
    if any(_first_number(text, numerals) is None for text in texts):
        return ""
    (unit,) = units
    few = len(texts) - len(others) < len(texts) / 4
    return "" if few and len(unit) == 1 else unit


def _guess(
    column: Column,
    heading: Heading,
    read: Sequence[float | None],
    reason: str,
    *,
    pattern: str = "",
    unit: str = "",
    odd: Sequence[str] = (),
) -> Guess:
    numbers = [each for each in read if each is not None]
    codes = _codes(numbers)
    written = [t for t, n in zip(column.filled, read, strict=True) if n in codes]
    values = [each for each in numbers if each not in codes] or numbers
    low, high, why = _range(heading, values)
    percent = "%" if any(text.endswith("%") for text in column.filled) else ""
    told = unit or heading.unit or percent
    where = "behind the numbers" if unit or (percent and not heading.unit) else "in the header"
    return Guess(
        "number",
        reason,
        range=(low, high),
        range_reason=why,
        unit=told,
        unit_reason=where if told else "",
        pattern=pattern,
        missing=[*dict.fromkeys([*written, *odd])],
        missing_reason=_why_missing(written, odd),
    )


def _why_missing(codes: Sequence[str], odd: Sequence[str]) -> str:
    if odd and all(map(is_limit, odd)):
        sides = dict.fromkeys("below" if limit_in(each)[0] in BELOW else "above" for each in odd)
        rules = ", ".join(f"{side}: limit" for side in sides)
        return f"beyond a limit; to use that, write censored: {{ {rules} }} instead"
    parts = ["no numbers; correct slips in corrections.tsv instead"] if odd else []
    return "; ".join([*parts, *["far from all other numbers, as codes are"] * bool(codes)])


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


def _range(heading: Heading, values: Sequence[float]) -> tuple[float, float, str]:
    """Limits that hold all values, and what they rest on."""
    low, high = min(values), max(values)
    cells = f"cells are from {low:.15g} to {high:.15g}"
    if heading.limits and heading.limits[0] <= low and high <= heading.limits[1]:
        return *heading.limits, f"the limits in the header; {cells}"
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
