"""Rows of tests: the study's own, the exact one beside it, all others, and what changes them."""

import math
from collections.abc import Callable, Sequence

import pytest

from casebook.data.results import OTHER_TESTS, PAIRED_TEST, SENSITIVITY, Result, Results

Analyse = Callable[..., Results]
Rows = Callable[..., list[Result]]

DEFAULT = "signed-rank, default rule of R up to 4.5"
PAIRED = [
    DEFAULT,
    "signed-rank, default rule of R 4.6",
    "signed-rank, exact",
    "signed-rank, exact, Pratt's zeros",
    "signed-rank, normal with continuity correction",
    "signed-rank, normal",
    "signed-rank, normal, Pratt's zeros",
    "signed-rank, normal without tie correction",
    "signed-rank, default rule of SciPy",
    "signed-rank, default rule of SAS",
    "signed-rank, default rule of Prism",
    "sign test",
    "paired t-test",
    "permutation test of the mean",
]
ONE_SIDED = [
    f"signed-rank, {rule}, one-sided for {direction}"
    for rule in ("default rule of R up to 4.5", "exact")
    for direction in ("an increase", "a decrease")
]
RANK_SUM = [
    "rank-sum, default rule of R up to 4.5",
    "rank-sum, default rule of R 4.6",
    "rank-sum, default rule of SciPy",
    "rank-sum, exact",
    "rank-sum, normal",
    "rank-sum, normal with continuity correction",
]


def pairs(changes: Sequence[float]) -> list[tuple[float, float]]:
    return [(50.0, 50.0 + change) for change in changes]


def analysis(content: str) -> tuple[str, str]:
    return ("cohorts:", f"analysis: {{ {content} }}\ncohorts:")


def of_test(results: Results, stat: str) -> Result:
    return results.get("everyone", "score", PAIRED_TEST, stat)


def changing(results: Results, method: str) -> Result:
    return results.get("everyone", "score", SENSITIVITY, "n_changing", method=method)


def without_a_patient(results: Results) -> list[str]:
    rows = results.levels(
        "everyone", "score", SENSITIVITY, "p_value", "each patient left out in turn"
    )
    return [row.variable_level for row in rows]


@pytest.mark.parametrize(
    ("cohort", "outcome", "exact", "smallest"),
    [
        # All changes go one way: 2 / 2**(number of patients who changed).
        ("classic_dm", "cdasi", 0.0625, 0.0625),
        ("classic_dm", "mmt8", 0.5, 0.5),
        ("amyopathic_dm", "cdasi", 0.25, 0.25),
        ("dm", "cdasi", 0.0078125, 0.0078125),
        ("everyone", "cdasi", 0.0078125, 0.0078125),
    ],
)
def test_the_exact_test_stands_beside_the_studys_own(
    bundled_results: Results, cohort: str, outcome: str, exact: float, smallest: float
) -> None:
    found = [
        bundled_results.get(cohort, outcome, PAIRED_TEST, stat)
        for stat in ("exact_p_value", "smallest_exact_p")
    ]

    assert [each.number for each in found] == pytest.approx([exact, smallest])
    assert {each.method for each in found} == {"Wilcoxon signed-rank test, exact"}


def test_the_exact_test_counts_ties_and_leaves_zeros_out(analysed: Analyse) -> None:
    results = analysed(pairs([-3, -3, 1, 0]))

    # Ranks 2.5, 2.5 and 1: the sum is 1 or less, or 5 or more, in 4 of 8 assignments of signs.
    assert of_test(results, "exact_p_value").number == 0.5
    assert of_test(results, "smallest_exact_p").number == 0.25
    assert [of_test(results, s).number for s in ("n_pairs", "n_informative", "statistic")] == [
        4, 3, 1,
    ]  # fmt: skip


def test_an_approximation_below_what_is_possible_is_warned_of(analysed: Analyse) -> None:
    results = analysed(pairs([-5] * 5), analysis("signed_rank: r-4.5"))

    found = of_test(results, "p_value")

    # In R, wilcox.test(rep(-5, 5))$p.value
    assert found.number == pytest.approx(0.036888425707049893)
    assert found.warning == (
        "rests on 5 pairs with a difference",
        "p < 0.05 could not have been reached by the exact test",
        "the approximation gives a smaller p-value than the exact test ever could",
    )


