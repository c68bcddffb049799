"""Marginal homogeneity: whether as many patients are in each category at one visit as at another.

Of two categories it is McNemar's test, which is in `paired`.
"""

from math import comb, prod
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.distributions import upper_chi_square_tail
from casebook.statistics.terms import SMALLEST_P, NotComputable, TestResult
from casebook.statistics.values import FloatArray, IntArray, finite_values

Distribution = Literal["exact", "asymptotic"]

_MOST_PAIRS = 16
_LARGEST_WHOLE = 2**62
_MOST_ENTRIES = 2**22
_SAME = 1 - 1e-10
"""Statistics are fractions whose denominator, a minor of V, is far below 1e10: those that differ by
less differ by rounding."""


def stuart_maxwell(
    baseline: ArrayLike, followup: ArrayLike, *, distribution: Distribution = "exact"
) -> TestResult:
    """Test whether the categories are as frequent at both visits (Stuart 1955, Biometrika 42:412).

    With d the differences of the counts of each category, and V their covariance given how many
    changed between which two categories, the statistic is d' V⁻ d (Maxwell 1970, British Journal of
    Psychiatry 116:651-655). Under the null hypothesis each change was as likely to be the other way
    round.

    Args:
        baseline: A number for the category of each patient, shape (n,).
        followup: The same patients in the same order, shape (n,).
        distribution: "exact" is the conditional distribution over both ways of all changes;
            "asymptotic" is chi-square, with as many degrees of freedom as V has rank: one less than
            there are categories, if changes connect them all.

    Returns:
        A result whose `smallest_p` is that of the same changes, each kind of them in one direction
        only, at their most extreme, and whose `n_informative` counts the patients who changed.

    Raises:
        NotComputable: No patients, a value that is not finite, none who changed, more than 16 pairs
            of categories between which some did, or, exactly, more than 2**22 entries in a table
            of all ways (some 450 changes between 3 categories, 160 between 4 and 80 between 5).
        ValueError: The two have different lengths, or there is no such distribution.
    """
    if distribution not in ("exact", "asymptotic"):
        raise ValueError(f"distribution is exact or asymptotic, got {distribution!r}")
    changes, n = _changes(baseline, followup)
    either_way = changes + changes.T
    covariance = np.diag(either_way.sum(axis=0)) - either_way
    inverse = np.linalg.pinv(covariance.astype(np.float64), hermitian=True)
    degrees = int(np.linalg.matrix_rank(covariance.astype(np.float64), hermitian=True))

    def statistics(differences: IntArray) -> FloatArray:
        return np.asarray(np.einsum("ij,jk,ik->i", differences, inverse, differences))

    found = float(statistics((changes.sum(axis=1) - changes.sum(axis=0))[np.newaxis])[0])
    most = float(statistics(_one_direction(either_way)).max())
    if distribution == "exact":
        differences, chances = _law(either_way)
        possible = statistics(differences)

    def p_value(statistic: float) -> float:
        if distribution == "exact":
            tail = float(chances[possible >= statistic * _SAME].sum())
        else:
            tail = upper_chi_square_tail(statistic, degrees)
        return min(1.0, max(tail, SMALLEST_P))

    return TestResult(
        statistic=found,
        p_value=p_value(found),
        smallest_p=p_value(most),
        n=n,
        n_informative=int(changes.sum()),
        exact=distribution == "exact",
        ties=False,
        zeros=n - int(changes.sum()),
        degrees=degrees if distribution == "asymptotic" else None,
    )


def _changes(baseline: ArrayLike, followup: ArrayLike) -> tuple[IntArray, int]:
    """How many changed from each category (row) to each other (column), and the number of all."""
    before, after = finite_values(baseline), finite_values(followup)
    if before.size != after.size:
        raise ValueError(f"{before.size} baseline values but {after.size} follow-up values")
    categories, codes = np.unique(np.concatenate([before, after]), return_inverse=True)
    k = categories.size
    cells = codes[: before.size] * k + codes[before.size :]
    changes = np.bincount(cells, minlength=k * k).reshape(k, k)
    np.fill_diagonal(changes, 0)
    if not changes.any():
        raise NotComputable(f"no patient changed (n = {before.size})")
    return changes, before.size


def _pairs(either_way: IntArray) -> list[tuple[IntArray, int]]:
    """Each two categories between which some changed, as a difference of one, and how many."""
    unit = np.eye(len(either_way), dtype=np.int64)
    pairs = zip(*np.nonzero(np.triu(either_way)), strict=True)
    return [(unit[i] - unit[j], int(either_way[i, j])) for i, j in pairs]


def _one_direction(either_way: IntArray) -> IntArray:
    """The differences where all changes between two categories have one direction.

    One of them is the most extreme, as the statistic is a convex function of them.
    """
    pairs = _pairs(either_way)
    if len(pairs) > _MOST_PAIRS:
        raise NotComputable(f"there are changes between {len(pairs)} pairs of categories")
    differences = np.zeros((1, len(either_way)), dtype=np.int64)
    for step, count in pairs:
        differences = np.concatenate([differences + count * step, differences - count * step])
    return differences


def _law(either_way: IntArray) -> tuple[IntArray, FloatArray]:
    """The differences of the counts that can be, and the probability of each.

    Of m who changed between two categories, the number of one direction is binomial.
    """
    k, reach = len(either_way), either_way.sum(axis=0)
    spans = (2 * reach[:-1] + 1).tolist()
    if prod(spans) > _LARGEST_WHOLE:
        raise _too_many(either_way)
    places = np.array([prod(spans[:place]) for place in range(k - 1)])
    differences = np.zeros((1, k), dtype=np.int64)
    chances: FloatArray = np.ones(1)
    for step, count in _pairs(either_way):
        if len(differences) * (count + 1) > _MOST_ENTRIES:
            raise _too_many(either_way)
        ways = np.array([comb(count, one_way) / 2**count for one_way in range(count + 1)])
        moves = np.arange(-count, count + 1, 2)[:, np.newaxis] * step
        moved = (differences[:, np.newaxis] + moves).reshape(-1, k)
        keys = (moved + reach)[:, :-1] @ places
        _, first, entry = np.unique(keys, return_index=True, return_inverse=True)
        differences = moved[first]
        shares = np.outer(chances, ways).ravel()
        chances = np.asarray(np.bincount(entry, shares), dtype=np.float64)
    return differences, chances


def _too_many(either_way: IntArray) -> NotComputable:
    changed = int(either_way.sum()) // 2
    return NotComputable(f"the exact distribution has too many values ({changed} changed)")
