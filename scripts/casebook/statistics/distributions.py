"""Tails and quantiles of the few distributions that tests, and intervals of counts, need.

The t distribution goes through SciPy's incomplete beta function, whose relative error near t = 0 is
smaller than that of SciPy's own t. It holds no test and no interval.
"""

import math
from functools import lru_cache

import numpy as np
from scipy.special import betainc, betaincinv, gammaincc, gammainccinv, gammaincinv

from casebook.statistics.tails import p_from_tails
from casebook.statistics.terms import Alternative
from casebook.statistics.tilted_sums import tilted_sum

_MOST_COUNTED = 1000


@lru_cache(maxsize=1024)
def beta_quantile(probability: float, a: float, b: float) -> float:
    """The x at which P(X <= x) is the probability, for a beta variable with shapes a and b > 0."""
    return float(betaincinv(a, b, probability))


@lru_cache(maxsize=1024)
def gamma_quantile(probability: float, shape: float, *, upper: bool = False) -> float:
    """The x at which P(X <= x), or P(X >= x) if `upper`, is the probability, for a gamma variable.

    Its shape is above 0, and its scale is 1.
    """
    return float((gammainccinv if upper else gammaincinv)(shape, probability))


def upper_t_tail(t: float, degrees: float) -> float:
    """P(T >= t) of Student's t (DLMF 8.17; Abramowitz & Stegun 1964, 26.7.1).

    Degrees of freedom are above 0, and not always whole: Welch's are not.
    """
    if t < 0:
        return 1 - upper_t_tail(-t, degrees)
    if t < 1:
        return 0.5 - float(betainc(0.5, degrees / 2, t * t / (degrees + t * t))) / 2
    return float(betainc(degrees / 2, 0.5, degrees / (degrees + t * t))) / 2


def t_p(t: float, degrees: float, alternative: Alternative) -> float:
    """p-value of a statistic that has Student's t distribution under the null hypothesis.

    Args:
        t: The statistic.
        degrees: Its degrees of freedom, above 0.
        alternative: "greater" asks for large statistics, "less" for small ones.

    Returns:
        A p-value in (0, 1], not below `SMALLEST_P`.

    Raises:
        ValueError: There is no such alternative.
    """
    smaller = upper_t_tail(abs(t), degrees)
    lower, upper = (1 - smaller, smaller) if t > 0 else (smaller, 1 - smaller)
    return p_from_tails(lower, upper, alternative)


def upper_chi_square_tail(x: float, degrees: int) -> float:
    """P(X >= x) of a chi-square variable (Abramowitz & Stegun 1964, 26.4.19)."""
    return float(gammaincc(degrees / 2, x / 2))


def upper_f_tail(x: float, between: int, within: int) -> float:
    """P(F >= x), by the degrees of freedom above and below it (Abramowitz & Stegun, 26.6.2)."""
    return float(betainc(within / 2, between / 2, within / (within + between * x)))


@lru_cache(maxsize=1024)
def upper_t_quantile(probability: float, degrees: float) -> float:
    """The t at which P(T >= t) is the probability (below one half)."""
    x = beta_quantile(2 * probability, degrees / 2, 0.5)
    return math.sqrt(degrees * (1 - x) / x)


@lru_cache(maxsize=1024)
def binomial_lower_tail(count: int, n: int) -> float:
    """P(X <= count) of a binomial variable with probability one half.

    Up to n = 1000 it is rounded only once; beyond, its relative error is below 1e-10.
    """
    if n > _MOST_COUNTED and 2 * count >= n:
        return 1 - binomial_lower_tail(n - 1 - count, n)
    if n > _MOST_COUNTED and count > 0:
        inverted = tilted_sum(np.array([1]), np.array([n]), count)
        if inverted is not None:
            return inverted.lower_tail(count)
    ways = term = 1
    for k in range(count):
        term = term * (n - k) // (k + 1)
        ways += term
    return float(ways / 2**n)
