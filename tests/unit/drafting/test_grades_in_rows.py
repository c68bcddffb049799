"""Grades of a long table stand in one column, with a row for each visit."""

import pytest

from casebook.data.cells import Grid
from casebook.drafting.columns import Column
from casebook.drafting.grades import answers
from casebook.drafting.sketch import sketch

ROWS = [
    ("ID", "Week", "Severity", "Clinic"),
    *(("a", "0", "Severe", "north"), ("a", "4", "mild", "south")),
    *(("b", "0", "moderate", "south"), ("b", "4", "Severe", "south")),
    *(("c", "0", "Severe", "north"), ("c", "4", "", "north")),
]


def test_grades_of_a_long_table_have_a_variable_at_each_visit_and_an_order() -> None:
    columns = dict(enumerate(zip(*ROWS, strict=True), start=1))

    found = sketch(Grid(range(1, len(ROWS) + 1), columns), "Title")

    (grade,) = found.grades
    assert {when.name: name for when, name in grade.at.items()} == {
        "week_0": "severity_week_0",
        "week_4": "severity_week_4",
    }
    severity = [each for each in found.variables if each.column == "Severity"]
    assert [each.guess.visit for each in severity] == ["week_0", "week_4"]
    assert [*severity[0].guess.levels.values()] == ["Mild", "Moderate", "Severe"]


@pytest.mark.parametrize(
    "texts",
    [
        ["erscheinungsfrei", "leicht", "mäßig", "schwer"],
        ["keine", "gering", "mittel", "stark"],
        ["Léger", "Modéré", "Sévère", "Très sévère"],
    ],
)
def test_words_for_how_bad_an_illness_is_are_grades_in_other_languages(texts: list[str]) -> None:
    columns = {1: ("ID", *"aabb"), 2: ("Week", *"0404"), 3: ("Severity", *texts[::-1])}

    found = sketch(Grid(range(1, 6), columns), "Title")

    (grade,) = found.grades
    guess = next(each.guess for each in found.variables if each.column == "Severity")
    assert (grade.better.way, [*guess.levels]) == ("lower", texts)
    assert [*guess.levels.values()] == [text.capitalize() for text in texts]


@pytest.mark.parametrize(
    "texts", [["good", "moderate", "none"], ["Good response", "Moderate response", "No response"]]
)
def test_responses_of_eular_are_grades_the_good_one_first(texts: list[str]) -> None:
    columns = {1: ("ID", *"aabb"), 2: ("Week", *"0404"), 3: ("EULAR", *texts[::-1], texts[0])}

    found = sketch(Grid(range(1, 6), columns), "Title")

    (grade,) = found.grades
    guess = next(each.guess for each in found.variables if each.column == "EULAR")
    assert (grade.better.way, [*guess.levels]) == ("lower", texts)


def test_numbers_of_a_long_table_that_the_file_has_labels_for_are_told_as_perhaps_grades() -> None:
    columns = {1: ("ID", *"aabb"), 2: ("Week", *"0404"), 3: ("PGA", *"0212"),
               4: ("PGA (label)", "none", "severe", "mild", "severe")}  # fmt: skip

    (found,) = sketch(Grid(range(1, 6), columns), "Title").outcomes

    assert found.reason.endswith("a label for each, as 'none' for 0: whether they are grades")


def test_grades_in_two_scripts_have_one_label_and_are_told() -> None:
    columns = {1: ("ID", *"aabb"), 2: ("Week", *"0404"), 3: ("NYHA", "II", "1", "2", "I")}

    found = sketch(Grid(range(1, 6), columns), "Title")

    guess = next(each.guess for each in found.variables if each.column == "NYHA")
    assert guess.levels == {"I": "I", "1": "I", "II": "II", "2": "II"}
    assert "'I' and '1' are taken for one" in guess.levels_reason


def test_other_words_that_differ_between_visits_are_categories_at_each() -> None:
    columns = dict(enumerate(zip(*ROWS, strict=True), start=1))

    found = sketch(Grid(range(1, len(ROWS) + 1), columns), "Title")

    clinic = [each for each in found.variables if each.column == "Clinic"]
    assert [(each.guess.type, each.guess.visit) for each in clinic] == [
        ("category", "week_0"),
        ("category", "week_4"),
    ]
    assert not found.left


def test_codes_are_answers_by_their_labels_of_which_one_may_not_be_known() -> None:
    labels = {"1": "Yes", "2": "No", "9": "Unknown"}

    assert answers([Column(1, "AE", ["1", "2", "9"], labels=labels)]) == {"2": "No", "1": "Yes"}
    assert answers([Column(1, "AE", ["1", "2", "9"])]) == {}
    assert answers([Column(1, "AE", ["1", "1"], labels=labels)]) == {}
