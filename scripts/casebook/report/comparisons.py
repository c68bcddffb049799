"""The section on comparisons: a table of each, what other tests give, and sentences on the changes.

Rows of results are shown, each number traced to its own; nothing is computed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebook.data.results import (
    ADJUSTED,
    CHANGE,
    COMPARED,
    COMPARED_OTHERWISE,
    COMPARED_WITHOUT,
    CONDITION,
    DIFFERENCE,
    HOLM,
    OUTCOME,
    RESPONDERS,
    SHIFT,
    WITHOUT_A_PATIENT,
    Result,
    Results,
)
from casebook.data.vocabulary import Method
from casebook.report.manuscript import Row, Table
from casebook.study.choices import TestKey
from casebook.study.comparisons import Comparison
from casebook.study.model import Study
from casebook.wording.numbers import (
    NOT_COMPUTED,
    count_text,
    interval_text,
    median_text,
    p_value_text,
    p_words,
    share_text,
)
from casebook.wording.paired_tests import of_contrast
from casebook.wording.sentences import listed
from casebook.wording.traces import traced, traced_number

_IN_COMPARISONS = "in the tables under Comparisons"


@dataclass(frozen=True, slots=True)
class _Test:
    """The test of one quantity between the cohorts of a comparison, by its row of the p-value."""

    study: Study
    results: Results
    p_value: Result

    @property
    def comparison(self) -> Comparison:
        return self.study.comparisons[self.p_value.group1_level]

    def row(self, stat: str, context: str = COMPARED, method: str = "") -> Result:
        """A result on the same quantity; the method may be left out for the study's own test."""
        own = self.p_value.method if context == COMPARED and stat != "n" else method
        key = self.p_value.key._replace(context=context, statistic=stat, method=own)
        return self.results[key]

    @property
    def of_values(self) -> bool:
        """Whether values are compared, and not counts."""
        return self.p_value.variable in self.study.outcomes and not self.p_value.variable_level

    @property
    def changed(self) -> str:
        """The outcome, and the contrast where there are several; of values the visit."""
        if not self.is_change:
            return f"{self.variable}, {_lower(self.when)}"
        contrast = self.study.contrast_named[self.p_value.contrast]
        return of_contrast(self.study, self.variable, contrast)

    @property
    def variable(self) -> str:
        """What is compared, without the visit."""
        name, study = self.p_value.variable, self.study
        known = study.outcomes if name in study.outcomes else study.conditions
        return known[name].label

    @property
    def when(self) -> str:
        """The visit, the change, or the threshold of responders."""
        study, row = self.study, self.p_value
        if not row.contrast:
            return study.visits[row.group2_level].label
        responders = study.outcomes[row.variable].responders
        what = responders[row.variable_level].label if row.variable_level else "Change"
        return of_contrast(study, what, study.contrast_named[row.contrast])

    @property
    def is_change(self) -> bool:
        return self.p_value.group2_level == CHANGE

    def difference(self) -> tuple[str, str]:
        """The difference with its interval, and the coverage that the interval attains."""
        method = SHIFT if self.of_values else Method.RISK_DIFFERENCE
        estimate, low, high = (
            self.row(stat, DIFFERENCE, method) for stat in ("estimate", "conf_low", "conf_high")
        )
        text = interval_text(estimate, low, high, traced)
        if not self.of_values:
            return text, NOT_COMPUTED
        coverage = self.row("coverage", DIFFERENCE, method)
        attained = "" if coverage.error else traced(share_text(coverage.number), coverage)
        return text, attained or NOT_COMPUTED

    @property
    def key(self) -> TestKey:
        """The names of comparison, outcome and contrast."""
        return self.p_value.group1_level, self.p_value.variable, self.p_value.contrast

    def adjusted(self) -> Result | None:
        """The p-value by Holm's method, of a test that is in the study's family."""
        if not self.is_change or self.key not in self.study.family:
            return None
        key = self.p_value.key._replace(visit="", context=ADJUSTED, method=HOLM)
        return self.results[key]

    def of_cohort(self, cohort: str) -> str:
        """What a cohort has of the quantity: a median with quartiles, or a count."""
        row = self.p_value
        if self.of_values:
            at = {"visit": row.group2_level, "contrast": row.contrast}
            median, low, high, n = (
                self.results.get(cohort, row.variable, OUTCOME, stat, **at)
                for stat in ("median", "p25", "p75", "n")
            )
            return f"{median_text(median, low, high, traced)}, n = {traced_number(n)}"
        context = CONDITION if row.variable in self.study.conditions else RESPONDERS
        at = {
            "level": row.variable_level,
            "visit": row.group2_level,
            "contrast": row.contrast,
        }
        count = self.results.get(cohort, row.variable, context, "count", **at)
        percent = self.results.get(cohort, row.variable, context, "percent", method="Wilson", **at)
        return count_text(count, percent, traced)

    def hangs_on(self) -> str:
        """How many patients there are without whom the conclusion changes, and who they are."""
        if self.p_value.error:
            return NOT_COMPUTED
        count = self.row("n_changing", COMPARED_WITHOUT, WITHOUT_A_PATIENT)
        who = ", ".join(count.warning)
        return f"{traced_number(count)}{f': {who}' if who else ''}"


