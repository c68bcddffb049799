"""A paper that prints summaries alone: an audit and a report without any data of patients."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.audit.step import Files, audit
from casebook.changes.compare import changes
from casebook.data.verdicts import CONTRADICTED, NOT_COMPUTABLE, REPRODUCED, Verdict, read_verdicts
from casebook.mistakes import mistakes
from casebook.report.printed import printed
from claimlines import HEADER, claim

CASE = Path(__file__).parents[2] / "cases/summaries-alone"
Judge = Callable[..., dict[str, Verdict]]
ONE_SAMPLE = 'itch_followup, against=5, test="one-sample t-test"'
WELCH = 'itch_followup, test="Welch\'s t-test"'


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Judges the claims of the invented paper, or these in their place."""
    shutil.copytree(CASE, tmp_path / "study")

    def run(*lines: str) -> dict[str, Verdict]:
        study, claims, out = (tmp_path / name for name in ("study/study.yaml", "claims.tsv", "out"))
        shutil.copy(CASE / "claims.tsv", claims)
        if lines:
            claims.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
        out.mkdir(exist_ok=True)
        names = ("audit", "tried", "followed", "programs", "together")
        audit(Files(study, claims, None, [], None, *(out / f"{name}.csv" for name in names)))
        return {each.claim: each for each in read_verdicts(out / "audit.csv")}

    return run


def told(verdict: Verdict) -> str:
    return " ".join(verdict.checks + verdict.failed_checks)


def test_every_planted_error_is_contradicted_and_nothing_that_is_possible(judge: Judge) -> None:
    found = judge()

    planted = {name for name, each in found.items() if each.note.startswith("planted")}
    contradicted = {name for name, each in found.items() if each.verdict == CONTRADICTED}
    assert len(planted) == 6
    # P14 is an SD that cannot be beside the largest value of P15, which is planted.
    assert contradicted == planted | {"P14"}
    assert found["P25"].verdict == REPRODUCED
    rest = found.keys() - contradicted - {"P25"}
    assert {found[name].verdict for name in rest} == {NOT_COMPUTABLE}
    assert {name for name in rest if not told(found[name])} == {"P21", "P26"}


