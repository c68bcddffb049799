"""p-values from the normal distribution, with tails that stay accurate down to 1e-300.

It takes a distance and a standard error; which statistic they belong to is the caller's matter.
"""

import math

import numpy as np

from casebook.statistics import Alternative

SMALLEST_P = float(np.finfo(np.float64).tiny)


def upper_normal_tail(z: float) -> float:
    """P(Z >= z) of a standard normal variable, through the complementary error function."""
    return math.erfc(z / math.sqrt(2)) / 2


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
        corrected = distance - math.copysign(correction, distance) if distance else 0.0
        p_value = min(1.0, 2 * upper_normal_tail(abs(corrected) / standard_error))
    else:
        towards = distance if alternative == "greater" else -distance
        p_value = upper_normal_tail((towards - correction) / standard_error)
    return max(p_value, SMALLEST_P)
