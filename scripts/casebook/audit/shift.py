"""How far the medians of two cohorts are apart, as programs print it: by Hodges and Lehmann."""

from contextlib import suppress

from casebook.audit.data import Data
from casebook.claims.readings import ColumnStatistic, Combined
from casebook.statistics.group_shift import hodges_lehmann_shift
from casebook.statistics.terms import NotComputable


def shift(data: Data, reading: Combined) -> float | None:
    """The shift between the cohorts of both medians; None if it is no difference of such.

    What R calls the difference in location, and papers the difference in medians, is the median of
    all differences between both groups.
    """
    match reading:
        case Combined(
            name="less",
            first=ColumnStatistic(name="median") as first,
            second=ColumnStatistic(name="median") as second,
        ) if first.expression == second.expression and first.cohort != second.cohort:
            with suppress(NotComputable):
                return hodges_lehmann_shift(_known(data, first), _known(data, second)).value
    return None


def _known(data: Data, reading: ColumnStatistic) -> list[float]:
    members = data.where(reading.cohort, reading.where)
    values = (data.number(patient, reading.expression) for patient in members)
    return [value for value in values if value is not None]
