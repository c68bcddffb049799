"""The audit of comparisons that no results have: at baseline, and of cohorts that a claim names.

The p-values are those of R 4.2: t.test, wilcox.test, aov, kruskal.test, fisher.test, chisq.test.
"""

from collections.abc import Sequence

import pytest

from casebook.data.findings import DataError
from casebook.data.verdicts import (
    BY_CHANCE,
    CONTRADICTED,
    NOT_COMPUTABLE,
    OTHER_CONVENTION,
    REPRODUCED,
    Verdict,
)
from claimlines import Audited, claim

TABLE = """\
ID,Age,Sex,Drugs,Start,Remark,Before,After
a,31,F,none,2024-01-31,I,12,3
b,44,F,none,2024-02-01,I,20,25
c,52,F,none,2024-02-01,II,8,4
d,38,M,none,2024-03-01,I,10,5
e,47,F,none,2024-03-02,III,40,20
f,58,M,HCQ,2024-03-02,II,41,30
g,44,M,HCQ,2024-03-02,II,22,24
h,66,F,MTX,2024-03-02,III,33,20
i,71,M,MTX,2024-03-02,III,25,28
j,55,M,HCQ,2024-03-02,I,30,11
k,60,M,HCQ,2024-03-02,III,18,17
l,63,M,"HCQ, MTX",2024-03-02,II,50,30
m,49,F,"HCQ, MTX",2024-03-02,III,36,32
n,75,M,"HCQ, MTX",2024-03-02,III,45,31
o,NA,M,"HCQ, MTX",2024-03-02,III,28,19
"""
EDITS = (
    (
        "    column: Remark\n    type: text\n",
        "    column: Remark\n    type: category\n    levels: { I: I, II: II, III: III }\n",
    ),
    (
        "cohorts:\n",
        "comparisons:\n  more: { label: More drugs, cohorts: [naive, one] }\ncohorts:\n"
        + "".join(
            f"  {name}: {{ label: {name.title()}, select: drug_count == {count} }}\n"
            for count, name in enumerate(("naive", "one", "two"))
        ),
    ),
)


def judged(audited: Audited, *lines: str) -> dict[str, Verdict]:
    return audited(*lines, table=TABLE, edits=EDITS)


OF_TWO = (
    ("age", "Student's t-test", "0.0126"),
    ("age", "Welch's t-test", "0.0118"),
    ("age", "rank-sum in R up to 4.5", "0.0281"),
    ("age", "rank-sum in R 4.6", "0.0216"),
    ("age", "rank-sum in SPSS", "0.0222"),
    ("age", "rank-sum in Prism", "0.0195"),
    ("(score_baseline - score_followup) / score_baseline * 100", "rank-sum in SPSS", "0.269"),
    ("sex", "Fisher's exact test", "0.0801"),
    ("sex", "chi-squared, without correction", "0.0357"),
    ("sex", "chi-squared, Yates's correction", "0.136"),
    ('sex == "F"', "chi-squared, without correction", "0.0357"),
    ("remark", "Fisher's exact test", "0.455"),
    ("remark", "chi-squared", "0.323"),
    ('remark == "I"', "Fisher's exact test", "0.242"),
)
OF_THREE = (
    ("age", "one-way ANOVA", "0.0227"),
    ("age", "Kruskal-Wallis, chi-squared", "0.0375"),
    ("sex", "Fisher's exact test", "0.111"),
    ("remark", "chi-squared, without correction", "0.285"),
)


@pytest.mark.parametrize(
    ("between", "tests"),
    [("more", OF_TWO), ("naive and one", OF_TWO), ("naive, one and two", OF_THREE)],
)
def test_a_test_at_baseline_is_that_which_the_paper_names(
    audited: Audited, between: str, tests: Sequence[tuple[str, str, str]]
) -> None:
    lines = [
        claim(f"C{place}", printed, f"p_value({of}) between {between}", convention=test)
        for place, (of, test, printed) in enumerate(tests)
    ]

    found = judged(audited, *lines)

    assert [name for name, each in found.items() if each.verdict != REPRODUCED] == []


