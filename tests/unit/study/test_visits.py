"""Any number of visits, the contrasts between them, and what is said of names that are none."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from arms import ARMS, CONDITION
from casebook.base.yamlfile import ModelFileError
from casebook.prepare.values import sources_of
from casebook.study.load import load_study
from casebook.study.model import Study

Make = Callable[..., Path]
TWO = "    columns:\n      baseline: Before\n      followup: After\n"
THREE = (
    ("variables:", "visits:\n  first: Before\n  mid: { label: Month 3, months: 3 }\n"
     "  last: { label: Month 6, months: 6 }\nvariables:"),
    (TWO, "    columns: { first: Before, mid: Middle, last: After }\n"),
)  # fmt: skip


EACH_LATER = ("cohorts:", "contrasts: each_later\ncohorts:")


def contrasts(text: str) -> tuple[str, str]:
    return "cohorts:", f"contrasts:\n  {text}\ncohorts:"


@pytest.fixture
def read(make_study: Make) -> Callable[..., Study]:
    return lambda *edits: load_study(make_study(*edits))


@pytest.fixture
def refused(make_study: Make) -> Callable[..., str]:
    def run(*edits: tuple[str, str]) -> str:
        with pytest.raises(ModelFileError) as error:
            load_study(make_study(*edits))
        return str(error.value)

    return run


def test_without_contrasts_the_last_visit_is_compared_with_the_first(
    read: Callable[..., Study],
) -> None:
    study = read(*THREE)

    (only,) = study.every_contrast
    assert (only.name, only.against, only.visit) == ("change", "first", "last")
    assert only.label == "Month 6 against Before"
    assert [*study.measured] == ["score_first", "score_mid", "score_last"]
    assert [*study.changes] == ["score_change"]


def test_the_first_contrast_has_a_second_name_and_the_others_their_own(
    read: Callable[..., Study],
) -> None:
    early = (
        "early: { label: Early, visit: mid, against: first }\n  late: { visit: last, against: mid }"
    )

    study = read(*THREE, contrasts(early))

    assert [*study.changes] == ["score_change", "score_early", "score_late"]
    assert study.changes["score_change"] == study.changes["score_early"]
    assert [each.label for each in study.every_contrast] == ["Early", "Month 6 against Month 3"]


@pytest.mark.parametrize(
    ("edits", "by_hand"),
    [
        ([*THREE],
         "change: { visit: last, against: first }\n  to_mid: { visit: mid, against: first }"),
        ([*THREE, ("  last: {", "  ever: { label: Ever, best_of: [first, mid] }\n  last: {")],
         "change: { visit: last, against: first }\n  to_mid: { visit: mid, against: first }"),
        ([], "change: { visit: followup, against: baseline }"),
    ],
)  # fmt: skip
def test_each_later_visit_with_the_first_is_short_for_contrasts_that_are_named(
    read: Callable[..., Study], edits: list[tuple[str, str]], by_hand: str
) -> None:
    short, named = read(*edits, EACH_LATER), read(*edits, contrasts(by_hand))

    assert short.model_dump() == named.model_dump()
    assert short.every_contrast == named.every_contrast


def test_each_later_visit_of_a_single_one_is_compared_with_nothing(
    read: Callable[..., Study],
) -> None:
    once = ("variables:", "visits: { once: Once }\nvariables:")

    study = read(once, (TWO, "    columns: { once: After }\n"), EACH_LATER)

    assert study.every_contrast == ()


def test_an_outcome_has_the_contrasts_of_its_visits_in_the_order_of_the_study(
    read: Callable[..., Study],
) -> None:
    early = "late: { visit: last, against: mid }\n  early: { visit: mid, against: first }"

    study = read(*THREE, ("mid: Middle, last: After", "mid: After"), contrasts(early))

    assert study.visits_of("score") == ["first", "mid"]
    assert [*study.changes] == ["score_early"]


def test_one_column_can_hold_several_visits_by_patterns(read: Callable[..., Study]) -> None:
    study = read(
        ("baseline: Before", "baseline: { column: Before, pattern: '(.+)/.+' }"),
        ("followup: After", "followup: { column: Before, pattern: '.+/(.+)' }"),
    )

    of_score = [source for source in sources_of(study) if source.name in study.measured]
    assert [source.part("57/61") for source in of_score] == ["57", "61"]


def test_each_part_in_the_spelling_of_two_visits_is_told_with_the_new_one(
    refused: Callable[..., str],
) -> None:
    told = refused(
        (TWO, '    baseline: "Score, before"\n    followup: After\n'),
        (
            "outcomes:",
            "conditions:\n  high: { label: H, baseline: age > 70, followup: '\"MTX\" in drugs' }\n"
            "doses:\n  steroid: { label: S, baseline: age, followup: drug_count }\noutcomes:",
        ),
    )

    assert told.splitlines() == [
        "study/study.yaml, line 41: conditions.high: the visits stand below at; in place of"
        """ baseline and followup write at: { baseline: age > 70, followup: '"MTX" in drugs' }""",
        "study/study.yaml, line 43: doses.steroid: the visits stand below at; in place of"
        " baseline and followup write at: { baseline: age, followup: drug_count }",
        "study/study.yaml, line 45: outcomes.score: the visits stand below columns; in place of"
        " baseline and followup write columns: { baseline: 'Score, before', followup: After }",
    ]


def test_the_spelling_of_two_visits_is_told_with_the_names_of_the_study_s_visits(
    refused: Callable[..., str],
) -> None:
    told = refused(
        THREE[0],
        (TWO, "    baseline: { column: Before, pattern: '(.+)/.+' }\n    followup: After\n"),
    )

    assert "write columns: { first: { column: Before, pattern: '(.+)/.+' }, last: After }" in told


def test_visits_are_of_two_times_if_their_labels_say_so_whatever_their_names(
    read: Callable[..., Study],
) -> None:
    visits = "visits:\n  month3: Month 3\n  months_3: Month 3 of the second course\nvariables:"
    columns = "    columns: { month3: Before, months_3: After }\n"

    study = read(("variables:", visits), (TWO, columns))

    assert [*study.measured] == ["score_month3", "score_months_3"]


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([("baseline: Before", "basline: Before")], "outcomes.score.columns.basline: 'basline' is"
         " not a visit; allowed: baseline, followup; did you mean 'baseline'?"),
        ([("    better: lower\n", "    better: lower\n    change: baseline - followup\n")],
         "outcomes.score.change: write earlier - later in place of 'baseline - followup'"),
        ([*THREE, ("    better: lower\n", "    better: lower\n    change: last minus first\n")],
         "outcomes.score.change: write later - earlier in place of 'last minus first', as it"),
        ([("    better: lower\n", "    better: lower\n    change: before - after\n")],
         "'before - after' is not allowed; allowed: 'later - earlier' or 'earlier - later'"),
        ([*THREE, contrasts("early: { visit: month3, against: first }")],
         "contrasts.early.visit: 'month3' is not a visit; allowed: first, mid, last"),
        ([*THREE, contrasts("early: { visit: first, against: mid }")], "contrasts.early: 'first'"
         " comes before 'mid'; write visit: mid and against: first"),
        ([*THREE, contrasts("early: { visit: mid, against: mid }")],
         "contrasts.early: compares 'mid' with itself"),
        ([*THREE, ("Month 3, months: 3", "Month 12"), ("Month 6, months: 6", "1 year")],
         "visits.last: '1 year' is the same time as 'Month 12', that of mid; if they are one"),
        ([*THREE, contrasts("mid: { visit: last, against: mid }")],
         "contrasts.mid: there is already a visit 'mid'"),
        ([*THREE, contrasts("early: { visit: mid, against: first }\n"
          "  soon: { visit: mid, against: first, label: Soon }")],
         "contrasts.soon: compares the same visits as 'early'; keep one of them"),
        ([*THREE, contrasts("early: { visit: mid, against: first }\n"
          "  change: { visit: last, against: first }")],
         "contrasts.change: 'change' is the name of the first contrast"),
        ([*THREE, ("cohorts:", "contrasts: each_latter\ncohorts:")],
         "contrasts: 'each_latter' is not allowed; allowed: each_later, or keys and values, as in"
         " { early: { visit: month3, against: baseline } }; did you mean 'each_later'?"),
        ([*THREE, EACH_LATER, ("  last: {", "  to_mid: {"), ("last: After", "to_mid: After")],
         "contrasts.to_mid: there is already a visit 'to_mid'"),
        ([*THREE, EACH_LATER, ("age >= 65", "score_to_mid > 1")],
         "'score_to_mid' is not known; write score_mid - score_first"),
        ([*THREE, ("  mid:", "  change:"), ("mid: Middle, ", "")],
         "visits.change: 'change' is the name of the first contrast"),
        ([*THREE, ("age >= 65", "score_change > 1")],
         "'score_change' is not known; write score_last - score_first"),
        ([("cohorts:", "analysis: { family: [{ cohort: older, outcome: score, contrast: late }] }"
          "\ncohorts:")], "analysis.family.0.contrast: 'late' is not a contrast of score;"
         " allowed: change"),
        ([("variables:", "visits: {}\nvariables:")], "visits: must not be empty"),
        ([("outcomes:", "doses: { d: { label: D, at: { baseline: age } } }\noutcomes:")],
         "doses.d.at: must have at least 2, found 1; it is the number that is the dose at each of"
         " two visits or more"),
        ([("variables:", "visits: { once: Once }\nvariables:"),
          (TWO, "    columns: { once: After }\n"),
          ("cohorts:", "analysis: { family: [{ cohort: older, outcome: score }] }\ncohorts:")],
         "analysis.family.0.outcome: no two visits of score are compared; it has no such test"),
        ([CONDITION,
          ("cohorts:", "analysis: { primary: [{ cohort: older, outcome: hihg }] }\ncohorts:")],
         "analysis.primary.0.outcome: 'hihg' is not an outcome; allowed: score, high; did you mean"
         " 'high'?"),
        ([CONDITION, (", followup: score_followup > 30 }", " }"),
          ("cohorts:", "analysis: { primary: [{ cohort: older, outcome: high }] }\ncohorts:")],
         "analysis.primary.0.outcome: no two visits of high are compared; it has no such test"),
        ([CONDITION, (", followup: score_followup > 30 }", " }"), ARMS,
          ("cohorts:\n", "analysis: { family: [{ cohort: arms, outcome: high }] }\ncohorts:\n")],
         "analysis.family.0.outcome: no two visits of high are compared; it has no such test"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_visits_is_told_at_its_place(
    refused: Callable[..., str], edits: list[tuple[str, str]], told: str
) -> None:
    (line,) = refused(*edits).splitlines()

    assert re.fullmatch(rf"study/study\.yaml, line \d+: .*{re.escape(told)}.*", line)
