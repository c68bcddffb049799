"""The tables that R wrote in tests/oracle, and where ours differ from them."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from casebook.statistics.terms import NotComputable

_TABLES = Path(__file__).parent / "oracle"

Row = dict[str, str]


def rows(name: str) -> Iterator[Row]:
    with (_TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def disagreements(
    table: str, column: str, compute: Callable[[Row], Any], *, at_least: int
) -> list[tuple[Row, object]]:
    """Rows of the table where R's column has a number and ours is another, or is none."""
    filled = [row for row in rows(table) if row[column]]
    assert len(filled) >= at_least
    return [
        (row, ours)
        for row in filled
        if (ours := _attempt(compute, row))
        != pytest.approx(float(row[column]), rel=1e-9, abs=1e-15)
    ]


def _attempt(compute: Callable[[Row], Any], row: Row) -> object:
    try:
        return compute(row)
    except NotComputable as reason:
        return str(reason)
