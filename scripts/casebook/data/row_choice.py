"""Which rows of a table are meant, by the texts that they have in columns that a study names.

An export can have rows of several forms: those of visits, and one for each adverse event. What is
said of texts that no row has is for `prepare/chosen_rows`.
"""

from collections.abc import Mapping, Sequence

from casebook.base.lookup import Lookup
from casebook.data.cells import Grid, folded, normalised

Wanted = Mapping[str, Sequence[str]]
"""The texts that rows have, by the headers of columns."""


def rows_with(wanted: Wanted, grid: Grid, unwanted: Wanted | None = None) -> Sequence[int]:
    """The rows below the header with one of these texts in each column that is there.

    Those with an unwanted text in a column are not among them.
    """
    rows = [*grid.body]
    for header, texts in (unwanted or {}).items():
        found, not_meant = texts_of(header, grid), {*map(folded, texts)}
        rows = [row for row in rows if row not in found or folded(found[row]) not in not_meant]
    for header, texts in wanted.items():
        found, meant = texts_of(header, grid), {*map(folded, texts)}
        rows = [row for row in rows if row not in found or folded(found[row]) in meant]
    return rows


def texts_of(header: str, grid: Grid) -> dict[int, str]:
    """The texts of a column by their rows, normalised; none if it is not there."""
    for number, text in grid.headers.items():
        if normalised(text) == header:
            return dict(
                zip(grid.body, Lookup(normalised).each(grid.columns[number][1:]), strict=True)
            )
    return {}
