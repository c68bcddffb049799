"""Tests that are made because a claim asks for them: one-sided, of one sample, and correlations.

Each is made of the patients' values by the functions that make the study's own tests, under every
convention that these have; a two-sided test, the other side, and other patients are tried as well.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias, TypeGuard

import numpy as np
from numpy.typing import ArrayLike

from casebook.analysis.catalogue import tests_of_changes
from casebook.analysis.comparison import all_compared
from casebook.analysis.comparison_tests import (
    Groups,
    GroupTest,
    Scale,
    beside_results,
    made_of,
    one_sided,
)
from casebook.analysis.pairs import outcome_pairs
from casebook.audit.among import among
from casebook.audit.data import Data
from casebook.audit.variant import SIZE, Variant, in_cohort, without_each
from casebook.claims.compared import ComparedTest
from casebook.claims.readings import PairedTest
from casebook.claims.tested import CORRELATION, Correlation, OneSample
from casebook.data.patients import Patient
from casebook.data.results import BY_CONVENTION, HARM
from casebook.data.vocabulary import Change, Method
from casebook.statistics.correlation import FEWEST, Correlated, kendall, pearson, spearman
from casebook.statistics.digits import rounded
from casebook.statistics.terms import Alternative, NotComputable, TestResult
from casebook.statistics.values import paired_differences, tied_values
from casebook.study.expressions import Expression

Asked: TypeAlias = PairedTest | ComparedTest | OneSample | Correlation
"""What can be asked for."""
Found = Mapping[str, float]
"""The p-value, or the coefficient, by each method that could be computed."""

_OTHER_SIDE: Mapping[Alternative, Alternative] = {"greater": "less", "less": "greater"}
_COUNTS = ("count", "n")
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
    """What the claim is by each method, the study's own first, and of other patients.

    Where the study's own method gives no value, there is none under any other.
    """
    own, made = own_method(data, reading), found(data, reading)
    if own not in made:
        return
    yield Variant(Change.OWN, own, made[own])
    test = Change.STATISTIC if reading.name == CORRELATION else Change.TEST
    for method, value in made.items():
        if method != own:
            yield Variant(test, method, value)
    if reading.side != "two-sided":
        two = found(data, replace(reading, side="two-sided"))
        yield Variant(Change.TEST, f"{own}, two-sided", two[own])
        other = found(data, replace(reading, side=_OTHER_SIDE[reading.side]))
        yield Variant(Change.REVERSED, f"{own}, one-sided the other way", other[own])
    if reading.name == CORRELATION and made[own] < 0:
        yield Variant(Change.SIGN, SIZE, -made[own])
    if isinstance(reading, ComparedTest):
        return
    for cohort in data.study.cohorts:
        if cohort != reading.cohort:
            there = found(data, replace(reading, cohort=cohort))
            if own in there:
                yield Variant(Change.COHORT, in_cohort(data.study, cohort), there[own])
    members = {patient.id: patient for patient in asked_of(data, reading)}
    for name, rest in without_each(members):
        left = _of_patients(data, reading, rest)
        if own in left:
            yield Variant(Change.PATIENTS, name, left[own])


def own_method(data: Data, reading: Asked) -> str:
    """The method that is meant where none is named: the study's own, and Pearson's correlation."""
    match reading:
        case Correlation():
            return Method.PEARSON
        case ComparedTest():
            return among(data, reading).between(reading).method
    return BY_CONVENTION[data.study.analysis.signed_rank]


def found(data: Data, reading: Asked) -> Found:
    """What is asked for, by every method by which it can be computed."""
    if isinstance(reading, ComparedTest):
        return _between(data, reading)
    return _of_patients(data, reading, asked_of(data, reading))


def asked_of(data: Data, reading: PairedTest | OneSample | Correlation) -> list[Patient]:
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
    count = len(asked_of(data, reading))
    needed = 1 if isinstance(reading, OneSample) else FEWEST
    if count < needed:
        patients = "patient has" if count == 1 else "patients have"
        return f"{count or 'no'} {patients} all values that it is of, and {needed} are needed"
    if isinstance(reading, OneSample):
        return f"all values are {reading.against:g}"
    return "all values of one of the two are equal"


def _of_patients(
    data: Data, reading: PairedTest | OneSample | Correlation, patients: Sequence[Patient]
) -> Found:
    match reading:
        case Correlation():
            return _correlations(data, reading, patients)
        case OneSample():
            return _one_sample(data, reading, patients)
        case PairedTest(outcome=outcome, contrast=contrast, side=side):
            study = data.study
            pairs = outcome_pairs(study, patients, outcome, study.contrast_named[contrast])
            # A fall is above 0 where changes are the earlier value minus the later one.
            turned = pairs.sign < 0 and side != "two-sided"
            alternative = _OTHER_SIDE[side] if turned else side
            return _p_values(pairs.ranked_changes, pairs.changes, alternative)


def _p_values(ranked: ArrayLike, changes: ArrayLike, alternative: Alternative) -> Found:
    made = tests_of_changes(np.array(ranked), np.array(changes), alternative)
    return {name: test.p_value for name, test in made.items() if isinstance(test, TestResult)}


def _one_sample(data: Data, reading: OneSample, patients: Sequence[Patient]) -> Found:
    # A paper's direction of differences turns no side, which is of changes as the study takes them.
    own = (reading.expression.evaluate(data.values(patient)) for patient in patients)
    values = [float(value) for value in own if value is not None]
    try:
        differences = paired_differences([reading.against] * len(values), values).tolist()
    except NotComputable:
        return {}
    digits = _rounding(data, reading.expression.source)
    ranked = [rounded(each, digits) for each in differences] if digits else differences
    made = _p_values(ranked, differences, reading.side)
    return {Method.ONE_SAMPLE_T if name == Method.PAIRED_T else name: p for name, p in made.items()}


def _correlations(data: Data, reading: Correlation, patients: Sequence[Patient]) -> Found:
    of_both = (reading.first, reading.second)
    columns = [_known(data, patients, each) for each in of_both]
    digits = [_rounding(data, each.source) for each in of_both]
    made: dict[str, float] = {}
    of_coefficient = reading.name == CORRELATION
    for method, correlation in (_COEFFICIENTS if of_coefficient else _OF_CORRELATION).items():
        try:
            values = map(_tied, columns, digits)
            computed = correlation(*values, alternative=reading.side)
        except NotComputable:
            continue
        made[method] = computed.coefficient if of_coefficient else computed.p_value
    return made


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


def _between(data: Data, reading: ComparedTest) -> Found:
    part = among(data, reading)
    if reading.side == "two-sided":
        tests = part.tests_between(reading)
        return {name: row.number for name, row in tests.items()}
    scale, groups = _groups(part, reading)
    return _made(one_sided(scale, reading.side), groups)


def beside(data: Data, reading: ComparedTest) -> Found:
    """The p-values of the tests of two cohorts that results do not have, as Student's t-test.

    Args:
        data: What is known of the patients who are compared.
        reading: What is compared.
    """
    if len(data.study.comparisons[reading.comparison].cohorts) != 2:
        return {}
    scale, groups = _groups(data, reading)
    return _made(beside_results(scale), groups)


def _made(tests: Mapping[Method, GroupTest], groups: Groups) -> Found:
    made = {method: made_of(test, groups) for method, test in tests.items()}
    return {name: test.p_value for name, test in made.items() if isinstance(test, TestResult)}


def _groups(part: Data, reading: ComparedTest) -> tuple[Scale, Groups]:
    """What is known of the patients of either cohort, and what sort of values these are."""
    of, cohorts = reading.compared, part.study.comparisons[reading.comparison].cohorts
    if of.of_harms:
        counted = (
            [int(part.results.get(c, of.variable, HARM, s, level=of.level).number) for s in _COUNTS]
            for c in cohorts
        )
        return Scale.ANSWERS, [[1.0] * count + [0.0] * (n - count) for count, n in counted]
    members = {cohort: part.cohorts[cohort] for cohort in cohorts}
    wanted = (of.variable, of.level, of.visit, of.contrast)
    compared = next(
        each
        for each in all_compared(part.study, reading.comparison, members)
        if (each.topic.variable, each.topic.level, each.topic.visit, each.topic.contrast) == wanted
    )
    return compared.scale, compared.ranked
