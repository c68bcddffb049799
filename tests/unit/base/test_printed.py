from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casebook.base.printed import Printed, has_decimal_comma, read_printed, significant, to_decimals

# No more digits than a computed value keeps.
DECIMALS = st.decimals(-10_000, 10_000, places=6)


def printed(text: str) -> Printed:
    found = read_printed(text)
    assert found is not None, f"{text!r} was not read as a number"
    return found


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("10", "10", 0),
        ("10.5", "10.5", 1),
        ("30.0", "30", 1),
        ("007", "7", 0),
        (".5", "0.5", 1),
        ("+3", "3", 0),
        ("-3", "-3", 0),
        ("−3.25", "-3.25", 2),
        ("-.5", "-0.5", 1),
        ("10·5", "10.5", 1),
        ("1,234", "1234", 0),
        ("−12,345.6", "-12345.6", 1),
        ("9,999,999", "9999999", 0),
        ("30%", "30", 0),
        ("30.0 %", "30", 1),
        ("5\xa0%", "5", 0),
        (" 5\n", "5", 0),
        ("0∙03", "0.03", 2),
        ("−0⋅5", "-0.5", 1),
        ("- 3.5", "-3.5", 1),
        ("−\u20093.5", "-3.5", 1),
        ("–3.5", "-3.5", 1),
        ("﹣3.5", "-3.5", 1),
        ("12 345", "12345", 0),
        ("12\u202f345", "12345", 0),
        ("12\u2009345.6", "12345.6", 1),
        ("1\xa0234\xa0567", "1234567", 0),
        ("30\u202f%", "30", 0),
        ("30％", "30", 0),
        ("30 percent", "30", 0),
        ("30.5 per cent", "30.5", 1),
        ("p = .05", "0.05", 2),
        ("P=0.050", "0.05", 3),
        ("p-value = 0·03", "0.03", 2),
        ("n = 10", "10", 0),
    ],
)
def test_a_number_is_read_with_the_decimals_that_are_printed(
    text: str, value: str, decimals: int
) -> None:
    found = printed(text)

    assert (found.relation, found.low, found.high) == ("=", Decimal(value), Decimal(value))
    assert found.decimals == decimals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zero", 0),
        ("Three", 3),
        ("TWELVE", 12),
        ("nineteen", 19),
        ("twenty", 20),
        ("twenty-one", 21),
        ("Twenty one", 21),
        ("ninety-nine", 99),
        ("a hundred", 100),
        ("two hundred and five", 205),
        ("a dozen", 12),
        ("one and a half", 1.5),
        ("no", 0),
        ("None", 0),
        ("single", 1),
        ("Once", 1),
        ("twice", 2),
        ("both", 2),
        ("half", 50),
        ("A quarter", 25),
        ("a third", 33),
        ("two thirds", 67),
        ("one-third", 33),
        ("two-thirds", 67),
        ("three quarters", 75),
        ("four fifths", 80),
        ("one tenth", 10),
        ("three%", 3),
    ],
)
def test_a_number_may_be_a_word_and_a_share_is_a_percentage(text: str, value: int) -> None:
    assert printed(text) == Printed("=", Decimal(value), Decimal(value))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("~10", "9", "11"),
        ("about four", "3.5", "4.5"),
        ("c. 50", "45", "55"),
        ("nearly 50%", "45", "50"),
        ("almost −40", "-40", "-36"),
        ("About 50%", "45", "55"),
        ("≈ 0.05", "0.045", "0.055"),
        ("approximately 1,200", "1080", "1320"),
        ("ca. 20 mg", "18", "22"),
        ("around −40", "-44", "-36"),
    ],
)
def test_about_a_number_is_a_tenth_of_it_either_way_and_all_that_rounds_to_it(
    text: str, low: str, high: str
) -> None:
    assert printed(text) == Printed("from-to", Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("10 mg", "10"),
        ("12.5 mg/day", "12.5"),
        ("7.5mg", "7.5"),
        ("ten months", "ten"),
        ("no patients", "no"),
        ("< 30 U/L", "<30"),
        ("3.5–4.5 years", "3.5–4.5"),
        ("10 mg to 20 mg", "10 to 20"),
        ("4 points", "4"),
    ],
)
def test_a_unit_after_a_number_changes_nothing(text: str, same: str) -> None:
    assert printed(text) == printed(same)


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("1e-3", "0.001", 3),
        ("1E-5", "0.00001", 5),
        ("-2.5e-2", "-0.025", 3),
        ("1.5 × 10−3", "0.0015", 4),
        ("1.5\xa0×\xa010−3", "0.0015", 4),
        ("1.5×10^-3", "0.0015", 4),
        ("1.5x10-3", "0.0015", 4),
        ("1.5 X 10^ -3", "0.0015", 4),
        ("3 × 102", "300", 0),
        ("3×10⁻⁴", "0.0003", 4),
        ("3 × 10 ⁻⁴", "0.0003", 4),
        ("3 * 10^-4", "0.0003", 4),
        ("3·10⁻⁴", "0.0003", 4),
        ("3 ⋅ 10^-4", "0.0003", 4),
        ("10⁻⁴", "0.0001", 4),
        ("10^−4", "0.0001", 4),
        ("3.1E−04", "0.00031", 5),
        (".5e-3", "0.0005", 4),
        ("1e5", "100000", 0),
    ],
)
def test_a_number_may_have_an_exponent(text: str, value: str, decimals: int) -> None:
    assert (printed(text).low, printed(text).decimals) == (Decimal(value), decimals)


