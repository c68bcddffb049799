"""What the parts of a study must agree on about visits: their names, contrasts, columns, families.

It is a part of `references`, which has all that is not about visits.
"""

import re
from collections.abc import Container, Iterator
from itertools import combinations

from casebook.base.days import DAYS_IN
from casebook.base.modelfile import Problem, one_of
from casebook.study.derived_visit_references import derived_visit_problems
from casebook.study.model import Study
from casebook.study.visits import FIRST, seen

_UNITS = {
    "day": r"days?|tage?|jours?",
    "week": r"weeks?|wochen?|semaines?",
    "month": r"months?|monate?|mois",
    "year": r"years?|jahre?|ans?",
}
_TIMES = {
    kind: re.compile(rf"(?:(?:{unit})[ _-]*([0-9]+)|([0-9]+)[ _-]*(?:{unit}))", re.I)
    for kind, unit in _UNITS.items()
}
_CLOSE = 0.02
"""Times in different units that differ by less are one, as 90 days and 3 months."""


def visit_problems(study: Study) -> Iterator[Problem]:
    """Names of visits that are none, contrasts that compare nothing, columns of two visits."""
    if FIRST in study.visits:
        yield Problem(("visits", FIRST), f"{FIRST!r} is the name of the first contrast")
    yield from _of_one_time(study)
    yield from derived_visit_problems(study)
    for name in study.contrasts:
        yield from _contrast_problems(study, name)
    for part, key in (
        ("outcomes", "columns"),
        ("outcomes", "at"),
        ("conditions", "at"),
        ("grades", "at"),
        ("doses", "at"),
    ):
        for name, each in getattr(study, part).items():
            for visit in getattr(each, key):
                yield from one_of((part, name, key, visit), visit, [*study.visits], "a visit")
    for name in study.outcomes:
        yield from _column_problems(study, name)


def _of_one_time(study: Study) -> Iterator[Problem]:
    """Visits that are called by one time in two ways, as month 12 and year 1."""
    times = {name: time for name in seen(study.visits) if (time := _time(study.visits[name].label))}
    for one, other in combinations(times, 2):
        (unit, days), (unit_of_other, days_of_other) = times[one], times[other]
        margin = 0 if unit == unit_of_other else _CLOSE * days
        if abs(days - days_of_other) <= margin:
            labels = [study.visits[name].label for name in (one, other)]
            problem = (
                f"{labels[1]!r} is the same time as {labels[0]!r}, that of {one}; if they are one"
                f" visit, keep only {one}, and list there all that its rows or columns are called;"
                " if they are two, tell by their labels how they differ"
            )
            yield Problem(("visits", other), problem)


def _time(text: str) -> tuple[str, float] | None:
    """The unit and the days of a text that says a time and nothing else."""
    for unit, pattern in _TIMES.items():
        if found := pattern.fullmatch(text.strip()):
            return unit, float(found[1] or found[2]) * DAYS_IN[unit]
    return None


def _contrast_problems(study: Study, name: str) -> Iterator[Problem]:
    contrast, visits, place = study.contrasts[name], [*study.visits], ("contrasts", name)
    unknown = [
        problem
        for key in ("visit", "against")
        for problem in one_of((*place, key), getattr(contrast, key), visits, "a visit")
    ]
    yield from unknown
    if contrast.visit == contrast.against:
        yield Problem(place, f"compares {contrast.visit!r} with itself")
    elif not unknown and visits.index(contrast.visit) < visits.index(contrast.against):
        problem = (
            f"{contrast.visit!r} comes before {contrast.against!r}; write visit:"
            f" {contrast.against} and against: {contrast.visit}"
        )
        yield Problem(place, problem)
    for other, each in study.contrasts.items():
        if other == name:
            break
        if (each.visit, each.against) == (contrast.visit, contrast.against):
            yield Problem(place, f"compares the same visits as {other!r}; keep one of them")
    if name in visits:
        yield Problem(place, f"there is already a visit {name!r}")
    if name == FIRST and name != next(iter(study.contrasts)):
        yield Problem(place, f"{FIRST!r} is the name of the first contrast")


def _column_problems(study: Study, outcome: str) -> Iterator[Problem]:
    """Columns of an outcome from which two visits would have the same values, or one of two."""
    for visit in study.outcomes[outcome].columns.keys() & study.outcomes[outcome].at.keys():
        problem = f"the values at {visit!r} already stand in a column, under columns"
        yield Problem(("outcomes", outcome, "at", visit), problem)
    seen: dict[tuple[str, str | None], str] = {}
    source, of_visits = study.source, study.outcomes[outcome].columns
    # With a date from which visits count, it is told that the column of visits is not named.
    if source.has_visits or any(form.start for form in source.tables.values()):
        of_visits = {}
    for visit, at_visit in of_visits.items():
        cells = (at_visit.column, at_visit.pattern)
        if cells in seen:
            problem = (
                f"the column {at_visit.column!r} is already that of {seen[cells]}; where its cells"
                " hold the values of both visits, give each visit a pattern of its own, and in a"
                " table with a row for each visit write source.visit: the column that names it"
            )
            yield Problem(("outcomes", outcome, "columns", visit), problem)
        seen.setdefault(cells, visit)


def named_test_problems(study: Study) -> Iterator[Problem]:
    """Tests that are adjusted together or primary, and that are none, or that are listed twice."""
    analysis = study.analysis
    tested = [*study.cohorts, *study.comparisons]
    told = "a cohort or a comparison" if study.comparisons else "a cohort"
    followed = _followed(study)
    for key, tests in (("family", analysis.family), ("primary", analysis.primary)):
        seen = set()
        for position, named in enumerate(tests):
            place = ("analysis", key, position)
            yield from one_of((*place, "cohort"), named.cohort, tested, told)
            yield from one_of((*place, "outcome"), named.outcome, [*followed], "an outcome")
            contrast = named.contrast or next(iter(study.contrasts), FIRST)
            if named.outcome in followed:
                known = [each.name for each in study.contrasts_of(followed[named.outcome])]
                what = f"a contrast of {named.outcome}"
                if known:
                    yield from one_of((*place, "contrast"), contrast, known, what)
                else:
                    problem = f"no two visits of {named.outcome} are compared; it has no such test"
                    yield Problem((*place, "outcome"), problem)
            test = (named.cohort, named.outcome, contrast)
            if test in seen:
                yield Problem(place, f"{named.outcome} of {named.cohort} is listed twice")
            seen.add(test)


def _followed(study: Study) -> dict[str, Container[str]]:
    """The visits of each outcome, condition and grade."""
    return {
        **{name: outcome.visits for name, outcome in study.outcomes.items()},
        **{name: condition.at for name, condition in study.conditions.items()},
        **{name: grade.at for name, grade in study.grades.items()},
    }
