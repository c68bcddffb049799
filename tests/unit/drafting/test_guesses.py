"""What a column seems to be, by its header and its cells."""

import re

import pytest

from casebook.data.cells import Grid
from casebook.drafting.guessed import lines_of
from casebook.drafting.page import Title, page
from casebook.drafting.parts import Sketch, Variable
from casebook.drafting.sketch import sketch
from casebook.drafting.source import Reading


def drafted(**columns: list[str]) -> Sketch:
    """The sketch of a table, with spaces for underscores in its headers."""
    headers = [name.replace("_", " ") for name in columns]
    rows = max(map(len, columns.values()))
    cells = {
        place: [header, *texts]
        for place, (header, texts) in enumerate(zip(headers, columns.values(), strict=True), 1)
    }
    return sketch(Grid(range(1, rows + 2), cells), "Title")


def of_column(header: str, *texts: str) -> list[Variable]:
    """The variables of a single column."""
    cells = {1: [header, *texts]}
    return list(sketch(Grid(range(1, len(texts) + 2), cells), "Title").variables)


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("7", "12.5", "0", "-3"), "number"),
        (("7", "12,5", "0,25", "3"), "number"),
        (("80%", "75%", "12%"), "number"),
        (("12", "NA", "–", "30", "n.d."), "number"),
        (("12", "14", "1O", "30", "17", "19"), "number"),
        (("<5", "7", "8", "<5"), "number"),
        (("1,250", "1,040", "25", "30"), "number"),
        (("2024-02-29", "2023-01-05"), "date"),
        (("2024-02-29", "2023-01-05", "ongoing"), "date"),
        (("8.5", "22.0+", "9.7", "3.4"), "number"),
        (("1+", "2+", "neg", "1+", "2+"), "category"),
        (("29.02.2024", "05.01.2023"), "date"),
        (("yes", "no", "Yes", ""), "category"),
        (("0", "1", "1", "0"), "category"),
        (("1", "2", "1", "2", "2", "1"), "category"),
        (("PM", "DM", "PM", "DM", "IBM"), "category"),
        (("LN III+V", "LN IV", "LN III+V", "LN IV", "LN III"), "category"),
        (("MTX; HCQ", "HCQ", "MTX", "none"), "set"),
        (("MTX*, HCQ", "HCQ", "MTX, HCQ*", "AZA"), "set"),
        ((*["none"] * 12, "rash", "cough", "rash; cough"), "set"),
        ((*["none"] * 12, "rash", "fever; it soon went"), "text"),
        (("no fever, no rash", "well", "died of sepsis, alas", "?"), "text"),
        (("18 ± 2", "20 ± 3", "7 ± 1"), "text"),
        (("1e400", "1e300", "2e16", "x y z"), "text"),
    ],
)
def test_the_type_is_that_of_the_cells(texts: tuple[str, ...], kind: str) -> None:
    (variable,) = of_column("Anything", *texts)

    assert variable.guess.type == kind
    assert variable.guess.reason


@pytest.mark.parametrize(
    ("header", "label", "unit"),
    [
        ("Age (years)", "Age", "years"),
        ("CK [U/l]", "CK", "U/l"),
        ("CRP level, mg/L", "CRP level", "mg/L"),
        ("Steroid mg", "Steroid", "mg"),
        ("CRT (µm)", "CRT", "µm"),
        ("Leucocytes (10^9/l)", "Leucocytes", "10^9/l"),
        ("Days on treatment", "Days on treatment", "days"),
        ("Age (current)", "Age (current)", ""),
        ("Vitamin C", "Vitamin C", ""),
        ("ODI pre/post", "ODI pre/post", ""),
        ("DAS28 (month) 3", "DAS28 month 3", ""),
    ],
)
def test_a_unit_is_taken_from_the_header(header: str, label: str, unit: str) -> None:
    (variable,) = of_column(header, "7", "12", "31")

    assert (variable.label, variable.guess.unit) == (label, unit)


