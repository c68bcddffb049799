"""Changes that a study takes as the earlier value minus the later one."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.audit.data import Data
from casebook.audit.turned import row_number, turns
from casebook.data.patients import BEFORE_MINUS_AFTER, Patient
from casebook.data.results import CHANGE, OUTCOME, Key, Result, Results, read_results
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.conclusions import conclusions
from casebook.wording.paired_tests import paired_tests
from casebook.wording.subtractions import sign_words, subtraction
from read_back import read_patients

FALLS = ("    better: lower\n", "    better: lower\n    change: earlier - later\n")
RESPONDERS = (
    "    better: lower\n",
    "    better: lower\n    responders:\n"
    "      few: { label: Few, improvement: 5, source: S }\n"
    "      half: { label: Half, improvement: 50, unit: percent, source: S }\n",
)
PAIRS = [(12.5, 3), (20, 25), (8, 4), (30, 30), (41, 17), (0, 3), (22, None), (17, 16.5)]
TABLE = "ID,Age,Sex,Drugs,Start,Remark,Before,After\n" + "".join(
    f"{chr(97 + i)},{60 + i},F,none,,,{before},{'NA' if after is None else after}\n"
    for i, (before, after) in enumerate(PAIRS)
)
Both = tuple[Data, list[Result]]


@pytest.fixture
def both(results_of: Callable[..., Path]) -> Both:
    """The data of a study, and its results where changes are falls."""

    def read(*edits: tuple[str, str]) -> tuple[Study, list[Patient], list[Result]]:
        out = results_of(RESPONDERS, *edits, table=TABLE)
        study = load_study(Path("study/study.yaml"))
        patients = read_patients(out / "patients.csv", study.kinds)
        return study, patients, read_results(out / "results.csv")

    study, patients, rows = read()
    cohorts = {"everyone": patients, "older": [p for p in patients if (p.number("age") or 0) >= 65]}
    data = Data(study, cohorts, rows, {p.id: place for place, p in enumerate(patients)})
    return data, read(FALLS)[2]


def test_every_row_has_the_other_sign_and_every_count_and_p_value_is_as_it_was(both: Both) -> None:
    """`audit.turned` says what each row is with the sign turned, and was not asked by the code."""
    rises, falls = both
    turned = replace(rises, differences=BEFORE_MINUS_AFTER)

    assert [row.key for row in falls] == [row.key for row in rises.rows]
    signed = [row for row in falls if turns(row) and not row.error]
    assert len(signed) > 100
    for own, other in zip(rises.rows, falls, strict=True):
        assert own.error == other.error
        expected = None if own.error else row_number(turned, own)
        if expected is not None:
            assert other.number == pytest.approx(expected, rel=1e-12), own.key
            assert not other.stat.startswith("-0.0")


def test_what_is_an_improvement_is_as_it_was(both: Both) -> None:
    data, falls = both

    for name in ("n_improved", "n_worsened", "n_unchanged"):
        of = Key("everyone", "score", "", CHANGE, "change", OUTCOME, name, "")
        assert Results(falls)[of].stat == data.results[of].stat
    rises = {test.key: conclusions(test) for test in paired_tests(data.study, data.rows)}
    study = load_study(Path("study/study.yaml"))
    for test in paired_tests(study, falls):
        direction = "the direction of the change"
        assert conclusions(test)[direction].answer == rises[test.key][direction].answer


def test_the_report_says_what_the_sign_means(
    illustrated_report_of: Callable[..., Path],
) -> None:
    page = illustrated_report_of(RESPONDERS, FALLS, table=TABLE)

    text = re.sub("<[^>]+>", "", page.read_text(encoding="utf-8"))
    for told in (
        "Changes are the earlier value minus the later one: above 0 the outcome fell, below 0 it"
        " rose.",
        "Changes and effect sizes, by cohort (earlier minus later value)",
        "The change of an outcome is the earlier value minus the later one, in patients with both",
        "A dashed line at 50%: responder: Half",
    ):
        assert told in text, told
    assert "later value minus the earlier" not in text
    forest = (page.parent / "forest.svg").read_text(encoding="utf-8")
    assert "lower is better →" in forest


def test_where_outcomes_differ_each_sign_is_told(make_study: Callable[..., Path]) -> None:
    walk = "  walk: { label: Walk, columns: { baseline: Before, followup: Age }, range: [0, 9],\n"
    edit = ("cohorts:", f"{walk}    better: higher }}\ncohorts:")

    study = load_study(make_study(FALLS, edit))

    assert subtraction(study) == "later minus earlier value, but earlier minus later value of Score"
    assert sign_words(study) == (
        "Changes are the later value minus the earlier one, but the earlier value minus the later"
        " one of Score: above 0 the outcome rose, below 0 it fell (Walk); above 0 the outcome"
        " fell, below 0 it rose (Score)."
    )
