"""Tables of harms between cohorts: patients with any, of each kind and by term, and differences.

They show rows of results, each number traced to its own, and compute nothing. What each cohort had
is in `harms`, and what else is compared in `comparisons`.
"""

from collections.abc import Iterator

from casebook.data.harms import HARMS
from casebook.data.results import COMPARED, HARM, Results
from casebook.report.cohort_tests import CohortTest, disagreements, reasons
from casebook.report.comparisons import EXACT_INTERVAL, names, titled
from casebook.report.harms import MEASURES, counted, terms_of
from casebook.report.manuscript import Row, Table
from casebook.study.comparisons import Comparison
from casebook.study.harms import Harms
from casebook.study.model import Study
from casebook.wording.numbers import p_value_text
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
    rows = [
        Row("Patients with an adverse event"),
        *(_row(label, test, level=1) for label, test in by_kind),
        *(_row(label, test) for label, test in by_term),
    ]
    columns = (
        "Adverse event",
        *names(study, comparison),
        "Difference (confidence interval)" if comparison.two else "Effect size",
        "p-value",
        "Smallest possible p-value",
    )
    title = f"{harms.label} compared: {titled(study, comparison)}"
    tests = [*by_kind, *by_term]
    notes = (
        *_notes(study, comparison),
        *disagreements(tests),
        *reasons(tests),
    )
    return Table(f"comparison-{name}-harms", title, columns, tuple(rows), notes)


def _test(study: Study, results: Results, name: str, kind: str, term: str = "") -> CohortTest:
    return CohortTest(study, results, results.get(name, kind, COMPARED, "p_value", level=term))


def _row(label: str, test: CohortTest, level: int = 0) -> Row:
    alpha, row = test.study.analysis.alpha, test.p_value
    cohorts = test.comparison.cohorts
    cells = [counted(test.results, each, row.variable, row.variable_level) for each in cohorts]
    cells.append(test.difference()[0] if test.comparison.two else test.size_text())
    cells += [p_value_text(each, alpha, traced) for each in (row, test.row("smallest_p"))]
    return Row(label, tuple(cells), level=level)


def _notes(study: Study, comparison: Comparison) -> Iterator[str]:
    level = f"{100 * study.analysis.confidence_level:g}%"
    yield "Counts are patients, with the percentage of those of whom it is known."
    if comparison.two:
        first, second = names(study, comparison)
        yield (
            f"Differences are {second} less {first}, in percentage points, with Miettinen and"
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
