"""Measure how fast casebook is, and write docs/performance.md with its figures.

    python benchmarks/performance.py                    all parts, as `make bench` does
    python benchmarks/performance.py --parts kernels    one part anew, the others as they were
    python benchmarks/performance.py --parts "all checks"    `.ci/run`, no part of `make bench`
    python benchmarks/performance.py --draw             the page from what was measured before
    python benchmarks/performance.py --check            only whether a small run has become slower

PYTHONPATH names scripts and tests/workflow. $CURRENT_R may be a command that runs a second R.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from speed import kernels, many, profiles, small_run, suite
from speed.aims import ratio, too_slow
from speed.drawings import draw
from speed.machine import machine
from speed.page import page
from speed.rows import Row, Rows, read_rows, write_rows

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MEASURED = DOCS / "performance.csv"


@dataclass(frozen=True)
class Sizes:
    """How much is measured, and for how many processor seconds a single run may go on."""

    repeats: int
    limit: float
    kernel_limit: int
    pairs: tuple[int, ...]
    few_cohorts: tuple[int, ...]
    full_cohorts: int
    patients: tuple[int, ...]
    patients_in_workbook: int
    studies: tuple[int, ...]
    profiled: tuple[int, int, int] = (50, 100_000, 10)
    """How many cohorts, patients and studies are profiled."""


SIZES = {
    "smallest": Sizes(1, 60, 2, (10, 50), (2,), 2, (40,), 40, (1,), (2, 40, 2)),
    "usual": Sizes(
        repeats=2,
        limit=600,
        kernel_limit=8,
        pairs=(10, 50, 500, 2000, 5000, 100_000),
        few_cohorts=(100, 1000),
        full_cohorts=1000,
        patients=(1000, 10_000, 100_000, 1_000_000),
        patients_in_workbook=100_000,
        studies=(1, 21, 200),
    ),
    "largest": Sizes(
        repeats=4,
        limit=3600,
        kernel_limit=60,
        pairs=(10, 50, 500, 2000, 5000, 100_000),
        few_cohorts=(100, 1000, 10_000),
        full_cohorts=1000,
        patients=(1000, 10_000, 100_000, 1_000_000),
        patients_in_workbook=100_000,
        studies=(1, 21, 200),
    ),
}


def main() -> None:
    """Do what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--sizes", choices=SIZES, default="usual")
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=USUAL)
    parser.add_argument("--draw", action="store_true", help="measure nothing")
    parser.add_argument("--check", action="store_true", help="write nothing")
    told = parser.parse_args()
    if told.check:
        sys.exit(check())
    for name in [] if told.draw else told.parts:
        measured = [machine(name)]
        with tempfile.TemporaryDirectory() as folder:
            # Written at once, so that what was measured stands if the rest is interrupted.
            for row in _shown(PARTS[name](Path(folder), SIZES[told.sizes])):
                measured.append(row)
                write_rows(MEASURED, [*read_rows(MEASURED).without([name]), *measured])
    write(read_rows(MEASURED), DOCS)


def write(rows: Rows, docs: Path) -> None:
    """Write the page and its figures."""
    (docs / "performance.md").write_text(page(rows), encoding="utf-8")
    (docs / "images").mkdir(exist_ok=True)
    draw(rows, docs / "images")


def check() -> str | None:
    """Why a small run is too slow beside its steps in one process, or None."""
    both = (small_run.SNAKEMAKE, small_run.MONOLITH)
    with tempfile.TemporaryDirectory() as folder:
        measured = Rows(_shown(small_run.measure(Path(folder), repeats=1, only=both)))
    reason = too_slow(measured, read_rows(MEASURED))
    print(f"From nothing, by one process: {ratio(measured):.2f}")
    return reason


def _shown(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows, each told as soon as it is there."""
    for row in rows:
        seconds = row.wall if row.cpu is None else row.cpu
        result = row.note if seconds is None else f"{seconds:g} s"
        print(row.part, row.case, row.tool, row.size or "", result, sep="\t", flush=True)
        yield row


PARTS: dict[str, Callable[[Path, Sizes], Iterator[Row]]] = {
    small_run.PART: lambda folder, sizes: small_run.measure(folder, sizes.repeats),
    many.COHORTS: lambda folder, sizes: many.measure_cohorts(
        folder, sizes.few_cohorts, sizes.full_cohorts, sizes.limit
    ),
    many.PATIENTS: lambda folder, sizes: many.measure_patients(
        folder, sizes.patients, sizes.patients_in_workbook, sizes.limit
    ),
    many.STUDIES: lambda folder, sizes: many.measure_studies(folder, sizes.studies, sizes.limit),
    kernels.PART: lambda folder, sizes: kernels.measure(sizes.pairs, sizes.kernel_limit),
    profiles.PART: lambda folder, sizes: profiles.measure(folder, *sizes.profiled, sizes.limit),
    suite.PART: lambda folder, sizes: suite.measure(folder, sizes.limit),
    suite.CHECKS: lambda folder, sizes: suite.measure_checks(ROOT),
}
USUAL = [name for name in PARTS if name != suite.CHECKS]


if __name__ == "__main__":
    main()
