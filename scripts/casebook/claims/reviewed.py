"""Which lines of claims.tsv were reviewed: those whose `review` is empty, and their repeats.

A paper prints many numbers twice, in its text and in a table. A draft calls the second line a
repeat of the first, "as C030", where both print the same number and have the same reading. It
counts as reviewed once the first one is, as long as both still say the same. So do the values of
other patients in a column of a table, as what the column is of is said once. Each is still judged
by what it prints itself.
"""

import re
from collections.abc import Iterable, Mapping

from casebook.claims.printed_as import number_of
from casebook.data.verdicts import REVIEWED_AS

_AS = "as "
_REPEAT = re.compile(rf"{_AS}(?P<first>\w+)\b")
_OF_PATIENT = re.compile(r'value\((?P<column>\w+), "[^"]*"\) in (?P<cohort>\w+)')
_ALIKE = ("computed_as", "otherwise", "convention")
Cells = Mapping[str, str]


def as_another(first: str, rests_on: str = "") -> str:
    """The `review` of a line that repeats the one of this name."""
    return f"{_AS}{first}: {rests_on}" if rests_on else f"{_AS}{first}"


def of_part(review: str, part: str) -> str:
    """The `review` of one of several numbers of a line: it repeats that of the first line."""
    return (
        _REPEAT.sub(rf"{_AS}\g<first>_{part}", review, count=1) if _REPEAT.match(review) else review
    )


def is_printed_alike(one: str, other: str) -> bool:
    """Whether two printed texts are the same number, as seven and 7 are, or the same words."""
    first, second = number_of(one), number_of(other)
    if first is None or second is None:
        return one == other
    return first == second and first.decimals == second.decimals


def column_of(reading: str) -> tuple[str, ...]:
    """The column that a reading in a patient is of, who is called by an identifier; else none."""
    found = _OF_PATIENT.fullmatch(reading)
    return found.groups() if found else ()


def reviews(lines: Iterable[Cells]) -> dict[str, str]:
    """The `review` of each line, by its name, where that of a reviewed repeat tells as which."""
    by_name = {cells["claim"]: cells for cells in lines}
    return {name: _review(cells, by_name) for name, cells in by_name.items()}


def _review(cells: Cells, by_name: Mapping[str, Cells]) -> str:
    repeat = _REPEAT.match(cells["review"])
    first = by_name.get(repeat["first"]) if repeat else None
    if first is None or first["review"]:
        return cells["review"]
    is_repeat = is_printed_alike(cells["printed"], first["printed"]) and all(
        cells[column] == first[column] for column in _ALIKE
    )
    column = column_of(cells["computed_as"])
    is_beside = (
        column
        and column == column_of(first["computed_as"])
        and not any(
            each[column] for each in (cells, first) for column in ("otherwise", "convention")
        )
    )
    return f"{REVIEWED_AS}{first['claim']}" if is_repeat or is_beside else cells["review"]
