"""One claim against what was tried, where it stands exactly at a boundary."""

from decimal import Decimal

import pytest

from casebook.audit.trial import Trial, decision_error, has_two_digits, judge, misprint
from casebook.audit.variants import Variant
from casebook.base.printed import read_printed
from casebook.claims.listed import Claim
from casebook.claims.readings import EVERYONE, ColumnStatistic, PairedTest, Reading
from casebook.data.verdicts import CUT_OFF, OTHER_CONVENTION, REPRODUCED
from casebook.data.vocabulary import Change
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
