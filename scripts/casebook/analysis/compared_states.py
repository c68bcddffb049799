"""How grades and conditions changed, for the comparison of cohorts.

The change of a grade is the number of its steps, later less earlier place among the levels; that of
a condition is 1 where it was gained, -1 where it was lost, and 0 where nothing changed. How these
are tested is in `comparison_tests`; each cohort for itself is in `grades` and `response`.
"""

from collections.abc import Iterator, Mapping, Sequence

from casebook.analysis.comparison_tests import Compared
from casebook.analysis.grades import place_of
from casebook.analysis.group_tests import Scale
from casebook.analysis.response import share
from casebook.analysis.topic import Topic
from casebook.data.patients import Patient
from casebook.data.results import CHANGE, CONDITION, GAINED, LOST, Result
from casebook.study.model import Study
from casebook.study.outcomes import Condition
from casebook.study.visits import Contrast

Members = Mapping[str, Sequence[Patient]]
"""The patients of each cohort that is compared."""

_TURNS = {GAINED: False, LOST: True}
"""The ways in which a condition can change, and whether it was true before."""
NO_PAIR = "a cohort has no patient with both visits"
_NOBODY_TO_TURN = {
    GAINED: "a cohort has no patient who could gain it",
    LOST: "a cohort has no patient who could lose it",
}


def changed_grades(study: Study, topic: Topic, members: Members) -> Iterator[Compared]:
    """Every grade in each contrast, by the steps of each patient with both visits."""
    for name, grade in study.grades.items():
        levels = list(study.levels_of(grade))
        for contrast in study.contrasts_of(grade.at):
            visits = [grade.parsed_at(visit) for visit in contrast.visits]
            steps = {
                cohort: {
                    patient.id: float(after - before)
                    for patient in patients
                    for before, after in [[place_of(levels, patient, each) for each in visits]]
                    if before is not None and after is not None
                }
                for cohort, patients in members.items()
            }
            of = topic._replace(variable=name, visit=CHANGE, contrast=contrast.name)
            yield Compared(of, steps, Scale.ORDERED, nobody=NO_PAIR)


def changed_conditions(study: Study, topic: Topic, members: Members) -> Iterator[Compared]:
    """Every condition in each contrast: which way it changed, who gained it, and who lost it."""
    for variable, condition in study.conditions.items():
        for contrast in study.contrasts_of(condition.at):
            states = {
                cohort: _states(condition, contrast, patients)
                for cohort, patients in members.items()
            }
            turned = {
                cohort: {name: float(after - before) for name, (before, after) in each.items()}
                for cohort, each in states.items()
            }
            of = topic._replace(variable=variable, contrast=contrast.name)
            yield Compared(of._replace(visit=CHANGE), turned, Scale.ORDERED, nobody=NO_PAIR)
            for level, start in _TURNS.items():
                answers = {cohort: _turned_from(start, each) for cohort, each in states.items()}
                nobody = _NOBODY_TO_TURN[level] if all(states.values()) else NO_PAIR
                yield Compared(of._replace(level=level), answers, Scale.ANSWERS, nobody=nobody)


def turns_of_conditions(study: Study, cohort: str, patients: Sequence[Patient]) -> Iterator[Result]:
    """How many of a cohort gained each condition in each contrast and lost it, of those who could.

    Only comparisons show these.
    """
    for name, condition in study.conditions.items():
        for contrast in study.contrasts_of(condition.at):
            states = _states(condition, contrast, patients)
            topic = Topic(cohort, name, CONDITION, contrast=contrast.name)
            unchanged = sum(before == after for before, after in states.values())
            yield topic.row("n_unchanged", "Unchanged", unchanged)
            for level, start in _TURNS.items():
                answers = [*_turned_from(start, states).values()]
                of_level = topic._replace(level=level)
                yield from share(study, of_level, answers.count(1.0), len(answers))


def _turned_from(start: bool, states: Mapping[str, tuple[bool, bool]]) -> dict[str, float]:
    """Of those patients of whom a condition was true before, or was not: 1 if it changed, or 0."""
    return {
        patient: float(after != before)
        for patient, (before, after) in states.items()
        if before is start
    }


def _states(
    condition: Condition, contrast: Contrast, patients: Sequence[Patient]
) -> dict[str, tuple[bool, bool]]:
    """Whether a condition held before and after, of each patient of whom both are known."""
    earlier, later = (condition.parsed_at(visit) for visit in contrast.visits)
    found = {p.id: (earlier.holds(p.values), later.holds(p.values)) for p in patients}
    return {
        patient: (before, after)
        for patient, (before, after) in found.items()
        if before is not None and after is not None
    }
