"""The one way in which casebook's steps write and read the CSV files between them.

UTF-8, a header line, commas, Unix line ends: the same rows give the same bytes on every machine.
Values are text here; what a text means is known by the module that owns the file.

A text that a spreadsheet would take for a formula is written with an apostrophe before it, and
`read_table` takes that off again: nothing runs in a spreadsheet, and no step sees a change. The
script of the report (`templates/report.js`) has the same rule for what it copies; the tests hold
the two together.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from casebook.base.files import written

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")

# With apostrophes before it, so that a text which brings its own gets one more, and keeps it.
_FORMULA = re.compile(r"'*(?:[\x00-\x1f\s\ufeff]*[=+\-@＝＋－＠]|[\t\r])")
# What a text in a list must not be without quotation marks; nothing at all is one of them.
_SPECIAL = re.compile(r"[;\"\n\r]|^\s|\s$|^$")
_PARTS = re.compile(r'(?:"((?:[^"]|"")*)"|([^;"][^;]*))(?:; |$)')
_NUMBER_OR_SIGN = re.compile(r"\s*[+-](?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)?\s*", re.ASCII | re.I)


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write `rows`, each as long as `columns`, under that header."""
    with written(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(_UnixLines(file))
        writer.writerow(map(guarded, columns))
        writer.writerows(map(guarded, row) for row in rows)


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a file that `write_table` wrote: a dictionary of texts for each row."""
    with path.open(encoding="utf-8", newline="") as file, _texts_of_any_length():
        reader = csv.DictReader(file)
        reader.fieldnames = [_unguarded(name) for name in reader.fieldnames or ()]
        return [{name: _unguarded(text) for name, text in row.items()} for row in reader]


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
    columns = [field.name for field in fields(kind)]
    rows = ([_plain(getattr(record, column)) for column in columns] for record in records)
    write_table(path, columns, rows)


def _plain(value: object) -> object:
    return list_text(map(str, value)) if isinstance(value, tuple) else value


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """Read what `write_records` wrote: texts, whole numbers, words of a vocabulary, and tuples."""
    readers = {field.name: _reader(field.type) for field in fields(kind)}
    return [
        kind(**{name: read(row[name]) for name, read in readers.items()})
        for row in read_table(path)
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


@dataclass(frozen=True, slots=True)
class _UnixLines:
    """A file for `csv.writer` with its usual line ends, which are those of DOS.

    With Unix line ends the writer would leave a lone carriage return without quotation marks, and
    what follows it would be read as a new row.
    """

    file: TextIO

    def write(self, line: str) -> int:
        """Write a line with a Unix line end."""
        return self.file.write(line.removesuffix("\r\n") + "\n")


def guarded(value: object) -> object:
    """The value; a text that a spreadsheet would take for a formula gets an apostrophe."""
    if not isinstance(value, str) or not _FORMULA.match(value) or _NUMBER_OR_SIGN.fullmatch(value):
        return value
    return f"'{value}"


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
