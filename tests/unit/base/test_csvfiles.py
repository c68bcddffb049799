import csv
import math
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.base import csvfiles
from casebook.base.csvfiles import (
    Sieve,
    list_text,
    read_columns,
    read_list,
    read_records,
    read_table,
    write_columns,
    write_records,
    write_table,
)
from formulas import FORMULAS, NUMBERS_AND_DASHES, OTHERS

HARD_TEXTS = ["", " ", "a,b", 'say "no"', "two\nlines", "two\r\nlines", "two\rlines", "−5 µg", ";",
              "\t", "\0", "'", "'quoted'"]  # fmt: skip


@dataclass(frozen=True)
class Shelf:
    label: str
    books: int


def seen_by_others(path: Path) -> list[list[str]]:
    """The cells as a program that knows nothing of casebook reads them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_list_of_all_patients_of_a_large_table_is_read_again(tmp_path: Path) -> None:
    patients = list_text(f"P{number:06}" for number in range(200_000))
    limit = csv.field_size_limit()

    write_table(tmp_path / "audit.csv", ["patients"], [[patients]])

    assert read_table(tmp_path / "audit.csv") == [{"patients": patients}]
    assert csv.field_size_limit() == limit


def test_a_table_is_utf8_with_commas_and_unix_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "new" / "table.csv"

    write_table(path, ["name", "note"], [["Zoë", "a, b"], ["x", ""]])

    assert path.read_bytes() == 'name,note\nZoë,"a, b"\nx,\n'.encode()


@pytest.mark.parametrize("text", HARD_TEXTS + FORMULAS + NUMBERS_AND_DASHES)
def test_any_text_comes_back_as_it_was_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.csv"

    write_table(path, ["first", "text"], [["1", text], ["2", "end"]])

    assert read_table(path) == [{"first": "1", "text": text}, {"first": "2", "text": "end"}]


texts = st.text(st.sampled_from("'=+-@\t\r\n ,\"1.ex") | st.characters(exclude_categories=["Cs"]))


@given(column=texts, rows=st.lists(texts))
def test_a_column_of_texts_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, column: str, rows: list[str]
) -> None:
    path = tmp_path_factory.mktemp("texts") / "table.csv"

    write_table(path, [column], [[row] for row in rows])

    assert read_table(path) == [{column: row} for row in rows]


@given(rows=st.lists(st.tuples(texts, texts)))
def test_columns_are_written_as_rows_are(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder, names = tmp_path_factory.mktemp("texts"), ["=first", "other"]
    columns = [[row[place] for row in rows] for place in (0, 1)]

    write_columns(folder / "columns.csv", names, columns)
    write_table(folder / "rows.csv", names, rows)

    assert (folder / "columns.csv").read_bytes() == (folder / "rows.csv").read_bytes()
    assert read_columns(folder / "rows.csv", names) == dict(zip(names, columns, strict=True))


@pytest.mark.parametrize("written", ["1\n2", "-3", "-3e5", "-3-5", "+3", "=3", "'-3", "", "3,5"])
def test_texts_among_many_numbers_are_written_as_alone(tmp_path: Path, written: str) -> None:
    numbers = [f"{number / 8}" for number in range(-100, 100)]
    column, others = [*numbers, written, *numbers], [str(n) for n in range(401)]

    write_columns(tmp_path / "columns.csv", ["one", "other"], [column, others])
    write_table(tmp_path / "rows.csv", ["one", "other"], zip(column, others, strict=True))

    assert (tmp_path / "columns.csv").read_bytes() == (tmp_path / "rows.csv").read_bytes()


@pytest.mark.parametrize("characters", range(1, 40))
def test_a_table_is_read_the_same_wherever_the_part_that_is_read_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, characters: int
) -> None:
    rows = [("plain", "'=1"), *((text, "x") for text in HARD_TEXTS), ("last", "-1")]
    write_table(tmp_path / "rows.csv", ["one", "other"], rows)
    monkeypatch.setattr(csvfiles, "_CHARACTERS", characters)
    sieve = Sieve(
        "x",
        lambda columns: [
            other != "x" or one == "two\nlines" for one, other in zip(*columns, strict=True)
        ],
    )

    columns = read_columns(tmp_path / "rows.csv", ["other", "one"])
    some = read_columns(tmp_path / "rows.csv", ["one"], sieve)

    assert list(zip(columns["one"], columns["other"], strict=True)) == rows
    assert some == {"one": [one for one, other in rows if other != "x" or one == "two\nlines"]}


@pytest.mark.parametrize("rows", ["1,2\n3\n", "1,2\n3,4,5\n", '1,2\n"3"\n', "1,2,3\n4\n"])
def test_rows_of_another_length_than_the_header_are_refused(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"one,other\n{rows}")

    with pytest.raises(ValueError, match="not as long as the header"):
        read_columns(path, ["one"])


@given(rows=st.lists(texts))
def test_no_text_is_a_formula_in_a_spreadsheet(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    path = tmp_path_factory.mktemp("texts") / "table.csv"

    write_table(path, ["text"], [[row] for row in rows])

    _, *found = seen_by_others(path)
    for (text,) in found:
        begin = text.strip()[:1] if text[:1] not in "\t\r" else text[:1]
        assert begin not in set("=+-@\t\r") or text.strip() in "+-" or math.isfinite(float(text))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_stands_behind_an_apostrophe(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.csv"

    write_table(path, [text], [[text]])

    assert seen_by_others(path) == [[f"'{text}"], [f"'{text}"]]


@pytest.mark.parametrize("text", OTHERS)
def test_numbers_dashes_and_other_texts_stay_as_they_are(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.csv"

    write_table(path, ["text", "number"], [[text, -7.5]])

    assert seen_by_others(path)[1] == [text, "-7.5"]


def test_records_come_back_with_their_types(tmp_path: Path) -> None:
    path, shelves = tmp_path / "shelves.csv", [Shelf("low", 12), Shelf("3", 0)]

    write_records(path, Shelf, shelves)

    assert path.read_text() == "label,books\nlow,12\n3,0\n"
    assert read_records(path, Shelf) == shelves


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Dot:
    colour: Colour
    places: tuple[int, ...] = ()


def test_words_and_lists_of_numbers_come_back_with_their_types(tmp_path: Path) -> None:
    path, dots = tmp_path / "dots.csv", [Dot(Colour.RED, (2, -3)), Dot(Colour.RED)]

    write_records(path, Dot, dots)

    assert path.read_text() == "colour,places\nred,2; -3\nred,\n"
    assert read_records(path, Dot) == dots
    assert isinstance(read_records(path, Dot)[0].colour, Colour)


def test_a_word_that_is_not_in_its_vocabulary_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dots.csv"
    path.write_text("colour,places\nblue,\n")

    with pytest.raises(ValueError, match="'blue' is not a valid Colour"):
        read_records(path, Dot)


def test_no_records_are_a_header_and_nothing_below(tmp_path: Path) -> None:
    path = tmp_path / "shelves.csv"

    write_records(path, Shelf, [])

    assert path.read_text() == "label,books\n"
    assert read_records(path, Shelf) == []


@dataclass(frozen=True)
class Choir:
    name: str
    singers: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("singers", "written"),
    [
        (("P01", "P02"), "P01; P02"),
        (("Doe, J.", "Roe, R."), "Doe, J.; Roe, R."),
        (("a; b", 'the "boss"', "c"), '"a; b"; "the ""boss"""; c'),
        (("",), '""'),
        ((), ""),
    ],
)
def test_a_list_of_texts_is_one_cell_and_comes_back_as_it_was(
    tmp_path: Path, singers: tuple[str, ...], written: str
) -> None:
    path = tmp_path / "choirs.csv"

    write_records(path, Choir, [Choir("low", singers)])

    assert seen_by_others(path)[1] == ["low", written]
    assert read_records(path, Choir) == [Choir("low", singers)]


@given(st.lists(st.text(max_size=6)))
def test_any_texts_are_told_apart_in_a_list(texts: list[str]) -> None:
    assert read_list(list_text(texts)) == tuple(texts)


@pytest.mark.parametrize("text", ["a;b", 'a; "b', ";", "a; ", '"a" b'])
def test_what_is_not_a_list_of_texts_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a list of texts"):
        read_list(text)
