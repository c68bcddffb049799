import json
import re
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from casebook.base.yamlfile import ModelFileError
from casebook.study.load import load_study

Make = Callable[..., Path]
ROOT = Path(__file__).parents[3]
SEVEN_EVENTS = ["{ label: E, condition: age > 1 }"] * 7
KNOWN = "age, sex, drugs, start, remark, score_baseline, score_followup"


def mistakes(path: Path) -> list[str]:
    with pytest.raises(ModelFileError) as error:
        load_study(path)
    return str(error.value).splitlines()


def test_every_value_of_a_patient_has_a_kind_in_the_order_of_the_study(make_study: Make) -> None:
    study = load_study(make_study())

    assert study.kinds == {
        "age": "number",
        "sex": "category",
        "drugs": "set",
        "start": "date",
        "remark": "text",
        "score_baseline": "number",
        "score_followup": "number",
        "drug_count": "number",
    }


def test_all_but_texts_dates_and_outcomes_are_reported_unless_the_study_chooses(
    make_study: Make,
) -> None:
    assert load_study(make_study()).reported == ("age", "sex", "drugs", "drug_count")

    chosen = "analysis: { baseline_table: [sex, age] }\ncohorts:"
    study = load_study(make_study(("cohorts:", chosen)))

    assert study.reported == ("sex", "age")


def test_what_follows_from_a_part_of_a_study_is_found_anew_in_a_copy_without_it(
    make_study: Make,
) -> None:
    study = load_study(make_study())
    assert "score_baseline" in study.headings

    without = study.model_copy(update={"outcomes": {}})

    assert not without.measured
    assert "score_baseline" not in without.headings
    assert "score_baseline" in study.headings


def test_a_study_that_does_not_say_otherwise_is_tested_exactly(make_study: Make) -> None:
    assert load_study(make_study()).analysis.signed_rank == "exact"


def test_the_default_of_r_has_to_name_its_version(make_study: Make) -> None:
    (mistake,) = mistakes(
        make_study(("cohorts:", "analysis: { signed_rank: r-default }\ncohorts:"))
    )

    assert "analysis.signed_rank: 'r-default' does not say which version of R" in mistake
    assert "write r-4.5 for what 'r-default' was, or r-4.6" in mistake


def test_a_cohort_without_a_condition_is_everyone(make_study: Make) -> None:
    study = load_study(make_study())

    assert study.cohorts["everyone"].condition.holds({}) is True


def test_the_levels_of_a_number_are_not_asked_for(make_study: Make) -> None:
    study = load_study(make_study())

    assert study.levels("sex") == {"F": "Female", "M": "Male"}
    with pytest.raises(TypeError, match="age is a number, and has no levels"):
        study.levels("age")


def test_the_bundled_study_has_no_mistake(bundled_study: Path) -> None:
    assert list(load_study(bundled_study).outcomes) == ["cdasi", "mmt8"]


def analysis(content: str) -> tuple[str, str]:
    return ("cohorts:", f"analysis: {{ {content} }}\ncohorts:")


def source(content: str) -> tuple[str, str]:
    return ("  licence: CC0", f"  licence: CC0\n  {content}")


def with_responder(content: str) -> tuple[str, str]:
    return ("    better: lower", f"    better: lower\n    responders:\n      four: {content}")


def with_condition(content: str) -> tuple[str, str]:
    return ("outcomes:", f"conditions:\n  treated: {content}\noutcomes:")


def with_treatment(content: str) -> tuple[str, str]:
    return ("outcomes:", f"treatment: {content}\noutcomes:")


def with_dose(content: str) -> tuple[str, str]:
    return ("outcomes:", f"doses:\n  steroid: {content}\noutcomes:")


def test_the_choices_of_an_analysis_have_defaults(make_study: Make) -> None:
    study = load_study(make_study())

    chosen = study.analysis
    assert (chosen.confidence_level, chosen.bootstrap, chosen.seed) == (0.95, 0, 1)
    assert (chosen.family, study.conditions, study.outcomes["score"].responders) == ((), {}, {})
    assert (study.source.decimal, study.source.leave_out) == (None, {})


def test_the_choices_of_an_analysis_are_read(make_study: Make) -> None:
    content = (
        "confidence_level: 0.9, bootstrap: 99, seed: 0,"
        " family: [{ cohort: older, outcome: score }, { cohort: everyone, outcome: score }]"
    )

    chosen = load_study(make_study(analysis(content))).analysis

    assert (chosen.confidence_level, chosen.bootstrap, chosen.seed) == (0.9, 99, 0)
    assert [(each.cohort, each.outcome) for each in chosen.family] == [
        ("older", "score"), ("everyone", "score"),
    ]  # fmt: skip


def test_the_decimal_sign_and_the_rows_left_out_are_read(make_study: Make) -> None:
    edit = source('decimal: ","\n  leave_out: { 12: the means, 14: entered twice }')

    found = load_study(make_study(edit)).source

    assert (found.decimal, found.leave_out) == (",", {12: "the means", 14: "entered twice"})


def test_responders_are_read(make_study: Make) -> None:
    edit = with_responder("{ label: 4 points, improvement: 4, source: Doe 2024 }")

    found = load_study(make_study(edit)).outcomes["score"].responders["four"]

    assert (found.improvement, found.unit, found.source) == (4, "absolute", "Doe 2024")


def test_conditions_are_read_for_both_visits(make_study: Make) -> None:
    edit = with_condition(
        "{ label: T, at: { baseline: score_baseline > 5, followup: drug_count > 0 } }"
    )

    found = load_study(make_study(edit)).conditions["treated"]

    assert found.parsed_at("baseline").holds({"score_baseline": 6.0, "drug_count": 0.0}) is True
    assert found.parsed_at("followup").holds({"score_baseline": 6.0, "drug_count": 0.0}) is False
    assert found.parsed_at("followup").holds({"score_baseline": 6.0, "drug_count": None}) is None


