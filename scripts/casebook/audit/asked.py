"""What is computed because a claim asks for it: tests of one side or sample, and correlations.

Each is made of the patients' values by the functions that make the study's own tests, under every
convention that these have; a two-sided test, the other side, and other patients are tried as well.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeAlias, TypeGuard

import numpy as np
from numpy.typing import ArrayLike

from casebook.analysis.catalogue import Test, tests_of_changes
from casebook.analysis.comparison_tests import Compared
from casebook.analysis.group_tests import (
    GroupTest,
    beside_results,
    made_of,
    one_sided,
)
from casebook.analysis.magnitude import effects_of_changes
from casebook.analysis.pairs import outcome_pairs
from casebook.audit.among import among
from casebook.audit.data import Data
from casebook.audit.groups import compared_groups
from casebook.audit.variant import SIZE, Variant, other_cohorts, without_each
from casebook.claims.compared import ComparedTest
from casebook.claims.naming import names_method
from casebook.claims.readings import PairedTest
from casebook.claims.tested import CORRELATION, EFFECT, Correlation, OneSample
from casebook.data.patients import Patient
from casebook.data.results import BY_CONVENTION
from casebook.data.vocabulary import Change, Effect, Method
from casebook.statistics.correlation import FEWEST, Correlated, kendall, pearson, spearman
from casebook.statistics.digits import rounded
from casebook.statistics.terms import OTHER_SIDE, Alternative, NotComputable, TestResult
from casebook.statistics.values import paired_differences, tied_values
from casebook.study.expressions import Expression

Asked: TypeAlias = PairedTest | ComparedTest | OneSample | Correlation
"""What can be asked for."""
_OfPatients: TypeAlias = PairedTest | OneSample | Correlation
"""What is of the patients of one cohort."""
Found = Mapping[str, float]
"""The p-value, the coefficient or the effect size, by each method that could be computed."""
Ways = Mapping[str, Callable[[Alternative], float]]
"""How each method computes it with an alternative; it raises `NotComputable` where it cannot."""

_PAIRS = "pairs"
"""What it is called that the patients are counted who have both values of a correlation."""
_COEFFICIENTS: Mapping[Method, Callable[..., Correlated]] = {
    Method.PEARSON: pearson,
    Method.SPEARMAN: partial(spearman, distribution="t"),
    Method.KENDALL_TAU: partial(kendall, distribution="normal"),
}
_OF_CORRELATION: Mapping[Method, Callable[..., Correlated]] = {
    Method.PEARSON: pearson,
    Method.SPEARMAN_R: partial(spearman, distribution="r"),
    Method.SPEARMAN_EXACT: spearman,
    Method.SPEARMAN_T: partial(spearman, distribution="t"),
    Method.KENDALL_TAU_R: partial(kendall, distribution="r"),
    Method.KENDALL_TAU_NORMAL: partial(kendall, distribution="normal"),
    Method.KENDALL_TAU_CORRECTED: partial(kendall, distribution="normal-corrected"),
}


def is_asked(reading: object) -> TypeGuard[Asked]:
    """Whether a reading is of a test that results do not have."""
    if isinstance(reading, PairedTest | ComparedTest):
        return reading.side != "two-sided"
    return isinstance(reading, OneSample | Correlation)


def asked(data: Data, reading: Asked) -> Iterator[Variant]:
    """What the claim is by each method, the one that has to hold first, and of other patients.

    That is the method which the reading names, or the study's own. Where it gives no value, there
    is none under any other, and it is what is computed of the other side and of other patients.
    """
    ways = _ways(data, reading)
    own = _named(own_method(data, reading), ways, reading.test)
    made = _by_each(ways, reading.side)
    if own not in made:
        return
    yield Variant(Change.OWN, own, made[own])
    test = Change.STATISTIC if reading.name == CORRELATION else Change.TEST
    for method, value in made.items():
        if method != own:
            yield Variant(test, method, value)
    if reading.side != "two-sided":
        yield Variant(Change.SIDES, f"{own}, two-sided", ways[own]("two-sided"))
        other = ways[own](OTHER_SIDE[reading.side])
        yield Variant(Change.REVERSED, f"{own}, one-sided the other way", other)
    if reading.name in (CORRELATION, EFFECT) and made[own] < 0:
        yield Variant(_of_sign(data, reading), SIZE, -made[own])
    if not isinstance(reading, ComparedTest):
        yield from _of_others(data, reading, own)


def _of_sign(data: Data, reading: Asked) -> Change:
    """What leaving out the minus changes: the sign of a correlation says which way both go.

    Unless one of the two is a change, which a paper may take the other way round.
    """
    if not isinstance(reading, Correlation):
        return Change.SIGN
    of_change = (reading.first.names | reading.second.names) & set(data.study.changes)
    return Change.SIGN if of_change else Change.REVERSED


def _of_others(data: Data, reading: _OfPatients, own: str) -> Iterator[Variant]:
    """What one method gives of other cohorts, and without each patient."""
    for cohort, label in other_cohorts(data, reading.cohort).items():
        there = replace(reading, cohort=cohort)
        yield from _variant(data, there, asked_of(data, there), own, Change.COHORT, label)
    if reading.name == "n_pairs":
        return
    members = {patient.id: patient for patient in asked_of(data, reading)}
    for name, rest in without_each(members):
        yield from _variant(data, reading, rest, own, Change.PATIENTS, name)


def _variant(
    data: Data,
    reading: _OfPatients,
    patients: Sequence[Patient],
    own: str,
    change: Change,
    name: str,
) -> Iterator[Variant]:
    if compute := _of_patients(data, reading, patients).get(own):
        with suppress(NotComputable):
            yield Variant(change, name, compute(reading.side))


def _named(own: str, ways: Ways, said: str) -> str:
    """The first method that has the name which the paper gives, the study's own before others."""
    return next((each for each in (own, *ways) if names_method(said, each)), own)


