"""The audit of p-values and differences between cohorts."""

from collections.abc import Callable

import pytest

from arms import ARMS, HARMS, OF_GRADES, RESPONDERS, arms_table
from casebook.data.findings import DataError
from casebook.data.verdicts import (
    BY_CHANCE,
    CONTRADICTED,
    NOT_COMPUTABLE,
    OTHER_CONVENTION,
    REPRODUCED,
    Followed,
    Verdict,
)
from claimlines import Audited, claim
from followed import CHANGING, STUDY, patient, table

_CHANGE = "score_change"


def judged(audited: Audited, *lines: str) -> dict[str, Verdict]:
    return audited(*lines, table=arms_table(), edits=(HARMS, ARMS, RESPONDERS))


def test_the_exact_p_value_of_a_change_is_reproduced(audited: Audited) -> None:
    found = judged(audited, claim("C1", "0.008", "p_value(score_change) between arms"))["C1"]

    assert found.verdict == REPRODUCED
    assert found.recomputed_by == "rank-sum, exact"
    assert (found.cohort, found.of) == ("arms", "score_change")
    assert len(found.patients) == 10
    assert found.columns == ("Before", "After")


def test_the_rank_sum_test_that_the_study_chooses_is_its_own(audited: Audited) -> None:
    """R 4.2: wilcox.test(c(-22, -14, -24, -9, -28), c(1, -2, -1, 2, -3), exact = FALSE, correct =
    FALSE) has p = 0.00902344.
    """
    by_spss = ("cohorts:\n", "analysis: { rank_sum: spss }\ncohorts:\n")
    line = claim("C1", "0.009", "p_value(score_change) between arms")

    found = audited(line, table=arms_table(), edits=(by_spss, ARMS))["C1"]

    assert (found.verdict, found.recomputed_by) == (REPRODUCED, "rank-sum, normal")


def test_the_approximation_of_sas_is_tried_where_a_paper_names_no_program(
    audited: Audited,
) -> None:
    """R 4.2: wilcox.test(..., exact = FALSE) of these changes has p = 0.01219."""
    line = claim("C1", "0.0122", "p_value(score_change) between arms")

    found = audited(line, table=arms_table(), edits=(ARMS,))["C1"]

    assert found.verdict == OTHER_CONVENTION
    assert found.reproduced_by == ("rank-sum, normal with continuity correction",)


@pytest.mark.parametrize(
    ("program", "printed"), [("SPSS", "0.009"), ("SAS", "0.012"), ("coin", "0.009")]
)
def test_what_the_paper_names_for_a_number_holds_where_it_prints_it_again(
    audited: Audited, program: str, printed: str
) -> None:
    """R 4.2: wilcox.test(..., exact = FALSE) of these changes has p = 0.01219, 0.00902 with correct
    = FALSE; the study's own exact test 0.0079.
    """
    reading = "p_value(score_change) between arms"
    lines = [
        claim("C1", printed, reading, convention=f"rank-sum in {program}"),
        claim("C2", printed, reading),
        claim("C3", printed, "p_value(score_followup) between arms"),
    ]

    found = audited(*lines, table=arms_table(), edits=(ARMS,))

    assert found["C1"].verdict == REPRODUCED
    assert found["C2"].verdict == OTHER_CONVENTION
    assert found["C2"].reproduced_by == (found["C1"].recomputed_by,)
    assert found["C3"].verdict == CONTRADICTED


def test_welchs_t_is_another_convention(audited: Audited) -> None:
    """R: t.test(c(-22, -14, -24, -9, -28), c(1, -2, -1, 2, -3))$p.value is 0.004314."""
    found = judged(audited, claim("C1", "0.0043", "p_value(score_change) between arms"))["C1"]

    assert found.verdict == OTHER_CONVENTION
    assert "Welch's t-test" in found.reproduced_by


def test_tests_that_no_study_makes_are_tried_and_can_be_named(audited: Audited) -> None:
    """R, of the same: t.test(..., var.equal = TRUE)$p.value is 0.000773, one-sided 0.000387;
    chisq.test(matrix(c(4, 1, 0, 5), 2))$p.value is 0.0528, without correction 0.0098.
    """
    changed, responded = (f"p_value({of}) between arms" for of in (_CHANGE, f"{_CHANGE}, ten"))
    found = judged(
        audited,
        claim("C1", "0.00077", changed, convention="Student's t-test"),
        claim("C2", "0.00077", changed),
        claim("C3", "0.00039", changed.replace(")", ', side="less", test="Student\'s t-test")')),
        claim("C4", "0.0528", responded, convention="chi-squared"),
        claim("C5", "0.0098", responded, convention="chi-squared"),
        claim("C6", "unpaired t-test", "label(C1)"),
    )

    others = {name for name, each in found.items() if each.verdict == OTHER_CONVENTION}
    assert others == {"C2", "C4"}
    assert {found[name].verdict for name in found.keys() - others} == {REPRODUCED}
    assert found["C4"].reproduced_by == ("chi-squared, Yates's correction",)