def test_levels_with_one_label_are_told_apart_by_the_first(make_study: Make) -> None:
    edit = ("{ F: Female, M: Male }", "{ F: Female, M: Male, W: Female, f.: Female }")

    study = load_study(make_study(edit))

    assert study.levels("sex") == {"F": "Female", "M": "Male"}


def test_members_with_one_label_are_told_apart_by_the_first(make_study: Make) -> None:
    edit = ("MTX: Methotrexate }", "MTX: Methotrexate, Plaquenil: Hydroxychloroquine }")

    study = load_study(make_study(edit))

    assert study.levels("drugs") == {"HCQ": "Hydroxychloroquine", "MTX": "Methotrexate"}


def test_an_expression_uses_the_first_of_levels_with_one_label(make_study: Make) -> None:
    synonyms = ("{ F: Female, M: Male }", "{ F: Female, M: Male, W: Female }")

    good = make_study(synonyms, ("age >= 65", 'sex == "F"'))
    assert load_study(good).cohorts["older"].condition.holds({"sex": "F"}) is True

    (found,) = mistakes(make_study(synonyms, ("age >= 65", 'sex == "W"')))
    assert found.startswith(
        "study/study.yaml, line 52: cohorts.older.select: 'W' is not a level of sex; allowed: F, M"
    )


def test_the_treatment_and_doses_are_read(make_study: Make) -> None:
    events = "[{ label: E, condition: age > 80 }]"
    treatment = f"{{ label: T, duration: drug_count, ongoing: age > 65, events: {events} }}"
    dose = "{ label: D, at: { baseline: age, followup: drug_count } }"

    study = load_study(make_study(with_treatment(treatment), with_dose(dose), ("unit: years", "")))

    assert study.treatment is not None
    assert study.treatment.duration == "drug_count"
    assert study.treatment.goes_on is not None
    assert study.treatment.goes_on.holds({"age": 70.0}) is True
    assert study.treatment.events[0].happened.holds({"age": 70.0}) is False
    assert study.doses["steroid"].at == {"baseline": "age", "followup": "drug_count"}


def test_a_study_need_not_say_how_long_patients_were_treated(make_study: Make) -> None:
    study = load_study(make_study())

    assert (study.treatment, study.doses) == (None, {})


