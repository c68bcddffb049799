"""The tables of a study that are joined, one below the other in one grid.

So the steps hand on one table of cells, however many files they came from. The rows of each further
table count on from a number that none before it reaches: row 7 of the first joined table is row
10,000,007. Which patient a row is of is decided in `prepare/joined`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from casebook.data.cells import Grid
from casebook.data.remarks import Remark

_APART = 10_000_000
"""More rows than a table can have."""


def in_table(row: int) -> tuple[int, int]:
    """Which of the tables a row is of, from 0, and its number there."""
    return divmod(row, _APART)


def in_stack(table: int, row: int) -> int:
    """The number of a table's row among those of all tables."""
    return table * _APART + row


def stacked(grids: Sequence[Grid]) -> Grid:
    """The tables one below the other, each with empty texts in the columns that it has not."""
    if len(grids) == 1:
        return grids[0]
    numbers = [in_stack(at, row) for at, grid in enumerate(grids) for row in grid.numbers]
    width = max(max(grid.columns) for grid in grids)
    return Grid(numbers, {n: [*_column(grids, n)] for n in range(1, width + 1)})


def _column(grids: Iterable[Grid], number: int) -> Iterator[str]:
    for grid in grids:
        yield from grid.columns.get(number) or [""] * len(grid.numbers)


def unstacked(grid: Grid) -> Iterator[Grid]:
    """The tables that were stacked, each with its own numbers of rows, and as wide as its texts."""
    tables = [in_table(row)[0] for row in grid.numbers]
    for table in dict.fromkeys(tables):
        first = tables.index(table)
        last = first + tables.count(table)
        numbers = [in_table(row)[1] for row in grid.numbers[first:last]]
        columns = {n: texts[first:last] for n, texts in grid.columns.items()}
        width = max((n for n, texts in columns.items() if any(texts)), default=1)
        yield Grid(numbers, {n: texts for n, texts in columns.items() if n <= width})


def remarks_in_stack(table: int, remarks: Iterable[Remark]) -> Iterator[Remark]:
    """The remarks on a table, at the rows that it has among all tables."""
    return (replace(each, row=in_stack(table, each.row)) for each in remarks)