def test_each_claim_says_by_which_check(judge: Judge) -> None:
    found = judge()

    assert "TIDES fails: 14 values from 18 to 80" in told(found["P03"])
    assert "Percentage fails: no count of 14 is 31%" in told(found["P06"])
    assert "SPRITE passes" in told(found["P08"])
    assert "the smallest 3, the median 7, the largest 10: for instance" in told(found["P08"])
    assert "GRIM fails: no 13 whole numbers" in told(found["P12"])
    assert "t-test passes: Student's t(25)" in told(found["P18"])
    assert "GRIM passes: 14 averages of 3 whole numbers" in told(found["P23"])
    assert "t-test passes: paired t(13)" in told(found["P29"])
    assert found["P22"].decision_error.startswith("not significant as printed, significant")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("15", "n(patient) in light")], "Size fails: these are 14 patients, not 15"),
        ([("7.5", 'count(sex == "F") in light')], "Size fails: these are at most 14 patients"),
        ([("-3", "sd(itch_baseline) in light")], "Range fails: the sd is not negative, as -3 is"),
        ([("-2", "iqr(itch_baseline) in light")], "Range fails: the iqr is not negative, as -2"),
        ([("14", "n(patient) in light")], "Size passes: these are 14 patients"),
        ([("15", 'count(sex == "F") in light')], "Size fails: these are at most 14 patients"),
        ([("4.20", "mean(itch_baseline) in light"), ("10", "n(itch_baseline) in light")],
         "GRIM passes: 10 whole numbers"),
        ([("40%", 'percent(sex == "F", age > 60) in light'), ("5", "count(age > 60) in light")],
         "Percentage passes: 2 of 5 is 40%"),
        ([("40.5", 'mean(age, sex == "F") in light'), ("4", 'count(sex == "F") in light')],
         "GRIM passes: 4 whole numbers can have a mean of 40.5"),
        ([("40.5", 'mean(age, sex == "M") in light')], "it is not printed how many patients"),
        ([("3.5", "min(itch_baseline) in light")], "Range fails: values are from 0 to 10"),
        ([("0.03", 'p_value(itch_baseline, test="Welch\'s t-test") between arms')],
         "it takes mean and SD of itch_baseline in each of two cohorts"),
        ([("0.03", 'p_value(itch, sex == "F", test="paired t-test") in light'),
          ("-3", 'mean(itch_change, sex == "F") in light'),
          ("1.2", 'sd(itch_change, sex == "F") in light'), ("9", 'count(sex == "F") in light')],
         "t-test fails: paired t(8) = "),
        ([("0.03", 'p_value(itch, test="paired t-test") in light')],
         "mean and SD of itch_change are not printed"),
        ([("15", "n_missing(itch_baseline) in light")], "Size fails: these are at most 14"),
        ([("1.2", "correlation(age, itch_change) in light")],
         "Range fails: a correlation is from -1 to 1, not 1.2"),
        ([("1.2", "p_value(correlation(age, itch_change)) in light")],
         "Range fails: a p-value is from 0 to 1, not 1.2"),
        ([("1.2", "p_value(itch_followup, against=5) in light")], "Range fails: a p-value"),
        ([("4.20", "mean(itch_baseline) in light"), ("4", "n_missing(itch_baseline) in light")],
         "GRIM passes: 10 whole numbers"),
        ([("15", "n_pairs(correlation(age, itch_change)) in light")],
         "Size fails: these are at most 14 patients, not 15"),
        ([("12.5", "n_pairs(itch) in light")], "Size fails: these are at most 14 patients"),
        ([("0.018", "p_value(correlation(age, itch_change)) in light"),
          ("0.62", "correlation(age, itch_change) in light"),
          ("2", "n_pairs(correlation(age, itch_change)) in light")],
         "cannot be checked: fewer than 3 patients can have both values"),
        # By a number that cannot be, as of 15 of 14 patients, nothing is known.
        ([("0.024", "p_value(correlation(age, itch_change)) in light"),
          ("0.62", "correlation(age, itch_change) in light"),
          ("15", "n_pairs(correlation(age, itch_change)) in light")],
         "13 of up to 14 patients may have both values"),
        ([("4.20", "mean(itch_baseline) in light"), ("-4", "n_missing(itch_baseline) in light")],
         "GRIM fails: no 14 whole numbers"),
        ([("40.5", 'mean(age, sex == "F") in light'), ("4.5", 'count(sex == "F") in light')],
         "it is not printed how many patients"),
        # Of whom a sex is known is open, unless it is printed.
        ([("9", 'count(sex == "F") in light'), ("4", 'count(sex == "M") in light')],
         "Sum passes: 9 + 4 = 13"),
        ([("9", 'count(sex == "F") in light'), ("6", 'count(sex == "M") in light')],
         "Sum fails: 9 + 6 = 15, and not at most 14"),
        ([("9", 'count(sex == "F") in light'), ("4", 'count(sex == "M") in light'),
          ("none", "n_missing(sex) in light")], "Sum fails: 9 + 4 = 13, and not 14"),
        ([("9", 'count(sex == "F") in light'), ("4", 'count(sex == "M") in light'),
          ("13", "n(sex) in light")], "Sum passes: 9 + 4 = 13"),
        ([("64%", 'percent(sex == "F") in light'), ("29%", 'percent(sex == "M") in light')],
         "Sum passes: 64 + 29 = 93"),
        ([("64%", 'percent(sex == "F") in light'), ("29%", 'percent(sex == "M") in light'),
          ("0", "n_missing(sex) in light")], "Sum fails: 64 + 29 = 93, and not 100"),
        ([("64%", 'percent(sex == "F") in light'), ("21%", 'percent(sex == "M") in light'),
          ("1", "n_missing(sex) in light")], "Sum fails: 64 + 21 = 85, and not 92.9 to 100"),
        ([("1.99", "sd(itch_baseline) in light"), ("4.14", "mean(itch_baseline) in light"),
          ("3.0", "p25(itch_baseline) in light"), ("5.8", "p75(itch_baseline) in light")],
         "SPRITE with quartiles passes: there are 14 values"),
        ([("1.99", "sd(itch_baseline) in light"), ("4.14", "mean(itch_baseline) in light"),
          ("2.0", "p25(itch_baseline) in light"), ("7.8", "p75(itch_baseline) in light")],
         "SPRITE with quartiles fails: there are no 14 values"),
        ([("2.12", "sd(itch_baseline) in light"), ("3.21", "mean(itch_baseline) in light"),
          ("9", "iqr(itch_baseline) in light")],
         "SPRITE with quartiles fails: there are no 14 values from 0 to 10 with a mean of 3.21, an"
         " SD of 2.12, and iqr 9"),
        ([("7", "median(itch_baseline) in light"), ("9", "p25(itch_baseline) in light")],
         "Order fails: the median 7 does not fit p25 9"),
    ],
)  # fmt: skip
def test_sizes_and_ranges_are_those_of_the_study_or_of_other_claims(
    judge: Judge, lines: list[tuple[str, str]], expected: str
) -> None:
    found = judge(*(claim(f"C{i}", *line) for i, line in enumerate(lines)))

    assert expected in told(found["C0"])