def test_a_range_holds_all_cells_and_is_that_of_the_header_or_of_a_known_scale() -> None:
    for header, limits in {
        "mRSS (0–51)": (0, 51),
        "Age": (0, 120),
        "Age (years)": (0, 120),
        "Age (months)": (0, 1440),
        "Alter [Wochen]": (0, 6360),
        "Age at onset, days": (0, 43920),
        "Age (hours)": (0, 50),
        "PASI (points)": (0, 72),
        "PASI (%)": (0, 50),
        "Karnofsky (%)": (0, 100),
        "Tender joints (68)": (0, 68),
        "SJC66": (0, 66),
        "Joint pain 28": (0, 50),
        "Whatever": (0, 50),
    }.items():
        assert of_column(header, "12", "31.5", "7")[0].guess.range == limits

    assert of_column("Change", "-12", "31")[0].guess.range == (-20, 50)
    assert of_column("Age", "12 months", "31 months", "7 months")[0].guess.range == (0, 1440)


@pytest.mark.parametrize("header", ["DLQI", "Pain NRS (0-30)"])
def test_one_value_beyond_the_limits_of_its_scale_is_a_slip_and_several_another_scale(
    header: str,
) -> None:
    (once,) = of_column(header, "12", "14", "33", "30", "17", "19")
    (often,) = of_column(header, "12", "14", "33", "40", "17", "19")

    assert (once.guess.range, once.guess.slips) == ((0, 30), ["33"])
    assert (often.guess.range, often.guess.slips) == ((0, 50), [])


def test_all_cells_with_a_sign_are_counted_over_the_visits_of_an_outcome() -> None:
    (outcome,) = drafted(CRP_BL=["40*", "9", "17"], CRP_w12=["7", "7.9†", "8"]).outcomes

    assert any(
        "2 cells have such a sign, as '40*' and '7.9†'" in e for e in lines_of(outcome.guess)
    )


def test_a_value_beyond_the_limits_of_a_scale_at_one_visit_is_a_slip_of_the_outcome() -> None:
    (outcome,) = drafted(DLQI_BL=["12", "9", "17"], DLQI_w12=["7", "33", "8"]).outcomes

    assert (outcome.guess.range, outcome.guess.slips) == ((0, 30), ["33"])


def test_values_that_are_many_enough_at_all_visits_are_another_scale_and_no_slips() -> None:
    at_first, later = ["12", "14", "33", "30", "17", "19"], ["40", "14", "36", "30", "17", "19"]

    (outcome,) = drafted(DLQI_BL=at_first, DLQI_w12=later).outcomes

    assert (outcome.guess.range, outcome.guess.slips) == ((0, 50), [])


def test_scores_that_say_what_they_are_out_of_are_numbers_up_to_that() -> None:
    (score,) = of_column("Pain", "7/10", "3 / 10", "0/10")
    (several,) = of_column("Pain", "7/10", "3/4", "0/10", "12/30")

    assert (score.guess.range, score.guess.type) == ((0, 10), "number")
    assert [*score.guess.strip_unit] == ["/10", "/ 10"]
    assert several.guess.type == "text"


def test_codes_far_from_all_other_numbers_are_missing() -> None:
    (variable,) = of_column("Score", "12", "999", "31", "7", "-9")

    assert variable.guess.missing == ["999", "-9"]
    assert variable.guess.range == (0, 50)


@pytest.mark.parametrize("slip", ["1O", "=SUM(A2:A6)", "14 U/l", "5 cm", "#REF!", "12/3"])
def test_a_slip_among_numbers_is_left_to_be_corrected_and_means_no_missing_value(slip: str) -> None:
    (variable,) = of_column("CRP (mg/l)", "12", "14", slip, "30", "17", "19")

    guess = variable.guess
    assert (guess.type, guess.unit, guess.range) == ("number", "mg/l", (0, 50))
    assert (guess.slips, guess.missing, guess.strip_unit) == ([slip], [], ())


