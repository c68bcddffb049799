"""Tails of many scores by Fourier inversion, against whole-number arithmetic without rounding."""

import math
from fractions import Fraction
from itertools import accumulate

import numpy as np
import pytest

from casebook.statistics import tilted_sums
from casebook.statistics.tilted_sums import TiltedSum, tilted_sum

SHARES = (0.05, 0.2, 0.35, 0.45, 0.499)


def inverted(scores: np.ndarray, limit: int) -> float:
    """The tail that inversion gives."""
    found = tilted_sum(*np.unique(scores, return_counts=True), limit)
    assert found is not None
    return found.lower_tail(limit)


def ways_of(scores: list[int]) -> list[int]:
    """How many subsets have at most each sum."""
    ways = [1]
    for score in scores:
        shifted = [0] * score + ways
        ways = [a + b for a, b in zip(ways + [0] * score, shifted, strict=True)]
    return list(accumulate(ways))


def few_sizes(counts: dict[int, int], limit: int) -> Fraction:
    """P(sum <= limit) of scores of two sizes, of which there are so many each."""
    (low, some), (high, others) = counts.items()
    at_most = list(accumulate(math.comb(some, k) for k in range(some + 1)))
    ways = sum(
        math.comb(others, k) * at_most[min(some, (limit - high * k) // low)]
        for k in range(min(others, limit // high) + 1)
    )
    return Fraction(ways, 2 ** (some + others))


@pytest.mark.parametrize("largest", [3, 9, 40])
def test_a_tail_equals_the_exact_fraction_however_small(largest: int) -> None:
    scores = np.random.default_rng(largest).integers(1, largest, 420)
    at_most = ways_of(scores.tolist())
    for share in SHARES:
        limit = int(share * scores.sum())
        expected = float(Fraction(at_most[limit], 2**scores.size))
        assert inverted(scores, limit) == pytest.approx(expected, rel=1e-12)


def test_equal_scores_are_a_binomial_distribution() -> None:
    n = 4000
    scores, ways = np.ones(n, dtype=np.int64), [1]
    for k in range(n // 2):
        ways.append(ways[-1] * (n - k) // (k + 1))
    for distance in (1, 4, 16, 34):
        limit = int(n / 2 - distance * math.sqrt(n) / 2)
        expected = float(Fraction(sum(ways[: limit + 1]), 2**n))
        assert inverted(scores, limit) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("low", "high"), [(1, 2), (499, 1500), (997, 998)])
def test_scores_of_two_sizes_whose_sums_lie_in_clusters_are_told_apart(low: int, high: int) -> None:
    scores = np.repeat([low, high], [700, 600])
    total, spread = int(scores.sum()), math.sqrt(700 * low**2 + 600 * high**2) / 2
    for distance in (0.5, 3, 12, 30):
        limit = int(total / 2 - distance * spread)
        expected = float(few_sizes({low: 700, high: 600}, limit))
        assert inverted(scores, limit) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("n", [2000, 10_000])
@pytest.mark.parametrize("distance", [1, 8, 36])
def test_the_last_of_many_ranks_counts_or_does_not(n: int, distance: float) -> None:
    ranks = np.arange(1, n + 1)
    limit = int(n * (n + 1) / 4 - distance * math.sqrt(n**3 / 12))

    without = [inverted(ranks[:-1], below) for below in (limit, limit - n)]

    assert inverted(ranks, limit) == pytest.approx(sum(without) / 2, rel=1e-11)


def test_a_phase_is_not_lost_where_the_sums_are_too_large_for_64_bits() -> None:
    width, multiple, limit = 4_000_000_003, 3_999_999_937, 10**15 + 7
    period = 2 * width + 1
    value = 1 + 2j
    found = TiltedSum(limit, 0, 0, width, 0, np.array([multiple]), np.array([value]))

    tail = found.tilted_tail(0)

    phase = 2 * math.pi * float(Fraction(multiple * (limit % period) % period, period))
    step = 2j * math.pi * multiple / period
    past = np.expm1((width + 1) * step) / np.expm1(step)
    assert tail == pytest.approx((value * np.exp(-1j * phase) * past).real / period, rel=1e-6)


def test_one_inversion_gives_the_tails_around_its_limit() -> None:
    scores = np.arange(1, 1001)
    found = tilted_sum(scores, np.ones_like(scores), 220_000)
    assert found is not None
    for limit in (found.least, 219_000, 220_001):
        assert found.lower_tail(limit) == pytest.approx(inverted(scores, limit), rel=1e-12)


def test_time_and_memory_do_not_grow_with_the_number_of_sums() -> None:
    few, many = (
        tilted_sum(ranks, np.ones_like(ranks), int(0.24 * ranks.size**2))
        for ranks in (np.arange(1, 1001), np.arange(1, 20_001))
    )
    assert few is not None
    assert many is not None
    assert many.multiples.size <= few.multiples.size < 50


def test_what_would_take_too_many_frequencies_is_refused() -> None:
    few = np.random.default_rng(1).integers(1, 10**7, 40)
    assert tilted_sum(np.sort(few), np.ones_like(few), int(few.sum() // 3)) is None


@pytest.mark.parametrize("tilt", [0, 1e-4, 3e-3])
def test_the_series_of_small_phases_is_the_product_over_the_scores(tilt: float) -> None:
    scores = np.arange(1, 1001)
    counts = np.random.default_rng(1).integers(1, 9, scores.size)
    odds = np.exp(-tilt * scores)
    period = round(2 * math.pi * 1000 / 0.008)
    multiples = np.arange(12)

    by_series = tilted_sums._series(
        scores, counts, odds / (1 + odds), multiples * (2 * math.pi * 1000 / period)
    )

    by_product = tilted_sums._product(scores, counts, odds / (1 + odds), multiples, period)
    assert by_series == pytest.approx(by_product, abs=1e-12)
