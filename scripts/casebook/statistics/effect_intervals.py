"""Intervals of standardised differences of means, which papers print and no results have.

Those by the noncentral t are what R's effectsize gives, those by the normal distribution what
textbooks of meta-analysis have. Of groups they take the group less the reference.
"""

import math
from statistics import NormalDist

from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import nctdtr, nctdtrinc

from casebook.statistics.describe import sd
from casebook.statistics.effect_sizes import (
    Correction,
    cohens_d,
    correction,
    d_of_pairs,
    glass_delta,
    of_differences,
)
from casebook.statistics.estimate import Estimate
from casebook.statistics.group_shift import standardised_mean_difference, welch_t
from casebook.statistics.terms import NotComputable
from casebook.statistics.values import finite_values

_AROUND = 1e-3
"""How far, of its size, an approximate noncentrality may be from the true one."""


def noncentrality(t: float, degrees: float, level: float) -> tuple[float, float]:
    """The noncentralities for which a t as large, or as small, is just not improbable.

    They are the ends of the interval that inverts the noncentral t distribution (Steiger &
    Fouladi 1997, in Harlow, Mulaik & Steiger, What If There Were No Significance Tests?).

    Args:
        t: The statistic that was found.
        degrees: Its degrees of freedom, above 0.
        level: The confidence level.

    Raises:
        NotComputable: An end is not found, as of a t beyond what can be computed.
    """
    tail = (1 - level) / 2
    return _end(t, degrees, 1 - tail), _end(t, degrees, tail)


def d_by_noncentral_t(
    group: ArrayLike, reference: ArrayLike, *, corrected: Correction = "none", level: float = 0.95
) -> Estimate:
    """Cohen's d in the pooled SD, or Hedges' g, with its interval by the noncentral t.

    Student's t is noncentral by d over sqrt(1/m + 1/k). The ends of g are those of d, corrected
    likewise, as R's effectsize does it.

    Args:
        group: Values of one group, shape (m,), m >= 2.
        reference: Values of the other, shape (k,), k >= 2, in the same unit.
        corrected: How bias is taken away.
        level: The confidence level.

    Raises:
        NotComputable: As in `cohens_d`, or in `noncentrality`.
    """
    value, (m, k) = cohens_d(group, reference), _sizes(group, reference)
    factor = correction(m + k - 2, corrected)
    return _scaled(value, math.sqrt(1 / m + 1 / k), m + k - 2, factor, m + k, level)


def d_of_mean_variance_by_noncentral_t(
    group: ArrayLike, reference: ArrayLike, *, level: float = 0.95
) -> Estimate:
    """Cohen's d in the root of the mean variance, by Welch's t and its degrees of freedom.

    As R's effectsize has it with `pooled_sd = FALSE`. Arguments and errors as in
    `d_by_noncentral_t`.
    """
    value, degrees = (
        standardised_mean_difference(group, reference),
        welch_t(group, reference).degrees,
    )
    spread = math.hypot(sd(group), sd(reference)) / math.sqrt(2)
    scale, n = _error(group, reference) / spread, sum(_sizes(group, reference))
    return _scaled(value, scale, degrees or 0.0, 1.0, n, level)


def glass_delta_by_noncentral_t(
    group: ArrayLike, reference: ArrayLike, *, level: float = 0.95
) -> Estimate:
    """Glass's delta with the interval of R's effectsize, of as many degrees as the reference has.

    Arguments and errors as in `d_by_noncentral_t`.
    """
    value, (m, k) = glass_delta(group, reference), _sizes(group, reference)
    return _scaled(value, _error(group, reference) / sd(reference), k - 1, 1.0, m + k, level)


def d_by_normal(
    group: ArrayLike, reference: ArrayLike, *, corrected: Correction = "none", level: float = 0.95
) -> Estimate:
    """Cohen's d in the pooled SD, or Hedges' g, with its interval by the normal distribution.

    Its variance is (m + k) / (m k) + d^2 / (2 (m + k)), with g in the place of d of g, as R's
    metafor has it (Hedges & Olkin 1985, Statistical Methods for Meta-Analysis, section 5.E).
    Arguments and errors as in `d_by_noncentral_t`.
    """
    value = cohens_d(group, reference, corrected=corrected)
    m, k = _sizes(group, reference)
    error = math.sqrt((m + k) / (m * k) + value**2 / (2 * (m + k)))
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    return Estimate(value, value - reach, value + reach, level, level, m + k)


def d_of_pairs_by_noncentral_t(
    baseline: ArrayLike,
    followup: ArrayLike,
    *,
    corrected: Correction = "none",
    level: float = 0.95,
) -> Estimate:
    """Cohen's d_z, or the g of it, with its interval by the noncentral t, as R's effectsize has it.

    The t of the paired test is noncentral by d_z times the root of the number of pairs.

    Args:
        baseline: First value of each pair, shape (n,), n >= 2.
        followup: Second value of each pair, shape (n,).
        corrected: How bias is taken away.
        level: The confidence level.

    Raises:
        NotComputable: As in `d_of_pairs`, or in `noncentrality`.
    """
    value = d_of_pairs(baseline, followup, of_differences)
    n = finite_values(baseline).size
    factor = correction(n - 1, corrected)
    return _scaled(value, 1 / math.sqrt(n), n - 1, factor, n, level)


def _sizes(group: ArrayLike, reference: ArrayLike) -> tuple[int, int]:
    return finite_values(group, at_least=2).size, finite_values(reference, at_least=2).size


def _error(group: ArrayLike, reference: ArrayLike) -> float:
    """The standard error of the difference of both means."""
    m, k = _sizes(group, reference)
    return math.hypot(sd(group) / math.sqrt(m), sd(reference) / math.sqrt(k))


def _scaled(
    value: float, scale: float, degrees: float, factor: float, n: int, level: float
) -> Estimate:
    """The interval of a standardised difference, which is t times a scale; all times a factor."""
    low, high = (factor * scale * end for end in noncentrality(value / scale, degrees, level))
    return Estimate(factor * value, low, high, level, level, n)


def _end(t: float, degrees: float, probability: float) -> float:
    """The noncentrality by which a t has this probability of being at most as large."""

    def too_large(noncentral: float) -> float:
        return float(nctdtr(degrees, noncentral, t)) - probability

    near = float(nctdtrinc(degrees, probability, t))
    around = _AROUND * (1 + abs(near))
    if not too_large(near - around) > 0 > too_large(near + around):
        raise NotComputable("the noncentral t distribution cannot be computed so far out")
    return float(brentq(too_large, near - around, near + around, xtol=1e-12))
