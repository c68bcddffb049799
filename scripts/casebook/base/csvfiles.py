"""The one way in which casebook's steps write and read the CSV files between them.

UTF-8, a header line, commas, Unix line ends: the same rows give the same bytes on every machine.
Values are text here; what a text means is known by the module that owns the file.

A text that a spreadsheet would take for a formula is written with an apostrophe before it, and
`read_table` takes that off again: nothing runs in a spreadsheet, and no step sees a change. The
script of the report (`templates/report.js`) has the same rule for what it copies; the tests hold
the two together.

Tables with a row a patient are written and read by columns of texts. These repeat themselves, so
each different text is looked at once, and kept once in memory.
"""

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from enum import StrEnum
from itertools import chain, compress, repeat, takewhile
from operator import attrgetter
from pathlib import Path
from shutil import copyfileobj
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar, cast

from casebook.base.files import written
from casebook.base.lookup import Lookup, Once, TextLookup, blocks

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")

_CHARACTERS = 2**17
"""Of how many characters the rows are that are read at a time."""
_BYTES = 2**20
"""How much is copied at a time."""

# With apostrophes before it, so that a text which brings its own gets one more, and keeps it.
_FORMULA = re.compile(r"'*(?:[\x00-\x1f\s\ufeff]*[=+\-@＝＋－＠]|[\t\r])")
_QUOTED = re.compile('[,"\r\n]')
# What a text has in it that is not written as it is, and some others; and numbers, a line each.
_DOUBTFUL = re.compile('[,"\r\n\t=+\\-@＝＋－＠]')
_NUMBERS = re.compile(r"(?:(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)?\n)*+", re.ASCII)
# What a text in a list must not be without quotation marks; nothing at all is one of them.
_SPECIAL = re.compile(r"[;\"\n\r]|^\s|\s$|^$")
_PARTS = re.compile(r'(?:"((?:[^"]|"")*)"|([^;"][^;]*))(?:; |$)')
_NUMBER_OR_SIGN = re.compile(r"\s*[+-](?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)?\s*", re.ASCII | re.I)


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write `rows`, each as long as `columns`, under that header."""
    known = Lookup(encoded_text)
    lines = (
        ",".join([known[cell] if isinstance(cell, str) else str(cell) for cell in row])
        for row in rows
    )
    # A line without anything is no row; a row of one empty cell is.
    _write_lines(path, columns, (line or '""' for line in lines) if len(columns) == 1 else lines)


def _write_lines(path: Path, names: Sequence[str], lines: Iterable[str]) -> None:
    with written(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        file.write(_header(names))
        for some in blocks(lines):
            file.write("\n".join(some) + "\n")


def _header(names: Sequence[str]) -> str:
    return (",".join(map(encoded_text, names)) or '""') + "\n"


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a file that `write_table` wrote: a dictionary of texts for each row."""
    with path.open(encoding="utf-8", newline="") as file, _texts_of_any_length():
        reader = csv.DictReader(file)
        reader.fieldnames = [_unguarded(name) for name in reader.fieldnames or ()]
        return [{name: _unguarded(text) for name, text in row.items()} for row in reader]


def write_columns(path: Path, names: Sequence[str], columns: Iterable[Iterable[str]]) -> None:
    """Write the same file as `write_table` of columns of texts, two or more, each as long.

    `columns` is gone through once, side by side, so that they can be made on the way.
    """
    _write_lines(path, names, _lines(zip(*map(blocks, columns), strict=True), len(names)))


def _lines(parts: Iterable[Iterable[Sequence[str]]], width: int) -> Iterator[str]:
    """The lines of rows that are given some at a time, each time by columns."""
    known = [TextLookup(encoded_text, are_written_alike) for _ in range(width)]
    for part in parts:
        yield from map(",".join, zip(*map(TextLookup.each, known, part), strict=True))


def are_written_alike(texts: list[str]) -> bool:
    """Whether `encoded_text` leaves all of these as they are, as far as it is seen at once."""
    if not _DOUBTFUL.search("".join(texts)):
        return True
    together = "\n".join([*texts, ""])
    return together.count("\n") == len(texts) and _NUMBERS.fullmatch(together) is not None


