"""What `config.yaml` and the command line say together, and what is wrong with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.base.yamlfile import ModelFileError
from casebook.study.config import load_config, read_config, study_names

Make = Callable[..., Path]


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_studies_of_a_configuration_are_loaded(make_study: Make) -> None:
    make_study()

    assert study_names({"studies": ["study"]}, Path()) == ("study",)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"studies": ["studdy"]}, "config.yaml: studies.0: 'studdy' is not a study (a new one needs"
         " a folder of its name in ., with a study.yaml in it); allowed: study; did you mean"
         " 'study'?"),
        ({"studies": ["ra, derma"]}, "config.yaml: studies.0: 'ra, derma' cannot be a name; give"
         " each name a line of its own, or write ra_derma (a name begins with a letter, and has"
         " small letters from a to z, digits and _ or -, 64 at most)"),
        ({"studies": "-ra - derma"}, "config.yaml: studies: must be a list, as in [one, two],"
         " found '-ra - derma'; write a space after the hyphen before each item of a list, as in"
         " '- one'"),
        ({"studies": ["../study"]}, "config.yaml: studies.0: '../study' cannot be a name; write"
         " study (a name begins with a letter, and has small letters from a to z, digits and _ or"
         " -, 64 at most)"),
        ({"studys": ["study"]}, "config.yaml: studys: no such key; allowed: compare, image,"
         " studies; did you mean 'studies'?"),
        ({"image": "x", "folders": ["study"]}, "config.yaml: studies: is required\n"
         "config.yaml: folders: no such key; allowed: compare, image, studies"),
        ({"studys": ["study"], "studies": ["study"]}, "config.yaml: studys: no such key; allowed:"
         " compare, image, studies; did you mean 'studies'?"),
        ({"studies": ["study"], "compare": {"studdy": "old"}}, "config.yaml: compare.studdy:"
         " 'studdy' is not a study; allowed: study; did you mean 'study'?"),
        ({"studies": ["study"], "compare": "old"}, "config.yaml: compare: must hold keys and"
         " values, found 'old'"),
        ({}, "config.yaml: studies: is required"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_configuration_is_named(
    make_study: Make, config: dict[str, object], expected: str
) -> None:
    make_study()

    with pytest.raises(ModelFileError) as error:
        study_names(config, Path())

    assert str(error.value) == expected


def test_one_study_in_the_place_of_the_list_is_told_in_plain_words(make_study: Make) -> None:
    make_study()

    with pytest.raises(ModelFileError) as error:
        study_names({"studies": "study"}, Path())

    assert "tuple" not in str(error.value)


def test_the_command_line_overrules_files_and_a_later_file_an_earlier_one() -> None:
    Path("one.yaml").write_text("studies: [a]\nimage: x\ncompare: { a: old, b: old }\n")
    Path("two.yaml").write_text("studies: [b]\ncompare: { b: new }\n")

    content = read_config([Path("one.yaml"), Path("two.yaml")], {"compare": {"c": "c"}})

    config = load_config(content)
    assert config.studies == ("b",)
    assert config.image == "x"
    assert config.compare == {"a": "old", "b": "new", "c": "c"}


def test_each_mistake_is_told_where_it_was_made() -> None:
    Path("config.yaml").write_text("# which\nstudies: [Own]\n\nimage:\n")
    Path("other.yaml").write_text("\ncompare: old\n")

    with pytest.raises(ModelFileError) as error:
        load_config(read_config([Path("config.yaml"), Path("other.yaml")], {"imagge": 1}))

    lines = [line.split(": ")[:2] for line in str(error.value).splitlines()]
    assert lines == [
        ["--config", "imagge"],
        ["config.yaml, line 2", "studies.0"],
        ["config.yaml, line 4", "image"],
        ["other.yaml, line 2", "compare"],
    ]


def test_a_value_of_the_command_line_is_told_as_such() -> None:
    Path("config.yaml").write_text("studies: [study]\n")

    with pytest.raises(ModelFileError) as error:
        study_names(read_config([Path("config.yaml")], {"studies": ["other"]}), Path())

    assert str(error.value).startswith("--config: studies.0: 'other' is not a study (")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("studies: [a]\nstudies: [b]\n", "line 2: the key 'studies' is already on line 1"),
        ("a: &a [*a]\n", "line 1: *a is inside the value that it repeats"),
        ("studies: " + "[" * 1000, "line 1: is nested more than 30 deep"),
        ("studies:\n\t- a\n", "line 2: a tab, where YAML allows only spaces; indent with spaces"),
    ],
)
def test_a_damaged_configuration_is_told_with_its_line(text: str, told: str) -> None:
    Path("config.yaml").write_text(text)

    with pytest.raises(ModelFileError) as error:
        read_config([Path("config.yaml")], {})

    assert str(error.value) == f"config.yaml, {told}"


def test_without_a_configuration_it_is_told_what_one_says() -> None:
    with pytest.raises(ModelFileError, match=r"^config\.yaml: no such file; .*\[my-study\]"):
        read_config([Path("config.yaml")], {"studies": ["my-study"]})
