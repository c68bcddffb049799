"""Samples on a scale with two ends that have a printed mean and SD, and printed places in order.

SPRITE looks for a sample, which can also have a printed smallest value, median and largest value.
Quartiles, of which each program has its own, are the business of `quartiles`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

from casebook.statistics.summaries.bounded import Scale
from casebook.statistics.summaries.interval import (
    Consistency,
    Rounding,
    check_sd,
    common,
    possible_values,
)
from casebook.statistics.sums_of_squares import exist_up_to, least, most, numbers_up_to
from casebook.statistics.terms import NotComputable

_MOST_VALUES = 300
"""Of up to how many values a sample is looked for: one of a thousand takes seconds to write."""
_MOST_STEPS = 10_000
"""Up to how many steps the scale of a sample may have."""
_MOST_ORDERS = 200_000
"""How many ways are gone through in which values can have a printed order, which takes seconds."""
_MOST_TRIED = 50_000
"""How many sums and sums of squares are tried for a sample, which takes some seconds."""
_Sums = tuple[int, int]
"""A sum and a sum of squares, or two of the latter."""
_NAMED = {"min": "the smallest", "median": "the median", "max": "the largest"}


def sprite(
    mean: Decimal,
    sd: Decimal,
    n: int,
    scale: Scale,
    *,
    order: Mapping[str, Decimal] | None = None,
    rounding: Rounding = "nearest",
) -> Consistency:
    """Whether there is a sample with the printed mean and SD, and which for instance.

    SPRITE (Heathers, Anaya, van der Zee & Brown 2018, PeerJ Preprints 6:e26968) draws samples until
    one fits, so that it proves nothing where none does. Here every sum and sum of squares that the
    printed numbers allow is tried, and whether a sample has both is a question of whole numbers
    (`sums_of_squares`), so that "not consistent" is a proof. With the smallest value, the median
    and the largest one, as CORVIDS has them (Wilner, Wood & Simons 2018), the values between these
    are two groups on scales of their own.

    Args:
        mean: As printed, in the unit of the scale.
        sd: As printed; the sample SD, with denominator n - 1.
        n: Number of values, at least 2.
        scale: Where values can be, which must have steps.
        order: What else is printed of "min", "median" and "max".
        rounding: How all of these were printed.

    Raises:
        NotComputable: There are fewer than 2 values, the SD is negative, a number is not finite,
            the scale has no steps, or there would be too much to try: more than 300 values,
            10,000 steps, or 50,000 sums and sums of squares.
    """
    check_sd(sd, n)
    check_searched(n, scale)
    printed = order or {}
    beside = "".join(f", {_NAMED[name]} {value}" for name, value in printed.items())
    told = f"{n} values {scale} with a mean of {mean} and an SD of {sd}"
    windows = sums_and_squares(mean, sd, n, scale, rounding)
    found = _sample(windows, n, scale, orders(printed, n, scale, rounding))
    if found is None:
        alone = printed and _sample(windows, n, scale, [{}])
        without = "these" if len(printed) > 1 else "it"
        but = f", though without {without} there are some" if alone else ""
        return Consistency(False, True, f"there are no {told}{beside}{but}")
    return Consistency(True, True, f"there are {told}{beside}: for instance {scale.listed(found)}")


def check_searched(n: int, scale: Scale) -> None:
    """Raise `NotComputable` where no sample is looked for: without steps, or beyond 300 values."""
    if scale.step is None:
        raise NotComputable("values without steps can be anything between the ends")
    if n > _MOST_VALUES or scale.top > _MOST_STEPS:
        limits = f"{_MOST_VALUES:,} values and {_MOST_STEPS:,} steps"
        raise NotComputable(f"a sample is looked for up to {limits}")


def sums_and_squares(
    mean: Decimal, sd: Decimal, n: int, scale: Scale, rounding: Rounding
) -> dict[int, range]:
    """The sums of n numbers of steps, from the middle outward, and the sums of squares with each.

    Raises:
        NotComputable: there are too many.
    """
    sums = common(
        scale.in_steps(possible_values(mean, rounding), n).whole(), range(n * scale.top + 1)
    )
    if len(sums) > _MOST_TRIED:
        raise NotComputable(f"more than {_MOST_TRIED:,} sums have this mean")
    variances = possible_values(sd, rounding).squared()
    factor = (n - 1) / (scale.step or Fraction(1)) ** 2
    return {
        total: variances.moved(factor, Fraction(total**2, n)).whole()
        for total in _from_the_middle(sums)
    }


def orders(
    printed: Mapping[str, Decimal], n: int, scale: Scale, rounding: Rounding
) -> Iterator[dict[int, int]]:
    """Each way in which values can have the printed order: their places, and the numbers there.

    Raises:
        NotComputable: there are too many to go through.
    """
    possible = {name: possible_values(value, rounding) for name, value in printed.items()}
    on_scale = range(scale.top + 1)
    ends: list[list[dict[int, int]]] = [
        [{place: k} for k in common(scale.in_steps(possible[name]).whole(), on_scale)]
        if name in possible
        else [{}]
        for name, place in (("min", 0), ("max", n - 1))
    ]
    middle: Iterable[dict[int, int]] = [{}]
    if "median" in possible and n % 2:
        among = common(scale.in_steps(possible["median"]).whole(), on_scale)
        middle = [{n // 2: k} for k in among]
    elif "median" in possible:
        twice = scale.in_steps(possible["median"], 2).whole()
        pairs = ((s - s // 2 + d, s // 2 - d) for d in on_scale for s in twice)
        middle = [{n // 2 - 1: low, n // 2: high} for high, low in pairs
                  if low >= 0 and high <= scale.top]  # fmt: skip
    # The middle can have millions, which product would all keep.
    each = ((one, *others) for one in middle for others in product(*ends))
    for tried, parts in enumerate(each):
        if tried == _MOST_ORDERS:
            raise NotComputable(f"more than {_MOST_ORDERS:,} orders would have to be tried")
        if (places := in_order(parts)) is not None:
            yield places


def in_order(parts: Iterable[Mapping[int, int]]) -> dict[int, int] | None:
    """The numbers at all of these places; None if two differ at one, or a later one is smaller."""
    places: dict[int, int] = {}
    for part in parts:
        if any(places.get(place, number) != number for place, number in part.items()):
            return None
        places |= part
    ordered = [places[place] for place in sorted(places)]
    return places if all(one <= other for one, other in pairwise(ordered)) else None


@dataclass(frozen=True, slots=True)
class _Group:
    """So many numbers from `low` to `high`, in any order."""

    count: int
    low: int
    high: int

    def ends(self, total: int) -> _Sums:
        """The least and the largest sum of squares with a sum that they can have."""
        if not self.count:
            return 0, 0
        above, less = self._moved(total, 0)
        return least(self.count, total), most(above, self.high - self.low) - less

    def has(self, total: int, squares: int) -> bool:
        """Whether such numbers have this sum and sum of squares."""
        if not self.count:
            return (total, squares) == (0, 0)
        return exist_up_to(self.high - self.low, self.count, *self._moved(total, squares))

    def numbers(self, total: int, squares: int) -> list[int]:
        """Such numbers, where there are some."""
        found = numbers_up_to(self.high - self.low, self.count, *self._moved(total, squares))
        return [self.low + number for number in found]

    def _moved(self, total: int, squares: int) -> _Sums:
        """Sum and sum of squares of the same numbers above the lowest."""
        above = total - self.count * self.low
        return above, squares - 2 * self.low * total + self.count * self.low**2


def _sample(
    windows: Mapping[int, range], n: int, scale: Scale, orders: Iterable[Mapping[int, int]]
) -> list[int] | None:
    """Numbers with one of these sums, a sum of squares in its window, and one of these orders."""
    left = _MOST_TRIED
    for places in orders:
        fixed = list(places.values())
        first, second = _groups(places, n, scale.top)
        squares = sum(number**2 for number in fixed)
        for total, window in windows.items():
            inner = range(window.start - squares, window.stop - squares)
            for one, other in _splits(first, second, total - sum(fixed), inner):
                left -= 1
                if left < 0:
                    raise NotComputable(f"more than {_MOST_TRIED:,} sums would have to be tried")
                if one and other and first.has(*one) and second.has(*other):
                    return sorted([*fixed, *first.numbers(*one), *second.numbers(*other)])
    return None


def _groups(places: Mapping[int, int], n: int, top: int) -> tuple[_Group, _Group]:
    """The numbers between those at known places; where all are of one group the other is empty."""
    edges = [(-1, 0), *sorted(places.items()), (n, top)]
    gaps = [
        _Group(place - before - 1, low, high)
        for (before, low), (place, high) in pairwise(edges)
        if place - before > 1
    ]
    first, second, *_ = (*gaps, _Group(0, 0, 0), _Group(0, 0, 0))
    return first, second


def _splits(
    first: _Group, second: _Group, total: int, window: range
) -> Iterator[tuple[_Sums | None, _Sums | None]]:
    """How two groups can share a sum, and a sum of squares in the window; None where they cannot.

    Each way to share the sum is told, so that it can be counted how much was tried.
    """
    sums = common(
        range(first.count * first.low, first.count * first.high + 1),
        range(total - second.count * second.high, total - second.count * second.low + 1),
    )
    for part in _from_the_middle(sums):
        yield None, None
        for one, other in _shared(first, second, part, total - part, window):
            yield (part, one), (total - part, other)


def _shared(first: _Group, second: _Group, part: int, rest: int, window: range) -> Iterator[_Sums]:
    """Sums of squares of two groups with these sums that come to one in the window.

    That of whole numbers is odd or even as their sum is.
    """
    (least_one, most_one), (least_other, most_other) = first.ends(part), second.ends(rest)
    start = max(least_one, window.start - most_other)
    stop = min(most_one, window.stop - 1 - least_other)
    start += (start - part) % 2
    for squares in _from_the_middle(range(start, stop + 1, 2)):
        low = max(least_other, window.start - squares)
        high = min(most_other, window.stop - 1 - squares)
        for beside in range(low + (low - rest) % 2, high + 1, 2):
            yield squares, beside


def _from_the_middle(numbers: range) -> Iterator[int]:
    """The same numbers, those in the middle first."""
    middle = len(numbers) // 2
    for away in range(len(numbers) - middle):
        yield numbers[middle + away]
        if 0 < away + 1 <= middle:
            yield numbers[middle - away - 1]
