"""Effect sizes of two groups, or of pairs, that papers print and no results have.

Those of groups take the group less the reference, those of pairs follow-up minus baseline. What the
results have of pairs is in `estimate`, how alike groups are in `group_shift`, and what is of counts
in `ratios`.
"""

import math
from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from casebook.statistics.describe import mean, population_sd, sd
from casebook.statistics.group_shift import student_t
from casebook.statistics.rank_sum import rank_sum
from casebook.statistics.terms import NotComputable
from casebook.statistics.values import FloatArray, finite_values, paired_differences

Correction = Literal["none", "exact", "approximate"]
"""How the bias of a standardised difference of few values is taken away."""
Unit: TypeAlias = Callable[[FloatArray, FloatArray], float]
"""What the mean of pairs is divided by, of their first and their second values."""
_ROUNDING = 1e-12
"""A correlation no further from 1 differs from it by rounding alone."""


def correction(degrees: int, kind: Correction = "exact") -> float:
    """What a standardised difference is multiplied by, so that its mean is the true one.

    Exactly it is gamma(m / 2) / (sqrt(m / 2) gamma((m - 1) / 2)) of m degrees of freedom, which is
    about 1 - 3 / (4 m - 1) (Hedges 1981, Journal of Educational Statistics 6:107-128).

    Args:
        degrees: Those of the standard deviation that is divided by.
        kind: Which of the two; "none" is 1.

    Raises:
        NotComputable: Fewer than 2 degrees of freedom.
    """
    if kind == "none":
        return 1.0
    if degrees < 2:
        raise NotComputable("too few values to correct the bias of an effect size")
    if kind == "approximate":
        return 1 - 3 / (4 * degrees - 1)
    log = gammaln(degrees / 2) - math.log(degrees / 2) / 2 - gammaln((degrees - 1) / 2)
    return math.exp(float(log))


def cohens_d(group: ArrayLike, reference: ArrayLike, *, corrected: Correction = "none") -> float:
    """Difference of two means in units of the pooled SD (Cohen 1988, section 2.5; d_s in Lakens).

    The pooled variance has m + k - 2 in the denominator. Corrected it is Hedges' g (Lakens 2013,
    Frontiers in Psychology 4:863, equations 1 and 4).

    Args:
        group: Values of one group, shape (m,), m >= 2.
        reference: Values of the other, shape (k,), k >= 2, in the same unit.
        corrected: How bias is taken away.

    Raises:
        NotComputable: A group of fewer than 2 values, a value that is not finite, or no value that
            differs from another of its group.
    """
    first, second = _groups(group, reference)
    degrees = first.size + second.size - 2
    squares = sum((each.size - 1) * sd(each) ** 2 for each in (first, second))
    apart = _divided(mean(first) - mean(second), math.sqrt(squares / degrees))
    return apart * correction(degrees, corrected)


def cohens_d_of_all(group: ArrayLike, reference: ArrayLike) -> float:
    """The same with the number of all values in the denominator of the variance.

    It is the estimate of maximum likelihood (Hedges & Olkin 1985, Statistical Methods for
    Meta-Analysis, section 5.B). Arguments and errors as in `cohens_d`.
    """
    first, second = _groups(group, reference)
    squares = sum(each.size * population_sd(each) ** 2 for each in (first, second))
    spread = math.sqrt(squares / (first.size + second.size))
    return _divided(mean(first) - mean(second), spread)


def glass_delta(group: ArrayLike, reference: ArrayLike) -> float:
    """Difference of two means in units of the SD of the reference (Glass 1976).

    Educational Researcher 5:3-8.

    Args:
        group: Values of one group, shape (m,).
        reference: Values of the other, shape (k,), k >= 2, in the same unit.

    Raises:
        NotComputable: An empty group, fewer than 2 values of the reference, a value that is not
            finite, or a reference whose values are all equal.
    """
    first, second = finite_values(group), finite_values(reference, at_least=2)
    return _divided(mean(first) - mean(second), _sd(second))


def superiority(group: ArrayLike, reference: ArrayLike) -> float:
    """How probably a value of the group is larger than one of the reference, a tie counting half.

    It is W of the rank-sum test, divided by its largest possible value (Vargha & Delaney 2000,
    Journal of Educational and Behavioral Statistics 25:101-132); twice it minus 1 is the
    rank-biserial correlation (Wendt 1972, European Journal of Social Psychology 2:463-465) and
    Cliff's delta (1993, Psychological Bulletin 114:494-509).

    Args:
        group: Values of one group, shape (m,).
        reference: Values of the other, shape (k,).

    Raises:
        NotComputable: An empty group, a value that is not finite, or all values equal.
    """
    test = rank_sum(group, reference, distribution="normal")
    return test.statistic / (test.statistic + (test.turned or 0.0))


