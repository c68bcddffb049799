"""Reading numbers: checked arrays, ranks, and differences that keep the ties which exist on paper.

It does not decide which patients are analysed: values that are missing have to be left out, and
pairs completed, before they come here.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from casebook.statistics.digits import FAR, FAR_OF_SIZE, decimal, margin, order
from casebook.statistics.terms import NotComputable

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
WholeNumbers = NDArray[np.int64] | NDArray[np.object_]

_USUAL_PLACES = 3
_SHORT = 1e15
_LARGEST_EXACT = 2**53


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


def paired_differences(baseline: ArrayLike, followup: ArrayLike) -> FloatArray:
    """Follow-up minus baseline, subtracted as decimal numbers, those equal that mean the same.

    Each value is taken as `digits.decimal` reads it. The subtraction is exact in decimal and
    rounded to a float once, so differences that are equal on paper are equal here: 0.3 - 0.1 is
    0.2. Of values with a `digits.margin` the differences are rounded to it, and those whose sizes
    agree to within what the digits tell have one size, the one with the fewest digits; 0 is a size
    too.

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
    differences = after - before
    if unit > 10**_USUAL_PLACES:
        margins = zip(_margins(baseline, unit), _margins(followup, unit), strict=True)
        differences = np.array(_told_apart(differences.tolist(), list(margins)), dtype=object)
    return finite_values(quotients(differences, unit), at_least=0)


def tied_values(values: ArrayLike) -> FloatArray:
    """Values in which those that agree to within their `digits.margin` are one.

    Args:
        values: Finite numbers in one unit, shape (n,), n >= 1.

    Raises:
        NotComputable: No values, or one that is not finite.
    """
    numbers = finite_values(values)
    whole, places = _in_last_place(numbers.tobytes())
    if places <= _USUAL_PLACES:
        return numbers
    unit = 10**places
    merged = _merged(whole.tolist(), _margins(numbers, unit))
    return quotients(np.array(merged, dtype=object), unit)


