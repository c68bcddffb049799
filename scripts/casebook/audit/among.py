"""The data of what results do not have: of a part of a cohort or comparison, or of another one.

The part is of whom a reading's `where` is true. A comparison can be of cohorts that a reading names
itself, or of what no comparison of the study is of. Their results are computed as those of whole
cohorts are, so that every convention, and every other visit, is tried of them in the same way.
Other cohorts are none of it.
"""

from collections.abc import Iterator
from dataclasses import replace

from casebook.analysis.balance import balance
from casebook.analysis.cohort import analyse
from casebook.analysis.comparison import all_compared
from casebook.analysis.comparison_tests import compared_rows, tested_rows
from casebook.analysis.harm_comparison import compare_harms_of
from casebook.analysis.harms import AllHarms, analyse_harms
from casebook.audit.data import Data
from casebook.audit.groups import compared_groups
from casebook.claims.among import EVERYONE
from casebook.claims.compared import ComparedDifference, ComparedEffect, ComparedTest
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import PairedTest, Reading, ResultRow
from casebook.data.harms import KINDS
from casebook.data.results import Result, Results
from casebook.study.comparisons import AND
from casebook.study.model import Study


def among(data: Data, reading: Reading) -> Data:
    """The data that a reading is of: all, or those of the part of the patients that it names.

    Of a comparison the part has only the results of what the reading compares.
    """
    if in_results(data.study, reading):
        return data
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
    key = (whole, variable if whole not in data.study.cohorts else "", where.source)
    if key not in data.parts:
        data.parts[key] = _part(data, key, reading)
    return data.parts[key]


def in_results(study: Study, reading: Reading) -> bool:
    """Whether results have what a reading is of: no part of its patients, and nothing asked for."""
    if getattr(reading, "where", EVERYONE) is not EVERYONE:
        return False
    match reading:
        case ComparedTest() | ComparedDifference() | ComparedEffect():
            return reading.comparison in study.comparisons and not reading.compared.is_asked
        case ResultRow(keys=keys):
            return AND not in keys["cohort"]
    return True


def _part(data: Data, key: tuple[str, str, str], reading: Reading) -> Data:
    whole, variable, _ = key
    where = getattr(reading, "where", EVERYONE)
    is_cohort = whole in data.study.cohorts
    names = (whole,) if is_cohort else data.study.comparison(whole).cohorts
    part = replace(data, cohorts={name: data.where(name, where) for name in names})
    match reading:
        case _ if is_cohort:
            rows = _within(part, whole)
        case ComparedTest() | ComparedDifference() if reading.compared.is_asked:
            rows = tested_rows(part.study.analysis, compared_groups(part, reading))
        case ComparedEffect() if reading.compared.is_asked:
            rows = iter(())
        case _:
            rows = _between(part, whole, variable)
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
