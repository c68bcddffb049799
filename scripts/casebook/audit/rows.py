"""The row of the results that a reading names by its keys, and its neighbours."""

import math
from collections.abc import Iterable, Iterator
from itertools import combinations

from casebook.audit.data import Data
from casebook.audit.turned import OF_TEST
from casebook.base.errors import listed
from casebook.claims.compared import ComparedDifference, ComparedEffect, ComparedTest
from casebook.claims.readings import NO_PART, ReadingError, ResultRow
from casebook.data.harms import HARMS
from casebook.data.results import ALL_VISITS, ESTIMATE, PAIRED_TEST, SENSITIVITY, Key, Result
from casebook.data.vocabulary import Change, Effect, family


def find_row(data: Data, reading: ResultRow) -> Result:
    """The row of the results that a reading names.

    Raises:
        ReadingError: there is none, or more than one.
    """
    found = list(data.of_variable.get(reading.keys["variable"], data.rows))
    for part, said in reading.keys.items():
        known = _each(part, found)
        text = "" if said == NO_PART and NO_PART not in known else said
        if text not in known:
            shown = [name for name in known if name]
            other = (
                f"known: {listed(shown, text)}" if shown else f"leave out {part}, as it has none"
            )
            raise ReadingError(f"no result has the {part} {text!r}; {other}")
        found = [row for row in found if getattr(row.key, part) == text]
    if "contrast" not in reading.keys:
        first = next(iter(data.study.contrast_named), "")
        found = [row for row in found if row.contrast in ("", first)] or found
    if len(found) > 1:
        open_parts = [
            f"{part} ({', '.join(text or NO_PART for text in texts)})"
            for part in Key._fields
            if len(texts := _each(part, found)) > 1
        ]
        raise ReadingError(f"{len(found)} results fit; say {' and '.join(open_parts)}")
    return found[0]


def check_compared(data: Data, reading: ComparedTest | ComparedDifference | ComparedEffect) -> None:
    """Make sure that the results have what a reading compares.

    Raises:
        ReadingError: it is an adverse event that no patient had, or a patient is in two of the
            cohorts.
    """
    check_apart(data, reading.comparison)
    if not reading.compared.of_harms:
        return
    try:
        data.between(reading)
    except KeyError:
        term, rows = reading.compared.level, data.of_variable.get(HARMS, ())
        known = list(dict.fromkeys(row.variable_level for row in rows if row.variable_level))
        raise ReadingError(
            f"no patient who is compared had {term!r}; known: {listed(known, term)}"
        ) from None


def check_apart(data: Data, comparison: str) -> None:
    """Make sure that no patient is in two cohorts of a comparison, if it is one.

    Raises:
        ReadingError: somebody is.
    """
    cohorts = data.study.comparison(comparison).cohorts
    for one, other in combinations(cohorts, 2):
        members = {patient.id for patient in data.cohorts[one]}
        if common := next((p.id for p in data.cohorts[other] if p.id in members), ""):
            raise ReadingError(
                f"patient {common} is in {one} and in {other}, which are compared as if they had"
                " no patient in common"
            )


def _each(part: str, rows: Iterable[Result]) -> list[str]:
    """What the rows have in a part of their keys, each text once."""
    return list(dict.fromkeys(getattr(row.key, part) for row in rows))


def other_statistics(data: Data, own: Result) -> Iterator[Result]:
    """The rows that differ from one in the statistic alone, as the count beside the n."""
    for row in data.of_variable.get(own.variable, ()):
        if own.key.differing(row.key) == ["statistic"] and not row.error and row.stat:
            yield row


def only_difference(one: Result, other: Result) -> str:
    """The only part in which the keys of two results differ; empty if there is none or several.

    What is of a visit has no contrast, and what is of changes has one.
    """
    differing = one.key.differing(other.key)
    if differing == [Change.VISIT, Change.CONTRAST] and not (one.contrast and other.contrast):
        return Change.VISIT
    return differing[0] if len(differing) == 1 else ""


def quantity(row: Result) -> str:
    """What the method of a row says that it is, where methods give different quantities.

    A t is not a rank sum, and a median is no other method of a mean; but the p-values of all tests
    answer one question, and so do all intervals of a percentage, and all definitions of a quartile.
    Over all visits they do not: Page's test looks for a trend, and Friedman's for any difference.
    """
    differ = row.context in (ESTIMATE, SENSITIVITY, ALL_VISITS)
    differ = differ or row.stat_name in (*OF_TEST, "degrees_of_freedom")
    return (family(row.method) or row.method) if differ else ""


def by_other_numbers(data: Data, row: Result) -> Iterator[tuple[str, float]]:
    """By what r of pairs would be multiplied if z were divided by the root of another number.

    Of both visits' values (Pallant, SPSS Survival Manual), or of the pairs with a change alone.
    """
    if row.method != Effect.R_FROM_Z:
        return
    of = (row.key.cohort, row.variable, PAIRED_TEST)
    pairs, changed = (
        data.results.get(*of, n, contrast=row.contrast).number for n in ("n_pairs", "n_informative")
    )
    yield "z divided by the root of the number of values at both visits", math.sqrt(1 / 2)
    yield "z divided by the root of the number of pairs with a change", math.sqrt(pairs / changed)
