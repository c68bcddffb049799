"""Which dates of patients are far from the others of their column, as with a slip in the year.

There is no clock, and a column can have dates of many years: a date is far if it is further from
the others than these are from one another, and would be among them in another year, or is ten
years after them. Births are left aside, and so are early dates of what may have begun decades
before others, as illnesses do.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

from casebook.data.findings import Finding
from casebook.data.patients import Roster, Value
from casebook.doubts.disclosure import is_of_birth, is_of_illness
from casebook.doubts.far_days import FAR, VERY_FAR
from casebook.doubts.plausible import is_of_our_time
from casebook.study.model import Study
from casebook.study.variables import DateVariable

_FEWEST = 5
"""Among fewer dates none is far from the others."""
_SHARE = 10
"""If more than one in so many are far from the others, they are rather a time of their own."""

_BESIDE = timedelta(days=31)


class Span(NamedTuple):
    """The first and the last of some days."""

    first: date
    last: date


def far_dates(study: Study, file: str, rows: Sequence[int], roster: Roster) -> Iterator[Finding]:
    """A warning for each date that is far from the others of its column.

    Args:
        study: The study.
        file: The table, for the messages.
        rows: Where the patients stand in it.
        roster: The patients.
    """
    for name, far in far_places(study, roster).items():
        column = study.headings[name].name
        for place, day, others in far:
            if column in study.private_columns:
                yield _warning(file, rows[place], column, "", "far from all others")
            else:
                told = _how_far(day, others)
                yield _warning(file, rows[place], column, day.isoformat(), told)


def far_places(study: Study, roster: Roster) -> dict[str, list[tuple[int, date, Span]]]:
    """The places of dates that are far from the others of their column, by the variable.

    Each is with the date itself and the span of the others. What began long ago is never too early.
    """
    found = {}
    for name, variable in study.variables.items():
        if not isinstance(variable, DateVariable):
            continue
        far = [*_far(roster.columns[name])]
        if is_of_illness(study, name):
            far = [(place, day, others) for place, day, others in far if day > others.last]
        if far and not is_of_birth(study, name, roster):
            found[name] = far
    return found


def _warning(file: str, row: int, column: str, value: str, told: str) -> Finding:
    hint = f"{told} of this column: correct it in corrections.tsv if the year is a slip"
    return Finding("warning", file, row, column, value, "", hint)


def _how_far(day: date, others: Span) -> str:
    if day < others.first:
        return f"{(others.first - day).days:,} days before {others.first}, the first of all others"
    return f"{(day - others.last).days:,} days after {others.last}, the last of all others"


def _far(values: Sequence[Value]) -> Iterator[tuple[int, date, Span]]:
    """The place of each date that is far, the date, and the span of the others."""
    days = [(at, day) for at, day in enumerate(values) if isinstance(day, date)]
    days = sorted((each for each in days if is_of_our_time(each[1])), key=itemgetter(1))
    if len(days) < _FEWEST:
        return
    most = max(1, len(days) // _SHARE)
    for ordered in (days, days[::-1]):
        last = ordered[-1][1]
        for count in range(most, 0, -1):
            nearest = ordered[count][1]
            others = Span(min(nearest, last), max(nearest, last))
            gap = abs(nearest - ordered[count - 1][1])
            few = ordered[:count] if gap > max(FAR, others.last - others.first) else []
            if few and all(_fits(day, others) or day - others.last > VERY_FAR for _, day in few):
                yield from ((place, day, others) for place, day in few)
                break


def _fits(day: date, others: Span) -> bool:
    """Whether a day would be among others in another year, or beside them."""
    years = range(others.first.year, others.last.year + 1)
    first, last = others.first - _BESIDE, others.last + _BESIDE
    # The 29th of February is a day of few years.
    moved = (day.replace(year=year, day=min(day.day, 28)) for year in years)
    return any(first <= each <= last for each in moved)
