"""What becomes of each sort of claim."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.data.findings import DataError
from casebook.data.results import Key, Results, read_results
from casebook.data.verdicts import (
    BY_CHANCE,
    CONTRADICTED,
    NOT_COMPUTABLE,
    OTHER_CONVENTION,
    REPRODUCED,
    Followed,
    read_followed,
    read_tried,
    read_verdicts,
)
from casebook.data.vocabulary import Kind
from casebook.report.audit_section import audit_words, in_one_line
from claimlines import TABLE, Audited, claim

P_VALUE = "p_value(score) in everyone"
AGED = "percent(age > 60) in older"


def test_the_readme_tells_what_the_audit_of_the_bundled_paper_found(bundled: Path) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")

    counts = Counter(v.verdict for v in read_verdicts(bundled / "audit.csv"))

    assert (
        f"Of the {counts.total()} statements of the paper that are listed in `claims.tsv`,"
        f" {counts[REPRODUCED]} follow from its table or agree with each other,"
        f" {counts[OTHER_CONVENTION]} only under another convention or reading than the paper"
        " names,"
        f" {counts[CONTRADICTED]} are contradicted, and"
        f" {counts[NOT_COMPUTABLE]} cannot be computed from it."
    ) in " ".join(readme.split())
    assert not counts[BY_CHANCE]


def test_a_recomputed_value_is_that_of_the_result_row_that_is_named(bundled: Path) -> None:
    rows = Results(read_results(bundled / "results.csv"))

    named = [v for v in read_verdicts(bundled / "audit.csv") if v.result and v.kind != "p-value"]

    for verdict in named:
        if verdict.kind != "significant" and verdict.recomputed_by != "mean":
            assert float(verdict.recomputed) == pytest.approx(rows[Key(*verdict.result)].number)
    assert len(named) > 40


@pytest.mark.parametrize(
    ("printed", "rounding"),
    [("18.1", "exact"), ("18", "rounded"), ("18.10", "exact"), (">18", "within")],
)
def test_a_value_that_rounds_to_what_is_printed_is_reproduced(
    audited: Audited, printed: str, rounding: str
) -> None:
    verdict = audited(claim("C1", printed, "mean(score_baseline) in everyone"))["C1"]

    assert (verdict.verdict, verdict.rounding) == (REPRODUCED, rounding)
    assert verdict.recomputed == "18.1"


@pytest.mark.parametrize(("printed", "rounding"), [("12", "half to even"), ("13", "half up")])
def test_half_up_and_half_to_even_are_told_apart(
    audited: Audited, printed: str, rounding: str
) -> None:
    verdict = audited(claim("C1", printed, "median(score_baseline) in everyone"))["C1"]

    assert (verdict.verdict, verdict.rounding) == (REPRODUCED, rounding)


@pytest.mark.parametrize(
    ("printed", "computed_as", "convention"),
    [
        ("12.5", "mean(score_baseline) in everyone", "median"),
        ("11.7", "sd(score_baseline) in everyone", "sd, n in the denominator"),
        ("5.8", "sd(score_baseline) in everyone", "standard error"),
        ("9.3", "p25(score_baseline) in everyone", "quantile type 8"),
        ("0.625", "p_value(score) in everyone", "sign test"),
        ("12.625", "mean(score_baseline) in everyone", "with both visits"),
        ("13.0", "sd(score_baseline) in everyone", "cut off, not rounded"),
    ],
)
def test_a_value_of_another_convention_is_found_and_named(
    audited: Audited, printed: str, computed_as: str, convention: str
) -> None:
    verdict = audited(claim("C1", printed, computed_as))["C1"]

    assert verdict.verdict == OTHER_CONVENTION
    assert convention in verdict.reproduced_by
    assert verdict.n_tried >= verdict.n_values > 1


def test_patients_with_both_visits_are_a_fair_reading_where_that_leaves_somebody_out(
    audited: Audited,
) -> None:
    """The median of the scores before is 12.5, and 11.25 without e, who has none after.

    11 may be a slip of 12, or of 13, and would be chance were it not for this reading.
    """
    of_both, of_others = audited(
        claim("C1", "11", "median(score_baseline) in everyone"),
        claim("C2", "16", "median(score_baseline) in everyone"),
    ).values()

    assert (of_both.verdict, of_both.reproduced_by) == (OTHER_CONVENTION, ("with both visits",))
    assert (of_others.verdict, of_others.would_fit) == (BY_CHANCE, ("without c", "without d"))


@pytest.mark.parametrize(
    ("printed", "computed_as", "chance"),
    [
        ("17.625", "mean(score_baseline) in everyone", ("without b",)),
        ("4.5", "median(score_baseline) in everyone", ("as score_followup",)),
        ("66", "min(age) in everyone", ("in 65 or older", "without c")),
        ("67%", 'percent(sex == "F") in everyone', ("in 65 or older",)),
        ("0.1", "p_value(score) in everyone", ()),
        ("2", 'count(sex == "F") in everyone', ()),
        ("1", 'count("HCQ" in drugs) in everyone', ("as 'HCQ' in marked(drugs)",)),
    ],
)
def test_what_fits_other_patients_or_another_visit_is_chance_and_no_agreement(
    audited: Audited, printed: str, computed_as: str, chance: tuple[str, ...]
) -> None:
    verdict = audited(claim("C1", printed, computed_as))["C1"]

    assert verdict.verdict == (BY_CHANCE if chance else CONTRADICTED)
    assert (verdict.reproduced_by, verdict.would_fit) == ((), chance)


@pytest.mark.parametrize(
    ("words", "others", "verdict"),
    [
        ("some words", (), BY_CHANCE),
        ("older women were 40% (2/5)", (), OTHER_CONVENTION),
        ("older women were 40% (2/3)", (), BY_CHANCE),
        ("some words", [("60%", "percent(age > 60) in older")], OTHER_CONVENTION),
        ("some words", [("100%", "percent(age > 60) in older")], BY_CHANCE),
        ("some words", [("0%", "percent(age > 90) in older")], BY_CHANCE),
        ("some words", [("60%", "percent(age > 60) in everyone")], BY_CHANCE),
        (
            "some words",
            [("60%", "percent(age > 60) in older"), *((f"{n}%", AGED) for n in (11, 22))],
            BY_CHANCE,
        ),
    ],
)
def test_a_share_of_a_larger_cohort_is_a_convention_where_the_paper_says_or_follows_it(
    audited: Audited, words: str, others: Sequence[tuple[str, str]], verdict: str
) -> None:
    """Of the three older patients two are women, a and d, of five in all."""
    women = claim("C1", "40%", 'percent(sex == "F" and age > 60) in older', words=words)
    verdicts = audited(women, *(claim(f"C{i}", *each) for i, each in enumerate(others, start=2)))

    found = verdicts["C1"]
    assert found.verdict == verdict
    assert (found.reproduced_by or found.would_fit)[0] == "of all in Everyone"


def test_a_share_of_another_cohort_that_is_not_larger_is_chance(audited: Audited) -> None:
    reading = "percent(score_followup < score_baseline and age > 60) in everyone"

    (found,) = audited(claim("C1", "67%", reading)).values()

    assert found.verdict == BY_CHANCE
    assert "of all in 65 or older" in found.would_fit


@pytest.mark.parametrize(
    ("printed", "computed_as", "verdict"),
    [
        ("0.46", "p_value(score) in everyone", REPRODUCED),
        ("0.461450", "p_value(score) in everyone", CONTRADICTED),
        ("18.0", "mean(score_baseline) in everyone", CONTRADICTED),
        ("twenty", "mean(score_baseline, age > 60) in everyone", CONTRADICTED),
        ("20.83", "mean(score_baseline, age > 60) in everyone", REPRODUCED),
        ("20.8", "mean(score_baseline, age > 60) in everyone", REPRODUCED),
        ("20", "mean(score_baseline, age > 60) in everyone", CONTRADICTED),
    ],
)
def test_a_p_value_a_word_or_a_short_number_that_is_cut_off_is_contradicted(
    audited: Audited, printed: str, computed_as: str, verdict: str
) -> None:
    by_r = ("outcomes:\n", "analysis: { signed_rank: r-4.5 }\noutcomes:\n")

    found = audited(claim("C1", printed, computed_as), edits=[by_r])["C1"]

    assert found.verdict == verdict
    is_cut_off = printed in ("0.461450", "twenty", "20")
    assert ("cut off, not rounded" in found.would_fit) == is_cut_off


def test_a_failed_check_rules_out_a_convention_that_is_not_the_papers(audited: Audited) -> None:
    order = audited(
        claim("C1", "9", "p25(score_baseline) in everyone"),
        claim("C2", "8.2", "median(score_baseline) in everyone"),
    )
    whole = audited(
        claim("C1", "62.50", "mean(age) in everyone"),
        claim("C2", "9.946", "sd(age) in everyone"),
    )

    for verdict, convention in ((order["C1"], "quantile type 6"), (whole["C2"], "standard error")):
        assert verdict.failed_checks
        assert (verdict.verdict, verdict.reproduced_by) == (CONTRADICTED, ())
        assert convention in verdict.ruled_out


def test_a_convention_of_the_whole_paper_outweighs_a_failed_check(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "9", "p25(score_baseline) in everyone"),
        claim("C2", "8.2", "median(score_baseline) in everyone"),
        claim("C3", "30", "p75(score_baseline) in everyone"),
        claim("C4", "3.25", "p25(score_followup) in everyone"),
    )

    assert verdicts["C1"].failed_checks
    assert verdicts["C1"].verdict == OTHER_CONVENTION
    assert verdicts["C1"].reproduced_by[0] == "quantile type 6"


def test_a_set_without_a_mark_is_not_tried_with_marked_members(audited: Audited) -> None:
    marked = audited(claim("C1", "12", 'count("HCQ" in drugs) in everyone'))["C1"]
    bare = audited(
        claim("C1", "12", 'count("HCQ" in drugs) in everyone'),
        edits=[('    mark: "*"\n', "")],
        table=TABLE.replace("*", ""),
    )["C1"]

    assert bare.n_tried == marked.n_tried - 1


def test_a_row_of_the_results_is_not_tried_as_another_quantity(audited: Audited) -> None:
    row = 'result(cohort=everyone, variable=score, context="estimate", method="{}", statistic={})'
    tests = 'result(cohort=everyone, variable=score, context="other tests", method="{}"'

    verdicts = audited(
        claim("C1", "-4.0", row.format("median difference", "estimate")),
        claim("C2", "-1.55", row.format("mean difference", "estimate")),
        claim("C3", "1.00", tests.format("paired t-test") + ", statistic=statistic)"),
    )

    assert not [row for row in read_tried(Path("out/tried.csv")) if row.change == "method"]
    assert {v.verdict for v in verdicts.values()} == {CONTRADICTED}


def test_a_value_of_another_reading_is_found_and_named(audited: Audited) -> None:
    other = "count(age > 75) in everyone"

    verdict = audited(claim("C1", "one", "count(age > 60) in everyone", otherwise=other))["C1"]

    assert (verdict.verdict, verdict.reproduced_by) == (OTHER_CONVENTION, (other,))
    assert verdict.recomputed == "3.0"


def test_the_convention_that_the_paper_names_is_the_one_that_has_to_hold(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "12.5", "median(score_baseline) in everyone", convention="mean"),
        claim("C2", "18.1", "median(score_baseline) in everyone", convention="mean"),
        claim("C3", "0.625", "p_value(score) in everyone", convention="sign test"),
    )

    assert verdicts["C1"].verdict == OTHER_CONVENTION
    assert (verdicts["C1"].recomputed, verdicts["C1"].recomputed_by) == ("18.1", "mean")
    assert verdicts["C2"].verdict == REPRODUCED
    assert verdicts["C3"].verdict == REPRODUCED


def test_a_reading_names_its_test_as_the_convention_does(audited: Audited) -> None:
    """The changes are -9.5, 5, -4 and -5: R's t.test gives 0.3475, and 4 of 16 signs V <= 2.5."""
    t_test = 'p_value(score, test="paired t-test") in everyone'
    falls = 'p_value(score, test="signed-rank, exact, one-sided for a decrease") in everyone'
    decision = 'significant(score, test="sign test") in everyone'

    verdicts = audited(
        claim("C1", "0.3475", t_test),
        claim("C2", "0.3475", P_VALUE, convention="paired t-test"),
        claim("C3", "0.25", falls),
        claim("C4", "0.625", t_test),
        claim("C5", "significant", decision),
        claim("C6", "0.3475", "mean(age) in everyone", otherwise=t_test),
        claim("C7", "0.3475", P_VALUE, convention="Welch's t-test"),
    )

    assert [verdicts[name].verdict for name in ("C1", "C2", "C3")] == [REPRODUCED] * 3
    assert verdicts["C1"].result == verdicts["C2"].result
    assert (verdicts["C4"].verdict, verdicts["C4"].recomputed_by) != (REPRODUCED, "sign test")
    assert verdicts["C1"].elsewhere == verdicts["C2"].elsewhere == ("C4",)
    assert (verdicts["C5"].verdict, verdicts["C5"].recomputed_by) == (CONTRADICTED, "sign test")
    assert verdicts["C6"].reproduced_by == (t_test,)
    assert verdicts["C7"].verdict == NOT_COMPUTABLE


