import pytest

from casebook.data.cells import TableError, column_name
from casebook.reading.openworkbooks import chosen
from casebook.reading.sheets import MOST_CELLS, Merged, Sheet, SheetName


@pytest.mark.parametrize(
    ("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")]
)
def test_columns_are_named_as_a_spreadsheet_does(number: int, name: str) -> None:
    assert column_name(number) == name


def test_the_first_sheet_that_is_shown_is_taken_and_the_others_are_told() -> None:
    sheets = [SheetName("Old", hidden=True), SheetName("Data"), SheetName("More")]

    index, remarks = chosen(sheets, None)

    assert index == 1
    assert [(each.severity, each.value, each.hint) for each in remarks] == [
        ("note", "Old", "hidden, so not read"),
        ("note", "More", "not read: source.sheet names no sheet, so 'Data' is taken"),
    ]


def test_a_hidden_sheet_that_is_named_is_read_with_a_warning() -> None:
    index, remarks = chosen([SheetName("Data"), SheetName("Old", hidden=True)], "Old")

    assert index == 1
    assert [(each.severity, each.value, each.hint) for each in remarks] == [
        ("warning", "Old", "a sheet that is hidden in the workbook, but is read all the same"),
        ("note", "Data", "not read: study.yaml names no table there"),
    ]


@pytest.mark.parametrize("wanted", ["Week 12", "week 12", "Week  12 "])
def test_the_name_of_a_sheet_is_compared_as_a_reader_would(wanted: str) -> None:
    assert chosen([SheetName("Data"), SheetName("Week 12 ")], wanted)[0] == 1


def test_an_unknown_sheet_is_told_with_all_others() -> None:
    with pytest.raises(TableError) as error:
        chosen([SheetName("Data"), SheetName("Week 12", hidden=True)], "Dat")

    assert error.value.allowed == "a sheet: Data, Week 12; did you mean 'Data'?"


def test_a_workbook_without_a_sheet_of_cells_is_refused() -> None:
    with pytest.raises(TableError, match="a workbook with a sheet of cells"):
        chosen([], None)


def test_a_sheet_takes_no_more_cells_than_a_table_can_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("casebook.reading.sheets.MOST_CELLS", 2)
    read = Sheet("Data")
    read.put(1, 1, "a")
    read.put(1, 2, "b")

    with pytest.raises(TableError, match="up to 2 cells"):
        read.put(1, 3, "c")
    assert MOST_CELLS > 10**5


def test_a_cell_that_is_there_twice_is_refused() -> None:
    read = Sheet("Data")
    read.put(3, 28, "a")

    with pytest.raises(TableError) as error:
        read.put(3, 28, "b")
    assert error.value.hint == "AB3 is in the file twice"


def test_columns_that_are_hidden_many_times_over_cost_nothing() -> None:
    read = Sheet("Data")

    for _ in range(100_000):
        read.hide_columns(1, 99_999_999_999)

    assert read.hidden_columns == set(range(1, 16385))


def test_a_sheet_merges_no_more_cells_than_a_table_needs() -> None:
    read = Sheet("Data", merged=[Merged(1, 1, 1, 2)] * 20_000)

    with pytest.raises(TableError, match="up to 20,000 merged cells"):
        read.merge(Merged(1, 1, 1, 2))
