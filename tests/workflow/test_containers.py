"""What makes the container image is as it would be made now, and a run without one says so."""

import os
import shutil
from pathlib import Path

import pytest

from workflow import ROOT, Workflow

# A stand-in for conda: it answers just what Snakemake asks before it writes a Dockerfile.
CONDA = """#!/bin/sh
case "$*" in
    --version) echo "conda 24.7.1" ;;
    "info --json") echo '{"conda_prefix": "/opt/conda", "platform": "linux-64"}' ;;
    "config --get channel_priority --json") echo '{"get": {"channel_priority": "strict"}}' ;;
    *) exit 2 ;;
esac
"""


@pytest.fixture
def conda(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in for conda, on PATH."""
    command = tmp_path / "bin" / "conda"
    command.parent.mkdir()
    command.write_text(CONDA, encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")


def test_the_dockerfile_is_what_make_containerize_writes(conda: None, fresh: Workflow) -> None:
    shutil.copy2(ROOT / "Makefile", fresh.folder)
    (fresh.folder / "containers").mkdir()
    shutil.copy2(ROOT / "containers/whole.dockerfile", fresh.folder / "containers")

    # What .venv would hold runs this test already.
    run = fresh.command("make", "--assume-old=.venv/runs", "containerize")

    assert run.status == 0, run.text
    assert (fresh.folder / "Dockerfile").read_text() == (ROOT / "Dockerfile").read_text()


def test_a_run_in_containers_without_an_image_says_how_to_make_one(fresh: Workflow) -> None:
    run = fresh.snakemake("--profile", "profiles/container")

    assert run.status == 1
    assert "There is no image containers/casebook.sif: `make image` builds one" in run.text
    assert "Traceback" not in run.text