def test_percentiles_widths_and_standard_errors_are_judged(audited: Audited) -> None:
    """By R, whose 0.1 quantile of 8, 10, 12.5, 20 and 40 is 8.8 with type 7, and 8 with 6."""
    verdicts = audited(
        claim("C1", "8.8", "percentile(score_baseline, 10) in everyone"),
        claim("C2", "8.0", "percentile(score_baseline, 10) in everyone"),
        claim("C3", "10.0", "iqr(score_baseline) in everyone"),
        claim("C4", "5.84", "se(score_baseline) in everyone"),
        claim("C5", "13.06", "se(score_baseline) in everyone", convention="sd"),
        claim("C6", "7.4", "percentile(score_baseline, 10) in everyone"),
        claim("C7", "12.5", 'value(score_baseline, "a") in everyone'),
        claim("C8", "12.5", 'value(score_baseline, "z") in everyone'),
        edits=(("cohorts:", "analysis: { quantile_type: 7 }\ncohorts:"),),
    )

    assert {n for n, v in verdicts.items() if v.verdict == REPRODUCED} == {
        *("C1", "C3", "C4", "C5", "C7")
    }
    assert "quantile type 6" in (*verdicts["C2"].reproduced_by, *verdicts["C2"].would_fit)
    assert verdicts["C6"].verdict == CONTRADICTED
    assert verdicts["C1"].patients == ("a", "b", "c", "d", "e")
    assert verdicts["C7"].patients == ("a",)
    assert verdicts["C8"].reason.startswith("no patient of everyone has the identifier")


