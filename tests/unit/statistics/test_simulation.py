"""Simulated studies with ties: tests hold their level and intervals cover. Takes ten seconds."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from casebook.statistics.estimate import Estimate, hodges_lehmann, median_difference
from casebook.statistics.paired import mean_permutation, sign_test
from casebook.statistics.proportion import clopper_pearson, wilson
from casebook.statistics.signed_rank import signed_rank
from casebook.statistics.terms import NotComputable, TestResult

STUDIES = 20_000
FOUR_STANDARD_ERRORS = 4 * (0.05 * 0.95 / STUDIES) ** 0.5

pytestmark = pytest.mark.slow

tests = [
    partial(signed_rank, distribution="exact"),
    partial(signed_rank, distribution="exact", zeros="pratt"),
    sign_test,
    mean_permutation,
]


def simulated(size: int, centre: float = 0) -> np.ndarray:
    """Changes of whole points, symmetric about the centre, with many ties and some zeros."""
    random = np.random.default_rng(size)
    return np.rint(random.normal(0, 2.5, (STUDIES, size))) + centre


def p_value(test: Callable[..., TestResult], changes: np.ndarray) -> float:
    try:
        return test(changes).p_value
    except NotComputable:
        return 1.0


@pytest.mark.parametrize("size", [5, 8, 20])
@pytest.mark.parametrize("test", tests)
def test_without_an_effect_at_most_five_percent_are_significant(
    test: Callable[..., TestResult], size: int
) -> None:
    significant = np.mean([p_value(test, changes) <= 0.05 for changes in simulated(size)])
    assert significant <= 0.05 + FOUR_STANDARD_ERRORS


@pytest.mark.parametrize("size", [5, 8, 20])
@pytest.mark.parametrize("estimate", [hodges_lehmann, median_difference])
def test_intervals_cover_as_often_as_they_say(estimate: Callable[..., Estimate], size: int) -> None:
    intervals = [estimate(changes) for changes in simulated(size, centre=3)]
    covered = np.mean([interval.low <= 3 <= interval.high for interval in intervals])
    assert covered >= intervals[0].coverage - FOUR_STANDARD_ERRORS


@pytest.mark.parametrize("size", [5, 8, 20])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_intervals_of_proportions_cover(share: float, size: int) -> None:
    counts = np.random.default_rng(size).binomial(size, share, STUDIES)
    exact = [clopper_pearson(int(count), size) for count in counts]
    assert np.mean([i.low <= share <= i.high for i in exact]) >= 0.95 - FOUR_STANDARD_ERRORS
    score = [wilson(int(count), size) for count in counts]
    assert np.mean([i.low <= share <= i.high for i in score]) >= 0.90