# By R: Welch's t(24.44) = -3.117 of light less sham, and t(13) = -7.224 of the changes; pt() has
# these one-sided p-values.
@pytest.mark.parametrize(
    ("printed", "reading", "expected"),
    [
        ("0.0023", f'{WELCH}, side="less") between arms', "passes"),
        ("0.0023", f'{WELCH}, side="greater") between arms', "fails"),
        ("0.998", f'{WELCH}, side="greater") between arms', "passes"),
        ("0.0046", f'{WELCH}, side="less") between arms', "which fits a two-sided test"),
        ("0.0023", f"{WELCH}) between arms", "which fits a one-sided test"),
        ("0.000003", 'itch, test="paired t-test", side="decrease") in light', "passes"),
        ("0.000007", 'itch, test="paired t-test", side="decrease") in light', "fails"),
        ("0.5", 'itch, test="paired t-test", side="decrease") in light', "fails"),
    ],
)  # fmt: skip
def test_a_one_sided_p_value_is_held_against_a_one_sided_test(
    judge: Judge, printed: str, reading: str, expected: str
) -> None:
    given = {
        "mean(itch_followup) in light": "4.14", "sd(itch_followup) in light": "1.92",
        "mean(itch_followup) in sham": "6.54", "sd(itch_followup) in sham": "2.07",
        "mean(itch_change) in light": "-3.07", "sd(itch_change) in light": "1.59",
    }  # fmt: skip
    beside = [claim(f"C{i}", number, of) for i, (of, number) in enumerate(given.items(), 1)]

    found = judge(claim("C0", printed, f"p_value({reading}"), *beside)["C0"]

    assert expected in told(found)
    assert (found.verdict == CONTRADICTED) == ("passes" not in expected)


