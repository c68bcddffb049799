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
from casebook.analysis.group_tests import Scale, counts, of_second_and_first
from casebook.analysis.pairs import outcome_pairs
from casebook.analysis.several_cohorts import NO_VALUE, none_is_empty
from casebook.audit.data import Data
from casebook.audit.groups import all_groups, compared_groups
from casebook.audit.variant import SIZE, Variant, other_cohorts, other_contrasts, without_each
from casebook.claims.compared import ComparedEffect
from casebook.claims.effects import (
    COHENS_D,
    CRAMERS_V,
    GLASS_DELTA,
    HEDGES_G,
    ODDS_RATIO,
    PHI,
    RANK_BISERIAL,
    RISK_RATIO,
    SUPERIORITY,
    R,
)
from casebook.claims.readings import PairedTest
from casebook.claims.tested import EFFECT, PairedEffect
from casebook.data.patients import Patient
from casebook.data.results import CHANGE
from casebook.data.vocabulary import Change, Effect
from casebook.statistics.effect_sizes import (
    cohens_d,
    cohens_d_of_all,
    d_of_pairs,
    glass_delta,
    mean_sd,
    of_baseline,
    of_differences,
    r_from_t,
    r_of_groups,
    rank_biserial_of_groups,
    repeated_measures,
    root_mean_variance,
    superiority,
)
from casebook.statistics.estimate import Estimate
from casebook.statistics.group_shift import standardised_mean_difference
from casebook.statistics.r_fisher import r_odds_ratio
from casebook.statistics.ratios import HALF, conditional_odds_ratio, odds_ratio, phi, risk_ratio
from casebook.statistics.terms import NotComputable

_Way: TypeAlias = Callable[..., float]
_Ways = Mapping[str, _Way]
"""How a number is computed, the usual way first, by what each is called."""

_POOLED = {"Cohen's d, pooled SD": cohens_d}
_CORRECTED: _Ways = {
    "Hedges' g, exact correction": partial(cohens_d, corrected="exact"),
    "Hedges' g, approximate correction": partial(cohens_d, corrected="approximate"),
}
_BY_MEANS: Mapping[str, _Ways] = {
    COHENS_D: {
        **_POOLED,
        "Cohen's d, root of the mean variance": standardised_mean_difference,
        "Cohen's d, pooled SD with n in the denominator": cohens_d_of_all,
        **_CORRECTED,
    },
    HEDGES_G: {**_CORRECTED, **_POOLED},
    GLASS_DELTA: {
        "Glass's delta, SD of the first cohort": glass_delta,
        "Glass's delta, SD of the second cohort": lambda b, a: -glass_delta(a, b),
    },
}
_BY_RANKS: Mapping[str, _Ways] = {
    RANK_BISERIAL: {"rank-biserial correlation": rank_biserial_of_groups},
    SUPERIORITY: {SUPERIORITY: superiority},
    R: {
        "r from z": r_of_groups,
        "r from z with continuity correction": partial(r_of_groups, continuity=True),
    },
}
_R_FROM_T: _Ways = {"r from Student's t": r_from_t}
_Counted: TypeAlias = Callable[..., Estimate]


def _with_half(ratio: _Counted, *table: int, level: float) -> Estimate:
    """A ratio with half added to each count, which programs do only where a count is 0."""
    second, n_second, first, n_first = table
    if 0 < second < n_second and 0 < first < n_first:
        raise NotComputable("no count is 0")
    return ratio(*table, added=HALF, level=level)


_RATIOS: Mapping[str, Mapping[str, _Counted]] = {
    ODDS_RATIO: {
        "odds ratio, Woolf": odds_ratio,
        "odds ratio, conditional and exact": conditional_odds_ratio,
        "odds ratio, conditional, as R's fisher.test finds it": r_odds_ratio,
        "odds ratio, half added to each count": partial(_with_half, odds_ratio),
    },
    RISK_RATIO: {
        "risk ratio, Katz": risk_ratio,
        "risk ratio, half added to each count": partial(_with_half, risk_ratio),
    },
}
_ENDS: Mapping[str, Callable[[Estimate], float]] = {
    EFFECT: lambda estimate: estimate.value,
    "conf_low": lambda estimate: estimate.low,
    "conf_high": lambda estimate: estimate.high,
}
_PHI: _Ways = {"phi": phi, "phi, Yates's correction": partial(phi, corrected=True)}
_BY_COUNTS: Mapping[str, _Ways] = {
    PHI: _PHI,
    CRAMERS_V: {
        "Cramér's V": lambda *table: abs(phi(*table)),
        "Cramér's V, Yates's correction": lambda *table: abs(phi(*table, corrected=True)),
    },
}
_UNITS = {
    "d_z": ("d_z", of_differences),
    "d_av": ("d_av, mean SD", mean_sd),
    "d_av by variance": ("d_av, root of the mean variance", root_mean_variance),
    "d_rm": ("d_rm", repeated_measures),
}


def _of_pairs(*units: str) -> _Ways:
    named = (_UNITS[unit] for unit in units)
    return {f"Cohen's {name}": partial(d_of_pairs, unit=unit) for name, unit in named}


