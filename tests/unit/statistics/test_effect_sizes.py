"""Effect sizes and ratios against R 4.2.2.

Those of groups and pairs are effectsize 0.8.3's and, where it has none, R's mean, var, cor and
wilcox.test; ratios are epitools', fisher.test's, and phi is effectsize's.
"""

import math

import pytest

from casebook.statistics.effect_sizes import (
    Correction,
    Unit,
    cohens_d,
    correction,
    d_of_pairs,
    glass_delta,
    mean_sd,
    r_from_t,
    repeated_measures,
    root_mean_variance,
    superiority,
)
from casebook.statistics.needed_to_treat import needed_to_treat, newcombe, rounded_up, wald
from casebook.statistics.r_fisher import r_odds_ratio
from casebook.statistics.ratios import HALF, conditional_odds_ratio, odds_ratio, phi, risk_ratio
from casebook.statistics.terms import NotComputable

GROUP, REFERENCE = [1, 2, 3, 9], [2, 5, 6, 7, 9]
TABLE = (7, 10, 2, 12)
NONE_IN_REFERENCE = (7, 10, 0, 12)


def test_differences_of_means_in_standard_deviations() -> None:
    found = [
        cohens_d(GROUP, REFERENCE),
        cohens_d(GROUP, REFERENCE, corrected="exact"),
        glass_delta(GROUP, REFERENCE),
        r_from_t(GROUP, REFERENCE),
        2 * superiority(GROUP, REFERENCE) - 1,
    ]

    expected = [-0.6699101116, -0.5950161090, -0.7919840945, -0.3531334933, -0.4]
    assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("degrees", "kind", "factor"),
    [
        (2, "exact", 1 / math.sqrt(math.pi)),
        (4, "exact", 0.7978845608),
        (4, "approximate", 0.8),
        (400, "exact", 0.998123631715),
        (1, "none", 1.0),
    ],
)
def test_the_correction_of_few_values(degrees: int, kind: Correction, factor: float) -> None:
    """gamma(m / 2) / (sqrt(m / 2) * gamma((m - 1) / 2)) by R, and Hedges's approximation of it."""
    assert correction(degrees, kind) == pytest.approx(factor, rel=1e-8)


def test_ratios_have_the_intervals_of_programs() -> None:
    by_woolf, by_katz = odds_ratio(*TABLE), risk_ratio(*TABLE)
    exact = conditional_odds_ratio(*TABLE)
    halved = odds_ratio(*NONE_IN_REFERENCE, added=HALF)

    ends = [(each.value, each.low, each.high) for each in (by_woolf, by_katz, halved)]
    assert ends[0] == pytest.approx((11.66666667, 1.527262566, 89.12096329), rel=1e-9)
    assert ends[1] == pytest.approx((4.2, 1.112333992, 15.8585462), rel=1e-9)
    assert ends[2] == pytest.approx((53.57142857, 2.417251262, 1187.256784), rel=1e-9)
    # R's fisher.test looks for roots roughly; its p-value of one side is 0.025 at these ends.
    assert exact.value == pytest.approx(10.12691994, rel=1e-4)
    assert (exact.low, exact.high) == pytest.approx((1.1422318947, 154.12619732), rel=1e-9)


@pytest.mark.parametrize(
    ("table", "ratio", "ends"),
    [
        (TABLE, 10.12691994, (1.142266212, 154.2596576)),
        ((2, 12, 7, 10), 0.09874670739, (0.006482576299, 0.8754526656)),
        ((0, 10, 2, 9), 0.0, (0.0, 4.674508544)),
    ],
)
def test_the_odds_ratio_of_r_is_found_as_roughly_as_r_finds_it(
    table: tuple[int, int, int, int], ratio: float, ends: tuple[float, float]
) -> None:
    """By fisher.test of R 4.2.2 and 4.6.2."""
    found = r_odds_ratio(*table)

    assert found.value == pytest.approx(ratio, rel=1e-9)
    assert (found.low, found.high) == pytest.approx(ends, rel=1e-9)


@pytest.mark.parametrize(
    ("table", "value", "by_wald", "by_newcombe", "whole"),
    [
        ((4, 5, 0, 5), 1.25, (1.0, 2.225233786), (1.037585614, 5.19235439), 2),
        ((36, 65, 19, 64), 3.891487371, (2.371404094, 10.83996644), (2.453762433, 11.5808229), 4),
        ((2, 20, 9, 18), 2.5, (1.501992772, 7.450574677), (1.60836356, 9.131570702), 3),
        ((16, 20, 11, 20), 4.0, (math.nan,) * 2, (math.nan,) * 2, 4),
    ],
)
def test_numbers_needed_to_treat(
    table: tuple[int, int, int, int],
    value: float,
    by_wald: tuple[float, float],
    by_newcombe: tuple[float, float],
    whole: int,
) -> None:
    """Reciprocals of the ends of prop.test without correction, of two shares and of each alone.

    Where the difference may be 0 there is no interval that has both ends.
    """
    for difference, ends in ((wald, by_wald), (newcombe, by_newcombe)):
        found = needed_to_treat(*table, difference=difference)
        assert found.value == pytest.approx(value, rel=1e-9)
        assert (found.low, found.high) == pytest.approx(ends, rel=1e-8, nan_ok=True)
    assert rounded_up(*table) == whole


def test_phi_has_the_sign_of_the_difference() -> None:
    assert phi(*TABLE) == pytest.approx(0.5401276624, rel=1e-9)
    assert phi(2, 12, 7, 10, corrected=True) == pytest.approx(-0.4472932205, rel=1e-9)


def test_what_no_number_can_say_is_refused() -> None:
    with pytest.raises(NotComputable, match="the odds ratio is not finite"):
        odds_ratio(*NONE_IN_REFERENCE)
    with pytest.raises(NotComputable, match="the risk ratio is not finite"):
        risk_ratio(*NONE_IN_REFERENCE)
    with pytest.raises(NotComputable, match="all patients are alike"):
        conditional_odds_ratio(3, 3, 4, 4)
    with pytest.raises(NotComputable, match="to divide by is 0"):
        glass_delta([1, 2], [5, 5])
    with pytest.raises(NotComputable, match="no value differs"):
        cohens_d([1, 1], [2, 2])
    assert math.isnan(odds_ratio(0, 3, 1, 4).low)


@pytest.mark.parametrize(
    ("unit", "before", "times"),
    [
        (mean_sd, [0.1, 0.1, 0.1], 3),
        (root_mean_variance, [0.1, 0.1, 0.1], 3),
        (repeated_measures, [0.1, 0.2, 0.7], 3),
    ],
)
def test_what_rounding_leaves_of_0_is_not_divided_by(
    unit: Unit, before: list[float], times: int
) -> None:
    """In floats the SD of three times 0.1 is not 0, and r of values with their triple not 1."""
    after = [times * each for each in before]

    with pytest.raises(NotComputable, match="to divide by is 0"):
        d_of_pairs(before, after, unit)