def test_chi_squared_or_fishers_test_as_the_expected_counts_are(audited: Audited) -> None:
    """Of 4 of 5 and 0 of 5 two counts of 2 are expected: by Fisher's exact test p is 0.0476, by
    chi-squared 0.0098.
    """
    reading, either = f"p_value({_CHANGE}, ten) between arms", "chi-squared or Fisher's exact test"
    found = judged(
        audited,
        claim("C1", "0.0476", reading, convention=either),
        claim("C2", "0.0098", reading, convention=either),
        claim("C3", "Chi-square test or Fisher's exact test, as appropriate", "label(C1)"),
    )

    assert {name: each.verdict for name, each in found.items()} == {
        "C1": REPRODUCED,
        "C2": BY_CHANCE,
        "C3": REPRODUCED,
    }
    assert found["C1"].recomputed_by == f"{either}, by expected counts"


def test_another_test_than_the_paper_names_and_half_a_p_value_fit_by_chance(
    audited: Audited,
) -> None:
    """R: wilcox.test(..., exact = TRUE, alternative = "less")$p.value is 1 / 252."""
    reading = f"p_value({_CHANGE}) between arms"
    found = judged(
        audited,
        claim("C1", "0.00077", reading, convention="Welch's t-test"),
        claim("C2", "0.00397", reading),
    )

    assert {each.verdict for each in found.values()} == {BY_CHANCE}
    assert found["C1"].would_fit == ("Student's t-test",)
    assert found["C2"].would_fit == ("rank-sum, exact, one-sided: less",)


def test_a_wrong_p_value_is_contradicted_and_so_is_the_decision(audited: Audited) -> None:
    lines = [
        claim("C1", "0.3", "p_value(score_change) between arms"),
        claim("C2", "not significant", "significant(score_change) between arms"),
    ]
    found = judged(audited, *lines)

    assert found["C1"].verdict == CONTRADICTED
    assert "not significant as printed, significant when recomputed" in found["C1"].decision_error
    assert found["C2"].verdict == CONTRADICTED


def test_a_named_test_that_was_not_made_is_not_passed_over(audited: Audited) -> None:
    line = claim("C1", "0.008", "p_value(score_change) between arms", convention="chi-squared")
    found = judged(audited, line)["C1"]

    assert found.verdict == NOT_COMPUTABLE
    assert found.reason == (
        "chi-squared, which the paper names, was not made of these; made: rank-sum,"
        " Welch's t-test, Student's t-test"
    )
    assert "rank-sum, exact" in found.would_fit


def test_a_reading_between_cohorts_names_its_test_too(audited: Audited) -> None:
    p_value = "p_value(score_change, test={!r}) between arms"
    found = judged(
        audited,
        claim("C1", "0.0043", p_value.format("Welch's t-test")),
        claim("C2", "significant", 'significant(score_change, test="rank-sum") between arms'),
        claim("C3", "0.0043", p_value.format("sign test")),
    )

    assert (found["C1"].verdict, found["C2"].verdict) == (REPRODUCED, REPRODUCED)
    assert found["C1"].recomputed_by == "Welch's t-test"
    assert found["C3"].reason.startswith("sign test, which the paper names, was not made of these")


def test_a_difference_of_two_readings_turns_with_the_differences(audited: Audited) -> None:
    """The mean changes are -19.4 and -0.6."""
    less = "less(mean(score_change) in active, mean(score_change) in placebo)"
    found = judged(
        audited,
        claim("C1", "-18.8", less),
        claim("C2", "18.8", less, convention="baseline minus follow-up"),
    )

    assert [each.verdict for each in found.values()] == [REPRODUCED] * 2


@pytest.mark.parametrize("convention", ["", "baseline minus follow-up"])
def test_another_reading_is_turned_as_the_claim_is(audited: Audited, convention: str) -> None:
    """By Hodges and Lehmann the changes are -21 apart; the mean change in the first is -19.4."""
    lines = [
        claim(name, printed, "mean(score_change) in active", convention=convention,
              otherwise="difference(score_change) between arms")
        for name, printed in (("C1", "21.0"), ("C2", "20.3"))
    ]  # fmt: skip

    found = judged(audited, *lines)

    assert found["C1"].verdict == OTHER_CONVENTION
    assert found["C2"].verdict not in (REPRODUCED, OTHER_CONVENTION)