def test_a_word_among_numbers_means_that_there_is_none() -> None:
    (variable,) = of_column("Age", "12", "14", "refused", "30", "17", "19")

    assert (variable.guess.missing, variable.guess.slips) == (["refused"], [])


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (
            ("<5", "7", "<5", "<5", "8", "≤5"),
            "censored: { below: limit } # review: 4 cells are beyond a limit, as '<5'; the",
        ),
        (
            ("12", ">600", "<0.5", "31"),
            "censored: { below: limit, above: limit } # review: 2 cells are beyond a limit, as"
            " '<0.5' and '>600'; the limit is",
        ),
        (
            ("<5 mg", "7 mg", "12 mg", "8 mg"),
            "censored: { below: limit } # review: 1 cell is beyond a limit, as '<5 mg'; the limit",
        ),
    ],
)
def test_a_value_beyond_a_limit_is_kept_at_the_limit(texts: tuple[str, ...], told: str) -> None:
    (variable,) = of_column("CRP", *texts)

    assert told in "\n".join(lines_of(variable.guess))
    assert not variable.guess.missing


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("40*", "7", "<5*", "12"), {"marks": ["*"], "inexact": {"below": ["<5"]}}),
        (("~40", "ca. 7", "12†‡", "9"), {"marks": ["~", "ca.", "†‡"]}),
        (("2.4 H", "1.1", "0.9 L", "1.2"), {"marks": ["H", "L"], "strip_unit": ()}),
        (("2.4 L", "1.1 L", "0.9 L", "1.2"), {"marks": (), "strip_unit": ["L"]}),
        (
            ("30–40", "7", "12", "9 to 11"),
            {"inexact": {"from_to": ["30–40", "9 to 11"]}, "slips": []},
        ),
        (("none", "7", "0", "12"), {"values": {"none": 0}, "missing": []}),
        (("none", "5 mg", "10 mg", "12 mg"), {"values": {"none": 0}, "missing": []}),
        (("none", "7", "14", "12"), {"values": {}, "missing": ["none"]}),
        (("no", "7", "0", "12"), {"values": {}, "missing": ["no"]}),
        (("18 ± 2", "7", "12", "9"), {"inexact": {"plus_minus": ["18 ± 2"]}, "slips": []}),
    ],
)
def test_what_stands_beside_a_number_is_left_out_by_the_key_for_it_and_told(
    texts: tuple[str, ...], told: dict[str, object]
) -> None:
    (variable,) = of_column("Value", *texts)

    guess = variable.guess
    assert (guess.type, guess.pattern) == ("number", "")
    assert {key: getattr(guess, key) for key in told} == told
    lines = "\n".join(lines_of(guess))
    assert "as '" in lines or guess.strip_unit or guess.values or guess.missing


@pytest.mark.parametrize(
    ("header", "texts", "unit", "endings"),
    [
        ("Dose", ["10 mg", "0", "7.5 mg", "5 mg"], "mg", ["mg"]),
        ("Dose", ["10 mg", "0", "7.5 mg", "5 mg daily"], "mg", ["mg", "mg daily"]),
        ("Dose", ["10 mg", "5 g", "7.5 mg", "5 mg", "20 mg"], "mg", ["mg"]),
        ("CRP (mg/l)", ["14 mg/l", "3", "12", "7", "9"], "mg/l", ["mg/l"]),
        ("Age (years)", ["50 y", "31 y", "12 y", "70 y"], "years", ["y"]),
    ],
)
def test_the_unit_is_that_of_the_header_or_else_what_stands_behind_most_numbers(
    header: str, texts: list[str], unit: str, endings: list[str]
) -> None:
    (variable,) = of_column(header, *texts)

    assert (variable.guess.unit, variable.guess.strip_unit) == (unit, endings)
    assert not variable.guess.pattern


def test_what_is_told_of_the_cells_of_an_outcome_is_true_of_all_its_columns() -> None:
    found = drafted(
        Pain_before=["6", "7", "<3", "9", "5 cm"], Pain_after=["2", "<4", "5", "n.k.", "1"]
    )

    guess = found.outcomes[0].guess
    assert guess.range_reason == "wide enough, as cells are from 1 to 9"
    assert (guess.inexact, guess.missing, guess.unit) == ({"below": ["<3", "<4"]}, ["n.k."], "")
    assert found.slips == {"Pain before": {"5 cm"}, "Pain after": {"5 cm"}}


