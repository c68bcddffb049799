"""Numbers that are refused, and differences whose ties are the ties on paper."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics import NotComputable
from casebook.statistics.values import finite_values, paired_differences


@pytest.mark.parametrize(
    ("baseline", "followup", "difference"),
    [(0.1, 0.3, 0.2), (1.0, 1.1, 0.1), (4.35, 2.675, -1.675), (1e-7, 3e-7, 2e-7), (7, 7, 0)],
)
def test_a_difference_is_what_one_gets_on_paper(
    baseline: float, followup: float, difference: float
) -> None:
    assert paired_differences([baseline], [followup]).tolist() == [difference]


@given(
    st.lists(st.tuples(st.integers(-9999, 9999), st.integers(-9999, 9999)), max_size=20),
    st.integers(0, 4),
)
def test_differences_of_decimals_equal_scaled_differences_of_integers(
    pairs: list[tuple[int, int]], decimals: int
) -> None:
    baseline = [float(f"{a}e-{decimals}") for a, _ in pairs]
    followup = [float(f"{b}e-{decimals}") for _, b in pairs]
    expected = [float(f"{b - a}e-{decimals}") for a, b in pairs]
    assert paired_differences(baseline, followup).tolist() == expected


def test_visits_of_different_length_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="2 baseline values but 1 follow-up"):
        paired_differences([1, 2], [1])


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([1, np.inf], "value 2 of 2 is not finite"),
        ([np.nan, 1], "value 1 of 2 is not finite"),
        ([None, 1], "value 1 of 2 is not finite"),
        (["Negative"], "not a number"),
        ([], "needs at least 1 value, has 0"),
    ],
)
def test_values_that_are_not_numbers_are_refused_with_a_reason(
    values: list[object], reason: str
) -> None:
    with pytest.raises(NotComputable, match=reason):
        finite_values(values)  # type: ignore[arg-type]
