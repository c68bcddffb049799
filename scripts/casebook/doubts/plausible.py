"""Whether what follows from a patient's values can be true, such as an age from two dates.

A derived value outside its range is an error. Without a range, a negative time between two dates is
a warning, as two dates may have changed places. So is a date of a year far from ours. Cells are
held against their own ranges elsewhere.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from operator import itemgetter

from casebook.data.findings import Finding
from casebook.data.patients import Roster, Value, told_text
from casebook.study.columns import columns_of
from casebook.study.derived import Derived
from casebook.study.model import Study
from casebook.study.treatment import TIME_ON_TREATMENT

_FIRST_YEAR, _LAST_YEAR = 1850, 2100
"""Between which patients have been described one by one, or will soon be."""

_CORRECT = "Correct them in corrections.tsv"


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
    found: list[tuple[int, Finding]] = []
    headings = study.headings
    for name in filter(headings.__contains__, study.variables):
        found += _odd(roster.columns[name], partial(_of_date, headings[name].name))
    for name, derived in (_computed(study) | study.derived).items():
        odd = _odd(roster.columns[name], partial(_of_number, study, name, derived))
        parts = [
            part
            for part in sorted(derived.parsed.names)
            if study.private_columns.isdisjoint(columns_of(study, part))
        ]
        found += [(at, _with_parts(finding, parts, roster, at)) for at, finding in odd]
    in_order = sorted(found, key=itemgetter(0))
    return [replace(each, file=file, row=rows[place]) for place, each in in_order]


def _computed(study: Study) -> dict[str, Derived]:
    """The computed values of outcomes, without those that are told at another visit already."""
    measured = study.measured
    return {
        name: each
        for name, each in study.computed.items()
        if not study.visits[measured[name][1]].rule
    }


def _odd(
    values: Sequence[Value], told: Callable[[Value], Finding | None]
) -> Iterator[tuple[int, Finding]]:
    """What is told of the values of a column, with their places."""
    odd = {value: finding for value in {*values} if (finding := told(value))}
    if odd:
        yield from ((place, odd[value]) for place, value in enumerate(values) if value in odd)


def _with_parts(finding: Finding, parts: Sequence[str], roster: Roster, place: int) -> Finding:
    """The same with what a value of a patient follows from."""
    known = [f"{part} = {told_text(roster.columns[part][place])}" for part in parts]
    return replace(finding, value=", from ".join(filter(None, [finding.value, ", ".join(known)])))


def _of_number(study: Study, name: str, derived: Derived, value: Value) -> Finding | None:
    """What is told of a value that follows from others, if anything."""
    if not isinstance(value, float):
        return None
    told = f"{name} = {value:.6g}"
    if derived.range is not None:
        low, high = derived.range
        if low <= value <= high:
            return None
        unit = f" {derived.unit}" if derived.unit else ""
        allowed = f"a number from {low:.15g} to {high:.15g}{unit}"
        source = _source(study, name, derived)
        hint = f"{source}; correct a cell in corrections.tsv, or widen the range in study.yaml"
        return Finding("error", "", 0, "", told, allowed, hint)
    if value < 0 and any(study.kinds[each] == "date" for each in derived.parsed.names):
        hint = f"{_source(study, name, derived)}; were two dates swapped? {_CORRECT}"
        if name != TIME_ON_TREATMENT or not (study.treatment and study.treatment.end):
            hint += f", or give the range that can be true: derived.{name}.range in study.yaml"
        return Finding("warning", "", 0, "", told, "", hint)
    return None


def _source(study: Study, name: str, derived: Derived) -> str:
    """What a value is, and the columns that it follows from."""
    columns = dict.fromkeys(columns_of(study, name))
    of = f", from {' and '.join(map(repr, columns))}" if columns else ""
    return f"{name} is {derived.parsed.source}{of}"


def _of_date(column: str, value: Value) -> Finding | None:
    if not isinstance(value, date) or is_of_our_time(value):
        return None
    hint = (
        f"it is read as a day of the year {value.year}; correct it in corrections.tsv if that is a"
        " slip"
    )
    return Finding("warning", "", 0, column, value.isoformat(), "", hint)
