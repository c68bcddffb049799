"""Rows that name groups of patients are told from rows of patients."""

import pytest

from casebook.data.cells import Grid
from casebook.drafting.grouprows import rows_of_groups, with_groups

DRUG, SHAM = ("Drug", "", ""), ("Sham", "", "")
ONE, TWO, THREE = ("1", "12", "4"), ("2", "14", "6"), ("3", "11", "5")


def grid(*rows: tuple[str, str, str], header: tuple[str, str, str] = ("ID", "A", "B")) -> Grid:
    columns = dict(enumerate(zip(header, *rows, strict=True), 1))
    return Grid([*range(1, len(rows) + 2)], columns)


@pytest.mark.parametrize(
    ("table", "groups"),
    [
        (grid(DRUG, ONE, TWO, SHAM, THREE), {"Group": [2, 5]}),
        (grid(("Drug",) * 3, ONE, ("Sham",) * 3, TWO), {"Group": [2, 4]}),
        (grid(DRUG, ONE, SHAM, TWO, header=("ID", "Group", "B")), {"Group of rows": [2, 4]}),
        (grid(DRUG, ONE, TWO), {}),
        (grid(ONE, DRUG, TWO, SHAM, THREE), {}),
        (grid(DRUG, ONE, TWO, SHAM), {}),
        (grid(DRUG, SHAM, ONE, TWO), {}),
        (grid(DRUG, ONE, DRUG, TWO), {}),
        (grid(("P1", "", ""), ("P2", "3", "4"), ("P3", "", ""), ("P4", "1", "2")), {}),
        (grid(("Case 1", "", ""), ("pre", "3", "4"), ("Case 2", "", ""), ("pre", "1", "2")), {}),
    ],
)
def test_several_rows_of_one_text_name_the_groups_of_rows_below(
    table: Grid, groups: dict[str, list[int]]
) -> None:
    assert rows_of_groups(table) == groups


def test_the_names_of_groups_are_a_column_of_the_rows_below() -> None:
    found = with_groups(grid(DRUG, ONE, TWO, SHAM, THREE), {"Group": [2, 5]})

    assert (found.numbers, found.columns[4]) == ([1, 3, 4, 6], ["Group", "Drug", "Drug", "Sham"])
