"""P-values of the tests that results have, and numbers of pairs, under each convention.

Tests that results do not have are for `asked`; whether a p-value decides is for `variants`.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from casebook.analysis.catalogue import ONE_SIDED_TESTS
from casebook.audit.asked import beside, of_one_side
from casebook.audit.data import Data
from casebook.audit.floating import floating_p_values
from casebook.audit.rows import find_row, only_difference
from casebook.audit.variant import Variant, in_cohort, other_cohorts, other_contrasts, without_each
from casebook.claims.compared import ComparedTest
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import PairedTest, ResultRow
from casebook.data.results import ADJUSTED, BY_CONVENTION, CHANGE, PAIRED_TEST
from casebook.data.vocabulary import Change
from casebook.statistics.signed_rank import signed_rank_by
from casebook.statistics.terms import NotComputable


def numbers_of_pairs(data: Data, reading: PairedTest) -> Iterator[Variant]:
    """How many patients have both visits, then in other cohorts, and of other contrasts."""
    yield Variant(Change.OWN, "pairs", _pairs(data, reading))
    for cohort, label in other_cohorts(data, reading.cohort).items():
        yield Variant(Change.COHORT, label, _pairs(data, replace(reading, cohort=cohort)))
    for contrast in other_contrasts(data.study, reading.outcome, reading.contrast):
        other = replace(reading, contrast=contrast.name)
        yield Variant(Change.CONTRAST, contrast.label, _pairs(data, other))


def _pairs(data: Data, reading: PairedTest) -> float:
    of = (reading.cohort, reading.outcome, PAIRED_TEST, "n_pairs")
    return data.results.get(*of, contrast=reading.contrast).number


def p_values(data: Data, reading: PairedTest | VisitsTest | ComparedTest) -> Iterator[Variant]:
    """The p-value by every method, the study's own first, and of other patients or visits.

    Args:
        data: What is known of the patients who are tested.
        reading: A test, or whether it is significant, of which the p-value is given as well.
    """
    match reading:
        case PairedTest():
            return _within_cohort(data, reading)
        case VisitsTest():
            return _over_visits(data, reading)
        case ComparedTest():
            return _between_cohorts(data, reading)


def _within_cohort(data: Data, reading: PairedTest) -> Iterator[Variant]:
    own = BY_CONVENTION[data.study.analysis.signed_rank]
    of = (reading.outcome, reading.contrast)
    tests = dict(data.tests(reading.cohort, *of))
    if own not in tests:
        return
    yield Variant(Change.OWN, own, tests.pop(own).number)
    for name, row in tests.items():
        change = Change.SIDES if name in ONE_SIDED_TESTS else Change.TEST
        yield Variant(change, name, row.number)
    yield from _in_floats(data, reading)
    adjusted = (reading.cohort, reading.outcome, ADJUSTED, "p_value", reading.contrast)
    for row in data.results.methods(*adjusted):
        if not row.error:
            yield Variant(Change.ADJUSTMENT, f"{own}, adjusted ({row.method})", row.number)
    for cohort, label in other_cohorts(data, reading.cohort).items():
        test = data.tests(cohort, *of).get(own)
        if test is not None:
            yield Variant(Change.COHORT, label, test.number)
    for contrast in other_contrasts(data.study, reading.outcome, reading.contrast):
        test = data.tests(reading.cohort, reading.outcome, contrast.name).get(own)
        if test is not None:
            yield Variant(Change.CONTRAST, contrast.label, test.number)
    for name, rest in without_each(data.ranked_changes(reading.cohort, *of)):
        with suppress(NotComputable):
            left = signed_rank_by(data.study.analysis.signed_rank, rest)
            yield Variant(Change.PATIENTS, name, left.p_value)


def _over_visits(data: Data, reading: VisitsTest) -> Iterator[Variant]:
    own = find_row(data, ResultRow(reading.row))
    if own.error:
        return
    yield Variant(Change.OWN, own.method, own.number)
    for row in data.of_variable[reading.variable]:
        what = only_difference(own, row)
        if what == Change.METHOD and not row.error:
            yield Variant(Change.TEST, row.method, row.number)
        if what == Change.COHORT and not row.error:
            yield Variant(Change.COHORT, in_cohort(data.study, row.group1_level), row.number)


def _between_cohorts(data: Data, reading: ComparedTest) -> Iterator[Variant]:
    own = data.between(reading)
    if own.error:
        return
    yield Variant(Change.OWN, own.method, own.number)
    for name, row in data.tests_between(reading).items():
        if name != own.method:
            yield Variant(Change.TEST, name, row.number)
    for name, p_value in beside(data, reading).items():
        yield Variant(Change.TEST, name, p_value)
    yield from _in_floats(data, reading)
    yield from of_one_side(data, reading)
    of = reading.compared
    if of.visit == CHANGE:
        adjusted = (reading.comparison, of.variable, ADJUSTED, "p_value", of.contrast)
        for row in data.results.methods(*adjusted):
            if not row.error:
                convention = f"{own.method}, adjusted ({row.method})"
                yield Variant(Change.ADJUSTMENT, convention, row.number)
    for row in data.of_variable[of.variable]:
        what = only_difference(own, row)
        if what in (Change.VISIT, Change.CONTRAST) and not row.error:
            yield Variant(Change(what), getattr(row.key, what), row.number)


def _in_floats(data: Data, reading: PairedTest | ComparedTest) -> Iterator[Variant]:
    for name, p_value in floating_p_values(data, reading):
        yield Variant(Change.TEST, name, p_value, in_floats=True)
