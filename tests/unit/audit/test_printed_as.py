"""The audit of texts that say more than a number, or say it otherwise: 3/10, all, 0.014*, NS."""

import pytest

from casebook.data.findings import DataError
from casebook.data.verdicts import BY_CHANCE, CONTRADICTED, OTHER_CONVENTION, REPRODUCED
from claimlines import Audited, claim

FEMALE, KNOWN = 'sex == "F"', "known(score_followup)"
LESS = "less({}(age) in everyone, {}(age) in older)"
FIFTH = "ratio(min(score_baseline) in everyone, max(score_baseline) in everyone)"
EXACT = ("cohorts:", "analysis: { signed_rank: exact }\ncohorts:")


@pytest.mark.parametrize(
    ("printed", "reading", "verdict"),
    [
        ("3/5", f"count({FEMALE}) in everyone", REPRODUCED),
        ("3/5", f"percent({FEMALE}) in everyone", REPRODUCED),
        ("three of the five patients", f"count({FEMALE}) in everyone", REPRODUCED),
        ("3 out of 5", f"percent({FEMALE}) in everyone", REPRODUCED),
        ("3/6", f"count({FEMALE}) in everyone", CONTRADICTED),
        ("2/5", f"count({FEMALE}) in everyone", CONTRADICTED),
        ("3/3", f"count({KNOWN}, {FEMALE}) in everyone", REPRODUCED),
        ("all", f"count({KNOWN}, {FEMALE}) in everyone", REPRODUCED),
        ("All patients", f"percent({KNOWN}, {FEMALE}) in everyone", REPRODUCED),
        ("all three", f"count({KNOWN}, {FEMALE}) in everyone", REPRODUCED),
        ("all four", f"count({KNOWN}, {FEMALE}) in everyone", CONTRADICTED),
        ("half", f"count({FEMALE}) in everyone", CONTRADICTED),
        ("more than half", f"count({FEMALE}) in everyone", REPRODUCED),
        ("60%", f"count({FEMALE}) in everyone", REPRODUCED),
        ("under 60 percent", f"count({FEMALE}) in everyone", CONTRADICTED),
        ("All but two", f"count({FEMALE}) in everyone", REPRODUCED),
        ("all but 2 patients", f"percent({FEMALE}) in everyone", REPRODUCED),
        ("All but one", f"count({FEMALE}) in everyone", CONTRADICTED),
        ("did not differ", "significant(score) in everyone", REPRODUCED),
        ("differed", "p_value(score) in everyone", CONTRADICTED),
        ("NS", "p_value(score) in everyone", REPRODUCED),
        ("p = NS", "p_value(score) in everyone", REPRODUCED),
        ("(n. s.)", "p_value(score) in everyone", REPRODUCED),
        ("significant", "p_value(score) in everyone", CONTRADICTED),
        ("0.50*", "p_value(score) in everyone", REPRODUCED),
        ("** (p > 0.4)", "p_value(score) in everyone", REPRODUCED),
        ("* p < 0.4", "p_value(score) in everyone", CONTRADICTED),
        ("a fifth", FIFTH, REPRODUCED),
        ("20%", FIFTH, REPRODUCED),
        ("less than a quarter", FIFTH, REPRODUCED),
        ("a quarter", FIFTH, CONTRADICTED),
        ("were younger", LESS.format("min", "max"), REPRODUCED),
        ("the most common", LESS.format("max", "min"), REPRODUCED),
        ("older", LESS.format("min", "max"), CONTRADICTED),
    ],
)
def test_what_is_printed_decides_what_a_reading_gives(
    audited: Audited, printed: str, reading: str, verdict: str
) -> None:
    (found,) = audited(claim("C1", printed, reading), edits=(EXACT,)).values()

    verdicts = {verdict} | ({BY_CHANCE} if verdict == CONTRADICTED else set())
    assert found.verdict in verdicts - {OTHER_CONVENTION}


