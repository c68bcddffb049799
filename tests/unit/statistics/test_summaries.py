"""Checks of printed numbers: published verdicts, every small sample listed, no false alarms."""

import itertools
import math
import statistics
import time
from collections.abc import Callable, Iterable
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from casebook.base.printed import read_printed
from casebook.statistics.summaries.interval import Rounding, possible_values
from casebook.statistics.summaries.mean_sd import debit, grim, grimmer
from casebook.statistics.summaries.p_value import (
    Kind,
    Relation,
    p_from_statistic,
    p_of_correlation,
)
from casebook.statistics.summaries.percent import percent_of, percent_possible, possible_counts
from casebook.statistics.terms import Alternative, NotComputable

D = Decimal
EXACT = Context(prec=60)
MODES = {
    "nearest": (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN),
    "truncated": (ROUND_DOWN,),
}
NO, YES = False, True


def _slow(*sizes: int) -> list[ParameterSet]:
    """More of the same, which take long to list, and rarely find what the others do not."""
    return [pytest.param(size, marks=pytest.mark.slow) for size in sizes]


roundings = st.sampled_from(["nearest", "truncated"])
decimals = st.integers(0, 3)
scores = st.lists(st.integers(-40, 160), min_size=2, max_size=40)


def printed(value: Fraction, places: int, mode: str, *, root: bool = False) -> Decimal:
    """A number, or its root, with so many decimals, by the decimal module's own rounding."""
    number = EXACT.divide(value.numerator, value.denominator)
    if root:
        number = EXACT.sqrt(number)
    return number.quantize(D(1).scaleb(-places), rounding=mode, context=EXACT)


def mean_and_variance(sample: Iterable[int], items: int = 1) -> tuple[Fraction, Fraction]:
    values = [Fraction(x, items) for x in sample]
    return Fraction(sum(values), len(values)), statistics.variance(values)


# Means ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mean", "n", "items", "consistent"),
    [
        # rsprite2 0.2.1, GRIM_test, examples and tests; 5.19 of 28 is that of the GRIM paper
        *[("5.19", 28, 1, NO), ("5.18", 28, 1, YES), ("5.18", 14, 2, YES)],
        # Allard 2018, "GRIM and GRIMMER: the basics"
        ("3.45", 10, 1, NO),
        # Wikipedia, "GRIM test": a die rolled 20 times, X.X0 or X.X5
        *[("3.48", 20, 1, NO), ("3.45", 20, 1, YES)],
        # The Economist, 18 June 2016
        ("5.93", 49, 1, NO),
        # github.com/phoughton/grim_test, README
        ("11.09", 21, 1, NO),
        # INSPECT-SR, check 4.8: Apgar scores of 30 newborns
        *[("8.96", 30, 1, NO), ("9.96", 30, 1, NO), ("9.93", 30, 1, YES)],
        # scrutiny, vignette "GRIM"
        *[("5.27", 43, 1, NO), ("8.97", 28, 1, NO), ("2.61", 28, 1, YES), ("7.26", 28, 1, NO)],
        *[("3.64", 28, 1, YES), ("9.26", 28, 1, NO), ("10.46", 28, 1, YES), ("7.39", 28, 1, YES)],
        *[("5.90", 40, 1, YES), ("5.71", 40, 1, NO), ("3.82", 40, 1, YES), ("4.61", 40, 1, NO)],
        *[("5.71", 40, 3, YES), ("4.61", 40, 3, YES), ("1.59", 30, 2, NO), ("4.04", 30, 3, YES)],
        # scrutiny, data set pigs1
        *[("7.22", 32, 1, YES), ("4.74", 25, 1, NO), ("5.23", 29, 1, NO), ("2.57", 24, 1, NO)],
        *[("6.77", 27, 1, NO), ("2.68", 28, 1, YES), ("7.01", 29, 1, NO), ("7.38", 26, 1, YES)],
        *[("3.14", 27, 1, NO), ("6.89", 31, 1, NO), ("5.00", 25, 1, YES), ("0.24", 28, 1, NO)],
    ],
)
def test_published_verdicts_on_means(mean: str, n: int, items: int, consistent: bool) -> None:
    assert grim(D(mean), n, items).consistent == consistent


