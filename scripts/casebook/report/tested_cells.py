"""Which values of the raw table some claim of the paper rests on, and which none, as a map.

A wrong value that no claim rests on goes unnoticed, however many claims are confirmed. A claim
rests on the values that had to be looked at for it, and on those that decide who belongs to its
cohort; whether it would have changed with each of them is not tried. A cell from which two values
are read, such as "50, F", is two.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from casebook.data.results import Result
from casebook.data.verdicts import NOT_COMPUTABLE, Verdict
from casebook.study.columns import values_read_for
from casebook.study.expressions import parse
from casebook.study.kinds import ExpressionError
from casebook.study.model import Study
from casebook.wording.origins import origin
from casebook.wording.sentences import ending

_MOST_PATIENTS = 60
"""Of how many patients a map shows each value."""


@dataclass(frozen=True)
class CellMap:
    """The map: a row a patient, a column for each value that the study reads and may show.

    Attributes:
        sentence: How many values are tested, and which of nobody.
        headings: What the columns are called.
        rows: Of each patient, whether some claim rests on each value; none where they are too many.
        counts: Of how many patients some claim rests on a value.
    """

    sentence: str
    headings: tuple[str, ...]
    rows: Mapping[str, tuple[bool, ...]]
    counts: tuple[int, ...]


def map_of_cells(
    study: Study,
    verdicts: Iterable[Verdict],
    results: Iterable[Result],
    members: Mapping[str, Sequence[str]],
    patient_of: Mapping[int, str],
) -> CellMap | None:
    """Draw the map of an audit; nothing without one.

    Args:
        study: The study.
        verdicts: The verdicts on all claims.
        results: The results that claims may name.
        members: The patients of each cohort and comparison.
        patient_of: All patients, by their rows.
    """
    computed = [verdict for verdict in verdicts if verdict.verdict != NOT_COMPUTABLE]
    if not computed:
        return None
    by_key: dict[tuple[str, ...], Result] = {result.key: result for result in results}
    tested = {
        value
        for verdict in computed
        for value in _rests_on(study, verdict, by_key.get(verdict.result), members, patient_of)
    }
    shown = {
        name: heading.header
        for name, heading in study.headings.items()
        if heading.header not in study.private_columns
    }
    rows = {p: tuple((p, name) in tested for name in shown) for p in patient_of.values()}
    counts = tuple(map(sum, zip(*rows.values(), strict=True)))
    titles = tuple(_title(study, name, list(shown.values())) for name in shown)
    each = rows if len(rows) <= _MOST_PATIENTS else {}
    return CellMap(_sentence(titles, counts, len(rows)), titles, each, counts)


def _title(study: Study, name: str, headers: Sequence[str]) -> str:
    """What is read from a column, if it is not the only such value; otherwise the column."""
    header = study.headings[name].header
    variable = study.variables.get(name)
    if variable and headers.count(header) > 1:
        return variable.label
    return study.columns_in_words.get(header, header)


def _rests_on(
    study: Study,
    verdict: Verdict,
    result: Result | None,
    members: Mapping[str, Sequence[str]],
    patient_of: Mapping[int, str],
) -> Iterator[tuple[str, str]]:
    """The patients and values that a claim rests on."""
    yield from product((patient_of[row] for row in verdict.rows), _values(study, verdict))
    cohort = verdict.cohort
    if result and not verdict.columns:
        place = origin(study, result)
        patients = [place.patient] if place.patient else members[place.cohort]
        yield from product(patients, _read_from(study, place.columns))
        cohort = place.cohort
    # Whoever does not fulfil the condition of a part might, were a value another one.
    for name in _names(study, verdict.where):
        yield from product(members.get(cohort, ()), values_read_for(study, name))
    compared = study.comparisons.get(cohort)
    for each in compared.cohorts if compared else filter(study.cohorts.__contains__, [cohort]):
        for name in study.cohorts[each].condition.names:
            yield from product(patient_of.values(), values_read_for(study, name))


def _values(study: Study, verdict: Verdict) -> Iterable[str]:
    """The values that a claim is of, by what it says; or else all that its columns have."""
    texts = filter(None, (verdict.of, verdict.where))
    named = [_names(study, text) for text in texts]
    if named and all(named):
        return {v for names in named for name in names for v in values_read_for(study, name)}
    return _read_from(study, verdict.columns)


def _names(study: Study, text: str) -> set[str]:
    """The values that an expression names; none if it is no expression of them."""
    try:
        named = set(parse(text).names) if text else set()
    except ExpressionError:
        return set()
    return named if named <= {*study.kinds, *study.changes} else set()


def _read_from(study: Study, columns: Iterable[str]) -> list[str]:
    wanted = {*columns}
    return [name for name, heading in study.headings.items() if heading.header in wanted]


def _sentence(titles: Sequence[str], counts: Sequence[int], patients: int) -> str:
    every, tested = len(titles) * patients, sum(counts)
    never = [title for title, count in zip(titles, counts, strict=True) if not count]
    none = (
        f" No claim rests on anybody's value of{ending(never, 'as the map shows')}" if never else ""
    )
    if tested == every:
        return (
            f"Some claim that could be recomputed rests on each of the {every} values that are read"
            " from the raw table."
        )
    return (
        f"Some claim that could be recomputed rests on {tested} of the {every} values that are read"
        f" from the raw table; if one of the other {every - tested} were wrong, it would go"
        f" unnoticed.{none}"
    )
