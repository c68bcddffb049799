"""What the digits of a number tell: which numbers are the same, and what was computed."""

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casebook.statistics.digits import decimal, margin, order, rounded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (0.30000000000000004, 0.3),
        (13.3333333333333, 40 / 3),
        (41.66666667, 41.6666666666667),
        (8.333333333333336, 8.33333333333333),
        # At the limits: ten digits with four decimals, and both numbers off by a unit of the 15th
        (123456.7891, 123456.7892),
        (33.3333333333333, 33.3333333333335),
        (8.333333333333346, 8.33333333333333),
    ],
)
def test_computed_numbers_that_agree_in_their_digits_are_the_same(one: float, other: float) -> None:
    assert (order(one, other), order(other, one)) == (0, 0)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (8.33, 8.34),
        (41.66667, 41.66668),
        (123456789.0, 123456790.0),
        (1234567.891, 1234567.892),
        (0.0001234, 0.0001235),
        (8.33333333333333, 8.333333333336),
        (41.6666667, 41.6666668),
        (33.3333333333333, 33.3333333333336),
    ],
)
def test_numbers_that_differ_where_they_can_be_told_apart_are_not(less: float, more: float) -> None:
    assert (order(less, more), order(more, less)) == (-1, 1)


@given(st.integers(-9999, 9999), st.integers(-9999, 9999), st.integers(0, 4))
def test_measured_numbers_are_ordered_as_they_are(one: int, other: int, decimals: int) -> None:
    low, high = sorted((float(f"{one}e-{decimals}"), float(f"{other}e-{decimals}")))
    assert order(low, high) == (0 if one == other else -1)


def test_what_is_no_number_is_neither_less_nor_more() -> None:
    assert (order(float("nan"), 1.0), order(float("inf"), 1.0)) == (0, 1)


@pytest.mark.parametrize(
    ("value", "digits", "expected"), [(8.3333, 3, 8.33), (0.0, 3, 0.0), (-1234.5, 2, -1200.0)]
)
def test_a_number_is_rounded_to_significant_digits(
    value: float, digits: int, expected: float
) -> None:
    assert rounded(value, digits) == expected


@given(
    st.lists(st.integers(0, 300), min_size=2, max_size=2),
    st.sampled_from([3, 6, 7, 9, 12, 24, 36]),
    st.sampled_from(["%.15g", "%.10f", "%.17g", "%.8f"]),
)
def test_fractions_are_the_same_whatever_they_were_computed_by_and_written_with(
    numerators: list[int], denominator: int, form: str
) -> None:
    one, other = numerators
    values = [float(form % (100 * n / denominator)) for n in (one, other)]
    exact = [Fraction(100 * n, denominator) for n in (one, other)]
    assert order(*values) == (exact[0] > exact[1]) - (exact[0] < exact[1])


@given(
    one=st.floats(allow_nan=False, allow_infinity=False),
    steps=st.integers(-300, 300),
    place=st.integers(-17, 0),
)
def test_numbers_are_the_same_where_their_margins_say_so_however_far_apart_others_are(
    one: float, steps: int, place: int
) -> None:
    other = one + steps * 10.0**place * max(1, abs(one) * 1e-3)
    assume(math.isfinite(other))
    same = abs(decimal(one) - decimal(other)) <= margin(one) + margin(other)

    assert order(one, other) == (0 if same else (one > other) - (one < other))
