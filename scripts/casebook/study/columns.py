"""Which columns of its tables each value of a patient is read from, also one that is computed.

Which cells a result rests on, of which patients, is not known here but in `wording/origins`.
"""

from collections.abc import Iterable, Iterator

from casebook.data.harms import HARMS, RELATED, SERIOUS, WORST
from casebook.data.harms import KINDS as HARMS_OF_A_PATIENT
from casebook.data.patients import measurement
from casebook.data.results import PATIENTS
from casebook.study.boxes import columns_of_variable
from casebook.study.model import Study
from casebook.study.named_conditions import conditions_at_visits

_OF_EVENTS = {
    HARMS: ("term",),
    SERIOUS: ("term", "serious"),
    RELATED: ("term", "related"),
    WORST: ("term", "grade"),
}
"""What the table of adverse events tells of each value that follows from it."""


def columns_of(study: Study, name: str) -> Iterator[str]:
    """The columns of the raw table that a value of a patient is read from.

    The value may be derived, the change of an outcome, or the identifier, which is `patient`.
    """
    headings = study.headings
    for each in values_read_for(study, name):
        if each in headings:
            yield headings[each].name
        elif each == PATIENTS and study.source.patient:
            yield study.source.patient


def in_order(study: Study, columns: Iterable[str]) -> list[str]:
    """These columns in the order in which the study describes what is read from them."""
    return sorted(dict.fromkeys(columns), key=lambda each: study.places_of_columns.get(each, -1))


def event_columns_of(study: Study, name: str) -> Iterator[str]:
    """The columns of the table of adverse events that a value of a patient is read from.

    That of the patient's identifier is not among them; there are none without such a table.
    """
    table = study.harms.table if study.harms else None
    if table is None:
        return
    for each in values_read_for(study, name):
        for told in _OF_EVENTS.get(each, ()):
            if told in table.header_of:
                yield table.header_of[told]


def values_read_for(study: Study, name: str) -> Iterator[str]:
    """The values that a value follows from and that are read from cells; itself, if it is one."""
    parts: Iterable[str] = ()
    if name in study.derived:
        parts = sorted(study.derived[name].parsed.names)
    elif name in HARMS_OF_A_PATIENT and study.harms:
        yield name
        parts = sorted(study.harms.names)
    elif name in study.computed and name not in study.headings:
        parts = sorted(study.computed[name].parsed.names)
    elif name in study.changes:
        outcome, contrast = study.changes[name]
        parts = [measurement(outcome, visit) for visit in contrast.visits]
    elif name in study.variables and name not in study.headings:
        parts = columns_of_variable(name, study.variables[name])
    elif condition := conditions_at_visits(study).get(name):
        parts = sorted(condition.names)
    else:
        yield name
    for part in parts:
        yield from values_read_for(study, part)
