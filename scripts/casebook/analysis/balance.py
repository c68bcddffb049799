"""How alike the cohorts of a comparison were in what is known of them: differences, and p-values.

Two cohorts have a difference, and more of them a number that says how much they differ. p-values
are there on demand alone: they do not say how alike cohorts are, and of patients who were assigned
at random they test what is known to be true.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from casebook.analysis.catalogue import Made
from casebook.analysis.comparison_tests import test_rows
from casebook.analysis.group_tests import (
    TABLE_TESTS,
    made_of,
    made_of_table,
    own_method,
    rank_tests,
)
from casebook.analysis.several_cohorts import size_by_counts, size_by_ranks
from casebook.analysis.topic import Topic
from casebook.data.patients import Patient
from casebook.data.results import BALANCE, COMPARISON, Result
from casebook.data.vocabulary import Method
from casebook.statistics.group_shift import standardised_mean_difference
from casebook.statistics.risk_difference import standardised_difference
from casebook.study.model import Study

_LABEL = "Standardised difference"
Members = Mapping[str, Sequence[Patient]]


def balance(study: Study, name: str, members: Members) -> Iterator[Result]:
    """The standardised difference of each variable that the study reports.

    Of a set each member is a yes or no of its own.

    Args:
        study: The study.
        name: Name of the comparison.
        members: The patients of its cohorts.
    """
    for variable in study.reported:
        topic = Topic(name, variable, BALANCE, group=COMPARISON)
        if study.kinds[variable] == "number":
            yield from _of_number(study, topic, members)
        else:
            for level, table in _tables(study, variable, members):
                yield from _of_table(study, topic._replace(level=level), table)


def _of_number(study: Study, topic: Topic, members: Members) -> Iterator[Result]:
    groups = [
        [value for each in patients if (value := each.number(topic.variable)) is not None]
        for patients in members.values()
    ]
    if len(groups) == 2:
        apart = partial(standardised_mean_difference, groups[1], groups[0])
        yield topic.computed("standardised_difference", _LABEL, apart)
    else:
        yield from size_by_ranks(topic, groups)
    if study.comparison(topic.cohort).baseline_p_values:
        tests = rank_tests(len(groups) == 2)
        made = {method: made_of(test, groups) for method, test in tests.items()}
        yield from _p_values(study, topic, made)


def _p_values(study: Study, topic: Topic, made: Mapping[Method, Made]) -> Iterator[Result]:
    """The study's own test, of which the exact one comes first."""
    exact, *_ = made
    own = own_method(study.analysis, made)
    yield from test_rows(study.analysis.alpha, topic.by(own), made[own], made[exact])


def _tables(study: Study, variable: str, members: Members) -> Iterator[tuple[str, list[list[int]]]]:
    """Patients by cohort and level: of a set a table for each member, with its level."""
    columns = [
        [value for each in patients if (value := each.values[variable]) is not None]
        for patients in members.values()
    ]
    match study.kinds[variable]:
        case "set":
            for level in study.levels(variable):
                having = [
                    sum(
                        level in (m.name for m in each.members(variable) or ()) for each in patients
                    )
                    for patients in members.values()
                ]
                known = zip(having, map(len, columns), strict=True)
                yield level, [[count, n - count] for count, n in known]
        case "boolean":
            yield "", [[column.count(answer) for answer in (True, False)] for column in columns]
        case _:
            levels = study.levels(variable)
            yield "", [[column.count(level) for level in levels] for column in columns]


def _of_table(study: Study, topic: Topic, table: Sequence[Sequence[int]]) -> Iterator[Result]:
    if len(table) == 2:
        apart = partial(standardised_difference, table[1], table[0])
        level = study.first_of_two_levels(topic.variable)
        label = f"{_LABEL} of {level}" if level else _LABEL
        yield topic.computed("standardised_difference", label, apart)
    else:
        yield from size_by_counts(topic, table)
    if study.comparison(topic.cohort).baseline_p_values:
        yield from _p_values(study, topic, made_of_table(table, TABLE_TESTS))
