"""Whether a condition is true of everyone of a cohort, or of nobody, and whom that hangs on.

Of some patients it may not be known whether the reading is of them. They count as those of whom the
answer is not known, unless they are as the reading says in either case.
"""

from casebook.audit.data import Data
from casebook.audit.shares import named, not_known_for
from casebook.claims.readings import Universal
from casebook.data.patients import Patient
from casebook.study.expressions import parse

_OF_NOBODY = "there is no patient of whom it could be true"


def is_so(data: Data, reading: Universal) -> bool | None:
    """Whether the reading holds; None where the data leave that open, or there is no patient."""
    given = [answer for _, answer in _answers(data, reading)]
    if False in given:
        return False
    return None if None in given or not given else True


def looked_at(data: Data, reading: Universal) -> list[Patient]:
    """The patients on whom it hangs whether the reading holds."""
    return [patient for patient, _ in _answers(data, reading)]


def speak_against(data: Data, reading: Universal) -> list[Patient]:
    """The patients who are known not to be as the reading says."""
    return [patient for patient, answer in _answers(data, reading) if answer is False]


def against(data: Data, reading: Universal) -> str:
    """Of whom it is not as the reading says, in words."""
    is_true = "not true" if reading.name == "always" else "true"
    return f"the condition is {is_true} of {named(speak_against(data, reading))}"


def why_open(data: Data, reading: Universal) -> str:
    """Why it is open whether the reading holds, in words."""
    unknown = [patient for patient, answer in _answers(data, reading) if answer is None]
    if not unknown:
        return _OF_NOBODY
    used = sorted(reading.condition.names | reading.where.names)
    missing = [n for n in used if any(data.value(p, parse(n)) is None for p in unknown)]
    known = " and ".join(f"known({name})" for name in missing)
    # What is not known of an event has no name of which it could be asked.
    remedy = f"; if the paper means those of whom it is, the second condition needs {known}"
    return f"{not_known_for(unknown)}{remedy * bool(missing)}"


def _answers(data: Data, reading: Universal) -> list[tuple[Patient, bool | None]]:
    """Whether each patient is as the reading says; None where that is not known."""
    found: list[tuple[Patient, bool | None]] = []
    for patient in data.cohorts[reading.cohort]:
        values = data.values(patient)
        holds, is_meant = reading.condition.holds(values), reading.where.holds(values)
        answer = None if holds is None else holds == (reading.name == "always")
        if is_meant or (is_meant is None and answer is not True):
            found.append((patient, answer if is_meant else None))
    return found
