"""A study whose table is long has the results of one whose table is wide."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.data.differences import CELL
from casebook.history.earlier import files_in
from casebook.study.columns import in_order
from casebook.study.load import load_study
from states import compare

Make = Callable[..., Path]

START = """\
title: Two forms
source: { table: table.csv, patient: ID }
visits: { baseline: Before, week4: Week 4, week8: Week 8 }
variables:
  age: { label: Age, column: Age, type: number, range: [0, 120] }
  mood0: { label: Mood, column: Mood 0, type: category, levels: { g: Good, b: Bad } }
  mood8: { label: Mood, column: Mood 8, type: category, levels: { g: Good, b: Bad } }
"""
END = """\
grades: { mood: { label: Mood, at: { baseline: mood0, week8: mood8 }, better: first } }
cohorts:
  everyone: { label: Everyone }
  old: { label: Old, select: age > 60 }
"""
OUTCOMES = """\
outcomes:
  score:
    label: Score
    columns: { baseline: Score 0, week4: Score 4, week8: Score 8 }
    range: [0, 100]
    better: lower
"""
WIDE = START + OUTCOMES + END
LONG = (
    START.replace("patient: ID", "patient: ID, visit: Visit")
    .replace("Mood 0,", "Mood, visit: baseline,")
    .replace("Mood 8,", "Mood, visit: week8,")
    + "outcomes:\n  score: { label: Score, column: Score, range: [0, 100], better: lower }\n"
    + END
)
PATIENTS = {
    "a": (70, ["b", "b", "g"], ["20", "14.5", "3"]),
    "b": (55, ["b", "g", "g"], ["31", "30", "12"]),
    "c": (64, ["g", "", "b"], ["12", "", "14"]),
    "d": (81, ["b", "b", "b"], ["44", "41", "41"]),
}


def wide_table() -> str:
    lines = ["ID,Age,Mood 0,Mood 8,Score 0,Score 4,Score 8"]
    for name, (age, mood, score) in PATIENTS.items():
        lines.append(",".join([name, str(age), mood[0], mood[2], *score]))
    return "\n".join([*lines, ""])


def long_table() -> str:
    lines = ["Visit,ID,Score,Mood,Age"]
    for at, visit in enumerate(("Baseline", "week 4", "Week 8")):
        for name, (age, mood, score) in PATIENTS.items():
            if score[at]:
                lines.append(",".join([visit, name, score[at], mood[at], str(age)]))
    return "\n".join([*lines, ""])


def test_a_long_table_gives_the_results_of_a_wide_one(
    results_of: Make, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = (results_of(text=WIDE, table=wide_table()) / "results.csv").read_bytes()
    monkeypatch.chdir(tmp_path_factory.mktemp("long"))

    long = (results_of(text=LONG, table=long_table()) / "results.csv").read_bytes()

    assert long == wide


def test_a_report_shows_each_text_of_a_long_table_with_its_cell(
    report_of: Callable[..., str],
) -> None:
    page = report_of(text=LONG, table=long_table())

    assert "The file has other rows" in page
    assert ">14.5 <small>C6</small></td>" in page
    assert "Score at Week 4" in page
    assert "Score at week4" not in page


def test_what_changed_in_a_long_table_is_told_by_patient_and_visit(results_of: Make) -> None:
    study, old = Path("study/study.yaml"), Path("old")
    left = files_in(results_of(text=LONG, table=long_table())).values()
    old.mkdir()
    named = [Path(shutil.copy(path, old)) for path in (study, *left)]
    correction = "patient\tcolumn\tvisit\told\tnew\treason\na\tScore\tweek8\t3\t4\tslip\n"
    table = long_table().replace("week 4,a,14.5", "week 4,a,15.5")

    out = results_of(text=LONG, table=table, corrections=correction)

    cells = [each for each in compare(study, out, *named) if each.kind == CELL]
    assert [(each.patient, each.column, each.before, each.after) for each in cells] == [
        ("a", "Score at week4", "14.5", "15.5"),
        ("a", "Score at week8", "3", "4"),
    ]


def test_columns_behind_a_number_stand_in_the_order_of_the_visits(make_study: Make) -> None:
    study = load_study(make_study(text=LONG))

    found = in_order(study, ["Score at week8", "Age", "Score at week4", "Age", "Score at baseline"])

    assert found == ["Age", "Score at baseline", "Score at week4", "Score at week8"]
