"""Which variables are characteristics at the start, where others are of later visits."""

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from casebook.drafting.parts import Sketch, Variable
from casebook.drafting.visitnames import When, by_names


class Characteristics(NamedTuple):
    """The names of variables that a table can summarise: those at the start, and all others."""

    at_start: list[str]
    later: list[str]


def characteristics(sketch: Sketch) -> Characteristics:
    """The variables that can be in a table of characteristics, without and with a later visit.

    A visit is told by the variable itself, by a grade that it is of, or by its label, as
    "Enthesitis, Month 6" does where the study has that visit. Adverse events come later by nature.
    """
    later = _later(sketch.visits)
    at = [pair for grade in sketch.grades for pair in grade.at.items()]
    graded = {name for when, name in at if _is_among(when, later)}
    names = {when.name for when in later}
    found = Characteristics([], [])
    for each in sketch.variables:
        if each.guess.type in ("text", "date") or each.guess.private:
            continue
        is_later = each.name in graded or each.guess.visit in names or _is_called_so(each, later)
        is_later = is_later or each.is_of_events
        (found.later if is_later else found.at_start).append(each.name)
    return found


def _later(visits: Sequence[When]) -> Sequence[When]:
    """The visits after the first and those that are called a start as well, as a screening is."""
    starts = [*takewhile(_is_start, visits)]
    return visits[max(1, len(starts)) :]


def _is_start(when: When) -> bool:
    return any(each.when.name == "baseline" for each in by_names(when.label))


def _is_called_so(variable: Variable, later: Sequence[When]) -> bool:
    if variable.guess.visit:
        return False
    readings = by_names(variable.label)
    return any(each.stem and _is_among(each.when, later) for each in readings)


def _is_among(when: When, visits: Sequence[When]) -> bool:
    """Whether a visit is one of some, by its name or its time."""
    timed = when.months is not None
    return any(when.name == e.name or (timed and when.months == e.months) for e in visits)