def test_a_share_of_a_part_of_a_cohort_is_judged(audited: Audited) -> None:
    """Of the women a is 70, c 34 and d 66; of the men b's age is not known and e is 80."""
    verdicts = audited(
        claim("C1", "67%", 'percent(age >= 65, sex == "F") in everyone'),
        claim("C2", "2", 'count(age >= 65, sex == "F") in everyone'),
        claim("C3", "40%", 'percent(age >= 65, sex == "F") in everyone'),
        claim("C4", "76%", 'percent(age >= 65, sex == "F") in everyone'),
        claim("C5", "2.0", 'odds(age >= 65, sex == "F") in everyone'),
        claim("C6", "2", 'count(age >= 65, sex == "M") in everyone'),
        claim("C7", "1.0", "odds(age >= 65) in older"),
    )

    assert [verdicts[name].verdict for name in ("C1", "C2", "C5")] == [REPRODUCED] * 3
    assert "of all in Everyone" in (*verdicts["C3"].reproduced_by, *verdicts["C3"].would_fit)
    assert verdicts["C4"].verdict == CONTRADICTED
    assert (verdicts["C1"].patients, verdicts["C1"].rows) == (("a", "d"), (2, 4, 5))
    assert (verdicts["C1"].of, verdicts["C1"].where) == ("age >= 65", "sex == 'F'")
    assert {*verdicts["C1"].columns} == {"Age", "Sex"}
    assert verdicts["C6"].reason == "1 of the 1 who is known; 2 only if patient b is one of them"
    assert verdicts["C7"].reason == "the condition is true of everyone of whom it is known"


def test_a_condition_at_a_visit_is_counted_by_its_name(audited: Audited) -> None:
    """Before, c alone is below 9, and after it a, c and d of the four who are known."""
    at = "at: { baseline: score_baseline < 9, followup: score_followup < 9 }"
    low = ("outcomes:\n", f"conditions:\n  low:\n    label: Low\n    {at}\noutcomes:\n")

    verdicts = audited(
        claim("C1", "3/4", "count(low_followup) in everyone"),
        claim("C2", "75%", "percent(low_baseline) in everyone"),
        claim("C3", "34", "mean(age, low_baseline) in everyone"),
        edits=[low],
    )

    assert [v.verdict for v in verdicts.values()] == [REPRODUCED, BY_CHANCE, REPRODUCED]
    assert verdicts["C1"].patients == ("a", "c", "d")
    assert verdicts["C1"].columns == ("After",)
    assert verdicts["C2"].would_fit == ("as low_followup",)


def test_ratios_and_differences_of_two_readings_are_judged(audited: Audited) -> None:
    """The scores before are 12.5, 20, 8, 10 and 40, and those after 3, 25, 4 and 5."""
    medians = "{}(median(score_baseline) in everyone, median(score_followup) in everyone)"
    upper = "less(p75(score_baseline) in everyone, p25(score_baseline) in everyone)"
    below_zero = "{}(mean(score_change) in everyone, max(score_change) in everyone)"

    verdicts = audited(
        claim("C1", "2.78", medians.format("ratio")),
        claim("C2", "8.0", medians.format("less")),
        claim("C3", "0.36", medians.format("ratio")),
        claim("C4", "8.85", medians.format("less")),
        claim("C5", "9.9", medians.format("less")),
        claim("C6", "21", upper),
        claim("C7", "2", 'ratio(count(sex == "F") in everyone, count(age > 99) in everyone)'),
        claim("C8", "8.1", medians.format("less")),
        claim("C9", "64%", medians.format("percent_decrease")),
        claim("C10", "-64%", medians.format("percent_increase")),
        claim("C11", "48.9%", medians.format("percent_decrease")),
        claim("C12", "36%", medians.format("percent_decrease")),
        claim("C13", "50%", below_zero.format("percent_decrease")),
        claim("C14", "50%", below_zero.format("percent_increase")),
        edits=(("cohorts:", "analysis: { quantile_type: 7 }\ncohorts:"),),
    )

    right = ("C1", "C2", "C9", "C10")
    assert [verdicts[name].verdict for name in right] == [REPRODUCED] * 4
    assert "mean" in (*verdicts["C11"].reproduced_by, *verdicts["C11"].would_fit)
    assert verdicts["C12"].verdict == CONTRADICTED
    assert "the second by the first" in (*verdicts["C3"].reproduced_by, *verdicts["C3"].would_fit)
    assert "mean" in (*verdicts["C4"].reproduced_by, *verdicts["C4"].would_fit)
    assert verdicts["C5"].verdict == CONTRADICTED
    assert "quantile type 6" in (*verdicts["C6"].reproduced_by, *verdicts["C6"].would_fit)
    assert verdicts["C7"].reason == "the second of both numbers is 0"
    assert verdicts["C13"].reason == verdicts["C14"].reason
    assert verdicts["C13"].reason.startswith("a change in percent is of a first number above 0")
    assert verdicts["C2"].elsewhere == ("C4", "C5", "C8")
    assert verdicts["C1"].cohort == "everyone"
    assert verdicts["C1"].columns == ("Before", "After")
    assert verdicts["C1"].patients == ("a", "b", "c", "d", "e")
    assert verdicts["C1"].rows == (2, 3, 4, 5, 6)


