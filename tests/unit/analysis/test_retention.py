"""Who is still on the treatment, and for how long."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.analysis.cohort import analyse
from casebook.analysis.retention import course, curves, landmarks, retention, side_by_side
from casebook.data.patients import Patient
from casebook.data.results import (
    RETENTION,
    RETENTION_CURVES,
    RETENTION_INTERVAL,
    RETENTION_LIMITS,
    RETENTION_SHARE,
    Result,
    Results,
)
from casebook.study.load import load_study
from casebook.study.model import Study

TREATED = (
    "cohorts:",
    "treatment: { label: T, duration: age, ongoing: drug_count > 0 }\ncohorts:",
)
MONTHS = ("    unit: years\n", "    unit: months\n")

Times = Sequence[tuple[float | None, bool | None]]


@pytest.fixture
def study(make_study: Callable[..., Path]) -> Study:
    return load_study(make_study(TREATED, MONTHS))


def patients(times: Times) -> list[Patient]:
    count = {True: 1.0, False: 0.0, None: None}
    return [
        Patient(
            f"p{i}", {"age": None if time is None else float(time), "drug_count": count[goes_on]}
        )
        for i, (time, goes_on) in enumerate(times, start=1)
    ]


def rows(study: Study, times: Times) -> Results:
    given = patients(times)
    return Results([*retention(study, "a", given), *landmarks(study, "a", given)])


def row(results: Results, stat: str, method: str = "", level: str = "") -> Result:
    return results.get("a", "age", RETENTION, stat, level=level, method=method)


def test_those_of_whom_time_or_end_is_not_known_are_counted_apart(study: Study) -> None:
    results = rows(study, [(5, False), (9, True), (None, False), (4, None)])

    found = [row(results, stat).number for stat in ("n", "n_missing", "n_stopped")]
    assert found == [2, 2, 1]


def test_the_median_is_where_half_have_stopped(study: Study) -> None:
    results = rows(study, [(2, False), (4, False), (6, False), (8, True), (9, True)])

    assert row(results, "median", RETENTION_SHARE).number == 6
    assert row(results, "conf_low", RETENTION_LIMITS).number == 2
    assert row(results, "conf_high", RETENTION_LIMITS).error == "not reached"


@pytest.mark.parametrize("times", [[(6, True)], [(6, True), (9, True)], [(0, True)]])
def test_where_nobody_stopped_the_median_is_not_reached(study: Study, times: Times) -> None:
    results = rows(study, times)

    assert row(results, "n_stopped").number == 0
    assert row(results, "median", RETENTION_SHARE).error == "not reached"


@pytest.mark.parametrize("times", [[], [(None, True)], [(5, None)]])
def test_without_a_known_time_there_is_a_reason(study: Study, times: Times) -> None:
    results = rows(study, times)

    assert row(results, "n").number == 0
    assert row(results, "median", RETENTION_SHARE).error.startswith("no patient with a known time")
    assert row(results, "n_at_risk", level="12").number == 0
    assert list(course(study, "a", patients(times))) == []


def test_a_time_that_nobody_reached_has_no_share(study: Study) -> None:
    results = rows(study, [(5, False), (9, True)])

    assert row(results, "share", RETENTION_SHARE, level="6").number == 50
    assert row(results, "share", RETENTION_SHARE, level="12").error == "nobody was followed as long"
    assert [row(results, "n_at_risk", level=time).number for time in ("3", "6", "12")] == [2, 1, 0]


def test_after_all_have_stopped_nobody_goes_on(study: Study) -> None:
    results = rows(study, [(2, False), (3, False)])

    assert row(results, "share", RETENTION_SHARE, level="6").number == 0
    assert row(results, "n_at_risk", level="6").number == 0
    assert row(results, "conf_low", RETENTION_INTERVAL, level="6").error


def test_a_share_of_one_has_no_interval(study: Study) -> None:
    results = rows(study, [(5, False), (9, True)])

    assert row(results, "share", RETENTION_SHARE, level="3").number == 100
    assert row(results, "conf_low", RETENTION_INTERVAL, level="3").error
    assert row(results, "conf_low", RETENTION_INTERVAL, level="6").number < 50


def test_the_course_has_a_step_for_each_time_and_round_times_below(study: Study) -> None:
    found = Results(course(study, "a", patients([(5, False), (5, True), (13, True)])))

    shares = found.levels("a", "age", RETENTION, "share")
    at_risk = found.levels("a", "age", RETENTION, "n_at_risk")
    assert [(each.variable_level, round(each.number, 1)) for each in shares] == [
        ("5", 66.7),
        ("13", 66.7),
    ]
    assert [(each.variable_level, each.number) for each in at_risk] == [
        ("0", 3), ("2", 3), ("4", 3), ("6", 1), ("8", 1), ("10", 1), ("12", 1),
    ]  # fmt: skip


def test_of_many_times_some_are_kept_with_the_last(study: Study) -> None:
    found = Results(course(study, "a", patients([(float(i), False) for i in range(1000)])))

    shares = found.levels("a", "age", RETENTION, "share")
    assert len(shares) == 200
    assert (shares[0].variable_level, shares[-1].variable_level) == ("0", "999")
    assert len(found.levels("a", "age", RETENTION, "n_at_risk")) <= 8


def test_curves_stand_side_by_side_if_no_patient_is_in_two(study: Study) -> None:
    everyone = patients([(5, False), (13, True), (4, False), (2, False)])

    rows = list(curves(study, {"older": everyone[:2], "everyone": everyone[2:]}))
    shared = list(curves(study, {"older": everyone[:2], "everyone": everyone}))

    found = Results(rows)
    at_risk = [found.levels(each, "age", RETENTION_CURVES, "n_at_risk") for each in
               ("older", "everyone")]  # fmt: skip
    assert [[each.number for each in of_one] for of_one in at_risk] == [
        [2, 2, 2, 1, 1, 1, 1], [2, 2, 1, 0, 0, 0, 0],
    ]  # fmt: skip
    assert shared == []


def test_more_curves_than_can_be_told_apart_are_none(make_study: Callable[..., Path]) -> None:
    four, five = (
        "".join(f"  c{i}: {{ label: C{i}, select: age == {20 + i} }}\n" for i in range(more))
        for more in (2, 3)
    )

    studies = [
        load_study(make_study(TREATED, MONTHS, ("  older:\n", f"{more}  older:\n")))
        for more in (four, five)
    ]

    assert [len(side_by_side(study)) for study in studies] == [4, 0]


@pytest.mark.parametrize("longest", [0.0, 0.3, 1.0, 7.0, 13.0, 99.0, 1e4])
def test_there_are_never_too_many_round_times(study: Study, longest: float) -> None:
    found = Results(course(study, "a", patients([(longest, True)])))

    assert 1 <= len(found.levels("a", "age", RETENTION, "n_at_risk")) <= 7


def test_a_study_that_does_not_say_who_goes_on_has_no_retention(
    make_study: Callable[..., Path],
) -> None:
    without = ("cohorts:", "treatment: { label: T, duration: age }\ncohorts:")

    for edits in ([], [without]):
        study = load_study(make_study(*edits))
        usual = dict.fromkeys(study.kinds)
        found = analyse(study, "everyone", [Patient("p1", usual | {"age": 5.0})])
        assert RETENTION not in {each.context for each in found}


def test_the_bundled_patients_nearly_all_went_on(bundled_results: Results) -> None:
    def of(cohort: str, stat: str, method: str = "", level: str = "") -> Result:
        found = bundled_results.get
        return found(cohort, "months", RETENTION, stat, level=level, method=method)

    assert [of("everyone", stat).number for stat in ("n", "n_stopped", "n_missing")] == [10, 1, 0]
    assert of("everyone", "median", RETENTION_SHARE).error == "not reached"