def test_an_approximation_that_could_not_reach_the_level_either_says_so_once(
    analysed: Analyse,
) -> None:
    results = analysed(pairs([-5, -5, -5]), analysis("signed_rank: r-4.5"))

    found = of_test(results, "p_value")

    # In R, wilcox.test(rep(-5, 3))$p.value is 0.149; 2 / 2**3 is 0.25
    assert found.warning == (
        "p < 0.05 could not have been reached",
        "rests on 3 pairs with a difference",
        "the approximation gives a smaller p-value than the exact test ever could",
    )


@pytest.mark.parametrize(
    ("convention", "distribution"),
    [
        ("exact", "exact"),
        ("exact-pratt", "exact, Pratt's zeros"),
        ("normal", "normal approximation with continuity correction"),
        ("spss", "normal approximation (as in SPSS)"),
        ("sas", "exact (default rule of SAS)"),
        ("coin", "normal approximation, Pratt's zeros (as in R's coin)"),
    ],
)
def test_the_p_value_of_the_study_says_how_it_was_computed(
    analysed: Analyse, convention: str, distribution: str
) -> None:
    results = analysed(pairs([-5] * 5), analysis(f"signed_rank: {convention}"))

    assert of_test(results, "p_value").method == f"Wilcoxon signed-rank test, {distribution}"


def test_an_exact_test_is_not_warned_of_as_an_approximation(analysed: Analyse) -> None:
    results = analysed(pairs([-5] * 5), analysis("signed_rank: exact"))

    assert of_test(results, "p_value").warning == (
        "p < 0.05 could not have been reached",
        "rests on 5 pairs with a difference",
    )


@pytest.mark.parametrize(
    ("method", "warnings"),
    [
        (
            "signed-rank, exact",
            ["p < 0.05 could not have been reached", "rests on 5 pairs with a difference"],
        ),
        (
            "sign test",
            ["p < 0.05 could not have been reached", "rests on 5 pairs with a difference"],
        ),
        # In R, 2 * pnorm(-7.5 / sqrt(5 * 3^2 / 4)) is 0.025
        ("signed-rank, normal", ["rests on 5 pairs with a difference"]),
        # One-sided, 1 / 2**5 is 0.03125
        (ONE_SIDED[3], ["rests on 5 pairs with a difference"]),
    ],
)
def test_every_other_test_is_warned_of_for_itself(
    analysed: Analyse, method: str, warnings: list[str]
) -> None:
    results = analysed(pairs([-5] * 5), analysis("signed_rank: r-4.5"))

    found = results.get("everyone", "score", OTHER_TESTS, "p_value", method=method)

    assert found.warning == tuple(warnings)


@pytest.mark.parametrize(
    ("method", "variance"),
    [
        # Sizes 1, 1, 1, 4, 5 have the mid-ranks 2, 2, 2, 4, 5
        ("signed-rank, normal", (2**2 + 2**2 + 2**2 + 4**2 + 5**2) / 4),
        ("signed-rank, normal without tie correction", (1**2 + 2**2 + 3**2 + 4**2 + 5**2) / 4),
    ],
)
def test_ties_tell_the_normal_tests_with_and_without_correction_apart(
    analysed: Analyse, method: str, variance: float
) -> None:
    results = analysed(pairs([1, 1, 1, -4, 5]))

    found = results.get("everyone", "score", OTHER_TESTS, "p_value", method=method)

    # The increases have the ranks 2 + 2 + 2 + 5 = 11, the mean is (2 + 2 + 2 + 4 + 5) / 2 = 7.5;
    # p = 2 * (1 - Phi(|z|)) is erfc(|z| / sqrt(2)), with z**2 = (11 - 7.5)**2 / variance.
    assert found.number == pytest.approx(math.erfc((11 - 7.5) / math.sqrt(2 * variance)))


@pytest.mark.parametrize(("count", "warns"), [(5, True), (6, False)])
def test_fewer_than_six_pairs_with_a_difference_are_warned_of(
    analysed: Analyse, count: int, warns: bool
) -> None:
    warning = of_test(analysed(pairs([*range(1, count + 1), 0, 0])), "p_value").warning

    assert any("rests on" in each for each in warning) is warns


