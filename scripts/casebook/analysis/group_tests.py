"""The tests of two cohorts or more, by what is compared, and how one is made.

Values of outcomes, grades and the steps of what changed are compared by their ranks, answers to
yes-or-no questions by their counts. The rows of results that come of it are made in
`comparison_tests`.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from functools import partial

from casebook.analysis.catalogue import TWO_GROUP_TESTS, Made, Test
from casebook.analysis.several_cohorts import NO_VALUE, none_is_empty
from casebook.data.programs import RANK_SUM_BY
from casebook.data.vocabulary import Method
from casebook.statistics.anova import one_way_anova
from casebook.statistics.boschloo import boschloo
from casebook.statistics.contingency import (
    Counts,
    chi_squared_or_fisher,
    fisher_exact,
    pearson_chi_squared,
    too_few_by_cochran,
    yates_chi_squared,
)
from casebook.statistics.group_shift import student_t, welch_t
from casebook.statistics.kruskal_wallis import kruskal_wallis
from casebook.statistics.rank_sum import rank_sum
from casebook.statistics.terms import Alternative, NotComputable, TestResult
from casebook.study.choices import Analysis

Groups = Sequence[Sequence[float]]
GroupTest = Callable[[Groups], TestResult]


class Scale(Enum):
    """What the numbers are that are compared."""

    VALUES = auto()
    """Measured: they have ranks and differences."""
    ORDERED = auto()
    """Places in an order, or steps between two of them: they have ranks, but no differences."""
    ANSWERS = auto()
    """1 for yes and 0 for no: they are counted."""
    LEVELS = auto()
    """Which of several levels without an order: they are counted."""


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
        Method.BOSCHLOO: lambda table: boschloo(*of_second_and_first(table))
    }
    return {**TABLE_TESTS, **(of_two if two else {})}


def count_tests(two: bool) -> dict[Method, GroupTest]:
    """The same of answers."""
    return {method: partial(_of_counts, test) for method, test in table_tests(two).items()}


def _of_counts(test: TableTest, groups: Groups) -> TestResult:
    return test(counts(groups))


def _level_tests(tests: Mapping[Method, TableTest]) -> dict[Method, GroupTest]:
    def of_levels(test: TableTest, groups: Groups) -> TestResult:
        return test(counts_of_levels(groups))

    return {method: partial(of_levels, test) for method, test in tests.items()}


TESTS_BY_SCALE: Mapping[Scale, Callable[[bool], Mapping[Method, GroupTest]]] = {
    Scale.VALUES: value_tests,
    Scale.ORDERED: rank_tests,
    Scale.ANSWERS: count_tests,
    Scale.LEVELS: lambda _: _level_tests(TABLE_TESTS),
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
        Scale.LEVELS: {},
    }[scale]
    return {
        method: partial(_second_with_first, partial(test, alternative=alternative))
        for method, test in tests.items()
    }


def beside_results(scale: Scale, two: bool) -> dict[Method, GroupTest]:
    """The tests that papers make, and no study.

    They take variances to be equal, or correct an approximation where an exact test is at hand, or
    choose between both by the counts.
    """
    if scale is Scale.ANSWERS:
        of_counts = _COUNT_TESTS_OF_TWO if two else _COUNT_TESTS_OF_MORE
        return {method: partial(_of_counts, test) for method, test in of_counts.items()}
    if scale is Scale.LEVELS:
        return _level_tests(_COUNT_TESTS_OF_MORE)
    if scale is not Scale.VALUES:
        return {}
    if not two:
        return {Method.ANOVA: one_way_anova}
    return {Method.STUDENT_T: partial(_second_with_first, student_t)}


_COUNT_TESTS_OF_TWO: Mapping[Method, TableTest] = {
    Method.CHI_SQUARED_YATES: yates_chi_squared,
    Method.BY_EXPECTED: chi_squared_or_fisher,
    Method.BY_EXPECTED_YATES: partial(chi_squared_or_fisher, chi_squared=yates_chi_squared),
}
_COUNT_TESTS_OF_MORE: Mapping[Method, TableTest] = {
    Method.BY_EXPECTED: chi_squared_or_fisher,
    Method.BY_COCHRANS_RULE: partial(chi_squared_or_fisher, too_few=too_few_by_cochran),
}


def counts(groups: Groups) -> list[list[int]]:
    """How many of each group have it, and how many have not."""
    return [[each.count(1.0), each.count(0.0)] for each in map(list, groups)]


def counts_of_levels(groups: Groups) -> list[list[int]]:
    """How many of each group have each of the values that occur."""
    values = sorted({value for group in groups for value in group})
    return [[each.count(value) for value in values] for each in map(list, groups)]


def _second_with_first(test: Test, groups: Groups) -> TestResult:
    first, second = groups
    return test(second, first)


def of_second_and_first(table: Counts) -> tuple[int, int, int, int]:
    """How many have it and how many there are, first of the second cohort, then of the first."""
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
