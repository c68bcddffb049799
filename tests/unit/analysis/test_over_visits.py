"""Rows over all visits: who was lost when, the tests, and contrasts adjusted for their number."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.data.results import (
    ALL_VISITS,
    ATTRITION,
    COMPLETE_VISITS,
    HOLM,
    OVER_CONTRASTS,
    PAIRED_TEST,
    Result,
    Results,
    read_results,
)
from casebook.data.vocabulary import OverVisits
from followed import STUDY, cohort, patient, table

FALLING = [
    patient([30, 20, 12, 9]),
    patient([25, 24, 11, 3]),
    patient([40, 31, 30, 20]),
    patient([18, 16, 9, None]),
    patient([22, None, None, None]),
    patient([None, 20, None, 7]),
    patient([None, None, None, None]),
]


@pytest.fixture
def followed(results_of: Callable[..., Path]) -> Callable[..., Results]:
    """The results of a study of four visits with these patients."""

    def run(patients: list[dict[str, str]], *edits: tuple[str, str]) -> Results:
        out = results_of(*edits, text=STUDY, table=table(*patients))
        return Results(read_results(out / "results.csv"))

    return run


def score(results: Results, stat: str, context: str, **of: str) -> Result:
    return results.get("everyone", "score", context, stat, **of)  # type: ignore[arg-type]


def test_patients_are_lost_at_the_first_visit_without_any_later_value(
    followed: Callable[..., Results],
) -> None:
    results = followed(FALLING)

    def seen(visit: str) -> tuple[list[int], tuple[str, ...]]:
        rows = [score(results, s, ATTRITION, visit=visit) for s in ("n", "n_skipped", "n_lost")]
        return [int(row.number) for row in rows], rows[-1].warning

    assert seen("baseline") == ([5, 1, 1], ("P07",))
    assert seen("month1") == ([5, 0, 1], ("P05",))
    assert seen("month3") == ([4, 1, 0], ())
    assert seen("month6") == ([4, 0, 1], ("P04",))


def test_all_who_were_lost_and_who_remain_are_all_patients(
    followed: Callable[..., Results],
) -> None:
    results = followed(cohort(60))

    visits = ("baseline", "month1", "month3", "month6")
    lost = sum(score(results, "n_lost", ATTRITION, visit=visit).number for visit in visits)

    assert lost + score(results, "n", ATTRITION, visit="month6").number == 60


def test_the_tests_are_of_patients_with_every_visit(followed: Callable[..., Results]) -> None:
    """Three who all fall from visit to visit: 24 orders each, of which the first is free."""
    results = followed(FALLING)

    def row(stat: str, method: OverVisits) -> Result:
        return score(results, stat, ALL_VISITS, method=method)

    assert score(results, "n", ALL_VISITS).number == 3
    assert score(results, "median", COMPLETE_VISITS, visit="month3").number == 12
    friedman, page = OverVisits.FRIEDMAN_EXACT, OverVisits.PAGE_EXACT
    assert row("p_value", friedman).number == pytest.approx(24**-2)
    assert row("smallest_p", friedman).number == pytest.approx(24**-2)
    assert row("p_value", page).number == pytest.approx(2 * 24**-3)
    assert row("estimate", OverVisits.KENDALL).number == 1
    assert row("degrees_of_freedom", OverVisits.FRIEDMAN_CHI_SQUARE).number == 3
    # Each L is 5 below its mean, with the variance 4 * 5 / 12 * 5.
    assert row("z", page).number == pytest.approx(-15 / 25**0.5)


def test_a_test_that_could_not_reach_the_level_says_so(followed: Callable[..., Results]) -> None:
    results = followed([patient([9, 8, 8, 8]), patient([7, 7, 7, 6])])

    row = score(results, "p_value", ALL_VISITS, method=OverVisits.FRIEDMAN_EXACT)

    assert row.warning == ("p < 0.05 could not have been reached",)


@pytest.mark.parametrize(
    ("patients", "reason"),
    [
        ([], "no patient has a value at every visit"),
        ([patient([4, 4, None, 4])], "no patient has a value at every visit"),
        ([patient([4, 4, 4, 4])], "no patient's values differ between visits (n = 1)"),
    ],
)
def test_what_cannot_be_tested_has_a_reason(
    followed: Callable[..., Results], patients: list[dict[str, str]], reason: str
) -> None:
    results = followed([*patients, patient([1, 2, None, None])])

    tests = list(OverVisits)[:5]
    reasons = {score(results, "p_value", ALL_VISITS, method=each).error for each in tests[:4]}
    reasons.add(score(results, "estimate", ALL_VISITS, method=OverVisits.KENDALL).error)

    assert reasons == {reason}


def test_changes_are_ranked_as_rounded_values_are(followed: Callable[..., Results]) -> None:
    close = [patient([8.331, 8.332, 8.333, 5]), patient([8.334, 8.331, 8.33, 4])]
    results = followed(close, ("    unit: points", "    unit: points\n    rounding: 3"))

    row = score(results, "n_informative", ALL_VISITS, method=OverVisits.FRIEDMAN_EXACT)
    w = score(results, "estimate", ALL_VISITS, method=OverVisits.KENDALL)

    assert (row.number, w.number) == (2, 1)


def test_the_contrasts_of_an_outcome_are_adjusted_for_their_number(
    followed: Callable[..., Results],
) -> None:
    results = followed(cohort(30))

    p = {c: score(results, "p_value", PAIRED_TEST, contrast=c).number for c in ("change", "early")}
    adjusted = {
        c: score(results, "p_value", OVER_CONTRASTS, contrast=c, method=HOLM).number for c in p
    }

    smaller, larger = sorted(p, key=p.__getitem__)
    assert adjusted[smaller] == pytest.approx(2 * p[smaller])
    assert adjusted[larger] == pytest.approx(max(2 * p[smaller], p[larger]))


def test_a_condition_at_all_visits_is_tested_by_cochran_s_q(
    followed: Callable[..., Results],
) -> None:
    """Of 5 who became well, each at one of 4 visits: all at the last has p = 4 / 4**5."""
    well = [patient([], ["mild", "mild", "mild", "none"])] * 5
    results = followed([*well, patient([], ["mild"] * 4)])

    p = results.get("everyone", "well", ALL_VISITS, "p_value", method=OverVisits.COCHRAN_EXACT)
    n = results.get("everyone", "well", ALL_VISITS, "n")

    assert (n.number, p.number) == (6, pytest.approx(4**-4))


def test_two_visits_and_one_contrast_have_none_of_it(results_of: Callable[..., Path]) -> None:
    rows = read_results(results_of() / "results.csv")

    of_more = {ALL_VISITS, ATTRITION, COMPLETE_VISITS, OVER_CONTRASTS}
    assert not [row for row in rows if row.context in of_more]
