"""The audit of tests that claims ask for: one-sided, of one sample, and correlations.

Every number is R's, of the scores of `arms`: wilcox.test (exact, with ties by
exactRankTests), t.test, fisher.test and cor.test.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from arms import ARMS, HARMS, RESPONDERS, THREE, arms_table
from casebook.data.findings import DataError
from casebook.data.verdicts import (
    BY_CHANCE,
    CONTRADICTED,
    NOT_COMPUTABLE,
    REPRODUCED,
    Verdict,
    read_tried,
)
from claimlines import Audited, claim

BOTH = ("cohorts:\n", "cohorts:\n  both: { label: Both }\n")
EDITS = (HARMS, ARMS, BOTH, RESPONDERS)
ENDS = ("conf_low", "conf_high")
TURNED = "baseline minus follow-up"


def judged(audited: Audited, *lines: str) -> dict[str, Verdict]:
    return audited(*lines, table=arms_table(), edits=EDITS)


@pytest.fixture
def numbers(audited: Audited) -> Callable[..., list[float]]:
    """The values that these readings give."""

    def run(*readings: str, edits: tuple[tuple[str, str], ...] = EDITS) -> list[float]:
        lines = [claim(f"C{i}", "9999", reading) for i, reading in enumerate(readings)]
        found = audited(*lines, table=arms_table(), edits=edits)
        return [float(each.recomputed) for each in found.values()]

    return run


def test_a_test_of_pairs_has_a_side(numbers: Callable[..., list[float]]) -> None:
    found = numbers(
        'p_value(score, side="less") in active',
        'p_value(score, side="decrease", test="paired t-test") in active',
        'p_value(score, side="increase") in placebo',
    )

    assert found == pytest.approx([0.03125, 0.002480548172, 0.8125], rel=1e-8)


def test_a_test_between_cohorts_has_a_side(numbers: Callable[..., list[float]]) -> None:
    found = numbers(
        'p_value(score_change, side="less") between arms',
        'p_value(score_change, side="less", test="Welch\'s t-test") between arms',
        'p_value(score_change, side="greater") between arms',
        'p_value(score_change, ten, side="greater") between arms',
        "p_value('HCQ' in harms, side=\"greater\") between arms",
    )

    expected = [0.003968253968, 0.002157177085, 1, 0.02380952381]
    assert found == pytest.approx([*expected, 0.7380952381], rel=1e-8)


def test_a_sample_is_tested_against_a_number(numbers: Callable[..., list[float]]) -> None:
    found = numbers(
        'p_value(score_followup, against=25, test="one-sample t-test") in active',
        "p_value(score_followup, against=28.5) in active",
        'p_value(score_followup, side="greater", against=28.5) in active',
        "p_value(score_followup, age < 66, against=28.5) in active",
    )

    assert found == pytest.approx([0.2771699293, 1, 0.5, 1], rel=1e-8)


def test_a_sample_has_effect_sizes_against_a_number(numbers: Callable[..., list[float]]) -> None:
    """Of -5, 0, 6, 13 and 5, with ranks of 1.5 down and 8.5 up and a z of 1.289 by these."""
    of = "score_followup, {}, against=25"
    names = ('"d"', '"rank-biserial"', '"r"')
    found = numbers(*(f"effect({of.format(name)}) in active" for name in names))

    assert found == pytest.approx([0.5621154, 0.7, 0.5763709], rel=1e-6)


def test_effect_sizes_between_cohorts_are_those_of_the_results(
    numbers: Callable[..., list[float]],
) -> None:
    """Three cohorts by kruskal.test and chisq.test, two by the means and variances of R."""
    by_ranks, by_counts = '"epsilon squared"', '"Cramér\'s V"'
    several = numbers(
        f"effect(score_change, {by_ranks}) between all",
        f"effect(age, {by_ranks}) between all",
        f"effect('HCQ' in drugs, {by_counts}) between all",
        f"effect(score_change, ten, {by_counts}) between all",
        f"effect('HCQ' in harms, {by_counts}) between all",
        edits=(HARMS, THREE, RESPONDERS),
    )
    two = numbers(
        'effect(age, "standardised difference", score_baseline > 41) between arms',
        'effect("HCQ" in drugs, "standardized difference", score_baseline > 41) between arms',
    )

    shares = [0.4082483, 0.25, 0.4082483]
    assert several == pytest.approx([0.009090909, 0.9, *shares], rel=1e-6)
    assert two == pytest.approx([-0.5359422, 0.1841149], rel=1e-6)


def test_two_cohorts_have_the_effect_sizes_that_papers_print(
    numbers: Callable[..., list[float]],
) -> None:
    """Those of values by effectsize, wilcox.test and t.test, those of counts by epitools, and the
    last one by prop.test.

    Nobody on placebo has ten points, so that half is added to each count.
    """
    found = numbers(
        'effect(score_change, "Cohen\'s d") between arms',
        'effect(score_change, "Hedges\u2019 g") between arms',
        'effect(score_change, "Glass\'s delta") between arms',
        'effect(score_followup, "rank-biserial") between arms',
        'effect(score_followup, "probability of superiority") between arms',
        'effect(score_followup, "r") between arms',
        'effect("HCQ" in harms, "odds ratio", score_baseline > 41) between arms',
        'conf_low(effect("HCQ" in harms, "OR", score_baseline > 41)) between arms',
        'conf_high(effect("HCQ" in harms, "relative risk", score_baseline > 41)) between arms',
        'effect(score_change, ten, "odds ratio") between arms',
        'effect(score_change, ten, "phi") between arms',
        'effect(score_change, ten, "NNT") between arms',
        'conf_high(effect(score_change, ten, "number needed to treat")) between arms',
    )

    of_values = [-3.320808503, -2.997704906, -9.066165057, -0.92, 0.04, -0.7596649979]
    of_counts = [1.5, 0.05537395722, 2.997459294, 33, 0.8164965809, 1.25, 2.225233786]
    assert found == pytest.approx([*of_values, *of_counts], rel=1e-8)


def test_pairs_have_the_effect_sizes_that_papers_print(numbers: Callable[..., list[float]]) -> None:
    """By effectsize, and by R's mean, var and cor."""
    names = ("Cohen's d", "Hedges' g", "d_av", "d_rm", "g_z", "g_av", "g_rm")
    found = numbers(*(f'effect(score, "{name}") in active' for name in names))

    of_d, of_g = [-2.59928458, -2.567336501], [-2.001664097, -2.073929036, -2.048438156]
    assert found == pytest.approx([-2.508713911, -2.001664097, *of_d, *of_g], rel=1e-8)


