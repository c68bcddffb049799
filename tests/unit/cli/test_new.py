"""`casebook new`: from a table to a draft that fits it, in a folder that was not there."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from casebook.cli.main import main
from casebook.mistakes import mistakes
from casebook.study.inexact import Censored
from casebook.study.load import load_study
from casebook.study.unreviewed import REVIEW, marked_lines
from casebook.study.variables import NumberVariable
from claimlines import HEADER, claim
from workflow import ROOT

Output = pytest.CaptureFixture[str]
SKIN = """\
Patient;Born;Sex;EASI before;EASI after;Drugs;Steroid mg;Note
S1;12.03.1950;f;22,4;3,1;MTX*, CSA;10;x: y
S2;30.11.1961;m;31;12,5;AZA;0;'
S3;05.05.1988;f;18,2;0;none;5;# z
S4;29.02.1972;m;40,1;22;MTX, AZA*;20;- a
S5;17.08.1990;f;12;12;none;NA;"a, b"
S6;02.01.1945;m;27,75;8;CSA;7,5;null
"""


def table(text: str | bytes = SKIN, name: str = "Skin 2024.csv") -> str:
    content = text.encode() if isinstance(text, str) else text
    Path(name).write_bytes(content)
    return name


def workbook(path: Path, rows: list[list[object]], *sheets: str) -> None:
    """Writes a workbook whose first sheet has these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = sheets[0]
    for name in sheets[1:]:
        book.create_sheet(name)
    book.save(path)


def test_the_draft_fits_the_table_and_has_its_copy_beside_it() -> None:
    code = main(["new", table()])

    folder = Path("resources/skin-2024")
    assert code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["Skin 2024.csv", "study.yaml"]
    assert (folder / "Skin 2024.csv").read_bytes() == SKIN.encode()
    assert mistakes(folder / "study.yaml") == ""
    study = load_study(folder / "study.yaml")
    assert study.source.patient == "Patient"
    assert study.source.decimal == ","
    assert {name: each.type for name, each in study.variables.items()} == {
        "born": "date", "sex": "category", "drugs": "set", "steroid": "number", "note": "text",
    }  # fmt: skip
    assert study.outcomes["easi"].range == (0, 72)
    assert study.visits["baseline"].label == "Before"
    assert study.private_columns == {"Born"}
    assert [*study.cohorts] == ["everyone", "female", "male"]


def test_every_guess_is_marked_for_review() -> None:
    main(["new", table()])

    lines = Path("resources/skin-2024/study.yaml").read_text(encoding="utf-8").splitlines()
    guessed = (
        "patient:",
        "decimal:",
        "type:",
        "range:",
        "unit:",
        "better:",
        "columns:",
        "private:",
    )
    marked = [line for line in lines if line.strip().startswith(guessed)]
    assert len(marked) > 12
    assert all(REVIEW in line for line in marked)


def test_what_comes_next_is_told(capsys: Output) -> None:
    main(["new", table(), "--name", "skin"])

    told = capsys.readouterr().out
    assert "study.yaml is a draft, with 5 variables, 1 outcome, 2 visits." in told
    assert "2. casebook check skin\n" in told
    assert f"3. snakemake -s {ROOT}/Snakefile --cores 4 --config 'studies=[skin]'" in told


def test_a_paper_without_a_table_is_begun_by_examples(capsys: Output) -> None:
    code = main(["new", "none", "--name", "light"])

    folder, told = Path("resources/light"), capsys.readouterr()
    assert code == 0
    assert "2. casebook claims PAPER light\n" in told.out
    study = load_study(folder / "study.yaml")
    assert not study.source.has_table
    assert len(marked_lines((folder / "study.yaml").read_text(encoding="utf-8"))) == 8
    line = claim("C1", "4.25", "mean(score_followup) in treated")
    (folder / "claims.tsv").write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    assert mistakes(folder / "study.yaml") == ""

    assert main(["new", "none", "--name", "light"]) == main(["new", "none"]) == 2
    told = capsys.readouterr()
    assert "light is there already, and nothing was written" in told.err
    assert "without a table the study needs a name: --name NAME" in told.err


