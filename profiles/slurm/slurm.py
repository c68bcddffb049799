"""What Snakemake calls to submit a job to Slurm and to learn its state: slurm.py submit|status.

Both outlive an outage of Slurm: they say that it does not answer and ask again, for ten minutes.
Then they fail, and with them the run.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess, run

LOGS = Path(".snakemake/slurm_logs")
STATES = Path(".snakemake/slurm_states")
# One question serves all jobs of a round of status checks; the next round asks anew.
FRESH_SECONDS = 5
PATIENCE_SECONDS = 600
PAUSE_SECONDS = 5
UNREACHABLE = "Unable to contact slurm controller (connect failure)"
UNKNOWN = "not known to Slurm any more"
ENDED_BADLY = {
    "BOOT_FAIL",
    "CANCELLED",
    "DEADLINE",
    "FAILED",
    "NODE_FAIL",
    "OUT_OF_MEMORY",
    "PREEMPTED",
    "REVOKED",
    "TIMEOUT",
}

Answer = CompletedProcess[str]


def main(command: str, *arguments: str) -> None:
    """Do what Snakemake asks for, and print what it wants to read."""
    match command:
        case "submit":
            print(submit(arguments))
        case "status":
            print(status(*arguments))
        case _:
            sys.exit(__doc__)


def submit(arguments: tuple[str, ...]) -> str:
    """Submit a job with these arguments of sbatch; its number."""
    LOGS.mkdir(parents=True, exist_ok=True)  # sbatch accepts a log in no folder, and the job fails
    # Only this failure says for sure that Slurm did not take the job.
    accepted = patiently(["sbatch", *arguments], lambda answer: UNREACHABLE in answer.stderr)
    return accepted.stdout.strip().partition(";")[0]


def status(job: str) -> str:
    """The state of a job in Snakemake's words: running, success or failed."""
    # A job that is missing may be younger than the answer. If Slurm asked anew does not know it
    # either, it ended so long ago that Slurm forgot it.
    state = states(FRESH_SECONDS).get(job) or states(0).get(job, UNKNOWN)
    if state == "COMPLETED":
        return "success"
    if state not in {*ENDED_BADLY, UNKNOWN}:
        return "running"
    say(f"Slurm job {job}: {state}. {log_of(job)}")
    return "failed"


def states(fresh: float) -> dict[str, str]:
    """The state of each of the user's jobs, from a question that is at most so many seconds old."""
    if not STATES.exists() or time.time() - STATES.stat().st_mtime > fresh:
        squeue = ["squeue", "--me", "--states=all", "--noheader", "--format=%A %T"]
        STATES.write_text(patiently(squeue, lambda answer: True).stdout, encoding="ascii")
    return dict(line.split() for line in STATES.read_text(encoding="ascii").splitlines())


def patiently(command: list[str], worth_waiting: Callable[[Answer], bool]) -> Answer:
    """Call a command of Slurm, and again while it fails in a way that waiting may mend."""
    end = time.monotonic() + PATIENCE_SECONDS
    told = False
    while (answer := run(command, capture_output=True, text=True, check=False)).returncode:
        reason = answer.stderr.strip()
        if not worth_waiting(answer):
            sys.exit(reason)
        if time.monotonic() > end:
            sys.exit(f"Slurm did not answer for {PATIENCE_SECONDS} s: {reason}")
        if not told:
            say(f"Slurm does not answer, trying for {PATIENCE_SECONDS} s: {reason}")
            told = True
        time.sleep(PAUSE_SECONDS)
    return answer


def log_of(job: str) -> str:
    """Where the log of a job is, and what Slurm says in it of the job's end."""
    for log in LOGS.glob(f"*-{job}.log"):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        said = [line for line in lines if line.startswith("slurmstepd")]
        return "\n".join([f"Its log is {log}", *said])
    return "It has no log."


def say(text: str) -> None:
    """Tell the user: what goes to standard error is shown between Snakemake's own messages."""
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
