"""A study without what is not known to be right in it, and which names are lost with that.

It is a part of `drafts`, which knows what is wrong.
"""

from collections.abc import Collection
from typing import TypeVar

from casebook.base.modelfile import Place
from casebook.data.patients import measurement
from casebook.study.derived import Derived
from casebook.study.model import Study

AStudy = TypeVar("AStudy", bound=Study)


def without(study: AStudy, unclear: Collection[str]) -> AStudy:
    """The study without derived values, and values of outcomes, that rest on unclear ones."""
    known = {*study.kinds_in_table} - {*unclear}
    computed, derived = dict[str, Derived](), dict[str, Derived]()
    for kept, values in ((computed, study.computed), (derived, study.derived)):
        for name, each in values.items():
            if name not in unclear and each.parsed.names <= known:
                kept[name] = each
                known.add(name)
    outcomes, measured = dict(study.outcomes), study.measured
    for name in study.computed.keys() - computed.keys():
        outcome, visit = measured[name]
        at = {key: each for key, each in outcomes[outcome].at.items() if key != visit}
        outcomes[outcome] = outcomes[outcome].model_copy(update={"at": at})
    return study.model_copy(update={"derived": derived, "outcomes": outcomes})


def lost_names(study: Study, kept: Study) -> frozenset[str]:
    """The names of what is in a study and not in what was kept of it, as claims may use them."""
    values, left = ({*each.derived, *each.measured, *each.changes} for each in (study, kept))
    of_values = study.measured | study.changes
    return frozenset(values - left).union(of_values[n][0] for n in of_values.keys() - left)


def value_at(place: Place) -> str:
    """The name of the value whose expression is at a place; empty if none is there."""
    match place:
        case ("derived", name, *_):
            return str(name)
        case ("outcomes", outcome, "at", visit):
            return measurement(str(outcome), str(visit))
    return ""
