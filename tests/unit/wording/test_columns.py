"""Columns that would tell a reader nothing are left out."""

import pytest

from casebook.analysis.topic import Topic
from casebook.data.results import Result
from casebook.wording.columns import Column, exceptions, least_p_values, telling

TOPIC = Topic("all", "score", "response")


def number(value: float) -> Result:
    return TOPIC.row("n", "Number", value)


NONE = TOPIC.failed("n", "Number", "no patient")


@pytest.mark.parametrize(
    ("column", "left_out", "kept"),
    [
        (Column("Text", lambda row: row.stat), [NONE, NONE], [NONE, number(0)]),
        (Column("Dash", lambda row: row.stat or "–"), [NONE, NONE], [NONE, number(0)]),
        (exceptions("Not known", lambda row: row), [number(0)] * 2, [number(0), number(1)]),
        (
            least_p_values("Least", lambda row: row, 0.05),
            [number(0.0004), NONE],
            [number(0.0004), number(0.001)],
        ),
        (least_p_values("Least", lambda row: row, 0.0005), [NONE], [number(0.0004)]),
    ],
)
def test_a_column_is_told_where_some_row_of_it_says_something(
    column: Column[Result], left_out: list[Result], kept: list[Result]
) -> None:
    assert telling([column], left_out) == []
    assert telling([column], kept) == [column]
    # A table without rows keeps its form.
    assert telling([column], []) == [column]
