"""Of which hundred years the years of two digits seem to be that a column of dates has.

There is no clock. What tells is that the dates of a column are near one another, that nobody was
seen before they were born, and, if nothing else does, what spreadsheets take two digits for.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casebook.base.days import ISO, USUAL_FIRST_YEAR, day_in, has_short_years

_CANDIDATES = range(1900, 2001)
_OLDEST = 100
"""Hardly anyone was seen at a greater age, in years."""


@dataclass(frozen=True)
class Century:
    """The first of the hundred years that two digits are taken for, and what that rests on."""

    first_year: int | None = None
    reason: str = ""


NO_CENTURY = Century()
"""Of dates whose years are in full."""


def century_of(texts: Iterable[str], formats: Sequence[str]) -> Century:
    """The hundred years in which the dates of a column are nearest to one another.

    Of several such ones those nearest to what spreadsheets do.

    Args:
        texts: The texts of the column.
        formats: How its dates are written.
    """
    if not any(map(has_short_years, formats)):
        return NO_CENTURY
    short, full = _years([*dict.fromkeys(texts)], formats)
    first_year = min(_CANDIDATES, key=lambda first: (_span(short, full, first), _oddity(first)))
    return _century(first_year, short)


def usual_century_of(texts: Iterable[str], formats: Sequence[str]) -> Century:
    """That which spreadsheets take, of dates with years of two digits that can be far apart."""
    return _century(USUAL_FIRST_YEAR, _years([*dict.fromkeys(texts)], formats)[0])


def _century(first_year: int, short: Collection[int]) -> Century:
    """A hundred years with those in which years of two digits then are."""
    of = {_year(each, first_year) for each in short}
    years = f"{min(of)} to {max(of)}" if len(of) > 1 else f"{min(of)}"
    usual = ", as in spreadsheets" if first_year == USUAL_FIRST_YEAR else ""
    return Century(first_year, f"two digits are then {_hundred(first_year)}{usual}; here {years}")


def century_of_births(births: Iterable[tuple[str, date | None]], formats: Sequence[str]) -> Century:
    """The hundred years in which most births are before the patient was seen, not more than 100.

    Of several such ones it is chosen as for other dates.

    Args:
        births: The text of each date of birth, and the first other date of the patient, if known.
        formats: How the dates of birth are written.
    """
    every = [*dict.fromkeys(births)]
    short, full = _years([text for text, _ in every], formats)
    limits: set[tuple[int, int]] = set()
    for text, seen in every:
        if seen and (day := _short_day(text, formats)):
            is_later = (day.month, day.day) > (seen.month, seen.day)
            limits.add((day.year % 100, seen.year - is_later))

    def oddity(first: int) -> tuple[int, int, tuple[bool, int]]:
        ages = (limit - _year(each, first) for each, limit in limits)
        return (
            sum(not 0 <= age <= _OLDEST for age in ages),
            _span(short, full, first),
            _oddity(first),
        )

    found = min(_CANDIDATES, key=oddity)
    late = any(_year(each, found) > limit for each, limit in limits)
    which = "not all births lie" if late else "all births lie"
    return Century(found, f"two digits are then {_hundred(found)}, and {which} before other dates")


def years_apart(texts: Iterable[str], form: str) -> int:
    """How many years lie between the dates of a column, at least, if they have this form.

    It is 0 of dates whose years are in full, which need no comparison.
    """
    if not has_short_years(form):
        return 0
    short, full = _years(texts, [form])
    return min(_span(short, full, first) for first in _CANDIDATES)


def _hundred(first_year: int) -> str:
    return f"{first_year} to {first_year + 99}"


def _oddity(first_year: int) -> tuple[bool, int]:
    """How far the hundred years are from those of spreadsheets, earlier ones further than later."""
    return first_year < USUAL_FIRST_YEAR, abs(first_year - USUAL_FIRST_YEAR)


def _year(short: int, first_year: int) -> int:
    """The year of two digits in the hundred that begin with a year."""
    return first_year + (short - first_year) % 100


def _span(short: Collection[int], full: Collection[int], first_year: int) -> int:
    years = {*full, *(_year(each, first_year) for each in short)}
    return max(years) - min(years)


def _years(texts: Iterable[str], formats: Sequence[str]) -> tuple[set[int], set[int]]:
    """The years of dates, those of two digits first, and those in full."""
    in_full = [each for each in (*formats, ISO) if not has_short_years(each)]
    short: set[int] = set()
    full: set[int] = set()
    for text in texts:
        if day := next(filter(None, (day_in(text, each) for each in in_full)), None):
            full.add(day.year)
        elif day := _short_day(text, formats):
            short.add(day.year % 100)
    return short, full


def _short_day(text: str, formats: Sequence[str]) -> date | None:
    """A day with a year of two digits, whatever its century; None if it is none."""
    forms = filter(has_short_years, formats)
    return next(filter(None, (day_in(text, each, USUAL_FIRST_YEAR) for each in forms)), None)
