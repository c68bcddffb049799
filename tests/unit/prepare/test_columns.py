"""Columns of a large table, whose texts are read once each."""

from casebook.data.remarks import Remark
from casebook.prepare.columns import ColumnOfValues, unreadable
from casebook.prepare.unreadable import UnreadableError
from casebook.prepare.values import Source


def read(text: str) -> float:
    if not text.isdigit():
        raise UnreadableError("a number")
    return float(text)


def test_each_text_is_read_once_however_many_rows_have_it() -> None:
    asked: list[str] = []
    source = Source(
        "age", "Age", frozenset({""}), None, lambda text: (asked.append(text), read(text))[1]
    )

    found = ColumnOfValues(source, ["7", "", "x", "7"] * 1000).readings({})

    assert asked == ["7", "x"]
    assert [found[0], found[1], found[-1]] == [7.0, None, 7.0]
    assert [*unreadable(found)] == [*range(2, 4000, 4)]


def test_a_cell_whose_text_is_not_its_value_is_told_apart_from_others_with_the_text() -> None:
    source = Source("age", "Age", frozenset({""}), None, read)
    error = Remark("error", 3, 1, "7", "a formula with its value")

    found = ColumnOfValues(source, ["7", "7", "7"]).readings({1: error})

    assert (found[0], found[2]) == (7.0, 7.0)
    assert [(at, problem.allowed) for at, problem in unreadable(found).items()] == [
        (1, "a formula with its value")
    ]
