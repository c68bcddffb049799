"""Whether values on a scale can have printed quartiles beside their mean and SD, and which do.

Programs differ in quartiles. By each of the nine types of Hyndman & Fan (1996, Am Stat 50:361-365)
a quartile is a value or lies between two that are neighbours in order, so that a printed one says
what these can be; of a printed distance between both, each lower one says it of the upper one. All
of that is gone through, by every type, in whole numbers.
"""

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product
from operator import itemgetter

from casebook.statistics.summaries.bounded import Scale
from casebook.statistics.summaries.interval import (
    Consistency,
    Interval,
    check_sd,
    common,
    possible_values,
)
from casebook.statistics.summaries.samples import (
    check_searched,
    in_order,
    orders,
    sums_and_squares,
)
from casebook.statistics.terms import NotComputable

QUARTILES: Mapping[str, Fraction] = {"p25": Fraction(1, 4), "p75": Fraction(3, 4)}
"""Which part of the values is below each."""
WIDTH = "iqr"
"""The name of the distance between both."""
TYPES = range(1, 10)
_MOST_STEPS = 2_000_000
"""How many sums are gone through at most in all, which takes a second or two."""
_ORDER = 40
"""How many sums one place or order counts as, which takes as long."""
_Places = dict[int, int]
_Found = dict[tuple[int, int], tuple[int, ...]]
"""Numbers by their sum and their sum of squares, one sample of each."""


class _Work:
    """How much has been tried, of which there is a limit, and what numbers can come to."""

    def __init__(self) -> None:
        self._done = 0
        self._reached: dict[tuple[int, int, int], _Found] = {}

    def add(self, count: int) -> None:
        """Count so many more.

        Raises:
            NotComputable: these are too many.
        """
        self._done += count
        if self._done > _MOST_STEPS:
            raise NotComputable("too many samples would have to be tried for the quartiles")

    def reached(self, count: int, low: int, high: int) -> _Found:
        """What so many numbers from low to high can come to."""
        if (known := self._reached.get((count, low, high))) is not None:
            return known
        found: _Found = {(0, 0): ()}
        for _ in range(count):
            self.add(len(found) * (high - low + 1))
            found = {
                (total + k, squares + k**2): (*numbers, k)
                for (total, squares), numbers in found.items()
                for k in range(low, high + 1)
            }
        self._reached[count, low, high] = found
        return found


def sprite_with_quartiles(
    mean: Decimal,
    sd: Decimal,
    n: int,
    scale: Scale,
    *,
    quartiles: Mapping[str, Decimal],
    order: Mapping[str, Decimal],
) -> Consistency:
    """Whether there is a sample with all that is printed, its quartiles by one of nine types.

    Args:
        mean: As printed, in the unit of the scale.
        sd: As printed; the sample SD, with denominator n - 1.
        n: Number of values, at least 2.
        scale: Where values can be, which must have steps.
        quartiles: What is printed of "p25" and "p75", and of "iqr", the distance between them.
        order: What else is printed of "min", "median" and "max".

    Raises:
        NotComputable: There are fewer than 2 values, the SD is negative, a number is not finite,
            the scale has no steps, or there would be too much to try: more than 300 values,
            10,000 steps, or 2,000,000 sums.
    """
    check_sd(sd, n)
    check_searched(n, scale)
    windows = sums_and_squares(mean, sd, n, scale, "nearest")
    told = f"{n} values {scale} with a mean of {mean}, an SD of {sd}"
    beside = " and ".join(f"{name} {value}" for name, value in quartiles.items())
    work, tried = _Work(), set[frozenset[tuple[int, int]]]()
    for kind in TYPES:
        others = orders(order, n, scale, "nearest")
        for places in _places(quartiles, kind, n, scale, others, work):
            if (fixed := frozenset(places.items())) in tried:
                continue
            tried.add(fixed)
            if found := _sample(windows, places, n, scale.top, work):
                text = f"there are {told}, and {beside} by type {kind}"
                sample = scale.listed(found)
                return Consistency(True, True, f"{text}: for instance {sample}")
    return Consistency(False, True, f"there are no {told}, and {beside} by any of nine types")


