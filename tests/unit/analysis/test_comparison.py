"""Comparisons of cohorts: tests of visits, changes and answers, differences, and what is alike."""

from collections.abc import Callable
from pathlib import Path

import pytest

from arms import ACTIVE, ARMS, CONDITION, PLACEBO, RESPONDERS, THREE, arms_table
from casebook.data.results import (
    ADJUSTED,
    BALANCE,
    CHANGE,
    COMPARED,
    COMPARED_OTHERWISE,
    COMPARED_WITHOUT,
    DIFFERENCE,
    GAINED,
    OTHER_TESTS,
    SHIFT,
    WITHOUT_A_PATIENT,
    Result,
    Results,
    read_results,
)
from casebook.data.vocabulary import Among, Method

Make = Callable[..., Path]


@pytest.fixture
def compared(results_of: Make) -> Callable[..., Results]:
    """The results of a small study with two arms."""

    def run(*edits: tuple[str, str], table: str = arms_table()) -> Results:
        out = results_of(ARMS, *edits, table=table)
        return Results(read_results(out / "results.csv"))

    return run


def of_change(results: Results, stat: str, context: str = COMPARED, method: str = "") -> Result:
    return results.get("arms", "score", context, stat, visit=CHANGE, method=method)


def test_changes_without_overlap_have_the_least_p_value_that_is_possible(
    compared: Callable[..., Results],
) -> None:
    """5 against 5 patients: 2 of the 252 divisions."""
    results = compared()
    p_value = of_change(results, "p_value")
    assert p_value.number == pytest.approx(2 / 252)
    assert of_change(results, "smallest_p").number == pytest.approx(2 / 252)
    assert of_change(results, "exact_p_value").number == pytest.approx(2 / 252)
    assert p_value.method == Method.RANK_SUM_EXACT
    assert (p_value.group1, p_value.group1_level) == ("comparison", "arms")
    assert of_change(results, "n").number == 10


def test_the_difference_is_the_second_cohort_less_the_first(
    compared: Callable[..., Results],
) -> None:
    """R: of sort(outer(c(-22, -14, -24, -9, -28), c(1, -2, -1, 2, -3), "-")) the median is -21,
    the third -27, the third last -8; pwilcox(2, 5, 5) is 4 / 252.
    """
    results = compared()
    found = [
        of_change(results, stat, DIFFERENCE, SHIFT).number
        for stat in ("estimate", "conf_low", "conf_high", "coverage")
    ]
    assert found == [-21, -27, -8, pytest.approx(1 - 2 * 4 / 252)]
    means = of_change(results, "estimate", DIFFERENCE, Method.MEANS_APART)
    assert means.number == pytest.approx(-18.8)


def test_each_visit_is_compared_as_well(compared: Callable[..., Results]) -> None:
    results = compared()
    for visit in ("baseline", "followup"):
        row = results.get("arms", "score", COMPARED, "p_value", visit=visit)
        assert 0 < row.number <= 1


def test_every_convention_of_the_rank_sum_test_and_welchs_stand_beside_it(
    compared: Callable[..., Results],
) -> None:
    results = compared()
    others = {
        method: of_change(results, "p_value", COMPARED_OTHERWISE, method)
        for method in (
            *(Method.RANK_SUM_R_4_5, Method.RANK_SUM_R_4_6, Method.RANK_SUM_NORMAL),
            Method.WELCH_T,
        )
    }
    assert all(0 < row.number < 0.05 for row in others.values())


def test_a_comparison_has_what_is_printed_of_its_statistics(
    compared: Callable[..., Results],
) -> None:
    """R 4.2: t.test of these changes has df = 4.5723; W = 0 of 25 pairs has the variance 25 x 11 /
    12, and chi-squared of two by two has one degree of freedom.
    """
    results = compared(RESPONDERS)
    welch = of_change(results, "degrees_of_freedom", COMPARED_OTHERWISE, Method.WELCH_T)
    by_count = ("arms", "score", COMPARED_OTHERWISE, "degrees_of_freedom")

    assert welch.number == pytest.approx(4.5722917877998)
    assert of_change(results, "statistic_turned").number == 25
    assert of_change(results, "z").number == pytest.approx(-12.5 / (25 * 11 / 12) ** 0.5)
    assert results.get(*by_count, level="ten", method=Method.CHI_SQUARED).number == 1


