"""Rows of all patients together, who are each counted once: what the figures of patients tell.

A patient is in no cohort, in one or in several, so that no sum of cohorts gives these numbers.
"""

from collections.abc import Iterator, Sequence

from casebook.analysis.description import counts, size, turns
from casebook.analysis.pairs import pairs_of_roster
from casebook.analysis.retention import course, retention
from casebook.analysis.topic import Topic
from casebook.base.csvfiles import list_text
from casebook.data.of_patients import OfPatients, percent_change_of
from casebook.data.patients import Patient, Roster, measurement
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
from casebook.study.model import Study
from casebook.study.treatment import Treatment
from casebook.study.visits import Contrast


def of_all(study: Study, everyone: Roster) -> Iterator[Result | OfPatients]:
    """All results of these patients, who are everyone in any cohort.

    Args:
        study: The study.
        everyone: The patients, each of them once.
    """
    yield size(TOGETHER, everyone.ids)
    for name in study.therapies:
        yield from _therapies(study, name, everyone.patients)
    for outcome, measured in study.outcomes.items():
        yield from _known(study, outcome, everyone)
        for contrast in study.contrasts_of(measured.visits):
            yield from _percent_changes(study, outcome, contrast, everyone)
    if study.treatment:
        yield from _treatment(study.treatment, everyone.patients)
        yield from retention(study, TOGETHER, everyone.patients)
        yield from course(study, TOGETHER, everyone.patients)
    for name, dose in study.doses.items():
        for contrast in study.contrasts_of(dose.at):
            topic = Topic(TOGETHER, name, DOSE, contrast=contrast.name)
            yield from _dose(topic, [dose.at[visit] for visit in contrast.visits], everyone)


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


def _known(study: Study, outcome: str, everyone: Roster) -> Iterator[Result]:
    """How many patients have a value of an outcome at each visit."""
    for visit in study.visits_of(outcome):
        values = everyone.numbers(measurement(outcome, visit))
        known = len(values) - values.count(None)
        yield Topic(TOGETHER, outcome, OUTCOME, visit=visit).row("n", "Available", known)


def _percent_changes(
    study: Study, outcome: str, contrast: Contrast, everyone: Roster
) -> Iterator[Result | OfPatients]:
    """Each patient's percent change, how many improved by it, and why others have none."""
    topic = Topic(TOGETHER, outcome, OUTCOME, visit=PERCENT_CHANGE, contrast=contrast.name)
    pairs = pairs_of_roster(study, everyone, outcome, contrast)
    of_each = {**pairs.lacking, **pairs.percent_changes}
    changes = [of_each[patient] for patient in pairs.patients]
    rises = [pairs.sign * each for each in changes if isinstance(each, float)]
    reasons = ["" if isinstance(each, float) else str(each) for each in changes]
    yield from turns(topic, study.outcomes[outcome].better, [(0, rise) for rise in rises])
    yield topic.row("n_without", "Without a percent change", len(changes) - len(rises))
    for reason in sorted({*reasons} - {""}):
        without = topic._replace(level=reason)
        yield without.row("n_without", "Without a percent change", reasons.count(reason))
    below_zero, warning = {*pairs.below_zero}, list_text([OF_SIZE])
    yield OfPatients(
        percent_change_of(outcome, contrast.name),
        pairs.patients,
        [repr(each) if isinstance(each, float) else "" for each in changes],
        [
            warning if patient in below_zero and not reason else ""
            for patient, reason in zip(pairs.patients, reasons, strict=True)
        ],
        reasons,
    )


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


def _dose(topic: Topic, names: Sequence[str], everyone: Roster) -> Iterator[Result]:
    """How many patients have less of a dose than before, more, or the same.

    Args:
        topic: The dose and the contrast.
        names: What the dose is called at both visits.
        everyone: All patients.
    """
    both = [*zip(*map(everyone.numbers, names), strict=True)]
    known = [(before, after) for before, after in both if before is not None and after is not None]
    signs = [order(after, before) for before, after in known]
    yield topic.row("n_reduced", "Reduced", signs.count(-1))
    yield topic.row("n_raised", "Raised", signs.count(1))
    yield topic.row("n_unchanged", "Unchanged", signs.count(0))
    neither = both.count((None, None))
    one = len(both) - len(known) - neither
    yield topic.row("n_one_known", "With only one of the two known", one)
    yield topic.row("n_none_known", "Neither known", neither)
