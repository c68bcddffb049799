"""Which tests compare cohorts, which differences there are between them, and the rows of both.

Values of outcomes, grades and the steps of what changed are compared by their ranks, answers to
yes-or-no questions by their counts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property, partial
from itertools import chain
from math import isnan

from casebook.analysis.catalogue import TWO_GROUP_TESTS, Made, Test
from casebook.analysis.magnitude import approximate_estimate, exact_estimate
from casebook.analysis.several_cohorts import (
    NO_VALUE,
    each_two_apart,
    none_is_empty,
    size_by_counts,
    size_by_ranks,
)
from casebook.analysis.significance import beside_exact, out_of_reach
from casebook.analysis.topic import Topic
from casebook.data.programs import RANK_SUM_BY
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
from casebook.statistics.boschloo import boschloo
from casebook.statistics.chan_zhang import chan_zhang
from casebook.statistics.contingency import (
    Counts,
    fisher_exact,
    pearson_chi_squared,
    yates_chi_squared,
)
from casebook.statistics.digits import rounded
from casebook.statistics.estimate import Estimate
from casebook.statistics.group_shift import (
    hodges_lehmann_shift,
    student_t,
    welch_difference,
    welch_t,
)
from casebook.statistics.kruskal_wallis import kruskal_wallis
from casebook.statistics.rank_sum import rank_sum
from casebook.statistics.risk_difference import miettinen_nurminen
from casebook.statistics.sensitivity import leave_one_out_of_groups
from casebook.statistics.terms import Alternative, NotComputable, TestResult
from casebook.statistics.values import tied_values
from casebook.study.choices import Analysis

Groups = Sequence[Sequence[float]]
GroupTest = Callable[[Groups], TestResult]

_P_VALUE = "p-value, two-sided"
_LABELS = {
    "statistic": "Test statistic",
    "p_value": _P_VALUE,
    "smallest_p": "Smallest p-value that the test could have given",
}
_NOT_LOOKED_FOR = "the least p-value that the totals allow is not looked for"
_EXACT = "Exact p-value, two-sided"
_MOST_LEFT_OUT, _MOST_LEFT_OUT_OF_SEVERAL = 100, 20
"""With more patients, leaving out each, which takes an exact distribution of its own, is not done.
"""


class Scale(Enum):
    """What the numbers are that are compared."""

    VALUES = auto()
    """Measured: they have ranks and differences."""
    ORDERED = auto()
    """Places in an order, or steps between two of them: they have ranks, but no differences."""
    ANSWERS = auto()
    """1 for yes and 0 for no: they are counted."""


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
    yield compared.topic.row("n", "Patients compared", sum(map(len, compared.values)))
    tests = _TESTS[compared.scale](compared.two)
    made = {
        method: made_of(test, compared.ranked, compared.nobody) for method, test in tests.items()
    }
    own = own_method(analysis, made)
    yield from _own_rows(analysis.alpha, compared.topic, own, made)
    if not compared.two:
        yield from _several_apart(analysis.confidence_level, compared)
    elif differences := _DIFFERENCES.get(compared.scale):
        yield from differences(analysis.confidence_level, compared)
    yield from _other_rows(analysis.alpha, compared.topic, made)
    test = made[own]
    if isinstance(test, TestResult):
        topic = compared.topic._replace(context=COMPARED_WITHOUT)
        yield from _by_test(analysis.alpha, topic, test, made)
        yield from _by_patient(analysis.alpha, topic, compared, test, tests[own])


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


def rank_tests(two: bool) -> dict[Method, GroupTest]:
    """The tests by ranks: the exact one, what stands in for it with many patients, others."""
    if not two:
        return {
            Method.KRUSKAL_WALLIS_EXACT: partial(kruskal_wallis, exact=True),
            Method.KRUSKAL_WALLIS_CHI_SQUARED: partial(kruskal_wallis, exact=False),
        }
    return {method: partial(_second_with_first, test) for method, test in _RANK_SUM_TESTS.items()}


_RANK_SUM_TESTS: Mapping[Method, Test] = {
    Method.RANK_SUM_EXACT: rank_sum,
    Method.RANK_SUM_CORRECTED: partial(rank_sum, distribution="normal"),
    **TWO_GROUP_TESTS,
}


def value_tests(two: bool) -> dict[Method, GroupTest]:
    """The same, and that of the means."""
    of_means = {Method.WELCH_T: partial(_second_with_first, welch_t)} if two else {}
    return {**rank_tests(two), **of_means}


TableTest = Callable[[Counts], TestResult]
TABLE_TESTS: Mapping[Method, TableTest] = {
    Method.FISHER: fisher_exact,
    Method.CHI_SQUARED: pearson_chi_squared,
}
"""The tests of a table of counts: the exact one, and what stands in for it."""


def table_tests(two: bool) -> Mapping[Method, TableTest]:
    """The same of a table of yes and no, and Boschloo's of two cohorts."""
    of_two: dict[Method, TableTest] = {
        Method.BOSCHLOO: lambda table: boschloo(*_of_second_and_first(table))
    }
    return {**TABLE_TESTS, **(of_two if two else {})}


