"""What a run says of the results of the run before."""

import re
import shutil

import pytest

from workflow import STUDY, Workflow

TABLE = f"resources/{STUDY}/table1.tsv"


def _section(workflow: Workflow) -> str:
    """The section of changes of the report, as text on one line; empty where there is none."""
    page = workflow.result("report.html").read_text(encoding="utf-8")
    section = re.search('<section id="changes">(.*?)</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", section[1]).split()) if section else ""


def _kinds(workflow: Workflow) -> list[str]:
    lines = workflow.result("changes.csv").read_text(encoding="utf-8").splitlines()
    return [line.partition(",")[0] for line in lines[1:]]


def test_a_first_run_has_nothing_to_compare_with(finished: Workflow) -> None:
    assert _kinds(finished) == []
    assert _section(finished) == ""


@pytest.mark.slow
def test_the_report_says_what_an_edit_has_moved_until_the_next_one(finished: Workflow) -> None:
    finished.edit(TABLE, "\t14\t7\tNA\tNA", "\t14\t20\tNA\tNA")

    run = finished.snakemake()
    told = _section(finished)
    again = finished.snakemake()
    before = finished.results()
    forced = finished.snakemake("--forcerun", "changes")

    assert run.status == 0, run.text
    # In R: wilcox.test(c(-7, -9, 6), conf.int = TRUE, conf.level = 0.75) gives −9 to 6.
    assert (
        "CDASI, Amyopathic DM Now, the interval of the shift includes 0: −4.25 ( −9 to 6 ), which"
        " covers in only 75% of samples. Before, the interval of the shift excludes 0: −7.5 (−9 to"
        " −7), which covers in only 75% of samples."
    ) in told
    assert "P08 CDASI, current 7 20 edited" in told
    assert "Nothing to be done" in again.text
    assert forced.status == 0, forced.text
    assert finished.results() == before

    finished.edit(TABLE, "\t14\t20\tNA\tNA", "\t14\t7\tNA\tNA")
    assert finished.snakemake().status == 0

    assert "P08 CDASI, current 20 7 edited" in _section(finished)


@pytest.mark.slow
def test_a_run_that_ends_before_its_report_is_not_compared_with(finished: Workflow) -> None:
    finished.edit(TABLE, "\t14\t7\tNA\tNA", "\t14\t20\tNA\tNA")
    assert finished.snakemake("--until", "changes").status == 0
    finished.edit(TABLE, "\t14\t20\tNA\tNA", "\t14\t8\tNA\tNA")

    run = finished.snakemake()

    assert run.status == 0, run.text
    assert "P08 CDASI, current 7 8 edited" in _section(finished)


@pytest.mark.slow
def test_results_that_the_configuration_names_are_compared_with(finished: Workflow) -> None:
    shutil.copytree(finished.result("."), finished.folder / "results of May")
    finished.edit("config.yaml", "studies:", f"compare:\n  {STUDY}: results of May\nstudies:")
    finished.edit(TABLE, "\t14\t7\tNA\tNA", "\t14\t20\tNA\tNA")
    assert finished.snakemake().status == 0
    finished.edit(TABLE, "\t14\t20\tNA\tNA", "\t14\t7\tNA\tNA")

    run = finished.snakemake()

    assert run.status == 0, run.text
    assert "Compared with the results that config.yaml names. Nothing changed." in _section(
        finished
    )
    assert _kinds(finished) == ["compared"]
    assert finished.snakemake("verify").status == 0
    finished.edit("results of May/results.csv", "0.0625", "0.0425")
    assert "results of May/results.csv: changed since" in finished.snakemake("verify").text


def test_a_folder_without_results_is_named_before_the_first_job(fresh: Workflow) -> None:
    run = fresh.snakemake("--config", f"compare={{{STUDY}: old}}")

    assert run.status == 1
    assert "Traceback" not in run.text
    assert (
        f"--config: compare.{STUDY}: no folder 'old'; allowed: a folder with results.csv, left by"
        " an earlier run"
    ) in " ".join(run.text.split())
    assert not (fresh.folder / "results").exists()
