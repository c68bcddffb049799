from pathlib import Path

import pytest

from casebook.data.cells import Grid, read_grid, write_cells

GRID = Grid([2, 5], {1: ["ID", "a"], 2: ["Age\nnow", ""]})


def test_cells_come_back_as_a_grid_with_the_numbers_of_rows_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "cells.csv"

    write_cells(path, GRID)

    assert path.read_bytes() == b'row,column,text\n2,1,ID\n2,2,"Age\nnow"\n5,1,a\n5,2,\n'
    assert read_grid(path) == GRID


def test_the_first_rows_can_be_read_alone(tmp_path: Path) -> None:
    write_cells(tmp_path / "cells.csv", GRID)

    assert read_grid(tmp_path / "cells.csv", 4) == Grid([2], {1: ["ID"], 2: ["Age\nnow"]})


def test_the_first_row_that_holds_anything_is_the_header() -> None:
    grid = Grid([3, 4, 7], {1: ["ID", "a", "b"]})

    assert grid.header_row == 3
    assert grid.headers == {1: "ID"}
    assert grid.body == [4, 7]


@pytest.mark.parametrize("lines", ["1,1,ID\n1,2,Age\n2,1,a\n", "1,1,ID\n2,2,a\n"])
def test_cells_that_are_no_grid_are_refused(tmp_path: Path, lines: str) -> None:
    path = tmp_path / "cells.csv"
    path.write_text(f"row,column,text\n{lines}")

    with pytest.raises(ValueError, match="not every row of it has the same columns"):
        read_grid(path)
