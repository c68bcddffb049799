"""When adverse events began, and which of two days is before the other, as far as is known."""

from datetime import date

from casebook.base.days import DAYS_IN
from casebook.data.patients import Value
from casebook.study.model import Study

_DAYS = {f"{unit}s": days for unit, days in DAYS_IN.items()}


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
