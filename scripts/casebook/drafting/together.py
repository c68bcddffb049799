"""Several tables of the same patients as one draft: which is the first, and how others join it.

The first is one in which each patient stands once. Each other is joined by the column that has its
identifiers. What the columns of each mean is for `sketch`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from casebook.base.errors import UserError
from casebook.data.cells import Grid, normalised
from casebook.drafting.columns import Column
from casebook.drafting.identified import Identifier
from casebook.drafting.identifier import identifier, is_unique
from casebook.drafting.labelled import Described
from casebook.drafting.parts import Names, Outcome, Sketch
from casebook.drafting.sketch import columns_in, sketch
from casebook.drafting.told_apart import with_rows_told_apart
from casebook.drafting.visitnames import When
from casebook.drafting.visits import in_order
from casebook.reading.redcap import Dictionary

_LEAST = 0.5
"""At least so many of the texts of a column are identifiers, if it is the one that has them."""
_NO_WINDOW = "it is at a visit without a window, and other rows have dates"
_TWICE = "several of the tables have a column of this name; rename it in all but one"


class NotJoinedError(UserError):
    """Tables of which no draft can be made together."""


@dataclass(frozen=True)
class Cells:
    """A table: what it is called in messages, its cells, and what is said of its columns.

    Those that are `unused` are not to be described, each with the reason.
    """

    name: str
    grid: Grid
    described: Mapping[str, Described]
    dictionary: Dictionary | None = None
    unused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Joined:
    """What several tables seem to hold.

    Attributes:
        first: Which of the tables is the first, counted from 0.
        whole: All of it; the identifier is that of the first table.
        identifiers: What identifies the patients in each table, in the order of the tables.
        parts: What each of the tables seems to hold, likewise.
        partial: How many patients have no row in a table, by its number.
    """

    first: int
    whole: Sketch
    identifiers: Sequence[Identifier]
    parts: Sequence[Sketch]
    partial: Mapping[int, int]


def together(
    tables: Sequence[Cells], title: str, as_text: Collection[str], without: Mapping[str, str]
) -> Joined:
    """What the tables seem to hold; a single table is that alone.

    Args:
        tables: The tables.
        title: What a measurement is called whose columns name visits alone.
        as_text: Headers of columns that are to be kept as texts.
        without: Headers of columns that are not to be described, each with the reason.

    Raises:
        NotJoinedError: no table has each patient once, or another has none of them.
    """
    if len(tables) == 1:
        (table,) = tables
        own = sketch(
            table.grid,
            title,
            as_text=as_text,
            without={**table.unused, **without},
            described=table.described,
            dictionary=table.dictionary,
        )
        return Joined(0, own, [own.identifier], [own], {})
    names, columns = Names(), [columns_in(each.grid) for each in tables]
    first = _first(columns)
    who = _identifiers(tables, columns, first)
    keys = {name for each in who for name in (each.column, each.of_visits, each.measure)}
    counts = Counter(each.header for own in columns for each in own)
    twice = {header: _TWICE for header, n in counts.items() if n > 1 and header not in keys}
    found = [
        sketch(
            each.grid,
            title,
            as_text=as_text,
            without={**twice, **each.unused, **without},
            described=each.described,
            who=known_by,
            names=names,
        )
        for each, known_by in zip(_side_by_side(tables, who, first, twice), who, strict=True)
    ]
    known = {*_texts(columns[first], who[first])}
    missing = [len(known - {*_texts(each, i)}) for each, i in zip(columns, who, strict=True)]
    partial = {at: n for at, n in enumerate(missing) if n and at != first}
    identifiers = [each.identifier for each in found]
    return Joined(first, _whole(found, first), identifiers, found, partial)


def _side_by_side(
    tables: Sequence[Cells], who: Sequence[Identifier], first: int, twice: Collection[str]
) -> list[Cells]:
    """The tables, the first with the columns of all others that have one row of each patient.

    A measurement may be in one table before, and in another one after. What is `twice` stays where
    it is.
    """
    found = [*tables]
    for at, (table, own) in enumerate(zip(tables, who, strict=True)):
        if at == first or own.rows > 1:
            continue
        headers = {number: normalised(text) for number, text in table.grid.headers.items()}
        stay = {number for number, text in headers.items() if text in {"", own.column, *twice}}
        moved = Grid(
            table.grid.numbers, {n: table.grid.columns[n] for n in headers if n not in stay}
        )
        kept = Grid(table.grid.numbers, {n: table.grid.columns[n] for n in stay})
        rows = _rows_of_patients(table.grid, own.column)
        found[at] = replace(table, grid=kept)
        found[first] = _beside(found[first], who[first].column, moved, rows, table)
    return found


def _rows_of_patients(grid: Grid, header: str) -> dict[str, int]:
    """The place of each patient's row, by the texts of a column."""
    texts = next(texts for texts in grid.columns.values() if normalised(texts[0]) == header)
    return {normalised(text): place for place, text in enumerate(texts) if place and text}