def test_the_unit_of_a_number_is_that_of_its_variable(make_study: Make) -> None:
    study = load_study(make_study())

    assert [study.unit(name) for name in ("age", "drug_count")] == ["years", None]


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (
            with_treatment("{ label: T, start: start }"),
            "line 40: treatment: needs duration, which is a number among the variables or derived"
            " values, or start and end, which are date variables, as in end: [stopped, last_seen]",
        ),
        (
            with_treatment("{ label: T, start: start, end: start, duration: age }"),
            "line 40: treatment: duration and end both say how long it was: remove one of them",
        ),
        (
            with_treatment("{ label: T, start: start, end: sex }"),
            "line 40: treatment.end: 'sex' is not a date variable; allowed: start",
        ),
        (
            with_treatment("{ label: T, start: start, end: [start, sex] }"),
            "line 40: treatment.end.1: 'sex' is not a date variable; allowed: start",
        ),
        (
            with_treatment("{ label: T, start: start, end: [start] }"),
            "line 40: treatment.end.0: 'start' is the start; name the date variable with the day",
        ),
        (
            (
                "outcomes:",
                "  time_on_treatment: { label: X, expression: age }\n"
                "treatment: { label: T, start: start, end: start }\noutcomes:",
            ),
            "line 40: derived.time_on_treatment: this is the name of the time from treatment.start"
            " to treatment.end: give yours another one, or name it as treatment.duration in place",
        ),
        (
            (
                "therapies:",
                "  time_on_treatment: { label: X, column: X, type: number, range: [0, 9] }\n"
                "treatment: { label: T, start: start, end: start }\ntherapies:",
            ),
            "line 35: variables.time_on_treatment: this is the name of the time from treatment.st",
        ),
        (
            with_treatment("{ label: T, duration: age, ongonig: age > 1 }"),
            "line 40: treatment.ongonig: no such key; allowed: duration, end, events, label,"
            " ongoing, start; did you mean 'ongoing'?",
        ),
        (
            with_treatment("{ label: T, duration: sex }"),
            "line 40: treatment.duration: 'sex' is not a number; allowed: age, drug_count",
        ),
        (
            with_treatment("{ label: T, duration: age, ongoing: age }"),
            "line 40: treatment.ongoing: must be a condition, such as age >= 65, but gives a"
            " number",
        ),
        (
            with_treatment("{ label: T, duration: age, events: [{ label: E, condition: a > 1 }] }"),
            "line 40: treatment.events.0.condition: 'a' is not known; ",
        ),
        (
            with_treatment(f"{{ label: T, duration: age, events: [{', '.join(SEVEN_EVENTS)}] }}"),
            "line 40: treatment.events: must not have more than 6 items",
        ),
        (
            with_dose("{ label: D, at: { baseline: agee, followup: age } }"),
            "line 41: doses.steroid.at.baseline: 'agee' is not a number; allowed: age, ",
        ),
        (
            with_dose("{ label: D, at: { baseline: age, followup: age } }"),
            "line 41: doses.steroid.at.followup: 'age' is already the dose at baseline",
        ),
        (
            with_dose("{ label: D, at: { baseline: age, followup: drug_count } }"),
            "line 41: doses.steroid.at.followup: is in no unit, and at baseline in years",
        ),
        (
            ('    mark: "*"\n', "    mark_label: active\n"),
            "line 20: variables.drugs: mark_label says what a mark means, but no mark is given",
        ),
    ],
)
def test_a_mistake_in_what_figures_are_about_is_named_by_line_and_key(
    make_study: Make, edit: tuple[str, str], place: str
) -> None:
    found = "\n".join(mistakes(make_study(edit)))

    assert found.startswith(f"study/study.yaml, {place}")
    assert "tuple" not in found.lower()


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (source('decimal: ";"'), "line 7: source.decimal: ';' is not allowed; allowed: '.' or ','"),
        (source("decimal: .5"), "line 7: source.decimal: "),
        (source("leave_out: [3]"), "line 7: source.leave_out: "),
        (source("leave_out: { 3: }"), "line 7: source.leave_out.3: "),
        (source('leave_out: { 3: "" }'), "line 7: source.leave_out.3: "),
        (source("leave_out: { last: means }"), "line 7: source.leave_out.last: "),
        (source("leave_out: { 2.5: means }"), "line 7: source.leave_out.2.5: "),
        (source('leave_out: { 3: a, "03": b }'), "line 7: source.leave_out: two keys differ only"
         " in white space or leading zeros; remove one"),
        (source("leave_out: { 99999999: a }"), "line 7: source.leave_out.99999999: must not be"
         " greater than 10,000,000"),
        (analysis("confidence_level: 95"), "line 49: analysis.confidence_level: "),
        (analysis("confidence_level: 0.5"), "line 49: analysis.confidence_level: "),
        (analysis("confidence_level: 1"), "line 49: analysis.confidence_level: "),
        (analysis("bootstrap: -1"), "line 49: analysis.bootstrap: "),
        (analysis("bootstrap: 99.5"), "line 49: analysis.bootstrap: "),
        (analysis("seed: -1"), "line 49: analysis.seed: "),
        (analysis("seed: today"), "line 49: analysis.seed: "),
        (analysis("family: [{ cohort: older }]"), "line 49: analysis.family.0.outcome: is req"),
        (analysis("family: [{ cohort: odler, outcome: score }]"), "line 49:"
         " analysis.family.0.cohort: 'odler' is not a cohort; allowed: older, everyone; did you"
         " mean 'older'?"),
        (analysis("primary: [{ cohort: odler, outcome: score }]"), "line 49:"
         " analysis.primary.0.cohort: 'odler' is not a cohort; allowed: older, everyone; did you"
         " mean 'older'?"),
        (analysis("family: [{ cohort: older, outcome: age }]"), "line 49:"
         " analysis.family.0.outcome: 'age' is not an outcome; allowed: score"),
        (("followup: After", "followup: Before"), "line 45: outcomes.score.columns.followup: the"
         " column 'Before' is already that of baseline; where its cells hold the values of both"
         " visits, give each visit a pattern of its own, and in a table with a row for each visit"
         " write source.visit: the column that names it"),
        (("none: [none]", "none: [hcq]"), "line 25: variables.drugs.none: 'hcq' is already a"
         " member, under levels"),
        (("none: [none]", 'none: [""]\n    missing: [""]'), "line 25: variables.drugs.none: ''"
         " already means 'not available', under missing"),
        (("count(drugs)", "count(drugs) > 0\n    range: [0, 1]"), "line 40:"
         " derived.drug_count.range: 'drug_count' is a condition, and only a number can have a"
         " range"),
        (("count(drugs)", "count(drugs) > 0\n    unit: drugs"), "line 40:"
         " derived.drug_count.unit: 'drug_count' is a condition, and only a number can have a"
         " unit"),
        (source("keep: { 3: seen }\n  leave_out: { 3: means }"), "line 7: source.keep.3: row 3 is"
         " already left out"),
        (with_responder("{ label: X, improvement: 4 }"), "line 50:"
         " outcomes.score.responders.four.source: is required"),
        (with_responder("{ label: X, improvement: 0, source: S }"), "line 50:"
         " outcomes.score.responders.four.improvement: "),
        (with_responder("{ label: X, improvement: -4, source: S }"), "line 50:"
         " outcomes.score.responders.four.improvement: "),
        (with_responder("{ label: X, improvement: 4, unit: points, source: S }"), "line 50:"
         " outcomes.score.responders.four.unit: 'points' is not allowed; allowed: 'absolute' or"
         " 'percent'"),
        (with_condition("{ label: X }"), "line 41: conditions.treated.at: is required"),
        (with_condition("{ label: X, at: { week3: age > 1 } }"), "line 41:"
         " conditions.treated.at.week3: 'week3' is not a visit; allowed: baseline, followup"),
        (with_condition("{ label: X, at: { baseline: age, followup: age > 1 } }"), "line 41:"
         " conditions.treated.at.baseline: must be a condition, such as age >= 65, but gives a"
         " number"),
        (with_condition("{ label: X, at: { baseline: age > 1, followup: agee > 1 } }"), "line 41:"
         " conditions.treated.at.followup: 'agee' is not known; "),
        (with_condition("{ label: X, at: { baseline: age > 1, followup: age = 1 } }"), "line 41:"
         " conditions.treated.at.followup: 'age = 1' is not a well-formed expression; compare"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_choices_of_a_study_is_named_by_line_and_key(
    make_study: Make, edit: tuple[str, str], place: str
) -> None:
    (found,) = mistakes(make_study(edit))

    assert found.startswith(f"study/study.yaml, {place}")


@pytest.mark.parametrize(
    "edit",
    [
        analysis("confidence_level: 95"),
        analysis("seed: today"),
        analysis("bootstrap: -1"),
        analysis("family: { cohort: older, outcome: score }"),
        source("leave_out: [3]"),
        source("leave_out: { last: means }"),
        with_responder("{ label: X, improvement: 0, source: S }"),
    ],
)
def test_a_mistake_in_the_choices_of_a_study_is_told_in_plain_words(
    make_study: Make, edit: tuple[str, str]
) -> None:
    (found,) = mistakes(make_study(edit))

    words = ("tuple", "dictionary", "instance", "[key]", "dict_type", "Input")
    assert not any(word in found for word in words)


def test_a_test_cannot_be_in_the_family_twice(make_study: Make) -> None:
    twice = ", ".join(["{ cohort: older, outcome: score }"] * 2)

    (found,) = mistakes(make_study(analysis(f"family: [{twice}]")))

    assert found.startswith("study/study.yaml, line 49: analysis.family.1: ")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("none: [none]", "none: [mtx]", "variables.drugs.none: 'mtx' is already a member"),
        ("none: [none]", "none: [na]", "variables.drugs.none: 'na' already means 'not available'"),
        ("  missing: [NA]", "  missing: [NA]\n  keep: { 2: seen }\n  leave_out: { 2: dead }",
         "source.keep.2: row 2 is already left out"),
        ("unit: years", "values: { none: 0 }\n    missing: [None]",
         "variables.age: 'none' cannot be both under values and under missing"),
        ("unit: years", "values: { None: 0, none: 1 }", "'none' is there twice"),
        ("unit: years", 'values: { "12": 1 }', "'12' is a number"),
        ("label: Everyone", "label: 65 or Older",
         "cohorts.everyone.label: '65 or Older' is the label of 'older' too"),
    ],
)  # fmt: skip
def test_what_would_mean_two_things_is_a_mistake(
    make_study: Make, old: str, new: str, told: str
) -> None:
    (found,) = mistakes(make_study((old, new)))

    assert told in found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("unit: years", "units: years", "study/study.yaml, line 13: variables.age.units: no such"
         " key; allowed: censored, column, from_to, label, marks, measure, missing, pattern,"
         " plus_minus, private, range, step, strip_unit, type, unit, values, visit;"
         " did you mean 'unit'?"),
        ("type: number", "type: numbr", "study/study.yaml, line 12: variables.age.type: 'numbr' is"
         " not allowed; allowed: 'number', 'category', 'set', 'text', 'date';"
         " did you mean 'number'?"),
        ("better: lower", "better: low", "study/study.yaml, line 48: outcomes.score.better: 'low'"
         " is not allowed; allowed: 'lower' or 'higher'; did you mean 'lower'?"),
        ("    range: [18, 120]\n", "", "study/study.yaml, line 9: variables.age.range: is"
         " required"),
        ("[18, 120]", "[120, 18]", "study/study.yaml, line 14: variables.age.range: the lower limit"
         " 120 is above the upper limit 18"),
        ("title: A study", "title: [A study]", "study/study.yaml, line 1: title: must be text,"
         " found a list"),
        ("  age:", "  Age:", "study/study.yaml, line 9: variables.Age: 'Age' cannot be a name;"
         " write age (a name begins with a letter, and has small letters from a to z, digits and _,"
         " 64 at most)"),
        ("  older:", "  ../x:", "study/study.yaml, line 50: cohorts.../x: '../x' cannot be a name;"
         " write x (a name begins with a letter, and has small letters from a to z, digits and _ or"
         " -, 64 at most)"),
        ("  remark:", "  patient:", "study/study.yaml, line 31: variables.patient: 'patient' cannot"
         " be a name, as the tables of results already have a column of this name; write"
         " patient_1"),
        ("  remark:", "  yield:", "study/study.yaml, line 31: variables.yield: 'yield' cannot be a"
         " name, as expressions follow the rules of Python, in which it has a meaning of its own;"
         " write yield_1"),
        ("type: text", 'type: text\n    pattern: "("', "study/study.yaml, line 35:"
         " variables.remark.pattern: not a regular expression: missing ), unterminated subpattern"
         " at position 0"),
        ("type: text", 'type: text\n    pattern: "x"', "study/study.yaml, line 35:"
         " variables.remark.pattern: needs a group in parentheses around the part of the cell to"
         " keep"),
        ("{ F: Female, M: Male }", "{ F: Female, f: Male }", "study/study.yaml, line 19:"
         " variables.sex.levels: 'F' and 'f' differ only in upper and lower case"),
        ("{ F: Female, M: Male }", "{ F: Female, ' F': Male }", "study/study.yaml, line 19:"
         " variables.sex.levels: two keys differ only in white space or leading zeros; remove one"),
        ("{ HCQ:", '{ "HCQ*":', "study/study.yaml, line 26: variables.drugs.levels: the level"
         " 'HCQ*' must not contain ';', end with '*', or be '(none)'"),
        ("{ F: Female,", '{ "(none)": Female,', "study/study.yaml, line 19: variables.sex.levels:"
         " the level '(none)' must not contain ';', end with '*', or be '(none)'"),
        ("HCQ: H", '"HCQ, oral": H', "study/study.yaml, line 20: variables.drugs: the level"
         " 'HCQ, oral' contains the separator ','"),
        ('mark: "*"', "mark: Q", "study/study.yaml, line 20: variables.drugs: the level 'HCQ' ends"
         " with the mark 'Q'"),
        ("[18, 120]", "[18]", "study/study.yaml, line 14: variables.age.range: must be the smallest"
         " and the largest number, as in [0, 100]"),
        ("[18, 120]", "[18, .inf]", "study/study.yaml, line 14: variables.age.range.1: must be a"
         " number, with a decimal point, found '.inf'"),
        ("[18, 120]", "[18, 1e309]", "study/study.yaml, line 14: variables.age.range: both limits"
         " must be numbers between -1e+15 and 1e+15"),
        ("type: date", "type: date\n    format: DD.MM.YYYY", "study/study.yaml, line 31:"
         " variables.start.format: write '%d.%m.%Y' for 'DD.MM.YYYY'"),
        ("type: date", "type: date\n    format: '%d.%m'", "study/study.yaml, line 31:"
         " variables.start.format: '%d.%m' must give day, month and year, as in '%d.%m.%Y'"),
        ("age >= 65", "agee >= 65", "study/study.yaml, line 52: cohorts.older.select: 'agee' is not"
         f" known; known: {KNOWN}, drug_count; did you mean 'age'?"),
        ("age >= 65", 'sex == "f"', "study/study.yaml, line 52: cohorts.older.select: 'f' is not a"
         " level of sex; allowed: F, M; did you mean 'F'?"),
        ("age >= 65", "sex == M", "study/study.yaml, line 52: cohorts.older.select: 'M' is not"
         ' known; write "M", in quotation marks, for the level'),
        ("therapies: [drugs]", "therapies: [Prior drugs]", "study/study.yaml, line 35: therapies.0:"
         " 'Prior drugs' is not a set variable; allowed: drugs; did you mean 'drugs'?"),
        ("type: number", "type: [number]", "study/study.yaml, line 12: variables.age.type: must be"
         " 'number', 'category', 'set', 'text', 'date', found a list"),
        ("better: lower", "better:", "study/study.yaml, line 48: outcomes.score.better: must be"
         " 'lower' or 'higher', found nothing"),
        ("label: Score", "label: ''", "study/study.yaml, line 42: outcomes.score.label: must not be"
         " empty"),
        ("label: Score", f"label: {'x' * 2001}", "study/study.yaml, line 42: outcomes.score.label:"
         " must not have more than 2000 characters"),
        ("age >= 65", 'sex == "Male"', "study/study.yaml, line 52: cohorts.older.select: 'Male' is"
         " the label of the level 'M'; write \"M\""),
        ("age >= 65", "'\"HQC\" in marked(drugs)'", "study/study.yaml, line 52:"
         " cohorts.older.select: 'HQC' is not a level of drugs; allowed: HCQ, MTX;"
         " did you mean 'HCQ'?"),
        ("age >= 65", "age + 65", "study/study.yaml, line 52: cohorts.older.select: must be a"
         " condition, such as age >= 65, but gives a number"),
        ("age >= 65", "sex", "study/study.yaml, line 52: cohorts.older.select: must be a"
         " condition, such as age >= 65, but gives a category"),
        ("age >= 65", "age and drug_count > 1", "study/study.yaml, line 52: cohorts.older.select:"
         " 'age and drug_count > 1' makes no sense: 'age' is a number, where a condition is"
         " needed"),
        ("count(drugs)", "marked(drugs)", "study/study.yaml, line 39:"
         " derived.drug_count.expression: must give a number or a condition, but gives a set"),
        ("age >= 65", "age >=", "study/study.yaml, line 52: cohorts.older.select: 'age >=' is not a"
         " well-formed expression"),
        ("count(drugs)", "count(drug)", "study/study.yaml, line 39: derived.drug_count.expression:"
         f" 'drug' is not known; known: {KNOWN}; did you mean 'drugs'?"),
        ("therapies: [drugs]", "therapies: [sex]", "study/study.yaml, line 35: therapies.0: 'sex'"
         " is not a set variable; allowed: drugs"),
        ("cohorts:", "analysis: { baseline_table: [agee] }\ncohorts:", "study/study.yaml, line 49:"
         " analysis.baseline_table.0: 'agee' is not a number, category, set or derived variable;"
         " allowed: age, sex, drugs, drug_count; did you mean 'age'?"),
        ("table.csv", "tabel.csv", "study/study.yaml, line 3: source.table: no file 'tabel.csv' in"
         " study; files there: table.csv; did you mean 'table.csv'?"),
        ("table.csv", "../table.csv", "study/study.yaml, line 3: source.table: '../table.csv' must"
         " be the name of a file in the study's folder"),
        ("  drug_count:", "  age:", "study/study.yaml, line 37: derived.age: there is already a"
         " value 'age'"),
        ("  remark:", "  score_baseline:", "study/study.yaml, line 31: variables.score_baseline:"
         " the outcome 'score' already has the value 'score_baseline'"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_study_is_named_by_line_and_key(
    make_study: Make, old: str, new: str, expected: str
) -> None:
    assert mistakes(make_study((old, new))) == [expected]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("Cont", "write cont "),
        ("drug2L", "write drug2l "),
        ("Baumann", "write baumann "),
        ("my cohort", "write my_cohort "),
        ("Ärzte", "write aerzte "),
        ("Zoë (F)", "write zoe_f "),
        ("2nd", "write x2nd "),
        ("Yield", "write yield_1 "),
        ("a" * 65, f"write {'a' * 60} "),
        ("皮膚", "choose another name "),
        ("../../etc/passwd", "write etc_passwd "),
    ],
)
def test_a_name_that_is_refused_comes_with_one_that_is_taken(
    make_study: Make, name: str, advice: str
) -> None:
    (cohort,) = mistakes(make_study(("  older:", f'  "{name}":')))
    (variable,) = mistakes(make_study(("  remark:", f'  "{name}":')))

    assert f"cannot be a name; {advice}(a name begins with a letter" in cohort
    assert f"cannot be a name; {advice}(a name begins with a letter" in variable


