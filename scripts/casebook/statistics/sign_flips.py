"""The null distribution of a sum of whole-number scores, each counted with probability one half.

It is what the exact signed-rank test (scores are ranks) and the exact permutation test of the mean
(scores are sizes of the differences) share. It knows neither ranks nor patients.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from casebook.statistics import Alternative
from casebook.statistics.values import FloatArray

IntArray = NDArray[np.int64]

SMALLEST_P = float(np.finfo(np.float64).tiny)

_SHARED_SIZE = 100
_RESCALE_EVERY = 500
_LOG_NEGLIGIBLE = 60.0


def sign_flip_p(scores: IntArray, statistic: int, alternative: Alternative) -> float:
    """Probability of a sum at least as extreme as `statistic` when signs are random.

    The distribution is symmetric, so the two-sided p-value is twice the smaller tail, at most 1.

    Args:
        scores: Positive whole numbers, shape (n,).
        statistic: Sum of the scores that were counted.
        alternative: "greater" asks for large sums, "less" for small ones.

    Returns:
        A p-value in (0, 1], not below `SMALLEST_P`.
    """
    opposite = int(scores.sum()) - statistic
    if alternative == "less":
        p_value = lower_tail(scores, statistic)
    elif alternative == "greater":
        p_value = lower_tail(scores, opposite)
    else:
        p_value = min(1.0, 2 * lower_tail(scores, min(statistic, opposite)))
    return max(p_value, SMALLEST_P)


def lower_tail(scores: IntArray, limit: int) -> float:
    """P(sum <= limit), where each score is counted with probability one half.

    Computed by the shift algorithm (Streitberg & Röhmel 1986, Statistical Software Newsletter
    12:10-17). Terms are only ever added, so the relative error of the smaller tail stays near
    1e-13 at any n. Scores are divided by their common divisor first, which undoes the doubling of
    mid-ranks where there are no ties. Distributions of up to 100 scores are kept and shared.

    Args:
        scores: Positive whole numbers, shape (n,).
        limit: Upper end of the tail.
    """
    total = int(scores.sum())
    if limit < 0:
        return 0.0
    if 2 * limit >= total:
        return 1.0 - lower_tail(scores, total - limit - 1)
    divisor = int(np.gcd.reduce(scores))
    ordered = np.sort(scores // divisor)
    if ordered.size <= _SHARED_SIZE:
        return float(_lower_half(ordered.tobytes())[limit // divisor])
    return _tilted_tail(ordered, limit // divisor)


@lru_cache(maxsize=256)
def _lower_half(ordered_scores: bytes) -> FloatArray:
    """Distribution function of the sum from 0 to half of the total."""
    scores: list[int] = np.frombuffer(ordered_scores, dtype=np.int64).tolist()
    half = sum(scores) // 2
    mass = np.zeros(half + 1)
    mass[0] = 0.5 ** len(scores)
    top = 0
    for score in scores:
        top = min(top + score, half)
        mass[score : top + 1] += mass[: max(top + 1 - score, 0)].copy()
    return np.cumsum(mass)


def _tilted_tail(scores: IntArray, limit: int) -> float:
    """P(sum <= limit) for many scores, without underflow and without computing what is not needed.

    Each score is counted with odds exp(-tilt * score) in place of 1 to 1, with the tilt that puts
    the mean of the sum at the limit. The terms that make up the tail are then of ordinary size;
    what each is worth under even odds is a known factor (Esscher 1932; Butler 2007, Saddlepoint
    Approximations with Applications, section 2.4).
    """
    tilt = _tilt(scores, limit)
    odds = np.exp(-tilt * scores)
    mass = _shift(scores, odds, limit)
    log_worth = tilt * np.arange(-limit, 1, dtype=np.float64)
    inside = float(np.dot(mass, np.exp(log_worth)))
    log_scale = math.fsum(np.log1p(odds)) - scores.size * math.log(2) + tilt * limit
    return math.exp(log_scale + math.log(inside))


def _tilt(scores: IntArray, limit: int) -> float:
    """The tilt at which the mean of the sum is the limit, near enough (any value is valid)."""

    def tilted_mean(tilt: float) -> float:
        odds = np.exp(-tilt * scores)
        return float(np.dot(scores, odds / (1 + odds)))

    low, high = 0.0, 1 / float(scores[-1])
    while tilted_mean(high) > limit:
        low, high = high, 2 * high
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if tilted_mean(middle) > limit else (low, middle)
    return high


def _shift(scores: IntArray, odds: FloatArray, limit: int) -> FloatArray:
    """Probabilities of the sums 0 to limit, when scores are counted with these odds.

    After each score only the sums within reach (Bernstein's inequality, tail mass below e**-60)
    are carried on.
    """
    mass, moved = np.zeros(limit + 1), np.empty(limit + 1)
    mass[0] = 1.0
    lows, highs = _reach(scores, odds, limit)
    low = high = 0
    for i, (score, odd) in enumerate(zip(scores.tolist(), odds.tolist(), strict=True)):
        end = min(high + score, limit)
        if end >= low + score:
            part = moved[: end - low - score + 1]
            np.multiply(mass[low : end - score + 1], odd, out=part)
            mass[low + score : end + 1] += part
        low, high = max(low, lows[i]), min(end, highs[i])
        mass[high + 1 : end + 1] = 0.0
        if i % _RESCALE_EVERY == _RESCALE_EVERY - 1 or i == scores.size - 1:
            start = i - i % _RESCALE_EVERY
            mass[low : high + 1] /= np.prod(1 + odds[start : i + 1])
    mass[:low] = 0.0
    return mass


def _reach(scores: IntArray, odds: FloatArray, limit: int) -> tuple[list[int], list[int]]:
    """Lowest and highest sum worth carrying after each of the ascending scores."""
    chance = odds / (1 + odds)
    centre = np.cumsum(scores * chance)
    variance = np.cumsum(scores**2 * chance * (1 - chance))
    slack = _LOG_NEGLIGIBLE * scores / 3
    width = slack + np.sqrt(slack**2 + 2 * _LOG_NEGLIGIBLE * variance)
    lows = np.clip(np.floor(centre - width), 0, limit).astype(np.int64)
    highs = np.clip(np.ceil(centre + width), 0, limit).astype(np.int64)
    return lows.tolist(), highs.tolist()