def _corrected_pairs(*units: str) -> _Ways:
    return {
        f"Hedges' g{name.removeprefix('d')}, {kind} correction": partial(
            d_of_pairs, unit=unit, corrected=kind
        )
        for name, unit in (_UNITS[unit] for unit in units)
        for kind in ("exact", "approximate")
    }


_AV = ("d_av", "d_av by variance")
_OF_PAIRS: Mapping[str, _Ways] = {
    COHENS_D: {
        **_of_pairs(*_UNITS),
        str(Effect.BASELINE_SDS): partial(d_of_pairs, unit=of_baseline),
    },
    HEDGES_G: {**_corrected_pairs(*_UNITS), **_of_pairs("d_z")},
    "d_av": _of_pairs(*_AV),
    "d_rm": _of_pairs("d_rm"),
    "g_z": _corrected_pairs("d_z"),
    "g_av": _corrected_pairs(*_AV),
    "g_rm": _corrected_pairs("d_rm"),
}


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
    ways = _between(data, reading, compared)
    found = _computed(ways)
    if not found:
        return
    own = next(iter(found))
    yield from _each_way(found)
    cohorts = data.study.comparisons[reading.comparison].cohorts
    first, second = (data.study.group(cohort) for cohort in cohorts)
    exchanged = _computed(_between(data, reading, compared, exchanged=True)).get(own)
    if exchanged is not None and exchanged != found[own]:
        yield Variant(Change.SIGN, f"{first} against {second}", exchanged)
    for other in all_groups(data, reading):
        at, wanted = other.topic, compared.topic
        if (at.visit == wanted.visit) == (at.contrast == wanted.contrast):
            continue
        change = Change.VISIT if at.contrast == wanted.contrast else Change.CONTRAST
        value = _computed(_between(data, reading, other)).get(own)
        if value is not None:
            yield Variant(change, at.contrast if change == Change.CONTRAST else at.visit, value)


def _sizes_of_pairs(data: Data, reading: PairedEffect) -> Iterator[Variant]:
    patients = data.where(reading.cohort, reading.where)
    found = _computed(_of_patients(data, reading, patients))
    if not found:
        return
    own = next(iter(found))
    yield from _each_way(found)
    if found[own] < 0:
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
        ways = _between(data, reading, compared_groups(data, reading))
    try:
        next(iter(ways.values()))()
    except NotComputable as reason:
        return str(reason)
    return "it is not a finite number"


def _each_way(found: Mapping[str, float]) -> Iterator[Variant]:
    for place, (name, value) in enumerate(found.items()):
        yield Variant(Change.STATISTIC if place else Change.OWN, name, value)


def _computed(ways: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, compute in ways.items():
        with suppress(NotComputable):
            value = compute()
            if math.isfinite(value):
                found[name] = value
    return found


def _between(
    data: Data, reading: ComparedEffect, compared: Compared, *, exchanged: bool = False
) -> Mapping[str, Callable[[], float]]:
    """The ways of what is asked for; exchanged are those of the first cohort against the second."""
    if compared.scale is Scale.ANSWERS:
        groups = compared.ranked[::-1] if exchanged else compared.ranked
        return _by_counts(reading, groups, data.study.analysis.confidence_level)
    by_means = _BY_MEANS.get(reading.effect)
    ways = by_means or _BY_RANKS[reading.effect]
    if reading.effect == R and compared.scale is Scale.VALUES:
        ways = {**ways, **_R_FROM_T}
    turned = compared.topic.visit == CHANGE and data.turns(compared.topic.variable)
    # To compare the first cohort with the second is to compare the values with another sign.
    sign = -1 if turned != exchanged else 1
    groups = compared.values if by_means else compared.ranked
    first, second = ([sign * value for value in group] for group in groups)
    return {name: partial(_of_known, way, second, first) for name, way in ways.items()}


def _of_known(way: _Way, second: Sequence[float], first: Sequence[float]) -> float:
    none_is_empty([first, second], NO_VALUE)
    return way(second, first)


def _by_counts(
    reading: ComparedEffect, groups: Sequence[Sequence[float]], level: float
) -> Mapping[str, Callable[[], float]]:
    table = of_second_and_first(counts(groups))
    if reading.effect not in _RATIOS:
        return {name: partial(way, *table) for name, way in _BY_COUNTS[reading.effect].items()}
    end = _ENDS[reading.name]

    def compute(way: _Counted) -> float:
        return end(way(*table, level=level))

    return {name: partial(compute, way) for name, way in _RATIOS[reading.effect].items()}


def _of_patients(
    data: Data, reading: PairedEffect, patients: Sequence[Patient]
) -> Mapping[str, Callable[[], float]]:
    contrast = data.study.contrast_named[reading.contrast]
    pairs = outcome_pairs(data.study, patients, reading.outcome, contrast)
    sign = -pairs.sign if data.turns(reading.outcome) else pairs.sign

    def compute(way: _Way) -> float:
        return sign * way(*pairs.complete_columns)

    return {name: partial(compute, way) for name, way in _OF_PAIRS[reading.effect].items()}
