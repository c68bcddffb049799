from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict

from casebook.base.modelfile import Problem, raise_problems, validate
from casebook.base.yamlfile import ModelFileError, read_yaml

AS_IN = "as in 'title: My study', with a space after the colon"


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
        ("name:\n", "room.yaml, line 1: name: must be text, found nothing"),
        ("name: [a]\n", "room.yaml, line 1: name: must be text, found a list"),
        ("name: { a: b }\n", "room.yaml, line 1: name: must be text, found keys and values"),
        ("shelves: {}\n", "room.yaml: name: is required"),
        ("", f"room.yaml: must hold keys and values, {AS_IN}"),
        ("- a\n", f"room.yaml: must hold keys and values, {AS_IN}"),
        ("name:Attic\n", f"room.yaml: must hold keys and values, {AS_IN}"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_line_and_key(room: Path, text: str, expected: str) -> None:
    assert mistakes(room, text) == expected


def test_all_mistakes_come_at_once_in_the_order_of_the_file(room: Path) -> None:
    text = "shelves:\n  a:\n    width: wide\n    wood: pinn\nname: [1]\n"

    lines = mistakes(room, text).splitlines()

    assert [line.split(": ")[:2] for line in lines] == [
        ["room.yaml, line 3", "shelves.a.width"],
        ["room.yaml, line 4", "shelves.a.wood"],
        ["room.yaml, line 5", "name"],
    ]


def test_problems_are_in_the_order_of_lines_also_where_lines_have_two_digits(room: Path) -> None:
    text = "name: [1]\n" + "#\n" * 10 + "shelves:\n  a: { width: x }\n"

    lines = mistakes(room, text).splitlines()

    assert [line.partition(":")[0] for line in lines] == ["room.yaml, line 1", "room.yaml, line 13"]


@pytest.mark.parametrize(
    "text",
    ["name: A\nshelves: x\n", "name: A\nshelves: []\n", "name: A\nshelves: { a: oak }\n"],
)
def test_a_wrong_shape_is_told_in_words_of_yaml_and_not_of_python(room: Path, text: str) -> None:
    found = mistakes(room, text)

    assert "dictionary" not in found
    assert "instance of" not in found


def test_content_without_lines_is_checked_too() -> None:
    content: Mapping[str, object] = {"name": [1]}

    with pytest.raises(ModelFileError) as error:
        validate("config.yaml", content, Room)

    assert str(error.value) == "config.yaml: name: must be text, found a list"


def test_of_very_many_mistakes_the_first_are_told_and_how_many_more_there_are(room: Path) -> None:
    lines = mistakes(room, "name: A\n" + "".join(f"x{n}: 1\n" for n in range(80))).splitlines()

    assert len(lines) == 51
    assert lines[0].startswith("room.yaml, line 2: x0: no such key; ")
    assert lines[-1] == "and 30 more"


def test_a_long_text_is_told_by_its_beginning(room: Path) -> None:
    told = mistakes(room, f"name: A\nshelves: {{ a: {{ width: {'9' * 5000}x }} }}\n")

    assert told.startswith("room.yaml, line 2: shelves.a.width: must be a number")
    assert len(told) < 200


def test_no_problems_raise_nothing() -> None:
    raise_problems("room.yaml", {}, [])


def test_a_problem_at_a_place_that_is_not_in_the_file_has_the_line_of_the_nearest_key(
    room: Path,
) -> None:
    room.write_text("name: A\nshelves:\n  a: {}\n")

    with pytest.raises(ModelFileError) as error:
        raise_problems(room, read_yaml(room), [Problem(("shelves", "a", "wood"), "is rotten")])

    assert str(error.value) == "room.yaml, line 3: shelves.a.wood: is rotten"


def test_the_schema_that_mistakes_are_told_by_is_made_once(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hall(Room):
        pass

    made: list[str] = []
    schema = Hall.model_json_schema()
    monkeypatch.setattr(Hall, "model_json_schema", lambda: made.append("schema") or schema)

    for _ in range(3):
        with pytest.raises(ModelFileError, match="nme: no such key"):
            validate(room, {"nme": "Attic"}, Hall)

    assert made == ["schema"]