def test_a_visit_with_several_slips_stays_with_the_numbers_of_the_other_visits() -> None:
    several = ["0,3", "0.2x", "FZ", "0,1", "0,5"]
    (outcome,) = drafted(VA_BL=["0,5"] * 5, VA_w4=several, VA_w8=["0,2"] * 5).outcomes

    assert len(outcome.columns) == 3
    assert (outcome.guess.slips, outcome.guess.missing) == (["0.2x"], ["FZ"])


def test_visits_that_outcomes_call_by_different_words_make_one_contrast() -> None:
    first, last = ["6", "7", "9"], ["2", "4", "5"]
    found = drafted(Pain_baseline=first, Pain_week_8=last, Dose_start=first, Dose_week_8=last)

    text = page(found, Title("A title", "made up"), Reading("my.csv"))

    assert [each.columns[0].column for each in found.outcomes] == ["Pain baseline", "Dose start"]
    assert "contrasts:" not in text


def test_contrasts_are_in_order_of_time_behind_the_first_which_counts() -> None:
    scores = ["6", "7", "9"]
    pain = {"Pain_week_0": scores, "Pain_week_4": scores, "Pain_week_24": scores}
    itch = {"Itch_week_0": scores, "Itch_week_12": scores}
    found = drafted(**pain, **itch, Dose_week_0=scores, Dose_week_4=scores)

    text = page(found, Title("A title", "made up"), Reading("my.csv"))

    assert re.findall(r"visit: (\w+), against", text) == ["week24", "week4", "week12"]
    assert "against its first; the first counts where no contrast is named" in text


def test_of_three_visits_or_more_the_draft_says_how_to_compare_each_with_the_first() -> None:
    scores = ["6", "7", "9"]
    found = drafted(Pain_baseline=scores, Pain_week_4=scores, Pain_week_8=scores)

    text = page(found, Title("A title", "made up"), Reading("my.csv"))

    assert text.count("\n# contrasts: each_later\n") == 1


def test_a_date_that_a_spreadsheet_made_of_a_score_is_told_and_is_no_level() -> None:
    (variable,) = of_column("Sight", "5/5", "2024-05-04", "3/4", "5/5", "3/4", "5/5", "3/4")

    guess = variable.guess
    assert (guess.type, [*guess.levels], guess.slips) == (
        "category",
        ["3/4", "5/5"],
        ["2024-05-04"],
    )
    assert "which a spreadsheet makes of '4-5' or '5/4'" in guess.reason


def test_whole_numbers_are_codes_by_a_whole_word_of_the_header_and_never_with_a_unit() -> None:
    texts = ["1", "2", "2", "3", "1", "3", "2", "1"]
    kinds = {
        header: of_column(header, *texts)[0].guess.type
        for header in ("Line", "Study_arm", "Nasal score", "Weeks on treatment")
    }

    assert [*kinds.values()] == ["category", "category", "number", "number"]


@pytest.mark.parametrize(
    ("header", "levels"),
    [
        ("Sex (1=m; 2=f)", {"1": "Male", "2": "Female"}),
        ("Arm [1 = drug A, 2 = placebo]", {"1": "drug A", "2": "Placebo"}),
        ("Smoker 1: never / 2: ex / 3: current", {"1": "Never", "2": "ex", "3": "Current"}),
        ("Smoker (1=never, 2=not known)", {"1": "Never"}),
        ("Arm (1=drug; 3=placebo)", {"1": "1", "2": "2"}),
        ("Group (n=12)", {"1": "1", "2": "2"}),
    ],
)
def test_codes_have_the_labels_that_their_header_tells(header: str, levels: dict[str, str]) -> None:
    (variable,) = of_column(header, *"12122112")

    assert (variable.guess.type, variable.guess.levels) == ("category", levels)
    assert {*variable.guess.levels, *variable.guess.missing} >= {"1", "2"}


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("II", "2", "I", "I", "2", "II"), "'2' and 'II' probably mean the same"),
        (("+", "x", "n", "n", "x", "+", "+"), "'+' and 'x' probably mean the same: if so, give"),
        (("II", "2", "III", "1", "I", "3", "2"), "'3' and 'III' probably mean the same"),
        (("B", "\u0412", "A", "A", "B", "\u0412"), "'B' and '\u0412' probably mean the same"),
        (("grade 2", "2", "mild", "2", "mild"), "'2' and 'grade 2' probably mean the same"),
    ],
)
def test_texts_that_probably_mean_the_same_are_levels_of_their_own_and_told_so(
    texts: tuple[str, ...], told: str
) -> None:
    (variable,) = of_column("Anything", *texts)

    assert {*variable.guess.levels} == {*texts}
    assert len({*variable.guess.levels.values()}) == len({*texts})
    assert told in variable.guess.levels_reason