def test_a_test_that_the_paper_does_not_name_is_held_to_what_it_does(audited: Audited) -> None:
    """Student's t-test is a program's default, half a p-value is not, nor another test than one
    that is named, and no test of means is made of who is a woman.
    """
    age, sex = (f"p_value({each}) between naive and one" for each in ("age", "sex"))
    found = judged(
        audited,
        claim("C1", "0.0195", age),
        claim("C2", "0.0126", age),
        claim("C3", "0.0111", age),
        claim("C4", "0.0126", age, convention="Welch's t-test"),
        claim("C5", "0.216", age),
        claim("C6", "0.0126", sex, convention="Student's t-test"),
        claim("C7", "significant", "significant(age) between naive and one"),
        claim("C8", "significant", "significant(sex) between naive and one"),
    )

    assert {name: each.verdict for name, each in found.items()} == {
        "C1": REPRODUCED,
        "C2": OTHER_CONVENTION,
        "C3": CONTRADICTED,
        "C4": BY_CHANCE,
        "C5": CONTRADICTED,
        "C6": NOT_COMPUTABLE,
        "C7": REPRODUCED,
        "C8": CONTRADICTED,
    }
    assert found["C2"].reproduced_by == ("Student's t-test",)


def test_a_row_of_the_results_at_baseline_is_the_same_reading(audited: Audited) -> None:
    row = 'result(cohort=more, variable={}, context="balance at baseline", statistic=p_value{})'
    method = ', method="Student\'s t-test"'
    found = judged(
        audited,
        claim("C1", "0.0801", row.format("sex", "")),
        claim("C2", "0.0126", row.format("age", method)),
        claim("C3", "0.0606", row.format("drugs", ', level="HCQ"')),
        claim("C4", "0.0126", row.format("age", ""), convention="Student's t-test"),
    )

    assert {each.verdict for each in found.values()} == {REPRODUCED}


def test_a_category_of_which_two_levels_occur_is_tested_as_one_of_two(audited: Audited) -> None:
    """As R's chisq.test of the counts that there are, which corrects those of two by two."""
    of = 'p_value(remark, where=remark != "{}", test="{}") between naive and one'
    found = judged(
        audited,
        claim("C1", "0.480", of.format("II", "chi-squared, Yates's correction")),
        claim("C2", "0.157", of.format("II", "chi-squared, without correction")),
    )

    assert {each.verdict for each in found.values()} == {REPRODUCED}


def test_how_far_cohorts_are_apart_at_baseline_can_be_claimed(audited: Audited) -> None:
    """The mean ages are 42.4 and 59, Welch's interval is from 4.67 to 28.53, and his p 0.012."""
    age = "(age) between naive and one"
    found = judged(
        audited,
        claim("C1", "16.6 (95% CI 4.7 to 28.5; p=0.012)", f"difference{age}", convention="mean"),
        claim("C2", "63.3", 'difference(sex == "M") between naive and one'),
        claim("C3", "2", 'conf_low(effect(age > 40, "NNT")) between naive and one'),
    )

    assert found.pop("C3").reason.startswith("the interval of the risk difference holds 0")
    others = {name for name, each in found.items() if each.verdict == OTHER_CONVENTION}
    assert others == {"C1_p_value"}
    assert {found[name].verdict for name in found.keys() - others} == {REPRODUCED}


@pytest.mark.parametrize(
    ("between", "problem"),
    [
        ("naive and everyone", "patient a is in naive and in everyone, which are compared as if"),
        ("naive and both", "'both' is not a cohort"),
        ("naive", "or name the cohorts, as in between a and b; of one cohort write"),
    ],
)
def test_cohorts_that_cannot_be_compared_are_told(
    audited: Audited, between: str, problem: str
) -> None:
    with pytest.raises(DataError, match=problem):
        judged(audited, claim("C1", "0.5", f"p_value(age) between {between}"))