@pytest.mark.parametrize("label", ["1931", "007", "1.10", "2024-01-02", "true", "no", ".5"])
def test_a_text_need_not_be_in_quotes_and_is_as_it_is_written(make_study: Make, label: str) -> None:
    levels = f"{{ {label}: {label}, M: Male }}"
    study = load_study(
        make_study(("title: A study", f"title: {label}"), ("{ F: Female, M: Male }", levels))
    )

    assert study.title == label
    assert study.levels("sex") == {label: label, "M": "Male"}


def test_neither_a_citation_nor_a_licence_is_needed(make_study: Make) -> None:
    study = load_study(make_study(("  licence: CC0\n", ""), ("  citation: Doe J. 2024.\n", "")))

    assert (study.source.citation, study.source.licence) == (None, None)


@pytest.mark.parametrize("doi", ["10.1000/x", "https://doi.org/10.1000/x", "doi: 10.1000/x"])
def test_a_doi_is_taken_with_its_address_and_without(make_study: Make, doi: str) -> None:
    assert load_study(make_study(source(f'doi: "{doi}"'))).source.doi == "10.1000/x"


@pytest.mark.parametrize("number", [".inf", "-.inf", ".nan", "inf", "nan", "1e309", "1e16"])
def test_no_number_of_a_study_is_infinite_or_close_to_it(make_study: Make, number: str) -> None:
    (found,) = mistakes(
        make_study(with_responder(f"{{ label: X, improvement: {number}, source: S }}"))
    )

    assert found.startswith("study/study.yaml, line 50: outcomes.score.responders.four.improvement")


