"""What differs between two raw tables, as corrected: columns, patients, cells."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from operator import eq

from casebook.data.differences import (
    ADDED,
    CELL,
    COLUMN,
    CORRECTION_ADDED,
    CORRECTION_CHANGED,
    CORRECTION_REMOVED,
    EDITED,
    PATIENT,
    REMOVED,
    RENUMBERED,
    Difference,
)
from casebook.history.snapshots import Table

Pair = tuple[int, int]
"""The places of a patient's row before, and now."""

_MOST_COMPARED = 10**6
"""How many pairs of rows are held against each other, cell by cell."""

_NOT_READ = "the study does not read this column"
_CORRECTIONS = {
    (False, False): EDITED,
    (False, True): CORRECTION_ADDED,
    (True, False): CORRECTION_REMOVED,
    (True, True): CORRECTION_CHANGED,
}


def same_patients(before: Table, after: Table) -> list[Pair]:
    """The rows of the patients who are in both tables, in the order of the present one.

    A patient is known by the identifier, where it stands in the table. Where patients are counted
    from the top instead, rows with the same texts are of the same patient, and of the others those
    that have most cells in common, which must be more than half; where there are too many to hold
    each against each, it is as if there were none.
    """
    if _have_identifiers(before) and _have_identifiers(after):
        places = {patient: place for place, patient in enumerate(before.patients)}
        known = {at: places[each] for at, each in enumerate(after.patients) if each in places}
        return [(old, new) for new, old in known.items()]
    shared = [column for column in after.columns if column in before.columns]
    known = equal_rows(before, after, shared)
    used = {*known.values()}
    left = [place for place in range(len(before.patients)) if place not in used]
    others = [place for place in range(len(after.patients)) if place not in known]
    if len(left) * len(others) <= _MOST_COMPARED:
        known |= similar_rows(before, left, after, others, shared)
    return [(known[place], place) for place in range(len(after.patients)) if place in known]


def table_differences(
    before: Table, after: Table, pairs: Sequence[Pair], read: Collection[str]
) -> Iterator[Difference]:
    """What differs between two raw tables; the order of rows and columns does not count.

    Args:
        before: The earlier table.
        after: The present table.
        pairs: The patients who are in both.
        read: The columns that the study reads.
    """
    yield from _patients(before, after, pairs)
    for columns, others, what in (
        (after.columns, before.columns, ADDED),
        (before.columns, after.columns, REMOVED),
    ):
        for column in columns:
            if column not in others:
                yield Difference(COLUMN, column=column, what=what)
    yield from cell_differences(before, after, pairs, read)


def cell_differences(
    before: Table, after: Table, pairs: Sequence[Pair], read: Collection[str]
) -> Iterator[Difference]:
    """The cells with another text or correction, of the rows that are in both tables."""
    for (old, new), column in _other_cells(before, after, pairs):
        texts = before.texts[column][old], after.texts[column][new]
        corrections = before.corrections.get((old, column)), after.corrections.get((new, column))
        remark = "" if column in read else _NOT_READ
        yield _cell(after.patients[new], column, texts, corrections, remark)


def _other_cells(before: Table, after: Table, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, str]]:
    """The cells with another text or correction, row by row."""
    found = []
    corrected = bool(before.corrections or after.corrections)
    for order, column in enumerate(after.columns):
        if column in before.columns:
            old, new = before.texts[column], after.texts[column]
            found += [
                (number, order, column)
                for number, pair in enumerate(pairs)
                if old[pair[0]] != new[pair[1]]
                or (corrected and _is_corrected_otherwise(before, after, pair, column))
            ]
    yield from ((pairs[number], column) for number, _, column in sorted(found))


def _is_corrected_otherwise(before: Table, after: Table, pair: Pair, column: str) -> bool:
    old, new = pair
    return before.corrections.get((old, column)) != after.corrections.get((new, column))


def _have_identifiers(table: Table) -> bool:
    """Whether the patients' identifiers stand in a column of the table."""
    return any(list(texts) == list(table.patients) for texts in table.texts.values())


def _rows(table: Table, columns: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(table.texts[column] for column in columns), strict=True))


def equal_rows(before: Table, after: Table, columns: Sequence[str]) -> dict[int, int]:
    """The rows before that have the same texts as rows now, by the places of these."""
    waiting = defaultdict(list)
    for place, row in reversed([*enumerate(_rows(before, columns))]):
        waiting[row].append(place)
    return {
        place: waiting[row].pop()
        for place, row in enumerate(_rows(after, columns))
        if waiting.get(row)
    }


def similar_rows(
    before: Table, left: Sequence[int], after: Table, others: Sequence[int], columns: Sequence[str]
) -> dict[int, int]:
    """The same for rows that have most texts in common; each row is taken once."""
    old_rows, new_rows = _rows(before, columns), _rows(after, columns)
    candidates = []
    for new in others:
        for old in left:
            common = sum(map(eq, new_rows[new], old_rows[old]))
            if 2 * common > len(columns):
                other_name = after.patients[new] != before.patients[old]
                order = (-common, other_name, after.numbers[new], before.numbers[old])
                candidates.append((order, old, new))
    found: dict[int, int] = {}
    used: set[int] = set()
    for _, old, new in sorted(candidates):
        if new not in found and old not in used:
            found[new] = old
            used.add(old)
    return found


def _patients(before: Table, after: Table, pairs: Sequence[Pair]) -> Iterator[Difference]:
    """Who came, who went, and who has another name."""
    old_places, new_places = ({pair[side] for pair in pairs} for side in (0, 1))
    for place, patient in enumerate(after.patients):
        if place not in new_places:
            row = f"row {after.numbers[place]}"
            yield Difference(PATIENT, patient=patient, what=ADDED, after=row)
    for place, patient in enumerate(before.patients):
        if place not in old_places:
            row = f"row {before.numbers[place]}"
            yield Difference(PATIENT, patient=patient, what=REMOVED, before=row)
    for old, new in pairs:
        names = before.patients[old], after.patients[new]
        if names[0] != names[1]:
            yield Difference(
                PATIENT, patient=names[1], what=RENUMBERED, before=names[0], after=names[1]
            )


def _cell(
    patient: str,
    column: str,
    texts: tuple[str, str],
    corrections: tuple[str | None, str | None],
    remark: str,
) -> Difference:
    """A cell with another text or correction, both before and now."""
    old, new = corrections
    return Difference(
        CELL,
        patient=patient,
        column=column,
        what=_CORRECTIONS[bool(old), bool(new)],
        before=texts[0],
        after=texts[1],
        remark=new or old or remark,
    )
