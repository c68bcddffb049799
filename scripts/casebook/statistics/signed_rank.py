"""Wilcoxon's signed-rank test of paired differences, in each of the variants that carry its name.

Zeros, ties, the null distribution and the continuity correction are choices that change the
p-value. `signed_rank` takes each of them as an argument; `signed_rank_by` takes the name of a
convention, which may choose by the sample, as R does; what they choose is in `programs`. The test
of two independent groups is in `rank_sum`.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.distributions import t_p
from casebook.statistics.programs import (
    SignedRankDistribution,
    Zeros,
    signed_rank_choices,
)
from casebook.statistics.sign_flips import sign_flip_p
from casebook.statistics.tails import check_alternative, normal_p, standardised
from casebook.statistics.terms import (
    SMALLEST_P,
    Alternative,
    Convention,
    NotComputable,
    TestResult,
)
from casebook.statistics.values import (
    FloatArray,
    IntArray,
    doubled_midranks,
    finite_values,
)

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Nonzero differences as doubled mid-ranks of their size, which are whole numbers."""

    doubled: IntArray
    total: int
    statistic: int
    n: int
    zeros: int
    zeros_ranked: int
    ties: bool


def signed_rank(
    differences: ArrayLike,
    *,
    distribution: SignedRankDistribution = "exact",
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
            "normal" its normal approximation; "t" is Student's t with one degree of freedom less
            than there are informative pairs (Iman 1974, Communications in Statistics 3:795-806).
        zeros: "wilcoxon" leaves zero differences out before ranking; "pratt" ranks them and then
            leaves them out (Pratt 1959, JASA 54:655-667).
        continuity: Move the statistic half a rank towards its mean in the normal approximation.
        tie_correction: Use the variance of the tied ranks in an approximation.
        alternative: "greater" is an increase from baseline to follow-up, "less" a decrease.

    Raises:
        NotComputable: No differences, one that is not finite, or all of them zero.
        ValueError: An argument is not one of the values above.
    """
    check_alternative(alternative)
    _check("distribution", distribution, SignedRankDistribution)
    _check("zeros", zeros, Zeros)
    changes, continuity = finite_values(differences), continuity and distribution == "normal"
    return _tested(changes.tobytes(), distribution, zeros, continuity, tie_correction, alternative)


@lru_cache(maxsize=16)
def _tested(
    difference_bytes: bytes,
    distribution: SignedRankDistribution,
    zeros: Zeros,
    continuity: bool,
    tie_correction: bool,
    alternative: Alternative,
) -> TestResult:
    """The test of an array's bytes: conventions that choose the same share it."""
    ranked = _rank(difference_bytes, zeros)
    exact = distribution == "exact"
    spread = _spread(ranked, tie_correction)
    correction = 0.5 if continuity else 0.0

    def p_value(statistic: int) -> float:
        if exact:
            return sign_flip_p(ranked.doubled, statistic, alternative)
        distance = statistic / 2 - ranked.total / 4
        if distribution == "t":
            return _t_p(distance, spread, ranked.doubled.size, alternative)
        return normal_p(distance, spread, correction, alternative)

    return TestResult(
        statistic=ranked.statistic / 2,
        p_value=p_value(ranked.statistic),
        smallest_p=p_value(0 if alternative == "less" else ranked.total),
        n=ranked.n,
        n_informative=ranked.doubled.size,
        exact=exact,
        ties=ranked.ties,
        zeros=ranked.zeros,
        turned=(ranked.total - ranked.statistic) / 2,
        z=standardised(ranked.statistic / 2 - ranked.total / 4, spread, correction),
        degrees=ranked.doubled.size - 1 if distribution == "t" else None,
    )


def signed_rank_by(
    convention: Convention, differences: ArrayLike, *, alternative: Alternative = "two-sided"
) -> TestResult:
    """`signed_rank` with the choices of a named convention.

    Args:
        convention: As in `programs.signed_rank_choices`, which says what each is.
        differences: One difference per pair, shape (n,).
        alternative: As in `signed_rank`.

    Raises:
        NotComputable: As in `signed_rank`.
        ValueError: There is no such convention or alternative.
    """
    _check("convention", convention, Convention)
    changes = finite_values(differences)
    ranked = _rank(changes.tobytes(), "wilcoxon")
    chosen = signed_rank_choices(convention, ranked.n, ranked.zeros, ties=ranked.ties)
    return signed_rank(
        changes,
        distribution=chosen.distribution,
        zeros=chosen.zeros,
        continuity=chosen.continuity,
        alternative=alternative,
    )


def p_values_without_each(convention: Convention, differences: ArrayLike) -> list[float | None]:
    """Two-sided p-values of `signed_rank_by` without each pair in turn.

    A pair that is left out lowers the rank of every larger difference by one, and that of every
    equal one by one half, so nothing is ranked anew.

    Args:
        convention: As in `signed_rank_by`.
        differences: One difference per pair, shape (n,).

    Returns:
        A p-value per pair, in the order given; None where all other differences are zero.

    Raises:
        NotComputable: No differences, one that is not finite, or all of them zero.
    """
    changes = finite_values(differences)
    # What is done with zeros hangs on the number of pairs alone, not on whom is left out.
    zeros = signed_rank_choices(convention, changes.size - 1, 0, ties=False).zeros
    ranked = _rank(changes.tobytes(), zeros)
    distinct = np.unique(changes[changes != 0])
    p_values = _p_without(convention, ranked, changes[changes != 0], distinct)
    without: dict[float, float | None] = dict(zip(distinct.tolist(), p_values, strict=True))
    if ranked.zeros:
        others = np.delete(changes, np.argmin(np.abs(changes)))
        without[0.0] = signed_rank_by(convention, others).p_value
    return [without[change] for change in changes.tolist()]


def _p_without(
    convention: Convention, ranked: _Ranked, nonzero: FloatArray, left_out: FloatArray
) -> Iterator[float | None]:
    """p-values without one of the nonzero differences that have each of some values."""
    sizes, first, counts = np.unique(np.abs(nonzero), return_index=True, return_counts=True)
    ranks = ranked.doubled[first]
    positive = np.bincount(sizes.searchsorted(nonzero[nonzero > 0]), minlength=sizes.size)
    group = sizes.searchsorted(np.abs(left_out))
    # One less in the group, whose others lose half a rank, as all larger ones lose a whole one.
    total = (ranked.total - ranks - (counts - 1) - 2 * _after(counts))[group]
    statistic = (ranked.statistic - positive - 2 * _after(positive))[group]
    statistic -= np.where(left_out > 0, ranks[group] - 1, 0)
    # As floats, since of a million ranks the sum is near the largest whole number.
    squares = np.square([ranks, ranks - 1, ranks - 2], dtype=np.float64) * counts
    kept = np.cumsum(squares[0]) - squares[0] + _after(squares[2])
    spread = np.sqrt((kept + squares[1] * (counts - 1) / counts)[group] / 16)
    ties = sizes.size - (counts == 1) < nonzero.size - 1
    distances = statistic / 2 - total / 4
    rows = zip(group.tolist(), statistic.tolist(), distances.tolist(), spread.tolist(), strict=True)
    for g, sum_of_ranks, distance, standard_error in rows:
        chosen = signed_rank_choices(convention, ranked.n - 1, ranked.zeros, ties=bool(ties[g]))
        if nonzero.size == 1:
            yield None
        elif chosen.distribution == "exact":
            places = np.arange(sizes.size)
            lowered = np.repeat(ranks - (places >= g) - (places > g), counts - (places == g))
            yield sign_flip_p(lowered, sum_of_ranks, "two-sided")
        elif chosen.distribution == "t":
            yield _t_p(distance, standard_error, nonzero.size - 1, "two-sided")
        else:
            correction = 0.5 if chosen.continuity else 0.0
            yield normal_p(distance, standard_error, correction, "two-sided")


def _t_p(distance: float, spread: float, n: int, alternative: Alternative) -> float:
    """p-value of V by Student's t with n - 1 degrees of freedom, of n ranks with a sign."""
    z = distance / spread
    left = n - z * z
    if left <= n * _ROUNDING:
        # All ranks are equal, and all signs: t has no bound.
        other_way = {"greater": z < 0, "less": z > 0}.get(alternative, False)
        return 1.0 if other_way else SMALLEST_P
    return t_p(z * math.sqrt((n - 1) / left), n - 1, alternative)


def _after(values: np.ndarray) -> np.ndarray:
    """The sum of all values that follow each."""
    return np.asarray(values.sum() - np.cumsum(values))


def _check(name: str, value: str, allowed: object) -> None:
    if value not in get_args(allowed):
        raise ValueError(f"{name} is one of {', '.join(get_args(allowed))}, got {value!r}")


@lru_cache(maxsize=8)
def _rank(difference_bytes: bytes, zeros: Zeros) -> _Ranked:
    """Ranks of an array's bytes: the tests of the same pairs under other conventions share them."""
    differences = np.frombuffer(difference_bytes, dtype=np.float64)
    nonzero = differences[differences != 0]
    if nonzero.size == 0:
        raise NotComputable(f"all differences are zero (n = {differences.size})")
    absent = differences.size - nonzero.size
    ranked_zeros = absent if zeros == "pratt" else 0
    doubled, ties = doubled_midranks(np.abs(nonzero))
    doubled += 2 * ranked_zeros
    return _Ranked(
        doubled=doubled,
        total=int(doubled.sum()),
        statistic=int(doubled[nonzero > 0].sum()),
        n=differences.size,
        zeros=absent,
        zeros_ranked=ranked_zeros,
        ties=ties,
    )


def _spread(ranked: _Ranked, tie_correction: bool) -> float:
    """Standard deviation of V, whose variance is the sum of the squared ranks divided by 4.

    Without correction the ranks are those of untied differences, after those of ranked zeros.
    """
    if tie_correction:
        doubled = ranked.doubled.astype(np.float64)
        return math.sqrt(float(np.dot(doubled, doubled)) / 16)
    squares = _sum_of_squares(ranked.zeros_ranked + ranked.doubled.size)
    return math.sqrt((squares - _sum_of_squares(ranked.zeros_ranked)) / 4)


def _sum_of_squares(n: int) -> int:
    return n * (n + 1) * (2 * n + 1) // 6
