"""Simulated arms with ties: tests hold their level and intervals cover. Takes half a minute."""

from collections.abc import Callable
from functools import cache
from itertools import product
from math import factorial

import numpy as np
import pytest

from casebook.statistics.boschloo import boschloo
from casebook.statistics.contingency import fisher_exact
from casebook.statistics.group_shift import hodges_lehmann_shift, welch_difference, welch_t
from casebook.statistics.rank_sum import rank_sum
from casebook.statistics.risk_difference import miettinen_nurminen
from casebook.statistics.terms import NotComputable

STUDIES = 1_000
FOUR_STANDARD_ERRORS = 4 * (0.05 * 0.95 / STUDIES) ** 0.5
STUDIES_BY_WELCH = 10_000

Draw = Callable[[np.random.Generator, float, tuple[int, int]], np.ndarray]

pytestmark = pytest.mark.slow


def arms(size: int) -> np.ndarray:
    """Whole points with many ties, of two arms of one distribution; shape (studies, 2, size)."""
    random = np.random.default_rng(size)
    return np.rint(random.gamma(2, 2, (STUDIES, 2, size)))


@pytest.mark.parametrize("size", range(3, 11))
def test_without_a_difference_at_most_five_percent_of_two_arms_differ(size: int) -> None:
    significant = [rank_sum(*pair).p_value <= 0.05 for pair in arms(size)]
    assert np.mean(significant) <= 0.05 + FOUR_STANDARD_ERRORS


@pytest.mark.parametrize("shift", [0, 3])
@pytest.mark.parametrize("size", range(3, 11))
def test_intervals_of_the_shift_cover_at_their_level(size: int, shift: int) -> None:
    """But for arms of 3, whose widest interval covers 90 %."""
    found = [hodges_lehmann_shift(one + shift, other) for one, other in arms(size)]
    covered = np.mean([each.low <= shift <= each.high for each in found])
    attained = min(0.95, np.mean([each.coverage for each in found]))
    assert covered >= attained - FOUR_STANDARD_ERRORS


def normal(random: np.random.Generator, sd: float, shape: tuple[int, int]) -> np.ndarray:
    """Values about 0, as Welch's test supposes them."""
    return random.normal(0, sd, shape)


def skewed(random: np.random.Generator, sd: float, shape: tuple[int, int]) -> np.ndarray:
    """Values about 0 with a long tail upwards: a gamma distribution of shape 2."""
    return (random.gamma(2, 1, shape) - 2) * sd / 2**0.5


ALIKE = [(n, n) for n in range(3, 11)]


@pytest.mark.parametrize(
    ("draw", "sd", "sizes", "least", "most"),
    [
        (normal, 1, ALIKE, 0.035, 0.05),
        (normal, 3, ALIKE, 0.045, 0.06),
        (skewed, 1, ALIKE, 0.025, 0.045),
        (skewed, 3, ALIKE, 0.065, 0.08),
        (normal, 1, [(3, 10)], 0.06, 0.075),
        (normal, 3, [(3, 10)], 0.06, 0.075),
        (normal, 3, [(10, 3)], 0.04, 0.05),
        (skewed, 1, [(3, 10)], 0.07, 0.085),
        (skewed, 3, [(3, 10)], 0.10, 0.12),
        (skewed, 3, [(10, 3)], 0.035, 0.05),
    ],
)
def test_how_far_welchs_test_is_from_its_level(
    draw: Draw, sd: float, sizes: list[tuple[int, int]], least: float, most: float
) -> None:
    """Of arms of the same mean, the first of which has so many times the SD of the second."""
    for n, m in sizes:
        random = np.random.default_rng([n, m])
        first = draw(random, sd, (STUDIES_BY_WELCH, n))
        second = draw(random, 1, (STUDIES_BY_WELCH, m))
        found = [welch_difference(*pair) for pair in zip(first, second, strict=True)]
        missed = [not each.low <= 0 <= each.high for each in found]
        assert least <= np.mean(missed) <= most
        some = zip(first[:100], second[:100], strict=True)
        assert [welch_t(*pair).p_value <= 0.05 for pair in some] == missed[:100]


@pytest.mark.parametrize(
    ("draw", "sizes", "least", "most"),
    [
        (normal, ALIKE[1:], 0.045, 0.07),
        (skewed, ALIKE[1:], 0.05, 0.105),
        (normal, [(3, 10)], 0.15, 0.17),
        (normal, [(10, 3)], 0.01, 0.02),
        (skewed, [(3, 10)], 0.18, 0.20),
        (skewed, [(10, 3)], 0.015, 0.025),
    ],
)
def test_how_often_the_rank_sum_test_takes_another_spread_for_a_difference(
    draw: Draw, sizes: list[tuple[int, int]], least: float, most: float
) -> None:
    """Of arms of the same mean, the first of which has three times the SD of the second. Of 10,000
    in R 4.2, wilcox.test rejects in 0.1596 of normal arms of 3 against 10, in 0.0119 of 10 against
    3, and in 0.1849 of skewed ones of 3 against 10.
    """
    for n, m in sizes:
        random = np.random.default_rng([n, m])
        first = draw(random, 3, (STUDIES_BY_WELCH, n))
        second = draw(random, 1, (STUDIES_BY_WELCH, m))
        found = [rank_sum(*pair).p_value <= 0.05 for pair in zip(first, second, strict=True)]
        assert least <= np.mean(found) <= most, (n, m, np.mean(found))


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


@cache
def fisher_rejects(table: tuple[tuple[int, ...], ...]) -> bool:
    try:
        return fisher_exact(table).p_value <= 0.05
    except NotComputable:
        return False


@pytest.mark.parametrize(
    ("n", "most"), list(zip(range(3, 11), (12, 22, 12, 29, 39, 25, 31, 41), strict=True))
)
def test_fishers_test_of_three_arms_keeps_below_its_level(n: int, most: int) -> None:
    """Not simulated but summed over all tables, at 99 shares; the most in thousandths."""
    rejected = np.zeros((n + 1,) * 3)
    for counts in product(range(n + 1), repeat=3):
        rejected[counts] = fisher_rejects(tuple((k, n - k) for k in sorted(counts)))
    each = [likely(n, share) for share in np.linspace(0.01, 0.99, 99)]
    levels = [np.einsum("a,b,c,abc->", of, of, of, rejected) for of in each]
    assert most - 1 < 1000 * max(levels) <= most


@pytest.mark.parametrize(
    ("n", "most"), list(zip(range(3, 11), (0, 14, 30, 24, 30, 31, 36, 39), strict=True))
)
def test_fishers_test_of_three_grades_keeps_below_its_level(n: int, most: int) -> None:
    """Of two arms, at shares of the grades in steps of 5 %; the most in thousandths."""
    counts = [(a, b, n - a - b) for a in range(n + 1) for b in range(n + 1 - a)]
    ways = np.array([factorial(n) / np.prod(list(map(factorial, each))) for each in counts])
    rejected = np.array([[fisher_rejects((one, other)) for other in counts] for one in counts])
    levels = []
    for first, second in product(np.arange(0.05, 1, 0.05), repeat=2):
        if first + second < 0.99:
            shares = (first, second, 1 - first - second)
            of = ways * np.prod(np.power(shares, counts), axis=1)
            levels.append(of @ rejected @ of)
    assert most - 1 < 1000 * max(levels) <= most


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
