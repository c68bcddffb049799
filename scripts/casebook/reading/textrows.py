"""The rows of a table that is a text file: .csv or .tsv.

It is in UTF-8, in what the mark at its beginning says, or in the encoding that it is told to be in;
how bytes become text is for `encodings`. What the cells mean is not looked at.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, zip_longest
from pathlib import Path
from typing import Self

from casebook.base.lookup import Once
from casebook.data.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, TableError, column_name
from casebook.reading.encodings import likely, marked, of_pairs, reading

MOST_BYTES = 200 * 10**6
_LONGEST_ROW = 10 * 10**6
"""In characters, before its cells are told apart."""
_MARKS_AROUND = "cells with quotation marks around the whole cell, or without any"
_AFTER_SPACES = re.compile(r' +".+', re.DOTALL)
_IN_MARKS = re.compile(r'\s*"(?:[^"]|"")*"\s*')
_MOST_MALFORMED = 20
"""Rows whose quotation marks do not match, of which each is told."""

_SAVE = "in Excel, save it as 'CSV UTF-8'; in LibreOffice, as CSV with the character set UTF-8"
_SAVE_TABS = (
    "in Excel, save it as 'Unicode Text' and end its name in .tsv again; in LibreOffice, save it as"
    " CSV with the character set UTF-8 and tabs between"
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """What is told of a file's encoding.

    Attributes:
        name: As Python knows it; empty for UTF-8. A mark at the file's beginning has precedence.
        key: The key of study.yaml that names it; empty for files that must be UTF-8.
    """

    name: str = ""
    key: str = ""


def read_rows(path: Path, encoding: Encoding = Encoding()) -> Iterator[list[str]]:
    """The rows of a table, each as its cells; what names Excel's separator is an empty row.

    A text that comes often is one object, so that a large table takes little memory.

    Raises:
        TableError: the file is too large, in another encoding, or its quotation marks do not match.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        allowed = f"a text file of up to {MOST_BYTES // 10**6} MB"
        raise TableError(allowed, "is it the right file?", value=f"{size / 10**6:,.0f} MB")
    tabs = path.suffix.lower() == ".tsv"
    data = _decoded(path.read_bytes(), tabs, encoding).encode()
    known = Once()
    cells = 0
    for number, row in enumerate(_split(data, "\t" if tabs else _separator(data)), start=1):
        cells += len(row)
        if len(row) > MOST_COLUMNS:
            allowed = f"up to {MOST_COLUMNS:,} cells"
            found = f"{len(row):,} cells"
            raise TableError(allowed, "look for a missing line break", value=found, row=number)
        if cells > MOST_CELLS or number > MOST_ROWS:
            allowed = f"a table of up to {MOST_CELLS:,} cells and {MOST_ROWS:,} rows"
            raise TableError(allowed, "copy what belongs to the study into a table of its own")
        yield known.each_of_few(row)


def _split(data: bytes, separator: str) -> Iterator[list[str]]:
    """The cells of each row; none in one whose quotation marks do not match.

    Spaces before quotation marks are left out where they stand before all of them.

    Raises:
        TableError: there are such rows; of several, all are told that are surely rows.
    """
    lines = _Lines(data)
    has_spaces, has_others = _before_marks(data, separator)
    skips = has_spaces and not has_others
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=skips)
    headers: list[str] = []
    malformed: list[TableError] = []
    for number in count(1):
        lines.begin_row()
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            row, text = [], "".join(lines.row)
            malformed.append(_malformed(text, separator, headers, number, str(error)))
            if not headers or text.count('"') % 2 or len(malformed) == _MOST_MALFORMED:
                break
        if number == 1 and _is_excels_hint(data):
            row = []
        headers = headers or row
        if has_spaces and has_others and len(malformed) < _MOST_MALFORMED:
            malformed += _after_spaces(row, number, headers)
        yield row
    if malformed:
        first, *more = malformed
        first.more = tuple(more)
        raise first


def _before_marks(data: bytes, separator: str) -> tuple[bool, bool]:
    """Whether spaces stand before a cell in quotation marks, and whether there is one without."""
    sep = re.escape(separator.encode())
    if not re.search(sep + rb' +"', data):
        return False, False
    whole = rb'(^|%b)( *)"(?:[^"]|"")*+"(?= *(?:%b|\r|$))' % (sep, sep)
    behind = [each[2] for each in re.finditer(whole, data, re.MULTILINE) if each[1]]
    return any(behind), not all(behind)


def _after_spaces(row: Sequence[str], number: int, headers: Sequence[str]) -> Iterator[TableError]:
    """The error for the first cell of a row that has spaces before its quotation marks."""
    for column, (cell, header) in enumerate(zip_longest(row, headers, fillvalue=""), start=1):
        if _AFTER_SPACES.fullmatch(cell) and (cell.count('"') % 2 or cell.rstrip().endswith('"')):
            name = header.strip() or column_name(column)
            hint = "remove the space before its first quotation mark"
            yield TableError(_MARKS_AROUND, hint, value=cell, row=number, column=name)
            return


class _Lines:
    """The lines of a table; `row` has those that were read of a row that has not ended."""

    def __init__(self, data: bytes) -> None:
        self._lines = _lines(data, newline="")
        self.begin_row()

    def begin_row(self) -> None:
        """Forget the row that has ended."""
        self.row: list[str] = []
        self._length = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.row.append(line)
        self._length += len(line)
        if self._length > _LONGEST_ROW:
            allowed = f"rows of up to {_LONGEST_ROW:,} characters"
            raise TableError(allowed, "look for a missing line break or quotation mark")
        return line