def test_effect_sizes_are_judged_by_their_names(audited: Audited) -> None:
    """Of -9.5, 5, -4 and -5 R gives mean(x) / sd(x) as -0.5556; ranks of 2.5 up and 7.5 down."""
    verdicts = audited(
        claim("C1", "-0.556", 'effect(score, "d_z") in everyone'),
        claim("C2", "-0.50", 'effect(score, "rank-biserial") in everyone'),
        claim("C3", "-0.65", 'effect(score, "rank-biserial") in everyone'),
        claim("C4", "-0.50", 'effect(score, "r") in everyone'),
    )

    assert [verdicts[name].verdict for name in ("C1", "C2")] == [REPRODUCED] * 2
    assert verdicts["C3"].verdict == CONTRADICTED
    assert verdicts["C4"].verdict != REPRODUCED
    assert Key(*verdicts["C1"].result).method == "Cohen's d_z"


def test_r_of_pairs_may_count_the_values_of_both_visits(audited: Audited) -> None:
    """R: wilcox.test(..., exact = FALSE, correct = FALSE) of -9.5, 5, -4, -5 has z = -0.9206."""
    verdicts = audited(claim("C1", "0.325", 'effect(score, "r") in everyone'))

    assert verdicts["C1"].verdict == OTHER_CONVENTION
    assert "number of values at both visits" in verdicts["C1"].reproduced_by[0]


def test_a_paper_that_names_its_program_is_held_to_what_that_program_does(
    audited: Audited,
) -> None:
    verdicts = audited(
        claim("C1", "0.357", P_VALUE, convention="signed-rank in SPSS"),
        claim("C2", "0.500", P_VALUE, convention="signed-rank in SPSS"),
        claim("C3", "0.312", P_VALUE, convention="rank-sum in SAS"),
        claim("C4", "0.500", P_VALUE, convention="signed-rank in SAS"),
    )

    assert [verdicts[name].verdict for name in ("C1", "C3", "C4")] == [REPRODUCED] * 3
    assert verdicts["C2"].verdict == OTHER_CONVENTION
    assert verdicts["C2"].recomputed_by == "signed-rank, normal"
    assert verdicts["C4"].recomputed_by == "signed-rank, default rule of SAS"


def test_what_a_program_alone_does_is_tried_only_where_the_paper_names_it(
    audited: Audited,
) -> None:
    unnamed = audited(claim("C1", "0.312", P_VALUE), claim("C2", "0.500", P_VALUE))

    assert unnamed["C1"].verdict == CONTRADICTED
    assert not any("SAS" in name or "Prism" in name for name in unnamed["C2"].reproduced_by)


def test_a_contradiction_says_what_it_should_be_and_what_comes_nearest(audited: Audited) -> None:
    verdict = audited(claim("C1", "81.1", "mean(score_baseline) in everyone"))["C1"]

    assert verdict.verdict == CONTRADICTED
    assert (verdict.recomputed, verdict.distance) == ("18.1", "63.0")
    assert float(verdict.nearest) == pytest.approx((12.5 + 10 + 40) / 3)
    assert verdict.nearest_by == "in 65 or older"
    assert verdict.misprint == "18.1 with two digits exchanged"


def test_a_single_digit_is_no_agreement_with_other_patients(audited: Audited) -> None:
    # Two of those aged 65 or older are women, and three of all.
    verdict = audited(claim("C1", "2", 'count(sex == "F") in everyone'))["C1"]

    assert (verdict.verdict, verdict.recomputed) == (CONTRADICTED, "3.0")
    assert (verdict.nearest, verdict.nearest_by) == ("2.0", "in 65 or older")
    assert verdict.misprint == ""


def test_a_claim_says_whose_values_and_which_cells_it_rests_on(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "2", 'count(sex == "M") in everyone'),
        claim("C2", "4.5", "median(score_followup) in everyone"),
        claim("C3", "0.625", "p_value(score) in everyone"),
    )

    assert (verdicts["C1"].cohort, verdicts["C1"].of) == ("everyone", "sex == 'M'")
    rests_on = {name: (v.patients, v.columns, v.rows) for name, v in verdicts.items()}
    assert rests_on == {
        "C1": (("b", "e"), ("Sex",), (2, 3, 4, 5, 6)),
        "C2": (("a", "b", "c", "d"), ("After",), (2, 3, 4, 5, 6)),
        "C3": (("a", "b", "c", "d"), ("Before", "After"), (2, 3, 4, 5)),
    }