def own_method(data: Data, reading: Asked) -> str:
    """The method that is meant where none is named: the study's own, and Pearson's correlation."""
    match reading:
        case Correlation(name="n_pairs"):
            return _PAIRS
        case Correlation():
            return Method.PEARSON
        case ComparedTest():
            return among(data, reading).between(reading).method
        case OneSample(effect=Effect() as effect):
            return effect
    return BY_CONVENTION[data.study.analysis.signed_rank]


def _ways(data: Data, reading: Asked) -> Ways:
    if isinstance(reading, ComparedTest):
        return _between(data, reading)
    return _of_patients(data, reading, asked_of(data, reading))


def _by_each(ways: Ways, side: Alternative) -> Found:
    """What is computed with an alternative, by every method by which it can be."""
    found: dict[str, float] = {}
    for method, compute in ways.items():
        with suppress(NotComputable):
            found[method] = compute(side)
    return found


def asked_of(data: Data, reading: _OfPatients) -> list[Patient]:
    """The patients of whom all values are known that are asked for."""
    everyone = data.where(reading.cohort, reading.where)
    match reading:
        case OneSample(expression=expression):
            return [p for p in everyone if data.number(p, expression) is not None]
        case Correlation(first=first, second=second):
            both = (first, second)
            return [p for p in everyone if all(data.number(p, e) is not None for e in both)]
        case PairedTest(outcome=outcome, contrast=contrast):
            pairs = outcome_pairs(
                data.study, everyone, outcome, data.study.contrast_named[contrast]
            )
            known = {patient for patient, _, _ in pairs.complete}
            return [patient for patient in everyone if patient.id in known]


def why_not_asked(data: Data, reading: OneSample | Correlation) -> str:
    """Why the study's own method gives nothing, in words."""
    patients = asked_of(data, reading)
    count, needed = len(patients), 1 if isinstance(reading, OneSample) else FEWEST
    if count < needed:
        have = "patient has" if count == 1 else "patients have"
        return f"{count or 'no'} {have} all values that it is of, and {needed} are needed"
    if isinstance(reading, OneSample):
        for compute in _one_sample(data, reading, patients).values() if reading.effect else ():
            try:
                compute(reading.side)
            except NotComputable as reason:
                return str(reason)
        return f"all values are {reading.against:g}"
    return "all values of one of the two are equal"


def _of_patients(data: Data, reading: _OfPatients, patients: Sequence[Patient]) -> Ways:
    match reading:
        case Correlation():
            return _correlations(data, reading, patients)
        case OneSample():
            return _one_sample(data, reading, patients)
        case PairedTest(outcome=outcome, contrast=contrast):
            study = data.study
            pairs = outcome_pairs(study, patients, outcome, study.contrast_named[contrast])
            # A fall is above 0 where changes are the earlier value minus the later one.
            return _p_values(pairs.ranked_changes, pairs.changes, turned=pairs.sign < 0)


