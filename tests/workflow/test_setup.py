"""`make` from a fresh clone: it sets itself up, once, or says what is missing."""

import shutil
import subprocess
from pathlib import Path

import pytest

from workflow import ROOT, STUDY, Workflow

# A stand-in for an old interpreter: it answers just what the Makefile asks.
OLD_PYTHON = """#!/bin/sh
[ "$1" = --version ] && echo "Python 3.10.13" && exit 0
exit 1
"""


def test_a_python_that_is_too_old_is_named(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    old = tmp_path / "old-python"
    old.write_text(OLD_PYTHON)
    old.chmod(0o755)

    run = Workflow(tmp_path).command("make", f"PYTHON={old}")

    assert run.status == 2
    assert f"casebook needs Python 3.11 or newer, and '{old}' is Python 3.10.13." in run.text
    assert not (tmp_path / ".venv").exists()


@pytest.mark.slow
def test_make_in_a_fresh_clone_gives_the_report_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", ROOT, tmp_path / "casebook"], check=True)
    clone = Workflow(tmp_path / "casebook")

    first, second = clone.command("make"), clone.command("make")
    check = clone.command(".venv/bin/casebook", "check")

    assert first.status == 0, first.text
    assert "10.5 (7.75–17.25)" in clone.result("report.html").read_text(encoding="utf-8")
    assert f"The report of {STUDY} is" in first.text
    assert check.text == f"resources/{STUDY}: no mistakes found\n"
    assert "Setting up" not in second.text
    assert "Nothing to be done" in second.text
