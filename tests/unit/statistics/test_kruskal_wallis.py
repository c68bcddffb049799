"""The rank test of several groups: two groups, published values, and what must not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.kruskal_wallis import kruskal_wallis
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


def test_what_has_no_answer_is_told() -> None:
    with pytest.raises(NotComputable, match="all values are equal"):
        kruskal_wallis([[1], [1, 1]], exact=True)
    with pytest.raises(NotComputable, match="at least 1"):
        kruskal_wallis([[1, 2], [], [3]], exact=False)
    with pytest.raises(NotComputable, match="too large"):
        kruskal_wallis([range(20), range(20), range(20)], exact=True)
    with pytest.raises(ValueError, match="two groups or more"):
        kruskal_wallis([[1, 2]], exact=True)
