"""Sums of scores drawn without replacement: every draw listed, or counted with whole numbers."""

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.drawn_sums import drawn_sum_p, drawn_sum_spread
from casebook.statistics.inversion import probability_within
from casebook.statistics.terms import SMALLEST_P, Alternative, NotComputable
from casebook.statistics.values import doubled_midranks

ALTERNATIVES: list[Alternative] = ["two-sided", "greater", "less"]

few_values = st.lists(st.integers(0, 3), min_size=2, max_size=9)


def centred_ranks(values: Sequence[float]) -> np.ndarray:
    return doubled_midranks(np.array(values, dtype=np.float64))[0] - (len(values) + 1)


def tied_scores(count: int, seed: int, step: float = 0.1) -> np.ndarray:
    """Ranks of numbers between 0 and 50 of which some are equal, centred and doubled."""
    values = np.random.default_rng(seed).uniform(0, 50, count)
    return centred_ranks((values / step).round().tolist())


def counted(scores: np.ndarray, size: int) -> dict[int, int]:
    """How many draws have each sum, in whole numbers of any length.

    The counts of all sums stand side by side in the bytes of one number, so that a score, which
    raises every sum, is a shift.
    """
    lowest, width = int(scores.min()), math.comb(scores.size, size).bit_length() // 8 + 1
    ways = [1, *[0] * size]
    for score in (scores - lowest).tolist():
        for drawn in range(size, 0, -1):
            ways[drawn] += ways[drawn - 1] << (8 * width * score)
    counts = ways[size].to_bytes((ways[size].bit_length() + 7) // 8, "little")
    places = range(0, len(counts), width)
    found = (int.from_bytes(counts[place : place + width], "little") for place in places)
    return {place + size * lowest: count for place, count in enumerate(found) if count}


def exact_p(draws: dict[int, int], statistic: int, alternative: Alternative) -> Fraction:
    extreme = {
        "two-sided": lambda s: abs(s) >= abs(statistic),
        "greater": lambda s: s >= statistic,
        "less": lambda s: s <= statistic,
    }[alternative]
    return Fraction(sum(w for s, w in draws.items() if extreme(s)), sum(draws.values()))


@given(few_values, st.data())
def test_p_equals_listing_every_draw_of_heavily_tied_ranks(
    values: list[int], data: st.DataObject
) -> None:
    scores = centred_ranks(values)
    size = data.draw(st.integers(1, len(values) - 1))
    sums = [sum(draw) for draw in itertools.combinations(scores.tolist(), size)]
    for statistic, alternative in itertools.product(set(sums), ALTERNATIVES):
        draws = {s: sums.count(s) for s in set(sums)}
        assert drawn_sum_p(scores, size, statistic, alternative) == pytest.approx(
            float(exact_p(draws, statistic, alternative)), rel=1e-13
        )


@pytest.mark.parametrize(
    ("count", "size", "step"), [(60, 30, 0.1), (61, 20, 2), (100, 50, 0.1), (120, 60, 5)]
)
def test_p_equals_counting_with_whole_numbers_from_the_middle_to_the_end(
    count: int, size: int, step: float
) -> None:
    scores = tied_scores(count, seed=1, step=step)
    draws = counted(scores, size)
    attainable = sorted(draws)
    shares = (0, 0.0003, 0.01, 0.1, 0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.8, 0.99, 1)
    for share, alternative in itertools.product(shares, ALTERNATIVES):
        statistic = attainable[round(share * (len(attainable) - 1))]
        assert drawn_sum_p(scores, size, statistic, alternative) == pytest.approx(
            float(exact_p(draws, statistic, alternative)), rel=1e-10
        )


def test_the_end_of_the_tail_has_a_closed_form_far_below_any_rounding() -> None:
    scores = centred_ranks(list(range(400)))
    lowest = int(np.sort(scores)[:200].sum())
    assert drawn_sum_p(scores, 200, lowest, "less") == float(Fraction(1, math.comb(400, 200)))
    # One step further the draw either has the smallest sum or exchanges the two in the middle.
    assert drawn_sum_p(scores, 200, lowest + 2, "less") == pytest.approx(
        float(Fraction(2, math.comb(400, 200))), rel=1e-13
    )
    assert SMALLEST_P < drawn_sum_p(scores, 200, lowest, "two-sided") < 1e-118


@pytest.mark.parametrize(
    "scores",
    [
        *(tied_scores(100, seed) for seed in range(3)),
        tied_scores(60, seed=3),
        # Without ties every score is odd; with few values all have divisors in common.
        centred_ranks(list(range(100))),
        centred_ranks([0] * 90 + [1] * 10),
        centred_ranks([i % 4 for i in range(100)]),
        centred_ranks([0] * 99 + [1]),
        centred_ranks([*range(94), *[94] * 6]),
    ],
)
def test_the_inverted_probability_is_right_to_its_bound(scores: np.ndarray) -> None:
    size = scores.size // 2 - (3 if scores[0] % 2 else 0)
    draws = counted(scores, size)
    for distance in (1, 40, 300, 800):
        within = sum(w for s, w in draws.items() if abs(s) < distance) / sum(draws.values())
        found = probability_within(np.sort(scores), size, distance)
        assert found == pytest.approx(within, abs=2e-13)


@pytest.mark.parametrize("size", [20, 80])
def test_nothing_is_inverted_where_rounding_may_not_be_negligible(size: int) -> None:
    assert probability_within(np.sort(tied_scores(100, seed=1)), size, 30) is None


@given(st.lists(st.integers(0, 9), min_size=2, max_size=8).filter(lambda v: len(set(v)) > 1))
def test_the_spread_is_that_of_all_draws(values: list[int]) -> None:
    scores = centred_ranks(values)
    sums = [sum(draw) for draw in itertools.combinations(scores.tolist(), 1 + len(values) // 3)]
    assert drawn_sum_spread(scores, 1 + len(values) // 3) == pytest.approx(np.std(sums))


def test_too_many_scores_say_so() -> None:
    with pytest.raises(NotComputable, match=r"too large for the exact distribution \(n = 640\)"):
        drawn_sum_p(centred_ranks(list(range(640))), 320, 0, "two-sided")
