"""After every edit of a long random sequence, a run gives what a run from scratch gives."""

import hashlib
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from edits import EDITS
from workflow import PARTS, Digests, Workflow, small

SEED = 20261122
LENGTH = 50


class FromScratch:
    """Runs of the same sources in folders of their own, beside what else goes on.

    Sources that were run before are not run again: bytes do not depend on when they were made, as
    test_repeatable.py shows.
    """

    def __init__(self, folder: Path, pool: ThreadPoolExecutor) -> None:
        self._folder = folder
        self._pool = pool
        self._runs: dict[str, Future[Digests]] = {}

    def run(self, workflow: Workflow) -> Future[Digests]:
        """Begin a run of the workflow's sources as they are now, or give one that was begun."""
        digest = _digest_of_sources(workflow.folder)
        if digest not in self._runs:
            copied = replace(workflow, folder=self._folder / digest)
            shutil.copytree(workflow.folder, copied.folder, ignore=_made)
            self._runs[digest] = self._pool.submit(_results_of_a_run, copied)
        return self._runs[digest]


@contextmanager
def from_scratch(folder: Path) -> Iterator[FromScratch]:
    with ThreadPoolExecutor(max_workers=1) as pool:
        try:
            yield FromScratch(folder, pool)
        finally:
            pool.shutdown(cancel_futures=True)


def _made(folder: str, names: list[str]) -> set[str]:
    return {"results", ".snakemake", "__pycache__"}.intersection(names)


def _digest_of_sources(folder: Path) -> str:
    digest = hashlib.sha256()
    for part in PARTS:
        for path in sorted([folder / part, *(folder / part).rglob("*")]):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _results_of_a_run(workflow: Workflow) -> Digests:
    run = workflow.snakemake(cores=1)
    assert run.status == 0, run.text
    return workflow.results()


@pytest.mark.slow
def test_after_every_edit_the_results_are_those_of_a_run_from_scratch(
    warm: Path, tmp_path: Path
) -> None:
    random = Random(SEED)
    edits = [
        edit for _ in range(LENGTH // len(EDITS) + 1) for edit in random.sample(EDITS, len(EDITS))
    ]
    done = [f"seed {SEED}"]
    with from_scratch(tmp_path / "scratch") as scratch:
        workflow = small(tmp_path / "casebook", commands=warm)
        assert workflow.snakemake().status == 0
        workflow.compare_with_present()
        waiting: list[tuple[list[str], Digests, Future[Digests]]] = []

        for edit in edits[:LENGTH]:
            edit(workflow, random)
            done = [*done, edit.__name__]
            expected = scratch.run(workflow)
            run = workflow.snakemake(cores=1)
            assert run.status == 0, f"{done}\n{run.text}"
            waiting.append((done, workflow.results(), expected))
            while waiting and (waiting[0][2].done() or len(done) > LENGTH):
                _assert_same(*waiting.pop(0))


def _assert_same(done: list[str], found: Digests, expected: Future[Digests]) -> None:
    scratch = expected.result()
    other = {name for name in {*found, *scratch} if found.get(name) != scratch.get(name)}
    assert other == set(), f"after {', '.join(done)}"
