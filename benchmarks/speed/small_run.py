"""The bundled study of ten patients: runs after a change, beside other ways to run the same steps.

All of it is measured in turns in one session, so that what else the machine does falls on all.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from speed.measure import CORES, compiled, cost, snakemake
from speed.rows import Row
from speed.steps import makefile, steps_of, write_steps
from workflow import ROOT, STUDY, Workflow, copy

PART = "small run"
PATIENTS = 10
NOTHING, CELL, UNREAD, FIGURE, IDLE = (
    "from nothing",
    "one cell, of an outcome",
    "one cell, without effect on any value",
    "one figure alone",
    "nothing to do",
)
AFTER_CHANGES = (CELL, UNREAD, FIGURE, IDLE)
SNAKEMAKE, MONOLITH, MAKE, DOIT = "Snakemake", "one process", "GNU make", "doit"
APART = "a process of its own"
IMPORTS = {module: f"import {module}" for module in ("snakemake.cli", "matplotlib.figure")}
TABLE = f"resources/{STUDY}/table1.tsv"
OUTCOME = ("\t0\t0\tNA", "\t0\t7\tNA")
WITHOUT_EFFECT = ("5 mg daily", "5 mg")


def measure(folder: Path, repeats: int, only: tuple[str, ...] = ()) -> Iterator[Row]:
    """Measure everything in turns, a few times over.

    Args:
        folder: An empty folder for a copy of the workflow.
        repeats: How many times.
        only: The tools that are measured, and from nothing alone; all of them if it is empty.
    """
    workflow = compiled(copy(folder / "casebook"))
    made = _prepare(workflow)
    ways = {SNAKEMAKE: _by_snakemake, MONOLITH: _by_monolith, MAKE: _by_make, DOIT: _by_doit}
    for _ in range(repeats):
        if not only:
            yield from _imports(workflow)
        for tool in only or ways:
            workflow = _fresh(workflow)
            measured = ways[tool](workflow)
            first = next(measured)
            if first.cpu is not None:
                _check(workflow, made, tool)
            yield first
            if not only:
                yield from measured
    if not only:
        yield from _apart(_fresh(workflow))


def _prepare(workflow: Workflow) -> dict[str, str]:
    """Write down the steps of a run for the other tools; give what the run made."""
    snakemake(workflow)
    steps = steps_of(workflow)
    write_steps(workflow.folder / "steps.json", steps)
    (workflow.folder / "steps.mk").write_text(makefile(steps), encoding="utf-8")
    for file in ("monolith.py", "speed/dodo.py"):
        shutil.copy(ROOT / "benchmarks" / file, workflow.folder)
    return _made(workflow)


def _made(workflow: Workflow) -> dict[str, str]:
    """The digests of all results; records tell of modules that a process happens to have loaded."""
    return {
        file: digest
        for file, digest in workflow.results().items()
        if "/records/" not in file and not file.endswith("manifest.json")
    }


def _check(workflow: Workflow, made: dict[str, str], tool: str) -> None:
    """Let no tool be fast because it makes something else."""
    if made.items() - _made(workflow).items():
        raise RuntimeError(f"{tool} does not make what Snakemake makes")


def _fresh(workflow: Workflow) -> Workflow:
    """The workflow without results, and with the table as it was."""
    for name in ("results", ".snakemake", ".doit.db"):
        path = workflow.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    shutil.copy(ROOT / TABLE, workflow.folder / TABLE)
    return workflow


def _imports(workflow: Workflow) -> Iterator[Row]:
    """What Python needs to load what no run can do without."""
    for module, tool in IMPORTS.items():
        yield cost(workflow, "python", "-c", tool).row(PART, f"load {module}", tool)


def _by_snakemake(workflow: Workflow) -> Iterator[Row]:
    """From nothing, and after each kind of change."""
    run = partial(snakemake, workflow)

    def row(case: str, *target: str) -> Row:
        return run(*target).row(PART, case, SNAKEMAKE)

    yield row(NOTHING)
    yield row(IDLE)
    workflow.edit(TABLE, *OUTCOME)
    yield row(CELL)
    workflow.edit(TABLE, *WITHOUT_EFFECT)
    yield row(UNREAD)
    figure = workflow.result("figures/forest.svg")
    figure.unlink()
    yield row(FIGURE, str(figure.relative_to(workflow.folder)))


def _by_make(workflow: Workflow) -> Iterator[Row]:
    return _by_tool(workflow, MAKE, "make", "-f", "steps.mk", f"-j{CORES}")


def _by_doit(workflow: Workflow) -> Iterator[Row]:
    return _by_tool(workflow, DOIT, "doit", "-n", str(CORES), "-v", "0")


def _by_tool(workflow: Workflow, tool: str, *command: str) -> Iterator[Row]:
    """The same steps and changes; it knows dates or digests of files, and nothing else."""
    for case, edit in _CHANGES.items():
        edit(workflow)
        yield cost(workflow, *command).row(PART, case, tool)


def _by_monolith(workflow: Workflow) -> Iterator[Row]:
    """All steps in one process, which always makes everything; what each of them takes."""
    whole = cost(workflow, "python", "monolith.py", "steps.json")
    yield whole.row(PART, NOTHING, MONOLITH)
    for line in whole.run.text.splitlines():
        step, seconds = line.split(",")
        yield Row(PART, f"step {step}", MONOLITH, cpu=float(seconds))


def _apart(workflow: Workflow) -> Iterator[Row]:
    """Each step in a process of its own, with nothing to call it."""
    for step in json.loads((workflow.folder / "steps.json").read_text(encoding="utf-8")):
        command = f"mkdir -p {' '.join(step['folders'])}; {step['command']}"
        yield cost(workflow, "sh", "-c", command).row(PART, f"step {step['name']}", APART)


_CHANGES: dict[str, Callable[[Workflow], None]] = {
    NOTHING: lambda workflow: None,
    IDLE: lambda workflow: None,
    CELL: lambda workflow: workflow.edit(TABLE, *OUTCOME),
    UNREAD: lambda workflow: workflow.edit(TABLE, *WITHOUT_EFFECT),
}
