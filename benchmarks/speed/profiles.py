"""Where the time goes: the functions that take most of it, as cProfile counts them.

A profile is kept in rows. Their `case` is what was run, `tool` the function, `cpu` the seconds in
the function itself, `wall` those in it and all that it calls, and `jobs` how often it was called.
"""

import pstats
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from speed import many, small_run
from speed.inputs import synthetic
from speed.measure import CORES, LIMIT, compiled, cost, snakemake
from speed.rows import Row
from speed.steps import Step, steps_of, write_steps
from workflow import ROOT, Workflow, copy

PART = "where the time goes"
TOP = 12
IDLE, CELL, FIGURE, STEPS = (
    f"{small_run.PART}: {what}"
    for what in (small_run.IDLE, small_run.CELL, small_run.FIGURE, "all steps")
)
COHORTS = f"{many.COHORTS}, {many.FULL}: all steps"
PATIENTS = f"{many.PATIENTS}: all steps"
STUDIES = f"{many.STUDIES}: {small_run.NOTHING}"
_ADDRESS = re.compile(" at 0x[0-9a-f]+")
_PROFILE = ("python", "-m", "cProfile", "-o", "profile.out")
_SNAKEMAKE = ("-m", "snakemake", "--cores", str(CORES))
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""As Snakemake has it for each job."""


def measure(folder: Path, cohorts: int, patients: int, studies: int, limit: float) -> Iterator[Row]:
    """Profile what each aim is about, in sizes that a profile is done with in minutes.

    Args:
        folder: An empty folder.
        cohorts: How many cohorts of 50 patients with 20 outcomes.
        patients: How many patients in four cohorts.
        studies: How many studies in one run.
        limit: Processor seconds that one of them may take.
    """
    yield from _of_small_run(folder / "casebook")
    workflow = synthetic(folder / "cohorts", cohorts=cohorts, patients=50, outcomes=20)
    yield from _of_steps(workflow, COHORTS, cohorts, limit, many.RESULTS)
    workflow = synthetic(folder / "patients", cohorts=4, patients=patients // 4, outcomes=2)
    yield from _of_steps(workflow, PATIENTS, patients, limit)
    workflow = synthetic(folder / "studies", studies=studies, cohorts=1, patients=6, outcomes=1)
    yield from _profile(workflow, STUDIES, studies, limit, *_SNAKEMAKE)


def _of_small_run(folder: Path) -> Iterator[Row]:
    """Snakemake itself with nothing to do and after an edit, a figure's job, and all steps."""
    workflow = compiled(copy(folder))
    snakemake(workflow)
    yield from _profile(workflow, IDLE, None, LIMIT, *_SNAKEMAKE)
    workflow.edit(small_run.TABLE, *small_run.OUTCOME)
    yield from _profile(workflow, CELL, None, LIMIT, *_SNAKEMAKE)
    figure = workflow.result("figures/forest.svg").relative_to(workflow.folder)
    drawing = next(step for step in steps_of(workflow) if str(figure) in step.outputs)
    yield from _profile(workflow, FIGURE, None, LIMIT, *_arguments(drawing))
    yield from _of_steps(workflow, STEPS, small_run.PATIENTS, LIMIT)


def _arguments(step: Step) -> list[str]:
    """What a step hands to Python."""
    words = shlex.split(step.command)
    return words[words.index("python") + 1 : words.index(">")]


def _of_steps(
    workflow: Workflow, case: str, size: int, limit: float, *targets: str
) -> Iterator[Row]:
    """All steps of a run for these targets, in one process."""
    if snakemake(workflow, *targets, limit=limit).cpu is None:
        return
    write_steps(workflow.folder / "steps.json", steps_of(workflow, *targets))
    shutil.copy(ROOT / "benchmarks/monolith.py", workflow.folder)
    shutil.rmtree(workflow.folder / "results")
    alone = replace(workflow, environment={**workflow.environment, **_ONE_THREAD})
    yield from _profile(alone, case, size, limit, "monolith.py", "steps.json")


def _profile(
    workflow: Workflow, case: str, size: int | None, limit: float, *command: str
) -> Iterator[Row]:
    if cost(workflow, *_PROFILE, *command, limit=limit).cpu is None:
        return
    functions = pstats.Stats(str(workflow.folder / "profile.out")).get_stats_profile()
    by_own_time = sorted(functions.func_profiles.items(), key=lambda f: -f[1].tottime)
    for name, each in by_own_time[:TOP]:
        calls = int(str(each.ncalls).partition("/")[0])
        place = f"{_short(each.file_name)}: {name}" if each.line_number else _ADDRESS.sub("", name)
        yield Row(PART, case, place, size, each.tottime, each.cumtime, jobs=calls)


def _short(file: str) -> str:
    """A file as its package names it, without where that is installed."""
    return re.split(r".*/(?:site-packages|scripts|python3\.\d+)/", file)[-1]
