"""Empty cells that have the text of the cell above, as below a name that stands once.

Which columns these are is said by a study, under `fill_down`.
"""

from collections.abc import Collection, Iterator

from casebook.data.cells import Grid, normalised


def with_filled(
    grid: Grid,
    headers: Collection[str],
    left_out: Collection[int],
    of_nobody: Collection[int] = (),
) -> Grid:
    """A table with the text above in each empty cell of some columns.

    Args:
        grid: The cells of the table.
        headers: The headers of these columns, normalised.
        left_out: The rows that are left out.
        of_nobody: Rows, as of totals, below which nothing from above holds, nor what they say.
    """
    columns = dict(grid.columns)
    for number, header in grid.headers.items():
        if normalised(header) in headers:
            texts, at = [*grid.columns[number]], grid.places
            for row, above in filled_from(grid, number, left_out, of_nobody, of_nobody):
                texts[at[row]] = texts[at[above]]
            columns[number] = texts
    return Grid(grid.numbers, columns)


def filled_from(
    grid: Grid,
    number: int,
    left_out: Collection[int],
    others: Collection[int] = (),
    ends: Collection[int] = (),
) -> Iterator[tuple[int, int]]:
    """Each row whose cell in a column is empty, with the one above whose text it has.

    A row that is left out has a text for those below as any other has, as they may be the same
    patient's; but not one with the header again, as at the top of a page.

    Args:
        grid: The cells of the table.
        number: The number of the column.
        left_out: The rows that are left out.
        others: Rows whose text is for no row below.
        ends: Those of them below which no text from above holds.
    """
    last = 0
    header, *texts = grid.columns[number]
    for row, text in zip(grid.body, texts, strict=True):
        last = 0 if row in ends else last
        again = row in left_out and normalised(text) in ("", normalised(header))
        if row in others or again:
            continue
        if text.strip():
            last = row
        elif last:
            yield row, last
