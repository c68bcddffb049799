"""Rows of all patients together: each counted once, whatever cohorts they are in."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import drawing
from casebook.data.results import (
    CHARACTERISTIC,
    DOSE,
    EACH_PATIENT,
    OUTCOME,
    PERCENT_CHANGE,
    TOGETHER,
    TREATMENT,
    Results,
    read_results,
)

NO_FOLLOWUP, NO_BASE = "no value at “Follow-up”", "percent change is undefined at a baseline of 0"


@pytest.fixture
def together(results_of: Callable[..., Path]) -> Callable[..., Results]:
    """The results of these patients together; one cohort is everyone, the other is 10 or more."""

    def run(*patients: dict[str, str], edits: Sequence[tuple[str, str]] = ()) -> Results:
        out = results_of(*edits, text=drawing.STUDY, table=drawing.table(*patients))
        return Results(read_results(out / "together.csv"))

    return run


def number(results: Results, variable: str, context: str, stat: str, level: str = "") -> float:
    return results.get(TOGETHER, variable, context, stat, level=level).number


def test_who_is_in_two_cohorts_counts_once_and_who_is_in_none_does_not_count(
    together: Callable[..., Results],
) -> None:
    extreme = (
        "    label: Everyone\n",
        "    label: Extreme\n    select: score_baseline < 3 or score_baseline > 15\n",
    )

    results = together({"Before": "20"}, {"Before": "2"}, {"Before": "5"}, edits=[extreme])

    assert results.size(TOGETHER).number == 2


def test_therapies_are_counted_by_patient_and_by_therapy(together: Callable[..., Results]) -> None:
    results = together({"Prior": "HCQ*, MTX"}, {"Prior": "MTX"}, {"Prior": "none"}, {"Prior": ""})

    def count(level: str) -> float:
        return number(results, "prior", CHARACTERISTIC, "count", level)

    listed = results.levels(TOGETHER, "prior", EACH_PATIENT, "n_members")
    assert {drug: count(drug) for drug in ("HCQ", "MTX", "AZA")} == {"HCQ": 1, "MTX": 2, "AZA": 0}
    assert number(results, "prior", CHARACTERISTIC, "n_missing") == 1
    assert [(row.variable_level, row.stat, row.error) for row in listed] == [
        ("P01", "2", ""),
        ("P02", "1", ""),
        ("P03", "0", ""),
        ("P04", "", "not known"),
    ]


def test_percent_changes_are_given_of_each_patient_and_counted(
    together: Callable[..., Results],
) -> None:
    results = together(
        {"Before": "10", "After": "4"},
        {"Before": "8", "After": "10"},
        {"Before": "8", "After": "8"},
        {"Before": "0", "After": "3"},
        {"Before": "10", "After": ""},
    )

    def count(stat: str, level: str = "") -> float:
        row = results.get(TOGETHER, "score", OUTCOME, stat, visit=PERCENT_CHANGE, level=level)
        return row.number

    changes = results.levels(TOGETHER, "score", EACH_PATIENT, "percent_change")
    assert [row.stat or row.error for row in changes] == [
        "-60.0", "25.0", "0.0", NO_BASE, NO_FOLLOWUP,
    ]  # fmt: skip
    assert [count(f"n_{turn}") for turn in ("improved", "worsened", "unchanged")] == [1, 1, 1]
    assert [count("n_without", reason) for reason in ("", NO_BASE, NO_FOLLOWUP)] == [2, 1, 1]


def test_a_percent_change_from_below_0_is_told_as_one_of_the_size_of_the_baseline(
    together: Callable[..., Results],
) -> None:
    results = together(
        {"Before": "-10", "After": "-5"},
        {"Before": "0.5", "After": "1"},
        edits=[("range: [0, 1000]", "range: [-100, 1000]")],
    )

    changes = results.levels(TOGETHER, "score", EACH_PATIENT, "percent_change")
    assert [(row.stat, row.warning) for row in changes] == [
        ("50.0", ("in percent of the size of a baseline below 0",)),
        ("100.0", ()),
    ]


def test_treatments_are_counted_by_their_end_and_by_what_happened(
    together: Callable[..., Results],
) -> None:
    results = together(
        {}, {"Now": "MTX", "Dose now": "0"}, {"Now": "", "Months": ""}, {"Dose now": "10"}
    )

    def counted(*stats: str) -> list[float]:
        return [number(results, "months", TREATMENT, stat) for stat in stats]

    stopped, tapered = "dose_before > 0 and dose_now == 0", "0 < dose_now < dose_before"
    assert counted("n_ongoing", "n_discontinued", "n_open", "n_missing") == [2, 1, 1, 1]
    happened = [number(results, "months", TREATMENT, "count", e) for e in (stopped, tapered)]
    assert happened == [1, 2]


def test_doses_are_counted_by_what_became_of_them(together: Callable[..., Results]) -> None:
    results = together(
        {"Dose now": "0"},
        {"Dose now": "20"},
        {"Dose now": "10"},
        {"Dose now": ""},
        {"Dose before": "", "Dose now": ""},
        {"Dose now": "5"},
    )

    kinds = ("reduced", "raised", "unchanged", "one_known", "none_known")
    assert [number(results, "steroid", DOSE, f"n_{kind}") for kind in kinds] == [2, 1, 1, 1, 1]


def test_the_bundled_counts(bundled_results: Results) -> None:
    # Counted by hand in table1.tsv: who has MTX among the prior DMARDs, and among the current ones.
    found = [
        number(bundled_results, name, CHARACTERISTIC, "count", "MTX")
        for name in ("prior_therapies", "current_therapies")
    ]

    assert found == [8, 3]
    assert number(bundled_results, "prednisone", DOSE, "n_reduced") == 7


def test_what_only_floats_tell_apart_has_not_changed(together: Callable[..., Results]) -> None:
    same = {"Dose before": "0.3", "Dose now": "0.30000000000000004"}
    results = together(same | {"Before": "0.3", "After": "0.30000000000000004"})

    assert number(results, "steroid", DOSE, "n_unchanged") == 1
    key = (TOGETHER, "score", OUTCOME)
    assert results.get(*key, "n_unchanged", visit=PERCENT_CHANGE).stat == "1"