@pytest.mark.parametrize(
    "edit",
    [
        analysis("quantile_type: true"),
        analysis("quantile_type: 7.5"),
        analysis("quantile_type: 10"),
        analysis("seed: true"),
        analysis("seed: 1e3"),
        analysis(f"seed: {'9' * 5000}"),
        analysis("alpha: true"),
        analysis("alpha: 0,05"),
        analysis("bootstrap: 99999999999"),
        analysis("bootstrap: yes"),
        source("missing: [[NA]]"),
        source("missing: NA"),
        source("doi: 11.1/x"),
        ("type: text", 'type: text\n    pattern: "(a{99999999999})"'),
        ("type: date", 'type: date\n    format: "%d.%m.%Y%999999999d"'),
        ("label: Score", 'label: "Sc\\x07ore"'),
        ("label: Score", f"label: {'x' * 3000}"),
        ("[18, 120]", "[a, b]"),
        ("[18, 120]", "{ from: 18 }"),
        ("    better: lower", "    better: [lower]"),
        ("    type: text", "    type: [text]"),
    ],
)
def test_what_cannot_be_taken_is_told_at_once_in_plain_words(
    make_study: Make, edit: tuple[str, str]
) -> None:
    began = process_time()

    told = "\n".join(mistakes(make_study(edit)))

    assert process_time() - began < 2
    assert told.startswith("study/study.yaml, line ")
    words = ("Input", "string", "integer", "float", "tuple", "dict", "regex", "None", "True")
    assert not [word for word in words if word in told]
    assert not re.search(r"\{\S", told)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            ("levels: { F: Female, M: Male }", "levels: { Female, Male }"),
            "variables.sex.levels.Female: must be text, as in { F: Female, M: Male }, found",
        ),
        (
            ("levels: { F: Female, M: Male }", "levels: [F, M]"),
            "variables.sex.levels: must hold keys and values, as in { F: Female, M: Male }, found",
        ),
        (
            ("  patient: ID", "  patient: ID\n  leave_out: [10, 12]"),
            "source.leave_out: must hold keys and values, as in { 10: the totals }, found a list",
        ),
        (
            ("  patient: ID", "  patient: ID\n  leave_out: { last: totals }"),
            "source.leave_out.last: must be a whole number, as in { 10: the totals }, found 'last'",
        ),
        (
            ("  patient: ID", "  patient: ID\n  keep: { 11: hidden, but a patient }"),
            "source.keep.but a patient: must be a whole number, as in { 10: the totals }, found"
            " 'but a patient'; inside { }, a text with a comma needs quotation marks",
        ),
        (
            ("cohorts:", "analysis: { family: [score] }\ncohorts:"),
            "analysis.family.0: must hold keys and values,"
            " as in [{ cohort: everyone, outcome: score }], found 'score'",
        ),
        (
            ("derived:", "derived:\n  weeks: days / 7"),
            "derived.weeks: must hold keys and values,"
            " as in { weeks: { expression: days / 7, label: Weeks } }, found 'days / 7'",
        ),
    ],
)
def test_a_wrong_shape_is_told_with_an_example_of_the_right_one(
    make_study: Make, edit: tuple[str, str], told: str
) -> None:
    assert mistakes(make_study(edit))[0].split(": ", 1)[1].startswith(told)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("DD/MM/YYYY", "%d/%m/%Y"),
        ("yyyy-mm-dd", "%Y-%m-%d"),
        ("d.m.yyyy", "%d.%m.%Y"),
        ("TT.MM.JJJJ", "%d.%m.%Y"),
        ("TT.MM.JJ", "%d.%m.%y"),
        ("m/d/yy", "%m/%d/%y"),
    ],
)
def test_a_format_as_spreadsheets_write_it_is_told_as_it_is_written_here(
    make_study: Make, written: str, meant: str
) -> None:
    (found,) = mistakes(make_study(("type: date", f"type: date\n    format: {written}")))

    assert found.endswith(f"variables.start.format: write {meant!r} for {written!r}")