@pytest.mark.parametrize(
    ("printed", "statistic", "verdict", "reason"),
    [
        ("2", "count", CONTRADICTED, "3 of the 4 who are known; it is not known for b"),
        ("3", "count", REPRODUCED, "3 of the 4 who are known; it is not known for b"),
        (
            *("4", "count", NOT_COMPUTABLE),
            "3 of the 4 who are known; 4 only if patient b is one of them",
        ),
        ("5", "count", CONTRADICTED, "3 of the 4 who are known; it is not known for b"),
        ("four of four", "count", CONTRADICTED, "3 of the 4 who are known; it is not known for b"),
        ("4/4", "percent", CONTRADICTED, "3 of the 4 who are known; it is not known for b"),
        (
            *("four of five", "percent", NOT_COMPUTABLE),
            "3 of the 4 who are known; 4 only if patient b is one of them",
        ),
        ("4%", "percent", CONTRADICTED, ""),
    ],
)
def test_a_count_can_be_as_many_as_are_known_or_may_be(
    audited: Audited, printed: str, statistic: str, verdict: str, reason: str
) -> None:
    """Three are known to be 65 or older, of b it is not known, and c is younger."""
    found = audited(claim("C1", printed, f"{statistic}(age >= 65) in everyone"))["C1"]

    assert (found.verdict, found.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("computed_as", "reason"),
    [
        (
            'value(age, sex == "F") in everyone',
            "3 patients fit the condition, but it must be exactly one",
        ),
        (
            "value(age, age > 90) in everyone",
            "0 patients fit the condition, but it must be exactly one",
        ),
        (
            'value(age, "z") in everyone',
            "no patient of everyone has the identifier that is named",
        ),
        (
            'value(score_followup, patient == "e") in everyone',
            "no value is known that it could be computed from",
        ),
        (
            "mean(age, score_baseline > 90) in everyone",
            "no value is known that it could be computed from",
        ),
    ],
)
def test_what_gives_no_value_says_why(audited: Audited, computed_as: str, reason: str) -> None:
    found = audited(claim("C1", "5", computed_as))["C1"]

    assert (found.verdict, found.reason) == (NOT_COMPUTABLE, reason)


@pytest.mark.parametrize(
    ("computed_as", "of", "in_results"),
    [
        ("mean(age) in older", ("older", "age", ""), True),
        ('mean(age, sex == "F") in older', ("older", "age", "sex == 'F'"), False),
        ('value(age, patient == "a") in everyone', ("everyone", "age", "patient == 'a'"), False),
        ("members(drugs) in older", ("older", "drugs", ""), False),
        ('count(sex == "F") in everyone', ("everyone", "sex == 'F'", ""), False),
        ("p_value(score) in everyone", ("everyone", "score", ""), True),
    ],
)
def test_a_claim_says_what_it_is_of_and_the_row_that_has_it(
    audited: Audited, computed_as: str, of: tuple[str, str, str], in_results: bool
) -> None:
    found = audited(claim("C1", "5", computed_as))["C1"]

    assert (found.cohort, found.of, found.where) == of
    assert bool(found.result) is in_results


@pytest.mark.parametrize(
    ("printed", "computed_as", "verdict"),
    [
        ("10", "between(C1, C2)", REPRODUCED),
        ("20", "between(C2, C1)", REPRODUCED),
        ("9.9", "between(C1, C2)", CONTRADICTED),
        ("20.1", "between(C1, C2)", CONTRADICTED),
        ("10–20", "between(C1, C2)", REPRODUCED),
        ("10–21", "between(C1, C2)", CONTRADICTED),
        ("<15", "between(C1, C2)", NOT_COMPUTABLE),
        ("10.4", "same(C1)", REPRODUCED),
        ("10.6", "same(C1)", CONTRADICTED),
        ("about 10", "same(C1)", REPRODUCED),
        ("about 12", "same(C1)", CONTRADICTED),
        ("10–11", "same(C1)", CONTRADICTED),
        ("30", "total(C1, C2)", REPRODUCED),
        ("29", "total(C1, C2)", CONTRADICTED),
    ],
)
def test_claims_are_compared_as_they_are_rounded_and_with_the_ends(
    audited: Audited, printed: str, computed_as: str, verdict: str
) -> None:
    verdicts = audited(
        claim("C1", "10", 'none("no data")'),
        claim("C2", "20", 'none("no data")'),
        claim("C3", printed, computed_as),
    )

    assert verdicts["C3"].verdict == verdict


@pytest.mark.parametrize(
    ("printed", "computed_as", "verdict"),
    [
        ("a, d, c", 'list(patient, sex == "F") in everyone', REPRODUCED),
        ("a and d", 'list(patient, sex == "F") in everyone', CONTRADICTED),
        ("Female; Female", "list(sex, age < 70) in everyone", REPRODUCED),
        (
            "12.5, 20.0 and 8",
            "list(score_baseline, score_followup < 100 and score_baseline != 10) in everyone",
            REPRODUCED,
        ),
        (
            "125, 20, 8",
            "list(score_baseline, score_followup < 100 and score_baseline != 10) in everyone",
            CONTRADICTED,
        ),
        ("9.5", 'list(score_change, patient == "a") in everyone', CONTRADICTED),
        ("31 January 2024", 'value(start, patient == "a") in everyone', REPRODUCED),
        ("January 2024", 'value(start, patient == "a") in everyone', REPRODUCED),
        ("March 2024", 'value(start, patient == "a") in everyone', CONTRADICTED),
        ("1", 'value(sex, patient == "a") in everyone', CONTRADICTED),
        ("21", 'value(score_followup, patient == "e") in everyone', NOT_COMPUTABLE),
        ("70", 'value(age, sex == "F") in everyone', NOT_COMPUTABLE),
        ("0", "n_missing(patient) in everyone", REPRODUCED),
        ("5", "count(age > 10) in everyone", NOT_COMPUTABLE),
        ("M", 'value(sex, patient == "e") in everyone', REPRODUCED),
        ("40", 'value(score_baseline, patient == "e") in everyone', REPRODUCED),
        ("14", 'value(score_baseline, patient == "e") in everyone', CONTRADICTED),
        ("methotrexate (MTX), HCQ or gold", "members(drugs) in everyone", REPRODUCED),
        ("hydroxychloroquine and gold", "members(drugs) in everyone", CONTRADICTED),
        ("HCQγ and MTX-α", "members(drugs) in everyone", REPRODUCED),
        ("not significant", "significant(score) in everyone", REPRODUCED),
        ("statistically significant", "significant(score) in everyone", CONTRADICTED),
        ("5", "n(patient) in everyone", REPRODUCED),
        ("1", "n_missing(score_followup) in everyone", REPRODUCED),
        ("4", "n_pairs(score) in everyone", REPRODUCED),
        ("8", "min(score_baseline, age < 70) in everyone", REPRODUCED),
        ("Boston", 'none("the table names no place")', NOT_COMPUTABLE),
        ("3", "mean(score_baseline, age > 100) in everyone", NOT_COMPUTABLE),
        (
            "3",
            "result(cohort=everyone, variable=score, context=outcome, visit=baseline, statistic=n)",
            CONTRADICTED,
        ),
    ],
)
def test_every_sort_of_reading_is_judged(
    audited: Audited, printed: str, computed_as: str, verdict: str
) -> None:
    assert audited(claim("C1", printed, computed_as))["C1"].verdict == verdict


