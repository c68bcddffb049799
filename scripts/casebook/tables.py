"""Any raw table, text file or workbook, as cells of text with their origin.

Nothing is interpreted: a cell's text is what the file holds. What a cell means is for cleaning.
"""

import csv
import datetime
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from casebook.cells import Cell, write_cells
from casebook.errors import suggestion
from casebook.findings import DataError, Finding
from casebook.study import load_study

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


def ingest(study: Path, cells: Path) -> None:
    """Write the cells of a study's raw table.

    Raises:
        DataError: the file cannot be read as a table, or there is nothing in it.
    """
    source = load_study(study).source
    write_cells(cells, read_cells(study.parent / source.table, source.sheet))


def read_cells(table: Path, sheet: str | None = None) -> list[Cell]:
    """All cells of a raw table, row by row; rows without any text are left out.

    Raises:
        DataError: the file cannot be read as a table, or there is nothing in it.
    """
    reader = _reader(table)
    rows = {
        number: row
        for number, row in enumerate(reader(table, sheet), start=1)
        if any(text.strip() for text in row)
    }
    if len(rows) < 2:
        raise _unreadable(table, "", "a header and at least one row below it", "the table is empty")
    width = len(_without_trailing_blanks(rows[min(rows)]))
    ragged = [
        Finding(
            "error",
            str(table),
            number,
            "",
            f"{len(_without_trailing_blanks(row))} cells",
            f"{width} cells, as in the header",
            "look for a separator inside a cell: such a cell needs quotes around it",
        )
        for number, row in rows.items()
        if len(_without_trailing_blanks(row)) > width or len(row) < width
    ]
    if ragged:
        raise DataError(ragged)
    return [
        Cell(number, column, text)
        for number, row in rows.items()
        for column, text in enumerate(row[:width], start=1)
    ]


def _reader(table: Path) -> Callable[[Path, str | None], Iterator[list[str]]]:
    suffix = table.suffix.lower()
    if suffix in (".tsv", ".csv"):
        return _text_rows
    if suffix in _WORKBOOKS:
        return _workbook_rows
    allowed = ", ".join((".tsv", ".csv", *_WORKBOOKS))
    raise _unreadable(table, table.suffix, f"a file that ends in {allowed}", "save it as one")


def _unreadable(table: Path, value: str, allowed: str, hint: str) -> DataError:
    return DataError([Finding("error", str(table), 0, "", value, allowed, hint)])


def _text_rows(table: Path, sheet: str | None) -> Iterator[list[str]]:
    if sheet is not None:
        hint = "take the key source.sheet out of study.yaml"
        raise _unreadable(table, sheet, "no sheet: this is a text file", hint)
    try:
        text = table.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "save the table again as 'CSV UTF-8'"
        raise _unreadable(table, f"byte {error.start}", "UTF-8 text", hint) from None
    header = text.partition("\n")[0]
    separator = "\t" if table.suffix.lower() == ".tsv" else max(",;\t", key=header.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as error:
        hint = "look for a quotation mark without its twin"
        raise _unreadable(table, str(error), "a well-formed table", hint) from None


def _workbook_rows(table: Path, sheet: str | None) -> Iterator[list[str]]:
    # A workbook is rare and pandas is slow to load; a text table does without it.
    import pandas
    from python_calamine import CalamineError

    try:
        workbook = pandas.ExcelFile(table, engine="calamine")
    except (CalamineError, ValueError, OSError):
        raise _unreadable(table, "", "a workbook", "open it and save it again") from None
    sheets = [str(name) for name in workbook.sheet_names]
    if sheet is not None and sheet not in sheets:
        allowed = f"one of its sheets: {', '.join(sheets)}"
        raise _unreadable(table, sheet, allowed, suggestion(sheet, sheets).removeprefix("; "))
    frame = workbook.parse(sheet or sheets[0], header=None, dtype=object, na_filter=False)
    for row in frame.itertuples(index=False):
        yield [_workbook_text(value) for value in row]


def _workbook_text(value: object) -> str:
    match value:
        case bool():
            return str(value).upper()
        case float():
            # A workbook keeps 0.3 in binary; 15 digits are what it shows.
            return format(value, ".15g")
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
    return str(value)


def _without_trailing_blanks(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row = row[:-1]
    return row
