"""What a user sees of a run: the report, nothing to do the second time, the same bytes again."""

import csv
import re
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from casebook.data.verdicts import read_verdicts
from casebook.provenance.manifest import read_manifest
from casebook.provenance.record import read_record
from casebook.report.audit_section import in_one_line
from workflow import ROOT, SHOWN, STUDY, Workflow, modules_of, small


def _response_table(workflow: Workflow) -> dict[tuple[str, str], dict[str, str]]:
    """The rows of the response table by cohort and outcome."""
    with workflow.result("tables/response.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found, cohort = {}, ""
    for row in rows:
        label = row.pop("Cohort and outcome")
        if any(row.values()):
            found[cohort, label] = row
        else:
            cohort = label
    return found


def test_a_full_run_gives_the_papers_table_2(finished: Workflow) -> None:
    rows = _response_table(finished)

    shown = {
        where: (*list(row.values())[:3], row["p-value"])
        for where, row in rows.items()
        if where[0].startswith(("Classic", "Amyopathic"))
    }

    assert shown == {
        ("Classic DM (n = 5)", "CDASI"): ("5", "12 (7–27)", "4 (1–5)", "0.0625"),
        ("Classic DM (n = 5)", "MMT8"): ("5", "150 (127–150)", "150 (150–150)", "0.371"),
        ("Amyopathic DM (n = 3)", "CDASI"): ("3", "9 (8.5–11.5)", "1 (0.5–4)", "0.174"),
        ("Amyopathic DM (n = 3)", "MMT8"): ("0", "–", "–", "–"),
        # The paper prints 7.8-12.2; the upper quartile of its Table 1 is 17.25.
        ("Classic and amyopathic DM (n = 8)", "CDASI"): (
            "8",
            "10.5 (7.75–17.25)",
            "2.5 (0.75–5.5)",
            "0.014",
        ),
        ("Classic and amyopathic DM (n = 8)", "MMT8"): (
            "5",
            "150 (127–150)",
            "150 (150–150)",
            "0.371",
        ),
    }


def test_the_report_shows_the_table_and_warns_of_too_few_patients(finished: Workflow) -> None:
    page = finished.result("report.html").read_text(encoding="utf-8")

    without_links = re.sub(r"</?a\b[^>]*>", "", page)
    text = unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", without_links)))

    assert "12 (7–27) 4 (1–5) −12 (−22 to −2) 93.75% 0.0625 0.0625 0.0625" in text
    assert "An exact test could not have given p < 0.05 in 5 of 7 paired tests and 8 of 8" in text
    assert (
        "Wilcoxon signed-rank test, exact (default rule of R up to 4.5): CDASI in Classic DM"
        in text
    )


def test_the_audit_finds_the_papers_misprint_and_its_wrong_test(finished: Workflow) -> None:
    with finished.result("audit.csv").open(encoding="utf-8", newline="") as file:
        claims = {row["claim"]: row for row in csv.DictReader(file)}

    quartile, test = claims["C087"], claims["C050"]

    assert (quartile["printed"], quartile["verdict"]) == ("12.2", "contradicted")
    assert (quartile["recomputed"], quartile["distance"]) == ("17.25", "-5.05")
    assert quartile["misprint"] == "17.2 with one digit changed"
    assert (quartile["columns"], quartile["rows"]) == ("CDASI, pre-UPA", "2; 3; 4; 5; 6; 7; 8; 9")
    assert (test["printed"], test["verdict"]) == ("Wilcoxon Rank-Sum test", "contradicted")
    assert test["recomputed"] == "signed-rank"


@pytest.mark.slow
def test_a_study_without_claims_has_a_report_without_an_audit(fresh: Workflow) -> None:
    (fresh.folder / f"resources/{STUDY}/claims.tsv").unlink()

    run = fresh.snakemake()

    assert run.status == 0, run.text
    assert "Audit of the paper" not in fresh.result("report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_study_without_treatment_doses_and_therapies_lacks_their_figures(fresh: Workflow) -> None:
    path = fresh.folder / f"resources/{STUDY}/study.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("treatment:\n  label"), text.index("\noutcomes:")
    without = (text[:start] + text[end:]).replace("therapies: [prior_therapies,", "#")
    path.write_text(without, encoding="utf-8")

    run = fresh.snakemake()

    assert run.status == 0, run.text
    drawn = {path.stem for path in fresh.result("figures").glob("*.svg")}
    assert drawn == {
        "paired-cdasi", "paired-mmt8", "waterfall-cdasi", "waterfall-mmt8", "forest", "conventions",
    }  # fmt: skip


@pytest.mark.slow
def test_a_study_with_a_table_of_harms_reports_them(fresh: Workflow) -> None:
    path = fresh.folder / f"resources/{STUDY}/study.yaml"
    harms = "harms: { table: { table: harms.csv, columns: { patient: P, term: T, grade: G } } }"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{harms}\n", encoding="utf-8")
    path.with_name("harms.csv").write_text("P,T,G\nP01,Zoster,2\nP04,Zoster,3\n", encoding="utf-8")

    run = fresh.snakemake()
    again = fresh.snakemake()

    assert run.status == 0, run.text
    assert again.jobs == []
    table = fresh.result("tables/harms.csv").read_text(encoding="utf-8")
    assert "\nZoster,2 (40%),0 (0%)," in table
    assert "Zoster (grade 3, row 3)" in fresh.result("report.html").read_text(encoding="utf-8")

    path.with_name("harms.csv").write_text("P,T,G\nP01,Zoster,2\n", encoding="utf-8")
    changed = fresh.snakemake()

    assert changed.status == 0, changed.text
    assert f"Reading the adverse events of {STUDY}" in changed.jobs
    assert f"Counting the adverse events of {STUDY}" in changed.jobs
    assert f"Reading the raw table of {STUDY}" not in changed.jobs


THREE_VISITS = """\
title: Three visits
source: { table: table.csv, patient: ID }
visits: { start: Before, month3: Month 3, month6: Month 6 }
outcomes:
  pain:
    label: Pain
    columns: { start: P0, month3: P3, month6: P6 }
    range: [0, 100]
    better: lower
    censored: { below: limit }
contrasts:
  late: { label: After 6 months, visit: month6, against: start }
  early: { label: After 3 months, visit: month3, against: start }
cohorts: { everyone: { label: Everyone } }
"""


@pytest.mark.slow
def test_a_study_with_three_visits_and_then_with_one(fresh: Workflow) -> None:
    folder = fresh.folder / f"resources/{STUDY}"
    (folder / "claims.tsv").unlink()
    study, table = folder / "study.yaml", folder / "table.csv"
    study.write_text(THREE_VISITS, encoding="utf-8")
    table.write_text("ID,P0,P3,P6\na,9,5,3\nb,8,7,4\nc,7,,6\nd,8,3,<1\n", encoding="utf-8")

    run = fresh.snakemake()

    assert run.status == 0, run.text
    rows = fresh.result("tables/response.csv").read_text(encoding="utf-8")
    assert "After 6 months: Everyone (n = 4)" in rows
    assert "After 3 months: Everyone (n = 4)" in rows
    for figure in ("paired", "trajectories", "multiples"):
        drawn = fresh.result(f"figures/{figure}-pain.svg").read_text(encoding="utf-8")
        assert "below the limit of measurement" in drawn
    assert fresh.snakemake().jobs == []

    study.write_text(THREE_VISITS.replace("After 3", "At 3"), encoding="utf-8")
    relabelled = fresh.snakemake()

    assert not [job for job in relabelled.jobs if job.startswith("Computing")]
    assert "At 3 months: Everyone (n = 4)" in fresh.result("tables/response.csv").read_text("utf-8")

    text = THREE_VISITS.partition("contrasts:")[0].replace("month3: P3, month6: P6 ", "")
    study.write_text(
        f"{text}cohorts: {{ everyone: {{ label: Everyone }} }}\n".replace("P0,", "P0"), "utf-8"
    )
    once = fresh.snakemake()

    assert once.status == 0, once.text
    assert not [*fresh.result("figures").glob("paired-*")]
    verdict = fresh.result("verdict.txt").read_text(encoding="utf-8")
    assert "No outcome is compared between visits." in verdict


def test_the_report_shows_the_figures_in_order(finished: Workflow) -> None:
    page = finished.result("report.html").read_text(encoding="utf-8")

    assert re.findall(r'<figure id="([^"]*)"', page)[:9] == [
        "paired-cdasi",
        "paired-mmt8",
        "waterfall-cdasi",
        "waterfall-mmt8",
        "forest",
        "swimmer",
        "retention",
        "therapies",
        "dose-prednisone",
    ]


def test_a_run_shows_what_it_makes_a_line_for_each_step_and_what_it_found(
    finished: Workflow,
) -> None:
    text = (finished.folder / SHOWN).read_text(encoding="utf-8")

    before, _, made = text.partition("Making ")
    title, *steps, report, verdict, log = filter(None, made.splitlines())
    assert before.count("\n") <= 2  # on the profile and the disk, before casebook is read
    assert title == f"{STUDY}: Upadacitinib in refractory inflammatory myositis"
    assert steps[0] == f"[ 1/{len(steps)}] Reading the raw table of {STUDY}"
    assert steps[-1] == f"[{len(steps)}/{len(steps)}] All is made"
    assert report == f"The report of {STUDY} is results/{STUDY}/report.html"
    assert verdict.startswith("2 of the 7 paired tests gave p < 0.05")
    written = (finished.folder / log.removeprefix("The full log is ")).read_text(encoding="utf-8")
    assert "Building DAG of jobs..." in written
    assert "Finished jobid: " in written


@pytest.mark.slow
def test_a_step_that_fails_is_told_by_what_it_said(warm: Path, tmp_path: Path) -> None:
    workflow = small(tmp_path / "casebook", commands=warm)
    (workflow.folder / "scripts/ingest.py").write_text("raise SystemExit('no room for cells')\n")

    run = workflow.snakemake()

    failed = "Reading the raw table of small"
    assert f"\nFailed: {failed}\n  | no room for cells\n" in run.text
    assert f"\nFailed: {failed}\n\nNot made: small\n" in run.text
    assert not any(noise in run.text for noise in ("Traceback", "Exception", "CalledProcess"))


def test_the_report_needs_nothing_from_outside(finished: Workflow) -> None:
    page = finished.result("report.html").read_text(encoding="utf-8")

    loaded = re.findall(r'(?:src|srcset|data|action)="([^"]*)"|@import|url\((?!#)', page)

    assert loaded == []
    assert "default-src 'none'" in page
    assert str(finished.folder) not in page


def test_a_second_run_has_nothing_to_do_and_loads_nothing_for_it(finished: Workflow) -> None:
    run = replace(finished, commands=None, environment={"PYTHONPROFILEIMPORTTIME": "1"}).snakemake()

    assert run.status == 0
    assert "Nothing to be done" in run.text
    assert f"The report of {STUDY} is results/{STUDY}/report.html" in run.text
    loaded = {line.rpartition("|")[2].strip() for line in run.text.splitlines() if "|" in line}
    assert "casebook.study.load" in loaded
    assert not loaded & {"pandas", "scipy", "casebook.mistakes", "casebook.prepare.clean"}


# What reads a file of another kind is loaded for such a file alone; the bundled table is a text.
OF_OTHER_FILES = {
    f"scripts/casebook/reading/{name}.py"
    for name in (
        *("archives", "excelsheets", "excelstyles", "numberformats"),
        *("oldexcel", "opendocument", "opendocumentcells", "opendocumentstyles"),
        *("documents", "webpages", "pagestyles", "worddocuments"),
        *("statisticsfiles", "transport"),
    )
}


def test_each_job_says_all_the_code_that_it_loads(finished: Workflow) -> None:
    known = read_manifest(finished.result("manifest.json")).code

    for path in finished.result("records").glob("*.json"):
        read = read_record(path)
        code = read.code.keys()
        imported = {
            Path(file).relative_to(ROOT).as_posix()
            for module in modules_of(read.command).modules.values()
            if (file := module.__file__)
        }
        templates = {name for name in known if "/templates/" in name}
        assert imported - OF_OTHER_FILES <= code <= known.keys()
        assert (templates <= code) is (read.command in ("tables", "report", "manifest"))


def test_every_output_can_be_asked_for_by_name(fresh: Workflow, finished: Workflow) -> None:
    targets = [f"results/{name}" for name in finished.results() if "/cohorts/" not in name]

    run = fresh.snakemake("--dry-run", *targets)

    assert len(targets) > 15
    assert run.status == 0, run.text


@pytest.mark.slow
def test_what_was_deleted_is_made_again(finished: Workflow) -> None:
    before = finished.results()
    for name in (
        "results.csv",
        "therapies.csv",
        "tables/baseline.csv",
        "tables/response.docx",
        "figures/forest.pdf",
    ):
        finished.result(name).unlink()

    run = finished.snakemake()

    assert run.status == 0, run.text
    assert finished.results() == before


def test_the_end_of_a_run_says_where_the_report_is_and_what_it_found(finished: Workflow) -> None:
    run = finished.snakemake("--forcerun", "report")

    claims = in_one_line(read_verdicts(finished.result("audit.csv")))
    assert (
        f"The report of {STUDY} is results/{STUDY}/report.html\n"
        f"2 of the 7 paired tests gave p < 0.05; 5 could not have with an exact test.{claims}\n"
    ) in run.text


def test_the_end_of_a_part_of_a_run_does_not_tell_what_old_results_say(finished: Workflow) -> None:
    finished.edit(f"resources/{STUDY}/table1.tsv", "\t12\t4\t126\t150", "\t12\t5\t126\t150")

    run = finished.snakemake("--until", "clean")

    assert run.status == 0, run.text
    assert f"results/{STUDY}/report.html does not show the current results" in run.text
    assert "tests gave p" not in run.text


def test_snakemakes_own_report_shows_the_results_by_study(finished: Workflow) -> None:
    run = finished.snakemake("--report", "results/snakemake-report.zip")

    assert run.status == 0, run.text
    with zipfile.ZipFile(finished.folder / "results/snakemake-report.zip") as archive:
        shown = {Path(name).name for name in archive.namelist()}
        page = archive.read("snakemake-report/report.html").decode("utf-8")
    assert {"report.html", "results.csv", "audit.csv", "baseline.csv", "forest.svg"} <= shown
    assert "each number links to the cells that it was computed from" in page


def test_snakemakes_own_linter_has_nothing_to_say(fresh: Workflow) -> None:
    run = fresh.command("snakemake", "--lint")

    assert run.status == 0
    assert "your workflow is in a good condition" in run.text
