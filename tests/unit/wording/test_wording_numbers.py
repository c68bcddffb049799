from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.data.results import Result
from casebook.wording.numbers import (
    count_text,
    interval_text,
    level_text,
    median_text,
    number_text,
    p_text,
    p_value_text,
    p_words,
    percent_text,
)


def result(stat: float | None) -> Result:
    text, error = ("", "no value") if stat is None else (repr(stat), "")
    return Result("cohort", "c", "", "", "", "x", "", "outcome", "", "s", "S", text, (), error)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (12.0, 2, "12"),
        (7.75, 2, "7.75"),
        (0.5, 2, "0.5"),
        (100.0, 0, "100"),
        (120.0, 2, "120"),
        (-8.0, 2, "−8"),
        (0.125, 2, "0.13"),
        (-0.125, 2, "−0.13"),
        (1.005, 2, "1.01"),
        (3.5749999999999997, 2, "3.58"),
        (-3.5749999999999997, 2, "−3.58"),
        (3.5749999999, 2, "3.57"),
        (0.1 + 0.2, 17, "0.3"),
        (0.0, 2, "0"),
        (-0.0, 2, "0"),
        (66.66666666666667, 0, "67"),
        (1e15, 2, "1000000000000000"),
        (1e30, 2, "1" + "0" * 30),
        (3, 2, "3"),
    ],
)
def test_a_number_is_rounded_half_away_from_zero_without_trailing_zeros(
    value: float, decimals: int, text: str
) -> None:
    assert number_text(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.004, 2, "0.004"),
        (0.0043219, 2, "0.0043"),
        (-0.00435, 2, "−0.0044"),
        (-0.001, 2, "−0.001"),
        (0.0996, 2, "0.1"),
        (0.00996, 2, "0.01"),
        (2.5, 0, "2.5"),
        (-0.4, 0, "−0.4"),
        (0.123, 2, "0.12"),
        (1e-9, 2, "0.000000001"),
    ],
)
def test_a_small_number_keeps_two_significant_digits(
    value: float, decimals: int, text: str
) -> None:
    assert number_text(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0%"), (0.4, "0%"), (0.5, "1%"), (87.5, "88%"), (66.66666666666667, "67%"),
     (100.0, "100%")],
)  # fmt: skip
def test_a_percentage_has_no_decimals(value: float, text: str) -> None:
    assert percent_text(value) == text


@given(st.floats(-1e6, 1e6))
def test_a_number_is_shown_within_half_of_its_last_decimal(value: float) -> None:
    shown = Decimal(number_text(value).replace("−", "-"))

    assert abs(shown - Decimal(repr(value))) <= Decimal("0.0050001")


@pytest.mark.parametrize(
    ("p_value", "text"),
    [
        (0.0625, "0.0625"),
        (0.37109336952269, "0.371"),
        (0.014154, "0.014"),
        (0.0499, "0.0499"),
        (0.049512, "0.0495"),
        (0.0504321, "0.050"),
        (0.0504, "0.0504"),
        (0.05, "0.05"),
        (0.001, "0.001"),
        (0.00099, "<0.001"),
        (1e-300, "<0.001"),
        (0.5, "0.5"),
        (1.0, "1"),
        (0.1699999, "0.170"),
    ],
)
def test_a_p_value_has_three_decimals_and_more_where_three_would_blur_it(
    p_value: float, text: str
) -> None:
    assert p_text(p_value, 0.05) == text


@pytest.mark.parametrize(
    ("p_value", "alpha", "text"),
    [
        (0.04996, 0.05, "0.04996"),
        (0.0499961, 0.05, "0.049996"),
        (0.050004, 0.05, "0.050"),
        (0.049512, 0.01, "0.050"),
        (0.0099961, 0.01, "0.009996"),
        (0.0100001, 0.01, "0.010"),
        (0.0333333, 0.0333334, "0.033"),
    ],
)
def test_a_p_value_is_on_the_same_side_of_the_level_as_it_is_shown(
    p_value: float, alpha: float, text: str
) -> None:
    assert p_text(p_value, alpha) == text
    assert (float(text) < alpha) == (p_value < alpha)


def test_a_p_value_below_a_level_of_a_thousandth_is_shown_as_that() -> None:
    assert p_text(0.0005, 0.001) == "<0.001"
    assert p_text(0.0005, 0.0009) == "0.0005"


def test_a_number_has_two_decimals_unless_it_is_asked_for_others() -> None:
    assert number_text(7.756) == "7.76"


def test_counts_medians_and_p_values_are_put_together() -> None:
    assert count_text(result(4), result(80.0)) == "4 (80%)"
    assert median_text(result(12.0), result(7.0), result(27.0)) == "12 (7–27)"
    assert median_text(result(-8.0), result(-19.0), result(-6.0)) == "−8 (−19 to −6)"
    assert median_text(result(0.0), result(-1.0), result(2.5)) == "0 (−1 to 2.5)"
    assert median_text(result(1.0), result(0.0), result(2.5)) == "1 (0–2.5)"
    assert interval_text(result(-8.0), result(-19.0), result(-6.0)) == "−8 (−19 to −6)"
    assert interval_text(result(-8.0), result(None), result(None)) == "−8"
    assert p_value_text(result(0.0625), 0.05) == "0.0625"


@pytest.mark.parametrize(
    ("p_value", "words"),
    [(0.014154, "p = 0.014"), (0.00099, "p < 0.001"), (1.0, "p = 1"), (None, "not tested")],
)
def test_a_p_value_in_a_sentence_has_its_sign(p_value: float | None, words: str) -> None:
    assert p_words(result(p_value), 0.05) == words


def test_what_was_not_computed_is_a_dash() -> None:
    missing = result(None)

    assert count_text(result(0), missing) == "–"
    assert median_text(missing, missing, missing) == "–"
    assert interval_text(missing, missing, missing) == "–"
    assert p_value_text(missing, 0.05) == "–"


@pytest.mark.parametrize(("level", "text"), [(0.95, "95%"), (0.975, "97.5%"), (0.99995, "99.995%")])
def test_a_level_below_one_is_never_rounded_to_100_percent(level: float, text: str) -> None:
    assert level_text(level) == text
