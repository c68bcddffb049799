"""docs/performance.md, from the rows of docs/performance.csv."""

import math
from collections.abc import Iterator, Sequence

from speed import kernels, many, small_run
from speed.aims import AIMS, Aim
from speed.machine import CASE as MACHINE
from speed.profiles import CASE as PROFILE
from speed.rows import Row, Rows

INTRODUCTION = """\
# How fast casebook is

`make bench` writes this page, its figures and [performance.csv](performance.csv), which has every
measurement. Seconds are of the processor, user and system together, of all processes, where nothing
else is said; memory is that of the largest process. Modules are compiled before anything is
measured. What did not finish within its share of time says so in place of a number.
"""
SMALL = """\
The bundled study: ten patients, two outcomes, five cohorts, an audit of 200 claims. "One process"
is [`benchmarks/monolith.py`](../benchmarks/monolith.py): the same commands with each module
imported once, and everything made every time. GNU make and doit run the same commands, make by
dates and doit by digests of files; they notice neither changed code nor edited results. What each
of them makes from nothing is compared with what Snakemake makes.
"""
STEPS = """\
What each step takes, as a process of its own and after all before it in one process. The
difference is what Python needs to start and to import.
"""
COHORTS = """\
From a table to `results.csv`, without figures, of a synthetic study; each patient is in one cohort.
"""
PATIENTS = """\
From a table to the report, with all figures, of four cohorts and two outcomes; one value in a
hundred is missing.
"""
STUDIES = """\
Copies of a study with six patients and all kinds of jobs, in one run. Planning is a dry run before
anything is made.
"""
KERNELS = """\
Seconds of one call on samples that were not seen before; the samples are the same for all packages.
"No exact value" is where a package gives none, for instance by an approximation in its place;
"wrong" where it gives another value than casebook, which is checked against enumeration and R. The
tied samples are in tenths, and no difference is zero. The two groups of a rank-sum test are the
halves of the sample. Of Hodges and Lehmann's estimate the lower end of its 95% interval is
compared. The last table has all rows of `results.csv` of one outcome in one cohort.
"""
PROFILES = """\
By cProfile, which itself takes time: the functions with the most seconds of their own, of all steps
in one process, and of Snakemake with nothing to do.
"""


Lines = Iterator[Sequence[str]]


def page(rows: Rows) -> str:
    """The whole page, in Markdown."""
    lines = [
        INTRODUCTION,
        "## What it is to reach\n",
        *_table(("aim", "at most", "measured", ""), "lrrl", (_aim(rows, aim) for aim in AIMS)),
        *_heading("A small run", SMALL, rows.of(small_run.PART), "small-run"),
        *_small(rows.of(small_run.PART)),
        *_heading("Many cohorts", COHORTS, rows.of(many.COHORTS), "many"),
        *_series(rows.of(many.COHORTS), "cohorts"),
        *_heading("Many patients", PATIENTS, rows.of(many.PATIENTS)),
        *_patients(rows.of(many.PATIENTS)),
        *_heading("Many studies", STUDIES, rows.of(many.STUDIES)),
        *_series(rows.of(many.STUDIES), "studies"),
        *_heading("Exact tests and intervals", KERNELS, rows.of(kernels.PART), "kernels"),
        *_kernels(rows.of(kernels.PART)),
        f"\n## Where the time goes\n\n{PROFILES}",
        *_profiles(rows),
    ]
    return "\n".join(lines) + "\n"


def _heading(name: str, text: str, rows: Rows, figure: str = "") -> Iterator[str]:
    """What a section opens with: what is measured, on what, and its figure."""
    yield f"\n## {name}\n\n{text}"
    yield f"Measured on {rows.note(MACHINE, MACHINE)}.\n"
    if figure:
        yield f"![{name}](images/performance-{figure}.svg)\n"


def _table(header: Sequence[str], align: str, lines: Lines) -> Iterator[str]:
    """A table; `align` has a letter per column, l or r."""
    yield f"| {' | '.join(header)} |"
    yield "|" + "".join(":--|" if side == "l" else "--:|" for side in align)
    for cells in lines:
        yield f"| {' | '.join(cells)} |"


def _aim(rows: Rows, aim: Aim) -> Sequence[str]:
    number = aim.measured(rows)
    most = _with_unit(aim.most, aim.unit)
    if number is None:
        return aim.text, most, "–", "did not finish, or was not measured"
    if number <= aim.most:
        return aim.text, most, _with_unit(number, aim.unit), "reached"
    missed = f"**missed** by {100 * (number / aim.most - 1):.0f}%"
    return aim.text, most, _with_unit(number, aim.unit), missed


def _with_unit(number: float, unit: str) -> str:
    return f"{_digits(number)} {unit}".strip()


