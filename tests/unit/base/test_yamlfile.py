"""YAML as texts with their lines; and files that are damaged, or that make their reader hang."""

from pathlib import Path
from time import process_time
from typing import Any

import pytest

from casebook.base.yamlfile import Items, Keys, ModelFileError, Origin, parsed, read_yaml
from casebook.base.yamlparts import read_parts

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("study.yaml")


def read(file: Path, text: str | bytes) -> dict[str, Any]:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(file)


def refused(file: Path, text: str | bytes) -> str:
    with pytest.raises(ModelFileError) as error:
        read(file, text)
    return str(error.value)


def test_a_scalar_is_the_text_that_the_file_has(file: Path) -> None:
    text = "a: 007\nb: 1.10\nc: 2024-01-02\nd: no\ne: True\nf: .inf\ng: NULL\n1: '2'\nh: 1_000\n"

    assert read(file, text) == {
        "a": "007",
        "b": "1.10",
        "c": "2024-01-02",
        "d": "no",
        "e": "True",
        "f": ".inf",
        "g": "NULL",
        "1": "2",
        "h": "1_000",
    }


def test_an_empty_value_is_nothing_unless_it_is_in_quotes(file: Path) -> None:
    assert read(file, "a:\nb: ~\nc: null\nd: ''\ne: 'null'\n") == {
        "a": None,
        "b": None,
        "c": None,
        "d": "",
        "e": "null",
    }


def test_keys_and_items_know_their_lines(file: Path) -> None:
    content = read(file, "a: 1\nb:\n  - x\n  - c: [1,\n 2]\n")

    assert isinstance(content, Keys)
    assert content.origins == {"a": Origin("study.yaml", 1), "b": Origin("study.yaml", 2)}
    assert isinstance(content["b"], Items)
    assert [origin.line for origin in content["b"].origins.values()] == [3, 4]
    assert [origin.line for origin in content["b"][1]["c"].origins.values()] == [4, 5]


def test_a_text_that_is_asked_for_again_is_not_parsed_again(file: Path) -> None:
    text = "title: a\nlevels: [1, 2]\n"

    assert parsed(file, text) is parsed(file, text)
    assert parsed(file, text) == read(file, text)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(file: Path) -> None:
    assert read(file, b"\xef\xbb\xbfname: Attic\r\nshelf: oak\r\n") == {
        "name": "Attic",
        "shelf": "oak",
    }


