"""Times of adverse events: how they are read, when one began, and which of two is earlier."""

from collections.abc import Callable, Collection
from datetime import date

from casebook.base.days import DAYS_IN
from casebook.base.numerals import Numerals
from casebook.data.patients import Value
from casebook.prepare.numbers import number_reader
from casebook.prepare.unreadable import OtherWayError, UnreadableError
from casebook.study.model import Study
from casebook.study.variables import NumberVariable

_DAYS = {f"{unit}s": days for unit, days in DAYS_IN.items()}
_FURTHEST = 100_000.0


def time_reader(numerals: Numerals, missing: Collection[str]) -> Callable[[str], Value]:
    """How the text of a cell is read as a time since the beginning of the treatment.

    What a column of numbers can say of units and limits, and its hints advise, none of events can.

    Args:
        numerals: How numbers are written.
        missing: The texts that mean "not available".
    """
    limits = (-_FURTHEST, _FURTHEST)
    number = NumberVariable(label="Time", column="Time", type="number", range=limits)
    read = number_reader(numerals, missing, number)

    def time(text: str) -> Value:
        try:
            return read(text)
        except OtherWayError:
            raise
        except UnreadableError as problem:
            raise UnreadableError(problem.allowed) from None

    return time


def onset_of(study: Study, first: Value, start: Value) -> float | None:
    """When an event began, counted from the beginning of the treatment; None if not known.

    Args:
        study: The study, which says in which unit durations of the treatment are.
        first: The day on which the patient's treatment began.
        start: The day on which the event began, or how long after that of the treatment.
    """
    treatment = study.treatment
    if treatment is None or not isinstance(start, date):
        return start if treatment and isinstance(start, float) else None
    unit = study.unit(treatment.duration)
    if not isinstance(first, date) or unit not in _DAYS:
        return None
    return (start - first).days / _DAYS[unit]


def is_before(one: Value, other: Value) -> bool:
    """Whether a day or a time is before another one, if both are known."""
    if isinstance(one, date) and isinstance(other, date):
        return one < other
    return isinstance(one, float) and isinstance(other, float) and one < other
