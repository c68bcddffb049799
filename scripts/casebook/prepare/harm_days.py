"""Days in the table of adverse events, which has one form for all: what to write for another one.

How days are read is for `values`, and which forms there are for `day_hints`.
"""

from collections.abc import Callable, Sequence
from functools import cache

from casebook.data.patients import Value
from casebook.prepare.day_hints import form_of_most, is_of_another_form
from casebook.prepare.unreadable import UnreadableError

_TABLE = "harms.table of study.yaml"
_ONE_FORM = (
    "correct a slip in corrections.tsv, naming the table; all days of adverse events are written in"
    f" one form, which format in {_TABLE} gives, and is '{{}}'; list there under missing what means"
    " 'no value'"
)


def in_one_form(
    read: Callable[[str], Value], form: str, texts: Sequence[str]
) -> Callable[[str], Value]:
    """The same reader of days, which tells the form of most texts if it cannot read one.

    Args:
        read: How a text is read.
        form: The form by which it reads days.
        texts: All texts of its column that say something.
    """
    key = cache(lambda: form_of_most(texts))

    def day(text: str) -> Value:
        try:
            return read(text)
        except UnreadableError as problem:
            told = problem.hint
            # A day in a third form gets no hint at a form, as the others could not be read by it.
            if is_of_another_form(text) and key():
                told = f"most cells are days in another form: write {key()} in {_TABLE}"
            elif is_of_another_form(text) or not told:
                told = _ONE_FORM.format(form)
            raise UnreadableError(problem.allowed, told) from None

    return day
