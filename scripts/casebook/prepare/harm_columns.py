"""Which columns and rows of a table of adverse events a study uses, and what is wrong with these.

What stands in their cells is for `harm_cells`.
"""

from collections import Counter
from collections.abc import Container, Iterator

from casebook.base.errors import suggestion
from casebook.data.cells import Grid, normalised
from casebook.data.findings import Finding
from casebook.prepare.chosen_rows import remarks_on_choice
from casebook.study.harms import HarmTable
from casebook.study.model import Study


def problems_with_columns(study: Study, file: str, grid: Grid) -> Iterator[Finding]:
    """The columns that the study names and that are not there, or twice.

    Args:
        study: A study with a table of adverse events.
        file: That table.
        grid: Its cells.
    """
    table = study.table_of_harms
    counts = Counter(map(normalised, grid.headers.values()))
    named = [(f"columns.{name}", header) for name, header in table.header_of.items()]
    named += [("rows_with", header) for header in table.rows_with]
    named += [("rows_without", header) for header in table.rows_without]
    read = table.header_of.values()
    named += [("fill_down", header) for header in table.fill_down if header not in read]
    for key, header in named:
        if counts[header] != 1:
            known = ", ".join(repr(each) for each in counts if each)
            allowed = "one column of this name" if counts[header] else f"a column: {known}"
            close = suggestion(header, list(counts))
            hint = "; ".join(filter(None, [f"harms.table.{key} names it", close]))
            yield Finding("error", file, grid.header_row, header, header, allowed, hint)


def remarks_on_events(study: Study, file: str, grid: Grid) -> Iterator[Finding]:
    """The rows that are no events, and those that the study names and that are not there."""
    table = study.table_of_harms
    above = range(1, grid.header_row)
    for row, reason in table.leave_out.items():
        if row in grid.body or row in above:
            yield Finding("note", file, row, "", "", "", f"left out: {reason}")
        else:
            hint = "harms.table.leave_out names a row that is not in the table"
            yield Finding("error", file, row, "", "", "", hint)
    others = study.source.rows_with if study.is_one_table else {}
    yield from remarks_on_choice(table.rows_with, "harms.table.rows_with", file, grid, others)


def left_out_of_nobody(table: HarmTable, grid: Grid, patients: Container[str]) -> dict[int, str]:
    """What stands in place of a patient in rows that are left out, as `Total`, by the rows.

    Args:
        table: What the study says of the table, whose columns are there.
        grid: Its cells.
        patients: The patients of the study.
    """
    named = table.columns.patient
    column = next(n for n, header in grid.headers.items() if normalised(header) == named)
    texts = {
        row: normalised(grid.columns[column][grid.places[row]])
        for row in sorted(table.leave_out)
        if row in grid.body
    }
    # A row with the header again is the top of a page.
    return {
        row: text for row, text in texts.items() if text not in ("", named) and text not in patients
    }


def unused_by_events(study: Study, file: str, grid: Grid) -> Iterator[Finding]:
    """The columns that nothing is read from; of one table, those of the patients are told."""
    if study.is_one_table:
        return
    used = study.table_of_harms.headers
    for header in map(normalised, grid.headers.values()):
        if header and header not in used:
            yield Finding("note", file, grid.header_row, header, "", "", "not used")
