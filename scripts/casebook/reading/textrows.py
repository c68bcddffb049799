"""The rows of a table that is a text file: .csv or .tsv, in UTF-8, or in UTF-16 if it begins so.

No encoding is guessed, as a wrong guess changes names without a word; what it looks like is told.
What the cells mean is not looked at.
"""

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Self

from casebook.base.lookup import Once
from casebook.data.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, TableError, column_name

MOST_BYTES = 200 * 10**6
_LONGEST_ROW = 10 * 10**6
"""In characters, before its cells are told apart."""

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


def read_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a table, each as its cells; what names Excel's separator is an empty row.

    A text that comes often is one object, so that a large table takes little memory.

    Raises:
        TableError: the file is too large, not UTF-8, or its quotation marks do not match.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        allowed = f"a text file of up to {MOST_BYTES // 10**6} MB"
        raise TableError(allowed, "is it the right file?", value=f"{size / 10**6:,.0f} MB")
    tabs = path.suffix.lower() == ".tsv"
    data = _decoded(path.read_bytes(), tabs).encode()
    lines = _Lines(data)
    separator = "\t" if tabs else _separator(data)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    known = Once()
    headers: list[str] = []
    count, cells = 0, 0
    while True:
        line, lines.length = reader.line_num, 0
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _malformed(data, line, separator, headers, count + 1, str(error)) from None
        count, cells = count + 1, cells + len(row)
        if len(row) > MOST_COLUMNS:
            allowed = f"up to {MOST_COLUMNS:,} cells"
            found = f"{len(row):,} cells"
            raise TableError(allowed, "look for a missing line break", value=found, row=count)
        if cells > MOST_CELLS or count > MOST_ROWS:
            allowed = f"a table of up to {MOST_CELLS:,} cells and {MOST_ROWS:,} rows"
            raise TableError(allowed, "copy what belongs to the study into a table of its own")
        if count == 1:
            headers = row
            row = [] if _is_excels_hint(data) else row
        yield known.each_of_few(row)


class _Lines:
    """The lines of a table; `length` counts what was read of a row that has not ended."""

    def __init__(self, data: bytes) -> None:
        self._lines = _lines(data, newline="")
        self.length = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.length += len(line)
        if self.length > _LONGEST_ROW:
            allowed = f"rows of up to {_LONGEST_ROW:,} characters"
            raise TableError(allowed, "look for a missing line break or quotation mark")
        return line


def _lines(data: bytes, newline: str | None) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline=newline)


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
    separator = "\t" if tabs else _separator(text.encode())
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
    data: bytes, line: int, separator: str, headers: Sequence[str], row: int, error: str
) -> TableError:
    """The error for a row of which the quotation marks do not match, with the cell.

    Args:
        data: The whole table.
        line: How many lines there are before the row.
        separator: What stands between cells.
        headers: The cells of the first row, if it is another one.
        row: The number of the row.
        error: What the reader says.
    """
    lines = _lines(data, newline="")
    deque(islice(lines, line), maxlen=0)
    rest = lines.read(_LONGEST_ROW)
    whole = re.compile(rf'(?:"(?:[^"]|"")*+"|(?!")[^{separator}\r\n]*){separator}')
    column, begin = 1, 0
    while match := whole.match(rest, begin):
        column, begin = column + 1, match.end()
    header = headers[column - 1].strip() if column <= len(headers) else ""
    place = header or column_name(column) if row > 1 else ""
    cell = re.split(rf"[{separator}\r\n]", rest[begin : begin + 1000], maxsplit=1)[0]
    if error.startswith("field larger"):
        hint = "look for a quotation mark that is never closed"
    elif cell.count('"') % 2:
        hint = "it begins with a quotation mark that is never closed, or closed in another row"
    else:
        doubled = cell.replace('"', '""')
        hint = f'a quotation mark within a cell is written twice, here as "{doubled}"'
    allowed = "cells with quotation marks around the whole cell, or without any"
    return TableError(allowed, hint, value=cell, row=row, column=place)


def _separator(data: bytes) -> str:
    """What stands between the headers: Excel writes a semicolon where the comma is decimal."""
    lines = (line for line in _lines(data, newline=None) if line.strip(" ,;\t\n"))
    if _is_excels_hint(data):
        next(lines, "")
    unquoted = re.sub(r'"[^"]*"', "", next(lines, ""))
    return max(",;\t", key=unquoted.count)


def _is_excels_hint(data: bytes) -> bool:
    """Whether the first line is the one by which Excel names the separator."""
    return re.match(rb"sep=[,;\t]?\s*\n", data) is not None
