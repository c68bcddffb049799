from pathlib import Path
from shutil import copyfile, copytree

import pytest

from casebook.digests import code_digest, file_digest, foreign_packages, own_modules

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def command(tmp_path: Path) -> Path:
    files = {
        "run.py": "def main():\n    from house.room import wall\n    import json, numpy.linalg\n",
        "house/__init__.py": "",
        "house/room.py": "from house import brick\nfrom house.pages import render\n",
        "house/brick.py": "weight = 1\n",
        "house/pages.py": "",
        "house/unused.py": "",
        "house/templates/page.html": "<p>",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "run.py"


def digest(command: Path) -> str:
    own_modules.cache_clear()
    code_digest.cache_clear()
    return code_digest(command)


def test_a_digest_is_of_contents_in_their_order_and_not_of_names(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abc"]
    for path, text in zip(paths, ("one", "two", "one"), strict=True):
        path.write_text(text)

    first, other, same = paths

    assert file_digest([first, other]) == file_digest([same, other])
    assert file_digest([first, other]) != file_digest([other, first])
    assert len(file_digest([first])) == 16


def test_a_text_moved_from_one_file_to_the_next_is_another_digest(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("ab")
    two.write_text("c")
    before = file_digest([one, two])

    one.write_text("a")
    two.write_text("bc")

    assert file_digest([one, two]) != before


def test_the_modules_of_a_command_are_all_that_it_imports_however_deep(command: Path) -> None:
    own_modules.cache_clear()

    found = [path.relative_to(command.parent).as_posix() for path in own_modules(command)]

    assert found == [
        "house/__init__.py", "house/brick.py", "house/pages.py", "house/room.py", "run.py"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("run.py", True),
        ("house/brick.py", True),
        ("house/templates/page.html", True),
        ("house/unused.py", False),
    ],
)
def test_the_digest_of_a_command_follows_what_it_imports_and_nothing_else(
    command: Path, name: str, counts: bool
) -> None:
    before = digest(command)

    path = command.parent / name
    path.write_text(path.read_text() + "\n")

    assert (digest(command) != before) is counts


def test_a_command_in_another_folder_has_the_same_digest(command: Path) -> None:
    moved = command.parent / "deeper" / "zz"
    copytree(command.parent / "house", moved / "house")
    copyfile(command, moved / "run.py")

    assert digest(moved / "run.py") == digest(command)


def test_packages_from_elsewhere_are_named_at_their_top_and_the_standard_library_is_not(
    command: Path,
) -> None:
    assert foreign_packages(command) == {"numpy"}


@pytest.mark.parametrize("name", ["cohorts", "summarise", "collect", "ingest"])
def test_steps_that_come_often_load_nothing_heavy_from_casebook(name: str) -> None:
    found = {path.stem for path in own_modules(SCRIPTS / f"{name}.py")}

    assert not found & {"style", "pages", "report", "publish"}


def test_a_template_is_part_of_the_report_and_the_tables() -> None:
    modules = {name: own_modules(SCRIPTS / f"{name}.py") for name in ("report", "tables")}

    assert all("pages.py" in {path.name for path in found} for found in modules.values())
