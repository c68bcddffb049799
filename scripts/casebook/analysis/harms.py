"""Rows on harms: who had which adverse event, how bad, how often, and what no event can exclude."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from casebook.analysis.response import share
from casebook.analysis.topic import Topic
from casebook.data.harms import (
    GRADES,
    HARMS,
    NO,
    NOT_KNOWN,
    RELATED,
    SERIOUS,
    WORST,
    YES,
    Harm,
    read_harms,
)
from casebook.data.patients import Patient
from casebook.data.results import BOUND, HARM, RATE, Result, write_results
from casebook.data.slices import read_slices
from casebook.statistics.proportion import upper_bound
from casebook.statistics.rate import poisson_rate
from casebook.statistics.terms import NotComputable
from casebook.study.load import load_study
from casebook.study.model import Study

_IS: Mapping[str, Callable[[Harm], str]] = {
    HARMS: lambda harm: harm.happened,
    SERIOUS: lambda harm: harm.serious,
    RELATED: lambda harm: harm.related,
    WORST: lambda harm: harm.severe,
}
"""Whether a harm is one of those that are counted under a name: yes, no, or not known."""


@dataclass(frozen=True)
class Harmed:
    """The patients of a cohort with their harms, and how long each was treated.

    Attributes:
        harms: The harms of each patient.
        times: The time on treatment of each, None where it is not known.
    """

    harms: Mapping[str, Sequence[Harm]]
    times: Mapping[str, float | None]

    def answers(self, is_so: Callable[[Harm], str]) -> list[bool | None]:
        """Whether each patient had a harm of which it is so; None where that is not known."""
        return [_any(each, is_so) for each in self.harms.values()]


def harms(study: Path, slices: Sequence[Path], harms: Path, results: Path) -> None:
    """Write the results on harms of all cohorts.

    Args:
        study: The study.yaml.
        slices: The patients of all cohorts, in one file or several.
        harms: The harms of all patients.
        results: The results to write.
    """
    model = load_study(study)
    duration = model.treatment.duration if model.treatment else None
    kinds = {name: kind for name, kind in model.kinds.items() if name == duration}
    cohorts, of_all = read_slices(slices, kinds).items(), AllHarms(model, read_harms(harms))
    write_results(
        results, chain(*(analyse_harms(model, name, found, of_all) for name, found in cohorts))
    )


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
        cohort: Name of the cohort.
        patients: Its patients; none is allowed too.
        harms: The harms of all patients of the study.
    """
    duration = study.treatment.duration if study.treatment else None
    harmed = Harmed(
        {patient.id: harms.of.get(patient.id, ()) for patient in patients},
        {patient.id: patient.number(duration) if duration else None for patient in patients},
    )
    named = study.harms.kinds if study.harms else {}
    for name in named:
        yield from _measured(study, Topic(cohort, name, HARM), harmed, _IS[name])
    for term in [None, *harms.terms]:
        topic = Topic(cohort, HARMS, HARM, level=term or "")
        if term is not None:
            yield from _measured(study, topic, harmed, _is_of(term))
        if WORST in named:
            yield from _by_grade(topic, harmed, term)


def _is_of(term: str) -> Callable[[Harm], str]:
    return lambda harm: harm.happened if harm.term == term else NO


def _any(harms: Sequence[Harm], is_so: Callable[[Harm], str]) -> bool | None:
    """Whether it is so of any harm that happened; None if it is not known."""
    answers = {is_so(harm) and (harm.happened if is_so(harm) == YES else NO) for harm in harms}
    if YES in answers:
        return True
    return None if NOT_KNOWN in answers else False


def _measured(
    study: Study, topic: Topic, harmed: Harmed, is_so: Callable[[Harm], str]
) -> Iterator[Result]:
    """How many patients had such a harm, what share that may be, and the rate of events."""
    answers = harmed.answers(is_so)
    known = [answer for answer in answers if answer is not None]
    count, n, level = known.count(True), len(known), study.analysis.confidence_level
    yield topic.row("n_missing", "Missing", len(answers) - n)
    yield from share(study, topic, count, n)
    bound = topic.by(BOUND)
    label = "Upper end of the one-sided confidence interval"
    yield bound.computed("conf_high", label, lambda: 100 * upper_bound(count, n, level=level))
    if study.treatment:
        yield from _rate(study, topic, harmed, is_so)


def _rate(
    study: Study, topic: Topic, harmed: Harmed, is_so: Callable[[Harm], str]
) -> Iterator[Result]:
    """Events per 100 units of time on treatment, of the patients of whom both are known."""
    answers = dict(zip(harmed.harms, harmed.answers(is_so), strict=True))
    times = {
        patient: time
        for patient, time in harmed.times.items()
        if time is not None and answers[patient] is not None
    }
    events = sum(is_so(harm) == YES for patient in times for harm in harmed.harms[patient])
    exposure = math.fsum(times.values())
    yield topic.row("n_exposed", "Patients with a known time on treatment", len(times))
    yield topic.row("n_events", "Events of these patients", events)
    yield topic.row("exposure", "Time on treatment of these patients", exposure)
    by, label = topic.by(RATE), "Events per 100 units of time on treatment"
    try:
        rate = poisson_rate(events, exposure, level=study.analysis.confidence_level)
    except NotComputable as reason:
        yield by.failed("rate", label, str(reason))
        return
    yield by.row("rate", label, 100 * rate.value)
    yield by.row("conf_low", "Lower end of the confidence interval", 100 * rate.low)
    yield by.row("conf_high", "Upper end of the confidence interval", 100 * rate.high)


def _by_grade(topic: Topic, harmed: Harmed, term: str | None) -> Iterator[Result]:
    """How many patients had each grade as their worst, of a term or of all."""
    grades = []
    for every in harmed.harms.values():
        happened = [h for h in every if term in (None, h.term) and h.happened == YES]
        if happened:
            known = all(harm.grade for harm in happened)
            grades.append(max(harm.grade for harm in happened) if known else NOT_KNOWN)
    for grade in GRADES:
        label = f"Patients whose worst grade is {grade}"
        yield topic.row(f"count_grade_{grade}", label, grades.count(str(grade)))
    yield topic.row("count_no_grade", "Patients of whom a grade is not known", grades.count(""))
