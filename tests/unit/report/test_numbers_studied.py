"""How many were studied and who is missing at which visit, in words."""

from collections.abc import Callable
from pathlib import Path

from casebook.data.results import Results, read_results
from casebook.report.numbers_studied import numbers_studied
from casebook.study.load import load_study
from casebook.wording.traces import plain

ALONE = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")


def told(out: Path, study: Path = Path("study/study.yaml")) -> list[str]:
    results = Results(read_results(out / "results.csv"))
    return [*map(plain, numbers_studied(load_study(study), results))]


def test_the_patients_of_the_bundled_study_are_told_with_those_without_a_value(
    bundled: Path, bundled_study: Path
) -> None:
    assert told(bundled, bundled_study) == [
        "10 patients were studied in 5 cohorts, some of which share patients: Classic DM (n = 5);"
        " Amyopathic DM (n = 3); Classic and amyopathic DM (n = 8); Antisynthetase syndrome"
        " (n = 2); Everyone (n = 10).",
        "Not all of them have a value at every visit: MMT8 (Before upadacitinib: 5, Last"
        " follow-up: 5).",
    ]


def test_one_cohort_is_not_named_and_where_all_were_seen_no_loss_is_told(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    assert told(results_of(ALONE, table=table_of({}))) == ["1 patient was studied."]


def test_cohorts_without_a_common_patient_are_not_said_to_share_any(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    younger = ("    label: Everyone\n", "    label: Younger\n    select: age < 65\n")

    first, *_ = told(results_of(younger, table=table_of({}, {"Age": "40"})))

    assert first == "2 patients were studied in 2 cohorts: 65 or older (n = 1); Younger (n = 1)."


def test_of_more_than_five_cohorts_the_others_are_counted(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    cohorts = "".join(f"  c{i}: {{ label: C{i}, select: age > {i} }}\n" for i in range(6))

    first, *_ = told(results_of(ALONE, ("cohorts:\n", f"cohorts:\n{cohorts}"), table=table_of({})))

    assert first.endswith("; C4 (n = 1); and 2 more, in the table under Patients.")
