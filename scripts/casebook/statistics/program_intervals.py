"""The interval of a shift that a program gives where it is asked for one with Wilcoxon's test.

They are what programs print, and not what this project holds to be right, which is
`estimate.hodges_lehmann` and `group_shift.hodges_lehmann_shift`. Both turn a test round: an end is
the shift at which the p-value passes the level. Which programs print one, docs/statistics.md says.
"""

import math
from bisect import bisect_left
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.drawn_sums import drawn_sum_p
from casebook.statistics.sign_flips import lower_tail
from casebook.statistics.tails import half_outside, upper_normal_quantile
from casebook.statistics.terms import NotComputable, Program
from casebook.statistics.values import FloatArray, doubled_midranks, finite_values

Ends = tuple[float, float]
_EXACT_BELOW = 50
_SLACK = 1e-12
_R: tuple[Program, ...] = ("r-4.5", "r-4.6", "jasp")
OF_PAIRS: tuple[Program, ...] = _R
"""The programs of which the interval for pairs is known; SciPy, Stata's `signrank`, SAS's
UNIVARIATE and coin's `wilcoxsign_test` print none, and how SPSS and Prism make theirs is not."""
OF_GROUPS: tuple[Program, ...] = (*_R, "coin")
"""The programs of which the interval for two groups is known."""
NONE_OF_PAIRS: tuple[Program, ...] = ("scipy", "coin")
NONE_OF_GROUPS: tuple[Program, ...] = ("scipy",)
"""The programs that print none: `scipy.stats.wilcoxon` and `mannwhitneyu`, `wilcoxsign_test`."""


def shift_of_pairs(program: Program, differences: ArrayLike, *, level: float = 0.95) -> Ends:
    """The interval of a shift that `wilcox.test(conf.int = TRUE)` of R gives for pairs.

    - "r-4.5", "jasp": with fewer than 50 differences, of which none is zero and no two of one size,
      the Walsh averages that `qsignrank` names; otherwise zeros are left out, and an end is where
      the normal test with continuity correction, made of what differs from the shift, passes its
      quantile. Where the smallest or largest difference does not reach it, what the level leaves
      out is doubled until both do.
    - "r-4.6": with fewer than 50 differences the exact test turned round, zeros ranked, of the
      lower end with P(V > v) where there are ties or zeros, and infinite where no end is reached;
      otherwise as above, with zeros.

    Args:
        program: One of `OF_PAIRS`.
        differences: One difference per pair, shape (n,).
        level: Between 0 and 1.

    Raises:
        NotComputable: No differences, one that is not finite, or the program gives none.
    """
    changes, tail = finite_values(differences), half_outside(level)
    sizes = np.abs(changes[changes != 0])
    untied = sizes.size == changes.size and np.unique(sizes).size == sizes.size
    if program != "r-4.6" and not untied:
        return _normal_of_pairs(changes[changes != 0], tail)
    if changes.size >= _EXACT_BELOW:
        return _normal_of_pairs(changes, tail)
    if untied:
        ranks = np.arange(1, changes.size + 1, dtype=np.int64)
        averages = np.sort(_averages(changes))
        return _by_quantile(averages, lambda count: lower_tail(ranks, count), program, tail)
    return _exact_of_pairs(changes, tail)


