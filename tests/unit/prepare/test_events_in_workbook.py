"""Patients and their adverse events in two sheets of one workbook."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from casebook.mistakes import mistakes
from casebook.prepare.events import raw_events
from casebook.prepare.ingest import table_of
from casebook.study.load import load_study
from casebook.study.model import Study

TABLE = "harms: { table: { table: t.xlsx, sheet: AE, columns: { patient: ID, term: Event } } }"


@pytest.fixture
def workbook(make_study: Callable[..., Path]) -> Callable[..., Path]:
    """Writes a study whose workbook has these ages and events, and a sheet that is not read."""

    def run(age: str = "70", patient: str = "a", source: str = "t.xlsx") -> Path:
        book = openpyxl.Workbook()
        patients = book.active
        assert patients is not None
        header = ("ID", "Age", "Sex", "Drugs", "Start", "Remark", "Before", "After")
        rows = {
            "Patients": [header, ("a", age, "F", "HCQ", "2024-01-31", "", "12", "3")],
            "AE": [("ID", "Event"), (patient, "Rash")],
            "Notes": [("x", "y")],
        }
        patients.title = "Patients"
        for name, lines in rows.items():
            sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
            for line in lines:
                sheet.append(line)
        study = make_study(("table.csv", source), ("cohorts:", f"{TABLE}\ncohorts:"))
        book.save(study.parent / "t.xlsx")
        return study

    return run


def notes(study: Study, path: Path) -> list[str]:
    return [each.value for each in table_of(study, path).remarks]


def test_a_sheet_that_is_read_as_events_is_not_said_to_be_unread(
    workbook: Callable[..., Path],
) -> None:
    file = workbook()
    study = load_study(file)

    assert notes(study, file.parent / "t.xlsx") == ["Notes"]
    assert raw_events(study, file.parent / "t.xlsx").remarks == []


def test_a_finding_names_the_sheet_where_several_are_read(workbook: Callable[..., Path]) -> None:
    told = mistakes(workbook(patient="b"))
    named = mistakes(workbook(age="x", source="t.xlsx\n  sheet: Patients"))

    assert "t.xlsx, sheet 'AE', row 2, column 'ID': found 'b'" in told
    assert "t.xlsx, sheet 'Patients', row 2, column 'Age': found 'x'" in named
