"""The rows of a table that is a text file: .csv or .tsv, in UTF-8, or in UTF-16 if it begins so.

No encoding is guessed, as a wrong guess changes names without a word; what it looks like is told.
What the cells mean is not looked at.
"""

import codecs
import csv
import io
import re
from itertools import islice
from pathlib import Path

from casebook.data.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, TableError, column_name

MOST_BYTES = 10 * 10**6

# UTF-32 before UTF-16, whose mark is the beginning of its own.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE = "in Excel, save it as 'CSV UTF-8'; in LibreOffice, as CSV with the character set UTF-8"
_SAVE_TABS = (
    "in Excel, save it as 'Unicode Text' and end its name in .tsv again; in LibreOffice, save it as"
    " CSV with the character set UTF-8 and tabs between"
)


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a table, each as its cells; what names Excel's separator is an empty row.

    Raises:
        TableError: the file is too large, not UTF-8, or its quotation marks do not match.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        allowed = f"a text file of up to {MOST_BYTES // 10**6} MB"
        raise TableError(allowed, "is it the right file?", value=f"{size / 10**6:,.0f} MB")
    tabs = path.suffix.lower() == ".tsv"
    text = _decoded(path.read_bytes(), tabs)
    separator = "\t" if tabs else _separator(text)
    rows: list[list[str]] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise _malformed(text, line, separator, rows, str(error)) from None
        if len(row) > MOST_COLUMNS:
            allowed = f"up to {MOST_COLUMNS:,} cells"
            found = f"{len(row):,} cells"
            hint = "look for a missing line break"
            raise TableError(allowed, hint, value=found, row=len(rows) + 1)
        rows.append(row)
        cells += len(row)
        if cells > MOST_CELLS or len(rows) > MOST_ROWS:
            allowed = f"a table of up to {MOST_CELLS:,} cells and {MOST_ROWS:,} rows"
            raise TableError(allowed, "copy what belongs to the study into a table of its own")
    if _is_excels_hint(text):
        rows[0] = []
    return rows


def _decoded(data: bytes, tabs: bool) -> str:
    save = _SAVE_TABS if tabs else _SAVE
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                allowed = f"{encoding.upper()} text, as the first bytes of the file announce"
                raise TableError(allowed, save) from None
    beginning = data[:1000]
    if beginning.count(0) > len(beginning) / 5:
        hint = (
            "it looks like UTF-16 without its byte order mark, or like a file that is not text;"
            f" {save}"
        )
        raise TableError("UTF-8 text", hint, value="U+0000")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _of_another_encoding(data, error.start, tabs) from None


def _of_another_encoding(data: bytes, place: int, tabs: bool) -> TableError:
    """The error for bytes that are not UTF-8, with the cell where they begin."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        # Each byte is a letter of Latin-1, which shows at least what stands around it.
        text, looks = data.decode("latin-1"), "its encoding is not known"
    else:
        looks = "it looks like Windows-1252 (or Latin-1), which casebook does not guess"
    separator = "\t" if tabs else _separator(text)
    header: list[str] = []
    row, cells = 0, [""]
    reader = csv.reader(io.StringIO(text[:place] + "x", newline=""), delimiter=separator)
    for row, cells in enumerate(reader, start=1):  # noqa: B007 - the last ones are meant
        header = header or cells
    end = re.compile(rf'[{separator}\r\n"]|\Z').search(text, place)
    cell = cells[-1][:-1] + text[place : end.start() if end else place + 1]
    column = header[len(cells) - 1] if len(cells) <= len(header) else ""
    return TableError(
        "UTF-8 text",
        f"{looks}; {_SAVE_TABS if tabs else _SAVE}",
        value=cell,
        row=row,
        column="" if row == 1 else column or column_name(len(cells)),
    )


def _malformed(
    text: str, line: int, separator: str, rows: list[list[str]], error: str
) -> TableError:
    """The error for a row of which the quotation marks do not match, with the cell.

    Args:
        text: The whole table.
        line: How many lines there are before the row.
        separator: What stands between cells.
        rows: The rows before it.
        error: What the reader says.
    """
    rest = text[sum(map(len, islice(io.StringIO(text, newline=""), line))) :]
    whole = re.compile(rf'(?:"(?:[^"]|"")*+"|(?!")[^{separator}\r\n]*){separator}')
    column, begin = 1, 0
    while match := whole.match(rest, begin):
        column, begin = column + 1, match.end()
    header = rows[0][column - 1].strip() if rows and column <= len(rows[0]) else ""
    place = header or column_name(column) if rows else ""
    cell = re.split(rf"[{separator}\r\n]", rest[begin : begin + 1000], maxsplit=1)[0]
    if error.startswith("field larger"):
        hint = "look for a quotation mark that is never closed"
    elif cell.count('"') % 2:
        hint = "it begins with a quotation mark that is never closed, or closed in another row"
    else:
        doubled = cell.replace('"', '""')
        hint = f'a quotation mark within a cell is written twice, here as "{doubled}"'
    allowed = "cells with quotation marks around the whole cell, or without any"
    return TableError(allowed, hint, value=cell, row=len(rows) + 1, column=place)


def _separator(text: str) -> str:
    """What stands between the headers: Excel writes a semicolon where the comma is decimal."""
    lines = (line for line in io.StringIO(text, newline=None) if line.strip(" ,;\t\n"))
    if _is_excels_hint(text):
        next(lines, "")
    unquoted = re.sub(r'"[^"]*"', "", next(lines, ""))
    return max(",;\t", key=unquoted.count)


def _is_excels_hint(text: str) -> bool:
    """Whether the first line is the one by which Excel names the separator."""
    return re.match(r"sep=[,;\t]?\s*\n", text) is not None
