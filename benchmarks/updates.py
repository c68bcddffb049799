"""Time a run after an edit, beside a run from nothing, of the bundled study.

Prints a page in Markdown. Run from the repository's root:

    PYTHONPATH=scripts:tests/workflow python benchmarks/updates.py > docs/benchmark-updates.md
"""

import datetime
import os
import platform
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from exact_tests import processor

from workflow import STUDY, Workflow, copy

CORES = 4
TABLE = f"resources/{STUDY}/table1.tsv"
INTRODUCTION = """\
# How long a run takes after a change

Measured on {day:%d %B %Y} with `snakemake --cores {cores}` on {processors} of
{processor}, with Python {python} and Snakemake {snakemake}, on the bundled study.
`make benchmark-updates` writes this page again. What is left when there is nothing to do is the
time in which Snakemake starts and looks at every file.

| run | jobs | seconds |
|:--|--:|--:|"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        workflow = copy(Path(folder) / "casebook")
        rows = [(name, *timed(workflow, edit)) for name, edit in EDITS.items()]
    print(
        INTRODUCTION.format(
            day=datetime.date.today(),
            cores=CORES,
            processors=f"{os.cpu_count()} cores",
            processor=processor(),
            python=platform.python_version(),
            snakemake=version("snakemake"),
        )
    )
    for name, jobs, seconds in rows:
        print(f"| {name} | {jobs} | {seconds:.1f} |")


def timed(workflow: Workflow, edit: Callable[[Workflow], None]) -> tuple[int, float]:
    """How many jobs run after an edit, and for how many seconds."""
    edit(workflow)
    start = time.perf_counter()
    run = workflow.snakemake(cores=CORES)
    seconds = time.perf_counter() - start
    if run.status:
        raise RuntimeError(run.text)
    return len(run.jobs), seconds


def no_edit(workflow: Workflow) -> None:
    """Leave everything as it is."""


def outcome(workflow: Workflow) -> None:
    """Change one value of an outcome, of a patient in two of the five cohorts."""
    workflow.edit(TABLE, "\t0\t0\tNA", "\t0\t7\tNA")


def unread(workflow: Workflow) -> None:
    """Change a part of a cell from which no value is read."""
    workflow.edit(TABLE, "5 mg daily", "5 mg")


EDITS = {
    "from nothing": no_edit,
    "one cell, of an outcome": outcome,
    "one cell, without effect on any value": unread,
    "nothing to do": no_edit,
}


if __name__ == "__main__":
    main()
