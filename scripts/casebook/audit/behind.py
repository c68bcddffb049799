"""What stands behind a claim: the patients and raw cells that it rests on, and its result row."""

from dataclasses import dataclass

from casebook.audit.among import among
from casebook.audit.asked import asked_of, is_asked, why_not_asked
from casebook.audit.both import WAYS
from casebook.audit.data import Data
from casebook.audit.rows import find_row
from casebook.audit.shares import share_answers, share_members
from casebook.audit.universal import looked_at, speak_against, why_open
from casebook.audit.variants import variants
from casebook.claims.among import EVERYONE
from casebook.claims.compared import (
    ComparedDifference,
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
from casebook.claims.tested import Correlation, OneSample
from casebook.data.patients import Patient, measurement
from casebook.data.results import (
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
        case ColumnStatistic(expression=expression, where=where, cohort=cohort):
            members = data.where(cohort, where)
            known = _ids([p for p in members if _known(data, p, reading)])
            of = (cohort, expression.source, _told(where))
            cells = data.cells(members, [expression, where])
            return Behind(*of, known, **cells._asdict(), result=_row_of_column(data, reading))
        case Share(condition=condition, where=where, cohort=cohort):
            everyone = share_members(data, reading)
            answers = zip(everyone, share_answers(data, reading), strict=True)
            counted = [patient for patient, answer in answers if answer is True]
            of = (cohort, condition.source, _told(where))
            cells = data.cells(everyone, [condition, where])
            same = _row_of_harms(data, reading)
            return Behind(*of, _ids(counted), **cells._asdict(), result=same)
        case Universal():
            return _behind_words(data, reading)
        case Values(expression=expression, where=where, cohort=cohort):
            members = data.where(cohort, where)
            of = (cohort, expression.source, _told(where))
            cells = data.cells(members, [expression, where])
            return Behind(*of, _ids(members), **cells._asdict())
        case PairedTest(outcome=outcome, cohort=cohort, contrast=contrast):
            part, where = among(data, reading), reading.where
            change = measurement(outcome, contrast)
            changes = parse(change)
            pairs = [p for p in part.cohorts[cohort] if data.number(p, changes) is not None]
            tested = (cohort, outcome, PAIRED_TEST, _TESTS[reading.name])
            row = part.results.get(*tested, contrast=contrast)
            cells = data.cells(pairs, [changes, where])
            is_first = data.study.changes[change] == data.study.changes.get(
                measurement(outcome, FIRST)
            )
            name = f"{outcome if is_first else change}{_SIDE[reading.side]}"
            of, key = (cohort, name, _told(where)), _key(reading, row)
            return Behind(*of, _ids(pairs), **cells._asdict(), result=key)
        case OneSample(expression=expression, cohort=cohort, where=where):
            members = asked_of(data, reading)
            name = f"{expression.source} against {reading.against:g}{_SIDE[reading.side]}"
            cells = data.cells(members, [expression, where])
            return Behind(cohort, name, _told(where), _ids(members), **cells._asdict())
        case Correlation(first=first, second=second, cohort=cohort, where=where):
            members = asked_of(data, reading)
            name = f"{first.source} with {second.source}{_SIDE[reading.side]}"
            cells = data.cells(members, [first, second, where])
            return Behind(cohort, name, _told(where), _ids(members), **cells._asdict())
        case ComparedTest() | ComparedDifference():
            part, where = among(data, reading), reading.where
            expression, row = parse(reading.compared.source), part.between(reading)
            could = parse(reading.compared.among)
            compared = [
                patient
                for cohort in data.study.comparisons[reading.comparison].cohorts
                for patient in part.where(cohort, could)
                if reading.compared.of_harms or data.value(patient, expression) is not None
            ]
            cells = data.cells(compared, [expression, where])
            side = _SIDE[reading.side] if isinstance(reading, ComparedTest) else ""
            of = (reading.comparison, f"{reading.compared.name}{side}", _told(where))
            return Behind(*of, _ids(compared), **cells._asdict(), result=_key(reading, row))
        case Combined(first=first, second=second):
            return _together(behind(data, first), behind(data, second))
        case VisitsTest():
            return _behind_row(data, ResultRow(reading.row, reading.where))
        case ResultRow():
            return _behind_row(data, reading)
    return Behind()


def _behind_words(data: Data, reading: Universal) -> Behind:
    members = looked_at(data, reading)
    named = speak_against(data, reading) or members
    of = (reading.cohort, reading.condition.source, _told(reading.where))
    cells = data.cells(members, [reading.condition, reading.where])
    return Behind(*of, _ids(named), **cells._asdict())


def _behind_row(data: Data, reading: ResultRow) -> Behind:
    """The row, or, as no row is of a part of a cohort, the patients and cells of that part."""
    part, where = among(data, reading), reading.where
    row = find_row(part, reading)
    if where is EVERYONE:
        return Behind(result=row.key)
    members = [patient for patients in part.cohorts.values() for patient in patients]
    cells = data.cells(members, [*map(parse, names_behind(data.study, row)), where])
    return Behind(row.group1_level, row.variable, where.source, _ids(members), **cells._asdict())


def _key(reading: PairedTest | ComparedTest | ComparedDifference, row: Result) -> tuple[str, ...]:
    """The key of a row, unless results have none of a part of a cohort, or of a one-sided test."""
    return row.key if reading.where is EVERYONE and not is_asked(reading) else ()


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
        case PairedTest(outcome=outcome, cohort=cohort, contrast=contrast):
            of = (cohort, outcome, PAIRED_TEST, "p_value")
            row = data.results.get(*of, contrast=contrast)
            return row.error or "no test could be made"
        case ComparedTest() | ComparedDifference():
            row = data.between(reading)
            return row.error or f"{row.method}, by which the study compares them, has no side"
        case VisitsTest():
            return find_row(data, ResultRow(reading.row)).error
        case ResultRow():
            return find_row(data, reading).error
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


def _ids(patients: list[Patient]) -> tuple[str, ...]:
    return tuple(patient.id for patient in patients)
