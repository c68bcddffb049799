"""The documentation says what is so: parts made from the code, and commands that work."""

import difflib
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

import pages
from workflow import ROOT, Run, Workflow

TUTORIAL = "docs/tutorial-spreadsheet.md"
OF_A_PAPER = "docs/tutorial-paper.md"
OF_REDCAP = "docs/tutorial-redcap.md"
SMALLEST = "docs/smallest-study.md"
RECIPES = "docs/recipes.md"


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


def _anchors(page: Path) -> set[str]:
    """What a link can lead to on a page: its headings, as GitHub turns them into anchors."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_heading_that_the_documentation_links_to_is_there() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for link, anchor in re.findall(r"\]\(([^)#:]*\.md)?#([^)]+)\)", text):
            there = _anchors(page.parent / link if link else page)
            assert anchor in there, f"{page.name} links to {link}#{anchor}"


def test_every_page_is_a_click_away_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [p.name for p in (ROOT / "docs").glob("*.md") if f"](docs/{p.name})" not in readme] == []


def test_every_place_in_the_code_that_the_map_names_is_there() -> None:
    text = (ROOT / "docs/development.md").read_text(encoding="utf-8")

    for place in re.findall(r"`([a-z_]+/[\w./]*)(?:\(\w+\))?`", text):
        module, _, attribute = place.partition(".")
        library = ROOT / "scripts/casebook" / module
        there = (ROOT / place).exists() or library.is_dir()
        if (code := library.with_suffix(".py")).exists():
            there = not attribute or f" {attribute}(" in code.read_text(encoding="utf-8")
        assert there or (ROOT / "scripts/casebook" / place).exists(), place


def _with_a_spreadsheet(workflow: Workflow) -> None:
    """Lay the files of the tutorials, and the command of the present code, where pages are."""
    shutil.copytree(ROOT / "docs/tutorial", workflow.folder / "docs/tutorial")
    book = load_workbook(ROOT / "docs/tutorial/arthritis.xlsx")
    # Without the mistake that the tutorial is about
    book.worksheets[0]["I8"] = 4.1
    book.save(workflow.folder / "my.xlsx")
    command = workflow.folder / "bin/casebook"
    command.parent.mkdir()
    code = "from casebook.cli.main import main; raise SystemExit(main())"
    command.write_text(f'#!/bin/sh\nPYTHONPATH=scripts exec {sys.executable} -c "{code}" "$@"\n')
    command.chmod(0o755)


def _run(workflow: Workflow, command: str) -> Run:
    return workflow.command("bash", "-c", f'PATH="$PWD/bin:$PATH"; {command}')


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", ["README.md", "docs/updating.md", TUTORIAL, OF_A_PAPER, OF_REDCAP, SMALLEST]
)
def test_the_commands_of_a_page_work(finished: Workflow, page: str) -> None:
    commands = pages.commands(pages.text_of(page))
    _with_a_spreadsheet(finished)

    assert len(commands) > 3
    printed = ""
    for command in commands:
        run = _run(finished, command)
        printed += run.text
        assert run.status == ("# finds a mistake" in command), f"{command}\n{run.text}"
    for text in pages.blocks(pages.text_of(page), ""):
        assert text in printed


@pytest.mark.slow
def test_the_commands_of_the_recipes_work_one_after_another(fresh: Workflow) -> None:
    _with_a_spreadsheet(fresh)

    for command in pages.commands(pages.text_of(RECIPES)):
        run = _run(fresh, command)
        assert run.status == 0, f"{command}\n{run.text}"

    assert run.jobs == []
    assert (fresh.folder.parent / "studies/results/itch/report.html").is_file()


@pytest.mark.slow
def test_what_the_tutorial_shows_of_a_draft_is_in_it(fresh: Workflow) -> None:
    _with_a_spreadsheet(fresh)
    page = pages.text_of(TUTORIAL)
    *commands, _ = pages.commands(page)

    printed = [_run(fresh, command).text for command in commands]

    draft = (fresh.folder / "resources/arthritis/study.yaml").read_text(encoding="utf-8")
    (shown,) = pages.blocks(page, "yaml")
    (told,) = pages.blocks(page, "")
    assert shown in draft
    assert told in "".join(printed)
    assert (
        "range: [0, 10] # review: cells are from 2 to 6.9, but for 41 (or 4.1?), far from" in draft
    )
    assert printed[-1].startswith("resources/arthritis: no mistakes found; 1 warning:\n")
    assert "guesses of the draft are not reviewed yet" in printed[-1]


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
