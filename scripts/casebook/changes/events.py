"""What differs between two tables of adverse events, as corrected: columns, rows, and their cells.

What differs between tables of patients is for `table`, by whose rules rows are told to be the same.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from casebook.changes.table import Pair, cell_differences, equal_rows, similar_rows
from casebook.data.differences import (
    ADDED,
    EVENT,
    EVENT_CELL,
    EVENT_COLUMN,
    REMOVED,
    Difference,
)
from casebook.history.snapshots import Table
from casebook.study.harms import HarmTable


def event_differences(before: Table, after: Table, study: HarmTable) -> Iterator[Difference]:
    """What differs between two tables of adverse events; the order of rows does not count.

    Args:
        before: The earlier table.
        after: The present table.
        study: What the study says of it now.
    """
    pairs = _same_events(before, after, study.columns.patient)
    old, new = ({pair[side] for pair in pairs} for side in (0, 1))
    for rows in _left(after, new).values():
        yield from (_event(after, row, study, ADDED) for row in rows)
    for rows in _left(before, old).values():
        yield from (_event(before, row, study, REMOVED) for row in rows)
    for pair in pairs:
        number = str(after.numbers[pair[1]])
        for cell in cell_differences(before, after, [pair], study.headers):
            yield replace(cell, kind=EVENT_CELL, row=number)


def event_column_differences(
    before: Table, after: Table, was: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Difference]:
    """The columns that came or went, with what the study reads from them.

    Args:
        before: The earlier table.
        after: The present table.
        was: The headers of the columns that the study read, by what they said of an event.
        now: The same of what it reads.
    """
    for column in after.columns:
        if column not in before.columns:
            says = _said_by(column, now)
            instead = was.get(says, "")
            yield Difference(EVENT_COLUMN, column=column, what=ADDED, before=instead, remark=says)
    for column in before.columns:
        if column not in after.columns:
            said = _said_by(column, was)
            instead = now.get(said, "")
            yield Difference(EVENT_COLUMN, column=column, what=REMOVED, after=instead, remark=said)


def _said_by(column: str, headers: Mapping[str, str]) -> str:
    return next((says for says, header in headers.items() if header == column), "")


def _same_events(before: Table, after: Table, patient: str) -> list[Pair]:
    """The rows that are in both tables, in the order of the present one.

    Rows with the same texts are the same event; of the others those of one patient that have most
    cells in common, which must be more than half; and then those that differ in the patient alone.
    """
    shared = [column for column in after.columns if column in before.columns]
    known = equal_rows(before, after, shared)
    left, others = _left(before, {*known.values()}), _left(after, known)
    for name in others.keys() & left.keys():
        known |= similar_rows(before, left[name], after, others[name], shared)
    old = [*chain.from_iterable(_left(before, {*known.values()}).values())]
    new = [*chain.from_iterable(_left(after, known).values())]
    but_patient = [column for column in shared if column != patient]
    same = equal_rows(_part(before, old), _part(after, new), but_patient)
    known |= {new[there]: old[here] for there, here in same.items()}
    return [(known[place], place) for place in sorted(known)]


def _left(table: Table, taken: Collection[int]) -> dict[str, list[int]]:
    """The places of the rows that are not taken, by patients."""
    found: dict[str, list[int]] = {}
    for place, patient in enumerate(table.patients):
        if place not in taken:
            found.setdefault(patient, []).append(place)
    return found


def _part(table: Table, places: Sequence[int]) -> Table:
    """Some rows of a table, without their corrections."""
    texts = {name: [column[place] for place in places] for name, column in table.texts.items()}
    numbers = [table.numbers[place] for place in places]
    return Table(numbers, [table.patients[place] for place in places], texts, {})


def _event(table: Table, place: int, study: HarmTable, what: str) -> Difference:
    """An event that came or went, with what it says in the columns that the study reads."""
    columns = [each for each in study.header_of.values() if each != study.columns.patient]
    texts = [table.texts[column][place] for column in columns if column in table.columns]
    text = ", ".join(filter(None, texts))
    row, patient = str(table.numbers[place]), table.patients[place]
    if what == ADDED:
        return Difference(EVENT, patient=patient, row=row, what=what, after=text)
    return Difference(EVENT, patient=patient, row=row, what=what, before=text)
