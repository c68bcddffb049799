"""Boschloo's test of two independent shares: Fisher's test, without its needless caution.

Fisher's test takes the number of those who have it in both groups together as given, and with few
patients its level is far below the one asked for. Boschloo's keeps the level and is never less
powerful.
"""

import math
from functools import lru_cache

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from casebook.statistics.nuisance import MOST_TABLES, around_peaks
from casebook.statistics.proportion import check_count
from casebook.statistics.terms import SMALLEST_P, NotComputable, TestResult
from casebook.statistics.values import FloatArray

_POINTS = 2000


def boschloo(first: int, n_first: int, second: int, n_second: int) -> TestResult:
    """Two-sided unconditional exact test of two shares (Boschloo 1970, Stat Neerl 24:1-35).

    Tables are ordered by Fisher's two-sided p-value. The p-value is the largest probability, over
    all shares that both groups could have in common (the nuisance parameter), of a table whose
    Fisher's p-value is at most the one found. The share is tried at 2001 values p from 0 to 1 whose
    arcsines of sqrt(p) are equally spaced; around each value that its neighbours do not exceed, the
    largest is then found by golden-section search.

    Args:
        first: Number of patients of the first group who have it.
        n_first: Number of patients of the first group.
        second: Number of patients of the second group who have it.
        n_second: Number of patients of the second group.

    Returns:
        A result whose statistic is Fisher's p-value.

    Raises:
        NotComputable: A group without patients, or more than 10,000 possible tables.
        ValueError: A count is not between 0 and its n.
    """
    check_count(first, n_first)
    check_count(second, n_second)
    if (n_first + 1) * (n_second + 1) > MOST_TABLES:
        n = n_first + n_second
        raise NotComputable(f"too many patients for Boschloo's test (n = {n})")
    likely, total = _fisher(n_first, n_second)[first + second][first]
    smallest = min(
        (each for column in _fisher(n_first, n_second) for each in column.values()),
        key=lambda p: p[0] / p[1],
    )
    return TestResult(
        statistic=likely / total,
        p_value=_largest_probability(n_first, n_second, likely, total),
        smallest_p=_largest_probability(n_first, n_second, *smallest),
        n=n_first + n_second,
        n_informative=n_first + n_second,
        exact=True,
        ties=False,
        zeros=0,
    )


@lru_cache(maxsize=8)
def _fisher(n_first: int, n_second: int) -> list[dict[int, tuple[int, int]]]:
    """For each number of both groups, Fisher's p-value of each number of the first, as a quotient.

    A two-sided p-value is the ways to the tables that are at most as likely, of all ways.
    """
    p_values = []
    for total in range(n_first + n_second + 1):
        counts = range(max(0, total - n_second), min(n_first, total) + 1)
        ways = {c: math.comb(n_first, c) * math.comb(n_second, total - c) for c in counts}
        every = sum(ways.values())
        p_values.append({c: (sum(w for w in ways.values() if w <= ways[c]), every) for c in counts})
    return p_values


@lru_cache(maxsize=64)
def _largest_probability(n_first: int, n_second: int, likely: int, total: int) -> float:
    """The largest probability of the tables whose Fisher's p-value is at most likely / total."""
    # Of the tables with one number of both groups, those that count are all that are at most as
    # likely as the likeliest of them. Whole numbers, so that equal p-values are equal.
    counted = [
        max((p[0] / p[1] for p in column.values() if p[0] * total <= likely * p[1]), default=0.0)
        for column in _fisher(n_first, n_second)
    ]
    shares, numbers = np.array(counted), np.arange(len(counted))
    n = n_first + n_second
    ways = gammaln(n + 1) - gammaln(numbers + 1) - gammaln(n - numbers + 1)

    def probability(angles: FloatArray) -> FloatArray:
        p = np.sin(angles)[:, np.newaxis] ** 2
        mass = np.exp(ways + xlogy(numbers, p) + xlog1py(n - numbers, -p))
        return np.asarray(mass @ shares)

    step = math.pi / 2 / _POINTS
    angles = np.linspace(0, math.pi / 2, _POINTS + 1)
    return min(1.0, max(around_peaks(probability, angles, step), SMALLEST_P))