def _digits(number: float) -> str:
    """Three digits, without an exponent where it can be read better so."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _cell(rows: Rows, case: str, tool: str, size: int | None = None, what: str = "cpu") -> str:
    """A measurement, or why there is none."""
    number = rows.middle(case, tool, size, what)
    return rows.note(case, tool, size) if number is None else _digits(number)


def _small(rows: Rows) -> Iterator[str]:
    """Runs and what else can make them, and then the steps."""
    whole = rows.middle(small_run.NOTHING, small_run.MONOLITH)

    def line(case: str, tool: str) -> Sequence[str]:
        cpu = rows.middle(case, tool)
        share = f"{cpu / whole:.2f}" if cpu is not None and whole else "–"
        jobs = [row.jobs for row in rows.find(case, tool) if row.jobs]
        numbers = [_cell(rows, case, tool, what=what) for what in ("cpu", "wall", "mb")]
        return case, tool, *numbers, share, str(jobs[0]) if jobs else "–"

    cases = [case for case in rows.cases() if not case.startswith(("step ", MACHINE, PROFILE))]
    header = ("run", "by", "CPU s", "wall s", "MB", "by one process", "jobs")
    runs = (line(case, tool) for case in cases for tool in rows.tools(case))
    yield from _table(header, "llrrrrr", runs)
    yield f"\n{STEPS}"
    tools = (small_run.APART, small_run.MONOLITH)
    steps = [case for case in rows.cases() if case.startswith("step ")]
    costs = ([case.removeprefix("step "), *(_cell(rows, case, t) for t in tools)] for case in steps)
    yield from _table(("step", *tools), "lrr", costs)


def _series(rows: Rows, things: str) -> Iterator[str]:
    """What was done with each size, and what that is for one of them."""

    def lines() -> Lines:
        for case in rows.cases():
            for size in rows.sizes(case) if case != PROFILE else ():
                costs = [_cell(rows, case, many.TOOL, size, w) for w in ("cpu", "wall", "mb")]
                cpu, jobs = (rows.middle(case, many.TOOL, size, what) for what in ("cpu", "jobs"))
                each = "–" if cpu is None else _digits(cpu / size)
                count = "–" if jobs is None else f"{jobs:.0f}"
                yield case, f"{size:,}", costs[0], each, *costs[1:], count

    header = ("", things, "CPU s", "CPU s each", "wall s", "MB", "jobs")
    yield from _table(header, "lrrrrrr", lines())


def _patients(rows: Rows) -> Iterator[str]:
    """Sizes of both formats."""

    def lines() -> Lines:
        for case, form in ((many.CSV, "csv"), (many.XLSX, "xlsx")):
            for size in rows.sizes(case):
                costs = [_cell(rows, case, many.TOOL, size, w) for w in ("cpu", "wall", "mb")]
                report = rows.middle("report", form, size, "mb")
                yield case, f"{size:,}", *costs, "–" if report is None else _digits(report)

    header = ("", "patients", "CPU s", "wall s", "MB", "report, MB")
    yield from _table(header, "lrrrrr", lines())


def _kernels(rows: Rows) -> Iterator[str]:
    for kernel in kernels.KERNELS:
        if kernel in rows.cases():
            yield f"\n### {kernel[0].upper()}{kernel[1:]}\n"
            sizes = rows.sizes(kernel)
            header = ("package", *(f"n = {size:,}" for size in sizes))
            lines = (
                [tool, *(_judged(rows, kernel, tool, size) for size in sizes)]
                for tool in rows.tools(kernel)
            )
            yield from _table(header, "l" + "r" * len(sizes), lines)


def _judged(rows: Rows, kernel: str, tool: str, size: int) -> str:
    """Seconds of a call, or what is wrong with what it gives."""
    seconds, value = rows.middle(kernel, tool, size), rows.note(kernel, tool, size)
    if seconds is None:
        return value
    if value in ("NA", "NaN", "nan"):
        return "no exact value"
    ours = rows.note(kernel, "casebook", size)
    known = rows.middle(kernel, "casebook", size) is not None
    if known and not math.isclose(float(value), float(ours), rel_tol=1e-6):
        return f"wrong: {float(value):.3g}, not {float(ours):.3g}"
    return f"{seconds:.2g}"


def _profiles(rows: Rows) -> Iterator[str]:
    for part in (small_run.PART, many.COHORTS, many.PATIENTS):
        taken = rows.of(part)
        for size in taken.sizes(PROFILE):
            name = f"{part}, {size:,}" if size else f"{part}, {small_run.IDLE}"
            yield f"\n### {name[0].upper()}{name[1:]}\n"
            lines = [row for row in taken if (row.case, row.size) == (PROFILE, size)]
            header = ("function", "own s", "s with what it calls", "calls")
            yield from _table(header, "lrrr", map(_function, lines))


def _function(row: Row) -> Sequence[str]:
    return f"`{row.tool}`", f"{row.cpu:.2f}", f"{row.wall:.2f}", f"{row.jobs:,}"
