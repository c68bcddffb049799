"""Estimates of the change, their intervals and what these cover."""

import itertools
import math
import statistics
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from casebook.statistics import bootstrap
from casebook.statistics.estimate import (
    Estimate,
    Statistic,
    bca_bootstrap,
    cohens_dz,
    hodges_lehmann,
    mean_difference,
    median_difference,
    rank_biserial,
)
from casebook.statistics.paired import sign_test
from casebook.statistics.signed_rank import signed_rank
from casebook.statistics.terms import NotComputable
from casebook.statistics.values import paired_differences

CDASI = [-8, -6, -22, -19, -2]
LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])
changes_of_few = st.lists(st.integers(-9, 9), min_size=1, max_size=12)
untied_changes = st.lists(st.integers(-200, 200), min_size=1, max_size=12, unique_by=abs).filter(
    lambda changes: 0 not in changes
)


def test_five_patients_give_at_most_a_93_75_percent_interval() -> None:
    shift = hodges_lehmann(CDASI, level=0.95)
    assert (shift.value, shift.low, shift.high) == (-12, -22, -2)
    assert shift.coverage == 0.9375
    assert shift.level == 0.95


def test_eight_patients_give_an_interval_of_at_least_its_level() -> None:
    shift = hodges_lehmann([*CDASI, -7, -9, -7], level=0.95)
    assert shift.low < shift.value < shift.high < 0
    assert 0.95 <= shift.coverage < 0.97


def test_an_interval_that_ends_at_0_ends_at_no_negative_0() -> None:
    shift = hodges_lehmann([-3, -2, -1, 0])
    assert (shift.high, math.copysign(1, shift.high)) == (0, 1)


def test_one_patient_is_an_interval_that_covers_nothing() -> None:
    assert hodges_lehmann([3]) == Estimate(3, 3, 3, 0.95, 0, 1)


@given(changes_of_few)
def test_the_shift_is_the_median_of_the_walsh_averages(changes: list[int]) -> None:
    pairs = itertools.combinations_with_replacement(changes, 2)
    expected = statistics.median((a + b) / 2 for a, b in pairs)
    assert hodges_lehmann(changes).value == expected


@pytest.mark.parametrize("estimate", [hodges_lehmann, median_difference])
@given(changes=changes_of_few, level=LEVELS)
def test_an_exact_interval_holds_the_estimate_and_its_level(
    estimate: Callable[..., Estimate], changes: list[int], level: float
) -> None:
    interval = estimate(changes, level=level)
    assert interval.low <= interval.value <= interval.high
    widest = (interval.low, interval.high) == (min(changes), max(changes))
    assert interval.coverage >= level - 1e-9 or widest


@given(untied_changes, LEVELS, st.integers(-450, 450))
def test_the_interval_of_the_shift_inverts_the_signed_rank_test(
    changes: list[int], level: float, hypothesis: int
) -> None:
    shifted = 2 * np.array(changes) - (hypothesis + 0.5)
    assume(np.unique(np.abs(shifted)).size == shifted.size)
    shift = hodges_lehmann(changes, level=level)
    averages = [
        (one + other) / 2 for one, other in itertools.combinations_with_replacement(changes, 2)
    ]
    # An interval whose end several averages share covers with more than its ranks say.
    assume(averages.count(shift.low) == averages.count(shift.high) == 1)
    inside = shift.low <= (hypothesis + 0.5) / 2 <= shift.high
    p_value = signed_rank(shifted, distribution="exact").p_value
    assert inside == (p_value > 1 - shift.coverage + 1e-9)


@given(changes_of_few, LEVELS, st.integers(-10, 10))
def test_the_interval_of_the_median_inverts_the_sign_test(
    changes: list[int], level: float, hypothesis: int
) -> None:
    interval = median_difference(changes, level=level)
    inside = interval.low <= hypothesis + 0.5 <= interval.high
    p_value = sign_test(np.array(changes) - hypothesis - 0.5).p_value
    assert inside == (p_value > max(1 - level, 2 * 0.5 ** len(changes)) + 1e-9)


