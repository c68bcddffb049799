"""Rows that describe: who is counted at a visit, and how quartiles and percent changes are."""

from collections.abc import Callable

import pytest

from casebook.data.results import (
    CHANGE,
    COMPLETE_PAIRS,
    OUTCOME,
    PERCENT_CHANGE,
    QUANTILES,
    Result,
    Results,
)

Analyse = Callable[..., Results]

STATS = ["n", "n_missing", "mean", "sd", "population_sd", "median", "p25", "p75", "min", "max"]
TURNS = ["n_improved", "n_worsened", "n_unchanged"]
NINE_TYPES = [f"quantile type {kind}" for kind in range(1, 10)]


def number(results: Results, visit: str, stat: str, context: str = OUTCOME) -> float:
    return results.get("everyone", "score", context, stat, visit=visit).number


@pytest.mark.parametrize("context", [OUTCOME, COMPLETE_PAIRS])
def test_every_statistic_of_a_visit_is_there(
    rows_of: Callable[..., list[Result]], context: str
) -> None:
    rows = rows_of([(5.0, 3.0), (7.0, None)])

    found = {
        visit: [r.stat_name for r in rows if (r.context, r.group2_level) == (context, visit)]
        for visit in ("baseline", "followup", CHANGE, PERCENT_CHANGE)
    }

    both = {"baseline": STATS, "followup": STATS}
    changes = (
        {CHANGE: [*STATS, *TURNS], PERCENT_CHANGE: [*STATS, "n_undefined"]}
        if context == OUTCOME
        else {}
    )
    assert {visit: stats for visit, stats in found.items() if stats} == both | changes


def test_available_cases_and_complete_pairs_are_kept_apart(analysed: Analyse) -> None:
    results = analysed([(5.0, 3.0), (9.0, 4.0), (40.0, None), (None, 50.0), (None, None)])

    found = {
        (context, visit): [number(results, visit, s, context) for s in ("n", "n_missing", "mean")]
        for context in (OUTCOME, COMPLETE_PAIRS)
        for visit in ("baseline", "followup")
    }

    assert found == {
        (OUTCOME, "baseline"): [3, 2, 18],
        (OUTCOME, "followup"): [3, 2, 19],
        (COMPLETE_PAIRS, "baseline"): [2, 0, 7],
        (COMPLETE_PAIRS, "followup"): [2, 0, 3.5],
    }


@pytest.mark.parametrize(
    ("better", "expected"), [("lower", [1, 2, 1]), ("higher", [2, 1, 1])], ids=["lower", "higher"]
)
def test_patients_with_both_visits_are_counted_by_where_they_turned(
    analysed: Analyse, better: str, expected: list[float]
) -> None:
    pairs = [(5.0, 3.0), (5.0, 9.0), (0.0, 1.0), (7.0, 7.0), (40.0, None)]

    results = analysed(pairs, ("better: lower", f"better: {better}"))

    assert [number(results, CHANGE, stat) for stat in TURNS] == expected


def test_percent_change_is_of_the_baseline_and_undefined_where_that_is_0(
    analysed: Analyse,
) -> None:
    results = analysed([(10.0, 5.0), (8.0, 10.0), (0.0, 3.0), (0.0, 0.0), (4.0, None)])

    found = [number(results, PERCENT_CHANGE, stat) for stat in STATS[:3] + STATS[-2:]]

    undefined = results.get("everyone", "score", OUTCOME, "n_undefined", visit=PERCENT_CHANGE)

    # p5 lacks a visit; p3 and p4 have both, and a baseline of 0.
    assert found == [2, 1, -12.5, -50, 25]
    assert undefined.stat == "2"
    assert [each.partition(": ")[0] for each in undefined.warning] == ["p3", "p4"]
    assert all(each.partition(": ")[2] for each in undefined.warning)
    assert [number(results, CHANGE, stat) for stat in ("n", "n_missing")] == [4, 1]


