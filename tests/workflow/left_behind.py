"""A job that goes on when the run that it belongs to is killed."""

import subprocess
import time

import psutil

from workflow import Workflow

SECONDS = 120
EDIT = ("resources/small/table.csv", "p4,B,none,NEW,20,20,10,44,21", "p4,B,none,HCQ,18,20,5,41,13")
"""Makes other results of the small study."""


def kill_run(run: subprocess.Popen[str], workflow: Workflow, command: str) -> psutil.Process:
    """Kill Snakemake, and it alone, in a job of this command; the job waits to be resumed."""
    job = _find_job(workflow, command)
    job.suspend()
    run.kill()
    run.wait()
    return job


def _find_job(workflow: Workflow, command: str) -> psutil.Process:
    """The first job of a command of this copy of the workflow, in a container or not."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for process in psutil.process_iter(["cmdline", "cwd"]):
            called = process.info["cmdline"] or []
            if process.info["cwd"] == str(workflow.folder) and called[1:2] == [
                f"scripts/{command}.py"
            ]:
                return process
        time.sleep(0.01)
    raise TimeoutError(f"no job of {command} in {workflow.folder} within {SECONDS} s")