def test_a_mean_that_is_printed_with_its_sd_is_two_claims(audited: Audited) -> None:
    """By R, the SD of 12.5, 20, 8, 10 and 40 is 13.06, and the standard error 5.84."""
    mean, median = "mean(score_baseline) in everyone", "median(score_baseline) in everyone"

    found = audited(
        claim("C1", "18.1 ± 13.1", mean),
        claim("C2", "18.2 (±13.1) points", mean),
        claim("C3", "18.1 +/- 5.8", mean, convention="standard error"),
        claim("C4", "12.5 ± 13.1", mean, otherwise=median),
        claim("C5", "13.0", "same(C1_sd)"),
    )

    right, other, wrong = REPRODUCED, OTHER_CONVENTION, CONTRADICTED
    assert [(name, each.verdict) for name, each in found.items()] == [
        *(("C1", right), ("C1_sd", right), ("C2", wrong), ("C2_sd", right)),
        *(("C3", right), ("C3_sd", right), ("C4", other), ("C4_sd", right), ("C5", wrong)),
    ]
    assert (found["C2"].printed, found["C2_sd"].printed) == ("18.2", "13.1")
    assert found["C2_sd"].computed_as == "sd(score_baseline) in everyone"


def test_each_number_that_is_printed_with_another_has_a_verdict_of_its_own(
    audited: Audited,
) -> None:
    """By R: quantile(x), t.test(d), wilcox.exact(d), and prop.test without correction."""
    change = "mean(score_change) in everyone"

    found = audited(
        claim("C1", "12.5 (IQR 10–21)", "median(score_baseline) in everyone"),
        claim("C2", "−3.38 (95% CI −13.04 to 6.29; p = 0.50)", change),
        claim("C3", "3 of 5 (60%, 95% CI 23–98%)", 'count(sex == "F") in everyone'),
        claim("C4", "61% (3/5)", 'percent(sex == "F") in everyone'),
        claim("C5", "3.38 (−6.29, 13.04)", change.replace("mean", "mean, conf_low, conf_high"),
              convention="baseline minus follow-up"),
        edits=(EXACT,),
    )  # fmt: skip

    wrong = {name for name, each in found.items() if each.verdict != REPRODUCED}
    assert wrong == {"C1_p75", "C3_conf_high", "C4"}
    assert found["C2_conf_low"].computed_as == "conf_low(mean(score_change)) in everyone"
    assert list(found) == [
        *("C1", "C1_p25", "C1_p75", "C2", "C2_conf_low", "C2_conf_high", "C2_p_value"),
        *("C3", "C3_percent", "C3_conf_low", "C3_conf_high", "C4", "C4_count"),
        *("C5", "C5_conf_low", "C5_conf_high"),
    ]


def test_a_count_of_another_number_of_patients_says_of_how_many_it_is_known(
    audited: Audited,
) -> None:
    (found,) = audited(claim("C1", "3/6", f"count({FEMALE}) in everyone")).values()

    assert found.reason == "it is printed to be of 6, but it is known of 5"


@pytest.mark.parametrize(
    ("printed", "hint"),
    [
        ("**", "write beside a mark what the legend says of it, as in ** (p < 0.01)"),
        ("most patients", "write over 50% for most of the patients"),
        ("younger", "such words may be printed of less(...)"),
        ("two years younger", "allowed: a number"),
        ("not younger", "allowed: a number"),
        ("6/5", "each number is a claim of its own"),
        ("10.5 [7.8 to 12.2]", "name all in order of print, as in mean, conf_low, conf_high("),
    ],
)
def test_what_cannot_be_read_is_told_with_a_way_out(
    audited: Audited, printed: str, hint: str
) -> None:
    reading = f"count({FEMALE}) in everyone" if "/" in printed else "mean(age) in everyone"
    reading = LESS.format("min", "max") if " younger" in printed else reading

    with pytest.raises(DataError, match="allowed: a number") as error:
        audited(claim("C1", printed, reading))

    assert hint in str(error.value)
