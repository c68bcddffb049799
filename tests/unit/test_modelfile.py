from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict

from casebook.modelfile import ModelFileError, Problem, raise_problems, read_yaml, validate


class Shelf(BaseModel):
    model_config = ConfigDict(extra="forbid")
    width: float
    wood: Literal["oak", "pine"] = "oak"


class Room(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    shelves: dict[str, Shelf] = {}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("room.yaml")


def mistakes(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelFileError) as error:
        validate(path, read_yaml(path), Room)
    return str(error.value)


def test_a_file_without_mistakes_is_read(room: Path) -> None:
    room.write_text("name: Attic\nshelves:\n  a: { width: 2, wood: pine }\n")

    model = validate(room, read_yaml(room), Room)

    assert model == Room(name="Attic", shelves={"a": Shelf(width=2, wood="pine")})


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(room: Path) -> None:
    room.write_bytes(b"\xef\xbb\xbfname: Attic\r\nshelves: {}\r\n")

    assert validate(room, read_yaml(room), Room) == Room(name="Attic")


def test_no_is_a_text_and_not_false(room: Path) -> None:
    room.write_text("name: NO\n")

    assert validate(room, read_yaml(room), Room).name == "NO"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nam: Attic\nname: A\n", "room.yaml, line 1: nam: no such key; allowed: name, shelves;"
         " did you mean 'name'?"),
        ("name: A\nshelves:\n  a:\n    width: 1\n    wdth: 2\n", "room.yaml, line 5:"
         " shelves.a.wdth: no such key; allowed: width, wood; did you mean 'width'?"),
        ("name: A\nshelves:\n  a:\n    wood: oak\n", "room.yaml, line 3: shelves.a.width:"
         " is required"),
        ("name: A\nshelves:\n  a:\n    width: 1\n    wood: pinn\n", "room.yaml, line 5:"
         " shelves.a.wood: 'pinn' is not allowed; allowed: 'oak' or 'pine';"
         " did you mean 'pine'?"),
        ("name: 2024\n", "room.yaml, line 1: name: must be a text, found 2024; put it in quotes"),
        ("name: [a]\n", "room.yaml, line 1: name: must be a text, found ['a']"),
        ("shelves: {}\n", "room.yaml: name: is required"),
        ("", "room.yaml: must hold keys and values, as in 'title: My study'"),
        ("- a\n", "room.yaml: must hold keys and values, as in 'title: My study'"),
        ("name: A\n\tx: 1\n", "room.yaml, line 2: found character '\\t' that cannot start any"
         " token; look for a missing colon, quotation mark or space, here or on the line above"),
        ("name: A\nshelves\n", "room.yaml, line 3: could not find expected ':'; look for a missing"
         " colon, quotation mark or space, here or on the line above"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_line_and_key(room: Path, text: str, expected: str) -> None:
    assert mistakes(room, text) == expected


def test_all_mistakes_come_at_once_in_the_order_of_the_file(room: Path) -> None:
    text = "shelves:\n  a:\n    width: wide\n    wood: pinn\nname: 1\n"

    lines = mistakes(room, text).splitlines()

    assert [line.split(": ")[:2] for line in lines] == [
        ["room.yaml, line 3", "shelves.a.width"],
        ["room.yaml, line 4", "shelves.a.wood"],
        ["room.yaml, line 5", "name"],
    ]


def test_problems_are_in_the_order_of_lines_also_where_lines_have_two_digits(room: Path) -> None:
    text = "name: 1\n" + "#\n" * 10 + "shelves:\n  a: { width: x }\n"

    lines = mistakes(room, text).splitlines()

    assert [line.partition(":")[0] for line in lines] == ["room.yaml, line 1", "room.yaml, line 13"]


def test_a_key_that_stands_twice_is_a_mistake_on_its_line(room: Path) -> None:
    text = "name: A\nshelves: {}\nname: B\n"

    found = mistakes(room, text)

    assert found.startswith('room.yaml, line 3: found duplicate key "name"')


@pytest.mark.parametrize(
    "text",
    ["name: A\nshelves: x\n", "name: A\nshelves: []\n", "name: A\nshelves: { a: oak }\n"],
)
def test_a_wrong_shape_is_told_in_words_of_yaml_and_not_of_python(room: Path, text: str) -> None:
    found = mistakes(room, text)

    assert "dictionary" not in found
    assert "instance of" not in found


def test_a_missing_file_and_a_file_that_is_not_utf8_are_told(room: Path) -> None:
    with pytest.raises(ModelFileError, match=r"^room\.yaml: no such file$"):
        read_yaml(room)

    room.write_bytes("name: Zoë".encode("latin-1"))

    with pytest.raises(ModelFileError, match=r"^room\.yaml: not UTF-8 text at byte 8$"):
        read_yaml(room)


@pytest.mark.parametrize(
    "text", ["name: a\x07b\n", 'name: "x\n', "name: *x\n", "a: 1\n---\nb: 2\n"]
)
def test_broken_yaml_is_an_error_of_the_user(room: Path, text: str) -> None:
    assert mistakes(room, text).startswith("room.yaml")


def test_a_tag_runs_nothing(room: Path) -> None:
    room.write_text('name: !!python/object/apply:os.mkdir ["made"]\n')

    with pytest.raises(ModelFileError):
        validate(room, read_yaml(room), Room)

    assert not Path("made").exists()


def test_content_without_lines_is_checked_too() -> None:
    content: Mapping[str, object] = {"name": 1}

    with pytest.raises(ModelFileError) as error:
        validate("config.yaml", content, Room)

    assert str(error.value) == "config.yaml: name: must be a text, found 1; put it in quotes"


def test_no_problems_raise_nothing() -> None:
    raise_problems("room.yaml", {}, [])


def test_a_problem_at_a_place_that_is_not_in_the_file_has_the_line_of_the_nearest_key(
    room: Path,
) -> None:
    room.write_text("name: A\nshelves:\n  a: {}\n")

    with pytest.raises(ModelFileError) as error:
        raise_problems(room, read_yaml(room), [Problem(("shelves", "a", "wood"), "is rotten")])

    assert str(error.value) == "room.yaml, line 3: shelves.a.wood: is rotten"
