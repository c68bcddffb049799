"""A study with three visits and two contrasts, from its table to its report."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from casebook.changes.numbers import result_differences
from casebook.data.differences import ADDED
from casebook.data.results import ADJUSTED, OVER_CONTRASTS, Key, Result, read_results
from casebook.data.verdicts import BY_CHANCE, REPRODUCED, read_tried, read_verdicts

STUDY = """\
title: Three visits
source: { table: table.csv, patient: ID, citation: Doe J. 2024., licence: CC0 }
visits:
  start: Before
  month3: { label: Month 3, months: 3 }
  month6: { label: Month 6, months: 6 }
variables:
  sex: { label: Sex, column: Sex, type: category, levels: { f: Female, m: Male } }
  dose0: { label: Dose before, column: D0, type: number, unit: mg, range: [0, 99] }
  dose3: { label: Dose at month 3, column: D3, type: number, unit: mg, range: [0, 99] }
  dose6: { label: Dose at month 6, column: D6, type: number, unit: mg, range: [0, 99] }
conditions:
  steroid: { label: On steroids, at: { start: dose0 > 0, month3: dose3 > 0, month6: dose6 > 0 } }
doses:
  steroid_dose: { label: Steroid, at: { start: dose0, month3: dose3, month6: dose6 } }
outcomes:
  pain:
    label: Pain
    columns: { start: P0, month3: P3, month6: P6 }
    unit: points
    range: [0, 100]
    better: lower
    responders: { half: { label: Half, improvement: 50, unit: percent, source: Doe 2020 } }
  walk: { label: Walk, columns: { start: W0, month3: W3 }, range: [0, 999], better: higher }
contrasts:
  late: { label: After 6 months, visit: month6, against: start }
  early: { label: After 3 months, visit: month3, against: start }
cohorts:
  women: { label: Women, select: sex == "f" }
  everyone: { label: Everyone }
analysis:
  bootstrap: 50
  family:
    - { cohort: everyone, outcome: pain }
    - { cohort: everyone, outcome: pain, contrast: early }
"""
TABLE = """\
ID,Sex,P0,P3,P6,W0,W3,D0,D3,D6
a,f,60,40,20,300,320,10,5,0
b,f,55,50,30,280,280,5,5,5
c,m,70,65,,250,300,0,0,0
d,f,40,,25,310,,10,,5
e,m,80,60,50,200,260,20,10,10
f,m,30,35,10,400,390,0,5,0
g,f,65,50,45,330,350,5,0,
h,m,90,70,60,180,240,15,15,5
"""
CLAIMS = """\
claim\tplace\twords\tprinted\tcomputed_as\totherwise\tconvention\tnote
month3\tText\tmedian at month 3\t50\tmedian(pain_month3) in everyone\t\t\t
p6\tText\tp at month 6\t0.016\tp_value(pain) in everyone\t\t\t
p3\tText\tp at month 3\t0.0625\tp_value(pain, early) in everyone\t\t\t
slip\tText\tp at month 6\t0.0625\tp_value(pain, late) in everyone\t\t\t
change\tText\tmedian change\t-15\tmedian(pain_early) in everyone\t\t\t
other\tText\tmedian at month 6\t50\tmedian(pain_month6) in everyone\t\t\t
row\tText\tshift\t-25\tresult(cohort=everyone, variable=pain, context=estimate,\
 statistic=estimate, method="Hodges-Lehmann")\t\t\t
early\tText\tshift\t-12.5\tresult(cohort=everyone, variable=pain, context=estimate,\
 contrast=early, statistic=estimate, method="Hodges-Lehmann")\t\t\t
