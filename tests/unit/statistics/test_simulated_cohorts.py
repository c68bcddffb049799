"""The level of Kruskal and Wallis's test of three cohorts: summed, and simulated where tied."""

from functools import cache
from itertools import combinations_with_replacement, permutations, product
from math import factorial

import numpy as np
import pytest

from casebook.statistics.distributions import upper_chi_square_tail
from casebook.statistics.kruskal_wallis import kruskal_wallis
from casebook.statistics.terms import NotComputable

DRAWS, DIVISIONS = 25, 400
FOUR_STANDARD_ERRORS = 4 * (0.05 * 0.95 / (DRAWS * DIVISIONS)) ** 0.5

pytestmark = pytest.mark.slow


@cache
def null_distribution(sizes: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Every H without ties, ascending, and its share of all divisions of the ranks.

    Ranks are dealt out one by one, in a table by the numbers and rank sums of the first and second
    cohort: another way than that of the test itself.
    """
    first, second, third = sizes
    n = sum(sizes)
    most = [sum(range(n - size + 1, n + 1)) for size in (first, second)]
    ways = np.zeros((first + 1, second + 1, most[0] + 1, most[1] + 1))
    ways[0, 0, 0, 0] = 1
    for rank in range(1, n + 1):
        before = ways.copy()
        if rank <= most[0]:
            ways[1:, :, rank:, :] += before[:-1, :, :-rank, :]
        if rank <= most[1]:
            ways[:, 1:, :, rank:] += before[:, :-1, :, :-rank]
    found = ways[first, second]
    one, other = np.nonzero(found)
    rest = n * (n + 1) // 2 - one - other
    squares = one**2 / first + other**2 / second + rest**2 / third
    statistics = np.round(12 / (n * (n + 1)) * squares - 3 * (n + 1), 9)
    values, where = np.unique(statistics, return_inverse=True)
    return values, np.bincount(where, found[one, other]) / found.sum()


def p_values(sizes: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """The exact p-value of every H, and that by chi-squared."""
    values, shares = null_distribution(sizes)
    exact = np.cumsum(shares[::-1])[::-1]
    return exact, np.array([upper_chi_square_tail(value, 2) for value in values.tolist()])


def level(sizes: tuple[int, int, int], p: np.ndarray) -> float:
    _, shares = null_distribution(sizes)
    return float(shares[p <= 0.05].sum())


def test_with_three_patients_each_many_divisions_give_the_level_itself() -> None:
    _, shares = null_distribution((3, 3, 3))
    exact, _ = p_values((3, 3, 3))

    # Counted in R over the 1680 divisions: 48 give less than 0.05, 36 give 0.05.
    assert shares[exact < 0.05 - 1e-9].sum() == pytest.approx(48 / 1680)
    assert shares[np.abs(exact - 0.05) < 1e-9].sum() == pytest.approx(36 / 1680)


@pytest.mark.parametrize(
    ("n", "by_exact", "by_chi_squared"),
    [
        (3, 0.05000, 0.01071),
        (4, 0.04866, 0.04035),
        (5, 0.04878, 0.04398),
        (6, 0.04905, 0.04214),
        (7, 0.04911, 0.04470),
        (8, 0.04973, 0.04523),
        (9, 0.04995, 0.04569),
        (10, 0.04990, 0.04591),
    ],
)
def test_the_level_of_three_cohorts_without_ties(
    n: int, by_exact: float, by_chi_squared: float
) -> None:
    """Kruskal and Wallis's table 6.1 has 0.050, 0.049 and 0.049 of 3, 4 and 5, and all divisions
    listed in R 4.2 give 0.05 and 0.01071429 of 3, 0.04865801 and 0.04034632 of 4.
    """
    sizes = (n, n, n)
    values, _ = null_distribution(sizes)
    exact, chi_squared = p_values(sizes)

    assert level(sizes, exact) == pytest.approx(by_exact, abs=5e-6)
    assert level(sizes, chi_squared) == pytest.approx(by_chi_squared, abs=5e-6)
    random = np.random.default_rng(n)
    for _ in range(10):
        cohorts = random.permutation(3 * n).reshape(3, n)
        found = kruskal_wallis(list(cohorts), exact=True)
        place = np.searchsorted(values, found.statistic - 1e-6)
        assert found.p_value == pytest.approx(exact[place], rel=1e-9)
        approximate = kruskal_wallis(list(cohorts), exact=False)
        assert approximate.p_value == pytest.approx(chi_squared[place], rel=1e-6)


def test_chi_squared_keeps_its_level_whatever_the_sizes_of_three_cohorts() -> None:
    sizes = [
        (first, second, third)
        for second in range(1, 8)
        for first in range(1, second + 1)
        for third in range(second, 11)
    ]

    levels = {each: level(each, p_values(each)[1]) for each in sizes}

    assert max(levels.values()) < 0.0455
    assert levels[3, 3, 10] == pytest.approx(0.0356, abs=5e-5)


def rejects(cohorts: list[np.ndarray], *, exact: bool) -> bool:
    try:
        return kruskal_wallis(cohorts, exact=exact).p_value <= 0.05
    except NotComputable:
        return False


def level_with_ties(n: int, *, exact: bool) -> float:
    """Of whole points, each draw divided often: its exact distribution is made once."""
    random = np.random.default_rng(n)
    rejected = 0
    for _ in range(DRAWS):
        values = np.rint(random.gamma(2, 2, 3 * n))
        for _ in range(DIVISIONS):
            rejected += rejects(list(random.permutation(values).reshape(3, n)), exact=exact)
    return rejected / (DRAWS * DIVISIONS)


@pytest.mark.parametrize(
    ("n", "percent"), [(3, 4.0), (4, 4.3), (5, 4.6), (6, 5.0), (7, 5.1), (8, 5.0)]
)
def test_the_exact_level_of_three_cohorts_with_ties(n: int, percent: float) -> None:
    found = level_with_ties(n, exact=True)

    assert found <= 0.05 + FOUR_STANDARD_ERRORS
    assert 100 * found == pytest.approx(percent, abs=0.06)


@pytest.mark.parametrize(
    ("n", "percent"),
    [(3, 2.2), (4, 3.5), (5, 3.9), (6, 4.1), (7, 4.5), (8, 4.4), (9, 4.8), (10, 4.3)],
)
def test_the_level_by_chi_squared_of_three_cohorts_with_ties(n: int, percent: float) -> None:
    assert 100 * level_with_ties(n, exact=False) == pytest.approx(percent, abs=0.06)


@pytest.mark.parametrize(
    ("n", "by_exact", "by_chi_squared", "most"),
    [
        (3, 0.02134, 0.03414, 0.03689),
        (4, 0.03437, 0.04001, 0.04000),
        (5, 0.04205, 0.04265, 0.04926),
        (6, 0.04301, 0.04455, 0.04521),
        (7, 0.04379, 0.04453, 0.04615),
        (8, 0.04575, 0.04506, 0.04962),
        (9, 0.04651, 0.04578, 0.04761),
        (10, 0.04681, 0.04678, 0.04870),
    ],
)
def test_the_level_of_three_cohorts_with_three_grades(
    n: int, by_exact: float, by_chi_squared: float, most: float
) -> None:
    """Summed over all tables, where the grades are equally frequent; the most that chi-squared
    rejects is of shares in steps of 5 %.
    """
    counts = [(a, b, n - a - b) for a in range(n + 1) for b in range(n + 1 - a)]
    cohorts = [np.repeat([0.0, 1.0, 2.0], each) for each in counts]
    rejected = {exact: np.zeros((len(counts),) * 3) for exact in (True, False)}
    # By their totals, of which an exact distribution is made once.
    tables = sorted(
        combinations_with_replacement(range(len(counts)), 3),
        key=lambda places: np.sum([counts[place] for place in places], axis=0).tolist(),
    )
    for places, exact in product(tables, rejected):
        if rejects([cohorts[place] for place in places], exact=exact):
            for order in permutations(places):
                rejected[exact][order] = 1
    ways = np.array([factorial(n) / np.prod(list(map(factorial, each))) for each in counts])

    def levels(shares: tuple[float, float, float]) -> dict[bool, float]:
        of = ways * np.prod(np.power(shares, counts), axis=1)
        return {exact: float(each @ of @ of @ of) for exact, each in rejected.items()}

    equal = levels((1 / 3, 1 / 3, 1 / 3))
    assert equal[True] == pytest.approx(by_exact, abs=6e-6)
    assert equal[False] == pytest.approx(by_chi_squared, abs=6e-6)
    shared = [
        levels((a / 20, b / 20, (20 - a - b) / 20)) for a in range(1, 20) for b in range(1, 20 - a)
    ]
    assert max(each[True] for each in shared) <= 0.05
    assert max(each[False] for each in shared) == pytest.approx(most, abs=6e-6)
