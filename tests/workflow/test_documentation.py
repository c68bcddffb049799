"""The documentation says what is so: parts made from the code, and commands that work."""

import difflib
import os
import re
import runpy
import shlex
import subprocess
import sys

import pytest

from workflow import ROOT, Workflow


def _commands(page: str) -> list[str]:
    """The commands of a page's code blocks, but for those that set up and test casebook."""
    blocks = re.findall(r"```bash\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith(("make", "source"))]


def test_what_is_made_from_the_code_is_up_to_date() -> None:
    generated = runpy.run_path(str(ROOT / "docs/generate.py"))["generated"]()

    for path, text in generated.items():
        found = path.read_text(encoding="utf-8")
        changes = difflib.unified_diff(found.splitlines(), text.splitlines(), lineterm="")
        assert found == text, "run `make docs`:\n" + "\n".join(changes)


def test_every_file_that_the_documentation_links_to_is_there() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_every_place_in_the_code_that_the_map_names_is_there() -> None:
    text = (ROOT / "docs/development.md").read_text(encoding="utf-8")

    for place in re.findall(r"`([a-z_]+/[\w./]*)(?:\(\w+\))?`", text):
        module, _, attribute = place.partition(".")
        library = ROOT / "scripts/casebook" / module
        there = (ROOT / place).exists() or library.is_dir()
        if (code := library.with_suffix(".py")).exists():
            there = not attribute or f" {attribute}(" in code.read_text(encoding="utf-8")
        assert there or (ROOT / "scripts/casebook" / place).exists(), place


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/updating.md"])
def test_the_commands_of_a_page_work(finished: Workflow, page: str) -> None:
    commands = _commands(page)

    assert len(commands) > 4
    for command in commands:
        run = finished.command(*shlex.split(command))
        assert run.status == 0, f"{command}\n{run.text}"


@pytest.mark.parametrize("file", ["LICENSE", "CITATION.cff", "CHANGELOG.md"])
def test_the_repository_carries_its_papers(file: str) -> None:
    assert (ROOT / file).read_text(encoding="utf-8").strip()


@pytest.mark.slow
def test_the_count_of_planted_errors_is_up_to_date() -> None:
    page = subprocess.run(
        [sys.executable, "benchmarks/planted_errors.py"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "scripts"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert page == (ROOT / "docs/planted-errors.md").read_text(encoding="utf-8"), (
        "run `make planted-errors`"
    )