@pytest.mark.parametrize(
    ("mean", "rounded", "cut_off"),
    [
        # scrutiny, tests/testthat/test-grim-map.R: pigs1 with n = 40, by "up_or_down" and "trunc"
        *[("7.22", YES, YES), ("4.74", NO, NO), ("5.23", YES, NO), ("2.57", YES, YES)],
        *[("6.77", YES, YES), ("2.68", YES, NO), ("7.01", NO, NO), ("7.38", YES, NO)],
        *[("3.14", NO, NO), ("6.89", NO, NO), ("5.00", YES, YES), ("0.24", NO, NO)],
    ],
)
def test_published_verdicts_by_rounding(mean: str, rounded: bool, cut_off: bool) -> None:
    assert grim(D(mean), 40).consistent == rounded
    assert grim(D(mean), 40, rounding="truncated").consistent == cut_off


def test_an_impossible_mean_names_its_neighbours() -> None:
    found = grim(D("3.45"), 10)
    assert found.detail == (
        "no 10 whole numbers have a mean of 3.45; the nearest are 3.40 and 3.50"
    )
    assert found.nearest == (D("3.40"), D("3.50"))
    assert grim(D("-0.33"), 4, 2).detail == (
        "no 4 averages of 2 whole numbers have a mean of -0.33; the nearest are -0.37 and -0.25"
    )


def test_the_decimals_of_a_mean_count() -> None:
    assert grim(D("3.4"), 9).consistent
    assert not grim(D("3.40"), 9).consistent


@pytest.mark.parametrize("rounding", ["nearest", "truncated"])
@pytest.mark.parametrize("places", [0, 1, 2])
def test_means_of_small_groups_against_all_of_them(places: int, rounding: Rounding) -> None:
    for n in range(1, 111):
        real = {
            printed(Fraction(total, n), places, mode)
            for total in range(-n, 2 * n + 1)
            for mode in MODES[rounding]
        }
        one_unit = [D(k).scaleb(-places) for k in range(10**places)]
        verdicts = {mean: grim(mean, n, rounding=rounding) for mean in one_unit}

        assert {mean for mean in one_unit if verdicts[mean].consistent} == real & set(one_unit)
        for mean, found in verdicts.items():
            assert found.informative == (not real.issuperset(one_unit))
            if not found.consistent:
                below = max(m for m in real if m < mean)
                above = min(m for m in real if m > mean)
                assert found.nearest == (below, above)


def test_with_many_patients_no_mean_is_impossible() -> None:
    found = grim(D("3.47"), 100)
    assert found.consistent
    assert not found.informative
    assert "every mean with these decimals is possible" in found.detail
    assert grim(D("3.47"), 99).informative


@given(scores, st.integers(1, 5), decimals, roundings, st.data())
def test_a_real_mean_is_never_called_impossible(
    sample: list[int], items: int, places: int, rounding: Rounding, data: st.DataObject
) -> None:
    mode = data.draw(st.sampled_from(MODES[rounding]))
    mean, _ = mean_and_variance(sample, items)
    assert grim(printed(mean, places, mode), len(sample), items, rounding=rounding).consistent


# Means and SDs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mean", "sd", "n", "consistent"),
    [
        # rsprite2 0.2.1, GRIMMER_test, examples and tests
        *[("5.21", "1.6", 28, YES), ("3.44", "2.47", 18, NO)],
        # INSPECT-SR, check 4.8: Apgar scores
        ("9.93", "0.18", 30, NO),
        # scrutiny, vignette "GRIMMER" (for 8.9 and 2.81 see below)
        *[("7.3", "2.51", 12, NO), ("2.6", "2.05", 25, NO), ("7.2", "2.89", 25, YES)],
        *[("3.6", "3.11", 25, YES), ("9.2", "7.13", 25, YES), ("10.4", "2.53", 25, YES)],
        *[("7.3", "3.14", 25, YES), ("5.90", "2.19", 40, YES), ("5.71", "1.42", 40, NO)],
        *[("3.50", "1.81", 40, YES), ("3.82", "2.43", 40, YES), ("4.61", "1.92", 40, NO)],
        # scrutiny, data set pigs5 and tests/testthat/test-grimmer-map.R
        *[("7.22", "5.30", 38, NO), ("4.74", "6.55", 31, YES), ("5.23", "2.55", 35, NO)],
        *[("2.57", "2.57", 30, YES), ("6.77", "2.18", 33, NO), ("2.68", "2.59", 34, YES)],
        *[("7.01", "6.68", 35, NO), ("7.38", "3.65", 32, YES), ("3.14", "5.32", 33, NO)],
        *[("6.89", "4.18", 37, YES), ("5.00", "2.18", 31, YES), ("0.24", "6.43", 34, YES)],
    ],
)
def test_published_verdicts_on_sds(mean: str, sd: str, n: int, consistent: bool) -> None:
    assert grimmer(D(mean), D(sd), n).consistent == consistent


