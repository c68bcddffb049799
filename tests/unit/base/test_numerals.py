"""How numbers are written: no group of three digits is a decimal without being asked for."""

from collections.abc import Callable
from typing import Any

import pytest

from casebook.base.modelfile import ModelFileError
from casebook.base.numerals import Numerals, other_readings
from casebook.data.findings import DataError

Clean = Callable[..., Any]
TableOf = Callable[..., str]
WIDE = ("[0, 100]", "[-10000000, 10000000]")
POINT, COMMA = 'decimal: "."', 'decimal: ","'
NO_ZERO = "leading_zero: false"
SLIP = "correct a slip in corrections.tsv; list what means 'no value' under missing in study.yaml"


def source(*keys: str) -> tuple[str, str]:
    return ("  licence: CC0", "".join(["  licence: CC0", *(f"\n  {key}" for key in keys)]))


def numbers(clean_study: Clean, table: str, *keys: str) -> list[float | None]:
    return [
        each.values["score_baseline"]
        for each in clean_study(WIDE, source(*keys), table=table).patients
    ]


def errors(clean_study: Clean, table: str, *keys: str) -> list[str]:
    with pytest.raises(DataError) as error:
        clean_study(WIDE, source(*keys), table=table)
    return [str(each).partition("found ")[2] for each in error.value.findings]


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        ("1,250", ['thousands: ","'], 1250),
        ("1,250.5", ['thousands: ","'], 1250.5),
        ("1,250,000", ['thousands: ","'], 1250000),
        ("1250", ['thousands: ","'], 1250),
        ("-1,250", ['thousands: ","'], -1250),
        ("\N{MINUS SIGN}1,250", ['thousands: ","'], -1250),
        ("2 300", ['thousands: " "'], 2300),
        ("2\N{NARROW NO-BREAK SPACE}300", ['thousands: " "'], 2300),
        ("2\N{NO-BREAK SPACE}300,5", ['thousands: " "', COMMA], 2300.5),
        ("1'040", ['thousands: "\'"'], 1040),
        ("1\N{RIGHT SINGLE QUOTATION MARK}040.25", ['thousands: "\'"'], 1040.25),
        ("1.250", ['thousands: "."', COMMA], 1250),
        ("1.250,5", ['thousands: "."', COMMA], 1250.5),
        ("1.250", [POINT], 1.25),
        ("1.250", ['thousands: ","'], 1.25),
        ("1,250", [COMMA], 1.25),
        ("0.125", [], 0.125),
        ("0.125", [NO_ZERO], 0.125),
        (".5", [NO_ZERO], 0.5),
        ("-.125", [NO_ZERO], -0.125),
        ("\N{MINUS SIGN},5", [NO_ZERO, COMMA], -0.5),
        (".5e1", [NO_ZERO, 'thousands: ","'], 5),
        ("1250.125", [], 1250.125),
        ("1.25", [], 1.25),
        ("1.2500", [], 1.25),
        ("1.250e3", [], 1250),
    ],
)  # fmt: skip
def test_a_number_is_read_as_the_study_writes_numbers(
    clean_study: Clean, table_of: TableOf, text: str, keys: list[str], expected: float
) -> None:
    table = table_of({"Before": text})

    assert numbers(clean_study, table, *keys) == [expected]


