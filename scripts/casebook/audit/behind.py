"""What stands behind a claim: the patients and raw cells that it rests on, and its result row."""

from dataclasses import dataclass

from casebook.audit.conventions import find_row, share_answers
from casebook.audit.data import Data
from casebook.expressions import parse
from casebook.patients import VISITS, Patient, measurement
from casebook.readings import (
    EVERYONE,
    ColumnStatistic,
    PairedTest,
    Reading,
    ResultRow,
    Share,
    Values,
    change,
)
from casebook.results import CHANGE, CHARACTERISTIC, OUTCOME, PAIRED_TEST, PATIENTS


@dataclass(frozen=True, slots=True)
class Behind:
    """The patients, the cells and the result row of a claim, each in words."""

    patients: str = ""
    cells: str = ""
    result: str = ""


def behind(data: Data, reading: Reading) -> Behind:
    """What a reading rests on; nothing for claims about other claims.

    The patients are those whose values are in a statistic, or of whom a counted condition is true;
    the cells are all that had to be looked at.
    """
    match reading:
        case ColumnStatistic(expression=expression, where=where, cohort=cohort):
            members = data.where(cohort, where)
            known = [p for p in members if data.values(p) and _known(data, p, reading)]
            cells = data.cells(members, [expression, where])
            return Behind(_listed(known), cells, _row_of_column(data, reading))
        case Share(condition=condition, cohort=cohort):
            everyone = data.cohorts[cohort]
            answers = zip(everyone, share_answers(data, reading), strict=True)
            counted = [patient for patient, answer in answers if answer is True]
            return Behind(_listed(counted), data.cells(everyone, [condition]))
        case Values(expression=expression, where=where, cohort=cohort):
            members = data.where(cohort, where)
            return Behind(_listed(members), data.cells(members, [expression, where]))
        case PairedTest(outcome=outcome, cohort=cohort):
            changes = parse(change(outcome))
            pairs = [p for p in data.cohorts[cohort] if data.number(p, changes) is not None]
            row = data.results.get(cohort, outcome, PAIRED_TEST, _TESTS[reading.name])
            return Behind(_listed(pairs), data.cells(pairs, [changes]), row.key_in_words)
        case ResultRow():
            return Behind(result=find_row(data, reading).key_in_words)
    return Behind()


_TESTS = {"p_value": "p_value", "significant": "p_value", "n_pairs": "n_pairs"}


def _known(data: Data, patient: Patient, reading: ColumnStatistic) -> bool:
    if reading.expression.source == PATIENTS:
        return True
    return data.number(patient, reading.expression) is not None


def _row_of_column(data: Data, reading: ColumnStatistic) -> str:
    """The row of the results that has this statistic, where there is one."""
    if reading.where is not EVERYONE:
        return ""
    name = reading.expression.source
    places = {name: (name, CHARACTERISTIC, "")}
    for outcome in data.study.outcomes:
        places[change(outcome)] = (outcome, OUTCOME, CHANGE)
        places |= {measurement(outcome, visit): (outcome, OUTCOME, visit) for visit in VISITS}
    variable, context, visit = places[name]
    try:
        row = data.results.get(reading.cohort, variable, context, reading.name, visit=visit)
    except KeyError:
        return ""
    return row.key_in_words


def _listed(patients: list[Patient]) -> str:
    return ", ".join(patient.id for patient in patients)
