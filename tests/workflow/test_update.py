"""What runs again after a change, by the messages of the jobs."""

import pytest

from workflow import STUDY, Workflow

TABLE = f"resources/{STUDY}/table1.tsv"


# What shows patients' own values, and what shows results alone.
OF_PATIENTS = (
    "Drawing cdasi",
    "Drawing mmt8",
    "Drawing the time on treatment",
    "Drawing the therapies",
    "Drawing the dose prednisone",
)
OF_RESULTS = ("Drawing the estimates", "Drawing the conventions of the paper")


def _named(*jobs: str) -> list[str]:
    return sorted(f"{job} of {STUDY}" for job in jobs)


@pytest.mark.slow
def test_a_change_of_one_patient_reaches_only_that_patients_cohorts(finished: Workflow) -> None:
    finished.edit(TABLE, "ASSD\t6", "ASSD\t7")

    run = finished.snakemake()

    assert run.jobs == _named(
        "Reading the raw table",
        "Checking every cell",
        "Sorting the patients into cohorts",
        "Computing the statistics of cohort antisynthetase",
        "Computing the statistics of cohort everyone",
        "Collecting the results",
        *OF_PATIENTS,
        *OF_RESULTS,
        "Making the tables",
        "Checking the claims of the paper",
        "Writing the report",
    )


def test_a_change_without_effect_on_any_value_reaches_only_the_raw_table_in_the_report(
    finished: Workflow,
) -> None:
    finished.edit(TABLE, "5 mg daily", "5 mg")

    run = finished.snakemake()

    assert run.jobs == _named(
        "Reading the raw table",
        "Checking every cell",
        "Sorting the patients into cohorts",
        "Writing the report",
    )


@pytest.mark.slow
def test_a_change_of_a_figures_code_draws_the_figures_and_writes_the_report(
    finished: Workflow,
) -> None:
    finished.edit("scripts/casebook/figures/style.py", '"font.size": 8', '"font.size": 9')

    run = finished.snakemake()

    assert run.jobs == _named(*OF_PATIENTS, *OF_RESULTS, "Writing the report")


def test_a_change_of_one_figures_code_draws_only_that_figure(finished: Workflow) -> None:
    finished.edit("scripts/casebook/figures/swimmer.py", '"time not known"', '"time unknown"')

    run = finished.snakemake()

    assert run.jobs == _named("Drawing the time on treatment", "Writing the report")


def test_a_change_of_a_claim_checks_the_paper_again(finished: Workflow) -> None:
    finished.edit(f"resources/{STUDY}/claims.tsv", "\t12.2\tp75", "\t17.2\tp75")

    run = finished.snakemake()

    assert run.jobs == _named(
        "Checking the claims of the paper",
        "Drawing the conventions of the paper",
        "Writing the report",
    )


def test_a_change_of_a_template_writes_the_report(finished: Workflow) -> None:
    finished.edit("scripts/casebook/templates/report.css", "line-height: 1.2", "line-height: 1.3")

    run = finished.snakemake()

    assert run.jobs[-1:] == _named("Writing the report")
    assert not any("statistics" in job or "Drawing" in job for job in run.jobs)


@pytest.mark.slow
def test_a_correction_reaches_the_results_and_is_told_in_the_report(finished: Workflow) -> None:
    corrections = finished.folder / f"resources/{STUDY}/corrections.tsv"
    corrections.write_text(
        "patient\tcolumn\told\tnew\treason\nP01\tCDASI, current\t4\t3\tmisread in the chart\n",
        encoding="utf-8",
    )

    run = finished.snakemake()

    assert run.status == 0, run.text
    assert ",12,3,126,150," in finished.result("patients.csv").read_text(encoding="utf-8")
    assert "misread in the chart" in finished.result("report.html").read_text(encoding="utf-8")
