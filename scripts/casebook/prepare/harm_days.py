"""Days in the table of adverse events, which has one form for all: what to write for another one.

How days are read is for `values`, and which forms there are for `day_hints`.
"""

from collections.abc import Callable, Sequence
from functools import cache

from casebook.data.patients import Value
from casebook.prepare.day_hints import form_of_most, is_of_another_form
from casebook.prepare.unreadable import UnreadableError


def in_one_form(read: Callable[[str], Value], texts: Sequence[str]) -> Callable[[str], Value]:
    """The same reader of days, which tells the form of most texts if it cannot read one.

    A day in a third form gets no hint at a form, as the others could not be read by it.

    Args:
        read: How a text is read.
        texts: All texts of its column that say something.
    """
    key = cache(lambda: form_of_most(texts))

    def day(text: str) -> Value:
        try:
            return read(text)
        except UnreadableError as problem:
            if not is_of_another_form(text):
                raise
            told = (
                f"most cells are days in another form: write {key()} in harms.table of study.yaml"
            )
            raise UnreadableError(problem.allowed, told if key() else "") from None

    return day
