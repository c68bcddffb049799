"""Fisher's, Pearson's and Boschloo's tests: published values, and what must not matter."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics import contingency
from casebook.statistics.boschloo import boschloo
from casebook.statistics.contingency import cramers_v, fisher_exact, pearson_chi_squared
from casebook.statistics.terms import NotComputable

sizes = st.integers(1, 9)
tables = st.lists(
    st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=4
).filter(lambda table: sum(map(any, table)) > 1 and sum(map(any, zip(*table, strict=True))) > 1)


def test_cramers_v_is_0_where_shares_are_equal_and_1_where_each_group_has_a_level_of_its_own() -> (
    None
):
    assert cramers_v([[2, 4], [1, 2], [3, 6]]) == pytest.approx(0, abs=1e-9)
    assert cramers_v([[5, 0], [0, 2], [3, 0]]) == pytest.approx(1)
    assert cramers_v([[5, 0, 0], [0, 2, 3]]) == pytest.approx(1)


def test_chance_alone_makes_a_square_of_cramers_v_of_two_fifths_of_three_groups_of_two() -> None:
    """On average over all divisions it is (max(r, c) - 1) / (n - 1)."""
    found = [
        cramers_v([[sum(p[i : i + 2]), 2 - sum(p[i : i + 2])] for i in (0, 2, 4)]) ** 2
        for p in permutations([1, 1, 0, 0, 0, 0])
    ]

    assert sum(found) / len(found) == pytest.approx(2 / 5)


def test_the_lady_tasting_tea() -> None:
    """Fisher 1935, section 5: 8 cups, 3 of 4 told, 34 of 70; all of them told, 2 of 70."""
    found = fisher_exact([[3, 1], [1, 3]])
    assert found.p_value == pytest.approx(34 / 70, rel=1e-12)
    assert found.smallest_p == pytest.approx(2 / 70, rel=1e-12)


@given(tables)
def test_neither_order_nor_direction_of_a_table_matters(table: list[list[int]]) -> None:
    p_value = fisher_exact(table).p_value
    assert fisher_exact(table[::-1]).p_value == pytest.approx(p_value, rel=1e-12)
    turned = [list(column) for column in zip(*table, strict=True)]
    assert fisher_exact(turned).p_value == pytest.approx(p_value, rel=1e-12)
    assert fisher_exact([[*row, 0] for row in table]).p_value == pytest.approx(p_value, rel=1e-12)


@given(sizes, sizes, st.data())
def test_boschloo_is_never_above_fisher_and_does_not_depend_on_the_order(
    n: int, k: int, data: st.DataObject
) -> None:
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, k))
    found = boschloo(a, n, b, k)
    assert found.smallest_p <= found.p_value * (1 + 1e-12)
    assert boschloo(b, k, a, n).p_value == pytest.approx(found.p_value, rel=1e-12)
    assert boschloo(n - a, n, k - b, k).p_value == pytest.approx(found.p_value, rel=1e-9)
    if 0 < a + b < n + k:
        fisher = fisher_exact([[a, n - a], [b, k - b]]).p_value
        assert found.statistic == pytest.approx(fisher, rel=1e-12)
        assert found.p_value <= fisher * (1 + 1e-12)


def test_two_groups_of_three_without_overlap_have_the_least_p() -> None:
    """All of one group and none of the other, either way round: 2 p^3 (1 - p)^3 at one half."""
    assert boschloo(3, 3, 0, 3).p_value == pytest.approx(2 * 0.5**6, rel=1e-12)


def test_many_tables_are_counted_together() -> None:
    """30 patients in 3 x 3: 1000 tables and more, in milliseconds; R gives 0.03252735087564594."""
    found = fisher_exact([[4, 2, 0], [2, 3, 4], [1, 5, 9]])
    assert found.p_value == pytest.approx(0.03252735087564594, rel=1e-9)


def test_what_has_no_answer_is_told() -> None:
    for test in (fisher_exact, pearson_chi_squared):
        with pytest.raises(NotComputable, match="all patients are alike"):
            test([[3, 0], [2, 0]])
        with pytest.raises(NotComputable, match="fewer than two groups"):
            test([[3, 1], [0, 0]])
        with pytest.raises(ValueError, match="below 0"):
            test([[3, -1], [0, 0]])
    with pytest.raises(NotComputable, match="too many patients"):
        fisher_exact([[1500, 1500], [1500, 1500]])
    with pytest.raises(NotComputable, match="no evaluable patients"):
        boschloo(0, 0, 1, 2)
    with pytest.raises(NotComputable, match="too many patients"):
        boschloo(1, 500, 1, 500)


def test_too_many_patients_are_refused_before_ways_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The ways of half a million patients are a number of millions of digits."""
    monkeypatch.setattr(contingency, "_ways", None)
    with pytest.raises(NotComputable, match="too many patients"):
        fisher_exact([[10, 499_990], [20, 499_980]])
