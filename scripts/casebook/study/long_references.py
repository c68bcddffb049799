"""What the parts of a study must agree on about a table with several rows for each patient.

It is a part of `references`, which has all that is not about such tables.
"""

from collections.abc import Iterator
from math import ceil

from casebook.base.modelfile import Place, Problem, one_of
from casebook.data.cells import folded
from casebook.study.model import Study
from casebook.study.visits import seen
from casebook.study.windows import Days, days_of

_PARTS = ("variables", "outcomes")


def long_problems(study: Study) -> Iterator[Problem]:
    """Keys of a long table in a study of another one, and visits and measures that are not told."""
    source = study.source
    for key in ("visit", "measure"):
        if getattr(source, key) and not source.patient:
            problem = "needs source.patient, the column that says whose each row is"
            yield Problem(("source", key), problem)
        if not getattr(source, key):
            yield from _without(study, key)
    for name, variable in study.variables.items():
        if variable.visit and source.visit:
            at = ("variables", name, "visit")
            yield from one_of(at, variable.visit, seen(study.visits), "a visit")
    if source.measure:
        for name, outcome in study.outcomes.items():
            if not outcome.measure and outcome.columns:
                problem = f"must name its measure, a text of the column {source.measure!r}"
                yield Problem(("outcomes", name), problem)
    yield from _values_twice(study)
    yield from _windows(study)


def _windows(study: Study) -> Iterator[Problem]:
    """Visits of which it is not known when they were, and windows with days in common."""
    source, named = study.source, seen(study.visits)
    if not source.start:
        for name in filter(lambda name: study.visits[name].window, named):
            problem = "needs source.start, the column with the date from which it counts"
            yield Problem(("visits", name, "window"), problem)
        return
    if not source.visit:
        problem = "needs source.visit, the column with the date of each row"
        yield Problem(("source", "start"), problem)
    windows: dict[str, Days] = {}
    for name in named:
        visit = study.visits[name]
        if visit.value or not visit.window:
            problem = "needs a window and no value, as source.start makes source.visit one of dates"
            yield Problem(("visits", name), problem)
            continue
        days = windows[name] = days_of(visit.window)
        for other, theirs in windows.items():
            both = ceil(max(days.first, theirs.first))
            if other != name and both <= min(days.last, theirs.last):
                problem = f"day {both} is in the window of {other}, too"
                yield Problem(("visits", name, "window"), problem)


def _values_twice(study: Study) -> Iterator[Problem]:
    """Texts that would mean two visits, or a visit and none."""
    told: dict[str, str] = {}
    for name, visit in study.visits.items():
        for text in visit.value:
            first = told.setdefault(folded(text), name)
            if first != name:
                problem = f"{text!r} is already the value of {first}"
                yield Problem(("visits", name, "value"), problem)
    for text in study.source.unused_visits:
        if folded(text) in told:
            problem = f"{text!r} is the value of the visit {told[folded(text)]}"
            yield Problem(("source", "unused_visits"), problem)


def _without(study: Study, key: str) -> Iterator[Problem]:
    """What needs a column of visits, or of measures, where none is named."""
    what = {"visit": "the visit", "measure": "what was measured"}[key]
    problem = f"needs source.{key}, the column that says {what} of each row"
    places: list[Place] = [
        (part, name, key)
        for part in _PARTS
        for name, each in getattr(study, part).items()
        if getattr(each, key, None)
    ]
    if key == "visit":
        places += [("visits", name, "value") for name, each in study.visits.items() if each.value]
        places += [("source", "unused_visits")] * bool(study.source.unused_visits)
    else:
        places += [("source", "value")] * bool(study.source.value)
    yield from (Problem(place, problem) for place in places)
