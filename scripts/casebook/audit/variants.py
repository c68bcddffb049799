"""What a reading gives under each convention: one choice changed at a time, systematically.

The first value is that of the study's own convention. Then come the other definitions of the same
statistic (quantiles, tests, denominators), the other readings that claims.tsv allows, and the other
patients that may have been meant: another visit or cohort, marked members, one patient left out.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from casebook.analysis.catalogue import ONE_SIDED_TESTS
from casebook.audit.among import among
from casebook.audit.asked import asked, beside, is_asked, of_one_side
from casebook.audit.both import WAYS
from casebook.audit.data import Data
from casebook.audit.definitions import Define, change_of_definition, definitions
from casebook.audit.effect_sizes import sizes
from casebook.audit.floating import floating_p_values
from casebook.audit.program_ends import ends_by_program
from casebook.audit.rewriting import rewritings
from casebook.audit.rows import by_other_numbers, find_row, only_difference, quantity
from casebook.audit.shares import share, share_answers, share_members
from casebook.audit.shift import shift
from casebook.audit.turned import is_rank_sum, row_number, turned_statistic
from casebook.audit.universal import is_so
from casebook.audit.variant import SIZE, Variant, in_cohort, without_each
from casebook.claims.among import EVERYONE
from casebook.claims.compared import ComparedDifference, ComparedEffect, ComparedTest
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import (
    ColumnStatistic,
    Combined,
    PairedTest,
    Reading,
    ResultRow,
    Share,
    Universal,
    Values,
)
from casebook.claims.tested import PairedEffect
from casebook.data.results import (
    ADJUSTED,
    BY_CONVENTION,
    CHANGE,
    PAIRED_TEST,
    SHIFT,
    Result,
)
from casebook.data.vocabulary import Change
from casebook.statistics.signed_rank import signed_rank_by
from casebook.statistics.terms import NotComputable
from casebook.study.expressions import parse
from casebook.study.model import Study
from casebook.study.visits import Contrast
from casebook.wording.paired_tests import of_contrast

_SHARED = {"count": "number", "percent": "of those known", "odds": "odds among those known"}
"""What a share by the study's own convention is called."""


def variants(data: Data, reading: Reading) -> Iterator[Variant]:
    """The values of a reading, that of the study's own convention first.

    Where the study's own convention gives no value, there is none under any other.
    """
    if is_asked(reading):
        yield from _decided(data, reading.name, asked(data, reading))
        return
    data = among(data, reading)
    match reading:
        case ColumnStatistic():
            yield from _of_column(data, reading)
        case PairedTest():
            yield from _of_test(data, reading)
        case VisitsTest():
            yield from _decided(data, reading.name, _p_values_over_visits(data, reading))
        case ComparedTest():
            yield from _decided(data, reading.name, _p_values_between(data, reading))
        case ComparedDifference():
            yield from _of_difference(data, reading)
        case ComparedEffect() | PairedEffect():
            yield from sizes(data, reading)
        case Share():
            yield from _of_share(data, reading)
        case Universal():
            yield from _variant(Change.OWN, "asking it of each patient", is_so(data, reading))
        case ResultRow():
            yield from _of_row(data, reading)
        case Combined():
            yield from _of_both(data, reading)
        case Values(name="value"):
            yield from _of_value(data, reading)


def _of_column(data: Data, reading: ColumnStatistic) -> Iterator[Variant]:
    own, *others = definitions(reading.name, data.study).items()
    value = _defined(data, reading, own[1])
    if value is None:
        return
    yield Variant(Change.OWN, own[0], value)
    change_in = change_of_definition(reading.name)
    for name, define in others:
        yield from _variant(change_in, name, _defined(data, reading, define))
    if value < 0:
        yield Variant(Change.SIGN, SIZE, -value)
    for what, name, other in _rewritten(data.study, reading):
        yield from _variant(what, name, _defined(data, other, own[1]))
    for cohort, label in _other_cohorts(data, reading.cohort).items():
        other = replace(reading, cohort=cohort)
        yield from _variant(Change.COHORT, label, _defined(data, other, own[1]))
    if reading.name not in ("n", "n_missing"):
        column = numbers(data, reading)
        known = {patient: value for patient, value in column.items() if value is not None}
        for name, rest in without_each(known):
            yield from _variant(Change.PATIENTS, name, _computed(own[1], rest))


def _variant(what: Change, name: str, value: float | None) -> Iterator[Variant]:
    if value is not None and math.isfinite(value):
        yield Variant(what, name, float(value))


def numbers(data: Data, reading: ColumnStatistic) -> dict[str, float | None]:
    """The value of each patient of a column by the patient's identifier; None is missing."""
    members = data.where(reading.cohort, reading.where)
    return {patient.id: data.number(patient, reading.expression) for patient in members}


def _defined(data: Data, reading: ColumnStatistic, define: Define) -> float | None:
    column = list(numbers(data, reading).values())
    if reading.name == "n_missing":
        return float(column.count(None))
    return _computed(define, [value for value in column if value is not None])


