"""The section on comparisons: a table of each, what other tests give, and sentences on the changes.

Rows of results are shown, each number traced to its own; nothing is computed.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial

from casebook.data.results import (
    COMPARED_OTHERWISE,
    Result,
    Results,
)
from casebook.data.vocabulary import Method
from casebook.report.cohort_tests import (
    BETWEEN_GRADES,
    CohortTest,
    main_tests,
    tests_of,
)
from casebook.report.comparison_notes import (
    disagreements,
    of_cells,
    of_differences,
    of_directions,
    of_sizes,
    of_tests,
    of_the_least,
    of_the_start,
    of_turns,
    reasons,
)
from casebook.report.each_two import each_two_table
from casebook.report.manuscript import Row, Table
from casebook.study.comparisons import Comparison
from casebook.study.model import Study
from casebook.wording.columns import OF_COVERAGE, Column, least_p_values, notes_of, telling
from casebook.wording.numbers import NOT_COMPUTED, p_value_text, same_p
from casebook.wording.paired_tests import level_words, some_of
from casebook.wording.sentences import IN_A_SENTENCE
from casebook.wording.traces import traced
from casebook.wording.visit_notes import visit_notes


def comparison_tables(study: Study, rows: Sequence[Result], results: Results) -> list[Table]:
    """For each comparison a table of all that is compared, and one of what other tests give.

    Of more than two cohorts there is one of how far each two are apart, too.
    """
    found = []
    for name, tests in tests_of(study, rows, results).items():
        if tests:
            found.append(comparison_table(study, name, tests))
        found += each_two_table(study, name, tests)
        if others := [test for test in tests if _is_tried_otherwise(test)]:
            found += _others(study, name, others)
    return found


def names(study: Study, comparison: Comparison) -> list[str]:
    """The cohorts of a comparison, for readers."""
    return [study.cohorts[cohort].label for cohort in comparison.cohorts]


def cohorts_listed(study: Study, comparison: Comparison, between: str) -> str:
    """The same as a text, or how many they are."""
    labels = names(study, comparison)
    return between.join(labels) if len(labels) <= IN_A_SENTENCE else f"{len(labels)} cohorts"


def _is_named(study: Study, comparison: Comparison) -> bool:
    """Whether the label of a comparison tells already which cohorts are compared."""
    label = comparison.label.casefold()
    return all(name.casefold() in label for name in names(study, comparison))


def titled(study: Study, comparison: Comparison) -> str:
    """A comparison as a title: its label, and its cohorts where the label does not name them."""
    if _is_named(study, comparison):
        return comparison.label
    return f"{comparison.label}: {cohorts_listed(study, comparison, ' against ')}"


def _heading(test: CohortTest) -> str:
    if not test.of_grades:
        return test.variable
    return f"{test.variable}: {BETWEEN_GRADES.join(test.grades.values())}"


def comparison_table(study: Study, name: str, tests: Sequence[CohortTest]) -> Table:
    """All that a comparison compares, a row for each visit, change and threshold.

    Where there is nothing, as of cohorts compared in their harms alone, the table says so.
    """
    comparison = study.comparisons[name]
    labels = names(study, comparison)
    if not tests:
        nothing = Row("Nothing: the study describes no outcome, condition or grade to compare.")
        title = titled(study, comparison)
        return Table(f"comparison-{name}", title, ("Compared", *labels), (nothing,), ())
    columns = telling(_columns(study, comparison, labels, tests), tests)
    shown: list[Row] = []
    for variable in dict.fromkeys(test.variable for test in tests):
        of_variable = [test for test in tests if test.variable == variable]
        shown.append(Row(_heading(of_variable[0])))
        for test in of_variable:
            cells = tuple(column.cell(test) for column in columns)
            shown.append(Row(test.when, cells, level=1))
    told = [(f"{test.variable}, {test.when_within}", test) for test in tests if test.shows_p]
    notes = (
        *of_cells(study),
        *notes_of(columns),
        *of_tests(study, comparison),
        *of_turns(tests),
        *of_directions(study, tests),
        *of_the_start(tests),
        *visit_notes(study, study.visits),
        *disagreements(told),
        *reasons(told),
    )
    heads = ("Compared", *(column.heading for column in columns))
    return Table(f"comparison-{name}", titled(study, comparison), heads, tuple(shown), notes)


def _columns(
    study: Study, comparison: Comparison, labels: Sequence[str], tests: Sequence[CohortTest]
) -> Iterator[Column[CohortTest]]:
    """All columns; the family, coverage and least p-values are told where they say something."""
    alpha = study.analysis.alpha

    def p_value(test: CohortTest, row: Result | None) -> str:
        return p_value_text(row, alpha, traced) if row and test.shows_p else NOT_COMPUTED

    for cohort, label in zip(comparison.cohorts, labels, strict=True):
        yield Column(label, partial(_of_cohort, cohort))
    if comparison.two:
        difference = of_differences(study, labels)
        yield Column(
            "Difference (confidence interval)", lambda test: test.difference()[0], difference
        )
    else:
        yield Column("Effect size", CohortTest.size_text, of_sizes(comparison, tests))
    yield Column(
        "Attained coverage",
        lambda test: test.difference()[1],
        OF_COVERAGE,
        tells=lambda tests: any(test.falls_short for test in tests),
    )
    yield Column("p-value", lambda test: p_value(test, test.p_value))
    yield Column(
        "Exact p-value",
        lambda test: p_value(test, test.exact),
        tells=lambda tests: any(not same_p(test.p_value, test.exact, alpha) for test in tests),
    )
    yield least_p_values(
        "Smallest possible p-value",
        lambda test: test.least if test.shows_p else None,
        alpha,
        of_the_least(study, comparison),
    )
    yield Column("Adjusted p-value (Holm)", lambda test: p_value(test, test.adjusted()))
    yield Column(
        "Patients without whom the conclusion changes",
        lambda test: test.hangs_on() if test.shows_p else NOT_COMPUTED,
    )


def _of_cohort(cohort: str, test: CohortTest) -> str:
    return test.of_cohort(cohort)


def _is_tried_otherwise(test: CohortTest) -> bool:
    """Whether it is shown what other tests would give: of changes and of who responded."""
    return bool(test.is_change or test.p_value.variable_level) and not test.p_value.error


def _others(study: Study, name: str, tests: Sequence[CohortTest]) -> Iterator[Table]:
    """The p-value of every test, a column for each; counts have tests of their own."""
    label = study.comparisons[name].label
    counts = [test for test in tests if test.of_counts]
    if others := [test for test in tests if not test.of_counts]:
        title = f"{label}: what other tests would give"
        yield _other_tests(study, f"other-tests-{name}", title, others)
    if counts:
        title = f"{label}: what other tests of counts would give"
        yield _other_tests(study, f"other-tests-of-counts-{name}", title, counts)


def _other_tests(study: Study, name: str, title: str, tests: Sequence[CohortTest]) -> Table:
    by_test = [(test, {row.method: row for row in _otherwise(test)}) for test in tests]
    methods = [method for method in Method if any(method in found for _, found in by_test)]
    alpha = study.analysis.alpha
    rows: list[Row] = []
    for variable in dict.fromkeys(test.variable for test in tests):
        rows.append(Row(variable))
        rows += (
            Row(
                test.when,
                tuple(
                    p_value_text(found[method], alpha, traced) if method in found else NOT_COMPUTED
                    for method in methods
                ),
                level=1,
            )
            for test, found in by_test
            if test.variable == variable
        )
    return Table(name, title, ("p-value of", *methods), tuple(rows), ())


def _otherwise(test: CohortTest) -> Iterator[Result]:
    """What other tests give."""
    for method in Method:
        with suppress(KeyError):
            yield test.row("p_value", COMPARED_OTHERWISE, method)


def in_one_line(study: Study, rows: Sequence[Result], results: Results) -> Iterator[str]:
    """How many tests of changes reached the study's level; where there are none, of values."""
    alpha = study.analysis.alpha
    every = tests_of(study, rows, results).values()
    made = [test for tests in every for test in main_tests(tests) if not test.p_value.error]
    if not made:
        return
    reached = [test for test in made if test.p_value.number < alpha]
    hopeless = [test for test in made if test.least.number >= alpha]
    what = "changes" if made[0].is_change else "values"
    gave = "gave" if reached or len(made) > 1 else "did not give"
    could_not = f"; {len(hopeless)} could not have" if hopeless else ""
    yield (
        f"{some_of(reached, made, 'comparison', 'comparisons')} of {what} between cohorts {gave}"
        f" {level_words(study)}{could_not}."
    )
