"""All rows of one cohort."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.analysis.description import characteristics, described, quartile_definitions
from casebook.analysis.magnitude import estimates
from casebook.analysis.pairs import Pairs, outcome_pairs
from casebook.analysis.response import conditions, responders
from casebook.analysis.significance import tests
from casebook.analysis.topic import Topic
from casebook.patients import BASELINE, FOLLOWUP, Patient, read_patients
from casebook.results import (
    CHANGE,
    COMPLETE_PAIRS,
    OUTCOME,
    PERCENT_CHANGE,
    Result,
    write_results,
)
from casebook.study import Study, load_study


def summarise(study: Path, cohort: str, patients: Path, results: Path) -> None:
    """Write all results of one cohort, from its slice of the patients' table."""
    model = load_study(study)
    write_results(results, analyse(model, cohort, read_patients(patients, model.kinds)))


def analyse(study: Study, cohort: str, patients: Sequence[Patient]) -> list[Result]:
    """All results of a cohort.

    Args:
        study: The study.
        cohort: Name of the cohort.
        patients: Its patients, in any order; none is allowed too.
    """
    rows = list(characteristics(study, cohort, patients))
    rows += conditions(study, cohort, patients)
    for outcome in study.outcomes:
        rows += analyse_outcome(study, cohort, outcome, outcome_pairs(patients, outcome))
    return rows


def analyse_outcome(study: Study, cohort: str, outcome: str, pairs: Pairs) -> list[Result]:
    """All results of one outcome of a cohort."""
    return [
        *_descriptions(study, Topic(cohort, outcome, OUTCOME), pairs),
        *tests(study, cohort, outcome, pairs),
        *estimates(study, cohort, outcome, pairs),
        *responders(study, cohort, outcome, pairs),
    ]


def _descriptions(study: Study, topic: Topic, pairs: Pairs) -> Iterator[Result]:
    kind = study.analysis.quantile_type
    missing = [None] * (len(pairs.patients) - len(pairs.changes))
    columns = {
        BASELINE: pairs.before,
        FOLLOWUP: pairs.after,
        CHANGE: [*pairs.changes, *missing],
        PERCENT_CHANGE: [*pairs.percent_changes, *missing],
    }
    for visit, column in columns.items():
        at_visit = topic._replace(visit=visit)
        yield from described(at_visit, column, kind)
        yield from quartile_definitions(at_visit, [v for v in column if v is not None])
    complete = {
        BASELINE: [b for _, b, _ in pairs.complete],
        FOLLOWUP: [a for _, _, a in pairs.complete],
    }
    for visit, values in complete.items():
        yield from described(topic._replace(context=COMPLETE_PAIRS, visit=visit), values, kind)
