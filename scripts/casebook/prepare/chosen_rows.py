"""Which rows of a table are meant, by the texts that they have in columns that a study names.

An export can have rows of several forms: those of visits, and one for each adverse event. Rows that
are left out by their number are for `layout` and `harm_rows`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from casebook.base.errors import listed
from casebook.base.lookup import Lookup
from casebook.data.cells import Grid, folded, normalised
from casebook.data.findings import Finding
from casebook.doubts.misspelt import may_be

_EMPTY = "an empty cell"
Wanted = Mapping[str, Sequence[str]]
"""The texts that rows have, by the headers of columns."""


def rows_with(wanted: Wanted, grid: Grid) -> Sequence[int]:
    """The rows below the header with one of these texts in each column that is there."""
    rows = [*grid.body]
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


def remarks_on_choice(
    wanted: Wanted, key: str, file: str, grid: Grid, others: Wanted
) -> Iterator[Finding]:
    """Texts that no row has, and how many rows have others.

    Args:
        wanted: The texts that rows have.
        key: Where study.yaml says so.
        file: The table.
        grid: Its cells.
        others: The texts of rows that are used otherwise.
    """
    for header, texts in wanted.items():
        counts = Counter(texts_of(header, grid).values())
        known = {folded(text): text for text in counts}
        for text in texts:
            if counts and folded(text) not in known:
                there = listed([each or _EMPTY for each in counts], text)
                allowed = f"a text of this column: {there}"
                hint = f"{key} of study.yaml names it, and no row has it"
                yield Finding("error", file, grid.header_row, header, text, allowed, hint)
        meant = {*map(folded, (*texts, *others.get(header, ())))}
        for text, number in counts.items():
            if folded(text) not in meant:
                rows = f"{number} row{'s' * (number != 1)}"
                hint = f"not used here: {rows}, as {key} of study.yaml does not name this text"
                told = (file, 0, header, text or _EMPTY, "")
                if like := may_be(text, [*filter(None, texts)]):
                    yield Finding("warning", *told, f"{hint}; is it {like!r}?")
                else:
                    yield Finding("note", *told, hint)
