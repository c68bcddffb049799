"""The sign test, the t-test, the permutation test of the mean and McNemar's test."""

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.paired import mcnemar, mean_permutation, paired_t, sign_test
from casebook.statistics.terms import SMALLEST_P, Alternative, NotComputable, TestResult
from casebook.statistics.values import paired_differences

Test = Callable[..., TestResult]

tests = st.sampled_from([sign_test, paired_t, mean_permutation])
alternatives = st.sampled_from(["two-sided", "greater", "less"])
differences = st.lists(st.integers(-20, 20), min_size=2, max_size=10).filter(
    lambda changes: len(set(changes)) > 1
)


def all_sums(changes: Sequence[float]) -> list[float]:
    return [sum(signs) for signs in itertools.product(*((-d, d) for d in changes if d))]


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=10).filter(any), st.integers(0, 3))
def test_permutation_p_equals_enumeration_of_all_signs(changes: list[int], decimals: int) -> None:
    sums = all_sums(changes)
    expected = sum(abs(s) >= abs(sum(changes)) for s in sums) / len(sums)
    as_written = [float(f"{d}e-{decimals}") for d in changes]
    assert mean_permutation(as_written).p_value == pytest.approx(expected, rel=1e-12)


def test_permutation_of_differences_with_many_digits() -> None:
    changes = [math.pi, -math.e, math.sqrt(2), 12.5, 1 / 3]
    sums = all_sums(changes)
    expected = sum(s >= sum(changes) - 1e-6 for s in sums) / len(sums)
    assert mean_permutation(changes, alternative="greater").p_value == expected


def test_permutation_of_many_differences_one_of_which_outweighs_all_others() -> None:
    result = mean_permutation([1] * 39 + [-1, 4e12], alternative="greater")
    assert result.p_value == pytest.approx((1 + 40) / 2**41)


def test_permutation_tables_of_small_and_large_scores_agree() -> None:
    changes = np.random.default_rng(3).integers(-500, 900, 28)
    listed = mean_permutation(1000 * changes + np.array([1] + 27 * [0]))
    tabled = mean_permutation(changes)
    assert listed.p_value == pytest.approx(tabled.p_value, rel=0.01)


@pytest.mark.parametrize(
    "changes", [np.random.default_rng(4).normal(size=40).round(9), [1e6, 1 / 3, 2e-9]]
)
def test_permutation_is_refused_where_all_sums_cannot_be_listed(changes: list[float]) -> None:
    with pytest.raises(NotComputable, match="too many"):
        mean_permutation(changes)


def test_sign_test_of_five_improvements_out_of_five() -> None:
    result = sign_test([-8, -6, -22, -19, -2])
    assert (result.statistic, result.p_value, result.smallest_p) == (0, 0.0625, 0.0625)


def test_sign_test_of_thousands_of_pairs_keeps_its_exponent() -> None:
    result = sign_test([1] * 1000, alternative="greater")
    assert result.p_value == 2.0**-1000


def test_t_test_of_the_paper_s_classic_cdasi() -> None:
    result = paired_t([-8, -6, -22, -19, -2])
    assert result.statistic == pytest.approx(-2.94739987)
    assert result.p_value == pytest.approx(0.04207804)


@pytest.mark.parametrize(
    ("alternative", "p_value"),
    [("two-sided", 0.5965237621), ("greater", 0.7017381189), ("less", 0.2982618811)],
)
def test_a_small_negative_t_speaks_for_a_decrease(alternative: Alternative, p_value: float) -> None:
    """In R, t.test(c(1, -2, 0.5, -1, 0, 0), alternative = ...): t = -0.5649326829."""
    result = paired_t([1, -2, 0.5, -1, 0, 0], alternative=alternative)

    assert result.statistic == pytest.approx(-0.5649326829)
    assert result.p_value == pytest.approx(p_value)


@pytest.mark.parametrize("test", [sign_test, paired_t, mean_permutation])
def test_zeros_and_ties_of_size_are_counted(test: Test) -> None:
    result = test([1, -2, 0.5, -1, 0, 0])

    assert (result.n, result.zeros, result.ties) == (6, 2, True)
    assert not test([1, -2, 0.5, 0, 0]).ties


def test_t_test_could_be_as_significant_as_one_likes_if_all_changes_are_of_one_size() -> None:
    assert paired_t([1, 1, -1]).smallest_p == SMALLEST_P


def test_mcnemar_counts_those_who_changed() -> None:
    result = mcnemar([0, 0, 0, 0, 0, 1, 1], [1, 1, 1, 1, 1, 1, 0])
    assert (result.statistic, result.n_informative, result.n) == (5, 6, 7)
    assert result.p_value == pytest.approx(14 / 64)


@given(differences, tests, alternatives)
def test_p_lies_between_the_smallest_possible_and_one(
    changes: list[int], test: Test, alternative: Alternative
) -> None:
    result = test(changes, alternative=alternative)
    assert 0 < result.smallest_p <= result.p_value * (1 + 1e-12)
    assert result.p_value <= 1


@given(differences, tests, st.integers(1, 8), st.randoms())
def test_order_unit_and_direction_do_not_change_the_two_sided_p(
    changes: list[int], test: Test, factor: int, random: np.random.Generator
) -> None:
    other = [-factor * d for d in changes]
    random.shuffle(other)
    assert test(changes).p_value == pytest.approx(test(other).p_value, rel=1e-9)


@pytest.mark.parametrize(
    ("test", "changes", "reason"),
    [
        (sign_test, [], "has 0"),
        (sign_test, [0, 0], "all differences are zero"),
        (mean_permutation, [0], "all differences are zero"),
        (mean_permutation, [1, math.nan], "not finite"),
        (paired_t, [4], "needs at least 2 values, has 1"),
        (paired_t, [4, 4], "all differences are equal"),
    ],
)
def test_what_cannot_be_tested_has_a_reason(test: Test, changes: list[float], reason: str) -> None:
    with pytest.raises(NotComputable, match=reason):
        test(changes)


def test_mcnemar_refuses_what_is_not_yes_or_no_and_nobody_changing() -> None:
    with pytest.raises(NotComputable, match="other than yes"):
        mcnemar([0, 2], [1, 1])
    with pytest.raises(NotComputable, match=r"no patient changed \(n = 2\)"):
        mcnemar([0, 1], [0, 1])
    with pytest.raises(ValueError, match="2 baseline values but 1 follow-up"):
        mcnemar([0, 1], [0])


def test_sums_of_thirds_are_as_extreme_as_equal_ones() -> None:
    """3 changes of 8 1/3 and one of -25 sum to 0: as extreme as any."""
    thirds = mean_permutation([8.3333333333333, 8.3333333333333, 8.3333333333333, -25.0])
    whole = mean_permutation([1, 1, 1, -3])
    assert (thirds.p_value, thirds.smallest_p) == (whole.p_value, whole.smallest_p) == (1, 0.125)


def test_changes_that_are_one_on_paper_have_no_t() -> None:
    changes = paired_differences(
        [41.6666666666667, 50, 25], [33.3333333333333, 41.6666666666667, 50 / 3]
    )
    with pytest.raises(NotComputable, match="all differences are equal"):
        paired_t(changes)
