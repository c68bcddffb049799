"""One claim against what was tried, where it stands exactly at a boundary."""

from dataclasses import replace
from decimal import Decimal

import pytest

from casebook.audit.trial import Trial, decision_error, has_two_digits, judge, misprint
from casebook.audit.variants import Variant
from casebook.base.printed import read_printed
from casebook.claims.listed import Claim
from casebook.claims.readings import EVERYONE, ColumnStatistic, PairedTest, Reading
from casebook.data.verdicts import CONTRADICTED, CUT_OFF, OTHER_CONVENTION, REPRODUCED
from casebook.data.vocabulary import Change, Family
from casebook.study.expressions import parse

ALPHA = 0.0625
"""The level, and the exact p-value of five patients who all improved."""


def trial_of(printed: str, reading: Reading, *tried: Variant) -> Trial:
    read = read_printed(printed)
    assert read is not None
    claim = Claim(2, "C1", "Results", "some words", printed, read, [], "", reading, {}, "", "")
    return Trial(claim, read, tried)


def of_test(printed: str, p_value: float) -> Trial:
    return trial_of(
        printed, PairedTest("p_value", "score", "everyone"), Variant(Change.OWN, "exact", p_value)
    )


def of_mean(printed: str, *tried: Variant) -> Trial:
    return trial_of(printed, ColumnStatistic("mean", parse("age"), EVERYONE, "everyone"), *tried)


@pytest.mark.parametrize(
    ("printed", "p_value", "error"),
    [
        ("<0.0625", ALPHA, "significant as printed, not significant when recomputed (p = 0.0625)"),
        ("<0.0625", 0.0624, ""),
        (">0.0625", ALPHA, ""),
        (">0.0625", 0.01, "not significant as printed, significant when recomputed (p = 0.01)"),
        ("<0.07", 0.9, ""),
        (">0.06", 0.01, ""),
        ("0.0625", 0.01, ""),
        ("0.061", ALPHA, "significant as printed, not significant when recomputed (p = 0.0625)"),
        ("0.07", ALPHA, ""),
        ("0.062", ALPHA, ""),
    ],
)
def test_a_p_value_of_exactly_the_level_is_not_significant(
    printed: str, p_value: float, error: str
) -> None:
    assert decision_error(of_test(printed, p_value), ALPHA, []) == error


def test_a_number_of_pairs_is_no_decision() -> None:
    trial = trial_of(
        "5", PairedTest("n_pairs", "score", "everyone"), Variant(Change.OWN, "pairs", 5)
    )

    assert decision_error(trial, ALPHA, []) == ""


@pytest.mark.parametrize(("number", "two"), [("9", False), ("10", True), ("0.1", False)])
def test_a_number_has_two_digits_from_ten_on(number: str, two: bool) -> None:
    assert has_two_digits(Decimal(number)) is two


def test_what_is_cut_off_is_another_convention_and_what_is_right_is_none() -> None:
    cut, right = (
        of_mean("1.2", Variant(Change.OWN, "mean", 1.28)),
        of_mean("1.3", Variant(Change.OWN, "m", 1.28)),
    )

    for trial, verdict, name in ((cut, OTHER_CONVENTION, CUT_OFF), (right, REPRODUCED, "m")):
        judged = judge(trial, [], fails=False, fails_cut_off=False)
        assert (judged.verdict, judged.reproduced_by) == (verdict, (name,))


OWN = Variant(Change.OWN, "mean", 10.0)
MEDIAN = Variant(Change.AVERAGE, "median", 13.0)
OF_ALL = Variant(Change.DENOMINATOR, "of all", 13.0)
OLDER = Variant(Change.COHORT, "in Older", 13.0)


@pytest.mark.parametrize(
    ("other", "papers", "reproduced_by", "ruled_out"),
    [
        (MEDIAN, [], (), ("median",)),
        (MEDIAN, ["median"], ("median",), ()),
        (OF_ALL, [], ("of all",), ()),
    ],
)
def test_a_number_that_cannot_be_is_excused_by_other_patients_or_the_papers_own_way(
    other: Variant, papers: list[str], reproduced_by: tuple[str, ...], ruled_out: tuple[str, ...]
) -> None:
    trial = of_mean("13", OWN, other)

    checked = judge(trial, papers, fails=True, fails_cut_off=True)
    unchecked = judge(trial, papers, fails=False, fails_cut_off=False)

    assert (checked.reproduced_by, checked.ruled_out) == (reproduced_by, ruled_out)
    assert (unchecked.reproduced_by, unchecked.ruled_out) == ((other.convention,), ())


