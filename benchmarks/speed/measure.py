"""What a command costs: processor time, time and memory of all its processes."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from speed.rows import Row
from workflow import Run, Workflow

CORES = 2
_LAUNCH = Path(__file__).with_name("launch.py")
LIMIT = 600.0
"""Processor seconds after which a command is ended, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost.

    Attributes:
        cpu: User and system seconds of the command and of all processes that it waited for; None
            where it did not finish in time.
        wall: Seconds that passed.
        mb: Megabytes that the largest of the processes held at once.
        run: What the command printed, and its exit status.
        limit: Seconds of processor time that it was given.
    """

    cpu: float | None
    wall: float
    mb: float | None
    run: Run
    limit: float

    def row(self, part: str, case: str, tool: str, size: int | None = None) -> Row:
        """The measurement, as it is kept."""
        if self.cpu is None:
            return Row(part, case, tool, size, note=f"not finished in {self.limit:g} s")
        wall, mb = round(self.wall, 2), self.mb and round(self.mb, 1)
        return Row(part, case, tool, size, round(self.cpu, 2), wall, mb, len(self.run.jobs) or None)


def cost(workflow: Workflow, *command: str, limit: float = LIMIT) -> Cost:
    """Run a command in the folder of a workflow; end it and its processes after a time.

    Args:
        workflow: Where it runs, with the environment that it gets.
        command: The command and its arguments.
        limit: Processor seconds that the command and its processes may take, more or less.

    Raises:
        RuntimeError: The command failed.
    """
    with tempfile.TemporaryDirectory() as name:
        output, used = Path(name, "output"), Path(name, "used")
        launched = [sys.executable, str(_LAUNCH), str(used), *command]
        start = time.perf_counter()
        with output.open("w", encoding="utf-8") as file:
            process = workflow.start(*launched, output=file)
            in_time = _ended(process, limit)
        wall = time.perf_counter() - start
        run = Run(process.returncode, output.read_text(encoding="utf-8"))
        if not in_time:
            return Cost(None, wall, None, run, limit)
        if run.status:
            raise RuntimeError(f"{' '.join(command)} failed:\n{run.text[-2000:]}")
        cpu, memory = map(float, used.read_text(encoding="utf-8").split())
        return Cost(cpu, wall, memory / 1024, run, limit)


def _ended(process: subprocess.Popen[str], limit: float) -> bool:
    """Whether a process ends by itself; beyond the limit it and its group are killed."""
    while True:
        try:
            process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            if _used_so_far(process.pid) > limit:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return False
        else:
            return True


def _used_so_far(pid: int) -> float:
    """Processor seconds of a process and all that it started, ended or not."""
    seconds = 0.0
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                seconds += sum(each.cpu_times()[:4])
    return seconds


def snakemake(workflow: Workflow, *arguments: str, limit: float = LIMIT) -> Cost:
    """What a run of Snakemake costs."""
    return cost(workflow, "snakemake", "--cores", str(CORES), *arguments, limit=limit)


def compiled(workflow: Workflow) -> Workflow:
    """The workflow with its modules compiled, so that no run pays for that."""
    cost(workflow, sys.executable, "-m", "compileall", "-q", "scripts")
    return workflow
