"""The null distribution of a sum of scores, against whole-number arithmetic without rounding."""

from fractions import Fraction

import numpy as np
import pytest

from casebook.statistics.sign_flips import lower_tail
from casebook.statistics.terms import NotComputable


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
    with pytest.raises(NotComputable, match=r"too many values \(n = 20000\)"):
        lower_tail(np.arange(1, 20_001), 99_000_000)
