"""What a text may mean that is no day in the form that a study gives: another form, or a number.

Only hints are worded here; how days are read is for `values`.
"""

import contextlib
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

_ISO = "%Y-%m-%d"
_FORMATS = (
    *("%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y.%m.%d", "%d-%m-%Y"),
    *("%d-%b-%Y", "%d %b %Y", "%d %B %Y"),
)
"""Forms in which days are often written."""
_FIRST_OF_SPREADSHEETS = date(1899, 12, 30)


def hint_at_day(text: str, formats: Sequence[str]) -> str:
    """How a text can be read as a day, if it is one in another form; nothing otherwise.

    Args:
        text: The text of a cell, which is a day in none of the formats.
        formats: Those of its column; days in ISO 8601 are read in any case.
    """
    known = [each for each in formats if each != _ISO]
    if ways := [_key([*known, each]) for each in _FORMATS if _is_day(text, each)]:
        several = ", whichever is meant: these are different days" if len(ways) > 1 else ""
        added = " or ".join(ways)
        return f"to read it as a day, write {added} beside the column in study.yaml{several}"
    if re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d?:[\d:.]+", text):
        return "a time follows the day: leave only the day in the cell"
    if re.fullmatch(r"[2-5]\d{4}", text):
        day = _FIRST_OF_SPREADSHEETS + timedelta(days=int(text))
        return f"a spreadsheet keeps {day} as this number: show the column as dates there"
    return ""


def _key(formats: Sequence[str]) -> str:
    """The key of study.yaml with these formats."""
    quoted = [f"'{each}'" for each in formats]
    return f"format: {quoted[0] if len(quoted) == 1 else '[' + ', '.join(quoted) + ']'}"


def _is_day(text: str, form: str) -> bool:
    with contextlib.suppress(ValueError):
        return bool(datetime.strptime(text, form))
    return False
