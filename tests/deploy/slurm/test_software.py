"""Slurm together with what else users run the steps in: conda environments, and containers."""

import shutil
from pathlib import Path

import pytest

from cluster import Cluster
from workflow import Digests, Workflow, copy, with_edited_rules

SLURM = ("snakemake", "--profile", "profiles/slurm")
SETTING = "PYTHONNOUSERSITE=1; "
"""What rules/common.smk puts before every command."""
NOTE = "python -Ic 'import sys; print(sys.prefix)' >> results/logs/prefixes.txt; "


@pytest.fixture
def workflow(tmp_path: Path) -> Workflow:
    """The workflow, every job of which writes down the prefix of its Python."""
    noting = copy(tmp_path / "casebook")
    (noting.folder / "results/logs").mkdir(parents=True)
    noting.edit("rules/common.smk", SETTING, SETTING + NOTE)
    return noting


def _prefixes(workflow: Workflow) -> set[Path]:
    lines = (workflow.folder / "results/logs/prefixes.txt").read_text(encoding="utf-8")
    return {Path(line) for line in lines.splitlines()}


@pytest.mark.usefixtures("conda")
def test_jobs_on_the_cluster_run_in_the_conda_environments(
    cluster: Cluster, workflow: Workflow, plain: Digests, tmp_path: Path
) -> None:
    environments = tmp_path / "environments"
    conda = ("--software-deployment-method", "conda", "--conda-prefix", str(environments))

    run = workflow.command(*SLURM, *conda)

    assert run.status == 0, run.text
    assert len(cluster.submissions()) == 2
    assert {prefix.parent for prefix in _prefixes(workflow)} == {environments}
    results = workflow.results()
    assert results == with_edited_rules(plain, results)


@pytest.mark.usefixtures("containers")
def test_jobs_on_the_cluster_run_in_the_container(
    cluster: Cluster, workflow: Workflow, image: Path, plain: Digests
) -> None:
    shutil.copytree(image.parent, workflow.folder / "containers", symlinks=True)
    known = len(cluster.submissions())

    run = workflow.command(*SLURM, "--workflow-profile", "profiles/container")

    assert run.status == 0, run.text
    assert len(cluster.submissions()) == known + 2
    assert {prefix.parent for prefix in _prefixes(workflow)} == {Path("/conda-envs")}
    results = workflow.results()
    assert results == with_edited_rules(plain, results)
