"""How the text of a cell is read as a day, and what is told of one that is none.

Hints at what such a text means are for `day_hints`.
"""

from datetime import date

from casebook.base.days import DayForms, example, is_joined
from casebook.prepare.day_hints import DayKeys, hint_at_day, hint_at_form
from casebook.prepare.unreadable import OtherFormError, UnreadableError


def read_day(forms: DayForms, keys: DayKeys, text: str) -> date:
    """The day that a text is.

    Args:
        forms: How days are written.
        keys: What can be done about a text that is none.
        text: The text of a cell.

    Raises:
        OtherFormError: it is a day in another form, or a part of one.
        UnreadableError: it is no day, or several.
    """
    days = forms.days(text)
    if len(days) == 1:
        return next(iter(days))
    if days:
        ways = " and ".join(f"{day} by {pattern}" for day, pattern in days.items())
        hint = f"it is {ways}: write which in {keys.mended_in}, in the form 2024-02-29"
        raise UnreadableError("a day that all formats read alike", hint)
    written = " or ".join(f"{each}, as in {example(each)}" for each in forms.formats)
    allowed = f"a day of the calendar, written as {written}"
    if other := hint_at_form(text, forms, keys):
        raise OtherFormError(allowed, other)
    hint = hint_at_day(text, forms.formats, keys)
    if not hint and any(map(is_joined, forms.formats)):
        hint = "without signs between them, day and month need two digits each, as in 05"
    raise UnreadableError(allowed, hint)