@pytest.mark.parametrize(
    ("convention", "method", "p"),
    [
        ("r-4.5", Method.RANK_SUM_R_4_5, 2 / 35),
        ("r-4.6", Method.RANK_SUM_R_4_6, 2 / 35),
        ("scipy", Method.RANK_SUM_SCIPY, 2 / 35),
        ("prism", Method.RANK_SUM_EXACT, 2 / 35),
        ("normal", Method.RANK_SUM_CORRECTED, 0.05182992721790362),
        ("sas", Method.RANK_SUM_CORRECTED, 0.05182992721790362),
        ("spss", Method.RANK_SUM_NORMAL, 0.033894853524689274),
    ],
)
def test_a_study_chooses_its_rank_sum_test_and_has_the_exact_one_beside_it(
    compared: Callable[..., Results], convention: str, method: Method, p: float
) -> None:
    """3 against 4 without overlap and ties: exact 2 of 35; R 4.2 for the normal approximation,
    wilcox.test(exact = FALSE, correct = TRUE or FALSE).
    """
    choice = ("cohorts:\n", f"analysis: {{ rank_sum: {convention} }}\ncohorts:\n")
    results = compared(choice, RESPONDERS, table=arms_table(PLACEBO[:3], ACTIVE[1:]))

    own = of_change(results, "p_value")
    assert (own.method, own.number) == (method, pytest.approx(p))
    assert of_change(results, "exact_p_value").number == pytest.approx(2 / 35)
    assert of_change(results, "smallest_p").number == pytest.approx(p)
    by_count = results.get("arms", "score", COMPARED, "p_value", level="ten")
    assert by_count.method == Method.FISHER


def test_an_approximation_that_a_study_chooses_is_warned_of_and_left_out_patients_follow_it(
    compared: Callable[..., Results],
) -> None:
    """3 against 4 without overlap. In R wilcox.test(exact = FALSE, correct = FALSE) gives 0.0495 of
    3 against 3, and 0.064 of 2 against 4.
    """
    choice = ("cohorts:\n", "analysis: { rank_sum: spss }\ncohorts:\n")
    results = compared(choice, table=arms_table(PLACEBO[:3], ACTIVE[1:]))

    assert of_change(results, "p_value").warning == (
        "p < 0.05 could not have been reached by the exact test",
        "the approximation gives a smaller p-value than the exact test ever could",
    )
    hangs_on = of_change(results, "n_changing", COMPARED_WITHOUT, WITHOUT_A_PATIENT)
    assert hangs_on.warning == ("p1", "p2", "p3")


def test_the_family_adjusts_the_rank_sum_test_that_the_study_chooses_and_the_exact_one(
    compared: Callable[..., Results],
) -> None:
    members = "[{ cohort: arms, outcome: score }, { cohort: active, outcome: score }]"
    edit = ("cohorts:\n", f"analysis: {{ rank_sum: spss, family: {members} }}\ncohorts:\n")
    results = compared(edit, table=arms_table(PLACEBO[:3], ACTIVE[1:]))

    own, exact = (
        results.get("arms", "score", ADJUSTED, stat, method="Holm").number
        for stat in ("p_value", "exact_p_value")
    )

    assert own == pytest.approx(2 * 0.033894853524689274)
    assert exact == pytest.approx(2 * 2 / 35)


def test_the_conclusion_hangs_on_each_patient_where_one_less_cannot_reach_the_level(
    compared: Callable[..., Results],
) -> None:
    """4 against 4: 2 of 70; 3 against 4: 2 of 35, which is more than 0.05."""
    results = compared(table=arms_table(PLACEBO[:4], ACTIVE[:4]))
    row = of_change(results, "n_changing", COMPARED_WITHOUT, WITHOUT_A_PATIENT)
    assert row.number == 8
    assert row.warning == ("p1", "p2", "p3", "p4", "a1", "a2", "a3", "a4")
    assert of_change(results, "n_changing", COMPARED_WITHOUT, OTHER_TESTS).number == 0


