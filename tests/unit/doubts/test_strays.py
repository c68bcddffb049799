"""Signs that a row is no patient, where they begin and where they end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from casebook.doubts.strays import Rows, signs

BELOW_EMPTY = "it is below an empty row"
BELOW_SUMMARY = "it is below a row of totals, means or the like"
UNREADABLE = "none of its numbers can be read"


@dataclass(frozen=True)
class Row:
    """A row that gives no sign but those that are asked for."""

    label: str
    bare: bool = False
    follows_empty: bool = False
    measured: bool = True
    numbers: Mapping[str, float] = field(default_factory=dict)
    unreadable: int = 0


row = Row


def told(*rows: Row) -> dict[int, str]:
    known = dict(enumerate(rows, start=2))
    labels = [each.label for each in rows]
    names = {name: None for each in rows for name in each.numbers}
    return signs(
        Rows(
            [*known],
            labels,
            labels,
            [labels],
            bare={number for number, each in known.items() if each.bare},
            below_empty={number for number, each in known.items() if each.follows_empty},
            unmeasured={number for number, each in known.items() if not each.measured},
            values={name: [each.numbers.get(name) for each in rows] for name in names},
            unreadable={number: each.unreadable for number, each in known.items()},
        )
    )


def patients(count: int) -> list[Row]:
    return [row(f"P{i}") for i in range(1, count + 1)]


def called_a_statistic(labels: Sequence[str]) -> list[str]:
    found = told(*map(row, labels))
    return [labels[number - 2] for number, sign in found.items() if "is a usual label for" in sign]


@pytest.mark.parametrize(
    ("above", "below", "count"),
    [(4, "xyz", 3), (4, "wxyz", 0), (3, "xyz", 3), (2, "xyz", 0), (4, "x", 1)],
)
def test_up_to_three_rows_below_an_empty_one_are_told_where_as_many_stand_above(
    above: int, below: str, count: int
) -> None:
    first, *others = below

    found = told(*patients(above), row(first, follows_empty=True), *map(row, others))

    assert list(found.values()) == [BELOW_EMPTY] * count


@pytest.mark.parametrize(("codes", "count"), [(["P8"], 1), (["P8", "P9"], 0)])
def test_below_an_empty_row_only_the_last_is_told_where_all_have_codes(
    codes: list[str], count: int
) -> None:
    first, *others = codes

    found = told(*patients(4), row(first, follows_empty=True), *map(row, others))

    assert len(found) == count


def test_a_table_with_several_empty_rows_has_none_that_is_told() -> None:
    assert told(*patients(4), *(row(each, follows_empty=True) for each in "xy")) == {}


@pytest.mark.parametrize(
    ("above", "below", "count"), [(10, "uvwxy", 5), (10, "uvwxyz", 0), (2, "xy", 2), (1, "xy", 0)]
)
def test_up_to_five_rows_below_totals_in_the_second_half_are_told(
    above: int, below: str, count: int
) -> None:
    found = told(*patients(above), row("Total"), *map(row, below))

    assert list(found.values()).count(BELOW_SUMMARY) == count


@pytest.mark.parametrize(("unreadable", "sign"), [(1, None), (2, UNREADABLE)])
def test_two_numbers_that_cannot_be_read_are_a_sign_and_one_is_none(
    unreadable: int, sign: str | None
) -> None:
    readable = [row(f"P{i}", numbers={"age": age}) for i, age in enumerate((20.0, 50, 41, 90))]

    assert told(*readable, row("P5", unreadable=unreadable)).get(6) == sign


@pytest.mark.parametrize(("readable", "count"), [(2, 2), (1, 0)])
def test_unreadable_numbers_are_a_sign_where_half_of_the_rows_have_others(
    readable: int, count: int
) -> None:
    rows = [row(f"P{i}", numbers={"age": 20.0 * i}) for i in range(readable)]

    found = told(*rows, *(row(f"R{i}", unreadable=2) for i in range(4 - readable)))

    assert list(found.values()) == [UNREADABLE] * count


@pytest.mark.parametrize(
    ("labels", "called"),
    [
        # Where more than half are names, one may be Media, or have the initials S. D.
        (["P1", "P2", "Media", "Anna"], ["Media"]),
        (["P1", "Eva", "Media", "Anna"], []),
        (["P1", "P2", "SD", "Anna"], ["SD"]),
        (["P1", "Eva", "SD", "Anna"], []),
        # What more than half are called is no sign of one of them.
        (["Total 1", "Total 2", "P3", "P4"], ["Total 1", "Total 2"]),
        (["Total 1", "Total 2", "Total 3", "P4"], []),
        (["1 %", "2 %", "P3", "P4"], ["1 %", "2 %"]),
        (["1 %", "2 %", "3 %", "P4"], []),
        ([f"Q{i}" for i in range(1, 13)], []),
        ([*(f"P{i}" for i in range(1, 13)), "Q1"], ["Q1"]),
    ],
)
def test_what_more_than_half_are_called_is_no_sign(labels: list[str], called: list[str]) -> None:
    assert called_a_statistic(labels) == called


@pytest.mark.parametrize(
    ("shown", "sign"),
    [
        ({"bare": True, "measured": False}, "there is nothing beside it"),
        ({"measured": False}, "it has no outcome at all"),
        ({}, None),
    ],
)
def test_a_row_without_values_is_told_by_what_it_lacks(
    shown: dict[str, bool], sign: str | None
) -> None:
    assert told(*patients(2), row("P3", **shown)).get(4) == sign
