from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.data.findings import DataError
from casebook.data.remarks import Remark, read_remarks, write_remarks

Clean = Callable[..., Any]
VALUE = "a value, not the error of a formula"
HINT = "correct the formula in the table, or list its text under missing in study.yaml"
HEADER = "ID,Age,Sex,Drugs,Start,Remark,Before,After\n"


def errors(clean_study: Clean, *edits: tuple[str, str], **files: str) -> list[str]:
    with pytest.raises(DataError) as error:
        clean_study(*edits, **files)
    return [str(each) for each in error.value.findings]


def test_remarks_come_back_as_they_were_written(tmp_path: Path) -> None:
    remarks = [
        Remark("warning", 3, 0, "", "", "hidden"),
        Remark("error", 2, 5, "=A1", "a value"),
    ]

    write_remarks(tmp_path / "remarks.csv", remarks)

    assert read_remarks(tmp_path / "remarks.csv") == remarks


@pytest.mark.parametrize("shown", ["#DIV/0!", "#N/A", "#NAME?", "#BEZUG!", "#NV", "Err:502"])
def test_an_error_of_a_formula_is_no_value_of_any_column(clean_study: Clean, shown: str) -> None:
    table = f"{HEADER}{shown},{shown},{shown},none,{shown},{shown},1,{shown}\n"

    found = errors(clean_study, table=table)

    assert found == [
        f"study/table.csv, row 2, column '{column}': found '{shown}'; allowed: {VALUE}; {HINT}"
        for column in ("ID", "Age", "Sex", "Start", "Remark", "After")
    ]


def test_an_error_of_a_formula_can_mean_that_a_value_is_missing(clean_study: Clean) -> None:
    table = f"{HEADER}a,#N/A,F,none,,#N/A,1,2\n"

    (patient,) = clean_study(("[NA]", '[NA, "#N/A"]'), table=table).patients

    assert patient.values["age"] is None
    assert patient.values["remark"] is None


def test_an_error_of_a_formula_can_be_corrected(clean_study: Clean) -> None:
    table = f"{HEADER}a,70,F,none,,,1,#DIV/0!\n"
    corrections = "patient\tcolumn\told\tnew\treason\na\tAfter\t#DIV/0!\t2\tcomputed by hand\n"

    (patient,) = clean_study(table=table, corrections=corrections).patients

    assert patient.values["score_followup"] == 2


def test_an_error_of_a_formula_in_what_is_not_used_stops_nothing(clean_study: Clean) -> None:
    table = f"{HEADER.strip()},Mean\na,70,F,none,,,1,2,#DIV/0!\nmean,#DIV/0!,,,,,#DIV/0!,#DIV/0!,\n"
    left_out = ("  licence: CC0", "  licence: CC0\n  leave_out: { 3: means }")

    cleaned = clean_study(left_out, table=table)

    assert [patient.id for patient in cleaned.patients] == ["a"]
    assert not any("formula" in str(finding) for finding in cleaned.findings)


@pytest.mark.parametrize("text", ["#1", "# 3", "#N", "Err", "#unknown"])
def test_a_text_that_begins_like_an_error_is_a_text(clean_study: Clean, text: str) -> None:
    (patient,) = clean_study(table=f"{HEADER}a,70,F,none,,{text},1,2\n").patients

    assert patient.values["remark"] == text