def encoded_text(text: str) -> str:
    """A text as it stands in a row of several cells of a file.

    A lone carriage return is in quotation marks too: what follows it would be read as a new row.
    """
    if text.isalnum():
        return text
    text = str(guarded(text))
    return '"{}"'.format(text.replace('"', '""')) if _QUOTED.search(text) else text


class Sieve(NamedTuple):
    """Which rows of a table are read.

    Attributes:
        mark: What stands in the line of every row that is perhaps not read.
        keeps: Says of each of some rows, given by columns, whether it is.
    """

    mark: str
    keeps: Callable[[Sequence[Sequence[str]]], Iterable[bool]]


def names_in(path: Path) -> list[str]:
    """The names of the columns of a file that `write_table` or `write_columns` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_unguarded(name) for name in next(csv.reader(file), [])]


def read_columns(
    path: Path, names: Collection[str], sieve: Sieve | None = None
) -> dict[str, list[str]]:
    """The columns of these names of a file that `write_table` or `write_columns` wrote.

    Args:
        path: The file.
        names: The names of the columns.
        sieve: Which rows are read; None is all of them.

    Raises:
        ValueError: one of them is missing, or a row is not as long as the header.
    """
    columns: dict[str, list[str]] = {name: [] for name in names}
    once = {name: Once() for name in names}
    for part in read_parts(path, names, sieve=sieve):
        for name, texts in zip(names, part, strict=True):
            columns[name] += once[name].each(texts)
    return columns


def read_parts(
    path: Path,
    names: Iterable[str],
    *,
    wanted: Callable[[Sequence[str]], bool] | None = None,
    sieve: Sieve | None = None,
) -> Iterator[list[Sequence[str]]]:
    """The same columns, some rows at a time.

    Args:
        path: The file.
        names: The names of the columns.
        wanted: Says of a row, as it stands in the file, whether reading goes on from it.
        sieve: Which rows are read; None is all of them.

    Raises:
        ValueError: one of them is missing, or a row is not as long as the header.
    """
    with path.open(encoding="utf-8", newline="") as file, _texts_of_any_length():
        header = [_unguarded(name) for name in next(csv.reader(file), [])]
        places = [header.index(name) for name in names]
        for part in _parts(file, len(header), wanted, sieve):
            yield [part[place] for place in places]


def _parts(
    file: IO[str],
    width: int,
    wanted: Callable[[Sequence[str]], bool] | None,
    sieve: Sieve | None,
) -> Iterator[Sequence[Sequence[str]]]:
    """The rows that are read, some at a time, each time by columns.

    Without quotation marks, a comma is what is between two cells, and nothing else.
    """
    if wanted:
        for rows in blocks(takewhile(wanted, csv.reader(file))):
            yield _columns_of(rows, width)
        return
    while lines := file.readlines(_CHARACTERS):
        text = "".join(lines)
        # The last of these rows may go on after the text.
        hard = '"' in text or "\r" in text or width < 2
        columns = (
            _columns_of([*_rows_from(lines, file)], width) if hard else _split(lines, text, width)
        )
        if sieve and (hard or sieve.mark in text):
            kept = [*sieve.keeps(columns)]
            columns = [[*compress(column, kept)] for column in columns]
        yield columns


def _split(lines: Sequence[str], text: str, width: int) -> Sequence[Sequence[str]]:
    """The cells of lines, which are the text together, by columns."""
    if {*map(str.count, lines, repeat(","))} - {width - 1}:
        raise ValueError("a row is not as long as the header")
    cells = text.removesuffix("\n").replace("\n", ",").split(",")
    found = (cells[place::width] for place in range(width))
    return [[*map(_unguarded, each)] if "'" in text else each for each in found]


def _rows_from(lines: Sequence[str], file: IO[str]) -> Iterator[list[str]]:
    """The rows that begin in these lines, of which the last may go on in the file."""
    reader = csv.reader(chain(lines, file))
    while reader.line_num < len(lines):
        yield next(reader)


def _columns_of(rows: Sequence[Sequence[str]], width: int) -> Sequence[Sequence[str]]:
    if any(len(row) != width for row in rows):
        raise ValueError("a row is not as long as the header")
    known = Lookup(_unguarded)
    return [known.each(column) for column in zip(*rows, strict=True)] or [()] * width


@contextmanager
def _texts_of_any_length() -> Iterator[None]:
    """A list of all patients can be longer than what Python otherwise takes for a mistake."""
    before = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def write_records(path: Path, kind: type[Record], records: Iterable[Record]) -> None:
    """Write data classes, a column for each field; tuples as `list_text` writes their texts.

    `records` is gone through once, so that they can be made on the way.
    """
    write_parts(path, kind, parts_of(kind, records))


def write_parts(path: Path, kind: type[Record], parts: Iterable[Iterable[Sequence[str]]]) -> None:
    """Write the same of records that are given some at a time, each time by columns of texts."""
    names = _names(kind)
    _write_lines(path, names, _lines(parts, len(names)))


def write_joined(
    path: Path, files: Iterable[Path], kind: type[Record], records: Iterable[Record]
) -> None:
    """Write the rows of files that `write_records` wrote, as they stand there, and then records.

    Raises:
        ValueError: a file has other columns.
    """
    names = _names(kind)
    with written(path) as unfinished, unfinished.open("wb") as whole:
        header = _header(names).encode()
        whole.write(header)
        for part in files:
            with part.open("rb") as file:
                if file.readline() != header:
                    raise ValueError(f"{part} has other columns than {kind.__name__}")
                copyfileobj(file, whole, _BYTES)
        lines = _lines(parts_of(kind, records), len(names))
        whole.writelines(f"{line}\n".encode() for line in lines)


def _names(kind: type[Record]) -> list[str]:
    return [field.name for field in fields(kind)]


def parts_of(kind: type[Record], records: Iterable[Record]) -> Iterator[Iterable[Sequence[str]]]:
    """The fields of records, some records at a time, as columns of texts."""
    names = _names(kind)
    values = attrgetter(*names)
    known = [Lookup(_text) for _ in names]
    for block in blocks(records):
        yield map(_texts, known, zip(*map(values, block), strict=True))


def _texts(known: Lookup[object, str], values: Sequence[object]) -> Sequence[str]:
    """The values of a column as texts; most are texts already."""
    if {*map(type, values)} == {str}:
        return cast("Sequence[str]", values)
    return [value if type(value) is str else known[value] for value in values]


def _text(value: object) -> str:
    return list_text(map(str, value)) if isinstance(value, tuple) else str(value)


def read_records(path: Path, kind: type[Record], sieve: Sieve | None = None) -> list[Record]:
    """Read what `write_records` wrote: texts, whole numbers, words of a vocabulary, and tuples.

    Args:
        path: The file.
        kind: The data class.
        sieve: Which rows are read; None is all of them.
    """
    readers = {field.name: _reader(field.type) for field in fields(kind)}
    columns = read_columns(path, readers, sieve=sieve)
    read = [
        columns[name] if reader is str else Lookup(reader).each(columns[name])
        for name, reader in readers.items()
    ]
    named = [field.name for field in fields(kind) if field.kw_only]
    if not named:
        return list(map(kind, *read))
    first = len(read) - len(named)
    return [
        kind(*row[:first], **dict(zip(named, row[first:], strict=True)))
        for row in zip(*read, strict=True)
    ]


def list_text(texts: Iterable[str]) -> str:
    """Several texts in one cell, with "; " between them.

    As in a CSV file with semicolons, a text that could be taken for two, or for something else,
    stands in quotation marks: no text is read back as another.
    """
    return "; ".join(
        '"{}"'.format(text.replace('"', '""')) if _SPECIAL.search(text) else text for text in texts
    )


def read_list(text: str) -> tuple[str, ...]:
    """The texts that `list_text` wrote.

    Raises:
        ValueError: It has not written this.
    """
    found = [part[0].replace('""', '"') or part[1] for part in _PARTS.findall(text)]
    if list_text(found) != text:
        raise ValueError(f"{text!r} is not a list of texts")
    return tuple(found)


def _reader(kind: object) -> Callable[[str], object]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return _READERS.get(kind, str)


_READERS: dict[object, Callable[[str], object]] = {
    **dict.fromkeys((int, "int"), int),
    **dict.fromkeys((tuple[str, ...], "tuple[str, ...]"), read_list),
    tuple[int, ...]: lambda text: tuple(map(int, read_list(text))),
}


def guarded(value: object) -> object:
    """The value; a text that a spreadsheet would take for a formula gets an apostrophe."""
    if not isinstance(value, str) or not _FORMULA.match(value) or _NUMBER_OR_SIGN.fullmatch(value):
        return value
    return f"'{value}"


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
