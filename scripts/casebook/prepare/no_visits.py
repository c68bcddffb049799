"""Rows of a long table whose text is of no visit of the study, and what can be done about each."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from casebook.base.errors import listed
from casebook.data.cells import folded
from casebook.doubts.unknown_visits import told_of_unknown_visit
from casebook.study.model import Study
from casebook.study.visits import seen


class RowOfVisit(NamedTuple):
    """A row of a long table: whose it is, and its visit, if its text means one."""

    row: int
    patient: str
    text: str
    visit: str | None


def of_no_visit(
    study: Study, missing: Collection[str], rows: Sequence[RowOfVisit]
) -> Iterator[tuple[int, str, str, str]]:
    """The rows without a visit: row, text, what is allowed, and a hint.

    Args:
        study: The study.
        missing: The texts that mean "not available", folded.
        rows: The rows that are used.
    """
    if all(each.visit is not None for each in rows):
        return
    visits = study.visits
    told = {value: name for name in seen(visits) for value in visits[name].value or (name,)}
    allowed = f"a visit of the study: {listed([*told])}"
    own: dict[str, set[str]] = defaultdict(set)
    patients: dict[str, set[str]] = defaultdict(set)
    for each in rows:
        if each.visit is None:
            patients[each.text].add(each.patient)
        else:
            own[each.patient].add(each.visit)
    hints = {}
    for text, of in patients.items():
        seen_by = {visit for patient in of for visit in own[patient]}
        hints[text] = told_of_unknown_visit(text, told, of, seen_by)
        if folded(text) in missing:
            hints[text] = (
                "if the visit is known, write it by corrections.tsv; a row that is of no visit can"
                " be left out, with the reason, in study.yaml"
            )
    for each in rows:
        if each.visit is None:
            yield each.row, each.text, allowed, hints[each.text]
