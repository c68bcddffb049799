"""The values of an outcome at both visits."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.analysis.pairs import Pairs, outcome_pairs
from casebook.data.patients import Patient
from casebook.statistics.terms import NotComputable
from casebook.study.load import load_study


def test_the_pairs_of_an_outcome_are_in_the_order_of_the_patients(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study())
    values = {"b": (5.0, None), "a": (7.0, 3.0)}
    patients = [
        Patient(each, dict.fromkeys(study.kinds) | {"score_baseline": b, "score_followup": f})
        for each, (b, f) in values.items()
    ]

    found = outcome_pairs(study, patients, "score", study.every_contrast[0])

    visits = ("Baseline", "Follow-up")
    assert found == Pairs(["b", "a"], [5.0, 7.0], [None, 3.0], visits=visits)
    assert found.lacking == {"b": "no value at “Follow-up”"}
    assert found.complete == [("a", 7.0, 3.0)]


def test_changes_are_taken_at_the_decimals_of_the_table() -> None:
    pairs = Pairs(["a", "b", "c"], [0.1, 1.0, 2.2], [0.3, 1.2, 2.4])

    assert pairs.changes == [0.2, 0.2, 0.2]


def test_a_percent_change_is_exact_and_undefined_at_a_baseline_of_0() -> None:
    pairs = Pairs(["a", "b", "c", "d"], [0.3, 0.0, -4.0, 5.0], [0.1, 2.0, -2.0, None])

    found = pairs.percent_changes

    assert list(found) == ["a", "b", "c"]
    assert (found["a"], found["c"]) == (pytest.approx(-200 / 3), 50)
    assert isinstance(found["b"], NotComputable)


def test_only_a_baseline_less_than_0_with_a_followup_is_below_zero() -> None:
    pairs = Pairs(["a", "b", "c", "d"], [-0.5, 0.0, 0.5, -1.0], [1.0, 1.0, 1.0, None])

    assert pairs.below_zero == ["a"]


def test_nobody_has_no_pairs() -> None:
    pairs = Pairs([], [], [])

    assert (pairs.complete, pairs.changes, pairs.percent_changes) == ([], [], {})


def test_what_is_ranked_is_rounded_and_the_changes_are_not() -> None:
    pairs = Pairs(["a", "b", "c"], [66.67, 33.33, 8.34], [33.33, 66.66, 8.33], rounding=3)

    assert pairs.changes == [-33.34, 33.33, -0.01]
    assert pairs.ranked_changes == [-33.3, 33.3, -0.01]
    assert pairs.ranked_visits == ([66.7, 33.3, 8.34], [33.3, 66.7, 8.33])


def test_a_change_that_only_floats_make_is_no_percent_change() -> None:
    pairs = Pairs(["a", "b"], [0.3, 33.3333333333333], [0.30000000000000004, 100 / 3])

    assert list(pairs.percent_changes.values()) == [0, 0]
