"""Lines that print several numbers, and what each of them is."""

import pytest

from casebook.claims.listed import COLUMNS
from casebook.claims.parts import each_claim, why_not

MEAN, MEDIAN = "mean(age) in older", "median(age) in older"
COUNT, PERCENT = 'count(sex == "F") in older', 'percent(sex == "F") in older'
CHANGE_ALONE = "mean(score_change)"
CHANGE = f"{CHANGE_ALONE} in older"


def cells(printed: str, computed_as: str, **others: str) -> dict[str, str]:
    """The cells of a line."""
    usual = {"claim": "C1", "printed": printed, "computed_as": computed_as}
    return dict.fromkeys(COLUMNS, "") | usual | others


@pytest.mark.parametrize(
    ("printed", "computed_as", "numbers"),
    [
        ("18 ± 2", MEAN, "18 sd=2"),
        ("18 (±2) points", MEAN, "18 sd=2"),
        ("64.6\N{PLUS-MINUS SIGN}7.7%", MEAN, "64.6 sd=7.7%"),
        ("79% (SD, 33%)", MEAN, "79% sd=33%"),
        ("79 (SE 3)", MEAN, "79 se=3"),
        ("79 (SE ± 3)", MEAN, "79 se=3"),
        ("79 ± 3 m (SEM)", MEAN, "79 se=3"),
        ("8.9 [3.4]", "mean, sd(age) in older", "8.9 sd=3.4"),
        ("8.9 ± 3.4", "mean, se(age) in older", "8.9 se=3.4"),
        ("19 (11.8–29.5)", "median, p25, p75(age) in older", "19 p25=11.8 p75=29.5"),
        ("19 (11.8-29.5)", "median, min, max(age) in older", "19 min=11.8 max=29.5"),
        ("19 months (IQR, 9-12 months; range, 8 to 40)", MEDIAN, "19 p25=9 p75=12 min=8 max=40"),
        ("1 234 mL (range 900 mL – 2 240 mL)", MEDIAN, "1_234 min=900 max=2_240"),
        ("0.48 mg/kg/d (IQR: 0.35–0.68 mg/kg/d)", MEDIAN, "0.48 p25=0.35 p75=0.68"),
        ("10.5 (IQR 4.5)", MEDIAN, "10.5 iqr=4.5"),
        ("13 (65%)", COUNT, "13 percent=65%"),
        ("Five patients (25%)", COUNT, "Five percent=25%"),
        ("13/20 (65%)", COUNT, "13/20 percent=65%"),
        ("13 (65)", 'count, percent(sex == "F") in older', "13 percent=65"),
        ("65% (13/20)", PERCENT, "65% count=13/20"),
        ("65% (n = 13)", PERCENT, "65% count=13"),
        ("65%, 95% CI 43.3–81.9%", PERCENT, "65% conf_low=43.3 conf_high=81.9%"),
        ("−3 m, 95% CI −5 to −1 m", CHANGE, "−3 conf_low=−5 conf_high=−1"),
        ("−3 (CI 95%: −5 to −1)", CHANGE, "−3 conf_low=−5 conf_high=−1"),
        ("65% (CI 43%–82%)", PERCENT, "65% conf_low=43% conf_high=82%"),
        ("−3 (−5; −1)", "mean, conf_low, conf_high(score_change) in older",
         "−3 conf_low=−5 conf_high=−1"),
        ("r=−0.98, p<0.001", "correlation(age, score_change) in older", "−0.98 p_value=<0.001"),
        ("18 (95% CI −3 to 38; p = .11)", "difference(score_change) between arms",
         "18 conf_low=−3 conf_high=38 p_value=.11"),
        ("−3.1 ± 1.8 (95% CI −4, −2; p<0.001)", CHANGE,
         "−3.1 sd=1.8 conf_low=−4 conf_high=−2 p_value=<0.001"),
        ("−3.1 (SD 1.8; 95% CI −4 to −2)", CHANGE, "−3.1 sd=1.8 conf_low=−4 conf_high=−2"),
        ("95% CI −4 to −2", f"conf_low, conf_high({CHANGE_ALONE}) in older", "−4 conf_high=−2"),
        ("(95% CI -4, -2)", f"conf_low({CHANGE_ALONE}) in older", "-4 conf_high=-2"),
        ("−4 to −2", f"conf_low, conf_high({CHANGE_ALONE}) in older", "−4 conf_high=−2"),
        ("CI −4–−2; p = 0.03", "conf_low(score_change) between arms",
         "−4 conf_high=−2 p_value=0.03"),
        ("−4", f"conf_low({CHANGE_ALONE}) in older", "−4"),
        ("3–4", MEAN, "3–4"),
        ("3/10", COUNT, "3/10"),
        ("0.014 (p < 0.05)", "p_value(score) in older", "0.014_(p_<_0.05)"),
        ("95% CI 43 to 82", PERCENT, "95%_CI_43_to_82"),
        (f"13 (65%){' ' * 250}x", COUNT, f"13_(65%){'_' * 250}x"),
        ("5 (3 women)", 'none("elsewhere")', "5_(3_women)"),
        ("12,4", "mean, sd(age) in older", "12,4"),
        ("All but one (95%)", COUNT, "All_but_one_(95%)"),
        ("Two thirds (67%)", COUNT, "Two_thirds_(67%)"),
        ("13 or fourteen (65%)", COUNT, "13_or_fourteen_(65%)"),
        ("13 (over 65%)", COUNT, "13_(over_65%)"),
        ("1e5 (3)", "mean, sd(age) in older", "1e5_(3)"),
    ],
)  # fmt: skip
def test_the_numbers_of_a_line_are_claims_that_follow_from_the_first(
    printed: str, computed_as: str, numbers: str
) -> None:
    found = [*each_claim(cells(printed, computed_as))]

    told = [f"{each['claim'][3:]}={each['printed'].replace(' ', '_')}" for each in found]
    assert " ".join(each.removeprefix("=") for each in told) == numbers


