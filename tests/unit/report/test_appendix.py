"""What the report links an audit's patients and cells to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.analysis.topic import Topic
from casebook.data.findings import Finding
from casebook.data.results import EACH_PATIENT, TOGETHER
from casebook.data.verdicts import Verdict
from casebook.report.appendix import Trace
from casebook.report.raw_tables import RawCell, RawTable
from casebook.study.load import load_study


@pytest.fixture
def trace(make_study: Callable[..., Path]) -> Trace:
    """Of a table whose identifiers and columns hold what could part a list."""
    columns = {1: "Score: before", 2: "A; B"}
    patients = {2: "Doe, J.", 3: "Roe, R."}
    cells = {
        (row, column): RawCell(f"cell-{row}-{column}", "1")
        for row in patients
        for column in columns
    }
    raw = RawTable("table.csv", columns, patients, cells)
    return Trace(load_study(make_study()), raw, [], {}, [])


def test_a_patient_whose_name_holds_a_comma_is_marked(trace: Trace) -> None:
    marked = trace.patients_marked(("Doe, J.", "Roe, R."))

    assert marked.count('class="patient"') == 2
    assert ">Doe, J.</span>, <span" in marked


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("31", "13", "13 (corrected from 31)"), ("31", "", "empty (corrected from 31)")],
)
def test_results_come_from_a_cell_as_it_was_corrected(old: str, new: str, expected: str) -> None:
    correction = Finding("note", "t.csv", 2, "Score", old, about="correction", new=new)

    assert RawCell("cell-2-1", old, correction).counted == expected
    assert RawCell("cell-2-1", old).counted == old
    assert RawCell("cell-2-1", "").counted == "empty"


def test_cells_are_linked_whatever_their_column_is_called(trace: Trace) -> None:
    columns = ("Score: before", "A; B", "Other")
    verdict = Verdict("C1", "", "", "", "", "", "", columns=columns, rows=(2, 3, 5))

    linked = trace.linked_cells(verdict)

    assert linked == (
        '<a href="#cell-2-1">Score: before: rows 2–3, 5</a>;'
        ' <a href="#cell-2-2">A; B: rows 2–3, 5</a>; Other: rows 2–3, 5'
    )


def test_a_result_of_a_patient_whose_row_is_not_shown_has_no_cell_of_others(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study())
    columns = dict(enumerate(each.column for each in study.outcomes["score"].columns.values()))
    cells = {(2, number): RawCell(f"cell-2-{number}", "1") for number in columns}
    raw = RawTable("table.csv", columns, {2: "seen"}, cells)
    trace = Trace(study, raw, [], {TOGETHER: ["seen", "unseen"]}, [])

    def source(patient: str) -> tuple[int, int]:
        of_one = Topic(TOGETHER, "score", EACH_PATIENT, level=patient)
        (found,) = trace.sources([of_one.row("percent_change", "Change", 1)]).values()
        return len(found.cells), found.more

    assert source("seen") == (2, 0)
    assert source("unseen") == (0, 2)
