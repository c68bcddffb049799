"""A study without a table goes through the workflow."""

import shutil
from pathlib import Path

import pytest

from workflow import PRINTED, ROOT, small

CASE = ROOT / "tests/cases/summaries-alone"


@pytest.mark.slow
def test_a_study_without_a_table_is_made_and_made_again_where_its_claims_change(
    tmp_path: Path, warm: Path
) -> None:
    workflow = small(tmp_path / "casebook", commands=warm)
    shutil.copytree(CASE, tmp_path / "casebook/resources" / PRINTED)
    chosen = ("--config", "studies=[printed]")
    jobs = [
        "Checking the claims of the paper of printed",
        "Looking for changes since the last results of printed",
        "Writing down what the results of printed rest on",
        "Writing the report of printed",
    ]

    first, second = workflow.snakemake(*chosen), workflow.snakemake(*chosen)
    workflow.edit("resources/printed/claims.tsv", "51.6", "51.7")
    third = workflow.snakemake(*chosen)
    moved = (tmp_path / "casebook/results/printed/changes.csv").read_text(encoding="utf-8")
    fourth = workflow.snakemake(*chosen)

    assert first.status == 0, first.text
    assert "29 claims of a paper that prints summaries alone: 7 contradicted" in first.text
    assert first.jobs == third.jobs == jobs
    assert "Nothing to be done" in second.text
    assert "Nothing to be done" in fourth.text
    assert moved.splitlines()[1].startswith("compared,")
    assert not (tmp_path / "casebook/results/printed/results.csv").exists()
