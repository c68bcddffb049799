"""Simulated arms with ties: tests hold their level and intervals cover. Takes half a minute."""

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


@pytest.mark.parametrize("n", range(3, 11))
def test_miettinen_and_nurminens_interval_covers_at_its_level_on_average(n: int) -> None:
    """Summed over all tables: 95 % on average over the shares, and at none of them below 89 %."""
    intervals = [[miettinen_nurminen(a, n, b, n) for b in range(n + 1)] for a in range(n + 1)]
    low = np.array([[each.low for each in row] for row in intervals])
    high = np.array([[each.high for each in row] for row in intervals])
    covered = [
        float(np.outer(likely(n, p), likely(n, q))[(low <= p - q) & (p - q <= high)].sum())
        for p in np.linspace(0.05, 0.95, 19)
        for q in np.linspace(0.05, 0.95, 19)
    ]
    assert 0.95 <= np.mean(covered) <= 0.985
    assert min(covered) > 0.89
