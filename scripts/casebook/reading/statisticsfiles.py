"""Data files of Stata (.dta), SPSS (.sav, .zsav, .por) and SAS (.sas7bdat, .xpt), by ReadStat.

A file has one table: its header is the names of the variables, and the first case is row 2. The
cells hold what is stored. Where values have labels, a column with these follows behind all others,
so that a study can name either; those of a table of SAS are in a catalogue. What a file declares to
be missing is told at its cell unless the study lists it, as a code can be in range. What is made of
the table is for `sheets`.
"""

import faulthandler
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_CPU, getrlimit, setrlimit
from typing import Any, TypeVar

import numpy as np
import pyreadstat
from pyreadstat._readstat_parser import parser_entry_point

from casebook.base.lists import enumerated
from casebook.data.cells import MOST_COLUMNS, MOST_ROWS, TableError, folded
from casebook.data.remarks import A_VALUE, Remark
from casebook.reading.damage import DamagedError
from casebook.reading.numberformats import number_text
from casebook.reading.sasformats import IN_NONE, Catalogue, format_name, is_made_by_user
from casebook.reading.sheets import MOST_CELLS, Sheet, SheetName, date_text, on_cell
from casebook.reading.transport import check_transport

_T = TypeVar("_T")
MOST_BYTES = 150 * 10**6
MOST_UNPACKED = 500 * 10**6
"""In bytes, of all rows with their cells as wide as the file says: a .zsav file can be packed to a
thousandth of it."""
_RESERVED = 100_000 * 8
"""In bytes, what pyreadstat takes for a column of a file that does not say how many rows it has."""
_SECONDS = 20
"""For how long ReadStat may work at a file; one of two million cells takes it a few."""
_SHOWN = 8
_NO_SUCH_BYTES = "Unable to convert string to the requested encoding"
"""What ReadStat says where a text is not in the encoding of the file."""
_AS_CSV = (
    "a text in it is in another one, as that of Windows, or damaged: save the table in its program"
    " as .csv, and name the encoding of that under source.encoding of study.yaml"
)
_READERS: Mapping[str, Callable[..., tuple[dict[str, Sequence[Any]], Any]]] = {
    ".dta": pyreadstat.read_dta,
    ".sav": pyreadstat.read_sav,
    ".zsav": pyreadstat.read_sav,
    ".sas7bdat": pyreadstat.read_sas7bdat,
    # What read_por and read_xport call, but these leave missing codes out without a word.
    ".por": partial(parser_entry_point, parser_format="por"),
    ".xpt": partial(parser_entry_point, parser_format="xport"),
}
_OF_SAS = (".sas7bdat", ".xpt")
_DAYS = ("%td", "%tc", "%-td", "%-tc")
"""Stata's formats of days and times that ReadStat gives as such."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its values, and what the file says of them.

    Attributes:
        name: The name of the variable.
        kind: How the file keeps it: string, double, float, int32, ...
        shown_as: Its format in the words of the program.
        labels: The labels of its values.
        ranges: What is declared to be missing, from the lowest to the highest value.
        tags: The letters of Stata's and SAS's missing values that come in it.
    """

    name: str
    kind: str
    shown_as: str
    labels: Mapping[Any, str]
    ranges: Sequence[Mapping[str, Any]]
    tags: frozenset[str]

    def text(self, value: Any, decimal: str) -> str:
        """A value as a text."""
        if self.is_tag(value):
            return f".{value}"
        if isinstance(value, bool | int | float):
            # A number of single precision has no more digits than it was written with.
            single = self.kind == "float"
            number = float(str(np.float32(value))) if single else float(value)
            return "" if np.isnan(number) else number_text(number, "General", decimal)
        if isinstance(value, datetime | date | time):
            return date_text(value)
        return "" if value is None else str(value)

    def is_tag(self, value: Any) -> bool:
        """Whether a value is one of the missing values that have a letter."""
        return self.kind != "string" and isinstance(value, str) and value in self.tags

    def is_missing(self, value: Any) -> bool:
        """Whether a value is declared to be missing."""
        if self.is_tag(value):
            return True
        return isinstance(value, int | float | str) and any(
            isinstance(value, str) == isinstance(each["lo"], str)
            and each["lo"] <= value <= each["hi"]
            for each in self.ranges
        )


@dataclass(frozen=True, slots=True)
class _DataFile:
    """An open data file, which has one table without a name, and its catalogue, if there is one."""

    path: Path
    catalogue: Catalogue | None

    @property
    def names(self) -> list[SheetName]:
        """Its only table."""
        return [SheetName("")]

    def read(self, index: int, sheet: Sheet, decimal: str) -> None:
        """Read its table."""
        read = _apart(_read, self.path)
        _refuse_large(read)
        columns, table = read.columns, read.values
        if self.path.suffix.lower() in _OF_SAS:
            _tell_formats(sheet, columns, self.catalogue)
        if self.catalogue:
            columns = [replace(e, labels=self.catalogue.labels(e.shown_as)) for e in columns]
        labelled = [each for each in columns if each.labels]
        for number, each in enumerate(columns, start=1):
            sheet.put(1, number, each.name)
            _fill(sheet, number, each, table[number - 1], decimal)
        for number, each in enumerate(labelled, start=len(columns) + 1):
            place = columns.index(each)
            sheet.put(1, number, f"{each.name} (label)")
            _fill_labels(sheet, number, each, table[place], decimal)
            _tell_labels(sheet, place + 1, each, decimal)
            _tell_one_label(sheet, number, each, table[place], decimal)
            if self.catalogue:
                _tell_other_values(sheet, number, each, table[place], decimal)