def test_medians_of_two_cohorts_are_apart_by_hodges_and_lehmann_too(audited: Audited) -> None:
    """R: wilcox.test(c(40, 38, 50, 44, 61), c(42, 39, 55, 47, 58), conf.int = TRUE, exact = TRUE)
    gives -2; the medians are 44 and 47.
    """
    median = "median(score_baseline * 5.5) in"

    found = judged(audited, claim("C1", "-11.0", f"less({median} placebo, {median} active)"))["C1"]

    assert (found.verdict, found.reproduced_by) == (OTHER_CONVENTION, ("Hodges-Lehmann",))
    assert float(found.recomputed) == -16.5


def test_a_difference_is_judged_by_its_row(audited: Audited) -> None:
    row = (
        'result(cohort=arms, variable=score, visit=change, context="difference between cohorts",'
        ' statistic=estimate, method="Hodges-Lehmann")'
    )
    assert judged(audited, claim("C1", "-21", row))["C1"].verdict == REPRODUCED


def test_a_part_that_a_row_has_not_is_to_be_left_out(audited: Audited) -> None:
    row = (
        'result(cohort=arms, variable=score, level=ten, context="difference between cohorts",'
        ' statistic=estimate, method="risk difference, Miettinen-Nurminen"{})'
    )
    with pytest.raises(DataError, match="no result has the visit 'change'; leave out visit, as"):
        judged(audited, claim("C1", "80", row.format(", visit=change")))
    assert judged(audited, claim("C1", "80", row.format("")))["C1"].verdict == REPRODUCED


def test_a_paper_that_subtracts_the_other_way_has_the_other_sign_between_cohorts_too(
    audited: Audited,
) -> None:
    def row(context: str, statistic: str, method: str) -> str:
        return (
            f'result(cohort=arms, variable=score, visit=change, context="{context}",'
            f' statistic={statistic}, method="{method}")'
        )

    way = "baseline minus follow-up"
    shift = ("difference between cohorts", "Hodges-Lehmann")
    lines = [
        claim("C1", "21", row(shift[0], "estimate", shift[1]), convention=way),
        claim("C2", "8", row(shift[0], "conf_low", shift[1]), convention=way),
        claim("C3", "25", row("comparison", "statistic", "rank-sum, exact"), convention=way),
    ]
    found = judged(audited, *lines)

    assert [each.verdict for each in found.values()] == [REPRODUCED] * 3


def test_the_convention_of_tests_between_cohorts_is_found_by_itself(
    audited: Audited, followed: Callable[[], list[Followed]]
) -> None:
    """In R, wilcox.test(exact = FALSE, correct = FALSE) gives 0.009023 and 0.016294."""
    found = judged(
        audited,
        claim("C1", "0.00902", "p_value(score_change) between arms"),
        claim("C2", "0.0163", "p_value(score_followup) between arms"),
    )

    kept = {(each.kind, each.convention) for each in followed()}
    assert kept == {("p-value between cohorts", "rank-sum, normal")}
    assert {each.papers_convention for each in found.values()} == {"rank-sum, normal"}


def test_the_program_of_the_tests_of_pairs_is_that_of_the_tests_between_cohorts(
    audited: Audited, followed: Callable[[], list[Followed]]
) -> None:
    """R 4.2: wilcox.test(x, paired = TRUE, exact = FALSE, correct = FALSE) gives 0.496 and 0.0431,
    as SPSS does, t.test 0.00496, and wilcox.test(x, y, exact = FALSE, correct = FALSE) 0.00902.
    """
    between = claim("C1", "0.009", "p_value(score_change) between arms")
    t_test = claim("C2", "0.00496", "p_value(score) in active", convention="paired t-test")
    slip = claim("C3", "0.0431", "p_value(score) in active", convention="paired t-test")
    pairs = [claim("C4", "0.496", "p_value(score) in placebo")]
    pairs.append(claim("C5", "0.0431", "p_value(score) in active"))

    assert judged(audited, between)["C1"].verdict == BY_CHANCE
    found = judged(audited, between, t_test, *pairs)
    kept = {each.convention for each in followed()}
    with_slip = judged(audited, between, slip, *pairs)

    assert "signed-rank, normal" in kept
    assert (found["C1"].verdict, found["C1"].reproduced_by) == (
        OTHER_CONVENTION,
        ("rank-sum, normal",),
    )
    assert found["C2"].elsewhere == found["C5"].elsewhere == ()
    assert with_slip["C3"].verdict == BY_CHANCE


