"""What the tests cost: `make test` by folders of tests, and `.ci/run` by its steps.

`.ci/run` has the slow tests and those of conda, containers and Slurm too. It takes so long that it
is measured only when asked for, and it says itself at its end what each of its steps took.
"""

import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from speed.measure import cost
from speed.rows import Row
from workflow import ROOT, Workflow

PART = "the tests"
QUICK = "make test"
TOOL = "pytest"

CHECKS = "all checks"
WHOLE = "all of it"
SCRIPT = ".ci/run"
_TOOK = re.compile(r"^All of it took (\d+) s:\n((?:\d+ s  .+\n)+)\Z", re.MULTILINE)
_OF_THIS_RUN = ("PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")


def measure(folder: Path, limit: float) -> Iterator[Row]:
    """Run the tests once, all at the same time as `make test` does.

    Args:
        folder: An empty folder.
        limit: Processor seconds that they may take.

    Raises:
        RuntimeError: A test failed.
    """
    told = folder / "tests.xml"
    here = Workflow(ROOT, environment={"PYTEST_ADDOPTS": f"--junitxml={told}"})
    measured = cost(here, "make", "test", limit=limit)
    yield measured.row(PART, QUICK, TOOL)
    if measured.cpu is not None:
        yield from by_folder(told)


def by_folder(told: Path) -> Iterator[Row]:
    """How long the tests of each folder took one after the other, the longest first.

    Args:
        told: What pytest wrote of them, as JUnit does.
    """
    seconds: dict[str, list[float]] = defaultdict(list)
    for test in ElementTree.parse(told).iter("testcase"):  # noqa: S314
        parents = test.attrib["classname"].split(".")[:-1]
        seconds["/".join(parents)].append(float(test.attrib["time"]))
    for name, each in sorted(seconds.items(), key=lambda item: -sum(item[1])):
        yield Row(PART, name, TOOL, wall=round(sum(each), 1), jobs=len(each))


def measure_checks(root: Path) -> Iterator[Row]:
    """Run all checks of a clone; they and their messages are shown as they go.

    Args:
        root: Where `.ci/run` is; without a .venv if its making is to be measured with the rest.

    Raises:
        RuntimeError: A check failed.
    """
    shown = []
    with subprocess.Popen(
        [root / SCRIPT],
        cwd=root,
        env=_as_if_by_hand(os.environ),
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", file=sys.stderr, flush=True)
            shown.append(line)
    if process.returncode:
        raise RuntimeError(f"{SCRIPT} failed with status {process.returncode}")
    yield from by_step("".join(shown))


def _as_if_by_hand(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without what is there for the benchmark: its Python and its modules."""
    own = Path(sys.executable).parent
    path = environment["PATH"].split(os.pathsep)
    without = os.pathsep.join(each for each in path if Path(each) != own)
    return {k: v for k, v in environment.items() if k not in _OF_THIS_RUN} | {"PATH": without}


def by_step(shown: str) -> Iterator[Row]:
    """How long all checks and each step of them took.

    Args:
        shown: What `.ci/run` printed, to its end.

    Raises:
        ValueError: It does not end with the times.
    """
    told = _TOOK.search(shown)
    if told is None:
        raise ValueError(f"{SCRIPT} did not end with what its steps took")
    yield Row(CHECKS, WHOLE, SCRIPT, wall=int(told[1]))
    for line in told[2].splitlines():
        seconds, _, step = line.partition(" s  ")
        yield Row(CHECKS, step, SCRIPT, wall=int(seconds))