def test_standardised_differences_have_intervals_by_the_noncentral_t(
    numbers: Callable[..., list[float]],
) -> None:
    """By R's effectsize 0.8.3, whose ends are found by search, to six digits."""
    names = ("Cohen's d", "Glass's delta", "Hedges' g")
    cohorts = [f'(effect(score_change, "{name}")) between arms' for name in names]
    pairs = [f'(effect(score, "{name}")) in active' for name in names[::2]]

    found = numbers(*(f"{end}{of}" for of in [*cohorts, *pairs] for end in ENDS))

    of_cohorts = [-5.3062726, -1.2631607, -15.898488, -2.0817364, -4.78999, -1.1402594]
    of_pairs = [-4.3740276, -0.6095621, -3.4899691, -0.48636019]
    assert found == pytest.approx([*of_cohorts, *of_pairs], rel=1e-5)


def test_the_ends_of_an_effect_size_are_tried_by_each_way_and_turned_with_it(
    audited: Audited,
) -> None:
    of = '(effect(score_change, "Cohen\'s d")) between arms'
    found = judged(
        audited,
        claim("C1", "−5.31", f"conf_low{of}"),
        claim("C2", "1.26", f"conf_low{of}"),
        claim("C3", "−5.23", f"conf_low{of}"),
        claim("C4", "4.37", 'conf_high(effect(score, "Cohen\'s d")) in active', convention=TURNED),
    )

    assert found["C1"].verdict == found["C4"].verdict == REPRODUCED
    assert found["C2"].reproduced_by == ("Placebo against Active",)
    assert found["C3"].reproduced_by == ("Cohen's d, pooled SD, normal",)


def test_an_effect_size_is_tried_by_each_way_that_has_its_name(audited: Audited) -> None:
    of = "effect(score_change, {}) between arms"
    found = judged(
        audited,
        claim("C1", "−3.71", of.format('"Cohen\'s d"')),
        claim("C2", "−2.999", of.format('"Hedges\' g"')),
        claim("C3", "3.32", of.format('"Cohen\'s d"')),
        claim("C4", "−2.588", 'effect(score, "d_av") in active'),
        claim("C5", "−3.23", of.format('"Cohen\'s d"')),
        claim("C6", "−3.00", of.format('"Cohen\'s d"')),
        claim("C7", "−2.56", 'effect(score, "d_rm") in active'),
        claim("C8", "2", 'effect(score_change, ten, "number needed to treat") between arms'),
    )

    assert found["C1"].reproduced_by == ("Cohen's d, pooled SD with n in the denominator",)
    assert found["C2"].reproduced_by == ("Hedges' g, approximate correction",)
    other_ways = ("Placebo against Active", "baseline minus follow-up")
    assert found["C3"].reproduced_by == other_ways
    assert found["C4"].reproduced_by == ("Cohen's d_av, root of the mean variance",)
    assert found["C5"].verdict == CONTRADICTED
    assert found["C6"].verdict == BY_CHANCE
    assert found["C7"].verdict == CONTRADICTED
    assert found["C8"].reproduced_by == ("number needed to treat, rounded up",)
    assert "Hedges' g, exact correction" in found["C6"].would_fit
    assert (found["C5"].of, len(found["C5"].patients)) == ("Cohen's d of score_change", 10)
    assert (found["C4"].of, len(found["C4"].patients)) == ("d_av of score", 5)


