"""Which range the numbers of a column have: that of its scale, or a round one around them.

Values that cannot be true, or hardly, are left out of it, so that `casebook check` tells them.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping

from casebook.base.lists import enumerated
from casebook.drafting.far import far
from casebook.drafting.headers import Heading

Limits = tuple[float, float, str]
"""The least and the largest number, and what they rest on."""

_AGE = r"ages?|alter|âge|edad"
_LONGEST_LIFE = {
    r"|y|y(?:ea)?rs?|jahren?|ans?|a[ñn]os": 120,
    r"mo(?:nth)?s?|monaten?|mois|meses": 120 * 12,
    r"w(?:ee)?ks?|wochen?|semaines?": 120 * 53,
    r"days?|tagen?|jours?": 120 * 366,
}
"""The largest age by the units that it can be in; without a unit it is in years."""
_POINTS = r"|points?|punkte"
_SCALES = {
    r"cdasi": (0, 132),
    r"mmt-?8": (0, 150),
    r"easi": (0, 72),
    r"pasi": (0, 72),
    r"dlqi": (0, 30),
    r"scorad": (0, 103),
    r"mrss": (0, 51),
    r"haq(?:-di)?": (0, 3),
    r"bdi": (0, 63),
    r"acq(?:-?[567])?": (0, 6),
    r"karno\w*": (0, 100),
    r"nrs": (0, 10),
    r"phq-?9": (0, 27),
    r"gad-?7": (0, 21),
    r"mmse": (0, 30),
    r"edss": (0, 10),
    r"z|z[- ]?scores?|sds": (-6, 6),
}
"""The limits of a few scales that have one name and one range in medicine."""
_JOINTS = re.compile(
    r"(?:joint|gelenk|articul|articol|(?<![^\W_])[ts]jc)\D*(?P<most>28|44|53|66|68|76|78)(?!\d)",
    re.IGNORECASE,
)
"""Counts of joints, with how many are looked at."""
_OF_YEARS = re.compile(
    r"year|yyyy|born|birth|\bdob\b|geb(?:urt|oren|\.)|jahr|ann[ée]e|a[ñn]o|anno|diagnos|onset|beginn|d[ée]but|seit|since|depuis",
    re.IGNORECASE,
)
_YEARS = (1900, 2100)
_MOST_BEYOND = 0.1
"""What share of the values may be beyond the limits of their scale, or one of enough values."""
_ENOUGH = 5


def range_of(heading: Heading, values: Collection[float], unit: str = "") -> Limits:
    """Limits that hold all values, or all but a few that cannot be true, and what they rest on.

    Args:
        heading: What the header says.
        values: The numbers.
        unit: Their unit; empty if it is not known.
    """
    low, high = min(values), max(values)
    cells = f"cells are from {low:.15g} to {high:.15g}"
    if heading.limits and _hold(heading.limits, values):
        return *heading.limits, f"the limits in {heading.told_in}; {cells}"
    if heading.limits:
        cells += f", some outside the limits in {heading.told_in}, {heading.limits[0]:.15g} to"
        cells += f" {heading.limits[1]:.15g}"
    for words, limits in _scales(unit).items():
        named = re.search(rf"(?<![^\W_])(?:{words})(?![^\W_])", heading.label, re.IGNORECASE)
        if named and _hold(limits, values):
            return *limits, f"the usual limits of {named[0]}; {cells}"
    joints = _JOINTS.search(heading.label)
    if joints and _hold(counted := (0, float(joints["most"])), values):
        return *counted, f"{joints['most']} joints are looked at; {cells}"
    if not unit and _OF_YEARS.search(heading.label) and _hold(_YEARS, values):
        return *_YEARS, f"the years that are likely; {cells}"
    if would_be := far(values):
        return _without(would_be, values)
    return min(0.0, -_round(-low)) if low < 0 else 0.0, _round(high), f"wide enough, as {cells}"


def _scales(unit: str) -> Mapping[str, tuple[float, float]]:
    """The limits of the scales that can have a unit, by the words that name them.

    PASI has limits in points, and none in percent of what it was.
    """
    named = {
        words: limits
        for words, limits in _SCALES.items()
        if re.fullmatch(_POINTS, unit, re.IGNORECASE) or (unit == "%" and limits == (0, 100))
    }
    for units, longest in _LONGEST_LIFE.items():
        if re.fullmatch(units, unit, re.IGNORECASE):
            named[_AGE] = 0, longest
    return named


def _without(would_be: Mapping[float, float], values: Collection[float]) -> Limits:
    """Limits that hold all values but those that are far from the others.

    Args:
        would_be: The numbers that are far, each with what it may be instead.
        values: All numbers.
    """
    others = [each for each in values if each not in would_be]
    low, high = min(others), max(others)
    told = enumerated([f"{each:.15g} (or {moved:.12g}?)" for each, moved in would_be.items()])
    one = "it" if len(would_be) == 1 else "them"
    reason = f"cells are from {low:.15g} to {high:.15g}, but for {told}, far from all others:"
    reason += f" correct {one}, or widen the range"
    return _round_down(low) if min(would_be) < low else 0.0, _round(high), reason


def outside(seen: Iterable[tuple[str, float]], low: float, high: float) -> list[str]:
    """The texts of cells whose numbers are not within limits."""
    return [text for text, number in seen if not low <= number <= high]


def _hold(limits: tuple[float, float], values: Collection[float]) -> bool:
    """Whether limits hold so many values that the others are rather slips than another scale."""
    beyond = sum(not limits[0] <= each <= limits[1] for each in values)
    return beyond <= max(_MOST_BEYOND * len(values), int(len(values) >= _ENOUGH))


def _round_down(number: float) -> float:
    """A round number above zero that is as small at least."""
    size = 10.0 ** math.floor(math.log10(number))
    return next(float(f"{step * size:.12g}") for step in (5, 2, 1) if step * size <= number)


def _round(number: float) -> float:
    """A round number that is as large at least."""
    if number <= 0:
        return 1.0 if number == 0 else 0.0
    size = 10.0 ** math.floor(math.log10(number))
    return next(float(f"{step * size:.12g}") for step in (1, 2, 5, 10) if step * size >= number)
