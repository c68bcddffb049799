"""What the numbers of a paper are guessed to be."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.claims.language import read_reading
from casebook.quoting.draft import guesses
from casebook.quoting.guesses import Guess, ValueOf
from casebook.quoting.joined import lines_of
from casebook.quoting.page import page
from casebook.quoting.written import Hints
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
NOT_SAID = 'none("to be said by whoever reviews it")'
OTHERS = 'count(patient != "3") in everyone'


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


@pytest.mark.parametrize(("earlier", "fitting"), [(5, {"present"}), (7, {"earlier", "present"})])
def test_of_the_readings_that_words_leave_those_that_give_the_number_are_drafted(
    drafted: Drafted, earlier: int, fitting: set[str]
) -> None:
    guess = drafted("Seven patients took methotrexate.", earlier=earlier, present=7)["Seven"]

    found = {guess.reading, *guess.otherwise}
    assert found == {f'count("MTX" in {each}) in everyone' for each in fitting}
    assert guess.rests_on == "words and value"


def test_a_value_within_a_bound_makes_a_reading_no_surer(study: Study) -> None:
    known = {"p_value(itch) in everyone": 0.0004, "p_value(sleep) in everyone": None}
    found = guesses(Paper([Passage("Text", "Itch decreased (p < .001).")]), study, known.get)

    (guess,) = found
    assert (guess.reading, guess.rests_on) == ("p_value(itch) in everyone", "bound")


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


def test_treatments_are_known_by_their_usual_abbreviations(tmp_path: Path) -> None:
    # Given a table with drugs in capitals alone, and the dose of one of them, and values of both
    levels = "levels: &drugs { MTX: MTX, PRED: PRED }"
    dose = "  pred:\n    label: Prednisone\n    columns: { baseline: Start, followup: End }"
    text = STUDY.replace("levels: &drugs { MTX: Methotrexate, AZA: Azathioprine }", levels)
    outcome = f"{dose}\n    range: [0, 60]\n    unit: mg\n    better: lower\n"
    path = tmp_path / "study.yaml"
    path.write_text(text.replace("cohorts:\n", f"{outcome}cohorts:\n"), encoding="utf-8")
    (tmp_path / "table.csv").touch()
    stopped = "count(pred_baseline > 0 and pred_followup == 0) in everyone"
    said = "Earlier drugs were methotrexate in 2. 3 patients were able to stop prednisone."
    # When a paper writes them out
    found = guesses(Paper([Passage("Text", said)]), load_study(path), {stopped: 4.0}.get)
    # Then they are found, and those who stopped one by its dose though their number is misprinted
    assert [each.reading for each in found] == ['count("MTX" in earlier) in everyone', stopped]


def test_who_stopped_a_drug_no_longer_has_it(drafted: Drafted) -> None:
    found = drafted("One patient discontinued methotrexate.", present=8)
    assert found["One"].reading.startswith('count("MTX" not in ')


def test_numbers_of_a_patient_who_is_named_are_values_of_that_patient(study: Study) -> None:
    # Given a sentence of one patient after one of an outcome, in which a number is misprinted
    text = "Sleep was 5. Patient 3, who had the highest score, went from 9 to 4 at 72 years."
    values = {'value(itch_baseline, "3") in everyone': 9.0, 'value(age, "3") in everyone': 72.0}
    # When it is drafted
    found = guesses(Paper([Passage("Text", text)]), study, values.get)
    # Then the value that is right tells of which outcome both are, and nothing is a maximum
    assert {guess.printed: guess.reading for guess in found if guess.printed != "5"} == {
        "3": 'none("the name of a patient")',
        "9": 'value(itch_baseline, "3") in everyone',
        "4": 'value(itch_followup, "3") in everyone',
        "72": 'value(age, "3") in everyone',
    }


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Patient 3, a 72-year-old man, came. With an itch of 9 he slept for 10 days.", "en"),
        ("Le patient 3 avait 72 ans. Il avait un Itch de 9 pendant 10 jours.", "fr"),
        ("Patient 3 war 72 Jahre alt. Sein Itch war 9 für 10 Tage.", "de"),
    ],
)
def test_a_patient_is_told_of_in_several_sentences(study: Study, text: str, language: str) -> None:
    # Given sentences of which only the first names a patient, who has two values of 9 or 10
    text += " Itch was 9."
    values = {
        'value(itch_baseline, "3") in everyone': 9.0,
        'value(sleep_followup, "3") in everyone': 10.0,
        'value(age, "3") in everyone': 72.0,
    }
    # When they are drafted
    hints = Hints(language=language)
    found = list(guesses(Paper([Passage("Text", text)]), study, values.get, hints))
    # Then those that speak of him are of that patient, by name or unit, and the last is not
    assert [guess.reading for guess in found[1:3]] == [
        'value(age, "3") in everyone',
        'value(itch_baseline, "3") in everyone',
    ]
    assert not any(guess.reading.startswith("value(") for guess in found[3:])


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Patient 3 was well, but the other 72 patients were not.", OTHERS),
        ("Patient 3 was well, but the other 72 were not.", OTHERS),
        ("Patient 3 was well, but the other patients had 72.", NOT_SAID),
        ("Patient 3 was well, as were 72 of 90.", NOT_SAID),
        ("Each patient 72 mg were given.", 'none("a dose")'),
        ("It was given 72 times daily.", 'none("a dose")'),
        ("In one patient 72 weeks went by.", NOT_SAID),
    ],
)
def test_numbers_of_other_patients_and_doses_are_of_no_patient(
    study: Study, text: str, reading: str
) -> None:
    # Given a number that happens to be the value of the patient before it, or that has a unit
    found = guesses(Paper([Passage("Text", text)]), study, {'value(age, "3") in everyone': 72}.get)
    # Then it is neither that value nor the name of a patient
    (guess,) = (each for each in found if each.printed == "72")
    assert guess.reading == reading


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


def test_a_row_of_p_values_below_cohorts_has_a_test_within_each(drafted: Drafted) -> None:
    rows = [
        ["", "Eczema (n=4)", "Uraemia (n=5)"],
        ["After, mean", "2.5", "3.5"],
        ["P value, within group", ".125", ".063"],
    ]
    found = readings(drafted(PrintedTable("Table", "Itch", rows)))

    assert found[".125"] == "p_value(itch) in eczema"
    assert found[".063"] == "p_value(itch) in uraemic"


def test_a_decrease_from_a_mean_with_its_sd_to_another_is_of_both_visits(drafted: Drafted) -> None:
    found = readings(
        drafted("In eczema, the decrease of itch from 8.5 ± 1.3 to 2.6 ± 1.5 was seen.")
    )

    assert found["8.5"] == "mean(itch_baseline) in eczema"
    assert found["2.6"] == "mean(itch_followup) in eczema"


def test_the_size_in_a_title_of_rows_is_drafted_once(study: Study) -> None:
    # Given a table whose title and one of whose lines between the rows say how many they are of
    rows = [["", "Before"], ["Uraemia (n = 5)", ""], ["Itch", "8"], ["Age", "61"]]
    table = PrintedTable("Table 1", "Median (n = 9)", rows)
    # When it is drafted
    found = list(guesses(Paper([table]), study, _values({})))
    # Then the line of the first is no claim of each row
    assert [guess.printed for guess in found] == ["5", "8", "61"]


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


@pytest.mark.parametrize("count", ["7/14", "7 of 14"])
def test_a_share_may_have_its_count_in_brackets(drafted: Drafted, count: str) -> None:
    found = readings(drafted(f"Half of the patients ({count}) were female."))

    assert found["Half"] == 'percent(sex == "F") in everyone'
    assert found["7"] == 'count(sex == "F") in everyone'


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
        ["Sleep improved, n (%)", "3 (75%)"],
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


def test_the_work_for_text_without_full_stops_grows_with_its_length(drafted: Drafted) -> None:
    def calls(size: int) -> int:
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        text = "skin score 15, MTX, sleep " * size
        sys.setprofile(counted)
        drafted(text)
        sys.setprofile(None)
        return count

    drafted("skin score 15")
    few, many = calls(50), calls(200)

    assert many < 4.5 * few


def test_the_value_of_a_reading_is_asked_for_once(study: Study) -> None:
    asked: list[str] = []

    def value_of(reading: str) -> float | None:
        asked.append(reading)
        return None

    text = "Median age was 61.5 years and nine had eczema. " * 20
    list(guesses(Paper([Passage("Results", text)]), study, value_of))

    assert len(asked) == len(set(asked)) > 0


def test_decimal_commas_are_told_by_the_paper_as_a_whole(drafted: Drafted, study: Study) -> None:
    text = "In eczema, median itch was 8,5 (IQR 6,5–9,25; p = 0,014); 1.250 tests were made."
    found = drafted(text)

    assert readings(found) == {
        "8.5": "median(itch_baseline) in eczema",
        "6.5": "p25(itch_baseline) in eczema",
        "9.25": "p75(itch_baseline) in eczema",
        "0.014": "p_value(itch) in eczema",
        "1,250": 'none("to be said by whoever reviews it")',
    }
    (line,) = lines_of([found["8.5"]], study, lambda _: None)
    assert "printed as 8,5" in page([line])
    assert list(drafted("1,250 tests; the mean age was 61.5 years.")) == ["1,250", "61.5"]


def test_a_decimal_sign_that_is_told_is_believed(study: Study) -> None:
    paper = Paper([Passage("Results", "The mean age was 61,500 years.")])

    found = list(guesses(paper, study, lambda _: None, Hints(decimal=",")))

    assert [guess.printed for guess in found] == ["61.500"]


def test_what_is_said_of_significance_is_drafted_as_a_claim(drafted: Drafted, study: Study) -> None:
    found = drafted(
        "Itch improved significantly in eczema.",
        "There was no significant difference in itch at the end in uraemia.",
        "p < 0.05 was considered statistically significant.",
        "The change was clinically significant.",
    )

    assert found["significantly"].reading == "significant(itch) in eczema"
    assert found["no significant difference"].reading == "significant(itch) in uraemic"
    assert not {"statistically significant", "significant"} & set(found)
    for guess in found.values():
        read_reading(guess.reading, study, ())


def test_ns_is_said_of_significance_in_text_and_tables(drafted: Drafted) -> None:
    rows = [["", "Before", "P value"], ["Itch, median", "8", "n.s."]]
    found = drafted("Itch fell in eczema (NS).", PrintedTable("Table 2", "Response", rows))

    assert found["NS"].reading == "significant(itch) in eczema"
    assert found["n.s."].reading == "significant(itch) in everyone"


def test_all_and_none_of_the_patients_are_drafted_and_what_is_missing_is_shown(
    drafted: Drafted,
) -> None:
    found = drafted(
        "All patients had eczema. None of the patients took present azathioprine.",
        "A lack of sleep was not recorded.",
    )

    assert found["all"].reading == 'always(cause == "E") in everyone'
    assert found["None"].reading == 'never("AZA" in present) in everyone'
    assert found["lack of"].rests_on == "nothing"


def test_a_mark_of_a_table_stands_for_the_limit_in_its_legend(drafted: Drafted) -> None:
    rows = [["", "Before", "After"], ["Itch, median (IQR)", "8 (7–9)", "3 (1–4)**"]]
    legend = "*p < 0.05, **p < 0.01 against baseline."

    found = readings(drafted(PrintedTable("Table 2", "Response", rows), legend))

    assert found["< 0.01"] == 'none("a level that the authors set")'
    marked = drafted(legend, PrintedTable("Table 2", "Response", rows))["< 0.01"]
    assert (marked.reading, marked.shown) == ("p_value(itch) in everyone", "**")


def test_letters_of_notes_are_no_part_of_the_numbers_of_a_table(drafted: Drafted) -> None:
    rows = [["", "Everyone"], ["Age, mean (SD)", "61.5a (4.2)b,c"], ["Stage", "2b disease"]]
    found = readings(drafted(PrintedTable("Table 1", "Patients", rows)))

    assert found == {"61.5": "mean(age) in everyone", "4.2": "sd(age) in everyone"}


def test_a_german_paper_is_read_in_german(drafted: Drafted) -> None:
    found = drafted(
        "Die Patienten wurden ab dem 3. Juni 2021 mit Licht behandelt. Das mittlere Alter der"
        " Frauen und Männer betrug 61,5 Jahre (Spannweite 34–78).",
        "Zwölf Patienten hatten ein Eczema, keine Patientin wurde mit Methotrexate behandelt.",
        "Itch sank bei Eczema von im Median 8,5 auf 2,5 (p-Wert = 0,011), signifikant.",
    )

    assert readings(found) == {
        "3. Juni 2021": 'none("a date")',
        "61.5": "mean(age) in everyone",
        "34": "min(age) in everyone",
        "78": "max(age) in everyone",
        "twelve": "n(patient) in eczema",
        "none": 'never("MTX" in earlier) in everyone',
        "8.5": "median(itch_baseline) in eczema",
        "2.5": "median(itch_followup) in eczema",
        "0.011": "p_value(itch) in eczema",
        "significant": "significant(itch) in eczema",
    }
    assert found["twelve"].shown == "Zwölf"


@pytest.mark.parametrize(
    ("place", "text", "language", "reason"),
    [
        ("Methods", "The score had 72 steps.", "en", "methods"),
        ("Introduction", "It affects 1 in 72 people.", "en", "what is known from elsewhere"),
        ("Results", "They had light for 72 weeks.", "en", "a period"),
        ("Results", "They came 72 weeks after light.", "en", "a period"),
        ("Discussion", "In a small trial, 72 patients (50%) had eczema.", "en", "another study"),
        (
            "Discussion",
            "Fewer than the 72 patients with eczema seen elsewhere.",
            "en",
            "another study",
        ),
        ("Diskussion", "In einer Studie hatten 72 Patienten Eczema.", "de", "another study"),
        ("Discussion", "Dans une étude, 72 patients avaient l'eczema.", "fr", "another study"),
        ("Discussion", "Compared with a trial, 72 of our patients had eczema.", "en", ""),
        ("Results", "In a small trial, 72 patients had eczema.", "en", ""),
        ("Text", "In the ITCHY trial, 72 patients had eczema.", "en", "another study"),
        ("Text", "In der ITCHY-Studie hatten 72 Patienten Eczema.", "de", "another study"),
        ("Text", "As in the ITCHY trial, 72 of our patients had eczema.", "en", ""),
        ("Results", "In all, 72 patients died.", "en", "deaths, of which the table says nothing"),
        ("Results", "They were put into 72 groups with eczema.", "en", "the number of groups"),
    ],
)
def test_where_the_words_tell_why_a_number_is_no_result_the_draft_does(
    study: Study, place: str, text: str, language: str, reason: str
) -> None:
    found = guesses(Paper([Passage(place, text)]), study, _values({}), Hints(language))

    (guess,) = (each for each in found if each.printed == "72")
    assert guess.reading == (f'none("{reason}")' if reason else "n(patient) in eczema")


@pytest.mark.parametrize(
    ("place", "value", "reading"),
    [
        ("Introduction", 50, 'none("what is known from elsewhere")'),
        ("Methods", 50, 'none("methods")'),
        ("Methods", 72, "mean(age) in everyone"),
        ("Results", 50, "mean(age) in everyone"),
    ],
)
def test_what_an_introduction_or_methods_say_is_no_result_that_it_does_not_fit(
    study: Study, place: str, value: float, reading: str
) -> None:
    paper = Paper([Passage(place, "Their mean age is 72.")])

    (guess,) = guesses(paper, study, {"mean(age) in everyone": value}.get)

    assert guess.reading == reading


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("It affects 7 per 100 000 people.", ["7", "100 000"]),
        ("In week 12 100 patients came.", ["12", "100"]),
        ("Two took more, and one had taken none of these.", ["Two", "one"]),
        ("Two had a higher score and one a lower one.", ["Two", "one"]),
    ],
)
def test_a_number_is_neither_split_nor_made_of_a_pronoun(
    study: Study, text: str, printed: list[str]
) -> None:
    found = guesses(Paper([Passage("Results", text)]), study, _values({}))

    assert [guess.printed for guess in found] == printed


def test_numbers_of_works_years_phases_and_lists_of_abbreviations_are_no_results(
    drafted: Drafted,
) -> None:
    found = drafted(
        "Some Journal 2024;10:e003837, received in 2023, on nine patients in phase 2 and 3 trials.",
        "Proteins were at 1950 µg/g.",
        "ADM, amyopathic type 4; MTX, methotrexate; UPA, upadacitinib in 12 forms.",
    )

    assert readings(found) == {
        "2023": 'none("a year")',
        "nine": 'none("to be said by whoever reviews it")',
        "2": 'none("a phase of trials")',
        "3": 'none("a phase of trials")',
        "1950": 'none("to be said by whoever reviews it")',
    }


def test_a_line_for_review_says_what_its_reading_gives_instead(
    drafted: Drafted, study: Study
) -> None:
    found = drafted("The mean age was 62 years.", age=61.25)

    lines = lines_of([*found.values()], study, lambda _: None)
    assert "the words around it, which give another value: 61.25" in page(lines)


def test_a_french_paper_is_read_in_french(drafted: Drafted) -> None:
    found = drafted(
        "Les patients ont été inclus depuis le 3 juin 2021. L'âge moyen des femmes et des hommes"
        " était de 61,5 ans (étendue 34–78).",
        "Douze patients avaient un eczema, aucune patiente n'était traitée par methotrexate.",
        "Itch a diminué chez les patients avec eczema d'une médiane de 8,5 à 2,5 (p = 0,011), de"
        " façon significative.",
        "La durée de present azathioprine était de 8 mg/kg ; tous les patients sauf un avaient un"
        " uraemia, deux de l'azathioprine present.",
    )

    assert readings(found) == {
        "3 juin 2021": 'none("a date")',
        "61.5": "mean(age) in everyone",
        "34": "min(age) in everyone",
        "78": "max(age) in everyone",
        "twelve": "n(patient) in eczema",
        "none": 'never("MTX" in earlier) in everyone',
        "8.5": "median(itch_baseline) in eczema",
        "2.5": "median(itch_followup) in eczema",
        "0.011": "p_value(itch) in eczema",
        "significant": "significant(itch) in eczema",
        "8": 'none("to be said by whoever reviews it")',
        "all": 'none("to be said by whoever reviews it")',
        "one": 'count(not (cause == "U")) in everyone',
        "two": 'count("AZA" in present) in everyone',
    }