def test_a_mean_that_two_sums_have_is_looked_for_at_both() -> None:
    """The vignette of scrutiny 0.6 calls it impossible: it tries one sum, 222 (its issue 80)."""
    sample = [2, 4, 5, *[7] * 4, *[8] * 3, *[9] * 5, *[10] * 3, *[11] * 3, 12, 13, 13, 14]
    assert (len(sample), sum(sample)) == (25, 223)
    assert (round(statistics.mean(sample), 1), round(statistics.stdev(sample), 2)) == (8.9, 2.81)
    assert grimmer(D("8.9"), D("2.81"), 25).consistent


@pytest.mark.parametrize(
    ("mean", "sd", "n", "items", "scale", "consistent"),
    [
        # rsprite2, tests of .sd_limits: 0.45 to 3.03 with one item, 0.27 to 3.03 with two
        *[("4.2", "0.44", 5, 1, (1, 7), NO), ("4.2", "0.45", 5, 1, (1, 7), YES)],
        *[("4.2", "3.03", 5, 1, (1, 7), YES), ("4.2", "3.04", 5, 1, (1, 7), NO)],
        *[("4.2", "0.26", 5, 2, (1, 7), NO), ("4.2", "0.27", 5, 2, (1, 7), YES)],
        *[("4.2", "3.03", 5, 2, (1, 7), YES), ("4.2", "3.04", 5, 2, (1, 7), NO)],
        *[("1.00", "0.00", 100, 1, (1, 7), YES), ("1.00", "0.20", 100, 1, (1, 7), NO)],
        # rsprite2, boundary_test
        *[("4", "1.5", 20, 1, (1, 7), YES), ("4", "3.5", 20, 1, (1, 7), NO)],
        # rsprite2, details of GRIMMER_test: it passes there, though no sample has it
        ("2", "2.0", 2, 1, (0, 4), NO),
    ],
)
def test_published_verdicts_on_a_scale(
    mean: str, sd: str, n: int, items: int, scale: tuple[int, int], consistent: bool
) -> None:
    assert grimmer(D(mean), D(sd), n, items, scale=scale).consistent == consistent


@pytest.mark.parametrize(
    ("mean", "sd", "n", "scale", "why"),
    [
        ("3.45", "1.0", 10, None, "a mean of 3.45; the nearest are 3.40 and 3.50"),
        ("3.5", "0.00", 2, None, "an SD of 0.00: it is at least 0.71"),
        ("9.0", "5.00", 10, (0, 10), "an SD of 5.00: it is at most 3.16"),
        ("12.0", "3.00", 10, (0, 10), "no 10 whole numbers from 0 to 10 have a mean of 12.0"),
        ("3.5", "1.21", 10, None, "no whole number is their sum of squares"),
        ("3.44", "2.47", 18, None, "of their sum and sum of squares one would be odd and one even"),
        ("3.44", "2.47", 18, None, "the nearest SDs are 2.45 and 2.48"),
        ("2", "2.0", 2, None, "no numbers have such a sum and sum of squares"),
    ],
)
def test_an_impossible_sd_has_a_reason(
    mean: str, sd: str, n: int, scale: tuple[int, int] | None, why: str
) -> None:
    found = grimmer(D(mean), D(sd), n, scale=scale)
    assert not found.consistent
    assert why in found.detail


def real_pairs(
    values: range, n: int, places: tuple[int, int], rounding: Rounding
) -> set[tuple[Decimal, Decimal]]:
    """Mean and SD, as they can be printed, of every sample of n of the values."""
    modes = MODES[rounding]
    moments = {
        mean_and_variance(sample) for sample in itertools.combinations_with_replacement(values, n)
    }
    return {
        (printed(mean, places[0], first), printed(variance, places[1], second, root=True))
        for mean, variance in moments
        for first, second in itertools.product(modes, modes)
    }


def steps(end: int, places: int) -> list[Decimal]:
    """Every number with so many decimals from 0 to the end."""
    return [D(k).scaleb(-places) for k in range(end * 10**places + 1)]


