"""The bias-corrected and accelerated bootstrap interval, drawn a part at a time.

It gives what `scipy.stats.bootstrap` gives, to the last digit, without the time that it takes to
import `scipy.stats`, and in memory that does not grow with the number of resamples.
"""

import math
from collections.abc import Callable, Iterator

import numpy as np
from scipy.special import ndtr, ndtri

from casebook.statistics.terms import NotComputable
from casebook.statistics.values import FloatArray, IntArray

Estimator = Callable[[FloatArray], FloatArray]
"""The estimates of samples of one size, a row each: shape (k, n) to shape (k,)."""

MOST_VALUES = 5000
"""There is no interval of more: at this size it takes half a second, and n times as long."""
_AT_ONCE = 1 << 20


def bca_interval(
    values: FloatArray, estimator: Estimator, *, seed: int, level: float, resamples: int
) -> tuple[float, float]:
    """Lower and upper end of the interval (Efron & Tibshirani 1993, sections 14.3 and 15.4).

    Args:
        values: A sample, shape (n,), n >= 2.
        estimator: What is estimated.
        seed: Seed of the random resampling.
        level: Between 0 and 1.
        resamples: Number of resamples.

    Raises:
        NotComputable: More than `MOST_VALUES` values, or values so alike that the interval is
            undefined.
    """
    n = values.size
    if n > MOST_VALUES:
        raise NotComputable(f"not done with more than {MOST_VALUES} pairs (n = {n})")
    random = np.random.default_rng(seed)
    drawn = (random.integers(0, n, (rows, n)) for rows in _portions(resamples, n))
    estimates = _estimates(values, estimator, drawn)
    with np.errstate(all="ignore"):
        at = estimator(values[np.newaxis, :])
        below, up_to = np.count_nonzero(estimates < at), np.count_nonzero(estimates <= at)
        bias = ndtri((below + up_to) / (2 * resamples))
        turns = bias + ndtri((1 - level) / 2) * np.array([1, -1])
        skew = _acceleration(values, estimator)
        ends = _quantiles(np.sort(estimates), ndtr(bias + turns / (1 - skew * turns)))
    if np.isnan(ends).any():
        raise NotComputable(f"the differences are too alike for a bootstrap (n = {n})")
    return float(ends[0]), float(ends[1])


def _portions(rows: int, n: int) -> Iterator[int]:
    """Numbers of rows of n values that can be held at once, so many in all."""
    most = max(1, _AT_ONCE // n)
    yield from (min(most, rows - done) for done in range(0, rows, most))


def _estimates(values: FloatArray, estimator: Estimator, chosen: Iterator[IntArray]) -> FloatArray:
    return np.concatenate([estimator(values[places]) for places in chosen])


def _acceleration(values: FloatArray, estimator: Estimator) -> float:
    """One sixth of the skewness of the estimates without each value in turn."""
    n, done = values.size, 0
    without = []
    for rows in _portions(n, n):
        kept = np.ones((rows, n), dtype=np.bool_)
        np.fill_diagonal(kept[:, done:], False)
        places = np.broadcast_to(np.arange(n), kept.shape)[kept].reshape(rows, n - 1)
        without.append(estimator(values[places]))
        done += rows
    estimates = np.concatenate(without)
    influence = (n - 1) * (np.mean(estimates) - estimates)
    third, second = np.sum(influence**3) / n**3, np.sum(influence**2) / n**2
    return float(1 / 6 * third / second ** (3 / 2))


def _quantiles(ordered: FloatArray, probabilities: FloatArray) -> FloatArray:
    """Quantiles of type 7; NaN where a probability is."""
    if np.isnan(probabilities).any():
        return np.full(probabilities.shape, math.nan)
    last = ordered.size - 1
    places = probabilities * ordered.size + (1 - probabilities)
    whole, fraction = places // 1, places % 1
    lower, upper = (np.clip(at, 0, last).astype(np.int64) for at in (whole - 1, whole))
    return np.asarray((1 - fraction) * ordered[lower] + fraction * ordered[upper])
