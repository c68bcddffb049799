"""The signed-rank test: the paper's p-values, all signs enumerated, what must not matter."""

import itertools
import math
import subprocess
import sys
import time
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.programs import Zeros
from casebook.statistics.signed_rank import signed_rank, signed_rank_by
from casebook.statistics.terms import Alternative, Convention, NotComputable
from casebook.statistics.values import paired_differences

CDASI = paired_differences([12, 7, 27, 50, 2], [4, 1, 5, 31, 0])
CDASI_AMYOPATHIC = paired_differences([8, 9, 14], [1, 0, 7])
BOTH = np.concatenate([CDASI, CDASI_AMYOPATHIC])
MMT8 = paired_differences([126, 150, 150, 127, 150], [150, 150, 150, 131, 150])

ALTERNATIVES: tuple[Alternative, ...] = ("two-sided", "greater", "less")
ZEROS: tuple[Zeros, ...] = ("wilcoxon", "pratt")
CONVENTIONS = get_args(Convention)
conventions = st.sampled_from(CONVENTIONS)
tied_differences = st.lists(st.integers(-4, 4), min_size=1, max_size=10).filter(any)


@pytest.mark.parametrize(
    ("differences", "p_value"),
    [
        (CDASI, "0.0625"),
        (MMT8, "0.371"),
        (CDASI_AMYOPATHIC, "0.174"),
        (BOTH, "0.014"),
    ],
)
def test_the_p_values_of_the_paper(differences: np.ndarray, p_value: str) -> None:
    decimals = len(p_value) - 2
    assert f"{signed_rank_by('r-4.5', differences).p_value:.{decimals}f}" == p_value


@pytest.mark.parametrize(
    ("differences", "p_value"),
    [(CDASI, "0.0625"), (MMT8, "0.5"), (CDASI_AMYOPATHIC, "0.25"), (BOTH, "0.0078")],
)
def test_the_p_values_that_the_paper_would_have_had_from_r_4_6(
    differences: np.ndarray, p_value: str
) -> None:
    decimals = len(p_value) - 2
    assert f"{signed_rank_by('r-4.6', differences).p_value:.{decimals}f}" == p_value


@pytest.mark.parametrize(
    ("differences", "convention", "statistic", "p_value"),
    [
        # wilcox.test(c(24, 0, 0, 4, 0)) in R 4.6, which ranks zeros, and in R 4.2.
        ([24, 0, 0, 4, 0], "r-4.6", 9, "0.500"),
        ([24, 0, 0, 4, 0], "r-4.5", 3, "0.371"),
        ([24, 0, 0, 4, 0], "exact", 3, "0.500"),
    ],
)
def test_what_is_done_with_zeros_changes_the_statistic_too(
    differences: list[float], convention: Convention, statistic: float, p_value: str
) -> None:
    result = signed_rank_by(convention, differences)
    assert (result.statistic, f"{result.p_value:.3f}") == (statistic, p_value)


@pytest.mark.parametrize(
    ("convention", "n", "exact"),
    [("r-4.5", 49, True), ("r-4.5", 50, False), ("r-4.6", 49, True), ("r-4.6", 50, False)],
)
def test_r_is_exact_below_fifty_pairs(convention: Convention, n: int, exact: bool) -> None:
    assert signed_rank_by(convention, range(1, n + 1)).exact == exact


@pytest.mark.parametrize(("n", "exact"), [(49, True), (50, False), (51, False)])
def test_zeros_count_among_the_fifty_pairs_of_r_4_6(n: int, exact: bool) -> None:
    result = signed_rank_by("r-4.6", [0, 0, *range(1, n - 1)])
    assert (result.exact, result.n, result.n_informative) == (exact, n, n - 2)


def test_with_five_patients_significance_was_out_of_reach() -> None:
    result = signed_rank(CDASI)
    assert result.exact
    assert result.smallest_p == 0.0625


def test_a_result_counts_what_it_rests_on() -> None:
    result = signed_rank_by("r-4.5", [0, 3, 3, -1, 0, 5])
    assert (result.n, result.n_informative, result.zeros) == (6, 4, 2)
    assert result.ties
    assert not result.exact
    assert result.statistic == 2.5 + 2.5 + 4


@pytest.mark.parametrize(
    ("zeros", "tie_correction", "distance", "variance"),
    [
        # Of 0, 0, 1, 1, -3, 4 the sizes other than zero have the mid-ranks 1.5, 1.5, 3, 4:
        # V = 1.5 + 1.5 + 4 = 7, its mean (1 + 2 + 3 + 4) / 2 = 5. The variance is the sum of the
        # squared ranks / 4: of the mid-ranks, or of 1 to 4.
        ("wilcoxon", True, 7 - 5, (1.5**2 + 1.5**2 + 3**2 + 4**2) / 4),
        ("wilcoxon", False, 7 - 5, (1**2 + 2**2 + 3**2 + 4**2) / 4),
        # With the two zeros ranked they have 3.5, 3.5, 5, 6: V = 3.5 + 3.5 + 6 = 13, its mean
        # (3 + 4 + 5 + 6) / 2 = 9. The ranks of the zeros, 1 and 2, are not in the variance.
        ("pratt", True, 13 - 9, (3.5**2 + 3.5**2 + 5**2 + 6**2) / 4),
        ("pratt", False, 13 - 9, (3**2 + 4**2 + 5**2 + 6**2) / 4),
    ],
)
@pytest.mark.parametrize("continuity", [True, False])
def test_the_normal_test_of_ties_and_zeros_by_hand(
    zeros: Zeros, tie_correction: bool, distance: float, variance: float, continuity: bool
) -> None:
    found = signed_rank(
        [0, 0, 1, 1, -3, 4],
        distribution="normal",
        zeros=zeros,
        continuity=continuity,
        tie_correction=tie_correction,
    )

    # In R, 2 * pnorm(-z), which is erfc(z / sqrt(2)), with z = distance / sqrt(variance)
    moved = distance - 0.5 if continuity else distance
    assert found.p_value == pytest.approx(math.erfc(moved / math.sqrt(2 * variance)), rel=1e-12)


