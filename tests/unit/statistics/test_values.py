"""Numbers that are refused, and differences whose ties are the ties on paper."""

import csv
import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.change import percent_changes
from casebook.statistics.digits import order
from casebook.statistics.proportion import Threshold, responses
from casebook.statistics.signed_rank import signed_rank_by
from casebook.statistics.terms import Convention, NotComputable
from casebook.statistics.values import (
    finite_values,
    orders,
    paired_differences,
    quotients,
    tied_values,
    whole_numbers,
)

CASES = Path(__file__).parents[2] / "cases"


@pytest.mark.parametrize(
    ("baseline", "followup", "difference"),
    [
        (0.1, 0.3, 0.2),
        (1.0, 1.1, 0.1),
        (4.35, 2.675, -1.675),
        (1e-7, 3e-7, 2e-7),
        (7, 7, 0),
        (2e-5, 1e-5, -1e-5),
    ],
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


def shares(form: str, denominator: int, numerators: list[int]) -> list[float]:
    return [float(form % (100 * numerator / denominator)) for numerator in numerators]


@given(
    st.lists(st.tuples(st.integers(0, 36), st.integers(0, 36)), min_size=1, max_size=30),
    st.sampled_from([3, 6, 7, 9, 24, 36]),
    st.sampled_from(["%.15g", "%.12g", "%.17g", "%.10f"]),
)
def test_differences_of_computed_values_tie_where_those_of_whole_scores_do(
    pairs: list[tuple[int, int]], denominator: int, form: str
) -> None:
    before, after = (shares(form, denominator, list(visit)) for visit in zip(*pairs, strict=True))

    found = paired_differences(before, after).tolist()

    expected = [a - b for b, a in pairs]
    places = {
        size: abs(difference) for size, difference in zip(map(abs, expected), found, strict=True)
    }
    assert [abs(difference) for difference in found] == [places[abs(e)] for e in expected]
    assert len(set(places.values())) == len(places)
    assert [(d > 0) - (d < 0) for d in found] == [(e > 0) - (e < 0) for e in expected]


@pytest.mark.parametrize(
    ("baseline", "followup", "difference"),
    [
        (0.3, 0.30000000000000004, 0),
        (0.1, 0.30000000000000004, 0.2),
        (123456.7891, 123456.7892, 0),
        (123456.789, 123456.79, 0.001),
        # 8.333333336, rounded to the last digit of the value with fewer
        (33.333333334, 41.66666667, 8.33333334),
    ],
)
def test_a_difference_of_the_last_digit_of_what_was_computed_is_none(
    baseline: float, followup: float, difference: float
) -> None:
    assert paired_differences([baseline], [followup]).tolist() == [difference]


@pytest.mark.parametrize(
    ("values", "tied"),
    [
        ([0.3, 0.30000000000000004, 0.31], [0.3, 0.3, 0.31]),
        # Each may be off by a unit of its last digit
        ([33.3333333333335, 33.3333333333333], [33.3333333333333, 33.3333333333333]),
        ([33.3333333333336, 33.3333333333333], [33.3333333333336, 33.3333333333333]),
    ],
)
def test_values_that_their_digits_do_not_tell_apart_are_one(
    values: list[float], tied: list[float]
) -> None:
    assert tied_values(values).tolist() == tied


def test_values_are_whole_multiples_of_the_last_decimal_place_of_any() -> None:
    assert whole_numbers([1.5, 0.25, -2]) == ([150, 25, -200], 100)


@pytest.mark.parametrize("convention", ["r-4.6", "r-4.5", "exact"])
def test_scores_in_percent_of_24_tie_as_the_scores_do(convention: Convention) -> None:
    # In R 4.6.2 and 4.2.2, wilcox.test of the whole scores; exactRankTests::wilcox.exact
    expected = {"r-4.6": 0.00117969512939453, "r-4.5": 0.00270873784362762, "exact": 0.001570225}
    with (CASES / "sixths" / "table.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))

    differences = paired_differences(*([float(r[v]) for r in rows] for v in ("before", "after")))

    result = signed_rank_by(convention, differences)
    assert result.p_value == pytest.approx(expected[convention], rel=1e-6)


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


SHORT_AND_LONG = [0.0, 0.1, -0.3, 2.5, 1e14, 123456789012.345, 41.6666666666667, 33.33333333333333]


@pytest.mark.parametrize("values", [SHORT_AND_LONG[:4], SHORT_AND_LONG[:6], SHORT_AND_LONG])
def test_what_is_said_of_many_pairs_at_once_is_what_is_said_of_each(values: list[float]) -> None:
    first, second = zip(*itertools.product(values, repeat=2), strict=True)

    assert orders(second, first).tolist() == list(map(order, second, first))
    for before, after, change in zip(first, second, percent_changes(first, second), strict=True):
        assert str(change) == str(percent_changes([before], [after])[0])
    for threshold in (Threshold(0.3, "absolute", "lower"), Threshold(12.5, "percent", "higher")):
        alone = [responses([b], [a], threshold)[0] for b, a in zip(first, second, strict=True)]
        assert responses(first, second, threshold) == alone


def test_an_infinite_value_is_more_than_every_other() -> None:
    assert orders([math.inf, 1, 2], [1, math.inf, 2]).tolist() == [1, -1, 0]


def test_a_quotient_of_numbers_beyond_the_exact_ones_of_floats_is_rounded_once() -> None:
    whole = np.array([2**53 + 1, 900_719_925_474_099_300])
    assert quotients(whole, 7).tolist() == [number / 7 for number in whole.tolist()]
