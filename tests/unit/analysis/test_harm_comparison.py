"""Harms of cohorts that are compared: counts, differences and tests, of each kind and by term."""

from collections.abc import Callable
from pathlib import Path

import pytest

from arms import ARMS, HARMS
from casebook.analysis.harms import AllHarms, harm_results
from casebook.data.harms import Harm
from casebook.data.patients import Patient
from casebook.data.results import COMPARED, DIFFERENCE, Result, Results
from casebook.data.vocabulary import Among, Method
from casebook.study.load import load_study
from casebook.study.model import Study
from harmed import harmed


@pytest.fixture
def study(make_study: Callable[..., Path]) -> Study:
    return load_study(make_study(HARMS, ARMS))


def compared(results: Results, stat: str, variable: str = "harms", term: str = "") -> Result:
    return results.get("arms", variable, COMPARED, stat, level=term)


def test_patients_with_any_event_are_compared_by_fishers_test(study: Study) -> None:
    """In R, fisher.test(matrix(c(7, 13, 14, 6), 2)) has a p-value of 0.05616092643224245."""
    results = harmed(study, placebo=[7, 20], active=[14, 20])

    p_value = compared(results, "p_value")
    assert p_value.number == pytest.approx(0.05616092643224245)
    assert (p_value.method, p_value.group1) == (Method.FISHER, "comparison")
    assert compared(results, "n").number == 40
    assert compared(results, "smallest_p").number < 0.001


def test_the_difference_is_the_second_cohort_less_the_first_in_percent(study: Study) -> None:
    results = harmed(study, placebo=[7, 20], active=[14, 20])

    low, apart, high = (
        results.get("arms", "harms", DIFFERENCE, stat, method=Method.RISK_DIFFERENCE).number
        for stat in ("conf_low", "estimate", "conf_high")
    )
    assert apart == pytest.approx(35)
    assert 0 < low < 35 < high < 100


def test_each_kind_and_each_term_is_compared(study: Study) -> None:
    """In R, fisher.test(matrix(c(0, 3, 4, 1), 2, byrow = TRUE)) gives 1/7."""
    results = harmed(study, placebo=[0, 3], active=[4, 5])

    assert compared(results, "p_value", term="HCQ").number == pytest.approx(1 / 7)
    assert compared(results, "p_value", "harms_serious").error
    assert compared(results, "p_value", term="old").error


def test_patients_of_whom_it_is_not_known_are_not_compared(study: Study) -> None:
    unknown = [Harm("placebo3", "HCQ", happened="")]

    results = harmed(study, unknown, placebo=[1, 3], active=[1, 5])

    assert compared(results, "n").number == 7
    assert compared(results, "n", term="HCQ").number == 7
    assert compared(results, "n", term="old").number == 8


def test_without_a_comparison_nothing_is_compared(make_study: Callable[..., Path]) -> None:
    alone = load_study(make_study(HARMS))

    rows = harm_results(alone, {"everyone": [Patient("p1", {"age": 1.0})]}, AllHarms(alone, []))

    assert {row.group1 for row in rows} == {"cohort"}


def test_three_cohorts_have_how_much_they_differ(make_study: Callable[..., Path]) -> None:
    """In R, fisher.test(matrix(c(0, 3, 2, 1, 3, 0), 3, byrow = TRUE)) gives 1/7, and
    effectsize::cramers_v(adjust = FALSE) 0.836660026534076.
    """
    three = (ARMS[0], ARMS[1].replace("active]", "active, everyone]"))
    results = harmed(
        load_study(make_study(HARMS, three)), placebo=[0, 3], active=[2, 3], everyone=[3, 3]
    )

    assert compared(results, "p_value").number == pytest.approx(1 / 7)
    among = results.get("arms", "harms", DIFFERENCE, "estimate")
    assert (among.method, among.number) == (Among.CRAMERS_V, pytest.approx(0.836660026534076))


def test_three_cohorts_are_not_compared_where_nothing_is_known_of_one(
    make_study: Callable[..., Path],
) -> None:
    """What differs between the other two is no answer to what was asked."""
    three = (ARMS[0], ARMS[1].replace("active]", "active, everyone]"))
    results = harmed(load_study(make_study(HARMS, three)), placebo=[0, 3], active=[2, 3])

    of = [compared(results, stat) for stat in ("p_value", "exact_p_value", "smallest_p")]
    of.append(results.get("arms", "harms", DIFFERENCE, "estimate"))
    assert {row.error for row in of} == {"a cohort has no known value"}
