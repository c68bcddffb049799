"""What a text may mean that is no day in the form that a study gives: another form, or a number.

Only hints are worded here; how days are read is for `days`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.base.days import (
    ISO,
    SERIAL,
    USUAL_FIRST_YEAR,
    DayForms,
    day_in,
    has_short_years,
    is_joined,
    is_part_of_a_day,
    is_with_year_moved,
    with_time,
)
from casebook.base.months import LANGUAGES

_FORMS = (
    (
        *("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y.%m.%d", "%d-%m-%Y"),
        *("%d-%b-%Y", "%d %b %Y", "%d. %b %Y", "%d.%b.%Y", "%d de %b de %Y", "%b %d, %Y"),
    ),
    (
        *("%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%d-%b-%y", "%d %b %y"),
        *("%d. %b %y", "%d.%b.%y"),
        *("%y-%m-%d", "%y/%m/%d"),
    ),
    ("%y.%m.%d", "%Y%m%d"),
)
"""Forms in which days are often written, the usual ones first."""
_YEARS = (
    f"30 to 99 are then {USUAL_FIRST_YEAR} to 1999, and 00 to 29 are 2000 to"
    f" {USUAL_FIRST_YEAR + 99}; dates of birth may need another first year"
)
_OF_PARTS = (
    "it is a month or a year, not a day: if a day may stand for it, such as the 15th, write that in"
    " {}; or list the text under missing in study.yaml"
)
_OF_NAMES = f"names of months are read in {LANGUAGES}: write the day as 2024-02-29, in {{}}"
_OF_CENTURIES = (
    "there is no such day in its year: if another century is meant, write another"
    " two_digit_years_from {}, or correct a slip in {}"
)
_OF_NO_DAY = (
    "there is no such day: correct a slip in {}, or list the text under missing in study.yaml"
)
_DIGITS = {"%d": r"\d{1,2}", "%m": r"\d{1,2}", "%y": r"\d\d", "%Y": r"\d{4}"}
_NAMED_MONTH = re.compile(
    r"\d{1,2}(?:\.|st|nd|rd|th)?[ -]?(?:de )?[^\W\d_]{3,10}\.?,?[ -]?(?:de )?\d{2,4}"
)


@dataclass(frozen=True)
class DayKeys:
    """What of study.yaml says how days are written, and where one of them can be mended.

    Attributes:
        key: The key with their formats.
        place: Where it stands, in words.
        mended_in: The file in which another text can be written for one.
    """

    key: str
    place: str
    mended_in: str


OF_COLUMN = DayKeys("format", "beside the column in study.yaml", "corrections.tsv")
OF_EVENTS = DayKeys("format", "in harms.table of study.yaml", "corrections.tsv")
OF_ROWS = DayKeys("date_format", "under source in study.yaml", "corrections.tsv, naming the row")


def hint_at_form(text: str, forms: DayForms, keys: DayKeys) -> str:
    """What to write if a text is a day in another form, or a part of one; nothing otherwise.

    It tells nothing of the text but its form.

    Args:
        text: The text of a cell, which is a day in none of the forms.
        forms: Those of its column.
        keys: What can be done about it.
    """
    if any(day_in(text, each, USUAL_FIRST_YEAR) for each in forms.formats):
        return _OF_CENTURIES.format(keys.place, keys.mended_in)
    day, time = with_time(text)
    forms_of_days = ((*_FORMS[0], ISO), *_FORMS[1:]) if time else _FORMS
    ways = (
        [
            form + time
            for form in some
            if day_in(day, form, USUAL_FIRST_YEAR)
            and not any(is_with_year_moved(form, each) for each in forms.formats)
        ]
        for some in forms_of_days
    )
    if not (found := next(filter(None, ways), [])):
        return _of_no_form(text, forms).format(keys.mended_in)
    known = [each for each in forms.formats if each != ISO]
    added = " or ".join(_with_formats(keys.key, [*known, each]) for each in found)
    years = ""
    if has_short_years(found[0]) and forms.first_year is None:
        added += f", and two_digit_years_from: {USUAL_FIRST_YEAR},"
        years = f"; {_YEARS}"
    several = ", whichever is meant: these are different days" if found[1:] else ""
    return f"to read it as a day, write {added} {keys.place}{several}{years}"


def _of_no_form(text: str, forms: DayForms) -> str:
    """What is told of a text that is a day in no known form."""
    if is_part_of_a_day(text):
        return _OF_PARTS
    if _NAMED_MONTH.fullmatch(text):
        return _OF_NAMES
    return _OF_NO_DAY if any(_looks_like(text, each) for each in (*forms.formats, ISO)) else ""


def _looks_like(text: str, form: str) -> bool:
    """Whether a text has the numbers of a form in their places, if it may be no day."""
    if is_joined(form):
        return False
    pattern = re.sub("%[dmyY]", lambda found: _DIGITS[found[0]], re.escape(form))
    return re.fullmatch(pattern, text) is not None


def hint_at_day(text: str, known: Sequence[str], keys: DayKeys) -> str:
    """What a text may mean that is a day in no form; nothing if that is not known.

    Args:
        text: The text of a cell.
        known: The forms of its column.
        keys: What can be done about it.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d?:[\d:.]+(?:Z|[+-]\d\d:?\d\d)?", text):
        return f"a time follows the day: write only the day, in {keys.mended_in}"
    if re.fullmatch(r"[2-5]\d{4}", text):
        written = _with_formats(keys.key, [*(each for each in known if each != ISO), SERIAL])
        return (
            f"a spreadsheet keeps {day_in(text, SERIAL)} as this number: to read it so, write"
            f" {written} {keys.place}, or write the day in {keys.mended_in}"
        )
    return ""


def _with_formats(key: str, formats: Sequence[str]) -> str:
    """A key of study.yaml with these formats."""
    quoted = [f"'{each}'" for each in formats]
    return f"{key}: {quoted[0] if len(quoted) == 1 else '[' + ', '.join(quoted) + ']'}"
