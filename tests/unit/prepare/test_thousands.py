"""Decimal signs that may group thousands: told where other numbers of the column say so."""

from collections.abc import Callable
from typing import Any

import pytest

from casebook.data.findings import DataError

RANGE = ("    unit: points\n    range: [0, 100]\n", "    unit: points\n    range: [0, 9999]\n")
COMMA = ("  patient: ID\n", '  patient: ID\n  decimal: ","\n')
POINT = ("  patient: ID\n", '  patient: ID\n  decimal: "."\n')


def warned(clean_study: Callable[..., Any], table: str, decimal: tuple[str, str]) -> list[str]:
    """The texts that are told as perhaps thousands."""
    found = clean_study(RANGE, decimal, table=table).findings
    return [each.value for each in found if each.hint.startswith("read with a decimal")]


@pytest.mark.parametrize(
    "column",
    [
        "980 1100 1,250",  # A whole number of more than 1000.
        "8 25 12 1,250",  # Whole numbers, and more of them.
        "800 1,250 1,340 2,100",  # Whole, and nearer as thousands.
        "950,5 1,250 700,25",  # Other decimals, and nearer as thousands.
        "0,5 1,250 0,75 2",  # A 0 at the end that no other has.
        "980 1100 1,250 1,85e3",  # A power of ten, which says nothing of the sign.
    ],
)
@pytest.mark.parametrize("decimal", [COMMA, POINT])
def test_numbers_that_others_speak_against_are_told(
    clean_study: Callable[..., Any],
    table_of: Callable[..., str],
    column: str,
    decimal: tuple[str, str],
) -> None:
    column = column if decimal == COMMA else column.replace(",", ".")
    table = table_of(*({"Before": text, "After": "NA"} for text in column.split()))

    told = warned(clean_study, table, decimal)

    doubtful = [text for text in column.split() if text[1:2] in (",", ".") and len(text) == 5]
    assert told == [text for text in doubtful if text[0] != "0"]


@pytest.mark.parametrize(
    "column",
    [
        "1,250 2,125 3,500",  # Three decimals throughout.
        "1,250 0,375 2,125",
        "1,250 1234,500 980",
        "1,250 2,125 3",  # A whole number among many with three decimals.
        "0,5 1,125 0,75 2",  # Decimals without zeros at their ends.
        "1,2345 1,250 0,9876 1,120",
        "12,5 1,2 8",
    ],
)
@pytest.mark.parametrize("decimal", [COMMA, POINT])
def test_a_column_of_decimals_is_as_it_should_be(
    clean_study: Callable[..., Any],
    table_of: Callable[..., str],
    column: str,
    decimal: tuple[str, str],
) -> None:
    column = column if decimal == COMMA else column.replace(",", ".")
    table = table_of(*({"Before": text, "After": "NA"} for text in column.split()))

    assert warned(clean_study, table, decimal) == []


def test_what_would_be_out_of_range_as_thousands_is_no_doubt(
    clean_study: Callable[..., Any], table_of: Callable[..., str]
) -> None:
    table = table_of({"Before": "42,000"}, {"Before": "12,5"})

    assert warned(clean_study, table, COMMA) == []


def test_both_readings_and_what_to_do_are_told(
    clean_study: Callable[..., Any], table_of: Callable[..., str]
) -> None:
    table = table_of({"Before": "1,250", "After": "1100"}, {"Before": "980", "After": "2,300"})

    found = clean_study(RANGE, COMMA, table=table).findings

    told = [each for each in found if each.severity == "warning"]
    assert [(each.row, each.column, each.value) for each in told] == [
        (2, "Before", "1,250"),
        (3, "After", "2,300"),
    ]
    assert {each.hint for each in told} == {
        "read with a decimal comma, 1,250 as 1.25, but other numbers of the column have no"
        " decimals, such as 1100: if the comma separates thousands, 1,250 is 1250; write that in"
        ' corrections.tsv, or, if the table writes all thousands so, thousands: "," under source'
        " in study.yaml, with the other decimal sign"
    }


def test_a_number_out_of_range_is_not_led_to_a_wider_one(
    clean_study: Callable[..., Any], table_of: Callable[..., str]
) -> None:
    wanted = (RANGE[0], RANGE[1].replace("[0,", "[100,"))

    with pytest.raises(DataError) as error:
        clean_study(wanted, COMMA, table=table_of({"Before": "1,250", "After": "980"}))

    (told,) = error.value.findings
    assert told.hint == (
        "read as 1.25: if the comma separates thousands, write 1250 in corrections.tsv"
    )
