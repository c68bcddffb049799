"""A study that compares the last visit of each patient, from its table to its report."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from casebook.data.results import (
    ALL_VISITS,
    ATTRITION,
    COMPLETE_VISITS,
    Key,
    Result,
    read_results,
)
from casebook.data.verdicts import CONTRADICTED, REPRODUCED, read_verdicts
from casebook.figures.paired import paired
from casebook.study.load import load_study
from casebook.wording.origins import origin
from drawing import of_outcome
from followed import STUDY, patient, table

MONTH6 = "  month6: { label: Month 6, months: 6 }\n"
CONTRASTS = (
    "  early: {",
    "  closing: { label: Last seen, visit: last, against: baseline }\n  early: {",
)
FOLLOWS = (
    (MONTH6, f"{MONTH6}  last: {{ label: Last seen, last_of: [month1, month3, month6] }}\n"),
    CONTRASTS,
)
READ = (
    (MONTH6, f"{MONTH6}  last: {{ label: Last seen, months: 7 }}\n"),
    CONTRASTS,
    ("month6: S6 }", "month6: S6, last: Last }"),
    ("month6: grade6 }", "month6: grade6, last: gradelast }"),
    ('month6: grade6 == "none"', 'month6: grade6 == "none"\n      last: gradelast == "none"'),
    ("conditions:", "  gradelast: { label: L, column: Grade last, type: category, levels: *grades }"
     "\nconditions:"),
)  # fmt: skip
PATIENTS = (  # with the score and the grade at the last visit that was measured
    (patient([30, 25, 20, 12.5], ["severe", "mild", "mild", "none"]), "12.5", "none"),
    (patient([28, 22, 24], ["severe", "severe"]), "24", "severe"),
    (patient([41, None, 33.1, None], ["mild", "none", ""]), "33.1", "none"),
    (patient([22], ["mild"]), "", ""),
    (patient([19, 20.3], ["none", "mild"], "B"), "20.3", "mild"),
    (patient([None, 17, 15], ["", "mild", "mild", "severe"], "B"), "15", "severe"),
    (patient([35, 30, 18, 18], ["severe", "mild", "", "mild"]), "18", "mild"),
)
OVER_ALL = (ALL_VISITS, ATTRITION, COMPLETE_VISITS)
SEEN = table(*(each for each, _, _ in PATIENTS))
CLAIMS = """\
claim\tplace\twords\tprinted\tcomputed_as\totherwise\tconvention\tnote
median\tText\tmedian\t19.15\tmedian(score_last) in everyone\t\t\t
p\tText\tp\t0.3125\tp_value(score, closing) in everyone\t\t\t
well\tText\twell\t2\tresult(cohort=everyone, variable=well, context=condition, visit=last,\
 statistic=count)\t\t\t
"""


def of_last(rows: list[Result]) -> dict[Key, Result]:
    """The rows of the last visit and of its contrast, without those of all visits at once."""
    return {
        row.key: row
        for row in rows
        if "last" in (row.group2_level, row.contrast.replace("closing", "last"))
        and row.context not in OVER_ALL
    }


def test_it_has_the_rows_of_a_study_that_has_the_values_in_a_column(
    results_of: Callable[..., Path],
) -> None:
    lines = [f"{line},{score},{grade}" for line, (_, score, grade) in
             zip(SEEN.splitlines()[1:], PATIENTS, strict=True)]  # fmt: skip
    header = f"{SEEN.splitlines()[0]},Last,Grade last"
    results = results_of(*READ, text=STUDY, table="\n".join([header, *lines]) + "\n")
    read = read_results(results / "results.csv")

    results = results_of(*FOLLOWS, text=STUDY, table=SEEN)

    followed = read_results(results / "results.csv")
    assert len(of_last(read)) > 700
    assert of_last(followed) == of_last(read)
    over = {row.group2_level for row in followed if row.context in OVER_ALL}
    assert over == {"", "baseline", "month1", "month3", "month6"}


def test_the_report_says_what_it_is_wherever_it_stands_and_its_numbers_lead_to_their_cells(
    report_of: Callable[..., str],
) -> None:
    Path("study").mkdir()
    Path("study/claims.tsv").write_text(CLAIMS, encoding="utf-8")

    page = report_of(*FOLLOWS, text=STUDY, table=SEEN)

    words = unescape(re.sub("<[^>]+>", "", page))
    said = "the last of Month 1, Month 3 and Month 6 that was measured."
    assert words.count(f"Last seen: {said}") >= 9
    assert f"Last seen is {said}" in words
    assert "not imputed, but at Last seen what was measured stands for what was missed" in words
    verdicts = {each.claim: each for each in read_verdicts(Path("out/audit.csv"))}
    assert {name: each.verdict for name, each in verdicts.items()} == {
        "median": REPRODUCED, "p": CONTRADICTED, "well": REPRODUCED,
    }  # fmt: skip
    assert verdicts["median"].columns == ("S1", "S3", "S6")
    study = load_study(Path("study/study.yaml"))
    columns = {
        row.variable: origin(study, row).columns
        for row in read_results(Path("out/results.csv"))
        if row.group2_level == "last"
    }
    assert columns == {
        "score": ("S1", "S3", "S6"),
        "well": ("Grade 1", "Grade 3", "Grade 6"),
        "dyspnoea": ("Grade 1", "Grade 3", "Grade 6"),
    }


@pytest.mark.usefixtures("svg_alone")
@pytest.mark.parametrize(
    ("edits", "visits"),
    [
        (FOLLOWS, "Before, then Month 1, then Month 3, then Month 6"),
        ([*FOLLOWS, ("  change: { visit: month6, against: baseline }\n", "")],
         "Before, then Last seen"),
    ],
)  # fmt: skip
def test_a_line_goes_through_the_visits_at_which_the_patient_was_seen_or_the_two_compared(
    results_of: Callable[..., Path], edits: list[tuple[str, str]], visits: str
) -> None:
    out = results_of(*edits, text=STUDY, table=SEEN)
    of_outcome(paired, Path("study/study.yaml"), out, out / "paired.svg")

    assert f"Score of each patient: {visits}" in (out / "paired.svg").read_text(encoding="utf-8")
