"""What runs again after a change, by the messages of the jobs: all that must, and nothing else."""

import os
import shutil
import time

import pytest

from workflow import STUDY, Workflow

TABLE = f"resources/{STUDY}/table1.tsv"
DESCRIPTION = f"resources/{STUDY}/study.yaml"
CLAIMS = f"resources/{STUDY}/claims.tsv"
SWIMMER = "scripts/casebook/figures/swimmer.py"
STYLES = "scripts/casebook/report/templates/report.css"

PREPARED = ("Reading the raw table", "Checking every cell", "Sorting the patients into cohorts")
OF_ANALYSIS = ("Drawing cdasi", "Drawing mmt8")
OF_PATIENTS = (
    *OF_ANALYSIS,
    "Drawing the time on treatment",
    "Drawing the therapies",
    "Drawing the dose prednisone",
)
AUDITED = ("Checking the claims of the paper", "Drawing the conventions of the paper")
ESTIMATED = ("Drawing the estimates", "Drawing who is still on the treatment")
OF_RESULTS = (*AUDITED, *ESTIMATED, "Making the tables")
REPORT = "Writing the report"
# The report after a change of the study: it says what has changed.
COMPARED = ("Looking for changes since the last results", REPORT)


def named(*jobs: str) -> list[str]:
    """The messages of these jobs; the manifest is written whenever anything is."""
    named = [f"{job} of {STUDY}" for job in jobs]
    return sorted([*named, f"Writing down what the results of {STUDY} rest on"])


def analysed(*parts: str) -> list[str]:
    """The jobs that compute the results of these parts, which are named after a cohort."""
    computed = [f"Computing the statistics of the cohorts from {part} on," for part in parts]
    return [*computed, "Collecting the results"]


ANALYSED = analysed("classic_dm")
"""One job analyses the five small cohorts of the bundled study."""


def make_old(workflow: Workflow, *files: str) -> None:
    """Give files a date before everything that was made from them, as unpacking can."""
    for file in files:
        os.utime(workflow.folder / file, (0, 0))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("\t0\t0\tNA", "\t0\t7\tNA", id="value-of-an-outcome"),
        pytest.param("LEF*, MTX*", "MTX*", id="therapy"),
        pytest.param("ADM\t11", "CDM\t11", id="cohort"),
        pytest.param("\n76, M", "\n75, M", id="age"),
    ],
)
def test_an_edit_of_one_patient_reaches_what_rests_on_that_patient(
    finished: Workflow, old: str, new: str
) -> None:
    finished.edit(TABLE, old, new)

    run = finished.snakemake()

    assert run.jobs == named(*PREPARED, *ANALYSED, *OF_PATIENTS, *OF_RESULTS, *COMPARED)


@pytest.mark.slow
def test_an_edit_of_one_patient_reaches_only_the_parts_with_that_patients_cohorts(
    finished: Workflow,
) -> None:
    before = finished.result("results.csv").read_bytes()
    finished.edit(DESCRIPTION, "cohorts:", "cohorts_per_job: 1\ncohorts:")
    assert finished.snakemake().status == 0
    assert finished.result("results.csv").read_bytes() == before
    finished.edit(TABLE, "ADM\t11", "CDM\t11")

    run = finished.snakemake()

    reached = analysed("classic_dm", "amyopathic_dm", "dm", "everyone")
    assert run.jobs == named(*PREPARED, *reached, *OF_PATIENTS, *OF_RESULTS, *COMPARED)


@pytest.mark.slow
def test_a_patient_added_reaches_what_rests_on_that_patient(finished: Workflow) -> None:
    table = finished.folder / TABLE
    *_, last = table.read_text(encoding="utf-8").splitlines()
    with table.open("a", encoding="utf-8") as file:
        file.write(last.replace("76, M", "58, F") + "\n")

    run = finished.snakemake()

    assert run.jobs == named(*PREPARED, *ANALYSED, *OF_PATIENTS, *OF_RESULTS, *COMPARED)


@pytest.mark.slow
def test_a_patient_removed_reaches_what_rested_on_that_patient(finished: Workflow) -> None:
    table = finished.folder / TABLE
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(lines[:-1]), encoding="utf-8")

    # The paper speaks of a patient who is no longer there.
    (finished.folder / CLAIMS).unlink()
    run = finished.snakemake()

    drawn = (*OF_PATIENTS, *ESTIMATED, "Making the tables")
    assert run.jobs == named(*PREPARED, *ANALYSED, *drawn, *COMPARED)


