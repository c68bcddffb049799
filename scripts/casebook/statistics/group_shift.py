"""How far apart two independent groups are: shifts with intervals, Welch's t, standardised means.

Every function takes the group less the reference. The rank-sum test itself is in `rank_sum`, and
what belongs to pairs of values of one patient in `estimate`.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.describe import mean, sd
from casebook.statistics.distributions import t_p, upper_t_quantile
from casebook.statistics.drawn_sums import drawn_sum_p, drawn_sum_spread
from casebook.statistics.estimate import ROUNDING, Estimate
from casebook.statistics.tails import (
    check_alternative,
    half_outside,
    normal_p,
    upper_normal_quantile,
)
from casebook.statistics.terms import SMALLEST_P, Alternative, NotComputable, TestResult
from casebook.statistics.values import (
    FloatArray,
    IntArray,
    doubled_midranks,
    finite_values,
    paired_differences,
)

_MOST_EXACT, _MOST_DIFFERENCES = 40_000, 1_000_000
"""So many differences have an exact interval, and an interval at all."""


def hodges_lehmann_shift(
    group: ArrayLike, reference: ArrayLike, *, level: float = 0.95
) -> Estimate:
    """Median of all differences of two groups' values with its exact interval.

    The differences are those of every value of the group and every one of the reference (Hodges &
    Lehmann 1963, AMS 34:598-611), taken as decimal numbers. With c the largest number for which
    P(W <= c) is at most half of 1 - level, W being the rank-sum statistic without ties, the
    interval runs from the (c+1)-th smallest to the (c+1)-th largest of them (Hollander & Wolfe
    1999, section 4.3). Where even c = 0 is too many, it runs from the smallest to the largest.
    Where ties leave it short of the level, it ends farther out.

    Its coverage is 1 less the one-sided p-values of the exact rank-sum tests of the shifts just
    beyond either end, given the ranks that the values have there: those of a group are tied where
    they are equal, and none is tied with one of the other group. Of more than 40,000 differences,
    200 values in each group, both come from the normal approximation with continuity correction.

    Args:
        group: Values of one group, shape (m,).
        reference: Values of the other, shape (k,), in the same unit.
        level: Between 0 and 1.

    Returns:
        An estimate whose `n` is the number of values of both groups.

    Raises:
        NotComputable: An empty group, a value that is not finite, or more than a million
            differences.
        ValueError: The level is not between 0 and 1.
    """
    tail = half_outside(level)
    first, second = finite_values(group), finite_values(reference)
    if first.size * second.size > _MOST_DIFFERENCES:
        count = first.size + second.size
        raise NotComputable(f"groups have too many differences (n = {count})")
    differences = paired_differences(
        np.repeat(first, second.size), np.tile(second, first.size)
    ).reshape(first.size, second.size)
    # The differences of the first from the second are those of the group less the reference, turned
    # round: their lower end is the upper one.
    sides = (_Side(-differences, first, second), _Side(differences.T, second, first))
    cut = _cut(first.size, second.size, tail * ROUNDING)
    ends = [side.end(cut) for side in sides]
    while ends[0].beyond + ends[1].beyond > (1 - level) * ROUNDING:
        worse = int(ends[1].beyond > ends[0].beyond)
        if ends[worse].fewer == 0:
            break
        ends[worse] = sides[worse].end(ends[worse].fewer - 1)
    # The opposite of 0 is 0 too, and not -0.0.
    low, high = ends[0].value + 0.0, 0.0 - ends[1].value
    coverage = 1 - (ends[0].beyond + ends[1].beyond)
    middle = float(np.median(-differences)) + 0.0
    return Estimate(middle, low, high, level, coverage, first.size + second.size)


@dataclass(frozen=True, slots=True)
class _End:
    """A lower end, how many differences are less, and the one-sided p-value just below it."""

    value: float
    fewer: int
    beyond: float


class _Side:
    """The differences of every value of one group (rows) and every one of another (columns)."""

    def __init__(self, differences: FloatArray, rows: FloatArray, columns: FloatArray) -> None:
        self._differences = differences
        self._ordered = np.sort(differences, axis=None)
        self._within = (doubled_midranks(rows)[0], doubled_midranks(columns)[0])

    def end(self, place: int) -> _End:
        """The difference at a place as the lower end of an interval."""
        value = float(self._ordered[place])
        fewer = int(self._ordered.searchsorted(value))
        above = self._differences >= value
        of_rows = self._within[0] + 2 * above.sum(axis=1)
        of_columns = self._within[1] + 2 * (~above).sum(axis=0)
        ranks = np.concatenate([of_rows, of_columns]) - (sum(above.shape) + 1)
        observed = int(ranks[: of_rows.size].sum())
        return _End(value, fewer, _upper_tail(ranks, of_rows.size, observed))


def _cut(m: int, k: int, tail: float) -> int:
    """The largest c with P(W <= c) at most the tail, without ties, or 0 if there is none.

    The search begins near it: W has lighter tails than the normal distribution (Cornish & Fisher
    1938).
    """
    ranks = np.arange(1 - m - k, m + k, 2)
    spread = math.sqrt(m * k * (m + k + 1) / 12)
    excess = -1.2 * (m * m + k * k + m * k + m + k) / (m * k * (m + k + 1))
    z = upper_normal_quantile(tail)
    quantile = z + excess * (z**3 - 3 * z) / 24
    cut = max(0, math.floor(m * k / 2 - quantile * spread - 0.5))

    def is_below(count: int) -> bool:
        return _upper_tail(ranks, m, m * k - 2 * count) <= tail

    while is_below(cut + 1):
        cut += 1
    while cut > 0 and not is_below(cut):
        cut -= 1
    return cut


def _upper_tail(ranks: IntArray, size: int, observed: int) -> float:
    """P(sum >= observed) when so many of the centred doubled ranks are drawn."""
    if size * (ranks.size - size) > _MOST_EXACT:
        spread = drawn_sum_spread(ranks, size)
        return normal_p(observed / 2, spread / 2, 0.5, "greater")
    return drawn_sum_p(ranks, size, observed, "greater")


def welch_difference(group: ArrayLike, reference: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Difference of two means with the interval that belongs to Welch's t-test.

    Its coverage is about the level if both groups come from normal distributions.

    Args:
        group: Values of one group, shape (m,), m >= 2.
        reference: Values of the other, shape (k,), k >= 2, in the same unit.
        level: Between 0 and 1.

    Raises:
        NotComputable: A group of fewer than 2 values, a value that is not finite, or no value that
            differs from another of its group.
        ValueError: The level is not between 0 and 1.
    """
    tail = half_outside(level)
    first, second = finite_values(group, at_least=2), finite_values(reference, at_least=2)
    error, degrees = _welch(first, second)
    centre, margin = mean(first) - mean(second), upper_t_quantile(tail, degrees) * error
    n = first.size + second.size
    return Estimate(centre, centre - margin, centre + margin, level, level, n)