@pytest.mark.parametrize(
    ("text", "relation", "limit"),
    [
        ("<0.05", "<", "0.05"),
        ("< .001", "<", "0.001"),
        ("below 5", "<", "5"),
        ("Under 18", "<", "18"),
        ("less than half", "<", "50"),
        ("fewer than three", "<", "3"),
        ("<=0.05", "<=", "0.05"),
        ("≤ −0.5", "<=", "-0.5"),
        ("at most 5", "<=", "5"),
        (">18", ">", "18"),
        ("> −5", ">", "-5"),
        ("over 18", ">", "18"),
        ("over twelve", ">", "12"),
        ("above 90%", ">", "90"),
        ("More than 1,000", ">", "1000"),
        (">=18", ">=", "18"),
        ("≥ 18", ">=", "18"),
        ("at least three", ">=", "3"),
        ("<1e-3", "<", "0.001"),
        ("p < 0·001", "<", "0.001"),
        ("P-value <.001", "<", "0.001"),
        ("p ⩽ 0.01", "<=", "0.01"),
        ("<\u20090.001", "<", "0.001"),
        ("p<10⁻⁴", "<", "0.0001"),
        ("< 3 × 10−4", "<", "0.0003"),
    ],
)
def test_a_bound_is_read_in_every_spelling(text: str, relation: str, limit: str) -> None:
    assert printed(text) == Printed(relation, Decimal(limit), Decimal(limit))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3–4", "3", "4"),
        ("3-4", "3", "4"),
        ("3—4", "3", "4"),
        ("3−4", "3", "4"),
        ("3 – 4", "3", "4"),
        ("3 to 4", "3", "4"),
        ("between 3% and 4%", "3", "4"),
        ("Three to four", "3", "4"),
        ("7.8–12.2", "7.8", "12.2"),
        ("30%–40%", "30", "40"),
        ("30–40 %", "30", "40"),
        ("1,000–2,000", "1000", "2000"),
        ("-5--3", "-5", "-3"),
        ("−5–−3", "-5", "-3"),
        ("−5 to 5", "-5", "5"),
        ("+1–+2", "1", "2"),
        ("half to two thirds", "50", "67"),
        ("4–4", "4", "4"),
        ("3‒4", "3", "4"),
        ("–5––3", "-5", "-3"),
        ("3·10–4·20", "3.10", "4.20"),
        ("1e-4–1e-3", "0.0001", "0.001"),
        ("3×10−4–5×10−4", "0.0003", "0.0005"),
        ("10 000–12 500", "10000", "12500"),
        ("5 percent to 7 percent", "5", "7"),
    ],
)
def test_a_range_is_read_with_every_dash_and_with_to(text: str, low: str, high: str) -> None:
    assert printed(text) == Printed("from-to", Decimal(low), Decimal(high))


