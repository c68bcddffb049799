import pytest

from casebook.data.cells import TableError
from casebook.reading.numberformats import checked_format, number_text, shown_instead, shown_unit


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (12, "General", "12"),
        (12.0, "0.00", "12"),
        (12.345678, "0.0", "12.345678"),
        (1234567.5, "#,##0", "1234567.5"),
        (5, '0" mg"', "5"),
        (1250, "[$€-407] #,##0.00", "1250"),
        (0.5, "# ?/?", "0.5"),
        (-7, "0;(0)", "-7"),
        (0.000012, "0.00E+00", "1.2e-05"),
        (0.8, "0%", "80%"),
        (0.255, "0.0%", "25.5%"),
        (0.07, "0%;[Red]-0%", "7%"),
        (-0.1234567, "0.00%", "-12.34567%"),
        (1, "0%", "100%"),
        (5, '0"%"', "5"),
        (1, "000", "001"),
        (1.0, "000", "001"),
        (12345, "000", "12345"),
        (7, '"P"000', "P007"),
        (7, r"\P000", "P007"),
        (123456789, "000-00-0000", "123-45-6789"),
        (1.5, "000", "1.5"),
        (-1, "000", "-1"),
        (7, "0", "7"),
        (2, "#000", "002"),
        (1, '"P"0', "P1"),
        (21, '"<"0', "<21"),
        (0.5, '"≥ "0.0', "≥0.5"),
        (5, '"€ "0.00', "5"),
        (5, "[$CHF-807] 0", "5"),
        (-0.07, "0%;[Red]-0%", "-7%"),
    ],
)
def test_a_number_has_all_its_digits_and_what_its_format_says_that_it_is(
    value: float, shown_as: str, text: str
) -> None:
    assert number_text(value, shown_as, ".") == text


def test_a_number_is_written_with_the_decimals_of_the_study() -> None:
    assert number_text(0.255, "0.0%", ",") == "25,5%"


@pytest.mark.parametrize(
    ("value", "shown_as", "shown"),
    [
        (5, ";;;", ""),
        ("MTX", ";;;", ""),
        (0, "0;-0;;@", ""),
        (0, "#,###", ""),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-"),
        (3, '[<5]"none";0', "none"),
        (7, '[<5]"none";0', None),
        (24, '0"0"', "240"),
        (5, '"1"0', "15"),
        (5, r"\-0", "-5"),
        (-5, r"0;\-0", None),
        (5, "+0;-0;0", None),
        (-5, "0;0", "5"),
        (-5, "0;[Red]0", "5"),
        (-7, '0.0" mg";0.0" mg"', "7 mg"),
        (-0.07, "0%;0%", "7%"),
        (-1, "000;000", "001"),
        (5, "0;0", None),
        (-5, "0;(0)", None),
        (-5, "0;0-", None),
        (-5, "0", None),
        (-5, '[<9]0;"many"', None),
        (3, '0"+"', "3+"),
        (1234567, "0,", "1234.567"),
        (1234567, "#,##0", None),
        (5, '0" mg"', None),
        (5, '0.0" x10^9/L"', None),
        (1250, "[$€-407] #,##0.00", None),
        (0, "General", None),
        (0, "0.00", None),
        (0.5, "# ?/?", None),
        (0.000012, "0.00E+00", None),
        (7, '"P"000', None),
        (21, '"<"0', None),
        ("MTX", "General", None),
        ("MTX", "0;-0;;@", None),
    ],
)
def test_what_a_format_shows_instead_of_a_value_is_known(
    value: float | str, shown_as: str, shown: str | None
) -> None:
    assert shown_instead(value, shown_as) == shown


def test_a_format_that_no_spreadsheet_keeps_is_refused() -> None:
    assert checked_format("0" * 255) == "0" * 255

    with pytest.raises(TableError, match="up to 255 characters"):
        checked_format("[" * 300_000)


@pytest.mark.parametrize(
    ("shown_as", "unit"),
    [
        ('0.000" g"', "g"),
        ("0.0\\ \\m\\g", "mg"),
        ('General" mg/kg "', "mg/kg"),
        ('0.0" mg";(0.0" mg")', "mg"),
        ('0.0" ‰"', "‰"),
        ("0.00", ""),
        ("0%", ""),
        ("0.00E+00", ""),
        ("#,##0.00_);(#,##0.00)", ""),
        ('#,##0.00" €"', ""),
    ],
)
@pytest.mark.parametrize("value", [12, -0.5])
def test_the_unit_that_a_format_shows_behind_a_number_is_known(
    shown_as: str, unit: str, value: float
) -> None:
    assert shown_unit(value, shown_as) == unit