@pytest.mark.parametrize(
    ("texts", "levels"),
    [
        (("F", "H", "F"), {"F": "Female", "H": "Male"}),
        (("M", "H", "M"), {"H": "Male", "M": "Female"}),
        (("femme", "homme", "femme"), {"femme": "Female", "homme": "Male"}),
        (("M", "V", "M"), {"V": "Male", "M": "Female"}),
        (("H", "N", "H", "N"), {"H": "H", "N": "N"}),
    ],
)
def test_letters_are_those_of_a_sex_by_what_stands_beside_them(
    texts: tuple[str, ...], levels: dict[str, str]
) -> None:
    assert of_column("Sexo", *texts)[0].guess.levels == levels


def test_a_visit_at_which_all_are_below_a_limit_is_of_the_numbers_of_the_others() -> None:
    (crp,) = drafted(CRP_w0=["22", "<5", "30"], CRP_w4=["<5", "<5", "<5"]).outcomes

    assert (len(crp.columns), crp.guess.range) == (2, (0, 50))
    assert crp.guess.inexact == {"below": ["<5"] * 4}


@pytest.mark.parametrize(
    ("texts", "levels"),
    [
        (("ja", "no", "Yes", "no", "ja"), {"Yes": "Yes", "ja": "Yes", "no": "No"}),
        (("y", "yes", "n", "ex", "y", "y"), {"y": "Yes", "yes": "Yes", "ex": "ex", "n": "n"}),
        (("✓", "✗", "ja", "✓"), {"ja": "Yes", "✓": "Yes", "✗": "✗"}),
        (("no", "1", "0", "yes", "1"), {"1": "Yes", "yes": "Yes", "0": "No", "no": "No"}),
    ],
)
def test_answers_of_one_meaning_are_one_level_and_told_so(
    texts: tuple[str, ...], levels: dict[str, str]
) -> None:
    (variable,) = of_column("Anything", *texts)

    assert [*variable.guess.levels.items()] == [*levels.items()]
    assert "are taken for one" in variable.guess.levels_reason


def test_texts_that_mean_different_things_are_not_told_as_the_same() -> None:
    for texts in (
        ["A", "B", "0", "A", "0"],
        ["yes", "no", "unknown", "yes"],
        ["I", "II", "I", "x"],
    ):
        (variable,) = of_column("Anything", *texts)
        assert "the same" not in variable.guess.levels_reason


@pytest.mark.parametrize(
    ("slip", "drug", "label", "told"),
    [
        ("Dupilimab", "Dupilumab", "Dupilumab", "'Dupilimab' is taken for 'Dupilumab', misspelt"),
        # These are two drugs.
        ("Prednisone", "Prednisolone", "Prednisone", "is 'Prednisone' perhaps 'Prednisolone'"),
    ],
)
def test_a_level_that_may_be_another_one_misspelt_is_told(
    slip: str, drug: str, label: str, told: str
) -> None:
    drugs = [drug, drug, drug, "Ciclosporin", "Ciclosporin", "Ciclosporin", slip]

    found = drafted(Drug=drugs)

    guess = found.variables[0].guess
    assert guess.levels == {"Ciclosporin": "Ciclosporin", drug: drug, slip: label}
    assert told in guess.levels_reason
    # A cohort for each drug, if each stands in three cells.
    groups = [each.select for each in found.cohorts[1:]]
    assert groups == [f'drug == "{each}"' for each in ("Ciclosporin", drug) if label == drug]