def test_patients_in_columns_are_said_to_be_numbered_by_these(capsys: Output) -> None:
    rows = "Age,50,60,40,33\nSex,f,m,m,f\nScore before,3,4,5,6\nScore after,1,2,3,1\n"

    main(["new", table(rows, "t.csv")])

    text = Path("resources/t/study.yaml").read_text(encoding="utf-8")
    assert "Patients are numbered by their columns." in capsys.readouterr().out
    assert "# review: no row holds another code in each column, so patients are P01" in text


def test_the_last_step_works_where_the_environment_is_not_activated(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("python", "snakemake", "casebook"):
        Path(name).touch()
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("sys.executable", str(Path("python").resolve()))

    main(["new", table()])

    *_, check, last = capsys.readouterr().out.splitlines()
    environment = f'PATH={shlex.quote(str(Path.cwd()))}:"$PATH"'
    assert check == f"2. {environment} casebook check skin-2024"
    assert last.startswith(f"3. {environment} snakemake -s {ROOT}/")


PRIVATE = """\
Patient,Visit,Born,Last name,MRN,Postcode,Sex,Remark,Score
"""


def test_a_draft_quotes_no_cell_of_columns_that_may_say_who_a_patient_is() -> None:
    who = ["Anna Abel", "Bert Baum", "Carl Cram", "Dora Dahl", "Emil Ernst", "Fina Funk"]
    rows = [
        f"{name},{visit},0{at + 2}.03.195{at},{name[0]}{at}Q,{771234 + 977 * at},{80331 + at},"
        f"{'fm'[at % 2]},{name} came {visit},{at + visit}\n"
        for at, name in enumerate(who)
        for visit in (1, 2)
    ]
    rows[3] = rows[3].replace("03.03.1951", "03.03.1961").replace(",m,", ",f,")
    rows[4] = rows[4].replace("came", "ca\u0007me")

    main(["new", table("".join([PRIVATE, *rows]), "t.csv")])

    text = Path("resources/t/study.yaml").read_text(encoding="utf-8")
    study = load_study(Path("resources/t/study.yaml"))
    assert study.source.patient == "Patient"
    assert study.private_columns >= {"Born", "Last name", "MRN", "Postcode"}
    for cell in (*who, "0Q", "1Q", "1950", "1961", "771", "803"):
        assert cell not in text


def test_nothing_is_overwritten(capsys: Output) -> None:
    kept = Path("resources/skin/study.yaml")
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")

    code = main(["new", table(), "--name", "skin"])

    assert code == 2
    told = capsys.readouterr().err
    assert "go on with its study.yaml and casebook check skin; for a new draft, choose" in told
    assert "another folder with --name or --into, or rename this" in told
    assert kept.read_text() == "mine"
    assert [*kept.parent.iterdir()] == [kept]


@pytest.mark.parametrize(
    ("folder", "last"),
    [
        (
            "elsewhere/My skin",
            "3. mkdir -p resources && mv 'elsewhere/My skin' resources/my-skin\n"
            f"4. snakemake -s {ROOT}/Snakefile --cores 4 --config 'studies=[my-skin]'\n",
        ),
        (
            "elsewhere/resources/skin",
            f"3. snakemake -s {ROOT}/Snakefile --cores 4 --directory elsewhere --config"
            " 'studies=[skin]'\n",
        ),
    ],
)
def test_a_study_can_be_begun_anywhere(folder: str, last: str, capsys: Output) -> None:
    code = main(["new", table(), "--into", folder])

    assert code == 0
    told = capsys.readouterr().out
    assert f"2. casebook check {shlex.quote(folder)}\n" in told
    assert told.endswith(last)
    assert mistakes(Path(folder, "study.yaml")) == ""


@pytest.mark.parametrize(("given", "name"), [(table, "skin-2024"), (lambda: "none", "study")])
def test_a_folder_that_is_there_is_named_with_one_that_can_be_made(
    given: Callable[[], str], name: str, capsys: Output
) -> None:
    assert main(["new", given(), "--into", "."]) == 2

    told = capsys.readouterr().err
    assert "the folder . is there already, and nothing was written: name one that is to be" in told
    assert f"made, as by --into {name}, or" in told


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("t.csv", "", "t.csv: allowed: a header and at least one row below it"),
        ("t.csv", "ID,Age\n", "t.csv: allowed: a header and at least one row below it"),
        ("t.xlsx", b"PK\x03\x04 cut off", "t.xlsx: found 'an archive that is damaged or cut off'"),
        ("t.bin", b"\x00\x01\x02", "allowed: a file that ends in .tsv, .csv"),
        ("t.csv", b"ID,Name\n1,\x81\x8d\n", "--encoding NAME"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_and_nothing_is_written(
    capsys: Output, name: str, content: str | bytes, told: str
) -> None:
    code = main(["new", table(content, name)])

    assert code == 2
    assert told in capsys.readouterr().err
    assert not Path("resources").exists()


def test_a_file_that_is_not_there_and_a_name_that_cannot_be_one_are_told(capsys: Output) -> None:
    assert main(["new", "none.csv"]) == 2
    assert main(["new", table(), "--name", "Skin 24"]) == 2

    told = capsys.readouterr().err
    assert "none.csv: no such file" in told
    assert "'Skin 24' cannot be the name of a study" in told
    assert "write skin-24" in told


def test_the_encoding_and_rows_above_the_table_can_be_said() -> None:
    text = "Scores of patients\nID,Before,After\n1,7,3\n2,8,4\nMüller,9,5\n".encode("cp1252")

    code = main(["new", table(text, "t.csv"), "--encoding", "cp1252", "--leave-out", "1"])

    study = load_study(Path("resources/t/study.yaml"))
    assert code == 0
    assert (study.source.encoding, [*study.source.leave_out]) == ("cp1252", [1])
    assert mistakes(Path("resources/t/study.yaml")) == ""


def test_the_only_encoding_that_makes_words_is_drafted_with_a_mark() -> None:
    text = "ID,PASI avant,PASI après,Sexe\n1,7,3,féminin\n2,8,4,masculin\n3,9,5,féminin\n"

    main(["new", table(text.encode("cp1252"), "t.csv")])

    lines = Path("resources/t/study.yaml").read_text(encoding="utf-8").splitlines()
    assert any(each.startswith(f"  encoding: cp1252 {REVIEW}") for each in lines)
    assert load_study(Path("resources/t/study.yaml")).outcomes["pasi"].columns
    assert mistakes(Path("resources/t/study.yaml")) == ""


def test_the_sheet_of_a_workbook_is_named_if_it_has_several() -> None:
    path = Path("t.xlsx")
    workbook(path, [["ID", "Before", "After"], ["a", 7, 3], ["b", 8, 4]], "Data", "Notes")

    assert main(["new", str(path)]) == 0

    study = load_study(Path("resources/t/study.yaml"))
    assert study.source.sheet == "Data"
    assert mistakes(Path("resources/t/study.yaml")) == ""


def test_a_finding_in_a_sheet_that_is_named_tells_it(capsys: Output) -> None:
    workbook(Path("t.xlsx"), [["ID", "Before", "After"], ["a", 7, 3], ["b", 8, 4]], "Data", "Old")
    main(["new", "t.xlsx"])
    study = Path("resources/t/study.yaml")
    study.write_text(re.sub(r"range: \[.*\]", "range: [0, 7]", study.read_text("utf-8")), "utf-8")
    capsys.readouterr()

    main(["check", "t", "--json"])

    (found,) = [e for e in json.loads(capsys.readouterr().out)[0]["findings"] if e["row"] == 3]
    assert (found["file"], found["sheet"]) == ("resources/t/t.xlsx", "Data")
    assert "t.xlsx, sheet 'Data', row 3, column 'Before': found '8'" in found["text"]


def test_sheets_that_are_not_read_are_told_with_how_to_join_them(capsys: Output) -> None:
    path = Path("t.xlsx")
    workbook(path, [["ID", "Before", "After"], ["a", 7, 3], ["b", 8, 4]], "Data", "More", "Empty")
    book = openpyxl.load_workbook(path)
    for row in (["ID", "Age"], ["a", 70], ["b", 61]):
        book["More"].append(row)
    book.save(path)

    main(["new", str(path)])
    told = capsys.readouterr().out

    assert "Not read: sheet 'More' of t.xlsx; to join" in told
    main(["new", str(path), *shlex.split(told.split("as in ")[1].split(".\n")[0]), "--name", "all"])
    assert "Not read" not in capsys.readouterr().out
    assert "age" in load_study(Path("resources/all/study.yaml")).variables


def test_a_column_that_cannot_be_read_is_left_out_with_the_reason(capsys: Output) -> None:
    code = main(["new", table("ID,A,B\n1,7,#DIV/0!\n2,8,#DIV/0!\n3,9,4\n", "t.csv")])

    told = capsys.readouterr().out
    assert code == 0
    assert "Not described: B: row 2: '#DIV/0!'; correct the formula in the table" in told
    assert "#   B: row 2" in Path("resources/t/study.yaml").read_text(encoding="utf-8")


def test_a_long_table_has_its_visits_in_a_column() -> None:
    rows = (
        "1,f,month_0,2021-02-13,7\n1,f,month_6,2021-08-15,8\n"
        "2,m,month_0,2021-03-21,9\n2,m,month_6,2021-09-28,7\n"
    )

    code = main(["new", table(f"ID,Sex,Visit,Day,Score\n{rows}", "t.csv")])

    study = load_study(Path("resources/t/study.yaml"))
    assert code == 0
    assert mistakes(Path("resources/t/study.yaml")) == ""
    assert (study.source.patient, study.source.visit) == ("ID", "Visit")
    assert {name: (v.value, v.months) for name, v in study.visits.items()} == {
        "month_0": (("month_0",), 0), "month_6": (("month_6",), 6),
    }  # fmt: skip
    assert {name: (each.type, each.visit) for name, each in study.variables.items()} == {
        "sex": ("text", None), "day_month_0": ("date", "month_0"),
    }  # fmt: skip
    assert [*study.outcomes] == ["score"]


def test_patients_who_are_named_in_the_first_of_their_rows_alone_are_not_one_for_each_row() -> None:
    rows = "p1,f,Baseline,7\n,,Week 4,8\np2,m,Baseline,9\n,,Week 4,7\n"

    main(["new", table(f"ID,Sex,Visit,Score\n{rows}", "t.csv")])

    source = load_study(Path("resources/t/study.yaml")).source
    assert mistakes(Path("resources/t/study.yaml")) == ""
    assert (source.patient, source.fill_down, source.visit) == ("ID", ("ID",), "Visit")


@pytest.mark.parametrize("above", ["", "Table 5. Results,,,,\n"])
def test_measures_that_stand_in_the_first_of_their_rows_alone_hold_for_those_below(
    above: str,
) -> None:
    rows = "Pain,1,5,3,2\n,2,6,4,4\nWalk,1,300,310,320\n,2,400,410,420\n"

    main(["new", table(f"{above},Patient,Pre,Post,FU 3*\n{rows}", "t.csv")])

    study = load_study(Path("resources/t/study.yaml"))
    source = study.source
    assert mistakes(Path("resources/t/study.yaml")) == ""
    assert (source.names, source.fill_down) == ({"A": "Column A"}, ("Column A",))
    assert (source.patient, source.measure) == ("Patient", "Column A")
    assert [(each.measure, len(each.columns)) for each in study.outcomes.values()] == [
        ("Pain", 3), ("Walk", 3),
    ]  # fmt: skip


def test_a_long_table_without_a_column_of_visits_is_told_as_one(capsys: Output) -> None:
    code = main(["new", table("ID,Score\n1,7\n1,8\n2,9\n2,7\n", "t.csv")])

    told = capsys.readouterr().err
    assert code == 2
    assert "this looks like a long table" in told
    assert "in 'ID', '1' stands in 2 rows. No column tells the rows of each apart" in told


def test_numbers_of_a_workbook_have_the_decimal_sign_of_its_texts() -> None:
    path = Path("t.xlsx")
    rows = [["ID", "Score"], ["a", "7,5"], ["b", "8,25"], ["c", 9.5], ["d", 3]]
    workbook(path, rows, "Data")

    main(["new", str(path)])

    study = load_study(Path("resources/t/study.yaml"))
    assert isinstance(study.variables["score"], NumberVariable)
    assert not study.variables["score"].missing
    assert (
        "2 cells that are texts are written as '7,5'" in Path("resources/t/study.yaml").read_text()
    )
    assert mistakes(Path("resources/t/study.yaml")) == ""


def test_a_slip_is_told_and_an_outcome_stays_one_with_its_values_below_a_limit(
    capsys: Output,
) -> None:
    rows = ["1,24,11", "2,14 U/l,<5", "3,31,<5", "4,12,n.d.", "5,27,9", "6,22,=SUM(C2:C6)"]

    code = main(
        ["new", table("\n".join(["ID,CRP before (mg/l),CRP after (mg/l)", *rows]), "t.csv")]
    )

    told = capsys.readouterr().out
    study = load_study(Path("resources/t/study.yaml"))
    assert code == 1
    assert "row 3, column 'CRP before (mg/l)': found '14 U/l'; allowed: a number from" in told
    assert "found '=SUM(C2:C6)'" in told
    assert (study.outcomes["crp"].unit, study.outcomes["crp"].missing) == ("mg/l", ())
    assert study.outcomes["crp"].censored == Censored(below="limit")


@pytest.mark.parametrize(("slip", "others"), [("330*", "14*"), ("330+", "14+"), ("1O*", "14*")])
def test_a_slip_with_a_mark_is_told_and_its_column_stays_one_of_numbers(
    capsys: Output, slip: str, others: str
) -> None:
    texts = ["24", others, slip, "21", "27", "22", "11"]
    rows = "".join(f"{n},{text}\n" for n, text in enumerate(texts, start=1))

    code = main(["new", table(f"ID,DLQI\n{rows}", "t.csv")])

    assert code == 1
    assert f"row 4, column 'DLQI': found '{slip}'" in capsys.readouterr().out
    study = load_study(Path("resources/t/study.yaml"))
    assert study.variables["dlqi"].type == "number"


def test_rows_that_are_left_out_are_not_guessed_from() -> None:
    rows = "1,7,3\n2,8,4\nlate,90,n.d.\nTotal,240,n.d.\n3,9,5\n3,9,5\n4,-,6\n"
    given = table(f"A title,,\nID,Before,After\n{rows}", "t.csv")

    main(["new", "--leave-out", "1,5,8", given])

    text = Path("resources/t/study.yaml").read_text(encoding="utf-8")
    reasons = {1: "above the table", 5: "not a row of a patient", 8: "entered twice (as row 7)"}
    left_out = load_study(Path("resources/t/study.yaml")).source.leave_out
    assert left_out == reasons | {6: "a row of totals or means"}
    assert "cells are from 3 to 9" in text
    assert "missing: ['-']" in text


@pytest.mark.parametrize("name", ["nonsense", "rot13", ""])
def test_an_encoding_that_is_none_is_told(capsys: Output, name: str) -> None:
    assert main(["new", table(), "--encoding", name]) == 2

    assert capsys.readouterr().err.startswith("--encoding: ")
    assert not Path("resources").exists()


LEGEND = "n.d., not done; HAQ, a questionnaire"
NOTED = f'ID,Before,After\n1,7,3\n2,8,n.d.\n3,9,5\n"{LEGEND}",,\n* by the second reader,,\n'
PAGE = (
    "<table><tr><th>ID<th>Before<th>After</tr><tr><td>1<td>7<td>3</tr><tr><td>2<td>8<td>n.d.</tr>"
    f"<tr><td>3<td>9<td>5</tr><tr><td colspan=3>{LEGEND}</td></tr></table>"
)


@pytest.mark.parametrize(("name", "text"), [("t.csv", NOTED), ("t.html", PAGE)])
def test_notes_below_the_table_are_left_out_and_told(capsys: Output, name: str, text: str) -> None:
    code = main(["new", table(text, name)])

    told = capsys.readouterr().out
    study = load_study(Path("resources/t/study.yaml"))
    assert code == 0
    assert "Row 5 is left out: it seems to be a note below the table." in told
    assert "Not described" not in told
    assert study.source.leave_out[5] == "a note below the table"
    assert mistakes(Path("resources/t/study.yaml")) == ""


@pytest.mark.parametrize("last", ["Anna,,", "Anna Smith,,", "lost to follow-up,9,"])
def test_a_last_row_that_may_be_a_patient_stays(last: str) -> None:
    main(["new", table(f"ID,Before,After\nOtto,7,3\nEmil,8,4\nAda,9,5\n{last}\n", "t.csv")])

    assert not load_study(Path("resources/t/study.yaml")).source.leave_out


@pytest.mark.parametrize("drug", ["-", "MTX"])
def test_a_hyphen_in_place_of_one_of_two_numbers_in_a_cell_is_missing(drug: str) -> None:
    rows = f"A,MTX,7/3\nB,{drug},8/2\nC,SSZ,6/4\nD,MTX,5/-\nE,SSZ,9/3\n"

    main(["new", table(f"Patient,Drug,Pain before/after\n{rows}", "t.csv")])

    study = load_study(Path("resources/t/study.yaml"))
    assert [(each.label, each.missing) for each in study.outcomes.values()] == [("Pain", ("-",))]
    assert mistakes(Path("resources/t/study.yaml")) == ""


def test_a_row_that_repeats_the_header_is_left_out_and_told(capsys: Output) -> None:
    header, rows = "ID,Before,After", "1,7,3\n2,8,n.d.\n3,9,5\n"
    main(["new", table(f"{header}\n{rows}\n{header}\n4,6,2\n5,7,7\n", "t.csv")])

    source = load_study(Path("resources/t/study.yaml")).source
    assert "Row 6 is left out: it seems to be the header again." in capsys.readouterr().out
    assert source.leave_out == {6: "the header again"}
    assert mistakes(Path("resources/t/study.yaml")) == ""


def test_rows_that_name_groups_become_a_column_and_its_cohorts(capsys: Output) -> None:
    groups = [f"{group},,\n" + "".join(f"{n},{9 - n % 3},{n % 5}\n" for n in numbers)
              for group, numbers in (("Light", range(1, 5)), ("Sham", range(5, 9)))]  # fmt: skip

    code = main(["new", table("ID,Before,After\n" + "".join(groups), "t.csv")])

    told = capsys.readouterr().out
    study = load_study(Path("resources/t/study.yaml"))
    assert code == 0
    assert "Rows 2 and 7 seem to name what the rows below are of: it is column 'Group'." in told
    assert study.source.group_rows == {"Group": (2, 7)}
    assert [*study.cohorts] == ["everyone", "light", "sham"]
    assert mistakes(Path("resources/t/study.yaml")) == ""


def test_rows_that_name_patients_above_their_visits_are_their_identifiers() -> None:
    rows = [f"{each};;\nBL;9;12\nM3;6;<5\n" for each in ("Pat. 1, F, 62", "Pat. 2, M, 45",
                                                      "Pat. 3, F, 51")]  # fmt: skip

    main(["new", table("Visit;PASI;CRP\n" + "".join(rows), "t.csv")])

    study = load_study(Path("resources/t/study.yaml"))
    assert (study.source.group_rows, study.source.patient) == ({"Patient": (2, 5, 8)}, "Patient")
    assert {*study.variables, *study.outcomes} == {"sex", "age", "pasi", "crp"}
    assert mistakes(Path("resources/t/study.yaml")) == ""


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("ID,CRP BL,M3,PGA BL,M3", {"C": "CRP M3", "E": "PGA M3"}),
        ("ID,CRP,PGA,CRP,PGA", {"B": "CRP 1", "C": "PGA 1", "D": "CRP 2", "E": "PGA 2"}),
    ],
)
def test_columns_with_one_header_are_told_apart_by_names_of_their_own(
    header: str, names: dict[str, str]
) -> None:
    main(["new", table(f"{header}\n1,9,3,8,2\n2,7,2,7,1\n3,8,5,9,4\n", "t.csv")])

    study = load_study(Path("resources/t/study.yaml"))
    assert study.source.names == names
    assert [len(each.columns) for each in study.outcomes.values()] == [2, 2]
    assert mistakes(Path("resources/t/study.yaml")) == ""


