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

    def run(
        age: str = "70", patient: str = "a", source: str = "t.xlsx", *, last: bool = False
    ) -> Path:
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
        if last:
            book.move_sheet(patients, len(rows) - 1)
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


def test_patients_are_not_looked_for_in_the_sheet_of_the_events(
    workbook: Callable[..., Path],
) -> None:
    file = workbook(last=True)
    study = load_study(file)
    book = openpyxl.load_workbook(file.parent / "t.xlsx")
    del book["Notes"]
    book.save(file.parent / "t.xlsx")

    assert table_of(study, file.parent / "t.xlsx").grid.headers[2] == "Age"


def test_the_sheet_that_has_the_columns_is_told_where_the_first_has_not(
    workbook: Callable[..., Path],
) -> None:
    file = workbook(last=True)
    unnamed = file.read_text().replace("sheet: AE, ", "").replace("t.xlsx", "e.xlsx", 1)
    (file.parent / "e.xlsx").write_bytes((file.parent / "t.xlsx").read_bytes())

    of_patients = mistakes(file)
    file.write_text(unnamed.replace("e.xlsx", "e.xlsx\n  sheet: Patients", 1))
    book = openpyxl.load_workbook(file.parent / "t.xlsx")
    book.move_sheet("AE", 2)
    book.save(file.parent / "t.xlsx")
    of_events = mistakes(file)

    assert (
        "t.xlsx: allowed: a sheet with the columns; no sheet is named, so the first is taken,"
        " 'Notes'; 'Patients' has more of them, 8 of 8: name it under source.sheet in study.yaml"
    ) in of_patients
    assert (
        "'Notes'; 'AE' has more of them, 2 of 2: name it under harms.table.sheet in study.yaml"
    ) in of_events
