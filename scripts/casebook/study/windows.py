"""Windows of time in which a visit may have been, as in 60 to 120 days after the start."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Annotated, NamedTuple

from pydantic import AfterValidator

from casebook.base.days import DAYS_IN
from casebook.study.fields import Text

_WINDOW = re.compile(r"([-+]?\d+(?:\.\d+)?) to ([-+]?\d+(?:\.\d+)?) (day|week|month)s?")


class Days(NamedTuple):
    """From which day after the start to which one a window goes, both included."""

    first: float
    last: float

    @property
    def middle(self) -> float:
        """The day that a visit should have been on."""
        return (self.first + self.last) / 2


@dataclass(frozen=True)
class _Whole:
    """The whole days of the window of a visit, from the first to the last."""

    first: int
    last: int
    visit: str


class Windows:
    """The windows of visits, of which no two have a day in common, to look days up in."""

    def __init__(self, windows: Mapping[str, Days]) -> None:
        whole = (_Whole(ceil(of.first), floor(of.last), visit) for visit, of in windows.items())
        # One within a day has no whole day.
        kept = (each for each in whole if each.first <= each.last)
        self._whole = sorted(kept, key=lambda each: each.first)
        self._firsts = [each.first for each in self._whole]

    def visit(self, day: int) -> str | None:
        """The visit whose window has a day, counted from the start; None if none has it."""
        before, _ = self._around(day)
        return next((each.visit for each in before if day <= each.last), None)

    def are_far(self, day: int, days: int) -> bool:
        """Whether a day is more than so many days from each window."""
        before, after = self._around(day)
        return all(day > each.last + days for each in before) and all(
            day < each.first - days for each in after
        )

    def _around(self, day: int) -> tuple[list[_Whole], list[_Whole]]:
        """The last window that has begun on a day, and the next one, if there are such."""
        at = bisect_right(self._firsts, day)
        return self._whole[max(at - 1, 0) : at], self._whole[at : at + 1]


def days_of(window: str) -> Days:
    """The days of a window.

    Raises:
        ValueError: it is written in another way, or ends before it begins.
    """
    found = _WINDOW.fullmatch(window.strip())
    if not found:
        raise ValueError(
            f"{window[:60]!r} must be written as in '60 to 120 days', in days, weeks or months"
        )
    unit = DAYS_IN[found[3]]
    days = Days(float(found[1]) * unit, float(found[2]) * unit)
    if days.last < days.first:
        raise ValueError(f"{window[:60]!r} ends before it begins")
    return days


def _checked(window: str) -> str:
    days_of(window)
    return window


Window = Annotated[Text, AfterValidator(_checked)]
