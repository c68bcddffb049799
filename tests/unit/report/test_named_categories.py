"""Conditions and grades that a study names as primary or in its family, as the report has them."""

import html
import re
from collections.abc import Callable
from pathlib import Path

from pytest import approx

from casebook.data.results import ADJUSTED, HOLM, Results, read_results
from casebook.report.main_findings import main_findings
from casebook.study.load import load_study
from casebook.wording.traces import plain
from followed import STUDY, patient, table

SEVEN = table(
    *(
        patient([50, 50, 50, 50 + change], ["severe", "severe", "severe", last])
        for change, last in zip((-1, -2, 3, -4, -5, -6, -7), ["none"] * 6 + ["mild"], strict=True)
    )
)
"""All better by the grade, six of them without dyspnoea, and one worse by the score."""
CATEGORIES = "{ cohort: everyone, outcome: well }, { cohort: everyone, outcome: dyspnoea }"
FAMILY = f"signed_rank: normal, family: [{{ cohort: everyone, outcome: score }}, {CATEGORIES}]"


def declared(choices: str) -> tuple[str, str]:
    return "cohorts:\n", f"analysis: {{ {choices} }}\ncohorts:\n"


def test_their_p_values_are_adjusted_with_those_of_outcomes(
    results_of: Callable[..., Path],
) -> None:
    out = results_of(declared(FAMILY), text=STUDY, table=SEVEN)

    rows = Results(read_results(out / "results.csv"))

    # In R, wilcox.test(x, exact = FALSE)$p.value and wilcox.test(x)$p.value of the changes of the
    # score, binom.test(6, 6) and binom.test(7, 7): p.adjust(c(0.07592696, 0.03125, 0.015625),
    # "holm") and p.adjust(c(0.078125, 0.03125, 0.015625), "holm")
    expected = {
        "p_value": [0.07592696, 0.0625, 0.046875],
        "exact_p_value": [0.078125, 0.0625, 0.046875],
    }
    for stat, numbers in expected.items():
        assert [
            rows.get("everyone", name, ADJUSTED, stat, contrast="change", method=HOLM).number
            for name in ("score", "well", "dyspnoea")
        ] == approx(numbers)


def test_primary_ones_are_told_first_and_others_are_counted_without_them(
    results_of: Callable[..., Path],
) -> None:
    primary = "primary: [{ cohort: everyone, outcome: well }]"
    out = results_of(declared(f"{FAMILY}, {primary}"), text=STUDY, table=SEVEN)
    rows = read_results(out / "results.csv")

    found = main_findings(load_study(Path("study/study.yaml")), rows, Results(rows))

    first, *others = map(plain, found.found)
    assert first == (
        "Primary outcome, No dyspnoea, Month 6 against Before, Everyone: 6 to yes, 0 to no in 7"
        " patients; p = 0.031, the least possible; adjusted (Holm) p = 0.0625, no longer"
        " below 0.05."
    )
    assert [each.partition(" gave ")[0] for each in others] == [
        "None of the 2 paired tests",
        "The only other test of conditions",
        "Both tests of grades",
        "All 6 tests across all visits",
    ]
    assert (
        "Adjusted (Holm) for the 3 tests that the study declares as one family: Dyspnoea, Month 6"
        " against Before, Everyone (p = 0.047)."
    ) in map(plain, found.limits)


def test_a_study_of_them_alone_has_a_family_in_its_table_and_methods(
    report_of: Callable[..., str],
) -> None:
    start, end = STUDY.index("outcomes:"), STUDY.index("contrasts:")
    family = declared(f"family: [{CATEGORIES}]")

    page = report_of(family, text=STUDY[:start] + STUDY[end:], table=SEVEN)

    text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)))
    assert "The p-values of 2 tests were adjusted for multiple testing by Holm's method" in text
    assert "Adjusted p-value (Holm)" in text
    assert "The adjusted p-values (Holm) are for the number of tests that the study" in text
    assert "two-sided and not adjusted" not in text