@pytest.mark.parametrize("rounding", ["nearest", "truncated"])
@pytest.mark.parametrize("n", [2, 5, *_slow(3, 4, 6)])
def test_mean_and_sd_on_a_scale_against_all_samples(n: int, rounding: Rounding) -> None:
    real = real_pairs(range(7), n, (1, 1), rounding)
    for mean, sd in itertools.product(steps(6, 1), steps(5, 1)):
        found = grimmer(mean, sd, n, scale=(0, 6), rounding=rounding)
        assert found.consistent == ((mean, sd) in real), (mean, sd)


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
def test_mean_and_sd_without_a_scale_against_all_samples(n: int) -> None:
    # Adding 1 to all changes no SD, and with an SD below 2.05 no value is 5 from the mean
    real = real_pairs(range(-5, 7), n, (1, 1), "nearest")
    for mean, sd in itertools.product(steps(1, 1), steps(2, 1)):
        assert grimmer(mean, sd, n).consistent == ((mean, sd) in real), (mean, sd)


def test_averages_of_two_items_against_all_samples() -> None:
    real = {
        (printed(mean, 2, first), printed(variance, 2, second, root=True))
        for sample in itertools.combinations_with_replacement(range(2, 9), 4)
        for mean, variance in [mean_and_variance(sample, items=2)]
        for first, second in itertools.product(MODES["nearest"], repeat=2)
    }
    means = [mean for mean in steps(4, 2) if grim(mean, 4, 2).consistent]
    for mean, sd in itertools.product(means, steps(2, 2)[::3]):
        found = grimmer(mean, sd, 4, 2, scale=(1, 4))
        assert found.consistent == ((mean, sd) in real), (mean, sd)


def test_the_nearest_sds_are_those_of_the_nearest_samples() -> None:
    real = real_pairs(range(7), 5, (1, 2), "nearest")
    for mean, sd in itertools.product(steps(6, 1)[::8], steps(4, 2)):
        found = grimmer(mean, sd, 5, scale=(0, 6))
        if not found.consistent and grim(mean, 5).consistent:
            possible = [other for m, other in real if m == mean]
            below = [other for other in possible if other < sd]
            above = [other for other in possible if other > sd]
            assert found.nearest == (*sorted(below)[-1:], *sorted(above)[:1])


def test_between_the_least_and_the_largest_sd_there_are_gaps() -> None:
    """What sum, parity, least and largest allow, and does not exist: the reason for the search."""
    real: dict[int, set[int]] = {}
    for sample in itertools.combinations_with_replacement(range(7), 6):
        real.setdefault(sum(sample), set()).add(sum(x * x for x in sample))
    allowed = {total: range(min(found), max(found) + 1, 2) for total, found in real.items()}
    assert sum(map(len, allowed.values())) == 562
    assert sum(len(set(allowed[total]) - real[total]) for total in real) == 88


def test_a_large_group_on_a_long_scale_is_quick() -> None:
    started = time.process_time()
    for sd in range(7300, 7600, 21):
        grimmer(D("75.37"), D(sd).scaleb(-2), 300, scale=(0, 150))
    assert not grimmer(D("50"), D("60"), 1000, scale=(0, 100)).consistent
    assert not grimmer(D("50"), D("60"), 10_000, scale=(0, 100)).consistent
    assert time.process_time() - started < 20


def test_a_large_sd_leaves_nothing_to_find() -> None:
    assert not grimmer(D("120.4"), D("35.7"), 60).informative
    assert grimmer(D("3.4"), D("0.71"), 60).informative


@pytest.mark.parametrize(
    ("sd", "n", "informative"),
    [("24.99", 5, True), ("25.00", 5, False), ("40.00", 4, True), ("40.00", 5, False)],
)
def test_a_check_of_an_sd_could_have_failed_unless_two_sums_of_squares_fit_five_numbers(
    sd: str, n: int, informative: bool
) -> None:
    """From 24.995 to 25.005 the squared deviations of five numbers add up to 4 * 0.5 = 2 more."""
    found = grimmer(D("30"), D(sd), n)

    assert (found.consistent, found.informative) == (True, informative)


