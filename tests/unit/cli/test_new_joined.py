"""Drafts of several tables, and of tables whose header or rows have to be told."""

from pathlib import Path
from shutil import copy

import openpyxl
import pytest

from casebook.cli.main import main
from casebook.mistakes import mistakes
from casebook.study.load import load_study

CASES = Path(__file__).parents[2] / "cases/joined"


def test_several_files_are_drafted_as_joined_tables(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("visits.csv", "table.csv"):
        copy(CASES / name, name)
    lines = (CASES / "labs.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    Path("labs.csv").write_text("".join(lines[2:4] + lines[5:-1]), encoding="utf-8")

    code = main(["new", "visits.csv", "table.csv", "labs.csv", "--name", "forms"])

    study = load_study(Path("resources/forms/study.yaml"))
    assert (code, mistakes(Path("resources/forms/study.yaml"))) == (0, "")
    assert (study.source.table, study.source.patient) == ("table.csv", "ID")
    visits, labs = study.source.joined.values()
    assert (visits.table, visits.patient, visits.visit) == ("visits.csv", "Subject", "Visit")
    assert (labs.patient, labs.partial) == ("Pat-No", True)
    assert [*study.outcomes["crp"].columns] == ["baseline", "week_8"]
    assert [*study.outcomes["score"].columns] == [*study.visits]
    assert "1 patient has no row in it" in Path("resources/forms/study.yaml").read_text("utf-8")


def test_sheets_of_a_workbook_are_joined() -> None:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Follow up")
    for row in (["No", "Age"], ["P1", 50], ["P2", 60], ["P3", 55]):
        first.append(row)
    for row in (["Pat", "Week", "HAQ"], ["P1", 0, 2], ["P1", 4, 1], ["P2", 0, 1], ["P3", 4, 3]):
        second.append(row)
    book.save("book.xlsx")

    code = main(["new", "book.xlsx", "--sheet", "Sheet", "--sheet", "Follow up"])

    study = load_study(Path("resources/book/study.yaml"))
    assert (code, study.source.sheet) == (0, "Sheet")
    assert study.source.joined["follow_up"].sheet == "Follow up"


def test_sheets_of_visits_are_drafted_with_the_visit_behind_the_headers_that_they_share() -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, score in (("Baseline", 9), ("Week 4", 5), ("Week 8", 2)):
        sheet = book.create_sheet(name)
        sheet.append(["ID", "EASI", *(["Sex"] if name == "Baseline" else [])])
        for n in range(4 - (name == "Week 8")):
            sheet.append([f"P{n}", score + n, *(["fm"[n % 2]] if name == "Baseline" else [])])
    book.save("book.xlsx")

    main(["new", "book.xlsx", *(f"--sheet={name}" for name in book.sheetnames)])

    study = load_study(Path("resources/book/study.yaml"))
    assert study.source.joined["week_4"].names == {"B": "EASI Week 4"}
    assert study.source.joined["week_8"].partial
    assert [*study.outcomes["easi"].columns] == ["baseline", "week4", "week8"]
    assert mistakes(Path("resources/book/study.yaml")) == ""


def test_tables_without_a_patient_in_common_are_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("a.csv").write_text("ID,Age\nP1,50\nP2,60\n", encoding="utf-8")
    Path("b.csv").write_text("Number,CRP\n7,5\n8,6\n", encoding="utf-8")

    code = main(["new", "a.csv", "b.csv"])

    told = capsys.readouterr().err
    assert code != 0
    assert "b.csv: no column has the identifiers that stand in 'ID' of a.csv" in told
    assert not Path("resources").exists()


def test_rows_that_stand_twice_in_a_long_table_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = "ID,Week,Score\na,0,1\na,4,2\nb,0,3\nb,4,3\nb,4,3\nc,0,1\nc,4,2\n"
    Path("long.csv").write_text(rows, encoding="utf-8")

    refused = main(["new", "long.csv"])
    told = capsys.readouterr().err
    begun = main(["new", "long.csv", "--leave-out", "6"])

    assert (refused != 0, begun) == (True, 0)
    assert "'Week' would tell the rows of each apart, but for rows 5 and 6" in told


def test_a_last_row_in_a_long_table_that_is_of_no_visit_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = "ID,Week,Score\na,0,1\na,4,2\nb,0,3\nb,4,3\nc,0,1\nc,4,2\nChecked,,12\n"
    Path("long.csv").write_text(rows, encoding="utf-8")

    refused = main(["new", "long.csv"])
    told = capsys.readouterr().err
    begun = main(["new", "long.csv", "--leave-out", "8"])

    assert (refused != 0, begun) == (True, 0)
    assert "but for the last row, which begins with 'Checked'" in told
    assert "--leave-out 8" in told


def test_of_several_tables_one_with_another_header_is_led_to_a_draft_of_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Visits")
    for row in (["No", "Age"], ["P1", 50, "F"], ["P2", 60, "M"]):
        first.append(row)
    for row in (["Pat", "Week", "HAQ"], ["P1", 0, 2], ["P1", 4, 1], ["P2", 0, 1], ["P2", 4, 3]):
        second.append(row)
    book.save("book.xlsx")
    sheets = ["book.xlsx", "--sheet", "Sheet", "--sheet", "Visits"]

    refused = [main(["new", *sheets]), main(["new", *sheets, "--header", "2"])]
    told = capsys.readouterr().err

    assert 0 not in refused
    assert told.count("begin with only one of them") == 2
    assert "say here by" not in told


def test_a_header_that_cannot_be_guessed_can_be_told() -> None:
    rows = "Clinic,A,\n,,\nPatient,Before,After\na,1,2\nb,2,3\nc,1,5\n"
    Path("t.csv").write_text(rows, encoding="utf-8")

    code = main(["new", "t.csv", "--header", "3"])

    study = load_study(Path("resources/t/study.yaml"))
    assert (code, study.source.header, study.source.patient) == (0, (3,), "Patient")


def test_a_table_with_patients_in_columns_is_drafted_as_such() -> None:
    rows = "Table 2\n\n,Patient 1,Patient 2,Patient 3\nAge,40,56,53\nSex,M,F,F\nCRP before,9,8,7\n"
    Path("t.csv").write_text(rows + "CRP after,5,6,7\n", encoding="utf-8")

    code = main(["new", "t.csv"])

    study = load_study(Path("resources/t/study.yaml"))
    assert (code, mistakes(Path("resources/t/study.yaml"))) == (0, "")
    assert (study.source.transpose, study.source.header) == (True, (3,))
    assert (study.source.patient, study.source.names) == ("Patient", {"3": "Patient"})
    assert [*study.variables] == ["age", "sex"]
    assert [*study.outcomes] == ["crp"]


@pytest.mark.parametrize("option", [[], ["--header", "1,2"]])
def test_patients_in_columns_under_names_of_groups_are_drafted_as_such(
    option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    table = CASES.parent / "transposed/table1.tsv"

    code = main(["new", str(table), *option])

    told = capsys.readouterr().out
    path = Path("resources/table1/study.yaml")
    study = load_study(path)
    # The paper prints an mRSS of 52, of a score that ends at 51.
    assert (code, mistakes(path).count("found '52'; allowed: a number from 0 to 51")) == (1, 1)
    assert "Column G is left out: it seems to be a column of totals or means." in told
    source = study.source
    assert (source.transpose, source.header, source.fill_down) == (True, (), ("Group",))
    assert [*source.leave_out] == [7, 13, 14]
    assert [*study.variables][:4] == ["group", "age", "sex", "disease_duration_months_b"]
    assert [*study.cohorts] == ["everyone", "group_a_patients_n_5", "group_b_patients_n_5"]


def test_a_row_for_each_patient_visit_and_measure_is_drafted_as_such() -> None:
    rows = [
        f"{who},{week},{test},{n},{sex}\n"
        for who, sex in (("a", "F"), ("b", "M"), ("c", "F"))
        for week in (0, 4)
        for n, test in enumerate(("CRP (mg/l)", "HAQ"), start=week + 1)
    ]
    Path("t.csv").write_text("ID,Week,Test,Result,Sex\n" + "".join(rows), encoding="utf-8")

    code = main(["new", "t.csv"])

    study = load_study(Path("resources/t/study.yaml"))
    assert (code, mistakes(Path("resources/t/study.yaml"))) == (0, "")
    source = study.source
    assert (source.visit, source.measure, source.value) == ("Week", "Test", "Result")
    assert [each.measure for each in study.outcomes.values()] == ["CRP (mg/l)", "HAQ"]
    assert [*study.variables] == ["sex"]
