"""What is computed of the patients' own values, under each convention.

They are statistics of a column, shares of patients, and the value of one patient.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casebook.audit.data import Data
from casebook.audit.definitions import Define, change_of_definition, definitions
from casebook.audit.rewriting import rewritings
from casebook.audit.shares import share, share_answers, share_members
from casebook.audit.variant import (
    SIZE,
    Variant,
    in_cohort,
    other_cohorts,
    where_known,
    without_each,
)
from casebook.claims.among import EVERYONE
from casebook.claims.readings import ColumnStatistic, Share, Values
from casebook.data.vocabulary import Change
from casebook.statistics.terms import NotComputable
from casebook.study.expressions import parse
from casebook.study.model import Study
from casebook.wording.paired_tests import of_contrast

_SHARED = {"count": "number", "percent": "of those known", "odds": "odds among those known"}
"""What a share by the study's own convention is called."""


def of_column(data: Data, reading: ColumnStatistic) -> Iterator[Variant]:
    """A statistic of a column by each definition, then of other values and of other patients."""
    own, *others = definitions(reading.name, data.study).items()
    value = _defined(data, reading, own[1])
    if value is None:
        return
    yield Variant(Change.OWN, own[0], value)
    change_in = change_of_definition(reading.name)
    for name, define in others:
        yield from where_known(change_in, name, _defined(data, reading, define))
    if value < 0:
        yield Variant(Change.SIGN, SIZE, -value)
    for what, name, other in _rewritten(data.study, reading):
        yield from where_known(what, name, _defined(data, other, own[1]))
    for cohort, label in other_cohorts(data, reading.cohort).items():
        other = replace(reading, cohort=cohort)
        yield from where_known(Change.COHORT, label, _defined(data, other, own[1]))
    if reading.name not in ("n", "n_missing"):
        column = numbers(data, reading)
        known = {patient: value for patient, value in column.items() if value is not None}
        for name, rest in without_each(known):
            yield from where_known(Change.PATIENTS, name, _computed(own[1], rest))


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


def of_share(data: Data, reading: Share) -> Iterator[Variant]:
    """How many patients have something, or of how many in percent, then of other patients."""
    value = share(data, reading)
    if value is None:
        return
    yield Variant(Change.OWN, _SHARED[reading.name], value)
    if reading.name == "odds":
        yield Variant(Change.STATISTIC, "share of those known", value / (1 + value))
    for what, name, rewritten in rewritings(data.study, reading.condition):
        yield from where_known(what, name, share(data, replace(reading, condition=rewritten)))
    for what, name, rewritten in rewritings(data.study, reading.where):
        yield from where_known(what, name, share(data, replace(reading, where=rewritten)))
    if reading.name == "percent":
        yield from _other_denominators(data, reading)
    for cohort, label in other_cohorts(data, reading.cohort).items():
        yield from where_known(Change.COHORT, label, share(data, replace(reading, cohort=cohort)))


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


def of_value(data: Data, reading: Values) -> Iterator[Variant]:
    """The value of one patient, and other values that may have been meant."""
    rewritten = [
        (what, name, replace(reading, expression=expression))
        for what, name, expression in rewritings(data.study, reading.expression)
    ]
    own = _single(data, reading)
    if own is None:
        return
    yield Variant(Change.OWN, "value of the patient", own)
    for what, name, each in rewritten:
        yield from where_known(what, name, _single(data, each))


def _single(data: Data, reading: Values) -> float | None:
    """The value of the one patient for whom a condition holds; None without one, or of several."""
    values = [data.number(p, reading.expression) for p in data.where(reading.cohort, reading.where)]
    return values[0] if len(values) == 1 else None