def p_beyond(changes: list[int], end: Fraction, averages: list[Fraction]) -> float:
    """P(V >= v) for a value just below an end, by listing the signs of what differs from it."""
    below = max((average for average in averages if average < end), default=end - 1)
    rest = [change - (below + end) / 2 for change in changes]
    sizes = [abs(each) for each in rest]
    ranks = [sum(s < size for s in sizes) + (sizes.count(size) + 1) / 2 for size in sizes]
    observed = sum(rank for rank, each in zip(ranks, rest, strict=True) if each > 0)
    sums = [sum(chosen) for chosen in itertools.product(*((0.0, rank) for rank in ranks))]
    return sum(s >= observed for s in sums) / len(sums)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=8), LEVELS)
def test_the_coverage_with_ties_is_what_listing_all_signs_leaves(
    changes: list[int], level: float
) -> None:
    pairs = itertools.combinations_with_replacement(changes, 2)
    averages = [Fraction(a + b, 2) for a, b in pairs]
    found = hodges_lehmann(changes, level=level)
    below = p_beyond(changes, Fraction(found.low), averages)
    above = p_beyond([-c for c in changes], Fraction(-found.high), [-a for a in averages])
    assert found.coverage == pytest.approx(1 - below - above, abs=1e-12)


@given(changes_of_few, LEVELS)
def test_ties_make_the_interval_of_the_median_cover_no_less(
    changes: list[int], level: float
) -> None:
    untied = median_difference(range(len(changes)), level=level)
    assert median_difference(changes, level=level).coverage >= untied.coverage - 1e-12


@pytest.mark.parametrize("sign", [1, -1])
def test_an_interval_that_ties_leave_short_of_its_level_ends_farther_out(sign: int) -> None:
    """From -4 to 4, where the test without ties ends, the interval would cover with 98.97 %."""
    changes = [sign * change for change in (-5, -5, -4, -1, 3, 3, 4, 4, 4, 4, 5)]
    found = hodges_lehmann(changes, level=0.99)
    assert (found.low, found.high) != (-4, 4)
    assert min(changes) < found.low or found.high < max(changes)
    assert found.coverage >= 0.99


def test_computed_averages_that_are_one_on_paper_are_one_end() -> None:
    """8 1/3 and 16 2/3 have the mean 12.5, which is a change too."""
    whole = [2, 4, 3, 3, 1, 6, -2, 2]
    computed = paired_differences([50.0] * 8, [50 + 25 * w / 6 for w in whole])
    found, expected = hodges_lehmann(computed), hodges_lehmann(whole)
    assert found.coverage == expected.coverage
    assert (found.low, found.high) == pytest.approx(
        (25 * expected.low / 6, 25 * expected.high / 6), rel=1e-9
    )


@pytest.mark.parametrize("estimate", [hodges_lehmann, median_difference, mean_difference])
@given(changes=untied_changes.filter(lambda c: len(c) > 1), shift=st.integers(-50, 50))
def test_an_interval_moves_with_the_data(
    estimate: Callable[..., Estimate], changes: list[int], shift: int
) -> None:
    before, after = estimate(changes), estimate([change + shift for change in changes])
    assert after.low == pytest.approx(before.low + shift, abs=1e-9)
    assert after.high == pytest.approx(before.high + shift, abs=1e-9)


