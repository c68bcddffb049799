"""Null distributions of column sums when the scores in each row are put in any order.

It is what the exact tests over several visits share: a row is a patient, a column a visit. It knows
neither ranks nor patients.
"""

from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, permutations
from math import factorial, prod
from operator import mul

import numpy as np

from casebook.statistics.terms import NotComputable
from casebook.statistics.values import FloatArray, IntArray

_MOST_SUMS = 2**22
_MOST_PRODUCTS = 2**31
_MOST_COLUMNS = 7
_NUMBERS_A_COLUMN = 20


def sum_of_squares_law(rows: IntArray) -> tuple[IntArray, FloatArray]:
    """The sums of the squared column sums, ascending, and the probability of each.

    Rows are added one at a time to the table of all column sums. Any order of a row is as likely as
    any other, so column sums that differ in their order alone are one entry of the table.

    Args:
        rows: Whole numbers, each row's with the sum 0, shape (n, k).

    Raises:
        NotComputable: More than about 2**22 sums would have to be looked at. Without ties these are
            k**(k - 3) n**k, so more than 161 rows of 3, 32 of 4, 11 of 5, 5 of 6 or 2 of 7; where
            ties are the same in many rows, as of yes and no, they are far fewer.
    """
    n, k = rows.shape
    if k > _MOST_COLUMNS or _sums_to_look_at(rows) > _MOST_SUMS:
        raise _too_many(n, k)
    sums = np.zeros((k, 1), dtype=np.int64)
    chances: FloatArray = np.ones(1)
    for row in rows:
        orders = _orders(np.sort(row).tobytes())
        moved = (sums[:, :, np.newaxis] + orders.T[:, np.newaxis]).reshape(k, -1)
        _put_in_order(moved)
        sums, chances = _added_up(moved, np.repeat(chances / len(orders), len(orders)))
    squares, entry = np.unique(np.square(sums).sum(axis=0), return_inverse=True)
    return np.asarray(squares), np.bincount(entry, chances).astype(np.float64)


def _put_in_order(sums: IntArray) -> None:
    """Sort each column of a table that has few rows, whole rows at a time."""
    for last in range(len(sums) - 1, 0, -1):
        for upper, lower in pairwise(sums[: last + 1]):
            higher = np.maximum(upper, lower)
            np.minimum(upper, lower, out=upper)
            lower[:] = higher


def _added_up(sums: IntArray, shares: FloatArray) -> tuple[IntArray, FloatArray]:
    """The different columns of a table, whose sum is 0, and the shares of each added up.

    A column is written as one number. Where the numbers that there could be are not many more than
    the columns, they are counted; only elsewhere are they sorted, which takes ten times as long.
    """
    *free, _ = sums
    lowest = [int(each.min()) for each in free]
    spans = [int(each.max()) - low + 1 for each, low in zip(free, lowest, strict=True)]
    places = [prod(spans[:number]) for number in range(len(spans))]
    numbers = np.zeros(sums.shape[1], dtype=np.int64)
    for each, low, place in zip(free, lowest, places, strict=True):
        numbers += (each - low) * place
    if prod(spans) <= _NUMBERS_A_COLUMN * len(numbers):
        there = np.flatnonzero(np.bincount(numbers))
        totals = np.bincount(numbers, shares)[there]
    else:
        there, entry = np.unique(numbers, return_inverse=True)
        totals = np.bincount(entry, shares)
    different = np.empty((len(sums), len(there)), dtype=np.int64)
    for row, low, place, span in zip(different, lowest, places, spans, strict=False):
        row[:] = there // place % span + low
    different[-1] = -different[:-1].sum(axis=0)
    return different, totals.astype(np.float64)


def trend_law(rows: IntArray) -> FloatArray:
    """Probabilities of the sum of 1, 2, ..., k times the column sums, from lowest to highest.

    The distribution is symmetric about 0, and so are those of its rows, of which it is the
    convolution.

    Args:
        rows: Whole numbers, each row's with the sum 0, shape (n, k).

    Returns:
        Probabilities of -m to m, shape (2 m + 1,), where m is the highest sum.

    Raises:
        NotComputable: There are more than 7 columns, or so many rows that more than 2**31 products
            of probabilities would be needed.
    """
    n, k = rows.shape
    ordered = np.sort(rows, axis=1)
    spans = 2 * (ordered @ np.arange(1, k + 1)) + 1
    if k > _MOST_COLUMNS or int(spans.sum()) * int(spans.sum()) > 2 * _MOST_PRODUCTS:
        raise _too_many(n, k)
    law = np.ones(1)
    for row in ordered:
        law = np.convolve(law, _trend_of_one(row.tobytes()))
    return law


def _sums_to_look_at(rows: IntArray) -> float:
    """About how many sums `sum_of_squares_law` makes: the entries before each row, in its orders.

    The column sums fill the permutohedron of the sums of the sorted rows, whose volume is that of
    Postnikov 2009 (IMRN 2009:1026-1106, theorem 3.1), and k! of them are one entry. After m of n
    rows they are (m / n)**(k - 1) as many. Rows with other ties than the others lead to sums
    between, which are let pass where there would be few enough without ties.
    """
    n, k = rows.shape
    ordered = np.sort(rows, axis=1)
    apart = int(np.gcd.reduce(np.diff(ordered, axis=1), axis=None))
    corner = [int(each) for each in ordered.sum(axis=0)]
    volume = sum(
        Fraction(sum(map(mul, order, corner)) ** (k - 1), prod(a - b for a, b in pairwise(order)))
        for order in permutations(range(k))
    )
    entries = volume / factorial(k - 1) / factorial(k) / apart ** (k - 1)
    ties = (np.diff(ordered, axis=1) == 0) @ 2 ** np.arange(k - 1)
    _, first, counts = np.unique(ties, return_index=True, return_counts=True)
    orders = np.dot(counts, [len(_orders(ordered[row].tobytes())) for row in first])
    with_ties = abs(entries) * int(orders) / k
    return float(min(with_ties, k ** (k - 3) * n**k))


@lru_cache(maxsize=256)
def _orders(row_bytes: bytes) -> IntArray:
    """The different orders of a row, each as likely as the others, shape (orders, k)."""
    row = np.frombuffer(row_bytes, dtype=np.int64)
    if row.size == np.unique(row).size:
        return np.array(list(permutations(row.tolist())))
    return np.array(sorted(set(permutations(row.tolist()))))


@lru_cache(maxsize=256)
def _trend_of_one(row_bytes: bytes) -> FloatArray:
    orders = _orders(row_bytes)
    trends = orders @ np.arange(1, orders.shape[1] + 1)
    counts = np.bincount(trends - trends.min())
    return np.asarray(counts / len(orders), dtype=np.float64)


def _too_many(n: int, k: int) -> NotComputable:
    return NotComputable(f"the exact distribution has too many values (n = {n}, {k} visits)")
