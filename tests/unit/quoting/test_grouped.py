"""Numbers of groups that a sentence compares or names at once, and of those who lack something."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casebook.quoting.draft import guesses
from casebook.quoting.guesses import Guess
from casebook.quoting.written import Hints
from casebook.reading.papers import Paper, Passage, PrintedTable
from casebook.study.load import load_study
from casebook.study.model import Study

STUDY = """\
title: Light for itch
source: { table: table.csv, patient: ID, citation: none, licence: none }
variables:
  age: { label: Age, column: Age, type: number, unit: years, range: [0, 120] }
  onset: { label: Age at onset, column: Onset, type: number, unit: years, range: [0, 120] }
  relapsed:
    label: Relapse within 12 mo
    column: Relapse
    type: category
    levels: { "yes": "Yes", "no": "No" }
  earlier:
    label: Earlier drugs
    column: Earlier
    type: set
    levels: { MTX: Methotrexate, AZA: Azathioprine }
outcomes:
  itch:
    label: Itch
    columns: { baseline: Itch before, followup: Itch after }
    range: [0, 10]
    better: lower
conditions:
  rash: { label: Rash, at: { followup: itch_followup > 5 } }
cohorts:
  younger: { label: Younger than 8 years, select: age < 8 }
  older: { label: Aged 8 years or older, select: age >= 8 }
  everyone: { label: Everyone }
comparisons:
  ages: { label: Age groups, cohorts: [younger, older] }
