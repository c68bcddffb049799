"""Of how many patients a value is missing at the last visit or the first, in a sentence.

It is told of the cohorts of the first comparison, or else of the two largest cohorts that lack a
value. Who was lost when, and at the visits between, is told by the table in `over_visits`.
"""

from collections.abc import Container, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from casebook.base.lists import enumerated, first_of
from casebook.data.results import CONDITION, GRADE, OUTCOME, Result, Results
from casebook.report.first_cohorts import where_all_are
from casebook.study.model import Study
from casebook.wording.places import OUTCOMES, PATIENTS
from casebook.wording.sentences import IN_A_SENTENCE, in_brief
from casebook.wording.traces import traced_number

_COHORTS = 2
"""Of so many cohorts it is told where none are compared."""


class _Told(NamedTuple):
    """What was measured, and in each cohort how many of its patients lack that."""

    labels: list[str]
    shares: list[str]


def numbers_missing(study: Study, results: Results) -> Iterator[str]:
    """The sentence; none where nobody lacks a value at either visit.

    What has equal numbers is told together. So much is told that no more patients are counted than
    a sentence lists items; how much more there is is said.
    """
    found: dict[tuple[str, tuple[tuple[str, str], ...]], _Told] = {}
    for label, visit, missing in _lacking(study, results):
        numbers = tuple((cohort, row.stat) for cohort, row in missing.items())
        shares = [_share(study, results, *each) for each in missing.items()]
        found.setdefault((visit, numbers), _Told([], shares)).labels.append(label)
    if not found:
        return
    most = max(1, IN_A_SENTENCE // max(len(told.shares) for told in found.values()))
    items = [
        f"{enumerated(first_of(told.labels, 1, '{:,} others'))}, {study.visits[visit].label}"
        f" ({in_brief(told.shares)})"
        for (visit, _), told in islice(found.items(), most)
    ]
    if left := len(found) - len(items):
        items.append(f"and {left:,} more")
    yield f"Patients without a value: {'; '.join(items)}. {_where(study)}"


def _kinds(study: Study) -> Iterator[tuple[str, str, str, Container[str]]]:
    """The context, name and label of all that was measured, and its visits."""
    yield from ((OUTCOME, name, each.label, each.visits) for name, each in study.outcomes.items())
    yield from ((CONDITION, name, each.label, each.at) for name, each in study.conditions.items())
    yield from ((GRADE, name, each.label, each.at) for name, each in study.grades.items())


def _lacking(study: Study, results: Results) -> Iterator[tuple[str, str, dict[str, Result]]]:
    """What was measured, a visit, and of some cohorts the patients without a value.

    First come the last visits of all that was measured, and then the first ones.
    """
    for place, least in ((-1, 1), (0, 2)):
        for context, name, label, measured in _kinds(study):
            visits = study.seen_at(measured)
            if len(visits) < least:
                continue
            missing = {
                cohort: results.get(cohort, name, context, "n_missing", visit=visits[place])
                for cohort in study.cohorts
            }
            if shown := _of_cohorts(study, results, missing):
                yield label, visits[place], shown


def _of_cohorts(study: Study, results: Results, missing: Mapping[str, Result]) -> dict[str, Result]:
    """Those of the cohorts of which it is told; none where no patient of any cohort lacks it."""
    lacking = [cohort for cohort, row in missing.items() if row.number]
    for comparison in islice(study.comparisons.values(), 1):
        if not {*comparison.cohorts}.isdisjoint(lacking):
            return {cohort: missing[cohort] for cohort in comparison.cohorts}
    largest = sorted(lacking, key=lambda cohort: -results.size(cohort).number)
    return {cohort: missing[cohort] for cohort in largest[:_COHORTS]}


def _share(study: Study, results: Results, cohort: str, missing: Result) -> str:
    of = f"{traced_number(missing)} of {traced_number(results.size(cohort))}"
    return of if len(study.cohorts) == 1 else f"{of} in {study.cohorts[cohort].label}"


def _where(study: Study) -> str:
    """Where all cohorts are; the table of losses has what was measured at three visits or more."""
    if any(study.visits_over(measured) for _, _, _, measured in _kinds(study)):
        table = where_all_are(study, f"the {PATIENTS}")
        return f"Who was lost when, in each cohort, is {table}."
    return f"All cohorts are {where_all_are(study, f'the {OUTCOMES}')}."