def test_responders_are_compared_by_fishers_test_and_their_percentages_by_a_score_interval(
    compared: Callable[..., Results],
) -> None:
    """4 of 5 against none of 5. In R, fisher.test(matrix(c(4, 1, 0, 5), 2)) has a p-value of
    0.04761904761904764, and without any one patient it is that or less.
    """
    results = compared(RESPONDERS)

    def row(stat: str, context: str = COMPARED, method: str = "") -> Result:
        return results.get("arms", "score", context, stat, level="ten", method=method)

    assert row("p_value").number == pytest.approx(0.04761904761904764)
    assert row("p_value").method == Method.FISHER
    boschloo = row("p_value", COMPARED_OTHERWISE, Method.BOSCHLOO)
    assert boschloo.number < row("p_value").number
    apart = [
        row(stat, DIFFERENCE, Method.RISK_DIFFERENCE).number
        for stat in ("estimate", "conf_low", "conf_high")
    ]
    assert apart[0] == pytest.approx(80)
    assert 0 < apart[1] < 80 < apart[2] < 100
    assert row("n_changing", COMPARED_WITHOUT, WITHOUT_A_PATIENT).number == 0
    least = row("smallest_p", COMPARED_OTHERWISE, Method.CHI_SQUARED)
    assert least.error == "the least p-value that the totals allow is not looked for"


def test_conditions_are_compared_at_each_visit(compared: Callable[..., Results]) -> None:
    results = compared(CONDITION)
    before, after = (
        results.get("arms", "high", COMPARED, "p_value", visit=visit)
        for visit in ("baseline", "followup")
    )
    assert before.error == "all patients are alike"
    assert after.number == pytest.approx(0.16666666666666663)  # R: 5 of 5 against 2 of 5


def test_three_cohorts_have_an_overall_test_and_how_much_they_differ(results_of: Make) -> None:
    """In R, effectsize::rank_epsilon_squared gives 0.00909090909090872 of the changes and 0.9 of
    the ages by which the cohorts are told, and cramers_v(adjust = FALSE) 0.25 of the responders.
    """
    out = results_of(THREE, RESPONDERS, table=arms_table())
    results = Results(read_results(out / "results.csv"))
    row = results.get("all", "score", COMPARED, "p_value", visit=CHANGE)
    assert row.method == Method.KRUSKAL_WALLIS_EXACT
    assert 0 < row.number <= 1
    among = results.get(
        "all", "score", DIFFERENCE, "estimate", visit=CHANGE, method=Among.EPSILON_SQUARED
    )
    assert among.number == pytest.approx(0.00909090909090872)
    assert not results.get("all", "score", COMPARED, "p_value", level="ten").error
    responders = results.get("all", "score", DIFFERENCE, "estimate", level="ten")
    assert (responders.method, responders.number) == (Among.CRAMERS_V, pytest.approx(0.25))
    assert results.get("all", "age", BALANCE, "estimate").number == pytest.approx(0.9)
    assert results.get("all", "sex", BALANCE, "estimate").number == 0


def test_each_two_of_three_cohorts_are_so_far_apart(results_of: Make) -> None:
    """In R, median(outer(b, a, "-")), its range, and 1 - 2 * pwilcox(0, m, n)."""
    out = results_of(THREE, table=arms_table())
    results = Results(read_results(out / "results.csv"))

    found = {
        level: [
            results.get("all", "score", DIFFERENCE, stat, level=level, visit=CHANGE).number
            for stat in ("estimate", "conf_low", "conf_high", "coverage")
        ]
        for level in ("two less one", "three less one", "three less two")
    }

    assert found == {
        "two less one": [-2, -25, 21, pytest.approx(13 / 15)],
        "three less one": [-1.5, -29, 24, pytest.approx(13 / 15)],
        "three less two": [1, -27, 26, pytest.approx(34 / 35)],
    }


def test_a_cohort_without_values_gives_a_reason_in_every_row(
    compared: Callable[..., Results],
) -> None:
    results = compared(RESPONDERS, table=arms_table(PLACEBO, [("NA", 20)]))
    for stat in ("p_value", "smallest_p", "exact_p_value"):
        assert of_change(results, stat).error == "a cohort has no patient with both visits"
    of = ("arms", "score", COMPARED, "p_value")
    assert results.get(*of, visit="baseline").error == "a cohort has no known value"
    assert results.get(*of, level="ten").error == "a cohort has no evaluable patient"
    assert of_change(results, "estimate", DIFFERENCE, SHIFT).error


def test_of_several_cohorts_one_without_both_visits_is_the_reason_why_two_are_not_apart(
    results_of: Make,
) -> None:
    lost = [(40, "NA"), *PLACEBO[1:]]
    out = results_of(THREE, table=arms_table(lost, [(42, "NA"), *ACTIVE[1:]]))
    results = Results(read_results(out / "results.csv"))

    of = ("all", "score", DIFFERENCE, "estimate")
    apart = results.get(*of, level="two less one", visit=CHANGE)
    assert apart.error == "a cohort has no patient with both visits"


