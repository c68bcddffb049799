"""What differs between two raw tables, as corrected: columns, patients, cells."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

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
from casebook.history.snapshots import Row, Table, Text

Pair = tuple[Row, Row]
"""A patient's row before, and now."""

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
    that have most cells in common, which must be more than half.
    """
    if _have_identifiers(before) and _have_identifiers(after):
        known = {row.patient: row for row in before.rows}
        return [(known[row.patient], row) for row in after.rows if row.patient in known]
    shared = [column for column in after.columns if column in before.columns]
    known = _equal(before.rows, after.rows, shared)
    used = {row.number for row in known.values()}
    left = [row for row in before.rows if row.number not in used]
    known |= _similar(left, [row for row in after.rows if row.patient not in known], shared)
    return [(known[row.patient], row) for row in after.rows if row.patient in known]


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
    for old, new in pairs:
        for column, text in new.cells.items():
            if column in old.cells and old.cells[column] != text:
                remark = "" if column in read else _NOT_READ
                yield _cell(new.patient, column, old.cells[column], text, remark)


def _have_identifiers(table: Table) -> bool:
    """Whether the patients' identifiers stand in a column of the table."""
    return any(
        all(row.cells[column].text == row.patient for row in table.rows) for column in table.columns
    )


def _equal(before: Sequence[Row], after: Sequence[Row], columns: Sequence[str]) -> dict[str, Row]:
    """Rows before that have the same texts as rows now, by the patients of these."""
    waiting = defaultdict(list)
    for row in reversed(before):
        waiting[tuple(row.cells[column].text for column in columns)].append(row)
    found = {}
    for row in after:
        equal = waiting[tuple(row.cells[column].text for column in columns)]
        if equal and columns:
            found[row.patient] = equal.pop()
    return found


def _similar(before: Sequence[Row], after: Sequence[Row], columns: Sequence[str]) -> dict[str, Row]:
    """The same for rows that have most texts in common; each row is taken once."""
    candidates = []
    for new in after:
        for old in before:
            common = sum(new.cells[c].text == old.cells[c].text for c in columns)
            if 2 * common > len(columns):
                other_name = new.patient != old.patient
                candidates.append(((-common, other_name, new.number, old.number), old, new))
    found: dict[str, Row] = {}
    used: set[int] = set()
    for _, old, new in sorted(candidates, key=lambda each: each[0]):
        if new.patient not in found and old.number not in used:
            found[new.patient] = old
            used.add(old.number)
    return found


def _patients(before: Table, after: Table, pairs: Sequence[Pair]) -> Iterator[Difference]:
    """Who came, who went, and who has another name."""
    old_rows, new_rows = ({pair[place].number for pair in pairs} for place in (0, 1))
    for row in after.rows:
        if row.number not in new_rows:
            yield Difference(PATIENT, patient=row.patient, what=ADDED, after=f"row {row.number}")
    for row in before.rows:
        if row.number not in old_rows:
            yield Difference(PATIENT, patient=row.patient, what=REMOVED, before=f"row {row.number}")
    for old, new in pairs:
        if old.patient != new.patient:
            yield Difference(
                PATIENT,
                patient=new.patient,
                what=RENUMBERED,
                before=old.patient,
                after=new.patient,
            )


def _cell(patient: str, column: str, old: Text, new: Text, remark: str) -> Difference:
    what = _CORRECTIONS[bool(old.correction), bool(new.correction)]
    remark = new.correction or old.correction or remark
    return Difference(
        CELL,
        patient=patient,
        column=column,
        what=what,
        before=old.text,
        after=new.text,
        remark=remark,
    )