def test_cut_off_is_no_excuse_for_a_word_a_p_value_or_where_a_check_fails() -> None:
    word, number = (of_mean(text, Variant(Change.OWN, "mean", 1.9)) for text in ("one", "1"))
    smaller = of_test("0.04", 0.049)

    judged = [
        judge(word, [], fails=False, fails_cut_off=False),
        judge(smaller, [], fails=False, fails_cut_off=False),
        judge(number, [], fails=True, fails_cut_off=True),
    ]

    assert {(each.verdict, each.would_fit) for each in judged} == {(CONTRADICTED, (CUT_OFF,))}
    excused = judge(number, [], fails=True, fails_cut_off=False)
    assert (excused.reproduced_by, excused.would_fit) == ((CUT_OFF,), ())


@pytest.mark.parametrize(
    ("printed", "matching", "by_chance"),
    [
        ("13", ["median"], ["in Older"]),
        ("13.0", ["median"], ["in Older"]),
        ("14", [], []),
        (">12", [], []),
    ],
)
def test_other_patients_give_a_number_by_chance_and_anything_gives_a_bound(
    printed: str, matching: list[str], by_chance: list[str]
) -> None:
    trial = of_mean(printed, OWN, MEDIAN, OLDER)

    assert [variant.convention for variant in trial.matching] == matching
    assert trial.by_chance == by_chance


def test_of_one_digit_it_is_not_told_that_chance_gives_it() -> None:
    assert of_mean("3", OWN, replace(OLDER, value=3.0)).by_chance == []


def test_that_another_test_is_significant_too_is_no_agreement() -> None:
    own = Variant(Change.OWN, "exact", 0.0)
    trial = trial_of(
        "1", PairedTest("significant", "score", "everyone"), own, Variant(Change.TEST, "normal", 1)
    )

    assert trial.matching == []


def test_what_the_paper_names_for_a_claim_comes_before_what_it_does_elsewhere() -> None:
    unnamed = of_mean("13", OWN, Variant(Change.AVERAGE, "median difference", 13.0), OLDER)
    named = replace(unnamed, claim=replace(unnamed.claim, convention=Family.MEDIAN))

    assert named.shown(["in Older"]).convention == "median difference"
    assert unnamed.shown(["in Older"]) == OLDER
    assert unnamed.shown([]) == OWN


def test_a_decision_is_that_of_the_test_that_the_paper_names_for_the_claim() -> None:
    exact = Variant(Change.OWN, "signed-rank, exact", 0.07)
    t_test = Variant(Change.TEST, "paired t-test", 0.03)
    unnamed = trial_of("<0.05", PairedTest("p_value", "score", "everyone"), exact, t_test)
    named = replace(unnamed, claim=replace(unnamed.claim, convention=Family.PAIRED_T))

    assert decision_error(named, 0.05, [exact.convention]) == ""
    assert decision_error(unnamed, 0.05, [exact.convention]) != ""


def test_only_a_p_value_that_can_be_recomputed_can_be_a_wrong_decision() -> None:
    mean, untried = of_mean("0.04", Variant(Change.OWN, "mean", 0.9)), of_test("0.04", 0.9)

    assert decision_error(mean, ALPHA, []) == ""
    assert decision_error(replace(untried, tried=()), ALPHA, []) == ""
    assert decision_error(untried, ALPHA, []) != ""


@pytest.mark.parametrize(
    ("printed", "value", "told"),
    [
        ("21.5", 12.5, "12.5 with two digits exchanged"),
        ("12.6", 12.5, "12.5 with one digit changed"),
        ("21.6", 12.5, ""),
        ("12.5", 12.5, ""),
        ("6", 5, ""),
        ("15", 10, "10 with one digit changed"),
        ("<21", 12, ""),
        ("3 × 10^2", 400, ""),
    ],
)
def test_a_slip_is_one_digit_changed_or_two_exchanged(
    printed: str, value: float, told: str
) -> None:
    read = read_printed(printed)

    assert read is not None
    assert misprint(read, value) == told
