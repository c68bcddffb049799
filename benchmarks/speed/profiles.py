"""Where the time goes: the functions that take most of it, as cProfile counts them.

A profile is kept in rows as well. Their `tool` is the function, `cpu` the seconds in the function
itself, `wall` those in it and all that it calls, and `jobs` how often it was called.
"""

import pstats
import re
import shutil
from collections.abc import Iterator

from speed.measure import CORES, cost
from speed.rows import Row
from speed.steps import steps_of, write_steps
from workflow import ROOT, Workflow

TOP = 12
CASE = "profile"
_ADDRESS = re.compile(" at 0x[0-9a-f]+")
_PROFILE = ("python", "-m", "cProfile", "-o", "profile.out")


def profiled(
    workflow: Workflow, part: str, size: int, limit: float, *targets: str
) -> Iterator[Row]:
    """All steps of a finished run for these targets anew, in one process."""
    write_steps(workflow.folder / "steps.json", steps_of(workflow, *targets))
    shutil.copy(ROOT / "benchmarks/monolith.py", workflow.folder)
    shutil.rmtree(workflow.folder / "results")
    yield from _profile(workflow, part, size, limit, "monolith.py", "steps.json")


def profiled_start(workflow: Workflow, part: str) -> Iterator[Row]:
    """A run of Snakemake with nothing to do."""
    yield from _profile(workflow, part, 0, 60, "-m", "snakemake", "--cores", str(CORES))


def _profile(
    workflow: Workflow, part: str, size: int, limit: float, *command: str
) -> Iterator[Row]:
    if cost(workflow, *_PROFILE, *command, limit=limit).cpu is None:
        return
    functions = pstats.Stats(str(workflow.folder / "profile.out")).get_stats_profile()
    by_own_time = sorted(functions.func_profiles.items(), key=lambda f: -f[1].tottime)
    for name, each in by_own_time[:TOP]:
        calls = int(str(each.ncalls).partition("/")[0])
        place = f"{_short(each.file_name)}: {name}" if each.line_number else _ADDRESS.sub("", name)
        yield Row(part, CASE, place, size, each.tottime, each.cumtime, jobs=calls)


def _short(file: str) -> str:
    """A file as its package names it, without where that is installed."""
    return re.split(r".*/(?:site-packages|scripts|python3\.\d+)/", file)[-1]
