"""Copies of the workflow that a test may change: as in a fresh clone, and after a full run."""

import shutil
from pathlib import Path

import pytest

from workflow import Workflow, copy


@pytest.fixture
def fresh(tmp_path: Path) -> Workflow:
    """The workflow as it is in a fresh clone."""
    return copy(tmp_path / "casebook")


@pytest.fixture(scope="session")
def _finished(tmp_path_factory: pytest.TempPathFactory) -> Workflow:
    workflow = copy(tmp_path_factory.mktemp("finished") / "casebook")
    run = workflow.snakemake()
    assert run.status == 0, run.text
    return workflow


@pytest.fixture
def finished(_finished: Workflow, tmp_path: Path) -> Workflow:
    """The workflow after a full run, in a copy that a test may change."""
    shutil.copytree(_finished.folder, tmp_path / "finished")
    return Workflow(tmp_path / "finished")
