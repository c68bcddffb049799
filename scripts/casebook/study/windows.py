"""Windows of time in which a visit may have been, as in 60 to 120 days after the start."""

import re
from typing import Annotated, NamedTuple

from pydantic import AfterValidator

from casebook.study.fields import Text

_WINDOW = re.compile(r"([-+]?\d+(?:\.\d+)?) to ([-+]?\d+(?:\.\d+)?) (day|week|month)s?")
_DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12}


class Days(NamedTuple):
    """From which day after the start to which one a window goes, both included."""

    first: float
    last: float

    @property
    def middle(self) -> float:
        """The day that a visit should have been on."""
        return (self.first + self.last) / 2


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
    unit = _DAYS[found[3]]
    days = Days(float(found[1]) * unit, float(found[2]) * unit)
    if days.last < days.first:
        raise ValueError(f"{window[:60]!r} ends before it begins")
    return days


def _checked(window: str) -> str:
    days_of(window)
    return window


Window = Annotated[Text, AfterValidator(_checked)]
