"""What programs print as an end of the interval of a shift, in the place of a claim.

The intervals themselves are made in `statistics/program_intervals`. Those of means are alike in all
programs, and of medians and shares no program has one default; they are not asked.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from casebook.audit.data import Data
from casebook.audit.rows import find_row
from casebook.claims.compared import ComparedDifference
from casebook.claims.readings import ReadingError, ResultRow
from casebook.data.programs import INTERVAL_BY
from casebook.data.results import DIFFERENCE, ESTIMATE, SHIFT, Result
from casebook.statistics.program_intervals import (
    NONE_OF_GROUPS,
    NONE_OF_PAIRS,
    OF_GROUPS,
    OF_PAIRS,
    shift_of_groups,
    shift_of_pairs,
)
from casebook.statistics.terms import NotComputable, Program
from casebook.study.expressions import parse

_ENDS = ("conf_low", "conf_high")
_NONE = "no interval"
EndsByProgram = Mapping[Program, tuple[str, float]]


def ends_by_program(data: Data, reading: ResultRow | ComparedDifference) -> EndsByProgram:
    """What each program gives for an end of Hodges and Lehmann's interval, NaN where it has none.

    Programs of which it is not known are left out, and everything is for another number.
    """
    try:
        row = find_row(data, reading) if isinstance(reading, ResultRow) else data.between(reading)
    except (ReadingError, KeyError):
        return {}
    if row.method != SHIFT or row.stat_name not in _ENDS:
        return {}
    level = data.study.analysis.confidence_level
    if row.context == ESTIMATE:
        changes = data.ranked_changes(row.group1_level, row.variable, row.contrast)
        way = -1 if data.turns(row.variable) else 1
        differences = [way * change for change in changes.values()]
        return _ends(
            row.stat_name,
            OF_PAIRS,
            NONE_OF_PAIRS,
            lambda by: shift_of_pairs(by, differences, level=level),
        )
    if row.context == DIFFERENCE and isinstance(reading, ComparedDifference):
        first, second = _groups(data, reading, row)
        return _ends(
            row.stat_name,
            OF_GROUPS,
            NONE_OF_GROUPS,
            lambda by: shift_of_groups(by, second, first, level=level),
        )
    return {}


def _groups(data: Data, reading: ComparedDifference, row: Result) -> Sequence[list[float]]:
    """The known values of both cohorts of a comparison."""
    expression = parse(reading.compared.source)
    of = [
        [data.number(patient, expression) for patient in data.cohorts[cohort]]
        for cohort in data.study.comparisons[row.group1_level].cohorts
    ]
    return [[value for value in values if value is not None] for values in of]


def _ends(
    end: str,
    programs: Sequence[Program],
    without: Sequence[Program],
    interval: Callable[[Program], tuple[float, float]],
) -> EndsByProgram:
    found: dict[Program, tuple[str, float]] = {}
    for program in programs:
        try:
            found[program] = (INTERVAL_BY[program], interval(program)[_ENDS.index(end)])
        except NotComputable:
            found[program] = (_NONE, math.nan)
    return found | dict.fromkeys(without, (_NONE, math.nan))
