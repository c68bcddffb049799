"""What goes wrong on a cluster ends in a finished run or in a clear error, never in a silent wait.

The workflows are small ones made up for this, run with the profile that users take; only the states
of their jobs are asked for more often, so that the tests do not wait.
"""

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from cluster import Cluster, wait_until
from workflow import ROOT, Run, Workflow

LIMIT_SECONDS = 240
# What is started in the background, as CI may be, would have no Ctrl-C without env.
CALL = (
    *("env", "--default-signal=INT"),
    *("snakemake", "--profile", "profiles/slurm", "--seconds-between-status-checks", "2"),
)
# A silent wait is interrupted, and the test of it fails by the exit status of timeout.
IN_TIME = ("timeout", "--signal=INT", "--kill-after=60", str(LIMIT_SECONDS), *CALL)

ACCIDENTS = """
rule all:
    input: "memory.txt", "time.txt", "cancelled.txt"
rule memory:
    output: "memory.txt"
    resources: mem_mb=lambda wildcards, attempt: 400 * attempt, runtime=5
    shell: "python -c 'import time; kept = bytearray(450_000_000); time.sleep(5)'; touch {output}"
rule time:
    output: "time.txt"
    retries: 0
    resources: mem_mb=400, runtime=1
    shell: "sleep 300; touch {output}"
rule cancelled:
    output: "cancelled.txt"
    resources: mem_mb=400, runtime=5
    shell: "sleep 20; touch {output}"
"""

# Three of these fill both nodes and leave one job waiting.
WIDE = """
rule all:
    input: "a.txt", "b.txt", "c.txt"
rule wide:
    output: "{name}.txt"
    threads: 3
    resources: mem_mb=400, runtime=5
    shell: "sleep 20; touch {output}"
"""

# One job runs through an outage, and one is to be submitted in it.
AROUND_AN_OUTAGE = """
localrules: first
rule all:
    input: "long.txt", "second.txt"
rule long:
    output: "long.txt"
    resources: mem_mb=400, runtime=5
    shell: "sleep 40; touch {output}"
rule first:
    output: "first.txt"
    shell: "sleep 30; touch {output}"
rule second:
    input: "first.txt"
    output: "second.txt"
    resources: mem_mb=400, runtime=5
    shell: "touch {output}"
"""


@pytest.fixture(scope="module")
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as executor:
        yield executor


def _made_of(snakefile: str, folder: Path) -> Workflow:
    shutil.copytree(ROOT / "profiles/slurm", folder / "profiles/slurm")
    (folder / "Snakefile").write_text(snakefile, encoding="utf-8")
    return Workflow(folder)


def _logged(workflow: Workflow) -> str:
    (log,) = workflow.folder.glob(".snakemake/log/*.log")
    return log.read_text(encoding="utf-8")


def _start(workflow: Workflow, pool: ThreadPoolExecutor) -> Future[Run]:
    return pool.submit(workflow.command, *IN_TIME)


@pytest.fixture(scope="module")
def accidents(
    cluster: Cluster, pool: ThreadPoolExecutor, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workflow, Run]:
    """A run in which one job is out of memory, one out of time, and one cancelled."""
    workflow = _made_of(ACCIDENTS, tmp_path_factory.mktemp("accidents"))
    started = _start(workflow, pool)
    cluster.slurm("scancel", *cluster.wait_until_run("cancelled"))
    return workflow, started.result()


def test_a_job_out_of_memory_is_tried_again_with_more_and_succeeds(
    cluster: Cluster, accidents: tuple[Workflow, Run]
) -> None:
    workflow, run = accidents

    assert (workflow.folder / "memory.txt").exists()
    tries = [(job.state, job.memory_mb) for job in cluster.submissions("memory")]
    assert tries == [("FAILED", 400), ("COMPLETED", 800)]
    assert "memory limit" in run.text