@pytest.mark.parametrize(
    ("text", "keys", "hint"),
    [
        ("1,250", [], 'it is a number with decimal: "." and thousands: ","'),
        ("1,250.5", [], 'it is a number with decimal: "." and thousands: ","'),
        ("1,000,000", [], 'it is a number with decimal: "." and thousands: ","'),
        ("1.250,5", [], 'it is a number with decimal: "," and thousands: "."'),
        ("70,5", [], 'it is a number with decimal: ","'),
        ("0,125", [], 'it is a number with decimal: ","'),
        (",5", [], 'it is a number with decimal: "," and leading_zero: false'),
        ("2 300", [], 'it is a number with decimal: "." and thousands: " "'),
        ("2 300,5", [], 'it is a number with decimal: "," and thousands: " "'),
        ("1'040", [], "it is a number with decimal: \".\" and thousands: \"'\""),
        ("70.5", [COMMA], 'it is a number with decimal: "."'),
        ("1.000", [COMMA], 'it is 1 with decimal: ".", and 1000 with decimal: "," and thousands:'
         ' "."'),
        ("1.234,5", [COMMA], 'it is a number with decimal: "," and thousands: "."'),
        ("1,2,3", [COMMA], ""),
        ("12,50", ['thousands: ","'], 'it is a number with decimal: ","'),
        ("1,25,000", ['thousands: ","'], ""),
        ("12 34", ['thousands: " "'], ""),
    ],
)  # fmt: skip
def test_a_number_written_in_another_way_is_told_with_what_it_would_be(
    clean_study: Clean, table_of: TableOf, text: str, keys: list[str], hint: str
) -> None:
    (found,) = errors(clean_study, table_of({"Before": text}), *keys)

    told = f"{hint}, under source in study.yaml" if hint else SLIP
    assert found == f"{text!r}; allowed: a number from -10000000 to 10000000 points; {told}"


def test_a_point_before_three_digits_is_not_read_where_nothing_says_what_it_is(
    clean_study: Clean, table_of: TableOf
) -> None:
    table = table_of({"Before": "1.250"}, {"Before": "980"}, {"Before": "12.300"})

    ambiguous = "allowed: a number whose point cannot mean two things; it is"
    assert errors(clean_study, table) == [
        f"'1.250'; {ambiguous} 1.25 with {POINT}, and 1250 with {COMMA} and thousands: \".\", under"
        " source in study.yaml",
        f"'12.300'; {ambiguous} 12.3 with {POINT}, and 12300 with {COMMA} and thousands: \".\","
        " under source in study.yaml",
    ]


@pytest.mark.parametrize("other", ["12.5", "0.125", "-3.25", "1000.125", ".5"])
def test_other_numbers_of_the_table_tell_what_a_point_is(
    clean_study: Clean, table_of: TableOf, other: str
) -> None:
    table = table_of({"Before": "1.250"}, {"After": other})
    keys = [NO_ZERO] * other.startswith(".")

    assert numbers(clean_study, table, *keys) == [1.25, 12]


def test_what_is_not_read_tells_nothing_of_points(clean_study: Clean, table_of: TableOf) -> None:
    table = table_of({"Before": "1.250", "Remark": "0.5"}, {"After": "NA"})

    assert len(errors(clean_study, table)) == 1


@pytest.mark.parametrize(
    "keys", [['thousands: "."'], [POINT, 'thousands: "."'], [COMMA, 'thousands: ","']]
)
def test_one_sign_cannot_stand_for_both(clean_study: Clean, keys: list[str]) -> None:
    with pytest.raises(ModelFileError, match=r"source\.thousands: .* is the decimal sign"):
        clean_study(source(*keys))


def test_a_text_that_is_no_number_in_any_way_has_no_other_readings() -> None:
    assert [other_readings(text) for text in ("", "x", "1,2,3", "..", "1 2")] == [""] * 5


def test_what_is_beyond_the_limits_of_a_column_is_proposed_only_where_nothing_else_is() -> None:
    comma, grouped = (f"it is a number with {way}, under source" for way in (
        COMMA, f'{POINT} and thousands: ","'))  # fmt: skip

    assert other_readings("2,125", (0, 3)).startswith(comma)
    assert other_readings("2,125", (0, 5000)).startswith(grouped)
    assert other_readings("2,125", (0, 1)).startswith(grouped)


def test_a_number_that_is_not_written_in_a_way_is_none_in_it() -> None:
    assert Numerals(",", ".").number("1.25") is None


@pytest.mark.parametrize(
    ("odd", "keys", "sign"),
    [("70.5", [COMMA], "','"), ("2,3", [], "'.'")],
)
def test_of_an_odd_number_the_whole_table_is_not_blamed(
    clean_study: Clean, table_of: TableOf, odd: str, keys: list[str], sign: str
) -> None:
    others = ["5.1", "7.25"] if sign == "'.'" else ["5,1", "7,25"]

    (found,) = errors(clean_study, table_of(*({"Before": text} for text in (odd, *others))), *keys)

    assert found.endswith(
        f"other numbers have {sign} before their decimals: correct it in corrections.tsv"
    )