def test_a_cell_without_effect_on_any_value_ends_at_the_cohorts(finished: Workflow) -> None:
    finished.edit(TABLE, "5 mg daily", "5 mg")

    run = finished.snakemake()

    # The report shows the raw cells, and the digest of the table that it came from.
    assert run.jobs == named(*PREPARED, *COMPARED)


@pytest.mark.slow
def test_a_column_that_the_study_does_not_read_reaches_no_results(finished: Workflow) -> None:
    table = finished.folder / TABLE
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("".join(f"{line}\tremark\n" for line in lines), encoding="utf-8")

    run = finished.snakemake()

    # The tables tell some of the findings, of which there is one more.
    assert run.jobs == named(*PREPARED, "Making the tables", *COMPARED)


@pytest.mark.slow
def test_another_order_of_the_rows_ends_at_the_cohorts(finished: Workflow) -> None:
    header, *rows = (finished.folder / TABLE).read_text(encoding="utf-8").splitlines()
    rows = [f"P{number:02}\t{row}" for number, row in enumerate(rows, start=1)]
    finished.edit(DESCRIPTION, "  table: table1.tsv\n", "  table: table1.tsv\n  patient: ID\n")
    table = finished.folder / TABLE
    table.write_text("\n".join([f"ID\t{header}", *rows, ""]), encoding="utf-8")
    assert finished.snakemake().status == 0

    table.write_text("\n".join([f"ID\t{header}", *reversed(rows), ""]), encoding="utf-8")
    run = finished.snakemake()

    # The audit names the rows of the table in which it found what.
    assert run.jobs == named(*PREPARED, *AUDITED, *COMPARED)


def test_a_touched_file_and_a_new_date_run_nothing(finished: Workflow) -> None:
    for file in (TABLE, DESCRIPTION, CLAIMS, "scripts/casebook/prepare/clean.py"):
        (finished.folder / file).touch()

    run = finished.snakemake()

    assert (run.status, run.jobs) == (0, [])


@pytest.mark.slow
def test_files_dated_ahead_are_read_once_and_then_left_alone(finished: Workflow) -> None:
    finished.edit(TABLE, "5 mg daily", "5 mg")
    finished.edit(CLAIMS, "\t12.2\tp75", "\t17.2\tp75")
    in_an_hour = time.time() + 3600
    for file in (TABLE, DESCRIPTION, CLAIMS):
        os.utime(finished.folder / file, (in_an_hour, in_an_hour))

    run = finished.snakemake()
    again = finished.snakemake()

    assert run.status == 0, run.text
    assert run.jobs == named(*PREPARED, *AUDITED, *COMPARED)
    assert "Nothing to be done" in again.text


@pytest.mark.slow
def test_a_claim_checks_the_paper_again(finished: Workflow) -> None:
    finished.edit(CLAIMS, "\t12.2\tp75", "\t17.2\tp75")

    run = finished.snakemake()

    assert run.jobs == named(*AUDITED, *COMPARED)


def test_a_comment_in_the_study_only_renews_its_digest_in_the_report(finished: Workflow) -> None:
    finished.edit(DESCRIPTION, "cohorts:", "# who is analysed together\ncohorts:")

    run = finished.snakemake()

    assert run.jobs == named(*COMPARED)


@pytest.mark.slow
def test_a_label_computes_no_statistics(finished: Workflow) -> None:
    finished.edit(DESCRIPTION, "label: CDASI", "label: CDASI activity")

    run = finished.snakemake()

    assert run.jobs == named(*PREPARED[1:], *OF_PATIENTS, *OF_RESULTS, *COMPARED)


@pytest.mark.slow
def test_the_level_of_the_analysis_reads_no_cell_again(finished: Workflow) -> None:
    finished.edit(DESCRIPTION, "alpha: 0.05", "alpha: 0.01")

    run = finished.snakemake()

    assert run.jobs == named(*ANALYSED, *OF_ANALYSIS, *OF_RESULTS, *COMPARED)


@pytest.mark.slow
def test_a_module_of_one_figure_draws_only_that_figure(finished: Workflow) -> None:
    finished.edit(SWIMMER, '"time not known"', '"time unknown"')

    run = finished.snakemake()

    assert run.jobs == named("Drawing the time on treatment", REPORT)


