"""Times to an end, where not everyone has reached it."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.survival import Curve, product_limit
from casebook.statistics.terms import NotComputable


def test_the_share_falls_by_those_who_ended_among_those_still_followed() -> None:
    # Kaplan and Meier's own example: deaths at 0.8, 3.1, 5.4, 9.2; losses at 1.0, 2.7, 7.0, 12.1.
    times = [0.8, 1.0, 2.7, 3.1, 5.4, 7.0, 9.2, 12.1]
    ended = [True, False, False, True, True, False, True, False]

    curve = product_limit(times, ended)

    shares = {step.time: step.share for step in curve.steps if step.ended}
    assert shares == pytest.approx({0.8: 7 / 8, 3.1: 7 / 10, 5.4: 21 / 40, 9.2: 21 / 80})


def test_one_patient_who_goes_on_leaves_the_share_at_one_without_an_interval() -> None:
    (step,) = product_limit([6], [False]).steps

    assert (step.share, step.at_risk, step.censored) == (1.0, 1, 1)
    assert math.isnan(step.low)
    assert math.isnan(step.high)


def test_a_median_that_was_not_reached_is_not_made_up() -> None:
    median = product_limit([3, 5, 9], [True, False, False]).median()

    assert math.isinf(median.value)
    assert median.low == 3
    assert math.isinf(median.high)


def test_one_patient_who_stopped_has_a_median_whose_interval_has_no_ends() -> None:
    median = product_limit([5], [True]).median()

    assert median.value == 5
    assert math.isinf(median.low)
    assert math.isinf(median.high)


def test_between_two_steps_the_share_is_that_of_the_earlier_one() -> None:
    curve = product_limit([2, 4, 8], [True, True, False])

    between, before = curve.at(3), curve.at(0)

    assert (between.share, between.at_risk) == (pytest.approx(2 / 3), 2)
    assert (before.share, before.at_risk) == (1.0, 3)
    with pytest.raises(NotComputable, match="as long"):
        curve.at(8.5)


def test_an_end_at_time_zero_counts() -> None:
    curve = product_limit([0, 0, 5], [True, False, False])

    assert curve.at(0).share == pytest.approx(2 / 3)
    assert curve.at(5).at_risk == 1


@pytest.mark.parametrize(("times", "ended"), [([], []), ([-1.0, 2.0], [True, True])])
def test_no_times_and_negative_ones_are_refused(times: list[float], ended: list[bool]) -> None:
    with pytest.raises(NotComputable):
        product_limit(times, ended)


def test_the_order_of_the_patients_does_not_matter() -> None:
    times, ended = [4.0, 2.0, 4.0, 7.0, 2.0], [True, False, False, True, True]

    turned = product_limit(times[::-1], ended[::-1])

    assert turned == product_limit(times, ended)


followed = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=12)


@given(followed, st.sampled_from([2, 0.5, 64]))
def test_the_unit_of_time_does_not_matter(patients: list[tuple[int, bool]], unit: float) -> None:
    times, ended = zip(*patients, strict=True)

    curve = product_limit(times, ended)
    scaled = product_limit([unit * time for time in times], ended)

    def shares(each: Curve) -> list[float]:
        return [step.share for step in each.steps]

    assert shares(scaled) == shares(curve)
    assert scaled.median().value == unit * curve.median().value


@given(followed)
def test_shares_never_rise_and_lie_within_their_intervals(
    patients: list[tuple[int, bool]],
) -> None:
    steps = product_limit(*zip(*patients, strict=True)).steps

    assert all(one.share >= other.share for one, other in itertools.pairwise(steps))
    assert all(s.low <= s.share <= s.high for s in steps if not math.isnan(s.low))


def test_a_level_outside_of_0_to_1_is_refused() -> None:
    with pytest.raises(ValueError, match="level"):
        product_limit([1], [True], level=95)
