"""Checks of printed numbers without raw data, as part of the audit."""

import pytest

from casebook.data.verdicts import CONTRADICTED, NOT_COMPUTABLE, OTHER_CONVENTION, REPRODUCED
from claimlines import Audited, claim

T = "p_from(test=t, statistic=2.20, df=28)"
"""Two-sided p = 0.036: in R, 2 * pt(-2.2, 28)."""


@pytest.mark.parametrize(
    ("printed", "computed_as", "verdict", "told"),
    [
        # Brown & Heathers 2017: 28 whole numbers cannot have a mean of 5.19.
        ("5.19", "grim(n=28)", CONTRADICTED, "GRIM fails: "),
        ("5.18", "grim(n=28)", NOT_COMPUTABLE, "GRIM passes: "),
        ("5.19", "grim(n=100)", NOT_COMPUTABLE, "GRIM could not have failed here"),
        ("30%", "percent_of(count=3, n=10)", NOT_COMPUTABLE, "Percentage passes: 3 of 10 is 30%"),
        ("33%", "percent_of(count=3, n=10)", CONTRADICTED, "Percentage fails: 3 of 10 is 30%"),
        ("0.04", T, NOT_COMPUTABLE, "passes: t(28) = 2.20"),
        ("0.01", T, CONTRADICTED, "fails: t(28) = 2.20"),
        ("<0.001", T, CONTRADICTED, "fails: t(28) = 2.20"),
        ("3.6×10−2", T, NOT_COMPUTABLE, "passes: t(28)"),
        ("3×10−4", T, CONTRADICTED, "fails: t(28) = 2.20"),
        ("P = 0·036", 'p_from(test=t, statistic="2·20", df=28)', NOT_COMPUTABLE, "passes: t(28)"),
        ("p ≤ .04", T, NOT_COMPUTABLE, "passes: t(28)"),
        ("<10⁻³", 'p_from(test=t, statistic="−5.20", df=28)', NOT_COMPUTABLE, "passes: t(28)"),
        (".03–.04", "p_from(test=t, statistic=2.2, df=28)", NOT_COMPUTABLE, "is not one p-value"),
        ("0.0", 'p_from(test=chi2, statistic="1,234", df=9)', NOT_COMPUTABLE, "passes: chi2(9)"),
        ("5·19", "grim(n=28)", CONTRADICTED, "GRIM fails: "),
        ("33 %", 'percent_of(count=three, n="ten")', CONTRADICTED, "Percentage fails: 3 of 10"),
        ("5.19", "grim(n=28.5)", NOT_COMPUTABLE, "28.5 is not a number of patients"),
        ("0.04", 'p_from(test=F, statistic=3.60, df="2, 28")', NOT_COMPUTABLE, "F(2, 28) = 3.60"),
        ("5.19", "grim(n=0)", NOT_COMPUTABLE, "GRIM cannot be checked: "),
    ],
)
def test_a_paper_without_data_is_checked_by_its_summaries(
    audited: Audited, printed: str, computed_as: str, verdict: str, told: str
) -> None:
    found = audited(claim("C1", printed, computed_as))["C1"]

    assert found.verdict == verdict
    assert told in " ".join(found.checks + found.failed_checks)


def test_a_check_takes_what_other_claims_print(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "20", 'none("no data")'),
        claim("C2", "0.36", "grim(n=C1)"),
        claim("C3", "0.11", "debit(mean=C2, n=C1)"),
        claim("C4", "1.03", "grimmer(mean=C5, n=C1)"),
        claim("C5", "3.45", "grim(n=C1)"),
    )

    assert verdicts["C2"].failed_checks[0].startswith("GRIM fails: no 20 whole numbers")
    assert verdicts["C3"].verdict == CONTRADICTED
    assert "GRIMMER" in verdicts["C4"].failed_checks[0]


def test_checks_run_by_themselves_on_the_claims_that_they_apply_to(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "62.50", "mean(age) in everyone"),
        claim("C2", "19.82", "sd(age) in everyone"),
        claim("C3", "68", "median(age) in everyone"),
        claim("C4", "72.5", "p25(age) in everyone"),
        claim("C5", "60%", 'percent(sex == "F") in everyone'),
        claim("C6", "61%", 'percent(sex == "F") in everyone'),
        claim("C7", "18.1", "mean(score_baseline) in everyone"),
    )

    found = {
        name: "".join(verdict.checks + verdict.failed_checks) for name, verdict in verdicts.items()
    }

    assert found["C1"] == "GRIM passes: 4 whole numbers can have a mean of 62.50"
    assert found["C2"].startswith("GRIMMER passes")
    assert found["C3"] == "Order fails: the median 68 does not fit p25 72.5"
    assert found["C4"] == "Order fails: the p25 72.5 does not fit median 68"
    assert found["C5"].startswith("Percentage passes: 3 of 5")
    assert found["C6"].startswith("Percentage fails")
    assert found["C7"] == ""


