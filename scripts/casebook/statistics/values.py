"""Reading numbers: checked arrays, ranks, and differences that keep the ties which exist on paper.

It does not decide which patients are analysed: values that are missing have to be left out, and
pairs completed, before they come here.
"""

import math
import operator
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from casebook.statistics import NotComputable

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_USUAL_PLACES = 3
_SHORT = 1e15


def finite_values(values: ArrayLike, *, at_least: int = 1) -> FloatArray:
    """Return `values` as a one-dimensional array of finite floats.

    Args:
        values: Numbers, shape (n,).
        at_least: How many values the caller needs.

    Raises:
        NotComputable: A value is not a finite number, or there are fewer than `at_least`.
        ValueError: The values are not one-dimensional.
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise NotComputable("holds a value that is not a number") from None
    if array.ndim != 1:
        raise ValueError(f"expected one dimension, got {array.ndim}")
    finite = np.isfinite(array)
    if np.count_nonzero(finite) < array.size:
        place = int(np.argmin(finite))
        raise NotComputable(f"value {place + 1} of {array.size} is not finite ({array[place]})")
    if array.size < at_least:
        raise NotComputable(f"needs at least {_count(at_least)}, has {array.size}")
    return array


@lru_cache(maxsize=4096)
def decimal(value: float) -> Decimal:
    """The shortest decimal number that reads back as the same float (Python's `repr`).

    It is the number as written in the source, if that had at most 15 significant digits.
    """
    return Decimal(repr(float(value)))


def paired_differences(baseline: ArrayLike, followup: ArrayLike) -> FloatArray:
    """Follow-up minus baseline, subtracted as decimal numbers.

    Each value is taken as `decimal` reads it. The subtraction is exact in decimal and rounded to a
    float once, so differences that are equal on paper are equal here: 0.3 - 0.1 is 0.2.

    Args:
        baseline: One value per patient, shape (n,).
        followup: The same patients in the same order, shape (n,).

    Returns:
        Differences in the unit of the values, shape (n,).

    Raises:
        NotComputable: A value, or a difference, is not finite.
        ValueError: The two have different lengths.
    """
    before, after, unit = whole_pairs(baseline, followup)
    differences = map(operator.sub, after, before)
    return finite_values([quotient(d, unit) for d in differences], at_least=0)


def whole_pairs(baseline: ArrayLike, followup: ArrayLike) -> tuple[list[int], list[int], int]:
    """Pairs as whole multiples of the last decimal place that any value has when written.

    Arguments and errors as in `paired_differences`.

    Returns:
        The baseline values, the follow-up values, and how many such multiples make 1.
    """
    before, after = finite_values(baseline, at_least=0), finite_values(followup, at_least=0)
    if before.size != after.size:
        raise ValueError(f"{before.size} baseline values but {after.size} follow-up values")
    whole, places = _in_last_place(np.concatenate([before, after]).tobytes())
    return whole[: before.size], whole[before.size :], 10**places


def whole_numbers(values: ArrayLike) -> list[int]:
    """Values as whole multiples of the last decimal place that any of them has when written.

    1.5, 0.25 and -2 become 150, 25 and -200, exactly.

    Args:
        values: Numbers in one unit, shape (n,).

    Raises:
        NotComputable: No values, or one that is not finite.
    """
    return _in_last_place(finite_values(values).tobytes())[0].copy()


@lru_cache(maxsize=8)
def _in_last_place(value_bytes: bytes) -> tuple[list[int], int]:
    """Values as whole multiples of the last decimal place that any has, and which place it is.

    They are those of an array's bytes: all that is computed of the same pairs shares them.

    A number of at most 15 digits is the only one so short that reads back as its float, so if there
    are such numbers for all values, they are what is written.
    """
    values = np.frombuffer(value_bytes, dtype=np.float64)
    for places in range(_USUAL_PLACES + 1):
        whole = np.rint(values * 10.0**places)
        if np.abs(whole).max(initial=0) < _SHORT and np.array_equal(whole / 10.0**places, values):
            return whole.astype(np.int64).tolist(), places
    decimals = [decimal(value) for value in values.tolist()]
    places = max(0, *(-int(number.as_tuple().exponent) for number in decimals))
    return [int(number.scaleb(places)) for number in decimals], places


def quotient(whole: int, divisor: int) -> float:
    """The quotient rounded once, or infinite where it is no float."""
    try:
        return whole / divisor
    except OverflowError:
        return math.inf if whole > 0 else -math.inf


def doubled_midranks(values: FloatArray) -> tuple[IntArray, bool]:
    """Twice the rank of each value, tied values sharing the mean of their ranks.

    Doubling makes mid-ranks whole numbers.

    Args:
        values: Finite numbers, shape (n,).

    Returns:
        Doubled ranks, shape (n,), and whether any two values are tied.
    """
    ordered = np.sort(values)
    below = ordered.searchsorted(values, side="left")
    up_to = ordered.searchsorted(values, side="right")
    return below + up_to + 1, bool((up_to - below > 1).any())


def _count(number: int) -> str:
    return "1 value" if number == 1 else f"{number} values"
