"""How much three cohorts or more differ: one number for all, and the difference of each two.

Whether they differ is tested in `group_tests`. Nothing is tested here of two of them alone:
that is for a comparison of their own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations

from casebook.analysis.magnitude import exact_estimate
from casebook.analysis.topic import Topic
from casebook.data.results import SHIFT, Result, less
from casebook.data.vocabulary import Among
from casebook.statistics.contingency import Counts, cramers_v
from casebook.statistics.estimate import Estimate
from casebook.statistics.group_shift import hodges_lehmann_shift
from casebook.statistics.kruskal_wallis import epsilon_squared
from casebook.statistics.terms import NotComputable

NO_VALUE = "a cohort has no known value"
"""Why cohorts cannot be compared, unless it is told more closely."""


def size_by_ranks(
    topic: Topic, groups: Sequence[Sequence[float]], nobody: str = NO_VALUE
) -> Iterator[Result]:
    """How much the ranks differ between cohorts.

    Args:
        topic: What is compared, and the context of the row.
        groups: The values of each cohort, as they are ranked together.
        nobody: Why a cohort that is empty has none.
    """

    def size() -> float:
        none_is_empty(groups, nobody)
        return epsilon_squared(groups)

    yield from _size(topic, Among.EPSILON_SQUARED, size)


def size_by_counts(topic: Topic, table: Counts, nobody: str = NO_VALUE) -> Iterator[Result]:
    """How much shares differ between cohorts.

    Args:
        topic: What is counted.
        table: A row for each cohort, a column for each level.
        nobody: Why a cohort without patients has none.
    """

    def size() -> float:
        none_is_empty(map(sum, table), nobody)
        return cramers_v(table)

    yield from _size(topic, Among.CRAMERS_V, size)


def _size(topic: Topic, method: Among, size: Callable[[], float]) -> Iterator[Result]:
    yield topic.by(method).computed("estimate", method.label, size)


def each_two_apart(
    level: float, topic: Topic, values: Mapping[str, Sequence[float]], nobody: str = NO_VALUE
) -> Iterator[Result]:
    """How far each cohort is from each of those before it.

    Args:
        level: The level of each interval by itself.
        topic: What is compared.
        values: The values of each cohort, by its name.
        nobody: Why a cohort that is empty has none.
    """

    def apart(first: str, second: str) -> Estimate:
        none_is_empty((values[first], values[second]), nobody)
        return hodges_lehmann_shift(values[second], values[first], level=level)

    for first, second in combinations(values, 2):
        of_two = topic._replace(method=SHIFT, level=less(second, first))
        yield from exact_estimate(of_two, partial(apart, first, second))


def none_is_empty(cohorts: Iterable[object], nobody: str) -> None:
    """See that each cohort has something to compare.

    Args:
        cohorts: The values of each, or their number.
        nobody: Why one that is empty has none.

    Raises:
        NotComputable: One is empty.
    """
    if not all(cohorts):
        raise NotComputable(nobody)