def test_claims_are_held_against_each_other(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "June 2023", 'none("no dates")'),
        claim("C2", "January 2023", "same(C1)"),
        claim("C3", "3", 'count(sex == "F") in everyone'),
        claim("C4", "two", 'count(sex == "M") in everyone'),
        claim("C5", "5", "total(C3, C4)"),
        claim("C6", "six", "total(C3, C4)"),
        claim("C7", "2.5", "between(C4, C3)"),
        claim("C8", "A severity index", 'none("a title")'),
        claim("C9", "8", 'says(C8, "Severity Index")'),
        claim("C10", "9", 'says(C8, "muscle")'),
    )

    found = {name: verdict.verdict for name, verdict in verdicts.items()}

    assert [name for name, verdict in found.items() if verdict == CONTRADICTED] == [
        "C2",
        "C6",
        "C10",
    ]
    assert verdicts["C2"].reason == "Results prints 'June 2023' (C1)"
    assert verdicts["C6"].reason == "3 + 2 = 5"


def test_a_label_that_disagrees_with_the_numbers_under_it_is_contradicted(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "12.5", "median(score_baseline) in everyone", convention="mean"),
        claim("C2", "4.5", "median(score_followup) in everyone", convention="mean"),
        claim("C3", "mean (IQR)", "label(C1, C2)"),
        claim("C4", "median (IQR)", "label(C1, C2)"),
    )

    assert (verdicts["C3"].verdict, verdicts["C3"].recomputed) == (CONTRADICTED, "median")
    assert verdicts["C4"].verdict == REPRODUCED


def test_a_convention_is_the_papers_when_it_gives_every_claim_that_any_gives(
    audited: Audited, followed: Callable[[], list[Followed]]
) -> None:
    audited(
        claim("C1", "9", "p25(score_baseline) in everyone"),
        claim("C2", "30", "p75(score_baseline) in everyone"),
        claim("C3", "3.25", "p25(score_followup) in everyone"),
        claim("C4", "77", "p75(score_followup) in everyone"),
    )

    papers = followed()

    assert [(row.kind, row.convention) for row in papers] == [("quartile", "quantile type 6")]
    assert (papers[0].reproduced, papers[0].reproducible, papers[0].claims) == (3, 3, 4)


def test_a_significance_that_flips_stands_apart(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "0.04", "p_value(score) in everyone"),
        claim("C2", "<0.05", "p_value(score) in everyone"),
        claim("C3", "0.6", "p_value(score) in everyone"),
        claim("C4", "significant", "significant(score) in everyone"),
    )

    found = {name: verdict.decision_error for name, verdict in verdicts.items()}

    assert found["C1"] == "significant as printed, not significant when recomputed (p = 0.5)"
    assert found["C2"] == found["C1"]
    assert found["C3"] == ""
    assert found["C4"] == "significant as printed, not significant when recomputed"


def test_a_result_that_does_not_exist_is_told_with_what_there_is(audited: Audited) -> None:
    row = "result(cohort=everyone, variable=score, context=outcome, visit=baselin, statistic=n)"

    with pytest.raises(DataError) as told:
        audited(claim("C1", "3", row))

    assert "1 error in the claims" in str(told.value)
    assert "claims.tsv, row 2, column 'computed_as'" in str(told.value)
    assert "no result has the visit 'baselin'" in str(told.value)
    assert "did you mean 'baseline'?" in str(told.value)


def test_claims_that_print_different_bounds_do_not_agree(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "<0.05", 'none("no data")'),
        claim("C2", "0.05", "same(C1)"),
        claim("C3", "p < 0.050", "same(C1)"),
        claim("C4", "10–20", 'none("no data")'),
        claim("C5", "15–30", "same(C4)"),
        claim("C6", "15", "between(C8, C7)"),
        claim("C7", "10", 'none("no data")'),
        claim("C8", "20", 'none("no data")'),
    )

    found = {name: verdict.verdict for name, verdict in verdicts.items()}

    assert found["C2"] == found["C5"] == CONTRADICTED
    assert found["C3"] == found["C6"] == REPRODUCED


def test_a_number_that_is_printed_twice_does_not_make_a_convention_the_papers(
    audited: Audited, followed: Callable[[], list[Followed]]
) -> None:
    audited(
        claim("C1", "0.625", "p_value(score) in everyone"),
        claim("C2", "0.625", "p_value(score) in everyone"),
        claim("C3", "<0.9", "p_value(score) in older"),
    )

    assert followed() == []


def test_claims_that_rest_on_each_other_in_a_circle_are_refused(audited: Audited) -> None:
    with pytest.raises(DataError) as told:
        audited(claim("C1", "3", "same(C2)"), claim("C2", "3", "total(C1)"))

    assert "1 error in the claims" in str(told.value)
    assert "row 2, column 'computed_as': found 'same(C2)'; it rests on itself, by way of C2" in str(
        told.value
    )


def test_another_reading_counts_where_the_first_gives_no_value(audited: Audited) -> None:
    first, other = "mean(score_baseline, age > 100) in everyone", "mean(score_baseline) in everyone"

    verdict = audited(claim("C1", "18.1", first, otherwise=other))["C1"]

    assert (verdict.verdict, verdict.reproduced_by) == (OTHER_CONVENTION, (other,))


def test_a_p_value_that_rounds_to_the_level_is_no_decision(audited: Audited) -> None:
    verdict = audited(claim("C1", "0.05", "p_value(score) in everyone"))["C1"]

    assert verdict.decision_error == ""


def test_a_named_test_leads_to_its_own_result(audited: Audited) -> None:
    verdict = audited(claim("C1", "0.6", "p_value(score) in everyone", convention="rank-sum"))["C1"]

    assert Key(*verdict.result).method == "rank-sum, default rule of R up to 4.5"


