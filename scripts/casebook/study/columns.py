"""Which columns of the raw table each value of a patient is read from, also one that is computed.

Which cells a result rests on, of which patients, is not known here but in `wording/origins`.
"""

from collections.abc import Iterator

from casebook.data.harms import KINDS as HARMS_OF_A_PATIENT
from casebook.data.patients import measurement
from casebook.data.results import PATIENTS
from casebook.study.model import Study


def columns_of(study: Study, name: str) -> Iterator[str]:
    """The columns of the raw table that a value of a patient is read from.

    The value may be derived, the change of an outcome, or the identifier, which is `patient`.
    """
    parts: list[str] = []
    if name in study.variables:
        yield study.variables[name].column
    elif name in study.derived:
        parts = sorted(study.derived[name].parsed.names)
    elif name in HARMS_OF_A_PATIENT and study.harms:
        parts = sorted(study.harms.names)
    elif name == PATIENTS and study.source.patient:
        yield study.source.patient
    elif name in study.measured:
        outcome, visit = study.measured[name]
        described = study.outcomes[outcome]
        if visit in described.columns:
            yield described.columns[visit].column
        else:
            parts = sorted(described.computed_at(visit).parsed.names)
    elif name in study.changes:
        outcome, contrast = study.changes[name]
        parts = [measurement(outcome, visit) for visit in contrast.visits]
    for part in parts:
        yield from columns_of(study, part)
