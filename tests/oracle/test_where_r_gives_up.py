"""Where R has no answer or another one, the comparison is with listing and counting instead."""

import csv
import itertools
import math
import statistics
from pathlib import Path

import numpy as np
import pytest

from casebook.statistics.describe import quantile
from casebook.statistics.estimate import hodges_lehmann
from casebook.statistics.signed_rank import signed_rank

with (Path(__file__).parent / "limits.csv").open(encoding="utf-8", newline="") as file:
    R = {row["case"]: row["value"] for row in csv.DictReader(file)}


def alternating(n: int) -> np.ndarray:
    return np.arange(1, n + 1) * np.where(np.arange(1, n + 1) % 2, -1, 1)


def test_r_is_right_up_to_a_thousand_pairs_then_one_and_from_1075_nothing() -> None:
    ours = [signed_rank(alternating(n), distribution="exact").p_value for n in (1000, 1060, 1100)]
    assert ours[0] == pytest.approx(float(R["exact_at_1000"]), rel=1e-9)
    assert R["exact_at_1060"] == "1"
    assert R["exact_at_1100"] == ""
    assert ours == pytest.approx([0.97822158, 0.97884295, 0.97922881], abs=1e-8)


def test_with_ties_coin_and_exact_rank_tests_end_at_a_thousand_pairs_too() -> None:
    changes = np.tile([1, 2, 3, -1, -2], 220)
    assert R["coin_at_1100"] == ""
    assert R["exact_rank_tests_at_1100"] == "0"

    result = signed_rank(changes, distribution="exact", alternative="greater")

    # Of 440, 440 and 220 changes with doubled mid-ranks 441, 1321 and 1981, count who increase.
    at_least = [sum(math.comb(220, k) for k in range(c, 221)) for c in range(222)]
    of_440 = [math.comb(440, k) for k in range(441)]
    ways = 0
    for a, b in itertools.product(range(441), repeat=2):
        lacking = int(2 * result.statistic) - 441 * a - 1321 * b
        least = min(max(-(-lacking // 1981), 0), 221)
        ways += of_440[a] * of_440[b] * at_least[least]
    assert result.p_value == pytest.approx(ways / 2**1100, rel=1e-9)


@pytest.mark.parametrize("size", [1060, 1100])
def test_beyond_r_a_tail_equals_counting_with_whole_numbers(size: int) -> None:
    limit = 4000
    ways = np.zeros(limit + 1, dtype=object)
    ways[0] = 1
    for rank in range(1, size + 1):
        ways[rank:] += ways[: limit + 1 - rank].copy()
    increases = np.array([1000, 999, 998, 997, 6])
    assert increases.sum() == limit
    differences = -np.arange(1, size + 1)
    differences[increases - 1] *= -1

    result = signed_rank(differences, distribution="exact", alternative="less")

    assert result.p_value == pytest.approx(int(ways.sum()) / 2**size, rel=1e-9)
    assert result.p_value < 1e-200


def test_hodges_lehmann_of_tied_differences_is_the_walsh_median_not_that_of_exact_rank_tests() -> (
    None
):
    differences = [-3, -1, -1, 0, 2, 2, 2, 5]
    walsh = [(a + b) / 2 for a, b in itertools.combinations_with_replacement(differences, 2)]
    assert hodges_lehmann(differences).value == statistics.median(walsh) == 0.5
    assert float(R["hodges_lehmann_of_ties"]) == 0.75


def test_r_misses_a_quantile_that_falls_on_a_value_but_for_rounding() -> None:
    assert quantile(range(1, 101), 0.07, kind=1) == 7
    assert float(R["seventh_of_hundred"]) == 8