def test_a_row_of_units_below_the_header_is_part_of_it(capsys: Output) -> None:
    main(["new", table("ID,Weight,SBP pre,SBP post\n,kg,mmHg,mmHg\n1,60,150,130\n2,70,140,120\n",
                       "t.csv")])  # fmt: skip

    study = load_study(Path("resources/t/study.yaml"))
    assert "rows 1 and 2: row 2 has the units of the columns" in capsys.readouterr().out
    assert (study.source.header, study.outcomes["sbp"].unit) == ((1, 2), "mmHg")
    assert mistakes(Path("resources/t/study.yaml")) == ""


def test_names_in_the_first_of_several_rows_are_those_of_patients() -> None:
    rows = "".join(f"{name},1,9\n,2,7\n,3,4\n" for name in ("Ann", "Bo", "Cy"))

    main(["new", table(f"Name,Visit,Pain\n{rows}", "t.csv")])

    source = load_study(Path("resources/t/study.yaml")).source
    assert (source.patient, source.fill_down, source.visit) == ("Name", ("Name",), "Visit")
    assert "Ann" not in Path("resources/t/study.yaml").read_text(encoding="utf-8")


def test_variables_of_a_later_visit_are_no_characteristics_of_the_patients() -> None:
    headers = "ID,Age,Drug,Drug at month 6,Enthesitis screening,Enthesitis month 6"
    rows = [
        "1,34,a,b,yes,no,6,3",
        "2,45,b,b,no,no,5,3",
        "3,55,b,a,yes,yes,7,5",
        "4,41,a,a,no,no,8,2",
    ]

    main(["new", table("\n".join([f"{headers},Score screening,Score month 6", *rows]), "t.csv")])

    study = load_study(Path("resources/t/study.yaml"))
    assert {"drug_at_month_6", "enthesitis_month6"} < {*study.variables}
    assert study.reported == ("age", "drug", "enthesitis_baseline")


