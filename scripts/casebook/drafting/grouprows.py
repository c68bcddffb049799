"""Rows that name a group of the patients below them, as printed tables have: Drug A, then Drug B.

Each holds a single text, and the first stands at the top. How they are read is for `prepare`.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from casebook.data.cells import Grid, folded, normalised
from casebook.drafting.identified import in_each_cell

_WORD = re.compile(r"[^\W\d_]{2}")
_DIGITS = re.compile(r"\d+")
_OF_PATIENTS = re.compile(r"(?:patient|pat|pt|case|subject|participant|proband|fall)[ _.-]*0")
_NAMES = ("Group", "Group of rows")
_LEAST = 2


def rows_of_groups(grid: Grid) -> Mapping[str, Sequence[int]]:
    """The rows that name groups, by what the column of their names can be called.

    They are several, with other rows below each, and none is like the first text of those.

    Args:
        grid: The table with patients in rows, without the rows that are not used.
    """
    texts = {
        row: [text for column in grid.columns.values() if (text := normalised(column[place]))]
        for place, row in enumerate(grid.numbers)
    }
    body = [row for row in grid.body if texts[row]]
    named = {row: texts[row][0] for row in body if _is_name(texts[row])}
    codes = {_shape(texts[row][0]) for row in body if row not in named}
    differ = len({*map(folded, named.values())}) == len(named) >= _LEAST
    if not differ or any(_shape(text) in codes for text in named.values()):
        return {}
    ends = body[0] not in named or body[-1] in named
    if ends or any(one in named and other in named for one, other in pairwise(body)):
        return {}
    taken = {*map(folded, grid.headers.values())}
    name = next((each for each in _NAMES if folded(each) not in taken), "")
    are_groups = name and not any(map(_is_patient, named.values()))
    return {name: [*named]} if are_groups else {}


def with_groups(grid: Grid, groups: Mapping[str, Sequence[int]]) -> Grid:
    """The table without the rows that name groups, and with a column of their names at its end."""
    columns = dict(grid.columns)
    for name, rows in groups.items():
        texts = grid.turned().columns
        names = [next(filter(None, texts[row])) if row in rows else "" for row in grid.body]
        columns[max(columns) + 1] = [name, *in_each_cell(names)]
    named = frozenset[int]().union(*groups.values())
    return Grid(grid.numbers, columns).without(named)


def _is_name(texts: Sequence[str]) -> bool:
    """Whether a row has one text, which can be merged over several columns, and that is a name."""
    return len({*texts}) == 1 and _WORD.search(texts[0]) is not None


def _is_patient(text: str) -> bool:
    return _OF_PATIENTS.fullmatch(_shape(text)) is not None


def _shape(text: str) -> str:
    """A text with 0 in place of each number, as codes of patients have in common."""
    return _DIGITS.sub("0", folded(text))
