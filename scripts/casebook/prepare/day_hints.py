"""What a text may mean that is no day in the form that a study gives: another form, or a number.

Only hints are worded here; how days are read is for `values`.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from casebook.base.days import ISO, USUAL_FIRST_YEAR, DayForms, day_in, has_short_years

_FORMS = (
    (
        *("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y.%m.%d", "%d-%m-%Y"),
        *("%d-%b-%Y", "%d %b %Y", "%d %B %Y"),
    ),
    (
        *("%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%d-%b-%y", "%d %b %y"),
        *("%y-%m-%d", "%y/%m/%d"),
    ),
    ("%y.%m.%d", "%Y%m%d"),
)
"""Forms in which days are often written, the usual ones first."""
_FIRST_OF_SPREADSHEETS = date(1899, 12, 30)
_YEARS = (
    f"with {USUAL_FIRST_YEAR}, 30 to 99 are {USUAL_FIRST_YEAR} to 1999, and 00 to 29 are 2000 to"
    f" {USUAL_FIRST_YEAR + 99}; dates of birth may need another first year"
)


def hint_at_form(text: str, forms: DayForms) -> str:
    """The keys of study.yaml by which a text is a day, if it is one in another form.

    It tells nothing of the text but its form.

    Args:
        text: The text of a cell, which is a day in none of the forms.
        forms: Those of its column.
    """
    ways = ([f for f in some if day_in(text, f, USUAL_FIRST_YEAR)] for some in _FORMS)
    if not (found := next(filter(None, ways), [])):
        return ""
    known = [each for each in forms.formats if each != ISO]
    added = " or ".join(_key([*known, each]) for each in found)
    years = ""
    if has_short_years(found[0]) and forms.first_year is None:
        added += f", and two_digit_years_from: {USUAL_FIRST_YEAR},"
        years = f"; {_YEARS}"
    several = ", whichever is meant: these are different days" if found[1:] else ""
    return f"to read it as a day, write {added} beside the column in study.yaml{several}{years}"


def hint_at_day(text: str) -> str:
    """What a text may mean that is a day in no form; nothing if that is not known."""
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
