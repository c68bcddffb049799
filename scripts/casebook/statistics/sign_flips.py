"""The null distribution of a sum of whole-number scores, each counted with probability one half.

It is what the exact signed-rank test (scores are ranks) and the exact permutation test of the mean
(scores are sizes of the differences) share. It knows neither ranks nor patients.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from casebook.statistics.terms import SMALLEST_P, Alternative, NotComputable
from casebook.statistics.tilted_sums import (
    MOST_EVALUATED,
    TiltedSum,
    bernstein_width,
    tilt_to,
    tilted_sum,
)
from casebook.statistics.values import FloatArray, IntArray

_SHARED_SIZE = 100
_SHARED_TOTAL = 25_000
_LISTED_SIZE = 30
_LARGEST_TABLE = 30_000_000
_QUICK_ADDITIONS = 10_000_000
_RESCALE_EVERY = 500
_CHUNK = 1 << 16


def sign_flip_p(
    scores: IntArray, statistic: int, alternative: Alternative, *, slack: int = 0
) -> float:
    """Probability of a sum at least as extreme as `statistic` when signs are random.

    The distribution is symmetric, so the two-sided p-value is twice the smaller tail, at most 1.

    Args:
        scores: Positive whole numbers, shape (n,).
        statistic: Sum of the scores that were counted.
        alternative: "greater" asks for large sums, "less" for small ones.
        slack: How far apart two sums may be that are as extreme as each other.

    Returns:
        A p-value in (0, 1], not below `SMALLEST_P`.
    """
    opposite = int(scores.sum()) - statistic
    if alternative == "less":
        p_value = lower_tail(scores, statistic + slack)
    elif alternative == "greater":
        p_value = lower_tail(scores, opposite + slack)
    else:
        p_value = min(1.0, 2 * lower_tail(scores, min(statistic, opposite) + slack))
    return max(p_value, SMALLEST_P)


def lower_tail(scores: IntArray, limit: int) -> float:
    """P(sum <= limit), where each score is counted with probability one half.

    Computed by the shift algorithm (Streitberg & Röhmel 1986, Statistical Software Newsletter
    12:10-17), or, of many scores, by Fourier inversion (`tilted_sums`), with a relative error of
    the smaller tail near 1e-13 up to some 10,000 scores, and below 1e-10 up to a million. Scores
    are divided by their common divisor first, which undoes the doubling of mid-ranks where there
    are no ties. Distributions are kept and shared.

    Args:
        scores: Positive whole numbers, shape (n,).
        limit: Upper end of the tail.

    Raises:
        NotComputable: The distribution has too many values to be tabulated, there are too many
            scores to list all signs, and too few, or too large ones, for inversion.
    """
    total = int(scores.sum())
    if limit < 0:
        return 0.0
    if 2 * limit >= total:
        return 1.0 - lower_tail(scores, total - limit - 1)
    if limit == 0:
        return float(0.5**scores.size)
    ordered = np.sort(scores)
    if ordered.size <= _SHARED_SIZE and total <= _SHARED_TOTAL:
        divisor, tails = _shared_tails(ordered.tobytes())
        return float(tails[limit // divisor])
    if ordered.size <= _LISTED_SIZE:
        return _listed_tail(ordered, limit)
    return _law(ordered.tobytes()).lower_tail(limit)


def largest_limit(scores: IntArray, tail: float, above: int) -> tuple[int, float]:
    """The largest limit with P(sum <= limit) at most the tail, and that probability.

    Args:
        scores: More than 100 positive whole numbers without a common divisor, shape (n,).
        tail: Below one half.
        above: A limit that is as large, or larger by less than a standard deviation.

    Raises:
        NotComputable: As in `lower_tail`.
    """
    part = _law(np.sort(scores).tobytes()).around(above)
    limits = range(part.least, above + 1)
    limit = limits[max(bisect_right(limits, tail, key=part.lower_tail) - 1, 0)]
    return limit, part.lower_tail(limit)


@lru_cache(maxsize=256)
def _shared_tails(ordered_scores: bytes) -> tuple[int, FloatArray]:
    """Common divisor of the scores, and P(sum <= k) in its multiples k from 0 to half the total."""
    scores = np.frombuffer(ordered_scores, dtype=np.int64)
    divisor = int(np.gcd.reduce(scores))
    half = int(scores.sum()) // divisor // 2
    mass = np.zeros(half + 1)
    mass[0] = 0.5**scores.size
    top = 0
    for score in (scores // divisor).tolist():
        top = min(top + score, half)
        counted = mass[score : top + 1]
        counted += mass[: counted.size].copy()
    return divisor, np.cumsum(mass)


def _listed_tail(scores: IntArray, limit: int) -> float:
    """P(sum <= limit) of few scores of any size, from the sums of all subsets of either half."""
    first, second = (_subset_sums(half) for half in np.array_split(scores, 2))
    second.sort()
    return float(np.searchsorted(second, limit - first, side="right").sum()) * 0.5**scores.size


def _subset_sums(scores: IntArray) -> IntArray:
    sums = np.zeros(1, dtype=np.int64)
    for score in scores:
        sums = np.concatenate([sums, sums + score])
    return sums


@dataclass(slots=True)
class _Law:
    """The distribution of many scores, of which that part is kept which was asked for last.

    A test asks for a tail, and for the one that is left of it: the part is made once for both.
    """

    scores: IntArray
    divisor: int
    kept: "TiltedSum | _Table | None" = None

    def lower_tail(self, limit: int) -> float:
        """P(sum <= limit) for a limit below half of the total."""
        limit //= self.divisor
        return self.around(limit).lower_tail(limit)

    def around(self, limit: int) -> "TiltedSum | _Table":
        """The part around a limit in multiples of the divisor."""
        if self.kept is None or abs(self.kept.limit - limit) > 1:
            self.kept = self._made(limit)
        return self.kept

    def _made(self, limit: int) -> "TiltedSum | _Table":
        additions = self.scores.size * limit
        if additions > _QUICK_ADDITIONS:
            # A sine takes as long as some ten additions.
            most = (
                MOST_EVALUATED if limit > _LARGEST_TABLE else min(MOST_EVALUATED, additions // 10)
            )
            inverted = tilted_sum(*np.unique(self.scores, return_counts=True), limit, most)
            if inverted is not None:
                return inverted
        if limit > _LARGEST_TABLE:
            raise NotComputable(
                f"the exact distribution has too many values (n = {self.scores.size})"
            )
        return _table(self.scores, limit)


@lru_cache(maxsize=8)
def _law(ordered_scores: bytes) -> _Law:
    scores = np.frombuffer(ordered_scores, dtype=np.int64)
    divisor = int(np.gcd.reduce(scores))
    return _Law(scores // divisor, divisor)


@dataclass(frozen=True, slots=True)
class _Table:
    """Tails at sums from 0 to one above a limit, in multiples of a scale."""

    limit: int
    tails: FloatArray
    scale: float

    @property
    def least(self) -> int:
        """The least limit that it has the tail of."""
        return 0

    def lower_tail(self, limit: int) -> float:
        """P(sum <= limit)."""
        return float(self.tails[limit]) * self.scale


def _table(scores: IntArray, limit: int) -> _Table:
    """The tails of ascending scores up to a limit, without underflow and without needless work.

    Scores are counted with tilted odds, as `tilted_sums` explains. Masses far below the limit,
    which add nothing to the tail, are left at 0.
    """
    tilt = tilt_to(scores, np.ones_like(scores), limit)
    odds = np.exp(-tilt * scores)
    masses = _shift(scores, odds, limit + 1)
    masses *= np.exp(tilt * np.arange(-limit, 2, dtype=np.float64))
    log_scale = math.fsum(np.log1p(odds)) - scores.size * math.log(2) + tilt * limit
    return _Table(limit, np.cumsum(masses), math.exp(log_scale))


def _shift(scores: IntArray, odds: FloatArray, limit: int) -> FloatArray:
    """Probabilities of the sums 0 to limit, when ascending scores are counted with these odds.

    After each score only the sums within reach are carried on.
    """
    mass, buffer = np.zeros(limit + 1), np.empty(_CHUNK)
    mass[0] = 1.0
    lows, highs = _reach(scores, odds, limit)
    low = high = 0
    for i, (score, odd) in enumerate(zip(scores.tolist(), odds.tolist(), strict=True)):
        end = min(high + score, limit)
        _add_shifted(mass, low, end, score, odd, buffer)
        low, high = max(low, lows[i]), min(end, highs[i])
        mass[high + 1 : end + 1] = 0.0
        if (i + 1) % _RESCALE_EVERY == 0:
            mass[low : high + 1] /= np.prod(1 + odds[i + 1 - _RESCALE_EVERY : i + 1])
    mass[:low] = 0.0
    unscaled = scores.size % _RESCALE_EVERY
    return mass / np.prod(1 + odds[scores.size - unscaled :])


def _add_shifted(
    mass: FloatArray, low: int, end: int, score: int, odd: float, buffer: FloatArray
) -> None:
    """Add to the mass at each sum from low + score to end the mass at the sum less the score.

    From the top down, in chunks that stay in the processor's cache: twice as fast as in one go.
    """
    top = end - score + 1
    while top > low:
        bottom = max(low, top - buffer.size)
        part = buffer[: top - bottom]
        np.multiply(mass[bottom:top], odd, out=part)
        mass[bottom + score : top + score] += part
        top = bottom


def _reach(scores: IntArray, odds: FloatArray, limit: int) -> tuple[list[int], list[int]]:
    """Lowest and highest sum worth carrying after each of the ascending scores.

    By Bernstein's inequality the sums outside have a probability below 2 e**-40.
    """
    chance = odds / (1 + odds)
    centre = np.cumsum(scores * chance)
    variance = np.cumsum(np.square(scores, dtype=np.float64) * chance * (1 - chance))
    width = bernstein_width(scores, variance)
    lows = np.clip(np.floor(centre - width), 0, limit).astype(np.int64)
    highs = np.clip(np.ceil(centre + width), 0, limit).astype(np.int64)
    return lows.tolist(), highs.tolist()
