"""Whether a spreadsheet has taken the day for the month in some dates of a column.

Where it expects the month first, it makes a date of 03/04/2024 and leaves 13/04/2024 a text. What
it has made is written in ISO form in the end, and of no day after the twelfth.
"""

import re
from collections.abc import Sequence
from datetime import date

from casebook.data.patients import Value

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_MONTHS = 12
_FEWEST = 3
"""Fewer dates can be so by chance."""


def turned_days(texts: Sequence[str], days: Sequence[Value]) -> tuple[list[int], str]:
    """The places of dates in which day and month may have changed places, and another date.

    Args:
        texts: The texts of a column.
        days: What each was read as.
    """
    read = [(at, day) for at, day in enumerate(days) if isinstance(day, date)]
    made = [(at, day) for at, day in read if _ISO.match(texts[at])]
    left = [(at, day) for at, day in read if not _ISO.match(texts[at])]
    is_turned = (
        (made and left and len(read) >= _FEWEST)
        and all(day.day <= _MONTHS for _, day in made)
        and all(day.day > _MONTHS for _, day in left)
    )
    return ([at for at, _ in made], texts[left[0][0]]) if is_turned else ([], "")


def perhaps_turned(other: str) -> str:
    """What is told of such a date, with a date that is written otherwise if it may be shown."""
    shown = f", as {other!r}" if other else ""
    return (
        "only dates up to the twelfth of a month are written in this form, and all others"
        f" otherwise{shown}: a spreadsheet has probably taken the day for the month in these;"
        " compare them with their source"
    )
