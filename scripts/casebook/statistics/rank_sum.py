"""Wilcoxon's rank-sum (Mann-Whitney) test of two independent groups.

It has the variants that `signed_rank` has for pairs, but for zeros, which mean nothing here, and a
choice of its own: what is as extreme on the other side of an exact distribution that ties have made
lopsided.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.drawn_sums import drawn_sum_p, drawn_sum_spread
from casebook.statistics.programs import RankSumDistribution, rank_sum_choices
from casebook.statistics.tails import check_alternative, normal_p, standardised
from casebook.statistics.terms import Alternative, NotComputable, RankSumConvention, TestResult
from casebook.statistics.values import IntArray, doubled_midranks, finite_values

_SURELY_SMALLER = 0.49
"""A tail that is no larger is the smaller one, whatever was rounded."""


def rank_sum(
    group: ArrayLike,
    reference: ArrayLike,
    *,
    distribution: RankSumDistribution = "exact",
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
            "exact-doubled" is the same with a two-sided p-value of twice the smaller tail, at most
            1; "normal" is the approximation. Without ties the first two are equal.
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
    if distribution not in get_args(RankSumDistribution):
        raise ValueError(f"distribution is exact, exact-doubled or normal, got {distribution!r}")
    values, continuity = np.concatenate([first, second]), continuity and distribution == "normal"
    return _tested(
        values.tobytes(), first.size, distribution, continuity, tie_correction, alternative
    )


@lru_cache(maxsize=8)
def _tested(
    value_bytes: bytes,
    size: int,
    distribution: RankSumDistribution,
    continuity: bool,
    tie_correction: bool,
    alternative: Alternative,
) -> TestResult:
    """The test of an array's bytes, of which the first are the group: conventions share it."""
    centred, ties = _centred_ranks(value_bytes)
    if not centred.any():
        raise NotComputable("all values are equal")
    exact, pairs = distribution != "normal", size * (centred.size - size)
    corrected = centred if tie_correction else np.arange(1 - centred.size, centred.size, 2)
    spread = drawn_sum_spread(corrected, size) / 2
    correction = 0.5 if continuity else 0.0
    null = _Null(centred, size, distribution, alternative, spread, correction)
    statistic = int(centred[:size].sum())
    return TestResult(
        statistic=(statistic + pairs) / 2,
        p_value=null.p_value(statistic),
        smallest_p=min(map(null.p_value, _extremes(centred, size, alternative))),
        n=centred.size,
        n_informative=centred.size,
        exact=exact,
        ties=ties,
        zeros=0,
        turned=(pairs - statistic) / 2,
        z=standardised(statistic / 2, spread, correction),
    )


@dataclass(frozen=True)
class _Null:
    """The sum of a group's scores if all values are of one distribution.

    `spread` and `correction` are those of the normal approximation, in units of W.
    """

    scores: IntArray
    size: int
    distribution: RankSumDistribution
    alternative: Alternative
    spread: float
    correction: float

    def p_value(self, statistic: int) -> float:
        """The p-value of a sum of scores."""
        if self.distribution == "normal":
            return normal_p(statistic / 2, self.spread, self.correction, self.alternative)
        if self.distribution == "exact-doubled" and self.alternative == "two-sided":
            return _doubled(self.scores, self.size, statistic)
        return drawn_sum_p(self.scores, self.size, statistic, self.alternative)


def rank_sum_by(
    convention: RankSumConvention,
    group: ArrayLike,
    reference: ArrayLike,
    *,
    alternative: Alternative = "two-sided",
) -> TestResult:
    """`rank_sum` with the choices of a named convention.

    Args:
        convention: As in `programs.rank_sum_choices`, which says what each is.
        group: As in `rank_sum`.
        reference: As in `rank_sum`.
        alternative: As in `rank_sum`.

    Raises:
        NotComputable: As in `rank_sum`.
        ValueError: There is no such convention or alternative.
    """
    if convention not in get_args(RankSumConvention):
        known = ", ".join(get_args(RankSumConvention))
        raise ValueError(f"convention is one of {known}, got {convention!r}")
    first, second = finite_values(group), finite_values(reference)
    _, ties = _centred_ranks(np.concatenate([first, second]).tobytes())
    chosen = rank_sum_choices(convention, (first.size, second.size), ties=ties)
    return rank_sum(
        first,
        second,
        distribution=chosen.distribution,
        continuity=chosen.continuity,
        alternative=alternative,
    )


@lru_cache(maxsize=8)
def _centred_ranks(value_bytes: bytes) -> tuple[IntArray, bool]:
    """Twice the deviation of each mid-rank from the mean rank, and whether there are ties.

    They are those of an array's bytes: the variants of the test share them.
    """
    doubled, ties = doubled_midranks(np.frombuffer(value_bytes, dtype=np.float64))
    return doubled - (doubled.size + 1), ties


def _doubled(centred: IntArray, size: int, statistic: int) -> float:
    """Twice the smaller tail of the exact distribution, at most 1."""
    # Together both are 1 or more, so that one below a half is the smaller; it is looked for first.
    directions: tuple[Alternative, ...] = ("less", "greater")
    one, other = directions if statistic < 0 else directions[::-1]
    tail = drawn_sum_p(centred, size, statistic, one)
    if tail > _SURELY_SMALLER:
        tail = min(tail, drawn_sum_p(centred, size, statistic, other))
    return min(1.0, 2 * tail)


def _extremes(scores: IntArray, size: int, alternative: Alternative) -> set[int]:
    """Sums of the scores of a group of this size that lies wholly above or below the other."""
    ordered = np.sort(scores)
    lowest, highest = int(ordered[:size].sum()), int(ordered[ordered.size - size :].sum())
    return {"less": {lowest}, "greater": {highest}}.get(alternative, {lowest, highest})
