"""The patients of the cohorts of a comparison, one number for each, in the place of a claim."""

from collections.abc import Callable, Iterator, Sequence

from casebook.analysis.comparison import all_compared
from casebook.analysis.comparison_tests import Compared
from casebook.analysis.group_tests import Scale
from casebook.analysis.topic import Topic
from casebook.audit.data import Data
from casebook.claims.compared import Compared as Asked
from casebook.claims.compared import ComparedDifference, ComparedEffect, ComparedTest
from casebook.data.patients import Patient, Value
from casebook.data.results import COMPARED, COMPARISON, HARM
from casebook.study.expressions import parse

_COUNTS = ("count", "n")


def compared_groups(
    part: Data, reading: ComparedTest | ComparedDifference | ComparedEffect
) -> Compared:
    """What is known of the patients of each cohort.

    Args:
        part: What is known of the patients who are compared.
        reading: What is compared.
    """
    of = reading.compared
    wanted = (of.variable, of.level, of.visit, of.contrast)
    return next(
        each
        for each in all_groups(part, reading)
        if (each.topic.variable, each.topic.level, each.topic.visit, each.topic.contrast) == wanted
    )


def all_groups(
    part: Data, reading: ComparedTest | ComparedDifference | ComparedEffect
) -> Iterator[Compared]:
    """The same of every visit and contrast at which it can be compared."""
    of, name = reading.compared, reading.comparison
    cohorts = part.study.comparison(name).cohorts
    if of.of_harms:
        yield _harmed(part, reading)
    elif of.is_asked:
        scale, number_of = _numbers(part, of, cohorts)
        values = {
            cohort: {
                patient.id: value
                for patient in part.cohorts[cohort]
                if (value := number_of(patient)) is not None
            }
            for cohort in cohorts
        }
        yield Compared(Topic(name, of.variable, COMPARED, group=COMPARISON), values, scale)
    else:
        members = {cohort: part.cohorts[cohort] for cohort in cohorts}
        for each in all_compared(part.study, name, members):
            if (each.topic.variable, each.topic.level) == (of.variable, of.level):
                yield each


def _levels(part: Data, of: Asked, cohorts: Sequence[str]) -> list[Value]:
    """The levels of a category that occur in any of these cohorts."""
    found = {patient.values[of.name] for each in cohorts for patient in part.cohorts[each]}
    return [level for level in part.study.levels(of.name) if level in found]


def _numbers(
    part: Data, of: Asked, cohorts: Sequence[str]
) -> tuple[Scale, Callable[[Patient], float | None]]:
    """What the numbers are that stand for what is asked for, and how each patient has one.

    Of a category of which two levels occur it is whether it is the first one.
    """
    expression = parse(of.source)
    is_category = part.study.kinds.get(of.name) == "category"
    levels = _levels(part, of, cohorts) if is_category else []

    def answer(patient: Patient) -> float | None:
        holds = expression.holds(part.values(patient))
        return None if holds is None else float(holds)

    def place(patient: Patient) -> float | None:
        value = patient.values[of.name]
        if value is None:
            return None
        return float(levels.index(value) if len(levels) > 2 else value == levels[0])

    if is_category:
        return Scale.LEVELS if len(levels) > 2 else Scale.ANSWERS, place
    if of.of_shares:
        return Scale.ANSWERS, answer
    return Scale.VALUES, lambda patient: part.number(patient, expression)


def _harmed(part: Data, reading: ComparedTest | ComparedDifference | ComparedEffect) -> Compared:
    """Who had an adverse event, which is counted in the results."""
    of = reading.compared
    known: dict[str, dict[str, float]] = {}
    for cohort in part.study.comparison(reading.comparison).cohorts:
        count, n = (
            int(part.results.get(cohort, of.variable, HARM, each, level=of.level).number)
            for each in _COUNTS
        )
        known[cohort] = {str(place): float(place < count) for place in range(n)}
    topic = Topic(reading.comparison, of.variable, HARM, level=of.level)
    return Compared(topic, known, Scale.ANSWERS)
