"""Probabilities near the middle of a distribution by Fourier inversion, with a bound of the error.

It serves `drawn_sums`, whose shift algorithm is exact in the tails but slower.
"""

import math

import numpy as np

from casebook.statistics.values import FloatArray, IntArray

_LARGEST_ERROR = 1e-13
_LARGEST_INFLATION = 100.0
_LARGEST_TABLE = 20_000_000


def probability_within(ordered: IntArray, size: int, distance: int) -> float | None:
    """P(|sum| < distance) when `size` of the ascending scores are drawn without replacement.

    The generating function of the number and the sum of scores drawn is a product over the scores.
    Its values at enough points of the unit circles give the probability as a finite sum (Good 1961,
    JRSS B 23:173-185). Terms are left out of which it is certain that together they are below
    1e-13: nearly all, where there are many scores.

    Args:
        ordered: Whole numbers in ascending order whose sum is 0, shape (n,), n up to 1000.
        size: How many are drawn, from 1 to n - 1.
        distance: A positive whole number.

    Returns:
        The probability, or None where so few or so many are drawn that rounding errors would not be
        below 1e-13, or where too many terms are left.
    """
    from scipy.fft import next_fast_len

    n, drawn = ordered.size, max(size, ordered.size - size)
    inflation = 2**n / math.comb(n, size)
    if inflation > _LARGEST_INFLATION:
        return None
    # No other possible sum looks like one within the distance, modulo the period.
    reach = max(int(ordered[n - size :].sum()), -int(ordered[:size].sum()))
    half_period = next_fast_len((reach + distance) // 2 + 1, real=True)
    period = 2 * half_period
    angles = np.arange(half_period + 1, dtype=np.float64) * (math.pi / period)
    weights = np.full(angles.size, inflation / period)
    weights[1:-1] *= 2
    sizes = weights * _largest_products(ordered, period)
    sizes[1:] /= np.sin(angles[1:])
    ascending = np.argsort(sizes)
    kept = np.sort(ascending[np.searchsorted(np.cumsum(sizes[ascending]), _LARGEST_ERROR) :])
    if kept.size * n * (drawn + 1) > _LARGEST_TABLE:
        return None
    terms = _coefficients(ordered, size, angles[kept]) * _window(angles[kept], distance)
    return float(np.dot(weights[kept], terms))


def _largest_products(ordered: IntArray, period: int) -> FloatArray:
    """Bound of |product of cos(b + score * a)| over all b, at each angle a = pi f / period.

    log(cos(x)**2) is log((1 + c) / 2) with c = cos(2 x). That is at most the parabola in c which
    touches it at c = -1/2 and meets it at c = 1, as the third derivative of the difference has one
    sign. Over all scores the sums of c and of its square are bounded by the absolute values of the
    sums of exp(2 i a score) and of its square, which a Fourier transform of the scores' counts
    gives at all angles.
    """
    counts = np.bincount((ordered - ordered[0]) % period, minlength=period)
    sums = np.abs(np.fft.rfft(counts))
    double = 2 * np.arange(sums.size)
    sums_of_squares = sums[np.minimum(double, period - double)]
    curvature = (4 * math.log(4) - 12) / 9
    slope, constant = 2 + curvature, -2 - 2 * curvature
    logs = ordered.size * constant + slope * sums
    logs += curvature / 2 * (ordered.size - sums_of_squares)
    return np.asarray(np.exp(logs / 2))


def _coefficients(ordered: IntArray, size: int, angles: FloatArray) -> FloatArray:
    """Real part of the sum of exp(2 i angle sum) over all draws, divided by 2**n; shape (angles,).

    It is the coefficient of z**size in the product of (1 + z exp(2 i angle score)), from its values
    at points so many that no other possible power of z looks the same.
    """
    count = max(size, ordered.size - size) + 1
    turns = np.arange(count) * (math.pi / count)
    phases = np.multiply.outer(ordered, angles)
    parts = np.stack([np.cos(phases), -np.sin(phases)], axis=-1).reshape(-1, 2)
    cosines = parts @ np.stack([np.cos(turns), np.sin(turns)])
    products = np.multiply.reduce(cosines.reshape(ordered.size, -1), axis=0)
    values = products.reshape(angles.size, count)
    return np.asarray(values @ np.cos(turns * (ordered.size - 2 * size)) / count)


def _window(angles: FloatArray, distance: int) -> FloatArray:
    """Sum of exp(2 i angle s) over the whole numbers s with |s| < distance (Dirichlet's kernel)."""
    window = np.full(angles.size, 2.0 * distance - 1)
    window[1:] = np.sin(angles[1:] * (2 * distance - 1)) / np.sin(angles[1:])
    return window
