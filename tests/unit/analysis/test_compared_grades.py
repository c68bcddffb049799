"""Grades of cohorts that are compared: their order alone counts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from arms import OF_GRADES
from casebook.data.results import COMPARED, COMPARED_OTHERWISE, DIFFERENCE, Results, read_results
from casebook.data.vocabulary import Method
from followed import STUDY, patient, table

LEVELS = ("none", "mild", "severe")


@pytest.fixture
def compared(results_of: Callable[..., Path]) -> Callable[..., Results]:
    """The results of a study of grades, for what each arm has at the first visit."""

    def run(*edits: tuple[str, str], **arms: list[int]) -> Results:
        patients = [
            patient([], [LEVELS[place]], arm) for arm, places in arms.items() for place in places
        ]
        out = results_of(*edits, text=STUDY, table=table(*patients))
        return Results(read_results(out / "results.csv"))

    return run


def test_grades_are_compared_by_the_exact_rank_sum_test_given_their_ties(
    compared: Callable[..., Results],
) -> None:
    """In R, coin's exact wilcox_test of (2, 2, 2, 2, 1) and (0, 0, 1, 1, 1): 8 of 252."""
    results = compared(OF_GRADES, A=[2, 2, 2, 2, 1], B=[0, 0, 1, 1, 1])

    row = results.get("arms", "dyspnoea", COMPARED, "p_value", visit="baseline")
    assert row.number == pytest.approx(0.031746031746031744)
    assert row.method == Method.RANK_SUM_EXACT
    assert results.get("arms", "dyspnoea", COMPARED, "n", visit="baseline").number == 10


def test_grades_have_neither_a_difference_nor_a_test_of_means(
    compared: Callable[..., Results],
) -> None:
    results = compared(OF_GRADES, A=[2, 2, 1], B=[0, 1, 1])

    of = {"visit": "baseline", "method": Method.RANK_SUM_NORMAL}
    assert results.get("arms", "dyspnoea", COMPARED_OTHERWISE, "p_value", **of).number < 1
    for context, stat in ((DIFFERENCE, "estimate"), (COMPARED_OTHERWISE, "p_value")):
        with pytest.raises(KeyError):
            results.get(
                *("arms", "dyspnoea", context, stat), visit="baseline", method=Method.WELCH_T
            )


def test_a_visit_at_which_nobody_of_a_cohort_has_a_grade_is_not_tested(
    compared: Callable[..., Results],
) -> None:
    results = compared(OF_GRADES, A=[2, 2, 1], B=[0, 1, 1])

    row = results.get("arms", "dyspnoea", COMPARED, "p_value", visit="month6")
    assert row.error == "a cohort has no known value"


def test_grades_of_three_cohorts_are_compared_by_kruskal_and_walliss_test(
    compared: Callable[..., Results],
) -> None:
    """By enumeration in R, 114 of the 1680 divisions have a statistic as large."""
    three = (
        ("levels: { A: A, B: B }", "levels: { A: A, B: B, C: C }"),
        (
            OF_GRADES[0],
            OF_GRADES[1].replace("[a, b]", "[a, b, c]")
            + '  c: { label: Arm C, select: arm == "C" }\n',
        ),
    )
    results = compared(*three, A=[2, 2, 2], B=[1, 1, 0], C=[0, 0, 1])

    row = results.get("arms", "dyspnoea", COMPARED, "p_value", visit="baseline")
    assert row.number == pytest.approx(114 / 1680)
    assert row.method == Method.KRUSKAL_WALLIS_EXACT