def _beside(
    first: Cells, patient: str, moved: Grid, rows: Mapping[str, int], table: Cells
) -> Cells:
    """The first table with columns of another one behind its own.

    Args:
        first: The first table.
        patient: The header of its identifiers.
        moved: These columns.
        rows: The place of each patient in them.
        table: The other table.
    """
    own = _rows_of_patients(first.grid, patient)
    at = {place: rows.get(name) for name, place in own.items()}
    columns = dict(first.grid.columns)
    for texts in moved.columns.values():
        cells = (at.get(place) for place in range(1, len(first.grid.numbers)))
        columns[max(columns) + 1] = [
            texts[0],
            *("" if row is None else texts[row] for row in cells),
        ]
    return replace(
        first,
        grid=Grid(first.grid.numbers, columns),
        described={**table.described, **first.described},
        unused={**table.unused, **first.unused},
    )


def _texts(columns: Sequence[Column], who: Identifier) -> list[str]:
    return next(each.filled for each in columns if each.header == who.column)


def _first(columns: Sequence[Sequence[Column]]) -> int:
    """The table with the most patients of those in which each stands once."""
    counts = {}
    for at, own in enumerate(columns):
        who = identifier(own)
        if who.column and who.rows == 1:
            counts[at] = len(_texts(own, who))
    if not counts:
        raise NotJoinedError(
            "in no table has each patient a single row and an identifier of their own, so that"
            " nothing can be joined to it. Nothing was written."
        )
    return max(counts, key=counts.__getitem__)


def _identifiers(
    tables: Sequence[Cells], columns: Sequence[Sequence[Column]], first: int
) -> list[Identifier]:
    """What identifies the patients in each table."""
    own = identifier(columns[first])
    known = dict.fromkeys(_texts(columns[first], own))
    found = []
    for at, each in enumerate(columns):
        if at == first:
            found.append(own)
            continue
        by_share = [(c.share_among(known), c.header == own.column, c) for c in each]
        share, _, best = max(by_share, key=lambda found: found[:2], default=(0.0, False, None))
        if best is None or share < _LEAST:
            raise NotJoinedError(
                f"{tables[at].name}: no column has the identifiers that stand in {own.column!r} of"
                f" {tables[first].name}, such as {next(iter(known))!r}. Nothing was written."
            )
        found.append(_joining(best, each, f"it has those of {own.column!r}"))
    return found


def _joining(column: Column, columns: Sequence[Column], reason: str) -> Identifier:
    if is_unique(column):
        return Identifier(column.header, reason)
    rows = Counter(column.filled).most_common(1)[0][1]
    return with_rows_told_apart(Identifier(column.header, reason, rows), columns, column)


def _whole(parts: Sequence[Sketch], first: int) -> Sketch:
    """The parts as one, with one name for each visit."""
    visits = _visits(chain.from_iterable(each.visits for each in parts))
    order = in_order(visits.values())
    outcomes = [_placed(each, part, visits, order) for part in parts for each in part.outcomes]
    grades = [
        replace(grade, at={visits[when]: name for when, name in grade.at.items()})
        for part in parts
        for grade in part.grades
    ]
    written = next((e.written for e in parts if e.written.is_told), parts[first].written)
    left = {header: why for part in parts for header, why in part.left.items()}
    if any(each.window for each in order) and not any(each.values for each in order):
        # Where rows have dates every visit has a window, which those of columns have not.
        order = [each for each in order if each.window]
        apart = [each for each in outcomes if any(at.when not in order for at in each.columns)]
        left |= {at.column: _NO_WINDOW for each in apart for at in each.columns}
        outcomes = [each for each in outcomes if each not in apart]
        grades = [each for each in grades if order and {*each.at} <= {*order}]
    return replace(
        parts[first],
        written=written,
        missing=[*dict.fromkeys(chain.from_iterable(each.missing for each in parts))],
        variables=[*chain.from_iterable(each.variables for each in parts)],
        outcomes=outcomes,
        grades=grades,
        visits=order,
        left=left,
    )


def _visits(every: Iterable[When]) -> dict[When, When]:
    """Each visit with the one that it is: those of long tables come first."""
    found: dict[When, When] = {}
    for each in sorted(every, key=lambda each: not (each.values or each.window)):
        same = (other for other in found.values() if _is_same(each, other))
        found[each] = next(same, each)
    return found


def _is_same(one: When, other: When) -> bool:
    """Whether two tables mean one visit, by its name or time, or by the number that one has."""
    if one.name == other.name:
        return True
    if one.months is not None and other.months is not None:
        return one.months == other.months
    number = _number(one)
    return number is not None and number == _number(other)


def _number(when: When) -> float | None:
    """The number by which a visit goes, if it has one; that before all others is the visit 0."""
    numbers = re.findall(r"\d+", when.label)
    if len(numbers) == 1:
        return float(numbers[0])
    return 0.0 if when.name == "baseline" else None


def _placed(
    outcome: Outcome, part: Sketch, visits: Mapping[When, When], order: Sequence[When]
) -> Outcome:
    """An outcome at the visits of all tables; one of a long table with those that it has."""
    own = [visits[each] for each in part.visits]
    if outcome.measure or (outcome.column and {*own} == {*order}):
        return outcome
    if outcome.column:
        return replace(outcome, columns=outcome.at(own), column="")
    moved = [replace(at, when=visits[at.when]) for at in outcome.columns]
    return replace(outcome, columns=moved)