# By R: r = 0.62 of 14 pairs has t(12) = 2.737 and p = 0.01802; a mean of 4.14 with an SD of 1.92
# is t(13) = -1.676 from 5, p = 0.1176, one-sided 0.0588.
@pytest.mark.parametrize(
    ("printed", "reading", "expected"),
    [
        ("0.018", "correlation(age, itch_change)", "passes: r(12) = 0.62"),
        ("0.009", "correlation(itch_change, age)", "fails: r(12) = 0.62"),
        ("0.009", 'correlation(age, itch_change), side="greater"', "passes: r(12) = 0.62"),
        ("0.018", 'correlation(age, itch_change), side="greater"', "fails: r(12) = 0.62"),
        ("0.009", 'correlation(age, skin), side="less"', "passes: r(12) = -0.62"),
        ("0.009", 'correlation(age, skin), side="greater"', "fails: r(12) = -0.62"),
        # Of 13 pairs p is 0.0238, and of 11 it is 0.0418; of any number none is 0.021.
        ("0.024", "correlation(age, itch_change)", "13 of up to 14 patients may have both values"),
        ("0.021", "correlation(age, itch_change)", "fails: r(12) = 0.62"),
        ("0.042", "correlation(itch_followup, age)", "passes: r(9) = 0.62"),
        ("0.018", "correlation(itch_followup, age)", "fails: r(9) = 0.62"),
        (
            "0.009",
            'correlation(age, itch_change, method="spearman")',
            "cannot be checked: the p-value of Spearman's correlation does not follow",
        ),
        ("0.009", 'correlation(age, itch_change, sex == "F")', "cannot be checked"),
        ("0.118", f"{ONE_SAMPLE})", "passes: one-sample t(13) = "),
        ("0.03", f"{ONE_SAMPLE})", "fails: one-sample t(13) = "),
        ("0.059", f'{ONE_SAMPLE}, side="less")', "passes"),
        ("0.059", f'{ONE_SAMPLE}, side="greater")', "fails"),
    ],
)
def test_p_values_of_correlations_and_of_one_sample_are_held_against_what_is_printed_beside_them(
    judge: Judge, printed: str, reading: str, expected: str
) -> None:
    beside = [
        claim("C1", "0.62", "correlation(age, itch_change) in light"),
        claim("C2", "4.14", "mean(itch_followup) in light"),
        claim("C3", "1.92", "sd(itch_followup) in light"),
        claim("C4", "-0.62", "correlation(age, skin) in light"),
        claim("C5", "0.62", "correlation(age, itch_followup) in light"),
        claim("C6", "11", "n_pairs(correlation(itch_followup, age)) in light"),
    ]
    asked = f"p_value({reading}" if reading.startswith("itch") else f"p_value({reading})"

    found = judge(claim("C0", printed, f"{asked} in light"), *beside)["C0"]

    assert expected in told(found)
    assert bool(expected) == bool(told(found))
    assert (found.verdict == CONTRADICTED) == ("fails" in expected)


# The approximation by t has the p-values of Pearson's correlation, above.
@pytest.mark.parametrize(
    ("printed", "method", "expected"),
    [
        ("0.018", ', method="spearman"', "passes: r(12) = 0.62"),
        ("0.009", ', method="spearman"', "fails: r(12) = 0.62"),
        ("0.018", "", "cannot be checked: the coefficient is not printed"),
    ],
)
def test_the_p_value_of_spearmans_correlation_by_t_is_held_against_its_coefficient(
    judge: Judge, printed: str, method: str, expected: str
) -> None:
    named = {"convention": "Spearman's correlation, Student's t"}
    found = judge(
        claim("C0", printed, "p_value(correlation(age, itch_change)) in light", **named),
        claim("C1", "0.62", f"correlation(age, itch_change{method}) in light"),
    )["C0"]

    assert expected in told(found)
    assert (found.verdict == CONTRADICTED) == ("fails" in expected)