def test_two_values_are_correlated_by_the_method_that_is_named(
    numbers: Callable[..., list[float]],
) -> None:
    of = "score_baseline, score_followup"
    found = numbers(
        f"correlation({of}) in both",
        f"p_value(correlation({of})) in both",
        f'correlation({of}, method="spearman") in both',
        f'p_value(correlation({of}, method="spearman")) in both',
        f'correlation({of}, method="kendall") in both',
        f'p_value(correlation({of}, method="kendall")) in both',
        f"n_pairs(correlation({of})) in both",
        f"n_pairs(correlation({of}, score_baseline > 41)) in both",
    )

    by_pearson, by_ranks = [0.3934015312, 0.2607077139], [0.3575757576, 0.3128002674]
    expected = [*by_pearson, *by_ranks, 0.2444444444, 0.3807197972]
    assert found == pytest.approx([*expected, 10, 7], rel=1e-8)


def test_the_two_sided_p_value_and_the_other_side_are_tried(audited: Audited) -> None:
    """0.003968 is of one side, 0.007937 of both, and the other side gives 1."""
    reading = 'p_value(score_change, side="less") between arms'
    printed = ("0.004", "0.0079", "1.000")
    lines = [claim(f"C{place}", each, reading) for place, each in enumerate(printed)]
    right, of_both, other = judged(audited, *lines).values()

    assert (right.verdict, right.of) == (REPRODUCED, "score_change, one-sided: less")
    assert of_both.verdict == BY_CHANCE
    assert of_both.would_fit == ("rank-sum, exact, two-sided",)
    assert other.verdict == BY_CHANCE
    assert "rank-sum, exact, one-sided the other way" in other.would_fit
    assert right.result == ()


def test_the_convention_names_the_correlation_of_a_claim(audited: Audited) -> None:
    of = "correlation(score_baseline, score_followup)"
    found = judged(
        audited,
        claim("C1", "0.36", f"{of} in both", convention="Spearman's correlation"),
        claim("C2", "0.3104", f"p_value({of}) in both", convention=f"{SPEARMAN}, Student's t"),
        claim("C3", "−0.39", f"{of} in both"),
        claim("C4", "not significant", f"significant({of}) in both"),
        claim("C5", "0.04", f"p_value({of}) in both"),
        claim("C6", "10", f"n_pairs({of[:-1]}, method='spearman')) in both"),
    )

    assert [found[name].verdict for name in ("C1", "C2", "C4", "C6")] == [REPRODUCED] * 4
    assert found["C3"].verdict == CONTRADICTED
    assert found["C3"].reason == "the size is right, but the sign is not"
    assert found["C5"].decision_error.startswith("significant as printed, not significant")
    assert found["C1"].of == "score_baseline with score_followup"
    assert (found["C1"].columns, len(found["C1"].patients)) == (("Before", "After"), 10)


SPEARMAN = "Spearman's correlation"


@pytest.mark.parametrize(
    ("method", "own", "others"),
    [
        ("spearman", -0.3575757576, [-1, -0.5, -0.4333333333, -0.5166666667]),
        ("kendall", -0.2444444444, [-1, -0.2, -0.2777777778, -0.3888888889]),
    ],
)
def test_all_that_is_tried_of_a_correlation_is_by_the_method_that_is_named(
    audited: Audited, method: str, own: float, others: list[float]
) -> None:
    """By R: of the placebo arm, the active one, and without the first and the last patient."""
    reading = f'correlation(score_baseline, 0 - score_followup, method="{method}") in both'
    (found,) = judged(audited, claim("C1", f"{-own:.2f}", reading)).values()
    tried = {each.convention: each for each in read_tried(Path("out/tried.csv"))}

    assert found.verdict == CONTRADICTED
    assert found.reason == "the size is right, but the sign is not"
    assert float(found.nearest) == pytest.approx(-own, abs=1e-9)
    assert found.nearest_by == "size without its sign"
    assert [float(each.value) for each in tried.values() if each.change == "own"] == [
        pytest.approx(own, abs=1e-9)
    ]
    of_others = ("in Placebo", "in Active", "without p1", "without a5")
    assert [float(tried[name].value) for name in of_others] == pytest.approx(others, abs=1e-9)