def test_without_a_patient_computed_changes_still_tie(audited: Audited) -> None:
    """All changes are 8 1/3 but that of e: without e, 2 * (1 + 4) / 16 by the ranks 2.5."""
    values = {
        "a": "41.6666666666667,33.3333333333333",
        "b": "50,41.6666666666667",
        "c": "50,41.6666666666667",
        "d": "33.3333333333333,41.6666666666667",
        "e": "40,23.3333333333333",
    }
    rows = [f"{patient},70,F,HCQ,2024-01-31,,{visits}" for patient, visits in values.items()]
    table = "\n".join(["ID,Age,Sex,Drugs,Start,Remark,Before,After", *rows, ""])

    verdict = audited(claim("C1", "0.625", "p_value(score) in everyone"), table=table)["C1"]

    assert verdict.verdict == BY_CHANCE
    assert "without e" in verdict.would_fit


def test_a_named_test_and_the_one_that_the_paper_follows_are_both_shown_by_name(
    audited: Audited,
) -> None:
    # In pairs all six fall; as two groups they overlap.
    table = "ID,Age,Sex,Drugs,Start,Remark,Before,After\n" + "".join(
        f"{name},{age},F,,,,{before},{before - fall}\n"
        for name, age, before, fall in (
            *(("a", 70, 20, 1), ("b", 60, 30, 2), ("c", 70, 40, 3)),
            *(("d", 60, 50, 4), ("e", 70, 60, 5), ("f", 70, 70, 6.5)),
        )
    )
    named = {"convention": "rank-sum"}

    verdicts = audited(
        claim("C1", "0.03125", "p_value(score) in everyone", **named),
        claim("C2", "0.125", "p_value(score) in older", **named),
        claim("C3", "statistically significant", "significant(score) in everyone", **named),
        claim("C4", "not significant", "significant(score) in everyone", **named),
        claim("C5", "0.9", "p_value(score) in everyone", **named),
        claim("C6", "0.152", "p_value(score) in older", **named),
        table=table,
    )

    rows = audit_words([*verdicts.values()], []).rows.values()
    words = {told.verdict.claim: told for of_verdict in rows for told in of_verdict}
    assert verdicts["C3"].verdict == OTHER_CONVENTION
    assert words["C3"].recomputed == "not significant"
    assert any("Recomputed by: rank-sum" in why for why in words["C3"].why)
    assert any("Given by: signed-rank" in why for why in words["C3"].why)
    assert verdicts["C4"].verdict == REPRODUCED
    assert verdicts["C5"].verdict == CONTRADICTED
    assert verdicts["C5"].recomputed_by.startswith("rank-sum")
    assert any(
        "By the paper's own convention, signed-rank" in why and "0.03" in why
        for why in words["C5"].why
    )
    assert verdicts["C6"].misprint == "0.125 with two digits exchanged"


def test_the_same_number_printed_in_two_ways_is_told_without_a_claim_that_says_so(
    audited: Audited,
) -> None:
    verdicts = audited(
        claim("C1", "18.1", "mean(score_baseline) in everyone", place="Abstract"),
        claim("C2", "81.1", "mean( score_baseline ) in everyone"),
        claim("C3", "18", "mean(score_baseline) in everyone"),
        claim("C4", "0.46", "p_value(score) in everyone"),
        claim("C5", ">0.05", "p_value(score) in everyone"),
        claim("C6", "0.625", "p_value(score) in everyone", convention="sign test"),
        claim("C7", "0.31", "p_value(score) in everyone", convention="paired t-test"),
        claim("C8", "significant", "significant(score) in everyone"),
        claim("C9", "not significant", "significant(score) in everyone"),
        claim("C10", "3.4", "mean(score_change) in everyone"),
        claim("C11", "−3.4", "mean(score_change) in everyone"),
    )

    told = {name: verdict.elsewhere for name, verdict in verdicts.items() if verdict.elsewhere}
    assert told == {
        "C1": ("C2",),
        "C2": ("C1", "C3"),
        "C3": ("C2",),
        "C8": ("C9",),
        "C9": ("C8",),
    }
    sentences = audit_words([*verdicts.values()], []).sentences
    assert any("C1 18.1, C2 81.1" in sentence for sentence in sentences)


def test_that_nothing_fits_by_chance_is_not_said(audited: Audited) -> None:
    verdicts = audited(claim("C1", "99.9", "mean(score_baseline) in everyone"))

    (told, *_) = audit_words([*verdicts.values()], []).sentences

    assert "by chance" not in told
    assert "with each other, 1 is contradicted, and 0 cannot be" in told


def test_every_verdict_is_counted_and_what_fits_by_chance_is_said(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "17.625", "mean(score_baseline) in everyone"),
        claim("C2", "99.9", "mean(score_baseline) in everyone"),
        claim("C3", "18.1", "mean(score_baseline) in everyone"),
        claim("C4", "12.5", "mean(score_baseline) in everyone"),
    )

    told = audit_words([*verdicts.values()], [])
    assert told.counts == {
        REPRODUCED: 1, OTHER_CONVENTION: 1, BY_CHANCE: 1, CONTRADICTED: 1, NOT_COMPUTABLE: 0,
    }  # fmt: skip
    wrong = "1 is most probably wrong (it fits only by chance), 1 is contradicted"
    assert f"{wrong}, and 0 cannot be" in told.sentences[0]
    assert in_one_line([*verdicts.values()]) == (
        " Of 4 claims of the paper 1 is reproduced, 1 only under another convention or reading,"
        f" {wrong}."
    )
    assert in_one_line([verdicts["C2"]]) == " Of 1 claim of the paper 1 is contradicted."
    assert any("Would fit without b, which does not count as agreement" in why
               for why in told.rows[BY_CHANCE][0].why)  # fmt: skip


def test_another_statistic_of_the_same_place_that_gives_what_is_printed_is_told(
    audited: Audited,
) -> None:
    row = "result(cohort=everyone, variable=score, context=responders, level=half, statistic=n)"
    half = "responders: { half: { label: Half, improvement: 50, unit: percent, source: us } }"
    better = "    better: lower\n"

    verdicts = audited(
        *(claim("C1", "3", row), claim("C2", "9", row), claim("C3", ">1", row)),
        edits=[(better, f"{better}    {half}\n")],
    )

    rows = audit_words([verdicts["C1"], verdicts["C2"]], []).rows[CONTRADICTED]
    told = (
        "In claims.tsv statistic=n (Evaluable) is asked for; statistic=count (Patients) would give"
        " what is printed."
    )
    assert [told in each.why for each in rows] == [True, False]
    assert verdicts["C3"].verdict == REPRODUCED


