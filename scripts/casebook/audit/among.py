"""The data of a part of a cohort, or of a comparison: of whom a reading's `where` is true.

The results of the part are computed as those of whole cohorts are, so that every convention, and
every other visit, is tried of it in the same way. Other cohorts are none of it.
"""

from collections.abc import Iterator
from dataclasses import replace

from casebook.analysis.balance import balance
from casebook.analysis.cohort import analyse
from casebook.analysis.comparison import all_compared
from casebook.analysis.comparison_tests import compared_rows
from casebook.analysis.harm_comparison import compare_harms_of
from casebook.analysis.harms import AllHarms, analyse_harms
from casebook.audit.data import Data
from casebook.claims.among import EVERYONE
from casebook.claims.compared import ComparedDifference, ComparedEffect, ComparedTest
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import PairedTest, Reading, ResultRow
from casebook.data.harms import KINDS
from casebook.data.results import Result, Results
from casebook.study.expressions import Expression


def among(data: Data, reading: Reading) -> Data:
    """The data that a reading is of: all, or those of the part of the patients that it names.

    Of a comparison the part has only the results of what the reading compares.
    """
    match reading:
        case PairedTest(cohort=whole, where=where) | VisitsTest(cohort=whole, where=where):
            variable = ""
        case ComparedTest() | ComparedDifference() | ComparedEffect():
            whole, where = reading.comparison, reading.where
            variable = reading.compared.variable
        case ResultRow(keys=keys, where=where):
            whole, variable = keys["cohort"], keys["variable"]
        case _:
            return data
    if where is EVERYONE:
        return data
    key = (whole, variable if whole in data.study.comparisons else "", where.source)
    if key not in data.parts:
        data.parts[key] = _part(data, whole, variable, where)
    return data.parts[key]


def _part(data: Data, whole: str, variable: str, where: Expression) -> Data:
    compared = data.study.comparisons.get(whole)
    names = compared.cohorts if compared else (whole,)
    cohorts = {name: data.where(name, where) for name in names}
    part = replace(data, cohorts=cohorts)
    rows = _between(part, whole, variable) if compared else _within(part, whole)
    return replace(part, rows=list(rows))


def _within(part: Data, cohort: str) -> Iterator[Result]:
    patients = part.cohorts[cohort]
    yield from analyse(part.study, cohort, patients)
    yield from analyse_harms(part.study, cohort, patients, AllHarms(part.study, part.harms))


def _between(part: Data, comparison: str, variable: str) -> Iterator[Result]:
    study = part.study
    if variable in KINDS:
        harms = AllHarms(study, part.harms)
        counted = [
            row
            for cohort, patients in part.cohorts.items()
            for row in analyse_harms(study, cohort, patients, harms)
        ]
        yield from counted
        yield from compare_harms_of(study, comparison, Results(counted))
        return
    yield from (row for row in balance(study, comparison, part.cohorts) if row.variable == variable)
    for compared in all_compared(study, comparison, part.cohorts):
        if compared.topic.variable == variable:
            yield from compared_rows(study.analysis, compared)