def test_a_range_has_the_decimals_of_the_end_that_has_more() -> None:
    assert printed("3–4.25").decimals == 2


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "−", "%", "% 5", "to", "3 to", "to 4", "3–", "<", "over", "at least"),
        *("nan", "inf", "Infinity", "1_000", "0x10", "1.", "3..4", "12.3.4", "e5", "×10−3"),
        *("0,014", "0,000", "0,5", "10,5", "01,234", "1.234.567", "1 23", "1 2345", "3·10−4"),
        *(
            "1'234",
            "1 234,5",
            "3.8 ± 1.2",
            "0.014*",
            "~",
            "about",
            "~3–4",
            "p",
            "n =",
            "p 0.05",
            "1/2 %",
        ),
        *("1,23", "1.234,5", "1,000,00", "0,05", "--3", "(5)", "1/3", "10²", "a\0b"),
        *(
            "ten men",
            "5 million",
            "5 or more",
            "10 fold",
            "mg",
            "5 mg/",
            "overall",
            "overt",
            "nobody",
            "threefold",
        ),
        *("4–3", "2–1%", "1–2–3", "<3–4", "<<5", "≥≥5", "__import__('os')"),
    ],
)
def test_what_prints_no_number_is_not_taken_for_one(text: str) -> None:
    assert read_printed(text) is None


@given(st.text(st.sampled_from("0123456789.,-−–+%<>≤≥=×x^· ehtoaflnrw\0é"), max_size=12))
def test_any_text_is_a_number_or_none(text: str) -> None:
    found = read_printed(text)

    assert found is None or found.low <= found.high


@pytest.mark.parametrize(
    ("text", "value", "fit"),
    [
        ("10.5", 10.5, "exact"),
        ("10.50", 10.5, "exact"),
        ("30%", 30.0, "exact"),
        ("Three", 3.0, "exact"),
        ("0.3", 0.1 + 0.2, "exact"),
        ("17.25", 17.249999999999996, "exact"),
        ("10.5", 10.46, "rounded"),
        ("10.5", 10.54999, "rounded"),
        ("10.6", 10.55, "rounded"),
        ("two thirds", 66.67, "rounded"),
        ("two thirds", 66.2, "rounded"),
        ("a third", 33.8, "rounded"),
        ("a third", 33.84, "cut off"),
        ("33%", 33.8, "cut off"),
        ("a third", 32.4, None),
        ("less than a third", 33.2, "within"),
        ("more than a third", 33.2, None),
        ("0.0015", 0.00152, "rounded"),
        ("1.5×10−3", 0.00152, "rounded"),
        ("17.3", 17.249999999999996, "half up"),
        ("17.2", 17.249999999999996, "half to even"),
        ("3", 2.5, "half up"),
        ("2", 2.5, "half to even"),
        ("10.4", 10.46, "cut off"),
        ("66", 66.67, "cut off"),
        ("10.5", 10.44, None),
        ("10.5", 10.56, "cut off"),
        ("10.5", 10.6, None),
        ("10.50", 10.46, None),
        ("10", -10.0, None),
        # 1.15 and 2.675 are a little less in binary, and 1.05 a little more.
        ("1.1", 1.15, "in binary"),
        ("−1.1", -1.15, "in binary"),
        ("2.67", 2.675, "in binary"),
        ("1.2", 1.15, "rounded"),
        ("1.1", 1.05, "half up"),
        ("1.0", 1.05, "half to even"),
        ("1.1", 1.16, "cut off"),
    ],
)
def test_how_a_value_gives_what_is_printed_is_told(
    text: str, value: float, fit: str | None
) -> None:
    assert printed(text).fit(value) == fit


