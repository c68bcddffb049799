"""Numbers that stand in each other's place are wrong, and are said to be exchanged."""

import pytest

from casebook.data.verdicts import REPRODUCED, WRONG
from claimlines import Audited, claim

WOMEN, MEN = 'count(sex == "F") in everyone', 'count(sex == "M") in everyone'
BEFORE, AFTER = "mean(score_baseline) in everyone", "mean(score_followup) in everyone"


# There are 3 women and 2 men; the mean scores are 18.1 and 9.25, and the median one before is 12.5.
@pytest.mark.parametrize(
    ("first", "second", "is_told"),
    [
        (("2", WOMEN), ("3", MEN), True),
        (("9.25", BEFORE), ("18.1", AFTER), True),
        (("2", WOMEN), ("2", MEN), False),
        (("2", WOMEN), ("4", MEN), False),
        (("3", WOMEN), ("2", MEN), False),
        (("12.5", BEFORE), ("18.1", "median(score_baseline) in everyone"), False),
        (("<10", BEFORE), (">11", AFTER), False),
    ],
)
def test_two_numbers_in_each_others_place_are_told_with_the_other_claim(
    audited: Audited, first: tuple[str, str], second: tuple[str, str], is_told: bool
) -> None:
    found = audited(claim("C1", *first, place="Text"), claim("C2", *second, place="Abstract"))

    told = ["if exchanged with claim C" in each.reason for each in found.values()]
    assert told == [is_told, is_told]
    if is_told:
        assert {each.verdict for each in found.values()} <= {*WRONG}
        assert found["C1"].reason == (
            "would be right if exchanged with claim C2, which prints the value of this one"
        )


# There are 2 men, and 3 patients of 65 and more.
@pytest.mark.parametrize(
    ("first", "second", "is_told"),
    [
        (("Table 1", "men"), ("Text", "old"), False),
        (("Text", "men"), ("Text", "old"), False),
        (("Text", "men and old"), ("Text", "men and old"), True),
        (("Table 1", "men"), ("Table 1", "old"), True),
    ],
)
def test_numbers_that_may_be_alike_by_chance_are_not_said_to_be_exchanged(
    audited: Audited, first: tuple[str, str], second: tuple[str, str], is_told: bool
) -> None:
    of_each = [("3", MEN, *first), ("2", "count(age >= 65) in everyone", *second)]

    found = audited(
        *(claim(f"C{n}", number, of, place=place, words=words)
          for n, (number, of, place, words) in enumerate(of_each))
    )  # fmt: skip

    assert {each.verdict for each in found.values()} <= {*WRONG}
    assert {"exchanged" in each.reason for each in found.values()} == {is_told}


def test_of_several_the_one_at_the_same_place_is_meant(audited: Audited) -> None:
    of_table = {"place": "Table 1"}
    found = audited(
        claim("C1", "18.1", AFTER, **of_table),
        claim("C2", "9.25", BEFORE, place="Abstract"),
        claim("C3", "9.25", BEFORE, **of_table),
        claim("C4", "18.1", AFTER, place="Text"),
    )

    assert "with claim C3, which" in found["C1"].reason
    assert "with one of the claims C2 and C3, which" in found["C4"].reason


# The mean change is -3.4, and its interval goes from -13.0 to 6.3.
def test_ends_of_an_interval_are_called_as_printed_whatever_is_subtracted(
    audited: Audited,
) -> None:
    end = (
        'result(cohort=everyone, variable=score, context=estimate, method="mean difference",'
        " statistic={})"
    ).format
    way = {"convention": "baseline minus follow-up"}

    found = audited(
        claim("low", "-6.3", end("conf_low"), **way),
        claim("high", "13.0", end("conf_high"), **way),
        claim("turned_low", "-6.3", end("conf_high"), **way),
        claim("turned_high", "13.0", end("conf_low"), **way),
    )

    assert {found[name].verdict for name in ("low", "high")} == {REPRODUCED}
    told = found["turned_low"].reason
    assert "conf_high" in told.split("is asked for")[0]
    assert "conf_low" in told.split("is asked for")[1]
    assert "exchanged" not in told + found["turned_high"].reason
