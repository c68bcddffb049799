"""Wilcoxon's signed-rank test of paired differences, in each of the variants that carry its name.

Zeros, ties, the null distribution and the continuity correction are conventions that change the
p-value; all are arguments. The test of two independent groups is in `rank_sum`.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics import Alternative, NotComputable, TestResult
from casebook.statistics.normal import normal_p
from casebook.statistics.sign_flips import IntArray, sign_flip_p
from casebook.statistics.values import FloatArray, finite_values

Distribution = Literal["r-default", "exact", "normal"]
Zeros = Literal["wilcoxon", "pratt"]

_R_EXACT_BELOW = 50


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Nonzero differences as doubled mid-ranks of their size, which are whole numbers."""

    doubled: IntArray
    statistic: int
    n: int
    zeros: int
    zeros_ranked: int
    ties: bool


def signed_rank(
    differences: ArrayLike,
    *,
    distribution: Distribution = "r-default",
    zeros: Zeros = "wilcoxon",
    continuity: bool = True,
    tie_correction: bool = True,
    alternative: Alternative = "two-sided",
) -> TestResult:
    """Test whether paired differences are symmetric about zero (Wilcoxon 1945, Biometrics 1:80-83).

    The statistic V is the sum of the ranks of the positive differences, ranked by size with
    mid-ranks for ties. Under the null hypothesis each rank counts with probability one half.

    Args:
        differences: One difference per pair, shape (n,), in one unit; see
            `values.paired_differences` for ties that are ties on paper.
        distribution: "exact" is the conditional distribution of V given the observed mid-ranks;
            "normal" its normal approximation; "r-default" what `wilcox.test(paired = TRUE)` does in
            R 4.2: exact with fewer than 50 differences, no ties and no zeros, otherwise normal.
        zeros: "wilcoxon" leaves zero differences out before ranking; "pratt" ranks them and then
            leaves them out (Pratt 1959, JASA 54:655-667).
        continuity: Move the statistic half a rank towards its mean in the normal approximation.
        tie_correction: Use the variance of the tied ranks in the normal approximation.
        alternative: "greater" is an increase from baseline to follow-up, "less" a decrease.

    Raises:
        NotComputable: No differences, one that is not finite, or all of them zero.
        ValueError: R's rule is asked for with Pratt's zeros, which R does not have, or an argument
            is not one of the values above.
    """
    _check_convention(distribution, zeros, alternative)
    ranked = _rank(finite_values(differences), zeros)
    exact = distribution == "exact" or (distribution == "r-default" and _r_is_exact(ranked))

    def p_value(statistic: int) -> float:
        if exact:
            return sign_flip_p(ranked.doubled, statistic, alternative)
        return _approximate_p(ranked, statistic, continuity, tie_correction, alternative)

    return TestResult(
        statistic=ranked.statistic / 2,
        p_value=p_value(ranked.statistic),
        smallest_p=p_value(0 if alternative == "less" else int(ranked.doubled.sum())),
        n=ranked.n,
        n_informative=ranked.doubled.size,
        exact=exact,
        ties=ranked.ties,
        zeros=ranked.zeros,
    )


def _check_convention(distribution: str, zeros: str, alternative: str) -> None:
    if distribution not in ("r-default", "exact", "normal"):
        raise ValueError(f"distribution is r-default, exact or normal, got {distribution!r}")
    if zeros not in ("wilcoxon", "pratt"):
        raise ValueError(f"zeros is wilcoxon or pratt, got {zeros!r}")
    if alternative not in ("two-sided", "greater", "less"):
        raise ValueError(f"alternative is two-sided, greater or less, got {alternative!r}")
    if distribution == "r-default" and zeros == "pratt":
        raise ValueError("R's rule leaves zeros out; Pratt's zeros need exact or normal")


def _rank(differences: FloatArray, zeros: Zeros) -> _Ranked:
    nonzero = differences[differences != 0]
    if nonzero.size == 0:
        raise NotComputable(f"all differences are zero (n = {differences.size})")
    absent = differences.size - nonzero.size
    ranked_zeros = absent if zeros == "pratt" else 0
    _, group, sizes = np.unique(np.abs(nonzero), return_inverse=True, return_counts=True)
    doubled_midrank = 2 * np.cumsum(sizes) - sizes + 1 + 2 * ranked_zeros
    doubled = doubled_midrank[group]
    return _Ranked(
        doubled=doubled,
        statistic=int(doubled[nonzero > 0].sum()),
        n=differences.size,
        zeros=absent,
        zeros_ranked=ranked_zeros,
        ties=sizes.size < nonzero.size,
    )


def _r_is_exact(ranked: _Ranked) -> bool:
    return ranked.doubled.size < _R_EXACT_BELOW and not ranked.ties and ranked.zeros == 0


def _approximate_p(
    ranked: _Ranked,
    statistic: int,
    continuity: bool,
    tie_correction: bool,
    alternative: Alternative,
) -> float:
    """Normal approximation: V has mean sum(r)/2 and variance sum(r**2)/4 over the ranks r."""
    distance = (statistic - int(ranked.doubled.sum()) / 2) / 2
    variance = _tied_variance(ranked) if tie_correction else _untied_variance(ranked)
    return normal_p(distance, math.sqrt(variance), 0.5 if continuity else 0.0, alternative)


def _tied_variance(ranked: _Ranked) -> float:
    return float(np.square(ranked.doubled).sum()) / 16


def _untied_variance(ranked: _Ranked) -> float:
    """Variance of V if no two differences were tied: over the ranks after those of the zeros."""
    last, first = ranked.zeros_ranked + ranked.doubled.size, ranked.zeros_ranked
    return (_sum_of_squares(last) - _sum_of_squares(first)) / 4


def _sum_of_squares(n: int) -> int:
    return n * (n + 1) * (2 * n + 1) // 6
