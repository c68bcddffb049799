"""Which days of adverse events are far from all other days of a study, as with a slip in the year.

There is no clock: what is too late is told by the other days alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

FAR = timedelta(days=180)
"""So long between a day and all others it is rather of another year."""
VERY_FAR = timedelta(days=3652)
"""So long where nothing says when the study began, or ended."""
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


@dataclass(frozen=True)
class KnownDays:
    """The days `of` each patient in the tables of patients, and whether they may be shown."""

    of: Mapping[str, Sequence[date]]
    may_be_shown: bool = True

    def are_first(self, events: Sequence[DayOfEvent]) -> bool:
        """Whether most events are not before their patient's days, as those of last contacts."""
        own = self._beside(events)
        return 2 * sum(day < min(days) for day, days in own) < len(own)

    def are_last(self, events: Sequence[DayOfEvent]) -> bool:
        """Whether most events are not after their patient's days, as those of starts."""
        own = self._beside(events)
        return 2 * sum(day > max(days) for day, days in own) < len(own)

    def _beside(self, events: Sequence[DayOfEvent]) -> list[tuple[date, Sequence[date]]]:
        """The day of each event with the days of its patient, if there are some."""
        return [(each.day, self.of[each.patient]) for each in events if self.of.get(each.patient)]

    def told(self, each: DayOfEvent, where: str, day: date, which: str) -> str:
        """How far a day is from another one, which is named if it may be shown."""
        if not self.may_be_shown:
            return f"far {where} (how far is not shown, as a column of dates is private)"
        return f"{abs(each.day - day).days:,} days {where}, {which}{day}"


def far_days(events: Sequence[DayOfEvent], known: KnownDays) -> dict[DayOfEvent, str]:
    """The days that are far from the others, each with how far and from which.

    A day is far that is more than half a year before the first of its patient's other days, and
    one that is more than half a year from all days of the study but for those of a tenth of the
    events. Days that most events come before or after, as last contacts or starts, do not say when
    the study began or ended; where nothing says it, a day is far that is ten years from the others.

    Args:
        events: The days of the events.
        known: The days of the patients.
    """
    are_first = known.are_first(events)
    before = FAR if are_first else VERY_FAR
    of_patients = sorted(day for days in known.of.values() for day in days)
    after = FAR if known.are_last(events) else min(VERY_FAR, _usual_span(of_patients, events))
    early, late = _first_and_last(of_patients, sorted(e.day for e in events), before, after)
    far: dict[DayOfEvent, str] = {}
    for each in events:
        own = min(known.of.get(each.patient, ()), default=each.day)
        if are_first and own - each.day > FAR:
            where = f"before the first date of {each.patient} in the tables of patients"
            far[each] = known.told(each, where, own, "")
        elif each.day < early:
            where = "before all other dates of the study"
            far[each] = known.told(each, where, early, "the first of which is ")
        elif each.day > late:
            where = "after all other dates of the study"
            far[each] = known.told(each, where, late, "the last of which is ")
    usual = [each.day for each in events if each not in far]
    others = f"; other dates of events are from {min(usual)} to {max(usual)}" if usual else ""
    return {each: text + others for each, text in far.items()}


def _usual_span(of_patients: Sequence[date], events: Sequence[DayOfEvent]) -> timedelta:
    """How long a study went on, without the latest tenth of the events; a year at least."""
    of_events = sorted(each.day for each in events)
    most = max(1, len(of_events) // _SHARE)
    every = [*of_patients, *of_events[:-most]]
    return max(2 * FAR, max(every) - min(every)) if len(of_events) >= _SHARE else VERY_FAR


def _first_and_last(
    of_patients: Sequence[date], of_events: Sequence[date], before: timedelta, after: timedelta
) -> tuple[date, date]:
    """The first and the last day of a study, without the few of events that are far from all.

    Both are sorted; far are those with more than so much time `before` the others or `after` them.
    """
    if len(of_patients) + len(of_events) < _FEWEST:
        return date.min, date.max
    most = max(1, len(of_events) // _SHARE)
    first, last = of_patients[:1], of_patients[-1:]
    early = [*first, *(day for day in reversed(of_events) if not first or day < first[0])]
    late = [*last, *(day for day in of_events if not last or day > last[0])]
    return (
        _before_a_gap(early[-most - 1 :], before, date.min),
        _before_a_gap(late[-most - 1 :], after, date.max),
    )


def _before_a_gap(days: Sequence[date], gap: timedelta, otherwise: date) -> date:
    """The first of days in a row from which the next is far."""
    return next((one for one, other in pairwise(days) if abs(other - one) > gap), otherwise)
