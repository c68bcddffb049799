"""What a spreadsheet shows and the texts of its cells do not say."""

import pytest

from casebook.data.cells import TableError
from casebook.data.remarks import Remark
from casebook.reading.sheetremarks import is_formula_error, remarks_on, spread
from casebook.reading.sheets import Merged, Piece, Sheet

TABLE = {1: {1: "ID", 2: "Group", 3: "Before"}, 2: {1: "a"}, 3: {1: "b"}, 5: {1: "c", 3: "7"}}


def sheet(**parts: object) -> Sheet:
    return Sheet("Data", {row: dict(cells) for row, cells in TABLE.items()}, **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["#DIV/0!", " #N/A ", "#NAME?", "#BEZUG!", "#NV", "Err:502", "########", "#SPILL!"]
)
def test_what_a_spreadsheet_shows_for_an_error_is_known(text: str) -> None:
    assert is_formula_error(text)


@pytest.mark.parametrize("text", ["", "#1", "# 3", "#N", "N/A", "Err", "#unknown", "! #N/A"])
def test_other_texts_are_no_errors(text: str) -> None:
    assert not is_formula_error(text)


def test_a_text_merged_over_rows_holds_for_each_of_them_and_is_remarked() -> None:
    read = sheet(merged=[Merged(2, 2, 9, 2)])
    read.texts[2][2] = "treated"

    remarks = list(spread(read, width=3, header=1))

    assert {row: cells.get(2) for row, cells in read.texts.items()} == {
        1: "Group", 2: "treated", 3: "treated", 5: "treated",
    }  # fmt: skip
    hint = "merged with B2, so it is taken to apply to this row too"
    assert remarks == [Remark("warning", row, 2, "treated", "", hint) for row in (3, 5)]


def test_a_number_merged_over_columns_is_no_value_of_the_second_one() -> None:
    read = sheet(merged=[Merged(2, 2, 2, 16384)])
    read.texts[2][2] = "20"

    (remark,) = spread(read, width=3, header=1)

    assert (remark.severity, remark.row, remark.column, remark.value) == ("error", 2, 3, "20")
    assert remark.hint.startswith("it is merged with B2: unmerge them")


def test_a_text_below_a_merged_cell_is_an_error_if_it_is_another_one() -> None:
    read = sheet(merged=[Merged(2, 2, 5, 2)])
    read.texts[2][2], read.texts[3][2], read.texts[5][2] = "A", "B", "A"

    remarks = list(spread(read, width=3, header=1))

    assert [(r.severity, r.row, r.value) for r in remarks] == [
        ("error", 3, "B"),
        ("warning", 5, "A"),
    ]
    assert read.texts[3][2] == "B"


def test_what_is_known_of_a_text_is_known_of_it_in_each_merged_cell() -> None:
    first = (2, 2)
    read = sheet(
        merged=[Merged(2, 2, 5, 2)],
        uncomputed={first},
        struck={first},
        commented={first},
        shown={first: "7"},
        divided={first: "a part of it is raised"},
    )
    read.texts[2][2] = "=A2*2"

    list(spread(read, width=3, header=1))

    hints = {row: {r.hint for r in remarks_on(read, 3) if (r.row, r.column) == (row, 2)}
             for row in (2, 3, 5)}  # fmt: skip
    assert len(hints[2]) == 5
    assert hints[3] == hints[5] == hints[2]


@pytest.mark.parametrize("count", [2, 2000])
def test_cells_that_are_merged_twice_are_refused_at_once(count: int) -> None:
    read = Sheet("Data", {row: {1: f"P{row}", 2: "5"} for row in range(1, count + 4)})
    for row in range(2, count + 2):
        read.merge(Merged(row, 2, count + 3, 2))

    with pytest.raises(TableError, match="belongs to only one merged cell") as error:
        list(spread(read, width=2, header=1))

    assert (error.value.row, error.value.column) == (4, "B")


def test_cells_that_are_merged_beside_the_table_cost_nothing() -> None:
    read = Sheet("Data", {row: {1: "a", 9: "b"} for row in range(1, 2000)})
    read.merged = [Merged(2, 9, 2000, 9)] * 20_000

    assert list(spread(read, width=3, header=1)) == []


def test_merged_headers_and_empty_merged_cells_are_left_alone() -> None:
    read = sheet(merged=[Merged(1, 2, 3, 3), Merged(2, 2, 5, 2)])

    assert list(spread(read, width=3, header=1)) == []
    assert read.texts == TABLE


def test_what_is_hidden_struck_or_commented_is_remarked_where_there_is_a_table() -> None:
    read = sheet(
        hidden_rows={3, 4},
        hidden_columns=set(range(3, 16385)),
        struck={(2, 1), (5, 3)},
        commented={(5, 1), (5, 9)},
        shown={(5, 1): "C7", (5, 3): ""},
    )

    found = [(r.severity, r.row, r.column, r.hint.partition(",")[0]) for r in remarks_on(read, 3)]

    assert found == [
        ("warning", 0, 3, "a column that is hidden in the file"),
        ("warning", 2, 0, "it is struck through in the file"),
        ("warning", 3, 0, "it is hidden in the file"),
        ("warning", 5, 3, "it is struck through in the file"),
        ("warning", 5, 1, "the workbook shows it as 'C7'"),
        ("note", 5, 1, "has a comment in the file; it is not read"),
        ("warning", 5, 3, "the workbook shows nothing of it"),
    ]


def test_a_cell_of_which_a_piece_is_struck_through_has_no_value_of_its_own() -> None:
    read = Sheet("Data", {1: {1: "Before"}})
    read.put_pieces(2, 1, [Piece("5", struck=True), Piece("7")], struck=False)
    read.repeat(2, 1)

    remarks = list(remarks_on(read, 1))

    assert [(r.severity, r.row, r.value) for r in remarks] == [
        ("error", 2, "57"),
        ("error", 3, "57"),
    ]
    assert remarks[0].hint == (
        "a part of it is struck through, and '7' is not: write only what is meant into the cell"
    )


def test_numbers_in_another_unit_than_most_of_their_column_are_told_with_their_cells() -> None:
    units = {(2, 2): "mg", (3, 2): "g", (5, 2): "mg", (2, 3): "kg", (5, 4): "g", (3, 4): "mg"}
    read = sheet(units=units)
    for row, column in units:
        read.texts[row][column] = "10"

    found = list(remarks_on(read, width=3))

    hint = (
        "its number format shows it in 'g', and 2 of its column in 'mg'; all are used as they"
        " stand: if they are different units, convert the numbers in corrections.tsv"
    )
    assert found == [Remark("warning", 3, 2, "10", "", hint)]
