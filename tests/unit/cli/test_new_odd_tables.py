"""Drafts of odd tables: each fits its table but for slips, or says why there is none."""

import csv
from pathlib import Path
from random import Random

import openpyxl
import pytest

from casebook.cli.main import main
from casebook.drafting.adverse import names_events
from casebook.mistakes import wrong_with
from casebook.study.load import load_study
from workflow import ROOT

HEADERS = (
    *("ID", "Patient", "Age", "Age, sex", "CK [U/l]", "CDASI pre", "CDASI post", "W0", "W12"),
    *("x_1", "x_2", "class", "None", "change", "true", "Δ", "Größe (cm)", "a: b", "# no", "'q'"),
    *("{a}", "Visit", "row", "1", "", "Score before/after", "Note\nmore", "null", "import", "a;b"),
)
CELLS = (
    *("1", "2", "3.5", "7,25", "12", "NA", "", "-", "yes", "no", "f", "M", "50, F", "39, M"),
    *("10 mg", "5 mg daily", "<5", "30–40", "18 ± 2", "40*", "MTX; HCQ", "MTX*, AZA", "none"),
    *("2024-02-29", "29.02.2024", "03/04/2024", "1,250", "1.250", "999", "-9", "80%", "(none)"),
    *("a;b", "x*", "'", '"q"', "# c", "a: b", "- x", "{", "[", "null", "~", "true", "12/7", "3/–"),
    *("ß", "e\u0301", "\u200b", "1e400", "00012", "=1+1", "#N/A", "#DIV/0!", "+", "\x00", "٣", "½"),
)


def column(random: Random, rows: int) -> list[str]:
    """The cells of a column: few different ones, numbers, codes, or anything."""
    few = random.sample(CELLS, random.randint(1, 3))
    return random.choice(
        [
            [random.choice(few) for _ in range(rows)],
            [str(round(random.uniform(0, 100), random.choice([0, 1]))) for _ in range(rows)],
            [f"P{row}" for row in range(rows)],
            [random.choice(CELLS) for _ in range(rows)],
        ]
    )


def write(path: Path, random: Random) -> None:
    headers = random.sample(HEADERS, random.randint(1, 9))
    rows = random.randint(1, 14)
    columns = [column(random, rows) for _ in headers]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *zip(*columns, strict=True)])