def _computed(define: Define, values: Sequence[float]) -> float | None:
    try:
        return define(values)
    except (NotComputable, OverflowError):
        return None


def _other_cohorts(data: Data, own: str) -> dict[str, str]:
    """The other cohorts, and what they are called as a convention."""
    others = [name for name in data.study.cohorts if name in data.cohorts and name != own]
    return {cohort: in_cohort(data.study, cohort) for cohort in others}


def _rewritten(
    study: Study, reading: ColumnStatistic
) -> Iterator[tuple[Change, str, ColumnStatistic]]:
    for what, name, rewritten in rewritings(study, reading.expression):
        yield what, name, replace(reading, expression=rewritten)
    for what, name, rewritten in rewritings(study, reading.where):
        yield what, name, replace(reading, where=rewritten)
    outcome, visit = study.measured.get(reading.expression.source, ("", ""))
    for name, (changed, contrast) in study.changes.items():
        if changed == outcome and visit in contrast.visits and name.endswith(contrast.name):
            both = f"({reading.where.source}) and known({name})"
            label = of_contrast(study, "with both visits", contrast)
            yield Change.BOTH_VISITS, label, replace(reading, where=parse(both))


def _of_share(data: Data, reading: Share) -> Iterator[Variant]:
    value = share(data, reading)
    if value is None:
        return
    yield Variant(Change.OWN, _SHARED[reading.name], value)
    if reading.name == "odds":
        yield Variant(Change.STATISTIC, "share of those known", value / (1 + value))
    for what, name, rewritten in rewritings(data.study, reading.condition):
        yield from _variant(what, name, share(data, replace(reading, condition=rewritten)))
    for what, name, rewritten in rewritings(data.study, reading.where):
        yield from _variant(what, name, share(data, replace(reading, where=rewritten)))
    if reading.name == "percent":
        yield from _other_denominators(data, reading)
    for cohort, label in _other_cohorts(data, reading.cohort).items():
        yield from _variant(Change.COHORT, label, share(data, replace(reading, cohort=cohort)))


def _other_denominators(data: Data, reading: Share) -> Iterator[Variant]:
    """The same count as a percentage of all that it is counted in, then of whole cohorts."""
    count = share_answers(data, reading).count(True)
    members = {patient.id for patient in share_members(data, reading)}
    part = reading.where is not EVERYONE
    if part and members:
        name = f"of all {in_cohort(data.study, reading.cohort)} with {reading.where.source}"
        yield Variant(Change.ALL, name, 100 * count / len(members))
    for cohort in dict.fromkeys((reading.cohort, *data.study.cohorts)):
        others = {patient.id for patient in data.cohorts[cohort]}
        if cohort == reading.cohort:
            what = Change.DENOMINATOR if part else Change.ALL
        else:
            what = Change.LARGER_COHORT if members <= others else Change.COHORT
        if len(others) >= max(count, 1):
            name = f"of all {in_cohort(data.study, cohort)}"
            yield Variant(what, name, 100 * count / len(others), len(others))


def _of_test(data: Data, reading: PairedTest) -> Iterator[Variant]:
    if reading.name == "n_pairs":
        yield Variant(Change.OWN, "pairs", _pairs(data, reading))
        for cohort, label in _other_cohorts(data, reading.cohort).items():
            yield Variant(Change.COHORT, label, _pairs(data, replace(reading, cohort=cohort)))
        for contrast in _other_contrasts(data, reading):
            other = replace(reading, contrast=contrast.name)
            yield Variant(Change.CONTRAST, contrast.label, _pairs(data, other))
        return
    yield from _decided(data, reading.name, _p_values(data, reading))


def _decided(data: Data, name: str, p_values: Iterator[Variant]) -> Iterator[Variant]:
    """The p-values, or the decision that each stands for, by the name of a reading."""
    for variant in p_values:
        decided = float(variant.value < data.study.analysis.alpha)
        yield replace(variant, value=decided) if name == "significant" else variant


def _p_values_over_visits(data: Data, reading: VisitsTest) -> Iterator[Variant]:
    """The p-value of a test over all visits, by every method, and in the other cohorts."""
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


def _of_difference(data: Data, reading: ComparedDifference) -> Iterator[Variant]:
    """How far cohorts are apart, by every method, and as the first is apart from the second."""
    own = data.between(reading)
    if own.error:
        return
    yield Variant(Change.OWN, own.method, _apart(data, own))
    for row in data.differences_between(reading):
        yield Variant(Change.STATISTIC, row.method, _apart(data, row))
    yield from _by_programs(data, reading)
    first, second = (data.study.group(c) for c in data.study.comparisons[own.group1_level].cohorts)
    ends = {"conf_low": "conf_high", "conf_high": "conf_low"}
    other = own.key._replace(statistic=ends.get(own.stat_name, own.stat_name))
    yield Variant(Change.SIGN, f"{first} minus {second}", -_apart(data, data.results[other]))
    for row in data.of_variable[own.variable]:
        what = only_difference(own, row)
        if what in (Change.VISIT, Change.CONTRAST) and not row.error:
            yield Variant(Change(what), getattr(row.key, what), _apart(data, row))


