"""The rank-sum test: every division into two groups listed, and what must not matter."""

import itertools
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.programs import RankSumDistribution
from casebook.statistics.rank_sum import rank_sum, rank_sum_by
from casebook.statistics.terms import Alternative, NotComputable

values = st.lists(st.integers(0, 5), min_size=1, max_size=5)
groups = st.tuples(values, values).filter(lambda pair: len(set(pair[0] + pair[1])) > 1)
alternatives = st.sampled_from(["two-sided", "greater", "less"])


def doubled_wins(group: list[int], reference: list[int]) -> int:
    return sum((g > r) * 2 + (g == r) for g in group for r in reference)


def brute_force(group: list[int], reference: list[int], alternative: Alternative) -> float:
    """p-value by listing every way to choose which of the values are the group's."""
    pooled = group + reference
    observed, centre = doubled_wins(group, reference), len(group) * len(reference)
    wins = []
    for chosen in itertools.combinations(range(len(pooled)), len(group)):
        rest = [pooled[i] for i in range(len(pooled)) if i not in chosen]
        wins.append(doubled_wins([pooled[i] for i in chosen], rest))
    extreme = {
        "greater": [w >= observed for w in wins],
        "less": [w <= observed for w in wins],
        "two-sided": [abs(w - centre) >= abs(observed - centre) for w in wins],
    }
    return sum(extreme[alternative]) / len(wins)


@given(groups, alternatives)
def test_exact_p_equals_enumeration_of_all_divisions(
    pair: tuple[list[int], list[int]], alternative: Alternative
) -> None:
    result = rank_sum(*pair, distribution="exact", alternative=alternative)
    assert result.p_value == pytest.approx(brute_force(*pair, alternative), rel=1e-12)
    assert result.statistic == doubled_wins(*pair) / 2


@given(groups, st.sampled_from(get_args(RankSumDistribution)), alternatives)
def test_p_lies_between_the_smallest_possible_and_one(
    pair: tuple[list[int], list[int]], distribution: RankSumDistribution, alternative: Alternative
) -> None:
    result = rank_sum(*pair, distribution=distribution, alternative=alternative)
    assert 0 < result.smallest_p <= result.p_value * (1 + 1e-12) <= 1 + 1e-12


def test_twice_the_smaller_tail_is_at_most_1() -> None:
    """W = 2 of 0, 1, 2, 2, 3, 4: each tail has 4 of the 6 divisions."""
    assert rank_sum([1, 4], [2, 3], distribution="exact-doubled").p_value == 1


def test_with_ties_r_4_6_doubles_the_smaller_tail_and_coin_counts_what_is_as_far_off() -> None:
    """In R 4.6, wilcox.test(c(1, 1, 2, 2), c(1, 1, 1, 3, 4, 5, 5)): p = 1/3."""
    lopsided = ([1, 1, 2, 2], [1, 1, 1, 3, 4, 5, 5])
    less, greater = (
        rank_sum(*lopsided, alternative=alternative).p_value for alternative in ("less", "greater")
    )
    assert rank_sum_by("r-4.6", *lopsided).p_value == 2 * min(less, greater)
    assert rank_sum_by("r-4.6", *lopsided).p_value == pytest.approx(1 / 3)
    assert rank_sum(*lopsided).p_value == pytest.approx(brute_force(*lopsided, "two-sided"))
    assert rank_sum(*lopsided).p_value != pytest.approx(2 * min(less, greater))


@pytest.mark.parametrize(("larger", "exact"), [(49, True), (50, False), (51, False)])
@pytest.mark.parametrize("tied", [False, True])
def test_r_is_exact_below_fifty_values_in_each_group(larger: int, exact: bool, tied: bool) -> None:
    groups = [float(i) for i in range(larger)], [1.0 if tied else 1.5, 7.5, 8.5]
    assert rank_sum_by("r-4.6", *groups).exact == exact
    assert rank_sum_by("r-4.5", *groups).exact == (exact and not tied)


@given(groups)
def test_exchanging_the_groups_exchanges_the_directions(
    pair: tuple[list[int], list[int]],
) -> None:
    first = rank_sum(*pair, distribution="exact", alternative="greater")
    second = rank_sum(*pair[::-1], distribution="exact", alternative="less")
    assert first.p_value == pytest.approx(second.p_value, rel=1e-12)


def test_the_variance_without_tie_correction_is_that_of_untied_ranks() -> None:
    tied = rank_sum([1, 1, 2], [2, 3, 3], distribution="normal", tie_correction=False)
    untied = rank_sum([1, 1.1, 2], [2.1, 3, 3.1], distribution="normal")
    assert tied.p_value > untied.p_value
    assert tied.statistic == untied.statistic + 0.5


def test_two_groups_of_two_can_never_differ_significantly() -> None:
    assert rank_sum([1, 2], [3, 4]).smallest_p == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("group", "reference", "reason"),
    [([], [1], "has 0"), ([2, 2], [2], "all values are equal"), ([1], [None], "not finite")],
)
def test_what_cannot_be_tested_has_a_reason(
    group: list[float], reference: list[float], reason: str
) -> None:
    with pytest.raises(NotComputable, match=reason):
        rank_sum(group, reference)


def test_groups_too_large_for_the_exact_distribution_say_so() -> None:
    with pytest.raises(NotComputable, match="too large for the exact distribution"):
        rank_sum(range(500), range(500, 1000), distribution="exact")


def test_a_distribution_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="exact, exact-doubled or normal"):
        rank_sum([1], [2], distribution="t")  # type: ignore[arg-type]
