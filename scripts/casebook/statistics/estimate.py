"""How large the change is: shifts with intervals and their attained coverage, and effect sizes.

Every function takes follow-up minus baseline. Tests are in `signed_rank` and `paired`.
"""

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.bootstrap import Estimator, bca_interval
from casebook.statistics.describe import mean, median_of_ordered, sd
from casebook.statistics.distributions import (
    binomial_lower_tail,
    upper_t_quantile,
)
from casebook.statistics.sign_flips import largest_limit, lower_tail
from casebook.statistics.signed_rank import signed_rank
from casebook.statistics.tails import check_level, half_outside, upper_normal_quantile
from casebook.statistics.terms import NotComputable
from casebook.statistics.values import FloatArray, doubled_midranks, finite_values
from casebook.statistics.walsh import WalshAverages

Better = Literal["higher", "lower"]
Statistic = Literal["mean", "median"]

ROUNDING = 1 + 1e-9
"""A probability that is larger than a limit by less than this factor equals it."""
_SAME_AVERAGE = 1e-9
_TABLED_SIZE = 100


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its confidence interval.

    Attributes:
        value: The estimate, in the unit of the differences.
        low: Lower end of the interval, which belongs to it.
        high: Upper end of the interval, which belongs to it.
        level: The confidence level that was asked for.
        coverage: The probability with which such an interval covers. Of an exact interval it is
            at least `level`, unless n is so small that the widest interval falls short of it.
        n: Number of differences.
    """

    value: float
    low: float
    high: float
    level: float
    coverage: float
    n: int


def hodges_lehmann(differences: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Median of the Walsh averages with its exact interval (Hodges & Lehmann 1963, AMS 34:598-611).

    Walsh averages are the means of every two differences, each with itself too. With c the largest
    number for which P(V <= c) is at most half of 1 - level, V being the signed-rank statistic
    without ties, the interval runs from the (c+1)-th smallest to the (c+1)-th largest of them
    (Hollander & Wolfe 1999, section 3.3). Where even c = 0 is too many, the interval is the range
    of the differences. Where ties leave it short of the level, it ends farther out.

    Its coverage is 1 less the one-sided p-values of the exact signed-rank tests of the values just
    beyond either end, given the ranks that the differences have there. Without ties that is
    1 - 2 P(V <= c); with ties it is mostly more (Noether 1967, JASA 62:184-188).

    Args:
        differences: One difference per pair, zeros included, shape (n,).
        level: Between 0 and 1.

    Raises:
        NotComputable: No differences, or one that is not finite.
        ValueError: The level is not between 0 and 1.
    """
    changes = finite_values(differences)
    cut, below = _signed_rank_cut(changes.size, half_outside(level))
    untied = below if np.unique(changes).size == changes.size else None
    sides = ((changes, WalshAverages(changes)), (-changes, WalshAverages(-changes)))
    ends = [_end(*side, cut, untied) for side in sides]
    while ends[0].beyond + ends[1].beyond > (1 - level) * ROUNDING:
        side = int(ends[1].beyond > ends[0].beyond)
        if ends[side].fewer == 0:
            break
        ends[side] = _end(*sides[side], ends[side].fewer - 1, None)
    # The opposite of 0 is 0 too, and not -0.0.
    low, high = ends[0].value, 0.0 - ends[1].value
    coverage = 1 - (ends[0].beyond + ends[1].beyond)
    return Estimate(sides[0][1].median(), low, high, level, coverage, changes.size)


@dataclass(frozen=True, slots=True)
class _End:
    """A lower end, how many Walsh averages are less, and the one-sided p-value just below it."""

    value: float
    fewer: int
    beyond: float


