"""Copies of the workflow that a test may change: as in a fresh clone, and after a full run."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from workflow import Workflow, copy


@pytest.fixture
def fresh(tmp_path: Path) -> Workflow:
    """The workflow as it is in a fresh clone."""
    return copy(tmp_path / "casebook")


@pytest.fixture(scope="session")
def _finished(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    return made_once("finished", _run)


def _run(folder: Path) -> None:
    run = copy(folder).snakemake()
    assert run.status == 0, run.text


@pytest.fixture
def finished(_finished: Path, tmp_path: Path) -> Workflow:
    """The workflow after a full run, in a copy that a test may change."""
    shutil.copytree(_finished, tmp_path / "finished")
    return Workflow(tmp_path / "finished")
