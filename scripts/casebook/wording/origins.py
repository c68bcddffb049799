"""Where a result comes from: the columns and patients whose cells it was computed from."""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass

from casebook.data.patients import measurement
from casebook.data.results import (
    DOSE,
    EACH_PATIENT,
    HARM,
    PATIENTS,
    RETENTION,
    RETENTION_CURVES,
    TOGETHER,
    TREATMENT,
    Result,
)
from casebook.study.columns import columns_of
from casebook.study.model import Study
from casebook.study.treatment import Treatment


@dataclass(frozen=True, slots=True)
class Origin:
    """Columns of the raw table, and the rows of the patients of a cohort, or of one patient."""

    columns: tuple[str, ...]
    cohort: str
    patient: str = ""


def origin(study: Study, result: Result) -> Origin:
    """The columns that a result was computed from, and the cohort of its patients.

    The size of a cohort comes from the columns that decide who belongs to it.
    """
    cohort, variable = result.group1_level, result.variable
    if variable == PATIENTS:
        meant = study.cohorts if cohort == TOGETHER else [cohort]
        names = {name for each in meant for name in study.cohorts[each].condition.names}
        found = _columns_of_all(study, names)
    elif result.context == DOSE:
        at = study.doses[variable].at
        found = _columns_of_all(study, {at[each] for each in _visits(study, result, at)})
    elif result.context == HARM:
        found = _columns_of_all(study, {variable})
    elif (
        result.context in (RETENTION, RETENTION_CURVES)
        and study.treatment
        and study.treatment.goes_on
    ):
        found = _columns_of_all(study, {variable, *study.treatment.goes_on.names})
    elif result.context == TREATMENT and study.treatment:
        found = _columns_of_all(study, _names(study.treatment, result))
    elif variable in study.outcomes:
        visits = _visits(study, result, study.visits_of(variable))
        measured = (measurement(variable, visit) for visit in visits)
        found = [column for name in measured for column in columns_of(study, name)]
    elif variable in study.grades:
        at = study.grades[variable].at
        found = _columns_of_all(study, {at[each] for each in _visits(study, result, at)})
    elif variable in study.conditions:
        condition = study.conditions[variable]
        visits = _visits(study, result, condition.at)
        names = {name for each in visits for name in condition.parsed_at(each).names}
        found = _columns_of_all(study, names)
    else:
        found = list(columns_of(study, variable))
    patient = result.variable_level if result.context == EACH_PATIENT else ""
    return Origin(tuple(dict.fromkeys(found)), cohort, patient)


def _visits(study: Study, result: Result, known: Collection[str]) -> list[str]:
    """The visits that a result is of, among those known: its own, or those of its contrast."""
    if result.group2_level in known:
        return [result.group2_level]
    contrast = study.contrast_named.get(result.contrast)
    return [visit for visit in (contrast.visits if contrast else known) if visit in known]


def _names(treatment: Treatment, result: Result) -> Set[str]:
    """The names of the values that decide what is counted of a treatment."""
    for event in treatment.events:
        if event.condition == result.variable_level:
            return event.happened.names
    if result.stat_name == "n_missing" or treatment.goes_on is None:
        return {treatment.duration}
    return treatment.goes_on.names


def _columns_of_all(study: Study, names: Iterable[str]) -> list[str]:
    return [column for name in sorted(names) for column in columns_of(study, name)]
