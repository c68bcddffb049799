"""Who the others of two groups are, and what of them is compared without being named again."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casebook.quoting.draft import guesses
from casebook.quoting.guesses import Guess
from casebook.reading.papers import Paper, Passage, PrintedTable
from casebook.study.load import load_study

STUDY = """\
title: Light for itch
source: { table: table.csv, patient: ID, citation: none, licence: none }
variables:
  age: { label: Age, column: Age, type: number, unit: years, range: [0, 120] }
  duration: { label: Duration, column: Duration, type: number, unit: years, range: [0, 60] }
  eczema:
    label: Atopic background
    column: Eczema
    type: category
    levels: { "yes": "Yes", "no": "No" }
  drug:
    label: Drug
    column: Drug
    type: category
    levels: { CsA: Ciclosporin, MTX: Methotrexate, none: None }
outcomes:
  itch:
    label: Itch
    columns: { baseline: Itch before, followup: Itch after }
    range: [0, 10]
    better: lower
    responders:
      four: { label: Response, improvement: 4, source: the letter }
  grade:
    label: IGA
    columns: { baseline: IGA before, followup: IGA after }
    range: [0, 4]
    better: lower
conditions:
  clear: { label: IGA 0 or 1, at: { followup: grade_followup <= 1 } }
cohorts:
  everyone: { label: Everyone }
  atopic: { label: Atopic, select: eczema == "yes" }
  others: { label: Not atopic, select: eczema == "no" }
comparisons:
  atopy: { label: Background, cohorts: [atopic, others], baseline_p_values: true }
"""
RESPONDED = "itch_change <= -4"
OPEN = 'none("to be said by whoever reviews it")'
NAME = 'none("part of a name")'
NONE: Mapping[str, float] = {}
Draft = Callable[..., list[Guess]]


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    (tmp_path / "study.yaml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "table.csv").touch()
    study = load_study(tmp_path / "study.yaml")

    def run(part: str | PrintedTable, known: Mapping[str, float] = NONE) -> list[Guess]:
        given = part if isinstance(part, PrintedTable) else Passage("Results", part)
        return list(guesses(Paper([given]), study, known.get))

    return run


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        (
            "Seven patients were atopic; these were younger than the other nine (median 47 v 68"
            " years, p=0.044).",
            [
                "n(patient) in atopic",
                "n(patient) in others",
                "median(age) in atopic",
                "median(age) in others",
                "p_value(age) between atopy",
            ],
        ),
        (
            "The fall in itch was larger in atopic patients than in the others (6.3 ± 0.8 v 4.0 ±"
            " 1.7, p=0.011).",
            [
                "mean(itch_change) in atopic",
                "sd(itch_change) in atopic",
                "mean(itch_change) in others",
                "sd(itch_change) in others",
                "p_value(itch_change) between atopy",
            ],
        ),
        (
            "The mean change in itch was -5.1: -6.3 in atopic and -4.0 in other patients (p=0.01).",
            [
                "mean(itch_change) in everyone",
                "mean(itch_change) in atopic",
                "mean(itch_change) in others",
                "p_value(itch_change) between atopy",
            ],
        ),
        (
            "Thirteen patients responded, all seven who were atopic and six of the eight who were"
            " not (75%).",
            [
                f"count({RESPONDED}) in everyone",
                f"count({RESPONDED}) in atopic",
                f"count({RESPONDED}) in others",
                "n(patient) in others",
                f"percent({RESPONDED}) in others",
            ],
        ),
        (
            "Non-atopic patients had a mean itch at baseline of 4.8.",
            ["mean(itch_baseline) in others"],
        ),
        (
            "Sixteen patients (mean age 59 years) were treated, seven of whom had an atopic"
            " background.",
            [
                "n(patient) in everyone",
                "mean(age) in everyone",
                'count(eczema == "yes") in everyone',
            ],
        ),
        (
            "Two thirds of the patients had been treated with methotrexate or ciclosporin.",
            ['percent(drug == "MTX" or drug == "CsA") in everyone'],
        ),
        (
            "At follow-up, three patients were clear (IGA 0).",
            ["count(grade_followup == 0) in everyone", NAME],
        ),
    ],
)
def test_the_others_are_those_of_the_two_groups_who_were_not_named(
    draft: Draft, text: str, readings: list[str]
) -> None:
    known = {
        "median(age) in atopic": 47,
        "median(age) in others": 68,
        "n(patient) in everyone": 16,
        "mean(itch_change) in atopic": -6.3,
        "mean(itch_change) in others": -4.0,
    }
    assert [guess.reading for guess in draft(text, known)] == readings


def test_what_makes_a_cohort_is_not_counted_in_it(draft: Draft) -> None:
    header = ["", "Atopic", "Not atopic", "p"]
    row = ["Atopic background, n (%)", "7 (100)", "0 (0)", "0.001"]

    found = draft(PrintedTable("Table 1", "", [header, row]))

    assert [guess.reading for guess in found] == [OPEN] * 5


def test_a_row_of_responses_counts_the_responders(draft: Draft) -> None:
    header = ["", "Atopic (n=7)", "Not atopic (n=8)", "p"]
    row = ["Response of the skin, n (%)", "7 (100)", "6 (75)", "0.47"]

    *_, first, _, last, share, test = draft(PrintedTable("Table 1", "", [header, row]))

    assert first.reading == f"count({RESPONDED}) in atopic"
    assert last.reading == f"count({RESPONDED}) in others"
    assert share.reading == f"percent({RESPONDED}) in others"
    assert test.reading == "p_value(itch_change, four) between atopy"
