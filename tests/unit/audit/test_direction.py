"""Which way round a paper takes differences: follow-up minus baseline, or the reverse."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.data.patients import AFTER_MINUS_BEFORE, BEFORE_MINUS_AFTER
from casebook.data.verdicts import (
    BY_CHANCE,
    OTHER_CONVENTION,
    REPRODUCED,
    Followed,
    read_tried,
)
from claimlines import Audited, claim

# Energy intake of 11 women in kJ, pre- and postmenstrual: Manocha 1986, in Altman 1991, p. 183, and
# as `intake` in R's package ISwR.
INTAKE = """\
ID,Age,Sex,Drugs,Start,Remark,Before,After
1,,F,,,,5260,3910
2,,F,,,,5470,4220
3,,F,,,,5640,3885
4,,F,,,,6180,5160
5,,F,,,,6390,5645
6,,F,,,,6515,4680
7,,F,,,,6805,5265
8,,F,,,,7515,5975
9,,F,,,,7515,6790
10,,F,,,,8230,6900
11,,F,,,,8770,7335
"""
# Hours of sleep on the first and the second drug: Student 1908, in R as `sleep`.
SLEEP = """\
ID,Age,Sex,Drugs,Start,Remark,Before,After
1,,F,,,,0.7,1.9
2,,F,,,,-1.6,0.8
3,,F,,,,-0.2,1.1
4,,F,,,,-1.2,0.1
5,,F,,,,-0.1,-0.1
6,,F,,,,3.4,4.4
7,,F,,,,3.7,5.5
8,,F,,,,0.8,1.6
9,,F,,,,0,4.6
10,,F,,,,2,3.4
"""
RANGE = "    range: [0, 100]"
WIDE = [(RANGE, "    range: [-10, 10000]")]
BY_R = [("outcomes:\n", "analysis: { signed_rank: r-4.5 }\noutcomes:\n")]
ESTIMATE = 'result(cohort=everyone, variable=score, context="estimate", method="{}", statistic={})'
TEST = (
    'result(cohort=everyone, variable=score, context="other tests", method="{}",'
    " statistic=statistic)"
)
V = 'result(cohort=everyone, variable=score, context="paired test", statistic=statistic)'
# As R prints them: t.test(pre, post, paired = TRUE) and wilcox.test(pre, post, paired = TRUE).
OF_INTAKE = (
    claim("C1", "1320.5", "mean(score_change) in everyone"),
    claim("C2", "366.7", "sd(score_change) in everyone"),
    claim("C3", "66", V),
    claim("C4", "11.9414", TEST.format("paired t-test")),
    claim("C5", "1074.072", ESTIMATE.format("mean difference", "conf_low")),
    claim("C6", "1566.838", ESTIMATE.format("mean difference", "conf_high")),
    claim("C7", "3.059e-07", "p_value(score) in everyone", convention="paired t-test"),
)
# As R prints them: t.test(extra ~ group) and wilcox.test(extra ~ group), in pairs.
OF_SLEEP = (
    claim("C1", "−4.0621", TEST.format("paired t-test")),
    claim("C2", "-2.4598858", ESTIMATE.format("mean difference", "conf_low")),
    claim("C3", "-0.7001142", ESTIMATE.format("mean difference", "conf_high")),
    claim("C4", "-1.58", "mean(score_change) in everyone"),
    claim("C5", "0", V),
    claim("C6", "0.009091", "p_value(score) in everyone"),
)


@pytest.mark.parametrize(
    ("table", "claims", "turned"),
    [
        (INTAKE, OF_INTAKE, ["C1", "C3", "C4", "C5", "C6"]),
        (SLEEP, OF_SLEEP, ["C1", "C2", "C3", "C4", "C5"]),
    ],
    ids=["intake", "sleep"],
)
def test_a_textbook_that_subtracts_the_other_way_round_is_reproduced_and_that_is_told(
    audited: Audited,
    followed: Callable[[], list[Followed]],
    table: str,
    claims: tuple[str, ...],
    turned: list[str],
) -> None:
    verdicts = audited(*claims, table=table, edits=WIDE + BY_R)

    assert {verdict.verdict for verdict in verdicts.values()} == {REPRODUCED}
    told = {name: verdict.direction for name, verdict in verdicts.items() if verdict.direction}
    assert told == dict.fromkeys(turned, BEFORE_MINUS_AFTER)
    (paper,) = (row for row in followed() if row.kind == "difference")
    assert (paper.convention, paper.reproduced) == (BEFORE_MINUS_AFTER, len(turned))


def test_of_a_study_that_takes_falls_nothing_is_said_where_the_paper_prints_falls(
    audited: Audited,
) -> None:
    falls = ("    better: lower\n", "    better: lower\n    change: earlier - later\n")

    verdict = audited(
        claim("C1", "1320.5", "mean(score_change) in everyone"), table=INTAKE, edits=[*WIDE, falls]
    )["C1"]

    assert (verdict.verdict, verdict.direction) == (REPRODUCED, "")


def test_quartiles_extremes_and_other_tests_are_turned_with_the_differences(
    audited: Audited,
) -> None:
    # 1350, 1250, 1755, 1020, 745, 1835, 1540, 1540, 725, 1330, 1435 in order: 725, 745, 1020, 1250,
    # 1330, 1350, 1435, 1540, 1540, 1755, 1835.
    row = "result(cohort=everyone, variable=score, context=outcome, visit=change, statistic={})"
    verdicts = audited(
        claim("C1", "1350", "median(score_change) in everyone"),
        claim("C2", "1135", "p25(score_change) in everyone"),
        claim("C3", "725", row.format("min")),
        claim("C4", "1835", "max(score_change) in everyone"),
        claim("C5", "1540", row.format("p75")),
        claim("C6", "11", TEST.format("sign test")),
        claim("C7", "1350", ESTIMATE.format("median difference", "estimate")),
        claim("C8", "1540", 'value(score_change, patient == "7") in everyone'),
        # In R, wilcox.test(pre, post)
        claim("C9", "94", TEST.format("rank-sum, normal")),
        table=INTAKE,
        edits=WIDE,
    )

    assert {verdict.verdict for verdict in verdicts.values()} == {REPRODUCED}
    assert {verdict.direction for verdict in verdicts.values()} == {BEFORE_MINUS_AFTER}


def test_the_sum_of_the_other_ranks_is_turned_with_and_without_zeros(audited: Audited) -> None:
    """Of 0, 2, -3, 4 and 5 the one fall has the rank 2, or 3 where the zero is ranked."""
    exact = TEST.format("signed-rank, exact")
    stated = ("  licence: CC0\n", f"  licence: CC0\n  differences: {BEFORE_MINUS_AFTER}\n")
    rows = "".join(f"{i},,F,,,,50,{50 + change}\n" for i, change in enumerate((0, 2, -3, 4, 5)))

    verdicts = audited(
        claim("C1", "2", exact),
        claim("C2", "3", TEST.format("signed-rank, exact, Pratt's zeros")),
        claim("C3", "1", TEST.format("sign test")),
        claim("C4", "8", exact.replace("=statistic)", "=statistic_turned)")),
        claim("C5", "-1.10", exact.replace("=statistic)", "=z)")),
        table=f"ID,Age,Sex,Drugs,Start,Remark,Before,After\n{rows}",
        edits=[stated],
    )

    assert {verdict.verdict for verdict in verdicts.values()} == {REPRODUCED}


def test_what_is_no_difference_or_has_no_sign_is_not_turned(audited: Audited) -> None:
    stated = ("  licence: CC0\n", f"  licence: CC0\n  differences: {BEFORE_MINUS_AFTER}\n")
    row = "result(cohort=everyone, variable=score, context=outcome, visit={}, statistic={})"

    verdicts = audited(
        claim("C1", "6753.6", row.format("baseline", "mean")),
        claim("C2", "366.7", row.format("change", "sd")),
        claim("C3", "11", row.format("change", "n")),
        table=INTAKE,
        edits=[*WIDE, stated],
    )

    assert {verdict.verdict for verdict in verdicts.values()} == {REPRODUCED}


def test_a_study_can_state_the_direction_and_a_claim_another_one(audited: Audited) -> None:
    stated = ("  licence: CC0\n", f"  licence: CC0\n  differences: {BEFORE_MINUS_AFTER}\n")
    verdicts = audited(
        claim("C1", "1320.5", "mean(score_change) in everyone"),
        claim("C2", "-1320.5", "mean(score_change) in everyone"),
        claim("C3", "-1320.5", "mean(score_change) in everyone", convention=AFTER_MINUS_BEFORE),
        claim("C4", "1540 and 725", "list(score_change, score_baseline == 7515) in everyone"),
        claim("C5", "1835", "min(score_change) in everyone"),
        table=INTAKE,
        edits=[*WIDE, stated],
    )

    assert verdicts.pop("C4").verdict == REPRODUCED
    assert verdicts.pop("C5").reason == (
        f"in claims.tsv min(...) is asked for, of {BEFORE_MINUS_AFTER}; max(...) would give what is"
        " printed"
    )
    found = {name: (verdict.verdict, verdict.direction) for name, verdict in verdicts.items()}
    assert found == {
        "C1": (REPRODUCED, BEFORE_MINUS_AFTER),
        "C2": (BY_CHANCE, BEFORE_MINUS_AFTER),
        "C3": (REPRODUCED, ""),
    }
    assert verdicts["C2"].would_fit == (AFTER_MINUS_BEFORE,)


def test_one_claim_alone_is_right_by_another_convention(audited: Audited) -> None:
    verdict = audited(claim("C1", "66", V), table=INTAKE, edits=WIDE)["C1"]

    assert (verdict.verdict, verdict.reproduced_by) == (OTHER_CONVENTION, (BEFORE_MINUS_AFTER,))
    assert verdict.recomputed == "0.0"


def test_a_paper_that_mixes_both_directions_follows_none(
    audited: Audited, followed: Callable[[], list[Followed]]
) -> None:
    verdicts = audited(
        claim("C1", "66", V),
        claim("C2", "-11.9414", TEST.format("paired t-test")),
        claim("C3", "-1566.838", ESTIMATE.format("mean difference", "conf_low")),
        claim("C4", "1566.838", ESTIMATE.format("mean difference", "conf_high")),
        table=INTAKE,
        edits=WIDE,
    )

    assert verdicts["C2"].verdict == verdicts["C3"].verdict == REPRODUCED
    assert verdicts["C1"].verdict == verdicts["C4"].verdict == BY_CHANCE
    assert verdicts["C4"].would_fit == (BEFORE_MINUS_AFTER,)
    assert not [row for row in followed() if row.kind == "difference"]


def test_some_lost_signs_among_many_wrong_numbers_are_no_direction(audited: Audited) -> None:
    verdicts = audited(
        claim("C1", "1320.5", "mean(score_change) in everyone"),
        claim("C2", "11.94", TEST.format("paired t-test")),
        claim("C3", "-1299", "median(score_change) in everyone"),
        claim("C4", "-1699", "p25(score_change) in everyone"),
        claim("C5", "-999", "p75(score_change) in everyone"),
        table=INTAKE,
        edits=WIDE,
    )

    assert verdicts["C1"].verdict == verdicts["C2"].verdict == OTHER_CONVENTION
    assert "size without its sign" in verdicts["C1"].reproduced_by


@pytest.mark.parametrize(
    ("wrong", "verdict"), [(1, REPRODUCED), (2, OTHER_CONVENTION)], ids=["2 of 3", "2 of 4"]
)
def test_a_direction_is_the_papers_if_it_gives_two_claims_and_more_than_half(
    audited: Audited, wrong: int, verdict: str
) -> None:
    names = ("median", "p25")[:wrong]
    verdicts = audited(
        claim("C1", "1320.5", "mean(score_change) in everyone"),
        claim("C2", "11.94", TEST.format("paired t-test")),
        *(claim(f"W{name}", "-1299", f"{name}(score_change) in everyone") for name in names),
        table=INTAKE,
        edits=WIDE,
    )

    assert verdicts["C1"].verdict == verdicts["C2"].verdict == verdict


def test_the_size_of_t_and_the_smaller_sum_of_ranks_are_conventions(audited: Audited) -> None:
    # The changes -9.5, 5, -4 and -5 have the ranks 4, 2.5, 1 and 2.5; their mean is -3.375.
    p_value = TEST.format("signed-rank, exact").replace("=statistic)", "=p_value)")
    audited(
        claim("C1", "2.5", V),
        claim("C2", "1.1", TEST.format("paired t-test")),
        claim("C3", "0.5", p_value),
    )

    tried = {(row.claim, row.convention): row.value for row in read_tried(Path("out/tried.csv"))}
    assert tried["C1", "the smaller of both sums of ranks"] == "2.5"
    assert tried["C1", BEFORE_MINUS_AFTER] == "7.5"
    assert ("C3", "the smaller of both sums of ranks") not in tried
    assert float(tried["C2", "size without its sign"]) == pytest.approx(3.375 / 3.0371, abs=1e-4)


def test_a_condition_is_of_casebooks_own_differences_whatever_the_paper_does(
    audited: Audited,
) -> None:
    stated = ("  licence: CC0\n", f"  licence: CC0\n  differences: {BEFORE_MINUS_AFTER}\n")
    verdicts = audited(
        claim("C1", "11", "count(score_change < 0) in everyone"),
        claim("C2", "1320.5", "mean(score_change, score_change < 0) in everyone"),
        table=INTAKE,
        edits=[*WIDE, stated],
    )

    assert {verdict.verdict for verdict in verdicts.values()} == {REPRODUCED}
