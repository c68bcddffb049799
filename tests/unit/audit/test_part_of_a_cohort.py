"""The audit of readings of the patients for whom a condition holds.

The yardstick is a study in which those patients are a cohort of their own.
"""

import pytest

from arms import ARMS, HARMS, RESPONDERS, arms_table
from casebook.data.findings import DataError
from casebook.data.verdicts import NOT_COMPUTABLE, REPRODUCED, Verdict
from claimlines import Audited, claim
from followed import STUDY, cohort, table

PARTS = (
    "cohorts:\n",
    """comparisons:
  arms: { label: Arms, cohorts: [placebo, active] }
  elder: { label: Elder, cohorts: [elder_placebo, elder_active] }
cohorts:
  placebo: { label: Placebo, select: sex == "F" }
  active: { label: Active, select: sex == "M" }
  elder_placebo: { label: Elder on placebo, select: sex == "F" and age > 61 }
  elder_active: { label: Elder active, select: sex == "M" and age > 61 }
""",
)
MILD = '  mild: { label: Mild, select: arm == "A" and grade0 != "none" }'
OF_A = ("cohorts:\n", f"cohorts:\n{MILD}\n")


def pairs(*readings: tuple[str, str]) -> list[str]:
    """A claim of each reading of a part, and of the reading of the cohort that is this part."""
    return [
        claim(f"{name}{i}", "9999", reading)
        for i, both in enumerate(readings)
        for name, reading in zip(("part", "whole"), both, strict=True)
    ]


def assert_alike(found: dict[str, Verdict], count: int) -> None:
    for i in range(count):
        part, whole = found[f"part{i}"], found[f"whole{i}"]
        assert part.recomputed
        assert (part.recomputed, part.recomputed_by) == (whole.recomputed, whole.recomputed_by)
        assert set(whole.patients) <= set(part.patients)


def test_tests_of_a_part_are_those_of_a_cohort_of_these_patients(audited: Audited) -> None:
    lines = pairs(
        ("p_value(score, age > 61) in active", "p_value(score) in elder_active"),
        ("n_pairs(score, where=age > 61) in active", "n_pairs(score) in elder_active"),
        ('effect(score, "d_z", age > 61) in active', 'effect(score, "d_z") in elder_active'),
        ("p_value(score_change, age > 61) between arms", "p_value(score_change) between elder"),
        (
            "p_value(score_change, ten, age > 61) between arms",
            "p_value(score_change, ten) between elder",
        ),
        (
            "difference(score_change, where=age > 61) between arms",
            "difference(score_change) between elder",
        ),
        ("p_value(harms_serious, age > 61) between arms", "p_value(harms_serious) between elder"),
        ("p_value('HCQ' in harms, age > 61) between arms", "p_value('HCQ' in harms) between elder"),
        (
            "result(cohort=active, variable=score, context=outcome, visit=baseline,"
            " statistic=mean, where=age > 61)",
            "result(cohort=elder_active, variable=score, context=outcome, visit=baseline,"
            " statistic=mean)",
        ),
    )

    found = audited(*lines, table=arms_table(), edits=(HARMS, PARTS, RESPONDERS))

    assert_alike(found, 9)
    part, whole = found["part0"], found["whole0"]
    assert (part.where, part.patients) == ("age > 61", whole.patients)
    assert (part.columns, part.rows) == (("Before", "After", "Age"), whole.rows)
    assert (part.result, bool(whole.result)) == ((), True)


def test_tests_over_all_visits_can_be_of_a_part(audited: Audited) -> None:
    condition = 'grade0 != "none"'
    lines = pairs(
        (f"friedman(score, {condition}) in a", "friedman(score) in mild"),
        (f"friedman(score, statistic, {condition}) in a", "friedman(score, statistic) in mild"),
        (f"page(score, where={condition}) in a", "page(score) in mild"),
        (f"kendalls_w(score, {condition}) in a", "kendalls_w(score) in mild"),
        (f"cochran(well, {condition}) in a", "cochran(well) in mild"),
    )
    decision = claim("C1", "not significant", f"significant(friedman(score, {condition})) in a")

    found = audited(*lines, decision, table=table(*cohort(12)), text=STUDY, edits=(OF_A,))

    assert_alike(found, 5)
    assert found["part0"].columns == ("S0", "S1", "S3", "S6", "Grade 0")
    assert found["C1"].verdict == REPRODUCED


def test_a_test_of_a_part_without_patients_says_why_there_is_none(audited: Audited) -> None:
    line = claim("C1", "0.05", "p_value(score, age > 99) in active")

    (found,) = audited(line, table=arms_table(), edits=(ARMS,)).values()

    assert (found.verdict, found.reason) == (NOT_COMPUTABLE, "no patient has both visits")


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (
            "p_value(score, wher=age > 61) in active",
            "by name where, test, side, against; did you mean",
        ),
        ("p_value(score, age > 61, where=age > 61) in active", "is given a condition twice"),
        ("p_value(score, age) in active", "'age' is not a contrast of score; known: change"),
        ('p_value(score, sex = "F") in active', "compare with ==, not with a single ="),
        ('p_value(score, test="sign test", age > 61) in active', "stands before what is given by"),
        (
            "result(cohort=nobody, variable=score, context=outcome, statistic=n, where=age > 61)",
            "'nobody' is not a cohort or comparison, of which where=... takes a part",
        ),
    ],
)
def test_a_condition_that_is_misspelt_is_told(audited: Audited, reading: str, said: str) -> None:
    with pytest.raises(DataError, match="in the claims") as error:
        audited(claim("C1", "0.05", reading), table=arms_table(), edits=(ARMS,))

    assert said in str(error.value)
