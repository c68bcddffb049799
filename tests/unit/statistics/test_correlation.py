"""Correlations where columns are too short, too alike, or perfectly in step."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from casebook.statistics.correlation import Correlated, kendall, pearson, spearman
from casebook.statistics.terms import SMALLEST_P, NotComputable

ALL = pytest.mark.parametrize("correlation", [pearson, spearman, kendall])


@ALL
def test_values_in_step_have_a_coefficient_of_1_and_the_smallest_p_value(
    correlation: Callable[..., Correlated],
) -> None:
    rising, falling = [1, 2, 3, 4, 5], [9.5, 7, 6.25, 3, 1]

    found = correlation(rising, falling)

    assert found.coefficient == pytest.approx(-1, abs=0.02)
    assert correlation(rising, [10 * x + 3 for x in rising]).coefficient == 1
    exact = 2 / math.factorial(5)
    perfect = correlation(rising, [10 * x + 3 for x in rising]).p_value
    assert perfect == (SMALLEST_P if correlation is pearson else pytest.approx(exact))


@ALL
def test_a_coefficient_is_the_same_in_other_units_and_turned_with_a_sign(
    correlation: Callable[..., Correlated],
) -> None:
    first, second = [3.0, 1.5, 4.25, 1.25, 5.5], [2.5, 7.0, 1.0, 8.5, 2.0]
    own = correlation(first, second)

    scaled = correlation([1e200 * x for x in first], second)
    turned = correlation(first, [-y for y in second])

    assert scaled.coefficient == pytest.approx(own.coefficient)
    assert turned.coefficient == pytest.approx(-own.coefficient)
    assert turned.p_value == pytest.approx(own.p_value)
    assert correlation(second, first).p_value == pytest.approx(own.p_value)


@ALL
@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ([1, 2], [2, 1], "needs at least 3 values, has 2"),
        ([1, 1, 1], [1, 2, 3], "all values of one of the two are equal"),
        ([1, 2, 3], [1, math.nan, 3], "is not finite"),
    ],
)
def test_a_correlation_that_cannot_be_computed_says_why(
    correlation: Callable[..., Correlated], first: list[float], second: list[float], reason: str
) -> None:
    with pytest.raises(NotComputable, match=reason):
        correlation(first, second)


@pytest.mark.parametrize(
    ("correlation", "values", "reason"),
    [(spearman, list(range(13)), "too many pairs"), (kendall, [1, 2, 2, 3], "not computed with")],
)
def test_an_exact_distribution_has_its_bounds(
    correlation: Callable[..., Correlated], values: list[float], reason: str
) -> None:
    with pytest.raises(NotComputable, match=reason):
        correlation(values, values[::-1])
    assert not correlation(values, values[::-1], distribution="r").exact


@ALL
@pytest.mark.parametrize("wrong", [{"alternative": "up"}, {"distribution": "table"}])
def test_an_unknown_choice_is_a_mistake_of_the_caller(
    correlation: Callable[..., Any], wrong: dict[str, str]
) -> None:
    with pytest.raises((ValueError, TypeError), match=r"alternative is|distribution"):
        correlation([1, 2, 3], [2, 3, 1], **wrong)


def test_columns_of_different_lengths_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="3 values but 4 others"):
        pearson([1, 2, 3], [1, 2, 3, 4])
