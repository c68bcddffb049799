"""What a user is told of a mistake: its place, what is allowed, a hint, and no traceback."""

import shutil
from pathlib import Path

import pytest

from workflow import INVENTED, STUDY, Run, Workflow, small

TABLE = f"resources/{STUDY}/table1.tsv"
STUDY_FILE = f"resources/{STUDY}/study.yaml"


def _refused(run: Run) -> str:
    """What a failed run printed, on one line, once it is sure that no traceback is in it."""
    assert run.status == 1
    assert "Traceback" not in run.text
    return " ".join(run.text.split())


def test_a_missing_table_is_named_before_the_first_job(fresh: Workflow) -> None:
    (fresh.folder / TABLE).rename(fresh.folder / f"resources/{STUDY}/table.tsv")

    text = _refused(fresh.snakemake())

    assert (
        f"{STUDY_FILE}, line 9: source.table: no file 'table1.tsv' in resources/{STUDY}; "
        "files there: LICENSE, claims.tsv, table.tsv; did you mean 'table.tsv'?"
    ) in text
    assert not (fresh.folder / "results").exists()


def test_an_unknown_column_is_named_with_the_one_that_was_meant(fresh: Workflow) -> None:
    fresh.edit(STUDY_FILE, '"CDASI, pre-UPA"', '"CDASI, preUPA"')

    text = _refused(fresh.snakemake())

    assert f"1 error in resources/{STUDY}:" in text
    assert f"found 'CDASI, preUPA'; allowed: a column of {TABLE}: " in text
    assert "outcomes.cdasi.columns.baseline names it; did you mean 'CDASI, pre-UPA'?" in text


def test_all_values_out_of_range_are_named_at_once(fresh: Workflow) -> None:
    fresh.edit(TABLE, "\t12\t4\t126\t150", "\t1200\t4\t126\t151")

    text = _refused(fresh.snakemake())

    hint = "correct it in corrections.tsv, or widen the range in study.yaml"
    assert (
        f"2 errors in resources/{STUDY}: {TABLE}, row 2, column 'CDASI, pre-UPA': found '1200'; "
        f"allowed: a number from 0 to 132 points; {hint} "
        f"{TABLE}, row 2, column 'MMT8, current': found '151'; "
        f"allowed: a number from 0 to 150 points; {hint}"
    ) in text


def test_all_mistakes_in_the_claims_are_named_at_once(fresh: Workflow) -> None:
    claims = f"resources/{STUDY}/claims.tsv"
    fresh.edit(claims, "p75(cdasi_baseline) in dm", "p75(cdasi_basline) in dm")
    fresh.edit(claims, "\tp_value(mmt8) in classic_dm", "\tp_value(mmt8) in clasic_dm")

    text = _refused(fresh.snakemake())

    lines = (fresh.folder / claims).read_text(encoding="utf-8").splitlines()
    (row,) = (n for n, line in enumerate(lines, start=1) if "p75(cdasi_basline) in dm" in line)
    assert f"2 errors in resources/{STUDY}:" in text
    assert f"{claims}, row {row}, column 'computed_as': found 'p75(cdasi_basline) in dm'" in text
    assert "'cdasi_basline' is not known" in text
    assert "did you mean 'cdasi_baseline'?" in text
    assert "did you mean 'classic_dm'?" in text
    assert not (fresh.folder / "results").exists()


def test_all_mistakes_of_all_studies_are_told_and_no_job_is_begun(
    warm: Path, tmp_path: Path
) -> None:
    workflow = small(tmp_path / "casebook", commands=warm)
    shutil.copytree(workflow.folder / "resources/small", workflow.folder / "resources/other")
    workflow.edit("resources/other/table.csv", "p2,A", "p2,Q")
    corrections = workflow.folder / "resources/small/corrections.tsv"
    corrections.write_text("patient\tcolumn\told\tnew\treason\np9\tType\tA\tB\ttypo\n")

    run = workflow.snakemake("--config", "studies=[small, other]", "--until", "clean")

    text = _refused(run)
    assert "resources/other/table.csv, row 3, column 'Type': found 'Q'" in text
    assert "resources/small/corrections.tsv, row 2, column 'patient': found 'p9'" in text
    assert run.jobs == []
    assert "Error in rule" not in text
    assert not (workflow.folder / "results").exists()


@pytest.mark.slow
def test_studies_without_mistakes_are_made_and_the_end_says_which_are_not(
    warm: Path, tmp_path: Path
) -> None:
    workflow = small(tmp_path / "casebook", commands=warm)
    for name in ("cells", "described"):
        shutil.copytree(workflow.folder / "resources/small", workflow.folder / "resources" / name)
    workflow.edit("resources/cells/table.csv", "p2,A", "p2,Q")
    workflow.edit("resources/described/study.yaml", "better: lower", "better: lwer")
    studies = ("--config", "studies=[small, cells, described]")

    part = workflow.snakemake(*studies, "--until", "clean")
    run = workflow.snakemake(*studies)
    again = workflow.snakemake(*studies)

    assert (part.status, part.jobs) == (1, [])
    assert run.status == 1
    first, _, end = run.text.partition("Making small: A small study")
    for text in (first, end):
        assert "resources/cells/table.csv, row 3, column 'Type': found 'Q'" in text
        assert "outcomes.score.better: 'lwer' is not allowed" in text
    assert "The report of small is results/small/report.html" in run.text
    assert "All studies are listed in results/index.html" in run.text
    assert again.status == 1
    assert "Not made: cells, described" in again.text
    assert again.jobs == [
        f"Leaving out {name}, which has mistakes" for name in ("cells", "described")
    ]
    assert not (workflow.folder / "results/described").exists()
    page = (workflow.folder / "results/index.html").read_text(encoding="utf-8")
    assert '<a href="small/report.html">A small study</a>' in page
    assert "<strong>described</strong>: there are mistakes in its files" in page