@pytest.mark.parametrize(
    ("lines", "contradicted"),
    [
        # A p-value and what is said of it.
        ([("0.3", "p_value(itch) in light"), ("significant", "significant(itch) in light")],
         {"C0", "C1"}),
        ([("0.03", "p_value(itch) in light"), ("significant", "significant(itch) in light")],
         set()),
        ([("<0.3", "p_value(itch) in light"), ("NS", "significant(itch) in light")], set()),
        ([("0.3", 'p_value(itch, test="sign test") in light'),
          ("significant", 'significant(itch, test="signed-rank") in light')], set()),
        # Of a decision that names no test any of them can be the one.
        ([("0.3", 'p_value(itch, test="sign test") in light'),
          ("0.03", 'p_value(itch, test="signed-rank") in light'),
          ("significant", "significant(itch) in light")], set()),
        ([("0.3", 'p_value(itch, test="sign test") in light'), ("<0.5", "p_value(itch) in light"),
          ("significant", "significant(itch) in light")], set()),
        ([("0.3", 'p_value(itch, test="sign test") in light'),
          ("0.2", 'p_value(itch, test="signed-rank") in light'),
          ("significant", "significant(itch) in light")], {"C0", "C1", "C2"}),
        ([("0.3", 'p_value(itch, test="sign test") in light'),
          ("0.03", 'p_value(itch, test="signed-rank") in light'),
          ("significant", 'significant(itch, test="sign test") in light')], {"C0", "C2"}),
        # Two values of the same; of the second pair no data give the first one.
        ([("7.21", "mean(itch_baseline) in light"), ("7.36", "mean(itch_baseline) in light")],
         {"C0", "C1"}),
        ([("7.22", "mean(itch_baseline) in light"), ("7.36", "mean(itch_baseline) in light")],
         {"C0"}),
        # Parts of a whole; of the second ones no count is the first.
        ([("64%", 'percent(sex == "F") in light'), ("43%", 'percent(sex == "M") in light')],
         {"C0", "C1"}),
        ([("31%", 'percent(sex == "F") in light'), ("43%", 'percent(sex == "M") in light')],
         {"C0"}),
    ],
)  # fmt: skip
def test_of_what_cannot_all_be_right_that_is_contradicted_which_no_data_give_or_all(
    judge: Judge, lines: list[tuple[str, str]], contradicted: set[str]
) -> None:
    found = judge(*(claim(f"C{i}", *line) for i, line in enumerate(lines)))

    assert {name for name, each in found.items() if each.verdict == CONTRADICTED} == contradicted
    if len(contradicted) == 2:
        both = " and ".join(sorted(contradicted))
        reasons = {found[name].reason for name in contradicted}
        assert reasons == {f"{both} cannot all be right"}


def test_a_standard_error_is_neither_checked_as_an_sd_nor_compared_with_one(judge: Judge) -> None:
    """14 ratings with a mean of 3.21 have an SD of 0.43 at least; 1.93 / √14 is 0.52."""
    mean, error = "mean(itch_followup) in light", {"convention": "standard error"}

    found = judge(
        claim("C1", "3.21 ± 0.52", mean, **error),
        claim("C2", "3.21 ± 1.93", mean),
        claim("C3", "7.21 ± 0.2", "mean(itch_baseline) in light", **error),
        claim("C4", "0.2", "se(itch_baseline) in light"),
        claim("C5", "0.6", "sd(itch_followup) in light", **error),
    )

    wrong = {name for name, each in found.items() if each.verdict == CONTRADICTED}
    assert wrong == {"C1_sd", "C5"}
    assert found["C1_sd"].elsewhere == ("C5",)
    assert not found["C2_sd"].elsewhere
    assert "SPRITE passes" in told(found["C2_sd"])
    assert not told(found["C3_sd"])


@pytest.mark.parametrize(("printed", "expected"), [("0.0002", "passes"), ("0.0012", "fails")])
def test_a_t_test_is_that_of_the_sds_which_follow_from_standard_errors(
    judge: Judge, printed: str, expected: str
) -> None:
    """By R, 3.21 and 6.54 with errors of 0.52 and 0.57 have a Welch's t of -4.32, p = 0.00023."""
    error = {"convention": "standard error"}

    found = judge(
        claim("C1", printed, f"p_value({WELCH}) between arms"),
        claim("C2", "3.21 ± 0.52", "mean(itch_followup) in light", **error),
        claim("C3", "6.54", "mean(itch_followup) in sham"),
        claim("C4", "0.57", "se(itch_followup) in sham"),
    )

    assert f"t-test {expected}" in told(found["C1"])