def test_a_cancelled_job_is_submitted_again(
    cluster: Cluster, accidents: tuple[Workflow, Run]
) -> None:
    workflow, _ = accidents

    assert (workflow.folder / "cancelled.txt").exists()
    states = [job.state for job in cluster.submissions("cancelled")]
    assert states == ["CANCELLED", "COMPLETED"]


def test_a_job_out_of_time_is_reported_by_name(
    cluster: Cluster, accidents: tuple[Workflow, Run]
) -> None:
    _, run = accidents
    (job,) = cluster.submissions("time")

    assert run.status == 1
    assert f"Slurm job {job.number}: TIMEOUT. Its log is" in run.text
    assert "DUE TO TIME LIMIT" in run.text
    assert "Error in rule time:" in run.text


def test_the_job_of_a_lost_node_runs_on_another(
    cluster: Cluster, pool: ThreadPoolExecutor, tmp_path: Path
) -> None:
    workflow = _made_of(WIDE, tmp_path)

    started = _start(workflow, pool)
    cluster.wait_until_run("wide", count=2)
    cluster.stop_node("n1")
    run = started.result()
    cluster.start_node("n1")

    assert run.status == 0, run.text
    assert "NODE_FAIL" in run.text
    states = [job.state for job in cluster.submissions("wide")]
    assert sorted(states) == ["COMPLETED", "COMPLETED", "COMPLETED", "NODE_FAIL"]


def test_a_minute_without_slurmctld_is_told_and_waited_out(
    cluster: Cluster, pool: ThreadPoolExecutor, tmp_path: Path
) -> None:
    workflow = _made_of(AROUND_AN_OUTAGE, tmp_path)

    started = _start(workflow, pool)
    cluster.wait_until_run("long")
    cluster.stop_controller()
    time.sleep(60)
    cluster.start_controller()
    run = started.result()

    assert run.status == 0, run.text
    assert "Slurm does not answer, trying for 600 s: sbatch" in run.text
    assert "Slurm does not answer, trying for 600 s: slurm_load_jobs" in run.text


def test_a_longer_outage_ends_in_an_error_and_a_second_call_finishes(
    cluster: Cluster, pool: ThreadPoolExecutor, tmp_path: Path
) -> None:
    workflow = _made_of(AROUND_AN_OUTAGE, tmp_path)
    workflow.edit("profiles/slurm/slurm.py", "PATIENCE_SECONDS = 600", "PATIENCE_SECONDS = 15")

    started = _start(workflow, pool)
    cluster.wait_until_run("long")
    cluster.stop_controller()
    began = time.monotonic()
    first = started.result()
    seconds = time.monotonic() - began
    cluster.start_controller()
    second = workflow.command(*IN_TIME)

    assert first.status == 1
    assert "Slurm did not answer for 15 s" in first.text
    assert seconds < 90
    assert second.status == 0, second.text


def test_ctrl_c_takes_the_jobs_off_the_cluster(cluster: Cluster, tmp_path: Path) -> None:
    workflow = _made_of(WIDE.replace("wide", "stopped"), tmp_path)

    with subprocess.Popen(CALL, cwd=workflow.folder, stderr=subprocess.DEVNULL) as snakemake:
        cluster.wait_until_run("stopped", count=2)
        wait_until("all jobs are submitted", lambda: _logged(workflow).count("Submitted job") == 3)
        snakemake.send_signal(signal.SIGINT)
        snakemake.wait(LIMIT_SECONDS)

    assert snakemake.returncode == 1
    wait_until("jobs are gone", lambda: "stopped" not in cluster.slurm("squeue", "--format=%j"))
    assert {job.state for job in cluster.submissions("stopped")} == {"CANCELLED"}


def test_a_job_that_slurm_does_not_know_any_more_is_not_waited_for(
    cluster: Cluster, tmp_path: Path
) -> None:
    workflow = _made_of(WIDE, tmp_path)
    (tmp_path / ".snakemake").mkdir()

    run = workflow.command("python", "profiles/slurm/slurm.py", "status", "999999")

    assert "Slurm job 999999: not known to Slurm any more" in run.text
    assert "failed" in run.text.splitlines()
