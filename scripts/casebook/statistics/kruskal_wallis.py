"""Kruskal and Wallis's rank test of several independent groups, exact where they are small.

Beside it stands how much the groups differ.

Of two groups it is the rank-sum test, for which `rank_sum` has more variants.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise, permutations

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.distributions import upper_chi_square_tail
from casebook.statistics.terms import SMALLEST_P, NotComputable, TestResult
from casebook.statistics.values import FloatArray, IntArray, doubled_midranks, finite_values

_MOST_STATES = 400_000
_MOST_GROUPS = 7
_LARGEST_WHOLE = 2**62


def kruskal_wallis(groups: Sequence[ArrayLike], *, exact: bool) -> TestResult:
    """Test whether groups come from one distribution (Kruskal & Wallis 1952, JASA 47:583-621).

    The statistic H is the sum over the groups of size times squared deviation of the mean mid-rank
    from the mean of all, divided by the variance of the ranks, ties included (their equation 1.3).

    Args:
        groups: Values of each group in one unit, two or more arrays of shape (m,), m >= 1 each.
        exact: Take the conditional distribution of H over all divisions of the observed mid-ranks
            into groups of these sizes, and not the chi-squared distribution with one degree of
            freedom less than there are groups.

    Raises:
        NotComputable: An empty group, a value that is not finite, all values equal, or groups that
            are too large or too many for the exact distribution.
        ValueError: Fewer than two groups.
    """
    if len(groups) < 2:
        raise ValueError(f"expected two groups or more, got {len(groups)}")
    parts = [finite_values(group) for group in groups]
    sizes = tuple(part.size for part in parts)
    doubled, ties = doubled_midranks(np.concatenate(parts))
    ranks = doubled - (doubled.size + 1)
    if not ranks.any():
        raise NotComputable("all values are equal")
    ends = list(accumulate(sizes, initial=0))
    sums = [int(ranks[start:end].sum()) for start, end in pairwise(ends)]
    n, scale = ranks.size, math.lcm(*sizes)
    unit = (n - 1) / (scale * int(np.dot(ranks, ranks)))
    observed = _spread(sums, sizes, scale)
    largest = _largest(np.sort(ranks), sizes, scale)
    degrees = len(sizes) - 1
    if exact:
        # Groups of one size may change places.
        spreads, shares = _distribution(np.sort(ranks).tobytes(), tuple(sorted(sizes)))
        p_value, smallest = (float(shares[spreads >= each].sum()) for each in (observed, largest))
    else:
        p_value, smallest = (
            upper_chi_square_tail(each * unit, degrees) for each in (observed, largest)
        )
    return TestResult(
        statistic=observed * unit,
        p_value=min(1.0, max(p_value, SMALLEST_P)),
        smallest_p=min(1.0, max(smallest, SMALLEST_P)),
        n=n,
        n_informative=n,
        exact=exact,
        ties=ties,
        zeros=0,
        degrees=None if exact else degrees,
    )


def epsilon_squared(groups: Sequence[ArrayLike]) -> float:
    """How much the groups differ: H over its largest possible value, n - 1.

    It is the share of the sum of squares of the mid-ranks that lies between the groups, from 0 to 1
    (Tomczak & Tomczak 2014, Trends Sport Sci 21:19-25, where it is H (n + 1) / (n^2 - 1)). If all
    come from one distribution it is (k - 1) / (n - 1) on average, of k groups with n values.

    Args:
        groups: As in `kruskal_wallis`.

    Raises:
        NotComputable: As in `kruskal_wallis`.
        ValueError: As in `kruskal_wallis`.
    """
    test = kruskal_wallis(groups, exact=False)
    return test.statistic / (test.n - 1)


def _spread(sums: Sequence[int], sizes: Sequence[int], scale: int) -> int:
    """The sum of squared sums divided by their sizes, times the least common multiple of these."""
    return sum(scale // size * total**2 for total, size in zip(sums, sizes, strict=True))


def _largest(ordered: IntArray, sizes: Sequence[int], scale: int) -> int:
    """The largest spread: as it is convex, it is that of groups which do not overlap."""
    if len(sizes) > _MOST_GROUPS:
        raise NotComputable(f"more than {_MOST_GROUPS} groups")
    before = np.concatenate([[0], np.cumsum(ordered)]).tolist()
    spreads = []
    for order in set(permutations(sizes)):
        ends = list(accumulate(order, initial=0))
        sums = [before[end] - before[start] for start, end in pairwise(ends)]
        spreads.append(_spread(sums, order, scale))
    return max(spreads)


@lru_cache(maxsize=16)
def _distribution(ordered_ranks: bytes, sizes: tuple[int, ...]) -> tuple[IntArray, FloatArray]:
    """The spreads of all divisions of the ranks into groups of these sizes, and their shares.

    Ranks are dealt out one by one. Divisions with equal numbers and sums so far in every group but
    the last are one state, written as a whole number with a digit for each number and sum.
    """
    ranks = np.frombuffer(ordered_ranks, dtype=np.int64)
    dealt = sizes[:-1]
    ranks = ranks - ranks[0]
    bases = [*(size + 1 for size in dealt), *(int(ranks[-size:].sum()) + 1 for size in dealt)]
    places = list(accumulate(bases, lambda one, other: one * other, initial=1))
    if places[-1] > _LARGEST_WHOLE:
        raise NotComputable(_too_large(ranks.size))
    states: IntArray = np.zeros(1, dtype=np.int64)
    ways: FloatArray = np.ones(1)
    for i, rank in enumerate(ranks.tolist()):
        counts = np.array([states // places[g] % bases[g] for g in range(len(dealt))])
        last = i - counts.sum(axis=0) < sizes[-1]
        grown, grown_ways = [states[last]], [ways[last]]
        for g, size in enumerate(dealt):
            free = counts[g] < size
            grown.append(states[free] + places[g] + rank * places[g + len(dealt)])
            grown_ways.append(ways[free])
        states, ways = _added_up(np.concatenate(grown), np.concatenate(grown_ways))
        if states.size > _MOST_STATES:
            raise NotComputable(_too_large(ranks.size))
    shares: FloatArray = ways / ways.sum()
    return _spreads(states, places, bases, sizes, int(ranks.sum())), shares


def _added_up(states: IntArray, ways: FloatArray) -> tuple[IntArray, FloatArray]:
    """Each state once, ascending, with all ways that lead to it.

    The states are some ascending runs, which a stable sort merges in a fraction of the time that it
    takes to sort them.
    """
    order = states.argsort(kind="stable")
    ordered = states[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    return ordered[starts], np.add.reduceat(ways[order], starts)


def _spreads(
    states: IntArray, places: list[int], bases: list[int], sizes: tuple[int, ...], total: int
) -> IntArray:
    """The spread of each division by its state; the ranks begin at 0 there, and add up to total."""
    dealt, n, scale = len(sizes) - 1, sum(sizes), math.lcm(*sizes)
    sums = [states // places[g] % bases[g] for g in range(dealt, 2 * dealt)]
    sums.append(total - np.sum(sums, axis=0))
    # A rank's distance from the mean of all is a whole number, as the mean is.
    centred = [each - size * total // n for each, size in zip(sums, sizes, strict=True)]
    spreads = sum(scale // size * c**2 for c, size in zip(centred, sizes, strict=True))
    return np.asarray(spreads, dtype=np.int64)


def _too_large(n: int) -> str:
    return f"groups are too large for the exact distribution (n = {n})"
