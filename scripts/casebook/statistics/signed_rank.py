"""Wilcoxon's signed-rank test of paired differences, in each of the variants that carry its name.

Zeros, ties, the null distribution and the continuity correction are conventions that change the
p-value; all are arguments. The test of two independent groups is in `rank_sum`.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics import Alternative, NotComputable, TestResult
from casebook.statistics.sign_flips import sign_flip_p
from casebook.statistics.tails import check_alternative, normal_p
from casebook.statistics.values import (
    FloatArray,
    IntArray,
    doubled_midranks,
    finite_values,
)

Distribution = Literal["r-default", "exact", "normal"]
Zeros = Literal["wilcoxon", "pratt"]

_R_EXACT_BELOW = 50
_LARGEST_TABLE = 1_000_000


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
    check_alternative(alternative)
    _check_convention(distribution, zeros)
    ranked = _rank(finite_values(differences).tobytes(), zeros)
    exact = _is_exact(distribution, ranked.doubled.size, ranked.ties, ranked.zeros)
    spread = 0.0 if exact else _spread(ranked, tie_correction)

    def p_value(statistic: int) -> float:
        if exact:
            return sign_flip_p(ranked.doubled, statistic, alternative)
        distance = statistic / 2 - ranked.total / 4
        return normal_p(distance, spread, 0.5 if continuity else 0.0, alternative)

    return TestResult(
        statistic=ranked.statistic / 2,
        p_value=p_value(ranked.statistic),
        smallest_p=p_value(0 if alternative == "less" else ranked.total),
        n=ranked.n,
        n_informative=ranked.doubled.size,
        exact=exact,
        ties=ranked.ties,
        zeros=ranked.zeros,
    )


def p_values_without_each(
    differences: ArrayLike, *, distribution: Distribution = "r-default"
) -> list[float | None]:
    """Two-sided p-values of `signed_rank` without each pair in turn, zeros left out.

    A pair that is left out lowers the rank of every larger difference by one, and that of every
    equal one by one half, so nothing is ranked anew.

    Args:
        differences: One difference per pair, shape (n,).
        distribution: As in `signed_rank`.

    Returns:
        A p-value per pair, in the order given; None where all other differences are zero.

    Raises:
        NotComputable: No differences, one that is not finite, or all of them zero.
    """
    changes = finite_values(differences)
    ranked = _rank(changes.tobytes(), "wilcoxon")
    nonzero = changes[changes != 0]
    distinct, places = np.unique(nonzero, return_index=True)
    chunks = np.array_split(places, 1 + places.size * nonzero.size // _LARGEST_TABLE)
    p_values = [p for chunk in chunks for p in _p_without(ranked, nonzero, chunk, distribution)]
    without: dict[float, float | None] = dict(zip(distinct.tolist(), p_values, strict=True))
    if ranked.zeros:
        others = np.delete(changes, np.argmin(np.abs(changes)))
        without[0.0] = signed_rank(others, distribution=distribution).p_value
    return [without[change] for change in changes.tolist()]


def _p_without(
    ranked: _Ranked, nonzero: FloatArray, places: IntArray, distribution: Distribution
) -> Iterator[float | None]:
    """p-values without the nonzero difference at each of some places."""
    sizes = np.abs(nonzero)
    left_out = sizes[places, np.newaxis]
    equal = sizes == left_out
    lowered = ranked.doubled - (sizes > left_out) - (sizes >= left_out)
    lowered[np.arange(places.size), places] = 0
    sums = (
        (lowered @ (nonzero > 0)).tolist(),
        np.einsum("ij,ij->i", lowered, lowered).tolist(),
        (np.count_nonzero(equal, axis=1) == 1).tolist(),
    )
    groups = len(set(sizes.tolist()))
    others = nonzero.size - 1
    total = others * (others + 1)
    for row, (statistic, squares, alone) in enumerate(zip(*sums, strict=True)):
        ties = groups - alone < others
        if others == 0:
            yield None
        elif _is_exact(distribution, others, ties, ranked.zeros):
            yield sign_flip_p(np.delete(lowered[row], places[row]), statistic, "two-sided")
        else:
            distance = statistic / 2 - total / 4
            yield normal_p(distance, math.sqrt(squares / 16), 0.5, "two-sided")


def _check_convention(distribution: str, zeros: str) -> None:
    if distribution not in ("r-default", "exact", "normal"):
        raise ValueError(f"distribution is r-default, exact or normal, got {distribution!r}")
    if zeros not in ("wilcoxon", "pratt"):
        raise ValueError(f"zeros is wilcoxon or pratt, got {zeros!r}")
    if distribution == "r-default" and zeros == "pratt":
        raise ValueError("R's rule leaves zeros out; Pratt's zeros need exact or normal")


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


def _is_exact(distribution: Distribution, informative: int, ties: bool, zeros: int) -> bool:
    if distribution == "r-default":
        return informative < _R_EXACT_BELOW and not ties and zeros == 0
    return distribution == "exact"


def _spread(ranked: _Ranked, tie_correction: bool) -> float:
    """Standard deviation of V, whose variance is the sum of the squared ranks divided by 4.

    Without correction the ranks are those of untied differences, after those of ranked zeros.
    """
    if tie_correction:
        return math.sqrt(int(np.dot(ranked.doubled, ranked.doubled)) / 16)
    squares = _sum_of_squares(ranked.zeros_ranked + ranked.doubled.size)
    return math.sqrt((squares - _sum_of_squares(ranked.zeros_ranked)) / 4)


def _sum_of_squares(n: int) -> int:
    return n * (n + 1) * (2 * n + 1) // 6
