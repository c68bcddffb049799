"""Simulated times on treatment and counts of events: their intervals cover. Takes some seconds."""

import math

import numpy as np
import pytest

from casebook.statistics.proportion import upper_bound
from casebook.statistics.rate import poisson_rate
from casebook.statistics.survival import Curve, product_limit

STUDIES = 1_500
FOUR_STANDARD_ERRORS = 4 * (0.05 * 0.95 / STUDIES) ** 0.5
AT, MEDIAN = 0.6, math.log(2)


def followed(size: int) -> list[Curve]:
    """Times of a mean of 1, some of them censored at a time that does not depend on them."""
    random = np.random.default_rng(size)
    ends = random.exponential(1, (STUDIES, size))
    leaves = random.uniform(0, 4, ends.shape)
    times, ended = np.minimum(ends, leaves), ends <= leaves
    return [product_limit(*study) for study in zip(times.tolist(), ended.tolist(), strict=True)]


def shares_covered(curves: list[Curve]) -> list[bool]:
    """Whether each interval of the share at a time that has one holds the true share."""
    steps = [curve.at(AT) for curve in curves if curve.steps[-1].time >= AT]
    return [s.low <= math.exp(-AT) <= s.high for s in steps if not math.isnan(s.low)]


@pytest.mark.slow
@pytest.mark.parametrize("size", [3, 5, 7, 10])
def test_intervals_of_the_share_still_on_the_treatment_cover(size: int) -> None:
    assert np.mean(shares_covered(followed(size))) >= 0.95 - FOUR_STANDARD_ERRORS


@pytest.mark.slow
@pytest.mark.parametrize(("size", "least"), [(3, 0.8), (5, 0.95), (7, 0.95), (10, 0.95)])
def test_intervals_of_the_median_time_cover_but_of_three_patients(size: int, least: float) -> None:
    medians = [curve.median() for curve in followed(size)]
    covered = np.mean([each.low <= MEDIAN <= each.high for each in medians])
    assert covered >= least - FOUR_STANDARD_ERRORS


def test_the_interval_of_a_rate_covers_at_any_rate() -> None:
    """Not simulated but summed over all counts."""
    found = [poisson_rate(events, 1) for events in range(60)]
    for rate in np.linspace(0.05, 20, 134):
        likely = [math.exp(k * math.log(rate) - rate - math.lgamma(k + 1)) for k in range(60)]
        held = [each.low <= rate <= each.high for each in found]
        assert np.dot(likely, held) >= 0.95


@pytest.mark.parametrize("n", range(3, 11))
def test_the_one_sided_bound_covers_at_any_share(n: int) -> None:
    """What a count excludes is excluded wrongly in at most 5 % of studies."""
    bounds = [upper_bound(count, n) for count in range(n + 1)]
    for share in np.linspace(0.005, 0.995, 100):
        likely = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
        excluded = sum(p for p, bound in zip(likely, bounds, strict=True) if bound < share)
        assert excluded <= 0.05 + 1e-12
