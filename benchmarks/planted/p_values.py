"""P-values of paired measurements, by the tests that a paper may have used.

The exact signed-rank test counts the ways in which the signs can fall, ties or not; the other tests
are SciPy's. Each takes the values before and after of the patients who have both.
"""

import operator
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from scipy import stats

Pairs = Sequence[tuple[Decimal, Decimal]]


def by_convention(name: str, pairs: Pairs) -> float | None:
    """The signed-rank test as study.yaml names it; none where nobody has changed."""
    changes = differences(pairs)
    if not any(changes):
        return None
    untied = len({abs(change) for change in changes}) == len(changes) < 50 and all(changes)
    return exact(pairs) if name == "exact" or (name == "r-4.5" and untied) else normal(pairs)


def differences(pairs: Pairs) -> list[int]:
    """The changes in their last decimal, so that ties are ties."""
    return [int((after - before) * 10_000) for before, after in pairs]


def exact(pairs: Pairs) -> float:
    """The signed-rank test with the distribution that the ranks have."""
    changes = [change for change in differences(pairs) if change]
    ranks = (2 * stats.rankdata([abs(change) for change in changes])).astype(int).tolist()
    ways = Counter({0: 1})
    for rank in ranks:
        ways = ways + Counter({total + rank: count for total, count in ways.items()})
    positive = sum(rank for rank, change in zip(ranks, changes, strict=True) if change > 0)
    tails = [
        sum(count for total, count in ways.items() if beyond(total, positive))
        for beyond in (operator.le, operator.ge)
    ]
    return min(1, 2 * min(tails) / 2 ** len(changes))


def normal(pairs: Pairs, *, continuity: bool = True) -> float:
    """The signed-rank test with the normal distribution."""
    changes = differences(pairs)
    return float(stats.wilcoxon(changes, correction=continuity, method="asymptotic").pvalue)


def sign(pairs: Pairs) -> float:
    """The sign test."""
    changes = [change for change in differences(pairs) if change]
    return float(stats.binomtest(sum(change > 0 for change in changes), len(changes)).pvalue)


def paired_t(pairs: Pairs) -> float | None:
    """The paired t-test; none where all changes are the same."""
    changes = differences(pairs)
    return None if len(set(changes)) == 1 else float(stats.ttest_1samp(changes, 0).pvalue)


TESTS = {
    "signed-rank, exact": exact,
    "signed-rank, normal": lambda pairs: normal(pairs, continuity=False),
    "sign test": sign,
    "paired t-test": paired_t,
}
"""The tests by the names that casebook gives them."""