@contextmanager
def opened(path: Path, catalogue: Catalogue | None = None) -> Iterator[_DataFile]:
    """A data file while it is open.

    Args:
        path: The file.
        catalogue: What has the labels of its values, if it is one of SAS.

    Raises:
        TableError: it is too large, or has several tables.
    """
    if (size := path.stat().st_size) > MOST_BYTES:
        allowed = f"a data file of up to {MOST_BYTES // 10**6} MB"
        hint = "keep the variables of the study alone"
        raise TableError(allowed, hint, value=f"{size / 10**6:,.0f} MB")
    if path.suffix.lower() == ".xpt":
        check_transport(path.read_bytes())
    yield _DataFile(path, catalogue)


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read: how many rows there are, the columns, and their values unless too many.

    Without values, it is what the file promises of its size; it may not say how many rows it has.
    """

    rows: int | None
    width: int
    row_bytes: int = 0
    columns: Sequence[_Column] = ()
    values: Sequence[Sequence[Any]] = ()

    @property
    def is_large(self) -> bool:
        """Whether there are more cells than in any table."""
        rows = self.rows or 0
        many = rows > MOST_ROWS or self.width > MOST_COLUMNS or rows * self.width > MOST_CELLS
        return many or self.unpacked > MOST_UNPACKED

    @property
    def unpacked(self) -> int:
        """The bytes that reading takes."""
        return self.width * _RESERVED if self.rows is None else self.rows * self.row_bytes

    @property
    def most_rows(self) -> int:
        """How many rows of these columns there can be, if it is not known how many there are."""
        most = MOST_CELLS // max(self.width, 1), MOST_UNPACKED // max(self.row_bytes, 1)
        return min(MOST_ROWS, *most)


def labels_of(path: Path) -> dict[str, str]:
    """The labels of the variables of a data file that have one, by their names.

    Raises:
        TableError: it is damaged.
    """
    return _apart(_labels, path)


def _labels(path: Path) -> dict[str, str]:
    _, described = _READERS[path.suffix.lower()](path, metadataonly=True)
    return {name: label for name, label in described.column_names_to_labels.items() if label}


def formats_in(path: Path) -> dict[str, dict[Any, str]]:
    """The labels of codes in a catalogue of SAS, by the names of its formats, in capitals.

    Raises:
        DamagedError: it ends the process that reads it.
    """
    return _apart(_formats, path)


def _formats(path: Path) -> dict[str, dict[Any, str]]:
    _, described = pyreadstat.read_sas7bcat(path, output_format="dict")
    return {
        name.upper(): {code: label for code, label in labels.items() if not _is_empty(code)}
        for name, labels in described.value_labels.items()
    }


def _is_empty(code: Any) -> bool:
    """Whether a code is that of an empty cell, which stays one whatever SAS prints there."""
    return code == "" or (isinstance(code, float) and np.isnan(code))


def _apart(function: Callable[[Path], _T], path: Path) -> _T:
    """What a function gives, from a process of its own: ReadStat ends it at some damaged files.

    Raises:
        DamagedError, TableError: it has ended it, or a text is in another encoding.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("fork"), initializer=_limit) as pool:
        try:
            return pool.submit(function, path).result()
        except BrokenProcessPool:
            raise DamagedError("it is cut off or damaged") from None
        except (UnicodeDecodeError, pyreadstat.ReadstatError) as error:
            if isinstance(error, UnicodeDecodeError) or _NO_SUCH_BYTES in str(error):
                raise TableError("texts in UTF-8, or in what the file names", _AS_CSV) from None
            raise


def _limit() -> None:
    """Let this process end without a word where a file is damaged, or without end."""
    faulthandler.disable()
    _, hard = getrlimit(RLIMIT_CPU)
    setrlimit(RLIMIT_CPU, (_SECONDS if hard == RLIM_INFINITY else min(_SECONDS, hard), hard))


def _read(path: Path) -> _Read:
    reader = _READERS[path.suffix.lower()]
    _, described = reader(path, metadataonly=True)
    row_bytes = sum(described.variable_storage_width.values())
    size = _Read(described.number_rows, described.number_columns, row_bytes)
    if size.is_large:
        return size
    # Some files do not say how many rows they have.
    most = size.most_rows + 1
    values, described = reader(path, output_format="dict", user_missing=True, row_limit=most)
    columns = [_column(name, described) for name in values]
    rows = max(map(len, values.values()), default=0)
    return _Read(rows, len(columns), row_bytes, columns, list(values.values()))


