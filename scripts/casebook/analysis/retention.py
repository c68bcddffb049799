"""Rows on retention: who is still on the treatment, as a function of time, and for how long."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.analysis.topic import Topic
from casebook.data.patients import Patient, value_text
from casebook.data.results import (
    RETENTION,
    RETENTION_CURVES,
    RETENTION_INTERVAL,
    RETENTION_LIMITS,
    RETENTION_SHARE,
    Result,
)
from casebook.statistics.survival import Curve, Step, product_limit
from casebook.statistics.terms import NotComputable
from casebook.study.model import Study

_LANDMARKS: dict[str, tuple[float, ...]] = {
    "days": (7, 14, 30, 90, 180, 365, 730),
    "weeks": (4, 12, 24, 52, 104, 156, 260),
    "months": (3, 6, 12, 24, 36, 60, 120),
    "years": (1, 2, 3, 5, 10, 15, 20),
}
"""Times at which readers want to know who is still treated, by their unit."""
_STEPS: dict[str, tuple[float, ...]] = {
    "weeks": (1, 2, 4, 8, 12, 26, 52),
    "months": (1, 2, 3, 6, 12, 24, 36, 60),
}
"""How far the times along an axis are apart, in units that are not counted by tens."""
_MOST_STEPS = 200
"""More steps than these cannot be told apart in a figure."""
_MOST_CURVES = 4
"""More curves than these cannot be told apart in a figure."""
_SHARE = "Percent still on treatment"


def retention(study: Study, cohort: str, patients: Sequence[Patient]) -> Iterator[Result]:
    """How many stopped, and the median time on treatment.

    Nothing is given for a study that does not say whether treatments are ongoing: who stopped is
    not known then.

    Args:
        study: The study.
        cohort: Name of the cohort.
        patients: Its patients; none is allowed too.
    """
    if found := _followed(study, patients):
        topic, known = Topic(cohort, found.duration, RETENTION), len(found.times)
        yield topic.row("n", "Patients", known)
        yield topic.row("n_missing", "Time or end not known", len(patients) - known)
        yield topic.row("n_stopped", "Stopped", sum(found.stopped))
        yield from _median(topic, found)


def landmarks(study: Study, cohort: str, patients: Sequence[Patient]) -> Iterator[Result]:
    """Who goes on at the times at which readers want to know it; arguments as for `retention`."""
    if found := _followed(study, patients):
        topic = Topic(cohort, found.duration, RETENTION)
        for time in _LANDMARKS.get(found.unit, ()):
            yield from _at(topic._replace(level=value_text(float(time))), found, time)


def course(study: Study, cohort: str, patients: Sequence[Patient]) -> Iterator[Result]:
    """The whole curve, for a figure: a step for each time, and how many are at risk along the axis.

    Arguments as for `retention`.
    """
    found = _followed(study, patients)
    if found and found.curve:
        longest = found.curve.steps[-1].time
        yield from _course(Topic(cohort, found.duration, RETENTION), found, longest)


def side_by_side(study: Study) -> tuple[str, ...]:
    """The cohorts whose curves one figure shows, if no patient is in two of them.

    They are those of the first comparison, or else all; none if a figure cannot tell them apart.
    """
    if study.treatment is None or study.treatment.goes_on is None:
        return ()
    first = next(iter(study.comparisons.values()), None)
    names = first.cohorts if first else (*study.cohorts,)
    return names if 1 < len(names) <= _MOST_CURVES else ()


def curves(study: Study, cohorts: Mapping[str, Sequence[Patient]]) -> Iterator[Result]:
    """The curves that stand side by side, with how many are at risk at the same times.

    Args:
        study: The study.
        cohorts: The patients of all of its cohorts.
    """
    chosen = {name: cohorts[name] for name in side_by_side(study)}
    ids = [patient.id for patients in chosen.values() for patient in patients]
    if len(ids) > len({*ids}):
        return
    followed = {name: _followed(study, patients) for name, patients in chosen.items()}
    longest = max((max(each.times, default=0) for each in followed.values() if each), default=0)
    for name, found in followed.items():
        if found and found.curve:
            yield from _course(Topic(name, found.duration, RETENTION_CURVES), found, longest)


def _course(topic: Topic, found: "_Followed", longest: float) -> Iterator[Result]:
    """The steps of a curve, and how many are at risk at round times up to the longest one."""
    if found.curve is None:
        return
    for step in _some(found.curve.steps):
        yield from _step(topic._replace(level=value_text(step.time)), step)
    for time in _ticks(longest, found.unit):
        level = topic._replace(level=value_text(time))
        yield level.row("n_at_risk", "Patients treated as long", found.at_risk(time))


@dataclass(frozen=True)
class _Followed:
    """How long patients were treated, and whether the treatment stopped then.

    Attributes:
        duration: The name of the time on treatment.
        unit: Its unit, if it has one.
        times: The times of those of whom both are known.
        stopped: Whether their treatment stopped.
        curve: Who goes on; None if that cannot be said.
        reason: Why it cannot be said.
    """

    duration: str
    unit: str
    times: Sequence[float]
    stopped: Sequence[bool]
    curve: Curve | None
    reason: str = ""

    def at_risk(self, time: float) -> int:
        """How many were treated for this time or longer."""
        return sum(each >= time for each in self.times)


def _followed(study: Study, patients: Sequence[Patient]) -> _Followed | None:
    """The patients as far as both are known; None for a study that does not say who stopped."""
    if study.treatment is None or study.treatment.goes_on is None:
        return None
    duration, ongoing = study.treatment.duration, study.treatment.goes_on
    both = [(each.number(duration), ongoing.holds(each.values)) for each in patients]
    known = [(time, not on) for time, on in both if time is not None and on is not None]
    times, stopped = [time for time, _ in known], [end for _, end in known]
    curve, told = None, "no patient with a known time on treatment"
    try:
        curve = product_limit(times, stopped, level=study.analysis.confidence_level)
    except NotComputable as reason:
        told = str(reason) if times else told
    return _Followed(duration, study.unit(duration) or "", times, stopped, curve, told)


def _median(topic: Topic, found: _Followed) -> Iterator[Result]:
    by, interval = topic.by(RETENTION_SHARE), topic.by(RETENTION_LIMITS)
    ends = {
        "conf_low": "Lower end of the confidence interval",
        "conf_high": "Upper end of the confidence interval",
    }
    if found.curve is None:
        yield by.failed("median", "Median time on treatment", found.reason)
        for name, label in ends.items():
            yield interval.failed(name, label, found.reason)
        return
    median = found.curve.median()
    values = {"median": median.value, "conf_low": median.low, "conf_high": median.high}
    for name, value in values.items():
        label = ends.get(name, "Median time on treatment")
        under = interval if name in ends else by
        if math.isinf(value):
            yield under.failed(name, label, "not reached")
        else:
            yield under.row(name, label, value)


def _at(topic: Topic, found: _Followed, time: float) -> Iterator[Result]:
    """Who is treated as long as a time, and the share that is estimated to go on after it."""
    yield topic.row("n_at_risk", "Patients treated as long", found.at_risk(time))
    try:
        if found.curve is None:
            raise NotComputable(found.reason)
        step = found.curve.at(time)
    except NotComputable as reason:
        yield topic.by(RETENTION_SHARE).failed("share", _SHARE, str(reason))
        return
    yield from _step(topic, step)


def _step(topic: Topic, step: Step) -> Iterator[Result]:
    yield topic.by(RETENTION_SHARE).row("share", _SHARE, 100 * step.share)
    interval = topic.by(RETENTION_INTERVAL)
    ends = {"conf_low": step.low, "conf_high": step.high}
    for name, value in ends.items():
        label = f"{'Lower' if name == 'conf_low' else 'Upper'} end of the confidence interval"
        if math.isnan(value):
            yield interval.failed(name, label, "a share of 0 or 1 has none")
        else:
            yield interval.row(name, label, 100 * value)
    yield topic.row("n_stopped_then", "Stopped at that time", step.ended)
    yield topic.row("n_censored", "Treated no longer so far", step.censored)


def _some(steps: Sequence[Step]) -> Sequence[Step]:
    """The steps; of many some, evenly along their order, with the last."""
    if len(steps) <= _MOST_STEPS:
        return steps
    last = len(steps) - 1
    return [steps[round(last * i / (_MOST_STEPS - 1))] for i in range(_MOST_STEPS)]


def _ticks(longest: float, unit: str) -> list[float]:
    """Up to seven round times from 0 on."""
    if longest <= 0:
        return [0.0]
    size = 10 ** math.floor(math.log10(longest))
    decimal = [size * each for each in (0.2, 0.5, 1, 2, 5)]
    step = next(step for step in (*_STEPS.get(unit, ()), *decimal) if 2 <= longest / step < 7)
    return [float(f"{step * i:.10g}") for i in range(math.floor(longest / step) + 1)]
