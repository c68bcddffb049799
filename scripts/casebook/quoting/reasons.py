"""Why a number is no result of a study, where the words around it say so: a year, a trial's phase.

Of every other number without a reading a reviewer has to say it.
"""

import re

from casebook.quoting.guesses import UNKNOWN
from casebook.quoting.numbers import Number

_PHASE = re.compile(
    r"\bphases?\s+(?:(?:\d|I+)\s*(?:,|/|and|or|to|und|oder|bis)\s*)*$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def reason(number: Number, before: str) -> str:
    """Why a number is none of the study, by the text of its sentence before it; or `UNKNOWN`."""
    if number.kind == "date":
        return "a date"
    if _PHASE.search(before):
        return "a phase of trials"
    return "a year" if _YEAR.fullmatch(number.printed) else UNKNOWN