def test_what_cannot_be_tested_says_why(audited: Audited) -> None:
    found = judged(
        audited,
        claim("C1", "0.5", "correlation(age, score_change, age > 64) in active"),
        claim("C2", "0.5", "p_value(age, age == 61, against=61) in active"),
        claim("C3", "0.5", 'p_value(age, against=61, test="paired t-test") in active'),
        claim("C4", "0.5", 'effect(age, "d", age == 61, against=60) in active'),
        claim("C5", "0.5", 'effect(score, "d_av", age == 61) in active'),
        claim("C6", "0.5", 'effect(age, "Cohen\'s d", age > 99) between arms'),
    )

    assert {each.verdict for each in found.values()} == {NOT_COMPUTABLE}
    assert found["C1"].reason == "1 patient has all values that it is of, and 3 are needed"
    assert found["C2"].reason == "all values are 61"
    assert found["C4"].reason == "needs at least 2 values, has 1"
    assert found["C5"].reason == "needs at least 2 values, has 1"
    assert found["C6"].reason == "a cohort has no known value"
    assert found["C3"].reason.startswith("paired t-test, which the paper names, was not made")


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ('p_value(score, side="lesser") in active', "'lesser' is not a side of this test; known:"),
        (
            'p_value(score_change, side="decrease") between arms',
            "'decrease' is not a side of this test; known: greater, less",
        ),
        ('n_pairs(score, side="less") in active', "by name where"),
        ("p_value(score, against=10) in active", "'score' is an outcome; write which of its"),
        ("p_value(age, against=ten) in active", "needs a number for against, as in against=10"),
        (
            "correlation(age, sex) in active",
            "'sex' is a category, where correlation needs a number",
        ),
        ("correlation(age) in active", "correlation(...) takes 2 or 3 arguments"),
        (
            'effect(age, "baseline SDs", against=60) in active',
            "'baseline SDs' is not an effect size of one sample, but of the changes of pairs;",
        ),
        (
            'effect(score, "epsilon squared") in active',
            "'epsilon squared' is not an effect size of pairs, but of cohorts, as in ... between",
        ),
        (
            'effect(score_change, "Hedge g") between arms',
            "'Hedge g' is not an effect size of the comparison arms; known: Cohen's d, Hedges' g,",
        ),
        (
            'effect(score_change, "odds ratio") between arms',
            "score_change has no odds ratio, as it is a number; known: Cohen's d, Hedges' g,",
        ),
        (
            'effect(score_change, "standardised difference") between arms',
            "the results have no standardised difference of score_change in arms; write"
            ' effect(score_change, "Cohen\'s d") between arms',
        ),
        (
            'effect(score, "cohens d") in active',
            "'cohens d' is not an effect size of pairs; known:",
        ),
        (
            'conf_low(effect(score_change, "r")) between arms',
            "'r' is not an effect size with an interval; known: odds ratio, risk ratio, number",
        ),
        (
            'conf_low(effect(score, "d_av")) in active',
            "of pairs an interval is computed of these alone: Cohen's d, Hedges' g, g_z",
        ),
        (
            'difference(effect(score_change, ten, "odds ratio")) between arms',
            "is not what is compared between cohorts",
        ),
        (
            'effect(age, "epsilon squared") between arms',
            'in arms; write effect(age, "standardised difference") between arms',
        ),
        ('effect(agee, "epsilon squared") between arms', "did you mean 'age'?"),
        ('effect("HQC" in drugs, "standardised difference") between arms', "mean 'HCQ'?"),
        (
            'correlation(age, score_change, method="Spearman") in active',
            "'Spearman' is not a correlation; known: pearson, spearman, kendall; did you mean",
        ),
        (
            'p_value(correlation(age, score_change), method="spearman") in active',
            "p_value(...) takes 1 argument, and by name side; ",
        ),
    ],
)
def test_what_is_misspelt_is_told(audited: Audited, reading: str, said: str) -> None:
    with pytest.raises(DataError, match="in the claims") as error:
        judged(audited, claim("C1", "0.05", reading))

    assert said in str(error.value)


def test_a_correlation_is_judged_although_another_cohort_has_no_pair_of_values(
    audited: Audited,
) -> None:
    nobody = ("cohorts:\n", "cohorts:\n  oldest: { label: Oldest, select: age > 119 }\n")
    line = claim("C1", "9999", "correlation(age, score_change) in both")

    found = audited(line, table=arms_table(), edits=(*EDITS, nobody))

    assert found["C1"].verdict == CONTRADICTED