@pytest.mark.parametrize("edit", [ARMS, THREE])
def test_where_nobody_could_gain_a_condition_that_is_the_reason(
    results_of: Callable[..., Path], edit: tuple[str, str]
) -> None:
    """All patients, of whom every answer is known, have a score above 30 at the first visit."""
    out = results_of(edit, CONDITION, table=arms_table())

    gained = [
        row
        for row in read_results(out / "results.csv")
        if row.group1 == "comparison" and row.variable_level == GAINED and row.stat_name != "n"
    ]

    assert gained
    assert {row.error for row in gained} == {"a cohort has no patient who could gain it"}


def test_a_standardised_difference_says_how_alike_the_cohorts_were(
    compared: Callable[..., Results],
) -> None:
    results = compared()
    age = results.get("arms", "age", BALANCE, "standardised_difference")
    drug = results.get("arms", "drugs", BALANCE, "standardised_difference", level="HCQ")
    assert (age.number, drug.number) == (0, 0)
    sex = results.get("arms", "sex", BALANCE, "standardised_difference")
    assert sex.error == "no level has patients of both groups"
    with pytest.raises(KeyError):
        results.get("arms", "age", BALANCE, "p_value")


def test_of_two_levels_the_standardised_difference_names_its_own(
    compared: Callable[..., Results],
) -> None:
    """2 of 4 women among the younger against 3 of 3: 1/2 over the root of (1/4 + 0) / 2."""
    by_age = ('select: sex == "F"', "select: age <= 62"), ('select: sex == "M"', "select: age > 62")
    fewer_women = arms_table(ACTIVE, PLACEBO[:2])
    sex = compared(*by_age, table=fewer_women).get(
        "arms", "sex", BALANCE, "standardised_difference"
    )
    assert sex.stat_label == "Standardised difference of Female"
    assert sex.number == pytest.approx(0.5 / (0.25 / 2) ** 0.5)


def test_baseline_p_values_are_there_on_demand(compared: Callable[..., Results]) -> None:
    results = compared(("[placebo, active] }", "[placebo, active], baseline_p_values: true }"))
    assert results.get("arms", "age", BALANCE, "p_value").number == 1
    assert results.get("arms", "drugs", BALANCE, "p_value", level="HCQ").number == 1
    # No man is a woman: the groups are the levels.
    assert results.get("arms", "sex", BALANCE, "p_value").number == pytest.approx(2 / 252)


def test_a_comparison_can_be_one_of_a_family_of_tests(compared: Callable[..., Results]) -> None:
    members = "[{ cohort: arms, outcome: score }, { cohort: active, outcome: score }]"
    results = compared(("cohorts:\n", f"analysis: {{ family: {members} }}\ncohorts:\n"))
    holm = results.get("arms", "score", ADJUSTED, "p_value", method="Holm")
    assert holm.number == pytest.approx(2 * 2 / 252)
    assert holm.group1 == "comparison"


def test_with_more_visits_each_is_compared_and_the_change_in_each_contrast(
    results_of: Make,
) -> None:
    """A third visit that repeats the first: the second contrast has no change in anybody."""
    visits = (
        "cohorts:\n",
        """visits: { baseline: Before, followup: After, again: Again }
contrasts:
  late: { visit: followup, against: baseline }
  whole: { visit: again, against: baseline }
cohorts:
""",
    )
    columns = ("      followup: After\n", "      followup: After\n      again: Again\n")
    lines = arms_table().splitlines()
    table = [f"{lines[0]},Again", *(f"{line},{line.split(',')[6]}" for line in lines[1:])]
    out = results_of(visits, columns, ARMS, RESPONDERS, table="\n".join([*table, ""]))
    results = Results(read_results(out / "results.csv"))

    def p_value(**of: str) -> Result:
        return results.get("arms", "score", COMPARED, "p_value", **of)  # type: ignore[arg-type]

    again, before = p_value(visit="again"), p_value(visit="baseline")
    assert again.number == before.number
    assert p_value(visit=CHANGE, contrast="late").number == pytest.approx(2 / 252)
    assert p_value(visit=CHANGE, contrast="whole").error == "all values are equal"
    assert p_value(level="ten", contrast="late").number < 0.05
    assert p_value(level="ten", contrast="whole").error == "all patients are alike"
