"""Rows on grades: how often each is, who went from which to which, and the tests of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.base.yamlfile import ModelFileError
from casebook.data.results import (
    ALL_VISITS,
    GRADE,
    HOLM,
    OVER_CONTRASTS,
    TRANSITIONS,
    Result,
    Results,
    read_results,
    transition,
)
from casebook.data.vocabulary import OfGrades, OverVisits
from casebook.study.load import load_study
from followed import STUDY, patient, table

PATIENTS = [
    *[patient([], ["severe", "mild", "mild", "none"])] * 5,
    patient([], ["mild", "mild", "mild", "mild"]),
    patient([], ["mild", "mild", "severe", "severe"]),
    patient([], ["severe"]),
]


@pytest.fixture
def results(results_of: Callable[..., Path]) -> Results:
    out = results_of(text=STUDY, table=table(*PATIENTS))
    return Results(read_results(out / "results.csv"))


def test_each_grade_is_counted_at_each_visit(results: Results) -> None:
    def at(visit: str, stat: str, level: str = "") -> float:
        return results.get("everyone", "dyspnoea", GRADE, stat, visit=visit, level=level).number

    levels = ("none", "mild", "severe")
    assert [at("baseline", "count", level) for level in levels] == [0, 2, 6]
    assert [at("month6", "count", level) for level in levels] == [5, 1, 1]
    assert (at("month6", "n"), at("month6", "n_missing")) == (7, 1)
    assert at("baseline", "percent", "severe") == 75


def test_who_went_from_which_grade_to_which(results: Results) -> None:
    def change(stat: str, level: str = "") -> float:
        of = ("everyone", "dyspnoea", TRANSITIONS, stat)
        return results.get(*of, level=level, contrast="change").number

    assert change("count", transition("severe", "none")) == 5
    assert change("count", transition("mild", "severe")) == 1
    assert change("count", transition("none", "severe")) == 0
    turned = ("n_pairs", "n_improved", "n_worsened", "n_unchanged")
    assert [change(stat) for stat in turned] == [7, 5, 1, 1]


def test_the_tests_of_grades(results: Results) -> None:
    """5 better and 1 worse: 14 / 64. Both kinds of change turned either way: 4 extreme of 64."""

    def p(method: OfGrades) -> float:
        of = ("everyone", "dyspnoea", TRANSITIONS, "p_value")
        return results.get(*of, contrast="change", method=method).number

    assert p(OfGrades.SIGN) == pytest.approx(14 / 64)
    assert p(OfGrades.STUART_MAXWELL_EXACT) == pytest.approx(4 / 64)
    row = ("everyone", "dyspnoea", ALL_VISITS, "n_informative")
    assert results.get(*row, method=OverVisits.FRIEDMAN_EXACT).number == 6


@pytest.mark.parametrize(
    ("method", "statistic", "expected"),
    [
        (OfGrades.SIGN, "statistic", 1),
        (OfGrades.SIGN, "statistic_turned", 5),
        # Changes join all three grades, so that two of the differences are free.
        (OfGrades.STUART_MAXWELL_CHI_SQUARE, "degrees_of_freedom", 2),
    ],
)
def test_what_else_is_printed_of_the_tests_of_grades(
    results: Results, method: OfGrades, statistic: str, expected: float
) -> None:
    of = ("everyone", "dyspnoea", TRANSITIONS, statistic)

    assert results.get(*of, contrast="change", method=method).number == expected


def test_contrasts_of_grades_and_conditions_are_adjusted_for_their_number(
    results: Results,
) -> None:
    """p is 14 / 64 and, of five better, 2 / 32; five became well, and none in the first month."""

    def adjusted(name: str, contrast: str) -> Result:
        of = ("everyone", name, OVER_CONTRASTS, "p_value")
        return results.get(*of, contrast=contrast, method=HOLM)

    assert adjusted("dyspnoea", "early").number == pytest.approx(2 * 2 / 32)
    assert adjusted("dyspnoea", "change").number == pytest.approx(14 / 64)
    assert adjusted("well", "change").number == pytest.approx(2 / 32)
    assert adjusted("well", "early").error == "no patient changed (n = 7)"


def test_without_pairs_there_is_a_reason(results_of: Callable[..., Path]) -> None:
    out = results_of(text=STUDY, table=table(patient([], ["mild"])))
    rows = [row for row in read_results(out / "results.csv") if row.context == TRANSITIONS]

    errors = {row.error for row in rows if row.stat_name == "p_value"}
    assert "no patient has both visits" in errors
    assert all(row.error or row.stat for row in rows)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("baseline: grade0, m", "baseline: grad, m", "'grad' is not a category variable; allowed"),
        ("baseline: grade0, m", "before: grade0, m", "'before' is not a visit; allowed"),
        ("month1: grade1, month3", "month1: grade0, month3", "already the grade at baseline"),
        (
            "Grade 3, type: category, levels: *grades",
            "Grade 3, type: category, levels: { mild: Mild, none: None, severe: Severe }",
            "the levels of 'grade3' are not those of 'grade0', in their order",
        ),
        ("better: first", "better: low", "allowed: 'first' or 'last'"),
        ("  dyspnoea:\n", "  score_month1:\n", "there is already a value 'score_month1'"),
    ],
)
def test_what_is_no_grade_is_told(
    make_study: Callable[..., Path], old: str, new: str, told: str
) -> None:
    with pytest.raises(ModelFileError) as error:
        load_study(make_study((old, new), text=STUDY, table=table(*PATIENTS)))

    assert told in str(error.value)
