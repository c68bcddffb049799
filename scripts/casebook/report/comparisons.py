"""The section on comparisons: a table of each, what other tests give, and sentences on the changes.

Rows of results are shown, each number traced to its own; nothing is computed.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from casebook.data.results import (
    COMPARED_OTHERWISE,
    Result,
    Results,
)
from casebook.data.vocabulary import Method
from casebook.report.balance import NOTHING_USEFUL
from casebook.report.cohort_tests import (
    BETWEEN_GRADES,
    CohortTest,
    disagreements,
    main_tests,
    reasons,
    tests_of,
)
from casebook.report.each_two import each_two_table
from casebook.report.manuscript import Row, Table
from casebook.study.comparisons import Comparison
from casebook.study.model import Study
from casebook.wording.columns import Column, least_p_values, notes_of, telling
from casebook.wording.numbers import NOT_COMPUTED, p_value_text, same_p
from casebook.wording.paired_tests import level_words, some_of
from casebook.wording.several_cohorts import size_words
from casebook.wording.subtractions import sign_words
from casebook.wording.traces import traced
from casebook.wording.visit_notes import visit_notes

EXACT_INTERVAL = (
    "The exact interval beside it, of Chan and Zhang, covers in at least {} of samples whatever the"
    " percentages are: read it where patients are few."
)
"""What is said of the exact interval of a difference of counts, with its level."""


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
            found.append(_others(study, name, others))
    return found


def names(study: Study, comparison: Comparison) -> list[str]:
    """The cohorts of a comparison, for readers."""
    return [study.cohorts[cohort].label for cohort in comparison.cohorts]


def _is_named(study: Study, comparison: Comparison) -> bool:
    """Whether the label of a comparison tells already which cohorts are compared."""
    label = comparison.label.casefold()
    return all(name.casefold() in label for name in names(study, comparison))


def titled(study: Study, comparison: Comparison) -> str:
    """A comparison as a title: its label, and its cohorts where the label does not name them."""
    if _is_named(study, comparison):
        return comparison.label
    return f"{comparison.label}: {' against '.join(names(study, comparison))}"


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
    columns = telling(_columns(study, comparison, labels), tests)
    shown: list[Row] = []
    for variable in dict.fromkeys(test.variable for test in tests):
        of_variable = [test for test in tests if test.variable == variable]
        shown.append(Row(_heading(of_variable[0])))
        for test in of_variable:
            cells = tuple(column.cell(test) for column in columns)
            shown.append(Row(test.when, cells, level=1))
    told = [(f"{test.variable}, {test.when_within}", test) for test in tests if test.shows_p]
    notes = (
        *_notes(study, comparison, labels, tests),
        *_of_turns(tests),
        *notes_of(columns),
        *_of_directions(study, tests),
        *_of_the_start(tests),
        *visit_notes(study, study.visits),
        *disagreements(told),
        *reasons(told),
    )
    heads = ("Compared", *(column.heading for column in columns))
    return Table(f"comparison-{name}", titled(study, comparison), heads, tuple(shown), notes)


def _columns(
    study: Study, comparison: Comparison, labels: Sequence[str]
) -> Iterator[Column[CohortTest]]:
    """All columns; the family, coverage and least p-values are told where they say something."""
    alpha = study.analysis.alpha

    def p_value(test: CohortTest, row: Result | None) -> str:
        return p_value_text(row, alpha, traced) if row and test.shows_p else NOT_COMPUTED

    for cohort, label in zip(comparison.cohorts, labels, strict=True):
        yield Column(label, partial(_of_cohort, cohort))
    if comparison.two:
        yield Column("Difference (confidence interval)", lambda test: test.difference()[0])
    else:
        yield Column("Effect size", CohortTest.size_text)
    yield Column(
        "Attained coverage",
        lambda test: test.difference()[1],
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
        _of_the_least(study, comparison),
    )
    yield Column("Adjusted p-value (Holm)", lambda test: p_value(test, test.adjusted()))
    yield Column(
        "Patients without whom the conclusion changes",
        lambda test: test.hangs_on() if test.shows_p else NOT_COMPUTED,
    )


def _of_cohort(cohort: str, test: CohortTest) -> str:
    return test.of_cohort(cohort)


def _of_the_least(study: Study, comparison: Comparison) -> str:
    """What the smallest possible p-value is."""
    test = "the test" if study.analysis.rank_sum == "exact" else "the exact test"
    apart = "the values of the cohorts not overlapped"
    if comparison.two:
        apart = "all values of one cohort been above all those of the other"
    return (
        f"The smallest possible p-value is what {test} would have given had {apart}, or of"
        " patients counted had they been divided most unevenly. Where it is not"
        f" below {study.analysis.alpha:g}, there are too few patients"
        " for a significant result."
    )


def _notes(
    study: Study, comparison: Comparison, labels: Sequence[str], tests: Sequence[CohortTest]
) -> Iterator[str]:
    level = f"{100 * study.analysis.confidence_level:g}%"
    yield (
        "Medians with lower and upper quartiles, or patients with their percentage, of all patients"
        " with a value."
    )
    if study.grades:
        yield (
            "Of grades it is how many patients have each; they are compared by their order alone,"
            " and have no difference."
        )
    if comparison.two:
        yield (
            f"Differences are {labels[1]} minus {labels[0]}. Of values it is the Hodges-Lehmann"
            f" estimate, the median of all differences between a patient of one cohort and one of"
            f" the other, with its exact interval of at least {level}, or the widest that exists;"
            " of patients it is in percentage points, with Miettinen and Nurminen's score interval,"
            f" which covers in about {level} of samples on average over the true percentages, but"
            " in fewer where one is near 0% and the other near 100%: one of 95% in 80 to 85% at"
            " worst."
            f" {EXACT_INTERVAL.format(level)}"
        )
    else:
        yield size_words(
            len(comparison.cohorts),
            ranks=any(not test.of_counts for test in tests),
            counts=any(test.of_counts for test in tests),
        )
        yield (
            "Of more than two cohorts only an overall test is made: a test of two of them needs a"
            " comparison of its own."
        )
    in_family = any(study.comparisons.get(cohort) is comparison for cohort, _, _ in study.family)
    others = "The other p-values" if in_family else "These p-values"
    yield f"{others} are not adjusted for their number."


def _of_turns(tests: Sequence[CohortTest]) -> Iterator[str]:
    """How changes of grades and conditions are compared, and who could gain a condition."""
    turned = [test for test in tests if test.of_ranks_alone and test.is_change]
    if any(test.of_grades for test in turned):
        yield (
            "The change of a grade is by how many levels it became better or worse in a patient;"
            " cohorts are compared by the ranks of these steps, which takes every level to be as"
            " far from the next as any other."
        )
    if any(not test.of_grades for test in turned):
        yield (
            "A condition can change to no, not at all, or to yes; cohorts are compared by the ranks"
            " of these three. Who gained it is counted of those without it at the first of the two"
            " visits, and who lost it of those with it, as nobody else can."
        )


def _of_directions(study: Study, tests: Sequence[CohortTest]) -> Iterator[str]:
    """Which way changes run beside the values of the visits, and what is better."""
    if any(test.is_change and test.of_values for test in tests):
        yield sign_words(study)
    for better in ("lower", "higher"):
        named = {test.variable: None for test in tests if test.of_values and test.better == better}
        if named:
            yield f"{better.capitalize()} values are better: {', '.join(named)}."


def _of_the_start(tests: Sequence[CohortTest]) -> Iterator[str]:
    """Why the first visit has no p-values, or what those that are asked for do not say."""
    at_start = [test for test in tests if test.at_start]
    if not at_start:
        return
    when = at_start[0].when
    if at_start[0].shows_p:
        yield f"{when} is the first visit. {NOTHING_USEFUL}"
        return
    yield (
        f"{when} is the first visit, whose p-values are not shown: of patients who were assigned at"
        " random they test what is known to be true, and of others they do not say how alike they"
        " are. They are among the results, and with baseline_p_values in this table."
    )


def _is_tried_otherwise(test: CohortTest) -> bool:
    """Whether it is shown what other tests would give: of changes and of who responded."""
    return bool(test.is_change or test.p_value.variable_level) and not test.p_value.error


def _others(study: Study, name: str, tests: Sequence[CohortTest]) -> Table:
    """The p-value of every test."""
    comparison = study.comparisons[name]
    by_test = []
    for test in tests:
        found = {}
        for method in Method:
            try:
                found[method] = test.row("p_value", COMPARED_OTHERWISE, method)
            except KeyError:
                continue
        by_test.append(found)
    methods = [method for method in Method if any(method in found for found in by_test)]
    alpha = study.analysis.alpha
    rows = tuple(
        Row(
            method,
            tuple(
                p_value_text(found[method], alpha, traced) if method in found else NOT_COMPUTED
                for found in by_test
            ),
        )
        for method in methods
    )
    columns = ("p-value by", *(f"{test.variable}, {test.when_within}" for test in tests))
    title = f"{comparison.label}: what other tests would give"
    return Table(f"other-tests-{name}", title, columns, rows, ())


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
