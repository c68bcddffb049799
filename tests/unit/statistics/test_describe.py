"""Centre, spread and quantiles of small samples."""

from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.describe import (
    Sample,
    maximum,
    mean,
    median,
    minimum,
    quantile,
    quartiles_by_definition,
    sd,
    tukey_hinges,
)
from casebook.statistics.terms import NotComputable, QuantileType

CDASI_BASELINE = [12, 7, 27, 50, 2, 8, 9, 14]
CDASI_FOLLOWUP = [4, 1, 5, 31, 0, 1, 0, 7]
KINDS = get_args(QuantileType)

samples = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30)


def test_the_aggregate_cdasi_of_the_paper() -> None:
    assert median(CDASI_BASELINE) == 10.5
    assert quantile(CDASI_BASELINE, 0.25) == 7.75
    assert quantile(CDASI_BASELINE, 0.75) == 17.25
    assert median(CDASI_FOLLOWUP) == 2.5
    assert (quantile(CDASI_FOLLOWUP, 0.25), quantile(CDASI_FOLLOWUP, 0.75)) == (0.75, 5.5)


def test_sd_divides_by_n_minus_one() -> None:
    assert sd([2, 4]) == pytest.approx(2**0.5)


def test_a_mean_does_not_lose_small_values_beside_large_ones() -> None:
    assert mean([1e16, 1.0, -1e16]) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(1, 3), (2, 3.5), (3, 3), (4, 3), (5, 3.5), (6, 3.3), (7, 3.7), (8, 103 / 30), (9, 3.45)],
)
def test_the_nine_definitions_of_a_third_decile(kind: QuantileType, expected: float) -> None:
    assert quantile(range(1, 11), 0.3, kind) == pytest.approx(expected)


def test_quartiles_are_a_quarter_from_either_end_in_every_definition() -> None:
    # In R 4.2, quantile(c(12, 7, 27, 50, 2, 8, 9, 14), c(0.25, 0.75), type = k), and fivenum
    types = [(7, 14), (7.5, 20.5), (7, 14), (7, 14), (7.5, 20.5), (7.25, 23.75), (7.75, 17.25)]
    types += [(89 / 12, 259 / 12), (7.4375, 21.3125)]

    found = quartiles_by_definition(CDASI_BASELINE)

    assert [*found.values()] == [pytest.approx(each) for each in [*types, (7.5, 20.5)]]


@pytest.mark.parametrize("kind", [1, 4])
def test_a_position_that_is_whole_but_for_rounding_counts_as_whole(kind: QuantileType) -> None:
    assert 100 * 0.07 > 7
    assert quantile(range(1, 101), 0.07, kind) == 7


@pytest.mark.parametrize(
    ("values", "hinges"),
    [([5], (5, 5)), ([1, 2], (1, 2)), ([1, 2, 3], (1.5, 2.5)), ([1, 2, 3, 4, 5], (2, 4))],
)
def test_hinges_share_the_median_when_n_is_odd(
    values: list[float], hinges: tuple[float, float]
) -> None:
    assert tukey_hinges(values) == hinges


@given(samples, st.sampled_from(KINDS), st.floats(0, 1))
def test_a_quantile_lies_within_the_data(
    values: list[float], kind: QuantileType, probability: float
) -> None:
    assert minimum(values) <= quantile(values, probability, kind) <= maximum(values)


@given(samples)
def test_the_median_is_the_middle_quantile_of_type_7(values: list[float]) -> None:
    assert median(values) == pytest.approx(quantile(values, 0.5), abs=1e-9)


@pytest.mark.parametrize("function", [mean, median, minimum, maximum, tukey_hinges])
def test_nothing_is_known_of_no_values(function: Callable[[list[float]], object]) -> None:
    with pytest.raises(NotComputable, match="needs at least 1 value, has 0"):
        function([])


def test_a_sample_gives_what_its_values_give() -> None:
    values = [3.5, -1.25, 8, 3.5, 0.1, 77.7]
    for function in (mean, sd, median, minimum, maximum, tukey_hinges, quartiles_by_definition):
        assert function(Sample(values)) == function(values)
    assert quantile(Sample(values), 0.3, 6) == quantile(values, 0.3, 6)
    with pytest.raises(NotComputable, match="needs at least 2 values, has 1"):
        sd(Sample([1.0]))


def test_one_value_has_no_spread() -> None:
    with pytest.raises(NotComputable, match="needs at least 2 values, has 1"):
        sd([3])


def test_a_quantile_that_does_not_exist_is_a_mistake_of_the_caller() -> None:
    for probability in (-0.1, 1.1):
        with pytest.raises(ValueError, match="between 0 and 1"):
            quantile([1], probability)
    with pytest.raises(ValueError, match="1 to 9"):
        quantile([1], 0.25, 10)  # type: ignore[arg-type]