def tied_rows(values: ArrayLike) -> FloatArray:
    """A table whose rows each hold `tied_values`: those that agree to within their margin are one.

    Args:
        values: Finite numbers in one unit, shape (n, k), n >= 1, k >= 2.

    Raises:
        NotComputable: No rows, or a value that is not finite.
        ValueError: The values are no table of two or more columns.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] < 2:
        raise ValueError(f"expected a table of two or more columns, got shape {table.shape}")
    numbers = finite_values(table.ravel())
    if _in_last_place(numbers.tobytes())[1] <= _USUAL_PLACES:
        return table
    return np.array([tied_values(row) for row in table])


def _margins(values: ArrayLike, unit: int) -> list[int]:
    """The margin of each value in whole multiples of 1 / unit, its last decimal place."""
    return [int(margin(value) * unit) for value in np.asarray(values, dtype=np.float64).tolist()]


def _told_apart(differences: Sequence[int], margins: Sequence[tuple[int, int]]) -> list[int]:
    """Differences, rounded to the larger margin of their two values, with equal sizes made one."""
    steps = [max(1, *both) for both in margins]
    sizes = [(abs(d) + s // 2) // s * s for d, s in zip(differences, steps, strict=True)]
    merged = _merged([0, *sizes], [0, *map(sum, margins)])[1:]
    return [-size if d < 0 else size for d, size in zip(differences, merged, strict=True)]


def _merged(numbers: Sequence[int], margins: Sequence[int]) -> list[int]:
    """Numbers with neighbours that are no further apart than their margins made one.

    It is the number with the fewest digits of them, and the smallest of those.
    """
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    groups = [order[:1]]
    for lower, upper in pairwise(order):
        if numbers[upper] - numbers[lower] > margins[lower] + margins[upper]:
            groups.append([])
        groups[-1].append(upper)
    merged = list(numbers)
    for group in groups:
        alike = {numbers[place] for place in group}
        shortest = min(alike, key=lambda number: (len(str(number).rstrip("0")), number))
        for place in group:
            merged[place] = shortest
    return merged


def whole_pairs(baseline: ArrayLike, followup: ArrayLike) -> tuple[WholeNumbers, WholeNumbers, int]:
    """Pairs as whole multiples of the last decimal place that any value has when written.

    Arguments and errors as in `paired_differences`.

    Returns:
        The baseline values, the follow-up values, and how many such multiples make 1. They are
        integers of NumPy below 1e15 where no value has more than 3 decimals and 15 digits, so that
        none has a `digits.margin`, and else those of Python.
    """
    before, after = finite_values(baseline, at_least=0), finite_values(followup, at_least=0)
    if before.size != after.size:
        raise ValueError(f"{before.size} baseline values but {after.size} follow-up values")
    whole, places = _in_last_place(np.concatenate([before, after]).tobytes())
    return whole[: before.size], whole[before.size :], 10**places


def orders(values: ArrayLike, others: ArrayLike) -> IntArray:
    """`digits.order` of each value and the other in its place: 1, 0 or -1.

    Args:
        values: Numbers, shape (n,); they may be infinite.
        others: As many in the same unit, shape (n,).
    """
    first, second = np.asarray(values, dtype=np.float64), np.asarray(others, dtype=np.float64)
    signs = (first > second).astype(np.int64) - (first < second)
    with np.errstate(invalid="ignore", over="ignore"):
        far = FAR + FAR_OF_SIZE * (np.abs(first) + np.abs(second))
        close = (signs != 0) & ~(np.abs(first - second) > far)
    signs[close] = _close_orders(first[close], second[close])
    return signs


def _close_orders(first: FloatArray, second: FloatArray) -> IntArray:
    """The same of values that differ by no more than their digits may explain."""
    if np.isfinite(first).all() and np.isfinite(second).all():
        after, before, _ = whole_pairs(first, second)
        if after.dtype == np.int64:
            return np.asarray(np.sign(after - before), dtype=np.int64)
    return np.array(list(map(order, first.tolist(), second.tolist())), dtype=np.int64)


def whole_numbers(values: ArrayLike) -> tuple[list[int], int]:
    """Values as whole multiples of the last decimal place that any of them has when written.

    1.5, 0.25 and -2 become 150, 25 and -200, exactly, of which 100 make 1.

    Args:
        values: Numbers in one unit, shape (n,).

    Raises:
        NotComputable: No values, or one that is not finite.
    """
    whole, places = _in_last_place(finite_values(values).tobytes())
    return whole.tolist(), 10**places


@lru_cache(maxsize=8)
def _in_last_place(value_bytes: bytes) -> tuple[WholeNumbers, int]:
    """Values as whole multiples of the last decimal place that any has, and which place it is.

    They are those of an array's bytes: all that is computed of the same pairs shares them.

    A number of at most 15 digits is the only one so short that reads back as its float, so if there
    are such numbers for all values, they are what is written.
    """
    values = np.frombuffer(value_bytes, dtype=np.float64)
    for places in range(_USUAL_PLACES + 1):
        whole = np.rint(values * 10.0**places)
        if np.abs(whole).max(initial=0) < _SHORT and np.array_equal(whole / 10.0**places, values):
            return whole.astype(np.int64), places
    decimals = [decimal(value) for value in values.tolist()]
    places = max(0, *(-int(number.as_tuple().exponent) for number in decimals))
    return np.array([int(number.scaleb(places)) for number in decimals], dtype=object), places


def quotients(whole: WholeNumbers, divisors: WholeNumbers | int) -> FloatArray:
    """The quotients, shape (n,), each rounded once; infinite where one is too large for a float.

    Args:
        whole: Whole numbers, shape (n,).
        divisors: One for each, shape (n,), or one for all; none is 0.
    """
    if whole.dtype == np.int64 and np.abs(whole).max(initial=0) < _LARGEST_EXACT:
        return np.asarray(whole / divisors, dtype=np.float64)
    by = np.broadcast_to(np.asarray(divisors, dtype=object), whole.shape)
    return np.array(list(map(quotient, whole.tolist(), by.tolist())), dtype=np.float64)


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
    order = values.argsort()
    ordered = values[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: values.size])
    ends = np.append(starts[1:], values.size)
    doubled = np.empty(values.size, dtype=np.int64)
    doubled[order] = np.repeat(starts + ends + 1, ends - starts)
    return doubled, starts.size < values.size


def tied(differences: ArrayLike) -> int:
    """How many of the differences, shape (n,), that are not zero are of the size of another."""
    sizes = np.abs(np.asarray(differences, dtype=np.float64))
    _, counts = np.unique(sizes[sizes > 0], return_counts=True)
    return int(counts[counts > 1].sum())


def _count(number: int) -> str:
    return "1 value" if number == 1 else f"{number} values"
