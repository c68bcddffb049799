"""What the digits of a number tell: the decimal it is written as, and how sure its last digit is.

A measured number has few digits, and all of them count: 0.3 is more than 0.2 by 0.1. A number that
was computed before it was written, such as a third, has many, and the last of them is rounded:
41.6666666666667 - 33.3333333333333 and 50 - 41.6666666666667 are both 8 1/3. Whatever asks whether
two numbers are equal, or which is larger, asks here. Arrays are not known here; see `values`.
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

RELIABLE = 15
"""Digits that any decimal number keeps as a float."""
_MANY, _FINE = 10, 4
FAR, FAR_OF_SIZE = 1e-3, 1e-13
"""Numbers that differ by more than this and this share of their sizes differ for all their margins:
one is at most 1e-4 where a number has up to 15 digits, and else at most 1e-14 of the number."""


@lru_cache(maxsize=4096)
def decimal(value: float) -> Decimal:
    """The shortest decimal number that reads back as the same float (Python's `repr`).

    It is the number as written in the source, if that had at most 15 significant digits.
    """
    return Decimal(repr(float(value)))


@lru_cache(maxsize=4096)
def exact(value: float) -> Fraction:
    """The same number as `decimal` gives, to compute with as on paper: a third times 3 is 1."""
    return Fraction(decimal(value))


@lru_cache(maxsize=4096)
def margin(value: float) -> Decimal:
    """How far a number may be from the one that was meant, by its digits.

    A number of 10 digits or more, four of them or more decimals, was computed and not measured: one
    unit of its last digit, or of its fifteenth, as what follows that is the rounding of floats.
    Every other number means what it says, and its margin is 0. Ten digits are what a spreadsheet
    shows of a third.
    """
    _, digits, exponent = decimal(value).as_tuple()
    if not isinstance(exponent, int) or len(digits) < _MANY or -exponent < _FINE:
        return Decimal(0)
    return Decimal(1).scaleb(exponent + max(0, len(digits) - RELIABLE))


def order(one: float, other: float) -> int:
    """-1, 0 or 1: the first number is less than the other, the same as far as digits tell, or more.

    What is no number (NaN) is neither less nor more.
    """
    sign = (one > other) - (one < other)
    if not sign or abs(one - other) > FAR + FAR_OF_SIZE * (abs(one) + abs(other)):
        return sign
    slack = margin(one) + margin(other)
    if slack and abs(decimal(one) - decimal(other)) <= slack:
        return 0
    return sign


def rounded(value: float, digits: int) -> float:
    """A number to so many significant digits, as R's `signif` has it."""
    return float(f"{value:.{digits - 1}e}")
