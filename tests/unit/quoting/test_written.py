"""In which language a paper is written, and with which decimal sign."""

import pytest

from casebook.base.printed import read_printed
from casebook.quoting.numbers import numbers_in
from casebook.quoting.written import LANGUAGES, DecimalSign, Written, written_as


@pytest.mark.parametrize(
    ("decimal", "text", "english"),
    [
        (",", "12,4 (8,0–17,5)", "12.4 (8.0–17.5)"),
        (",", "1.250 and 1.250.000,5 and 0.014", "1,250 and 1,250,000.5 and 0.014"),
        (",", "as shown [1,2], p=0,014", "as shown [1,2], p=0.014"),
        (",", "one, 2, 3", "one, 2, 3"),
        (".", "1,250 and 12.4", "1,250 and 12.4"),
        (",", "12,5 Prozent", "12.5       %"),
        (".", "1\N{THIN SPACE}250 and 1’250 and 12 300", "1,250 and 1,250 and 12 300"),
    ],
)
def test_numbers_are_set_as_in_english_at_the_same_place(
    decimal: DecimalSign, text: str, english: str
) -> None:
    found = Written(LANGUAGES["en"], decimal).in_english(text)

    assert found == english
    assert len(found) == len(text)


@pytest.mark.parametrize(
    ("text", "code", "decimal"),
    [
        ("The mean of the score was 12.4, in 1,250 and 1,300 patients.", "en", "."),
        ("The mean of the score was 12·4 (8·0–17·5).", "en", "."),
        ("The mean of the score was 12,4 (8,0–17,5), and 1.250 were seen.", "en", ","),
        ("Der Mittelwert lag bei 12,4 und wurde von 1.250 erreicht.", "de", ","),
        ("Der Mittelwert lag bei 12.4 und wurde von 1’250 erreicht.", "de", "."),
        ("As known1,2 and shown (3,4) for the score [5,6].7,8 It was 9.5.", "en", "."),
        ("", "en", "."),
    ],
)
def test_language_and_decimal_sign_are_those_of_most_words_and_numbers(
    text: str, code: str, decimal: str
) -> None:
    found = written_as(text)
    assert (found.language.code, found.decimal) == (code, decimal)


@pytest.mark.parametrize(
    ("code", "text", "printed"),
    [
        ("de", "einundzwanzig von dreißig", ["twenty-one", "thirty"]),
        ("de", "zwei Drittel, ein Patient, ein Wert", ["two-thirds", "one"]),
        ("de", "mindestens 12,5 mg und über 3", ["at least 12.5", "over 3"]),
        (
            "fr",
            "vingt et un, dix-huit, la moitié, au moins 3",
            ["twenty-one", "eighteen", "half", "at least 3"],
        ),
        (
            "fr",
            "soixante et onze, soixante-douze, soixante-dix-neuf, soixante-dix, quatre-vingts",
            ["seventy-one", "seventy-two", "seventy-nine", "seventy", "eighty"],
        ),
        (
            "fr",
            "quatre-vingt-un, quatre-vingt-deux, quatre-vingt-onze, quatre-vingt-dix-sept",
            ["eighty-one", "eighty-two", "ninety-one", "ninety-seven"],
        ),
        ("de", "zwei Dutzend, zwei Millionen, über zwölf Patienten", ["twelve"]),
        ("fr", "deux cents, deux cent cinq, vingt-deux mille, trois et demie", []),
        ("de", "siehe Tabelle 2 und Abb. 3", []),
        ("de", "12,5 Prozent", ["12.5%"]),
        ("fr", "12.5 pour cent", ["12.5%"]),
        ("en", "two-thirds of twenty-one", ["two-thirds", "twenty-one"]),
        ("en", "12·4 (8·0–17·5)", ["12·4", "8·0–17·5"]),
    ],
)
def test_numbers_are_as_claims_print_them(code: str, text: str, printed: list[str]) -> None:
    found = numbers_in(text, Written(LANGUAGES[code], "," if code == "de" else "."))

    assert [number.printed for number in found] == printed
    assert all(read_printed(number.printed) for number in found)
