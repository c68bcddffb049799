"""Simulated arms with ties: tests hold their level and intervals cover. Takes half a minute."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from casebook.statistics.boschloo import boschloo
from casebook.statistics.contingency import fisher_exact
from casebook.statistics.group_shift import hodges_lehmann_shift
from casebook.statistics.kruskal_wallis import kruskal_wallis
from casebook.statistics.rank_sum import rank_sum
from casebook.statistics.risk_difference import miettinen_nurminen
from casebook.statistics.terms import NotComputable

STUDIES = 1_000
FOUR_STANDARD_ERRORS = 4 * (0.05 * 0.95 / STUDIES) ** 0.5

pytestmark = pytest.mark.slow


def arms(number: int, size: int) -> np.ndarray:
    """Whole points with many ties, from one distribution; shape (studies, number, size)."""
    random = np.random.default_rng(size)
    return np.rint(random.gamma(2, 2, (STUDIES, number, size)))


@pytest.mark.parametrize("size", range(3, 11))
def test_without_a_difference_at_most_five_percent_of_two_arms_differ(size: int) -> None:
    significant = [rank_sum(*pair).p_value <= 0.05 for pair in arms(2, size)]
    assert np.mean(significant) <= 0.05 + FOUR_STANDARD_ERRORS


@pytest.mark.parametrize("size", [3, 4])
def test_without_a_difference_at_most_five_percent_of_three_arms_differ(size: int) -> None:
    def differ(arms: np.ndarray) -> bool:
        try:
            return kruskal_wallis(list(arms), exact=True).p_value <= 0.05
        except NotComputable:
            return False

    assert np.mean(list(map(differ, arms(3, size)))) <= 0.05 + FOUR_STANDARD_ERRORS


@pytest.mark.parametrize("shift", [0, 3])
@pytest.mark.parametrize("size", range(3, 11))
def test_intervals_of_the_shift_cover_at_their_level(size: int, shift: int) -> None:
    """But for arms of 3, whose widest interval covers 90 %."""
    found = [hodges_lehmann_shift(one + shift, other) for one, other in arms(2, size)]
    covered = np.mean([each.low <= shift <= each.high for each in found])
    attained = min(0.95, np.mean([each.coverage for each in found]))
    assert covered >= attained - FOUR_STANDARD_ERRORS


@cache
def p_values(n: int) -> dict[str, np.ndarray]:
    """Of every table of two arms of n, shape (n + 1, n + 1)."""
    tables = {"boschloo": np.ones((n + 1, n + 1)), "fisher": np.ones((n + 1, n + 1))}
    for a in range(n + 1):
        for b in range(n + 1):
            tables["boschloo"][a, b] = boschloo(a, n, b, n).p_value
            if 0 < a + b < 2 * n:
                tables["fisher"][a, b] = fisher_exact([[a, n - a], [b, n - b]]).p_value
    return tables


def likely(n: int, share: float) -> np.ndarray:
    """The binomial probabilities of 0 to n, from their product formula."""
    counts = np.arange(n + 1)
    ways = np.cumprod([1, *((n - k) / (k + 1) for k in range(n))])
    return np.asarray(ways * share**counts * (1 - share) ** (n - counts))


@pytest.mark.parametrize("n", range(3, 11))
def test_boschloo_keeps_the_level_at_every_share_and_is_nearer_to_it_than_fisher(n: int) -> None:
    """Not simulated but summed over all tables, at 99 shares."""
    levels = {"boschloo": 0.0, "fisher": 0.0}
    for share in np.linspace(0.01, 0.99, 99):
        each = np.outer(likely(n, share), likely(n, share))
        for test, p_value in p_values(n).items():
            levels[test] = max(levels[test], float(each[p_value <= 0.05].sum()))
    assert levels["fisher"] <= levels["boschloo"] <= 0.05


Coverage = Callable[[float, np.ndarray], np.ndarray]


def coverage(n: int, m: int) -> tuple[Coverage, np.ndarray]:
    """That of the intervals by the true difference and second shares, and the intervals' ends.

    It is summed over all tables of n and m patients.
    """
    found = [[miettinen_nurminen(a, n, b, m) for b in range(m + 1)] for a in range(n + 1)]
    low = np.array([[each.low for each in row] for row in found])
    high = np.array([[each.high for each in row] for row in found])

    def of(difference: float, shares: np.ndarray) -> np.ndarray:
        covers = (low - 1e-12 <= difference) & (difference <= high + 1e-12)
        first = np.array([likely(n, min(1.0, max(0.0, q + difference))) for q in shares])
        second = np.array([likely(m, q) for q in shares])
        return np.einsum("ka,ab,kb->k", first, covers.astype(float), second)

    return of, np.unique([low, high])


def possible(difference: float, count: int) -> np.ndarray:
    """Second shares, to which one of this difference belongs, from the least to the largest."""
    return np.linspace(max(0.0, -difference), min(1.0, 1.0 - difference), count)


@pytest.mark.parametrize(("n", "m"), [(3, 3), (3, 10), (5, 12), (8, 10), (10, 10), (4, 20)])
def test_miettinen_and_nurminens_interval_covers_at_its_level_on_average(n: int, m: int) -> None:
    """Over the whole square of true shares."""
    of, _ = coverage(n, m)
    shares = np.linspace(0, 1, 21)
    covered = [of(p - q, np.array([q]))[0] for p in shares for q in shares]
    assert 0.95 <= np.mean(covered) <= 0.985


@pytest.mark.parametrize(
    ("n", "m", "least"),
    [
        *((1, 1, 0.88), (1, 12, 0.80), (2, 12, 0.82), (3, 3, 0.84), (3, 10, 0.83), (8, 10, 0.84)),
        *((10, 10, 0.84), (4, 20, 0.83)),
    ],
)
def test_at_some_true_shares_it_covers_much_less(n: int, m: int, least: float) -> None:
    """The smallest coverage, in whole percent: it falls just beyond the end of an interval."""
    of, ends = coverage(n, m)
    beyond = np.concatenate([ends - 1e-9, ends + 1e-9])
    true = beyond[np.abs(beyond) <= 1]

    found = min(of(difference, possible(difference, 41)).min() for difference in true)

    assert least <= found < least + 0.01
