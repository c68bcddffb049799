"""Numbers that are printed more than once, and when they are two values."""

import pytest

from casebook.audit.repeated import printed_otherwise
from casebook.base.printed import read_printed
from casebook.claims.listed import Claim
from casebook.claims.readings import PairedTest


def claim(name: str, printed: str, convention: str) -> Claim:
    reading = PairedTest("p_value", "score", "everyone")
    number = read_printed(printed)
    return Claim(2, name, "Text", "words", printed, number, [], "", reading, {}, convention, "")


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (("0.46", ""), ("0.63", ""), True),
        (("0.46", ""), ("0.463", ""), False),
        (("0.46", ""), ("0.63", "sign test"), True),
        (("0.46", "sign test"), ("0.63", "sign test"), True),
        (("0.46", "paired t-test"), ("0.63", "sign test"), False),
        (("0.46", ""), ("unclear", ""), False),
    ],
)
def test_two_values_of_the_same_are_told_unless_each_has_a_convention_of_its_own(
    first: tuple[str, str], second: tuple[str, str], found: bool
) -> None:
    told = printed_otherwise([claim("C1", *first), claim("C2", *second)])

    assert told == ({"C1": ("C2",), "C2": ("C1",)} if found else {})


@pytest.mark.parametrize(
    ("right", "named", "found"),
    [
        ({"C1": "exact", "C2": "paired t-test"}, "paired t-test", False),
        ({"C1": "exact", "C2": "normal"}, "", True),
        ({"C1": "exact", "C2": "exact"}, "", False),
        ({"C1": "exact"}, "paired t-test", True),
    ],
)
def test_two_values_that_are_both_right_are_each_of_the_test_that_is_named(
    right: dict[str, str], named: str, found: bool
) -> None:
    both = [claim("C1", "0.031", ""), claim("C2", "<0.001", named)]

    assert bool(printed_otherwise(both, right)) == found


def test_a_paper_that_names_two_conventions_names_one_for_each_number() -> None:
    told = printed_otherwise(
        [
            claim("C1", "0.46", ""),
            claim("C2", "0.63", "sign test"),
            claim("C3", "0.31", "paired t-test"),
            claim("C4", "0.64", "sign test"),
        ]
    )

    assert told == {"C2": ("C4",), "C4": ("C2",)}
