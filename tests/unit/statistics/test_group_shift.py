"""How far apart two groups are: published values, what must not matter, and what has no answer."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.group_shift import (
    _cut,
    hodges_lehmann_shift,
    standardised_mean_difference,
    welch_difference,
    welch_t,
)
from casebook.statistics.rank_sum import rank_sum
from casebook.statistics.terms import NotComputable

values = st.lists(st.integers(-4, 4), min_size=1, max_size=7)
at_term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
before_term = [1.15, 0.88, 0.90, 0.74, 1.21]


def test_the_permeability_of_membranes_of_hollander_and_wolfe() -> None:
    """Table 4.1 and examples 4.3: an estimate of 0.305, and an interval from -0.15 to 0.76."""
    found = hodges_lehmann_shift(at_term, before_term)
    assert (found.value, found.low, found.high) == (0.305, -0.15, 0.76)
    assert found.coverage == pytest.approx(1 - 2 * 51 / 3003, rel=1e-12)


def test_differences_that_are_equal_on_paper_are_one() -> None:
    """0.3 - 0.1 and 0.5 - 0.3 are both 0.2."""
    found = hodges_lehmann_shift([0.3, 0.5, 0.9], [0.1, 0.3, 0.7])
    assert (found.value, found.low, found.high) == (0.2, -0.4, 0.8)


def test_with_few_patients_the_widest_interval_tells_how_often_it_covers() -> None:
    found = hodges_lehmann_shift([5, 6, 8], [1, 2, 4])
    assert (found.low, found.high) == (1, 7)
    assert found.coverage == pytest.approx(1 - 2 / 20, rel=1e-12)


@given(values, values)
def test_groups_that_change_places_turn_the_interval_round(
    one: list[int], other: list[int]
) -> None:
    found, turned = hodges_lehmann_shift(one, other), hodges_lehmann_shift(other, one)
    assert (turned.value, turned.low, turned.high) == (-found.value, -found.high, -found.low)
    assert turned.coverage == pytest.approx(found.coverage, rel=1e-12)


@given(values, values, st.integers(-9, 9))
def test_a_shift_of_one_group_shifts_the_interval(
    one: list[int], other: list[int], shift: int
) -> None:
    found = hodges_lehmann_shift(one, other)
    moved = hodges_lehmann_shift([value + shift for value in reversed(one)], other)
    shifted = (found.value + shift, found.low + shift, found.high + shift, found.coverage)
    assert (moved.value, moved.low, moved.high, moved.coverage) == shifted


@given(values, values)
def test_a_shift_beyond_the_interval_is_refused_by_the_exact_tests(
    one: list[int], other: list[int]
) -> None:
    """The one-sided p-values just beyond both ends add up to what the interval leaves out."""
    found = hodges_lehmann_shift(one, other)
    below = [2 * value - 2 * found.low + 1 for value in one]
    above = [2 * value - 2 * found.high - 1 for value in one]
    twice = [2 * value for value in other]
    outside = rank_sum(below, twice, alternative="greater").p_value
    outside += rank_sum(above, twice, alternative="less").p_value
    assert found.coverage == pytest.approx(1 - outside, abs=1e-12)


def test_means_differ_by_welchs_interval_around_their_difference() -> None:
    """Known values of R: t.test(c(1, 2, 3, 9), c(4, 5, 6, 7))."""
    found = welch_difference([1, 2, 3, 9], [4, 5, 6, 7])
    assert (found.value, found.low) == (-1.75, pytest.approx(-7.186586660894401))
    assert welch_t([1, 2, 3, 9], [4, 5, 6, 7]).p_value == pytest.approx(0.4143061768642434)
    assert welch_t([1, 2], [1, 2]).p_value == 1


def test_a_standardised_difference_counts_in_the_root_of_the_mean_variance() -> None:
    assert standardised_mean_difference([1, 3], [6, 10]) == pytest.approx(-6 / 5**0.5)


@pytest.mark.parametrize("compute", [welch_t, welch_difference, standardised_mean_difference])
def test_without_any_spread_means_cannot_be_compared(compute: object) -> None:
    with pytest.raises(NotComputable, match="no value differs"):
        compute([1, 1], [2, 2])  # type: ignore[operator]
    with pytest.raises(NotComputable, match="at least 2"):
        compute([1], [2, 3])  # type: ignore[operator]


def test_of_many_patients_the_interval_is_that_of_the_normal_approximation() -> None:
    """In R, wilcox.test(a, b, conf.int = TRUE, exact = FALSE) gives -3.99997 to 19.99997.

    As differences are whole numbers, the interval covers more than it need.
    """
    a, b = [(7 * i) % 211 + 8 for i in range(211)], [(5 * i) % 211 for i in range(211)]
    found = hodges_lehmann_shift(a, b)
    assert (found.value, found.low, found.high) == (8, -4, 20)
    assert 0.95 <= found.coverage < 0.96


def test_where_exact_and_normal_meet_both_are_the_same() -> None:
    """200 values in each group are the most that have an exact interval."""
    values = np.random.default_rng(1).normal(0, 100, (2, 201)).round(3)
    exact, normal = (hodges_lehmann_shift(*(v[:n] for v in values)) for n in (200, 201))
    assert exact.coverage == pytest.approx(normal.coverage, abs=1e-3)
    assert exact.low == pytest.approx(normal.low, abs=3)


@pytest.mark.parametrize("tail", [0.1, 0.025, 0.005])
def test_the_cut_is_the_last_number_below_the_tail(tail: float) -> None:
    """Against the counts of the rank-sum distribution, by its recursion (Mann & Whitney 1947)."""
    for m in range(1, 9):
        for k in range(1, 9):
            shares = np.cumsum(_counts(m, k)) / math.comb(m + k, m)
            expected = max(int((shares <= tail * (1 + 1e-9)).sum()) - 1, 0)
            assert _cut(m, k, tail * (1 + 1e-9)) == expected


def _counts(m: int, k: int) -> list[int]:
    """How many orders of m and k values have each W from 0 to m k."""
    if m == 0 or k == 0:
        return [1]
    found = [0] * (m * k + 1)
    for w, ways in enumerate(_counts(m - 1, k)):
        found[w + k] += ways
    for w, ways in enumerate(_counts(m, k - 1)):
        found[w] += ways
    return found


def test_groups_with_too_many_differences_are_told() -> None:
    with pytest.raises(NotComputable, match="too many differences"):
        hodges_lehmann_shift(range(1001), range(1001))
