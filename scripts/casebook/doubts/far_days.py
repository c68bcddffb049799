"""Which days of adverse events are far from all other days of a study, as with a slip in the year.

There is no clock: what is too late is told by the other days alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

FAR = timedelta(days=180)
"""So long between a day and all others it is rather of another year."""
_FEWEST = 5
"""Among fewer days of a study none is far from the others."""
_SHARE = 10
"""If more than one in so many are far from the others, they are rather a time of their own."""


@dataclass(frozen=True)
class DayOfEvent:
    """A day in the table of adverse events, its place in the column `name`, and whose it is."""

    place: int
    name: str
    patient: str
    day: date


def far_days(
    events: Sequence[DayOfEvent], known: Mapping[str, Sequence[date]]
) -> dict[DayOfEvent, str]:
    """The days that are far from the others, each with how far and from which.

    A day is far that is more than half a year before the first of its patient's other days, and
    one that is more than half a year from all days of the study but for those of a tenth of the
    events.

    Args:
        events: The days of the events.
        known: The days of each patient in the tables of patients.
    """
    of_patients = sorted(day for days in known.values() for day in days)
    early, late = _first_and_last(of_patients, sorted(each.day for each in events))
    far: dict[DayOfEvent, str] = {}
    for each in events:
        own = min(known.get(each.patient, ()), default=each.day)
        if own - each.day > FAR:
            where = f"before the first date of {each.patient} in the tables of patients, {own}"
        elif each.day < early:
            own, where = (
                early,
                f"before all other dates of the study, the first of which is {early}",
            )
        elif each.day > late:
            own, where = late, f"after all other dates of the study, the last of which is {late}"
        else:
            continue
        far[each] = f"{abs(each.day - own).days:,} days {where}"
    usual = [each.day for each in events if each not in far]
    others = f"; other dates of events are from {min(usual)} to {max(usual)}" if usual else ""
    return {each: text + others for each, text in far.items()}


def _first_and_last(of_patients: Sequence[date], of_events: Sequence[date]) -> tuple[date, date]:
    """The first and the last day of a study, without the few of events that are far from all.

    Both are sorted.
    """
    if len(of_patients) + len(of_events) < _FEWEST:
        return date.min, date.max
    most = max(1, len(of_events) // _SHARE)
    first, last = of_patients[:1], of_patients[-1:]
    early = [*first, *(day for day in reversed(of_events) if not first or day < first[0])]
    late = [*last, *(day for day in of_events if not last or day > last[0])]
    return _before_a_gap(early[-most - 1 :], date.min), _before_a_gap(late[-most - 1 :], date.max)


def _before_a_gap(days: Sequence[date], otherwise: date) -> date:
    """The first of days in a row from which the next is far."""
    return next((one for one, other in pairwise(days) if abs(other - one) > FAR), otherwise)
