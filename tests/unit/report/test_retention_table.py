"""Who is still on the treatment, as the report tells it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.analysis.retention import landmarks, retention
from casebook.data.patients import Patient
from casebook.data.results import Results
from casebook.report.methods import methods
from casebook.report.retention import retention_table
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.traces import plain

TREATED = (
    "cohorts:",
    "treatment: { label: Newdrug, duration: age, ongoing: drug_count > 0 }\ncohorts:",
)
MONTHS = ("    unit: years\n", "    unit: months\n")


@pytest.fixture
def study(make_study: Callable[..., Path]) -> Study:
    return load_study(make_study(TREATED, MONTHS))


def cells(study: Study, times: Sequence[tuple[float, bool]]) -> dict[str, str]:
    """The cells of a cohort of these patients, by the heads of their columns."""
    patients = [
        Patient(f"p{i}", {"age": time, "drug_count": float(goes_on)})
        for i, (time, goes_on) in enumerate(times, start=1)
    ]
    rows = []
    for cohort, members in {"older": [], "everyone": patients}.items():
        rows += [*retention(study, cohort, members), *landmarks(study, cohort, members)]
    table = retention_table(study, Results(rows))
    assert table is not None
    (nobody, everyone) = table.rows
    assert set(nobody.cells[2:-1]) <= {"no patient with a known time on treatment", "–"}
    return dict(zip(table.columns[1:], map(plain, everyone.cells), strict=True))


def test_the_median_and_who_goes_on_have_their_intervals(study: Study) -> None:
    found = cells(study, [(2.0, False), (4.0, False), (6.0, False), (8.0, True), (9.0, True)])

    assert found["Patients"] == "5"
    assert found["Stopped"] == "3"
    assert found["Median, months (95% interval)"] == "6 (2 to ?)"
    assert found["At 3 months"] == "80% (20 to 97), n = 4"
    assert found["At 6 months"] == "40% (5.2 to 75), n = 3"
    assert "At 12 months" not in found


def test_where_nobody_stopped_no_interval_is_made_up(study: Study) -> None:
    found = cells(study, [(7.0, True), (4.0, True)])

    assert found["Median, months (95% interval)"] == "not reached"
    assert found["At 3 months"] == "100%, n = 2"


def test_times_that_nobody_reached_have_no_column(study: Study) -> None:
    found = cells(study, [(2.0, False), (3.0, False)])

    assert [name for name in found if name.startswith("At ")] == ["At 3 months"]
    assert found["At 3 months"] == "0%, n = 1"


def test_a_study_that_does_not_say_who_goes_on_has_no_table(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study(("cohorts:", "treatment: { label: T, duration: age }\ncohorts:")))

    assert retention_table(study, Results([])) is None
    assert "Kaplan" not in " ".join(sentence for sentence, _ in methods(study, {}))


def test_the_methods_name_the_estimate(study: Study) -> None:
    told = " ".join(sentence for sentence, _ in methods(study, {}))

    assert "Kaplan-Meier" in told