def test_a_value_unlike_any_that_is_allowed_is_told_with_what_they_are(make_study: Make) -> None:
    (found,) = mistakes(make_study(("cohorts:", "analysis: { signed_rank: wilcoxon }\ncohorts:")))

    assert "'wilcoxon' is not allowed; allowed: 'exact', " in found
    assert found.endswith("; the paired test (all of these are called Wilcoxon's)")


@pytest.mark.parametrize(
    ("select", "advice"),
    [
        ("Before > 3", "'Before' is the header of a column; write score_baseline"),
        ("Age > 3", "'Age' is the header of a column; write age"),
        (
            "score > 3",
            "'score' is an outcome; write which of its values is meant: score_baseline,"
            " score_followup",
        ),
        (
            "Gruppe > 3",
            f"'Gruppe' is not known; known: {KNOWN}, drug_count; a column of the table must first"
            f" be given a name under variables",
        ),
        (
            "score_change > 3",
            "'score_change' is not known; write score_followup - score_baseline",
        ),
    ],
)
def test_an_unknown_name_is_told_with_what_to_write(
    make_study: Make, select: str, advice: str
) -> None:
    (found,) = mistakes(make_study(("age >= 65", select)))

    assert found == f"study/study.yaml, line 52: cohorts.older.select: {advice}"


