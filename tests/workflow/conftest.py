"""Copies of the workflow that a test may change: as in a fresh clone, and after a full run."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from warm_processes import warm_processes
from workflow import PLAIN, SHOWN, Digests, Workflow, copy, small


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the commands of a workflow that start in no time."""
    with warm_processes(tmp_path_factory.mktemp("warm")) as commands:
        yield commands


@pytest.fixture
def fresh(warm: Path, tmp_path: Path) -> Workflow:
    """The workflow as it is in a fresh clone."""
    return copy(tmp_path / "casebook", warm)


@pytest.fixture(scope="session")
def _finished(made_once: Callable[[str, Callable[[Path], None]], Path], warm: Path) -> Path:
    def run_all(folder: Path) -> None:
        run = copy(folder, warm).snakemake()
        assert run.status == 0, run.text
        (folder / SHOWN).write_text(run.text, encoding="utf-8")

    return made_once("finished", run_all)


@pytest.fixture
def finished(_finished: Path, warm: Path, tmp_path: Path) -> Workflow:
    """The workflow after a full run, in a copy that a test may change."""
    shutil.copytree(_finished, tmp_path / "finished")
    return Workflow(tmp_path / "finished", commands=warm)


@pytest.fixture(scope="session")
def plain(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Digests:
    """What a clean run of the small study makes in its own folder, where nothing is special."""

    def run_plainly(folder: Path) -> None:
        run = small(folder, PLAIN).snakemake()
        assert run.status == 0, run.text

    return Workflow(made_once("plain", run_plainly)).results()