"""


@pytest.fixture(scope="session")
def whole(
    made_once: Callable[[str, Callable[[Path], None]], Path],
    take_through: Callable[[Path, Path], None],
) -> Path:
    """The folder of everything that is made of the study, with claims of its paper."""

    def make(out: Path) -> None:
        out.mkdir()
        for name, text in {"study.yaml": STUDY, "table.csv": TABLE, "claims.tsv": CLAIMS}.items():
            (out / name).write_text(text, encoding="utf-8")
        take_through(out / "study.yaml", out)

    return made_once("three-visits", make)


def rows_in(folder: Path, contrast: str) -> dict[Key, Result]:
    """The rows of a contrast of pain, by their keys without it."""
    rows = read_results(folder / "results.csv")
    return {
        row.key._replace(contrast="", visit=_AS_OF_TWO.get(row.group2_level, row.group2_level)): row
        for row in rows
        if (row.variable, row.contrast) == ("pain", contrast)
        and row.context not in (ADJUSTED, OVER_CONTRASTS)
    }


_AS_OF_TWO = {"start": "baseline", "month3": "followup", "month6": "followup"}


@pytest.mark.parametrize(
    ("contrast", "column", "label"), [("late", "P6", "Month 6"), ("early", "P3", "Month 3")]
)
def test_a_contrast_of_three_visits_has_the_rows_of_a_study_of_its_two_visits(
    results_of: Callable[..., Path], contrast: str, column: str, label: str
) -> None:
    """Each row, each number, and no other."""
    three = rows_in(results_of(text=STUDY, table=TABLE), contrast)
    parts = [*re.findall(r"^\w.*\n(?:  .*\n)*", STUDY, re.MULTILINE)]
    of_visits = ("visits:", "contrasts:", "conditions:", "doses:", "analysis:")
    study = "".join(part for part in parts if not part.startswith(of_visits))
    edits = [
        ("{ start: P0, month3: P3, month6: P6 }", f"{{ baseline: P0, followup: {column} }}"),
        ("{ start: W0, month3: W3 }", "{ baseline: W0, followup: W3 }"),
        ("cohorts:", f"visits: {{ baseline: Before, followup: {label} }}\ncohorts:"),
        ("cohorts:", "analysis: { bootstrap: 50 }\ncohorts:"),
    ]

    two = rows_in(results_of(*edits, text=study, table=TABLE), "change")

    assert [*three] == [*two]
    for key, row in three.items():
        assert (row.stat, row.error, row.warning) == (
            two[key].stat, two[key].error, two[key].warning,
        ), key  # fmt: skip


def test_each_later_visit_in_short_has_the_results_of_contrasts_that_are_named(
    results_of: Callable[..., Path],
) -> None:
    contrasts = re.compile(r"contrasts:\n(?:  .*\n)*")
    in_short = contrasts.sub("contrasts: each_later\n", STUDY)
    named = contrasts.sub(
        "contrasts:\n  change: { visit: month6, against: start }\n"
        "  to_month3: { visit: month3, against: start }\n",
        STUDY,
    )
    edit = ("contrast: early", "contrast: to_month3")

    results = [
        (results_of(edit, text=text, table=TABLE) / "results.csv").read_bytes()
        for text in (in_short, named)
    ]

    assert results[0] == results[1]
    assert b",to_month3," in results[0]


def test_claims_speak_of_visits_and_contrasts(whole: Path) -> None:
    verdicts = {each.claim: each for each in read_verdicts(whole / "audit.csv")}

    right = ["month3", "p6", "p3", "change", "row", "early"]
    assert {verdicts[name].verdict for name in right} == {REPRODUCED}
    contrasts = [Key(*verdicts[name].result).contrast for name in ("p3", "early", "row")]
    assert contrasts == ["early", "early", "late"]
    assert verdicts["p3"].columns == ("P0", "P3")
    assert {verdicts[name].verdict for name in ("slip", "other")} == {BY_CHANCE}


def test_what_would_be_right_of_another_visit_or_contrast_is_tried(whole: Path) -> None:
    tried = read_tried(whole / "tried.csv")
    of = {(each.claim, each.convention): each.change for each in tried}

    assert of["slip", "After 3 months"] == of["change", "as pain_late"] == "contrast"
    assert of["other", "as pain_start"] == of["other", "as pain_month3"] == "visit"
    assert ("month3", "with both visits, After 3 months") in of
    assert ("month3", "with both visits, After 6 months") not in of


def test_the_report_tells_of_each_contrast(whole: Path) -> None:
    text = (whole / "report.html").read_text(encoding="utf-8")

    words = unescape(re.sub("<[^>]+>", "", text)).replace("\xa0", " ")
    for told in (
        "tests gave p < 0.05: Pain, After 6 months, Everyone",
        "After 3 months: Everyone (n = 8)",
        "After 3 months: Month 3 compared with Before.",
        "Each later visit was compared with Before.",
        "Pain: Half, After 3 months",
        "p-values of 2 tests were adjusted",
    ):
        assert told in words, told
    assert (whole / "waterfall-pain.svg").read_text().count("had no percent change") == 2


def test_the_figure_of_an_outcome_has_a_line_through_all_visits_and_a_test_a_contrast(
    whole: Path,
) -> None:
    svg = (whole / "paired-pain.svg").read_text(encoding="utf-8")

    assert "Pain of each patient: Before, then Month 3, then Month 6" in svg
    for told in ("After 6 months: of 7 with both visits", "After 3 months: of 7 with both visits"):
        assert told in svg


def test_a_dose_is_told_at_every_visit_and_counted_in_each_contrast(whole: Path) -> None:
    svg = (whole / "dose-steroid_dose.svg").read_text(encoding="utf-8")

    assert "e: 20, then 10, then 10." in svg
    assert re.search(r"After 6 months: 4 reduced, .*; After 3 months: 3 reduced, 1 raised", svg)


def test_an_outcome_that_is_not_measured_at_a_visit_has_no_rows_of_it(
    results_of: Callable[..., Path],
) -> None:
    results = read_results(results_of(text=STUDY, table=TABLE) / "results.csv")

    of_walk = [row for row in results if row.variable == "walk"]
    assert {row.contrast for row in of_walk} == {"", "early"}
    assert {row.group2_level for row in of_walk} == {
        *("", "start", "month3", "change", "percent change")
    }
    of_steroids = {row.group2_level for row in results if row.variable == "steroid"}
    assert of_steroids == {"", "start", "month3", "month6"}


def test_a_contrast_that_is_added_is_told_and_changes_nothing_else(
    results_of: Callable[..., Path],
) -> None:
    early = "  early: { label: After 3 months, visit: month3, against: start }\n"
    of_early = "    - { cohort: everyone, outcome: pain, contrast: early }\n"
    without = [(early, ""), (of_early, "")]

    before, after = (
        read_results(results_of(*edits, text=STUDY, table=TABLE) / "results.csv")
        for edits in (without, [])
    )

    found = list(result_differences(before, after))
    assert {(each.contrast, each.remark) for each in found if "adjusted" not in each.what} == {
        ("early", ADDED)
    }
