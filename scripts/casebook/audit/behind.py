"""What stands behind a claim: the patients and raw cells that it rests on, and its result row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from casebook.audit.among import among, in_results
from casebook.audit.asked import asked_of, is_asked, why_not_asked
from casebook.audit.both import WAYS
from casebook.audit.data import Data
from casebook.audit.effect_sizes import paired, why_no_size
from casebook.audit.rows import find_row
from casebook.audit.shares import share_answers, share_members
from casebook.audit.universal import looked_at, speak_against, why_open
from casebook.audit.variants import variants
from casebook.claims.among import EVERYONE
from casebook.claims.compared import (
    ComparedDifference,
    ComparedEffect,
    ComparedTest,
    compared_names,
    of_term,
)
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import (
    PATIENT,
    ColumnStatistic,
    Combined,
    OfPatients,
    PairedTest,
    Reading,
    ResultRow,
    Share,
    Universal,
    Values,
)
from casebook.claims.tested import Correlation, OneSample, PairedEffect
from casebook.data.patients import Patient, measurement
from casebook.data.results import (
    BALANCE,
    CHANGE,
    CHARACTERISTIC,
    HARM,
    OUTCOME,
    PAIRED_TEST,
    Key,
    Result,
)
from casebook.study.expressions import Expression, parse
from casebook.study.visits import FIRST
from casebook.wording.origins import names_behind

_SIDE = {"two-sided": "", "greater": ", one-sided: greater", "less": ", one-sided: less"}
"""What is said of the side of a test beside what it is of."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What a claim is of, and the patients, the cells and the result row that it rests on.

    The fields are called as those of a verdict.
    """

    cohort: str = ""
    of: str = ""
    where: str = ""
    patients: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    event_columns: tuple[str, ...] = ()
    event_rows: tuple[int, ...] = ()
    result: tuple[str, ...] = ()


def behind(data: Data, reading: Reading) -> Behind:
    """What a reading rests on; nothing for claims about other claims.

    The patients are those whose values are in a statistic, or of whom a counted condition is true,
    or who speak against what is said of everyone or nobody, if any do; the cells are all that had
    to be looked at.
    """
    if not (data.study.source.has_table or isinstance(reading, OfPatients)):
        return Behind()
    match reading:
        case ColumnStatistic():
            return _behind_column(data, reading)
        case Share():
            return _behind_share(data, reading)
        case Universal():
            return _behind_words(data, reading)
        case Values(expression=expression, where=where, cohort=cohort):
            of, members = (cohort, expression.source), data.where(cohort, where)
            return _resting_on(data, of, members, [expression], where)
        case PairedTest() | PairedEffect():
            return _behind_pairs(data, reading)
        case OneSample(expression=expression, cohort=cohort, where=where):
            name = f"{expression.source} against {reading.against:g}{_SIDE[reading.side]}"
            return _resting_on(data, (cohort, name), asked_of(data, reading), [expression], where)
        case Correlation(first=first, second=second, cohort=cohort, where=where):
            name = f"{first.source} with {second.source}{_SIDE[reading.side]}"
            members = asked_of(data, reading)
            return _resting_on(data, (cohort, name), members, [first, second], where)
        case ComparedTest() | ComparedDifference() | ComparedEffect():
            return _behind_cohorts(data, reading)
        case Combined(first=first, second=second):
            return _together(behind(data, first), behind(data, second))
        case VisitsTest():
            return _behind_row(data, ResultRow(reading.row, reading.where))
        case ResultRow():
            return _behind_row(data, reading)
    return Behind()


def _resting_on(
    data: Data,
    of: tuple[str, str],
    members: Sequence[Patient],
    expressions: Sequence[Expression],
    where: Expression,
) -> Behind:
    """What a claim of expressions rests on.

    Args:
        data: The study and its patients.
        of: The cohort or comparison, and what of it the claim is of.
        members: Those of the cohort who are looked at.
        expressions: What is looked at.
        where: The condition that the members fulfil.
    """
    cells = data.cells(members, [*expressions, where])
    return Behind(*of, _told(where), _ids(members), **cells._asdict())


def _behind_column(data: Data, reading: ColumnStatistic) -> Behind:
    expression, where = reading.expression, reading.where
    members = data.where(reading.cohort, where)
    looked = _resting_on(data, (reading.cohort, expression.source), members, [expression], where)
    known = _ids([patient for patient in members if _known(data, patient, reading)])
    return replace(looked, patients=known, result=_row_of_column(data, reading))


def _behind_share(data: Data, reading: Share) -> Behind:
    condition, members = reading.condition, share_members(data, reading)
    of = (reading.cohort, condition.source)
    looked = _resting_on(data, of, members, [condition], reading.where)
    answers = zip(members, share_answers(data, reading), strict=True)
    counted = _ids([patient for patient, answer in answers if answer is True])
    return replace(looked, patients=counted, result=_row_of_harms(data, reading))


def _behind_words(data: Data, reading: Universal) -> Behind:
    members, of = looked_at(data, reading), (reading.cohort, reading.condition.source)
    looked = _resting_on(data, of, members, [reading.condition], reading.where)
    return replace(looked, patients=_ids(speak_against(data, reading) or members))


def _behind_pairs(data: Data, reading: PairedTest | PairedEffect) -> Behind:
    outcome, cohort, contrast = reading.outcome, reading.cohort, reading.contrast
    change = measurement(outcome, contrast)
    first = data.study.changes.get(measurement(outcome, FIRST))
    name = outcome if data.study.changes[change] == first else change
    looked = partial(_resting_on, data, members=paired(data, reading), where=reading.where)
    if isinstance(reading, PairedEffect):
        return looked(of=(cohort, f"{reading.effect} of {name}"), expressions=[parse(change)])
    tested = (cohort, outcome, PAIRED_TEST, _TESTS[reading.name])
    row = among(data, reading).results.get(*tested, contrast=contrast)
    of = (cohort, f"{name}{_SIDE[reading.side]}")
    return replace(looked(of=of, expressions=[parse(change)]), result=_key(data, reading, row))


def _behind_cohorts(
    data: Data, reading: ComparedTest | ComparedDifference | ComparedEffect
) -> Behind:
    part, what = among(data, reading), reading.compared
    expression, could = parse(what.source), parse(what.among)
    compared = [
        patient
        for cohort in data.study.comparison(reading.comparison).cohorts
        for patient in part.where(cohort, could)
        if what.of_harms or data.value(patient, expression) is not None
    ]
    side = _SIDE[reading.side] if isinstance(reading, ComparedTest) else ""
    effect = f"{reading.effect} of " if isinstance(reading, ComparedEffect) else ""
    of = (reading.comparison, f"{effect}{what.name}{side}")
    looked = _resting_on(data, of, compared, [expression], reading.where)
    if isinstance(reading, ComparedEffect):
        return looked
    return replace(looked, result=_key(data, reading, part.between(reading)))


def _behind_row(data: Data, reading: ResultRow) -> Behind:
    """The row, or, as no row is of a part of a cohort, the patients and cells of that part."""
    part, where = among(data, reading), reading.where
    row = find_row(part, reading)
    if where is EVERYONE:
        return Behind(result=row.key)
    members = [patient for patients in part.cohorts.values() for patient in patients]
    names = [*map(parse, names_behind(data.study, row))]
    return _resting_on(data, (row.group1_level, row.variable), members, names, where)


def _key(
    data: Data, reading: PairedTest | ComparedTest | ComparedDifference, row: Result
) -> tuple[str, ...]:
    """The key of a row, unless results have none of a part of a cohort, or of a one-sided test.

    They have that of a variable at baseline where the study asks for these.
    """
    if is_asked(reading):
        return ()
    if in_results(data.study, reading):
        return row.key
    at_baseline = row.key._replace(context=BALANCE)
    known = (each.key for each in data.of_variable.get(row.variable, ()))
    return at_baseline if reading.where is EVERYONE and at_baseline in known else ()


def _told(where: Expression) -> str:
    """The condition of a reading; nothing where it is of everyone."""
    return "" if where is EVERYONE else where.source


def _together(one: Behind, other: Behind) -> Behind:
    """What two readings rest on."""
    return Behind(
        cohort=one.cohort if one.cohort == other.cohort else "",
        of=one.of if one.of == other.of else "",
        where=one.where if one.where == other.where else "",
        patients=tuple(dict.fromkeys([*one.patients, *other.patients])),
        columns=tuple(dict.fromkeys([*one.columns, *other.columns])),
        rows=tuple(sorted({*one.rows, *other.rows})),
        event_columns=tuple(dict.fromkeys([*one.event_columns, *other.event_columns])),
        event_rows=tuple(sorted({*one.event_rows, *other.event_rows})),
    )


_TESTS = {"p_value": "p_value", "significant": "p_value", "n_pairs": "n_pairs"}


def why_not_computable(data: Data, reading: Reading) -> str:
    """Why a reading gives no number, in words."""
    data = among(data, reading)
    match reading:
        case Values(where=where, cohort=cohort):
            count = len(data.where(cohort, where))
            is_named = where.source.startswith(f"{PATIENT} == ")
            if count != 1:
                unknown = f"no patient of {cohort} has the identifier that is named"
                several = f"{count} patients fit the condition, but it must be exactly one"
                return unknown if is_named and not count else several
        case Combined(first=first, second=second):
            for each in (first, second):
                if not any(variants(data, each)):
                    return why_not_computable(data, each)
            return WAYS[reading.name].why_not
        case Share(name="odds") if any(share_answers(data, reading)):
            return "the condition is true of everyone of whom it is known"
        case Universal():
            return why_open(data, reading)
        case OneSample() | Correlation():
            return why_not_asked(data, reading)
        case ComparedEffect() | PairedEffect():
            return why_no_size(data, reading)
        case PairedTest(outcome=outcome, cohort=cohort, contrast=contrast):
            of = (cohort, outcome, PAIRED_TEST, "p_value")
            row = data.results.get(*of, contrast=contrast)
            return row.error or "no test could be made"
        case ComparedTest() | ComparedDifference():
            row = data.between(reading)
            return row.error or f"{row.method}, by which the study compares them, has no side"
        case VisitsTest() | ResultRow():
            row_of = ResultRow(reading.row) if isinstance(reading, VisitsTest) else reading
            return find_row(data, row_of).error
    return "no value is known that it could be computed from"


def _known(data: Data, patient: Patient, reading: ColumnStatistic) -> bool:
    """Whether a patient's value is in the statistic."""
    known = data.number(patient, reading.expression) is not None
    return known != (reading.name == "n_missing")


