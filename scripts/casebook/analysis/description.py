"""Rows that describe: how many values there are, where they lie, how often a level occurs."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal

from casebook.analysis.topic import Topic
from casebook.data.patients import Patient
from casebook.data.results import CHARACTERISTIC, PATIENTS, QUANTILES, Result
from casebook.statistics.describe import (
    QUANTILE_NAMES,
    SUMMARIES,
    Sample,
    Values,
    quartiles_by_definition,
)
from casebook.statistics.proportion import INTERVALS
from casebook.statistics.terms import NotComputable, QuantileType
from casebook.statistics.values import orders
from casebook.study.model import Study

_QUARTILES = (SUMMARIES["p25"], SUMMARIES["p75"])
_ENDS = {
    "conf_low": "Lower end of the confidence interval",
    "conf_high": "Upper end of the confidence interval",
}


def characteristics(study: Study, cohort: str, patients: Sequence[Patient]) -> Iterator[Result]:
    """The size of a cohort, and each variable that the study reports."""
    yield size(cohort, patients)
    for name in study.reported:
        topic = Topic(cohort, name, CHARACTERISTIC)
        if study.kinds[name] == "number":
            values = [patient.number(name) for patient in patients]
            yield from described(topic, values, study.analysis.quantile_type)
            yield from quartile_definitions(topic, [each for each in values if each is not None])
        else:
            yield from counts(study, topic, patients)


def size(cohort: str, patients: Sequence[object]) -> Result:
    """How many patients there are."""
    return Topic(cohort, PATIENTS, CHARACTERISTIC).row("n", "Patients", len(patients))


def described(
    topic: Topic, column: Sequence[float | None], quantile_type: QuantileType
) -> Iterator[Result]:
    """Number, centre and spread of the known values of a column."""
    known = [value for value in column if value is not None]
    yield from availability(topic, len(known), len(column))
    sample = _sample(known)
    for each in SUMMARIES.values():
        by = topic.by(QUANTILE_NAMES[quantile_type]) if each.by_definition else topic
        yield by.computed(each.name, each.label, partial(each.of, sample, quantile_type))


def turns(
    topic: Topic, better: Literal["lower", "higher"], changes: Sequence[tuple[float, float]]
) -> Iterator[Result]:
    """How many values became better, worse, or neither, from a first to a second one each."""
    signs = orders([after for _, after in changes], [before for before, _ in changes]).tolist()
    improved = -1 if better == "lower" else 1
    yield topic.row("n_improved", "Improved", signs.count(improved))
    yield topic.row("n_worsened", "Worsened", signs.count(-improved))
    yield topic.row("n_unchanged", "Unchanged", signs.count(0))


def quartile_definitions(
    topic: Topic, values: Sequence[float], context: str = QUANTILES
) -> Iterator[Result]:
    """The quartiles of a column by each definition in use, for comparison."""
    topic = topic._replace(context=context)
    try:
        definitions = quartiles_by_definition(values)
    except NotComputable as reason:
        for each in _QUARTILES:
            yield topic.failed(each.name, each.label, str(reason))
        return
    for method, quartiles in definitions.items():
        defined = topic.by(method)
        for each, value in zip(_QUARTILES, quartiles, strict=True):
            yield defined.row(each.name, each.label, value)


def availability(topic: Topic, known: int, total: int) -> Iterator[Result]:
    """How many values are known, and how many are missing."""
    yield topic.row("n", "Available", known)
    yield topic.row("n_missing", "Missing", total - known)


def _sample(known: list[float]) -> Values:
    """The values as a sample, or as they are: then each statistic says itself why there is none."""
    try:
        return Sample(known)
    except NotComputable:
        return known


def counts(study: Study, topic: Topic, patients: Sequence[Patient]) -> Iterator[Result]:
    """How often each level of a category, each member of a set, or a yes occurs."""
    name, level = topic.variable, study.analysis.confidence_level
    known = [patient.values[name] for patient in patients if patient.values[name] is not None]
    yield from availability(topic, len(known), len(patients))
    match study.kinds[name]:
        case "boolean":
            yield from counted(topic, known.count(True), len(known), level)
        case "category":
            for each in study.levels(name):
                of_level = topic._replace(level=each)
                yield from counted(of_level, known.count(each), len(known), level)
        case "set":
            members = [m.name for patient in patients for m in patient.members(name) or ()]
            for each in study.levels(name):
                of_level = topic._replace(level=each)
                yield from counted(of_level, members.count(each), len(known), level)


def counted(topic: Topic, count: int, known: int, level: float) -> Iterator[Result]:
    """A count, its percentage of those known, and the intervals of that."""
    yield topic.row("count", "Patients", count)
    if known:
        yield topic.row("percent", "Percent of the available", 100 * count / known)
        for method, interval in INTERVALS.items():
            share, named = interval(count, known, level=level), topic.by(method)
            for (name, label), end in zip(_ENDS.items(), (share.low, share.high), strict=True):
                yield named.row(name, label, 100 * end)
    else:
        yield topic.failed("percent", "Percent of the available", "no patient with a known value")
