"""Time the exact signed-rank test here, in SciPy and in R, on the same samples in one run.

Prints two tables in Markdown; `docs/benchmark.md` keeps them. Run from the repository's root:

    PYTHONPATH=scripts python benchmarks/exact_tests.py > docs/benchmark.md

It takes three minutes, most of them R's at n = 2000, on one core.
"""

import csv
import datetime
import itertools
import math
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from scipy.stats import wilcoxon

from casebook.analysis.cohort import analyse_outcome
from casebook.analysis.pairs import Pairs
from casebook.statistics.signed_rank import signed_rank, signed_rank_by
from casebook.statistics.values import paired_differences
from casebook.study.model import Study

SIZES = (10, 50, 500, 2000)
CELLS = 20_000
R_FUNCTIONS = ("wilcox.test", "wilcox.exact", "wilcoxsign_test")
STUDY = Study.model_validate(
    {
        "title": "Benchmark",
        "source": {"table": "none", "citation": "none", "licence": "none"},
        "outcomes": {
            "cdasi": {
                "label": "CDASI",
                "baseline": "before",
                "followup": "after",
                "range": [0, 132],
                "better": "lower",
                "responders": {
                    "points": {"label": "4 points", "improvement": 4, "source": "none"},
                    "percent": {
                        "label": "40%",
                        "improvement": 40,
                        "unit": "percent",
                        "source": "none",
                    },
                },
            }
        },
        "cohorts": {"dm": {"label": "DM"}},
    }
)

Timed = tuple[float, float]


def main() -> None:
    """Measure and print."""
    samples = {
        (n, tied): differences(n, tied) for n, tied in itertools.product(SIZES, (False, True))
    }
    in_r = time_in_r(samples)
    print(f"# How fast the exact test is\n\nMeasured on {machine()}.\n")
    print_single_tests(samples, in_r)
    print_cells(in_r)


def differences(n: int, tied: bool) -> np.ndarray:
    """Changes of n patients, in tenths of a point if they are to be tied."""
    changes = np.random.default_rng(n).normal(0.1, 1, n)
    return changes.round(1) if tied else changes


def exact(changes: np.ndarray) -> float:
    """p-value of the exact test of this package."""
    return signed_rank(changes, distribution="exact").p_value


def scipys(changes: np.ndarray) -> float:
    """p-value of SciPy's exact test."""
    return float(wilcoxon(changes, method="exact").pvalue)


def timed(test: Callable[[np.ndarray], float], changes: np.ndarray) -> Timed:
    """p-value and seconds."""
    start = time.perf_counter()
    return test(changes), time.perf_counter() - start


def time_in_r(samples: dict[tuple[int, bool], np.ndarray]) -> dict[tuple[str, int, bool], Timed]:
    """p-value (NaN where there is none) and seconds of each R function and sample."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "samples.csv"
        lines = [f"{n}_{tied},{d!r}" for (n, tied), s in samples.items() for d in s.tolist()]
        table.write_text("\n".join(["sample,difference", *lines]), encoding="utf-8")
        script = Path(__file__).with_suffix(".R")
        output = subprocess.run(
            ["Rscript", script, table], capture_output=True, text=True, check=True
        ).stdout
    found = {}
    for name, sample, p_value, seconds in csv.reader(output.splitlines()):
        n, _, tied = sample.partition("_")
        p = math.nan if p_value == "NA" else float(p_value)
        found[name, int(n), tied == "True"] = (p, float(seconds))
    return found


def print_single_tests(
    samples: dict[tuple[int, bool], np.ndarray], in_r: dict[tuple[str, int, bool], Timed]
) -> None:
    """One table row per sample: seconds of one test, beside what is not right."""
    print("Seconds of one exact test. Where there is no exact p-value, or a wrong one, that stands")
    print("in place of the time. R 4.2's wilcox.test is not exact with ties, nor is SciPy's")
    print("wilcoxon; the differences here are the same for all.\n")
    print("| n | ties | casebook | SciPy | wilcox.test | wilcox.exact | coin |")
    print("|--:|:--|--:|--:|--:|--:|--:|")
    for (n, tied), changes in samples.items():
        ours = exact(changes)
        others = [timed(scipys, changes), *(in_r[name, n, tied] for name in R_FUNCTIONS)]
        shown = [f"{fresh_seconds(n, tied):.2g}", *(judged(other, ours) for other in others)]
        print(f"| {n} | {'yes' if tied else 'no'} | {' | '.join(shown)} |")


def fresh_seconds(n: int, tied: bool) -> float:
    """Mean seconds of our test of a sample that was not seen before."""
    batch = [np.random.default_rng([n, i]).normal(0.1, 1, n) for i in range(max(1, 5000 // n))]
    return total(exact, [changes.round(1) if tied else changes for changes in batch]) / len(batch)


def judged(other: Timed, ours: float) -> str:
    """Seconds, or what is wrong with the p-value."""
    p_value, seconds = other
    if math.isnan(p_value):
        return "none"
    if not math.isclose(p_value, ours, rel_tol=1e-9):
        return f"wrong (p = {p_value:.3g}, not {ours:.3g})"
    return f"{seconds:.2g}"


def print_cells(in_r: dict[tuple[str, int, bool], Timed]) -> None:
    """One table row per way of testing 20,000 cells of 50 patients."""
    random = np.random.default_rng(0)
    baseline = random.uniform(0, 50, (CELLS, 50)).round(1)
    followup = (baseline + random.normal(-1, 6, (CELLS, 50))).round(1)
    changes = [paired_differences(b, f) for b, f in zip(baseline, followup, strict=True)]
    untied = random.normal(-1, 6, (CELLS, 50))
    print(f"\nSeconds of {CELLS:,} cells of n = 50. R's are the time of one test above times the")
    print("number of cells. Every row is every row of results.csv but the bootstrap's, by the")
    print("default rule of R up to 4.5, the exact rank-sum test of the 50 values at either visit")
    print("among them.\n")
    print("| what | ties | seconds |\n|:--|:--|--:|")

    def row(what: str, tied: bool, seconds: float) -> None:
        print(f"| {what} | {'yes' if tied else 'no'} | {seconds:.1f} |")

    row("casebook, exact", True, total(exact, changes))
    row("casebook, exact, one null distribution shared", False, total(exact, untied))
    row(
        "casebook, default rule of R up to 4.5",
        True,
        total(partial(signed_rank_by, "r-4.5"), changes),
    )
    row("SciPy, exact", False, total(scipys, untied))
    for name, tied in (("wilcox.test", False), ("wilcox.exact", True), ("wilcoxsign_test", True)):
        row(f"R, {name}", tied, in_r[name, 50, tied][1] * CELLS)
    patients = [str(number) for number in range(50)]
    visits = zip(baseline.tolist(), followup.tolist(), strict=True)
    cells = [Pairs(patients, before, after) for before, after in visits]
    every_row = partial(analyse_outcome, STUDY, "dm", "cdasi")
    row("casebook, every row", True, total(every_row, cells))


def total(compute: Callable[[Any], object], cells: Iterable[Any]) -> float:
    """Seconds to compute something of every cell."""
    start = time.perf_counter()
    for cell in cells:
        compute(cell)
    return time.perf_counter() - start


def machine() -> str:
    """Date, processor and software."""
    r_version = subprocess.run(
        ["Rscript", "-e", "cat(as.character(getRversion()))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return (
        f"{datetime.date.today():%d %B %Y} on one core of {processor()}, with Python "
        f"{platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__} and "
        f"R {r_version}"
    )


def processor() -> str:
    """Name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


if __name__ == "__main__":
    main()
