"""How grades and conditions changed, compared between cohorts, against what R enumerated.

`states.R` wrote the samples: the grade of each patient before and after, in two groups or three.
The condition is the first grade.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casebook.analysis.compared_states import changed_conditions, changed_grades
from casebook.analysis.group_tests import (
    Groups,
    GroupTest,
    count_tests,
    made_of,
    rank_tests,
)
from casebook.analysis.topic import Topic
from casebook.data.patients import Patient
from casebook.data.results import COMPARED, COMPARISON, GAINED, LOST
from casebook.data.vocabulary import Method
from casebook.statistics.terms import NotComputable
from casebook.study.load import load_study
from casebook.study.model import Study
from followed import STUDY
from tables_of_r import Row, disagreements, rows

_LEVELS = {"1": "none", "2": "mild", "3": "severe", "": None}
_TWO_VISITS = (
    ('      month3: grade3 == "none"\n      month6: grade6 == "none"\n', ""),
    (", month3: grade3, month6: grade6", ""),
)


def samples() -> Mapping[str, dict[str, list[Patient]]]:
    found: dict[str, dict[str, list[Patient]]] = defaultdict(lambda: defaultdict(list))
    for number, row in enumerate(rows("states_samples")):
        values = {"grade0": _LEVELS[row["before"]], "grade1": _LEVELS[row["after"]]}
        found[row["sample"]][row["group"]].append(Patient(f"P{number}", values))
    return found


SAMPLES = samples()


@pytest.fixture
def study(make_study: Callable[..., Path]) -> Study:
    return load_study(make_study(*_TWO_VISITS, text=STUDY))


def test_what_changed_is_compared_as_r_enumerates_it(study: Study) -> None:
    topic = Topic("arms", "", COMPARED, group=COMPARISON)

    def steps(row: Row) -> float:
        (compared,) = changed_grades(study, topic, SAMPLES[row["sample"]])
        return p_value(rank_tests, compared.two, compared.ranked)

    def turned(row: Row) -> float:
        compared, *_ = changed_conditions(study, topic, SAMPLES[row["sample"]])
        return p_value(rank_tests, compared.two, compared.ranked)

    def gained(row: Row) -> float:
        return of_those_who_could(row, GAINED)

    def lost(row: Row) -> float:
        return of_those_who_could(row, LOST)

    def of_those_who_could(row: Row, level: str) -> float:
        changed = changed_conditions(study, topic, SAMPLES[row["sample"]])
        (compared,) = (each for each in changed if each.topic.level == level)
        return p_value(count_tests, compared.two, compared.values)

    assert disagreements("states", "steps", steps, at_least=115) == []
    assert disagreements("states", "turned", turned, at_least=115) == []
    assert disagreements("states", "gained", gained, at_least=95) == []
    assert disagreements("states", "lost", lost, at_least=10) == []


def p_value(
    tests: Callable[[bool], Mapping[Method, GroupTest]], two: bool, groups: Groups
) -> float:
    """That of the study's own test."""
    own, *_ = tests(two).values()
    found = made_of(own, groups)
    if isinstance(found, NotComputable):
        raise found
    return found.p_value
