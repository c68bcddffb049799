"""Rows on grades: categories with an order, such as that of a dyspnoea, from visit to visit.

How often each grade occurs at a visit, who went from which to which, and whether that is chance.
Yes-or-no conditions are in `response`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from casebook.analysis.description import availability, counted, turns
from casebook.analysis.over_visits import attrition, tests
from casebook.analysis.significance import of_statistic, out_of_reach
from casebook.analysis.topic import Topic
from casebook.data.patients import Patient
from casebook.data.results import (
    ALL_VISITS,
    ATTRITION,
    GRADE,
    TRANSITIONS,
    Result,
    transition,
)
from casebook.data.vocabulary import OfGrades
from casebook.statistics.marginal import stuart_maxwell
from casebook.statistics.paired import sign_test
from casebook.statistics.terms import NotComputable, TestResult
from casebook.study.expressions import Expression
from casebook.study.model import Study
from casebook.study.outcomes import Grade

Pairs = Sequence[tuple[int, int]]
"""The places of a patient's grades among the levels, before and after."""


def _signs(before: Sequence[int], after: Sequence[int]) -> TestResult:
    if not before:
        raise NotComputable("no patient has both visits")
    return sign_test([later - earlier for earlier, later in zip(before, after, strict=True)])


_TESTS: Mapping[OfGrades, Callable[..., TestResult]] = {
    OfGrades.SIGN: _signs,
    OfGrades.STUART_MAXWELL_EXACT: stuart_maxwell,
    OfGrades.STUART_MAXWELL_CHI_SQUARE: partial(stuart_maxwell, distribution="asymptotic"),
}


def grades(study: Study, cohort: str, patients: Sequence[Patient]) -> Iterator[Result]:
    """All rows of the grades of a cohort."""
    for name, grade in study.grades.items():
        levels = list(study.levels_of(grade))
        known = {
            visit: [place_of(levels, patient, grade.parsed_at(visit)) for patient in patients]
            for visit in study.visits
            if visit in grade.at
        }
        for visit, places in known.items():
            topic = Topic(cohort, name, GRADE, visit=visit)
            yield from _at_visit(topic, levels, places, study.analysis.confidence_level)
        for contrast in study.contrasts_of(grade.at):
            both = zip(known[contrast.against], known[contrast.visit], strict=True)
            pairs = [(b, a) for b, a in both if b is not None and a is not None]
            topic = Topic(cohort, name, TRANSITIONS, contrast=contrast.name)
            yield from _transitions(topic, grade, levels, pairs)
            yield from _tested(study.analysis.alpha, topic, pairs)
        if visits := study.visits_over(grade.at):
            rows = list(zip(*(known[visit] for visit in visits), strict=True))
            named = [patient.id for patient in patients]
            yield from attrition(Topic(cohort, name, ATTRITION), visits, named, rows)
            complete = [[float(p) for p in row if p is not None] for row in rows if None not in row]
            yield from tests(study.analysis.alpha, Topic(cohort, name, ALL_VISITS), complete)


def place_of(levels: Sequence[str], patient: Patient, grade: Expression) -> int | None:
    """The place of a patient's grade among the levels."""
    value = grade.value(patient.values)
    return None if value is None else levels.index(str(value))


def _at_visit(
    topic: Topic, levels: Sequence[str], places: Sequence[int | None], confidence: float
) -> Iterator[Result]:
    """How many have each grade at a visit."""
    known = [place for place in places if place is not None]
    yield from availability(topic, len(known), len(places))
    for place, level in enumerate(levels):
        yield from counted(topic._replace(level=level), known.count(place), len(known), confidence)


def _transitions(
    topic: Topic, grade: Grade, levels: Sequence[str], pairs: Pairs
) -> Iterator[Result]:
    """How many went from each grade to each other one, and how many became better or worse."""
    yield topic.row("n_pairs", "Patients with both visits", len(pairs))
    values = [(float(before), float(after)) for before, after in pairs]
    yield from turns(topic, "lower" if grade.better == "first" else "higher", values)
    for before, earlier in enumerate(levels):
        for after, later in enumerate(levels):
            of = topic._replace(level=transition(earlier, later))
            yield of.row("count", "Patients", pairs.count((before, after)))


def _tested(alpha: float, topic: Topic, pairs: Pairs) -> Iterator[Result]:
    labels = {
        "statistic": "Test statistic",
        "p_value": "p-value, two-sided",
        "smallest_p": "Smallest p-value that the test could have given",
    }
    before, after = [each for each, _ in pairs], [each for _, each in pairs]
    for method, test in _TESTS.items():
        by = topic.by(method)
        try:
            found = test(before, after)
        except NotComputable as reason:
            for name, label in labels.items():
                yield by.failed(name, label, str(reason))
            continue
        yield by.row("statistic", labels["statistic"], found.statistic)
        yield by.row("p_value", labels["p_value"], found.p_value, *out_of_reach(alpha, found))
        yield by.row("smallest_p", labels["smallest_p"], found.smallest_p)
        yield from of_statistic(by, found)
