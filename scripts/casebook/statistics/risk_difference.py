"""How far apart the shares of two independent groups are: the risk difference with its interval.

Tests of two shares are in `contingency` and `boschloo`, an exact interval of their difference in
`chan_zhang`, and a single share in `proportion`.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.estimate import Estimate
from casebook.statistics.proportion import check_count
from casebook.statistics.tails import half_outside, upper_normal_quantile
from casebook.statistics.terms import NotComputable
from casebook.statistics.values import FloatArray

_HALVINGS = 80


def miettinen_nurminen(
    first: int, n_first: int, second: int, n_second: int, *, level: float = 0.95
) -> Estimate:
    """Difference of two shares, first less second, with Miettinen and Nurminen's score interval.

    The interval holds the differences d whose score statistic is at most the normal quantile: the
    distance of the difference found from d, divided by its standard error where the shares are the
    likeliest that differ by d, and the variance is multiplied by n / (n - 1) (Miettinen & Nurminen
    1985, Stat Med 4:213-226; method 6 of Newcombe 1998, Stat Med 17:873-890). It covers near its
    level on average, and less at some true values, of few patients much less: its coverage here is
    the level.

    Args:
        first: Number of patients of the first group who have it.
        n_first: Number of patients of the first group.
        second: Number of patients of the second group who have it.
        n_second: Number of patients of the second group.
        level: Between 0 and 1.

    Returns:
        An estimate from -1 to 1, whose `n` is the number of patients of both groups.

    Raises:
        NotComputable: A group without patients.
        ValueError: A count is not between 0 and its n, or the level not between 0 and 1.
    """
    z = upper_normal_quantile(half_outside(level))
    check_count(first, n_first)
    check_count(second, n_second)
    value = first / n_first - second / n_second

    def outside(difference: float) -> bool:
        error = _standard_error(first, n_first, second, n_second, difference)
        return abs(value - difference) > z * error

    low = _edge(outside, value, -1.0)
    high = _edge(outside, value, 1.0)
    return Estimate(value, low, high, level, level, n_first + n_second)


def _edge(outside: Callable[[float], bool], inside: float, end: float) -> float:
    """The value farthest from one that is inside, towards an end of the scale, that is too."""
    if not outside(end):
        return end
    for _ in range(_HALVINGS):
        middle = (inside + end) / 2
        inside, end = (inside, middle) if outside(middle) else (middle, end)
    return inside


def _standard_error(
    first: int, n_first: int, second: int, n_second: int, difference: float
) -> float:
    """That of the difference of shares whose true difference is this one."""
    q = float(likeliest(first, n_first, second, n_second, difference))
    p = min(1.0, max(0.0, q + difference))
    n = n_first + n_second
    variance = p * (1 - p) / n_first + q * (1 - q) / n_second
    return math.sqrt(variance * n / (n - 1))


def likeliest(
    first: ArrayLike, n_first: int, second: ArrayLike, n_second: int, difference: float
) -> FloatArray:
    """The second shares where the likelihood of two that differ by this much is largest.

    Each is the root between 0 and 1 of a cubic (Miettinen & Nurminen 1985, appendix I).

    Args:
        first: Numbers of patients of the first group who have it.
        n_first: Number of patients of the first group.
        second: Those of the second group, of a shape that goes with `first`.
        n_second: Number of patients of the second group.
        difference: Of the first share less the second.
    """
    n = n_first + n_second
    first, second = np.asarray(first), np.asarray(second)
    square = ((n_first + 2 * n_second) * difference - n - first - second) / n
    linear = ((n_second * difference - n - 2 * second) * difference + first + second) / n
    constant = second * difference * (1 - difference) / n
    inflection = square / 3
    height = inflection**3 - linear * inflection / 2 + constant / 2
    size = np.copysign(np.sqrt(np.maximum(0.0, inflection**2 - linear / 3)), height)
    ratio = np.divide(height, size**3, out=np.zeros_like(height), where=size != 0)
    angle = (math.pi + np.arccos(np.minimum(1.0, ratio))) / 3
    return np.asarray(np.clip(2 * size * np.cos(angle) - inflection, 0.0, 1.0))


def standardised_difference(first: Sequence[float], second: Sequence[float]) -> float:
    """Difference of the shares of levels in two groups, in units of their standard deviation.

    Of two levels it is the difference of the shares of the first, divided by the root of the mean
    of p (1 - p) in both groups (Austin 2009, Stat Med 28:3083-3107, equation 2). Of more it is the
    Mahalanobis distance of the shares of all levels but one, which has no sign (Yang & Dalton 2012,
    SAS Global Forum, paper 335). Levels that nobody has do not matter. The mean covariance of the
    other levels has an inverse exactly where more than one is left and some level is in both
    groups: groups without a common level are infinitely far apart in this unit.

    Args:
        first: Number of patients of the first group in each level.
        second: That of the second group.

    Raises:
        NotComputable: A group without patients, no level in both groups, or all in the same level.
    """
    counts = np.array([first, second], dtype=np.float64)
    if not counts.any(axis=1).all():
        raise NotComputable("no evaluable patients")
    used = counts[:, counts.any(axis=0)]
    if not used.all(axis=0).any():
        raise NotComputable("no level has patients of both groups")
    if used.shape[1] == 1:
        raise NotComputable("every patient has the same level")
    shares = (used / used.sum(axis=1, keepdims=True))[:, :-1]
    apart = shares[0] - shares[1]
    mean_covariance = np.mean([np.diag(p) - np.outer(p, p) for p in shares], axis=0)
    if counts.shape[1] == 2:
        return float(apart[0] / math.sqrt(mean_covariance[0, 0]))
    return math.sqrt(max(0.0, float(apart @ np.linalg.solve(mean_covariance, apart))))
