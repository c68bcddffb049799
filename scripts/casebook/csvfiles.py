"""The one way in which casebook's steps write and read the CSV files between them.

UTF-8, a header line, commas, Unix line ends: the same rows give the same bytes on every machine.
Values are text here; what a text means is known by the module that owns the file.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write `rows`, each as long as `columns`, under that header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a file that `write_table` wrote: a dictionary of texts for each row."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_records(path: Path, kind: type[Record], records: Iterable[Record]) -> None:
    """Write data classes, a column for each field."""
    write_table(path, [field.name for field in fields(kind)], map(astuple, records))


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """Read what `write_records` wrote; fields declared as `int` come back as numbers."""
    readers = {field.name: int if field.type in (int, "int") else str for field in fields(kind)}
    return [
        kind(**{name: read(row[name]) for name, read in readers.items()})
        for row in read_table(path)
    ]