def _p_values(ranked: ArrayLike, changes: ArrayLike, *, turned: bool = False) -> Ways:
    def compute(test: Test, side: Alternative) -> float:
        alternative = OTHER_SIDE.get(side, side) if turned else side
        return test(alternative=alternative).p_value

    made = tests_of_changes(np.array(ranked), np.array(changes))
    return {name: partial(compute, test) for name, test in made.items()}


def _one_sample(data: Data, reading: OneSample, patients: Sequence[Patient]) -> Ways:
    # A paper's direction of differences turns no side, which is of changes as the study takes them.
    own = (reading.expression.evaluate(data.values(patient)) for patient in patients)
    values = [float(value) for value in own if value is not None]
    try:
        differences = paired_differences([reading.against] * len(values), values).tolist()
    except NotComputable:
        return {}
    digits = _rounding(data, reading.expression.source)
    ranked = [rounded(each, digits) for each in differences] if digits else differences
    if reading.effect:
        compute = effects_of_changes(np.array(ranked), np.array(differences))[reading.effect]
        return {reading.effect: lambda _: compute()}
    made = _p_values(ranked, differences)
    return {Method.ONE_SAMPLE_T if name == Method.PAIRED_T else name: p for name, p in made.items()}


def _correlations(data: Data, reading: Correlation, patients: Sequence[Patient]) -> Ways:
    if reading.name == "n_pairs":
        return {_PAIRS: lambda _: float(len(patients))}
    of_both = (reading.first, reading.second)
    try:
        values = [
            _tied(_known(data, patients, each), _rounding(data, each.source)) for each in of_both
        ]
    except NotComputable:
        return {}

    def compute(correlation: Callable[..., Correlated], side: Alternative) -> float:
        found = correlation(*values, alternative=side)
        return found.coefficient if reading.name == CORRELATION else found.p_value

    methods = _COEFFICIENTS if reading.name == CORRELATION else _OF_CORRELATION
    return {method: partial(compute, correlation) for method, correlation in methods.items()}


def _known(data: Data, patients: Iterable[Patient], expression: Expression) -> list[float]:
    values = (data.number(patient, expression) for patient in patients)
    return [value for value in values if value is not None]


def _tied(column: Sequence[float], digits: int | None) -> list[float]:
    """Values with those equal that are equal on paper, rounded as the study ranks them."""
    values: list[float] = tied_values(column).tolist()
    return [rounded(value, digits) for value in values] if digits else values


def _rounding(data: Data, name: str) -> int | None:
    """Significant digits to which the study rounds an outcome before it is ranked, if it does."""
    outcome, _ = data.study.measured.get(name) or data.study.changes.get(name) or ("", "")
    return data.study.outcomes[outcome].rounding if outcome else None


def _between(data: Data, reading: ComparedTest) -> Ways:
    part = among(data, reading)
    compared = compared_groups(part, reading)
    in_results = {name: row.number for name, row in part.tests_between(reading).items()}
    two_sided: Found = {**in_results, **beside(part, reading)}

    def compute(method: Method, side: Alternative) -> float:
        if side == "two-sided":
            return two_sided[method]
        made = made_of(one_sided(compared.scale, side)[method], compared.ranked)
        if isinstance(made, NotComputable):
            raise made
        return made.p_value

    return {method: partial(compute, method) for method in one_sided(compared.scale, reading.side)}


def beside(data: Data, reading: ComparedTest) -> Found:
    """The p-values of the tests of cohorts that results do not have, as Student's t-test.

    Args:
        data: What is known of the patients who are compared.
        reading: What is compared.
    """
    two, compared = data.study.comparison(reading.comparison).two, compared_groups(data, reading)
    return _made(beside_results(compared.scale, two), compared)


def of_one_side(data: Data, reading: ComparedTest) -> Iterator[Variant]:
    """The p-value of the study's own test of two cohorts by each side, if it has sides.

    Args:
        data: What is known of the patients who are compared.
        reading: What is compared.
    """
    if not data.study.comparison(reading.comparison).two:
        return
    own, compared = data.between(reading).method, compared_groups(data, reading)
    for side in OTHER_SIDE:
        tests = one_sided(compared.scale, side)
        named = {name: test for name, test in tests.items() if name == own}
        for name, p_value in _made(named, compared).items():
            yield Variant(Change.SIDES, f"{name}, one-sided: {side}", p_value)


def _made(tests: Mapping[Method, GroupTest], compared: Compared) -> Found:
    made = {method: made_of(test, compared.ranked) for method, test in tests.items()}
    return {name: test.p_value for name, test in made.items() if isinstance(test, TestResult)}
