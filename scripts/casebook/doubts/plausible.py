"""Whether what follows from a patient's values can be true, such as an age from two dates.

A derived value outside its range is an error. Without a range, a negative time between two dates is
a warning, as two dates may have changed places. So is a date of a year far from ours. Cells are
held against their own ranges elsewhere.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from casebook.data.findings import Finding
from casebook.data.patients import Value
from casebook.study.model import Derived, Study

_FIRST_YEAR, _LAST_YEAR = 1850, 2100
"""Between which patients have been described one by one, or will soon be."""


def is_of_our_time(day: date) -> bool:
    """Whether a date may be that of a patient: not 0222 or 2202, as slips of the keys give."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def implausible(
    study: Study, file: str, row: int, values: Mapping[str, Value]
) -> Iterator[Finding]:
    """The dates and derived values of a patient that cannot be true, or hardly.

    Args:
        study: The study.
        file: The table, for the messages.
        row: Where the patient stands in it.
        values: All values of the patient by name.
    """
    for name, variable in study.variables.items():
        day = values[name]
        if isinstance(day, date) and not is_of_our_time(day):
            hint = (
                f"it is read as a day of the year {day.year}; correct it in corrections.tsv if that"
                " is a slip"
            )
            yield Finding("warning", file, row, variable.column, day.isoformat(), "", hint)
    for name, derived in study.derived.items():
        value = values[name]
        if not isinstance(value, float):
            continue
        at = (file, row, "", f"{name} = {value:.6g}")
        source = f"{name} is {derived.expression}{_columns(study, derived)}"
        if derived.range is not None:
            low, high = derived.range
            if not low <= value <= high:
                unit = f" {derived.unit}" if derived.unit else ""
                allowed = f"a number from {low:.15g} to {high:.15g}{unit}"
                hint = (
                    f"{source}; correct a cell in corrections.tsv, or widen the range in study.yaml"
                )
                yield Finding("error", *at, allowed, hint)
        elif value < 0 and any(study.kinds[each] == "date" for each in derived.parsed.names):
            hint = (
                f"{source}; were two dates swapped? Correct them in corrections.tsv, or give the"
                f" range that can be true: derived.{name}.range in study.yaml"
            )
            yield Finding("warning", *at, "", hint)


def _columns(study: Study, derived: Derived) -> str:
    """The columns that an expression uses, as far as they hold its variables."""
    columns = [
        repr(variable.column)
        for name, variable in study.variables.items()
        if name in derived.parsed.names
    ]
    return f", from {' and '.join(columns)}" if columns else ""