def _lines(data: bytes, newline: str | None) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline=newline)


def _decoded(data: bytes, tabs: bool, encoding: Encoding) -> str:
    save = _SAVE_TABS if tabs else _SAVE
    if mark := marked(data):
        try:
            return data.decode(mark)
        except UnicodeDecodeError as error:
            if mark == "utf-8-sig":
                start = error.start + len(codecs.BOM_UTF8)
                raise _of_another_encoding(data, start, tabs, encoding) from None
            allowed = f"{mark.upper()} text, as the first bytes of the file announce"
            raise TableError(allowed, save) from None
    beginning = data[:1000]
    if not encoding.name and beginning.count(0) > len(beginning) / 5:
        hint = (
            "it looks like UTF-16 without its byte order mark, or like a file that is not text;"
            f" {save}"
        )
        if encoding.key and (pairs := of_pairs(data)):
            hint += f"; or name the encoding in study.yaml, as in {encoding.key}: {pairs}"
        raise TableError("UTF-8 text", hint, value="U+0000")
    try:
        text = data.decode(encoding.name or "utf-8")
    except UnicodeDecodeError as error:
        raise _of_another_encoding(data, error.start, tabs, encoding) from None
    _refuse_utf_8(data, text, encoding)
    return text


def _refuse_utf_8(data: bytes, text: str, encoding: Encoding) -> None:
    """Do nothing if bytes that are to be letters of one byte each are not UTF-8 instead.

    Letters of such an encoding are UTF-8 by chance as good as never.
    """
    if not encoding.name or len(text) < len(data) or data.isascii():
        return
    if right := reading(data, "utf-8"):
        word = next(each for each in re.findall(r"[^\W\d]+|\S", right) if not each.isascii())
        hint = (
            f"the file is in UTF-8, where it reads {word!r}: take {encoding.key} out of study.yaml"
        )
        raise TableError(f"text in {encoding.name}, as {encoding.key} says", hint)


def _of_another_encoding(data: bytes, place: int, tabs: bool, encoding: Encoding) -> TableError:
    """The error for bytes that are not in their encoding, with the cell where they begin."""
    found = likely(data)
    # Each byte is a letter of Latin-1, which shows at least what stands around it.
    text = reading(data, found[0] if found else "cp1252") or data.decode("latin-1")
    separator = "\t" if tabs else _separator(text.encode())
    header: list[str] = []
    row, cells = 0, [""]
    rows = csv.reader(io.StringIO(text[:place] + "x", newline=""), delimiter=separator)
    for row, cells in enumerate(rows, start=1):  # noqa: B007 - the last ones are meant
        header = header or cells
    end = re.compile(rf'[{separator}\r\n"]|\Z').search(text, place)
    begin, last = place - len(cells[-1]) + 1, end.start() if end else place + 1
    column = header[len(cells) - 1] if len(cells) <= len(header) else ""
    allowed = f"text in {encoding.name}, as {encoding.key} says" if encoding.name else "UTF-8 text"
    return TableError(
        allowed,
        f"{_as_it_reads(data[begin:last], found, encoding)}; {_SAVE_TABS if tabs else _SAVE}",
        value=cells[-1][:-1] + text[place:last],
        row=row,
        column="" if row == 1 else column or column_name(len(cells)),
    )


def _as_it_reads(cell: bytes, found: Sequence[str], encoding: Encoding) -> str:
    """What can be made of the bytes of a cell, by the encodings that make words of the file's."""
    ways = {each: text for each in found if (text := reading(cell, each)) is not None}
    # What makes no word of this cell can be right only where nothing else does.
    ways = {each: ways[each] for each in likely(cell) if each in ways} or ways
    if not ways:
        return "its encoding is not known" + (
            f": {encoding.key} can name it" if encoding.key else ""
        )
    listed = " or ".join(f"{text!r} ({each})" for each, text in ways.items())
    told = f"it reads as {listed}"
    if encoding.key:
        told += f": name what is right in study.yaml, as in {encoding.key}: {next(iter(ways))}"
    return told


def _malformed(
    text: str, separator: str, headers: Sequence[str], row: int, error: str
) -> TableError:
    """The error for a row of which the quotation marks do not match, with the cell.

    Args:
        text: The row, as far as it was read.
        separator: What stands between cells.
        headers: The cells of the header, if it is another row.
        row: The number of the row.
        error: What the reader says.
    """
    whole = re.compile(rf'(?: *"(?:[^"]|"")*+"|(?! *")[^{separator}\r\n]*){separator}')
    column, begin = 1, 0
    while match := whole.match(text, begin):
        column, begin = column + 1, match.end()
    header = headers[column - 1].strip() if column <= len(headers) else ""
    place = header or column_name(column) if row > 1 else ""
    cell = re.split(rf"[{separator}\r\n]", text[begin : begin + 1000], maxsplit=1)[0]
    if error.startswith("field larger"):
        hint = "look for a quotation mark that is never closed"
    elif cell.count('"') % 2:
        hint = "it begins with a quotation mark that is never closed, or closed in another row"
    elif _IN_MARKS.fullmatch(cell):
        hint = "remove the spaces around its quotation marks"
    else:
        doubled = cell.replace('"', '""')
        hint = f'a quotation mark within a cell is written twice, here as "{doubled}"'
    return TableError(_MARKS_AROUND, hint, value=cell, row=row, column=place)


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
