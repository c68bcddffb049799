"""Days: how many a month or a year has, in which form one is written, and of which century."""

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casebook.base.months import has_month_name, in_english, with_short_names

ISO = "%Y-%m-%d"
SERIAL = "serial"
"""In place of a form: the number of a day as spreadsheets count, 45351 for 2024-02-29."""
DAYS_IN = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
"""How many days each unit of time has, on average."""
USUAL_FIRST_YEAR = 1930
"""The first of the hundred years that spreadsheets take two digits for."""
_FIRST_OF_SPREADSHEETS = date(1899, 12, 30)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
"""Of five digits, which are days from 1927 on; the time of the day may follow."""
_JOINED = re.compile(r"%[dmyYj]%[dmyYj]")
"""Numbers with nothing between them in a date, which digits left out would shift."""
_WITH_TIME = re.compile(
    r"(?P<day>.*\d)(?P<sign>[ T])\d{1,2}:\d\d(?P<seconds>:\d\d)?(?P<half> ?[ap]m)?", re.IGNORECASE
)
_PART = re.compile(
    r"(?:(?:00|[x?]{1,2})[./-])?(?:\d{1,2}|[x?]{1,2})[./-](?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:[./-](?:\d{1,2}|[x?]{1,2})(?:[./-](?:00|[x?]{1,2}))?)?"
    r"|(?:[^\W\d]{3,9}\.? )(?:19|20)\d\d",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DayForms:
    """How days are written, beside ISO 8601, in which workbooks give their own.

    Attributes:
        formats: The forms, in the letters of Python's strptime; or `serial`.
        first_year: The first of the hundred years that two digits are taken for; None if no form
            has such years.
    """

    formats: Sequence[str]
    first_year: int | None = None

    def days(self, text: str) -> dict[date, str]:
        """The days that a text can be read as, each with the first form that gives it."""
        found: dict[date, str] = {}
        for form in (*self.formats, ISO):
            if day := day_in(text, form, self.first_year):
                found.setdefault(day, form)
        return found

    def are_one_day(self, one: str, other: str) -> bool:
        """Whether two texts are one day, as 5.3.23 and 5.3.2023 can be."""
        days = self.days(one)
        return len(days) == 1 and days.keys() == self.days(other).keys()


def has_short_years(form: str) -> bool:
    """Whether days in this form have years of two digits."""
    return "y" in re.findall("%(.?)", form, re.DOTALL)


def is_with_year_moved(form: str, other: str) -> bool:
    """Whether a form without a time is another one with its year of two digits moved.

    Nobody writes both: 31.4.23 is a slip among days as 30.4.23, and not the 23rd of April 2031.

    Args:
        form: The one form.
        other: The other one, which may have a time behind it.
    """
    beside = other[: len(form)]
    is_like = has_short_years(form) and sorted(form) == sorted(beside)
    return is_like and form.index("%y") != beside.index("%y")


def with_time(text: str) -> tuple[str, str]:
    """A text without the time behind its day, and the form of that time; empty without one."""
    if not (found := _WITH_TIME.fullmatch(text)):
        return text, ""
    half = found["half"] or ""
    hour, half = ("%I", " %p" if half.startswith(" ") else "%p") if half else ("%H", "")
    seconds = ":%S" if found["seconds"] else ""
    return found["day"], f"{found['sign']}{hour}:%M{seconds}{half}"


def example(form: str) -> str:
    """A day as it is written in a form."""
    day = date(2024, 2, 29)
    return f"{(day - _FIRST_OF_SPREADSHEETS).days}" if form == SERIAL else day.strftime(form)


def is_part_of_a_day(text: str) -> bool:
    """Whether a text is a month or a year, as 03/2021, 2021 and 00.03.2021 are."""
    return _PART.fullmatch(text) is not None


def is_joined(form: str) -> bool:
    """Whether two numbers stand in this form with nothing between them."""
    return bool(_JOINED.search(form))


def day_in(text: str, form: str, first_year: int | None = None) -> date | None:
    """The day that a text is in a form; None if it is none.

    Args:
        text: The text.
        form: The form, in the letters of strptime, where months have names in any of `LANGUAGES`;
            or `serial`.
        first_year: The first of the hundred years that two digits are taken for; without it, no
            such day is read.
    """
    if form == SERIAL:
        counted = _SERIAL.fullmatch(text)
        return _FIRST_OF_SPREADSHEETS + timedelta(days=int(counted[1])) if counted else None
    if has_month_name(form):
        text, form = in_english(text), with_short_names(form)
    with contextlib.suppress(ValueError):
        day = datetime.strptime(text, form).date()
        if has_short_years(form):
            if first_year is None:
                return None
            day = day.replace(year=first_year + (day.year - first_year) % 100)
        return None if is_joined(form) and day.strftime(form) != text else day
    return None