def count_tests(two: bool) -> dict[Method, GroupTest]:
    """The same of answers."""
    return {method: partial(_of_counts, test) for method, test in table_tests(two).items()}


def _of_counts(test: TableTest, groups: Groups) -> TestResult:
    return test(counts(groups))


_TESTS: Mapping[Scale, Callable[[bool], Mapping[Method, GroupTest]]] = {
    Scale.VALUES: value_tests,
    Scale.ORDERED: rank_tests,
    Scale.ANSWERS: count_tests,
}
"""By what is compared, the tests of two cohorts, or of more."""


def one_sided(scale: Scale, alternative: Alternative) -> dict[Method, GroupTest]:
    """The tests of two cohorts that have a side: "greater" is more in the second one.

    Fisher's exact test of answers is the rank-sum test of ones and zeros.
    """
    tests: Mapping[Method, Test] = {
        Scale.VALUES: {**_RANK_SUM_TESTS, Method.WELCH_T: welch_t, Method.STUDENT_T: student_t},
        Scale.ORDERED: _RANK_SUM_TESTS,
        Scale.ANSWERS: {Method.FISHER: rank_sum},
    }[scale]
    return {
        method: partial(_second_with_first, partial(test, alternative=alternative))
        for method, test in tests.items()
    }


def beside_results(scale: Scale) -> dict[Method, GroupTest]:
    """The tests of two cohorts that papers make, and no study.

    They take variances to be equal, or correct an approximation where an exact test is at hand.
    """
    tests: Mapping[Scale, dict[Method, GroupTest]] = {
        Scale.VALUES: {Method.STUDENT_T: partial(_second_with_first, student_t)},
        Scale.ANSWERS: {Method.CHI_SQUARED_YATES: partial(_of_counts, yates_chi_squared)},
    }
    return tests.get(scale, {})


def counts(groups: Groups) -> list[list[int]]:
    """How many of each group have it, and how many have not."""
    return [[each.count(1.0), each.count(0.0)] for each in map(list, groups)]


def _second_with_first(test: Test, groups: Groups) -> TestResult:
    first, second = groups
    return test(second, first)


def _of_second_and_first(table: Counts) -> tuple[int, int, int, int]:
    (first, not_first), (second, not_second) = table
    return second, second + not_second, first, first + not_first


def made_of(test: GroupTest, groups: Groups, nobody: str = NO_VALUE) -> Made:
    """A test of these groups, or why it cannot be made: of an empty one why it is empty."""
    try:
        none_is_empty(groups, nobody)
        return test(groups)
    except NotComputable as reason:
        return reason


def made_of_table(table: Counts, tests: Mapping[Method, TableTest]) -> dict[Method, Made]:
    """Tests of a table of counts, each with its result or why it cannot be made.

    The tests leave out a cohort without patients, so that they would compare the others alone.
    """
    found: dict[Method, Made] = {}
    for method, test in tests.items():
        try:
            none_is_empty(map(sum, table), NO_VALUE)
            found[method] = test(table)
        except NotComputable as reason:
            found[method] = reason
    return found


def own_method(analysis: Analysis, made: Mapping[Method, Made]) -> Method:
    """The rank-sum test that the study chooses, or of others than rank-sum tests the exact one.

    Where an exact test takes too long, it is the second of the tests, which stands in for it.
    """
    exact, approximate, *_ = made
    chosen = RANK_SUM_BY[analysis.rank_sum]
    own = chosen if chosen in made else exact
    stands_in = isinstance(made[own], NotComputable) and isinstance(made[approximate], TestResult)
    return approximate if stands_in else own


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
    yield from size_by_ranks(topic, compared.ranked, compared.nobody)
    if compared.scale is Scale.VALUES:
        values = dict(zip(compared.known, compared.values, strict=True))
        yield from each_two_apart(level, topic, values)


def _percentages_apart(
    interval: Callable[..., Estimate], table: Counts, level: float, nobody: str
) -> Estimate:
    none_is_empty(map(sum, table), nobody)
    found = interval(*_of_second_and_first(table), level=level)
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
