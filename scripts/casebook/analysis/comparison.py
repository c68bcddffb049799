"""All rows of a comparison: outcomes at each visit and their changes, grades, and who has what.

How grades and conditions changed is in `compared_states`.
Differences are the second cohort less the first. Of more than two cohorts only an overall test is
made; how much they differ is in `several_cohorts`. How cohorts are tested is in `comparison_tests`,
how alike they were in `balance`.
"""

from collections.abc import Iterator, Mapping, Sequence

from casebook.analysis.balance import balance
from casebook.analysis.compared_states import (
    NO_PAIR,
    Members,
    changed_conditions,
    changed_grades,
)
from casebook.analysis.comparison_tests import Compared, compared_rows
from casebook.analysis.grades import place_of
from casebook.analysis.group_tests import Scale
from casebook.analysis.pairs import Pairs, outcome_pairs
from casebook.analysis.response import responses_of
from casebook.analysis.topic import Topic
from casebook.data.patients import measurement
from casebook.data.results import CHANGE, COMPARED, COMPARISON, Result
from casebook.statistics.proportion import Response
from casebook.study.model import Study

_NOBODY_EVALUABLE = "a cohort has no evaluable patient"


def compare(study: Study, name: str, members: Members) -> Iterator[Result]:
    """All results of a comparison.

    Args:
        study: The study.
        name: Name of the comparison.
        members: The patients of its cohorts, in their order; a cohort may be empty.
    """
    yield from balance(study, name, members)
    for compared in all_compared(study, name, members):
        yield from compared_rows(study.analysis, compared)


def all_compared(study: Study, name: str, members: Members) -> Iterator[Compared]:
    """All that is compared between these patients, but for harms; arguments as in `compare`."""
    topic = Topic(name, "", COMPARED, group=COMPARISON)
    yield from _outcomes(study, topic, members)
    yield from _conditions(study, topic, members)
    yield from changed_conditions(study, topic, members)
    yield from _grades(study, topic, members)
    yield from changed_grades(study, topic, members)
    yield from _responders(study, topic, members)


def _outcomes(study: Study, topic: Topic, members: Members) -> Iterator[Compared]:
    """Every outcome at each visit, and its changes."""
    for outcome, measured in study.outcomes.items():
        of_outcome = topic._replace(variable=outcome)
        for visit in study.visits_of(outcome):
            known = {
                cohort: {
                    patient.id: value
                    for patient in patients
                    if (value := patient.number(measurement(outcome, visit))) is not None
                }
                for cohort, patients in members.items()
            }
            at_visit = of_outcome._replace(visit=visit)
            yield Compared(at_visit, known, Scale.VALUES, measured.rounding)
        for contrast in study.contrasts_of(measured.visits):
            changes = {
                cohort: _changes(outcome_pairs(study, patients, outcome, contrast))
                for cohort, patients in members.items()
            }
            changed = of_outcome._replace(visit=CHANGE, contrast=contrast.name)
            yield Compared(changed, changes, Scale.VALUES, measured.rounding, NO_PAIR)


def _changes(pairs: Pairs) -> dict[str, float]:
    identifiers = [patient for patient, _, _ in pairs.complete]
    return dict(zip(identifiers, pairs.changes, strict=True))


def _conditions(study: Study, topic: Topic, members: Members) -> Iterator[Compared]:
    """Every yes-or-no condition at each visit."""
    for name, condition in study.conditions.items():
        for visit in condition.at:
            holds = condition.parsed_at(visit).holds
            answers = {
                cohort: _known({patient.id: holds(patient.values) for patient in patients})
                for cohort, patients in members.items()
            }
            yield Compared(topic._replace(variable=name, visit=visit), answers, Scale.ANSWERS)


def _grades(study: Study, topic: Topic, members: Members) -> Iterator[Compared]:
    """Every grade at each visit, by its place among the levels."""
    for name, grade in study.grades.items():
        levels = list(study.levels_of(grade))
        for visit in grade.at:
            at_visit = grade.parsed_at(visit)
            places = {
                cohort: {
                    patient.id: float(place)
                    for patient in patients
                    if (place := place_of(levels, patient, at_visit)) is not None
                }
                for cohort, patients in members.items()
            }
            yield Compared(topic._replace(variable=name, visit=visit), places, Scale.ORDERED)


def _responders(study: Study, topic: Topic, members: Members) -> Iterator[Compared]:
    """Who responded, in every contrast by every threshold that the study declares."""
    for outcome, measured in study.outcomes.items():
        for contrast in study.contrasts_of(measured.visits):
            pairs = {
                cohort: outcome_pairs(study, patients, outcome, contrast)
                for cohort, patients in members.items()
            }
            for level, threshold in measured.responders.items():
                answers = {
                    cohort: _responded(each, responses_of(study, outcome, threshold, each))
                    for cohort, each in pairs.items()
                }
                of = topic._replace(variable=outcome, level=level, contrast=contrast.name)
                yield Compared(of, answers, Scale.ANSWERS, nobody=_NOBODY_EVALUABLE)


def _responded(pairs: Pairs, found: Sequence[Response]) -> dict[str, float]:
    return _known({p: each.responder for p, each in zip(pairs.patients, found, strict=True)})


def _known(answers: Mapping[str, bool | None]) -> dict[str, float]:
    return {patient: float(answer) for patient, answer in answers.items() if answer is not None}
