"""What the tests of all places have in common: the results of a plain run to compare with."""

import os
from typing import NoReturn

import pytest

from workflow import Workflow, copy

REQUIRED = os.environ.get("CASEBOOK_DEPLOY") == "required"


def cannot_run(reason: str) -> NoReturn:
    """Skip a test that this machine cannot run, saying why; fail where all are required."""
    (pytest.fail if REQUIRED else pytest.skip)(reason)


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a run on this machine, without conda, container or cluster."""
    workflow: Workflow = copy(tmp_path_factory.mktemp("plain") / "casebook")
    run = workflow.snakemake()
    assert run.status == 0, run.text
    return workflow.results()
