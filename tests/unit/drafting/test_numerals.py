"""How the numbers of a table are written, as all of its cells tell together."""

import pytest

from casebook.base.numerals import Numerals
from casebook.drafting.columns import Column
from casebook.drafting.numerals import Written, written


def of(*columns: list[str]) -> Written:
    """What is told by columns with these texts, which are called A, B and so on."""
    return written(
        Column(place, chr(64 + place), texts) for place, texts in enumerate(columns, start=1)
    )


@pytest.mark.parametrize(
    ("columns", "numerals"),
    [
        ([["7", "12", "3"]], Numerals(".")),
        ([["7.5", "12"]], Numerals(".")),
        ([["7,5", "12"]], Numerals(",")),
        ([["0,250", "1,125"]], Numerals(",")),
        ([["1,250", "980"], ["7.5", "12"]], Numerals(".", ",")),
        ([["1.250", "980"], ["7,5", "12"]], Numerals(",", ".")),
        ([["1.250,5", "980"]], Numerals(",", ".")),
        ([["1,250,000", "980"]], Numerals(".", ",")),
        ([["1 250", "12 400,5", "980"]], Numerals(",", " ")),
        ([["1 250", "980"]], Numerals(".", " ")),
        ([["1'250", "980.5"]], Numerals(".", "'")),
        ([["<1,250 U/l", "980 U/l", "12.5*"]], Numerals(".", ",")),
        ([["1,3", "2,5", "1"], ["a, b", "c", "d, e"]], Numerals(",")),
        ([["12", ".5", "-.25 mg"]], Numerals(leading_zero=False)),
        ([["12,5", "<,5"], [",25*"]], Numerals(",", leading_zero=False)),
        ([["12", ".5", ".25", "0.75"]], Numerals(leading_zero=False)),
        ([["1,250", "980"], ["7.5", ".5", ".25"]], Numerals(".", ",", leading_zero=False)),
        ([["42", ".39", "35"]], Numerals()),
        ([[".5", ".25", "0.75", "0.5"]], Numerals()),
    ],
)
def test_a_way_in_which_all_cells_can_be_read_is_taken(
    columns: list[list[str]], numerals: Numerals
) -> None:
    assert of(*columns).numerals == numerals


def test_numbers_that_are_nearer_to_one_another_decide_between_two_ways() -> None:
    commas, points = of(["1,250", "980", "2,300"]), of(["1.250", "980", "2.300"])

    assert commas.numerals == Numerals(".", ",")
    assert commas.reason == (
        "'1,250' is taken for 1250, not 1.25: the numbers in 'A' are then from 980 to 2300"
    )
    assert points.numerals == Numerals(",", ".")
    assert of(["1,250", "2", "1,105"]).numerals == Numerals(",")


def test_where_nothing_tells_both_readings_are_told_and_no_comma_is_taken_for_decimals() -> None:
    commas, points = of(["1,250", "2,300"]), of(["1.250", "2.300"])

    assert commas.numerals == Numerals(".", ",")
    assert commas.reason == "'1,250' is taken for 1250, not 1.25: no cell tells which of both it is"
    assert points.numerals == Numerals(".")
    assert points.reason == "'1.250' is taken for 1.25, not 1250: no cell tells which of both it is"


def test_what_proves_a_sign_between_thousands_is_told() -> None:
    assert of(["1,250", "980"], ["7.5"]).reason == (
        "cells are written as '1,250' and '7.5', so that '1,250' is 1250, not 1.25"
    )
    assert of(["7.5"]).reason == ""


def test_what_proves_that_a_zero_is_left_out_is_told() -> None:
    assert of([".5", "7", ".25"]).zero_reason == "2 cells are written as '.5', none with a 0 before"
    assert of([".5", "0.7", ".25"]).zero_reason == "2 cells are written as '.5', and 1 as '0.7'"
    assert of(["42", ".39", "0.5"]).zero_reason == ""


def test_numbers_in_several_ways_are_read_in_one_of_them() -> None:
    assert of(["7,25", "40", "1.250", "3.5"]).numerals == Numerals(".")
    assert of(["1,250", "2 300", "25", "1'040", "18"]).numerals == Numerals(".", ",")


def test_a_column_that_seems_to_be_written_in_another_way_is_not_read_as_numbers() -> None:
    found = of(["1,250", "980", "2,300"], ["7,5", "12,25"])

    assert found.numerals == Numerals(",")
    assert found.contrary == {
        "A": "'1,250' seems to be 1250 here, but the numbers of the table are written with"
        ' decimal: ","'
    }


def test_a_table_written_in_two_ways_says_so_with_a_cell_of_each() -> None:
    found = of(["7,5", "8,25", "1.3", "1.250", "1.5"])

    assert "as '1.3' and '7,5'" in found.reason
