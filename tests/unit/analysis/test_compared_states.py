"""How grades and conditions changed in cohorts that are compared.

Each p-value is that of R, of exact tests in coin and of fisher.test; tests/oracle compares more.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from arms import OF_GRADES
from casebook.data.results import (
    ADJUSTED,
    CHANGE,
    COMPARED,
    CONDITION,
    DIFFERENCE,
    GAINED,
    HOLM,
    LOST,
    Results,
    read_results,
)
from casebook.data.vocabulary import Method
from followed import CHANGING, STUDY, table

EARLY = {"visit": CHANGE, "contrast": "early"}


@pytest.fixture
def compared(results_of: Callable[..., Path]) -> Callable[..., Results]:
    """The results of ten patients: the steps of A are 0, 0, -1, 0, 1, of B -2, -1, -2, -1, 0."""

    def run(*edits: tuple[str, str]) -> Results:
        out = results_of(OF_GRADES, *edits, text=STUDY, table=table(*CHANGING))
        return Results(read_results(out / "results.csv"))

    return run


def test_the_steps_of_a_grade_are_compared_by_the_exact_rank_sum_test(
    compared: Callable[..., Results],
) -> None:
    results = compared()

    row = results.get("arms", "dyspnoea", COMPARED, "p_value", **EARLY)
    assert row.number == pytest.approx(0.10317460317460317)
    assert row.method == Method.RANK_SUM_EXACT
    assert results.get("arms", "dyspnoea", COMPARED, "n", **EARLY).number == 10
    # Of 25 pairs the step of B is the higher one in 1, and in 5 they are equal.
    assert results.get("arms", "dyspnoea", COMPARED, "statistic", **EARLY).number == 3.5


def test_gaining_and_losing_a_condition_are_ranked_and_counted_of_those_who_could(
    compared: Callable[..., Results],
) -> None:
    """One of A lost it; of four in each arm without it, none of A and three of B gained it."""
    results = compared()

    turned = results.get("arms", "well", COMPARED, "p_value", **EARLY)
    gained, lost = (
        results.get("arms", "well", COMPARED, "p_value", level=level, contrast="early")
        for level in (GAINED, LOST)
    )
    assert turned.number == pytest.approx(0.11904761904761904)
    assert gained.number == pytest.approx(0.14285714285714285)
    assert lost.number == 1
    apart = {"level": GAINED, "contrast": "early", "method": Method.RISK_DIFFERENCE}
    assert results.get("arms", "well", DIFFERENCE, "estimate", **apart).number == 75
    share = {"level": GAINED, "contrast": "early", "method": "Wilson"}
    assert results.get("b", "well", CONDITION, "percent", **share).number == 75
    with pytest.raises(KeyError):
        results.get("everyone", "well", CONDITION, "count", level=GAINED, contrast="early")


def test_their_comparisons_can_be_of_a_family(compared: Callable[..., Results]) -> None:
    family = ", ".join(
        f"{{ cohort: arms, outcome: {name}, contrast: early }}" for name in ("dyspnoea", "well")
    )
    results = compared(("contrasts:\n", f"analysis: {{ family: [{family}] }}\ncontrasts:\n"))

    adjusted = [
        results.get("arms", name, ADJUSTED, "p_value", contrast="early", method=HOLM).number
        for name in ("dyspnoea", "well")
    ]
    assert adjusted == pytest.approx([2 * 0.10317460317460317] * 2)
