"""The whole workflow on a real Slurm, with the profile that users take."""

from dataclasses import dataclass

import pytest

from cluster import NODE_CPUS, NODE_MEM_MB, Cluster, Submission
from workflow import STUDY, Digests, Run, Workflow, copy


@dataclass(frozen=True)
class Finished:
    """The workflow after a full run, and what was submitted for it."""

    workflow: Workflow
    run: Run
    submissions: list[Submission]


@pytest.fixture(scope="module")
def finished(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    workflow = copy(tmp_path_factory.mktemp("slurm") / "casebook")
    run = workflow.command("snakemake", "--profile", "profiles/slurm")
    assert run.status == 0, run.text
    return Finished(workflow, run, cluster.submissions())


def test_the_results_are_those_of_a_run_without_a_cluster(
    finished: Finished, plain: Digests
) -> None:
    assert finished.workflow.results() == plain


def test_one_submission_carries_all_cohorts_and_one_all_figures(finished: Finished) -> None:
    groups = [submission.name.split("_")[0] for submission in finished.submissions]

    assert groups == ["snakejob.cohorts", "snakejob.figures"]
    assert {submission.state for submission in finished.submissions} == {"COMPLETED"}


def test_no_submission_is_wider_than_a_node(finished: Finished) -> None:
    figures = len(list(finished.workflow.result("figures").glob("*.svg")))

    assert figures > NODE_CPUS
    for submission in finished.submissions:
        assert submission.cores <= NODE_CPUS
        assert submission.memory_mb <= NODE_MEM_MB


def test_a_second_call_has_nothing_to_do(cluster: Cluster, finished: Finished) -> None:
    run = finished.workflow.command("snakemake", "--profile", "profiles/slurm")

    assert run.status == 0
    assert "Nothing to be done" in run.text
    assert len(cluster.submissions()) == len(finished.submissions)


def test_a_mistake_in_a_job_on_the_cluster_is_shown_where_the_user_looks(
    cluster: Cluster, finished: Finished
) -> None:
    finished.workflow.edit(f"resources/{STUDY}/claims.tsv", "\tmedian\t", "\tmidian\t")

    run = finished.workflow.command("snakemake", "--profile", "profiles/slurm", "--retries", "0")

    assert run.status == 1
    assert "midian" in run.text