@pytest.mark.parametrize(
    ("printed", "computed_as", "by"),
    [
        ("0.048", "p_value(harms_serious) between arms", "Fisher's exact test"),
        ("1.0", "p_value('HCQ' in harms) between arms", "Fisher's exact test"),
        ("0.048", "p_value(score_change, ten) between arms", "Fisher's exact test"),
        ("80", "difference(score_change, ten) between arms", "risk difference, Miettinen-Nurminen"),
        ("-100", "difference(harms_serious) between arms", "risk difference, Miettinen-Nurminen"),
        ("-21", "difference(score_change) between arms", "Hodges-Lehmann"),
        ("-27", "conf_low(score_change) between arms", "Hodges-Lehmann"),
        ("-27", "conf_low(difference(score_change)) between arms", "Hodges-Lehmann"),
        ("-8", "conf_high(score_change) between arms", "Hodges-Lehmann"),
    ],
)
def test_harms_responders_and_differences_are_reproduced(
    audited: Audited, printed: str, computed_as: str, by: str
) -> None:
    """Fisher's p of 4 of 5 against none of 5 is 10/210. Of all five with placebo it is known that
    an event was serious, and of two others that none was: of 5 of 5 against none of 2 it is 1/21.

    In R, wilcox.test(conf.int = TRUE) of the changes has the interval from -27 to -8.
    """
    found = judged(audited, claim("C1", printed, computed_as))["C1"]

    assert (found.verdict, found.recomputed_by) == (REPRODUCED, by)
    assert found.cohort == "arms"
    assert len(found.patients) == 10
    assert "arms" in found.result


def test_a_difference_of_means_or_of_the_other_cohort_is_another_convention(
    audited: Audited,
) -> None:
    """The means of the changes are -19.4 and -0.6."""
    lines = [
        claim("C1", "-18.8", "difference(score_change) between arms"),
        claim("C2", "-18.8", "difference(score_change) between arms", convention="mean"),
        claim("C3", "8", "conf_low(score_change) between arms"),
        claim("C4", "-17", "difference(score_change) between arms"),
    ]
    found = judged(audited, *lines)

    assert found["C1"].reproduced_by == ("mean difference between cohorts, Welch",)
    assert found["C2"].verdict == REPRODUCED
    assert found["C3"].reproduced_by == ("Placebo minus Active",)
    assert found["C4"].verdict == CONTRADICTED


def test_boschloos_test_of_harms_is_tried(audited: Audited) -> None:
    """R's optimize of p^2 (1 - p)^5 + p^5 (1 - p)^2, of the two tables that set all apart."""
    line = claim("C1", "0.0165", "p_value(harms_serious) between arms")
    found = judged(audited, line)["C1"]

    assert found.verdict == OTHER_CONVENTION
    assert "Boschloo's test" in found.reproduced_by


def test_an_adverse_event_that_nobody_had_is_told_with_those_that_there_are(
    audited: Audited,
) -> None:
    with pytest.raises(DataError, match="no patient who is compared had 'Rash'; known: HCQ"):
        judged(audited, claim("C1", "1.0", "p_value('Rash' in harms) between arms"))


def test_grades_are_compared_at_a_visit(audited: Audited) -> None:
    """In R, coin's exact wilcox_test of (2, 2, 2, 2, 1) and (0, 0, 1, 1, 1): 8 of 252."""
    levels = {"A": [2, 2, 2, 2, 1], "B": [0, 0, 1, 1, 1]}
    patients = [
        patient([], [("none", "mild", "severe")[place]], arm)
        for arm, places in levels.items()
        for place in places
    ]

    def found(reading: str) -> Verdict:
        line = claim("C1", "0.032", f"{reading} between arms")
        return audited(line, text=STUDY, table=table(*patients), edits=(OF_GRADES,))["C1"]

    assert found("p_value(dyspnoea_baseline)").verdict == REPRODUCED
    assert found("p_value(dyspnoea_baseline)").columns == ("Grade 0",)
    with pytest.raises(DataError, match="dyspnoea is a grade, and grades have no difference"):
        found("difference(dyspnoea_baseline)")


def test_how_grades_and_conditions_changed_leads_to_those_who_could(audited: Audited) -> None:
    """Of the exact tests in R: 0.103, and of 0 of 4 and 3 of 4 without it before 0.143."""
    found = audited(
        claim("C1", "0.103", "p_value(dyspnoea_early) between arms"),
        claim("C2", "0.143", "p_value(well_early, gained) between arms"),
        claim("C3", "75", "difference(well_early, gained) between arms"),
        claim("C4", "significant", "significant(dyspnoea_early) between arms"),
        text=STUDY,
        table=table(*CHANGING),
        edits=(OF_GRADES,),
    )

    assert [each.verdict for each in found.values()] == [REPRODUCED] * 3 + [CONTRADICTED]
    assert [len(each.patients) for each in found.values()] == [10, 8, 8, 10]
    assert found["C2"].columns == ("Grade 0", "Grade 1")
