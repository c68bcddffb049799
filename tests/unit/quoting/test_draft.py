"""What the numbers of a paper are guessed to be."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from casebook.claims.language import read_reading
from casebook.quoting.draft import guesses
from casebook.quoting.guesses import Guess, ValueOf
from casebook.reading.papers import Paper, Passage, PrintedTable
from casebook.study.load import load_study
from casebook.study.model import Study

STUDY = """\
title: Light for itch
source: { table: table.csv, patient: ID, citation: none, licence: none }
variables:
  age: { label: Age, column: Age, type: number, unit: years, range: [0, 120] }
  sex: { label: Sex, column: Sex, type: category, levels: { F: Female, M: Male } }
  cause: { label: Cause, column: Cause, type: category, levels: { U: Uraemia, E: Eczema } }
  earlier:
    label: Earlier drugs
    column: Earlier
    type: set
    levels: &drugs { MTX: Methotrexate, AZA: Azathioprine }
  present: { label: Present drugs, column: Present, type: set, levels: *drugs }
outcomes:
  itch:
    label: Itch
    columns: { baseline: Itch before, followup: Itch after }
    range: [0, 10]
    better: lower
  sleep:
    label: Sleep
    columns: { followup: Sleep after }
    range: [0, 10]
    better: higher
cohorts:
  uraemic: { label: Uraemia, select: cause == "U" }
  eczema: { label: Eczema, select: cause == "E" }
  both: { label: Uraemia and eczema, select: 'cause in ["U", "E"]' }
  everyone: { label: Everyone }