@given(scores, st.integers(1, 3), decimals, decimals, roundings, st.booleans(), st.data())
def test_a_real_sd_is_never_called_impossible(
    sample: list[int],
    items: int,
    mean_places: int,
    sd_places: int,
    rounding: Rounding,
    on_scale: bool,
    data: st.DataObject,
) -> None:
    first, second = (data.draw(st.sampled_from(MODES[rounding])) for _ in range(2))
    mean, variance = mean_and_variance(sample, items)
    found = grimmer(
        printed(mean, mean_places, first),
        printed(variance, sd_places, second, root=True),
        len(sample),
        items,
        scale=(min(sample) // items, -(-max(sample) // items)) if on_scale else None,
        rounding=rounding,
    )
    assert found.consistent


# Values of 0 and 1 ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mean", "sd", "n", "consistent"),
    [
        # scrutiny, vignette "DEBIT" and documentation of debit()
        *[("0.35", "0.18", 20, NO), ("0.36", "0.11", 20, NO)],
        # scrutiny, data set pigs3
        *[("0.53", "0.50", 1683, YES), ("0.44", "0.50", 1683, YES), ("0.77", "0.42", 1683, YES)],
        *[("0.19", "0.35", 1683, NO), ("0.34", "0.47", 1683, YES), ("0.93", "0.25", 1683, YES)],
        ("0.12", "0.33", 1683, YES),
        # scrutiny, tests/testthat/test-debit.R; 0.21 passes there by the formula of the paper
        *[("0.05", "0.21", 20, NO), ("0.05", "0.22", 20, YES), ("0.50", "0.503", 100, YES)],
        *[("0.00", "0.00", 50, YES), ("1.00", "0.00", 50, YES), ("0.00", "0.50", 50, NO)],
    ],
)
def test_published_verdicts_on_binary_sds(mean: str, sd: str, n: int, consistent: bool) -> None:
    assert debit(D(mean), D(sd), n).consistent == consistent


@pytest.mark.parametrize("rounding", ["nearest", "truncated"])
@pytest.mark.parametrize("n", [3, 20, *_slow(2, 7, 33)])
def test_binary_sds_against_all_samples(n: int, rounding: Rounding) -> None:
    real = real_pairs(range(2), n, (2, 2), rounding)
    for mean, sd in itertools.product(steps(1, 2), steps(1, 2)):
        assert debit(mean, sd, n, rounding=rounding).consistent == ((mean, sd) in real)


def test_an_impossible_binary_sd_names_the_right_one() -> None:
    found = debit(D("0.35"), D("0.18"), 20)
    assert found.detail == (
        "no 20 values of 0 and 1 with a mean of 0.35 have an SD of 0.18, but 0.49"
    )
    assert found.nearest == (D("0.49"),)


@given(st.lists(st.integers(0, 1), min_size=2, max_size=60), decimals, decimals)
def test_a_real_binary_sd_is_never_called_impossible(
    sample: list[int], mean_places: int, sd_places: int
) -> None:
    mean, variance = mean_and_variance(sample)
    for first, second in itertools.product(MODES["nearest"], repeat=2):
        sd = printed(variance, sd_places, second, root=True)
        assert debit(printed(mean, mean_places, first), sd, len(sample)).consistent


# Percentages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "n", "consistent"),
    [
        # scrutiny, vignette "GRIM", section "Percentage conversion"
        *[("32.5", 438, NO), ("35.6", 455, YES), ("21.7", 501, NO), ("39.3", 516, YES)],
        # scrutiny, tests/testthat/test-grim.R: every second of 6 to 16 percent of 50
        *[(str(percent), 50, percent % 2 == 0) for percent in range(6, 17)],
    ],
)
def test_published_verdicts_on_percentages(percent: str, n: int, consistent: bool) -> None:
    assert percent_possible(D(percent), n).consistent == consistent


@pytest.mark.parametrize("rounding", ["nearest", "truncated"])
@pytest.mark.parametrize("places", [0, *_slow(1)])
def test_percentages_against_all_counts(places: int, rounding: Rounding) -> None:
    every = {D(k).scaleb(-places) for k in range(10 ** (places + 2) + 1)}
    for n in (1, 3, 7, 12, 80, 99, 100, 999, 1000):
        real: dict[Decimal, set[int]] = {}
        for count, mode in itertools.product(range(n + 1), MODES[rounding]):
            share = printed(Fraction(100 * count, n), places, mode)
            real.setdefault(share, set()).add(count)
        informative = not real.keys() >= every
        for percent in every:
            possible = possible_counts(percent, n, rounding=rounding)
            assert set(possible) == real.get(percent, set())
            found = percent_possible(percent, n, rounding=rounding)
            assert found.consistent == bool(possible)
            assert found.informative == informative
        for percent, counts in real.items():
            for count in range(max(0, min(counts) - 2), min(n, max(counts) + 2) + 1):
                verdict = percent_of(percent, count, n, rounding=rounding)
                assert verdict.consistent == (count in counts)


