"""From a statistic to a p-value: one-sided and two-sided, with tails accurate down to 1e-300.

It knows no test; the distribution functions that it does not need itself are in `distributions`.
"""

import math
from statistics import NormalDist
from typing import get_args

from casebook.statistics.terms import SMALLEST_P, Alternative

_ALTERNATIVES = get_args(Alternative)


def check_alternative(alternative: str) -> None:
    """Raise ValueError unless the alternative is "two-sided", "greater" or "less"."""
    if alternative not in _ALTERNATIVES:
        raise ValueError(f"alternative is two-sided, greater or less, got {alternative!r}")


def p_from_tails(lower: float, upper: float, alternative: Alternative) -> float:
    """p-value of a statistic t from P(T <= t) and P(T >= t).

    Two-sided it is twice the smaller tail, at most 1.

    Returns:
        A p-value in (0, 1], not below `SMALLEST_P`.

    Raises:
        ValueError: There is no such alternative.
    """
    check_alternative(alternative)
    one_sided = {"less": lower, "greater": upper}
    p_value = one_sided.get(alternative, 2 * min(lower, upper))
    return min(1.0, max(p_value, SMALLEST_P))


def check_level(level: float) -> None:
    """Raise ValueError unless a confidence level is between 0 and 1, both excluded."""
    if not 0 < level < 1:
        raise ValueError(f"a confidence level is between 0 and 1, got {level}")


def half_outside(level: float) -> float:
    """The probability that a confidence level leaves at either end; errors as in `check_level`."""
    check_level(level)
    return (1 - level) / 2


def upper_normal_tail(z: float) -> float:
    """P(Z >= z) of a standard normal variable, through the complementary error function."""
    return math.erfc(z / math.sqrt(2)) / 2


def upper_normal_quantile(probability: float) -> float:
    """The z at which P(Z >= z) is the probability, for a standard normal variable."""
    return -NormalDist().inv_cdf(probability)


def standardised(distance: float, standard_error: float, correction: float) -> float:
    """The z of a statistic, whose distance from its mean a continuity correction makes smaller.

    Arguments as in `normal_p`.
    """
    corrected = distance - math.copysign(correction, distance) if distance else 0.0
    return corrected / standard_error


def normal_p(
    distance: float, standard_error: float, correction: float, alternative: Alternative
) -> float:
    """p-value of a statistic that is approximately normal.

    Args:
        distance: Statistic minus its mean under the null hypothesis.
        standard_error: Standard deviation of the statistic under the null hypothesis, positive.
        correction: Continuity correction. Two-sided it is taken off the size of the distance (no
            correction at distance 0); one-sided it makes the tail larger. This is R's rule.
        alternative: "greater" asks for large statistics, "less" for small ones.

    Returns:
        A p-value in (0, 1], not below `SMALLEST_P`.
    """
    if alternative == "two-sided":
        z = standardised(distance, standard_error, correction)
        p_value = 2 * upper_normal_tail(abs(z))
    else:
        towards = distance if alternative == "greater" else -distance
        p_value = upper_normal_tail((towards - correction) / standard_error)
    return max(p_value, SMALLEST_P)
