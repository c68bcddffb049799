"""What a reading gives under each convention: one choice changed at a time, systematically.

The first value is that of the study's own convention. Then come the other definitions of the same
statistic (quantiles, tests, denominators), the other readings that claims.tsv allows, and the other
patients that may have been meant: another visit or cohort, marked members, one patient left out.
What is tried for each kind of reading is in a module of its own.
"""

from collections.abc import Iterator
from dataclasses import replace

from casebook.audit.among import among
from casebook.audit.asked import asked, is_asked
from casebook.audit.both import WAYS
from casebook.audit.data import Data
from casebook.audit.effect_sizes import sizes
from casebook.audit.of_rows import of_difference, of_row
from casebook.audit.of_tests import numbers_of_pairs, p_values
from casebook.audit.of_values import of_column, of_share, of_value
from casebook.audit.shift import shift
from casebook.audit.universal import is_so
from casebook.audit.variant import Variant, where_known
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
from casebook.data.results import SHIFT
from casebook.data.vocabulary import Change


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
            yield from of_column(data, reading)
        case PairedTest(name="n_pairs"):
            yield from numbers_of_pairs(data, reading)
        case PairedTest() | VisitsTest() | ComparedTest():
            yield from _decided(data, reading.name, p_values(data, reading))
        case ComparedDifference():
            yield from of_difference(data, reading)
        case ComparedEffect() | PairedEffect():
            yield from sizes(data, reading)
        case Share():
            yield from of_share(data, reading)
        case Universal():
            yield from where_known(Change.OWN, "asking it of each patient", is_so(data, reading))
        case ResultRow():
            yield from of_row(data, reading)
        case Combined():
            yield from _of_both(data, reading)
        case Values(name="value"):
            yield from of_value(data, reading)


def _decided(data: Data, name: str, p_values: Iterator[Variant]) -> Iterator[Variant]:
    """The p-values, or the decision that each stands for, by the name of a reading."""
    for variant in p_values:
        decided = float(variant.value < data.study.analysis.alpha)
        yield replace(variant, value=decided) if name == "significant" else variant


def _of_both(data: Data, reading: Combined) -> Iterator[Variant]:
    """What is computed of two readings, by each convention that both of them can follow."""
    first, second = ([*variants(data, each)] for each in (reading.first, reading.second))
    way = WAYS[reading.name]
    own = way.compute(first[0].value, second[0].value) if first and second else None
    if own is None:
        return
    yield Variant(Change.OWN, way.name, own)
    yield from where_known(Change.SIGN, way.other_way, way.compute(second[0].value, first[0].value))
    yield from where_known(Change.STATISTIC, SHIFT, shift(data, reading))
    by_convention = {(v.change, v.convention): v.value for v in second[1:]}
    for v in first[1:]:
        if (v.change, v.convention) in by_convention:
            value = way.compute(v.value, by_convention[v.change, v.convention])
            yield from where_known(v.change, v.convention, value)