# By R: d is 1.666 with the pooled SD, 1.664 with the root of the mean variance, and 1.732 with n in
# the denominator; J of 25 degrees of freedom makes 1.616 of it.
@pytest.mark.parametrize(
    ("printed", "name", "expected"),
    [
        ("1.67", "Cohen's d", "passes"),
        ("−1.73", "Cohen's d", "passes"),
        ("1.62", "Cohen's d", "fails"),
        ("1.62", "Hedges' g", "passes"),
        ("1.67", "Hedges' g", "fails"),
    ],
)
def test_an_effect_size_is_that_of_the_means_and_sds_that_are_printed(
    judge: Judge, printed: str, name: str, expected: str
) -> None:
    given = {
        "mean(itch_followup) in light": "3.21", "sd(itch_followup) in light": "1.93",
        "mean(itch_followup) in sham": "6.54", "sd(itch_followup) in sham": "2.07",
    }  # fmt: skip
    beside = [claim(f"C{i}", number, of) for i, (of, number) in enumerate(given.items(), 1)]
    reading = f'effect(itch_followup, "{name}") between arms'

    found = judge(claim("C0", printed, reading), *beside)["C0"]

    assert f"Effect size {expected}" in told(found)
    assert (found.verdict == CONTRADICTED) == (expected == "fails")


@pytest.mark.parametrize(
    ("lines", "contradicted", "reason"),
    [
        ([("9", 'count(sex == "F") in light'), ("5", 'count(sex == "M") in light'),
          ("12", "n(sex) in light"), ("0", "n_missing(age) in light")], {"C0", "C1", "C2"},
         "C0, C1 and C2 cannot all be right"),
        ([("9", 'count(sex == "F") in light'), ("5", 'count(sex == "M") in light'),
          ("2", "n_missing(sex) in light")], {"C0", "C1", "C2"},
         "C0, C1 and C2 cannot all be right"),
        ([("64%", 'percent(sex == "F") in light'), ("21%", 'percent(sex == "M") in light'),
          ("14", "n(sex) in light"), ("0", "n_missing(sex) in light")], {"C0", "C1", "C2"},
         "C0, C1 and C2 cannot all be right"),
        # These are too many of whomever a sex is known.
        ([("9", 'count(sex == "F") in light'), ("6", 'count(sex == "M") in light'),
          ("13", "n(sex) in light")], {"C0", "C1"},
         "C0 and C1 cannot all be right"),
        ([("9", 'count(sex == "F") in light'), ("5", 'count(sex == "M") in light'),
          ("12.5", "n(sex) in light")], {"C2"}, ""),
        ([("9", 'count(sex == "F") in light'), ("5", 'count(sex == "M") in light'),
          ("20", "n_missing(sex) in light")], {"C2"}, ""),
    ],
)  # fmt: skip
def test_how_many_have_a_value_may_be_what_is_wrong_where_parts_do_not_add_up(
    judge: Judge, lines: list[tuple[str, str]], contradicted: set[str], reason: str
) -> None:
    found = judge(*(claim(f"C{i}", *line) for i, line in enumerate(lines)))

    told_of = {name: each.reason for name, each in found.items() if each.verdict == CONTRADICTED}
    assert told_of == dict.fromkeys(contradicted, reason)


def test_what_only_data_of_patients_can_give_is_not_computable(judge: Judge) -> None:
    readings = (
        "p_value(itch) in light", 'value(age, "P01") in light',
        'result(cohort=light, variable=itch, context="outcome", statistic=mean)',
        "list(age) in light", "odds(age > 60) in light",
        "ratio(mean(age) in light, mean(age) in sham)",
        "difference(itch_followup) between arms", 'effect(itch, "d_z") in light',
    )  # fmt: skip

    found = judge(*(claim(f"C{i}", "0.5", reading) for i, reading in enumerate(readings)))

    assert {each.verdict for each in found.values()} == {NOT_COMPUTABLE}


