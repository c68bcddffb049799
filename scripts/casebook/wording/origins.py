"""Where a result comes from: the columns and patients whose cells it was computed from."""

from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass

from casebook.data.harms import KINDS as HARMS_OF_A_PATIENT
from casebook.data.harms import WORST
from casebook.data.patients import measurement
from casebook.data.results import (
    DOSE,
    EACH_PATIENT,
    PATIENTS,
    RATE,
    RETENTION,
    RETENTION_CURVES,
    TOGETHER,
    TREATMENT,
    Result,
)
from casebook.study.columns import columns_of, event_columns_of, in_order
from casebook.study.model import Study
from casebook.study.treatment import Treatment


@dataclass(frozen=True, slots=True)
class Origin:
    """Columns of the raw table, and the rows of the patients of a cohort, or of one patient.

    Attributes:
        columns: Columns of the raw table.
        cohort: The cohort of the patients.
        patient: The one patient, if it is one.
        events: Columns of the table of adverse events, of which the rows of these patients count.
        term: The one adverse event, if only the rows with that one do.
    """

    columns: tuple[str, ...]
    cohort: str
    patient: str = ""
    events: tuple[str, ...] = ()
    term: str = ""


def origin(study: Study, result: Result) -> Origin:
    """The columns that a result was computed from, and the cohort of its patients.

    The size of a cohort comes from the columns that decide who belongs to it.
    """
    names, level = names_behind(study, result), result.variable_level
    columns = (column for name in names for column in columns_of(study, name))
    events = [column for name in names for column in event_columns_of(study, name)]
    if _is_rate(result) and study.harms and study.harms.table:
        events += filter(None, [study.harms.table.columns.start])
    return Origin(
        tuple(in_order(study, columns)),
        result.group1_level,
        level if result.context == EACH_PATIENT else "",
        tuple(dict.fromkeys(events)),
        level if result.variable in HARMS_OF_A_PATIENT else "",
    )


def names_behind(study: Study, result: Result) -> list[str]:
    """The names of the values that a result was computed from, those of visits in their order."""
    cohort, variable = result.group1_level, result.variable
    if variable == PATIENTS:
        meant = study.cohorts if cohort == TOGETHER else [cohort]
        return sorted({name for each in meant for name in study.cohorts[each].condition.names})
    if result.context == DOSE:
        at = study.doses[variable].at
        return sorted({at[each] for each in _visits(study, result, at)})
    if variable in HARMS_OF_A_PATIENT:
        return [variable, *_beside_harms(study, result)]
    if result.context in (RETENTION, RETENTION_CURVES, TREATMENT) and study.treatment:
        return sorted(_of_treatment(study.treatment, result))
    if variable in study.outcomes:
        visits = _visits(study, result, study.visits_of(variable))
        return [measurement(variable, visit) for visit in visits]
    if variable in study.grades or variable in study.conditions:
        followed = study.grades.get(variable) or study.conditions[variable]
        visits = _visits(study, result, followed.at)
        return sorted({name for each in visits for name in followed.parsed_at(each).names})
    return [variable]


def _is_rate(result: Result) -> bool:
    """Whether a result counts adverse events per time on treatment, or is a part of that."""
    if result.variable not in HARMS_OF_A_PATIENT:
        return False
    return result.method == RATE or result.stat_name in ("n_exposed", "n_events", "exposure")


def _beside_harms(study: Study, result: Result) -> Iterator[str]:
    """The values that results on harms are computed from, beside the harms."""
    if "grade" in result.stat_name:
        yield WORST
    if _is_rate(result) and study.treatment:
        yield study.treatment.duration
        yield from filter(None, [study.treatment.start])


def _visits(study: Study, result: Result, known: Collection[str]) -> list[str]:
    """The visits that a result is of, among those known: its own, or those of its contrast."""
    if result.group2_level in known:
        return [result.group2_level]
    contrast = study.contrast_named.get(result.contrast)
    return [visit for visit in (contrast.visits if contrast else known) if visit in known]


def _of_treatment(treatment: Treatment, result: Result) -> Set[str]:
    """The names of the values that decide what is told of a treatment."""
    goes_on = treatment.goes_on.names if treatment.goes_on else frozenset()
    if result.context != TREATMENT:
        return {result.variable, *goes_on}
    for event in treatment.events:
        if event.condition == result.variable_level:
            return event.happened.names
    return {treatment.duration} if result.stat_name == "n_missing" or not goes_on else goes_on
