"""How many were studied and who is missing at which visit, in words."""

from collections.abc import Callable
from pathlib import Path

from casebook.data.results import Results, read_results
from casebook.report.numbers_studied import numbers_studied
from casebook.study.load import load_study
from casebook.wording.traces import plain
from followed import STUDY, patient, table

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
        "Patients without a value: MMT8, Last follow-up (5 of 10 in Everyone and 3 of 8 in Classic"
        " and amyopathic DM); MMT8, Before upadacitinib (5 of 10 in Everyone and 3 of 8 in Classic"
        " and amyopathic DM). All cohorts are in the tables of outcomes.",
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


ARM_B = ("cohorts:\n", 'cohorts:\n  b: { label: Arm B, select: arm == "B" }\n')
COMPARED = ("cohorts:\n", "comparisons:\n  arms: { label: Arms, cohorts: [a, b] }\ncohorts:\n")
WITHOUT_SCORES = (STUDY[STUDY.index("outcomes:\n") : STUDY.index("contrasts:\n")], "")
LOST = [
    patient([40, 30, 20, 10], ["mild", "mild", "none", "none"]),
    patient([40, 30, None, None], ["mild", "none"]),
    patient([40, 30, None, 10], ["mild", "none", "", "none"], arm="B"),
    patient([40, None, None, None], ["mild"], arm="B"),
    patient([40, None, None, None], ["mild"], arm="B"),
]


def test_the_losses_at_the_last_visit_are_told_of_the_cohorts_that_are_compared(
    results_of: Callable[..., Path],
) -> None:
    _, last, *_ = told(results_of(COMPARED, ARM_B, text=STUDY, table=table(*LOST)))

    assert last == (
        "Patients without a value: Score and 2 others, Month 6 (1 of 2 in Arm A and 2 of 3 in Arm"
        " B). Who was lost when, in each cohort, is in the table under Patients."
    )


def test_the_losses_of_a_study_of_grades_alone_are_told_too(
    results_of: Callable[..., Path],
) -> None:
    _, last = told(results_of(WITHOUT_SCORES, ARM_B, text=STUDY, table=table(*LOST)))

    assert last == (
        "Patients without a value: No dyspnoea and Dyspnoea, Month 6 (3 of 5 in Everyone and 2 of 3"
        " in Arm B). Who was lost when, in each cohort, is in the table under Patients."
    )