def shift_of_groups(
    program: Program, group: ArrayLike, reference: ArrayLike, *, level: float = 0.95
) -> Ends:
    """The interval of the shift between two groups, group less reference.

    - "r-4.5", "jasp": `wilcox.test(conf.int = TRUE)`; with fewer than 50 values in each group and
      no ties the differences that `qwilcox` names, otherwise by the normal test with continuity
      correction, whose variance has the ties at each shift.
    - "r-4.6": the same, exact with ties too; where no end is reached, infinite.
    - "coin": `wilcox_test(conf.int = TRUE)`; the normal test without continuity correction, whose
      variance is that without a shift.

    Args:
        program: One of `OF_GROUPS`.
        group: Values of one group, shape (m,).
        reference: Values of the other, shape (k,).
        level: Between 0 and 1.

    Raises:
        NotComputable: An empty group, a value that is not finite, or the program gives none.
    """
    first, second, tail = finite_values(group), finite_values(reference), half_outside(level)
    pooled = np.concatenate([first, second])
    untied = np.unique(pooled).size == pooled.size
    m, k = first.size, second.size
    few = max(m, k) < _EXACT_BELOW
    if program == "coin":
        return _by_coin(first, second, tail)
    if not few or (program != "r-4.6" and not untied):
        return _normal_of_groups(first, second, tail)
    steps = np.sort(_apart(first, second), axis=None)
    if untied:
        ranks = np.arange(1 - m - k, m + k, 2, dtype=np.int64)
        # The centred doubled rank sum of a count of pairs in which the group is larger.
        return _by_quantile(
            steps, lambda count: drawn_sum_p(ranks, m, 2 * count - m * k, "less"), program, tail
        )
    return _exact_of_groups(first, second, np.unique(steps), tail)


def _by_quantile(
    steps: FloatArray, below: Callable[[int], float], program: Program, tail: float
) -> Ends:
    """The steps that the lower quantile of a statistic without ties names, from either end."""
    quantile = 0
    while below(quantile) < tail - _SLACK:
        quantile += 1
    if program == "r-4.6" and below(quantile) <= tail + _SLACK:
        quantile += 1
    if quantile == 0 and program == "r-4.6":
        return -math.inf, math.inf
    quantile = max(quantile, 1)
    return float(steps[quantile - 1]), float(steps[steps.size - quantile])


def _crossing(steps: FloatArray, is_past: Callable[[float], bool]) -> int:
    """The first of ascending steps just above which something is so that goes on to be so."""
    between = np.append((steps[:-1] + steps[1:]) / 2, steps[-1] + 1)
    return bisect_left(range(steps.size), True, key=lambda place: is_past(float(between[place])))


def _exact_of_pairs(changes: FloatArray, tail: float) -> Ends:
    steps = np.unique(_averages(changes))

    def tails(shift: float) -> Ends:
        """P(V <= v) and P(V > v), of the signed-rank test of what is left of a shift."""
        left = changes - shift
        ranks = doubled_midranks(np.abs(left))[0]
        positive = int(ranks[left > 0].sum())
        total = int(ranks.sum())
        return lower_tail(ranks, positive), lower_tail(ranks, total - positive - 1)

    low, high = -math.inf, math.inf
    if tails(float(steps[0]) - 1)[1] <= tail + _SLACK:
        place = _crossing(steps, lambda shift: tails(shift)[1] > tail + _SLACK)
        low = float(steps[min(place, steps.size - 1)])
    if tails(float(steps[-1]) + 1)[0] <= tail + _SLACK:
        place = _crossing(steps, lambda shift: tails(shift)[0] <= tail + _SLACK)
        high = float(steps[min(place, steps.size - 1)])
    return low, high


def _exact_of_groups(first: FloatArray, second: FloatArray, steps: FloatArray, tail: float) -> Ends:
    def beyond(shift: float, *, lower: bool) -> float:
        pooled = np.concatenate([first - shift, second])
        ranks = doubled_midranks(pooled)[0] - (pooled.size + 1)
        observed = int(ranks[: first.size].sum())
        return drawn_sum_p(ranks, first.size, observed, "less" if lower else "greater")

    low, high = -math.inf, math.inf
    if beyond(float(steps[0]) - 1, lower=False) <= tail + _SLACK:
        place = _crossing(steps, lambda shift: beyond(shift, lower=False) > tail + _SLACK)
        low = float(steps[min(place, steps.size - 1)])
    if beyond(float(steps[-1]) + 1, lower=True) <= tail + _SLACK:
        place = _crossing(steps, lambda shift: beyond(shift, lower=True) <= tail + _SLACK)
        high = float(steps[min(place, steps.size - 1)])
    return low, high