def test_what_takes_other_patients_is_not_called_a_convention(audited: Audited) -> None:
    verdicts = audited(claim("C1", "24", "mean(score_baseline) in everyone"))

    (told,) = audit_words([*verdicts.values()], []).rows[CONTRADICTED]
    place = next(i for i, why in enumerate(told.why) if why.startswith("10 ways of computing it"))
    assert told.why[place + 1] == "The nearest of them is 20.8 (in 65 or older)."


def test_every_recomputed_claim_says_how_much_was_tried_and_how_many_slips_fit(
    audited: Audited,
) -> None:
    """No slip in 18.1 is given by another way, and a bound has no slips."""
    verdicts = audited(
        claim("C1", "18.1", "mean(score_baseline) in everyone"),
        claim("C2", "above 15", "mean(score_baseline) in everyone"),
    )

    right, bound = audit_words([*verdicts.values()], []).rows[REPRODUCED]
    (tried,) = (why for why in right.why if "ways of computing it" in why)
    assert tried == (
        "10 ways of computing it were tried, which give 9 different values; no misprint"
        " of the right number would match one of them."
    )
    assert verdicts["C1"].slips_fit == "0.0000"
    assert (verdicts["C2"].slips_fit, "slips" in bound.why[-1]) == ("", False)


@pytest.mark.parametrize(
    ("printed", "tests", "told"),
    [
        (
            ("0.625", "0.192"),
            ("sign test", "paired t-test"),
            "The paper's p-values follow the conventions that it names for them, or the study's own"
            " where it names none: these give 2 of the 2 different values, and no"
            " single convention"
            " gives them all.",
        ),
        (
            ("0.625", "0.192"),
            ("sign test", ""),
            "The paper's p-values do not follow a single convention: 2 of the 2 different values"
            " are each given by some convention, but none gives them all.",
        ),
        (
            ("0.625", "0.111"),
            ("", ""),
            "Only 1 of the paper's 2 different p-values is given by any convention: too few to"
            " tell which one the paper follows.",
        ),
        (
            ("0.123", "0.111"),
            ("", ""),
            "No convention gives any of the paper's 2 different p-values.",
        ),
    ],
)
def test_it_is_said_whether_the_p_values_follow_one_convention_or_those_that_are_named(
    audited: Audited, printed: tuple[str, str], tests: tuple[str, str], told: str
) -> None:
    verdicts = audited(
        claim("C1", printed[0], "p_value(score) in everyone", convention=tests[0]),
        claim("C2", printed[1], "p_value(score) in older", convention=tests[1]),
    )

    sentences = audit_words([*verdicts.values()], read_followed(Path("out/followed.csv"))).sentences

    assert sentences[1] == told


def test_kinds_of_claims_are_told_in_the_plural() -> None:
    assert [Kind.QUARTILE.plural, Kind.P_VALUE.plural] == ["quartiles", "p-values"]
    assert Kind.P_BETWEEN.plural == "p-values between cohorts"
    assert Kind.P_OVER_VISITS.plural == "p-values over all visits"


def test_one_misprint_does_not_take_the_papers_convention_away(audited: Audited) -> None:
    """Three quartiles by type 6, and one that another type gives."""
    verdicts = audited(
        claim("C1", "9.00", "p25(score_baseline) in everyone"),
        claim("C2", "30.00", "p75(score_baseline) in everyone"),
        claim("C3", "3.25", "p25(score_followup) in everyone"),
        claim("C4", "15.00", "p75(score_followup) in everyone"),
    )

    followed = [row for row in read_followed(Path("out/followed.csv")) if row.followed]
    assert [(row.convention, row.reproduced, row.outliers) for row in followed] == [
        ("quantile type 6", 3, ("C4",))
    ]
    assert [verdicts[f"C{n}"].verdict for n in (1, 2, 3)] == [OTHER_CONVENTION] * 3
    assert (verdicts["C4"].verdict, verdicts["C4"].recomputed) == (BY_CHANCE, "20.0")
    sentences = audit_words([*verdicts.values()], followed).sentences
    assert any("C4 prints 15.00, which only others give" in sentence for sentence in sentences)


def test_what_another_reading_gives_is_not_said_to_be_given_by_nothing(audited: Audited) -> None:
    """The quartiles of everyone, where those of three patients are asked for; and one of nobody."""
    everyone, three = "p75(score_baseline) in everyone", "p75(score_baseline, age > 60) in everyone"
    verdicts = audited(
        claim("C1", "10.0", "p25(score_baseline) in everyone"),
        claim("C2", "3.75", "p25(score_followup) in everyone"),
        claim("C3", "20.0", three, otherwise=everyone),
        claim("C4", "99.9", "p75(score_followup) in everyone"),
    )

    sentences = audit_words([*verdicts.values()], read_followed(Path("out/followed.csv"))).sentences

    assert sentences[1] == (
        "The paper's quartiles follow one convention, quantile type 7, which gives 2 of the 4"
        " different values; 1 is given by another reading; no convention or reading gives the"
        " other 1."
    )


def test_drafted_claims_that_nobody_reviewed_are_counted(audited: Audited) -> None:
    reading, repeat = "p25(score_baseline) in everyone", "as C2: the words around it, and its value"
    found = audited(
        claim("C1", "10", reading, review="its value alone"),
        claim("C2", "10", reading),
        claim("C3", "10", reading, review=repeat),
        claim("C4", "70", 'value(age, "a") in everyone'),
        claim("C5", "34", 'value(age, "c") in everyone', review="as C4"),
    )

    assert found["C1"].review == "its value alone"
    words = audit_words(list(found.values()), [])
    assert words.sentences[1].startswith("1 of these 5 is drafted by casebook")
    assert words.sentences[2].startswith("2 of these 5 print again what another one does, or")
    first, _, third, _, fifth = (each.why for each in words.rows[REPRODUCED])
    assert first[0].startswith("Not reviewed: what it corresponds to")
    assert third[0] == "Reviewed as C2, which prints the same."
    assert fifth[0] == "Reviewed as C4, which is of the same column."
