"""The rows of results of tests that compare cohorts, and of the differences between these.

Which tests there are, and how one is made, stands in `group_tests`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from math import isnan

from casebook.analysis.catalogue import Made
from casebook.analysis.group_tests import (
    TESTS_BY_SCALE,
    GroupTest,
    Scale,
    counts,
    counts_of_levels,
    made_of,
    made_of_table,
    of_second_and_first,
    own_method,
    table_tests,
)
from casebook.analysis.magnitude import approximate_estimate, exact_estimate
from casebook.analysis.several_cohorts import (
    NO_VALUE,
    each_two_apart,
    none_is_empty,
    size_by_counts,
    size_by_ranks,
)
from casebook.analysis.significance import beside_exact, of_statistic, out_of_reach
from casebook.analysis.topic import Topic
from casebook.data.results import (
    COMPARED_OTHERWISE,
    COMPARED_WITHOUT,
    DIFFERENCE,
    OTHER_TESTS,
    SHIFT,
    WITHOUT_A_PATIENT,
    Result,
)
from casebook.data.vocabulary import Method
from casebook.statistics.chan_zhang import chan_zhang
from casebook.statistics.contingency import Counts
from casebook.statistics.digits import rounded
from casebook.statistics.estimate import Estimate
from casebook.statistics.group_shift import hodges_lehmann_shift, welch_difference
from casebook.statistics.risk_difference import miettinen_nurminen
from casebook.statistics.sensitivity import leave_one_out_of_groups
from casebook.statistics.terms import NotComputable, TestResult
from casebook.statistics.values import tied_values
from casebook.study.choices import Analysis

_P_VALUE = "p-value, two-sided"
_LABELS = {
    "statistic": "Test statistic",
    "p_value": _P_VALUE,
    "smallest_p": "Smallest p-value that the test could have given",
}
_NOT_LOOKED_FOR = "the least p-value that the totals allow is not looked for"
_EXACT = "Exact p-value, two-sided"
_TURNED = "Test statistic of the cohorts exchanged"
_MOST_LEFT_OUT, _MOST_LEFT_OUT_OF_SEVERAL = 100, 20
"""With more patients, leaving out each, which takes an exact distribution of its own, is not done.
"""


@dataclass(frozen=True)
class Compared:
    """What is known of the patients of each cohort: one number for each."""

    topic: Topic
    known: Mapping[str, Mapping[str, float]]
    """By cohort and patient."""
    scale: Scale
    rounding: int | None = None
    """Significant digits to which values are rounded before they are ranked."""
    nobody: str = NO_VALUE
    """Why a cohort that is empty has none."""

    @property
    def two(self) -> bool:
        """Whether two cohorts are compared."""
        return len(self.known) == 2

    @cached_property
    def values(self) -> list[list[float]]:
        """The values of each cohort."""
        return [list(values.values()) for values in self.known.values()]

    @cached_property
    def ranked(self) -> list[list[float]]:
        """The values as they are ranked together."""
        if self.scale is not Scale.VALUES:
            return self.values
        values = [value for group in self.values for value in group]
        try:
            tied: list[float] = tied_values(values).tolist()
        except NotComputable:
            tied = values
        rest = iter([rounded(v, self.rounding) for v in tied] if self.rounding else tied)
        return [[next(rest) for _ in group] for group in self.values]


def compared_rows(analysis: Analysis, compared: Compared) -> Iterator[Result]:
    """The study's test, the differences, the other tests, and what the conclusion hangs on."""
    made = _made(compared)
    yield from _without_sensitivity(analysis, compared, made)
    own = own_method(analysis, made)
    test = made[own]
    if isinstance(test, TestResult):
        topic = compared.topic._replace(context=COMPARED_WITHOUT)
        yield from _by_test(analysis.alpha, topic, test, made)
        of_own = TESTS_BY_SCALE[compared.scale](compared.two)[own]
        yield from _by_patient(analysis.alpha, topic, compared, test, of_own)


def tested_rows(analysis: Analysis, compared: Compared) -> Iterator[Result]:
    """The same without what the conclusion hangs on."""
    yield from _without_sensitivity(analysis, compared, _made(compared))


def _made(compared: Compared) -> Mapping[Method, Made]:
    tests = TESTS_BY_SCALE[compared.scale](compared.two)
    return {
        method: made_of(test, compared.ranked, compared.nobody) for method, test in tests.items()
    }


def _without_sensitivity(
    analysis: Analysis, compared: Compared, made: Mapping[Method, Made]
) -> Iterator[Result]:
    yield compared.topic.row("n", "Patients compared", sum(map(len, compared.values)))
    yield from _own_rows(analysis.alpha, compared.topic, own_method(analysis, made), made)
    if not compared.two:
        yield from _several_apart(analysis.confidence_level, compared)
    elif differences := _DIFFERENCES.get(compared.scale):
        yield from differences(analysis.confidence_level, compared)
    yield from _other_rows(analysis.alpha, compared.topic, made)


def counted_rows(analysis: Analysis, topic: Topic, table: Counts) -> Iterator[Result]:
    """The study's test, the difference and the other tests of patients who are only counted.

    Args:
        analysis: The choices of the study.
        topic: What they have.
        table: Of each cohort, how many have it and how many have not.
    """
    yield topic.row("n", "Patients compared", sum(map(sum, table)))
    made = made_of_table(table, table_tests(len(table) == 2))
    own = own_method(analysis, made)
    yield from _own_rows(analysis.alpha, topic, own, made)
    if len(table) == 2:
        yield from _shares_apart(analysis.confidence_level, topic, table)
    else:
        yield from size_by_counts(topic._replace(context=DIFFERENCE), table)
    yield from _other_rows(analysis.alpha, topic, made)


