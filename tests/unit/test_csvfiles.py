from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.csvfiles import read_records, read_table, write_records, write_table

HARD_TEXTS = ["", " ", "a,b", 'say "no"', "two\nlines", "two\r\nlines", "−5 µg", ";", "\t"]


@dataclass(frozen=True)
class Shelf:
    label: str
    books: int


def test_a_table_is_utf8_with_commas_and_unix_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "new" / "table.csv"

    write_table(path, ["name", "note"], [["Zoë", "a, b"], ["x", ""]])

    assert path.read_bytes() == 'name,note\nZoë,"a, b"\nx,\n'.encode()


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_any_text_comes_back_as_it_was_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.csv"

    write_table(path, ["first", "text"], [["1", text], ["2", "end"]])

    assert read_table(path) == [{"first": "1", "text": text}, {"first": "2", "text": "end"}]


@given(rows=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))))
@settings(max_examples=40, deadline=None)
def test_a_column_of_texts_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    path = tmp_path_factory.mktemp("texts") / "table.csv"

    write_table(path, ["text"], [[row] for row in rows])

    assert [row["text"] for row in read_table(path)] == rows


def test_records_come_back_with_their_types(tmp_path: Path) -> None:
    path, shelves = tmp_path / "shelves.csv", [Shelf("low", 12), Shelf("3", 0)]

    write_records(path, Shelf, shelves)

    assert path.read_text() == "label,books\nlow,12\n3,0\n"
    assert read_records(path, Shelf) == shelves


def test_no_records_are_a_header_and_nothing_below(tmp_path: Path) -> None:
    path = tmp_path / "shelves.csv"

    write_records(path, Shelf, [])

    assert path.read_text() == "label,books\n"
    assert read_records(path, Shelf) == []
