"""Visits that follow from others: the first, last, best and mean of several."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casebook.base.yamlfile import ModelFileError
from casebook.data.patients import Value
from casebook.mistakes import mistakes
from casebook.study.columns import columns_of
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.visit_notes import visit_notes
from drawing import START
from followed import STUDY, patient, table

Make = Callable[..., Path]
MONTH6 = "  month6: { label: Month 6, months: 6 }\n"
ALL = "[month1, month3, month6]"
DERIVED = (
    MONTH6,
    f"""{MONTH6}\
  opening: {{ label: Opening, first_of: {ALL} }}
  last: {{ label: Last seen, last_of: [month6, month1, month3] }}
  best: {{ label: Best, best_of: {ALL} }}
  average: {{ label: Average, mean_of: {ALL} }}
""",
)
CONTRAST = ("  early: {", "  closing: { visit: last, against: baseline }\n  early: {")


@pytest.fixture
def read(make_study: Make) -> Callable[..., Study]:
    return lambda *edits: load_study(make_study(DERIVED, *edits, text=STUDY))


def values(scores: str, grades: str) -> Mapping[str, Value]:
    """Scores and grades of a patient after the start, where `-` is missing."""
    known = [None if each == "-" else each for each in scores.split()]
    levels = {"n": "none", "m": "mild", "s": "severe", "-": None}
    months = ("1", "3", "6")
    return {
        **{f"score_month{m}": x and float(x) for m, x in zip(months, known, strict=True)},
        **{f"grade{m}": levels[g] for m, g in zip(months, grades.split(), strict=True)},
    }


@pytest.mark.parametrize(
    ("patient", "score", "well", "dyspnoea"),
    [
        # at the first, last and best visit, and the mean
        (values("8 3 5", "m n s"), (8, 5, 3, 16 / 3), (False, False), ("mild", "severe", "none")),
        (values("8 3 -", "m s -"), (8, 3, 3, None), (False, False), ("mild", "severe", "mild")),
        (values("- 0.1 0.2", "- n n"), (0.1, 0.2, 0.1, None), (True, True), ("none",) * 3),
        (values("0.1 0.2 0.3", "s - -"), (0.1, 0.3, 0.1, 0.2), (False, False), ("severe",) * 3),
        (values("- - -", "- - -"), (None,) * 4, (None,) * 2, (None,) * 3),
    ],
)
def test_a_patient_has_there_what_follows_from_the_visits_that_were_measured(
    read: Callable[..., Study],
    patient: Mapping[str, Value],
    score: tuple[float | None, ...],
    well: tuple[bool | None, ...],
    dyspnoea: tuple[str | None, ...],
) -> None:
    study = read()

    there = ("opening", "last", "best", "average")
    computed = study.computed
    assert tuple(computed[f"score_{v}"].parsed.evaluate(patient) for v in there) == score
    condition, grade = study.conditions["well"], study.grades["dyspnoea"]
    assert tuple(condition.parsed_at(v).holds(patient) for v in there[:2]) == well
    assert tuple(grade.parsed_at(v).value(patient) for v in there[:3]) == dyspnoea
    assert not {"best", "average"} & condition.at.keys()
    assert "average" not in grade.at


def test_the_best_is_what_the_outcome_or_the_grade_says_is_better(
    read: Callable[..., Study],
) -> None:
    study = read(("better: lower", "better: higher"), ("better: first", "better: last"))

    patient = values("8 3 5", "m n -")
    assert study.computed["score_best"].parsed.evaluate(patient) == 8
    assert study.grades["dyspnoea"].parsed_at("best").value(patient) == "mild"


def test_a_mean_is_of_decimals_so_that_ties_on_paper_are_ties(read: Callable[..., Study]) -> None:
    study = read()

    mean = study.computed["score_average"].parsed.evaluate

    assert mean(values("0.1 0.2 0.6", "- - -")) == mean(values("0.3 0.3 0.3", "- - -")) == 0.3


def test_they_take_no_part_in_what_is_of_visits_at_which_patients_were_seen(
    read: Callable[..., Study],
) -> None:
    study = read((re.search(r"contrasts:\n(  .*\n)+", STUDY)[0], ""))  # type: ignore[index]

    (only,) = study.every_contrast
    assert only.visits == ("baseline", "month6")
    measured = ["baseline", "month1", "month3", "month6"]
    assert study.visits_over(study.outcomes["score"].visits) == measured
    assert study.visits_of("score") == [*measured, "opening", "last", "best", "average"]


def test_an_outcome_without_two_of_the_visits_has_nothing_there_and_a_mean_needs_all(
    read: Callable[..., Study],
) -> None:
    average = (f"  average: {{ label: Average, mean_of: {ALL} }}\n", "")

    of_one, of_two = (
        read((", month3: S3, month6: S6", columns), average).outcomes["score"]
        for columns in ("", ", month3: S3")
    )

    assert not of_one.at
    assert [*of_two.at] == ["opening", "last", "best"]


def test_a_visit_can_follow_from_one_that_follows_and_leads_to_the_columns_of_all(
    read: Callable[..., Study],
) -> None:
    study = read((
        "  average:",
        "  middle: { label: Middle, mean_of: [baseline, last] }\n  average:",
    ))  # fmt: skip

    patient = {**values("8 3 -", "- - -"), "score_baseline": 10.0}
    assert study.computed["score_middle"].parsed.evaluate(patient) == 6.5
    assert [*columns_of(study, "score_middle")] == ["S0", "S1", "S3", "S6"]
    assert [*visit_notes(study, {"middle"})] == ["Middle: the mean of Before and Last seen, of"
        " patients with a value at each of them."]  # fmt: skip


def test_expressions_can_name_what_is_there_and_others_can_follow_from_it(
    read: Callable[..., Study],
) -> None:
    study = read(CONTRAST, ("outcomes:", "derived: { low: { label: Low, expression: score_last < 5 "
                            "} }\noutcomes:"))  # fmt: skip

    assert [*columns_of(study, "low")] == ["S1", "S3", "S6"]
    assert study.changes["score_closing"][1].visits == ("baseline", "last")


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([("first_of: [month1, month3, month6]", "first_of: [month1, month2]")],
         "visits.opening.first_of.1: 'month2' is not a visit above 'opening'; allowed:"
         " baseline, month1, month3, month6; did you mean 'month6'?"),
        ([("first_of: [month1, month3, month6]", "first_of: [month1, opening]")],
         "visits.opening.first_of.1: 'opening' is not a visit above 'opening'; allowed:"),
        ([("first_of: [month1, month3, month6]", "first_of: [month1, month1]")],
         "visits.opening.first_of.1: 'month1' is listed twice"),
        ([("first_of: [month1, month3, month6]", "first_of: [month1]")],
         "visits.opening.first_of: must have at least 2, found 1"),
        ([("first_of: [month1, month3, month6]", "first_of: [month1, best]")],
         "visits.opening.first_of.1: 'best' stands below; write opening below it, as it"
         " follows from it"),
        ([("first_of: [month1, month3, month6]", "first_of: [month1, last]"),
          ("last_of: [month6, month1, month3]", "last_of: [month6, opening]")],
         "visits.opening.first_of.1: 'opening' and 'last' follow from each other; take one of them"
         " out"),
        ([("label: Opening, ", "label: Opening, mean_of: [month1, month3], ")], "visits.opening:"
         " follows from other visits in two ways, first_of and mean_of; keep one of them"),
        ([("label: Opening, ", "label: Opening, months: 1, ")], "visits.opening: has no time of its"
         " own, as it follows from others by first_of; take months away"),
        ([("month6: S6 }", "month6: S6, last: S7 }")], "outcomes.score.columns.last: 'last' follows"
         " from other visits, by last_of, and nothing is measured there; take this away, or give it"
         " a visit of its own"),
        ([("month6: grade6 }", "month6: grade6, last: grade6 }")],
         "grades.dyspnoea.at.last: 'last' follows from other visits, by last_of"),
        ([('month6: grade6 == "none"', 'month6: grade6 == "none"\n      best: grade6 == "mild"')],
         "conditions.well.at.best: 'best' follows from other visits, by best_of"),
        ([("columns: { baseline: S0, month1: S1, month3: S3, month6: S6 }",
           "columns: { baseline: S0, month1: S1 }")], "visits.average.mean_of: no outcome has a"
         " value at every one of its visits; add these, or take the visit away"),
        ([("  early: {", "  top: { visit: best, against: month3 }\n  early: {")], "contrasts.top:"
         " 'best' is the best of several visits, 'month3' among them, and so never worse than"
         " that; take month3 out of best_of, or compare other visits"),
        ([("  early: {", "  back: { visit: baseline, against: last }\n  early: {")],
         "contrasts.back: 'baseline' comes before 'last'; write visit: last and against: baseline"),
        ([('grade3 == "none"', f"grade3 == 'none' or score_month3 in [{'1, ' * 640}2]")],
         "visits.opening: what 'well' is there would be longer than 2000 characters; give parts of"
         " its expressions names under derived"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_them_is_told_at_its_place(
    read: Callable[..., Study], edits: list[tuple[str, str]], told: str
) -> None:
    with pytest.raises(ModelFileError) as error:
        read(*edits)

    lines = str(error.value).splitlines()
    assert any(re.fullmatch(rf"study/study\.yaml, line \d+: {re.escape(told)}.*", x) for x in lines)
    assert len(lines) <= told.count("2000") + 1


def test_what_follows_from_a_mistaken_visit_is_not_told_beside_it(make_study: Make) -> None:
    low = "derived: { low: { label: Low, expression: score_last < 5 } }\noutcomes:"

    told = mistakes(make_study(DERIVED, ("last_of", "lst_of"), ("outcomes:", low), text=STUDY,
                               table=table(patient([5, 4, 3, 2], ["mild"] * 4))))  # fmt: skip

    (only,) = told.splitlines()
    assert "visits.last.lst_of: no such key" in only
    assert only.endswith("did you mean 'last_of'?")


def test_each_is_said_in_words(read: Callable[..., Study]) -> None:
    study = read()

    of = "Month 1, Month 3 and Month 6"
    assert [*visit_notes(study, study.visits)] == [
        f"Opening: the first of {of} that was measured.",
        f"Last seen: the last of {of} that was measured.",
        f"Best: the best of {of} that was measured; the best of several is better than one of them"
        " by chance alone.",
        f"Average: the mean of {of}, of patients with a value at each of them.",
    ]


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ([1, 2, 3, 4, 5], "Month 1, Month 2, Month 3, Month 4 and Month 5"),
        ([1, 2, 3, 4, 5, 6, 7], "the 7 visits from Month 1 to Month 7"),
        ([2, 3, 4, 6, 7, 8], "the 6 visits from Month 2 to Month 8 other than Month 5"),
        ([1, 2, 3, 4, 5, 12], "Month 1 to Month 5 and Month 12"),
        (
            [1, 2, 4, 6, 8, 10, 12],
            "the 7 visits from Month 1 to Month 12 other than Month 3, Month 5, Month 7, Month 9"
            " and Month 11",
        ),
        (
            [0, 2, 4, 6, 8, 10, 12],
            "7 of the 13 visits from Month 0 to Month 12 (study.yaml says which)",
        ),
    ],
)
def test_of_many_visits_the_first_and_the_last_are_said(
    make_study: Make, of: list[int], said: str
) -> None:
    months = [*range(13)]
    visits = "".join(f"  m{i}: Month {i}\n" for i in months)
    columns = ", ".join(f"m{i}: S{i}" for i in months)
    best = f"  best: {{ label: Best, best_of: [{', '.join(f'm{i}' for i in of)}] }}\n"
    outcome = f"{{ label: Score, columns: {{ {columns} }}, range: [0, 9], better: lower }}"
    text = (
        f"{START}visits:\n{visits}{best}outcomes:\n  score: {outcome}\n"
        "cohorts: { everyone: { label: Everyone } }\n"
    )

    study = load_study(make_study(text=text))

    (note,) = visit_notes(study, study.visits)
    assert note.startswith(f"Best: the best of {said} that was measured; ")
