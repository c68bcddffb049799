"""Whether whole numbers, or zeros and ones, can have a printed mean, or mean and SD."""

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casebook.statistics.summaries.interval import (
    Consistency,
    Interval,
    Rounding,
    all_possible,
    check_sd,
    check_size,
    check_within,
    common,
    possible_values,
    rounded_like,
    rounded_root,
    unit_of,
)
from casebook.statistics.sums_of_squares import exist, exist_up_to, least, most

_MOST_SEARCHED = 1000
"""Up to how many numbers on a scale the gaps between possible sums of squares are searched for."""


def grim(mean: Decimal, n: int, items: int = 1, *, rounding: Rounding = "nearest") -> Consistency:
    """Whether n whole numbers can have the printed mean (Brown & Heathers 2017, SPPS 8:363-369).

    Their sum is a whole number, so the mean is a whole number of n-ths; that of scores which are
    averages of several items, a whole number of (n items)-ths. From n items >= 10^decimals on every
    mean is possible. As a value halfway may go either way, it is at 80 and 96 with 2 decimals too.

    Args:
        mean: As printed, in the unit of the values.
        n: Number of patients.
        items: Number of items that one patient's score is the average of.
        rounding: How the mean was printed.

    Raises:
        NotComputable: There are no patients or no items, or the mean is not finite.
    """
    check_size(n, items)
    steps = n * items
    informative = not all_possible(steps * unit_of(mean), rounding)
    numbers = _numbers(n, items)
    if possible_values(mean, rounding).moved(steps).whole():
        note = "" if informative else ", as every mean with these decimals is possible"
        return Consistency(True, informative, f"{numbers} can have a mean of {mean}{note}")
    below = math.floor(Fraction(mean) * steps)
    nearest = tuple(rounded_like(Fraction(k, steps), mean, rounding) for k in (below, below + 1))
    detail = f"no {numbers} have a mean of {mean}; the nearest are {nearest[0]} and {nearest[1]}"
    return Consistency(False, informative, detail, nearest)


def grimmer(
    mean: Decimal,
    sd: Decimal,
    n: int,
    items: int = 1,
    *,
    scale: tuple[int, int] | None = None,
    rounding: Rounding = "nearest",
) -> Consistency:
    """Whether n whole numbers can have the printed mean and SD together.

    There must be a sum and a sum of squares, both whole, either both odd or both even (GRIMMER:
    Anaya 2016, PeerJ Preprints 4:e2400; analytic: Allard 2018), looked for at every sum that the
    mean allows. This is necessary, not enough: the sum of squares is also at least that of values
    as equal as possible, on a scale at most that of values at its ends, and between those there are
    gaps: of 562 that are left for 6 numbers from 0 to 6, 88 do not exist. Here it has to belong to
    actual numbers, so "consistent" means that there is a sample (on a scale, up to 1,000 patients;
    with more, gaps close to the largest SD are not looked for).

    Args:
        mean: As printed, in the unit of the values.
        sd: As printed; the sample SD, with denominator n - 1.
        n: Number of patients, at least 2.
        items: Number of items that one patient's score is the average of.
        scale: Lowest and highest value of an item (of the score, if it is not an average).
        rounding: How mean and SD were printed.

    Raises:
        NotComputable: There are fewer than 2 patients or no items, the SD is negative, or a number
            is not finite.
        ValueError: The scale ends below where it begins.
    """
    check_sd(sd, n)
    scores = _Scores(n, items, scale)
    found = grim(mean, n, items, rounding=rounding)
    if not found.consistent:
        return found
    sums = scores.sums(possible_values(mean, rounding))
    if not sums:
        return Consistency(False, True, f"no {scores} have a mean of {mean}")
    variances = possible_values(sd, rounding).squared()
    windows = {total: scores.window(total, variances) for total in sums}
    if not any(scores.has_one_in(total, window) for total, window in windows.items()):
        return _impossible_sd(scores, windows, mean, sd, rounding)
    # A window of two holds a sum of squares of either parity
    wide = (variances.high - variances.low) * (n - 1) * items**2 >= 2
    informative = found.informative or n < 5 or not wide
    return Consistency(True, informative, f"{scores} can have a mean of {mean} and an SD of {sd}")


def debit(mean: Decimal, sd: Decimal, n: int, *, rounding: Rounding = "nearest") -> Consistency:
    """Whether n values of 0 and 1 can have the printed mean and SD together.

    With k ones the mean is k / n and the SD the root of k (n - k) / (n (n - 1)) (DEBIT: Heathers &
    Brown 2019, osf.io/5vb3u). Some k must give both as printed, which is stricter than asking
    whether some mean and SD that were printed so satisfy the formula.

    Args:
        mean: As printed: the share of ones, from 0 to 1.
        sd: As printed; the sample SD, with denominator n - 1.
        n: Number of values, at least 2.
        rounding: How mean and SD were printed.

    Raises:
        NotComputable: There are fewer than 2 values, the mean is not between 0 and 1, the SD is
            negative, or a number is not finite.
    """
    check_sd(sd, n)
    check_within(mean, 1, "a mean of values of 0 and 1")
    found = grim(mean, n, rounding=rounding)
    if not found.consistent:
        return found
    ones = _Scores(n, 1, (0, 1)).sums(possible_values(mean, rounding))
    variances = [Fraction(k * (n - k), n * (n - 1)) for k in ones]
    allowed = possible_values(sd, rounding).squared()
    values = f"{n} values of 0 and 1 with a mean of {mean}"
    if any(allowed.holds(variance) for variance in variances):
        return Consistency(True, True, f"{values} can have an SD of {sd}")
    below = [variance for variance in variances if variance < Fraction(sd) ** 2]
    above = [variance for variance in variances if variance > Fraction(sd) ** 2]
    nearest = _nearest_sds(below, above, sd, rounding)
    possible = " and ".join(f"{value}" for value in nearest)
    return Consistency(False, True, f"no {values} have an SD of {sd}, but {possible}", nearest)


