"""Of how many patients a condition is true: their number, their percentage, or the odds.

Which other ways a paper may have counted is for `variants`.
"""

from collections.abc import Sequence

from casebook.audit.data import Data
from casebook.base.lists import first_of
from casebook.claims.readings import Share
from casebook.data.patients import Patient

_NAMED = 10


def share_members(data: Data, reading: Share) -> list[Patient]:
    """The patients among whom those are counted of whom the condition is true."""
    return data.where(reading.cohort, reading.where)


def share_answers(data: Data, reading: Share) -> list[bool | None]:
    """Whether the condition is true of each of these patients; None where it is not known."""
    return [reading.condition.holds(data.values(p)) for p in share_members(data, reading)]


def share(data: Data, reading: Share) -> float | None:
    """The number, percentage or odds; None where too little is known, or none to divide by."""
    answers = share_answers(data, reading)
    known = len(answers) - answers.count(None)
    if answers and not known:
        return None
    yes = answers.count(True)
    if reading.name == "count":
        return float(yes)
    if reading.name == "odds":
        return yes / (known - yes) if known > yes else None
    return 100 * yes / known if known else None


def named(patients: Sequence[Patient]) -> str:
    """The first of some patients by their identifiers, and how many more there are."""
    return ", ".join(first_of([patient.id for patient in patients], _NAMED))


def not_known_for(patients: Sequence[Patient]) -> str:
    """Whom it is not known of whether a condition is true, in words."""
    return f"it is not known for {named(patients)}"