def rank_biserial_of_groups(group: ArrayLike, reference: ArrayLike) -> float:
    """From -1, all values of the group are smaller, to 1; arguments and errors of `superiority`."""
    return 2 * superiority(group, reference) - 1


def r_of_groups(group: ArrayLike, reference: ArrayLike, *, continuity: bool = False) -> float:
    """The effect size z / sqrt(n) of the rank-sum test (Rosenthal 1991, section 2).

    Args:
        group: As in `superiority`.
        reference: As in `superiority`.
        continuity: Whether z is moved half a unit of W towards 0.

    Raises:
        NotComputable: As in `superiority`.
    """
    test = rank_sum(group, reference, distribution="normal", continuity=continuity)
    return (test.z or 0.0) / math.sqrt(test.n)


def r_from_t(group: ArrayLike, reference: ArrayLike) -> float:
    """Correlation of the values with who is in the group: t / sqrt(t^2 + df) (Rosenthal 1991).

    The t is Student's. Arguments and errors as in `cohens_d`.
    """
    test = student_t(group, reference)
    return test.statistic / math.sqrt(test.statistic**2 + (test.degrees or 0.0))


def d_of_pairs(
    baseline: ArrayLike,
    followup: ArrayLike,
    unit: Unit,
    corrected: Correction = "none",
) -> float:
    """Mean difference of pairs in some unit; corrected with n - 1 degrees of freedom it is a g.

    Args:
        baseline: First value of each pair, shape (n,), n >= 2.
        followup: Second value of each pair, shape (n,).
        unit: One of the functions below, which gives the standard deviation to divide by.
        corrected: How bias is taken away, as Cumming (2012, Understanding the New Statistics,
            chapter 11) and R's effectsize do it.

    Raises:
        NotComputable: Fewer than 2 pairs, a value that is not finite, or a unit of 0.
    """
    before, after = finite_values(baseline, at_least=2), finite_values(followup)
    apart = _divided(mean(paired_differences(before, after)), unit(before, after))
    return apart * correction(before.size - 1, corrected)


def of_differences(before: FloatArray, after: FloatArray) -> float:
    """The unit of d_z: the SD of the differences (Cohen 1988, section 2.3.5)."""
    return _sd(paired_differences(before, after))


def mean_sd(before: FloatArray, after: FloatArray) -> float:
    """The unit of d_av: the mean of the SDs at both visits (Lakens 2013, equation 10)."""
    return (_sd(before) + _sd(after)) / 2


def root_mean_variance(before: FloatArray, after: FloatArray) -> float:
    """The same by the mean of both variances (Cumming 2012, chapter 11)."""
    return math.hypot(_sd(before), _sd(after)) / math.sqrt(2)


def repeated_measures(before: FloatArray, after: FloatArray) -> float:
    """The unit of d_rm: the SD of the differences over sqrt(2 (1 - r)) (Lakens 2013, equation 9).

    Here r is Pearson's correlation of both visits. It is 0 where r is 1, or where all values of a
    visit are equal, so that there is no r.
    """
    if np.ptp(before) == 0 or np.ptp(after) == 0:
        return 0.0
    apart = 2 * (1 - float(np.corrcoef(before, after)[0, 1]))
    return of_differences(before, after) / math.sqrt(apart) if apart > _ROUNDING else 0.0


def of_baseline(before: FloatArray, _after: FloatArray) -> float:
    """The SD at the first visit (Becker 1988, Br J Math Stat Psychol 41:257-278)."""
    return _sd(before)


def _sd(values: FloatArray) -> float:
    """The SD, exactly 0 of equal values, of which rounding leaves something."""
    return 0.0 if np.ptp(values) == 0 else sd(values)


def _groups(group: ArrayLike, reference: ArrayLike) -> tuple[FloatArray, FloatArray]:
    first, second = finite_values(group, at_least=2), finite_values(reference, at_least=2)
    if np.ptp(first) == 0 and np.ptp(second) == 0:
        raise NotComputable("no value differs from another of its group")
    return first, second


def _divided(apart: float, spread: float) -> float:
    if spread == 0:
        raise NotComputable("the standard deviation to divide by is 0")
    return apart / spread