def _tests(study: Study, rows: Iterable[Result], results: Results) -> dict[str, list[_Test]]:
    """The tests of each comparison, in the order of the results."""
    found: dict[str, list[_Test]] = {name: [] for name in study.comparisons}
    for row in rows:
        if (row.context, row.stat_name) == (COMPARED, "p_value"):
            found[row.group1_level].append(_Test(study, results, row))
    return found


def comparison_tables(study: Study, rows: Sequence[Result], results: Results) -> list[Table]:
    """For each comparison a table of all that is compared, and one of what other tests give."""
    found = []
    for name, tests in _tests(study, rows, results).items():
        if tests:
            found += [_table(study, name, tests), _others(study, name, tests)]
    return found


def _names(study: Study, comparison: Comparison) -> list[str]:
    return [study.cohorts[cohort].label for cohort in comparison.cohorts]


def _table(study: Study, name: str, tests: Sequence[_Test]) -> Table:
    comparison = study.comparisons[name]
    labels = _names(study, comparison)
    in_family = any(cohort == name for cohort, _, _ in study.family)
    columns = (
        "Compared",
        *labels,
        *(("Difference (confidence interval)", "Attained coverage") if comparison.two else ()),
        "p-value",
        "Smallest possible p-value",
        *(("Adjusted p-value (Holm)",) if in_family else ()),
        "Patients without whom the conclusion changes",
    )
    shown: list[Row] = []
    for variable in dict.fromkeys(test.variable for test in tests):
        shown.append(Row(variable))
        for test in tests:
            if test.variable == variable:
                shown.append(Row(test.when, tuple(_cells(comparison, test, in_family)), level=1))
    title = f"{comparison.label}: {' against '.join(labels)}"
    notes = (*_notes(study, comparison, labels), *_reasons(tests))
    return Table(f"comparison-{name}", title, columns, tuple(shown), notes)


def _cells(comparison: Comparison, test: _Test, in_family: bool) -> Iterator[str]:
    alpha = test.study.analysis.alpha
    yield from map(test.of_cohort, comparison.cohorts)
    if comparison.two:
        yield from test.difference()
    yield p_value_text(test.p_value, alpha, traced)
    yield p_value_text(test.row("smallest_p"), alpha, traced)
    if in_family:
        adjusted = test.adjusted()
        yield p_value_text(adjusted, alpha, traced) if adjusted else NOT_COMPUTED
    yield test.hangs_on()


def _notes(study: Study, comparison: Comparison, labels: Sequence[str]) -> Iterator[str]:
    level = f"{100 * study.analysis.confidence_level:g}%"
    yield (
        "Medians with lower and upper quartiles, or patients with their percentage, of all patients"
        " with a value."
    )
    if comparison.two:
        yield (
            f"Differences are {labels[1]} less {labels[0]}. Of values it is the Hodges-Lehmann"
            f" estimate, the median of all differences between a patient of one cohort and one of"
            f" the other, with its exact interval of at least {level}, or the widest that exists;"
            " of patients it is in percentage points, with Miettinen and Nurminen's score interval,"
            f" which covers with about {level}."
        )
    else:
        yield (
            "Of more than two cohorts only an overall test is made: a difference between two of"
            " them needs a comparison of its own."
        )
    yield (
        "The smallest possible p-value is what the test would have given had the cohorts not"
        " overlapped, or of patients counted had they been divided most unevenly. Where it is not"
        f" below {study.analysis.alpha:g}, there are too few patients"
        " for a significant result."
    )
    in_family = any(study.comparisons.get(cohort) is comparison for cohort, _, _ in study.family)
    others = "The other p-values" if in_family else "These p-values"
    yield f"{others} are not adjusted for their number."


