"""The figure of how far compared cohorts are apart."""

from collections.abc import Callable
from pathlib import Path

import pytest

from arms import ACTIVE, ARMS, PLACEBO, arms_table
from casebook.figures.differences import differences
from drawing import Figure, description, read, words

Drawn = Callable[..., Figure]


@pytest.fixture
def drawn(results_of: Callable[..., Path], svg_alone: None) -> Drawn:
    """Draws the differences of a small study with two arms."""

    def run(*edits: tuple[str, str], table: str = arms_table()) -> Figure:
        out = results_of(ARMS, *edits, table=table)
        differences(Path("study/study.yaml"), out / "results.csv", out / "differences.svg")
        return read(out / "differences.svg")

    return run


def test_values_and_changes_stand_on_axes_of_their_own_with_intervals_and_patients(
    drawn: Drawn,
) -> None:
    """In R, wilcox.test(conf.int = TRUE) of the changes: -21 (-27 to -8)."""
    figure = drawn()

    assert words(figure).count("Active minus Placebo, points; ← lower is better") == 2
    assert {"Baseline", "Follow-up", "Change", "−21 (−27 to −8)"} <= {*words(figure)}
    assert (
        "Score, change (points), Active minus Placebo. Change: 5 patients of Active and 5 of"
        " Placebo, difference −21 (−27 to −8)."
    ) in description(figure)


def test_coverage_has_a_column_where_an_interval_falls_short_alone(drawn: Drawn) -> None:
    """The widest interval of 3 and 3 covers in 1 - 2 / choose(6, 3) of samples."""
    assert "coverage" not in words(drawn())

    few = drawn(table=arms_table(PLACEBO[:3], ACTIVE[:3]))

    assert {"coverage", "90%"} <= {*words(few)}
    assert "which covers in only 90% of samples." in description(few)


def test_the_arrow_of_changes_follows_how_they_are_taken(drawn: Drawn) -> None:
    figure = drawn(("    better: lower\n", "    better: lower\n    change: earlier - later\n"))

    assert "Active minus Placebo, points; ← lower is better" in words(figure)
    assert "Active minus Placebo, points; lower is better →" in words(figure)


def test_a_cohort_without_values_has_the_reason(drawn: Drawn) -> None:
    figure = drawn(table=arms_table(active=[(42, "NA")]))

    assert "Follow-up: a cohort has no known value" in description(figure)
    assert "–" in words(figure)
