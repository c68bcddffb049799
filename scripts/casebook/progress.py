"""What a run shows while it goes on: a line for each step, and what those said that failed.

Snakemake tells some ten lines of each job; all of them stand in the file of its log. Here its
records become what a user reads on the terminal. It stands above the steps, knows of Snakemake the
names and fields of its records, and decides nothing of what is made.
"""

import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

_FOR_ITS_FILE = {
    "group_info",
    "job_finished",
    "job_started",
    "progress",
    "resources_info",
    "rulegraph",
    "run_info",
    "workflow_started",
}
"""Events of Snakemake that are in its log alone."""

_NO_NEWS = (
    "At least one job did not complete successfully.",
    "Building DAG of jobs...",
    "Complete log(s): ",
    "Conda environments: ignored",
    "DAG of jobs will be updated after completion.",
    "Elapsed time: ",
    "Exiting because a job execution failed.",
    "Group jobs: inactive (local execution)",
    "Select jobs to execute...",
    "Singularity containers: ignored",
    "Updating checkpoint dependencies.",
    "Using shell: ",
    "WorkflowError:\nAt least one job did not complete successfully.",
)
"""How messages of Snakemake begin that tell a user nothing, or what is told in other words."""

_NOTHING = "Nothing to be done"

_OF_A_STEP = "RuleException:"
_ENDED = re.compile(r"(?:returned non-zero exit status|died with) (?P<status>.+?)\.?$", re.M)
_OF_A_KILL = ("137", "<Signals.SIGKILL: 9>")


class Progress(logging.Formatter):
    """Which records of Snakemake are shown, and in what words; to be a handler's filter as well."""

    def __init__(self, at_rest: Callable[[], str], told_later: Collection[str] = ()) -> None:
        """Begin with no step.

        Args:
            at_rest: Gives what is shown where there is nothing to be done.
            told_later: Rules of which it is told at the end of a run why they failed.
        """
        super().__init__()
        self._at_rest = at_rest
        self._told_later = told_later
        self._begun: dict[int, tuple[int, str]] = {}
        self._total = 0
        self._errors: list[str] = []
        self.failed: list[str] = []
        """What the steps were to do that have failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is shown; how many steps there are is taken note of."""
        told = record.__dict__
        match told.get("event"):
            case "run_info":
                self._total = told["stats"]["total"]
            case "progress":
                self._total = told["total"]
            case "group_error":
                # The jobs of the group are told one by one.
                return bool(told["aux_logs"])
            case "error" if _is_of_a_step(str(record.msg)):
                # Which step that was is told next, with what it said.
                self._errors.append(str(record.msg))
                return False
            case "job_error" if told["rule_name"] in self._told_later:
                return False
        return told.get("event") not in _FOR_ITS_FILE and not str(record.msg).startswith(_NO_NEWS)

    def format(self, record: logging.LogRecord) -> str:
        """A record in words."""
        told = record.__dict__
        match told.get("event"):
            case "job_info":
                return self._beginning(told)
            case "job_error":
                return "\n".join(self._failure(told))
            case "group_error":
                return f"A group of steps failed; logs: {', '.join(told['aux_logs'])}"
        text = record.getMessage()
        return "\n".join(filter(None, [text, self._at_rest()])) if _NOTHING in text else text

    def _beginning(self, told: Mapping[str, Any]) -> str:
        """A line for a step: its number, of how many, and what it does.

        A step that begins again keeps its number.
        """
        what = told["rule_msg"] or told["rule_name"]
        number, _ = self._begun.setdefault(told["jobid"], (len(self._begun) + 1, what))
        total = str(max(self._total, len(self._begun)))
        return f"[{number:>{len(total)}}/{total}] {what}"

    def _failure(self, told: Mapping[str, Any]) -> Iterator[str]:
        """Which step failed, what it said, and where that is written."""
        _, what = self._begun.get(told["jobid"], (0, told["rule_name"]))
        self.failed.append(what)
        yield f"\nFailed: {what}"
        for log in told["log"]:
            yield from (f"  | {line}" for line in _lines(Path(log)))
            errors = "".join(error for error in self._errors if log in error)
            if (ended := _ENDED.search(errors)) and ended["status"] in _OF_A_KILL:
                yield "  It was killed, perhaps for want of memory."
        yield from (f"  {name}: {value}" for name, value in told["aux"].items())
        logs = ", ".join(told["log"])
        yield f"  (rule {told['rule_name']}{f'; its log: {logs}' if logs else ''})\n"


def _is_of_a_step(message: str) -> bool:
    """Whether an error is that a step ended, and not a command of Snakemake's own before it."""
    return message.startswith(_OF_A_STEP) and _ENDED.search(message) is not None


def _lines(log: Path) -> list[str]:
    """What a step said."""
    try:
        return log.read_text(encoding="utf-8", errors="replace").splitlines() or ["it said nothing"]
    except OSError as error:
        return [f"its log cannot be read: {error.strerror}"]