def test_an_impossible_percentage_names_its_neighbours() -> None:
    assert percent_possible(D("35.0"), 30).detail == (
        "no count of 30 is 35.0%; the nearest are 33.3% (10) and 36.7% (11)"
    )
    assert percent_possible(D("37"), 30).detail == "11 of 30 is 37%"
    assert percent_possible(D("50"), 300).detail == "149 to 151 of 300 is 50%"


def test_a_percentage_cut_off_is_wrong_but_named() -> None:
    found = percent_of(D("77"), 7, 9)
    assert found.detail == "7 of 9 is 78%, not 77%, which is cut off and not rounded"
    assert not found.consistent
    assert percent_of(D("77"), 7, 9, rounding="truncated").consistent
    assert percent_of(D("70"), 7, 9).detail == "7 of 9 is 78%, not 70%"


# p-values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "statistic", "df", "p", "one_sided", "consistent"),
    [
        # statcheck 1.5.0, tests/testthat/test-error.R; its Q is chi2
        *[("t", "2.20", (28,), ".03", NO, NO), ("F", "2.20", (2, 28), ".15", NO, NO)],
        *[("r", ".22", (28,), ".26", NO, NO), ("chi2", "22.20", (28,), ".79", NO, NO)],
        *[("z", "2.20", (), ".04", NO, NO), ("t", "1.20", (28,), ".03", NO, NO)],
        *[("z", "-2.42", (), "0.016", NO, YES), ("t", "-2.20", (28,), ".03", NO, NO)],
        *[("t", "2.20", (28,), "> .05", NO, NO), ("t", "2.0", (28,), "p < .05", NO, YES)],
        *[("t", "2", (28,), ".02", NO, YES), ("t", "2", (28,), ".14", NO, YES)],
        *[("t", "2.2", (28,), ".03", NO, YES), ("t", "2.2", (28,), ".04", NO, YES)],
        *[("t", "2.20", (28,), ".036", NO, YES), ("t", "2.20", (28,), ".037", NO, YES)],
        *[("t", "2.20", (28,), ".02", YES, YES), ("t", "2.20", (28,), ".04", YES, NO)],
        *[("t", "2.20", (28,), ".018", NO, NO), ("t", "2.20", (28,), ".018", YES, YES)],
        *[("t", "2.20", (28,), ".01", YES, NO), ("t", "22.20", (28,), "<.000", NO, NO)],
        # statcheck 1.5.0, tests/testthat/test-decisionerror.R
        *[("t", "2.20", (28,), ".06", NO, NO), ("F", "22.20", (2, 28), ".06", NO, NO)],
        *[("F", "2.20", (2, 28), ".03", NO, NO), ("r", ".22", (28,), ".03", NO, NO)],
        *[("r", ".52", (28,), ".06", NO, NO), ("chi2", "2.20", (28,), ".03", NO, NO)],
        *[("chi2", "52.20", (28,), ".06", NO, NO), ("z", "1.20", (), ".03", NO, NO)],
        # "Rounding in the Age of Statcheck", 5 June 2017: t was 3.454, p 0.0035
        *[("t", "3.45", (15,), "0.004", NO, YES), ("t", "3.5", (15,), "0.004", NO, YES)],
    ],
)
def test_published_verdicts_on_p_values(
    kind: Kind, statistic: str, df: tuple[int, ...], p: str, one_sided: bool, consistent: bool
) -> None:
    side: Alternative = "greater" if one_sided else "two-sided"
    found = p_from_statistic(kind, D(statistic), df, *stated(p), side=side)
    assert found.consistent == consistent


def stated(p: str) -> tuple[Decimal, Relation]:
    """A p-value as a paper prints it, in its number and its sign."""
    found = read_printed(p)
    assert found is not None
    assert found.relation != "from-to"
    return found.low, found.relation