@pytest.mark.slow
def test_an_edit_of_the_page_of_several_studies_is_noticed_and_made_good(
    warm: Path, tmp_path: Path
) -> None:
    workflow = small(tmp_path / "casebook", commands=warm)
    shutil.copytree(workflow.folder / "resources/small", workflow.folder / "resources/other")
    (workflow.folder / "config.yaml").write_text("studies: [small, other]\n", encoding="utf-8")
    assert workflow.snakemake().status == 0
    before = workflow.results()
    workflow.edit("results/index.html", "<h1>2 studies", "<h1>3 studies")

    verified = workflow.snakemake("verify")
    run = workflow.snakemake()
    again = workflow.snakemake()

    assert verified.status == 1
    assert "results/index.html: changed since the results were made" in verified.text
    assert "results/index.html is not as casebook wrote it" in run.text
    assert (run.jobs, again.jobs) == (["Listing all studies"], [])
    assert workflow.results() == before
    assert workflow.snakemake("verify").status == 0


@pytest.mark.slow
def test_a_run_ends_with_the_warnings_about_a_table_that_it_has_checked(
    warm: Path, tmp_path: Path
) -> None:
    workflow = small(tmp_path / "casebook", commands=warm)
    workflow.edit("resources/small/table.csv", "p6,", "Total,")

    first = workflow.snakemake("--until", "clean")
    second = workflow.snakemake("--until", "clean")

    told = first.text[first.text.index("1 warning, in full in results/small/findings.csv:\n") :]
    assert "resources/small/table.csv, row 7, column 'ID': found 'Total'; perhaps not" in told
    assert "warning, in full" not in second.text


def test_a_failed_run_leaves_the_last_report_in_place(finished: Workflow) -> None:
    before = finished.result("report.html").read_bytes()
    finished.edit(TABLE, "\t12\t4\t126\t150", "\t1200\t4\t126\t150")

    _refused(finished.snakemake())

    assert finished.result("report.html").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "better: lower",
            "better: lwer",
            "outcomes.cdasi.better: 'lwer' is not allowed; allowed: 'lower' or 'higher'; "
            "did you mean 'lower'?",
        ),
        (
            "    unit: years",
            "    units: years",
            "variables.age.units: no such key; allowed: censored, column, from_to, label, marks, "
            "measure, missing, pattern, plus_minus, private, range, step, strip_unit, type, unit, "
            "values, visit; did you mean 'unit'?",
        ),
        (
            'select: phenotype == "CDM"',
            'select: phenotype == "CMD"',
            "cohorts.classic_dm.select: 'CMD' is not a level of phenotype; "
            "allowed: CDM, ADM, ASSD; did you mean 'CDM'?",
        ),
    ],
)
def test_a_mistake_in_the_study_is_told_with_its_line_and_without_lines_of_code(
    fresh: Workflow, old: str, new: str, told: str
) -> None:
    lines = (fresh.folder / STUDY_FILE).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if old in text)
    fresh.edit(STUDY_FILE, old, new)

    run = fresh.snakemake()

    assert f"{STUDY_FILE}, line {line}: {told}" in _refused(run)
    assert run.text.rstrip().endswith("Nothing was made.")
    assert not any(noise in run.text for noise in ("WorkflowError", ".smk", "Error in rule"))


def test_a_study_that_is_not_there_is_named_with_those_that_are(fresh: Workflow) -> None:
    text = _refused(fresh.snakemake("--config", "studies=[upadacitinib]"))

    assert (
        "--config: studies.0: 'upadacitinib' is not a study (a new one needs a folder of its name"
        " in resources, with a study.yaml in it);"
        f" allowed: {INVENTED}, {STUDY}; did you mean '{STUDY}'?"
    ) in text


def test_a_mistake_in_the_configuration_is_told_with_its_line(fresh: Workflow) -> None:
    (fresh.folder / "other.yaml").write_text(f"studies: [{STUDY}]\n\nstudies: [other]\n")

    text = _refused(fresh.snakemake("--configfile", "other.yaml"))

    assert "other.yaml, line 3: the key 'studies' is already on line 1" in text


def test_a_target_of_a_cohort_that_does_not_exist_is_refused(fresh: Workflow) -> None:
    text = _refused(fresh.snakemake(f"results/{STUDY}/summaries/classic.csv"))

    assert f"{STUDY} has no cohort classic Nothing was made." in text


def test_a_target_of_a_cohort_within_a_part_is_refused_with_a_way_to_have_it(
    finished: Workflow,
) -> None:
    run = finished.snakemake(f"results/{STUDY}/summaries/dm.csv")

    assert run.status == 1
    assert f"dm of {STUDY} is analysed together with the cohorts before it" in run.text
    hint = "'cohorts_per_job: 1' in study.yaml gives each cohort a job and a file of its own"
    assert hint in run.text


def test_a_mistake_on_the_command_line_of_a_step_has_no_traceback(fresh: Workflow) -> None:
    missing = Path("resources/none/study.yaml")

    call = ("python", "scripts/ingest.py", "--study", str(missing))
    run = fresh.command(*call, "--table", "x.tsv", "--cells", "x.csv", "--remarks", "y.csv")

    assert run.status == 1
    assert run.text == f"{missing}: no such file\n"
