"""Tables of harms between cohorts: patients with any, of each kind and by term, and differences.

They show rows of results, each number traced to its own, and compute nothing. What each cohort had
is in `harms`, and what else is compared in `comparisons`.
"""

from collections.abc import Iterator
from functools import partial

from casebook.data.harms import HARMS
from casebook.data.results import COMPARED, HARM, Results
from casebook.report.cohort_tests import CohortTest
from casebook.report.comparison_notes import EXACT_INTERVAL, disagreements, reasons
from casebook.report.comparisons import names, titled
from casebook.report.harms import MEASURES, counted, terms_of
from casebook.report.manuscript import Row, Table
from casebook.study.comparisons import Comparison
from casebook.study.harms import Harms
from casebook.study.model import Study
from casebook.wording.columns import Column, least_p_values, telling
from casebook.wording.numbers import level_text, p_value_text
from casebook.wording.several_cohorts import size_words
from casebook.wording.traces import traced


def harm_comparison_tables(study: Study, results: Results) -> Iterator[Table]:
    """A table for each comparison, of a study that describes harms."""
    if study.harms:
        for name in study.comparisons:
            yield _table(study, study.harms, name, results)


def _table(study: Study, harms: Harms, name: str, results: Results) -> Table:
    comparison = study.comparisons[name]
    by_kind = [(MEASURES[kind], _test(study, results, name, kind)) for kind in harms.kinds]
    by_term = [
        (label, _test(study, results, name, HARMS, term))
        for term, label in terms_of(study, results).items()
        if any(
            results.get(cohort, HARMS, HARM, "count", level=term).number
            for cohort in comparison.cohorts
        )
    ]
    tests = [*by_kind, *by_term]
    shown = telling(_columns(study, comparison), [test for _, test in tests])

    def cells(test: CohortTest) -> tuple[str, ...]:
        return tuple(column.cell(test) for column in shown)

    rows = [
        Row("Patients with an adverse event"),
        *(Row(label, cells(test), level=1) for label, test in by_kind),
        *(Row(label, cells(test)) for label, test in by_term),
    ]
    columns = ("Adverse event", *(column.heading for column in shown))
    title = f"{harms.label} compared: {titled(study, comparison)}"
    notes = (
        *_notes(study, comparison),
        *disagreements(tests),
        *reasons(tests),
    )
    return Table(f"harms-compared-{name}", title, columns, tuple(rows), notes)


def _test(study: Study, results: Results, name: str, kind: str, term: str = "") -> CohortTest:
    return CohortTest(study, results, results.get(name, kind, COMPARED, "p_value", level=term))


def _columns(study: Study, comparison: Comparison) -> Iterator[Column[CohortTest]]:
    alpha = study.analysis.alpha
    for cohort, label in zip(comparison.cohorts, names(study, comparison), strict=True):
        yield Column(label, partial(_counted, cohort))
    if comparison.two:
        yield Column("Difference (confidence interval)", lambda test: test.difference()[0])
    else:
        yield Column("Effect size", CohortTest.size_text)
    yield Column("p-value", lambda test: p_value_text(test.p_value, alpha, traced))
    yield least_p_values("Smallest possible p-value", lambda test: test.row("smallest_p"), alpha)


def _counted(cohort: str, test: CohortTest) -> str:
    return counted(test.results, cohort, test.p_value.variable, test.p_value.variable_level)


def _notes(study: Study, comparison: Comparison) -> Iterator[str]:
    level = level_text(study.analysis.confidence_level)
    yield "Counts are patients, with the percentage of those of whom it is known."
    if comparison.two:
        first, second = names(study, comparison)
        yield (
            f"Differences are {second} minus {first}, in percentage points, with Miettinen and"
            f" Nurminen's score interval, which covers in about {level} of samples on average."
            f" {EXACT_INTERVAL.format(level)}"
        )
    else:
        yield size_words(len(comparison.cohorts), ranks=False, counts=True)
    yield (
        "These p-values are not adjusted for their number, and of many terms some differ by chance."
    )
    yield (
        "A study of this size is not made to detect differences in harms: that none is found does"
        " not show that there is none."
    )