def test_the_level_of_the_study_decides_what_is_out_of_reach(analysed: Analyse) -> None:
    found = of_test(analysed(pairs([1, 2, 3]), analysis("alpha: 0.3")), "p_value")

    assert found.warning == ("rests on 3 pairs with a difference",)


def test_zeros_that_are_ranked_move_the_ranks_of_the_normal_test(analysed: Analyse) -> None:
    results = analysed(pairs([0, 1, -2, 3, 4]))

    method = "signed-rank, normal, Pratt's zeros"
    found = results.get("everyone", "score", OTHER_TESTS, "p_value", method=method)

    # The zero has the rank 1; the increases have 2 + 4 + 5 = 11, and the mean is 14 / 2.
    variance = (2**2 + 3**2 + 4**2 + 5**2) / 4
    assert found.number == pytest.approx(math.erfc((11 - 7) / math.sqrt(2 * variance)))


def test_every_other_test_is_there(rows_of: Rows) -> None:
    rows = [row for row in rows_of(pairs([-1, -2, 4])) if row.context == OTHER_TESTS]

    methods = list(dict.fromkeys(row.method for row in rows))
    assert sorted(methods) == sorted([*PAIRED, *ONE_SIDED, *RANK_SUM])
    for method in methods:
        stats = [row.stat_name for row in rows if row.method == method]
        beside = {
            "paired t-test": ["degrees_of_freedom"],
            "sign test": ["statistic_turned"],
            "permutation test of the mean": [],
        }.get(method, ["statistic_turned", "z"])
        assert stats == ["statistic", "p_value", "smallest_p", *beside]


@pytest.mark.parametrize(
    ("method", "statistic", "p_value"),
    [
        # In R, b <- c(12,7,27,50,2,8,9,14); a <- c(4,1,5,31,0,1,0,7)
        # In R, wilcox.test(a, b, paired = TRUE)
        (DEFAULT, 0, 0.014147403886021537),
        ("signed-rank, exact", 0, 0.0078125),
        ("signed-rank, normal with continuity correction", 0, 0.014147403886021537),
        # In R, wilcox.test(a, b, paired = TRUE, correct = FALSE, exact = FALSE)
        ("signed-rank, normal", 0, 0.011616044899262478),
        # In R, binom.test(8, 8)
        ("sign test", 0, 0.0078125),
        # In R, t.test(a, b, paired = TRUE)
        ("paired t-test", -4.131969352706687, 0.0043931317307284237),
        # In R, exactRankTests::perm.test(a, b, paired = TRUE, exact = TRUE)
        ("permutation test of the mean", -10, 0.0078125),
        # In R, wilcox.test(a, b, paired = TRUE, alternative = "less")
        (
            "signed-rank, default rule of R up to 4.5, one-sided for a decrease",
            0,
            0.0070737019430107684,
        ),
        ("signed-rank, exact, one-sided for a decrease", 0, 0.00390625),
        ("signed-rank, exact, one-sided for an increase", 0, 1),
        # In R, wilcox.test(a, b)
        ("rank-sum, default rule of R up to 4.5", 10.5, 0.02708280670191723),
        # In R, wilcox.test(a, b, exact = FALSE, correct = FALSE)
        ("rank-sum, normal", 10.5, 0.023638836252397936),
        # In R, coin::wilcox_test(..., distribution = "exact"), exactRankTests::wilcox.exact(a, b)
        ("rank-sum, exact", 10.5, 0.022222222222222223),
    ],
)
def test_the_other_tests_of_the_bundled_study(
    bundled_results: Results, method: str, statistic: float, p_value: float
) -> None:
    found = [
        bundled_results.get("dm", "cdasi", OTHER_TESTS, stat, method=method).number
        for stat in ("statistic", "p_value")
    ]

    assert found == pytest.approx([statistic, p_value])


