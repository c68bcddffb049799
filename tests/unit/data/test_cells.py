from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.data.cells import Grid, are_normalised, normalised, read_grid, write_cells

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


@given(st.lists(st.text(alphabet="aé1 \t\n\x1c\u200b\xa0"), max_size=4))
def test_what_is_seen_of_many_texts_at_once_holds_of_each(texts: list[str]) -> None:
    assert not are_normalised(texts) or texts == [*map(normalised, texts)]


def test_many_plain_texts_are_seen_to_be_normalised() -> None:
    assert are_normalised(["P1", "", "12.5"])
