"""Which dates of birth are after another date of the patient, as of a slip or another century."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from casebook.base.lists import enumerated, first_of
from casebook.data.findings import Finding
from casebook.data.patients import Roster, Value
from casebook.doubts.disclosure import is_called_birth
from casebook.study.model import Study
from casebook.study.variables import DateVariable

_NAMED = 3


def late_births(
    study: Study,
    file: str,
    rows: Sequence[int],
    roster: Roster,
    visited: Mapping[str, Sequence[date]],
) -> Iterator[Finding]:
    """A warning for each date of birth that is after another date of the same patient.

    Args:
        study: The study.
        file: The table, for the messages.
        rows: Where the patients stand in it.
        roster: The patients.
        visited: The days of each patient's rows, if these have dates.
    """
    dates = [n for n, each in study.variables.items() if isinstance(each, DateVariable)]
    births = [name for name in dates if is_called_birth(study, name)]
    others = {
        study.headings[name].name: roster.columns[name]
        for name in dates
        if name not in births and name in study.headings
    }
    of_rows = next(filter(None, (each.visit for each in study.source.tables.values())), "")
    others[of_rows] = [min(visited.get(each, ()), default=None) for each in roster.ids]
    for name in births:
        column, hint = study.headings[name].name, _hint(study.variables[name])
        for place, born in enumerate(roster.columns[name]):
            if not isinstance(born, date):
                continue
            earlier = [of for of, days in others.items() if _is_before(days[place], born)]
            if not earlier:
                continue
            warning = partial(Finding, "warning", file, rows[place])
            if column in study.private_columns:
                told = f"before the patient's birth by the column {column}: {hint}"
                for where, what in _hidden(study, earlier):
                    yield warning(where, "", "", f"{what}{told}")
            else:
                told = f"a birth after the patient's date in {_named(earlier)}: {hint}"
                yield warning(column, born.isoformat(), "", told)


def _hidden(study: Study, columns: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The column that a warning stands at, and the words before it, beside a private birth.

    What is told of a private column is not shown, and all of this may be.
    """
    for column in columns:
        yield ("", f"{column} is ") if column in study.private_columns else (column, "")


def _is_before(day: Value, born: date) -> bool:
    return isinstance(day, date) and day < born


def _named(headers: Sequence[str]) -> str:
    return enumerated(first_of([*map(repr, headers)], _NAMED, "{:,} more"))


def _hint(variable: object) -> str:
    """What to do about it."""
    slip = "correct a slip in corrections.tsv"
    first = variable.two_digit_years_from if isinstance(variable, DateVariable) else None
    if first is None:
        return slip
    return (
        f"by two_digit_years_from: {first}, years are {first} to {first + 99}; write an earlier"
        f" first year if another century is meant, or {slip}"
    )