@pytest.mark.parametrize(
    ("cohort", "outcome", "p_value"),
    [
        # In R, wilcox.test(a, b), not paired
        ("classic_dm", "cdasi", 0.22222222222222221),
        ("classic_dm", "mmt8", 0.440686016488678),
        ("amyopathic_dm", "cdasi", 0.1),
        ("everyone", "cdasi", 0.077843634672015591),
    ],
)
def test_the_rank_sum_test_takes_the_visits_for_two_groups(
    bundled_results: Results, cohort: str, outcome: str, p_value: float
) -> None:
    method = "rank-sum, default rule of R up to 4.5"

    found = bundled_results.get(cohort, outcome, OTHER_TESTS, "p_value", method=method)

    assert found.number == pytest.approx(p_value)


def test_the_rank_sum_test_is_of_the_complete_pairs(analysed: Analyse) -> None:
    with_more = analysed([*pairs([-1, -2, 3]), (1.0, None), (None, 90.0)])
    complete = analysed(pairs([-1, -2, 3]))

    assert [
        each.get("everyone", "score", OTHER_TESTS, "p_value", method=RANK_SUM[0]).stat
        for each in (with_more, complete)
    ] == [complete.get("everyone", "score", OTHER_TESTS, "p_value", method=RANK_SUM[0]).stat] * 2


def test_the_exact_rank_sum_test_of_hundreds_of_tied_values_is_made(analysed: Analyse) -> None:
    results = analysed(pairs([float(i % 7) - 2 for i in range(200)]))

    found = results.get("everyone", "score", OTHER_TESTS, "p_value", method="rank-sum, exact")

    # Before all are 50: the sum of the increases' ranks is more extreme than any the other way.
    assert (found.error, found.number < 1e-5) == ("", True)


def test_other_tests_that_change_the_conclusion_are_named(bundled_results: Results) -> None:
    key = ("classic_dm", "cdasi", SENSITIVITY)
    count = bundled_results.get(*key, "n_changing", method="other tests")
    found = bundled_results.levels(*key, "p_value", "other tests")

    # In R, d <- c(-8,-6,-22,-19,-2); t.test(d) 0.0421; wilcox.test(d, exact = FALSE,
    # correct = FALSE) 0.0431, with the same variance for Pratt's zeros and without tie correction,
    # as there are neither ties nor zeros: these are not named again.
    assert (count.stat, count.warning) == ("2", ())
    assert [(row.variable_level, round(row.number, 4), row.warning) for row in found] == [
        ("signed-rank, normal", 0.0431, ("approximate",)),
        ("paired t-test", 0.0421, ("approximate",)),
    ]


def test_an_exact_test_that_changes_the_conclusion_is_not_called_approximate(
    analysed: Analyse,
) -> None:
    results = analysed(pairs([-5] * 5), analysis("signed_rank: r-4.5"))

    found = results.levels("everyone", "score", SENSITIVITY, "p_value", "other tests")

    # The study's own test gives 0.037; all exact tests give 2 / 2**5, which is named once.
    assert [(row.variable_level, row.stat, row.warning) for row in found] == [
        ("signed-rank, exact", "0.0625", ())
    ]
    assert changing(results, "other tests").stat == "1"


def test_a_test_that_no_other_contradicts_has_none_named(bundled_results: Results) -> None:
    found = bundled_results.get("dm", "cdasi", SENSITIVITY, "n_changing", method="other tests")

    assert (found.stat, found.warning) == ("0", ())
    assert bundled_results.levels("dm", "cdasi", SENSITIVITY, "p_value", "other tests") == []


def test_neither_one_sided_nor_two_group_tests_change_a_conclusion(analysed: Analyse) -> None:
    """One-sided, 5 of 5 give 0.031; yet two-sided tests that say p >= 0.05 stand by it."""
    results = analysed(pairs([-1, -2, -3, -4, -5]))

    found = results.levels("everyone", "score", SENSITIVITY, "p_value", "other tests")

    assert found
    assert {row.variable_level for row in found} <= set(PAIRED)