"""
YES, NO = 'relapsed == "yes"', 'relapsed == "no"'
IN_PERCENT = "(itch_baseline - itch_followup) / itch_baseline * 100"
NOT_LESS = "not (itch_change < 0)"
NOT_SAID = 'none("to be said by whoever reviews it")'
MEAN_SD = ("mean", "sd")
NONE: Mapping[str, float] = {}
Draft = Callable[..., list[Guess]]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    path = tmp_path / "study.yaml"
    path.write_text(STUDY, encoding="utf-8")
    (tmp_path / "table.csv").touch()
    return load_study(path)


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """The guesses for a text."""
    path = tmp_path / "study.yaml"
    (tmp_path / "table.csv").touch()

    def run(
        text: str,
        language: str = "en",
        known: Mapping[str, float] = NONE,
        described: str = STUDY,
        **values: float,
    ) -> list[Guess]:
        path.write_text(described, encoding="utf-8")
        study = load_study(path)
        known = {**known} | {
            f"{name.replace('_', '(', 1)}) in everyone": v for name, v in values.items()
        }
        paper = Paper([Passage("Results", text)])
        return list(guesses(paper, study, known.get, Hints(language)))

    return run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Relapse within 12 mo occurred in 6 children, in 1 of the 8 younger children and in 5"
            " of the 10 older children.",
            [
                *('none("part of a name")', f"count({YES}) in everyone"),
                f"count({YES}) in younger",
                *("n(patient) in younger", f"count({YES}) in older", "n(patient) in older"),
            ],
        ),
        (
            "Rash was seen in 7 patients, 2 of the younger and 5 of the older patients (P = .4).",
            [
                *(
                    f"count(itch_followup > 5) in {each}"
                    for each in ("everyone", "younger", "older")
                ),
                "p_value(rash_followup) between ages",
            ],
        ),
        (
            "Rash was seen in 7 patients, 2 of them in older children.",
            [f"count(itch_followup > 5) in {each}" for each in ("everyone", "older")],
        ),
        (
            "The mean age was 12 years, with few older children.",
            ["mean(age) in everyone"],
        ),
        (
            "None of the younger children had had methotrexate.",
            ['never("MTX" in earlier) in younger'],
        ),
        (
            "Itch at baseline was worse in younger than older children (median, 7 vs 3; P = .02).",
            [
                *("median(itch_baseline) in younger", "median(itch_baseline) in older"),
                "p_value(itch_baseline) between ages",
            ],
        ),
        (
            "Age was greater in older than younger children (61.3 ± 4.9 versus 5.1 ± 1.2 years).",
            [f"{name}(age) in {each}" for each in ("older", "younger") for name in ("mean", "sd")],
        ),
        (
            "The change in itch did not differ between age groups (P = .16).",
            [f"{name}(itch_change) between ages" for name in ("significant", "p_value")],
        ),
        (
            "The decrease of itch was larger in older children (P = .004).",
            ["p_value(itch_change) between ages"],
        ),
        (
            "Younger children had a rash, older children had none. The median itch at follow-up was"
            " 2 in the former and 6 in the latter (P = .01).",
            [
                *(f"median(itch_followup) in {each}" for each in ("younger", "older")),
                "p_value(itch_followup) between ages",
            ],
        ),
        (
            "In younger children, the mean itch was 7.1 at baseline. Its mean change was 1.3.",
            [f"mean(itch_{each}) in younger" for each in ("baseline", "change")],
        ),
        (
            "The mean itch was 7.1 at baseline and 3.2 at follow-up.",
            [f"mean(itch_{each}) in everyone" for each in ("baseline", "followup")],
        ),
        (
            "The median age at onset was 12 years, that is 35 years in the older and 8 in the"
            " younger children.",
            [f"median(onset) in {each}" for each in ("everyone", "older", "younger")],
        ),
        (
            "All younger children but one had a rash, and all patients in the older group except"
            " for two had a rash.",
            [
                "count(not (itch_followup > 5)) in younger",
                NOT_SAID,
                "count(not (itch_followup > 5)) in older",
            ],
        ),
        (
            "Itch did not differ between age groups at baseline (P = .3).",
            [f"{name}(itch_baseline) between ages" for name in ("significant", "p_value")],
        ),
        (
            "Older children had a rash, but only three of the eight younger ones did.",
            ["count(itch_followup > 5) in younger", "n(patient) in younger"],
        ),
        (
            "A rash was the most common adverse event (25%).",
            ["percent(itch_followup > 5) in everyone"],
        ),
        (
            "Rash was seen in half of the eyes, in three of the younger children.",
            ["percent(itch_followup > 5) in everyone", "count(itch_followup > 5) in younger"],
        ),
        (
            "Age was greater in older than younger children (median 61.3 v 5.1 years).",
            ["median(age) in older", "median(age) in younger"],
        ),
        (
            "The mean reduction in itch was 37% in younger and 14% in older children.",
            [f"mean({IN_PERCENT}) in {each}" for each in ("younger", "older")],
        ),
        (
            "Rash was seen in 7 patients after a median of 9 years since onset, 2 of the younger.",
            [
                "count(itch_followup > 5) in everyone",
                'none("a period")',
                "count(itch_followup > 5) in younger",
            ],
        ),
        (
            "Itch fell by a mean of 34 ± 18%.",
            [f"{name}({IN_PERCENT}) in everyone" for name in ("mean", "sd")],
        ),
    ],
)
def test_a_number_is_of_the_group_that_the_sentence_gives_it_to(
    draft: Draft, text: str, expected: list[str]
) -> None:
    assert [guess.reading for guess in draft(text)] == expected


@pytest.mark.parametrize(
    ("text", "language", "condition"),
    [
        ("Five were relapse free.", "en", NO),
        ("Five remained free of relapse.", "en", NO),
        ("Five had no relapse.", "en", NO),
        ("Five had a relapse within 12 mo.", "en", YES),
        ("Five were without rash.", "en", "not (itch_followup > 5)"),
        ("Five had no itch at follow-up.", "en", "itch_followup == 0"),
        ("Itch was rated. Five had a higher rating.", "en", "itch_change > 0"),
        ("Itch was rated. In five it was unchanged.", "en", "itch_change == 0"),
        ("Itch was rated. All but five had fewer signs after light.", "en", NOT_LESS),
        ("Fünf Patienten waren ohne Rash.", "de", "not (itch_followup > 5)"),
        ("Cinq patients étaient sans rash.", "fr", "not (itch_followup > 5)"),
        ("Two had methotrexate and five had received none of these.", "en", "count(earlier) == 0"),
    ],
)
def test_those_who_lack_something_are_counted(
    draft: Draft, text: str, language: str, condition: str
) -> None:
    found = {guess.printed.lower(): guess.reading for guess in draft(text, language)}

    assert found["five"] == f"count({condition}) in everyone"


@pytest.mark.parametrize(
    ("heading", "older", "readings"),
    [
        ("Itch", 0.8, [f"{n}(itch_change) in {c}" for c in ("younger", "older") for n in MEAN_SD]),
        # A number may be a misprint where others fit, but none of another heading is of itch.
        ("Itch", 8, [f"{n}(itch_change) in {c}" for c in ("younger", "older") for n in MEAN_SD]),
        ("Safety", 0.8, [NOT_SAID] * 4),
    ],
)
def test_a_paragraph_goes_on_with_the_one_before_where_its_values_fit(
    heading: str, older: float, readings: list[str], study: Study
) -> None:
    known = {"mean(itch_change) in younger": 2.3, "sd(itch_change) in younger": 1.4}
    known |= {"mean(itch_change) in older": older, "sd(itch_change) in older": 0.2}
    said = "The increase was 2.3 ± 1.4 in younger and 0.8 ± 0.2 in older children."
    parts = [Passage("Results", "Itch was rated.", "Itch"), Passage("Results", said, heading)]

    found = list(guesses(Paper(parts), study, known.get))

    assert [guess.reading for guess in found] == readings
    assert found[0].rests_on == ("nothing" if heading == "Safety" else "value")


def test_another_visit_than_the_one_behind_is_no_fair_reading(draft: Draft) -> None:
    (guess,) = draft("Five had no itch after light.")

    assert (guess.reading, guess.otherwise) == ("count(itch_followup == 0) in everyone", [])


def test_numbers_that_fit_another_column_of_the_same_words_are_of_that(draft: Draft) -> None:
    # Given the ages at two times, of which only one has the three numbers that are printed
    at_treatment = {"median_age": 8.4, "min_age": 3.8, "max_age": 15.1}
    at_onset = {"median_onset": 3.1, "min_onset": 1.8, "max_onset": 6.1}
    text = "It had begun at a median (range) age of 3.1 ({}-6.1) years."

    # When all three fit, they are of it, by their values alone
    fitting = draft(text.format("1.8"), **at_treatment, **at_onset)
    assert [(guess.reading, guess.rests_on) for guess in fitting] == [
        (f"{name}(onset) in everyone", "value") for name in ("median", "min", "max")
    ]
    # And when one does not, the words decide
    misprinted = draft(text.format("2.8"), **at_treatment, **at_onset)
    assert [guess.reading for guess in misprinted] == [
        f"{name}(age) in everyone" for name in ("median", "min", "max")
    ]


def test_a_centre_with_both_ends_may_be_of_an_outcome_that_the_paper_calls_otherwise(
    draft: Draft,
) -> None:
    # Given the median and quartiles of two outcomes, of which the text has a name for one alone
    sleep = "  sleep:\n    label: Sleep\n    columns: { baseline: Sleep 0, followup: Sleep 1 }\n"
    described = STUDY.replace(
        "conditions:", f"{sleep}    range: [0, 24]\n    better: higher\nconditions:"
    )
    numbers = {
        "itch_baseline": (9, 8, 10),
        "itch_followup": (4.5, 3, 6.5),
        "sleep_baseline": (5, 3.5, 7),
        "sleep_followup": (7.5, 7, 8),
    }
    known = {
        f"{statistic}({column}) in everyone": float(value)
        for column, values in numbers.items()
        for statistic, value in zip(("median", "p25", "p75"), values, strict=True)
    }
    # When it goes on with words that name nothing, and numbers of the other one
    text = (
        "Median itch fell from 9 (IQR 8-10) to 4.5 (IQR 3-6.5; p < 0.05), and nightly hours of rest"
        " rose from 5 (IQR 3.5-7) to 7.5 (IQR 7-8; p < 0.05)."
    )
    found = [
        each
        for each in draft(text, known=known, described=described)
        if not each.printed.startswith("<")
    ]
    # Then they are of that one, by their values alone
    assert [guess.reading for guess in found] == list(known)
    assert {guess.rests_on for guess in found[6:]} == {"value"}


@pytest.mark.parametrize(
    ("sizes", "reading"),
    [
        ({"n(patient)": 9, "count(itch_followup > 5)": 4}, "count(itch_followup > 5) in younger"),
        ({"n(patient)": 4, "count(itch_followup > 5)": 4}, "n(patient) in younger"),
    ],
)
def test_patients_of_a_group_are_it_or_those_of_it_who_had_something(
    draft: Draft, sizes: dict[str, int], reading: str
) -> None:
    known = {f"{name} in younger": size for name, size in sizes.items()}

    (guess,) = draft("In all, 4 younger children had a rash.", known=known)

    assert (guess.reading, guess.otherwise) == (reading, [])


def test_a_patient_in_brackets_has_the_values_behind_it(draft: Draft) -> None:
    found = draft("In 1 child (N13) itch increased from 4 to 5.")

    assert [guess.reading for guess in found] == [
        "count(itch_change > 0) in everyone",
        'value(itch_baseline, "N13") in everyone',
        'value(itch_followup, "N13") in everyone',
    ]


def test_a_change_without_a_named_statistic_is_of_means_with_their_spread(draft: Draft) -> None:
    found = draft("Itch was rated by all. It improved from 7.45 (0.66) to 3.16 (0.76).")

    assert [guess.reading for guess in found] == [
        f"{name}(itch_{visit}) in everyone"
        for visit in ("baseline", "followup")
        for name in ("mean", "sd")
    ]


def test_p_values_beside_compared_groups_are_of_what_their_row_is_of(
    study: Study, tmp_path: Path
) -> None:
    # Given a table of compared groups, with a row of a number, a category, an event and a condition
    (tmp_path / "study.yaml").write_text(
        STUDY.replace("cohorts:", "harms: { sets: [earlier] }\ncohorts:", 1), encoding="utf-8"
    )
    study = load_study(tmp_path / "study.yaml")
    rows = [
        ["", "Younger than 8 years", "Aged 8 years or older", "p Value"],
        ["Age", "5.1 (1.2)", "61.3 (4.9)", "<0.001"],
        ["Relapse within 12 mo, n (%)", "3 (30)", "4 (50)", "0.63"],
        ["Methotrexate", "1", "2", "0.58"],
        ["Rash, n (%)", "3 (30)", "4 (50)", "0.64"],
    ]
    found = guesses(Paper([PrintedTable("Table 1", "", rows)]), study, lambda _: None)
    # Then each p-value is between the groups, of its row
    assert [each.reading for each in found if each.reading.endswith("ages")] == [
        f"p_value({of}) between ages"
        for of in ("age", "relapsed", '"MTX" in harms', "rash_followup")
    ]


def test_a_pair_of_two_groups_without_a_statistic_is_of_the_centre_that_it_fits(
    draft: Draft,
) -> None:
    known = {"median(age) in older": 61.3, "mean(age) in younger": 5.1}

    found = draft("Age was greater in older than younger children (61.3 v 5.1 years).", known=known)

    assert [each.reading for each in found] == list(known)


def test_those_with_both_values_are_told_from_all_by_their_mean(draft: Draft) -> None:
    # Given a mean at baseline of all, and another one of those who have a later value
    of_both = "mean(itch_baseline, known(itch_followup)) in everyone"
    known = {"mean(itch_baseline) in everyone": 7.4, of_both: 7.1}
    text = "In those with both values, itch fell from a mean of {} to 3.2."
    # Then what is printed tells which of them it is
    for printed, reading in (("7.1", of_both), ("7.4", "mean(itch_baseline) in everyone")):
        assert draft(text.format(printed), known=known)[0].reading == reading


def test_a_comparison_is_not_named_by_words_that_say_nothing(draft: Draft) -> None:
    """Its label has no other words than those that are passed over everywhere."""
    described = STUDY.replace("label: Age groups", "label: By dose")

    found = draft("Itch fell in all patients (p = 0.02).", described=described)

    assert [each.reading for each in found][-1:] == ["p_value(itch) in everyone"]