@pytest.mark.parametrize(
    "seeds", [range(5), pytest.param(range(5, 300), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_a_draft_fits_its_table_or_there_is_none(
    seeds: range,
) -> None:
    for seed in seeds:
        write(Path("t.csv"), Random(seed))

        code = main(["new", "t.csv", "--name", f"s{seed}"])

        folder = Path(f"resources/s{seed}")
        assert (code, folder.exists()) in ((0, True), (1, True), (2, False)), seed
        if folder.exists():
            wrong = wrong_with(folder / "study.yaml")
            assert not wrong.described, seed
            # Slips among numbers, and dates made of scores, are for whoever made them.
            told = ("a number from", "a date, which a spreadsheet makes")
            assert all(any(each in str(f) for each in told) for f in wrong.findings), seed
            assert code == bool(wrong), seed


CLINICAL = ("rheumatology.xlsx", "dermatology.csv", "oncology.xlsx", "laboratory.csv")


@pytest.mark.parametrize("name", [*CLINICAL, "dental.xlsx", "neurology.xlsx"])
def test_a_draft_of_a_table_as_clinicians_type_it_has_no_mistake(
    name: str,
) -> None:
    assert main(["new", str(ROOT / "tests/unit/drafting/tables" / name)]) == 0


EVENTS = "Pat.,UAW,Grad,Beginn,Ende,Schwerwiegend,Zusammenhang\n{}"


def test_a_set_of_adverse_events_is_harms_and_z_scores_have_room_above_the_largest() -> None:
    header = "Child,Height z before,Height z after,Adverse events,Drugs\n"
    rows = "a,-1.4,-0.9,rash; fever,x; y\nb,-2.6,-2.4,none,x\nc,-0.4,0.1,rash,x; z\n"
    Path("t.csv").write_text(f"{header}{rows}d,-1.1,-0.5,rash; nausea,y; z\n", encoding="utf-8")

    assert main(["new", "t.csv"]) == 0

    study = load_study(Path("resources/t/study.yaml"))
    assert study.harms and study.harms.sets == ("adverse_events",)
    assert study.analysis.baseline_table == ("drugs",)
    height = study.outcomes["height_z"]
    assert (height.range, height.better) == ((-6, 6), "higher")


@pytest.mark.parametrize(
    ("rows", "doubt"),
    [
        ("a,Husten,2,3.2.2022,5.2.2022,nein,möglich\nc,Fieber,III,7.2.2022,,ja,unwahrsch.\n", ""),
        ("a,Husten,2,3.2.2022,5.2.2022,nein,möglich\n,Fieber,III,7.2.2022,,ja,unwahrsch.\n", ""),
        ("a,Husten,2,3.2.2022,5.2.2022,nein,nein\nx,Fieber,1,7.2.2022,,nein,nein\n", "'x'"),
        ("Q1,Husten,2,,,,\nQ2,Fieber,1,,,,\n", "name the column that has the patients'"),
    ],
)
def test_a_file_of_adverse_events_is_read_as_one_or_its_lines_are_comments_with_the_reason(
    rows: str,
    doubt: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("t.csv").write_text("Nr,vorher,nachher\na,1,2\nb,2,3\nc,1,5\n", encoding="utf-8")
    Path("nebenwirkungen.csv").write_text(EVENTS.format(rows), encoding="utf-8")

    code = main(["new", "t.csv", "nebenwirkungen.csv"])

    path = Path("resources/t/study.yaml")
    study, told = load_study(path), capsys.readouterr().out
    assert code == 0
    assert "Adverse events seem to stand in nebenwirkungen.csv" in told
    assert (study.harms is None) == bool(doubt)
    assert doubt in told
    if study.harms:
        table = study.table_of_harms
        assert [*table.header_of.values()] == EVENTS.splitlines()[0].split(",")
        assert table.fill_down == (("Pat.",) if "\n,Fieber" in rows else ())
        assert (table.format, table.yes, table.no) == (
            ("%d.%m.%Y",),
            ("ja", "möglich"),
            ("nein", "unwahrsch."),
        )
    else:
        assert "#   table:\n#     table: nebenwirkungen.csv" in path.read_text(encoding="utf-8")


def test_what_is_no_day_or_answer_of_an_event_is_told_or_taken_as_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("t.csv").write_text("ID,before,after\na,1,2\nb,2,3\nc,1,5\n", encoding="utf-8")
    days = [("2.3.2022", "9.3.2022"), ("32.3.2022", "ongoing"), ("4.4.2022", "6.4.2022")]
    answers = ["n.d.,unknown", "yes,resolved", "-,resolved"]
    rows = "".join(
        f"a,Cough {n},{one},{other},{said}\n"
        for n, ((one, other), said) in enumerate(zip(days, answers, strict=True))
    )
    header = "ID,Event,Onset,End,Related,Outcome"
    Path("adverse.csv").write_text(f"{header}\n{rows}", encoding="utf-8")

    code = main(["new", "t.csv", "adverse.csv"])

    path = Path("resources/t/study.yaml")
    table = load_study(path).table_of_harms
    assert code == 1
    assert (table.columns.start, table.columns.end) == ("Onset", "End")
    assert (table.format, table.missing) == (("%d.%m.%Y",), ("ongoing", "n.d.", "-"))
    assert "row 3, column 'Onset': found '32.3.2022'" in capsys.readouterr().out
    text = path.read_text(encoding="utf-8")
    assert "start: Onset # review: its header or label says so; to be corrected: '32.3." in text


def test_a_table_of_adverse_events_can_have_two_rows_as_header_below_a_title(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("t.csv").write_text("ID,before,after\na,1,2\nb,2,3\nc,1,5\n", encoding="utf-8")
    rows = "Clinic,,,\nID,Adverse,,When\n,Event,Grade,From\na,Cough,2,2022-02-03\n"
    Path("adverse.csv").write_text(f"{rows}b,Rash,1,2022-03-03\n", encoding="utf-8")

    code = main(["new", "t.csv", "adverse.csv"])

    table = load_study(Path("resources/t/study.yaml")).table_of_harms
    assert code == 0
    assert (table.header, table.leave_out) == ((2, 3), {1: "above the table"})
    assert table.columns.term == "Adverse Event"
    assert "The header of adverse.csv is rows 2 and 3" in capsys.readouterr().out


NUMBERS = range(1, 11)


@pytest.mark.parametrize(
    ("header", "rows", "columns"),
    [
        ("Patient,AE no.,Preferred term,Date reported,Onset",
         "2,AE1,Rash,2024-02-09,2024-02-01\n3,AE2,Fever,2024-03-09,2024-03-01\n",
         {"patient": "Patient", "term": "Preferred term", "start": "Onset"}),
        ("AE no.,Patient,Event",
         "1,3,Rash\n2,3,Cough\n3,5,Rash\n4,7,Fever\n5,1,Rash\n6,2,Rash\n7,2,Pain\n8,9,Pain\n",
         {"patient": "Patient", "term": "Event"}),
        ("AE,Who,Event", "1,3,Rash\n2,3,Cough\n3,5,Rash\n4,7,Fever\n",
         {"patient": "Who", "term": "Event"}),
        ("Row,Pat.,Code,Event (term),Event", "1,4,A,Rash,red\n2,5,B,Pain,arm\n",
         {"patient": "Pat.", "term": "Event (term)"}),
    ],
)  # fmt: skip
def test_numbers_and_reports_of_events_are_not_taken_for_patients_terms_and_starts(
    header: str,
    rows: str,
    columns: dict[str, str],
) -> None:
    patients = "".join(f"{n},{n % 3},{n % 4}\n" for n in NUMBERS)
    Path("t.csv").write_text(f"Patient,before,after\n{patients}", encoding="utf-8")
    Path("adverse events.csv").write_text(f"{header}\n{rows}", encoding="utf-8")

    main(["new", "t.csv", "adverse events.csv"])

    assert load_study(Path("resources/t/study.yaml")).table_of_harms.header_of == columns


def test_words_for_how_severe_an_event_was_are_drafted_as_grades() -> None:
    Path("t.csv").write_text("ID,before,after\na,1,2\nb,2,3\nc,1,5\n", encoding="utf-8")
    rows = "a,Husten,mittel\nb,Fieber,schwer\nc,Husten,leicht\nc,Fieber,Leicht\n"
    Path("UAW.csv").write_text(f"ID,Ereignis,Schwere\n{rows}", encoding="utf-8")

    assert main(["new", "t.csv", "UAW.csv"]) == 0

    table = load_study(Path("resources/t/study.yaml")).table_of_harms
    assert table.columns.grade == "Schwere"
    assert {word.casefold(): n for word, n in table.grades.items()} == {
        "leicht": 1, "mittel": 2, "schwer": 3
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "is_so"), [("CHARM", False), ("Pharm", False), ("Harms", True), ("Adverses", True)]
)
def test_a_sheet_is_one_of_events_by_a_word_of_its_name(name: str, is_so: bool) -> None:
    assert names_events(name) == is_so


@pytest.mark.parametrize(
    "option", [["--header", "1-2", "t.csv"], ["t.csv", "--header", "1,2"], ["t.csv"]]
)
def test_a_header_of_two_rows_is_seen_or_told_before_or_behind_the_table(
    option: list[str],
) -> None:
    rows = ",HAQ,,CRP,\nNo,Week 0,Week 4,Week 0,Week 4\nP1,1,2,7,8\nP2,2,1,5,4\nP3,1,1,9,6\n"
    Path("t.csv").write_text(rows, encoding="utf-8")

    code = main(["new", *option])

    text = Path("resources/t/study.yaml").read_text(encoding="utf-8")
    study = load_study(Path("resources/t/study.yaml"))
    assert (code, study.source.header) == (0, (1, 2))
    assert [*study.outcomes] == ["haq", "crp"]
    assert ("# review: row 1 seems to name groups" in text) == (option == ["t.csv"])


@pytest.mark.parametrize("rows", ["0", "x", "3,4,5", "5-4", "4-"])
def test_rows_that_are_none_are_refused(rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["new", "--header", rows, "t.csv"])

    assert rows in capsys.readouterr().err


def test_a_header_that_lacks_names_is_not_joined_with_the_first_patient() -> None:
    Path("t.csv").write_text("No,Age\nP1,50,F\nP2,60,M\nP3,70,F\n", encoding="utf-8")

    assert main(["new", "t.csv"]) == 2


def test_texts_tell_how_numbers_of_a_workbook_are_written_and_its_own_numbers_do_not() -> None:
    book = openpyxl.Workbook()
    for row in (["No", "CRP", "CK", "Dose"], [1, "7,5", "1.250", 12.5], [2, "<5", "980", 7.5],
                [3, "30–40", "2.300", 2.5], [4, "12*", "1.990", 0.5]):  # fmt: skip
        book.active.append(row)
    book.save("t.xlsx")

    code = main(["new", "t.xlsx"])

    study = load_study(Path("resources/t/study.yaml"))
    assert (code, study.source.decimal, study.source.thousands) == (0, ",", ".")
    assert {each.type for each in study.variables.values()} == {"number"}