@pytest.mark.parametrize(
    ("text", "value", "fit"),
    [
        ("−2.25", -2.25, "exact"),
        ("−2.3", -2.26, "rounded"),
        ("−2.3", -2.25, "half up"),
        ("−2.2", -2.25, "half to even"),
        ("−2.2", -2.29, "cut off"),
        ("−2.3", -2.24, None),
        ("0", -0.4, "rounded"),
        ("−3", 3.0, None),
    ],
)
def test_a_negative_number_is_rounded_as_its_size_is(
    text: str, value: float, fit: str | None
) -> None:
    assert printed(text).fit(value) == fit


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("<0.05", 0.0499, 0.05),
        ("≤0.05", 0.05, 0.0501),
        (">18", 18.1, 18.0),
        ("≥18", 18.0, 17.9),
        ("3–4", 3.0, 2.99),
        ("3–4", 4.0, 4.25),
        ("−5–−3", -4.0, -2.9),
        ("<0.3", 0.29, 0.1 + 0.2),
        ("≤0.3", 0.1 + 0.2, 0.31),
    ],
)
def test_a_value_is_within_a_bound_or_range_or_it_is_not(
    text: str, inside: float, outside: float
) -> None:
    found = printed(text)

    assert (found.fit(inside), found.fit(outside)) == ("within", None)


@pytest.mark.parametrize(
    ("text", "value", "distance"),
    [
        ("10.5", 10.5, 0.0),
        ("10.5", 10.0, 0.5),
        ("10.5", 11.0, -0.5),
        ("0.3", 0.1 + 0.2, 0.0),
        ("3–4", 3.5, 0.0),
        ("3–4", 4.25, -0.25),
        ("3–4", 2.5, 0.5),
        ("<0.05", 0.06, -0.01),
        (">18", 12.0, 6.0),
        ("−3", -2.0, -1.0),
    ],
)
def test_the_distance_is_printed_minus_computed(text: str, value: float, distance: float) -> None:
    assert printed(text).distance(value) == distance


@given(DECIMALS, st.integers(0, 5))
def test_a_value_fits_its_own_printed_form(value: Decimal, decimals: int) -> None:
    text = f"{to_decimals(float(value), decimals):f}"

    assert printed(text).fit(float(value)) in ("exact", "rounded", "half up")


@given(DECIMALS, st.integers(0, 5))
def test_a_value_fits_no_printed_form_that_is_a_whole_step_away(
    value: Decimal, decimals: int
) -> None:
    step = Decimal(1).scaleb(-decimals)
    text = f"{to_decimals(float(value), decimals) + step.copy_sign(value):f}"

    assert printed(text).fit(float(value)) is None


@given(DECIMALS, DECIMALS, DECIMALS)
def test_the_distance_to_a_range_is_nothing_exactly_within_it(
    one: Decimal, other: Decimal, value: Decimal
) -> None:
    low, high = sorted((one, other))
    found = Printed("from-to", low, high)

    assert (found.distance(float(value)) == 0) == (low <= value <= high)
    assert (found.fit(float(value)) == "within") == (low <= value <= high)


@given(DECIMALS, DECIMALS)
def test_the_distance_to_a_number_is_nothing_exactly_where_they_agree(
    number: Decimal, value: Decimal
) -> None:
    found = Printed("=", number, number)

    assert (found.distance(float(value)) == 0) == (number == value)


