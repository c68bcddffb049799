"""Which numbers a text prints."""

import pytest

from casebook.quoting.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("In total, 10 patients; five were women.", ["10", "five"]),
        ("10.5 (IQR 7.8–12.2) to 2.5 (p value = 0.014)", ["10.5", "7.8–12.2", "2.5", "0.014"]),
        (
            "Three (30.0%) had it, p < 0.001 or 3.1 × 10−4",
            ["Three", "30.0%", "< 0.001", "3.1 × 10−4"],
        ),
        ("a change of −12.3 points, and over 18 years", ["−12.3", "over 18"]),
        ("was –0.8 (IQR –5–3), 50%-60%, 50% –60%", ["–0.8", "–5–3", "50%", "60%", "50%", "60%"]),
        ("twenty percent, 12.5 per cent", ["twenty percent", "12.5 per cent"]),
        ("-.8, −.7 (CI -.9 to -.2), r_s=-.52 and −·8", ["-.8", "−.7", "-.9", "-.2", "-.52", "−·8"]),
        ("from September 2020 to 3 June 2023", ["September 2020", "3 June 2023"]),
        (
            "two hundred and five, a hundred, a dozen",
            ["two hundred and five", "a hundred", "a dozen"],
        ),
        ("one and a half, twofold, thirty five", ["one and a half", "thirty five"]),
        ("three dozen of two thousand, and two million", []),
        ("over a third, for more than six months", ["over a third", "more than six"]),
        ("1,250 cells, 5 mg twice, twenty-one days", ["1,250", "5", "twenty-one"]),
    ],
)
def test_numbers_are_found_in_digits_and_words(text: str, printed: list[str]) -> None:
    assert [number.printed for number in numbers_in(text)] == printed


@pytest.mark.parametrize(
    "text",
    [
        "JAK1, IL-4, MMT8 and anti-MDA5 with JAK1/2/3",
        "see table 1, Figure 2 and online supplemental table 3",
        "doi:10.1136/rmdopen-2023-003837 and https://example.org/2024/10",
        "this one and another one; no one; and none",
        "it improved both clinically and statistically",
    ],
)
def test_digits_of_names_references_and_addresses_are_no_numbers(text: str) -> None:
    assert numbers_in(text) == []


def test_the_text_around_a_number_is_looked_at_only_near_by() -> None:
    """Work grows with the length of a text, as a table of a PDF can be a single paragraph."""
    numbers = 3000

    found = numbers_in("a 12, " * numbers)

    assert len(found) == numbers
