"""The null distribution of a sum of scores, against whole-number arithmetic without rounding."""

from fractions import Fraction
from typing import get_args

import numpy as np
import pytest

from casebook.statistics import sign_flips, tilted_sums
from casebook.statistics.sign_flips import lower_tail, sign_flip_p
from casebook.statistics.terms import Alternative, NotComputable


def ways(scores: list[int]) -> list[int]:
    """How many subsets have each sum: digits of one large number, the product of 1 + x**score."""
    width = len(scores) // 8 + 1
    product = 1
    for score in scores:
        product += product << (8 * width * score)
    digits = product.to_bytes(width * (sum(scores) + 1), "little")
    return [
        int.from_bytes(digits[place : place + width], "little")
        for place in range(0, len(digits), width)
    ]


@pytest.mark.parametrize("size", [7, 40, 101, 300])
def test_a_tail_equals_the_exact_fraction_however_small(size: int) -> None:
    scores = np.random.default_rng(size).integers(1, 60, size)
    subsets = ways(scores.tolist())
    for share in (0, 0.01, 0.1, 0.3, 0.45, 0.5, 0.7, 1):
        limit = int(share * scores.sum())
        expected = float(Fraction(sum(subsets[: limit + 1]), 2**size))
        assert lower_tail(scores, limit) == pytest.approx(expected, rel=1e-12)


def test_a_common_divisor_of_the_scores_changes_nothing() -> None:
    scores = np.arange(1, 151)
    assert lower_tail(6 * scores, 6 * 4000 + 5) == lower_tail(scores, 4000)


def test_a_distribution_too_large_for_memory_is_refused() -> None:
    scores = np.random.default_rng(1).integers(1, 10**9, 40)
    with pytest.raises(NotComputable, match=r"too many values \(n = 40\)"):
        lower_tail(scores, int(scores.sum() // 3))


@pytest.mark.parametrize("n", [300, 5000])
def test_both_tails_of_a_sum_are_made_from_one_distribution(
    n: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    for name in ("_table", "tilted_sum"):
        make = getattr(sign_flips, name)
        monkeypatch.setattr(sign_flips, name, lambda *of, make=make: made.append(n) or make(*of))
    scores = np.arange(1, n + 1)
    statistic = int(0.24 * n**2)

    lower, upper, two_sided = (
        sign_flip_p(scores, statistic, alternative) for alternative in get_args(Alternative)[::-1]
    )

    assert two_sided == 2 * lower
    assert lower < 0.5 < upper < 1
    assert made == [n]


@pytest.mark.parametrize(("n", "decimals"), [(60, 3), (120, 3), (180, 2), (300, 4)])
def test_inversion_takes_no_more_sines_than_a_table_would_take_additions(
    monkeypatch: pytest.MonkeyPatch, n: int, decimals: int
) -> None:
    sines = []

    def counted(scores: np.ndarray, weights: np.ndarray, frequencies: np.ndarray) -> np.ndarray:
        sines.append(frequencies.size * scores.size)
        return bound(scores, weights, frequencies)

    bound = tilted_sums._bound
    monkeypatch.setattr(tilted_sums, "_bound", counted)
    changes = np.random.default_rng(n).normal(1.5, 10, n)
    scores = np.abs(np.rint(changes * 10**decimals)).astype(np.int64)
    limit = int(scores.sum() // 2) - 10**decimals

    tail = lower_tail(scores, limit)

    assert 0.1 < tail < 0.5
    assert 10 * sum(sines) <= max(n * limit, 10**9 if limit > 3 * 10**7 else 0)