def _refuse_large(read: _Read) -> None:
    if read.is_large:
        allowed = f"a table of up to {MOST_CELLS:,} cells, {MOST_ROWS:,} rows"
        allowed += f" and {MOST_UNPACKED // 10**6} MB"
        rows = "" if read.rows is None else f"{read.rows:,} rows and "
        found = f"{rows}{read.width:,} columns, {read.unpacked / 10**6:,.0f} MB"
        raise TableError(allowed, "keep the variables of the study alone", value=found)


def _column(name: str | None, described: Any) -> _Column:
    # A damaged file can have variables without a name.
    return _Column(
        name or "",
        described.readstat_variable_types[name],
        described.original_variable_types[name] or "",
        described.variable_value_labels.get(name, {}),
        described.missing_ranges.get(name, ()),
        frozenset(described.missing_user_values.get(name, ())),
    )


def _fill(sheet: Sheet, number: int, column: _Column, values: Sequence[Any], decimal: str) -> None:
    for row, value in enumerate(values, start=2):
        with on_cell(row, number, str(value)):
            text = column.text(value, decimal)
        if text:
            sheet.put(row, number, text)
        if column.is_missing(value):
            _tell_missing(sheet, row, number, text, column.labels.get(value, ""))
    if column.shown_as.startswith(("%t", "%-t")) and not column.shown_as.startswith(_DAYS):
        hint = f"its format is {column.shown_as}, but the number that is stored is used"
        sheet.told.append(Remark("warning", 1, number, column.name, "", hint))


def _fill_labels(
    sheet: Sheet, number: int, column: _Column, values: Sequence[Any], decimal: str
) -> None:
    for row, value in enumerate(values, start=2):
        text = column.labels.get(value) or column.text(value, decimal)
        if text:
            sheet.put(row, number, text)
        if column.is_missing(value):
            _tell_missing(sheet, row, number, text, "")


def _tell_missing(sheet: Sheet, row: int, column: int, text: str, label: str) -> None:
    labelled = f", with the label {label!r}" if label else ""
    hint = f"the file says that it means no value{labelled}: list it under missing beside the"
    hint += " column in study.yaml"
    sheet.told.append(Remark("error", row, column, text, A_VALUE, hint))


def _tell_labels(sheet: Sheet, number: int, column: _Column, decimal: str) -> None:
    listed = [f"{column.text(code, decimal)} is {label!r}" for code, label in column.labels.items()]
    more = ["..."] if len(listed) > _SHOWN else []
    hint = f"its values have labels ({', '.join([*listed[:_SHOWN], *more])}); the column"
    hint += f" '{column.name} (label)' has these instead"
    sheet.told.append(Remark("note", 1, number, column.name, "", hint))


def _tell_one_label(
    sheet: Sheet, number: int, column: _Column, values: Iterable[Any], decimal: str
) -> None:
    """Tell of codes in the cells that the column of labels does not tell apart."""
    codes: dict[str, dict[str, None]] = {}
    for value in values:
        if (label := column.labels.get(value)) and not column.is_missing(value):
            codes.setdefault(folded(label), {})[column.text(value, decimal)] = None
    for label, found in codes.items():
        if len(found) > 1:
            hint = f"the codes {enumerated(sorted(found))} of {column.name!r} have this one label:"
            hint += " read the codes, with a label of its own for each, unless they mean the same"
            sheet.told.append(Remark("warning", 0, number, label, "", hint))


def _tell_formats(sheet: Sheet, columns: Sequence[_Column], catalogue: Catalogue | None) -> None:
    """Tell of formats that a user has made, and whose labels are not known."""
    without: dict[str, str] = {}
    for each in columns:
        name = format_name(each.shown_as)
        if is_made_by_user(name) and not (catalogue and catalogue.labels(name)):
            without.setdefault(name, each.name)
    if not without:
        return
    listed = [f"{name} of {column!r}" for name, column in without.items()]
    more = ["..."] if len(listed) > _SHOWN else []
    formats = ", ".join([*listed[:_SHOWN], *more])
    if catalogue:
        hint = f"not in the catalogue {catalogue.path.name}, so that these columns have no labels:"
        hint += " write it anew in SAS with these formats (PROC FORMAT LIBRARY=), if they have"
        hint += " labels that the study needs"
        sheet.told.append(Remark("warning", 0, 0, formats, "", hint))
    else:
        sheet.told.append(Remark("note", 0, 0, formats, "", IN_NONE))


def _tell_other_values(
    sheet: Sheet, number: int, column: _Column, values: Sequence[Any], decimal: str
) -> None:
    """Tell of values for which a format has no label, as ReadStat reads no ranges."""
    texts = {
        row: column.text(value, decimal)
        for row, value in enumerate(values, start=2)
        if value not in column.labels and not column.is_missing(value)
    }
    others = {row: text for row, text in texts.items() if text}
    if others:
        row, text = next(iter(others.items()))
        hint = f"{len(others)} of {len(values)} rows have a value of {column.name!r} for which the"
        hint += f" format {format_name(column.shown_as)} has no label; a range, as 18-HIGH, has its"
        hint += " label at one end at most, and OTHER has none"
        sheet.told.append(Remark("warning", row, number, text, "", hint))
