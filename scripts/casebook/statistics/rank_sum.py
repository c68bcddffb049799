"""Wilcoxon's rank-sum (Mann-Whitney) test of two independent groups.

It has the variants that `signed_rank` has for pairs, but for zeros, which mean nothing here.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics import Alternative, NotComputable, TestResult
from casebook.statistics.drawn_sums import drawn_sum_p, drawn_sum_spread
from casebook.statistics.signed_rank import Distribution
from casebook.statistics.tails import check_alternative, normal_p
from casebook.statistics.values import IntArray, doubled_midranks, finite_values

_R_EXACT_BELOW = 50


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
            large for the exact distribution (about 310 values in each).
        ValueError: An argument is not one of the values above.
    """
    check_alternative(alternative)
    first, second = finite_values(group), finite_values(reference)
    centred, ties = _centred_ranks(np.concatenate([first, second]).tobytes())
    if not centred.any():
        raise NotComputable("all values are equal")
    exact = _is_exact(distribution, max(first.size, second.size), ties)
    corrected = centred if tie_correction else np.arange(1 - centred.size, centred.size, 2)
    spread = drawn_sum_spread(corrected, first.size) / 2

    def p_value(statistic: int) -> float:
        if exact:
            return drawn_sum_p(centred, first.size, statistic, alternative)
        return normal_p(statistic / 2, spread, 0.5 if continuity else 0.0, alternative)

    statistic = int(centred[: first.size].sum())
    return TestResult(
        statistic=(statistic + first.size * second.size) / 2,
        p_value=p_value(statistic),
        smallest_p=p_value(_most_extreme(centred, first.size, alternative)),
        n=centred.size,
        n_informative=centred.size,
        exact=exact,
        ties=ties,
        zeros=0,
    )


@lru_cache(maxsize=8)
def _centred_ranks(value_bytes: bytes) -> tuple[IntArray, bool]:
    """Twice the deviation of each mid-rank from the mean rank, and whether there are ties.

    They are those of an array's bytes: the variants of the test share them.
    """
    doubled, ties = doubled_midranks(np.frombuffer(value_bytes, dtype=np.float64))
    return doubled - (doubled.size + 1), ties


def _is_exact(distribution: Distribution, larger_group: int, ties: bool) -> bool:
    if distribution not in ("r-default", "exact", "normal"):
        raise ValueError(f"distribution is r-default, exact or normal, got {distribution!r}")
    if distribution == "r-default":
        return larger_group < _R_EXACT_BELOW and not ties
    return distribution == "exact"


def _most_extreme(scores: IntArray, size: int, alternative: Alternative) -> int:
    """Sum of the scores of a group of this size that lies wholly above or below the other."""
    ordered = np.sort(scores)
    lowest, highest = int(ordered[:size].sum()), int(ordered[ordered.size - size :].sum())
    if alternative == "two-sided":
        return max(lowest, highest, key=abs)
    return highest if alternative == "greater" else lowest