def _end(changes: FloatArray, walsh: WalshAverages, place: int, untied: float | None) -> _End:
    """The Walsh average at a place as the lower end of an interval.

    Just below it the statistic is the number of averages that are not less. Ranks are tied there
    where changes are equal, and nowhere else.

    Args:
        changes: The differences, shape (n,).
        walsh: Their Walsh averages, of which some may be equal.
        place: Which of them.
        untied: The p-value where neither changes nor averages are tied; None if changes are.
    """
    slack = _SAME_AVERAGE * max(abs(walsh.least), abs(walsh.greatest))
    value = walsh.at(place)
    fewer, below, above = walsh.split(value - slack)
    if fewer == place and untied is not None:
        return _End(value, fewer, untied)
    if fewer == 0:
        return _End(value, fewer, 0.5**changes.size)
    doubled, _ = doubled_midranks(np.abs(changes - (below + above) / 2))
    return _End(value, fewer, lower_tail(doubled, 2 * fewer))


def mean_difference(differences: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Mean with Student's t interval, mean -+ t sd / sqrt(n), n - 1 degrees of freedom.

    Its coverage is the level if differences come from a normal distribution.

    Args:
        differences: One difference per pair, shape (n,), n >= 2.
        level: Between 0 and 1.

    Raises:
        NotComputable: Fewer than 2 differences, one that is not finite, or all of them equal.
        ValueError: The level is not between 0 and 1.
    """
    changes = _varied(differences)
    t = upper_t_quantile(half_outside(level), changes.size - 1)
    centre, margin = mean(changes), t * sd(changes) / math.sqrt(changes.size)
    return Estimate(centre, centre - margin, centre + margin, level, level, changes.size)


def median_difference(differences: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Median with the exact interval between two of the differences (Thompson 1936, AMS 7:122-128).

    With c the largest number for which a binomial variable (n, one half) is at most c with a
    probability of at most half of 1 - level, the interval runs from the (c+1)-th smallest to the
    (c+1)-th largest difference: it inverts the sign test. Its coverage is 1 - P(B <= a) -
    P(B <= b), where a and b differences lie beyond its ends: c each, or fewer where there are ties.

    Args:
        differences: One difference per pair, zeros included, shape (n,).
        level: Between 0 and 1.

    Raises:
        NotComputable: No differences, or one that is not finite.
        ValueError: The level is not between 0 and 1.
    """
    changes = finite_values(differences)
    tail, n = half_outside(level) * ROUNDING, changes.size
    above = bisect_right(range(n), tail, key=lambda count: binomial_lower_tail(count, n))
    cut = max(above - 1, 0)
    ordered = np.sort(changes)
    low, high = float(ordered[cut]), float(ordered[ordered.size - 1 - cut])
    beyond = (int((changes < low).sum()), int((changes > high).sum()))
    coverage = 1 - sum(binomial_lower_tail(count, changes.size) for count in beyond)
    return Estimate(median_of_ordered(ordered), low, high, level, coverage, changes.size)


def rank_biserial(differences: ArrayLike) -> float:
    """Matched-pairs rank-biserial correlation (Kerby 2014, Comprehensive Psychology 3:11.IT.3.1).

    The sum of the ranks of the positive differences less that of the negative ones, as a share of
    both: 1 where all who changed have a positive difference, -1 a negative one, as the sign of
    every other estimate here. Zeros are left out.

    Args:
        differences: One difference per pair, shape (n,).

    Raises:
        NotComputable: No differences, one that is not finite, or all of them zero.
    """
    test = signed_rank(differences, distribution="normal")
    return 4 * test.statistic / (test.n_informative * (test.n_informative + 1)) - 1


def cohens_dz(differences: ArrayLike) -> float:
    """Mean difference in units of the SD of the differences (Cohen 1988, section 2.3.5).

    Args:
        differences: One difference per pair, shape (n,), n >= 2.

    Raises:
        NotComputable: Fewer than 2 differences, one that is not finite, or all of them equal.
    """
    changes = _varied(differences)
    spread = sd(changes)
    if spread == 0:
        raise NotComputable(f"the differences are too alike to tell apart (n = {changes.size})")
    return mean(changes) / spread


def r_from_z(differences: ArrayLike) -> float:
    """The effect size z / sqrt(n), of the signed-rank test without continuity correction.

    Zeros are left out of z, and count in n (Rosenthal 1991, Meta-analytic Procedures, section 2;
    some divide by the root of the number of measurements, 2n). It is above 0 if the outcome rose.

    Args:
        differences: One difference per pair, shape (n,).

    Raises:
        NotComputable: No differences, one that is not finite, or all of them zero.
    """
    test = signed_rank(differences, distribution="normal", continuity=False)
    return (test.z or 0.0) / math.sqrt(test.n)


def change_in_baseline_sds(baseline: ArrayLike, differences: ArrayLike) -> float:
    """Mean difference in units of the SD at baseline (Kazis 1989, Medical Care 27:S178-S189).

    Args:
        baseline: Values at baseline, shape (n,), n >= 2.
        differences: The difference of each, shape (n,).

    Raises:
        NotComputable: Fewer than 2 pairs, a value that is not finite, or baselines all equal.
    """
    before, changes = finite_values(baseline, at_least=2), finite_values(differences)
    spread = sd(before)
    if np.ptp(before) == 0 or spread == 0:
        raise NotComputable(f"all baseline values are equal (n = {before.size})")
    return mean(changes) / spread


def bca_bootstrap(
    differences: ArrayLike,
    statistic: Statistic,
    *,
    seed: int,
    level: float = 0.95,
    resamples: int = 9999,
) -> Estimate:
    """Bias-corrected and accelerated bootstrap interval (Efron 1987, JASA 82:171-185).

    It is an approximation that needs more patients than a small series has: with n below about 20
    it covers less often than its level says.

    Args:
        differences: One difference per pair, shape (n,), n >= 2.
        statistic: What is estimated.
        seed: Seed of the random resampling; the same seed gives the same interval.
        level: Between 0 and 1.
        resamples: Number of resamples.

    Raises:
        NotComputable: Fewer than 2 differences, more than `bootstrap.MOST_VALUES`, one that is not
            finite, or differences so alike that the interval is undefined.
        ValueError: The level is not between 0 and 1, or there is no such statistic.
    """
    changes = _varied(differences)
    check_level(level)
    estimator = _estimator(statistic)
    value = float(estimator(changes[np.newaxis, :])[0])
    low, high = bca_interval(changes, estimator, seed=seed, level=level, resamples=resamples)
    return Estimate(value, low, high, level, level, changes.size)


def _estimator(statistic: Statistic) -> Estimator:
    functions: dict[str, Callable[..., FloatArray]] = {"mean": np.mean, "median": np.median}
    if statistic not in functions:
        raise ValueError(f"statistic is mean or median, got {statistic!r}")
    return partial(functions[statistic], axis=-1)


def _varied(differences: ArrayLike) -> FloatArray:
    changes = finite_values(differences, at_least=2)
    if np.ptp(changes) == 0:
        raise NotComputable(f"all differences are equal (n = {changes.size})")
    return changes


@lru_cache(maxsize=1024)
def _signed_rank_cut(n: int, tail: float) -> tuple[int, float]:
    """The largest c with P(V <= c) <= tail, or 0 if there is none, and P(V <= c), without ties."""
    ranks = np.arange(1, n + 1, dtype=np.int64)
    if n > _TABLED_SIZE:
        return largest_limit(ranks, tail * ROUNDING, _past_quantile(n, tail))
    total = int(ranks.sum())
    tails = np.array([lower_tail(ranks, k) for k in range(total // 2)] or [0.5])
    cut = max(int(np.searchsorted(tails, tail * ROUNDING, side="right")) - 1, 0)
    return cut, float(tails[cut])


def _past_quantile(n: int, tail: float) -> int:
    """A sum a little above the one where P(V <= sum) is the tail.

    V has lighter tails than the normal distribution: its quantiles are nearer to the mean by about
    0.15 z**3 / n standard deviations (Cornish & Fisher 1938; its excess kurtosis is -3.6 / n).
    """
    centre, spread = n * (n + 1) / 4, math.sqrt(n * (n + 1) * (2 * n + 1) / 24)
    z = upper_normal_quantile(tail)
    return math.ceil(min(centre - 1, centre - (z - 0.2 * z**3 / n - 0.02) * spread))