def test_a_wrong_p_value_names_the_right_one() -> None:
    t = D("2.20")
    assert p_from_statistic("t", t, (28,), D("0.03")).detail == (
        "t(28) = 2.20 gives p = 0.0358 to 0.0366, not 0.03"
    )
    assert p_from_statistic("t", t, (28,), D("0.018")).detail == (
        "t(28) = 2.20 gives p = 0.0358 to 0.0366, not 0.018, which fits a one-sided test"
    )
    assert p_from_statistic("t", t, (28,), D("0.036"), side="greater").detail == (
        "t(28) = 2.20 gives p = 0.0179 to 0.0183, not 0.036, which fits a two-sided test"
    )


# By R: r = 0.62 of n pairs has 2 * pt(-sqrt(n - 2) * 0.62 / sqrt(1 - 0.62^2), n - 2), which is
# 0.0180 of 14 pairs, 0.0238 of 13 and 0.0559 of 10.
@pytest.mark.parametrize(
    ("r", "pairs", "p", "side", "consistent"),
    [
        ("0.62", range(14, 15), "0.018", "two-sided", YES),
        ("0.62", range(14, 15), "0.024", "two-sided", NO),
        ("0.62", range(3, 15), "0.024", "two-sided", YES),
        ("0.62", range(3, 15), "0.056", "two-sided", YES),
        ("0.62", range(11, 15), "0.056", "two-sided", NO),
        # Between those of 14 and of 13 pairs, and below that of 14.
        ("0.62", range(3, 15), "0.021", "two-sided", NO),
        ("0.62", range(3, 15), "0.009", "two-sided", NO),
        ("0.62", range(14, 15), "0.009", "greater", YES),
        ("0.62", range(14, 15), "0.009", "less", NO),
        ("0.62", range(14, 15), "0.991", "less", YES),
        ("-0.62", range(14, 15), "0.009", "less", YES),
        ("-0.62", range(14, 15), "0.009", "greater", NO),
    ],
)
def test_the_p_value_of_a_correlation_is_that_of_its_pairs_and_its_side(
    r: str, pairs: range, p: str, side: Alternative, consistent: bool
) -> None:
    assert p_of_correlation(D(r), pairs, D(p), side=side).consistent == consistent


@pytest.mark.parametrize(
    ("p", "consistent"),
    [("0.036", YES), ("≤0.036", YES), ("<=.01", NO), ("≥ 0.03", YES), (">= 0.04", NO), ("=.1", NO)],
)
def test_a_p_value_with_a_sign(p: str, consistent: bool) -> None:
    assert p_from_statistic("t", D("2.20"), (28,), *stated(p)).consistent == consistent


def test_a_statistic_that_may_be_0_allows_every_large_p() -> None:
    assert p_from_statistic("z", D("0.0"), (), D("0.97")).consistent
    assert p_from_statistic("z", D("0.0"), (), D("1.00")).consistent
    assert not p_from_statistic("z", D("0.0"), (), D("0.95")).consistent


@pytest.mark.parametrize(
    ("kind", "statistic", "df", "p", "consistent"),
    [
        # The p-value of z = 0, F = 0 and chi2 = 0 is 1, and that of r = 1 is 0; no p is beyond.
        *[("z", "0", (), ">1", NO), ("z", "0", (), "≥1", YES), ("z", "0", (), ">0.99", YES)],
        *[("F", "0", (2, 9), "1.00", YES), ("chi2", "0", (2,), "1.00", YES)],
        *[
            ("r", "1", (9,), "<0", NO),
            ("r", "1", (9,), "≤0", YES),
            ("r", "-1", (9,), "<0.001", YES),
        ],
    ],
)
def test_a_p_value_at_the_end_of_what_is_possible(
    kind: Kind, statistic: str, df: tuple[int, ...], p: str, consistent: bool
) -> None:
    assert p_from_statistic(kind, D(statistic), df, *stated(p)).consistent == consistent


def test_half_of_the_p_value_of_f_is_not_that_of_one_side() -> None:
    """In R, pf(c(2.195, 2.205), 2, 28, lower = FALSE) is 0.130 and 0.129."""
    found = p_from_statistic("F", D("2.20"), (2, 28), D("0.065"))

    assert found.detail == "F(2, 28) = 2.20 gives p = 0.129 to 0.13, not 0.065"


def test_a_p_of_0_is_read_as_rounded() -> None:
    """statcheck calls it an error unless told otherwise."""
    assert p_from_statistic("t", D("22.20"), (28,), D("0.000")).consistent


