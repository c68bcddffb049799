"""Texts that say more, or less, than a number: a limit, a range, a number with its spread.

Which number is used for one is not known here, nor in which way its numbers are written.
"""

import re
from dataclasses import dataclass
from typing import Literal

from casebook.base.numerals import BELOW, SEEMING, UNSIGNED, limit_in

Form = Literal["below", "above", "from_to", "plus_minus"]

_FORMS: dict[Form, re.Pattern[str]] = {
    "from_to": re.compile(rf"({SEEMING}) *([-–—\N{{MINUS SIGN}}]|to|bis) *({SEEMING})"),
    # A negative spread is a slip, and nothing can be used for it.
    "plus_minus": re.compile(rf"({SEEMING}) *(±|\+/-) *({UNSIGNED})"),
}


@dataclass(frozen=True, slots=True)
class Inexact:
    """A text that says more, or less, than a number.

    Attributes:
        form: In which way it does.
        sign: The sign, or word, that tells: <, –, to, ±.
        numbers: The texts of its numbers: the limit; both ends; the number alone, of one with its
            spread.
    """

    form: Form
    sign: str
    numbers: tuple[str, ...]


def inexact(text: str) -> Inexact | None:
    """What a text says, if it is a limit, a range or a number with its spread."""
    if not text.strip("0123456789.,"):
        return None
    sign, limit = limit_in(text)
    if sign:
        return Inexact("below" if sign in BELOW else "above", sign, (limit.strip(),))
    for form, pattern in _FORMS.items():
        if found := pattern.fullmatch(text):
            first, sign, second = found.groups()
            return Inexact(form, sign, (first, second) if form == "from_to" else (first,))
    return None
