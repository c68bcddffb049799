"""Of how many patients a condition is true: their number, their percentage, or the odds.

Which other ways a paper may have counted is for `variants`.
"""

from casebook.audit.data import Data
from casebook.claims.readings import Share
from casebook.data.patients import Patient


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