def test_without_a_baseline_of_0_no_percent_change_is_undefined(analysed: Analyse) -> None:
    results = analysed([(10.0, 5.0), (0.0, None)])

    found = results.get("everyone", "score", OUTCOME, "n_undefined", visit=PERCENT_CHANGE)

    assert (found.stat, found.warning) == ("0", ())


def test_a_percent_change_from_below_0_is_of_the_size_of_the_baseline_and_told(
    analysed: Analyse,
) -> None:
    results = analysed([(-10.0, -5.0), (10.0, 5.0), (-4.0, None)])

    told = results.get("everyone", "score", OUTCOME, "n_of_size", visit=PERCENT_CHANGE)

    assert [number(results, PERCENT_CHANGE, stat) for stat in ("min", "max")] == [-50, 50]
    assert (told.stat, told.warning) == ("1", ("p1",))
    assert told.stat_label == "Patients in percent of the size of a baseline below 0"


def test_percent_change_where_every_baseline_is_0_says_why_there_is_none(
    analysed: Analyse,
) -> None:
    results = analysed([(0.0, 3.0)])

    found = results.get("everyone", "score", OUTCOME, "mean", visit=PERCENT_CHANGE)

    assert (found.stat, found.error) == ("", "needs at least 1 value, has 0")


def test_percent_changes_of_the_bundled_study(bundled_results: Results) -> None:
    found = [
        bundled_results.get("dm", "cdasi", OUTCOME, stat, visit=PERCENT_CHANGE).number
        for stat in ("n", "n_missing", "mean", "median", "min", "max")
    ]

    # In R, b <- c(12,7,27,50,2,8,9,14); a <- c(4,1,5,31,0,1,0,7); p <- 100 * (a - b) / b
    assert found[:2] == [8, 0]
    assert found[2:] == pytest.approx([-76.170304232804227, -83.597883597883595, -100, -38])


@pytest.mark.parametrize(
    ("method", "lower", "upper"),
    [
        # In R, quantile(c(12,7,27,50,2,8,9,14), c(0.25, 0.75), type = k); fivenum for the hinges
        ("quantile type 1", 7, 14),
        ("quantile type 2", 7.5, 20.5),
        ("quantile type 3", 7, 14),
        ("quantile type 4", 7, 14),
        ("quantile type 5", 7.5, 20.5),
        ("quantile type 6", 7.25, 23.75),
        ("quantile type 7", 7.75, 17.25),
        ("quantile type 8", 7.4166666666666661, 21.583333333333318),
        ("quantile type 9", 7.4375, 21.3125),
        ("Tukey's hinges", 7.5, 20.5),
    ],
)
def test_quartiles_are_given_by_every_definition(
    bundled_results: Results, method: str, lower: float, upper: float
) -> None:
    found = [
        bundled_results.get("dm", "cdasi", QUANTILES, stat, visit="baseline", method=method).number
        for stat in ("p25", "p75")
    ]

    assert found == pytest.approx([lower, upper])


@pytest.mark.parametrize("visit", ["baseline", "followup", CHANGE, PERCENT_CHANGE])
def test_every_visit_and_the_changes_have_every_definition(
    rows_of: Callable[..., list[Result]], visit: str
) -> None:
    rows = rows_of([(5.0, 3.0), (7.0, 2.0)])

    found = [
        (row.method, row.stat_name)
        for row in rows
        if (row.context, row.group2_level) == (QUANTILES, visit)
    ]

    methods = [*NINE_TYPES, "Tukey's hinges"]
    assert found == [(method, stat) for method in methods for stat in ("p25", "p75")]


def test_quartiles_of_nobody_say_why_there_are_none(analysed: Analyse) -> None:
    found = analysed([]).get("everyone", "score", QUANTILES, "p25", visit="baseline")

    assert (found.method, found.error) == ("", "needs at least 1 value, has 0")
