"""Any raw table, text file or workbook, as cells of text with their origin.

Nothing is interpreted: a cell's text is what the file holds, and what the text does not say is
remarked. What a cell means is for cleaning.
"""

import csv
import datetime
import io
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from casebook.cells import Cell, write_cells
from casebook.errors import suggestion
from casebook.findings import DataError, Finding, stop_at_errors
from casebook.remarks import Remark, write_remarks
from casebook.study import load_study

if TYPE_CHECKING:
    from pandas import ExcelFile

FORMULA_ERROR = "#ERROR!"
"""Stands for a formula that gives an error, such as #N/A, which is not an empty cell."""

# As programs of all languages show them: #DIV/0!, #NAME?, #BEZUG!, #N/A, #NV; LibreOffice's own.
_FORMULA_ERROR = re.compile(r"#[\w/]+[!?]|#N/?[ADV]|#GETTING_DATA|Err:5\d\d", re.IGNORECASE)

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


def ingest(study: Path, table: Path, cells: Path, remarks: Path) -> None:
    """Write the cells of a study's raw table, and what else its file says of them.

    Args:
        study: The study.yaml, which says how the table is to be read.
        table: The raw table.
        cells: The cells to write.
        remarks: The remarks to write.

    Raises:
        DataError: the file cannot be read as a table, or there is nothing in it.
    """
    source = load_study(study).source
    decimal = source.numerals.decimal
    read = read_cells(table, source.sheet, decimal=decimal, left_out=source.leave_out)
    write_cells(cells, read)
    write_remarks(remarks, _formula_errors(read))


def read_cells(
    table: Path, sheet: str | None = None, *, decimal: str = ".", left_out: Collection[int] = ()
) -> list[Cell]:
    """All cells of a raw table, row by row; rows without any text are left out.

    The table begins with its header, the first row with text that is not among those left out.

    Args:
        table: The file.
        sheet: Sheet of a workbook; the first one if there is none.
        decimal: What numbers of a workbook, which have no text of their own, are written with.
        left_out: Rows that are not used; they need not have as many cells as the header.

    Raises:
        DataError: the file cannot be read as a table, or there is nothing in it.
    """
    reader = _reader(table, decimal)
    rows = {
        number: row
        for number, row in enumerate(reader(table, sheet), start=1)
        if any(text.strip() for text in row)
    }
    header = min(rows.keys() - set(left_out), default=0)
    rows = {number: row for number, row in rows.items() if number >= header}
    if len(rows) < 2:
        hint = "the table is empty; if it stands on another sheet, name it in source.sheet"
        raise _unreadable(table, "", "a header and at least one row below it", hint)
    width = len(_without_trailing_blanks(rows[min(rows)]))
    stop_at_errors(_ragged(table, width, {n: row for n, row in rows.items() if n not in left_out}))
    return [
        Cell(number, column, "\n".join(text.splitlines()))
        for number, row in rows.items()
        for column, text in enumerate(row[:width], start=1)
    ]


def _formula_errors(cells: Iterable[Cell]) -> Iterator[Remark]:
    """Remarks on cells that show an error of a formula, in a text file as in a workbook."""
    for cell in cells:
        if _FORMULA_ERROR.fullmatch(cell.text.strip()):
            hint = "mend the formula in the table, or list its text under missing in study.yaml"
            allowed = "a value, not the error of a formula"
            yield Remark("error", cell.row, cell.column, cell.text.strip(), allowed, hint)


def _ragged(table: Path, width: int, rows: dict[int, list[str]]) -> Iterator[Finding]:
    """Rows that have more or fewer cells than the header."""
    for number, row in rows.items():
        if len(_without_trailing_blanks(row)) > width:
            count = len(_without_trailing_blanks(row))
            hint = (
                "look for a separator inside a cell, which needs quotes around it, or for a title"
                f" above the header, which is taken from row {min(rows)}"
            )
        elif len(row) < width:
            count = len(row)
            hint = "look for a separator that was lost, at the end of the row too"
        else:
            continue
        found = f"{count} cell{'s' * (count != 1)}"
        allowed = f"{width} cell{'s' * (width != 1)}, as in the header"
        yield Finding("error", str(table), number, "", found, allowed, hint)


def _reader(table: Path, decimal: str) -> Callable[[Path, str | None], Iterator[list[str]]]:
    suffix = table.suffix.lower()
    if suffix in (".tsv", ".csv"):
        return _text_rows
    if suffix in _WORKBOOKS:
        return partial(_workbook_rows, decimal)
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
    separator = "\t" if table.suffix.lower() == ".tsv" else _separator(text)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, row in enumerate(rows):
            yield [] if number == 0 and _is_excels_hint(text) else row
    except csv.Error as error:
        hint = "look for a quotation mark without its twin"
        raise _unreadable(table, str(error), "a well-formed table", hint) from None


def _separator(text: str) -> str:
    """What stands between the headers: Excel writes a semicolon where the comma is decimal."""
    lines = [line for line in text.splitlines() if line.strip(" ,;\t")]
    header = next(iter(lines[1:] if _is_excels_hint(text) else lines), "")
    unquoted = re.sub(r'"[^"]*"', "", header)
    return max(",;\t", key=unquoted.count)


def _is_excels_hint(text: str) -> bool:
    """Whether the first line is the one by which Excel names the separator."""
    return re.match(r"sep=[,;\t]?\s*\n", text) is not None


def _workbook_rows(decimal: str, table: Path, sheet: str | None) -> Iterator[list[str]]:
    # A workbook is rare and pandas is slow to load; a text table does without it.
    import pandas

    engine: Literal["openpyxl", "calamine"]
    engine = "openpyxl" if table.suffix.lower() in (".xlsx", ".xlsm") else "calamine"
    try:
        with pandas.ExcelFile(table, engine=engine) as workbook:
            return iter(_sheet_rows(workbook, decimal, table, sheet))
    except DataError:
        raise
    except Exception as error:  # the engines' errors have no class in common
        hint = f"open it and save it again ({error})"
        raise _unreadable(table, "", "a workbook", hint) from None


def _sheet_rows(
    workbook: "ExcelFile", decimal: str, table: Path, sheet: str | None
) -> list[list[str]]:
    sheets = [str(name) for name in workbook.sheet_names]
    if sheet is not None and sheet not in sheets:
        allowed = f"one of its sheets: {', '.join(sheets)}"
        raise _unreadable(table, sheet, allowed, suggestion(sheet, sheets))
    name = sheet or sheets[0]
    width = workbook.parse(name, header=None).shape[1]
    # Without a converter pandas takes TRUE for 1 where both stand in a column.
    converters: dict[int | str, Callable[[Any], Any]]
    converters = dict.fromkeys(range(width), partial(_workbook_text, decimal))
    frame = workbook.parse(name, header=None, na_filter=False, converters=converters)
    rows: list[list[str]] = frame.to_numpy().tolist()
    return rows


def _workbook_text(decimal: str, value: object) -> str:
    match value:
        case bool():
            return str(value).upper()
        case float() if math.isnan(value):
            return FORMULA_ERROR
        case float():
            # A workbook keeps 0.3 in binary; 15 digits are what it shows.
            return format(value, ".15g").replace(".", decimal)
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
    return str(value)


def _without_trailing_blanks(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row = row[:-1]
    return row
