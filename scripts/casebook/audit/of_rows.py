"""Other rows of the results, and differences between cohorts, under each convention."""

import math
from collections.abc import Iterator
from itertools import chain

from casebook.audit.data import Data
from casebook.audit.program_ends import ends_by_program
from casebook.audit.rows import by_other_numbers, find_row, only_difference, quantity
from casebook.audit.turned import is_rank_sum, row_number, turned_statistic
from casebook.audit.variant import SIZE, Variant, in_cohort, where_known
from casebook.claims.compared import ComparedDifference
from casebook.claims.readings import ResultRow
from casebook.data.results import Result
from casebook.data.vocabulary import Change


def of_row(data: Data, reading: ResultRow) -> Iterator[Variant]:
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
            yield from where_known(Change(what), convention, row_number(data, row))


def of_difference(data: Data, reading: ComparedDifference) -> Iterator[Variant]:
    """How far cohorts are apart, by every method, and as the first is apart from the second."""
    own = data.between(reading)
    if own.error:
        return
    yield Variant(Change.OWN, own.method, _apart(data, own))
    for row in data.differences_between(reading):
        yield Variant(Change.STATISTIC, row.method, _apart(data, row))
    yield from _by_programs(data, reading)
    first, second = (data.study.group(c) for c in data.study.comparison(own.group1_level).cohorts)
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


def _by_programs(data: Data, reading: ResultRow | ComparedDifference) -> Iterator[Variant]:
    """The ends of an interval that programs give by their own rules, each once."""
    for convention, value in dict.fromkeys(chain(*ends_by_program(data, reading).values())):
        if math.isfinite(value):
            yield Variant(Change.STATISTIC, convention, value)
