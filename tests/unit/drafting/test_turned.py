"""Tables with patients in columns are told from others."""

from collections.abc import Sequence

import drafts
import pytest

from casebook.base.absent import NOT_AVAILABLE
from casebook.base.yamlfile import read_yaml
from casebook.data.cells import Grid
from casebook.drafting.turned import Turned, turned
from workflow import ROOT

ROWS = [
    ("", "1", "2", "3"),
    ("Age", "50", "61", "NA"),
    ("Sex", "F", "M", "F"),
    ("CRP", "12", "<5", "7.5"),
]


WITH_MEANS = [
    ("", "1", "2", "3", "Mean (SD)"),
    ("Age", "50", "61", "47", "53 ± 7"),
    ("Sex", "F", "M", "F", ""),
    ("CRP", "12", "4", "7.5", "8 ± 4"),
]
IN_GROUPS = [
    ("", "Treated", "", "", "Controls", "", ""),
    ("", "1", "2", "Mean", "1", "2", "Mean"),
    ("Laboratory", "", "", "", "", "", ""),
    ("Age", "50", "61", "55 ± 8", "47", "52", "49 ± 4"),
    ("Sex", "F", "M", "", "F", "M", ""),
    ("CRP", "12", "4", "8 ± 6", "7", "9", "8 ± 1"),
]
NUMBERED = [IN_GROUPS[0], ("ID", "1", "2", "Mean", "3", "4", "Mean"), *IN_GROUPS[2:]]
TWICE = [IN_GROUPS[0], ("", "1", "1", "Mean", "1", "2", "Mean"), *IN_GROUPS[2:]]


def grid_of(rows: Sequence[Sequence[str]]) -> Grid:
    columns = dict(enumerate(zip(*rows, strict=True), start=1))
    return Grid(range(1, len(rows) + 1), columns)


@pytest.mark.parametrize(
    ("rows", "header", "expected"),
    [
        (ROWS, 1, Turned({"1": "Patient"})),
        (WITH_MEANS, 1, Turned({"1": "Patient"}, left_out=(5,))),
        (NUMBERED, 2, Turned({"1": "Group"}, "Group", {}, (4, 7))),
        (TWICE, 2, None),
    ],
)
def test_rows_of_one_kind_under_patients_of_several_are_variables(
    rows: Sequence[Sequence[str]], header: int, expected: Turned | None
) -> None:
    grid = grid_of(rows)

    assert turned(grid, header, NOT_AVAILABLE) == expected
    assert not turned(grid.turned(), 1, NOT_AVAILABLE)


def test_numbers_that_come_again_in_each_group_do_not_identify_patients() -> None:
    found = turned(grid_of(IN_GROUPS), 2, NOT_AVAILABLE)

    assert found
    assert (found.names, found.group) == ({"1": "Group", "2": "Number in group"}, "Group")
    assert [*found.unused] == ["Number in group"]


def test_no_table_with_patients_in_rows_seems_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    tables = read_yaml(drafts.EXPECTED)

    given = {name: drafts.given(each) for name, each in tables.items()}

    seem_so = [name for name, each in given.items() if each is None or each.told.transpose]
    assert seem_so == [name for name, each in tables.items() if "transpose" in each]