def test_what_is_marked_can_be_repeated_and_merged(file: Path) -> None:
    text = "a: &a { x: 1, y: 2 }\nb: { <<: *a, y: 3 }\nc: [*a]\n"

    content = read(file, text)

    assert content["b"] == {"y": "3", "x": "1"}
    assert content["c"] == [{"x": "1", "y": "2"}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3\nb: 4\n", ", line 3: the key 'a' is already on line 1\n"
         "study.yaml, line 4: the key 'b' is already on line 2"),
        ("a:\n\tb: 1\n", ", line 2: a tab, where YAML allows only spaces; indent with spaces"),
        ("a: 1\nb\n", ", line 2: there is no colon after the key, here or on the line above"),
        ("a b\nc: 1\n", ", line 1: there is no colon after the key"),
        ("a:\n  b c\n  d: 1\n", ", line 2: there is no colon after the key"),
        ("a:\n-b\n", ", line 2: write a space after the hyphen before each item of a list, as in"
         " '- one'"),
        ("a:\n  - b\n  -c\nd: 1\n", ", line 3: write a space after the hyphen before each item of"
         " a list, as in '- one'"),
        ("a: b: c\n", ", line 1: a second colon on a line, or a line indented too far; put a text"
         ' with a colon in quotes, as in "a: b"'),
        ("a:\n   b: 1\n  c: 2\n", ", line 3: is not indented like the lines above; keys that"
         " belong together begin in the same column"),
        (" a: 1\nb: 2\n", ", line 2: is not indented like the lines above"),
        ("mark: *\n", ", line 1: a text cannot begin with * or &; put it in quotes"),
        ("mark: *x\n", ", line 1: there is no &x above that *x could repeat; put a text that begins"
         " with * in quotes"),
        ("unit: %\n", ", line 1: a text cannot begin with %; put it in quotes"),
        ("a: > 5\n", ", line 1: a text cannot begin with > or |; put it in quotes"),
        ("a: }\n", ", line 1: a text cannot begin with }; put it in quotes"),
        ("b: 1\na: \"x\nc: 1\n", ", line 2: a quotation mark is not closed"),
        ("a: 'don't'\n", ", line 1: something follows the closing quotation mark; put single"
         " quotes around the whole text, and write a single quote inside it twice"),
        ("a: [1, 2\nb: 1\n", ", line 2: a comma or a closing bracket is missing, here or on the"
         " line above"),
        ('at: { v0: g0 in ["none", "mild"] }\n', ", line 1: within { } and [ ], a text with"
         " brackets needs quotation marks around all of it, as in"
         """ { month3: 'grade in ["none", "mild"]' }"""),
        ('a: "\\d"\n', ", line 1: a backslash in a text in double quotes; use single quotes"
         " instead"),
        ("a: 1\n---\nb: 2\n", ", line 2: a second document; remove the line with ---"),
        ("a: !!int 1\n", ", line 1: the tag tag:yaml.org,2002:int is not known; remove it"),
        ("? [a]\n: b\n", ", line 1: a key must be text, not a list or keys"),
        ("a: { <<: 1 }\n", ", line 1: << takes keys and values, as in <<: *common"),
        ("a: 1\nb: \x07\n", ", line 2: holds U+0007, a control character, which cannot be printed;"
         " remove it"),
        ("a: 1\nb: \x00\n", ", line 2: holds U+0000, a control character, which cannot be printed;"
         " remove it"),
        ("a: 1\nb: Zoë\n".encode("latin-1"), ", line 2: not UTF-8 text; save the file as UTF-8 in"
         " an editor"),
        ("a: 1\n".encode("utf-16"), ": is UTF-16; save it as UTF-8 in an editor"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_with_its_line_and_how_to_mend_it(
    file: Path, text: str | bytes, told: str
) -> None:
    assert refused(file, text) == f"study.yaml{told}"


def test_a_file_that_is_not_there_is_told(file: Path) -> None:
    with pytest.raises(ModelFileError, match=r"^study\.yaml: no such file$"):
        read_yaml(file)


BOMB = (CASES / "yaml-bomb/study.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            BOMB,
            ", line 6: has more than 1,000,000 characters once all that * repeats is written out",
        ),
        ("a: " + "x" * 5_000_000, ": is longer than 1,000,000 characters"),
        ("a: &a [*a]\n", ", line 1: *a is inside the value that it repeats"),
        ("a: &a\n  b: *a\n", ", line 2: *a is inside the value that it repeats"),
        ("a: " + "[" * 1000 + "]" * 1000, ", line 1: is nested more than 30 deep"),
        ("a: " + "[" * 90_000, ", line 1: is nested more than 30 deep"),
        ("a: " + "{a: " * 1000 + "}" * 1000, ", line 1: is nested more than 30 deep"),
        ("a:\n " + "- " * 1000 + "x\n", ", line 2: is nested more than 30 deep"),
        ("".join(" " * n + "a:\n" for n in range(400)), ", line 32: is nested more than 30 deep"),
        ("? " * 1000, ", line 1: a key must be text, not a list or keys"),
    ],
)
def test_a_file_that_would_take_long_or_much_room_is_refused_at_once(
    file: Path, text: str, told: str
) -> None:
    began = process_time()

    assert refused(file, text) == f"study.yaml{told}"
    assert process_time() - began < 2


def test_a_file_of_100_000_characters_is_read_within_two_seconds(file: Path) -> None:
    text = "".join(f"a{n}: 1\n" for n in range(10_000))[:100_000]

    began = process_time()

    assert len(read(file, text)) == 10_000
    assert process_time() - began < 2


def test_a_file_may_have_a_million_characters(file: Path) -> None:
    text = "a: " + "x" * (10**6 - 3)

    assert len(read(file, text)["a"]) == 10**6 - 3
    assert refused(file, f"{text}x") == "study.yaml: is longer than 1,000,000 characters"


def test_of_thousands_of_repeated_parts_none_is_read_by_itself(file: Path) -> None:
    file.write_text("title: 1\n" * 8000, encoding="utf-8")

    content, told, broken = read_parts(file, ["title"])

    assert (content, len(told), broken) == ({"title": "1"}, 7999, {})
    assert {each.text for each in told} == {"the key 'title' is already on line 1"}


def test_a_part_that_is_nested_too_deep_is_refused_at_once(file: Path) -> None:
    file.write_text("title: " + "[" * 5000 + "]" * 5000 + "\n", encoding="utf-8")
    began = process_time()

    with pytest.raises(ModelFileError) as error:
        read_parts(file, ["title"])

    assert str(error.value) == "study.yaml, line 1: is nested more than 30 deep"
    assert process_time() - began < 2


def test_of_thousands_of_repeated_keys_the_first_are_told(file: Path) -> None:
    told = refused(file, "a: 1\n" * 8000).splitlines()

    assert len(told) == 51
    assert told[0] == "study.yaml, line 2: the key 'a' is already on line 1"
    assert told[-1] == "and at least 7,949 more"
