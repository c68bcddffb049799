"""Whether what follows from a patient's values can be true, such as an age from two dates.

A derived value outside its range is an error. Without a range, a negative time between two dates is
a warning, as two dates may have changed places. So is a date of a year far from ours. Cells are
held against their own ranges elsewhere.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter

from casebook.data.findings import Finding
from casebook.data.patients import Roster, Value
from casebook.study.model import Derived, Study

_FIRST_YEAR, _LAST_YEAR = 1850, 2100
"""Between which patients have been described one by one, or will soon be."""


def is_of_our_time(day: date) -> bool:
    """Whether a date may be that of a patient: not 0222 or 2202, as slips of the keys give."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def implausible(study: Study, file: str, rows: Sequence[int], roster: Roster) -> list[Finding]:
    """The dates and derived values of patients that cannot be true, or hardly, row by row.

    Args:
        study: The study.
        file: The table, for the messages.
        rows: Where the patients stand in it.
        roster: The patients.
    """
    found = [
        (place, finding)
        for name in [*study.variables, *study.derived]
        for place, value in _odd(study, name, roster.columns[name])
        if (finding := _told(study, file, rows[place], name, value))
    ]
    return [finding for _, finding in sorted(found, key=itemgetter(0))]


def _odd(study: Study, name: str, values: Sequence[Value]) -> Iterator[tuple[int, Value]]:
    """The values of a column of which anything is told, with their places."""
    odd = {value for value in {*values} if _told(study, "", 0, name, value)}
    if odd:
        yield from ((place, value) for place, value in enumerate(values) if value in odd)


def _told(study: Study, file: str, row: int, name: str, value: Value) -> Finding | None:
    """What is told of a value, if anything."""
    if name in study.variables:
        return _of_date(study.variables[name].column, file, row, value)
    if not isinstance(value, float):
        return None
    derived = study.derived[name]
    at = (file, row, "", f"{name} = {value:.6g}")
    source = f"{name} is {derived.expression}{_columns(study, derived)}"
    if derived.range is not None:
        low, high = derived.range
        if low <= value <= high:
            return None
        unit = f" {derived.unit}" if derived.unit else ""
        allowed = f"a number from {low:.15g} to {high:.15g}{unit}"
        hint = f"{source}; correct a cell in corrections.tsv, or widen the range in study.yaml"
        return Finding("error", *at, allowed, hint)
    if value < 0 and any(study.kinds[each] == "date" for each in derived.parsed.names):
        hint = (
            f"{source}; were two dates swapped? Correct them in corrections.tsv, or give the"
            f" range that can be true: derived.{name}.range in study.yaml"
        )
        return Finding("warning", *at, "", hint)
    return None


def _of_date(column: str, file: str, row: int, value: Value) -> Finding | None:
    if not isinstance(value, date) or is_of_our_time(value):
        return None
    hint = (
        f"it is read as a day of the year {value.year}; correct it in corrections.tsv if that is a"
        " slip"
    )
    return Finding("warning", file, row, column, value.isoformat(), "", hint)


def _columns(study: Study, derived: Derived) -> str:
    """The columns that an expression uses, as far as they hold its variables."""
    columns = [
        repr(variable.column)
        for name, variable in study.variables.items()
        if name in derived.parsed.names
    ]
    return f", from {' and '.join(columns)}" if columns else ""
