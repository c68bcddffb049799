"""What programs print as an end of the interval of a shift, in the place of a claim.

The intervals themselves are made in `statistics/program_intervals`. Those of means are alike in all
programs, and of medians and shares no program has one default; they are not asked.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from casebook.audit.data import Data
from casebook.audit.floating import floating_changes, floating_groups
from casebook.audit.rows import find_row
from casebook.claims.compared import ComparedDifference
from casebook.claims.readings import ReadingError, ResultRow
from casebook.data.programs import INTERVAL_BY
from casebook.data.results import DIFFERENCE, ESTIMATE, SHIFT
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


class Does(NamedTuple):
    """What a program does, and what it gets: NaN where it prints nothing."""

    convention: str
    value: float


ByProgram = Mapping[Program, Sequence[Does]]
"""What each program does.

It is one thing, or two: of the changes that it subtracted itself, if these have other ties, and of
those that were typed into its table.
"""


def ends_by_program(data: Data, reading: ResultRow | ComparedDifference) -> ByProgram:
    """What each program gives for an end of Hodges and Lehmann's interval, NaN where it has none.

    Programs of which it is not known are left out, and everything is for another number.
    """
    try:
        row = find_row(data, reading) if isinstance(reading, ResultRow) else data.between(reading)
    except (ReadingError, KeyError):
        return {}
    if row.method != SHIFT or row.stat_name not in _ENDS:
        return {}
    way, level = -1 if data.turns(row.variable) else 1, data.study.analysis.confidence_level
    if row.context == ESTIMATE:
        of = (row.variable, row.contrast)
        changes = [*data.ranked_changes(row.group1_level, *of).values()]
        each_changes = (*floating_changes(data, [row.group1_level], *of), np.array(changes))
        return _ends(
            row.stat_name,
            OF_PAIRS,
            NONE_OF_PAIRS,
            [partial(shift_of_pairs, differences=way * c, level=level) for c in each_changes],
        )
    if row.context == DIFFERENCE and isinstance(reading, ComparedDifference):
        return _ends(
            row.stat_name,
            OF_GROUPS,
            NONE_OF_GROUPS,
            [
                partial(shift_of_groups, group=second, reference=first, level=level)
                for first, second in _each_groups(data, reading, way)
            ],
        )
    return {}


def _each_groups(
    data: Data, reading: ComparedDifference, way: int
) -> Iterator[Sequence[ArrayLike]]:
    """The known values of both cohorts of a comparison, before them changes in floats that differ.

    `way` is -1 where the paper takes changes the other way round than the study.
    """
    if in_floats := floating_groups(data, reading):
        yield [way * changes for changes in in_floats]
    cohorts = data.study.comparison(reading.comparison).cohorts
    expression = parse(reading.compared.source)
    of = [[data.number(patient, expression) for patient in data.cohorts[c]] for c in cohorts]
    yield [[value for value in values if value is not None] for values in of]


def _ends(
    end: str,
    programs: Sequence[Program],
    without: Sequence[Program],
    intervals: Sequence[Callable[[Program], tuple[float, float]]],
) -> ByProgram:
    none = [Does(_NONE, math.nan)]
    found: dict[Program, Sequence[Does]] = {}
    for program in programs:
        try:
            ends = [interval(program)[_ENDS.index(end)] for interval in intervals]
            found[program] = [Does(INTERVAL_BY[program], each) for each in dict.fromkeys(ends)]
        except NotComputable:
            found[program] = none
    return found | dict.fromkeys(without, none)
