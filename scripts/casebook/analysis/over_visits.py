"""Rows on all visits of an outcome at once: who was seen when, and tests of who always was.

They are of outcomes that were measured at three visits or more; two visits are a contrast.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from casebook.analysis.description import described
from casebook.analysis.pairs import at_visit
from casebook.analysis.significance import of_statistic, out_of_reach
from casebook.analysis.topic import Topic
from casebook.data.patients import Patient
from casebook.data.results import ALL_VISITS, ATTRITION, COMPLETE_VISITS, Result
from casebook.data.vocabulary import OverVisits
from casebook.statistics.digits import rounded
from casebook.statistics.friedman import friedman, kendalls_w, page
from casebook.statistics.terms import NotComputable, TestResult
from casebook.study.model import Study

_TESTS: Mapping[OverVisits, Callable[..., TestResult]] = {
    OverVisits.FRIEDMAN_EXACT: friedman,
    OverVisits.FRIEDMAN_CHI_SQUARE: partial(friedman, distribution="asymptotic"),
    OverVisits.PAGE_EXACT: page,
    OverVisits.PAGE_NORMAL: partial(page, distribution="asymptotic"),
}
Found = TypeVar("Found")

_NAMED = 20
"""So many patients are named who were lost at a visit."""


def over_visits(
    study: Study, cohort: str, outcome: str, patients: Sequence[Patient]
) -> Iterator[Result]:
    """All rows over the visits of an outcome; none where it has fewer than three."""
    visits = study.visits_over(study.outcomes[outcome].visits)
    if not visits:
        return
    columns = [at_visit(patients, outcome, visit) for visit in visits]
    values = list(zip(*columns, strict=True))
    named = [patient.id for patient in patients]
    yield from attrition(Topic(cohort, outcome, ATTRITION), visits, named, values)
    known = ([value for value in row if value is not None] for row in values)
    complete = [row for row in known if len(row) == len(visits)]
    yield from _described(study, Topic(cohort, outcome, COMPLETE_VISITS), visits, complete)
    digits = study.outcomes[outcome].rounding
    ranked = [[rounded(x, digits) for x in row] for row in complete] if digits else complete
    yield from tests(study.analysis.alpha, Topic(cohort, outcome, ALL_VISITS), ranked)


def attrition(
    topic: Topic,
    visits: Sequence[str],
    patients: Sequence[str],
    values: Sequence[Sequence[object | None]],
) -> Iterator[Result]:
    """How many are known at each visit, skipped it, or were last known before it, and who.

    Args:
        topic: Cohort, outcome and context.
        visits: The visits in order.
        patients: Identifiers of the patients.
        values: A row for each patient and a value for each visit; None is missing.
    """
    last = [max((v for v, x in enumerate(row) if x is not None), default=-1) for row in values]
    for place, visit in enumerate(visits):
        at = topic._replace(visit=visit)
        known = [row[place] is not None for row in values]
        yield at.row("n", "With a value", sum(known))
        skipped = [
            p for p, k, end in zip(patients, known, last, strict=True) if not k and end > place
        ]
        yield at.row("n_skipped", "Without a value, but with a later one", *_who(skipped))
        lost = [p for p, end in zip(patients, last, strict=True) if end == place - 1]
        yield at.row("n_lost", "Without a value from this visit on", *_who(lost))


def _who(patients: Sequence[str]) -> tuple[int, str]:
    """How many patients, and their names where they are few."""
    return len(patients), ", ".join(patients) if len(patients) <= _NAMED else ""


def _described(
    study: Study, topic: Topic, visits: Sequence[str], complete: Sequence[Sequence[float]]
) -> Iterator[Result]:
    """The values at each visit of the patients who have all of them."""
    for place, visit in enumerate(visits):
        column = [row[place] for row in complete]
        yield from described(topic._replace(visit=visit), column, study.analysis.quantile_type)


def tests(alpha: float, topic: Topic, values: Sequence[Sequence[float]]) -> Iterator[Result]:
    """Friedman's and Page's tests, and Kendall's W, of patients with a value at every visit."""
    yield topic.row("n", "Patients with a value at every visit", len(values))
    for method, test in _TESTS.items():
        yield from _tested(alpha, topic.by(method), partial(_of_patients, test, values))
    concordance = partial(_of_patients, kendalls_w, values)
    yield topic.by(OverVisits.KENDALL).computed("estimate", "Concordance, from 0 to 1", concordance)


def _of_patients(test: Callable[..., Found], values: Sequence[Sequence[float]]) -> Found:
    if not values:
        raise NotComputable("no patient has a value at every visit")
    return test(values)


def _tested(alpha: float, topic: Topic, test: Callable[[], TestResult]) -> Iterator[Result]:
    labels = {
        "n_informative": "Patients whose values differ",
        "statistic": "Test statistic",
        "p_value": "p-value",
        "smallest_p": "Smallest p-value that the test could have given",
    }
    try:
        found = test()
    except NotComputable as reason:
        for name, label in labels.items():
            yield topic.failed(name, label, str(reason))
        return
    yield topic.row("n_informative", labels["n_informative"], found.n_informative)
    yield topic.row("statistic", labels["statistic"], found.statistic)
    yield topic.row("p_value", labels["p_value"], found.p_value, *out_of_reach(alpha, found))
    yield topic.row("smallest_p", labels["smallest_p"], found.smallest_p)
    yield from of_statistic(topic, found)


def of_answers(alpha: float, topic: Topic, values: Sequence[Sequence[bool]]) -> Iterator[Result]:
    """Cochran's Q of a yes-or-no condition: Friedman's test of patients known at every visit."""
    yield topic.row("n", "Patients known at every visit", len(values))
    methods = {
        OverVisits.COCHRAN_EXACT: OverVisits.FRIEDMAN_EXACT,
        OverVisits.COCHRAN_CHI_SQUARE: OverVisits.FRIEDMAN_CHI_SQUARE,
    }
    for method, same in methods.items():
        yield from _tested(alpha, topic.by(method), partial(_of_patients, _TESTS[same], values))
