"""Changes that nearly tie: a sign that values were rounded after they had been computed.

Tied changes share a rank, and 8.33 and 8.34, which both were 8 1/3, do not. What is tied is decided
in `statistics`; here it is only found where a person has to look, and nothing is changed.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from casebook.data.findings import Finding
from casebook.data.patients import Roster, measurement
from casebook.statistics.digits import decimal, margin, rounded
from casebook.study.model import Study

_FEWEST_DECIMALS = 2
_UNITS = 2
_SHARE_OF_SIZE = Decimal("0.003")
_SHARE_OF_LARGEST = Decimal("1e-6")
_APART = 10


@dataclass(frozen=True, slots=True)
class NearTie:
    """Two sizes of a change that nearly tie, and to how many digits rounding makes ties of all."""

    smaller: Decimal
    larger: Decimal
    rounding: int | None


def near_ties(study: Study, file: str, roster: Roster) -> Iterator[Finding]:
    """A warning for each contrast of an outcome some of whose changes nearly tie."""
    headings = study.headings
    compared = [
        (name, outcome, contrast)
        for name, outcome in study.outcomes.items()
        for contrast in study.contrasts_of(outcome.visits)
    ]
    for name, outcome, contrast in compared:
        columns = (roster.numbers(measurement(name, visit)) for visit in contrast.visits)
        different = dict.fromkeys(zip(*columns, strict=True))
        pairs = [(b, a) for b, a in different if b is not None and a is not None]
        found = near_tie(pairs, outcome.rounding)
        if found:
            value = f"changes of {found.smaller} and {found.larger}"
            hint = (
                "they are ranked as different; if the values were rounded after they were"
                " computed, give them with all their digits"
            )
            if found.rounding:
                hint += f", or write rounding: {found.rounding} under outcomes.{name} of study.yaml"
            if contrast.visit in outcome.columns:
                column = headings[measurement(name, contrast.visit)].name
            else:
                column, value = "", f"{value} of {name}"
            yield Finding("warning", file, 0, column, value, "", hint)


def near_tie(pairs: Sequence[tuple[float, float]], rounding: int | None = None) -> NearTie | None:
    """Two sizes of changes that rounding may have told apart, if the others say that it has.

    In values that were computed before they were rounded, changes are either as good as equal or
    far apart. That close ones stand beside ones that are neither is usual of measured values.

    Args:
        pairs: Baseline and follow-up of each patient who has both.
        rounding: Significant digits to which changes are rounded before they are ranked.
    """
    near = _near({value for pair in pairs for value in pair})
    if not near.gap:
        return None
    sizes = _sizes(pairs, rounding)
    close: list[tuple[Decimal, Decimal]] = []
    for smaller, larger in pairwise(sizes):
        gap = larger - smaller
        if gap <= near.gap and gap <= near.share * larger:
            close.append((smaller, larger))
        elif gap < _APART * near.gap:
            return None
    if not close:
        return None
    wanted = len(sizes) - len(close)
    fitting = (n for n in range(9, 1, -1) if len({_rounded(size, n) for size in sizes}) == wanted)
    smaller, larger = close[0]
    return NearTie(smaller, larger, next(fitting, None))


def _sizes(pairs: Sequence[tuple[float, float]], rounding: int | None) -> list[Decimal]:
    """The sizes of the changes in ascending order, those once that the digits do not tell apart."""
    found: list[tuple[Decimal, Decimal]] = []
    for before, after in pairs:
        size = abs(decimal(after) - decimal(before))
        slack = margin(after) + margin(before)
        found.append((_rounded(size, rounding) if rounding else size, slack))
    found.sort()
    first = found[:1]
    rest = (upper for lower, upper in pairwise(found) if upper[0] - lower[0] > lower[1] + upper[1])
    return [size for size, _ in (*first, *rest)]


@dataclass(frozen=True, slots=True)
class _Near:
    """The widest gap that rounding can make, and how much of a change it may be at most."""

    gap: Decimal
    share: Decimal


def _near(values: Collection[float]) -> _Near:
    """What is near: of computed values by their size, of others by their last decimal place."""
    if any(map(margin, values)):
        return _Near(_SHARE_OF_LARGEST * max(abs(decimal(value)) for value in values), Decimal(1))
    decimals = max(
        (-int(decimal(value).normalize().as_tuple().exponent) for value in values), default=0
    )
    gap = _UNITS * Decimal(1).scaleb(-decimals) if decimals >= _FEWEST_DECIMALS else Decimal(0)
    return _Near(gap, _SHARE_OF_SIZE)


def _rounded(size: Decimal, digits: int) -> Decimal:
    return decimal(rounded(float(size), digits))
