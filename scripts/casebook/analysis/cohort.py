"""All rows of one cohort."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from casebook.analysis.description import (
    characteristics,
    described,
    quartile_definitions,
    turns,
)
from casebook.analysis.magnitude import estimates
from casebook.analysis.pairs import Column, Pairs, outcome_pairs
from casebook.analysis.response import conditions, responders
from casebook.analysis.significance import tests
from casebook.analysis.topic import Topic
from casebook.data.patients import BASELINE, FOLLOWUP, Patient
from casebook.data.results import (
    CHANGE,
    COMPLETE_PAIRS,
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
    rows += conditions(study, cohort, patients)
    for outcome in study.outcomes:
        rows += analyse_outcome(study, cohort, outcome, outcome_pairs(study, patients, outcome))
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
    missing: Column = [None] * (len(pairs.patients) - len(pairs.changes))
    yield from _at(study, topic._replace(visit=BASELINE), pairs.before)
    yield from _at(study, topic._replace(visit=FOLLOWUP), pairs.after)
    changes = topic._replace(visit=CHANGE)
    yield from _at(study, changes, [*pairs.changes, *missing])
    better = study.outcomes[topic.variable].better
    yield from turns(changes, better, [(before, after) for _, before, after in pairs.complete])
    percent = topic._replace(visit=PERCENT_CHANGE)
    defined = [p for p in pairs.percent_changes.values() if not isinstance(p, NotComputable)]
    yield from _at(study, percent, [*defined, *missing])
    yield _undefined(percent, pairs)
    if pairs.below_zero:
        yield percent.row(
            "n_of_size", f"Patients {OF_SIZE}", len(pairs.below_zero), *pairs.below_zero
        )
    complete = topic._replace(context=COMPLETE_PAIRS)
    kind = study.analysis.quantile_type
    before = [value for _, value, _ in pairs.complete]
    after = [value for _, _, value in pairs.complete]
    yield from described(complete._replace(visit=BASELINE), before, kind)
    yield from described(complete._replace(visit=FOLLOWUP), after, kind)


def _at(study: Study, topic: Topic, column: Column) -> Iterator[Result]:
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
