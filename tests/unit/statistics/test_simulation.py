"""Simulated studies with ties: tests hold their level and intervals cover. Takes a minute."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from casebook.statistics.estimate import Estimate, hodges_lehmann, median_difference
from casebook.statistics.friedman import friedman, page
from casebook.statistics.marginal import stuart_maxwell
from casebook.statistics.paired import mean_permutation, sign_test
from casebook.statistics.proportion import clopper_pearson, wilson
from casebook.statistics.signed_rank import signed_rank
from casebook.statistics.terms import NotComputable, TestResult

STUDIES = 20_000
FOUR_STANDARD_ERRORS = 4 * (0.05 * 0.95 / STUDIES) ** 0.5
STUDIES_OF_VISITS = 1500
FOUR_LARGER_ERRORS = 4 * (0.05 * 0.95 / STUDIES_OF_VISITS) ** 0.5

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


@pytest.mark.parametrize("size", [3, 4, 5, 7, 10])
@pytest.mark.parametrize("visits", [3, 4])
@pytest.mark.parametrize("test", [friedman, page, partial(page, alternative="less")])
def test_without_a_difference_of_visits_at_most_five_percent_are_significant(
    test: Callable[..., TestResult], visits: int, size: int
) -> None:
    """A patient's values scatter about a level of their own, with ties and a floor at 0."""
    random = np.random.default_rng(size)
    levels = random.normal(3, 3, (STUDIES_OF_VISITS, size, 1))
    values = np.maximum(np.rint(levels + random.normal(0, 2, (*levels.shape[:2], visits))), 0)

    significant = np.mean([p_value(test, study) <= 0.05 for study in values])

    assert significant <= 0.05 + FOUR_LARGER_ERRORS


@pytest.mark.parametrize("size", [3, 5, 7, 10, 20])
def test_without_a_shift_of_categories_at_most_five_percent_are_significant(size: int) -> None:
    random = np.random.default_rng(size)
    before = random.integers(0, 4, (STUDIES_OF_VISITS, size))
    after = np.where(random.random(before.shape) < 0.4, before, random.integers(0, 4, before.shape))

    def test(study: np.ndarray) -> TestResult:
        return stuart_maxwell(*study)

    studies = np.stack([before, after], axis=1)
    significant = np.mean([p_value(test, study) <= 0.05 for study in studies])

    assert significant <= 0.05 + FOUR_LARGER_ERRORS
