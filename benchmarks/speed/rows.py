"""The measurements that docs/performance.csv keeps: a line for each, and for each repeat."""

import csv
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Self

NO_VALUE = ("NA", "NaN", "nan")
"""Notes of what was computed and is no number, as R and Python write it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement.

    Attributes:
        part: The part of the benchmark that made it.
        case: What was done.
        tool: By what.
        size: How many patients, cohorts, studies or pairs there were.
        cpu: User and system seconds of all processes; None where it did not finish.
        wall: Seconds that passed.
        mb: Megabytes of the largest process.
        jobs: How many jobs ran, or how many tests.
        note: The result, or why there is none.
    """

    part: str
    case: str
    tool: str
    size: int | None = None
    cpu: float | None = None
    wall: float | None = None
    mb: float | None = None
    jobs: int | None = None
    note: str = ""


class Rows:
    """Measurements, to be looked up."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = list(rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def of(self, part: str) -> Self:
        """Those of one part."""
        return type(self)(row for row in self if row.part == part)

    def without(self, parts: Iterable[str]) -> Self:
        """Those of all parts but these."""
        left_out = set(parts)
        return type(self)(row for row in self if row.part not in left_out)

    def find(self, case: str, tool: str, size: int | None = None) -> list[Row]:
        """All repeats of a measurement."""
        return [row for row in self if (row.case, row.tool, row.size) == (case, tool, size)]

    def middle(
        self, case: str, tool: str, size: int | None = None, what: str = "cpu"
    ) -> float | None:
        """Median of all repeats; None where one did not finish, or there is none."""
        found = [getattr(row, what) for row in self.find(case, tool, size)]
        return statistics.median(found) if found and None not in found else None

    def note(self, case: str, tool: str, size: int | None = None) -> str:
        """What is said of the first repeat."""
        return next((row.note for row in self.find(case, tool, size)), "not run")

    def cases(self) -> list[str]:
        """The cases, in the order in which they were measured."""
        return list(dict.fromkeys(row.case for row in self))

    def tools(self, case: str) -> list[str]:
        """What a case was done by."""
        return list(dict.fromkeys(row.tool for row in self if row.case == case))

    def sizes(self, case: str) -> list[int]:
        """The sizes of a case, ascending."""
        return sorted({row.size for row in self if row.case == case and row.size is not None})


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write a CSV file with a column for each field."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Row))
        writer.writerows(astuple(row) for row in rows)


def read_rows(path: Path) -> Rows:
    """What `write_rows` wrote; nothing where there is no such file."""
    if not path.exists():
        return Rows([])
    with path.open(encoding="utf-8", newline="") as file:
        return Rows(_row(line) for line in csv.DictReader(file))


def _row(line: dict[str, str]) -> Row:
    def whole(name: str) -> int | None:
        return int(line[name]) if line[name] else None

    def real(name: str) -> float | None:
        return float(line[name]) if line[name] else None

    return Row(
        part=line["part"],
        case=line["case"],
        tool=line["tool"],
        size=whole("size"),
        cpu=real("cpu"),
        wall=real("wall"),
        mb=real("mb"),
        jobs=whole("jobs"),
        note=line["note"],
    )
