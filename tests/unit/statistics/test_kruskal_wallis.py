"""The rank test of several groups: two groups, published values, and what must not matter."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.kruskal_wallis import epsilon_squared, kruskal_wallis
from casebook.statistics.rank_sum import rank_sum
from casebook.statistics.terms import NotComputable

values = st.lists(st.integers(0, 4), min_size=1, max_size=5)
groups = st.lists(values, min_size=2, max_size=4).filter(lambda g: len(set().union(*g)) > 1)


@given(groups.filter(lambda g: len(g) == 2))
def test_of_two_groups_it_is_the_rank_sum_test(pair: list[list[int]]) -> None:
    found, expected = kruskal_wallis(pair, exact=True), rank_sum(*pair)
    assert found.p_value == pytest.approx(expected.p_value, rel=1e-9)
    assert found.smallest_p == pytest.approx(expected.smallest_p, rel=1e-9)


@given(groups, st.integers(1, 5))
def test_neither_order_nor_unit_matters(groups: list[list[int]], factor: int) -> None:
    found = kruskal_wallis(groups, exact=True)
    other = kruskal_wallis(
        [[3 + factor * v for v in reversed(group)] for group in reversed(groups)], exact=True
    )
    assert other.p_value == pytest.approx(found.p_value, rel=1e-9)
    assert other.statistic == pytest.approx(found.statistic, rel=1e-9, abs=1e-12)


@given(groups, st.booleans())
def test_p_is_at_least_the_smallest_possible(groups: list[list[int]], exact: bool) -> None:
    found = kruskal_wallis(groups, exact=exact)
    assert 0 < found.smallest_p <= found.p_value * (1 + 1e-9) <= 1 + 1e-8


def test_the_bottle_caps_of_kruskal_and_wallis() -> None:
    """Their section 1.2: H = 5.656, with an exact probability of 0.049."""
    machines = [[340, 345, 330, 342, 338], [339, 333, 344], [347, 343, 349, 355]]
    found = kruskal_wallis(machines, exact=True)
    assert round(found.statistic, 3) == 5.656
    assert round(found.p_value, 3) == 0.049


def test_chance_alone_makes_an_epsilon_squared_of_two_fifths_of_three_groups_of_two() -> None:
    """On average over all divisions it is (k - 1) / (n - 1), with ties too."""
    values = [1, 2, 2, 4, 7, 9]
    found = [epsilon_squared([p[:2], p[2:4], p[4:]]) for p in permutations(values)]

    assert sum(found) / len(found) == pytest.approx(2 / 5)


def test_epsilon_squared_is_1_where_all_that_varies_is_between_the_groups() -> None:
    assert epsilon_squared([[1, 1], [2, 2, 2], [5]]) == pytest.approx(1)
    # Without ties it is less, however far apart the groups are: 250 of 280.
    apart = [range(1, 6), range(6, 11), range(11, 16)]
    assert epsilon_squared(apart) == pytest.approx(250 / 280)


def test_what_has_no_answer_is_told() -> None:
    with pytest.raises(NotComputable, match="all values are equal"):
        kruskal_wallis([[1], [1, 1]], exact=True)
    with pytest.raises(NotComputable, match="at least 1"):
        kruskal_wallis([[1, 2], [], [3]], exact=False)
    with pytest.raises(NotComputable, match="too large"):
        kruskal_wallis([range(20), range(20), range(20)], exact=True)
    with pytest.raises(ValueError, match="two groups or more"):
        kruskal_wallis([[1, 2]], exact=True)
