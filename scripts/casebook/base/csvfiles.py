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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from enum import StrEnum
from itertools import compress, islice, repeat, takewhile
from operator import attrgetter
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING, TypeVar

from casebook.base.files import written

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")
Given = TypeVar("Given")
Found = TypeVar("Found")

_ROWS = 4096
"""How many rows are taken at a time."""
_BYTES = 2**20
"""How much is copied at a time."""
_KEPT = 100_000
"""How many texts are kept, where each may be found only once."""

# With apostrophes before it, so that a text which brings its own gets one more, and keeps it.
_FORMULA = re.compile(r"'*(?:[\x00-\x1f\s\ufeff]*[=+\-@＝＋－＠]|[\t\r])")
_QUOTED = re.compile('[,"\r\n]')
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
        rest = iter(lines)
        while some := list(islice(rest, _ROWS)):
            file.write("\n".join(some) + "\n")


def _header(names: Sequence[str]) -> str:
    return (",".join(map(encoded_text, names)) or '""') + "\n"


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a file that `write_table` wrote: a dictionary of texts for each row."""
    with path.open(encoding="utf-8", newline="") as file, _texts_of_any_length():
        reader = csv.DictReader(file)
        reader.fieldnames = [_unguarded(name) for name in reader.fieldnames or ()]
        return [{name: _unguarded(text) for name, text in row.items()} for row in reader]


class Lookup(dict[Given, Found]):
    """What a function makes of each value, which it is asked once for those that come often."""

    def __init__(self, find: Callable[[Given], Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, value: Given) -> Found:
        """Ask the function for a value that is not among those kept."""
        found = self._find(value)
        if len(self) >= _KEPT:
            self.clear()
        self[value] = found
        return found

    def each(self, values: Iterable[Given]) -> list[Found]:
        """What it makes of each of several values."""
        return list(map(self.__getitem__, values))


def write_columns(path: Path, names: Sequence[str], columns: Iterable[Iterable[str]]) -> None:
    """Write the same file as `write_table` of columns of texts, two or more, each as long.

    `columns` is gone through once, side by side, so that they can be made on the way.
    """
    _write_lines(path, names, _lines(columns))


def _lines(columns: Iterable[Iterable[str]]) -> Iterator[str]:
    encoded = (map(Lookup(encoded_text).__getitem__, column) for column in columns)
    return map(",".join, zip(*encoded, strict=True))


def encoded_text(text: str) -> str:
    """A text as it stands in a row of several cells of a file.

    A lone carriage return is in quotation marks too: what follows it would be read as a new row.
    """
    if text.isalnum():
        return text
    text = str(guarded(text))
    return '"{}"'.format(text.replace('"', '""')) if _QUOTED.search(text) else text


def read_columns(
    path: Path, names: Iterable[str], wanted: Callable[[Sequence[str]], bool] | None = None
) -> dict[str, list[str]]:
    """The columns of these names of a file that `write_table` or `write_columns` wrote.

    Args:
        path: The file.
        names: The names of the columns.
        wanted: Says of a row, as it stands in the file, whether reading goes on from it.

    Raises:
        ValueError: one of them is missing, or a row is shorter than the header.
    """
    with path.open(encoding="utf-8", newline="") as file, _texts_of_any_length():
        reader = csv.reader(file)
        header = [_unguarded(name) for name in next(reader, [])]
        places = {name: header.index(name) for name in names}
        texts = {name: Lookup(_unguarded) for name in places}
        columns: dict[str, list[str]] = {name: [] for name in places}
        read = takewhile(wanted, reader) if wanted else reader
        while rows := list(islice(read, _ROWS)):
            found = list(zip(*rows, strict=True))
            for name, place in places.items():
                columns[name] += map(texts[name].__getitem__, found[place])
        return columns


@contextmanager
def _texts_of_any_length() -> Iterator[None]:
    """A list of all patients can be longer than what Python otherwise takes for a mistake."""
    before = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def write_records(path: Path, kind: type[Record], records: Iterable[Record]) -> None:
    """Write data classes, a column for each field; tuples as `list_text` writes their texts."""
    write_columns(path, _names(kind), _columns(kind, records))


def write_joined(
    path: Path, files: Iterable[Path], kind: type[Record], records: Iterable[Record]
) -> None:
    """Write the rows of files that `write_records` wrote, as they stand there, and then records."""
    with written(path) as unfinished, unfinished.open("wb") as whole:
        header = _header(_names(kind)).encode()
        whole.write(header)
        for part in files:
            with part.open("rb") as file:
                if file.readline() != header:
                    raise ValueError(f"{part} has other columns than {kind.__name__}")
                copyfileobj(file, whole, _BYTES)
        whole.writelines(f"{line}\n".encode() for line in _lines(_columns(kind, records)))


def _names(kind: type[Record]) -> list[str]:
    return [field.name for field in fields(kind)]


def _columns(kind: type[Record], records: Iterable[Record]) -> Iterator[Iterator[str]]:
    known = list(records)
    for name in _names(kind):
        yield map(Lookup(_text).__getitem__, map(attrgetter(name), known))


def _text(value: object) -> str:
    return list_text(map(str, value)) if isinstance(value, tuple) else str(value)


def read_records(
    path: Path,
    kind: type[Record],
    wanted: Callable[[Mapping[str, Sequence[str]]], Iterable[bool]] | None = None,
) -> list[Record]:
    """Read what `write_records` wrote: texts, whole numbers, words of a vocabulary, and tuples.

    Args:
        path: The file.
        kind: The data class.
        wanted: Says of each row, from the columns as texts, whether it is among those to read.
    """
    names = _names(kind)
    columns = read_columns(path, names)
    chosen = list(wanted(columns)) if wanted else repeat(True)
    read = (
        map(Lookup(_reader(field.type)).__getitem__, compress(columns[field.name], chosen))
        for field in fields(kind)
    )
    return [kind(**dict(zip(names, row, strict=True))) for row in zip(*read, strict=True)]


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
