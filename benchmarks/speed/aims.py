"""What casebook is to reach, and whether it does."""

from collections.abc import Callable
from dataclasses import dataclass

from speed import kernels, many, profiles, small_run, suite
from speed.rows import Rows
from speed.small_run import MONOLITH, NOTHING, SNAKEMAKE

SLACK = 1.5
"""CI fails where the ratio to one process is so many times what is documented."""
_SNAKEMAKE, _MATPLOTLIB = small_run.IMPORTS.items()
Number = float | None


@dataclass(frozen=True)
class Aim:
    """A number that should not be larger than it may be.

    `profile` is the profile, or the part of the benchmark, that shows where the time goes.
    """

    text: str
    most: float
    measured: Callable[[Rows], Number]
    profile: str
    unit: str = ""


def ratio(rows: Rows) -> Number:
    """Processor time of a run from nothing, by that of the same steps in one process."""
    small = rows.of(small_run.PART)
    return _divided(small.middle(NOTHING, SNAKEMAKE), small.middle(NOTHING, MONOLITH))


def too_slow(measured: Rows, documented: Rows) -> str | None:
    """Why the measured ratio fails, or None if it is well enough.

    Raises:
        ValueError: There is nothing to compare.
    """
    now, then = ratio(measured), ratio(documented)
    if now is None or then is None:
        raise ValueError("no ratio of a run from nothing to one process was measured")
    if now <= SLACK * then:
        return None
    return (
        f"A run from nothing costs {now:.2f} times what its steps cost in one process; documented "
        f"are {then:.2f} times, and {SLACK * then:.2f} would do. Either something has become "
        "slower, or `make bench` has to document why."
    )


def _divided(number: Number, by: Number) -> Number:
    return None if number is None or not by else number / by


def _small(case: str) -> Callable[[Rows], Number]:
    return lambda rows: rows.of(small_run.PART).middle(case, SNAKEMAKE)


def _loads(load: tuple[str, str]) -> Callable[[Rows], Number]:
    return lambda rows: rows.of(small_run.PART).middle(f"load {load[0]}", load[1])


def _quotient(
    number: Callable[[Rows], Number], by: Callable[[Rows], Number]
) -> Callable[[Rows], Number]:
    return lambda rows: _divided(number(rows), by(rows))


def _monolith(rows: Rows) -> Number:
    return rows.of(small_run.PART).middle(NOTHING, MONOLITH)


def _one_figure(rows: Rows) -> Number:
    """What a figure costs beside a run with nothing to do."""
    figure, idle = _small(small_run.FIGURE)(rows), _small(small_run.IDLE)(rows)
    return None if figure is None or idle is None else figure - idle


def _wall(rows: Rows) -> Number:
    return rows.of(small_run.PART).middle(NOTHING, SNAKEMAKE, what="wall")


def _series(part: str, case: str, size: int, what: str = "cpu") -> Callable[[Rows], Number]:
    return lambda rows: rows.of(part).middle(case, many.TOOL, size, what)


def _per_item(part: str, case: str, few: int, more: int) -> Callable[[Rows], Number]:
    """What one of many costs by what one of few costs."""
    most, least = _series(part, case, more), _series(part, case, few)
    return lambda rows: _divided(_divided(most(rows), more), _divided(least(rows), few))


def _tests(rows: Rows) -> Number:
    return rows.of(suite.PART).middle(suite.QUICK, suite.TOOL, what="wall")


def _checks(rows: Rows) -> Number:
    return rows.of(suite.CHECKS).middle(suite.WHOLE, suite.SCRIPT, what="wall")


def _kernel(rows: Rows) -> Number:
    return rows.of(kernels.PART).middle("signed-rank", "casebook", 5000)


FROM_NOTHING, AFTER_EDIT = (f"{many.FULL}: {case}" for case in (NOTHING, many.EDITED))
MANY = f"{many.FEW}: {NOTHING}"
AIMS = (
    Aim(
        "ten patients from nothing, compared with one process",
        1.5,
        ratio,
        profiles.STEPS,
    ),
    Aim("the same steps in one process", 8.5, _monolith, profiles.STEPS, "s"),
    Aim(
        "nothing to do, compared with `import snakemake.cli`",
        1.6,
        _quotient(_small(small_run.IDLE), _loads(_SNAKEMAKE)),
        profiles.IDLE,
    ),
    Aim(
        "one cell of an outcome changed, compared with from nothing",
        0.5,
        _quotient(_small(small_run.CELL), _small(NOTHING)),
        profiles.CELL,
    ),
    Aim(
        "one cell without effect changed, compared with from nothing",
        0.25,
        _quotient(_small(small_run.UNREAD), _small(NOTHING)),
        profiles.IDLE,
    ),
    Aim(
        "one figure alone, less nothing to do, compared with `import matplotlib.figure`",
        2,
        _quotient(_one_figure, _loads(_MATPLOTLIB)),
        profiles.FIGURE,
    ),
    Aim(
        "wall time of ten patients from nothing, on a quiet machine",
        10,
        _wall,
        profiles.STEPS,
        "s",
    ),
    Aim(
        "1,000 cohorts × 20 outcomes × 50 patients, without figures",
        20,
        _series(many.COHORTS, FROM_NOTHING, 1000),
        profiles.COHORTS,
        "s",
    ),
    Aim(
        "the same after an edit of one row, compared with from nothing",
        0.2,
        _quotient(
            _series(many.COHORTS, AFTER_EDIT, 1000), _series(many.COHORTS, FROM_NOTHING, 1000)
        ),
        profiles.COHORTS,
    ),
    Aim(
        "each of 1,000 cohorts, compared with each of 100",
        1.2,
        _per_item(many.COHORTS, MANY, 100, 1000),
        profiles.COHORTS,
    ),
    Aim(
        "each of 10,000 cohorts, compared with each of 100",
        1.2,
        _per_item(many.COHORTS, MANY, 100, 10_000),
        profiles.COHORTS,
    ),
    Aim(
        "1,000,000 rows from CSV to report, wall time",
        60,
        _series(many.PATIENTS, many.CSV, 1_000_000, "wall"),
        profiles.PATIENTS,
        "s",
    ),
    Aim(
        "1,000,000 rows from CSV to report, largest process",
        3000,
        _series(many.PATIENTS, many.CSV, 1_000_000, "mb"),
        profiles.PATIENTS,
        "MB",
    ),
    Aim("exact signed-rank test of 5,000 differences", 1, _kernel, kernels.PART, "s"),
    Aim(
        "each of 21 studies, compared with one alone",
        1.3,
        _per_item(many.STUDIES, NOTHING, 1, 21),
        profiles.STUDIES,
    ),
    Aim(
        "each of 200 studies, compared with one alone",
        1.3,
        _per_item(many.STUDIES, NOTHING, 1, 200),
        profiles.STUDIES,
    ),
    Aim("`make test`, wall time on a quiet machine", 120, _tests, suite.PART, "s"),
    Aim("`.ci/run`, wall time on a quiet machine", 2100, _checks, suite.CHECKS, "s"),
)
