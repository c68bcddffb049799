"""Which visits the rows of a long table with dates are of, by the days from the start to each row.

The rows of all patients gather around some days; a window reaches from each halfway to the nearer
of its neighbours, so that its middle is that day, and further where the rows of patients who have
no other would be lost, but for a single one that is far from the others. How rows are told apart
is for `identifier`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, pairwise
from math import ceil, floor
from statistics import median

from casebook.base.days import DAYS_IN
from casebook.drafting.columns import Column
from casebook.drafting.identified import Identifier
from casebook.drafting.visitnames import When

_BASELINE = "Baseline"
_MONTH = DAYS_IN["month"]
_MOST_VISITS = 12
_ROUNDS = 20
_SEEN_BY = 1 / 4
"""What share of the patients has a row at a visit, at least."""
_COUNTED = 1 / 3
"""What share of the patients has so many rows that their number is one of visits."""
_FEWEST_INSIDE = 8
"""Beside fewer rows in a window none is far from the others."""
_BRIEF = 60
"""Below so many days a visit is one of a day, if it is not near a whole week or month."""


@dataclass(frozen=True)
class DatedVisits:
    """The visits, in order, and the name of that of each row; empty if it is of none."""

    visits: Sequence[When]
    of_rows: Sequence[str]


@dataclass
class _Group:
    """The rows around a day: the days of each patient in it."""

    day: float
    days: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def all_days(self) -> list[int]:
        return [day for days in self.days.values() for day in days]

    def inside(self, low: int, high: int) -> dict[str, list[int]]:
        """The days from one to another of each patient who has some."""
        within = {name: [d for d in days if low <= d <= high] for name, days in self.days.items()}
        return {name: days for name, days in within.items() if days}

    def lost(self, low: int, high: int) -> list[int]:
        """The days of the patients who have none from one to another."""
        inside = self.inside(low, high)
        return [day for name, days in self.days.items() if name not in inside for day in days]


def dated_visits(patient: Column, visit: Column, start: Column, who: Identifier) -> DatedVisits:
    """The visits of a long table with dates.

    Args:
        patient: The column of the patients.
        visit: The column of dates.
        start: The column with the date from which days count: that of the visits themselves where
            these begin with the first date of each patient.
        who: How the dates are written.
    """
    days = [_day(text, who) for text in visit.texts]
    begun = _starts(patient, start, who)
    after = [
        (day - begun[name]).days if day and name in begun else None
        for name, day in zip(patient.texts, days, strict=True)
    ]
    rows = list(zip(patient.texts, after, strict=True))
    groups = _groups([(name, day) for name, day in rows if day is not None])
    windows = list(_windows(groups))
    names = _names([group.day for group in groups], windows)
    visits = [
        _when(name, label, group, window)
        for (name, label), group, window in zip(names, groups, windows, strict=True)
    ]
    found = (
        next((v.name for v, (low, high) in zip(visits, windows, strict=True)
              if day is not None and low <= day <= high), "")
        for _, day in rows
    )  # fmt: skip
    return DatedVisits(visits, [*found])


def _starts(patient: Column, start: Column, who: Identifier) -> Mapping[str, date]:
    """The first date that each patient has in a column, which most have but once."""
    found: dict[str, date] = {}
    for name, text in zip(patient.texts, start.texts, strict=True):
        if day := _day(text, who):
            found[name] = min(day, found.get(name, day))
    return found


def _day(text: str, who: Identifier) -> date | None:
    """The day that a text is; None if it is none, or could be several."""
    days = who.forms.days(text)
    return next(iter(days)) if len(days) == 1 else None


def _groups(rows: Sequence[tuple[str, int]]) -> list[_Group]:
    """The days around which the rows of patients gather, the first one first."""
    days: defaultdict[str, set[int]] = defaultdict(set)
    for name, day in rows:
        days[name].add(day)
    ordered = [sorted(each) for each in days.values()]
    centres = [*dict.fromkeys(_typical(ordered))]
    groups: list[_Group] = []
    for _ in range(_ROUNDS):
        groups = _around(centres, rows)
        moved = [float(median(group.all_days)) for group in groups]
        if moved == centres:
            break
        centres = [*dict.fromkeys(moved)]
    wide = [each.day for each in groups if len(each.days) >= _SEEN_BY * len(days)]
    return _around(wide, rows)


def _typical(ordered: Sequence[Sequence[int]]) -> Iterator[float]:
    """The usual day of the first row of a patient, of the second, and so on."""
    for place in range(_MOST_VISITS):
        there = [days[place] for days in ordered if len(days) > place]
        if not there or (place > 1 and len(there) < max(2, _COUNTED * len(ordered))):
            return
        yield float(median(there))


def _around(centres: Sequence[float], rows: Sequence[tuple[str, int]]) -> list[_Group]:
    """Each row with the nearest of some days, of two as near with the earlier one."""
    groups = [_Group(day) for day in sorted(centres)]
    for name, day in rows if groups else ():
        min(groups, key=lambda each: abs(each.day - day)).days[name].append(day)
    return [each for each in groups if each.days]


def _windows(groups: Sequence[_Group]) -> Iterator[tuple[int, int]]:
    """The first and the last day of each window, which have no day in common."""
    centres = [each.day for each in groups]
    cuts = [(one + other) / 2 for one, other in pairwise(centres)]
    lows = [None, *(floor(cut) + 1 for cut in cuts)]
    highs = [*(floor(cut) for cut in cuts), None]
    gaps = [other - one for one, other in pairwise(centres)] or [2 * _MONTH]
    for place, group in enumerate(groups):
        half = min(gaps[max(0, place - 1) : place + 1]) / 2
        low, high = ceil(group.day - half), floor(group.day + half)
        lost = group.lost(low, high)
        if len(lost) == 1 and _is_far(lost[0], [*chain(*group.inside(low, high).values())]):
            lost = []
        low, high = min([low, *lost]), max([high, *lost])
        first, last = lows[place], highs[place]
        yield low if first is None else max(low, first), high if last is None else min(high, last)


def _is_far(day: int, others: Sequence[int]) -> bool:
    """Whether a day is further from all others than these are from one another."""
    if len(others) < _FEWEST_INSIDE:
        return False
    return min(abs(day - each) for each in others) > max(others) - min(others)


def _names(days: Sequence[float], windows: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """A name and a label for each visit: a month or a week, if it is near one."""
    given: set[str] = set()
    for day, (low, high) in zip(days, windows, strict=True):
        label = _BASELINE if low <= 0 <= high else _nominal(day)
        if label in given:
            label = f"Day {day:.0f}"
        given.add(label)
        yield label.lower().replace(" ", "").replace("-", "_minus_"), label


def _nominal(day: float) -> str:
    months, weeks = round(day / _MONTH), round(day / 7)
    if months >= 1 and abs(day - months * _MONTH) <= max(2, 0.03 * day):
        return f"Month {months}"
    if weeks >= 1 and (abs(day - weeks * 7) <= 1 or day >= _BRIEF):
        return f"Week {weeks}"
    return f"Day {day:.0f}"


def _when(name: str, label: str, group: _Group, window: tuple[int, int]) -> When:
    inside = group.inside(*window)
    seen = [*chain(*inside.values())]
    count = len(inside)
    patients = f"{count} patient{'s have' if count > 1 else ' has'}"
    # A baseline a few days before the start is at the start.
    of_start = label == _BASELINE
    months = 0 if of_start else round(group.day / _MONTH, 0 if label.startswith("Month") else 1)
    days = f"{min(seen)} to {max(seen)}" if min(seen) < max(seen) else f"{seen[0]}"
    lost = "".join(
        f"; one row alone is {day} days after it, and in no window" for day in group.lost(*window)
    )
    return When(
        name,
        label,
        (1, group.day),
        months,
        window=f"{window[0]} to {window[1]} days",
        reason=f"{patients} rows {days} days after the start{lost}",
    )
