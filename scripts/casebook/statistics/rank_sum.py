"""Wilcoxon's rank-sum (Mann-Whitney) test of two independent groups.

It has the variants that `signed_rank` has for pairs, but for zeros, which mean nothing here.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics import SMALLEST_P, Alternative, NotComputable, TestResult
from casebook.statistics.signed_rank import Distribution
from casebook.statistics.tails import check_alternative, normal_p
from casebook.statistics.values import FloatArray, IntArray, doubled_midranks, finite_values

_R_EXACT_BELOW = 50
_MOST_STEPS = 2e9


def rank_sum(
    group: ArrayLike,
    reference: ArrayLike,
    *,
    distribution: Distribution = "r-default",
    continuity: bool = True,
    tie_correction: bool = True,
    alternative: Alternative = "two-sided",
) -> TestResult:
    """Test whether two groups come from one distribution (Mann & Whitney 1947, AMS 18:50-60).

    The statistic W is the number of pairs of one value from each group in which the group's is
    larger, a tie counting one half: the group's sum of mid-ranks less m (m + 1) / 2.

    Args:
        group: Values of one group, shape (m,).
        reference: Values of the other, shape (k,), in the same unit.
        distribution: "exact" is the conditional distribution given the observed mid-ranks, with a
            two-sided p-value that counts sums at least as far from the mean, as in R's `coin`;
            "normal" its approximation; "r-default" what `wilcox.test` does in R 4.2: exact with
            fewer than 50 values in each group and no ties, otherwise normal.
        continuity: Move W half a unit towards its mean in the normal approximation.
        tie_correction: Use the variance of the tied ranks in the normal approximation.
        alternative: "greater" is a group with larger values than the reference.

    Raises:
        NotComputable: An empty group, a value that is not finite, all values equal, or groups too
            large for the exact distribution (about 130 values in each).
        ValueError: An argument is not one of the values above.
    """
    check_alternative(alternative)
    first, second = finite_values(group), finite_values(reference)
    doubled, ties = doubled_midranks(np.concatenate([first, second]))
    if np.ptp(doubled) == 0:
        raise NotComputable("all values are equal")
    exact = _is_exact(distribution, max(first.size, second.size), ties)
    mass = _sum_distribution(doubled, first.size) if exact else None

    def p_value(statistic: int) -> float:
        if mass is not None:
            return _exact_p(mass, statistic - int(doubled.min()) * first.size, alternative)
        distance = (statistic - first.size * (doubled.size + 1)) / 2
        spread = math.sqrt(_variance(doubled, first.size, tie_correction))
        return normal_p(distance, spread, 0.5 if continuity else 0.0, alternative)

    statistic = int(doubled[: first.size].sum())
    return TestResult(
        statistic=statistic / 2 - first.size * (first.size + 1) / 2,
        p_value=p_value(statistic),
        smallest_p=min(p_value(extreme) for extreme in _extremes(doubled, first.size)),
        n=doubled.size,
        n_informative=doubled.size,
        exact=exact,
        ties=ties,
        zeros=0,
    )


def _is_exact(distribution: Distribution, larger_group: int, ties: bool) -> bool:
    if distribution not in ("r-default", "exact", "normal"):
        raise ValueError(f"distribution is r-default, exact or normal, got {distribution!r}")
    if distribution == "r-default":
        return larger_group < _R_EXACT_BELOW and not ties
    return distribution == "exact"


def _extremes(doubled: IntArray, size: int) -> tuple[int, int]:
    """Rank sums of a group of this size that lies wholly below or above the other."""
    ordered = np.sort(doubled)
    return int(ordered[:size].sum()), int(ordered[ordered.size - size :].sum())


def _sum_distribution(doubled: IntArray, size: int) -> FloatArray:
    """Probabilities of the sum of `size` ranks drawn without replacement, less the smallest rank.

    The shift algorithm in two dimensions, over how many are drawn and their sum (Streitberg &
    Röhmel 1986). Ranks are taken one by one; each is drawn with the chance that remains.
    """
    scores = np.sort(doubled - doubled.min())
    reach = int(scores[scores.size - size :].sum())
    if float(size) * reach * scores.size > _MOST_STEPS:
        raise NotComputable(f"groups are too large for the exact distribution (n = {scores.size})")
    mass = np.zeros((size + 1, reach + 1))
    mass[0, 0] = 1.0
    still_needed = size - np.arange(size + 1)[:, np.newaxis]
    for i, score in enumerate(scores.tolist()):
        chance = np.minimum(still_needed / (scores.size - i), 1.0)
        drawn = mass[:-1, : reach + 1 - score] * chance[:-1]
        mass *= 1 - chance
        mass[1:, score:] += drawn
    return np.asarray(mass[size])


def _exact_p(mass: FloatArray, place: int, alternative: Alternative) -> float:
    if alternative == "less":
        p_value = mass[: place + 1].sum()
    elif alternative == "greater":
        p_value = mass[place:].sum()
    else:
        far = np.abs(np.arange(mass.size) - _mean_place(mass))
        p_value = mass[far >= far[place] - 1e-6].sum()
    return min(1.0, max(float(p_value), SMALLEST_P))


def _mean_place(mass: FloatArray) -> float:
    return float(np.dot(mass, np.arange(mass.size)))


def _variance(doubled: IntArray, size: int, tie_correction: bool) -> float:
    """Variance of the rank sum of `size` of the n ranks drawn without replacement.

    size (n - size) / (n (n - 1)) times the sum of squared deviations of the ranks, which without
    ties is n (n**2 - 1) / 12 (Lehmann 1975, Nonparametrics, appendix, equations A.17 and A.18).
    """
    n = doubled.size
    squares = n * (n * n - 1) / 12
    if tie_correction:
        squares = float(np.square(doubled - (n + 1)).sum()) / 4
    return size * (n - size) / (n * (n - 1)) * squares