@pytest.mark.slow
def test_what_all_figures_share_draws_them_all(finished: Workflow) -> None:
    finished.edit("scripts/casebook/figures/style.py", '"font.size": 8', '"font.size": 9')

    run = finished.snakemake()

    drawn = (*OF_PATIENTS, *ESTIMATED, "Drawing the conventions of the paper")
    assert run.jobs == named(*drawn, REPORT)


@pytest.mark.slow
def test_a_module_of_statistics_that_gives_the_same_ends_at_the_results(finished: Workflow) -> None:
    module = finished.folder / "scripts/casebook/statistics/describe.py"
    module.write_text(module.read_text(encoding="utf-8") + "\n# why\n", encoding="utf-8")

    run = finished.snakemake()

    # The audit computes what the paper prints with the same module.
    assert run.jobs == named(*ANALYSED, *AUDITED, *COMPARED)


@pytest.mark.slow
def test_a_template_writes_the_report(finished: Workflow) -> None:
    finished.edit(STYLES, "line-height: 1.2", "line-height: 1.3")

    run = finished.snakemake()

    assert run.jobs == named("Making the tables", REPORT)


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


def test_a_table_replaced_by_an_older_one_is_read_again(finished: Workflow) -> None:
    finished.edit(TABLE, "5 mg daily", "5 mg")
    make_old(finished, TABLE)

    run = finished.snakemake()

    assert run.jobs == named(*PREPARED, *COMPARED)


@pytest.mark.slow
def test_another_commit_with_old_dates_is_noticed(finished: Workflow) -> None:
    finished.edit(SWIMMER, '"time not known"', '"time unknown"')
    finished.edit(STYLES, "line-height: 1.2", "line-height: 1.3")
    finished.edit(CLAIMS, "\t12.2\tp75", "\t17.2\tp75")
    make_old(finished, SWIMMER, STYLES, CLAIMS)

    run = finished.snakemake()

    drawn = ("Drawing the time on treatment", "Making the tables")
    assert run.jobs == named(*drawn, *AUDITED, *COMPARED)


@pytest.mark.parametrize("text", ["", "group1,group1_level\n"], ids=["emptied", "truncated"])
def test_results_changed_by_other_hands_are_made_again_and_go_nowhere(
    finished: Workflow, text: str
) -> None:
    before = finished.results()
    finished.result("results.csv").write_text(text, encoding="utf-8")

    run = finished.snakemake()

    assert (
        f"results/{STUDY}/results.csv is not as casebook wrote it, and will be made again"
        in run.text
    )
    assert run.jobs == named("Collecting the results")
    assert finished.results() == before


@pytest.mark.slow
def test_an_edited_result_is_not_used_for_a_single_file_either(finished: Workflow) -> None:
    before = finished.results()
    finished.edit(f"results/{STUDY}/results.csv", "0.0625", "0.0425")

    finished.snakemake(f"results/{STUDY}/report.html")

    assert finished.results() == before


@pytest.mark.slow
def test_a_figure_that_was_removed_is_drawn_again(finished: Workflow) -> None:
    before = finished.results()
    finished.result("figures/swimmer.png").unlink()
    finished.result("cohorts/classic_dm.csv").unlink()

    run = finished.snakemake()

    assert f"Drawing the time on treatment of {STUDY}" in run.jobs
    assert finished.results() == before


@pytest.mark.slow
def test_results_copied_from_another_machine_are_made_again(finished: Workflow) -> None:
    shutil.rmtree(finished.folder / ".snakemake")
    finished.edit(TABLE, "\t0\t0\tNA", "\t0\t7\tNA")
    make_old(finished, TABLE)

    run = finished.snakemake()

    assert "were not finished here; they will run again" in run.text
    assert ",0,7,," in finished.result("patients.csv").read_text(encoding="utf-8")
    assert run.jobs[0] == f"Checking every cell of {STUDY}"


@pytest.mark.slow
def test_results_put_back_from_a_copy_are_not_taken_for_the_present_ones(
    finished: Workflow,
) -> None:
    results, kept = finished.folder / "results", finished.folder / "kept"
    shutil.copytree(results, kept)
    finished.edit(TABLE, "\t0\t0\tNA", "\t0\t7\tNA")
    assert finished.snakemake().status == 0
    present = finished.results()
    shutil.rmtree(results)
    kept.rename(results)

    run = finished.snakemake()

    assert run.status == 0, run.text
    assert finished.results() == present


