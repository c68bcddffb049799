"""Tails and quantiles, far into the tails, against closed forms and SciPy's own."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import special

from casebook.statistics.distributions import (
    binomial_lower_tail,
    upper_t_quantile,
    upper_t_tail,
)
from casebook.statistics.tails import normal_p, upper_normal_quantile, upper_normal_tail

chances = st.sampled_from([1e-9, 0.005, 0.025, 0.1, 0.4])


@given(st.floats(0.01, 200), st.integers(1, 300))
def test_t_tail(t: float, degrees: int) -> None:
    for value in (t, -t):
        expected = special.stdtr(degrees, -value)
        assert upper_t_tail(value, degrees) == pytest.approx(expected, rel=1e-10, abs=1e-290)


@given(st.floats(-10, 10))
@example(1e-8)
def test_t_tail_with_one_degree_of_freedom_is_an_angle(t: float) -> None:
    """SciPy's is off by 1e-9 near t = 0."""
    assert upper_t_tail(t, 1) == pytest.approx(0.5 - math.atan(t) / math.pi, rel=1e-13)


@given(chances, st.integers(1, 300))
def test_t_quantile(chance: float, degrees: int) -> None:
    expected = -special.stdtrit(degrees, chance)
    assert upper_t_quantile(chance, degrees) == pytest.approx(expected, rel=1e-9)


@given(st.floats(-37, 37))
def test_normal_tail_keeps_its_exponent_down_to_1e_300(z: float) -> None:
    expected = float(np.exp(special.log_ndtr(-z)))
    assert upper_normal_tail(z) == pytest.approx(expected, rel=1e-12)


@given(chances)
def test_normal_quantile(chance: float) -> None:
    assert upper_normal_quantile(chance) == pytest.approx(-special.ndtri(chance), rel=1e-12)


@given(st.integers(0, 40), st.integers(0, 40))
def test_binomial_tail(first: int, second: int) -> None:
    count, n = min(first, second), max(first, second)
    expected = math.fsum(math.comb(n, k) for k in range(count + 1)) / 2**n
    assert binomial_lower_tail(count, n) == pytest.approx(expected)


def test_the_continuity_correction_never_crosses_the_mean() -> None:
    assert normal_p(0.0, 1.0, 0.5, "two-sided") == 1
    assert normal_p(0.5, 1.0, 0.5, "two-sided") == 1
    assert normal_p(0.0, 1.0, 0.5, "greater") > 0.5


@pytest.mark.parametrize("n", [1000, 1001, 2500])
def test_a_tail_of_many_fair_coins_is_that_of_counting(n: int) -> None:
    ways = [1]
    for k in range(n):
        ways.append(ways[-1] * (n - k) // (k + 1))
    for count in (0, 1, 5, n // 4, n // 2 - 50, n // 2, n // 2 + 50, n - 1, n):
        expected = float(Fraction(sum(ways[: count + 1]), 2**n))
        assert binomial_lower_tail(count, n) == pytest.approx(expected, rel=1e-12)
