"""What is lacking at a visit: an outcome that nobody has there, or the first visit of a patient."""

from collections.abc import Iterator

from casebook.base.lists import first_of
from casebook.data.findings import Finding
from casebook.data.patients import Roster
from casebook.study.model import Study
from casebook.study.visits import seen

_FEWEST = 3
"""Of fewer patients at a visit it is not told that nobody has a value."""
_SHOWN = 10


def empty_visits(study: Study, file: str, roster: Roster) -> Iterator[Finding]:
    """A warning for each outcome that nobody has at a visit, and one for those seen only later.

    Nobody has it at that visit, at which some have values of others, though some have it at another
    one. That somebody lacks the first visit is told of long tables, which may lack a row.

    Args:
        study: The study.
        file: The table, for the messages.
        roster: The patients.
    """
    having = {
        name: {place for place, value in enumerate(roster.columns[name]) if value is not None}
        for name in study.measured
    }
    at_visit: dict[str, set[int]] = {visit: set() for visit in study.visits}
    of_outcome: dict[str, set[int]] = {outcome: set() for outcome in study.outcomes}
    for name, (outcome, visit) in study.measured.items():
        at_visit[visit] |= having[name]
        of_outcome[outcome] |= having[name]
    for name, (outcome, visit) in study.measured.items():
        is_empty = of_outcome[outcome] and not having[name]
        if name in study.headings and is_empty and len(at_visit[visit]) >= _FEWEST:
            label = study.outcomes[outcome].label
            hint = (
                f"nobody has a value of {label!r} at {study.visits[visit].label}: if it was not"
                f" measured then, write outcomes.{outcome}.columns in study.yaml with the other"
                " visits alone, so that nobody counts as lost from that visit"
            )
            yield Finding("warning", file, 0, study.headings[name].header, "", "", hint)
    yield from _without_the_first(study, file, roster, at_visit)


def _without_the_first(
    study: Study, file: str, roster: Roster, at_visit: dict[str, set[int]]
) -> Iterator[Finding]:
    """A warning of the few patients of a long table who have values at later visits alone."""
    first, *later = seen(study.visits) if study.source.has_visits else [""]
    lacking = set().union(*(at_visit[each] for each in later)) - at_visit.get(first, set())
    if later and 0 < len(lacking) * 2 < len(roster.ids):
        whom = ", ".join(first_of([roster.ids[place] for place in sorted(lacking)], _SHOWN))
        hint = (
            f"no value of any outcome at {study.visits[first].label}, but at a later visit, so that"
            " no change of theirs is known: look whether a row is missing, or is of another visit"
        )
        yield Finding("warning", file, 0, study.source.visit or "", whom, "", hint)
