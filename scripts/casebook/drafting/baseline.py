"""Which variables are characteristics at the start, where others are of later visits."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from casebook.data.cells import folded
from casebook.drafting.parts import Sketch, Variable
from casebook.drafting.visitnames import When, by_names

_KNOWN_LATER = re.compile(
    r"\brespon[ds]|r[ée]ponse|respuesta|ansprechen|remission"
    r"|\bstopped|discontinu|withdr|drop[ -]?(?:ped )?out|lost to|abbruch|abgebrochen|abgesetzt"
    r"|ausgeschieden|\barr[êe]t\b|follow[ -]?up|duration of (?:treatment|therapy)"
    r"|(?:treatment|therapy) duration|(?:behandlungs|therapie)dauer"
    r"|(?:time|days?|weeks?|months?|years?) on (?:the )?(?:treatment|therapy|drug|study|medication)"
    r"|\b(?:died|death|deceased|verstorben|d[ée]c[èe]s)\b"
)
"""How what is known only after the start is called, in words that most tables have."""
_EARLIER = re.compile(
    r"\b(?:prior|previous\w*|past|former\w*|earlier|before|pre|baseline|history|family|since|seit"
    r"|smok\w*|rauch\w*|tabac|fr[üu]her\w*|vor\w*|avant|ant[ée]rieur\w*|previ[oa]s?|antes)\b"
)
"""What makes it one from before the start, as in Response to prior therapy."""
_SEXES = {"Female", "Male"}


class Characteristics(NamedTuple):
    """The names of variables that a table can summarise: those at the start, and all others.

    Of the others some are `later`, and by some cohorts are `selecting` their patients.
    """

    at_start: list[str]
    later: list[str]
    selecting: list[str]


def characteristics(sketch: Sketch) -> Characteristics:
    """The variables that can be in a table of characteristics, and why others had better not.

    A visit is told by the variable itself, by a grade that it is of, or by its label, as
    "Enthesitis, Month 6" does where the study has that visit. Adverse events come later by nature,
    as do a response, the end of a treatment and how long it took. What cohorts are selected by
    would be compared with itself, but readers look for the sexes in every such table.
    """
    later = _later(sketch.visits)
    at = [pair for grade in sketch.grades for pair in grade.at.items()]
    graded = {name for when, name in at if _is_among(when, later)}
    names = {when.name for when in later}
    selects = {each.select.split(" ==")[0] for each in sketch.cohorts}
    found = Characteristics([], [], [])
    for each in sketch.variables:
        if each.guess.type in ("text", "date") or each.guess.private:
            continue
        is_later = each.name in graded or each.guess.visit in names or _is_called_so(each, later)
        is_later = is_later or each.is_of_events or _is_known_later(each)
        is_sex = {*each.guess.levels.values()} == _SEXES
        of = found.selecting if each.name in selects and not is_sex else found.at_start
        (found.later if is_later else of).append(each.name)
    return found


def _is_known_later(variable: Variable) -> bool:
    if variable.guess.visit:
        return False
    plain = folded(variable.label).replace("_", " ")
    return bool(_KNOWN_LATER.search(plain)) and not _EARLIER.search(plain)


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
