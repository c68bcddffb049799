"""Scales with two ends, and whether the SD of values on one can be as printed.

TIDES asks, in closed form, how large or small an SD can be there. Which values can have what is
printed is for `samples`, and a scale without ends is that of `mean_sd`.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casebook.statistics.summaries.interval import (
    Consistency,
    Interval,
    Rounding,
    check_sd,
    common,
    possible_values,
    rounded_root,
)
from casebook.statistics.sums_of_squares import least

_LISTED = 15
"""Up to how many values a sample is written value by value."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The values that are possible: from `low` to `high`, any, or in steps from the lowest.

    A score that is the average of k whole numbers has steps of 1 / k.

    Raises:
        ValueError: it ends where it begins or below, or its length is not a whole number of steps.
    """

    low: Fraction
    high: Fraction
    step: Fraction | None = None

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ValueError(f"a scale from {self.low} to {self.high} has no length")
        if self.step is not None and (self.step <= 0 or (self.high - self.low) % self.step):
            of = "above 0" if self.step <= 0 else f"of {self.step}"
            raise ValueError(f"{self.low} to {self.high} is not a whole number of steps {of}")

    def __str__(self) -> str:
        by = "" if self.step in (None, 1) else f" in steps of {self.step}"
        return f"from {_text(self.low)} to {_text(self.high)}{by}"

    @property
    def top(self) -> int:
        """The number of steps from the lowest to the highest value; 1 where there are none."""
        return int((self.high - self.low) / (self.step or self.high - self.low))

    def listed(self, numbers: Sequence[int]) -> str:
        """Values in order, by their numbers of steps; of many how often each is there."""
        values = [self.low + (self.step or 1) * number for number in numbers]
        if len(values) <= _LISTED:
            return ", ".join(map(_text, values))
        counts = Counter(values)
        return ", ".join(
            f"{_text(value)} ({count} times)" if count > 1 else _text(value)
            for value, count in counts.items()
        )

    def in_steps(self, values: Interval, times: int = 1) -> Interval:
        """Where the sums of so many values lie, in steps above the lowest, by their mean."""
        unit = self.step or self.high - self.low
        return values.moved(times / unit, -times * self.low / unit)


def tides(
    mean: Decimal, sd: Decimal, n: int, scale: Scale, *, rounding: Rounding = "nearest"
) -> Consistency:
    """Whether the SD is within the bounds that the mean and the ends of the scale leave it.

    It is largest where all values but one are at the ends, and smallest where they are as equal as
    the steps let them be, 0 without steps (TIDES: Hussey, Norwood, Cummins, Arslan & Elson 2024; of
    the largest: Muilwijk 1966, and for whole numbers of values at the ends Mestdagh et al. 2018).
    The bounds are those of all means that the printed one is a rounding of.

    Args:
        mean: As printed, in the unit of the scale.
        sd: As printed; the sample SD, with denominator n - 1.
        n: Number of values, at least 2.
        scale: Where values can be.
        rounding: How mean and SD were printed.

    Raises:
        NotComputable: There are fewer than 2 values, the SD is negative, or a number is not finite.
    """
    check_sd(sd, n)
    values, unit = f"{n} values {scale}", scale.step or scale.high - scale.low
    sums = _sums(scale.in_steps(possible_values(mean, rounding), n), scale, n)
    if not sums:
        return Consistency(False, True, f"no {values} have a mean of {mean}")
    low = min(_smallest(s, n) for s in sums) * unit**2 / (n - 1) if scale.step else Fraction(0)
    high = max(_largest(s, n, scale.top) for s in sums) * unit**2 / (n - 1)
    ends = [rounded_root(end, sd, rounding) for end in (low, high)]
    told = f"{values} with a mean of {mean} have an SD from {ends[0]} to {ends[1]}"
    allowed = possible_values(sd, rounding).squared()
    if allowed.low > high or (allowed.low_open and allowed.low == high):
        return Consistency(False, True, f"{told}, and not {sd}", (ends[1],))
    if allowed.high < low or (allowed.high_open and allowed.high == low):
        return Consistency(False, True, f"{told}, and not {sd}", (ends[0],))
    return Consistency(True, True, f"{told}, as {sd} is")


def _sums(sums: Interval, scale: Scale, n: int) -> list[Fraction]:
    """Of the sums that the scale allows, in steps, those with the largest and the smallest SD.

    Between multiples of the scale the largest SD is a convex function of the sum, so that it is
    largest at an end of the sums or at such a multiple, of these at the one nearest to half of the
    values at each end. The smallest is 0 at multiples of n, and falls towards these.
    """
    low, high = max(sums.low, Fraction(0)), min(sums.high, Fraction(n * scale.top))
    if scale.step:
        whole = common(sums.whole(), range(n * scale.top + 1))
        low, high = (Fraction(whole[0]), Fraction(whole[-1])) if whole else (high + 1, high)
    if low > high:
        return []
    first, last = math.ceil(low / scale.top), math.floor(high / scale.top)
    halves = [min(max(half, first), last) * scale.top for half in (n // 2, (n + 1) // 2)]
    turning = [*halves, math.ceil(low / n) * n]
    return [low, high, *(Fraction(s) for s in turning if low <= s <= high)]


def _largest(total: Fraction, n: int, top: int) -> Fraction:
    """The largest sum of squared deviations of n numbers from 0 to `top` with this sum."""
    at_top = math.floor(total / top)
    return at_top * top**2 + (total - at_top * top) ** 2 - total**2 / n


def _smallest(total: Fraction, n: int) -> Fraction:
    """The smallest one of whole numbers."""
    return least(n, int(total)) - total**2 / n


def _text(value: Fraction) -> str:
    return f"{round(float(value), 3):.12g}"
