"""Studies that compare no visits: with one visit, or without any outcome."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from casebook.data.results import read_results
from casebook.data.verdicts import REPRODUCED, read_verdicts
from casebook.mistakes import mistakes
from casebook.study.load import load_study

Make = Callable[..., Path]
NO_OUTCOME = """\
title: Once
source: { table: table.csv, patient: ID, citation: Doe J. 2024., licence: CC0 }
variables:
  sex: { label: Sex, column: Sex, type: category, levels: { f: Female, m: Male } }
  age: { label: Age, column: Age, type: number, unit: years, range: [0, 120] }
cohorts:
  women: { label: Women, select: sex == "f" }
  everyone: { label: Everyone }
"""
ONE_VISIT = f"""\
{NO_OUTCOME}visits: {{ seen: First visit }}
conditions:
  old: {{ label: Old, at: {{ seen: age > 60 }} }}
outcomes:
  pain:
    label: Pain
    columns: {{ seen: Pain }}
    unit: points
    range: [0, 100]
    better: lower
    responders: {{ half: {{ label: Half, improvement: 50, unit: percent, source: Doe 2020 }} }}
"""
TABLE = """\
ID,Sex,Age,Pain
a,f,61,40
b,f,55,50
c,m,70,
d,f,40,25
"""
CLAIMS = """\
claim\tplace\twords\tprinted\tcomputed_as\totherwise\tconvention\tnote
women\tText\tthree women\t3\tcount(sex == "f") in everyone\t\t\t
age\tText\tmedian age\t58\tmedian(age) in everyone\t\t\t
"""


@pytest.fixture
def words_of(illustrated_report_of: Callable[..., Path]) -> Callable[[str], str]:
    """The words of the report of a study, with claims of its paper."""

    def run(study: str) -> str:
        Path("study").mkdir()
        Path("study/claims.tsv").write_text(CLAIMS, encoding="utf-8")
        page = illustrated_report_of(text=study, table=TABLE).read_text(encoding="utf-8")
        return unescape(re.sub("<[^>]+>", "", page.partition("<body>")[2])).replace("\xa0", " ")

    return run


@pytest.mark.parametrize("study", [NO_OUTCOME, ONE_VISIT])
def test_a_study_that_compares_no_visits_is_described_and_audited(
    words_of: Callable[[str], str], study: str
) -> None:
    words = words_of(study)

    assert "No two visits are compared, and nothing is tested." in words
    assert "Characteristics of the patients, by cohort" in words
    for never in ("Wilcoxon", "Sensitivity", "Hodges", "p < ", "ascribed", "Response to"):
        assert never not in words, never
    verdicts = read_verdicts(Path("out/audit.csv"))
    assert {each.verdict for each in verdicts} == {REPRODUCED}
    assert (
        Path("out/verdict.txt")
        .read_text(encoding="utf-8")
        .startswith("No outcome is compared between visits.")
    )


def test_outcomes_at_a_single_visit_have_a_table(words_of: Callable[[str], str]) -> None:
    words = words_of(ONE_VISIT)

    assert "Outcomes at each visit, by cohort" in words
    assert re.search(r"Pain\s+40 \(32.5–45\), n = 3", words)
    table = Path("out/tables/response.csv").read_text(encoding="utf-8")
    assert table.splitlines()[0] == "Cohort and outcome,First visit"


def test_a_single_visit_has_rows_of_itself_and_of_no_change(
    results_of: Callable[..., Path],
) -> None:
    results = read_results(results_of(text=ONE_VISIT, table=TABLE) / "results.csv")

    assert {row.contrast for row in results} == {""}
    of_pain = [row for row in results if row.variable == "pain"]
    assert {row.group2_level for row in of_pain} == {"seen"}
    assert {row.group2_level for row in results if row.variable == "old"} == {"seen"}


def test_a_study_without_outcomes_tells_its_mistakes_and_doubts_as_any_other(
    make_study: Make,
) -> None:
    study = make_study(text=NO_OUTCOME.replace("select: sex", "select: sx"), table=TABLE)

    (told,) = mistakes(study).splitlines()

    assert "cohorts.women.select: 'sx' is not known" in told


def test_a_test_of_one_visit_is_refused(make_study: Make) -> None:
    study = make_study(text=ONE_VISIT, table=TABLE)
    claim = "C1\tText\twords\t0.02\tp_value(pain) in everyone\t\t\t\n"
    Path("study/claims.tsv").write_text(CLAIMS.splitlines()[0] + "\n" + claim, encoding="utf-8")

    assert load_study(study).changes == {}
    assert "no two visits of pain are compared" in mistakes(study)