"""
Drafted = Callable[..., dict[str, Guess]]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    path = tmp_path / "study.yaml"
    path.write_text(STUDY, encoding="utf-8")
    (tmp_path / "table.csv").touch()
    return load_study(path)


@pytest.fixture
def drafted(study: Study) -> Drafted:
    """The guesses for a text or a table, by what is printed."""

    def draft(*parts: str | PrintedTable, **values: float) -> dict[str, Guess]:
        paper = [p if isinstance(p, PrintedTable) else Passage("Results", p) for p in parts]
        found = guesses(Paper(paper), study, _values(values))
        return {guess.printed: guess for guess in found}

    return draft


def _values(values: dict[str, float]) -> ValueOf:
    by_reading = {
        "n(patient) in everyone": values.get("everyone"),
        'count("MTX" in earlier) in everyone': values.get("earlier"),
        'count("MTX" in present) in everyone': values.get("present"),
        "mean(age) in everyone": values.get("age"),
    }
    return by_reading.get


def readings(found: dict[str, Guess]) -> dict[str, str]:
    return {printed: guess.reading for printed, guess in found.items()}


def test_a_statistic_named_once_is_read_at_both_visits(drafted: Drafted) -> None:
    text = "In eczema, itch fell from a median of 8.5 (IQR 6.5–9) to 2.5 (IQR 1–4) (p = 0.011)."

    assert readings(drafted(text)) == {
        "8.5": "median(itch_baseline) in eczema",
        "6.5": "p25(itch_baseline) in eczema",
        "9": "p75(itch_baseline) in eczema",
        "2.5": "median(itch_followup) in eczema",
        "1": "p25(itch_followup) in eczema",
        "4": "p75(itch_followup) in eczema",
        "0.011": "p_value(itch) in eczema",
    }


def test_counts_are_of_cohorts_levels_and_members(drafted: Drafted) -> None:
    found = readings(
        drafted("4 had eczema and five uraemia. Three (33%) patients had had earlier methotrexate.")
    )
    assert found["4"] == "n(patient) in eczema"
    assert found["five"] == "n(patient) in uraemic"
    assert found["Three"] == 'count("MTX" in earlier) in everyone'
    assert found["33%"] == 'percent("MTX" in earlier) in everyone'


def test_the_value_decides_where_words_leave_two_readings(drafted: Drafted) -> None:
    guess = drafted("Seven patients took methotrexate.", earlier=5, present=7)["Seven"]

    assert guess.reading == 'count("MTX" in present) in everyone'
    assert guess.otherwise == ['count("MTX" in earlier) in everyone']
    assert guess.rests_on == "words and value"


def test_a_misprint_keeps_the_reading_that_its_words_have(drafted: Drafted) -> None:
    guess = drafted("In total, 11 patients were included.", everyone=9)["11"]
    assert (guess.reading, guess.rests_on) == (
        'none("to be said by whoever reviews it")',
        "nothing",
    )

    guess = drafted("The mean age was 62 years.", age=61)["62"]
    assert (guess.reading, guess.rests_on) == ("mean(age) in everyone", "words")


def test_abbreviations_that_the_paper_explains_are_understood(drafted: Drafted) -> None:
    text = "Patients had methotrexate (MTX) earlier. Two patients are present on MTX."
    assert drafted(text)["Two"].reading == 'count("MTX" in present) in everyone'


def test_who_stopped_a_drug_no_longer_has_it(drafted: Drafted) -> None:
    found = drafted("One patient discontinued methotrexate.", present=8)
    assert found["One"].reading.startswith('count("MTX" not in ')


def test_dates_and_levels_of_significance_are_no_results(drafted: Drafted) -> None:
    text = "From May 2020 on, p < 0.05 was considered significant."
    assert readings(drafted(text)) == {
        "May 2020": 'none("a date")',
        "< 0.05": 'none("a level that the authors set")',
    }


def test_a_table_is_read_by_the_headers_of_its_rows_and_columns(drafted: Drafted) -> None:
    table = PrintedTable(
        "Table 2",
        "Response",
        [
            ["", "Before", "After", "P value"],
            ["Uraemia", "", "", ""],
            ["Itch, median (IQR) (n=5)", "8 (7–9.5)", "3 (1–4.5)", "0.06"],
        ],
    )
    found = readings(drafted(table))

    assert found["5"] == "n_pairs(itch) in uraemic"
    assert found["9.5"] == "p75(itch_baseline) in uraemic"
    assert found["4.5"] == "p75(itch_followup) in uraemic"
    assert found["0.06"] == "p_value(itch) in uraemic"


def test_counts_and_percentages_of_a_table_are_of_its_rows(drafted: Drafted) -> None:
    rows = [["", "Eczema (n=4)", "Uraemia (n=5)"], ["Female, n (%)", "3 (75%)", "2 (40%)"]]
    found = readings(drafted(PrintedTable("Table 1", "Patients", rows)))

    assert found["75%"] == 'percent(sex == "F") in eczema'
    assert found["2"] == 'count(sex == "F") in uraemic'


def test_a_count_and_its_percentage_need_no_sign_of_their_own(drafted: Drafted) -> None:
    rows = [["", "Eczema", "Uraemia"], ["Female, n (%)", "3 (75)", "2 (40)"]]
    found = readings(drafted(PrintedTable("Table 1", "Patients", rows)))

    assert found["3"] == 'count(sex == "F") in eczema'
    assert found["75"] == 'percent(sex == "F") in eczema'


def test_a_statistic_is_named_by_a_whole_word(drafted: Drafted) -> None:
    rows = [["", "Everyone"], ["Age without albumin, mean (SD)", "61.5 (4.2)"]]
    found = readings(drafted(PrintedTable("Table 1", "Patients", rows)))

    assert found == {"61.5": "mean(age) in everyone", "4.2": "sd(age) in everyone"}


@pytest.mark.parametrize(
    "row",
    [
        ["Age", "61.5"],
        ["Itch, mean", "8 (2-9)"],
        ["Sleep before, mean", "8"],
    ],
)
def test_no_draft_has_a_reading_that_an_audit_would_refuse(
    drafted: Drafted, study: Study, row: list[str]
) -> None:
    found = drafted(PrintedTable("Table 1", "Patients", [["", "Everyone"], row]))

    assert found
    for guess in found.values():
        read_reading(guess.reading, study, ())


def test_the_raw_table_itself_claims_nothing(drafted: Drafted) -> None:
    rows = [["ID", "Age", "Sex", "Cause", "Itch before"], ["1", "61", "F", "U", "8"]]
    assert drafted(PrintedTable("Table 1", "Patients", rows)) == {}


def test_a_visit_that_is_called_by_a_number_is_a_visit_and_no_number(
    tmp_path: Path,
) -> None:
    visits = "visits: { baseline: Baseline, w24: Week 24 }\n"
    path = tmp_path / "study.yaml"
    text = STUDY.replace("outcomes:", f"{visits}outcomes:").replace("followup: ", "w24: ")
    path.write_text(text, encoding="utf-8")
    (tmp_path / "table.csv").touch()
    rows = [["Median (IQR)", "Baseline", "Week 24"], ["Itch", "8 (7–9)", "3 (1–4)"]]
    parts = [
        Passage("Results", "At week 24 the median itch was 2.5 in patients with eczema."),
        PrintedTable("Table 2", "Response", rows),
    ]

    found = [each.reading for each in guesses(Paper(parts), load_study(path), lambda _: None)]

    assert found == [
        "median(itch_w24) in eczema",
        "median(itch_baseline) in everyone",
        "p25(itch_baseline) in everyone",
        "p75(itch_baseline) in everyone",
        "median(itch_w24) in everyone",
        "p25(itch_w24) in everyone",
        "p75(itch_w24) in everyone",
    ]


def test_the_words_of_a_draft_stand_in_the_paper_as_they_are(drafted: Drafted) -> None:
    text = "The mean age [3] was 62.5 years (p = 0.001)."
    found = drafted(text)

    assert list(found) == ["62.5", "0.001"]
    assert all(guess.words in text for guess in found.values())


def test_the_time_of_text_without_full_stops_grows_with_its_length(drafted: Drafted) -> None:
    drafted("skin score 15 ")
    seconds = []
    for size in (200, 800):
        begun = process_time()
        drafted("skin score 15 " * size)
        seconds.append(process_time() - begun)

    assert seconds[1] < 8 * seconds[0]
