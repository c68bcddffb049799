"""What the parts of a study must agree on about long tables, and about tables that are joined.

A long table has several rows for each patient. This is a part of `references`, which has all that
is not about such tables.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import ceil

from casebook.base.lists import enumerated, first_of
from casebook.base.modelfile import Place, Problem, one_of
from casebook.data.cells import folded
from casebook.study.model import Study
from casebook.study.source import Source
from casebook.study.visits import seen
from casebook.study.windows import Days, days_of

_PARTS = ("variables", "outcomes")
_LISTED = 5


def long_problems(study: Study) -> Iterator[Problem]:
    """Keys of a long table in a study of another one, and visits and measures that are not told."""
    source = study.source
    for key in ("visit", "measure"):
        if getattr(source, key) and not source.patient:
            problem = "needs source.patient, the column that says whose each row is"
            yield Problem(("source", key), problem)
    if not source.has_visits:
        yield from _without(study, "visit")
    if not source.has_measures:
        yield from _without(study, "measure")
    for name, variable in study.variables.items():
        if variable.visit and source.has_visits:
            at = ("variables", name, "visit")
            yield from one_of(at, variable.visit, seen(study.visits), "a visit")
    if source.measure and not source.joined:
        for name, outcome in study.outcomes.items():
            if not outcome.measure and outcome.columns:
                problem = f"must name its measure, a text of the column {source.measure!r}"
                yield Problem(("outcomes", name), problem)
    yield from _joined(source)
    yield from _values_twice(study)
    yield from _windows(study)


def _joined(source: Source) -> Iterator[Problem]:
    """Tables that cannot be joined: without identifiers, or one that is joined to itself."""
    if source.joined and not source.patient:
        problem = "needs source.patient, the column that identifies the patients of its own table"
        yield Problem(("source", "joined"), problem)
    names: dict[tuple[str, str], str] = {}
    for name, form in source.tables.items():
        place: Place = ("source", "joined", name)
        first = names.setdefault((form.table, folded(form.sheet or "")), name)
        if first != name:
            told = f"source.joined.{first}" if first else "source"
            yield Problem((*place, "table"), f"is already the table of {told}")
        if name and form.group_rows:
            problem = "is for the table of source itself, in which each patient has a row"
            yield Problem((*place, "group_rows"), problem)


def _windows(study: Study) -> Iterator[Problem]:
    """Visits of which it is not known when they were, and windows with days in common."""
    source, named = study.source, seen(study.visits)
    forms = source.tables.values()
    counted = [name for name in named if study.visits[name].window]
    if counted and not any(form.start for form in forms):
        of = f"window{'s' * (len(counted) > 1)} of {enumerated(counted)}"
        problem = f"the {of} need{'s' * (len(counted) == 1)} it: the column with the date from"
        yield Problem(("source", "start"), f"{problem} which days count")
        return
    for name, form in source.tables.items():
        if form.same_day and not form.start:
            at: Place = ("source", "joined", name) if name else ("source",)
            problem = "needs source.start, with which source.visit has the date of each row"
            yield Problem((*at, "same_day"), problem)
    if not any(form.start for form in forms):
        return
    for name, form in source.tables.items():
        if form.start and not form.visit:
            place: Place = ("source", "joined", name) if name else ("source",)
            problem = "needs source.visit, the column with the date of each row"
            yield Problem((*place, "start"), problem)
    some_are_named = any(form.visit and not form.start for form in forms)
    windows: dict[str, Days] = {}
    for name in named:
        visit = study.visits[name]
        if not visit.window and some_are_named:
            continue
        if not visit.window or (visit.value and not some_are_named):
            problem = "needs a window and no value, as source.start makes source.visit one of dates"
            yield Problem(("visits", name), problem)
            continue
        windows[name] = days_of(visit.window)
    yield from _in_common(windows)


def _in_common(windows: Mapping[str, Days]) -> Iterator[Problem]:
    """Windows with days in common, each fault at the window that has some with most others."""
    shared: dict[str, dict[str, int]] = {name: {} for name in windows}
    for one, other in combinations(windows, 2):
        day = ceil(max(windows[one].first, windows[other].first))
        if day <= min(windows[one].last, windows[other].last):
            shared[one][other] = shared[other][one] = day
    # Of two with as many, the lower one.
    while shared and (of := shared[name := max(reversed(shared), key=lambda n: len(shared[n]))]):
        shown = enumerated(first_of([*of], _LISTED, "{:,} more"))
        told = f"has days that are in the windows of {shown}, too"
        if len(of) == 1:
            ((other, day),) = of.items()
            told = f"day {day} is in the window of {other}, too"
        yield Problem(("visits", name, "window"), told)
        for other in shared.pop(name):
            del shared[other][name]


def _values_twice(study: Study) -> Iterator[Problem]:
    """Texts that would mean two visits, or a visit and none."""
    told: dict[str, str] = {}
    for name, visit in study.visits.items():
        for text in visit.value:
            first = told.setdefault(folded(text), name)
            if first != name:
                problem = f"{text!r} is already the value of {first}"
                yield Problem(("visits", name, "value"), problem)
    for name, form in study.source.tables.items():
        at: Place = ("source", "joined", name) if name else ("source",)
        for text in filter(lambda text: folded(text) in told, form.unused_visits):
            problem = f"{text!r} is the value of the visit {told[folded(text)]}"
            yield Problem((*at, "unused_visits"), problem)


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
