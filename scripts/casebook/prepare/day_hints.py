"""What a text may mean that is no day in the form that a study gives: another form, or a number.

Only hints are worded here; how days are read is for `values`.
"""

import contextlib
import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

_ISO = "%Y-%m-%d"
_FORMATS = (
    *("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y.%m.%d", "%d-%m-%Y"),
    *("%d-%b-%Y", "%d %b %Y", "%d %B %Y"),
)
"""Forms in which days are often written."""
_SHORT = ("%d.%m.%y", "%d/%m/%y", "%m/%d/%y")
"""Others, in which the year does not say its century, so that no study can name them."""
_IN_FULL = (
    "a year needs four digits, as two do not tell the century: write the day in corrections.tsv, in"
    " the form 2024-02-29, or the years in full in a copy of the table"
)
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
    if any(_is_day(text, each) for each in _SHORT):
        return _IN_FULL
    if re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d?:[\d:.]+", text):
        return "a time follows the day: leave only the day in the cell"
    if re.fullmatch(r"[2-5]\d{4}", text):
        day = _FIRST_OF_SPREADSHEETS + timedelta(days=int(text))
        return f"a spreadsheet keeps {day} as this number: show the column as dates there"
    return ""


def is_of_another_form(text: str) -> bool:
    """Whether a text that is no day in the form of its column is one in another form."""
    return any(_is_day(text, each) for each in (*_FORMATS, *_SHORT))


def form_of_most(texts: Collection[str]) -> str:
    """The key of study.yaml by which most of these texts are days; nothing if there is none.

    Where days and months could be the other way round in all of them, both keys are told.

    Args:
        texts: The texts of a column that can have one form of days alone.
    """
    counts = {form: sum(_is_day(text, form) for text in texts) for form in _FORMATS}
    most = max(counts.values())
    if 2 * most <= len(texts):
        return ""
    return " or ".join(_key([form]) for form, count in counts.items() if count == most)


def _key(formats: Sequence[str]) -> str:
    """The key of study.yaml with these formats."""
    quoted = [f"'{each}'" for each in formats]
    return f"format: {quoted[0] if len(quoted) == 1 else '[' + ', '.join(quoted) + ']'}"


def _is_day(text: str, form: str) -> bool:
    with contextlib.suppress(ValueError):
        return bool(datetime.strptime(text, form))
    return False
