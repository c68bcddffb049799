"""Which columns and rows of a table a study uses, and what is wrong with those that it names.

Columns are found by their headers, rows by their numbers in the file. What stands in their cells is
for `clean`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat

from casebook.base.errors import suggestion
from casebook.base.lookup import Lookup
from casebook.data.cells import Grid, column_name, folded, normalised
from casebook.data.findings import Finding
from casebook.data.row_choice import Wanted, rows_with
from casebook.prepare.chosen_rows import remarks_on_choice
from casebook.prepare.ordered import in_order
from casebook.study.model import Study
from casebook.study.source import Source, TableForm

_SIGNS = re.compile(r"[\W_]+")
_LISTED_ABOVE = "a column of the table; its columns are listed above"


@dataclass(frozen=True)
class Table:
    """A table of patients as its file has it.

    Attributes:
        name: The name by which a study joins it; none of its first table.
        form: What the study says of it.
        file: The table, for messages.
        grid: Its cells; turned if it has patients in columns.
    """

    name: str
    form: TableForm
    file: str
    grid: Grid


def columns_of(
    study: Study, table: Table, values: Iterable[str]
) -> tuple[dict[str, int], list[Finding]]:
    """The number of each column that the study names, and what is wrong with the others.

    Args:
        study: The study.
        table: One of its tables.
        values: The columns of the patients' values, in the order of the study.
    """
    grid, file = table.grid, table.file
    patient = table.form.patient
    own = [patient] if patient and patient not in table.form.group_rows else []
    wanted = list(dict.fromkeys([*values, *own]))
    header = grid.header_row
    if below := _header_below(grid, wanted):
        hint = (
            f"row {below} has the columns of the study: the rows above it, such as a title, can"
            " be left out with source.leave_out in study.yaml"
        )
        return {}, [Finding("error", file, header, "", "", "the header", hint)]
    headers = {number: normalised(text) for number, text in grid.headers.items()}
    numbers = {text: number for number, text in headers.items()}
    counts = Counter(headers.values())
    columns = {column: numbers[column] for column in wanted if counts[column] == 1}
    if own and not counts[own[0]] and (meant := _written_otherwise(own[0], counts)):
        # Whatever is told of a patient can be held against the column that is probably meant.
        columns[own[0]] = numbers[meant]
    twice = [
        Finding("error", file, header, c, "", "one column of this name", _to_name(c, table))
        for c in wanted
        if counts[c] > 1
    ]
    return columns, [*twice, *_missing(study, table, wanted, counts)]


def _missing(
    study: Study, table: Table, wanted: Iterable[str], counts: Mapping[str, int]
) -> Iterator[Finding]:
    """The errors for columns that are not there, in their order; the first lists those that are."""
    missing = []
    for column in wanted:
        if column not in counts:
            line, key = study.origin(column, table.name)
            hint = "; ".join(filter(None, [f"{key} names it", suggestion(column, list(counts))]))
            missing.append(Finding("error", line, 0, "", column, "", hint))
    known = chain([_known(table, counts)], repeat(_LISTED_ABOVE))
    for each, allowed in zip(in_order(missing), known, strict=False):
        yield replace(each, allowed=allowed)


def _written_otherwise(header: str, headers: Mapping[str, int]) -> str:
    """The one header with the same letters and digits; empty if none has them, or several."""
    plain = _SIGNS.sub("", folded(header))
    same = [each for each in headers if plain and _SIGNS.sub("", folded(each)) == plain]
    return same[0] if len(same) == 1 and headers[same[0]] == 1 else ""


def _to_name(header: str, table: Table) -> str:
    """How the last of the columns with one header can be given another name."""
    number = max(n for n, text in table.grid.headers.items() if normalised(text) == header)
    key = str(number) if table.form.transpose else column_name(number)
    where = f"source.joined.{table.name}" if table.name else "source"
    return f"write names: {{ {key}: another name }} under {where} in study.yaml"


def _header_below(grid: Grid, wanted: Collection[str]) -> int | None:
    """The first row that has every column of the study, if the header has not."""
    if {*wanted} <= set(map(normalised, grid.headers.values())):
        return None
    plain = (Lookup(normalised).each(texts) for texts in grid.columns.values())
    rows = zip(grid.numbers, zip(*plain, strict=True), strict=True)
    return next((number for number, row in rows if {*wanted} <= {*row}), None)


def _known(table: Table, headers: Collection[str]) -> str:
    """The columns that there are, and which row says so if it is not the first."""
    header = table.grid.header_row
    known = f"a column of {table.file}: {', '.join(repr(each) for each in headers if each)}"
    if header == 1:
        return known
    moved = any(each < header for each in table.form.leave_out)
    kept = " that source.leave_out does not leave out" * moved
    return f"{known}; its header is row {header}, the first with text{kept}"


def unused_columns(file: str, grid: Grid, used: Collection[int]) -> Iterator[Finding]:
    """The columns with a header whose numbers are not among those in use."""
    for number, header in grid.headers.items():
        if number not in used and header.strip():
            yield Finding("note", file, grid.header_row, normalised(header), "", "", "not used")


def rows_of_patients(table: Table) -> list[int]:
    """The rows of patients: those below the header that the study means and does not leave out."""
    left_out = table.form.no_patients
    return [row for row in rows_with(table.form.rows_with, table.grid) if row not in left_out]


def remarks_on_rows(table: Table, others: Wanted) -> Iterator[Finding]:
    """Which rows are left out, and which that the study names are not there.

    Args:
        table: The table.
        others: The texts of rows that are used otherwise.
    """
    form, file, grid = table.form, table.file, table.grid
    left_out, body = form.leave_out, {*grid.body}
    if body <= left_out.keys():
        hint = "source.leave_out of study.yaml leaves out every row"
        yield Finding("error", file, 0, "", "", "a row with a patient", hint)
    above = range(1, grid.header_row)
    kept = form.keep if isinstance(form, Source) else {}
    for key, named in {"leave_out": left_out, "keep": kept}.items():
        for row in named.keys() - body - set(above if key == "leave_out" else ()):
            allowed = f"rows {min(body)} to {max(body)}"
            hint = f"source.{key} of study.yaml names a row that is not in the table"
            yield Finding("error", file, row, "", "", allowed, hint)
    for row, reason in left_out.items():
        if row in body or row in above:
            yield Finding("note", file, row, "", "", "", f"left out: {reason}")
    yield from remarks_on_choice(form.rows_with, "source.rows_with", file, grid, others)


def texts_in(rows: Sequence[int], grid: Grid) -> dict[int, Sequence[str]]:
    """The texts of all columns in some rows below the header, as found."""
    if len(rows) == len(grid.body):
        return {number: texts[1:] for number, texts in grid.columns.items()}
    kept = [grid.places[row] for row in rows]
    return {number: [texts[place] for place in kept] for number, texts in grid.columns.items()}