@pytest.mark.parametrize("level", [0.01, 0.5, 0.95, 0.99999, 1 - 1e-12])
@pytest.mark.parametrize("size", [99, 101, 200])
def test_an_interval_is_cut_as_far_as_its_level_allows(size: int, level: float) -> None:
    ways = np.zeros(size * (size + 1) // 4, dtype=object)
    ways[0] = 1
    for rank in range(1, size + 1):
        ways[rank:] += ways[:-rank].copy()
    tails = [Fraction(total, 2**size) for total in itertools.accumulate(ways)]
    below = max(tail for tail in tails if tail <= (1 - level) / 2)
    shift = hodges_lehmann(np.random.default_rng(1).normal(size=size), level=level)
    assert 1 - shift.coverage == pytest.approx(float(2 * below), rel=1e-3, abs=1e-15)


def test_rank_biserial_has_the_sign_of_the_differences() -> None:
    """Ranks 1, 2, 3, 4 with 2 and 4 up, 1 and 3 down: (6 - 4) / 10."""
    assert rank_biserial(CDASI) == -1
    assert rank_biserial([-1, 2, -3, 4]) == pytest.approx(0.2)


@given(changes_of_few.filter(any))
def test_rank_biserial_is_a_share_that_turns_with_the_differences(changes: list[int]) -> None:
    found = rank_biserial(changes)
    assert -1 <= found <= 1
    assert rank_biserial([-each for each in changes]) == pytest.approx(-found)


def test_cohens_dz_is_the_mean_in_units_of_the_sd() -> None:
    assert cohens_dz([1, 2, 3]) == 2


@pytest.mark.parametrize("statistic", ["mean", "median"])
@pytest.mark.parametrize("at_once", [100, 1 << 20])
def test_a_bootstrap_is_that_of_scipy_to_the_last_digit(
    statistic: Statistic, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "_AT_ONCE", at_once)
    for seed in range(6):
        random = np.random.default_rng(seed)
        changes = random.integers(-300, 90, 5 + 9 * seed) * 0.1
        ours = bca_bootstrap(changes, statistic, seed=seed, level=0.9, resamples=499)
        expected = scipy.stats.bootstrap(
            (changes,),
            getattr(np, statistic),
            n_resamples=499,
            confidence_level=0.9,
            rng=np.random.default_rng(seed),
        ).confidence_interval
        assert (ours.low, ours.high) == (expected.low, expected.high)


@pytest.mark.parametrize("statistic", ["mean", "median"])
def test_a_bootstrap_repeats_itself_and_holds_the_estimate(statistic: Statistic) -> None:
    changes = np.random.default_rng(6).normal(-5, 3, 20)
    first, second = (bca_bootstrap(changes, statistic, seed=1, resamples=999) for _ in "ab")
    assert first == second
    assert first.low < first.value < first.high < 0


def test_a_bootstrap_of_the_mean_is_near_the_t_interval() -> None:
    changes = np.random.default_rng(7).normal(-5, 3, 200)
    bootstrap = bca_bootstrap(changes, "mean", seed=1, resamples=4999)
    t = mean_difference(changes)
    assert bootstrap.low == pytest.approx(t.low, abs=0.06)
    assert bootstrap.high == pytest.approx(t.high, abs=0.06)


@pytest.mark.parametrize(
    ("estimate", "changes", "reason"),
    [
        (hodges_lehmann, [], "has 0"),
        (median_difference, [math.inf], "not finite"),
        (mean_difference, [1], "needs at least 2 values, has 1"),
        (mean_difference, [0, 0], "all differences are equal"),
        (cohens_dz, [2, 2], "all differences are equal"),
        (rank_biserial, [0, 0], "all differences are zero"),
        (lambda d: bca_bootstrap(d, "mean", seed=1), [3, 3], "all differences are equal"),
        (lambda d: bca_bootstrap(d, "mean", seed=1), range(5001), "more than 5000 pairs"),
    ],
)
def test_what_cannot_be_estimated_has_a_reason(
    estimate: Callable[[list[float]], object], changes: list[float], reason: str
) -> None:
    with pytest.raises(NotComputable, match=reason):
        estimate(changes)


@pytest.mark.parametrize("level", [0, 1, 1.5, -0.1])
@pytest.mark.parametrize("estimate", [hodges_lehmann, median_difference, mean_difference])
def test_a_level_lies_between_0_and_1_and_is_neither(
    estimate: Callable[..., Estimate], level: float
) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        estimate([1, 2, 4], level=level)


def test_mistakes_of_the_caller_are_named() -> None:
    with pytest.raises(ValueError, match="between 0 and 1, got 95"):
        hodges_lehmann([1], level=95)
    with pytest.raises(ValueError, match="mean or median"):
        bca_bootstrap([1, 2], "mode", seed=1)  # type: ignore[arg-type]