def welch_t(
    group: ArrayLike, reference: ArrayLike, *, alternative: Alternative = "two-sided"
) -> TestResult:
    """Welch's t-test of two groups whose variances may differ (Welch 1947, Biometrika 34:28-35).

    It rests on values from normal distributions, so `exact` is False. There is no limit to how
    small its p-value can be.

    Args:
        group: As in `welch_difference`.
        reference: As in `welch_difference`.
        alternative: "greater" is a group with larger values than the reference.

    Raises:
        NotComputable: As in `welch_difference`.
    """
    first, second = finite_values(group, at_least=2), finite_values(reference, at_least=2)
    return _t_test(first, second, *_welch(first, second), alternative)


def student_t(
    group: ArrayLike, reference: ArrayLike, *, alternative: Alternative = "two-sided"
) -> TestResult:
    """Student's t-test of two groups whose variances are taken to be equal (Student 1908).

    Arguments, result and errors as in `welch_t`.
    """
    first, second = finite_values(group, at_least=2), finite_values(reference, at_least=2)
    _check_varied(first, second)
    degrees = first.size + second.size - 2
    squares = sum((each.size - 1) * sd(each) ** 2 for each in (first, second))
    error = math.sqrt(squares / degrees * (1 / first.size + 1 / second.size))
    return _t_test(first, second, error, degrees, alternative)


def _t_test(
    first: FloatArray, second: FloatArray, error: float, degrees: float, alternative: Alternative
) -> TestResult:
    """The test of a difference of means by its standard error and degrees of freedom."""
    check_alternative(alternative)
    t = (mean(first) - mean(second)) / error
    pooled = np.concatenate([first, second])
    return TestResult(
        statistic=t,
        p_value=t_p(t, degrees, alternative),
        smallest_p=SMALLEST_P,
        n=pooled.size,
        n_informative=pooled.size,
        exact=False,
        ties=np.unique(pooled).size < pooled.size,
        zeros=0,
        degrees=degrees,
    )


def standardised_mean_difference(group: ArrayLike, reference: ArrayLike) -> float:
    """Difference of two means in units of the root of their mean variance.

    It says how alike groups are at baseline, whatever their size (Austin 2009, Stat Med
    28:3083-3107, equation 1).

    Args:
        group: As in `welch_difference`.
        reference: As in `welch_difference`.

    Raises:
        NotComputable: As in `welch_difference`.
    """
    first, second = finite_values(group, at_least=2), finite_values(reference, at_least=2)
    _check_varied(first, second)
    return (mean(first) - mean(second)) / math.hypot(sd(first), sd(second)) * math.sqrt(2)


def _welch(first: FloatArray, second: FloatArray) -> tuple[float, float]:
    """Standard error of the difference, and its degrees of freedom (Satterthwaite 1946)."""
    _check_varied(first, second)
    errors = [sd(each) / math.sqrt(each.size) for each in (first, second)]
    error = math.hypot(*errors)
    shares = [each / error for each in errors]
    sizes = (first.size, second.size)
    inverse = sum(share**4 / (n - 1) for share, n in zip(shares, sizes, strict=True))
    return error, 1 / inverse


def _check_varied(first: FloatArray, second: FloatArray) -> None:
    if np.ptp(first) == 0 and np.ptp(second) == 0:
        raise NotComputable("no value differs from another of its group")
    if sd(first) == 0 and sd(second) == 0:
        raise NotComputable("the values are too alike to tell apart")