def _normal_of_pairs(changes: FloatArray, tail: float) -> Ends:
    if np.unique(changes).size <= 1:
        raise NotComputable("the differences that are asked are equal")
    least, most = float(changes.min()), float(changes.max())

    def z(shift: float) -> float:
        left = changes[changes != shift] - shift
        ranks = doubled_midranks(np.abs(left))[0] / 2
        n = left.size
        ties = np.unique(ranks, return_counts=True)[1]
        centred = float(ranks[left > 0].sum()) - n * (n + 1) / 4
        variance = n * (n + 1) * (2 * n + 1) / 24 - float((ties**3 - ties).sum()) / 48
        return _corrected(centred, variance)

    steps = np.unique(_averages(changes))
    while z(least) < upper_normal_quantile(tail) or z(most) > -upper_normal_quantile(tail):
        tail *= 2
        if tail >= 1 / 2:
            middle = float(np.median(changes))
            return middle, middle
    quantile = upper_normal_quantile(tail)
    return _between(steps, z, quantile)


def _normal_of_groups(first: FloatArray, second: FloatArray, tail: float) -> Ends:
    m, k = first.size, second.size
    both = m + k

    def z(shift: float) -> float:
        ranks = doubled_midranks(np.concatenate([first - shift, second]))[0] / 2
        ties = np.unique(ranks, return_counts=True)[1]
        centred = float(ranks[:m].sum()) - m * (both + 1) / 2
        spread = float((ties**3 - ties).sum()) / (both * (both - 1))
        return _corrected(centred, m * k / 12 * (both + 1 - spread))

    steps = np.unique(_apart(first, second))
    quantile = upper_normal_quantile(tail)
    low, high = _between(steps, z, quantile)
    least, most = float(steps[0]), float(steps[-1])
    return (least if z(least) <= quantile else low), (most if z(most) >= -quantile else high)


def _by_coin(first: FloatArray, second: FloatArray, tail: float) -> Ends:
    m, k = first.size, second.size
    both = m + k
    ties = np.unique(np.concatenate([first, second]), return_counts=True)[1]
    spread = float((ties**3 - ties).sum()) / (both * (both - 1))
    sigma = math.sqrt(m * k / 12 * (both + 1 - spread))

    def z(shift: float) -> float:
        ranks = doubled_midranks(np.concatenate([first - shift, second]))[0] / 2
        return (float(ranks[:m].sum()) - m * (both + 1) / 2) / sigma

    steps = np.unique(_apart(first, second))
    quantile = upper_normal_quantile(tail)
    if z(float(steps[0])) < quantile or z(float(steps[-1])) > -quantile:
        raise NotComputable("the program gives no interval")
    return _between(steps, z, quantile)


def _between(steps: FloatArray, z: Callable[[float], float], quantile: float) -> Ends:
    """Where a statistic that falls with the shift passes its quantiles."""
    last = steps.size - 1
    low = _crossing(steps, lambda shift: z(shift) < quantile)
    high = _crossing(steps, lambda shift: z(shift) < -quantile)
    return float(steps[min(low, last)]), float(steps[min(high, last)])


def _corrected(centred: float, variance: float) -> float:
    """A normal statistic with continuity correction."""
    if variance <= 0:
        raise NotComputable("all values are tied at a shift")
    return (centred - math.copysign(0.5, centred) * (centred != 0)) / math.sqrt(variance)


def _averages(changes: FloatArray) -> FloatArray:
    """The means of every two, each with itself too, as the decimals that they are."""
    rows, columns = np.triu_indices(changes.size)
    return np.asarray(np.round((changes[rows] + changes[columns]) / 2, 12), dtype=np.float64)


def _apart(first: FloatArray, second: FloatArray) -> FloatArray:
    """How far every value of one group is from every one of the other, as the decimals they are."""
    return np.asarray(np.round(first[:, None] - second[None, :], 12), dtype=np.float64)
