"""A study whose tables are joined has the results of one whose table is wide."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.cli.check import checked, in_words
from casebook.data.findings import DataError
from casebook.data.places import read_places
from casebook.mistakes import mistakes
from markup import text_of

Make = Callable[..., Path]
Clean = Callable[..., Any]

END = """\
grades: { mood: { label: Mood, at: { baseline: mood0, week8: mood8 }, better: first } }
cohorts:
  everyone: { label: Everyone }
  old: { label: Old, select: age > 60 }
"""
WIDE = f"""\
title: Forms
source: {{ table: table.csv, patient: ID }}
visits: {{ baseline: Before, week4: Week 4, week8: Week 8 }}
variables:
  age: {{ label: Age, column: Age, type: number, range: [0, 120] }}
  mood0: {{ label: Mood, column: Mood 0, type: category, levels: {{ g: Good, b: Bad }} }}
  mood8: {{ label: Mood, column: Mood 8, type: category, levels: {{ g: Good, b: Bad }} }}
outcomes:
  score:
    label: Score
    columns: {{ baseline: Score 0, week4: Score 4, week8: Score 8 }}
    range: [0, 100]
    better: lower
  crp:
    label: CRP
    columns: {{ baseline: CRP 0, week8: CRP 8 }}
    range: [0, 500]
    better: lower
{END}"""
CASES = Path(__file__).parents[1] / "cases/joined"
JOINED = (CASES / "study.yaml").read_text(encoding="utf-8")
TABLE = (CASES / "table.csv").read_text(encoding="utf-8")
WIDE_TABLE = """\
ID,Age,Mood 0,Mood 8,Score 0,Score 4,Score 8,CRP 0,CRP 8
001,70,b,g,20,14.5,3,12,3
002,55,b,g,31,30,12,50,40
003,64,g,b,12,,14,7,9
004,81,b,b,44,41,41,80,
"""
VISITS = (CASES / "visits.csv").read_text(encoding="utf-8")
LABS = (CASES / "labs.csv").read_text(encoding="utf-8")
FILES = {"visits.csv": VISITS, "labs.csv": LABS}


IDENTIFIERS = [
    ("table.csv, row 6, column 'ID': found '005'", "source.joined.visits.partial: true"),
    ("table.csv, row 7, column 'ID': found '006'", "source.joined.visits.partial: true"),
    ("visits.csv, row 4, column 'Subject': found '2'", "looks like '002' in row 3 there"),
    ("visits.csv, row 14, column 'Subject': found '007'", "rows 14 and 15 have it"),
    ("labs.csv, row 11, column 'Pat-No': found '006'", "one row for each patient; rows 10 and 11"),
]


def told(clean_study: Clean, *edits: tuple[str, str], **files: str) -> list[str]:
    joined = FILES | {f"{name}.csv": text for name, text in files.items()}
    table = joined.pop("table.csv", TABLE)
    with pytest.raises(DataError) as error:
        clean_study(*edits, table=table, text=JOINED, joined=joined)
    return [str(each) for each in error.value.findings]


def test_joined_tables_give_the_results_of_a_wide_one(
    results_of: Make, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = (results_of(text=WIDE, table=WIDE_TABLE) / "results.csv").read_bytes()
    monkeypatch.chdir(tmp_path_factory.mktemp("joined"))

    joined = (results_of(text=JOINED, table=TABLE, joined=FILES) / "results.csv").read_bytes()

    assert joined == wide
    assert not mistakes(Path("study/study.yaml"))


def test_each_text_stays_at_its_cell_of_its_table(report_of: Callable[..., str]) -> None:
    page = report_of(text=JOINED, table=TABLE, joined=FILES)

    places = read_places(Path("out/places.csv"))
    assert "1!C7" in Path("out/places.csv").read_text(encoding="utf-8")
    assert places is not None
    assert ">14.5 <small>visits!C7</small></td>" in page
    assert ">50 <small>labs!C4</small></td>" in page
    assert "table.csv, visits.csv (visits) and labs.csv (labs)" in page


def test_a_finding_is_at_the_cell_of_the_table_that_has_it(clean_study: Clean) -> None:
    found = told(
        clean_study,
        table=TABLE.replace("55", "555"),
        visits=VISITS.replace("14.5", "much"),
        labs=LABS.replace("9,7", "9,700"),
    )

    assert {each.split(":")[0] for each in found} == {
        "study/table.csv, row 3, column 'Age'",
        "study/visits.csv, row 7, column 'Score'",
        "study/labs.csv, row 6, column 'CRP 0'",
    }


def test_a_correction_changes_the_cell_of_a_joined_table(clean_study: Clean) -> None:
    lines = "patient\tcolumn\tvisit\told\tnew\treason\n001\tCRP 0\t\t12\t13\tslip\n"
    lines += "001\tScore\tweek4\t14.5\t15\tslip\n"

    cleaned = clean_study(text=JOINED, table=TABLE, joined=FILES, corrections=lines)

    values = cleaned.patients[0].values
    assert (values["crp_baseline"], values["score_week4"]) == (13, 15)


def test_an_identifier_in_a_row_of_a_joined_table_is_corrected(clean_study: Clean) -> None:
    corrections = "table\trow\tpatient\tcolumn\told\tnew\treason\n"
    corrections += "visits.csv\t2\tX-9\tSubject\tX-9\t004\tslip\n"
    files = {**FILES, "visits.csv": VISITS.replace(",004,", ",X-9,", 1)}

    cleaned = clean_study(text=JOINED, table=TABLE, joined=files, corrections=corrections)

    assert cleaned.patients == clean_study(text=JOINED, table=TABLE, joined=FILES).patients
    (noted,) = [each for each in cleaned.findings if each.about == "correction"]
    assert (noted.file, noted.row, noted.column) == ("study/visits.csv", 2, "Subject")


def test_identifiers_of_one_table_alone_are_all_told(clean_study: Clean) -> None:
    found = told(
        clean_study,
        table=TABLE + "005,60\n006,61\n",
        visits=VISITS.replace("Baseline,002", "Baseline,2") + "Week 4,007,3,g\nWeek 8,007,3,g\n",
        labs=LABS + "005,1,1\n006,2,2\n006,2,3\n",
    )

    assert len(found) == 5
    for told_of, parts in zip(found, IDENTIFIERS, strict=True):
        assert all(part in told_of for part in parts), told_of


def test_a_partial_table_leaves_the_values_of_other_patients_missing(clean_study: Clean) -> None:
    partial = ("patient: Pat-No,", "patient: Pat-No, partial: true,")
    labs = LABS.replace("003,9,7\n", "")

    cleaned = clean_study(partial, text=JOINED, table=TABLE, joined=FILES | {"labs.csv": labs})

    assert [each.values["crp_baseline"] for each in cleaned.patients] == [12, 50, None, 80]
    notes = [str(each) for each in cleaned.findings if each.file == "study/labs.csv"]
    assert "study/labs.csv, column 'Pat-No': it has no row of 1 of 4 patients, whose" in notes[-1]


def test_a_column_is_that_of_one_table(clean_study: Clean) -> None:
    twice = ("column: Age,", "column: Mood,")
    nowhere = ("baseline: CRP 0", "baseline: CRP")
    at_visits = ("column: Score,", "columns: { baseline: CRP 8, week4: CRP 8 },")
    table = TABLE.replace("ID,Age", "ID,Mood")

    found = told(clean_study, twice, nowhere, at_visits, table=table)

    assert [each.partition("; allowed: ")[0] for each in found] == [
        "study/study.yaml, line 10: found 'Mood'",
        "study/study.yaml, line 14: found 'CRP 8'",
        "study/study.yaml, line 17: found 'CRP'",
    ]
    assert "study/table.csv and study/visits.csv have such a column" in found[0]
    assert "or of study/labs.csv: 'Pat-No', 'CRP 8', 'CRP 0'" in found[2]
    assert "study/labs.csv has no row for each visit" in found[1]


def test_a_missing_and_an_empty_table_are_told_at_once(make_study: Make) -> None:
    path = make_study(text=JOINED, table=TABLE)
    missing = mistakes(path)
    for name in FILES:
        (path.parent / name).write_text("", encoding="utf-8")

    assert missing.count("no file") == 2
    assert "labs.csv" in mistakes(path)
    assert "visits.csv" in mistakes(path)


def test_a_check_tells_of_every_table(make_study: Make) -> None:
    path = make_study(text=JOINED, table=TABLE + "005\n")
    for name, text in FILES.items():
        (path.parent / name).write_text(text + "x,y,z,1,2\n", encoding="utf-8")

    found = mistakes(path)

    assert [name in found for name in ("table.csv, row 6", "visits.csv, row 14", "labs.csv, row 9")]


CHANGES = [json.loads(line) for line in (CASES / "cases.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        pytest.param(*case, id=name, marks=[pytest.mark.slow] * bool(number % 8))
        for number, (name, *case) in enumerate(CHANGES)
    ],
)
def test_whatever_becomes_of_a_file_is_told_or_changes_nothing(
    name: str, old: str, new: str, expected: str, make_study: Make
) -> None:
    path = make_study(text=JOINED, table=TABLE)
    for file, content in FILES.items():
        (path.parent / file).write_text(content, encoding="utf-8")
    sound = checked(path.parent)
    text = (path.parent / name).read_text(encoding="utf-8")
    assert old in (text, "*") or old in text
    changed = new if old == "*" else text.replace(old, new, 1)
    (path.parent / name).write_bytes(changed.encode())

    found = checked(path.parent)

    told = in_words([found])
    if expected == "same":
        assert not found.wrong
        return
    assert not sound.wrong
    for part in expected.removeprefix("error: ").split(" … "):
        assert part in told


def test_what_was_edited_or_removed_in_a_joined_table_is_told_among_what_changed(
    report_of: Callable[..., str],
) -> None:
    report_of(text=JOINED, table=TABLE, joined=FILES)
    without = VISITS.replace("Week 8,004,41,b\n", "")
    now = {"visits.csv": without.replace("14.5", "15"), "labs.csv": LABS.replace("9,7", "9,8")}

    page = report_of(text=JOINED, table=TABLE, joined=now)

    told = text_of(page.partition('<section id="changes">')[2].partition("</section>")[0])
    assert [line for line in told.splitlines() if line.endswith("| edited")] == [
        "| 001 | Score at Week 4 | 14.5 | 15 | edited",
        "| 003 | CRP 0 at Before | 7 | 8 | edited",
        "| 004 | Mood at Week 8 | b | empty | edited",
        "| 004 | Score at Week 8 | 41 | empty | edited",
    ]


def test_joined_tables_can_have_patients_in_columns_or_a_row_for_each_measure(
    make_study: Make,
) -> None:
    text = """\
