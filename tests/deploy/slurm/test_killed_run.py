"""Jobs on the cluster go on when Snakemake is killed on the login node, and must do no harm."""

import subprocess
from pathlib import Path

from cluster import Cluster, wait_until
from left_behind import EDIT, kill_run
from workflow import small

SLURM = ("snakemake", "--profile", "profiles/slurm", "--seconds-between-status-checks", "2")


def test_jobs_of_a_killed_run_change_nothing_once_another_run_has_begun(
    cluster: Cluster, tmp_path: Path
) -> None:
    undisturbed, workflow = small(tmp_path / "undisturbed"), small(tmp_path / "casebook")
    undisturbed.edit(*EDIT)
    assert undisturbed.snakemake().status == 0
    # On one core a submission has cohorts that it has not begun.
    run = workflow.start(*SLURM, "--cores", "1", output=subprocess.DEVNULL)
    job = kill_run(run, workflow, "summarise")
    workflow.edit(*EDIT)
    assert workflow.command(*SLURM, "--unlock").status == 0
    (left_behind,) = cluster.running("cohorts")
    second = workflow.command(*SLURM)
    assert second.status == 0, second.text

    job.resume()
    wait_until("the job left behind has ended", lambda: left_behind not in cluster.running(""))

    assert workflow.results() == undisturbed.results()
    (log,) = workflow.folder.glob(f".snakemake/slurm_logs/*-{left_behind}.log")
    assert "Another run has begun" in log.read_text(encoding="utf-8")
    assert "Nothing to be done" in workflow.command(*SLURM).text
