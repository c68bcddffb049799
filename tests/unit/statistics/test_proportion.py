"""Counts with their intervals, and who counts as a responder."""

import math
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.proportion import (
    Response,
    Threshold,
    clopper_pearson,
    responses,
    wilson,
)
from casebook.statistics.terms import NotComputable

NAN = math.nan
FOUR_POINTS = Threshold(4, "absolute", better="lower")
FORTY_PERCENT = Threshold(40, "percent", better="lower")

counts = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_responders_of_the_paper_s_classic_cdasi() -> None:
    found = responses([12, 7, 27, 50, 2], [4, 1, 5, 31, 0], FOUR_POINTS)
    assert [r.responder for r in found] == [True, True, True, True, False]
    found = responses([12, 7, 27, 50, 2], [4, 1, 5, 31, 0], FORTY_PERCENT)
    assert [r.responder for r in found] == [True, True, True, False, True]


def test_a_patient_who_cannot_be_classified_has_a_reason() -> None:
    assert responses([0, NAN, 5, 8], [0, 3, NAN, math.inf], FORTY_PERCENT) == [
        Response(None, "percent change is undefined at a baseline of 0"),
        Response(None, "no baseline value"),
        Response(None, "no follow-up value"),
        Response(None, "the follow-up value is infinite"),
    ]
    assert responses([0], [0], FOUR_POINTS) == [Response(False)]


@pytest.mark.parametrize(
    ("baseline", "followup", "threshold"),
    [(0.3, 0.18, FORTY_PERCENT), (1.1, 1.0, Threshold(0.1, "absolute", better="lower"))],
)
def test_an_improvement_of_exactly_the_threshold_reaches_it(
    baseline: float, followup: float, threshold: Threshold
) -> None:
    assert responses([baseline], [followup], threshold) == [Response(True)]


@pytest.mark.parametrize(
    ("followup", "better", "responder"),
    [
        (6, "lower", True),
        (7, "lower", False),
        (20, "lower", False),
        (14, "higher", True),
        (13, "higher", False),
        (0, "higher", False),
    ],
)
def test_four_points_are_four_in_the_direction_that_is_better(
    followup: float, better: Literal["lower", "higher"], responder: bool
) -> None:
    assert responses([10], [followup], Threshold(4, "absolute", better)) == [Response(responder)]


@pytest.mark.parametrize(
    ("count", "n", "score", "exact"),
    [
        # The examples of Newcombe 1998, Statistics in Medicine 17:857-872, table I. The ends are
        # those that R 4.2.2 gives: prop.test(count, n, correct = FALSE) and binom.test(count, n).
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_intervals_are_those_of_a_published_comparison(
    count: int, n: int, score: tuple[float, float], exact: tuple[float, float]
) -> None:
    found = [(each.low, each.high) for each in (wilson(count, n), clopper_pearson(count, n))]

    assert [(round(low, 4), round(high, 4)) for low, high in found] == [score, exact]


def test_all_of_five_responding_leaves_room_for_half() -> None:
    exact = clopper_pearson(5, 5)
    assert (exact.value, exact.high) == (1, 1)
    assert exact.low == pytest.approx(0.025**0.2)


@given(counts, st.sampled_from([0.8, 0.95]))
def test_an_interval_holds_the_share_and_mirrors_with_it(
    case: tuple[int, int], level: float
) -> None:
    count, n = case
    for interval in (wilson, clopper_pearson):
        share, mirrored = interval(count, n, level=level), interval(n - count, n, level=level)
        assert 0 <= share.low <= share.value <= share.high <= 1
        assert share.low == pytest.approx(1 - mirrored.high, abs=1e-12)


@given(counts)
def test_the_exact_interval_has_half_of_the_rest_beyond_either_end(case: tuple[int, int]) -> None:
    count, n = case
    low = clopper_pearson(count, n, level=0.9).low
    at_least = sum(math.comb(n, k) * low**k * (1 - low) ** (n - k) for k in range(count, n + 1))
    assert at_least == pytest.approx(1 if count == 0 else 0.05)


def test_nobody_evaluable_is_not_zero_percent() -> None:
    with pytest.raises(NotComputable, match="no evaluable patients"):
        wilson(0, 0)


def test_mistakes_of_the_caller_are_named() -> None:
    for count in (-1, 4):
        with pytest.raises(ValueError, match=f"between 0 and n = 3, got {count}"):
            clopper_pearson(count, 3)
    for level in (95, 1, 0):
        with pytest.raises(ValueError, match=f"between 0 and 1, got {level}"):
            wilson(1, 2, level=level)


@pytest.mark.parametrize(
    ("baseline", "followup", "size", "unit", "responder"),
    [
        (33.3333333333333, 20.0, 40, "percent", True),
        (41.6666666666667, 25.0, 40, "percent", True),
        (50.0, 41.6666666666667, 8.33333333333333, "absolute", True),
        (0.30000000000000004, 0.2, 0.1, "absolute", True),
        (33.33, 20.0, 40, "percent", False),
        (12.0, 8.0, 4, "absolute", True),
        (12.0, 8.001, 4, "absolute", False),
    ],
)
def test_an_improvement_that_is_the_threshold_but_for_its_last_digit_reaches_it(
    baseline: float,
    followup: float,
    size: float,
    unit: Literal["absolute", "percent"],
    responder: bool,
) -> None:
    (found,) = responses([baseline], [followup], Threshold(size, unit, "lower"))
    assert found.responder is responder
