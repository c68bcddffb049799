"""Effect sizes that results do not have, by each way in which papers compute what has their name.

The first way that gives a number is the usual one. They are of the second cohort against the first,
or of later values against earlier ones; the other way round is tried as well.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from casebook.analysis.comparison_tests import Compared
from casebook.analysis.group_tests import Groups, Scale, counts, of_second_and_first
from casebook.analysis.pairs import outcome_pairs
from casebook.analysis.several_cohorts import NO_VALUE, none_is_empty
from casebook.audit.data import Data
from casebook.audit.groups import all_groups, compared_groups
from casebook.audit.variant import SIZE, Variant, other_cohorts, other_contrasts, without_each
from casebook.audit.ways_of_sizes import (
    BY_COUNTS,
    BY_MEANS,
    BY_RANKS,
    ENDS,
    ENDS_BY_MEANS,
    ENDS_OF_PAIRS,
    OF_PAIRS,
    R_FROM_T,
    RATIOS,
    EstimatedWays,
    Way,
)
from casebook.claims.compared import ComparedEffect
from casebook.claims.effects import R
from casebook.claims.readings import PairedTest
from casebook.claims.tested import EFFECT, PairedEffect
from casebook.data.patients import Patient
from casebook.data.results import CHANGE
from casebook.data.vocabulary import Change
from casebook.statistics.estimate import Estimate
from casebook.statistics.terms import NotComputable

Computed: TypeAlias = Mapping[str, Callable[[], float]]
"""How the ways compute it of these patients; each raises `NotComputable` where it cannot."""


def sizes(data: Data, reading: ComparedEffect | PairedEffect) -> Iterator[Variant]:
    """An effect size by each way, then the other way round, and of other values as chance.

    Args:
        data: What is known of all patients, or of those who are compared.
        reading: What is asked for.
    """
    if isinstance(reading, PairedEffect):
        yield from _sizes_of_pairs(data, reading)
    else:
        yield from _sizes_between(data, reading)


def _sizes_between(data: Data, reading: ComparedEffect) -> Iterator[Variant]:
    compared = compared_groups(data, reading)
    scale, groups = compared.scale, _taken(data, reading, compared)
    found = _computed(_between(data, reading, scale, groups))
    if not found:
        return
    own = next(iter(found))
    yield from _each_way(found)
    cohorts = data.study.comparison(reading.comparison).cohorts
    first, second = (data.study.group(cohort) for cohort in cohorts)
    exchanged = _computed(_between(data, reading, scale, _exchanged(scale, groups))).get(own)
    if exchanged is not None and exchanged != found[own]:
        yield Variant(Change.SIGN, f"{first} against {second}", exchanged)
    for other in all_groups(data, reading):
        at, wanted = other.topic, compared.topic
        if (at.visit == wanted.visit) == (at.contrast == wanted.contrast):
            continue
        change = Change.VISIT if at.contrast == wanted.contrast else Change.CONTRAST
        taken = _taken(data, reading, other)
        value = _computed(_between(data, reading, other.scale, taken)).get(own)
        if value is not None:
            yield Variant(change, at.contrast if change == Change.CONTRAST else at.visit, value)


def _sizes_of_pairs(data: Data, reading: PairedEffect) -> Iterator[Variant]:
    patients = data.where(reading.cohort, reading.where)
    found = _computed(_of_patients(data, reading, patients))
    if not found:
        return
    own = next(iter(found))
    yield from _each_way(found)
    if reading.name == EFFECT and found[own] < 0:
        yield Variant(Change.SIGN, SIZE, -found[own])
    others: list[tuple[Change, str, Sequence[Patient], PairedEffect]] = [
        (Change.COHORT, label, data.where(cohort, reading.where), reading)
        for cohort, label in other_cohorts(data, reading.cohort).items()
    ]
    others += [
        (Change.CONTRAST, each.label, patients, replace(reading, contrast=each.name))
        for each in other_contrasts(data.study, reading.outcome, reading.contrast)
    ]
    known = {patient.id: patient for patient in paired(data, reading)}
    others += [(Change.PATIENTS, name, rest, reading) for name, rest in without_each(known)]
    for change, name, members, of in others:
        value = _computed(_of_patients(data, of, members)).get(own)
        if value is not None:
            yield Variant(change, name, value)


def paired(data: Data, reading: PairedEffect | PairedTest) -> list[Patient]:
    """The patients with both visits, of whom something of pairs is."""
    patients = data.where(reading.cohort, reading.where)
    contrast = data.study.contrast_named[reading.contrast]
    pairs = outcome_pairs(data.study, patients, reading.outcome, contrast)
    complete = {patient for patient, _, _ in pairs.complete}
    return [patient for patient in patients if patient.id in complete]


def why_no_size(data: Data, reading: ComparedEffect | PairedEffect) -> str:
    """Why no way gives an effect size: what the usual one says.

    Args:
        data: As in `sizes`.
        reading: What is asked for.
    """
    if isinstance(reading, PairedEffect):
        ways = _of_patients(data, reading, data.where(reading.cohort, reading.where))
    else:
        compared = compared_groups(data, reading)
        ways = _between(data, reading, compared.scale, _taken(data, reading, compared))
    try:
        next(iter(ways.values()))()
    except NotComputable as reason:
        return str(reason)
    return "it is not a finite number"


def _each_way(found: Mapping[str, float]) -> Iterator[Variant]:
    for place, (name, value) in enumerate(found.items()):
        yield Variant(Change.STATISTIC if place else Change.OWN, name, value)


def _computed(ways: Computed) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, compute in ways.items():
        with suppress(NotComputable):
            value = compute()
            if math.isfinite(value):
                found[name] = value
    return found


def _taken(data: Data, reading: ComparedEffect, compared: Compared) -> Groups:
    """The values of the first cohort and those of the second, as what is asked for takes them."""
    groups = compared.values if reading.effect in BY_MEANS else compared.ranked
    is_turned = compared.topic.visit == CHANGE and data.turns(compared.topic.variable)
    is_measured = compared.scale is not Scale.ANSWERS
    return _negative(groups) if is_turned and is_measured else groups


def _exchanged(scale: Scale, groups: Groups) -> Groups:
    """The values for which what is computed is of the first cohort against the second.

    Of what is measured the values get another sign, so that each cohort keeps its part in it.
    """
    return groups[::-1] if scale is Scale.ANSWERS else _negative(groups)


def _negative(groups: Groups) -> Groups:
    return [[-value for value in group] for group in groups]


def _between(data: Data, reading: ComparedEffect, scale: Scale, groups: Groups) -> Computed:
    """The ways of what is asked for, of the second of these groups against the first."""
    if scale is Scale.ANSWERS:
        return _by_counts(reading, groups, data.study.analysis.confidence_level)
    first, second = groups
    level = data.study.analysis.confidence_level
    if reading.name != EFFECT:
        return _ends(reading.name, ENDS_BY_MEANS[reading.effect], second, first, level=level)
    ways = BY_MEANS.get(reading.effect) or BY_RANKS[reading.effect]
    if reading.effect == R and scale is Scale.VALUES:
        ways = {**ways, **R_FROM_T}
    return {name: partial(_of_known, way, second, first) for name, way in ways.items()}


def _of_known(way: Way, second: Sequence[float], first: Sequence[float]) -> float:
    none_is_empty([first, second], NO_VALUE)
    return way(second, first)


def _by_counts(
    reading: ComparedEffect, groups: Sequence[Sequence[float]], level: float
) -> Computed:
    table = of_second_and_first(counts(groups))
    if reading.name == EFFECT and reading.effect in BY_COUNTS:
        return {name: partial(way, *table) for name, way in BY_COUNTS[reading.effect].items()}
    return _ends(reading.name, RATIOS[reading.effect], *table, level=level)


def _ends(name: str, ways: EstimatedWays, *of: object, level: float) -> Computed:
    """The estimate, or an end of its interval, by the name of what is asked for."""

    def compute(way: Callable[..., Estimate]) -> float:
        return ENDS[name](way(*of, level=level))

    return {each: partial(compute, way) for each, way in ways.items()}


def _of_patients(data: Data, reading: PairedEffect, patients: Sequence[Patient]) -> Computed:
    contrast = data.study.contrast_named[reading.contrast]
    pairs = outcome_pairs(data.study, patients, reading.outcome, contrast)
    sign = -pairs.sign if data.turns(reading.outcome) else pairs.sign
    # What is computed of values with another sign has the other sign, and its ends change places.
    columns = [[sign * value for value in column] for column in pairs.complete_columns]
    if reading.name != EFFECT:
        level = data.study.analysis.confidence_level
        return _ends(reading.name, ENDS_OF_PAIRS[reading.effect], *columns, level=level)
    return {name: partial(way, *columns) for name, way in OF_PAIRS[reading.effect].items()}
