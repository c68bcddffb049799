"""The methods paragraph and the checklists say what the study's settings say."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from arms import ARMS
from casebook.base.version import VERSION
from casebook.report.checklists import checklists
from casebook.report.methods import methods, references
from casebook.study.load import load_study

ROOT = Path(__file__).parents[3]


def _text(study: Path) -> str:
    return ". ".join(sentence for sentence, _ in methods(load_study(study), {}))


def test_the_paragraph_follows_the_settings(make_study: Callable[..., Path]) -> None:
    settings = "analysis: { alpha: 0.01, quantile_type: 6, signed_rank: exact, bootstrap: 0 }"

    text = _text(make_study(("cohorts:", f"{settings}\ncohorts:")))

    assert "definition 6 of Hyndman and Fan" in text
    assert "always exact, given the observed ranks" in text
    assert "The p-value is reported together with the smallest p-value that the exact test" in text
    assert "p < 0.01 was considered significant" in text
    assert "bootstrap" not in text
    assert "Holm" not in text


def test_the_primary_outcome_is_told_first(make_study: Callable[..., Path]) -> None:
    members = "{ cohort: everyone, outcome: score }, { cohort: arms, outcome: score }"
    settings = (ARMS[0], f"analysis: {{ primary: [{members}] }}\n{ARMS[1]}")

    assert _text(make_study(settings)).startswith(
        "The primary outcomes were the change in Score in Everyone; the change in Score, compared"
        " between Placebo and Active. Numbers are summarised"
    )


def test_each_convention_of_the_test_is_told_by_its_version(
    make_study: Callable[..., Path],
) -> None:
    for convention, words in {
        "exact-pratt": "zero changes were ranked and then left out",
        "r-4.5": "as wilcox.test does by default in R up to 4.5",
        "r-4.6": "as wilcox.test does by default in R 4.6",
    }.items():
        settings = f"analysis: {{ signed_rank: {convention} }}"
        text = _text(make_study(("cohorts:", f"{settings}\ncohorts:")))
        assert words in text
        assert "reported together with that of the exact conditional test, which takes" in text


def test_the_paragraph_tells_that_changes_were_rounded(make_study: Callable[..., Path]) -> None:
    text = _text(make_study(("    better: lower", "    better: lower\n    rounding: 3")))

    assert "Changes in Score were rounded to 3 significant digits before they were ranked" in text


def test_the_bundled_studys_paragraph_names_its_family_and_bootstrap(bundled_study: Path) -> None:
    text = _text(bundled_study)

    assert "The p-values of 4 tests were adjusted for multiple testing by Holm's method" in text
    assert "BCa bootstrap with 9,999 resamples (seed 2024)" in text


def test_the_libraries_that_computed_are_named_with_every_version(bundled_study: Path) -> None:
    versions = {"numpy": ["2.3.5", "2.4.0"], "scipy": ["1.16.3"], "pydantic": ["2.12.0"]}

    made, _ = methods(load_study(bundled_study), versions)[-1]

    assert f"by casebook {VERSION} (NumPy 2.3.5 and 2.4.0, SciPy 1.16.3)" in made


def test_every_reference_is_cited_by_its_number(bundled: Path, bundled_study: Path) -> None:
    page = (bundled / "report.html").read_text(encoding="utf-8")
    section = page[page.index('<section id="methods">') : page.index('<section id="checklists">')]

    cited = [int(number) for number in re.findall(r"\[(\d+)\]", section)]

    assert cited == list(range(1, len(references(methods(load_study(bundled_study), {}))) + 1))


def test_a_checklist_names_what_is_missing(make_study: Callable[..., Path]) -> None:
    care, sampl = checklists(load_study(make_study()))

    missing = [item.topic for item in care.items if item.missing]

    assert len(care.items) == 13
    assert "Informed consent" in missing
    assert "Patient information" not in missing
    # Timeline: the study records a date.
    assert "Timeline" not in missing
    assert [item.topic for item in sampl.items if item.missing] == [
        "Purpose of the analysis",
        "Clinical importance",
        "Multiple comparisons",
    ]


ONE_VISIT = ("      followup: After\n", "")
CONDITION_AT_TWO_VISITS = (
    "outcomes:\n",
    """visits: { baseline: Baseline, followup: Follow-up }
conditions:
  old: { label: Old, at: { baseline: age > 60, followup: age > 70 } }
outcomes:
""",
)


@pytest.mark.parametrize(
    ("edits", "answers"),
    [
        (
            (),
            (
                "Notes of the table of outcomes before and after; methods",
                "Ranks and exact distributions; other tests under Sensitivity",
                "Table of how large the change is, 95% intervals",
                "Table of outcomes before and after",
            ),
        ),
        ((ONE_VISIT,), (*["Nothing is tested"] * 2, "", "Nothing is tested")),
        (
            (ONE_VISIT, ARMS),
            (
                "Notes of the tables under Comparisons; methods",
                "Ranks and exact distributions; other tests under Comparisons",
                "Tables under Comparisons, 95% intervals",
                "Tables under Comparisons",
            ),
        ),
        (
            (ONE_VISIT, CONDITION_AT_TWO_VISITS),
            (
                "Notes of the table of changes of conditions; methods",
                "Exact distributions",
                "",
                "Table of changes of conditions",
            ),
        ),
    ],
)
def test_a_checklist_names_the_tests_and_tables_that_the_study_has(
    make_study: Callable[..., Path], edits: tuple[tuple[str, str], ...], answers: tuple[str, ...]
) -> None:
    _, sampl = checklists(load_study(make_study(*edits)))

    found = {item.number: item.answer for item in sampl.items}
    assert tuple(found[number] for number in ("7", "8", "10", "11")) == answers


@pytest.mark.parametrize(
    ("topic", "edit", "missing"),
    [
        ("Title", ("title: A study", 'title: "Belimumab: a case series"'), False),
        ("Title", ("title: A study", "title: A Case Report"), False),
        ("Title", ("title: A study", "title: Cases of lupus"), True),
        ("Timeline", ("label: Start", "label: Date of diagnosis"), False),
        ("Timeline", ("label: Start", "label: Geburtsdatum"), True),
    ],
)
def test_an_item_of_care_is_missing_unless_the_study_has_what_it_asks_for(
    make_study: Callable[..., Path], topic: str, edit: tuple[str, str], missing: bool
) -> None:
    care, _ = checklists(load_study(make_study(edit)))

    assert [item.missing for item in care.items if item.topic == topic] == [missing]


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

    assert project["project"]["version"] == VERSION
    assert citation["version"] == VERSION
