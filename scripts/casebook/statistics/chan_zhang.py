"""The exact interval of a risk difference, by Chan and Zhang: it covers at least its level.

Miettinen and Nurminen's, in `risk_difference`, is narrower, and covers its level on average.
"""

import math
from functools import lru_cache

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from casebook.statistics.estimate import Estimate
from casebook.statistics.nuisance import MOST_TABLES, around_peaks
from casebook.statistics.proportion import check_count
from casebook.statistics.risk_difference import likeliest
from casebook.statistics.tails import half_outside
from casebook.statistics.terms import NotComputable
from casebook.statistics.values import FloatArray

_POINTS = 200
_HALVINGS = 36
_HALVINGS_AROUND_A_PEAK = 10
_TIED = 1e-9
_CLOSE = 0.8
"""From this share of the probability that decides, the largest value is searched further."""


@lru_cache(maxsize=512)
def chan_zhang(
    first: int, n_first: int, second: int, n_second: int, *, level: float = 0.95
) -> Estimate:
    """Difference of two shares, first less second, with Chan and Zhang's exact interval.

    The interval holds the differences d that neither of two one-sided tests refuses, each at half
    of 1 - level. The p-value of a test is the largest probability, over all pairs of shares that
    differ by d, of the tables whose score statistic is at least as extreme as the one found: the
    distance of their difference from d, divided by its standard error where the shares are the
    likeliest that differ by d (Chan & Zhang 1999, Biometrics 55:1202-1209; SAS gives it as EXACT
    RISKDIFF (METHOD=SCORE)). The second share is tried at 201 values, dense at the ends of its
    range, and where that leaves open what is larger, around each that its neighbours do not exceed.

    Args:
        first: Number of patients of the first group who have it.
        n_first: Number of patients of the first group.
        second: Number of patients of the second group who have it.
        n_second: Number of patients of the second group.
        level: Between 0 and 1.

    Returns:
        An estimate from -1 to 1, whose `n` is the number of patients of both groups.

    Raises:
        NotComputable: A group without patients, or more than 10,000 possible tables.
        ValueError: A count is not between 0 and its n, or the level not between 0 and 1.
    """
    half = half_outside(level)
    check_count(first, n_first)
    check_count(second, n_second)
    n = n_first + n_second
    if (n_first + 1) * (n_second + 1) > MOST_TABLES:
        raise NotComputable(f"too many patients for an exact interval (n = {n})")
    value = first / n_first - second / n_second
    low = _lower_end(half, first, n_first, second, n_second)
    high = -_lower_end(half, second, n_second, first, n_first)
    return Estimate(value, low, high, level, level, n)


def _lower_end(half: float, first: int, n_first: int, second: int, n_second: int) -> float:
    """The smallest difference, by halving, that the test against smaller ones does not refuse."""
    refused, kept = -1.0, first / n_first - second / n_second
    for _ in range(_HALVINGS):
        middle = (refused + kept) / 2
        if _is_likely(half, middle, first, n_first, second, n_second):
            kept = middle
        else:
            refused = middle
    return kept if refused > -1 else refused


def _is_likely(
    half: float, difference: float, first: int, n_first: int, second: int, n_second: int
) -> bool:
    """Whether a table this extreme is likelier than `half` for some shares this far apart."""
    statistics = _scores(difference, n_first, n_second)
    found = statistics[first, second]
    tied = _TIED * (1 + abs(found)) if math.isfinite(found) else 0.0
    counted = (statistics >= found - tied).astype(float)
    least, most = max(0.0, -difference), min(1.0, 1 - difference)

    def probability(angles: FloatArray) -> FloatArray:
        shares = least + (most - least) * np.sin(angles) ** 2
        of_first = _binomial(n_first, np.clip(shares + difference, 0.0, 1.0))
        each: FloatArray = ((of_first @ counted) * _binomial(n_second, shares)).sum(axis=1)
        return each

    step = math.pi / 2 / _POINTS
    angles = np.linspace(0, math.pi / 2, _POINTS + 1)
    largest = float(probability(angles).max())
    if _CLOSE * half < largest <= half:
        largest = around_peaks(probability, angles, step, _HALVINGS_AROUND_A_PEAK)
    return largest > half


def _scores(difference: float, n_first: int, n_second: int) -> FloatArray:
    """The score statistic of every table, a row for each number of the first group."""
    first, second = np.arange(n_first + 1)[:, np.newaxis], np.arange(n_second + 1)
    q = likeliest(first, n_first, second, n_second, difference)
    p = np.clip(q + difference, 0.0, 1.0)
    error = np.sqrt(p * (1 - p) / n_first + q * (1 - q) / n_second)
    apart = first / n_first - second / n_second - difference
    apart[abs(apart) < _TIED] = 0.0
    certain = np.where(apart == 0, 0.0, np.copysign(np.inf, apart))
    return np.divide(apart, error, out=certain, where=error > _TIED)


def _binomial(n: int, shares: FloatArray) -> FloatArray:
    """The probability of each number out of n, a row for each share."""
    counts, p = np.arange(n + 1), shares[:, np.newaxis]
    return np.asarray(np.exp(_ways(n) + xlogy(counts, p) + xlog1py(n - counts, -p)))


@lru_cache(maxsize=16)
def _ways(n: int) -> FloatArray:
    """The logarithm of the ways to draw each number out of n."""
    counts = np.arange(n + 1)
    return np.asarray(gammaln(n + 1) - gammaln(counts + 1) - gammaln(n - counts + 1))