def brute_force(differences: list[int], zeros: Zeros, alternative: Alternative) -> float:
    """p-value by listing every assignment of signs to the observed mid-ranks."""
    ranked = [abs(d) for d in differences if d or zeros == "pratt"]
    ranks = [
        sum(other < abs(d) for other in ranked) + (ranked.count(abs(d)) + 1) / 2
        for d in differences
        if d
    ]
    observed = sum(r for r, d in zip(ranks, filter(None, differences), strict=True) if d > 0)
    centre = sum(ranks) / 2
    sums = [sum(chosen) for chosen in itertools.product(*((0.0, r) for r in ranks))]
    extreme = {
        "greater": [s >= observed for s in sums],
        "less": [s <= observed for s in sums],
        "two-sided": [abs(s - centre) >= abs(observed - centre) for s in sums],
    }
    return sum(extreme[alternative]) / len(sums)


@given(tied_differences, st.sampled_from(ZEROS), st.sampled_from(ALTERNATIVES))
def test_exact_p_equals_enumeration_of_all_signs(
    differences: list[int], zeros: Zeros, alternative: Alternative
) -> None:
    result = signed_rank(differences, distribution="exact", zeros=zeros, alternative=alternative)
    assert result.p_value == pytest.approx(brute_force(differences, zeros, alternative), rel=1e-12)


@given(tied_differences, conventions, st.sampled_from(ALTERNATIVES))
def test_p_lies_between_the_smallest_possible_and_one(
    differences: list[int], convention: Convention, alternative: Alternative
) -> None:
    result = signed_rank_by(convention, differences, alternative=alternative)
    assert 0 < result.smallest_p <= result.p_value <= 1


@given(tied_differences, conventions, st.integers(1, 9), st.randoms())
def test_order_unit_and_direction_do_not_change_the_two_sided_p(
    differences: list[int],
    convention: Convention,
    factor: int,
    random: np.random.Generator,
) -> None:
    reordered = [-factor * d for d in differences]
    random.shuffle(reordered)
    first, second = (signed_rank_by(convention, d) for d in (differences, reordered))
    assert first.p_value == pytest.approx(second.p_value, rel=1e-12)


visits = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1)


@given(visits.filter(lambda pairs: any(a != b for a, b in pairs)), st.integers(0, 99))
def test_a_shift_of_both_visits_changes_nothing(pairs: list[tuple[int, int]], shift: int) -> None:
    baseline, followup = np.array(pairs).T / 10
    moved = [np.round(visit + shift / 10, 1) for visit in (baseline, followup)]
    assert signed_rank(paired_differences(baseline, followup)) == signed_rank(
        paired_differences(*moved)
    )


@pytest.mark.parametrize("size", [1, 10, 500, 1023, 1024, 1060])
def test_all_in_one_direction_has_the_probability_of_one_pattern_of_signs(size: int) -> None:
    result = signed_rank(range(1, size + 1), distribution="exact", alternative="greater")
    assert math.log2(result.p_value) == pytest.approx(max(-size, -1022), abs=1e-9)


def test_many_tied_pairs_follow_the_binomial_distribution() -> None:
    differences = np.repeat([1, -1], [3700, 1300])
    tail = sum(math.comb(5000, k) for k in range(1301))
    expected = math.exp(math.log(tail) - 5000 * math.log(2))
    result = signed_rank(differences, distribution="exact", alternative="greater")
    assert result.p_value == pytest.approx(expected, rel=1e-9)
    assert 1e-300 < result.p_value < 1e-250


def test_a_p_value_too_small_for_a_float_is_not_zero() -> None:
    assert signed_rank(range(1, 3001), distribution="exact").p_value > 0


def test_two_thousand_pairs_take_about_a_second() -> None:
    differences = np.random.default_rng(1).normal(0.02, 1, 2000).round(2)
    start = time.process_time()
    result = signed_rank(differences, distribution="exact")
    assert time.process_time() - start < 3
    approximate = signed_rank(differences, distribution="normal")
    assert result.p_value == pytest.approx(approximate.p_value, rel=1e-3)


@pytest.mark.parametrize(
    ("differences", "reason"),
    [
        ([], "needs at least 1 value, has 0"),
        ([0, 0, 0], r"all differences are zero \(n = 3\)"),
        ([1, math.inf], "not finite"),
    ],
)
def test_what_cannot_be_tested_has_a_reason(differences: list[float], reason: str) -> None:
    with pytest.raises(NotComputable, match=reason):
        signed_rank(differences)


def test_a_convention_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match=r"exact, exact-pratt, normal, r-4\.5, r-4\.6"):
        signed_rank_by("r-default", [1, 2])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="distribution is one of exact, normal"):
        signed_rank([1, 2], distribution="asymptotic")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="zeros is one of wilcoxon, pratt"):
        signed_rank([1, 2], zeros="split")  # type: ignore[arg-type]


def test_the_module_starts_without_scipy_stats_or_pandas() -> None:
    scripts = Path(__file__).parents[3] / "scripts"
    program = "import sys, casebook.statistics.signed_rank; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=scripts, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"scipy.stats", "pandas"} & set(loaded)
