from pathlib import Path

from casebook.data.cells import Cell, Grid, read_grid, write_cells


def test_cells_come_back_as_a_grid_with_the_numbers_of_rows_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "cells.csv"
    cells = [Cell(2, 1, "ID"), Cell(2, 2, "Age\nnow"), Cell(5, 1, "a"), Cell(5, 2, "")]

    write_cells(path, cells)

    assert path.read_bytes() == b'row,column,text\n2,1,ID\n2,2,"Age\nnow"\n5,1,a\n5,2,\n'
    assert read_grid(path) == Grid({2: {1: "ID", 2: "Age\nnow"}, 5: {1: "a", 2: ""}})


def test_the_first_row_that_holds_anything_is_the_header() -> None:
    grid = Grid({3: {1: "ID"}, 4: {1: "a"}, 7: {1: "b"}})

    assert grid.header_row == 3
    assert grid.headers == {1: "ID"}
    assert grid.body == {4: {1: "a"}, 7: {1: "b"}}
