"""The tables of docs/performance.md, from the rows of each part."""

import math
from collections.abc import Iterator, Sequence

from speed import kernels, many, small_run, suite
from speed.machine import CASE as MACHINE
from speed.rows import NO_VALUE, Row, Rows

Lines = Iterator[Sequence[str]]
STEPS = """\
What each step takes, as a process of its own and after all before it in one process. The
difference is what Python needs to start and to import.
"""


def table(header: Sequence[str], align: str, lines: Lines) -> Iterator[str]:
    """A table; `align` has a letter per column, l or r."""
    yield f"| {' | '.join(header)} |"
    yield "|" + "".join(":--|" if side == "l" else "--:|" for side in align)
    for cells in lines:
        yield f"| {' | '.join(cells)} |"


def digits(number: float) -> str:
    """Three digits, without an exponent where it can be read better so."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _cell(rows: Rows, case: str, tool: str, size: int | None = None, what: str = "cpu") -> str:
    """A measurement, or why there is none."""
    number = rows.middle(case, tool, size, what)
    return rows.note(case, tool, size) if number is None else digits(number)


def small(rows: Rows) -> Iterator[str]:
    """Runs and what else can make them, and then the steps."""
    whole = rows.middle(small_run.NOTHING, small_run.MONOLITH)

    def line(case: str, tool: str) -> Sequence[str]:
        cpu = rows.middle(case, tool)
        share = f"{cpu / whole:.2f}" if cpu is not None and whole else "–"
        jobs = [row.jobs for row in rows.find(case, tool) if row.jobs]
        numbers = [_cell(rows, case, tool, what=what) for what in ("cpu", "wall", "mb")]
        return case, tool, *numbers, share, str(jobs[0]) if jobs else "–"

    cases = [case for case in rows.cases() if not case.startswith(("step ", MACHINE))]
    header = ("run", "by", "CPU s", "wall s", "MB", "compared with one process", "jobs")
    runs = (line(case, tool) for case in cases for tool in rows.tools(case))
    yield from table(header, "llrrrrr", runs)
    yield f"\n{STEPS}"
    tools = (small_run.APART, small_run.MONOLITH)
    steps = [case for case in rows.cases() if case.startswith("step ")]
    costs = ([case.removeprefix("step "), *(_cell(rows, case, t) for t in tools)] for case in steps)
    yield from table(("step", *tools), "lrr", costs)


def series(rows: Rows, things: str) -> Iterator[str]:
    """What was done with each size, and what that is for one of them."""

    def lines() -> Lines:
        for case in rows.cases():
            for size in rows.sizes(case):
                costs = [_cell(rows, case, many.TOOL, size, w) for w in ("cpu", "wall", "mb")]
                cpu, jobs = (rows.middle(case, many.TOOL, size, what) for what in ("cpu", "jobs"))
                each = "–" if cpu is None else digits(cpu / size)
                count = "–" if jobs is None else f"{jobs:.0f}"
                yield case, f"{size:,}", costs[0], each, *costs[1:], count

    header = ("", things, "CPU s", "CPU s each", "wall s", "MB", "jobs")
    yield from table(header, "lrrrrrr", lines())


def patients(rows: Rows) -> Iterator[str]:
    """Sizes of both formats."""

    def lines() -> Lines:
        for case, form in ((many.CSV, "csv"), (many.XLSX, "xlsx")):
            for size in rows.sizes(case):
                costs = [_cell(rows, case, many.TOOL, size, w) for w in ("cpu", "wall", "mb")]
                report = rows.middle("report", form, size, "mb")
                yield case, f"{size:,}", *costs, "–" if report is None else digits(report)

    header = ("", "patients", "CPU s", "wall s", "MB", "report, MB")
    yield from table(header, "lrrrrr", lines())


def by_kernel(rows: Rows) -> Iterator[str]:
    """A table for each kernel: packages by sizes."""
    for kernel in kernels.KERNELS:
        if kernel in rows.cases():
            yield f"\n### {kernel[0].upper()}{kernel[1:]}\n"
            sizes = rows.sizes(kernel)
            header = ("package", *(f"n = {size:,}" for size in sizes))
            lines = (
                [tool, *(_judged(rows, kernel, tool, size) for size in sizes)]
                for tool in rows.tools(kernel)
            )
            yield from table(header, "l" + "r" * len(sizes), lines)


def _judged(rows: Rows, kernel: str, tool: str, size: int) -> str:
    """Seconds of a call, or what is wrong with what it gives."""
    seconds, value = rows.middle(kernel, tool, size), rows.note(kernel, tool, size)
    if seconds is None:
        return value
    if value in NO_VALUE:
        return "no exact value"
    ours = rows.note(kernel, "casebook", size)
    known = rows.middle(kernel, "casebook", size) is not None
    if known and not math.isclose(float(value), float(ours), rel_tol=1e-6):
        return f"wrong: {float(value):.7g}, not {float(ours):.7g}"
    return f"{seconds:.2g}"


def tests(rows: Rows) -> Iterator[str]:
    """The whole, and then each folder of tests by the seconds of its tests, if measured."""
    if not rows.cases():
        return
    whole = [_cell(rows, suite.QUICK, suite.TOOL, what=what) for what in ("cpu", "wall", "mb")]
    yield from table(("", "CPU s", "wall s", "MB"), "lrrr", iter([[suite.QUICK, *whole]]))
    yield ""
    folders = [row for row in rows if row.case not in (suite.QUICK, MACHINE)]
    lines = ([row.case, f"{row.jobs:,}", digits(row.wall or 0)] for row in folders)
    yield from table(("folder", "tests", "s"), "lrr", lines)


def checks(rows: Rows) -> Iterator[str]:
    """The whole and each step, by the seconds that passed, if measured."""
    if rows.cases():
        measured = (row for row in rows if row.case != MACHINE)
        lines = ([f"`{row.case}`", digits(row.wall or 0)] for row in measured)
        yield from table(("step", "wall s"), "lr", lines)


def by_profile(rows: Rows) -> Iterator[str]:
    """A table for each profile that was taken."""
    header = ("function", "own s", "s with what it calls", "calls")
    for case, title in titles_of_profiles(rows).items():
        yield f"\n### {title}\n"
        lines = [row for row in rows if row.case == case]
        yield from table(header, "lrrr", map(_function, lines))


def titles_of_profiles(rows: Rows) -> dict[str, str]:
    """What each profile that was taken is called on the page, by its case."""
    found = {}
    for case in rows.cases():
        if case != MACHINE:
            told = f"{case}{''.join(f', size {size:,}' for size in rows.sizes(case))}"
            found[case] = f"{told[0].upper()}{told[1:]}"
    return found


def _function(row: Row) -> Sequence[str]:
    return f"`{row.tool}`", f"{row.cpu:.2f}", f"{row.wall:.2f}", f"{row.jobs:,}"
