"""Tails of a sum of many scores, each counted with probability one half, by Fourier inversion.

It serves `sign_flips`, whose tables grow faster than the number of scores. Time and memory grow as
n log n here, and the relative error of a tail, however small, stays below 1e-10 up to a million
scores: it is what the shift algorithm gives, and no approximation of it.

Each score is counted with odds exp(-tilt * score) in place of 1 to 1, with the tilt that puts the
mean of the sum at the tail's limit (Esscher 1932; Butler 2007, Saddlepoint Approximations with
Applications, section 2.4). A tail of the tilted sum is of ordinary size, and its worth under even
odds a known factor. It is a finite sum of values of the characteristic function (Good 1961, JRSS B
23:173-185), nearly all of which are certain to be negligible and are left out.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import Polynomial
from numpy.typing import NDArray

from casebook.statistics.values import FloatArray, IntArray

_LOG_NEGLIGIBLE = 40.0
_LEAST_TAIL = 1e-3
MOST_EVALUATED = 100_000_000
_AT_ONCE = 1 << 20
_PARTS = 8
_FINEST_GRID = 1 << 24
_MANY_SIZES = 1000
_SMALL_PHASE, _TERMS = 0.1, 12


@dataclass(frozen=True, slots=True)
class TiltedSum:
    """The distribution of a tilted sum around a limit, ready to give tails there.

    Attributes:
        limit: The mean of the tilted sum, near enough.
        tilt: The tilt.
        log_scale: Logarithm of the factor by which the tail at the limit is worth less under even
            odds.
        width: How far from the limit the sum is with all but a negligible probability.
        least: The least limit that it gives the tail of: a standard deviation below `limit`.
        multiples: Frequencies in multiples of one turn in `period`, ascending from 0, shape (k,).
        values: The characteristic function there, those at frequencies above 0 twice.
    """

    limit: int
    tilt: float
    log_scale: float
    width: int
    least: int
    multiples: IntArray
    values: NDArray[np.complex128]

    @property
    def period(self) -> int:
        """Sums so far apart are not told apart: no two that are likely enough to matter are."""
        return 2 * self.width + 1

    def lower_tail(self, limit: int) -> float:
        """P(sum <= limit) under even odds, for a limit between `least` and one above `limit`."""
        further = limit - self.limit
        return self.tilted_tail(further) * math.exp(self.log_scale + self.tilt * further)

    def tilted_tail(self, further: int) -> float:
        """P(tilted sum <= a limit further up), weighted by exp(tilt * (sum - that limit))."""
        # In two parts, as a whole product may not fit into 64 bits.
        high, low = divmod((self.limit + further) % self.period, 1 << 16)
        upper = (self.multiples * high % self.period) << 16
        turns = (upper + self.multiples * low) % self.period / self.period
        steps = -self.tilt + 2j * math.pi * self.multiples / self.period
        count = self.width + 1 - abs(further)
        # The sum of exp(step * j) over j from 0 to count - 1.
        weights = np.full(steps.shape, complex(count))
        some = steps != 0
        weights[some] = np.expm1(count * steps[some]) / np.expm1(steps[some])
        terms = self.values * np.exp(-2j * math.pi * turns) * weights
        return float(terms.real.sum()) / self.period


def tilted_sum(
    scores: IntArray, counts: IntArray, limit: int, most: int = MOST_EVALUATED
) -> TiltedSum | None:
    """The distribution of the sum of scores, tilted so that its mean is the limit.

    Args:
        scores: Positive whole numbers without a common divisor, ascending, shape (d,).
        counts: How many scores there are of each size, shape (d,).
        limit: Above 0 and below half of the sum of all scores.
        most: How many sines may be computed at most.

    Returns:
        The tilted sum, or None where too many frequencies matter, as with few scores, where the
        scores are too large, or where the tail is too small a part of the tilted sum.
    """
    tilt = tilt_to(scores, counts, limit)
    odds = np.exp(-tilt * scores)
    weights = counts * odds / np.square(1 + odds)
    variance = np.dot(weights, np.square(scores, dtype=np.float64))
    total = int(np.dot(scores, counts))
    width = min(math.ceil(bernstein_width(scores[-1], variance)), total - limit)
    multiples = _frequencies(scores, weights, float(variance), 2 * width + 1, most)
    if multiples is None:
        return None
    values = _characteristic(scores, counts, odds, multiples, 2 * width + 1)
    values[1:] *= 2
    log_scale = float(np.dot(counts, np.log1p(np.expm1(-tilt * scores) / 2))) + tilt * limit
    least = max(0, limit - math.isqrt(int(variance)))
    found = TiltedSum(limit, tilt, log_scale, width, least, multiples, values)
    return found if found.tilted_tail(0) > _LEAST_TAIL else None


def tilt_to(scores: IntArray, counts: IntArray, mean: float) -> float:
    """The tilt at which this is the mean of the sum, near enough (any tilt is valid).

    The mean is a convex function of a tilt of 0 or more, so that Newton's steps from 0 never go
    too far.
    """
    tilt = 0.0
    for _ in range(60):
        odds = np.exp(-tilt * scores)
        chance = scores * odds / (1 + odds)
        excess = float(np.dot(counts, chance)) - mean
        slope = float(np.dot(counts, chance * scores / (1 + odds)))
        tilt += excess / slope
        if excess <= 1e-6 * mean:
            break
    return tilt


def bernstein_width(largest: IntArray, variance: FloatArray) -> FloatArray:
    """How far a sum of independent scores is from its mean with a probability below 2 e**-40.

    By Bernstein's inequality, from the largest score and the variance of the sum.
    """
    slack = _LOG_NEGLIGIBLE * largest / 3
    return slack + np.sqrt(slack**2 + 2 * _LOG_NEGLIGIBLE * variance)


def _frequencies(
    scores: IntArray, weights: FloatArray, variance: float, period: int, most: int
) -> IntArray | None:
    """Multiples of 2 pi / period from 0 to pi at which the characteristic function may matter.

    The logarithm of its size at the frequency f is at most -b(f), where b(f) is the sum of
    weight * (1 - cos(f * score)), since log(1 - x) <= -x. Within f = 2 / (largest score) b(f) is
    at least f**2 variance / 3. Beyond, b at the points of a grid is a Fourier transform of the
    weights, and between them the root of b has a slope of at most root(variance / 2), by the
    inequality of Cauchy and Schwarz. Cells of the grid in which b may be small are divided until
    each holds one frequency.
    """
    largest = int(scores[-1])
    near = 2 / largest
    needed = min(near, math.sqrt(3 * _LOG_NEGLIGIBLE / variance))
    first = np.arange(int(needed * period / (2 * math.pi)) + 1)
    points = 1 << (4 * largest).bit_length()
    if points > min(_FINEST_GRID, most) or first.size * scores.size > most:
        return None
    transform = np.fft.rfft(np.bincount(scores, weights, minlength=points)).real
    slope, half = math.sqrt(variance / 2), math.pi / points
    bound = float(weights.sum()) - transform
    cells = np.flatnonzero(_small(bound, slope * half)) * (2 * half)
    cells = cells[cells + half > near]
    while half * period > math.pi:
        most -= cells.size * _PARTS * scores.size
        if most < 0:
            return None
        half /= _PARTS
        cells = np.add.outer(cells, half * np.arange(1 - _PARTS, _PARTS, 2)).ravel()
        cells = cells[_small(_bound(scores, weights, cells), slope * half)]
    further = np.unique(np.rint(cells * period / (2 * math.pi)).astype(np.int64))
    further = further[(further >= first.size) & (further <= period // 2)]
    if (first.size + further.size) * scores.size > most:
        return None
    return np.concatenate([first, further])


def _small(bound: FloatArray, slack: float) -> NDArray[np.bool_]:
    """Where the root of a bound, which may be less by the slack, is not large enough."""
    return bound <= (math.sqrt(_LOG_NEGLIGIBLE) + slack) ** 2


def _bound(scores: IntArray, weights: FloatArray, frequencies: FloatArray) -> FloatArray:
    parts = np.array_split(frequencies, 1 + frequencies.size * scores.size // _AT_ONCE)
    half_cosines = (np.square(np.sin(np.multiply.outer(f / 2, scores))) for f in parts)
    return np.concatenate([2 * each @ weights for each in half_cosines])


def _characteristic(
    scores: IntArray, counts: IntArray, odds: FloatArray, multiples: IntArray, period: int
) -> NDArray[np.complex128]:
    """The mean of exp(i f sum) of the tilted sum at each frequency f = 2 pi multiple / period."""
    chance = odds / (1 + odds)
    phases = np.asarray(multiples * (2 * math.pi * float(scores[-1]) / period), dtype=np.float64)
    split = int(np.count_nonzero(phases <= _SMALL_PHASE)) if scores.size > _MANY_SIZES else 0
    near, further = np.split(multiples, [split])
    parts = np.array_split(further, 1 + further.size * scores.size // _AT_ONCE)
    values = [_product(scores, counts, chance, part, period) for part in parts]
    if near.size:
        values.insert(0, _series(scores, counts, chance, phases[:split]))
    return np.concatenate(values)


def _series(
    scores: IntArray, counts: IntArray, chance: FloatArray, phases: FloatArray
) -> NDArray[np.complex128]:
    """The same at small phases of the largest score, from the cumulants of the tilted sum.

    Those of whether a score is counted are polynomials in u, its chance less one half: the next is
    the derivative times 1/4 - u**2. Their series in a phase x converges as (x / pi)**k.
    """
    relative, off = scores / scores[-1], chance - 0.5
    cumulant = Polynomial([0.5, 1.0])
    powers, term = counts.astype(np.float64), np.ones(phases.shape, dtype=np.complex128)
    logs = np.zeros(phases.shape, dtype=np.complex128)
    for order in range(1, _TERMS + 1):
        powers = powers * relative
        term = term * (1j * phases / order)
        logs += float(np.dot(powers, cumulant(off))) * term
        cumulant = cumulant.deriv() * Polynomial([0.25, 0.0, -1.0])
    return np.asarray(np.exp(logs))


def _product(
    scores: IntArray, counts: IntArray, chance: FloatArray, multiples: IntArray, period: int
) -> NDArray[np.complex128]:
    turns = np.multiply.outer(multiples, scores) % period
    half_angles = turns * (math.pi / period)
    sines, cosines = np.sin(half_angles), np.cos(half_angles)
    sizes = np.log1p(-4 * chance * (1 - chance) * np.square(sines)) @ counts / 2
    turned = np.arctan2(2 * chance * sines * cosines, 1 - 2 * chance * np.square(sines)) @ counts
    return np.asarray(np.exp(sizes + 1j * turned))
