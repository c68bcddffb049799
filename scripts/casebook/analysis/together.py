"""Rows of all patients together, who are each counted once: what the figures of patients tell.

A patient is in no cohort, in one or in several, so that no sum of cohorts gives these numbers.
"""

from collections.abc import Iterator, Sequence

from casebook.analysis.description import counts, size, turns
from casebook.analysis.pairs import outcome_pairs
from casebook.analysis.retention import course, retention
from casebook.analysis.topic import Topic
from casebook.data.patients import Patient, measurement
from casebook.data.results import (
    CHARACTERISTIC,
    DOSE,
    EACH_PATIENT,
    OUTCOME,
    PERCENT_CHANGE,
    TOGETHER,
    TREATMENT,
    Result,
)
from casebook.statistics.change import OF_SIZE
from casebook.statistics.digits import order
from casebook.statistics.terms import NotComputable
from casebook.study.model import Study
from casebook.study.treatment import Treatment
from casebook.study.visits import Contrast


def of_all(study: Study, patients: Sequence[Patient]) -> Iterator[Result]:
    """All results of these patients, who are everyone in any cohort.

    Args:
        study: The study.
        patients: The patients, each of them once.
    """
    yield size(TOGETHER, patients)
    for name in study.therapies:
        yield from _therapies(study, name, patients)
    for outcome, measured in study.outcomes.items():
        yield from _known(study, outcome, patients)
        for contrast in study.contrasts_of(measured.visits):
            yield from _percent_changes(study, outcome, contrast, patients)
    if study.treatment:
        yield from _treatment(study.treatment, patients)
    yield from retention(study, TOGETHER, patients)
    yield from course(study, TOGETHER, patients)
    for name, dose in study.doses.items():
        for contrast in study.contrasts_of(dose.at):
            topic = Topic(TOGETHER, name, DOSE, contrast=contrast.name)
            yield from _dose(topic, [dose.at[visit] for visit in contrast.visits], patients)


def _therapies(study: Study, name: str, patients: Sequence[Patient]) -> Iterator[Result]:
    """How many patients have each therapy of a list, and how many therapies each patient has."""
    yield from counts(study, Topic(TOGETHER, name, CHARACTERISTIC), patients)
    for patient in patients:
        members = patient.members(name)
        topic = Topic(TOGETHER, name, EACH_PATIENT, level=patient.id)
        if members is None:
            yield topic.failed("n_members", "Number listed", "not known")
        else:
            yield topic.row("n_members", "Number listed", len(members))


def _known(study: Study, outcome: str, patients: Sequence[Patient]) -> Iterator[Result]:
    """How many patients have a value of an outcome at each visit."""
    for visit in study.visits_of(outcome):
        values = [patient.number(measurement(outcome, visit)) for patient in patients]
        known = len(values) - values.count(None)
        yield Topic(TOGETHER, outcome, OUTCOME, visit=visit).row("n", "Available", known)


def _percent_changes(
    study: Study, outcome: str, contrast: Contrast, patients: Sequence[Patient]
) -> Iterator[Result]:
    """Each patient's percent change, how many improved by it, and why others have none."""
    topic = Topic(TOGETHER, outcome, OUTCOME, visit=PERCENT_CHANGE, contrast=contrast.name)
    pairs = outcome_pairs(study, patients, outcome, contrast)
    found = pairs.percent_changes
    changes = {
        patient: found[patient] if patient in found else NotComputable(pairs.lacking[patient])
        for patient in pairs.patients
    }
    rises = {p: pairs.sign * each for p, each in changes.items() if isinstance(each, float)}
    defined = [(0, rise) for rise in rises.values()]
    yield from turns(topic, study.outcomes[outcome].better, defined)
    yield topic.row("n_without", "Without a percent change", len(patients) - len(defined))
    reasons = [str(each) for each in changes.values() if isinstance(each, NotComputable)]
    for reason in sorted(set(reasons)):
        without = topic._replace(level=reason)
        yield without.row("n_without", "Without a percent change", reasons.count(reason))
    label = "Change in percent of baseline"
    below_zero = set(pairs.below_zero)
    for patient, change in changes.items():
        of_one = Topic(TOGETHER, outcome, EACH_PATIENT, level=patient, contrast=contrast.name)
        if isinstance(change, float):
            warning = OF_SIZE if patient in below_zero else ""
            yield of_one.row("percent_change", label, change, warning)
        else:
            yield of_one.failed("percent_change", label, str(change))


def _treatment(treatment: Treatment, patients: Sequence[Patient]) -> Iterator[Result]:
    """How many treatments go on, of how many the time is known, and what happened to how many."""
    topic = Topic(TOGETHER, treatment.duration, TREATMENT)
    times = [patient.number(treatment.duration) for patient in patients]
    yield topic.row("n_missing", "Time not known", times.count(None))
    if treatment.goes_on:
        ends = [treatment.goes_on.holds(patient.values) for patient in patients]
        yield topic.row("n_ongoing", "Ongoing", ends.count(True))
        yield topic.row("n_discontinued", "Discontinued", ends.count(False))
        yield topic.row("n_open", "Not known whether ongoing", ends.count(None))
    for event in treatment.events:
        happened = [event.happened.holds(patient.values) for patient in patients]
        named = topic._replace(level=event.condition)
        yield named.row("count", "Patients", happened.count(True))


def _dose(topic: Topic, names: Sequence[str], patients: Sequence[Patient]) -> Iterator[Result]:
    """How many patients have less of a dose than before, more, or the same.

    Args:
        topic: The dose and the contrast.
        names: What the dose is called at both visits.
        patients: All patients.
    """
    first, second = names
    both = [(each.number(first), each.number(second)) for each in patients]
    known = [(before, after) for before, after in both if before is not None and after is not None]
    signs = [order(after, before) for before, after in known]
    yield topic.row("n_reduced", "Reduced", signs.count(-1))
    yield topic.row("n_raised", "Raised", signs.count(1))
    yield topic.row("n_unchanged", "Unchanged", signs.count(0))
    neither = both.count((None, None))
    one = len(both) - len(known) - neither
    yield topic.row("n_one_known", "With only one of the two known", one)
    yield topic.row("n_none_known", "Neither known", neither)