@pytest.mark.parametrize(
    ("odd", "others", "keys", "signs"),
    [
        ("1.250", ["5,1", "7,25"], [COMMA], 'decimal: "," and thousands: "."'),
        ("1,250", ["5.1", "7.25"], [], 'decimal: "." and thousands: ","'),
    ],
)
def test_beside_decimals_a_number_with_thousands_is_told_as_one_or_as_a_slip(
    clean_study: Clean, table_of: TableOf, odd: str, others: list[str], keys: list[str], signs: str
) -> None:
    (found,) = errors(clean_study, table_of(*({"Before": text} for text in (odd, *others))), *keys)

    assert found.endswith(
        f"it is a number with {signs}, under source in study.yaml; correct a slip in"
        " corrections.tsv"
    )


def test_where_most_numbers_are_of_another_way_the_study_is_blamed(
    clean_study: Clean, table_of: TableOf
) -> None:
    table = table_of({"Before": "5.1"}, {"Before": "2,3"}, {"Before": "7,2"})

    assert all("with decimal" in each for each in errors(clean_study, table))


def test_numbers_of_one_other_way_are_told_in_one_line(
    clean_study: Clean, table_of: TableOf
) -> None:
    table = table_of({"Before": "8,1"}, {"Before": "2,3"}, {"Before": "7,2"})

    with pytest.raises(DataError) as error:
        clean_study(WIDE, table=table)

    (line,) = [each for each in str(error.value).splitlines() if "with decimal" in each]
    assert "found 3 times, in row 2 '8,1', row 3 '2,3' and row 4 '7,2'" in line


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("<1.5", "below: half"),
        ("< 0,01", "below: half"),
        (">200", "above: limit"),
        ("≤5", "below: half"),
        (">=80", "above: limit"),
    ],
)
def test_of_a_value_beyond_a_limit_it_is_told_what_can_be_done(
    clean_study: Clean, table_of: TableOf, text: str, rule: str
) -> None:
    (found,) = errors(clean_study, table_of({"Before": text}))

    assert (
        f"say what to use for it beside the column in study.yaml, as in censored: {{ {rule} }}"
        in found
    )


PERCENT = ("unit: points", 'unit: "%"')


def test_a_percent_sign_behind_a_number_does_not_tell_what_a_point_is(
    clean_study: Clean, table_of: TableOf
) -> None:
    table = table_of({"Before": "1.250%"}, {"Before": "2.500 %"})

    with pytest.raises(DataError) as error:
        clean_study(WIDE, PERCENT, table=table)

    told = [
        (each.row, each.value, each.hint.partition(" with")[0]) for each in error.value.findings
    ]
    assert told == [(2, "1.250%", "it is 1.25"), (3, "2.500 %", "it is 2.5")]


def test_a_number_with_a_percent_sign_tells_what_a_point_is(
    clean_study: Clean, table_of: TableOf
) -> None:
    table = table_of({"Before": "1.250%"}, {"Before": "70.5%"})

    read = clean_study(WIDE, PERCENT, table=table).patients

    assert [each.values["score_baseline"] for each in read] == [1.25, 70.5]


@pytest.mark.parametrize(
    ("text", "others", "hint"),
    [
        ("80,5%", ["70.5%", "60.25%"], "other numbers have '.' before their decimals: correct it"),
        ("80,5%", ["70%", "60%"], 'it is a number with decimal: ","'),
        ("<1.5%", ["70.5%", "60.25%"], "a value above or below a limit is not a number"),
    ],
)
def test_a_number_with_a_percent_sign_is_told_as_the_number_before_it_would_be(
    clean_study: Clean, table_of: TableOf, text: str, others: list[str], hint: str
) -> None:
    table = table_of(*({"Before": each} for each in (text, *others)))

    with pytest.raises(DataError) as error:
        clean_study(PERCENT, table=table)

    (found,) = error.value.findings
    assert (found.value, found.hint[: len(hint)]) == (text, hint)