def place(kind: int, part: Fraction, n: int) -> tuple[int, Fraction]:
    """Where a quantile lies: behind so many values in order, and how far on the way to the next.

    Args:
        kind: Its type, from 1 to 9.
        part: Which part of the values is below it.
        n: Number of values.
    """
    moved = {3: Fraction(-1, 2), 5: Fraction(1, 2), 6: part, 7: 1 - part}
    moved |= {8: (part + 1) / 3, 9: part / 4 + Fraction(3, 8)}
    at = n * part + moved.get(kind, 0)
    before, way = math.floor(at), at % 1
    if kind == 2 and not way:
        return before, Fraction(1, 2)
    if kind <= 3:
        stays = not way and (kind == 1 or before % 2 == 0)
        return before, Fraction(0 if stays else 1)
    return before, way


def _places(
    quartiles: Mapping[str, Decimal],
    kind: int,
    n: int,
    scale: Scale,
    others: Iterator[_Places],
    work: _Work,
) -> Iterator[_Places]:
    """Each way in which values can have the printed quartiles and the other places."""
    both = [*_values_at_both(quartiles, kind, n, scale, work)]
    for parts in ((one, *beside) for one in others for beside in both):
        work.add(_ORDER)
        if (places := in_order(parts)) is not None:
            yield places


def _values_at_both(
    quartiles: Mapping[str, Decimal], kind: int, n: int, scale: Scale, work: _Work
) -> Iterator[tuple[_Places, ...]]:
    """What the values beside the quartiles can be that are printed, or whose distance is."""
    printed = {
        q: scale.in_steps(possible_values(quartiles[q])) for q in QUARTILES if q in quartiles
    }
    if WIDTH not in quartiles:
        each = ([*_values_at(possible, kind, q, n, scale, work)] for q, possible in printed.items())
        yield from product(*(map(itemgetter(0), found) for found in each))
        return
    width = possible_values(quartiles[WIDTH]).moved(1 / (scale.step or Fraction(1)))
    on_scale = Interval(Fraction(0), Fraction(scale.top))
    lower, upper = (printed.get(q, on_scale) for q in QUARTILES)
    for low, at in _values_at(lower, kind, "p25", n, scale, work):
        for high, _ in _values_at(width.moved(1, at).within(upper), kind, "p75", n, scale, work):
            yield low, high


def _values_at(
    possible: Interval, kind: int, quartile: str, n: int, scale: Scale, work: _Work
) -> Iterator[tuple[_Places, Fraction]]:
    """What the values beside a quartile can be, by their places from 0, and the quartile itself.

    All are in steps above the lowest, as what is possible for it.
    """
    before, way = place(kind, QUARTILES[quartile], n)
    first, second = (min(max(at, 0), n - 1) for at in (before - 1, before))
    if way in (0, 1) or first == second:
        at = second if way == 1 else first
        numbers = common(possible.whole(), range(scale.top + 1))
        work.add(_ORDER * len(numbers))
        yield from (({at: k}, Fraction(k)) for k in numbers)
        return
    for low in range(scale.top + 1):
        work.add(_ORDER)
        rest = possible.moved(1 / way, -(1 - way) * low / way)
        highs = common(rest.whole(), range(low, scale.top + 1))
        work.add(_ORDER * len(highs))
        for high in highs:
            yield {first: low, second: high}, (1 - way) * low + way * high


def _sample(
    windows: Mapping[int, range], places: _Places, n: int, top: int, work: _Work
) -> tuple[int, ...] | None:
    """Numbers from 0 to top with these at their places, and one of the sums and of the squares."""
    fixed = tuple(places.values())
    found: _Found = {(sum(fixed), sum(k**2 for k in fixed)): fixed}
    edges = [(-1, 0), *sorted(places.items()), (n, top)]
    for (before, low), (behind, high) in pairwise(edges):
        between = work.reached(behind - before - 1, low, high)
        work.add(len(found) * len(between))
        found = {
            (total + part, squares + more): (*numbers, *others)
            for (total, squares), numbers in found.items()
            for (part, more), others in between.items()
        }
    for (total, squares), numbers in found.items():
        if squares in windows.get(total, ()):
            return tuple(sorted(numbers))
    return None
