"""The lines of a draft: numbers that are printed together, and no results of one sentence."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from casebook.claims.listed import COLUMNS, Claim, read_claims
from casebook.quoting.draft import guesses
from casebook.quoting.guesses import Guess, ValueOf
from casebook.quoting.joined import Line, lines_of
from casebook.quoting.page import page
from casebook.reading.papers import Paper, Passage, PrintedTable
from casebook.study.load import load_study

STUDY = """\
title: Light for itch
source: { table: table.csv, patient: ID, citation: none, licence: none }
variables:
  age: { label: Age, column: Age, type: number, unit: years, range: [0, 120] }
  sex: { label: Sex, column: Sex, type: category, levels: { F: Female, M: Male } }
outcomes:
  itch:
    label: Itch
    columns: { baseline: Itch before, followup: Itch after }
    range: [0, 10]
    better: lower
cohorts: { everyone: { label: Everyone } }
"""
FEMALE = 'sex == "F"'
ENDS = (
    'result(cohort=everyone, variable=itch, context=estimate, method="mean difference",'
    " statistic={})"
)
VALUES = {
    ENDS.format("conf_low"): -3.9,
    ENDS.format("conf_high"): -2.5,
    "n(patient) in everyone": 20,
    f"count({FEMALE}) in everyone": 13,
    f"percent({FEMALE}) in everyone": 65,
    "median(age) in everyone": 61,
    "p25(age) in everyone": 50,
    "p75(age) in everyone": 70,
    "mean(itch_change) in everyone": -3.2,
    'value(age, "1") in everyone': 34,
    'value(age, "2") in everyone': 51,
    'value(age, "3") in everyone': 60,
}
Drafted = Callable[..., tuple[list[dict[str, str]], list[Claim]]]


@pytest.fixture
def drafted(tmp_path: Path) -> Drafted:
    """The lines of a draft by their columns, and the claims that are read of them."""
    file = tmp_path / "study.yaml"
    file.write_text(STUDY, encoding="utf-8")
    (tmp_path / "table.csv").touch()
    study = load_study(file)

    def draft(*parts: str | PrintedTable, value_of: ValueOf = VALUES.get) -> object:
        paper = Paper([p if isinstance(p, PrintedTable) else Passage("Results", p) for p in parts])
        found = lines_of([*guesses(paper, study, value_of)], study, value_of)
        (tmp_path / "claims.tsv").write_text(page(found), encoding="utf-8")
        rows = [
            dict(zip(COLUMNS, row.split("\t"), strict=True))
            for row in page(found).split("\n")[1:-1]
        ]
        return rows, read_claims(tmp_path / "claims.tsv", study)

    return draft  # type: ignore[return-value]


def printed(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(row["printed"], row["computed_as"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "line", "claims"),
    [
        ("In all, 13 (65%) were female.", ("13 (65%)", f"count({FEMALE}) in everyone"),
         ["C001", "C001_percent"]),
        ("Thirteen of 20 patients (65%) were female.",
         ("Thirteen of 20 patients (65%)", f"count({FEMALE}) in everyone"),
         ["C001", "C001_percent"]),
        ("Median age was 61 years (IQR, 50-70 years).",
         ("61 years (IQR, 50-70 years)", "median(age) in everyone"),
         ["C001", "C001_p25", "C001_p75"]),
        ("The median (range) age was 61 (41–70) years.",
         ("61 (41–70)", "median, min, max(age) in everyone"), ["C001", "C001_min", "C001_max"]),
        ("Das mediane Alter der Patienten war 61,5 Jahre (Spannweite 41–70) und wurde nach der"
         " Therapie nicht mehr bestimmt.", ("61.5 Jahre (range 41–70)", "median(age) in everyone"),
         ["C001", "C001_min", "C001_max"]),
        ("L'âge médian des patients était de 61,5 ans (extrêmes : 41–70) dans cette série.",
         ("61.5 ans (range : 41–70)", "median(age) in everyone"), ["C001", "C001_min", "C001_max"]),
        ("Itch fell by a mean of 3.2 points (95% CI 2.5 to 3.9; p < .001).",
         ("3.2 points (95% CI 2.5 to 3.9; p < .001)", "mean(itch_change) in everyone"),
         ["C001", "C001_conf_low", "C001_conf_high", "C001_p_value"]),
    ],
)  # fmt: skip
def test_numbers_that_are_printed_together_are_one_line(
    drafted: Drafted, text: str, line: tuple[str, str], claims: list[str]
) -> None:
    rows, found = drafted(text)

    assert printed(rows) == [line]
    assert [each.name for each in found] == claims


def test_a_repeat_of_several_numbers_or_of_one_of_them_is_reviewed_with_the_first(
    drafted: Drafted,
) -> None:
    table = PrintedTable("Table 1", "", [["", "All patients"], ["Female, n (%)", "13 (65)"]])

    rows, _ = drafted("Among all, 13 (65%) were female.", table, "In sum, 65% were female.")

    said = "the words around it, and its value"
    assert [(row["printed"], row["review"]) for row in rows] == [
        ("13 (65%)", said),
        ("13 (65)", f"as C001: {said}"),
        ("65%", f"as C001_percent: {said}"),
    ]


def test_a_column_of_patients_is_reviewed_with_its_first_value_but_for_what_does_not_fit(
    drafted: Drafted,
) -> None:
    rows = [["Patient", "Age"], ["1", "34"], ["2", "51"], ["3", "61"]]

    found, _ = drafted(PrintedTable("Table 1", "Patients", rows))

    assert [row["review"] for row in found] == [
        "the words around it, and its value",
        "as C001: the words around it, and its value",
        "the words around it, which give another value: 60",
    ]


def test_a_number_that_does_not_rest_on_the_same_is_told_beside_the_first(
    drafted: Drafted,
) -> None:
    (row,), _ = drafted("In all, 13 (66%) were female.")

    assert row["review"] == (
        "the words around it, and its value; 66%: the words around it, which give another value: 65"
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The women were 13 and, as we had expected of such a disease, 65% were female.",
         ["13", "65%"]),
        ("Thirteen of 19 patients (65%) were female.", ["Thirteen", "19", "65%"]),
    ],
)  # fmt: skip
def test_numbers_stay_apart_that_do_not_follow_from_the_first_or_stand_far_off(
    drafted: Drafted, text: str, lines: list[str]
) -> None:
    rows, _ = drafted(text)

    assert [row["printed"] for row in rows] == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Of the eyes, 9 (46%) were dry.", ["9 (46%)"]),
        ("Nine of the 21 eyes (46%; 95% CI 22% to 66%) were dry.",
         ["Nine of the 21 eyes (46%; 95% CI 22% to 66%)"]),
        ("Pressure was higher at a mean of 364 v 169 than at first.", ["364", "169"]),
        ("Female were 13 (65%; 95% CI 22% to 66%).", ["13 (65%)", "95% CI 22% to 66%"]),
    ],
)  # fmt: skip
def test_numbers_without_a_reading_that_all_follow_from_the_first_wait_for_one_on_one_line(
    drafted: Drafted, text: str, lines: list[str]
) -> None:
    rows, _ = drafted(text)

    assert [row["printed"] for row in rows] == lines
    assert 'none("to be said by whoever reviews it")' in rows[-1]["computed_as"]


def test_no_results_of_a_sentence_are_one_line_but_for_those_that_wait_for_a_reading(
    drafted: Drafted,
) -> None:
    rows, _ = drafted(
        "From 2014 to 2019 there were three, treated with 5 mg. They were seen since 2020."
    )

    assert printed(rows) == [
        ("2014; 2019; 5", 'none("a year; a dose")'),
        ("three", 'none("to be said by whoever reviews it")'),
        ("2020", 'none("a year")'),
    ]
    assert rows[0]["words"] == "From 2014 to 2019 there were three, treated with 5 mg."


def test_of_thousands_of_lines_those_that_repeat_one_are_found_within_a_second() -> None:
    guesses = [
        Guess("Results", "in all", "3.4", f"mean(v{number % 4000}) in everyone", "words and value")
        for number in range(8000)
    ]
    lines = [Line(guess, {"": guess}, [guess]) for guess in guesses]
    begin = process_time()

    drafted = page(lines)

    assert process_time() - begin < 1
    assert drafted.count("as C") == 4000