def _own_rows(
    alpha: float, topic: Topic, own: Method, made: Mapping[Method, Made]
) -> Iterator[Result]:
    """The study's own test, and the p-value of the exact one."""
    by_exact, *_ = made
    topic, test, exact = topic.by(own), made[own], made[by_exact]
    yield from test_rows(alpha, topic, test, exact)
    if isinstance(exact, TestResult):
        yield topic.by(by_exact).row("exact_p_value", _EXACT, exact.p_value)
    elif isinstance(test, NotComputable):
        yield topic.failed("exact_p_value", _EXACT, str(test))
    else:
        reason = f"too many patients for an exact test (n = {test.n})"
        yield topic.failed("exact_p_value", _EXACT, reason)


def test_rows(alpha: float, topic: Topic, test: Made, exact: Made) -> Iterator[Result]:
    """A test, with warnings where it could not have reached the level, or the exact one not."""
    if isinstance(test, NotComputable):
        for stat, label in _LABELS.items():
            yield topic.failed(stat, label, str(test))
        return
    warnings = (*out_of_reach(alpha, test), *beside_exact(alpha, test, exact))
    yield topic.row("statistic", _LABELS["statistic"], test.statistic)
    yield topic.row("p_value", _P_VALUE, test.p_value, *warnings)
    if isnan(test.smallest_p):
        yield topic.failed("smallest_p", _LABELS["smallest_p"], _NOT_LOOKED_FOR)
    else:
        yield topic.row("smallest_p", _LABELS["smallest_p"], test.smallest_p)
    yield from of_statistic(topic, test, _TURNED)


def _other_rows(alpha: float, topic: Topic, made: Mapping[Method, Made]) -> Iterator[Result]:
    for method, test in made.items():
        by = topic._replace(context=COMPARED_OTHERWISE, method=method)
        # What the exact test could have given stands among these rows itself.
        yield from test_rows(alpha, by, test, test)


def _values_apart(level: float, compared: Compared) -> Iterator[Result]:
    """How far the second cohort is from the first."""
    topic, (first, second) = compared.topic._replace(context=DIFFERENCE), compared.values

    def of(difference: Callable[..., Estimate]) -> Estimate:
        none_is_empty((first, second), compared.nobody)
        return difference(second, first, level=level)

    yield from exact_estimate(topic.by(SHIFT), partial(of, hodges_lehmann_shift))
    yield from approximate_estimate(topic.by(Method.MEANS_APART), partial(of, welch_difference))


def _answers_apart(level: float, compared: Compared) -> Iterator[Result]:
    """The same, in percentage points."""
    yield from _shares_apart(level, compared.topic, counts(compared.values), compared.nobody)


def _shares_apart(
    level: float, topic: Topic, table: Counts, nobody: str = NO_VALUE
) -> Iterator[Result]:
    intervals: dict[Method, Callable[..., Estimate]] = {
        Method.RISK_DIFFERENCE: miettinen_nurminen,
        Method.RISK_DIFFERENCE_EXACT: chan_zhang,
    }
    for method, interval in intervals.items():
        by = topic._replace(context=DIFFERENCE, method=method)
        apart = partial(_percentages_apart, interval, table, level, nobody)
        yield from approximate_estimate(by, apart)


_DIFFERENCES = {Scale.VALUES: _values_apart, Scale.ANSWERS: _answers_apart}


def _several_apart(level: float, compared: Compared) -> Iterator[Result]:
    """How much more than two cohorts differ."""
    topic = compared.topic._replace(context=DIFFERENCE)
    if compared.scale is Scale.ANSWERS:
        yield from size_by_counts(topic, counts(compared.values), compared.nobody)
        return
    if compared.scale is Scale.LEVELS:
        yield from size_by_counts(topic, counts_of_levels(compared.values), compared.nobody)
        return
    yield from size_by_ranks(topic, compared.ranked, compared.nobody)
    if compared.scale is Scale.VALUES:
        values = dict(zip(compared.known, compared.values, strict=True))
        yield from each_two_apart(level, topic, values, compared.nobody)


def _percentages_apart(
    interval: Callable[..., Estimate], table: Counts, level: float, nobody: str
) -> Estimate:
    none_is_empty(map(sum, table), nobody)
    found = interval(*of_second_and_first(table), level=level)
    percent = {end: 100 * getattr(found, end) for end in ("value", "low", "high")}
    return replace(found, **percent)


def _by_test(
    alpha: float, topic: Topic, own: TestResult, made: Mapping[Method, Made]
) -> Iterator[Result]:
    """How many other tests of the same values lead to another conclusion, and which."""
    changing = [
        method
        for method, test in made.items()
        if isinstance(test, TestResult) and (test.p_value < alpha) != (own.p_value < alpha)
    ]
    label = "Tests of the same values that change the conclusion"
    yield topic.by(OTHER_TESTS).row("n_changing", label, len(changing), *changing)


def _by_patient(
    alpha: float, topic: Topic, compared: Compared, own: TestResult, test: GroupTest
) -> Iterator[Result]:
    """Without how many patients the conclusion changes, and who they are."""
    topic, label = topic.by(WITHOUT_A_PATIENT), "Patients without whom the conclusion changes"
    most = _MOST_LEFT_OUT if compared.two else _MOST_LEFT_OUT_OF_SEVERAL
    if own.n > most:
        yield topic.failed("n_changing", label, f"not done with more than {most} patients")
        return
    variations = leave_one_out_of_groups(
        lambda groups: test([group.tolist() for group in groups]).p_value,
        compared.ranked,
        alpha=alpha,
    )
    patients = chain(*compared.known.values())
    left_out = zip(patients, chain(*variations), strict=True)
    changing = [patient for patient, without in left_out if without.changes_conclusion]
    yield topic.row("n_changing", label, len(changing), *changing)
