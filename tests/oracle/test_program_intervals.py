"""The intervals of a shift that programs print, against those that R and coin gave.

`intervals.R` wrote both tables, with R 4.2 and R 4.6. R finds an end that is no difference by
`uniroot`, here to 1e-9; the comparison is to 1e-7, relative. Cells that R leaves empty it cannot
compute.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import pytest

from casebook.statistics.program_intervals import shift_of_groups, shift_of_pairs
from casebook.statistics.terms import NotComputable, Program
from tables_of_r import Row, rows


@cache
def _pairs() -> dict[str, list[float]]:
    found = defaultdict[str, list[float]](list)
    for row in rows("paired_samples"):
        found[row["sample"]].append(float(row["difference"]))
    return found


@cache
def _groups() -> dict[str, dict[str, list[float]]]:
    found = defaultdict[str, dict[str, list[float]]](lambda: {"first": [], "second": []})
    for row in rows("group_samples"):
        found[row["sample"]][row["group"]].append(float(row["value"]))
    return found


def _given(program: Program, row: Row) -> Sequence[float]:
    try:
        if row["kind"] == "pairs":
            return shift_of_pairs(program, _pairs()[row["sample"]])
        return shift_of_groups(program, *_groups()[row["sample"]].values())
    except NotComputable:
        return math.nan, math.nan


def _alike(ours: float, text: str) -> bool:
    given = float(text or "nan")
    if math.isnan(given) or math.isnan(ours):
        return math.isnan(given) and math.isnan(ours)
    return ours == given or math.isclose(ours, given, rel_tol=1e-7, abs_tol=1e-7)


@pytest.mark.parametrize(
    ("table", "program", "kind", "columns", "at_least"),
    [
        ("intervals", "r-4.5", "pairs", ("low", "high"), 270),
        ("intervals", "r-4.5", "groups", ("low", "high"), 209),
        ("intervals_4_6", "r-4.6", "pairs", ("low", "high"), 270),
        ("intervals_4_6", "r-4.6", "groups", ("low", "high"), 209),
        ("intervals", "coin", "groups", ("coin_low", "coin_high"), 209),
    ],
)
def test_each_program_has_its_own_interval(
    table: str, program: Program, kind: str, columns: tuple[str, str], at_least: int
) -> None:
    given = [row for row in rows(table) if row["kind"] == kind]

    wrong = [
        (row["sample"], column, ours, row[column])
        for row in given
        for column, ours in zip(columns, _given(program, row), strict=True)
        if not _alike(ours, row[column])
    ]

    assert len(given) >= at_least
    assert wrong == []
