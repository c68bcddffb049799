"""docs/performance.md, from the rows of docs/performance.csv."""

import re
from collections.abc import Iterator, Mapping, Sequence

from speed import kernels, many, profiles, small_run, suite
from speed.aims import AIMS, Aim
from speed.machine import CASE as MACHINE
from speed.rows import Rows
from speed.tables import (
    by_kernel,
    by_profile,
    checks,
    digits,
    patients,
    series,
    small,
    table,
    tests,
    titles_of_profiles,
)

TITLE = "# How fast casebook is\n"
INTRODUCTION = """\
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
COHORTS = """\
From a table to `results.csv`, without figures, of a synthetic study; each patient is in one cohort.
[Some cohorts share a job](updating.md#cohorts-and-jobs). `results.csv` has some 350 rows for each
outcome of each cohort.
"""
PATIENTS = """\
From a table to the report, with all figures, of four cohorts and two outcomes; one value in a
hundred is missing.
"""
STUDIES = """\
Studies with six patients, one cohort and one outcome, in one run. Planning is a dry run before
anything is made.

Snakemake's own share of a study grows with their number. After each checkpoint it goes through all
jobs anew, and each study has two, `cohorts` and `collect`; nothing that Snakemake offers limits
that to the jobs of one study. With commands that do nothing, runs of 10, 20 and 40 studies took
0.3, 0.4 and 0.6 CPU seconds a study. Several calls, each with
`--config 'studies=[first, second]'`, keep to the smallest of these; `--batch` stopped after the
checkpoints.
"""
KERNELS = """\
Seconds of one call on samples that were not seen before; the samples are the same for all packages.
"No exact value" is where a package gives none, for instance by an approximation in its place;
"wrong" where it gives another value than casebook, which is checked against enumeration and R. The
tied samples are in tenths, and no difference is zero. The two groups of a rank-sum test are the
halves of the sample. Of Hodges and Lehmann's estimate the lower end of its 95% interval is
compared. The last table has all rows of `results.csv` of one outcome in one cohort.
"""
TESTS = """\
`make test` runs all tests but those that take minutes, with a process on each core. What pytest
says that the tests of a folder took, with what they need, is added up: it tells where the time
goes.
"""
CHECKS = """\
`.ci/run` makes everything from nothing and then runs all checks, the slow tests and those of conda,
containers and Slurm among them. It is no part of `make bench`:
`python benchmarks/performance.py --parts "all checks"` runs it in a clone that nothing was made in.
"""
PROFILES = """\
By cProfile, which itself takes time: the functions with the most seconds of their own. All steps
are run in one process. Of a run of Snakemake its own process is profiled, which waits for its jobs;
after one cell of an outcome these are all jobs, as each reads what has changed, and the table of
steps [above](#a-small-run) says what each of them takes. Of many cohorts and many studies a smaller
number is profiled than is aimed at.
"""
SECTIONS = {
    kernels.PART: "Exact tests and intervals",
    suite.PART: "The tests",
    suite.CHECKS: "All checks",
}
"""What the sections are called that say themselves where the time goes."""


def page(rows: Rows) -> str:
    """The whole page, in Markdown."""
    profiled = rows.of(profiles.PART)
    shown = {**SECTIONS, **titles_of_profiles(profiled)}
    header = ("aim", "at most", "measured", "", "where the time goes")
    lines = [
        TITLE,
        "Seconds that pass on 2 cores:\n",
        *map("- {}".format, in_short(rows)),
        f"\n{INTRODUCTION}",
        "## What it is to reach\n",
        *table(header, "lrrll", ((*_aim(rows, aim), _link(shown, aim)) for aim in AIMS)),
        *_heading("A small run", SMALL, rows.of(small_run.PART), "small-run"),
        *small(rows.of(small_run.PART)),
        *_heading("Many cohorts", COHORTS, rows.of(many.COHORTS), "many"),
        *series(rows.of(many.COHORTS), "cohorts"),
        *_heading("Many patients", PATIENTS, rows.of(many.PATIENTS)),
        *patients(rows.of(many.PATIENTS)),
        *_heading("Many studies", STUDIES, rows.of(many.STUDIES)),
        *series(rows.of(many.STUDIES), "studies"),
        *_heading(SECTIONS[kernels.PART], KERNELS, rows.of(kernels.PART), "kernels"),
        *by_kernel(rows.of(kernels.PART)),
        *_heading(SECTIONS[suite.PART], TESTS, rows.of(suite.PART)),
        *tests(rows.of(suite.PART)),
        *_heading(SECTIONS[suite.CHECKS], CHECKS, rows.of(suite.CHECKS)),
        *checks(rows.of(suite.CHECKS)),
        *_heading("Where the time goes", PROFILES, profiled),
        *by_profile(profiled),
    ]
    return "\n".join(lines) + "\n"


def in_short(rows: Rows) -> Iterator[str]:
    """What a user waits for, in words."""
    runs = (
        ("Ten patients, everything", small_run.PART, small_run.NOTHING, small_run.SNAKEMAKE, 0),
        ("After one cell of an outcome", small_run.PART, small_run.CELL, small_run.SNAKEMAKE, 0),
        ("With nothing to do", small_run.PART, small_run.IDLE, small_run.SNAKEMAKE, 0),
        *(
            (f"{size:,} patients, everything", many.PATIENTS, many.CSV, many.TOOL, size)
            for size in rows.of(many.PATIENTS).sizes(many.CSV)
        ),
    )
    for told, part, case, tool, size in runs:
        wall = rows.of(part).middle(case, tool, size or None, "wall")
        note = rows.of(part).note(case, tool, size or None)
        yield f"{told}: {note if wall is None else f'{wall:,.0f} s'}"


def _heading(name: str, text: str, rows: Rows, figure: str = "") -> Iterator[str]:
    """What a section opens with: what is measured, on what, and its figure."""
    yield f"\n## {name}\n\n{text}"
    measured = rows.cases()
    yield f"Measured on {rows.note(MACHINE, MACHINE)}.\n" if measured else "Not measured yet.\n"
    if figure:
        yield f"![{name}](images/performance-{figure}.svg)\n"


def _aim(rows: Rows, aim: Aim) -> Sequence[str]:
    number = aim.measured(rows)
    most = _with_unit(aim.most, aim.unit)
    if number is None:
        return aim.text, most, "–", "**not shown**: it did not finish in time, or was not measured"
    if number <= aim.most:
        return aim.text, most, _with_unit(number, aim.unit), "reached"
    missed = f"**missed** by {100 * (number / aim.most - 1):.0f}%"
    return aim.text, most, _with_unit(number, aim.unit), missed


def _link(shown: Mapping[str, str], aim: Aim) -> str:
    """A link to what shows where the time of an aim goes."""
    if aim.profile not in shown:
        return "not profiled yet"
    title = shown[aim.profile]
    anchor = re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
    return f"[{title}](#{anchor})"


def _with_unit(number: float, unit: str) -> str:
    return f"{digits(number)} {unit}".strip()