def test_the_patient_on_whom_the_conclusion_hangs_is_named(analysed: Analyse) -> None:
    results = analysed(pairs([-1, -2, -3, -4, -5, -7, 6]), analysis("signed_rank: exact"))

    found = changing(results, "each patient left out in turn")
    without = results.get("everyone", "score", SENSITIVITY, "p_value", level="p7")

    # In R, d <- c(-1,-2,-3,-4,-5,-7,6); wilcox.test(d) 0.219, wilcox.test(d[-7]) 0.03125
    assert of_test(results, "p_value").number == pytest.approx(0.21875)
    assert (found.stat, found.warning) == ("1", ())
    assert without.number == pytest.approx(0.03125)
    assert without_a_patient(results) == ["p7"]
    with pytest.raises(KeyError):
        results.get("everyone", "score", SENSITIVITY, "p_value", level="p1")


def test_each_of_six_who_all_improved_carries_the_conclusion(analysed: Analyse) -> None:
    results = analysed(pairs([-1, -2, -3, -4, -5, -6]), analysis("signed_rank: exact"))

    found = changing(results, "each patient left out in turn")

    assert (found.stat, found.warning) == ("6", ())
    assert without_a_patient(results) == ["p1", "p2", "p3", "p4", "p5", "p6"]
    for patient in ("p1", "p6"):
        without = results.get("everyone", "score", SENSITIVITY, "p_value", level=patient)
        assert without.number == 0.0625


def test_a_patient_without_both_visits_is_not_the_one_that_is_named(analysed: Analyse) -> None:
    changes = pairs([-1, -2, -3, -4, -5, -7, 6])
    results = analysed([(5.0, None), *changes], analysis("signed_rank: exact"))

    assert without_a_patient(results) == ["p8"]


@pytest.mark.parametrize(
    ("distribution", "count", "error"),
    [
        ("exact", 500, ""),
        ("exact", 501, "not done with the exact test of more than 500 pairs"),
        ("normal", 501, ""),
    ],
)
def test_no_patient_of_many_is_left_out_of_an_exact_test_and_the_row_says_so(
    analysed: Analyse, distribution: str, count: int, error: str
) -> None:
    changes = [1.0 if i % 2 else -1.0 for i in range(count)]
    results = analysed(pairs(changes), analysis(f"signed_rank: {distribution}, bootstrap: 0"))

    found = changing(results, "each patient left out in turn")

    assert (found.stat, found.error) == ("" if error else "0", error)
    assert without_a_patient(results) == []


def test_leaving_out_the_only_one_who_changed_is_a_row_with_its_reason(analysed: Analyse) -> None:
    """By the normal approximation one change gives p = 1; at no level is it significant."""
    results = analysed(pairs([-4, 0, 0]))

    assert changing(results, "each patient left out in turn").stat == "0"


def test_the_test_without_a_patient_is_the_studys_own(analysed: Analyse) -> None:
    """R's rule: a tie makes it normal; without one of the two tied it is exact."""
    results = analysed(pairs([-1, -2, -3, -4, -5, -5]))

    # In R, wilcox.test(c(-1,-2,-3,-4,-5,-5)) 0.0355; wilcox.test(-(1:5)) 0.0625
    without = results.get("everyone", "score", SENSITIVITY, "p_value", level="p6")
    assert without.number == 0.0625


@pytest.mark.parametrize(
    ("convention", "p_value", "without_the_first"),
    [
        # In R 4.6, d <- c(-9, -6, -6, 2, 0, 0, -12); wilcox.test(d)$p.value, wilcox.test(d[-1])
        ("r-4.6", 0.125, 0.25),
        ("exact-pratt", 0.125, 0.25),
        # In R 4.2, exactRankTests::wilcox.exact(d)
        ("exact", 0.125, 0.25),
        # In R 4.2, wilcox.test(d), wilcox.test(d, exact = FALSE)
        ("r-4.5", 0.1040592, 0.1974661),
        ("normal", 0.1040592, 0.1974661),
    ],
)
def test_every_convention_can_be_the_studys_own_test(
    analysed: Analyse, convention: str, p_value: float, without_the_first: float
) -> None:
    settings = analysis(f"signed_rank: {convention}, alpha: 0.15")

    results = analysed(pairs([-9, -6, -6, 2, 0, 0, -12]), settings)

    assert of_test(results, "p_value").number == pytest.approx(p_value, abs=1e-7)
    without = results.get("everyone", "score", SENSITIVITY, "p_value", level="p1")
    assert without.number == pytest.approx(without_the_first, abs=1e-7)