def test_a_mistyped_key_that_is_required_is_told_once(make_study: Make) -> None:
    (found,) = mistakes(make_study(("better: lower", "beter: lower")))

    assert "outcomes.score.beter: no such key; " in found
    assert found.endswith("; did you mean 'better'?")


def test_a_required_key_is_told_beside_an_unknown_one_that_is_like_another(
    make_study: Make,
) -> None:
    found = mistakes(make_study(("better: lower", "unitt: points")))

    assert [each.split(": ")[1:3] for each in found] == [
        ["outcomes.score.better", "is required"],
        ["outcomes.score.unitt", "no such key; allowed"],
    ]


def test_a_comma_that_cuts_an_expression_within_braces_is_told(make_study: Make) -> None:
    whole = "older:\n    label: 65 or older\n    select: age >= 65"

    (found,) = mistakes(make_study((whole, "older: { label: Old, select: age > 3,2 }")))

    assert found == (
        "study/study.yaml, line 50: cohorts.older.2: no such key; allowed: label, n, select;"
        " inside { }, a text with a comma needs quotation marks"
    )


def test_several_mistakes_come_at_once_in_the_order_of_the_file(make_study: Make) -> None:
    study = make_study(("better: lower", "better: low"), ("[18, 120]", "18-120"), ("CC0", "[]"))

    found = mistakes(study)

    assert [each.partition(": ")[0] for each in found] == [
        f"study/study.yaml, line {line}" for line in (6, 14, 48)
    ]


def test_mistakes_between_the_parts_of_a_study_come_at_once(make_study: Make) -> None:
    study = make_study(("age >= 65", "agee >= 65"), ("[drugs]", "[drug]"), ("table.csv", "x.csv"))

    found = mistakes(study)

    assert [each.partition(": ")[0] for each in found] == [
        f"study/study.yaml, line {line}" for line in (3, 35, 52)
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[18, 120]", "[18]"),
        ("[18, 120]", "[18, 60, 120]"),
        ("[18, 120]", "18-120"),
        ("missing: [NA]", "missing: NA"),
        ("{ F: Female, M: Male }", "[F, M]"),
        ("title: A study", "title: A study\nanalysis:"),
    ],
)
def test_a_wrong_shape_is_told_in_words_of_yaml_and_not_of_python(
    make_study: Make, old: str, new: str
) -> None:
    (found,) = mistakes(make_study((old, new)))

    assert not any(word in found for word in ("tuple", "dictionary", "instance", "range.1"))


@pytest.mark.parametrize("select", ["on_drugs", "on_drugs and age > 3", "not on_drugs"])
def test_a_derived_condition_can_select_a_cohort(make_study: Make, select: str) -> None:
    derived = "on_drugs: { label: On, expression: count(drugs) > 0 }\n  drug_count:"
    study = make_study(("drug_count:", derived), ("age >= 65", select))

    assert load_study(study).kinds["on_drugs"] == "boolean"


def test_a_derived_value_that_repeats_a_condition_is_a_condition(make_study: Make) -> None:
    derived = "on: { label: On, expression: count(drugs) > 0 }\n  too: { label: T, expression: on }"
    study = make_study(("drug_count:", f"{derived}\n  drug_count:"))

    assert load_study(study).kinds["too"] == "boolean"


@pytest.mark.parametrize(
    "expression", ["sex", "marked(drugs)", "start", "remark", "\"'yes'\"", "count(sex)"]
)
def test_a_derived_value_that_is_neither_number_nor_condition_is_a_mistake(
    make_study: Make, expression: str
) -> None:
    (found,) = mistakes(make_study(("count(drugs)", expression)))

    assert found.startswith("study/study.yaml, line 39: derived.drug_count.expression: ")