def test_what_is_known_only_later_and_the_groups_are_no_characteristics_of_the_patients() -> None:
    headers = "ID,Arm,Age,Response to prior drug,Responder (≥50 %),Stopped?,Months on treatment"
    rows = [
        f"{number},{arm},{30 + number},{prior},{prior},{stopped},{number}"
        for number, arm, prior, stopped in zip(
            range(1, 9), "xyxyxyxy", ["yes", "no", "no", "yes"] * 2, ["no", "yes"] * 4, strict=True
        )
    ]

    main(["new", table("\n".join([headers, *rows]), "t.csv")])

    text = Path("resources/t/study.yaml").read_text(encoding="utf-8")
    study = load_study(Path("resources/t/study.yaml"))
    assert [each.select for each in study.cohorts.values()][1:] == ['arm == "x"', 'arm == "y"']
    assert study.reported == ("age", "response_to_prior_drug")
    assert "known only later, as responder_50, stopped and months_on_treatment, and arm, by" in text


def test_titles_above_the_table_are_left_out_and_told(capsys: Output) -> None:
    rows = "ID,Before,After\n1,7,3\n2,8,4\n3,9,5\nTotal,24,12\n"

    code = main(["new", table(f"Our clinic\n\n2024,,\n{rows}", "t.csv"), "--leave-out", "8"])

    told = capsys.readouterr().out
    study = load_study(Path("resources/t/study.yaml"))
    source = study.source
    assert code == 0
    assert study.title == "Our clinic"
    assert "Row 1 is left out: it seems to be a title.\nRow 3 is left out" in told
    assert "Row 8" not in told
    assert source.leave_out == {
        1: "above the table", 3: "above the table", 8: "not a row of a patient",
    }  # fmt: skip
    assert mistakes(Path("resources/t/study.yaml")) == ""
