"""Rows that name groups of patients are told from rows of patients."""

import pytest

from casebook.data.cells import Grid
from casebook.drafting.grouprows import rows_of_groups, with_groups

DRUG, SHAM = ("Drug", "", ""), ("Sham", "", "")
PRE, POST = ("pre", "3", "4"), ("Week 4", "1", "2")
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
        (grid(("Case 1", "", ""), PRE, POST, ("Case 2", "", ""), PRE), {"Patient": [2, 5]}),
        (grid(("Case 1", "", ""), ("x", "2", ""), ("Case 2", "", "")), {"Patient": [2, 4]}),
        (grid(("7", "", ""), PRE, POST, ("9", "", ""), PRE), {"Patient": [2, 5]}),
        (grid(("7", "", ""), ("a", "3", "4"), ("9", "", ""), ("a", "1", "2")), {}),
        (grid(DRUG, PRE, POST, SHAM, PRE, header=("Patient", "A", "B")), {"Patient above": [2, 5]}),
    ],
)
def test_several_rows_of_one_text_name_the_groups_or_patients_of_rows_below(
    table: Grid, groups: dict[str, list[int]]
) -> None:
    assert rows_of_groups(table) == groups


def test_the_names_of_groups_are_a_column_of_the_rows_below() -> None:
    found = with_groups(grid(DRUG, ONE, TWO, SHAM, THREE), {"Group": [2, 5]})

    assert (found.numbers, found.columns[4]) == ([1, 3, 4, 6], ["Group", "Drug", "Drug", "Sham"])
