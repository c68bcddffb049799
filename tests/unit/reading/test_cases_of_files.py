"""Files as other programs write them, each with what its user would have to be told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.data.findings import DataError, Finding, read_findings
from casebook.data.patients import Patient
from casebook.prepare.clean import Files, clean
from casebook.prepare.ingest import ingest
from casebook.study.load import load_study
from read_back import read_patients

CASES = Path(__file__).parents[2] / "cases"


class Case:
    """A study that was taken through ingest and clean."""

    def __init__(self, folder: Path) -> None:
        study, model = folder / "study.yaml", load_study(folder / "study.yaml")
        out = folder.with_name("out")
        read = [out / "cells.csv", out / "remarks.csv"]
        ingest(study, folder / model.source.table, *read)
        names = ("patients", "measurements", "therapies", "findings", "harms")
        written = [out / f"{name}.csv" for name in names]
        clean(Files(study, *read, [], *written))
        self.patients: list[Patient] = read_patients(written[0], model.kinds)
        self.findings: list[Finding] = read_findings(written[3])

    @property
    def told(self) -> list[str]:
        """The findings, without their file."""
        return [f"{each.severity} {str(each).partition('.xlsx')[2]}" for each in self.findings]


Taken = Callable[..., Case]


@pytest.fixture
def taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Taken:
    """Takes a case, with texts of its study.yaml replaced."""
    monkeypatch.chdir(tmp_path)

    def take(name: str, *edits: tuple[str, str]) -> Case:
        folder = Path(shutil.copytree(CASES / name, name, ignore=lambda *_: ["notes.md"]))
        text = (folder / "study.yaml").read_text()
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        (folder / "study.yaml").write_text(text)
        return Case(folder)

    return take


def refused(taken: Taken, name: str, *edits: tuple[str, str]) -> list[str]:
    with pytest.raises(DataError) as error:
        taken(name, *edits)
    return [str(each) for each in error.value.findings]


def test_formulas_that_were_never_computed_are_errors(taken: Taken) -> None:
    found = refused(taken, "formula-not-computed")

    assert len(found) == 6
    assert found[0] == (
        "formula-not-computed/table.xlsx, row 2, column 'Before': found '=B2+C2'; allowed: a"
        " formula with its value; open the workbook in a spreadsheet program that computes"
        " automatically, and save it, which computes the formula"
    )


def test_an_error_of_a_formula_in_an_ods_is_an_error(taken: Taken) -> None:
    (found,) = refused(taken, "ods-error")

    assert "row 3, column 'After': found '#DIV/0!'; allowed: a value, not the error" in found


def test_a_percentage_is_read_as_such_where_the_unit_says_so_and_else_refused(taken: Taken) -> None:
    found = refused(taken, "percent-format")
    shutil.rmtree("percent-format")
    case = taken("percent-format", ("{ label: Score,", '{ label: Score, unit: "%",'))

    assert len(found) == 12
    assert found[0].endswith(
        "row 2, column 'Before': found '80%'; allowed: a number from 0 to 100; if the unit"
        ' contains a %, as in unit: "%", this is read as the number before the sign'
    )
    values = [(p.values["score_baseline"], p.values["score_followup"]) for p in case.patients]
    assert values[:3] == [(80, 10), (30, 12), (25.5, 25)]
    assert values[5] == (22, 7)


def test_an_identifier_is_read_as_it_is_shown(taken: Taken) -> None:
    case = taken("identifier-format")

    assert [patient.id for patient in case.patients] == ["001", "002", "003", "010", "011", "012"]


def test_a_group_that_is_merged_over_rows_is_the_group_of_all_of_them(taken: Taken) -> None:
    case = taken("merged-body")

    assert [patient.values["group"] for patient in case.patients] == ["A", "A", "A", "B", "B", "B"]
    assert case.told == [
        f"warning , row {row}, column 'Group': found '{group}'; merged with {first}, so it is"
        f" taken to apply to this row too"
        for row, group, first in [(3, "A", "B2"), (4, "A", "B2"), (6, "B", "B5"), (7, "B", "B5")]
    ]


def test_a_hidden_row_is_used_and_told_until_the_study_says_what_it_is(taken: Taken) -> None:
    case = taken("hidden-rows", ("licence: CC0", "licence: CC0\n  leave_out: { 5: withdrawn }"))

    assert len(case.patients) == 5
    (told,) = [each for each in case.findings if "hidden" in each.hint]
    assert (told.severity, told.row, told.value, told.about) == ("warning", 3, "P2", "patients")
    assert told.hint.startswith("perhaps not a separate patient: it is hidden in the file; if")


def test_a_hidden_row_that_is_kept_is_no_doubt_any_more(taken: Taken) -> None:
    keep = "licence: CC0\n  keep: { 3: hidden for a talk }\n  leave_out: { 5: withdrawn }"

    case = taken("hidden-rows", ("licence: CC0", keep))

    assert not any(each.about == "patients" for each in case.findings)


def test_the_sheet_that_the_user_sees_first_is_read(taken: Taken) -> None:
    case = taken("hidden-sheet")

    assert len(case.patients) == 6
    assert case.told == ["note : found 'Sheet'; hidden, so not read"]


def test_a_note_in_the_furthest_corner_is_told_with_its_cell(taken: Taken) -> None:
    (found,) = refused(taken, "far-cell")

    assert found.startswith(
        "far-cell/tiny.xlsx, sheet 'Sheet', row 1048576, column 'XFD': found 'note'"
    )


def test_a_text_of_three_megabytes_is_told_with_its_cell(taken: Taken) -> None:
    (found,) = refused(taken, "xlsx-cell-3MB")

    assert "t.xlsx, sheet 'Sheet', row 2, column 'A': found 'lol" in found
    assert len(found) < 300


def test_a_cell_that_begins_with_a_quotation_mark_is_told_with_what_to_write(taken: Taken) -> None:
    (found,) = refused(taken, "tsv-quote")

    assert found.startswith(
        "tsv-quote/table.tsv, row 2, column 'Note': found '\"Refractory\" rash'"
    )
    assert found.endswith('here as """Refractory"" rash"')


def test_a_table_in_utf_16_is_read(taken: Taken) -> None:
    assert [patient.id for patient in taken("utf16").patients][:2] == ["P1", "P2"]


def test_a_table_below_a_title_that_is_left_out_is_read(taken: Taken) -> None:
    assert len(taken("title-above").patients) == 6


def test_a_title_is_told_as_such(taken: Taken) -> None:
    (found,) = refused(taken, "title-above", ("  leave_out: { 1: the title }\n", ""))

    assert found.endswith("source.leave_out of study.yaml can say { 1: a title }")
