from dataclasses import replace
from pathlib import Path

import pytest

from casebook.data.of_patients import (
    OfPatients,
    percent_change_of,
    read_of_patients,
    write_with_patients,
)
from casebook.data.results import (
    CHARACTERISTIC,
    EACH_PATIENT,
    OUTCOME,
    RESPONDERS,
    Result,
    Results,
    read_results,
    read_shown_results,
    write_results,
)

COUNT = Result(
    "cohort", "older", "", "", "", "sex", "F", CHARACTERISTIC, "", "count", "Patients", "4"
)  # fmt: skip
MEDIAN = Result(
    "cohort", "older", "visit", "baseline", "", "score", "", OUTCOME, "", "median", "Median",
    "12.5", ("few, so", "no; few"),
)  # fmt: skip
FAILED = Result(
    "cohort", "older", "visit", "change", "early", "score", "", OUTCOME, "", "sd", "SD", "", (),
    "needs at least 2 values, has 1",
)  # fmt: skip


def test_results_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"

    write_results(path, [COUNT, MEDIAN, FAILED])

    assert path.read_text() == (
        "group1,group1_level,group2,group2_level,contrast,variable,variable_level,context,method,stat_name,"
        "stat_label,stat,warning,error\n"
        "cohort,older,,,,sex,F,characteristic,,count,Patients,4,,\n"
        'cohort,older,visit,baseline,,score,,outcome,,median,Median,12.5,"few, so; ""no; few""",\n'
        'cohort,older,visit,change,early,score,,outcome,,sd,SD,,,"needs at least 2 values, has 1"\n'
    )
    assert read_results(path) == [COUNT, MEDIAN, FAILED]


def test_rows_of_single_patients_are_read_of_the_variables_that_are_asked_for(
    tmp_path: Path,
) -> None:
    path = tmp_path / "results.csv"
    of_a_patient = replace(MEDIAN, context=EACH_PATIENT, variable_level="P1")
    of_another = replace(of_a_patient, variable="sex")

    write_results(path, [COUNT, of_a_patient, of_another, FAILED])

    assert read_results(path) == [COUNT, of_a_patient, of_another, FAILED]
    assert read_results(path, each_patient=["score"]) == [COUNT, of_a_patient, FAILED]
    assert read_results(path, each_patient=()) == [COUNT, FAILED]


def test_rows_of_single_patients_are_told_apart_by_contrast_in_one_reading(tmp_path: Path) -> None:
    early, late = (percent_change_of("score", contrast) for contrast in ("early", "late"))
    path, others = tmp_path / "results.csv", (["", ""], ["", ""])
    written = (
        OfPatients(late, ["P1", "P2"], ["-50", "0"], *others),
        OfPatients(early, ["P1", "P2"], ["-25", "10"], *others),
    )
    write_with_patients(path, [COUNT, *written])

    found = read_of_patients(path, [early, late])

    assert [(each.shared, each.ids, each.stats) for each in found] == [
        (early, ["P1", "P2"], ["-25", "10"]),
        (late, ["P1", "P2"], ["-50", "0"]),
    ]


def test_a_row_that_only_has_the_words_of_single_patients_is_read(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    named_so = replace(COUNT, variable_level=EACH_PATIENT)

    write_results(path, [named_so, replace(named_so, stat_label='Each "patient"')])

    assert read_results(path, each_patient=()) == read_results(path)


def test_results_that_a_report_shows_are_read_and_all_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    first, second = (
        replace(MEDIAN, context=EACH_PATIENT, variable_level=patient) for patient in ("P1", "P2")
    )

    write_results(path, [COUNT, first, second, FAILED])

    assert read_shown_results(path, lambda key: key == second.key) == ([COUNT, second, FAILED], 4)


def test_a_result_is_found_by_what_it_is_of() -> None:
    results = Results([COUNT, MEDIAN, FAILED])

    assert results.get("older", "sex", CHARACTERISTIC, "count", level="F") is COUNT
    assert results.get("older", "score", OUTCOME, "median", visit="baseline").number == 12.5
    with pytest.raises(KeyError):
        results.get("older", "score", OUTCOME, "median")


def test_a_method_may_be_left_out_only_where_there_is_one() -> None:
    wilson, exact = (
        replace(COUNT, context=RESPONDERS, method=method, stat_name="percent")
        for method in ("Wilson", "Clopper-Pearson")
    )
    other = replace(COUNT, context=RESPONDERS, method="Wilson", stat_name="conf_low")
    results = Results([wilson, exact, other])

    assert results.get("older", "sex", RESPONDERS, "percent", level="F", method="Wilson") is wilson
    assert results.get("older", "sex", RESPONDERS, "conf_low", level="F") is other
    with pytest.raises(KeyError, match=r"percent / Wilson or .* percent / Clopper-Pearson"):
        results.get("older", "sex", RESPONDERS, "percent", level="F")
    with pytest.raises(KeyError):
        results.get("older", "sex", RESPONDERS, "percent", level="F", method="Wald")


def test_the_levels_of_a_variable_come_in_the_order_of_the_table() -> None:
    male, patients = (
        replace(COUNT, variable_level="M"),
        replace(COUNT, variable_level="", stat_name="n"),
    )
    elsewhere = replace(COUNT, group1_level="everyone")
    results = Results([male, patients, elsewhere, COUNT])

    assert results.levels("older", "sex", CHARACTERISTIC, "count", "") == [male, COUNT]
    assert results.levels("older", "sex", CHARACTERISTIC, "n", "") == []
    assert results.levels("older", "sex", CHARACTERISTIC, "count", "Wilson") == []


def test_a_result_without_a_method_is_told_from_one_with_a_method() -> None:
    plain, named = MEDIAN, replace(MEDIAN, method="quantile type 7")

    with pytest.raises(KeyError):
        Results([plain, named]).get("older", "score", OUTCOME, "median", visit="baseline")


def test_keys_that_read_alike_are_told_apart() -> None:
    measured = replace(MEDIAN, variable_level="low / high")
    change = replace(MEDIAN, variable_level="low", group2_level="high / baseline")
    results = Results([measured, change])

    assert measured.key.in_words == change.key.in_words
    assert (results[measured.key], results[change.key]) == (measured, change)
    assert measured.key.differing(change.key) == ["level", "visit"]


def test_no_two_results_of_the_bundled_study_share_a_key(bundled: Path) -> None:
    results = read_results(bundled / "results.csv")

    assert len({result.key for result in results}) == len(results)


def test_every_result_has_a_value_or_an_error_and_not_both(bundled: Path) -> None:
    assert all(
        bool(each.stat) != bool(each.error) for each in read_results(bundled / "results.csv")
    )