@given(
    st.sampled_from(["t", "z", "F", "chi2", "r"]),
    st.integers(0, 40_000),
    st.integers(0, 3),
    st.integers(2, 4),
    st.sampled_from(MODES["nearest"]),
)
def test_a_real_p_value_is_never_called_impossible(
    kind: Kind, size: int, places: int, p_places: int, mode: str
) -> None:
    true = D(size).scaleb(-5 if kind == "r" else -4)
    x = float(true)
    p_of: dict[Kind, tuple[Callable[[], float], tuple[int, ...]]] = {
        "t": (lambda: 2 * stats.t.sf(x, 11.0), (11,)),
        "z": (lambda: 2 * stats.norm.sf(x), ()),
        "F": (lambda: stats.f.sf(x, 3, 17), (3, 17)),
        "chi2": (lambda: stats.chi2.sf(x, 4), (4,)),
        "r": (lambda: 2 * stats.t.sf(x * math.sqrt(9 / (1 - x * x)), 9.0), (9,)),
    }
    p, df = p_of[kind][0](), p_of[kind][1]
    statistic = true.quantize(D(1).scaleb(-places), rounding=mode)
    shown = D(float(p)).quantize(D(1).scaleb(-p_places), rounding=mode)
    assert p_from_statistic(kind, statistic, df, shown).consistent


# Where a check does not apply -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "why"),
    [
        (lambda: grim(D("3.4"), 0), "there are no patients"),
        (lambda: grim(D("3.4"), -3), "there are no patients"),
        (lambda: grim(D("3.4"), 3, 0), "at least one item"),
        (lambda: grim(D("NaN"), 3), "not a finite number"),
        (lambda: grimmer(D("3.4"), D("1.0"), 1), "an SD needs at least 2 values, not 1"),
        (lambda: grimmer(D("3.4"), D("-1.0"), 5), "not negative"),
        (lambda: grimmer(D("3.4"), D("Infinity"), 5), "finite"),
        (lambda: debit(D("0.5"), D("0.5"), 1), "at least 2 values"),
        (lambda: debit(D("7.22"), D("0.5"), 9), "between 0 and 1, not 7.22"),
        (lambda: percent_of(D("101"), 1, 9), "between 0 and 100, not 101"),
        (lambda: percent_of(D("-1"), 1, 9), "between 0 and 100"),
        (lambda: percent_of(D("11"), 10, 9), "a count of 10 is not between 0 and n = 9"),
        (lambda: percent_possible(D("11"), 0), "there are no patients"),
        (lambda: p_from_statistic("t", D("2.2"), (28,), D("1.2")), "between 0 and 1, not 1.2"),
        (
            lambda: p_from_statistic("t", D("2.2"), (), D("0.2")),
            "t needs its degrees of freedom",
        ),
        (lambda: p_from_statistic("F", D("2.2"), (0, 9), D("0.2")), "here: 0, 9"),
        (lambda: p_from_statistic("F", D("-2.2"), (2, 9), D("0.2")), "F is not negative"),
        (lambda: p_from_statistic("chi2", D("2.2"), (2,), D("0.2"), side="less"), "upper tail"),
        (lambda: p_from_statistic("r", D("1.2"), (9,), D("0.2")), "between -1 and 1, not 1.2"),
        (lambda: p_from_statistic("z", D("NaN"), (), D("0.2")), "not a finite number"),
    ],
)
def test_a_check_that_does_not_apply_says_why(check: Callable[[], object], why: str) -> None:
    with pytest.raises(NotComputable, match=why):
        check()


def test_a_scale_has_its_low_end_first() -> None:
    with pytest.raises(ValueError, match="from 7 to 1"):
        grimmer(D("3.4"), D("1.0"), 5, scale=(7, 1))


def test_what_a_printed_number_stands_for() -> None:
    nearest = possible_values(D("3.40"))
    assert (nearest.low, nearest.high) == (Fraction("3.395"), Fraction("3.405"))
    assert nearest.holds(nearest.low)
    assert nearest.holds(nearest.high)
    for text, inside, outside in [
        ("3.4", "3.4", "3.5"),
        ("3.4", "3.499", "3.399"),
        ("-3.4", "-3.499", "-3.5"),
        ("0.0", "-0.099", "0.1"),
    ]:
        cut_off = possible_values(D(text), "truncated")
        assert cut_off.holds(Fraction(inside))
        assert not cut_off.holds(Fraction(outside))
