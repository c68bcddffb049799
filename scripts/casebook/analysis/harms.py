"""Rows on harms: who had which adverse event, how bad, how often, and what no event can exclude."""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.analysis.harm_comparison import compare_harms
from casebook.analysis.response import share
from casebook.analysis.topic import Topic
from casebook.data.harms import (
    GRADES,
    HARMS,
    IS,
    NO,
    NOT_KNOWN,
    WORST,
    YES,
    Harm,
    read_harms,
    worst_grade,
)
from casebook.data.patients import Patient
from casebook.data.results import BOUND, HARM, RATE, TOGETHER, Result, Results, write_results
from casebook.data.slices import read_each_once, read_slices
from casebook.statistics.proportion import upper_bound
from casebook.statistics.rate import poisson_rate
from casebook.statistics.terms import NotComputable
from casebook.study.load import load_study
from casebook.study.model import Study

OfPatients = Mapping[str, Sequence[Harm]]
"""Harms by patient, without the patients who have none."""


@dataclass(frozen=True)
class Treated:
    """The patients of a cohort, with how long each was treated, None where it is not known."""

    times: Mapping[str, float | None]

    def but(self, patients: Collection[str]) -> list[float]:
        """The known times of all patients but these."""
        return [t for each, t in self.times.items() if t is not None and each not in patients]


def harms(study: Path, slices: Sequence[Path], harms: Path, results: Path) -> None:
    """Write the results on harms of all cohorts, of all of their patients, and of comparisons.

    Args:
        study: The study.yaml.
        slices: The patients of all cohorts, in one file or several.
        harms: The harms of all patients.
        results: The results to write.
    """
    model = load_study(study)
    duration = model.treatment.duration if model.treatment else None
    kinds = {name: kind for name, kind in model.kinds.items() if name == duration}
    groups = read_slices(slices, kinds) | {TOGETHER: read_each_once(slices, kinds)}
    write_results(results, harm_results(model, groups, AllHarms(model, read_harms(harms))))


def harm_results(
    study: Study, cohorts: Mapping[str, Sequence[Patient]], harms: "AllHarms"
) -> Iterator[Result]:
    """All results on harms of each cohort, and of the comparisons of them.

    Args:
        study: The study.
        cohorts: The patients of each cohort.
        harms: The harms of all patients of the study.
    """
    in_comparisons = {name for each in study.comparisons.values() for name in each.cohorts}
    compared: list[Result] = []
    for name, patients in cohorts.items():
        rows = list(analyse_harms(study, name, patients, harms))
        yield from rows
        if name in in_comparisons:
            compared += rows
    yield from compare_harms(study, Results(compared))


class AllHarms:
    """The harms of all patients of a study, by patient, and every term that they might have had."""

    def __init__(self, study: Study, harms: Iterable[Harm]) -> None:
        self.of: dict[str, list[Harm]] = {}
        terms = set()
        for harm in harms:
            self.of.setdefault(harm.patient, []).append(harm)
            terms.add(harm.term)
        self.terms = [*dict.fromkeys([*study.harm_terms, *sorted(terms)])]


def analyse_harms(
    study: Study, cohort: str, patients: Sequence[Patient], harms: AllHarms
) -> Iterator[Result]:
    """All results on the harms of a cohort, for every term that any patient had or might have had.

    Args:
        study: The study.
        cohort: Name of the cohort, or `TOGETHER` for the patients of all cohorts.
        patients: Its patients; none is allowed too.
        harms: The harms of all patients of the study.
    """
    duration = study.treatment.duration if study.treatment else None
    treated = Treated(
        {patient.id: patient.number(duration) if duration else None for patient in patients}
    )
    every = {patient: harms.of[patient] for patient in treated.times if patient in harms.of}
    named = study.harms.kinds if study.harms else {}
    for name in named:
        yield from _measured(study, Topic(cohort, name, HARM), treated, every, IS[name])
    if WORST in named:
        yield from _by_grade(Topic(cohort, HARMS, HARM), every)
    by_term: dict[str, dict[str, list[Harm]]] = {term: {} for term in harms.terms}
    for patient, found in every.items():
        for harm in found:
            by_term[harm.term].setdefault(patient, []).append(harm)
    for term, of_term in by_term.items():
        topic = Topic(cohort, HARMS, HARM, level=term)
        yield from _measured(study, topic, treated, of_term, IS[HARMS])
        if WORST in named:
            yield from _by_grade(topic, of_term)


