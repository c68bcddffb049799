"""All rows of a cohort: what is there, that none stands twice, and that nothing crashes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.analysis import significance
from casebook.analysis.cohort import analyse, summarise
from casebook.analysis.pairs import Pairs
from casebook.data.patients import Patient
from casebook.data.results import (
    ADJUSTED,
    CHANGE,
    CHARACTERISTIC,
    COMPLETE_PAIRS,
    CONDITION,
    ESTIMATE,
    OTHER_TESTS,
    OUTCOME,
    PAIRED_TEST,
    PERCENT_CHANGE,
    QUANTILES,
    RESPONDERS,
    SENSITIVITY,
    Result,
    read_results,
)
from casebook.statistics.terms import Convention
from casebook.study.load import load_study

Pair = tuple[float | None, float | None]
Rows = Callable[..., list[Result]]

FULL = (
    (
        "    better: lower",
        "    better: lower\n    responders:\n"
        "      points: { label: P, improvement: 4, source: S }\n"
        "      percent: { label: P, improvement: 40, unit: percent, source: S }",
    ),
    (
        "outcomes:",
        "conditions:\n  high: { label: H, at: { baseline: score_baseline > 9,"
        " followup: score_followup > 9 } }\noutcomes:",
    ),
    ("cohorts:", "analysis: { bootstrap: 19 }\ncohorts:"),
)
DEGENERATE: dict[str, Sequence[Pair]] = {
    "nobody": [],
    "nobody measured": [(None, None)],
    "no follow-up": [(5.0, None), (6.0, None)],
    "no baseline": [(None, 5.0), (None, 6.0)],
    "each one visit": [(5.0, None), (None, 6.0)],
    "one": [(5.0, 3.0)],
    "one without change": [(5.0, 5.0)],
    "two": [(5.0, 3.0), (6.0, 1.0)],
    "two against each other": [(5.0, 3.0), (3.0, 5.0)],
    "two alike": [(5.0, 3.0), (5.0, 3.0)],
    "all zero": [(0.0, 0.0)] * 4,
    "no change": [(3.0, 3.0), (7.0, 7.0), (8.0, 8.0)],
    "all tied": [(9.0, 4.0)] * 5,
    "all tied up and down": [(9.0, 4.0), (4.0, 9.0), (9.0, 4.0), (4.0, 9.0)],
    "one of many changed": [(9.0, 9.0)] * 6 + [(9.0, 4.0)],
    "one visit missing": [(9.0, 4.0), (8.0, 2.0), (7.0, None)],
    "baseline of 0": [(0.0, 4.0), (0.0, 2.0), (0.0, 1.0)],
}


@pytest.mark.parametrize(
    "context",
    [
        CHARACTERISTIC,
        CONDITION,
        OUTCOME,
        COMPLETE_PAIRS,
        QUANTILES,
        PAIRED_TEST,
        OTHER_TESTS,
        SENSITIVITY,
        ESTIMATE,
        RESPONDERS,
        ADJUSTED,
    ],
)
def test_the_results_of_the_bundled_study_have_every_context(bundled: Path, context: str) -> None:
    assert any(row.context == context for row in read_results(bundled / "results.csv"))


def test_every_outcome_of_every_cohort_has_the_same_statistics_or_reasons(bundled: Path) -> None:
    """A statistic that cannot be computed is a row with its error, and not a hole."""
    rows = read_results(bundled / "results.csv")

    found = {
        (cohort, outcome): {
            (row.context, row.stat_name, row.group2_level)
            for row in rows
            if (row.group1_level, row.variable) == (cohort, outcome)
            and row.context in (OUTCOME, COMPLETE_PAIRS, PAIRED_TEST, ESTIMATE)
        }
        for cohort in ("classic_dm", "amyopathic_dm", "dm", "antisynthetase", "everyone")
        for outcome in ("cdasi", "mmt8")
    }

    assert all(stats == found["dm", "cdasi"] for stats in found.values())


def test_the_bundled_study_has_bootstrap_intervals_that_come_again(
    bundled: Path, bundled_study: Path, tmp_path: Path
) -> None:
    (part,) = (bundled / "cohorts").glob("*.csv")
    summarise(bundled_study, part, tmp_path / "again.csv")

    made = bundled / "summaries" / part.name
    assert (tmp_path / "again.csv").read_bytes() == made.read_bytes()
    assert any("bootstrap" in row.method for row in read_results(made))


def test_every_p_value_says_the_smallest_that_was_possible(bundled: Path) -> None:
    rows = read_results(bundled / "results.csv")
    places = [
        (row.group1_level, row.variable, row.context, row.method)
        for row in rows
        if row.stat_name == "p_value" and row.stat and row.context not in (SENSITIVITY, ADJUSTED)
    ]
    smallest = {
        (row.group1_level, row.variable, row.context, row.method): row.number
        for row in rows
        if row.stat_name == "smallest_p" and row.stat
    }

    assert set(places) <= set(smallest)
    assert all(0 < value <= 1 for value in smallest.values())


@pytest.mark.parametrize("pairs", DEGENERATE.values(), ids=DEGENERATE)
def test_degenerate_input_gives_rows_with_a_value_or_a_reason(
    rows_of: Rows, pairs: Sequence[Pair]
) -> None:
    rows = rows_of(pairs, *FULL)

    assert all(bool(row.stat) != bool(row.error) for row in rows)
    assert not any(row.stat in ("nan", "inf", "-inf") for row in rows)
    assert not any("Traceback" in row.error or "Error" in row.error for row in rows)


@pytest.mark.parametrize("pairs", DEGENERATE.values(), ids=DEGENERATE)
def test_no_two_rows_have_one_key(rows_of: Rows, pairs: Sequence[Pair]) -> None:
    rows = rows_of(pairs, *FULL)

    assert len({row.key for row in rows}) == len(rows)


@pytest.mark.parametrize("pairs", DEGENERATE.values(), ids=DEGENERATE)
def test_a_test_of_few_has_a_reason_or_a_warning(rows_of: Rows, pairs: Sequence[Pair]) -> None:
    (found,) = [
        row
        for row in rows_of(pairs, *FULL)
        if (row.context, row.stat_name) == (PAIRED_TEST, "p_value")
    ]

    assert found.error or found.warning


@pytest.mark.parametrize("convention", get_args(Convention))
@pytest.mark.parametrize("pairs", DEGENERATE.values(), ids=DEGENERATE)
def test_degenerate_input_is_no_crash_by_any_convention(
    rows_of: Rows, pairs: Sequence[Pair], convention: str
) -> None:
    edit = ("cohorts:", f"analysis: {{ signed_rank: {convention} }}\ncohorts:")

    rows = rows_of(pairs, *FULL[:2], edit)

    stats = {row.stat_name for row in rows if row.context == PAIRED_TEST}
    assert stats == {
        "n_pairs", "n_informative", "statistic", "p_value", "smallest_p", "exact_p_value",
        "smallest_exact_p", "statistic_turned", "z", "n_tied", "n_zero",
    }  # fmt: skip


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
@pytest.mark.parametrize("place", [0, 1])
def test_a_value_that_is_not_finite_is_a_reason_and_no_crash(
    rows_of: Rows, value: float, place: int
) -> None:
    pair = (value, 3.0) if place == 0 else (3.0, value)

    rows = rows_of([pair, (9.0, 4.0), (8.0, 1.0)], *FULL)

    (found,) = [row for row in rows if (row.context, row.stat_name) == (PAIRED_TEST, "p_value")]
    assert found.error
    assert not any(row.stat in ("nan", "inf", "-inf") for row in rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 100).map(float),
            st.none() | st.integers(0, 1000).map(lambda x: x / 10),
        ),
        max_size=9,
    )
)
def test_any_patients_give_rows_without_holes_in_any_order(
    make_study: Callable[..., Path], pairs: list[Pair]
) -> None:
    study = load_study(make_study(*FULL[:2]))
    patients = [
        Patient(
            f"p{i}",
            dict.fromkeys(study.kinds) | {"score_baseline": before, "score_followup": after},
        )
        for i, (before, after) in enumerate(pairs)
    ]

    rows, reversed_rows = (analyse(study, "everyone", each) for each in (patients, patients[::-1]))

    assert all(bool(row.stat) != bool(row.error) for row in rows)
    assert len({row.key for row in rows}) == len(rows)
    assert {row.key: row.stat for row in rows} == {row.key: row.stat for row in reversed_rows}


def test_missing_patients_change_no_result_of_the_change(rows_of: Rows) -> None:
    pairs: list[Pair] = [(9.0, 4.0), (8.0, 6.5), (7.0, 9.0)]
    contexts = (PAIRED_TEST, OTHER_TESTS, ESTIMATE)

    def numbers(pairs: list[Pair]) -> list[str]:
        return [row.stat for row in rows_of(pairs) if row.context in contexts]

    assert numbers(pairs) == numbers([*pairs, (50.0, None), (None, 1.0)])


def test_changes_of_a_visit_have_their_place(rows_of: Rows) -> None:
    visits = dict.fromkeys(row.group2_level for row in rows_of([(9.0, 4.0)]) if row.group2)

    assert list(visits) == ["baseline", "followup", CHANGE, PERCENT_CHANGE]


def test_the_tests_of_an_outcome_can_be_made_of_pairs_alone(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study())

    rows = list(significance.tests(study, "everyone", "score", Pairs(["a"], [5.0], [3.0])))

    assert {row.context for row in rows} == {PAIRED_TEST, OTHER_TESTS, SENSITIVITY}


def test_a_change_too_small_to_be_squared_is_no_crash(rows_of: Rows) -> None:
    rows = rows_of([(100.0, 100.0), (100.0, 100.0), (1e-300, 0.0)])

    assert all(bool(row.stat) != bool(row.error) for row in rows)
