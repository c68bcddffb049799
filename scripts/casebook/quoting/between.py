"""Tests and differences between the cohorts of a comparison: of what is measured, or was counted.

Which comparison a text is of is for `tested` and `tables`.
"""

import re
from collections.abc import Iterator, Sequence

from casebook.claims.moved import of_responder
from casebook.data.harms import HARMS
from casebook.data.patients import measurement
from casebook.study.model import Study

_LEVEL = re.compile(r'(\w+) == ".*"')
_MEMBER = re.compile(r'("[^"]*") in (\w+)')


def counted_as(study: Study, conditions: Sequence[str]) -> list[str]:
    """What patients were counted by, as it is compared between cohorts.

    Args:
        study: The study.
        conditions: What was true of those who were counted.
    """
    found = [
        measurement(name, visit)
        for name, condition in study.conditions.items()
        for visit, expression in condition.at.items()
        if expression in conditions
    ]
    found += [
        f"{change}, {name}"
        for change, (outcome, contrast) in study.changes.items()
        for name, responder in study.outcomes[outcome].responders.items()
        if of_responder(study.outcomes[outcome], responder).format(
            change=change, before=measurement(outcome, contrast.against)
        )
        in conditions
    ]
    harms = study.harms
    found += [kind for kind in (harms.kinds if harms else ()) if f"count({kind}) > 0" in conditions]
    sets = harms.sets if harms else ()
    found += [HARMS for name in sets if f"count({name}) > 0" in conditions]
    members = (_MEMBER.fullmatch(each) for each in conditions)
    return [*found, *(f"{each[1]} in {HARMS}" for each in members if each and each[2] in sets)]


def described_as(study: Study, columns: Sequence[str]) -> Iterator[str]:
    """Variables as they are compared between cohorts: a category as a whole, of a set a member.

    Args:
        study: The study.
        columns: The variables, or what is true of those with a level of one.
    """
    for each in columns:
        level, member = _LEVEL.fullmatch(each), _MEMBER.fullmatch(each)
        name = level[1] if level else member[2] if member else each
        if name in study.variables:
            yield each if member else name