title: Mix
source:
  table: table.csv
  patient: ID
  joined:
    turned: { table: turned.csv, patient: Patient, transpose: true }
    tests: { table: tests.csv, patient: Pat, visit: Week, measure: Test, value: Result }
visits: { baseline: { label: Before, value: 0 }, week4: { label: Week 4, value: 4 } }
variables:
  bmi: { label: BMI, column: BMI, type: number, range: [0, 100] }
outcomes:
  haq: { label: HAQ, measure: HAQ, range: [0, 3], better: lower }
cohorts: { everyone: { label: Everyone } }
"""
    path = make_study(text=text, table="ID\nP1\nP2\n")
    turned, tests = (path.parent / f"{name}.csv" for name in ("turned", "tests"))
    turned.write_text("Patient,P2,P1\nSex,F,M\nBMI,20,210\n", encoding="utf-8")
    rows = "P1,0,HAQ,1\nP1,4,HAQ,9\nP2,0,HAQ,1\nP2,0,CRP,5\nP2,4,HAQ,1\n"
    tests.write_text("Pat,Week,Test,Result\n" + rows, encoding="utf-8")

    found = mistakes(path)

    assert found.startswith("2 errors")
    assert "turned.csv, row 3, column 'P1': found '210'" in found
    assert "tests.csv, row 3, column 'Result': found '9'" in found
