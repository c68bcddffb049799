"""All rows of one cohort."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from casebook.analysis.adjusted import adjusted_contrasts
from casebook.analysis.description import (
    characteristics,
    described,
    quartile_definitions,
    turns,
)
from casebook.analysis.grades import grades
from casebook.analysis.magnitude import estimates
from casebook.analysis.over_visits import over_visits
from casebook.analysis.pairs import Column, Pairs, at_visit, outcome_pairs
from casebook.analysis.response import conditions, responders
from casebook.analysis.retention import landmarks, retention
from casebook.analysis.significance import tests
from casebook.analysis.topic import Topic
from casebook.data.patients import Patient
from casebook.data.results import (
    CHANGE,
    COMPLETE_PAIRS,
    COMPLETE_QUANTILES,
    OUTCOME,
    PERCENT_CHANGE,
    Result,
    write_results,
)
from casebook.data.slices import read_slice
from casebook.statistics.change import OF_SIZE
from casebook.statistics.terms import NotComputable
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.visits import Contrast


def summarise(study: Path, slice: Path, results: Path) -> None:
    """Write all results of each cohort in a slice of the patients' table."""
    model = load_study(study)
    cohorts = read_slice(slice, model.kinds).items()
    write_results(
        results, chain(*(analyse(model, cohort, patients) for cohort, patients in cohorts))
    )


def analyse(study: Study, cohort: str, patients: Sequence[Patient]) -> list[Result]:
    """All results of a cohort.

    Args:
        study: The study.
        cohort: Name of the cohort.
        patients: Its patients, in any order; none is allowed too.
    """
    rows = list(characteristics(study, cohort, patients))
    rows += _with_adjusted(conditions(study, cohort, patients))
    rows += retention(study, cohort, patients)
    rows += landmarks(study, cohort, patients)
    rows += _with_adjusted(grades(study, cohort, patients))
    for outcome in study.outcomes:
        rows += _with_adjusted(_of_outcome(study, cohort, outcome, patients))
    return rows


def _with_adjusted(results: Iterable[Result]) -> list[Result]:
    """These results, and p-values of several contrasts adjusted for their number."""
    rows = [*results]
    return [*rows, *adjusted_contrasts(rows)]


def _of_outcome(
    study: Study, cohort: str, outcome: str, patients: Sequence[Patient]
) -> list[Result]:
    """All results of an outcome in a cohort."""
    measured, topic = study.outcomes[outcome], Topic(cohort, outcome, OUTCOME)
    rows: list[Result] = []
    for visit in study.visits_of(outcome):
        column = at_visit(patients, outcome, visit)
        rows += _described(study, topic._replace(visit=visit), column)
    for contrast in study.contrasts_of(measured.visits):
        pairs = outcome_pairs(study, patients, outcome, contrast)
        rows += analyse_contrast(study, cohort, outcome, contrast, pairs)
    rows += over_visits(study, cohort, outcome, patients)
    return rows


def analyse_contrast(
    study: Study, cohort: str, outcome: str, contrast: Contrast, pairs: Pairs
) -> list[Result]:
    """All results of one contrast of an outcome in a cohort."""
    return [
        *_changes(study, Topic(cohort, outcome, OUTCOME, contrast=contrast.name), pairs),
        *_complete(study, Topic(cohort, outcome, COMPLETE_PAIRS), contrast, pairs),
        *tests(study, cohort, outcome, pairs),
        *estimates(study, cohort, outcome, pairs),
        *responders(study, cohort, outcome, pairs),
    ]


def _changes(study: Study, topic: Topic, pairs: Pairs) -> Iterator[Result]:
    """The changes, and what they are in percent of the value before."""
    missing: Column = [None] * (len(pairs.patients) - len(pairs.changes))
    changes = topic._replace(visit=CHANGE)
    yield from _described(study, changes, [*pairs.changes, *missing])
    better = study.outcomes[topic.variable].better
    yield from turns(changes, better, [(before, after) for _, before, after in pairs.complete])
    percent = topic._replace(visit=PERCENT_CHANGE)
    defined = [p for p in pairs.percent_changes.values() if not isinstance(p, NotComputable)]
    yield from _described(study, percent, [*defined, *missing])
    yield _undefined(percent, pairs)
    if pairs.below_zero:
        yield percent.row(
            "n_of_size", f"Patients {OF_SIZE}", len(pairs.below_zero), *pairs.below_zero
        )


def _complete(study: Study, topic: Topic, contrast: Contrast, pairs: Pairs) -> Iterator[Result]:
    """The values at both visits of the patients who have both."""
    for visit, values in zip(contrast.visits, pairs.complete_columns, strict=True):
        compared = topic._replace(visit=visit, contrast=contrast.name)
        yield from described(compared, values, study.analysis.quantile_type)
        yield from quartile_definitions(compared, values, COMPLETE_QUANTILES)


def _described(study: Study, topic: Topic, column: Column) -> Iterator[Result]:
    yield from described(topic, column, study.analysis.quantile_type)
    yield from quartile_definitions(topic, [value for value in column if value is not None])


def _undefined(topic: Topic, pairs: Pairs) -> Result:
    """How many percent changes are undefined although both visits are known: not missing."""
    reasons = [
        f"{patient}: {change}"
        for patient, change in pairs.percent_changes.items()
        if isinstance(change, NotComputable)
    ]
    return topic.row("n_undefined", "Undefined", len(reasons), *reasons)
