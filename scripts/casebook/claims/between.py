"""Which cohorts a reading is between: those of a comparison, or those that it names itself."""

import re

from casebook.base.errors import listed
from casebook.claims.compared import Compared
from casebook.claims.hints import short
from casebook.claims.readings import ReadingError
from casebook.claims.written import one_of
from casebook.study.comparisons import AND
from casebook.study.model import Study

_APART = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)"
SEVERAL = rf"\w+(?:{_APART}\w+)+"
"""How a reading names cohorts that no comparison of the study has: dm and jdm; a, b and c."""
_MOST = 7


def comparison_named(study: Study, text: str) -> str:
    """The name of the comparison that a reading is of, of cohorts that it names as of a comparison.

    Args:
        study: The study.
        text: The name of a comparison, or those of cohorts.

    Raises:
        ReadingError: one of several is no cohort, or comes twice, or they are too many.
    """
    cohorts = re.split(_APART, text)
    if len(cohorts) == 1:
        return text
    for each in cohorts:
        one_of(each, study.cohorts, "a cohort")
    if len({*cohorts}) < len(cohorts) or len(cohorts) > _MOST:
        raise ReadingError(f"{text!r} is not two to {_MOST} different cohorts")
    declared = (name for name, each in study.comparisons.items() if [*each.cohorts] == cohorts)
    return next(declared, AND.join(cohorts))


def check_between(study: Study, comparison: str, name: str, inner: str, known: list[str]) -> None:
    """Make sure that a reading can be between the cohorts of a comparison, and that it is one.

    Args:
        study: The study.
        comparison: Its name, as `comparison_named` gives it.
        name: The name of the reading.
        inner: What stands in its brackets.
        known: The names of the readings between cohorts.

    Raises:
        ReadingError: there is no such comparison, or the reading is of one cohort.
    """
    if AND not in comparison and comparison not in study.comparisons:
        if study.comparisons:
            names = listed(list(study.comparisons))
            told = f"{comparison!r} is not a comparison; known: {names}"
        else:
            told = "the study declares no comparison that something could be between"
        told += "; or name the cohorts, as in between a and b"
        if comparison in study.cohorts:
            told += f"; of one cohort write ... in {comparison}"
        raise ReadingError(told)
    if name not in known:
        first = study.comparison(comparison).cohorts[0]
        told = f"{name!r} is not a reading between cohorts; known: {listed(known)}"
        raise ReadingError(f"{told}; of one cohort write {name}({short(inner)}) in {first}")


def check_no_set(study: Study, name: str, asked: str) -> None:
    """Make sure that what is compared is no set, of which each member is compared by itself.

    Args:
        study: The study.
        name: What is compared, as it is written.
        asked: The name of the reading.

    Raises:
        ReadingError: it is one.
    """
    if study.kinds.get(name) == "set":
        first = next(iter(study.levels(name) if name in study.variables else ()), "Rash")
        told = f'write {asked}("{first}" in {name}) of one member, or {asked}(count({name}) > 0)'
        raise ReadingError(f"{name} is a set; {told} of any")


def check_no_category(study: Study, compared: Compared, asked: str, of: str = "") -> None:
    """Make sure that a difference is of no category, of which tests alone are made.

    Args:
        study: The study.
        compared: What is compared.
        asked: The name of the reading.
        of: What stands in its brackets behind what is compared.

    Raises:
        ReadingError: it is one.
    """
    if compared.is_asked and study.kinds.get(compared.name) == "category":
        first = next(iter(study.levels(compared.name)))
        form = f'{asked}({compared.name} == "{first}"{of})'
        raise ReadingError(f"{compared.name} is a category; of one of its levels write {form}")
