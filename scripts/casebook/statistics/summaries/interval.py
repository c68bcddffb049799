"""What a printed number stands for: every number that it is a rounding of, in exact arithmetic.

A number is a `Decimal` whose decimals count. Arithmetic is in whole numbers and fractions, with no
tolerance. What the checks of this room have in common is here; they read no paper, and do not say
how a number came to be wrong: n may have been another, or the values not whole numbers.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, cast

from casebook.statistics.terms import NotComputable

Rounding = Literal["nearest", "truncated"]
"""How a number was printed. "nearest" takes in half-up and half-even: a value halfway between two
printed numbers may have gone either way. "truncated" cuts the further decimals off."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """What a check of printed numbers found.

    Attributes:
        consistent: Whether some data give what is printed.
        informative: Whether the check could have failed. It could not where at this n every number
            of this size with these decimals is possible.
        detail: What was found, in words for a reader.
        nearest: Where it is not consistent, the nearest possible numbers below and above (one where
            there is no other), with the decimals of the printed one; empty for p-values.
    """

    consistent: bool
    informative: bool
    detail: str
    nearest: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from `low` to `high`; an end that is open does not belong to them."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def moved(self, factor: Fraction | int, offset: Fraction | int = 0) -> "Interval":
        """The interval of factor * x + offset, for a positive factor."""
        low, high = factor * self.low + offset, factor * self.high + offset
        return Interval(low, high, self.low_open, self.high_open)

    def squared(self) -> "Interval":
        """The squares of the numbers in it that are not negative."""
        low = max(self.low, Fraction(0))
        return Interval(low**2, self.high**2, self.low_open and low == self.low, self.high_open)

    def within(self, other: "Interval") -> "Interval":
        """The numbers that are in both, of which there may be none; of closed intervals."""
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def whole(self) -> range:
        """The whole numbers in it."""
        first = math.floor(self.low) + 1 if self.low_open else math.ceil(self.low)
        end = math.ceil(self.high) if self.high_open else math.floor(self.high) + 1
        return range(first, max(first, end))

    def holds(self, value: Fraction) -> bool:
        """Whether a number belongs to it."""
        above = value > self.low if self.low_open else value >= self.low
        return above and (value < self.high if self.high_open else value <= self.high)


def possible_values(printed: Decimal, rounding: Rounding = "nearest") -> Interval:
    """Every number that can have been printed like this.

    To the nearest, it is half a unit of the last decimal either way, with both ends. Truncated, it
    is up to the next unit away from 0; what is printed as 0 was then less than a unit from it.

    Raises:
        NotComputable: It is infinite or not a number.
    """
    unit, value = unit_of(printed), Fraction(printed)
    if rounding == "nearest":
        return Interval(value - unit / 2, value + unit / 2)
    low = value - unit if value <= 0 else value
    high = value + unit if value >= 0 else value
    return Interval(low, high, low_open=value <= 0, high_open=value >= 0)


def unit_of(printed: Decimal) -> Fraction:
    """One unit of the last decimal: 1/100 for 0.50.

    Raises:
        NotComputable: It is infinite or not a number.
    """
    if not printed.is_finite():
        raise NotComputable(f"{printed} is not a finite number")
    return Fraction(10) ** cast("int", printed.as_tuple().exponent)


def rounded_like(value: Fraction, like: Decimal, rounding: Rounding) -> Decimal:
    """Printed with the decimals of another number, halves towards that."""
    units = value / unit_of(like)
    if rounding == "truncated":
        return of_units(math.trunc(units), like)
    half = Fraction(1, 2)
    return of_units(math.ceil(units - half) if value > like else math.floor(units + half), like)


def rounded_root(square: Fraction, like: Decimal, rounding: Rounding) -> Decimal:
    """The root of a number printed with the decimals of another, halves towards that."""
    half_units = 4 * square / unit_of(like) ** 2
    down = math.isqrt(math.floor(half_units))
    if rounding == "truncated":
        return of_units(down // 2, like)
    if square < Fraction(like) ** 2:
        return of_units((down + 1) // 2, like)
    return of_units((math.isqrt(max(0, math.ceil(half_units) - 1)) + 1) // 2, like)


def of_units(units: int, like: Decimal) -> Decimal:
    """So many units of the last decimal of another number."""
    digits = tuple(int(digit) for digit in str(abs(units)))
    return Decimal((int(units < 0), digits, cast("int", like.as_tuple().exponent)))


def all_possible(steps: Fraction, rounding: Rounding) -> bool:
    """Whether every printed number has a possible value, with so many of them to a printed unit.

    With a / b of them in lowest terms, printed numbers lie up to floor(b / 2) / a of a printed unit
    from the nearest possible value, and half of one is allowed.
    """
    a, b = steps.as_integer_ratio()
    return a >= 2 * (b // 2) if rounding == "nearest" else a >= b


def common(first: range, second: range) -> range:
    """The whole numbers in both ranges."""
    start = max(first.start, second.start)
    return range(start, max(start, min(first.stop, second.stop)))


def check_size(n: int, items: int = 1) -> None:
    """Raise `NotComputable` where there are no patients or no items."""
    if n < 1:
        raise NotComputable(f"there are no patients (n = {n})")
    if items < 1:
        raise NotComputable(f"a score has at least one item, not {items}")


def check_sd(sd: Decimal, n: int) -> None:
    """Raise `NotComputable` where there are fewer than 2 values, or the SD cannot be one."""
    if n < 2:
        raise NotComputable(f"an SD needs at least 2 values, not {n}")
    if not sd.is_finite() or sd < 0:
        raise NotComputable(f"an SD is a finite number and not negative, not {sd}")


def check_within(value: Decimal, most: int, what: str) -> None:
    """Raise `NotComputable` for a number that is not from 0 to `most`."""
    if not value.is_finite() or not 0 <= value <= most:
        raise NotComputable(f"{what} is between 0 and {most}, not {value}")