def test_dates_in_several_forms_are_all_read_if_none_can_be_two_days() -> None:
    (dotted,) = of_column("Seen", "29.02.2024", "2024-03-01", "3 March 2024")
    (doubtful,) = of_column("Seen", "29.02.2024", "03/04/2024", "04/25/2024", "25/04/2024")

    assert {*dotted.guess.formats} == {"%d.%m.%Y", "%d %b %Y"}
    assert doubtful.guess.type == "text"


def test_a_day_that_is_none_among_dates_is_a_slip() -> None:
    days = ["2021-02-03", "2021-05-17", "03.08.2022", "2022-01-12"]
    (started,) = of_column("Started", *days, "2023-13-05", "not yet")
    (noted,) = of_column("Noted", *days[:2], "5 weeks", "2 weeks", "day 7")

    assert (started.guess.type, started.guess.slips) == ("date", ["2023-13-05"])
    assert started.guess.missing == ["not yet"]
    assert noted.guess.type == "text"


@pytest.mark.parametrize(
    ("slip", "others", "formats"),
    [
        # As %y.%m.%d it would be in 2031, in which no other is.
        ("31.2.23", ("28.2.23", "5.11.22", "07.02.2022", "30.11.22"), ["%d.%m.%Y", "%d.%m.%y"]),
        ("31.02.23", ("28.02.23", "05.11.22", "07.02.22", "30.11.22"), ["%d.%m.%y"]),
        ("02/13/2023", ("28/02/2023", "05/11/2022", "07/02/2022", "09/03/2022"), ["%d/%m/%Y"]),
    ],
)
def test_a_day_that_there_is_in_another_order_alone_is_a_slip(
    slip: str, others: tuple[str, ...], formats: list[str]
) -> None:
    (variable,) = of_column("Start", *others, slip)

    found = variable.guess
    assert (found.type, [*found.formats], found.slips) == ("date", formats, [slip])


def test_too_few_days_to_tell_a_slip_are_not_taken_for_years_at_both_ends() -> None:
    (variable,) = of_column("Start", "1.2.23", "3.4.23", "31.4.23")

    assert variable.guess.type == "text", "no %y.%m.%d beside %d.%m.%y, as a day of 2031"


def test_an_age_and_a_sex_in_a_cell_are_two_variables() -> None:
    age, sex = of_column("Age, sex", "50, F", "39, F", "61, M", "44, M")

    assert (age.label, age.guess.type, age.guess.pattern) == ("Age", "number", r"(.+?) *, *\w+")
    assert (sex.label, sex.guess.type) == ("Sex", "category")
    assert sex.guess.levels == {"F": "Female", "M": "Male"}


def test_a_date_that_can_be_two_days_says_so() -> None:
    (variable,) = of_column("Start", "03/04/2024", "05/06/2024")

    assert variable.guess.formats == ["%d/%m/%Y"]
    assert "whether day or month comes first cannot be seen" in variable.guess.reason
    assert "'03/04/2024' is taken for 03 April 2024" in variable.guess.reason


@pytest.mark.parametrize(
    ("texts", "formats", "first_year"),
    [
        (("5.3.23", "11.4.23", "31.12.22"), ["%d.%m.%y"], 1930),
        (("5.3.2023", "11.4.23"), ["%d.%m.%Y", "%d.%m.%y"], 1930),
        # The order of what has a full year is that of the others too.
        (("5/3/2023", "5/13/23"), ["%m/%d/%Y", "%m/%d/%y"], 1930),
        # As days of March and April 2022 they are near one another.
        (("22-03-05", "22-04-30"), ["%y-%m-%d"], 1930),
        # From 2028 to 2031, and not in 1930 and 2029.
        (("1.2.28", "5.6.29", "4.4.30", "7.9.31"), ["%d.%m.%y"], 1932),
    ],
)
def test_years_of_two_digits_are_drafted_with_the_hundred_years_they_are_near_in(
    texts: tuple[str, ...], formats: list[str], first_year: int
) -> None:
    (variable,) = of_column("Seen", *texts)

    assert [*variable.guess.formats] == formats
    assert variable.guess.century.first_year == first_year
    assert f"two digits are then {first_year} to {first_year + 99}" in variable.guess.century.reason


