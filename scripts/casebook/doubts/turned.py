"""Dates and times that a spreadsheet has made of something else: 5-Oct of 5-10, 01:40 of 1:40.

Only what they may have been is said here, of cells in which neither a date nor a time can stand.
"""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator

from casebook.data.cells import folded

_MONTHS = (
    *("jan", "feb|fev|fév", "mar|mär|mrz", "apr|avr", "may|mai", "jun|juin"),
    *("jul|juil", "aug|aoû", "sept?", "oct|okt", "nov", "dec|dez|déc"),
)
_NAME = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, start=1))
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})\.?[-/ ]?(?:{_NAME})\.?(?:[-/ ]?\d{{2,4}})?", re.I)
_MONTH_FIRST = re.compile(rf"(?:{_NAME})\.?[-/ ]?(?P<day>\d{{1,2}})", re.I)
_LEAP_YEAR = 2024
_IN_NUMBERS = re.compile(
    r"\d{4}-(\d\d)-(\d\d)(?:[ T][0:]+)?|(\d{1,2})[./-](\d{1,2})[./-]\d{4}(?: [0:]+)?"
)
_TIME = re.compile(r"(\d{1,2}):(\d\d):\d\d|(0\d):(\d\d)")
_WAY = "look up what was typed, and write it in corrections.tsv, with the reason"


def hint_at_turned(text: str, levels: Collection[str] = ()) -> str:
    """What a date or a time may have been before a spreadsheet took it for one; empty of others.

    Args:
        text: The text of a cell.
        levels: What can stand there, if that is known.
    """
    if pair := _parts_of_date(text):
        one, other = pair
        kind, typed = "a date", (f"{one}-{other}", f"{other}/{one}")
    elif time := _TIME.fullmatch(text):
        one, other = (int(each) for each in time.groups() if each)
        kind, typed = "a time", (f"{one}:{other}", f"{one}:{other:02}")
    else:
        return ""
    meant = [each for each in levels if folded(each) in _ways(one, other)]
    told = " or ".join(map(repr, meant or dict.fromkeys(typed)))
    return f"this is {kind}, which a spreadsheet makes of {told}: {_WAY}"


def _parts_of_date(text: str) -> tuple[int, int] | None:
    """The day and the month of a date, or the other way round; or a month and two digits of a year.

    There is none in a text that only looks like a date, as 45-Oct.
    """
    if found := _DAY_FIRST.fullmatch(text):
        one, other = int(found["day"]), _month(found)
        return (one, other) if _is_day(one, other) else None
    if found := _MONTH_FIRST.fullmatch(text):
        return int(found["day"]), _month(found)
    if found := _IN_NUMBERS.fullmatch(text):
        of_iso = found[1] is not None
        one, other = (int(each) for each in ((found[2], found[1]) if of_iso else found.group(3, 4)))
        return (one, other) if _is_day(one, other) or (not of_iso and _is_day(other, one)) else None
    return None


def _month(found: re.Match[str]) -> int:
    """The month that a text names."""
    return next(number for number in range(1, len(_MONTHS) + 1) if found[f"m{number}"])


def _is_day(day: int, month: int) -> bool:
    """Whether some year has this day."""
    return 1 <= month <= len(_MONTHS) and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]


def _ways(one: int, other: int) -> Iterator[str]:
    """How two numbers can be written as one text."""
    for a, b in ((one, other), (other, one)):
        for sign in "-–/:.":
            yield from (f"{a}{sign}{b}", f"{a} {sign} {b}", f"{a:02}{sign}{b:02}")
