"""The patients of the cohorts of a comparison, one number for each, in the place of a claim."""

from collections.abc import Iterator

from casebook.analysis.comparison import all_compared
from casebook.analysis.comparison_tests import Compared
from casebook.analysis.group_tests import Scale
from casebook.analysis.topic import Topic
from casebook.audit.data import Data
from casebook.claims.compared import ComparedEffect, ComparedTest
from casebook.data.results import BALANCE, HARM
from casebook.study.expressions import parse

_COUNTS = ("count", "n")


def compared_groups(part: Data, reading: ComparedTest | ComparedEffect) -> Compared:
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


def all_groups(part: Data, reading: ComparedTest | ComparedEffect) -> Iterator[Compared]:
    """The same of every visit and contrast at which it can be compared."""
    of, name = reading.compared, reading.comparison
    cohorts = part.study.comparisons[name].cohorts
    if of.of_harms:
        yield _harmed(part, reading)
    elif of.variable in part.study.reported and not (of.visit or of.contrast):
        expression = parse(of.source)
        values = {
            cohort: {
                patient.id: value
                for patient in part.cohorts[cohort]
                if (value := part.number(patient, expression)) is not None
            }
            for cohort in cohorts
        }
        yield Compared(Topic(name, of.variable, BALANCE), values, Scale.VALUES)
    else:
        members = {cohort: part.cohorts[cohort] for cohort in cohorts}
        for each in all_compared(part.study, name, members):
            if (each.topic.variable, each.topic.level) == (of.variable, of.level):
                yield each


def _harmed(part: Data, reading: ComparedTest | ComparedEffect) -> Compared:
    """Who had an adverse event, which is counted in the results."""
    of = reading.compared
    known: dict[str, dict[str, float]] = {}
    for cohort in part.study.comparisons[reading.comparison].cohorts:
        count, n = (
            int(part.results.get(cohort, of.variable, HARM, each, level=of.level).number)
            for each in _COUNTS
        )
        known[cohort] = {str(place): float(place < count) for place in range(n)}
    topic = Topic(reading.comparison, of.variable, HARM, level=of.level)
    return Compared(topic, known, Scale.ANSWERS)