@pytest.mark.parametrize(
    ("births", "seen", "first_year"),
    [
        (("5.3.43", "12.11.61", "1.1.98"), "1.2.2023", 1930),
        # No one born in 1928 could be read as born in 2028, nor is one of 2005 more than 100.
        (("5.3.28", "12.11.61", "30.6.05"), "1.2.22", 1928),
        # Born two days after being seen, or a hundred years before.
        (("3.2.23", "1.1.60", "1.5.31"), "1.2.2023", 1923),
    ],
)
def test_births_are_drafted_before_the_day_on_which_patients_were_seen(
    births: tuple[str, ...], seen: str, first_year: int
) -> None:
    cells = {1: ["Date of birth", *births], 2: ["Seen", *[seen] * len(births)]}

    born, _ = sketch(Grid(range(1, len(births) + 2), cells), "Title").variables

    assert born.guess.century.first_year == first_year
    assert "all births lie before other dates" in born.guess.century.reason


@pytest.mark.parametrize(
    ("seen", "first_year", "reason"),
    [
        # Which are no days, but have a year in which everyone was born.
        (("03/2021", "2019", "11/2022"), 1928, "1928 to 2027, and all births lie before"),
        (("A", "B", "A"), 1930, "1930 to 2029, as in spreadsheets; here 1943 to 2028"),
    ],
)
def test_births_beside_no_other_dates_are_drafted_before_the_latest_year_or_as_in_spreadsheets(
    seen: tuple[str, ...], first_year: int, reason: str
) -> None:
    cells = {1: ["Date of birth", "5.3.28", "12.11.61", "30.6.43"], 2: ["Seen", *seen]}

    born, _ = sketch(Grid(range(1, 5), cells), "Title").variables

    assert born.guess.century.first_year == first_year
    assert reason in born.guess.century.reason


@pytest.mark.parametrize(
    ("header", "texts", "kind", "formats", "reason"),
    [
        ("Seen", ("1/5/2021 2:30 PM", "2/14/2021 9:05 AM"), "date", ["%m/%d/%Y %I:%M %p"], "all"),
        ("Seen", ("05.01.2021 14:30", "14.02.2021"), "date", ["%d.%m.%Y", "%d.%m.%Y %H:%M"], "all"),
        ("Seen", ("2021-01-05T14:30:10", "2021-02-14"), "date", ["%Y-%m-%dT%H:%M:%S"], "all"),
        ("Seen", ("03/2021", "2019", "12.12.2020"), "text", [], "2 cells of 3 have a month or a"),
        (
            "Born",
            ("3/1961", "1/1950", "1970"),
            "text",
            [],
            "3 cells of 3 have a month or a year, and no",
        ),
        ("Start date", ("44927", "44958"), "date", ["serial"], "'44927' for 2023-01-01"),
        ("Start date", ("44927", "2.1.2023"), "date", ["%d.%m.%Y", "serial"], "in 2 ways"),
        ("Start date", ("44927", "449"), "number", [], "all cells are numbers"),
        ("Beginn", ("12. März 2021", "3. Dez. 2020"), "date", ["%d. %b %Y"], "all cells are dates"),
        ("Vu le", ("1er mai 2020", "12 août 2020"), "date", ["%d %b %Y"], "all cells are dates"),
        ("Platelets", ("44927", "44958"), "number", [], "all cells are numbers"),
    ],
)
def test_times_parts_and_counts_of_days_are_read_or_told(
    header: str, texts: tuple[str, ...], kind: str, formats: list[str], reason: str
) -> None:
    (variable,) = of_column(header, *texts)

    assert (variable.guess.type, [*variable.guess.formats]) == (kind, formats)
    assert reason in variable.guess.reason


def test_a_text_among_real_dates_tells_the_day_that_it_is_taken_for() -> None:
    (variable,) = of_column("Start", "2022-04-14", "3/7/2022")

    assert "'3/7/2022' is taken for 03 July 2022, and '%m/%d/%Y'" in variable.guess.reason


