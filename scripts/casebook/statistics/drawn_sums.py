"""The null distribution of a sum of scores drawn without replacement.

It is what the exact rank-sum test needs. It knows neither ranks nor patients.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from casebook.statistics.inversion import probability_within
from casebook.statistics.terms import SMALLEST_P, Alternative, NotComputable
from casebook.statistics.values import FloatArray, IntArray

_LARGEST_TABLE = 8_000_000
_INVERTED_COUNTS = range(90, 1001)
_LEAST_INVERTED = 1e-3


class _Half(NamedTuple):
    """Half of the scores, and how many ways there are to draw some of them with each sum.

    The sum at a place of a row is `middle` times how many are drawn, plus place less `origin`.
    """

    ways: FloatArray
    size: int
    middle: int
    origin: int

    def row(self, drawn: int) -> FloatArray:
        """Ways of each sum of so many: as many as there are to leave the others."""
        return self.ways[drawn] if 2 * drawn <= self.size else self.ways[self.size - drawn, ::-1]


def drawn_sum_p(scores: IntArray, size: int, statistic: int, alternative: Alternative) -> float:
    """Probability of a sum at least as extreme as `statistic` when `size` of the scores are drawn.

    Two-sided, sums at least as far from 0 count. Such a p-value, if it is not small and there are
    many scores, is one less the probability of a sum nearer to 0, by Fourier inversion; every other
    is the share of the ways to draw that are counted, with a relative error near 1e-13.

    Args:
        scores: Whole numbers whose sum is 0, so that the mean of the drawn sum is 0; shape (n,).
        size: How many are drawn, from 1 to n - 1.
        statistic: Sum of those that were drawn.
        alternative: "greater" asks for large sums, "less" for small ones.

    Returns:
        A p-value in (0, 1], not below `SMALLEST_P`.

    Raises:
        NotComputable: There are too many scores (above about 320 in each group).
    """
    _check_table(scores.size, size)
    ordered = np.sort(scores)
    if alternative == "two-sided":
        return _two_sided(ordered, size, abs(statistic))
    if alternative == "greater":
        ordered, statistic = -ordered[::-1], -statistic
    return _as_p(_lower_tail(ordered, size, statistic))


def drawn_sum_spread(scores: IntArray, size: int) -> float:
    """Standard deviation of the sum of `size` scores drawn from some whose sum is 0.

    The variance is size (n - size) / (n (n - 1)) times the sum of squares (Lehmann 1975,
    Nonparametrics, appendix, equation A.17).
    """
    n = scores.size
    return math.sqrt(size * (n - size) / (n * (n - 1)) * int(np.dot(scores, scores)))


def _check_table(count: int, size: int) -> None:
    half = count - count // 2
    rows = min(size, half // 2)
    if (rows + 1) * half**2 // 2 > _LARGEST_TABLE:
        raise NotComputable(f"groups are too large for the exact distribution (n = {count})")


def _two_sided(ordered: IntArray, size: int, distance: int) -> float:
    if distance == 0:
        return 1.0
    if ordered.size in _INVERTED_COUNTS and distance < 3 * drawn_sum_spread(ordered, size):
        within = probability_within(ordered, size, distance)
        if within is not None and 1 - within > _LEAST_INVERTED:
            return 1 - within
    lower = _lower_tail(ordered, size, -distance)
    # Those left over are a draw too, with the opposite sum.
    if 2 * size == ordered.size:
        return _as_p(2 * lower)
    return _as_p(lower + _lower_tail(-ordered[::-1], size, -distance))


def _as_p(probability: float) -> float:
    return min(1.0, max(probability, SMALLEST_P))


def _lower_tail(ordered: IntArray, size: int, limit: int) -> float:
    """P(sum <= limit) when `size` of the ascending scores are drawn."""
    lowest = int(ordered[:size].sum())
    if limit < lowest:
        return 0.0
    ways = _ways_to_lowest(ordered, size) if limit == lowest else _ways_up_to(ordered, size, limit)
    return ways / math.comb(ordered.size, size)


def _ways_to_lowest(ordered: IntArray, size: int) -> int:
    """How many draws have the smallest sum: they differ in which of the largest are drawn."""
    largest = ordered[size - 1]
    return math.comb(int((ordered == largest).sum()), int((ordered[:size] == largest).sum()))


def _ways_up_to(ordered: IntArray, size: int, limit: int) -> float:
    """How many draws have at most this sum.

    The shift algorithm (Streitberg & Röhmel 1986) counts the ways to draw so many with such a sum
    from either half of the scores. A draw takes so many from the lower half and the rest from the
    upper. Two halves take an eighth of the additions of the whole.
    """
    lower, upper = (_half(half.tobytes(), size) for half in np.array_split(ordered, 2))
    ways = 0.0
    for k in range(max(0, size - upper.size), min(size, lower.size) + 1):
        first, second = lower.row(k), np.cumsum(upper.row(size - k))
        middles = k * lower.middle + (size - k) * upper.middle
        place = limit - middles + lower.origin + upper.origin
        # Of the first, those before `free` go with any of the second, those from `end` with none.
        free, end = (min(max(c, 0), first.size) for c in (place - second.size + 1, place + 1))
        some = second[place - end + 1 : place - free + 1]
        ways += float(first[:free].sum() * second[-1] + np.dot(first[free:end], some[::-1]))
    return ways


@lru_cache(maxsize=4)
def _half(ascending_scores: bytes, most: int) -> _Half:
    """How many ways there are to draw k scores, at most half of all, with each sum.

    A row of the table for each k, a column for each sum of the drawn scores' distances from their
    middle one. The nearest to the middle are taken first, which keeps the sums within reach few.
    """
    scores = np.frombuffer(ascending_scores, dtype=np.int64)
    middle = int(scores[scores.size // 2])
    distances = sorted((scores - middle).tolist(), key=abs)
    rows = min(most, scores.size // 2)
    low = high = origin = -sum(d for d in distances if d < 0)
    ways = np.zeros((rows + 1, 1 + sum(map(abs, distances))))
    ways[0, origin] = 1.0
    for i, distance in enumerate(distances):
        drawn = min(i + 1, rows)
        counted = ways[1 : drawn + 1, low + distance : high + distance + 1]
        counted += ways[:drawn, low : high + 1].copy()
        low, high = min(low, low + distance), max(high, high + distance)
    return _Half(ways, scores.size, middle, origin)
