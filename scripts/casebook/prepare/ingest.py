"""Any raw table, text file or workbook, as cells of text with their origin.

Nothing is interpreted: a cell's text is what the file holds, and what the text does not say is
remarked. What a cell means is for cleaning; each kind of file is read by a module of its own.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from casebook.base.characters import PRINTABLE, unprintable
from casebook.data.cells import MOST_CELLS, Cell, TableError, column_name, refuse_long, write_cells
from casebook.data.findings import DataError, Finding, stop_at_errors, unreadable, without_cell
from casebook.data.remarks import Remark, write_remarks
from casebook.reading.filekinds import TEXTS, check_kind
from casebook.reading.sheets import is_formula_error, on_sheet, read_sheet, remarks_on, spread
from casebook.reading.textrows import read_rows
from casebook.study.load import load_study
from casebook.study.model import Study

_PERCENT = re.compile(r"[-+−]?[\d.,]*\d\s*%")
_NUMBER = re.compile(r"[-+−]?[\d.,]*\d")
_SHOWN = 60
_SEPARATORS = "|^~:"
_TOLD = 20


class HeaderError(DataError):
    """A table cannot be used as its header cannot, and what is in the other rows is not known."""


@dataclass(frozen=True)
class RawTable:
    """The cells of a raw table, row by row, without rows that hold no text; and remarks on them."""

    cells: list[Cell]
    remarks: list[Remark]


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
    raw = table_of(load_study(study), table)
    write_cells(cells, raw.cells)
    write_remarks(remarks, raw.remarks)


def table_of(study: Study, table: Path, without: Collection[int] = ()) -> RawTable:
    """The raw table of a study.

    Args:
        study: The study, which says how the table is to be read.
        table: The file.
        without: Rows that are not used, beside those that the study leaves out.

    Raises:
        DataError: as of `read_table`, a `HeaderError` too; without the texts of cells if some
            columns are private, as a table that cannot be read does not say of each cell in which
            column it is.
    """
    source = study.source
    decimal, left_out = source.numerals.decimal, {*source.leave_out, *without}
    try:
        return read_table(table, source.sheet, decimal=decimal, left_out=left_out)
    except DataError as error:
        found = error.findings
        if study.private_columns:
            found = [without_cell(each) if each.column else each for each in found]
        raise type(error)(found) from None


def read_table(
    table: Path, sheet: str | None = None, *, decimal: str = ".", left_out: Collection[int] = ()
) -> RawTable:
    """A raw table.

    The table begins with its header, the first row with text that is not among those left out.

    Args:
        table: The file.
        sheet: Sheet of a workbook; by default the first one that is shown.
        decimal: What numbers of a workbook, which have no text of their own, are written with.
        left_out: Rows that are not used; they need not have as many cells as the header.

    Raises:
        HeaderError: the header cannot be used.
        DataError: the file cannot be read as a table, or there is nothing in it.
    """
    try:
        check_kind(table)
        if table.suffix.lower() in TEXTS:
            return _text_table(table, sheet, left_out)
        return _sheet_table(table, sheet, decimal, left_out)
    except TableError as error:
        refused = HeaderError if error.of_header else DataError
        raise refused([unreadable(_place(table, error.sheet), error)]) from None


def _place(table: Path, sheet: str) -> str:
    return f"{table}, sheet {sheet!r}" if sheet else str(table)


def _text_table(table: Path, sheet: str | None, left_out: Collection[int]) -> RawTable:
    if sheet is not None:
        hint = "remove the key source.sheet from study.yaml"
        raise TableError("no sheet: this is a text file", hint, value=sheet)
    rows = {number: row for number, row in enumerate(read_rows(table), start=1) if any(row)}
    texts = {number: dict(enumerate(row, start=1)) for number, row in rows.items()}
    texts, header, width = _shape(texts, left_out)
    told = {number: rows[number] for number in texts if number not in left_out}
    _refuse_title(texts, header, width, left_out)
    with _on_header(header):
        _refuse_groups(texts, header, left_out)
        _refuse_one_column(table, texts, header, width)
        stop_at_errors(_few(_ragged(table, header, width, len(rows[header]), told)))
        remarks = [*_formula_errors(texts, width), *_percents(texts, width)]
        return RawTable(_cells(texts, width), remarks)


def _sheet_table(
    table: Path, wanted: str | None, decimal: str, left_out: Collection[int]
) -> RawTable:
    try:
        sheet, remarks = read_sheet(table, wanted, decimal)
    except TableError:
        raise
    except Exception as error:  # what can be damaged in a workbook has no class in common
        hint = f"open it and save it again ({error or type(error).__name__})"
        raise TableError("a workbook", hint) from None
    with on_sheet(sheet):
        sheet.texts, header, width = _shape(sheet.texts, left_out)
        _refuse_title(sheet.texts, header, width, left_out)
    with on_sheet(sheet), _on_header(header):
        _refuse_groups(sheet.texts, header, left_out)
        told = {number: row for number, row in sheet.texts.items() if number not in left_out}
        stop_at_errors(_few(_outside(_place(table, sheet.name), header, width, told)))
        remarks += [*spread(sheet, width, header), *remarks_on(sheet, width)]
        remarks += _formula_errors(sheet.texts, width)
        remarks += _percents(sheet.texts, width)
        remarks.sort(key=lambda remark: (remark.row, remark.column))
        return RawTable(_cells(sheet.texts, width), remarks)


@contextmanager
def _on_header(header: int) -> Iterator[None]:
    """Let an error in the row of the header that the block raises say that it is of the header."""
    try:
        yield
    except TableError as error:
        error.of_header = error.row == header
        raise


def _shape(
    texts: Mapping[int, dict[int, str]], left_out: Collection[int]
) -> tuple[dict[int, dict[int, str]], int, int]:
    """The rows that hold any text, from the header on; its number, and how wide it is.

    Raises:
        TableError: there are no rows below the header, or more cells than a table can have.
    """
    filled = {
        number: row
        for number, row in sorted(texts.items())
        if any(text.strip() for text in row.values())
    }
    header = min(filled.keys() - set(left_out), default=min(filled, default=0))
    filled = {number: row for number, row in filled.items() if number >= header}
    if len(filled) < 2:
        hint = "the table is empty; if it is on another sheet, name that sheet in source.sheet"
        raise TableError("a header and at least one row below it", hint)
    width = _last(filled[header])
    if len(filled) * width > MOST_CELLS:
        found = f"{len(filled):,} rows and {width:,} columns"
        hint = "copy what belongs to the study into a table of its own"
        raise TableError(f"a table of up to {MOST_CELLS:,} cells", hint, value=found)
    return filled, header, width


def _refuse_title(
    texts: Mapping[int, Mapping[int, str]], header: int, width: int, left_out: Collection[int]
) -> None:
    """Do nothing if the header is as wide as most rows below it.

    Raises:
        TableError: it is not, as a title above the header would be.
    """
    below = [_last(row) for number, row in texts.items() if number not in {header, *left_out}]
    wider = sum(last > width for last in below)
    if wider > len(below) / 2:
        found = f"{width} cell{'s' * (width != 1)}"
        allowed = f"a header as wide as the table: {wider} of {len(below)} rows below it are wider"
        named = [text.strip() for text in texts[header].values() if text.strip()]
        row = f"{{ {header}: a title }}"
        hint = f"if {named[0][:_SHOWN]!r} is a title, source.leave_out of study.yaml can say {row}"
        if len(named) > 1:
            # Names of columns would be lost with the row.
            hint = _two_rows(header, header + 1)
        error = TableError(allowed, hint, value=found, row=header)
        # The header is what is below a title.
        error.of_header = len(named) > 1
        raise error


def _two_rows(header: int, below: int) -> str:
    return (
        f"this looks like a header of two rows, {header} and {below}: combine them in the"
        " table into one row, with a name for each column"
    )


def _refuse_groups(
    texts: Mapping[int, Mapping[int, str]], header: int, left_out: Collection[int]
) -> None:
    """Do nothing if the header names columns, and not groups of those that the next row names.

    Raises:
        TableError: it holds groups: it has the same text above different ones, or none beside one
            as merged cells have, and numbers stand in these columns, but none in the next row.
    """
    used = [number for number in texts if number not in {header, *left_out}]
    names = {c: text.strip() for c, text in texts[used[0]].items()} if len(used) > 1 else {}
    groups: defaultdict[str, list[int]] = defaultdict(list)
    group = ""
    for column in range(1, _last(texts[header]) + 1):
        group = texts[header].get(column, "").strip() or group
        groups[group].append(column)
    several = {group: columns for group, columns in groups.items() if group and len(columns) > 1}
    named = [[names.get(column, "") for column in columns] for columns in several.values()]
    told_apart = all(len({*each}) == len(each) for each in named)
    words = all(re.search(r"[^\W\d_]", name) for each in named for name in each)
    if not (told_apart and words) or any(map(_NUMBER.fullmatch, names.values())):
        return
    for group, columns in several.items():
        for column in columns:
            below = [texts[number].get(column, "").strip() for number in used[1:]]
            numbers = sum(_NUMBER.fullmatch(text) is not None for text in below)
            if numbers * 2 > len(below) and names[column] not in below:
                hint = _two_rows(header, used[0])
                allowed = "a header with a name for each column"
                raise TableError(allowed, hint, value=group, row=header)


def _refuse_one_column(
    table: Path, texts: Mapping[int, Mapping[int, str]], header: int, width: int
) -> None:
    """Do nothing if a text file has several columns, or one without a sign between its parts.

    Raises:
        TableError: it has one column, and a sign as often in the header as in the row below.
    """
    first = texts[header].get(1, "")
    below = next((row.get(1, "") for number, row in texts.items() if number > header), "")
    tabs = table.suffix.lower() == ".tsv"
    for sign in (_SEPARATORS + ",;" * tabs) * (width == 1):
        if 0 < first.count(sign) == below.count(sign):
            allowed = "tabs" if tabs else "commas, semicolons or tabs"
            hint = f"{sign!r} was found: save the table as CSV in UTF-8" + " with tabs" * tabs
            raise TableError(f"{allowed} between the columns", hint, value=first, row=header)


def _last(row: Mapping[int, str]) -> int:
    """The last column of a row that holds any text."""
    return max((column for column, text in row.items() if text.strip()), default=0)


def _cells(texts: Mapping[int, Mapping[int, str]], width: int) -> list[Cell]:
    """All cells of the columns that have a header, empty ones too.

    Raises:
        TableError: a text is longer than a cell can be, or has half a character, as a workbook can.
    """
    cells = []
    names = {column: column_name(column) for column in range(1, width + 1)}
    for number, row in texts.items():
        for column, name in names.items():
            text = "\n".join(row.get(column, "").splitlines())
            refuse_long(text, number, name)
            if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
                hint = f"remove {unprintable(text)}"
                raise TableError(PRINTABLE, hint, value=text, row=number, column=name)
            cells.append(Cell(number, column, text))
    return cells


def _formula_errors(texts: Mapping[int, Mapping[int, str]], width: int) -> Iterator[Remark]:
    """Remarks on cells that show an error of a formula, in a text file as in a workbook."""
    for number, row in texts.items():
        for column, text in row.items():
            if column <= width and is_formula_error(text):
                hint = (
                    "correct the formula in the table, or list its text under missing in study.yaml"
                )
                allowed = "a value, not the error of a formula"
                yield Remark("error", number, column, text.strip(), allowed, hint)


def _percents(texts: Mapping[int, Mapping[int, str]], width: int) -> Iterator[Remark]:
    """Remarks on the fewer cells of columns of numbers with a percent sign and without one."""
    signed: defaultdict[int, list[int]] = defaultdict(list)
    bare: defaultdict[int, list[int]] = defaultdict(list)
    for number, row in islice(texts.items(), 1, None):
        for column, text in row.items():
            if column <= width and _NUMBER.fullmatch(text.strip()):
                bare[column].append(number)
            elif column <= width and "%" in text and _PERCENT.fullmatch(text.strip()):
                signed[column].append(number)
    for column in sorted(signed.keys() & bare.keys()):
        few, many = sorted((bare[column], signed[column]), key=len)
        has, have = ("no", "one") if few is bare[column] else ("a", "none")
        for number in few:
            hint = f"it has {has} percent sign, but others in the column have {have}, such as row"
            hint += f" {many[0]}: do they all have the same unit?"
            yield Remark("warning", number, column, texts[number][column].strip(), "", hint)


def _ragged(
    table: Path, header: int, width: int, written: int, rows: Mapping[int, list[str]]
) -> Iterator[Finding]:
    """Rows of a text file that have more or fewer cells than the header.

    Args:
        table: The file.
        header: The number of the row with the headers.
        width: How many cells it has, without empty ones at its end.
        written: How many it has with these, which programs write where a text is beside the table.
        rows: The rows that are used.
    """
    for number, row in rows.items():
        texts = dict(enumerate(row, start=1))
        count, beside = _last(texts), list(_outside(str(table), header, width, {number: texts}))
        if beside and len(row) <= written:
            yield from beside
            continue
        if beside:
            hint = (
                "look for a separator inside a cell, which needs quotes around it; or, if"
                f" the text in column {beside[0].column} stands beside the table, {beside[0].hint}"
            )
        elif len(row) < width:
            count = len(row)
            hint = "look for a missing separator, also at the end of the row"
        else:
            continue
        found = f"{count} cell{'s' * (count != 1)}"
        allowed = f"{width} cell{'s' * (width != 1)}, as in the header"
        yield Finding("error", str(table), number, "", found, allowed, hint)


def _outside(
    place: str, header: int, width: int, rows: Mapping[int, Mapping[int, str]]
) -> Iterator[Finding]:
    """The first cell of each row of a sheet that stands beside the table."""
    allowed = f"no text to the right of the header, which is row {header}, columns A to"
    hint = "give its column a header; a column that study.yaml does not name is not read"
    for number, row in rows.items():
        outside = [column for column, text in row.items() if column > width and text.strip()]
        if outside:
            column = min(outside)
            told = (row[column][:_SHOWN], f"{allowed} {column_name(width)}", hint)
            yield Finding("error", place, number, column_name(column), *told)


def _few(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first findings, and how many more there are."""
    findings = iter(findings)
    yield from islice(findings, _TOLD)
    if more := list(findings):
        hint = f"and {len(more)} more rows"
        yield Finding("error", more[0].file, 0, "", "", more[0].allowed, hint)