def _row_of_column(data: Data, reading: ColumnStatistic) -> tuple[str, ...]:
    """The row of the results that has this statistic, where there is one."""
    if reading.where is not EVERYONE:
        return ()
    name = reading.expression.source
    of, visit, contrast = (name, CHARACTERISTIC), "", ""
    if name in data.study.measured:
        variable, visit = data.study.measured[name]
        of = (variable, OUTCOME)
    elif name in data.study.changes:
        variable, compared = data.study.changes[name]
        of, visit, contrast = (variable, OUTCOME), CHANGE, compared.name
    try:
        row = data.results.get(reading.cohort, *of, reading.name, visit=visit, contrast=contrast)
    except KeyError:
        return ()
    return row.key


def _row_of_harms(data: Data, reading: Share) -> tuple[str, ...]:
    """The row of the results that counts who was harmed so, if that is what is asked for."""
    condition = reading.condition
    named = of_term(condition.tree) or compared_names(data.study).get(condition.source)
    if named is None or not named.of_harms or reading.where is not EVERYONE:
        return ()
    of = Key(reading.cohort, named.variable, named.level, "", "", HARM, reading.name, "")
    rows = data.of_variable.get(named.variable, ())
    return next((row.key for row in rows if row.key._replace(method="") == of), ())


def _ids(patients: Sequence[Patient]) -> tuple[str, ...]:
    return tuple(patient.id for patient in patients)
