"""Whether a table has patients in columns, and what is known of them in rows.

Then a row is a variable: its cells are of one kind, while those of a column are of several.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casebook.base.numerals import LIMIT_SIGN, SEEMING
from casebook.data.cells import Grid, folded, normalised
from casebook.doubts.strays import usual_labels
from casebook.drafting.identified import in_each_cell

_NUMBER = re.compile(rf"{LIMIT_SIGN}?\s*{SEEMING}\s*%?")
_PATIENT = re.compile(r"(?:patient|pat|pt|case|subject|participant|proband|fall)\w{0,2}\W+\w{1,8}")
_LEAST = 3
"""Fewer patients, or fewer variables, tell nothing."""
_MOST = 0.8
_CORNER, _GROUP, _NUMBERED = "Patient", "Group", "Number in group"
"""What the rows of identifiers, of groups, and of numbers that come again in each group are called,
if their first cells say nothing."""
_AGAIN = "its texts come again in each group, so that they do not identify patients"


@dataclass(frozen=True)
class Turned:
    """How a table is to be read that has patients in columns.

    Attributes:
        names: What rows above the variables are called, by their numbers, if they do not say it.
        group: What the row is called that names groups over the first of their patients; empty if
            there is none.
        unused: Rows by what they are called that are not to be described, each with the reason.
        left_out: The columns that sum up others.
    """

    names: Mapping[str, str]
    group: str = ""
    unused: Mapping[str, str] = field(default_factory=dict)
    left_out: Sequence[int] = ()


def turned(grid: Grid, rows: int, missing: frozenset[str]) -> Turned | None:
    """How a table is to be read, if patients seem to stand in columns; None if they do not.

    Args:
        grid: The cells of the table, its header at the top.
        rows: How many rows the header has; the upper one of two names groups of patients.
        missing: Texts, folded, that mean "not available".
    """
    first, *others = (tuple(map(normalised, texts)) for texts in grid.columns.values())
    summing = usual_labels([texts[rows - 1] for texts in others])
    groups = in_each_cell(texts[0] for texts in others)
    patients = {
        place: (group, texts[rows - 1], texts[rows:])
        for place, (group, texts) in enumerate(zip(groups, others, strict=True))
        if place not in {*summing}
    }
    found = [*patients.values()]
    if len({(group, header) for group, header, _ in found}) < len(found):
        return None
    headers = [header for _, header, _ in found]
    if not _are_variables(first[rows:], headers, [texts for *_, texts in found], missing):
        return None
    comes_again = len({*headers}) < len(headers)
    usual = [_GROUP] * (rows - 1) + [_NUMBERED if comes_again else _CORNER]
    called = [own or name for own, name in zip(first, usual, strict=False)]
    return Turned(
        {str(grid.numbers[at]): name for at, name in enumerate(called) if not first[at]},
        called[0] if rows > 1 else "",
        {called[-1]: _AGAIN} if comes_again else {},
        tuple([*grid.columns][place + 1] for place in summing),
    )


def _are_variables(
    labels: Sequence[str],
    headers: Sequence[str],
    patients: Sequence[Sequence[str]],
    missing: frozenset[str],
) -> bool:
    """Whether rows seem to be variables.

    Args:
        labels: Their first texts.
        headers: What patients are called, if they stand in columns.
        patients: The texts of each of these columns in the rows.
        missing: Texts, folded, that mean "not available".
    """
    if len(patients) < _LEAST or len(labels) < _LEAST or len({*labels}) < len(labels):
        return False
    if not all(re.search(r"[^\W\d_]{2}", each) for each in labels):
        return False
    columns = [_kinds(texts, missing) for texts in patients]
    rows = [_kinds(texts, missing) for texts in zip(*patients, strict=True)]
    of_one_kind = sum(len(each) < 2 for each in rows) >= min(_MOST * len(rows), len(rows) - 1)
    of_several = sum(len(each) > 1 for each in columns) >= _MOST * len(columns)
    named = all(_PATIENT.fullmatch(folded(header)) for header in headers)
    return of_one_kind and (of_several or named)


def _kinds(texts: Sequence[str], missing: frozenset[str]) -> set[bool]:
    """Whether some texts are numbers, and whether some are not."""
    filled = (text for text in texts if text and folded(text) not in missing)
    return {bool(_NUMBER.fullmatch(text)) for text in filled}
