"""Whether columns say by their headers that they are of another visit than the study reads them as.

`PASI vor` read at the later visit and `PASI nach` at the earlier one, or week 24 as week 12. In a
long table, the same of the texts by which rows are of visits.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from casebook.base.days import DAYS_IN
from casebook.data.cells import folded
from casebook.data.findings import Finding
from casebook.doubts.read_columns import ReadColumns
from casebook.study.model import Study
from casebook.study.visits import Visit, seen

_BEFORE = re.compile(
    r"(?<![^\W\d_])(?:before|pre|baseline|bl|vor|vorher|zuvor|avant|antes|prima|initial)(?![^\W\d_])"
)
_AFTER = re.compile(
    r"(?<![^\W\d_])(?:after|post|nach|nachher|danach|apr[eè]s|despu[eé]s|dopo|follow[ -]?up|fu)"
    r"(?![^\W\d_])"
)
_UNITS = {
    "day": "days?|d|tage?|jours?|j|d[íi]as?",
    "week": "weeks?|wks?|w|wochen?|wo|semaines?|semanas?",
    "month": "months?|mos?|mths?|mon|m|monate?|mois|mes(?:es)?",
    "year": "years?|yrs?|y|jahre?|ans?|ann[eé]es?|a[ñn]os?",
}
_TIMES = [
    (unit, re.compile(form))
    for unit, words in _UNITS.items()
    for form in (
        rf"(?<![^\W_])(?:{words})[ .-]*(\d+)(?![^\W_])",
        rf"(?<![^\W_])(\d+)[ .-]*(?:{words})(?![^\W_])",
    )
]
_SINCE_ANOTHER = re.compile(
    r"cycle|\bc\d+\b|zyklus|course|phase|period|extension|maint|erhalt|follow|nachbeob|\bfu\b"
    r"|\b(?:after|post|since|nach|seit)\W+[^\W\d]"
)
"""What makes a time one since something else than the first visit, as day 1 of cycle 3."""
_CLOSE = 0.2
"""Months may be given roundly: 5.5 or 6 of week 24."""
_Time = tuple[str, int]
"""A unit of time, and how many."""


class _AtVisit(NamedTuple):
    """A visit, and what the study reads as being of it: a header, or a text of rows."""

    visit: str
    text: str
    column: str


def contrary_visits(study: Study, columns: ReadColumns) -> Iterator[Finding]:
    """A warning for each two visits of an outcome whose columns, or rows, say the contrary."""
    order = seen(study.visits)
    named = {name: time for name in order if (time := _time_of(study.visits[name].label, name))}
    for hint in _other_months(study, named):
        yield columns.warning("", "", hint)
    texts = [_AtVisit(v, text, "") for v in order for text in study.visits[v].value]
    keys = {"visits": texts}
    for outcome in study.outcomes:
        keys[f"outcomes.{outcome}.columns"] = _columns(study, outcome, columns.names)
    for key, each in keys.items():
        in_order = sorted(each, key=lambda at: order.index(at.visit))
        if found := _turned(in_order) or _of_another_time(in_order, named):
            at, told = found
            hint = f"{told}: were visits swapped under {key} of study.yaml?"
            yield columns.warning(at.column, at.text, hint)


def _other_months(study: Study, named: Mapping[str, _Time]) -> Iterator[str]:
    """What to ask of each visit whose months are another time than its name tells."""
    for name, (unit, count) in named.items():
        visit = study.visits[name]
        meant = _in_months((unit, count))
        if visit.months is None or _is_since_another(name, visit):
            continue
        if abs(visit.months - meant) > _CLOSE * max(meant, 1):
            yield (
                f"visits.{name}.months of study.yaml is {visit.months:g}, and {unit} {count} is"
                f" {meant:.3g} months: which is right?"
            )


def months_of(name: str, visit: Visit) -> float | None:
    """When a visit is, in months, by its key or else by what it is called; None if nothing tells.

    One that is called baseline, or the like, is at 0.
    """
    if visit.months is not None:
        return visit.months
    if any(_BEFORE.fullmatch(folded(text)) for text in (visit.label, name)):
        return 0.0
    time = None if _is_since_another(name, visit) else _time_of(visit.label, name)
    return _in_months(time) if time else None


def _is_since_another(name: str, visit: Visit) -> bool:
    plain = folded(f"{visit.label} {name}").replace("_", " ")
    return _SINCE_ANOTHER.search(plain) is not None


def _in_months(time: _Time) -> float:
    unit, count = time
    return count * DAYS_IN[unit] / DAYS_IN["month"]


def _columns(study: Study, outcome: str, columns: Container[str]) -> list[_AtVisit]:
    """The visits of an outcome with their headers, if each has one of its own."""
    found = [
        _AtVisit(visit, study.headings[name].header, study.headings[name].name)
        for name, (of, visit) in study.measured.items()
        if of == outcome and name in study.headings and study.headings[name].name in columns
    ]
    return found if len({each.text for each in found}) == len(found) else []


def _turned(in_order: Sequence[_AtVisit]) -> tuple[_AtVisit, str] | None:
    """A later visit whose text says that it is before, if that of the first says the contrary."""
    for first in in_order[:1]:
        for each in in_order[1:]:
            if _says(_AFTER, _BEFORE, first.text) and _says(_BEFORE, _AFTER, each.text):
                told = f"{first.visit} is read from {first.text!r}, and {each.visit} from"
                return each, f"{told} {each.text!r}"
    return None


def _says(what: re.Pattern[str], contrary: re.Pattern[str], text: str) -> bool:
    plain = folded(text).replace("_", " ")
    return bool(what.search(plain)) and not contrary.search(plain)


def _of_another_time(
    in_order: Sequence[_AtVisit], named: Mapping[str, _Time]
) -> tuple[_AtVisit, str] | None:
    """The first visit whose text names the time of another visit."""
    visits = {time: visit for visit, time in named.items()}
    for each in in_order:
        time, own = _time_of(each.text), named.get(each.visit)
        if own and time in visits and time != own:
            return (
                each,
                f"{each.visit} is read from {each.text!r}, which is called as {visits[time]}",
            )
    return None


def _time_of(*texts: str) -> _Time | None:
    """The one time that texts name; None if they name none, or several, as SF-36 week 12 may."""
    plain = [folded(text).replace("_", " ") for text in texts]
    found = {
        (unit, int(count))
        for unit, form in _TIMES
        for text in plain
        for count in form.findall(text)
    }
    return min(found) if len(found) == 1 else None
