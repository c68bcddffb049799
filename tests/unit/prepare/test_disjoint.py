"""Cohorts that are compared may have no patient in common: who is in two of them is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from arms import ARMS, arms_table
from casebook.data.findings import DataError
from casebook.mistakes import mistakes

Make = Callable[..., Path]
OVERLAPPING = ('select: sex == "M"', "select: age >= 65")
TOLD = (
    "allowed: one cohort at most of the comparison 'arms'; the patient is in 'placebo' and"
    " 'active', which are compared as if they had no patient in common; change the 'select' of"
    " these cohorts in study.yaml, or take the comparison away"
)


def test_cohorts_without_a_common_patient_can_be_compared(make_study: Make) -> None:
    assert mistakes(make_study(ARMS, table=arms_table())) == ""


def test_who_is_in_two_compared_cohorts_is_told_before_a_run(make_study: Make) -> None:
    """p5 is a woman of 65."""
    told = mistakes(make_study(ARMS, OVERLAPPING, table=arms_table())).splitlines()

    assert told == ["1 error in study:", f"  study/table.csv, row 6: found 'p5'; {TOLD}"]


def test_a_step_that_is_called_by_itself_tells_it_too(results_of: Make) -> None:
    with pytest.raises(DataError, match="found 'p5'; allowed: one cohort at most"):
        results_of(ARMS, OVERLAPPING, table=arms_table())


def test_that_other_cohorts_share_patients_does_not_matter(make_study: Make) -> None:
    everyone = ("cohorts:\n  placebo", "cohorts:\n  all: { label: All }\n  placebo")

    assert mistakes(make_study(ARMS, everyone, table=arms_table())) == ""


def test_a_cohort_whose_condition_has_a_mistake_is_told_for_that_alone(make_study: Make) -> None:
    wrong = ('select: sex == "M"', "select: agee >= 65")
    told = mistakes(make_study(ARMS, wrong, table=arms_table()))

    assert "'agee' is not known" in told
    assert "comparison" not in told


@pytest.mark.parametrize(
    ("cohorts", "told"),
    [
        ("[placebo]", "comparisons.arms.cohorts: "),
        ("[placebo, placebo]", "comparisons.arms.cohorts.1: 'placebo' is listed twice"),
        (
            "[placebo, sulindac]",
            "comparisons.arms.cohorts.1: 'sulindac' is not a cohort; allowed: placebo, active",
        ),
    ],
)
def test_mistakes_in_a_comparison_are_told_at_their_place(
    make_study: Make, cohorts: str, told: str
) -> None:
    assert told in mistakes(make_study(ARMS, ("[placebo, active]", cohorts), table=arms_table()))


def test_a_comparison_and_a_cohort_have_different_names(make_study: Make) -> None:
    told = mistakes(make_study(ARMS, ("  arms:", "  active:"), table=arms_table()))

    assert "comparisons.active: there is already a cohort 'active'" in told
