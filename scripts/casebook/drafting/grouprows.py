"""Rows that name what the rows below are of: a group, as Drug A, or a patient, as Patient 1.

Each holds a single text, and the first stands at the top. How they are read is for `prepare`.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from casebook.data.cells import Grid, folded, normalised
from casebook.drafting.identified import in_each_cell
from casebook.drafting.visits import names_a_visit

_WORD = re.compile(r"[^\W\d_]{2}")
_DIGITS = re.compile(r"\d+")
_OF_PATIENTS = re.compile(
    r"(?:patient(?:in|e)?|pat|pt|case|subject|participant|proband|fall|paciente|paziente|pati[ëe]nt)"
    r"[ _.:#-]*(?:no|nr|n°)?[ _.:#-]*0(?![^\W_]).*"
)
_GROUPS, _PATIENTS = ("Group", "Group of rows"), ("Patient", "Patient above")
_LEAST = 2


def rows_of_groups(grid: Grid) -> Mapping[str, Sequence[int]]:
    """The rows that name groups, or patients, by what the column of their names can be called.

    They are several, with other rows below each, and none is like the first text of those.

    Args:
        grid: The table with patients in rows, without the rows that are not used.
    """
    texts = {
        row: [text for column in grid.columns.values() if (text := normalised(column[place]))]
        for place, row in enumerate(grid.numbers)
    }
    body = [row for row in grid.body if texts[row]]
    named = {row: texts[row][0] for row in body if len({*texts[row]}) == 1}
    codes = {_shape(texts[row][0]) for row in body if row not in named}
    differ = len({*map(folded, named.values())}) == len(named) >= _LEAST
    if not differ or any(_shape(text) in codes for text in named.values()):
        return {}
    if body[0] not in named:
        return {}
    are_patients = all(map(_is_patient, named.values())) or _stand_above_visits(texts, body, named)
    if not are_patients and not all(map(_WORD.search, named.values())):
        return {}
    # A patient may have no rows yet.
    without = sum(one in named and other in named for one, other in pairwise([*body, body[0]]))
    if without > (len(named) / 2 if are_patients else 0):
        return {}
    taken = {*map(folded, grid.headers.values())}
    names = _PATIENTS if are_patients else _GROUPS
    name = next((each for each in names if folded(each) not in taken), "")
    return {name: [*named]} if name else {}


def _stand_above_visits(
    texts: Mapping[int, Sequence[str]], body: Sequence[int], named: Mapping[int, str]
) -> bool:
    """Whether the rows below each name begin with visits, each of them once."""
    below: list[list[str]] = []
    for row in body:
        if row in named:
            below.append([])
        else:
            below[-1].append(folded(texts[row][0]))
    every = {text for each in below for text in each}
    once = all(len({*each}) == len(each) for each in below)
    return once and len(every) < sum(map(len, below)) and all(map(names_a_visit, every))


def with_groups(grid: Grid, groups: Mapping[str, Sequence[int]]) -> Grid:
    """The table without the rows that name groups, and with a column of their names at its end."""
    columns = dict(grid.columns)
    for name, rows in groups.items():
        texts = grid.turned().columns
        names = [next(filter(None, texts[row])) if row in rows else "" for row in grid.body]
        columns[max(columns) + 1] = [name, *in_each_cell(names)]
    named = frozenset[int]().union(*groups.values())
    return Grid(grid.numbers, columns).without(named)


def _is_patient(text: str) -> bool:
    return _OF_PATIENTS.fullmatch(_shape(text)) is not None


def _shape(text: str) -> str:
    """A text with 0 in place of each number, as codes of patients have in common."""
    return _DIGITS.sub("0", folded(text))