def _holds(harm: Harm, is_so: Callable[[Harm], str]) -> str:
    """Whether a harm is of a kind and happened: yes, no, or not known."""
    answer = is_so(harm)
    return harm.happened if answer == YES else answer


def _any(harms: Sequence[Harm], is_so: Callable[[Harm], str]) -> bool | None:
    """Whether it is so of any harm that happened; None if it is not known."""
    answers = {_holds(harm, is_so) for harm in harms}
    if YES in answers:
        return True
    return None if NOT_KNOWN in answers else False


def _measured(
    study: Study, topic: Topic, treated: Treated, harms: OfPatients, is_so: Callable[[Harm], str]
) -> Iterator[Result]:
    """How many patients had such a harm, what share that may be, and the rate of events."""
    answers = {patient: _any(each, is_so) for patient, each in harms.items()}
    unknown = {patient for patient, answer in answers.items() if answer is None}
    count, n = list(answers.values()).count(True), len(treated.times) - len(unknown)
    level = study.analysis.confidence_level
    yield topic.row("n_missing", "Missing", len(unknown))
    yield from share(study, topic, count, n)
    bound = topic.by(BOUND)
    label = "Upper end of the one-sided confidence interval"
    yield bound.computed("conf_high", label, lambda: 100 * upper_bound(count, n, level=level))
    if study.treatment:
        events = sum(
            _holds(harm, is_so) == YES
            for patient, each in harms.items()
            if patient not in unknown and treated.times[patient] is not None
            for harm in each
            if harm.on_treatment != NO
        )
        more = sum(
            any(_holds(harm, is_so) == NOT_KNOWN and harm.on_treatment != NO for harm in each)
            for patient, each in harms.items()
            if patient not in unknown and treated.times[patient] is not None
        )
        yield from _rate(study, topic, events, treated.but(unknown), more)


def _rate(
    study: Study, topic: Topic, events: int, times: Sequence[float], more: int
) -> Iterator[Result]:
    """Events per 100 units of time on treatment, of the patients of whom both are known.

    Args:
        study: The study.
        topic: What the events are, and whose.
        events: The number of events that are known.
        times: The time on treatment of each patient.
        more: How many of them had an event and may have had others, which are not counted.
    """
    exposure = math.fsum(times)
    too_low = f"perhaps too low: {more} of the patients may have had more events" if more else ""
    yield topic.row("n_exposed", "Patients with a known time on treatment", len(times))
    yield topic.row("n_events", "Events of these patients in that time", events)
    yield topic.row("exposure", "Time on treatment of these patients", exposure)
    by, label = topic.by(RATE), "Events per 100 units of time on treatment"
    try:
        rate = poisson_rate(events, exposure, level=study.analysis.confidence_level)
    except NotComputable as reason:
        yield by.failed("rate", label, str(reason))
        return
    yield by.row("rate", label, 100 * rate.value, too_low)
    yield by.row("conf_low", "Lower end of the confidence interval", 100 * rate.low)
    yield by.row("conf_high", "Upper end of the confidence interval", 100 * rate.high)


def _by_grade(topic: Topic, harms: OfPatients) -> Iterator[Result]:
    """How many patients had each grade as their worst."""
    grades = []
    for every in harms.values():
        happened = [harm.grade for harm in every if harm.happened == YES]
        if happened:
            grades.append(worst_grade(happened))
    for grade in GRADES:
        label = f"Patients whose worst grade is {grade}"
        yield topic.row(f"count_grade_{grade}", label, grades.count(str(grade)))
    yield topic.row("count_no_grade", "Patients of whom a grade is not known", grades.count(""))
