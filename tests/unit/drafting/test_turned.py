"""Tables with patients in columns are told from others."""

import drafts
import pytest

from casebook.base.absent import NOT_AVAILABLE
from casebook.base.yamlfile import read_yaml
from casebook.data.cells import Grid
from casebook.drafting.turned import seems_turned
from workflow import ROOT

ROWS = [
    ("", "1", "2", "3"),
    ("Age", "50", "61", "NA"),
    ("Sex", "F", "M", "F"),
    ("CRP", "12", "<5", "7.5"),
]


def test_rows_of_one_kind_under_patients_of_several_are_variables() -> None:
    columns = dict(enumerate(zip(*ROWS, strict=True), start=1))
    grid = Grid(range(1, len(ROWS) + 1), columns)

    assert seems_turned(grid, NOT_AVAILABLE)
    assert not seems_turned(grid.turned(), NOT_AVAILABLE)


def test_no_table_with_patients_in_rows_seems_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    given = [drafts.given(each) for each in read_yaml(drafts.EXPECTED).values()]

    assert not [each.name for each in given if each is None or each.told.transpose]
