"""Intervals of standardised differences against R's noncentral t distribution."""

from collections.abc import Callable
from functools import partial

import pytest

from casebook.statistics.effect_intervals import (
    d_by_noncentral_t,
    d_by_normal,
    d_of_mean_variance_by_noncentral_t,
    d_of_pairs_by_noncentral_t,
    glass_delta_by_noncentral_t,
)
from casebook.statistics.estimate import Estimate
from tables_of_r import Row, disagreements


def pairs(first: list[float], second: list[float], *, level: float) -> Estimate:
    n = min(len(first), len(second))
    return d_of_pairs_by_noncentral_t(first[:n], second[:n], level=level)


@pytest.mark.parametrize(
    ("column", "interval"),
    [
        ("d", d_by_noncentral_t),
        ("g", partial(d_by_noncentral_t, corrected="exact")),
        ("g_approximate", partial(d_by_noncentral_t, corrected="approximate")),
        ("unpooled", d_of_mean_variance_by_noncentral_t),
        ("glass", glass_delta_by_noncentral_t),
        ("normal", d_by_normal),
        ("g_normal", partial(d_by_normal, corrected="exact")),
        ("pairs", pairs),
    ],
)
def test_ends_of_intervals(column: str, interval: Callable[..., Estimate]) -> None:
    def ours(row: Row) -> float:
        groups = ([float(value) for value in row[of].split()] for of in ("first", "second"))
        return float(getattr(interval(*groups, level=float(row["level"])), row["end"]))

    assert disagreements("effect_intervals", column, ours, at_least=120) == []
