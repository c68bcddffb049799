"""The table of how far each two of several cohorts are apart.

The numbers are rows of the results; which cohorts differ is tested by comparisons of their own.
"""

from collections.abc import Iterator, Sequence

from casebook.report.cohort_tests import CohortTest
from casebook.report.comparison_notes import of_directions
from casebook.report.manuscript import Row, Table
from casebook.report.two_apart import TwoApart
from casebook.study.comparisons import Comparison
from casebook.study.model import Study
from casebook.wording.columns import OF_COVERAGE, Column, notes_of, telling
from casebook.wording.numbers import level_text, share_text
from casebook.wording.visit_notes import visit_notes

_COLUMNS: Sequence[Column[TwoApart]] = (
    Column("Difference (confidence interval)", lambda two: two.interval),
    Column(
        "Attained coverage",
        lambda two: two.attained,
        OF_COVERAGE,
        lambda every: any(two.coverage.warning for two in every),
    ),
)


def each_two_table(study: Study, name: str, tests: Sequence[CohortTest]) -> Iterator[Table]:
    """How far each two of several cohorts are apart in their values, if they have any."""
    apart = [(test, test.each_two) for test in tests if test.each_two]
    if not apart:
        return
    columns = telling(_COLUMNS, [two for _, each in apart for two in each])
    rows: list[Row] = []
    for variable in dict.fromkeys(test.variable for test, _ in apart):
        rows.append(Row(variable))
        for test, each in apart:
            if test.variable == variable:
                rows += (
                    Row(
                        f"{test.when}: {two.words(study)}",
                        tuple(column.cell(two) for column in columns),
                        level=1,
                    )
                    for two in each
                )
    title = f"{study.comparisons[name].label}: how far each two are apart"
    heads = ("Compared", *(column.heading for column in columns))
    notes = (*_notes(study, study.comparisons[name], apart), *notes_of(columns))
    yield Table(f"each-two-{name}", title, heads, tuple(rows), notes)


def _notes(
    study: Study,
    comparison: Comparison,
    apart: Sequence[tuple[CohortTest, Sequence[TwoApart]]],
) -> Iterator[str]:
    level, cohorts = study.analysis.confidence_level, len(comparison.cohorts)
    pairs = cohorts * (cohorts - 1) // 2
    together = max(0.0, 1 - pairs * (1 - level))
    yield (
        "Differences are Hodges-Lehmann estimates, each with its exact interval of at least"
        f" {level_text(level)}, or the widest that exists. That is of each by itself: where"
        f" each attains that, all {pairs} of a visit or change hold together in at least"
        f" {share_text(together)} of samples. A test of two of the cohorts needs a comparison of"
        " its own."
    )
    yield from of_directions(study, [test for test, _ in apart])
    yield from visit_notes(study, study.visits)