@dataclass(frozen=True, slots=True)
class _Scores:
    """n scores: whole numbers, or averages of `items` of them, on a scale or without bounds.

    Its sums and sums of squares are those of the n whole numbers score * items.
    """

    n: int
    items: int
    scale: tuple[int, int] | None

    def __post_init__(self) -> None:
        if self.scale is not None and self.scale[0] > self.scale[1]:
            raise ValueError(f"a scale from {self.scale[0]} to {self.scale[1]} has no values")

    def __str__(self) -> str:
        ends = "" if self.scale is None else f" from {self.scale[0]} to {self.scale[1]}"
        return _numbers(self.n, self.items) + ends

    def sums(self, means: Interval) -> range:
        """The sums that give one of these means."""
        sums = means.moved(self.n * self.items).whole()
        if self.scale is None:
            return sums
        low, high = (self.n * self.items * end for end in self.scale)
        return common(sums, range(low, high + 1))

    def window(self, total: int, variances: Interval) -> range:
        """The whole numbers that as a sum of squares give one of these variances."""
        factor = (self.n - 1) * self.items**2
        return variances.moved(factor, Fraction(total**2, self.n)).whole()

    def variance(self, total: int, squares: int) -> Fraction:
        """Sample variance of the scores."""
        return Fraction(self.n * squares - total**2, self.n * (self.n - 1) * self.items**2)

    def has_one_in(self, total: int, window: range) -> bool:
        """Whether the scores can have this sum and a sum of squares in the window."""
        found = itertools.takewhile(lambda q: q < window.stop, self._from(total, window.start))
        return self._first(total, found) is not None

    def beside(self, total: int, window: range) -> tuple[int | None, int | None]:
        """The nearest possible sums of squares below and above the window."""
        low, high = least(self.n, total), self._most(total)
        top = window.start - 1 if high is None else min(window.start - 1, high)
        down = range(top - (top - total) % 2, low - 1, -2)
        return self._first(total, down), self._first(total, self._from(total, window.stop))

    def _from(self, total: int, bound: int) -> Iterator[int]:
        """What may be a sum of squares, by size and parity, from the bound up."""
        start, high = max(bound, least(self.n, total)), self._most(total)
        start += (start - total) % 2
        return itertools.count(start, 2) if high is None else iter(range(start, high + 1, 2))

    def _first(self, total: int, squares: Iterable[int]) -> int | None:
        return next((q for q in squares if self._exist(total, q)), None)

    def _most(self, total: int) -> int | None:
        if self.scale is None:
            return None
        low, high = (end * self.items for end in self.scale)
        squares = most(total - self.n * low, high - low)
        return squares + 2 * low * total - self.n * low**2

    def _exist(self, total: int, squares: int) -> bool:
        if self.scale is None:
            return exist(self.n, total, squares)
        if self.n > _MOST_SEARCHED:
            return True
        low, high = (end * self.items for end in self.scale)
        moved = squares - 2 * low * total + self.n * low**2
        return exist_up_to(high - low, self.n, total - self.n * low, moved)


def _impossible_sd(
    scores: _Scores, windows: dict[int, range], mean: Decimal, sd: Decimal, rounding: Rounding
) -> Consistency:
    sides: tuple[list[Fraction], list[Fraction]] = ([], [])
    for total, window in windows.items():
        for side, squares in zip(sides, scores.beside(total, window), strict=True):
            if squares is not None:
                side.append(scores.variance(total, squares))
    nearest = _nearest_sds(*sides, sd, rounding)
    said = f"no {scores} with a mean of {mean} have an SD of {sd}: "
    if not sides[0]:
        return Consistency(False, True, f"{said}it is at least {nearest[0]}", nearest)
    if not sides[1]:
        return Consistency(False, True, f"{said}it is at most {nearest[0]}", nearest)
    if not any(windows.values()):
        reason = "no whole number is their sum of squares"
    elif not any((q - total) % 2 == 0 for total, window in windows.items() for q in window[:2]):
        reason = "of their sum and sum of squares one would be odd and one even"
    else:
        reason = "no numbers have such a sum and sum of squares"
    possible = f"; the nearest SDs are {nearest[0]} and {nearest[1]}"
    return Consistency(False, True, said + reason + possible, nearest)


def _nearest_sds(
    below: list[Fraction], above: list[Fraction], sd: Decimal, rounding: Rounding
) -> tuple[Decimal, ...]:
    """The nearest variances on either side as SDs, printed like this one."""
    nearest = [*([max(below)] if below else []), *([min(above)] if above else [])]
    return tuple(rounded_root(variance, sd, rounding) for variance in nearest)


def _numbers(n: int, items: int) -> str:
    return f"{n} whole numbers" if items == 1 else f"{n} averages of {items} whole numbers"