@pytest.fixture
def report(judge: Judge, tmp_path: Path) -> Callable[..., tuple[str, str]]:
    """What the report of the paper or of these claims says, and its line, after those before it."""

    def made(*claims: str) -> tuple[str, str]:
        judge(*claims)
        study, out = tmp_path / "study/study.yaml", tmp_path / "out"
        kept, moved, verdicts = out / "earlier", out / "changes.csv", out / "audit.csv"
        page, line = out / "page.html", out / "verdict.txt"
        changes(study, [study, verdicts], kept, [], moved)
        printed(study, verdicts, moved, [study], page, line, kept)
        return page.read_text(encoding="utf-8"), line.read_text(encoding="utf-8")

    return made


def test_the_report_shows_each_claim_once_and_no_statistics_of_patients(
    report: Callable[..., tuple[str, str]],
) -> None:
    html, line = report()

    assert all(html.count(f'id="claim-P{number:02d}"') == 1 for number in range(1, 30))
    assert line == (
        "29 claims of a paper that prints summaries alone: 7 contradicted, 1 in agreement with"
        " other claims, 19 checked without a contradiction, 2 not checked.\n"
    )
    assert 'id="baseline"' not in html
    assert "nobody" not in html


def test_the_report_says_which_verdicts_moved_and_what_the_study_says_of_them(
    report: Callable[..., tuple[str, str]], tmp_path: Path
) -> None:
    study = tmp_path / "study/study.yaml"
    kept, gone = (
        claim("C1", "3.21", "mean(itch_followup) in light"),
        claim("C2", "14", "n(patient) in light"),
    )

    first, _ = report(kept, gone)
    study.write_text(study.read_text().replace("n: 14", "n: 13"))
    second, _ = report(kept, claim("C3", "9", 'count(sex == "F") in light'))
    study.write_text(study.read_text().replace("title: Light", "# A remark.\ntitle: Light"))
    again, _ = report(kept, claim("C3", "9", 'count(sex == "F") in light'))

    assert 'id="changes"' not in first
    told = " ".join(re.sub("<[^>]+>", " ", second).split())
    assert (
        "Compared with the results of the last report. Different now: 3 verdicts of the audit and 1"
        " setting of the study. Verdicts of the audit Now contradicted, before not computable: C1 ."
        " New claims, not computable: C3 . Claims that were removed: C2. The study"
        " Key of study.yaml Before Now cohorts.light.n 14 13 The earlier results are identified by"
        " audit.csv"
    ) in told
    assert " ".join(re.sub("<[^>]+>", " ", again).split()).count("cohorts.light.n 14 13") == 1


def test_all_that_such_a_study_cannot_have_is_told_at_once(tmp_path: Path) -> None:
    study = tmp_path / "study.yaml"
    study.write_text(
        "title: Wrong\n"
        "source: { table: none, patient: ID }\n"
        "variables:\n"
        "  age: { label: Age, type: number, range: [18, 80.5], step: 1 }\n"
        "derived:\n"
        "  old: { label: Old, expression: age > 60 }\n"
        "outcomes:\n"
        "  itch: { label: Itch, range: [0, 10], step: x, better: lower }\n"
        "cohorts:\n"
        "  light: { label: Light, select: age > 3 }\n"
    )

    found = mistakes(study)

    for expected in (
        "source.patient: the table is 'none'",
        "variables.age.step: the range, 18 to 80.5, is not a whole number of steps of 1",
        "derived: the table is 'none'; only outcomes and variables",
        "outcomes.itch.step: 'x' must be a number above 0, or a part of one, as in 1/3",
        "cohorts.light: needs n, the number of its patients",
        "cohorts.light.select: the table is 'none'",
    ):
        assert expected in found


def test_without_claims_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    shutil.copy(CASE / "study.yaml", tmp_path)

    told = mistakes(tmp_path / "study.yaml")

    assert "claims.tsv" in told
    assert "list there what the paper prints" in told


def test_a_study_with_a_table_counts_its_patients(make_study: Callable[..., Path]) -> None:
    study = make_study(("    label: Everyone", "    label: Everyone\n    n: 5"))

    assert "cohorts.everyone.n: how many patients there are is counted" in mistakes(study)
