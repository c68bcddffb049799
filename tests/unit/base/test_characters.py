import unicodedata
from xml.etree import ElementTree

import pytest

from casebook.base.characters import unprintable
from casebook.data.cells import normalised

EVERY = [chr(code) for code in (*range(0x20000), *range(0xE0000, 0xE0100), 0x10FFFF)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\0b", "U+0000, a control character"),
        ("\x1b[31mred", "U+001B, a control character"),
        ("\x9b31mred", "U+009B, a control character"),
        ("\x1f", "U+001F, a control character"),
        ("\x7f", "U+007F, a control character"),
        ("\ud800", "U+D800, half a character"),
        ("\ufffe", "U+FFFE, which is not a character"),
        ("a\uffff", "U+FFFF, which is not a character"),
        ("\U0001ffff", "U+1FFFF, which is not a character"),
        ("\ufdd0", "U+FDD0, which is not a character"),
        ("no \u202etcerroc", "U+202E, which changes the direction of writing"),
        ("\u2066", "U+2066, which changes the direction of writing"),
        ("\0\u202e", "U+0000, a control character"),
    ],
)
def test_a_character_that_cannot_be_printed_is_named(text: str, found: str) -> None:
    assert unprintable(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "é ≥ − µ",
        "one\r\n\ttwo",
        "a\xa0b\u3000c",
        "日本 ١٢ עברית\u200f",
        "\u200d👩\u200d⚕️",
        "\ue000",
        "�",
    ],
)
def test_letters_of_all_scripts_and_white_space_may_be_printed(text: str) -> None:
    assert unprintable(text) == ""


def test_xml_holds_every_text_that_may_be_printed() -> None:
    allowed = normalised("".join(c for c in EVERY if not unprintable(c) and c not in "<&"))

    assert ElementTree.fromstring(f"<a>{allowed}</a>").text == allowed  # noqa: S314


def test_no_letter_number_or_sign_is_refused() -> None:
    assert {unicodedata.category(c) for c in EVERY if unprintable(c)} == {"Cc", "Cf", "Cn", "Cs"}
