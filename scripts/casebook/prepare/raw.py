"""A raw table of any kind, text file or workbook, as cells of text with their origin.

Nothing is interpreted: a cell's text is what the file holds, and what the text does not say is
remarked. Each kind of file is read by a module of its own; which tables a study has is for
`ingest`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.base.characters import PRINTABLE, unprintable
from casebook.base.lookup import TextLookup
from casebook.data.cells import (
    LONGEST,
    Grid,
    TableError,
    column_name,
    normalised,
    refuse_long,
)
from casebook.data.findings import DataError, Finding, stop_at_errors, unreadable
from casebook.data.remarks import Remark
from casebook.prepare.cell_remarks import cells_with, remarks_on_cells
from casebook.prepare.headers import turned_texts, with_header, with_header_of_texts
from casebook.prepare.shape import (
    Body,
    few,
    first_text,
    has_text,
    header_of,
    on_header,
    outside,
    ragged,
    refuse_groups,
    refuse_one_column,
    refuse_title,
    uneven,
    width_of,
)
from casebook.prepare.tables import place
from casebook.reading.damage import whole
from casebook.reading.filekinds import ONE_ALONE, TEXTS, check_kind, format_of, holds
from casebook.reading.openworkbooks import read_sheet
from casebook.reading.sasformats import Catalogue
from casebook.reading.sheetremarks import (
    remarks_on,
    spread,
)
from casebook.reading.sheets import Sheet, on_sheet
from casebook.reading.textrows import Encoding, read_rows
from casebook.study.source import TableFile, TableForm


class HeaderError(DataError):
    """A table cannot be used as its header cannot, and what is in the other rows is not known."""


class LabelsError(DataError):
    """A table can be read, but what has the labels of its codes cannot, or is that of another."""


class TitleError(DataError):
    """A row stands above a table, as a title does; its number is that of the finding.

    `title` is what it says; it is empty where the error is told again for a study.
    """

    def __init__(self, findings: Sequence[Finding], title: str = "") -> None:
        super().__init__(findings)
        self.title = title


class TwoRowsError(HeaderError):
    """Two rows seem to be the header, of which the first has names of groups of columns.

    `rows` has their numbers; it is empty where the error is told again for a study. `is_sure` says
    whether they surely are.
    """

    def __init__(
        self, findings: Sequence[Finding], rows: Sequence[int] = (), *, is_sure: bool = False
    ) -> None:
        super().__init__(findings)
        self.rows, self.is_sure = rows, is_sure


@dataclass(frozen=True)
class RawTable:
    """The cells of a raw table, without rows that hold no text; and remarks on them."""

    grid: Grid
    remarks: list[Remark]

    @property
    def headers(self) -> set[str]:
        """The headers of the columns."""
        return set(map(normalised, self.grid.headers.values()))


def read_table(
    table: Path,
    sheet: str | None = None,
    *,
    decimal: str = ".",
    left_out: Collection[int] = (),
    least: int = 1,
    beside: Collection[str] = (),
    form: TableFile | None = None,
    catalogue: Catalogue | None = None,
) -> RawTable:
    """A raw table.

    The table begins with its header, the first row with text that is not among those left out, or
    the one that a study names.

    Args:
        table: The file.
        sheet: Sheet of a workbook; by default the first one that is shown.
        decimal: What numbers of a workbook, which have no text of their own, are written with.
        left_out: Rows that are not used; they need not have as many cells as the header.
        least: How many rows there must be below the header.
        beside: Other sheets of the workbook that are read too.
        form: What a study says of the encoding and the header, and of which way round the table is.
        catalogue: What has the labels of its codes, if it is a table of SAS.

    Raises:
        HeaderError: the header cannot be used.
        TwoRowsError: it seems to be two rows together.
        TitleError: the row that would be the header seems to be a title.
        DataError: the file cannot be read as a table, or there is nothing in it.
    """
    encoding = form.encoding if form else None
    try:
        check_kind(table)
        if table.suffix.lower() in TEXTS:
            _refuse_keys(sheet=(sheet, "no sheet: this is a text file"))
            rows = read_rows(table, Encoding(encoding or "", "source.encoding"))
            return _text_table(table, rows, left_out, least, form)
        _refuse_keys(encoding=(encoding, "no encoding: only a text file needs one"))
        if holds(table) == ONE_ALONE:
            _refuse_keys(sheet=(sheet, "no sheet: such a file has one table"))
        found = _sheet(table, sheet, decimal, beside, catalogue)
        return _sheet_table(table, found, left_out, least, form)
    except TableError as error:
        raise _refusal(table, error) from None


def _refusal(table: Path, error: TableError) -> DataError:
    """Why a table is not read, as the user is told it, by what of it is wrong."""
    found = unreadable(place(table, error.sheet), error)
    if error.header_rows:
        return TwoRowsError(found, error.header_rows, is_sure=error.is_sure)
    if error.of_header:
        return HeaderError(found)
    return TitleError(found, error.title) if error.title else DataError(found)


def _refuse_keys(**keys: tuple[str | None, str]) -> None:
    """Do nothing if study.yaml does not say what makes no sense of this file.

    Args:
        keys: What it says, by the key of `source`, and what would be allowed.
    """
    for key, (value, allowed) in keys.items():
        if value is not None:
            hint = f"remove the key source.{key} from study.yaml"
            raise TableError(allowed, hint, value=value)


def _text_table(
    table: Path,
    written: Iterable[Sequence[str]],
    left_out: Collection[int],
    least: int,
    form: TableFile | None,
) -> RawTable:
    rows = {number: row for number, row in enumerate(written, start=1) if has_text(row)}
    if form and (form.header or form.names):
        rows = dict(with_header_of_texts(form, rows))
    if isinstance(form, TableForm) and form.transpose:
        stop_at_errors(few(uneven(str(table), rows)))
        grid = _checked(turned_texts(rows))
        return RawTable(grid, remarks_on_cells(grid))
    header = header_of(rows, left_out, least)
    rows = {number: row for number, row in rows.items() if number >= header}
    width = width_of(enumerate(rows[header], start=1), len(rows))
    body = Body(header, width, dict(rows), {})
    other = {number: row for number, row in rows.items() if len(row) != width}
    for number, row in other.items():
        body.rows[number] = [*row[:width], *[""] * (width - len(row))]
        if beside := first_text(enumerate(row[width:], start=width + 1)):
            body.beside[number] = beside
    refuse_title(body, left_out)
    with on_header(header):
        refuse_groups(body, left_out)
        refuse_one_column(table, body)
        used = {number: row for number, row in other.items() if number not in left_out}
        stop_at_errors(few(ragged(table, body, len(rows[header]), used)))
        grid = _checked(body.grid)
        return RawTable(grid, remarks_on_cells(grid))


def _sheet(
    table: Path,
    wanted: str | None,
    decimal: str,
    beside: Collection[str],
    catalogue: Catalogue | None,
) -> tuple[Sheet, list[Remark]]:
    """A sheet of a workbook, or a table of another file, and what is remarkable in the others."""
    try:
        return read_sheet(table, wanted, decimal, beside, catalogue)
    except (TableError, ImportError):
        raise
    except Exception as error:  # what can be damaged in a workbook has no class in common
        kind = format_of(table)
        raise whole(kind.name, kind.program, error) from None


def _sheet_table(
    table: Path,
    found: tuple[Sheet, list[Remark]],
    left_out: Collection[int],
    least: int,
    form: TableFile | None,
) -> RawTable:
    sheet, remarks = found
    with on_sheet(sheet):
        rows = {n: row for n, row in sorted(sheet.texts.items()) if has_text(row.values())}
        if form and (form.header or form.names):
            first = min(form.header, default=0)
            across = {m.column: m.last_column for m in sheet.merged if m.row == first}
            rows = {n: {**row} for n, row in with_header(form, rows, across).items()}
        if isinstance(form, TableForm) and form.transpose:
            return _turned_sheet(sheet, rows, remarks, form.fill_down)
        header = header_of(rows, left_out, least)
        sheet.texts = {number: row for number, row in rows.items() if number >= header}
        width = width_of(rows[header].items(), len(sheet.texts))
        body = _body(sheet, header, width)
        refuse_title(body, left_out)
    with on_sheet(sheet), on_header(header):
        refuse_groups(body, left_out)
        file = place(table, sheet.name)
        stop_at_errors(few(outside(file, body, body.without(left_out))))
        remarks += [*spread(sheet, width, header), *remarks_on(sheet, width)]
        grid = _checked(_body(sheet, header, width).grid)
        remarks += remarks_on_cells(grid)
        remarks.sort(key=lambda remark: (remark.row, remark.column))
        return RawTable(grid, remarks)


def _turned_sheet(
    sheet: Sheet,
    rows: Mapping[int, dict[int, str]],
    remarks: Iterable[Remark],
    filled: Collection[str],
) -> RawTable:
    """A table with patients in columns, all columns of which have their texts."""
    sheet.texts = {**rows}
    width = max(column for row in rows.values() for column in row)
    header = min(rows)
    # The name of a group over several patients may be merged; no other text may.
    sheet.merged = [
        each
        for each in sheet.merged
        if each.row < each.last_row or normalised(rows.get(each.row, {}).get(1, "")) not in filled
    ]
    found = [*remarks, *spread(sheet, width, 0), *remarks_on(sheet, width)]
    grid = _checked(_body(sheet, header, width).grid)
    found += remarks_on_cells(grid)
    return RawTable(grid, sorted(found, key=lambda remark: (remark.row, remark.column)))


def _body(sheet: Sheet, header: int, width: int) -> Body:
    body, columns = Body(header, width, {}, {}), range(1, width + 1)
    for number, cells in sheet.texts.items():
        body.rows[number] = [cells.get(column, "") for column in columns]
        further = sorted(column for column in cells if column > width)
        if beside := first_text((column, cells[column]) for column in further):
            body.beside[number] = beside
    return body


def _checked(grid: Grid) -> Grid:
    """The same cells with line breaks as they are told, each of which a cell can hold.

    Raises:
        TableError: a text is longer than a cell can be, or has half a character, as a workbook can.
    """
    on_lines = TextLookup(_on_lines, lambda texts: "".join(texts).isprintable())
    whole = {number: on_lines.each(texts) for number, texts in grid.columns.items()}
    wrong = cells_with(Grid(grid.numbers, whole), _cannot_be_held, _can_be_held)
    if wrong:
        row, number, text = wrong[0]
        name = column_name(number)
        refuse_long(text, row, name)
        raise TableError(PRINTABLE, f"remove {unprintable(text)}", value=text, row=row, column=name)
    return Grid(grid.numbers, whole)


def _on_lines(text: str) -> str:
    return "\n".join(text.splitlines())


def _cannot_be_held(text: str) -> bool:
    if len(text) > LONGEST:
        return True
    return not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)


def _can_be_held(texts: Sequence[str]) -> bool:
    return "".join(texts).isascii() and max(map(len, texts)) <= LONGEST