@pytest.mark.parametrize(
    ("printed", "verdict", "told"),
    [
        ("56.67", REPRODUCED, "GRIM passes: 3 whole numbers can have a mean of 56.67"),
        ("56.66", OTHER_CONVENTION, "GRIM, if cut off, passes: 3 whole numbers can have a mean of"),
        ("56.65", CONTRADICTED, "GRIM fails: no 3 whole numbers have a mean of 56.65"),
    ],
)
def test_a_mean_that_was_cut_off_is_checked_as_cut_off(
    audited: Audited, printed: str, verdict: str, told: str
) -> None:
    """The mean of 34, 66 and 70 is 56.667, which is never rounded to 56.66."""
    found = audited(claim("C1", printed, 'mean(age, sex == "F") in everyone'))["C1"]

    assert found.verdict == verdict
    assert told in "".join(found.checks + found.failed_checks)
    assert bool(found.failed_checks) is (verdict == CONTRADICTED)


@pytest.mark.parametrize(
    ("statistic", "beside", "told"),
    [
        ("p25", "72.5", "Order fails: the median 68 does not fit p25 72.5"),
        ("p25", "69", "Order passes: the median 68 fits p25 69"),
        ("p25", "68.6", "Order fails: the median 68 does not fit p25 68.6"),
        ("p25", ">72.5", ""),
        ("p75", "67", "Order passes: the median 68 fits p75 67"),
        ("p75", "67.4", "Order fails: the median 68 does not fit p75 67.4"),
        ("max", "66", "Order fails: the median 68 does not fit max 66"),
    ],
)
def test_a_number_must_fit_another_as_rounded_and_no_bound(
    audited: Audited, statistic: str, beside: str, told: str
) -> None:
    verdicts = audited(
        claim("C1", "68", "median(age) in everyone"),
        claim("C2", beside, f"{statistic}(age) in everyone"),
    )

    assert "".join(verdicts["C1"].checks + verdicts["C1"].failed_checks) == told


def test_of_a_number_that_is_printed_twice_the_more_precise_one_counts(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "72", "median(age) in everyone"),
        claim("C2", "72.49", "p25(age) in everyone"),
        claim("C3", "72", "p25(age) in everyone"),
        claim("C4", "72.5", "p25(age) in everyone"),
    )

    assert verdicts["C1"].checks == ("Order passes: the median 72 fits p25 72.49",)


@pytest.mark.parametrize(
    ("n", "told"),
    [("1000000", "could not have failed"), ("1000001", "is not a number of patients")],
)
def test_up_to_a_million_patients_can_be_checked(audited: Audited, n: str, told: str) -> None:
    assert told in audited(claim("C1", "5.19", f"grim(n={n})"))["C1"].checks[0]


def test_an_sd_of_noughts_and_ones_is_checked_as_one_of_these(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "0.8", "mean(drug_count >= 1) in everyone"),
        claim("C2", "0.3", "sd(drug_count >= 1) in everyone"),
        claim("C3", "1.2", "mean(drug_count) in everyone"),
        claim("C4", "0.8", "sd(drug_count) in everyone"),
    )

    for name, check in (("C2", "DEBIT"), ("C4", "GRIMMER")):
        (told,) = verdicts[name].checks + verdicts[name].failed_checks
        assert told.startswith(check)


def test_an_sd_without_its_mean_has_nothing_to_be_checked_against(audited: Audited) -> None:
    assert audited(claim("C1", "19.82", "sd(age) in everyone"))["C1"].checks == ()


def test_a_percentage_is_checked_with_the_patients_of_whom_it_is_known(audited: Audited) -> None:
    """Of four known ages three are 65 or more; 5 of 6 would be 83 %."""
    verdicts = audited(
        claim("C1", "75%", "percent(age >= 65) in everyone"),
        claim("C2", "83%", "percent(age >= 65) in everyone"),
    )

    assert verdicts["C1"].checks[0].startswith("Percentage passes: 3 of 4")
    assert verdicts["C2"].failed_checks[0].startswith("Percentage fails")


def test_a_bound_is_no_number_of_patients(audited: Audited) -> None:
    verdicts = audited(claim("C1", "<20", 'none("no data")'), claim("C2", "0.36", "grim(n=C1)"))

    assert "'<20' is not a number" in verdicts["C2"].checks[0]
