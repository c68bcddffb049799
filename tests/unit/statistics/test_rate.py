"""Rates of events, and what no event at all can exclude."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.proportion import clopper_pearson, upper_bound
from casebook.statistics.rate import poisson_rate
from casebook.statistics.terms import NotComputable


def test_a_rate_is_events_per_time() -> None:
    rate = poisson_rate(4, 80)

    assert rate.value == 0.05
    assert rate.low < 0.05 < rate.high


def test_no_event_has_a_rate_of_0_and_an_upper_end() -> None:
    rate = poisson_rate(0, 10)

    assert (rate.value, rate.low) == (0, 0)
    assert rate.high == pytest.approx(-math.log(0.025) / 10)


@given(st.integers(0, 200), st.sampled_from([0.25, 3.0, 1200.0]), st.sampled_from([2, 16]))
def test_the_unit_of_time_changes_nothing_but_the_unit(events: int, time: float, unit: int) -> None:
    rate, scaled = poisson_rate(events, time), poisson_rate(events, unit * time)

    assert (rate.value, rate.low, rate.high) == pytest.approx(
        (unit * scaled.value, unit * scaled.low, unit * scaled.high), rel=1e-12
    )
    assert rate.low <= rate.value <= rate.high


def test_without_time_there_is_no_rate() -> None:
    with pytest.raises(NotComputable, match="no time"):
        poisson_rate(3, 0)


@pytest.mark.parametrize(("events", "time", "level"), [(-1, 5, 0.95), (1, -5, 0.95), (1, 5, 95)])
def test_what_cannot_be_is_refused(events: int, time: float, level: float) -> None:
    with pytest.raises(ValueError, match=r"0 or more|between 0 and 1"):
        poisson_rate(events, time, level=level)


def test_no_event_in_nine_patients_excludes_little() -> None:
    two_sided, one_sided = clopper_pearson(0, 9).high, upper_bound(0, 9)

    assert two_sided == pytest.approx(0.336, abs=5e-4)
    assert one_sided == pytest.approx(0.283, abs=5e-4)


def test_if_all_have_it_nothing_is_excluded() -> None:
    assert upper_bound(3, 3) == 1
    with pytest.raises(NotComputable):
        upper_bound(0, 0)