def _reasons(tests: Sequence[_Test]) -> Iterator[str]:
    """How the p-values were found, or why there is none."""
    found: dict[str, list[str]] = {}
    for test in tests:
        row = test.p_value
        told = (
            f"Not tested, {row.error}" if row.error else f"{row.method[:1].upper()}{row.method[1:]}"
        )
        found.setdefault(told, []).append(f"{test.variable}, {_lower(test.when)}")
    for told, places in found.items():
        yield f"{told}: {'; '.join(places)}."


def _others(study: Study, name: str, tests: Sequence[_Test]) -> Table:
    """The p-value of every test of the changes and of who responded."""
    comparison = study.comparisons[name]
    shown = [
        test
        for test in tests
        if (test.is_change or test.p_value.variable_level) and not test.p_value.error
    ]
    by_test = []
    for test in shown:
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
    columns = ("p-value by", *(f"{test.variable}, {_lower(test.when)}" for test in shown))
    title = f"{comparison.label}: what other tests would give"
    return Table(f"comparison-{name}-tests", title, columns, rows, ())


def sentences(study: Study, rows: Sequence[Result], results: Results) -> Iterator[str]:
    """How changes differ between the cohorts of each comparison; where there are none, values."""
    alpha = study.analysis.alpha
    for name, tests in _tests(study, rows, results).items():
        comparison = study.comparisons[name]
        between = f"{comparison.label} ({' against '.join(_names(study, comparison))})"
        changes = [test for test in tests if test.is_change]
        what = "change" if changes else "value"
        changes = changes or [test for test in tests if test.of_values]
        for test in changes:
            if test.key in study.primary:
                yield f"Primary outcome, {between}: change of {_in_full(test)}."
        changes = [test for test in changes if test.key not in study.primary]
        made = [test for test in changes if not test.p_value.error]
        reached = [test for test in made if test.p_value.number < alpha]
        hopeless = [t for t in made if t not in reached and t.row("smallest_p").number >= alpha]
        missed = [test for test in made if test not in [*reached, *hopeless]]
        for kind, told in (
            (reached, f"the {what} differs with p < {alpha:g}"),
            (missed, f"no difference in the {what} with p < {alpha:g} was found"),
            (hopeless, f"too few patients for a difference in the {what} with p < {alpha:g}"),
        ):
            if kind:
                yield f"{between}: {told}{listed(map(_in_words, kind), _IN_COMPARISONS)}"
        untested = [f"{t.changed} ({t.p_value.error})" for t in changes if t.p_value.error]
        if untested:
            yield f"{between}: not tested{listed(untested, _IN_COMPARISONS)}"


def _in_full(test: _Test) -> str:
    """A test with the least p-value that was possible."""
    if test.p_value.error:
        return f"{test.changed}, not tested ({test.p_value.error})"
    least = p_words(test.row("smallest_p"), test.study.analysis.alpha, traced)
    return f"{_in_words(test)}; least possible: {least}"


def _in_words(test: _Test) -> str:
    alpha, adjusted = test.study.analysis.alpha, test.adjusted()
    words = p_words(test.p_value, alpha, traced)
    if adjusted:
        words = f"{words}, adjusted (Holm) {p_words(adjusted, alpha, traced)}"
    n = traced_number(test.row("n"))
    if not test.comparison.two:
        return f"{test.changed} ({words}, {n} patients)"
    interval, attained = test.difference()
    return (
        f"{test.changed} (difference {interval}, an interval that covers with {attained}; {words},"
        f" {n} patients)"
    )


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