def _apart(data: Data, row: Result) -> float:
    """A difference between cohorts, which another direction of changes turns."""
    value = row_number(data, row)
    return row.number if value is None else value


def _p_values_between(data: Data, reading: ComparedTest) -> Iterator[Variant]:
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
    for name, p_value in floating_p_values(data, reading).items():
        yield Variant(Change.TEST, name, p_value, in_floats=True)


def _pairs(data: Data, reading: PairedTest) -> float:
    of = (reading.cohort, reading.outcome, PAIRED_TEST, "n_pairs")
    return data.results.get(*of, contrast=reading.contrast).number


def _other_contrasts(data: Data, reading: PairedTest) -> list[Contrast]:
    """The other contrasts of the outcome whose test is read."""
    visits = data.study.outcomes[reading.outcome].visits
    return [each for each in data.study.contrasts_of(visits) if each.name != reading.contrast]


def _p_values(data: Data, reading: PairedTest) -> Iterator[Variant]:
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
    for cohort, label in _other_cohorts(data, reading.cohort).items():
        test = data.tests(cohort, *of).get(own)
        if test is not None:
            yield Variant(Change.COHORT, label, test.number)
    for contrast in _other_contrasts(data, reading):
        test = data.tests(reading.cohort, reading.outcome, contrast.name).get(own)
        if test is not None:
            yield Variant(Change.CONTRAST, contrast.label, test.number)
    for name, rest in without_each(data.ranked_changes(reading.cohort, *of)):
        with suppress(NotComputable):
            left = signed_rank_by(data.study.analysis.signed_rank, rest)
            yield Variant(Change.PATIENTS, name, left.p_value)


def _of_row(data: Data, reading: ResultRow) -> Iterator[Variant]:
    """The row, then those of the same quantity that differ in method, cohort or visit alone."""
    own = find_row(data, reading)
    value = None if own.error else row_number(data, own)
    if value is None:
        return
    yield Variant(Change.OWN, own.method or own.stat_label, value)
    if value < 0:
        yield Variant(Change.SIGN, SIZE, -value)
    if is_rank_sum(own):
        smaller = min(own.number, turned_statistic(data, own))
        yield Variant(Change.STATISTIC, "the smaller of both sums of ranks", smaller)
    for name, factor in by_other_numbers(data, own):
        yield Variant(Change.STATISTIC, name, factor * value)
        if value < 0:
            yield Variant(Change.STATISTIC, f"{name}, {SIZE}", -factor * value)
    yield from _by_programs(data, reading)
    for row in data.of_variable.get(own.variable, ()):
        if row.error or quantity(row) != quantity(own):
            continue
        if row.group1 != own.group1:
            continue
        what = only_difference(own, row)
        if what in (Change.METHOD, Change.COHORT, Change.VISIT, Change.CONTRAST):
            name = getattr(row.key, what)
            convention = in_cohort(data.study, name) if what == Change.COHORT else name
            yield from _variant(Change(what), convention, row_number(data, row))


def _by_programs(data: Data, reading: ResultRow | ComparedDifference) -> Iterator[Variant]:
    """The ends of an interval that programs give by their own rules, each once."""
    for convention, value in dict.fromkeys(chain(*ends_by_program(data, reading).values())):
        if math.isfinite(value):
            yield Variant(Change.STATISTIC, convention, value)


def _of_value(data: Data, reading: Values) -> Iterator[Variant]:
    rewritten = [
        (what, name, replace(reading, expression=expression))
        for what, name, expression in rewritings(data.study, reading.expression)
    ]
    own = _single(data, reading)
    if own is None:
        return
    yield Variant(Change.OWN, "value of the patient", own)
    for what, name, each in rewritten:
        yield from _variant(what, name, _single(data, each))


def _single(data: Data, reading: Values) -> float | None:
    """The value of the one patient for whom a condition holds; None without one, or of several."""
    values = [data.number(p, reading.expression) for p in data.where(reading.cohort, reading.where)]
    return values[0] if len(values) == 1 else None


def _of_both(data: Data, reading: Combined) -> Iterator[Variant]:
    """What is computed of two readings, by each convention that both of them can follow."""
    first, second = ([*variants(data, each)] for each in (reading.first, reading.second))
    way = WAYS[reading.name]
    own = way.compute(first[0].value, second[0].value) if first and second else None
    if own is None:
        return
    yield Variant(Change.OWN, way.name, own)
    yield from _variant(Change.SIGN, way.other_way, way.compute(second[0].value, first[0].value))
    yield from _variant(Change.STATISTIC, SHIFT, shift(data, reading))
    by_convention = {(v.change, v.convention): v.value for v in second[1:]}
    for v in first[1:]:
        if (v.change, v.convention) in by_convention:
            value = way.compute(v.value, by_convention[v.change, v.convention])
            yield from _variant(v.change, v.convention, value)
