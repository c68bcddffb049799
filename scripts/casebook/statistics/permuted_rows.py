"""Null distributions of column sums when the scores in each row are put in any order.

It is what the exact tests over several visits share: a row is a patient, a column a visit. It knows
neither ranks nor patients.
"""

from functools import lru_cache
from itertools import permutations

import numpy as np

from casebook.statistics.terms import NotComputable
from casebook.statistics.values import FloatArray, IntArray

_MOST_SUMS = 2**22
_MOST_PRODUCTS = 2**31
_MOST_COLUMNS = 7


def sum_of_squares_law(rows: IntArray) -> tuple[IntArray, FloatArray]:
    """The sums of the squared column sums, ascending, and the probability of each.

    Rows are added one at a time to the table of all column sums. Any order of a row is as likely as
    any other, so column sums that differ in their order alone are one entry of the table.

    Args:
        rows: Whole numbers, each row's with the sum 0, shape (n, k).

    Raises:
        NotComputable: The table would be too large: k**(k - 3) n**k is above 2**22, which is with
            more than 161 rows of 3, 32 of 4, 11 of 5, 5 of 6 or 2 of 7.
    """
    n, k = rows.shape
    # Without ties there are about n**(k - 1) k**(k - 2) column sums, of which k! are one entry, and
    # each row adds k! orders to each: the volume of the permutohedron (Stanley 1991).
    if k > _MOST_COLUMNS or k ** (k - 2) * n**k > k * _MOST_SUMS:
        raise _too_many(n, k)
    base = 2 * int(np.abs(rows).max(axis=1).sum()) + 1
    places = base ** np.arange(k - 1, dtype=np.int64)
    sums = np.zeros((1, k), dtype=np.int64)
    chances: FloatArray = np.ones(1)
    for row in rows:
        orders = _orders(np.sort(row).tobytes())
        moved = (sums[:, np.newaxis] + orders).reshape(-1, k)
        moved.sort(axis=1)
        keys = (moved[:, :-1] + base // 2) @ places
        _, first, entry = np.unique(keys, return_index=True, return_inverse=True)
        sums = moved[first]
        shares = np.repeat(chances / len(orders), len(orders))
        chances = np.asarray(np.bincount(entry, shares), dtype=np.float64)
    squares, entry = np.unique(np.square(sums).sum(axis=1), return_inverse=True)
    return np.asarray(squares), np.bincount(entry, chances).astype(np.float64)


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
