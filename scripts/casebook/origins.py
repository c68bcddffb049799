"""Where a result comes from: the columns and patients whose cells it was computed from."""

from collections.abc import Iterator
from dataclasses import dataclass

from casebook.patients import BASELINE, FOLLOWUP, VISITS, change, measurement
from casebook.results import PATIENTS, Result
from casebook.study import Study


@dataclass(frozen=True, slots=True)
class Origin:
    """Columns of the raw table, and the rows of the patients of a cohort."""

    columns: tuple[str, ...]
    cohort: str


def origin(study: Study, result: Result) -> Origin:
    """The columns that a result was computed from, and the cohort of its patients.

    The size of a cohort comes from the columns that decide who belongs to it.
    """
    cohort, variable, visit = result.group1_level, result.variable, result.group2_level
    if variable == PATIENTS:
        names = sorted(study.cohorts[cohort].condition.names)
        found = [column for name in names for column in columns_of(study, name)]
    elif variable in study.outcomes:
        outcome = study.outcomes[variable]
        both = {BASELINE: outcome.baseline, FOLLOWUP: outcome.followup}
        found = [both[visit]] if visit in both else list(both.values())
    elif variable in study.conditions:
        condition = study.conditions[variable]
        visits = [visit] if visit in VISITS else VISITS
        names = sorted({name for each in visits for name in condition.at(each).names})
        found = [column for name in names for column in columns_of(study, name)]
    else:
        found = list(columns_of(study, variable))
    return Origin(tuple(dict.fromkeys(found)), cohort)


def columns_of(study: Study, name: str) -> Iterator[str]:
    """The columns of the raw table that a value of a patient is read from.

    The value may be derived, the change of an outcome, or the identifier, which is `patient`.
    """
    if name in study.variables:
        yield study.variables[name].column
    elif name in study.derived:
        for part in sorted(study.derived[name].parsed.names):
            yield from columns_of(study, part)
    elif name == PATIENTS and study.source.patient:
        yield study.source.patient
    for label, outcome in study.outcomes.items():
        if name in (measurement(label, BASELINE), change(label)):
            yield outcome.baseline
        if name in (measurement(label, FOLLOWUP), change(label)):
            yield outcome.followup