def test_a_column_that_tells_who_patients_are_is_private() -> None:
    (born,) = of_column("Date of birth", "1961-03-12", "1950-01-01")

    assert born.guess.private


def test_two_columns_with_one_header_are_left_out_with_the_reason() -> None:
    cells = {1: ["A", "1", "2"], 2: ["A", "3", "4"], 3: ["", "x", ""], 4: ["B", "", ""]}

    found = sketch(Grid([1, 2, 3], cells), "Title")

    assert not found.variables
    assert found.left == {
        "column A": "others have this header, too; give it another one under source.names",
        "column B": "others have this header, too; give it another one under source.names",
        "column C": "it has no header",
        "B": "all cells are empty",
    }


def test_a_column_with_a_character_that_cannot_be_printed_is_left_out_with_the_row() -> None:
    found = drafted(ID=["P1", "P2", "P3"], Note=["a", "b\x07", "c\x01"])

    assert found.left == {
        "column B": "row 3 holds U+0007, a control character, which cannot be printed, as does"
        " 1 other row; remove it in a copy of the table"
    }


def test_a_cohort_is_suggested_for_each_level_of_a_group_of_some_patients() -> None:
    found = drafted(
        Sex=["f", "m", "f", "m", "f", "m"], Arm=["A", "B", "A", "B", "B", "A"], Site=list("uvwxyz")
    )

    assert [each.select for each in found.cohorts] == ["", 'arm == "A"', 'arm == "B"']


@pytest.mark.parametrize(("header", "codes"), [("Geschl", "01"), ("Arm", "12")])
def test_codes_of_kinds_of_patients_are_left_with_a_mark_that_asks_for_their_meaning(
    header: str, codes: str
) -> None:
    found = drafted(**{header: [*codes * 4]})

    (variable,) = found.variables
    first, second = codes
    assert variable.guess.levels == {first: first, second: second}
    assert variable.guess.levels_reason == f"write what {first} and {second} mean"
    assert [each.reason.partition("; ")[2] for each in found.cohorts[1:]] == [
        f"write what {code} means" for code in codes
    ]


def test_a_column_whose_commas_are_not_those_of_the_table_is_kept_as_text() -> None:
    found = drafted(
        Steps=["1,250", "980", "2,300", "1,990"], Pain_before=["7,5", "8", "6", "9"],
        Pain_after=["2,25", "3", "1,5", "4"]
    )  # fmt: skip

    (steps,) = found.variables
    assert steps.guess.type == "text"
    assert "'1,250' seems to be 1250 here" in steps.guess.reason
    assert [each.label for each in found.outcomes] == ["Pain"]


@pytest.mark.parametrize(
    ("texts", "levels", "none"),
    [
        (("Rash, URTI", "", "rash"), {"Rash": "Rash", "URTI": "URTI"}, [""]),
        (("nausea", "none", ""), {"nausea": "Nausea"}, ["none"]),
        (("yes", "no", "yes"), {"yes": "Yes", "no": "No"}, []),
        (("rash since he began the new drug in May", "", "fell off his bicycle"), {}, []),
    ],
)
def test_words_in_a_column_of_adverse_events_are_members_of_a_set(
    texts: tuple[str, ...], levels: dict[str, str], none: list[str]
) -> None:
    (variable,) = of_column("AE week 4", *texts)

    assert (variable.guess.levels, [*variable.guess.none]) == (levels, none)


def test_empty_cells_of_a_set_ask_whether_they_mean_none() -> None:
    # Given a set of which some patients have no text, and one that says so of them
    (unsaid,) = of_column("Drugs", "Acne; URTI", "", "Acne", "URTI; Acne", "")
    (said,) = of_column("Drugs", "Acne; URTI", "none", "Acne", "URTI; Acne", "none")
    # Then only the first asks what the empty cells mean, and takes them for nothing by itself
    assert unsaid.guess.type == said.guess.type == "set"
    assert '2 empty: add none: [""] if that means none of them' in unsaid.guess.reason
    assert not unsaid.guess.none
    assert "empty" not in said.guess.reason
