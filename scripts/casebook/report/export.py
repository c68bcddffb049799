"""Writes the tables of a manuscript to files: CSV, a page of HTML, and a Word document."""

from pathlib import Path

from casebook.base.csvfiles import write_table
from casebook.base.files import write_text
from casebook.data.findings import read_findings
from casebook.data.results import Results, read_results
from casebook.report.cohort_tests import tests_of
from casebook.report.comparisons import comparison_table
from casebook.report.each_two import each_two_table
from casebook.report.harms import harms_table
from casebook.report.limit_notes import with_limits
from casebook.report.manuscript import Table, baseline_table, outcomes_table, response_table
from casebook.report.render import render
from casebook.report.word import write_document
from casebook.study.load import load_study
from casebook.wording.traces import plain


def tables(study: Path, results: Path, findings: Path, folder: Path) -> None:
    """Write `baseline` and `response` to the folder, each as .csv, .html and .docx.

    Args:
        study: The study.yaml.
        results: The results of all cohorts.
        findings: What was found in the data, some of which tables tell in their notes.
        folder: The folder to write to.
    """
    model, found = load_study(study), Results(read_results(results, each_patient=()))
    response = (
        response_table(model, found) if model.changes else outcomes_table(model, found, "response")
    )
    told = read_findings(findings)
    for table in (baseline_table(model, found), response):
        _write(folder, with_limits(model, table, told))


def harm_table(study: Path, results: Path, folder: Path) -> None:
    """Write `harms` to the folder as .csv, .html and .docx, for a study that has harms."""
    _write(folder, harms_table(load_study(study), Results(read_results(results, each_patient=()))))


def one_comparison(study: Path, results: Path, folder: Path, comparison: str) -> None:
    """Write `comparison-<name>` of a declared one to the folder, as .csv, .html and .docx."""
    model, rows = load_study(study), read_results(results, each_patient=())
    tests = tests_of(model, rows, Results(rows))[comparison]
    _write(folder, comparison_table(model, comparison, tests))


def each_two(study: Path, results: Path, folder: Path, comparison: str) -> None:
    """Write `each-two-<name>`, of a comparison of several cohorts, as .csv, .html and .docx."""
    model, rows = load_study(study), read_results(results, each_patient=())
    tests = tests_of(model, rows, Results(rows))[comparison]
    for table in each_two_table(model, comparison, tests):
        _write(folder, table)


def _write(folder: Path, table: Table) -> None:
    _write_csv(folder / f"{table.name}.csv", table)
    write_text(folder / f"{table.name}.html", plain(render("tablepage.html", table=table)))
    write_document(folder / f"{table.name}.docx", table)


def _write_csv(path: Path, table: Table) -> None:
    blanks = ("",) * (len(table.columns) - 1)
    rows = ([row.label, *(row.cells or blanks)] for row in table.rows)
    write_table(path, [*map(plain, table.columns)], ([plain(cell) for cell in r] for r in rows))
