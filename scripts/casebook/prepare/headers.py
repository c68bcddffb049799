"""The header of a table as study.yaml says: below other rows, of two, with names that it lacks.

What the headers mean is for others; a table of one header at its top stays as it is.
"""

from collections.abc import Iterator, Mapping, Sequence

from casebook.data.cells import Grid, TableError, column_name, folded, normalised
from casebook.study.source import TableFile, TableForm

Cells = Mapping[int, str]
"""The texts of a row by the numbers of the columns."""


def with_header(
    source: TableFile, rows: Mapping[int, Cells], merged: Mapping[int, int]
) -> dict[int, Cells]:
    """The rows of a table from its header on.

    Args:
        source: What the study says of the table.
        rows: Its rows that hold text, by their numbers.
        merged: To which column each cell of the first row of the header that is merged with others
            goes; of a file that cannot tell, a group goes on to the next one.

    Raises:
        TableError: there is no such row, or a column that is to be named has a header.
    """
    for number in source.header:
        if number not in rows:
            hint = "source.header of study.yaml names it"
            raise TableError("a row with text, as the header", hint, row=number)
    first, last = min(source.header, default=0), max(source.header, default=0)
    found = {number: row for number, row in rows.items() if number >= last}
    if first != last:
        found[last] = _joined(rows[first], rows[last], merged)
    return _named(source, found) if source.names else found


def _joined(above: Cells, below: Cells, merged: Mapping[int, int]) -> Cells:
    """One header of two: the names of groups before those of their columns."""
    joined: dict[int, str] = {}
    group, until = "", 0
    for column in range(1, max([*above, *below]) + 1):
        own, name = above.get(column, "").strip(), below.get(column, "").strip()
        if own:
            group, until = own, merged.get(column, column if merged else len(above) + len(below))
        over = group if column <= until or own else ""
        joined[column] = f"{over} {name}".strip() if name else own
    return joined


def _named(source: TableFile, rows: Mapping[int, Cells]) -> dict[int, Cells]:
    is_turned = isinstance(source, TableForm) and source.transpose
    above = () if is_turned else source.leave_out
    header = next((row for row in sorted(rows) if row not in above), min(rows, default=0))
    found = dict(rows)
    for key, name in source.names.items():
        row, column = (int(key), 1) if key.isdecimal() else (header, _number(key))
        if row not in found or (key.isdecimal() and not is_turned) or not column:
            hint = "source.names of study.yaml has it; columns go by letters, as in A"
            raise TableError("a column of the table", hint, value=key)
        text = normalised(rows[row].get(column, ""))
        is_longer = folded(text) in folded(name)
        if text and not is_longer and not _is_of_others(text, rows, row, column):
            hint = "source.names of study.yaml is for columns that have none of their own, or that"
            hint += " are to have a longer one, as 'CRP week 4' for 'CRP'"
            allowed = "a column without a header, or with that of another one"
            raise TableError(allowed, hint, value=text, row=row, column=key)
        found[row] = {**found[row], column: name}
    return found


def _is_of_others(text: str, rows: Mapping[int, Cells], row: int, column: int) -> bool:
    """Whether another column has the same header; another row, where these name variables."""
    others = [row.get(1, "") for row in rows.values()] if column == 1 else [*rows[row].values()]
    return [*map(normalised, others)].count(text) > 1


def _number(letters: str) -> int:
    return next((n for n in range(1, 1000) if column_name(n) == letters.upper()), 0)


def with_header_of_texts(
    source: TableFile, rows: Mapping[int, Sequence[str]]
) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of a text file from the header on; the others stay as they are written."""
    cells = {number: dict(enumerate(row, start=1)) for number, row in rows.items()}
    for number, row in with_header(source, cells, {}).items():
        if row == cells[number]:
            yield number, rows[number]
        else:
            yield number, [row.get(column, "") for column in range(1, max(row) + 1)]


def turned_texts(rows: Mapping[int, Sequence[str]]) -> Grid:
    """The cells of a text file with patients in columns; a row can end before the others.

    Raises:
        TableError: it has no text.
    """
    if not rows:
        raise TableError("a table with patients in columns", "the file is empty")
    width = max(map(len, rows.values()))
    filled = [[*row, *[""] * (width - len(row))] for row in rows.values()]
    columns = zip(*filled, strict=True)
    return Grid([*rows], dict(enumerate(columns, start=1)))