@pytest.mark.parametrize(
    ("printed", "computed_as", "reading"),
    [
        ("18 ± 2", "mean(age, score_change > 0) in older", "sd(age, score_change > 0) in older"),
        ("13 (65%)", COUNT, PERCENT),
        ("−3 (p=0.2)", CHANGE, "p_value(mean(score_change)) in older"),
        ("95% CI 1 to 5", "conf_low(age) between arms", "conf_high(age) between arms"),
        ("95% CI 1 to 5", f"conf_low({CHANGE_ALONE}) in a", f"conf_high({CHANGE_ALONE}) in a"),
        ("5 (p=0.2)", "difference(age) between arms", "p_value(difference(age)) between arms"),
    ],
)
def test_the_reading_of_a_number_is_that_of_the_first_with_another_name_or_asks_something_of_it(
    printed: str, computed_as: str, reading: str
) -> None:
    first, second = each_claim(cells(printed, computed_as))

    assert (first["computed_as"], second["computed_as"]) == (computed_as, reading)


@pytest.mark.parametrize(
    ("convention", "of_each"),
    [
        ("baseline minus follow-up", ["baseline minus follow-up"] * 3 + [""]),
        ("paired t-test", ["", "", "", "paired t-test"]),
        ("median", ["median", "", "", ""]),
    ],
)
def test_a_convention_is_that_of_the_numbers_that_it_can_be_of(
    convention: str, of_each: list[str]
) -> None:
    line = cells("3 (95% CI 1 to 5; p=0.2)", CHANGE, convention=convention)

    assert [each["convention"] for each in each_claim(line)] == of_each


def test_other_readings_of_the_first_number_lead_to_those_of_the_others() -> None:
    others = "count, percent(age > 70) in older ; total(C3, C4)"

    first, second = each_claim(cells("13 (65%)", COUNT, otherwise=others))

    assert first["otherwise"] == "count(age > 70) in older ; total(C3, C4)"
    assert second["otherwise"] == "percent(age > 70) in older"


@pytest.mark.parametrize(
    ("printed", "computed_as", "told"),
    [
        ("19 (11.8–29.5)", MEDIAN, "what '11.8' is does not follow; name all in order of print, as"
         " in median, p25, p75(age) in older"),
        ("13 (65)", COUNT, "what '65' is does not follow; name all in order of print, as in"
         ' count, percent(sex == "F") in older'),
        ("13 (SD 2)", COUNT, "sd does not follow from count(...), only percent, conf_low,"
         " conf_high; write it on a line of its own"),
        ("18 ± 2", "mean, max(age) in older", "'2' is printed as sd, and named max"),
        ("19 (IQR 11–29)", "median, min, max(age) in older",
         "'11' is printed as p25, and named min"),
        ("19 (11–29)", "median, iqr(age) in older",
         "3 numbers are printed, and 2 are named: median, iqr"),
        ("19", "median, iqr(age) in older", "1 number is printed, and 2 are named: median, iqr"),
        ("95% CI 1 to 5", CHANGE, "'1' is printed as conf_low, and named mean; of an interval alone"
         " write conf_low, conf_high(mean(score_change)) in older"),
        ("19 (2)", "mean, mean(age) in older", "two numbers are of one name: mean, mean"),
        ("13/20 (65%)", PERCENT, "two numbers are of one name: percent, percent"),
        ("19 (95% CI ± 2)", CHANGE, "what '2' is does not follow; name all in order of print, as"
         " in mean, sd(score_change) in older"),
        ("13 (65%)*", 'count, percent(sex == "F") in older',
         "no 2 numbers can be told apart in what is printed"),
        ("19 (2)", "mean, percent(age) in older", "percent does not follow from mean(...), only"
         " median, sd, se, p25, p75, iqr, min, max, conf_low, conf_high, p_value; write it on a"
         " line of its own"),
    ],
)  # fmt: skip
def test_what_a_number_is_must_follow_or_be_named(
    printed: str, computed_as: str, told: str
) -> None:
    line = cells(printed, computed_as)

    assert why_not(line) == told
    assert [*each_claim(line)] == [line]