@pytest.mark.parametrize(
    "select",
    [
        'drugs == "HCQ"',
        'drugs in ["HCQ"]',
        'age == "65"',
        'age > "65"',
        "start > 2024",
        "age and drug_count > 1",
        'sex == ["F"]',
        "'\"F\" in sex'",
        "count(sex) > 1",
        "'\"F\" in marked(sex)'",
    ],
)
def test_a_condition_that_does_not_fit_the_kinds_of_its_values_is_a_mistake(
    make_study: Make, select: str
) -> None:
    (found,) = mistakes(make_study(("age >= 65", select)))

    assert found.startswith("study/study.yaml, line 52: cohorts.older.select: ")


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            ("type: date", "type: date\n    format: '%d.%m.%y'"),
            "line 31: variables.start.format: '%d.%m.%y' has years of two digits, which do not say"
            " their century: add two_digit_years_from beside it, the first of the hundred years"
            " that are meant; by two_digit_years_from: 1930, 5.3.43 is in 1943 and 5.3.23 in 2023",
        ),
        (
            ("type: date", "type: date\n    two_digit_years_from: 1930"),
            "line 31: variables.start.two_digit_years_from: this is for years of two digits, and no"
            " format has %y, their letter",
        ),
        (
            ("type: date", "type: date\n    format: '%d.%m.%y'\n    two_digit_years_from: 30"),
            "line 32: variables.start.two_digit_years_from: must be at least 1850, found '30'",
        ),
    ],
)
def test_years_of_two_digits_need_the_hundred_years_that_they_are_of(
    make_study: Make, edit: tuple[str, str], told: str
) -> None:
    assert mistakes(make_study(edit)) == [f"study/study.yaml, {told}"]


@pytest.mark.parametrize(
    "written", ["DD.MM.YYYY", '"%Q"', '"%Y-%m-%Y"', '"%Y-%m-%d-%y"', '"%"', '"%m/%Y"']
)
def test_a_format_that_does_not_give_a_date_is_a_mistake(make_study: Make, written: str) -> None:
    (found,) = mistakes(make_study(("type: date", f"type: date\n    format: {written}")))

    assert found.startswith("study/study.yaml, line 31: variables.start.format: ")


@pytest.mark.parametrize("written", ['"%Y-%d-%m"', "yyyy-dd-mm", '"%Y-%d-%m %H:%M:%S"'])
def test_a_format_that_reads_dates_of_workbooks_as_other_days_is_a_mistake(
    make_study: Make, written: str
) -> None:
    (found,) = mistakes(make_study(("type: date", f"type: date\n    format: {written}")))

    assert "would read 2024-03-04, which is 4 March in a workbook, as 3 April" in found
    assert "write '%Y-%m-%d' if the month comes before the day" in found


@pytest.mark.parametrize("written", ['"%d.%m.%Y"', '"%m/%d/%Y"', '"%d %B %Y"', '"%Y%m%d"',
                                     '"%Y/%d/%m"', '"%Y-%m-%d %H:%M:%S"'])  # fmt: skip
def test_a_format_that_gives_day_month_and_year_is_taken(make_study: Make, written: str) -> None:
    study = make_study(("type: date", f"type: date\n    format: {written}"))

    assert "start" in load_study(study).variables


def test_the_power_of_ten_of_a_number_is_no_unit_behind_it(make_study: Make) -> None:
    study = make_study(("    unit: points", "    unit: points\n    strip_unit: [mg, e3]"))

    (found,) = mistakes(study)

    assert found.endswith("outcomes.score.strip_unit.1: 'e3' is not a unit: 2e3 is the number 2000")


@pytest.mark.parametrize("written", ['separator: ""', 'separator: "\\n"', 'mark: " "'])
def test_a_blank_separator_or_mark_is_a_mistake(make_study: Make, written: str) -> None:
    (found,) = mistakes(make_study(('mark: "*"', written)))

    assert found.startswith(
        f"study/study.yaml, line 24: variables.drugs.{written.partition(':')[0]}: "
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("HCQ: H", '"HCQ, oral": H'),
        ('mark: "*"', "mark: Q"),
        ('mark: "*"', 'mark: ",*"'),
        ("[18, 120]", "[.nan, 120]"),
    ],
)
def test_what_no_cell_could_ever_fit_is_a_mistake(make_study: Make, old: str, new: str) -> None:
    assert len(mistakes(make_study((old, new)))) == 1


@pytest.mark.parametrize("written", ["true", "True", "false"])
def test_what_is_true_or_false_is_taken_as_such(make_study: Make, written: str) -> None:
    study = load_study(make_study(("column: Age", f"column: Age\n    private: {written}")))

    assert study.variables["age"].private is (written.lower() == "true")


@pytest.mark.parametrize("written", ["1", "0", "on", "off", "yes", "no", "y", "t", "'1'", "tRUE"])
def test_nothing_else_is_taken_for_true_or_false(make_study: Make, written: str) -> None:
    (found,) = mistakes(make_study(("column: Age", f"column: Age\n    private: {written}")))

    plain = written.strip("'")
    assert f"variables.age.private: must be true or false, found '{plain}'" in found


def test_texts_that_look_like_numbers_fit_the_schema_as_they_fit_the_study(
    make_study: Make,
) -> None:
    levels = "{ F: 1, M: 2.5 }"
    path = make_study(("{ F: Female, M: Male }", levels), ("missing: [NA]", "missing: [999, NA]"),
                      ("label: 65 or older", "label: 1931"))  # fmt: skip
    schema = json.loads((ROOT / "docs/study.schema.json").read_text(encoding="utf-8"))

    content = YAML(typ="safe", pure=True).load(path)

    assert load_study(path).cohorts["older"].label == "1931"
    assert [error.message for error in Draft202012Validator(schema).iter_errors(content)] == []
    content["variables"]["age"]["range"] = "wide"
    assert not Draft202012Validator(schema).is_valid(content)


def test_the_schema_asks_for_columns_only_where_there_is_a_table() -> None:
    schema = json.loads((ROOT / "docs/study.schema.json").read_text(encoding="utf-8"))
    alone = ROOT / "tests/cases/summaries-alone/study.yaml"
    content = YAML(typ="safe", pure=True).load(alone)

    assert [error.message for error in Draft202012Validator(schema).iter_errors(content)] == []
    content["source"]["table"] = "patients.csv"
    found = Draft202012Validator(schema).iter_errors(content)
    assert {error.message for error in found} == {"'column' is a required property"}