def test_a_p_value_of_exactly_the_level_is_not_below_it(analysed: Analyse) -> None:
    """Five changes in one direction have 2 / 2^5 by the exact test, and by the sign test."""
    level = analysis("alpha: 0.0625, signed_rank: exact")

    results = analysed(pairs([-1, -2, -3, -4, -5]), level)

    assert of_test(results, "p_value").number == 0.0625
    assert of_test(results, "p_value").warning == (
        "p < 0.0625 could not have been reached",
        "rests on 5 pairs with a difference",
    )
    others = results.levels("everyone", "score", SENSITIVITY, "p_value", OTHER_TESTS)
    assert all(row.number < 0.0625 for row in others)
    assert changing(results, OTHER_TESTS).number == len(others)
    assert without_a_patient(results) == []


def test_an_approximation_is_warned_of_where_the_exact_test_ends_at_the_level(
    analysed: Analyse,
) -> None:
    """2 / 2^5 is the level; the normal approximation with a tie could give 0.058."""
    level = analysis("alpha: 0.0625, signed_rank: normal")

    warning = of_test(analysed(pairs([-1, -1, -2, -3, -4]), level), "p_value").warning

    assert "p < 0.0625 could not have been reached by the exact test" in warning


def test_a_test_that_ends_at_the_level_is_said_to_do_so_once(analysed: Analyse) -> None:
    """With the level at the least that the approximation can give, the exact one ends above."""
    changes, normal = pairs([-1, -1, -2, -3, -4]), "signed_rank: normal"
    smallest = of_test(analysed(changes, analysis(normal)), "smallest_p").stat

    found = of_test(analysed(changes, analysis(f"{normal}, alpha: {smallest}")), "p_value")

    told = "; ".join(found.warning)
    assert told.count("could not have been reached") == 1
    assert "by the exact test" not in told


def test_a_single_pair_with_a_difference_is_told_in_the_singular(analysed: Analyse) -> None:
    warning = of_test(analysed(pairs([5, 0, 0])), "p_value").warning

    assert "rests on 1 pair with a difference" in warning


def test_each_statistic_of_a_test_that_cannot_be_made_has_one_row(rows_of: Rows) -> None:
    rows = [row for row in rows_of(pairs([0, 0])) if row.context == PAIRED_TEST]

    found = {row.stat_name: bool(row.error) for row in rows}
    assert len(found) == len(rows)
    assert found == {
        "n_pairs": False,
        **dict.fromkeys(("n_informative", "statistic", "p_value", "smallest_p"), True),
        **dict.fromkeys(("exact_p_value", "smallest_exact_p"), True),
        **dict.fromkeys(("statistic_turned", "z", "n_tied", "n_zero"), True),
    }


def test_changes_are_ranked_by_the_digits_that_the_study_gives_them(analysed: Analyse) -> None:
    """8.33 and 8.34 are one rank by three digits, and the means stay those of the changes."""
    rounded = [(66.67, 58.34), (50.0, 41.66), (41.67, 50.0), (75.0, 50.0), (83.33, 41.67)]
    whole = [(16.0, 14.0), (12.0, 10.0), (10.0, 12.0), (18.0, 12.0), (20.0, 10.0)]
    edit = ("    better: lower", "    better: lower\n    rounding: 2")

    by_study, as_they_are, on_paper = analysed(rounded, edit), analysed(rounded), analysed(whole)

    p_values = [of_test(each, "p_value").stat for each in (by_study, as_they_are, on_paper)]
    assert p_values[0] == p_values[2] != p_values[1]
    for method in (
        "signed-rank, default rule of R 4.6",
        "signed-rank, default rule of R up to 4.5",
    ):
        key = ("everyone", "score", OTHER_TESTS, "p_value")
        assert by_study.get(*key, method=method).stat == on_paper.get(*key, method=method).stat
    t = ("everyone", "score", OTHER_TESTS, "statistic")
    found, expected = (each.get(*t, method="paired t-test") for each in (by_study, as_they_are))
    assert found.stat == expected.stat