@given(DECIMALS, DECIMALS)
def test_a_bound_with_its_limit_is_kept_where_the_one_without_or_the_limit_is(
    limit: Decimal, value: Decimal
) -> None:
    assume(limit != value)

    for strict, loose in (("<", "≤"), (">", "≥")):
        one, other = (printed(f"{sign}{limit:f}") for sign in (strict, loose))
        assert one.fit(float(value)) == other.fit(float(value))
        assert (one.fit(float(limit)), other.fit(float(limit))) == (None, "within")


@given(st.integers(0, 10**9))
def test_a_number_is_the_same_with_commas_between_its_thousands(number: int) -> None:
    assert printed(f"{number:,}") == printed(str(number))


@given(DECIMALS)
def test_every_sign_for_minus_is_the_same(number: Decimal) -> None:
    text = f"{number:f}"

    assert printed(text.replace("-", "−")) == printed(text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(17.249999999999996, "17.25"), (0.1 + 0.2, "0.3"), (-1e-7, "-1E-7"), (12.0, "12")],
)
def test_a_computed_value_is_taken_without_the_noise_of_its_last_digits(
    value: float, expected: str
) -> None:
    assert significant(value) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("2.45", 1, "2.5"),
        ("2", 2, "2.00"),
        ("1e300", 2, "1e300"),
    ],
)
def test_rounding_is_half_up_as_on_paper(value: str, decimals: int, expected: str) -> None:
    assert to_decimals(float(value), decimals) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        *[("1e30", True), ("9.9e30", True), ("1e31", False), ("1e-30", True), ("1e-31", False)],
        *[(f"{'0' * 39}7", True), (f"{'0' * 40}7", False)],
    ],
)
def test_a_number_of_up_to_40_characters_and_30_digits_on_either_side_is_read(
    text: str, is_number: bool
) -> None:
    assert (read_printed(text) is not None) is is_number


@pytest.mark.parametrize("text", ["1e99999999999", "1e-500", "9" * 60, f"0.{'0' * 400}1"])
def test_a_number_that_no_paper_prints_is_none(text: str) -> None:
    assert read_printed(text) is None


@pytest.mark.parametrize(
    ("text", "value", "fit"),
    [
        ("3 × 10^5", 312_000.0, "rounded"),
        ("3 × 10^5", 350_001.0, "cut off"),
        ("3.1 × 10^5", 312_000.0, "rounded"),
        ("3.1 × 10^5", 316_000.0, "cut off"),
        ("300,000", 312_000.0, None),
    ],
)
def test_a_power_of_ten_is_rounded_at_the_last_digit_that_is_printed(
    text: str, value: float, fit: str | None
) -> None:
    assert printed(text).fit(value) == fit


@pytest.mark.parametrize(
    ("text", "comma"),
    [("0,014", True), ("10,5%", True), ("p<0,05", True), ("1,234", False), ("ten", False)],
)
def test_a_decimal_comma_is_told_from_what_is_no_number(text: str, comma: bool) -> None:
    assert has_decimal_comma(text) is comma


@pytest.mark.parametrize(
    ("one", "other", "possible"),
    [
        ("12.2", "12.25", True),
        ("12.2", "12.3", False),
        ("12.2", "12.31", False),
        ("10", "10.4", True),
        ("0.014", "<0.05", True),
        ("0.05", "<0.05", True),
        ("0.06", "<0.05", False),
        ("<0.05", "<0.001", True),
        ("<0.05", ">=0.05", False),
        ("≤0.05", "≥0.05", True),
        ("3–4", "3.6", True),
        ("3–4", "5", False),
        ("three", "3", True),
        ("30%", "30.4", True),
    ],
)
def test_two_numbers_may_print_one_value_or_they_may_not(
    one: str, other: str, possible: bool
) -> None:
    assert printed(one).may_equal(printed(other)) is possible
    assert printed(other).may_equal(printed(one)) is possible


def test_a_bound_that_holds_is_at_no_distance() -> None:
    bound = read_printed("p < 0.05")

    assert bound is not None
    assert bound.distance(0.01) == 0
    assert bound.distance(0.06) == pytest.approx(-0.01)