@pytest.mark.slow
def test_results_are_not_made_new_by_their_dates(finished: Workflow) -> None:
    before = finished.results()
    finished.edit(TABLE, "\t0\t0\tNA", "\t0\t7\tNA")

    touched = finished.snakemake("--touch")
    run = finished.snakemake("--dry-run")

    assert (touched.status, touched.jobs) == (1, [])
    assert "--touch would mark old results as up to date" in touched.text
    assert finished.results() == before
    assert f"Reading the raw table of {STUDY}" in run.jobs


@pytest.mark.slow
def test_a_study_that_was_another_one_for_a_while_is_noticed(finished: Workflow) -> None:
    before = finished.results()
    finished.edit(DESCRIPTION, "alpha: 0.05", "alpha: 0.3")
    assert finished.snakemake("--until", "summarise").status == 0
    finished.edit(DESCRIPTION, "alpha: 0.3", "alpha: 0.05")
    assert f"{DESCRIPTION}: changed since" in finished.snakemake("verify").text

    run = finished.snakemake()

    assert named(*analysed("classic_dm")[:1])[0] in run.jobs
    assert finished.results() == before


@pytest.mark.slow
def test_what_a_study_no_longer_has_is_removed(finished: Workflow) -> None:
    finished.edit(DESCRIPTION, "  amyopathic_dm:", "  amyopathic:")
    finished.edit(DESCRIPTION, "cohort: amyopathic_dm", "cohort: amyopathic")
    (finished.folder / CLAIMS).unlink()

    run = finished.snakemake()

    assert run.status == 0, run.text
    left = {path for path in finished.results() if "amyopathic_dm" in path or "audit" in path}
    assert left == set()
    assert not finished.result("figures/conventions.svg").exists()


def test_verify_says_that_all_is_as_it_was_made(finished: Workflow) -> None:
    run = finished.snakemake("verify")

    assert run.status == 0
    assert f"results/{STUDY}: all " in run.text
    assert "files are as they were written, from these sources" in run.text


def test_verify_tells_all_that_does_not_fit_and_changes_nothing(finished: Workflow) -> None:
    finished.edit(f"results/{STUDY}/results.csv", "0.0625", "0.0425")
    finished.edit(TABLE, "5 mg daily", "5 mg")
    finished.edit(SWIMMER, '"time not known"', '"time unknown"')
    before = finished.results()

    run = finished.snakemake("verify")

    assert run.status == 1
    assert f"results/{STUDY}/results.csv: changed since the results were made" in run.text
    assert f"{TABLE}: changed since the results were made" in run.text
    assert f"{SWIMMER}: changed since the results were made" in run.text
    assert finished.results() == before


@pytest.mark.slow
def test_what_verify_complained_of_fits_after_the_next_run(finished: Workflow) -> None:
    finished.edit(f"results/{STUDY}/manifest.json", '"results.csv": "', '"results.csv": "0')
    finished.edit(SWIMMER, '"time not known"', '"time unknown"')
    assert finished.snakemake("verify").status == 1

    assert finished.snakemake().status == 0

    assert finished.snakemake("verify").status == 0


@pytest.mark.slow
def test_a_job_that_failed_leaves_its_old_files_and_runs_again(finished: Workflow) -> None:
    before = finished.results()
    finished.edit(SWIMMER, '"time not known"', "1 / 0")
    finished.edit(TABLE, "\t0\t0\tNA", "\t0\t7\tNA")
    assert finished.snakemake().status == 1
    left = finished.results()

    finished.edit(SWIMMER, "1 / 0", '"time not known"')
    finished.edit(TABLE, "\t0\t7\tNA", "\t0\t0\tNA")
    run = finished.snakemake()

    name = f"{STUDY}/figures/swimmer.svg"
    assert left[name] == before[name]
    assert run.status == 0, run.text
    assert finished.results() == before


@pytest.mark.slow
def test_a_file_of_a_job_that_failed_is_made_when_it_is_asked_for_alone(finished: Workflow) -> None:
    finished.edit(SWIMMER, '"time not known"', "1 / 0")
    finished.edit(TABLE, "\t0\t18\t0", "\t0\t19\t0")
    assert finished.snakemake().status == 1

    finished.edit(SWIMMER, "1 / 0", '"time not known"')
    run = finished.snakemake(f"results/{STUDY}/figures/swimmer.svg")

    assert run.jobs == [f"Drawing the time on treatment of {STUDY}"]
