"""What the tests cost: `make test`, and how its time is divided among folders of tests.

The slow tests and those of conda, containers and Slurm take too long to be measured here; `.ci/run`
says at its end what each of its steps took.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from speed.measure import cost
from speed.rows import Row
from workflow import ROOT, Workflow

PART = "the tests"
QUICK = "make test"
TOOL = "pytest"


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
