from pathlib import Path

import pytest

from casebook.prepare.raw import read_table
from casebook.reading.mojibake import was


@pytest.mark.parametrize("wrong", ["latin-1", "mac-roman", "cp437"])
@pytest.mark.parametrize("text", ["Männlich", "5 µg – 10 µg", "≥ 20 °C", "“naïve”"])
def test_a_text_in_the_wrong_encoding_is_known(text: str, wrong: str) -> None:
    misread = text.encode().decode(wrong)
    if wrong == "latin-1":
        # Programs on Windows show the signs that Latin-1 has no letters for by those of their own.
        misread = "".join(
            sign.encode("latin-1").decode("cp1252", "ignore") or sign for sign in misread
        )

    assert was(misread) == text


@pytest.mark.parametrize(
    "text", ["Männlich", "SÃO PAULO", "Łódź", "5 µg", "‘naïve’", "Ã", "±2", "été – à", "√2", "Ω≈ç"]
)
def test_a_text_as_it_was_written_is_left_alone(text: str) -> None:
    assert was(text) == ""


def test_misread_texts_are_told_with_their_cells_and_what_they_were(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("ID,Grö\ufffde,Note\nP1,5,Ã¤lter â€“ 60\nP2,6,gut\n", "utf-8")

    remarks = read_table(tmp_path / "t.csv").remarks

    assert [(each.severity, each.row, each.column, each.value) for each in remarks] == [
        ("warning", 1, 2, "Grö\ufffde"),
        ("warning", 2, 3, "Ã¤lter â€“ 60"),
    ]
    assert "it was probably 'älter – 60'" in remarks[1].hint
