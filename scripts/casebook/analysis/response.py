"""Rows that count: who responded by each threshold, and yes-or-no conditions at visits."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casebook.analysis.over_visits import attrition, of_answers
from casebook.analysis.pairs import Pairs
from casebook.analysis.significance import test_warnings
from casebook.analysis.topic import Topic
from casebook.data.patients import Patient
from casebook.data.results import ALL_VISITS, ATTRITION, CONDITION, MCNEMAR, RESPONDERS, Result
from casebook.statistics.change import OF_SIZE
from casebook.statistics.paired import mcnemar
from casebook.statistics.proportion import INTERVALS, Response, Threshold, responses
from casebook.statistics.terms import NotComputable
from casebook.study.model import Study
from casebook.study.outcomes import Responder
from casebook.wording.sentences import listed


def responders(study: Study, cohort: str, outcome: str, pairs: Pairs) -> Iterator[Result]:
    """Responders by every threshold that the study declares, with who is not evaluable and why."""
    for name, declared in study.outcomes[outcome].responders.items():
        topic = Topic(cohort, outcome, RESPONDERS, level=name, contrast=pairs.contrast)
        found = responses_of(study, outcome, declared, pairs)
        patients = zip(pairs.patients, found, strict=True)
        excluded = [f"{patient} ({r.reason})" for patient, r in patients if r.responder is None]
        count = sum(response.responder is True for response in found)
        warning = _of_size(pairs) if declared.unit == "percent" else ""
        yield from share(study, topic, count, len(found) - len(excluded), warning)
        yield topic.row("n_not_evaluable", "Not evaluable", len(excluded), *excluded)


def responses_of(study: Study, outcome: str, declared: Responder, pairs: Pairs) -> list[Response]:
    """Whether each patient responded by a threshold, in the order of the pairs."""
    before, after = (
        [math.nan if value is None else value for value in column]
        for column in (pairs.before, pairs.after)
    )
    better = study.outcomes[outcome].better
    found = responses(before, after, Threshold(declared.improvement, declared.unit, better))
    return [
        replace(each, reason=pairs.lacking.get(patient, each.reason))
        for patient, each in zip(pairs.patients, found, strict=True)
    ]


def _of_size(pairs: Pairs) -> str:
    return f"{OF_SIZE}: {', '.join(listed(pairs.below_zero))}" if pairs.below_zero else ""


def conditions(study: Study, cohort: str, patients: Sequence[Patient]) -> Iterator[Result]:
    """Each yes-or-no condition at every visit, and McNemar's exact test of its change."""
    for name, condition in study.conditions.items():
        answers = {
            visit: [condition.parsed_at(visit).holds(patient.values) for patient in patients]
            for visit in study.visits
            if visit in condition.at
        }
        topic = Topic(cohort, name, CONDITION)
        for visit, column in answers.items():
            known = [answer for answer in column if answer is not None]
            at_visit = topic._replace(visit=visit)
            yield at_visit.row("n_missing", "Missing", len(column) - len(known))
            yield from share(study, at_visit, known.count(True), len(known))
        for contrast in study.contrasts_of(condition.at):
            both = zip(answers[contrast.against], answers[contrast.visit], strict=True)
            pairs = [(b, a) for b, a in both if b is not None and a is not None]
            compared = topic._replace(contrast=contrast.name, method=MCNEMAR)
            yield from _mcnemar(study, compared, pairs)
        if visits := study.visits_over(condition.at):
            rows = list(zip(*(answers[visit] for visit in visits), strict=True))
            named = [patient.id for patient in patients]
            yield from attrition(topic._replace(context=ATTRITION), visits, named, rows)
            complete = [[each for each in row if each is not None] for row in rows]
            complete = [row for row in complete if len(row) == len(visits)]
            yield from of_answers(
                study.analysis.alpha, topic._replace(context=ALL_VISITS), complete
            )


def share(study: Study, topic: Topic, count: int, n: int, warning: str = "") -> Iterator[Result]:
    """A count, its percentage, and the intervals of Wilson and of Clopper and Pearson.

    Args:
        study: The study, which has the level.
        topic: What is counted.
        count: How many patients it is true of.
        n: How many are evaluable.
        warning: What to be warned of, if anything.
    """
    level = study.analysis.confidence_level
    yield topic.row("count", "Patients", count, warning)
    yield topic.row("n", "Evaluable", n)
    for method, interval in INTERVALS.items():
        named = topic.by(method)
        try:
            share = interval(count, n, level=level)
        except NotComputable as reason:
            yield named.failed("percent", "Percent of the evaluable", str(reason))
            continue
        yield named.row("percent", "Percent of the evaluable", 100 * share.value)
        yield named.row("conf_low", "Lower end of the confidence interval", 100 * share.low)
        yield named.row("conf_high", "Upper end of the confidence interval", 100 * share.high)


def _mcnemar(study: Study, topic: Topic, pairs: Sequence[tuple[bool, bool]]) -> Iterator[Result]:
    gained, lost = pairs.count((False, True)), pairs.count((True, False))
    yield topic.row("n_pairs", "Patients known at both visits", len(pairs))
    yield topic.row("n_gained", "From no to yes", gained)
    yield topic.row("n_lost", "From yes to no", lost)
    try:
        test = mcnemar([before for before, _ in pairs], [after for _, after in pairs])
    except NotComputable as reason:
        yield topic.failed("p_value", "p-value, two-sided", str(reason))
        yield topic.failed("smallest_p", "Smallest p-value that was possible", str(reason))
        return
    warnings = test_warnings(study.analysis.alpha, test)
    yield topic.row("p_value", "p-value, two-sided", test.p_value, *warnings)
    yield topic.row("smallest_p", "Smallest p-value that was possible", test.smallest_p)
