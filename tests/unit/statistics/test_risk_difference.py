"""Differences of shares: the published intervals, and what must not matter."""

import itertools
import math
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.statistics.chan_zhang import chan_zhang
from casebook.statistics.estimate import Estimate
from casebook.statistics.risk_difference import miettinen_nurminen, standardised_difference
from casebook.statistics.terms import NotComputable

SLOW = [(4, 4), (3, 9), (8, 10)]


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0528, 0.3382),
        ((9, 10, 3, 10), 0.1700, 0.8406),
        ((6, 7, 2, 7), 0.0342, 0.8534),
        ((5, 56, 0, 29), -0.0326, 0.1933),
        ((0, 10, 0, 20), -0.1658, 0.2844),
        ((0, 10, 0, 10), -0.2879, 0.2879),
        ((10, 10, 0, 20), 0.7156, 1.0000),
        ((10, 10, 0, 10), 0.6636, 1.0000),
    ],
)
def test_the_intervals_that_newcombe_published(
    counts: tuple[int, int, int, int], low: float, high: float
) -> None:
    """Newcombe 1998, Stat Med 17:873-890, table II, method 6 (Miettinen-Nurminen), read as others
    quote it: all rows in tests/test_proportions_tests.py of mergeron-extra, the fourth in the tests
    of R's ratesci, the first two and the seventh from SAS by Garner 2016 (WUSS, paper 127), whose
    numbers the tests of R's cicalc hold.
    """
    found = miettinen_nurminen(*counts)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@given(st.integers(1, 20), st.integers(1, 20), st.data())
@settings(max_examples=30)
def test_groups_or_answers_that_change_places_turn_the_interval_round(
    n: int, k: int, data: st.DataObject
) -> None:
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, k))
    found = miettinen_nurminen(a, n, b, k)
    assert -1 <= found.low <= found.value <= found.high <= 1
    for turned in (miettinen_nurminen(b, k, a, n), miettinen_nurminen(n - a, n, k - b, k)):
        ends = (turned.value, turned.low, turned.high)
        assert ends == pytest.approx((-found.value, -found.high, -found.low), abs=1e-9)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [((24, 61, 10, 35), -0.0992, 0.2949), ((9, 11, 4, 12), 0.0616, 0.7968)],
)
def test_the_exact_intervals_of_sas(
    counts: tuple[int, int, int, int], low: float, high: float
) -> None:
    """By EXACT RISKDIFF (METHOD=SCORE) of SAS, as the tests of R's exact2x2 quote it."""
    found = chan_zhang(*counts)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("a", "n", "b", "k"), [(1, 4, 3, 5), (0, 3, 3, 3)])
def test_groups_that_change_places_turn_the_exact_interval_round(
    a: int, n: int, b: int, k: int
) -> None:
    found = chan_zhang(a, n, b, k)
    assert -1 <= found.low <= found.value <= found.high <= 1
    for turned in (chan_zhang(b, k, a, n), chan_zhang(n - a, n, k - b, k)):
        ends = (turned.value, turned.low, turned.high)
        assert ends == pytest.approx((-found.value, -found.high, -found.low), abs=1e-6)


def least_coverage(interval: Callable[..., Estimate], n: int, k: int) -> float:
    """The least probability with which an interval holds the true difference, by enumeration.

    All tables of n and k patients are gone through, at shares from 0 to 1 in steps of 0.04 and
    nearer to both ends, where score intervals cover least.
    """
    held = {(a, b): interval(a, n, b, k) for a, b in itertools.product(range(n + 1), range(k + 1))}
    near = (0.005, 0.01, 0.02)
    shares = [*(i / 25 for i in range(26)), *near, *(1 - each for each in near)]

    def likely(count: int, of: int, p: float) -> float:
        return math.comb(of, count) * p**count * (1 - p) ** (of - count)

    def coverage(p: float, q: float) -> float:
        return sum(
            likely(a, n, p) * likely(b, k, q)
            for (a, b), found in held.items()
            if found.low - 1e-9 <= p - q <= found.high + 1e-9
        )

    return min(itertools.starmap(coverage, itertools.product(shares, shares)))


@pytest.mark.parametrize(
    ("n", "k"), [(2, 3), *(pytest.param(*each, marks=pytest.mark.slow) for each in SLOW)]
)
def test_an_exact_interval_covers_its_level_wherever_the_shares_are(n: int, k: int) -> None:
    """And Miettinen and Nurminen's does not."""
    assert least_coverage(miettinen_nurminen, n, k) < 0.89
    assert least_coverage(chan_zhang, n, k) >= 0.95


def test_too_many_patients_for_an_exact_interval_are_told() -> None:
    with pytest.raises(NotComputable, match=r"too many patients for an exact interval \(n = 200\)"):
        chan_zhang(1, 100, 2, 100)


def test_a_standardised_difference_of_shares() -> None:
    """0.1 and 0.5 in units of the root of (0.09 + 0.25) / 2."""
    assert standardised_difference([1, 9], [5, 5]) == pytest.approx(-0.4 / 0.17**0.5)


def found(counts: Iterable[tuple[int, int]]) -> float | str:
    """The standardised difference, or why there is none."""
    try:
        return standardised_difference(*zip(*counts, strict=True))
    except NotComputable as reason:
        return str(reason)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=5), st.data())
def test_the_order_of_levels_does_not_matter(
    counts: list[tuple[int, int]], data: st.DataObject
) -> None:
    turned = data.draw(st.permutations(counts))
    expected = found(counts)
    same = expected if isinstance(expected, str) else pytest.approx(expected, abs=1e-6)
    assert found(turned) == same


def test_what_has_no_answer_is_told() -> None:
    with pytest.raises(NotComputable, match="no evaluable patients"):
        miettinen_nurminen(0, 0, 1, 2)
    with pytest.raises(NotComputable, match="no evaluable patients"):
        standardised_difference([0, 0], [1, 2])
    for first, second in (([2, 0], [0, 3]), ([5, 0, 0], [0, 3, 2]), ([0, 0, 5], [3, 2, 0])):
        with pytest.raises(NotComputable, match="no level has patients of both groups"):
            standardised_difference(first, second)
    for first, second in (([3], [4]), ([3, 0], [4, 0]), ([0, 3, 0], [0, 4, 0])):
        with pytest.raises(NotComputable, match="every patient has the same level"):
            standardised_difference(first, second)


def test_a_level_that_one_group_lacks_leaves_a_distance() -> None:
    """By the definition, with generalised inverses: the groups have the first level in common.

    In shares of the first two levels the groups are at (1, 0) and (1/2, 1/4), and the mean
    covariance is ((1/8, -1/16), (-1/16, 3/32)), whose inverse is ((12, 8), (8, 16)).
    """
    assert standardised_difference([5, 0, 0], [2, 1, 1]) == pytest.approx(2**0.5)
    assert standardised_difference([0, 5, 0], [1, 2, 1]) == pytest.approx(2**0.5)
    assert standardised_difference([5, 0, 0, 0], [2, 1, 0, 1]) == pytest.approx(2**0.5)
