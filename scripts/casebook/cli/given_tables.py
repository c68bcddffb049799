"""How `casebook new` reads the tables that it is given, before anything is guessed of them.

Titles above a table, patients in columns and decimal commas are found here; what the columns mean
belongs to `drafting`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from casebook.base.absent import NOT_AVAILABLE
from casebook.base.characters import unprintable
from casebook.cli.given import (
    ABOVE,
    AGAIN,
    BELOW,
    SUMMED,
    SUMMED_IN_COLUMN,
    GivenTable,
    NotBegunError,
    Told,
    file_name,
)
from casebook.cli.given_codes import catalogue_for, formats_in_none, is_of_sas
from casebook.cli.given_visits import names_by_visits
from casebook.data.cells import Grid, normalised
from casebook.data.findings import DataError
from casebook.data.remarks import A_VALUE
from casebook.drafting.adverse import names_events
from casebook.drafting.columns import Column
from casebook.drafting.grouprows import rows_of_groups, with_groups
from casebook.drafting.headers import row_of_units
from casebook.drafting.identified import in_each_cell, is_named_once
from casebook.drafting.identifier import identifier
from casebook.drafting.labelled import Described
from casebook.drafting.namesakes import named_apart
from casebook.drafting.notes import headers_again, notes_below
from casebook.drafting.numerals import reason_by_texts
from casebook.drafting.page import Title
from casebook.drafting.sketch import columns_in, sketch
from casebook.drafting.summed import summed_up
from casebook.drafting.turned import Turned, turned
from casebook.prepare.by_dictionary import is_of_labels
from casebook.prepare.ingest import described as with_labels
from casebook.prepare.raw import RawTable, TitleError, TwoRowsError, read_table
from casebook.reading.encodings import only_likely
from casebook.reading.filekinds import TEXTS
from casebook.reading.openworkbooks import first_of_several, labels_of_columns, names_of_shown
from casebook.reading.redcap import dictionary_beside, read_dictionary
from casebook.reading.textrows import MOST_BYTES
from casebook.study.source import OF_SAS, TableForm

_MOST_TITLES = 9
_LONGEST_TITLE = 250
_NAMELESS = "Column A"
"""What the first column is called, if it has no header but tells the rows of a patient apart."""
_OPTIONS = (
    "Nothing was written. What source.sheet, source.encoding, source.header and source.leave_out of"
    " study.yaml would say, say here by --sheet NAME, --encoding NAME, --header 3 (or 3,4 for two"
    " rows) and --leave-out 1,18, before or after the table's name."
)
_OF_SEVERAL = (
    "begin with only one of them, by its --sheet, --header and --leave-out, and name the others"
    " under source.joined of its study.yaml, where each can have a header and a leave_out of its"
    " own, as docs/study.md describes under Several tables. Nothing was written."
)


def given_tables(tables: Sequence[Path], told: Told, sheets: Sequence[str]) -> Iterator[GivenTable]:
    """Each table as it is read.

    Args:
        tables: The files.
        told: How a table is to be read.
        sheets: Sheets of a workbook that are the tables.

    Raises:
        NotBegunError: one cannot be read, or what is told is not of several tables.
    """
    several = len(tables) > 1 or len(sheets) > 1
    if several and (told.leave_out or told.header or told.dictionary):
        raise NotBegunError(
            "--header, --leave-out and --dictionary are of one table, and here are several:"
            f" {_OF_SEVERAL}"
        )
    if len(tables) > 1 and sheets:
        raise NotBegunError(
            "--sheet names sheets of one workbook: with several files, the first sheet of each is"
            " taken, and another can be named in study.yaml. Nothing was written."
        )
    if told.catalogue and not any(map(is_of_sas, tables)):
        raise NotBegunError(
            f"--catalogue is for tables of SAS ({', '.join(OF_SAS)}), and none of these is one."
            " Nothing was written."
        )
    read = []
    for table in tables:
        is_text = table.suffix.lower() in TEXTS
        own = told if is_text or not several else replace(told, encoding=None)
        for sheet in sheets or [""]:
            read.append(read_given(table, replace(own, sheet=sheet or None), alone=not several))
    for each, names in zip(read, names_by_visits(read), strict=True):
        own = replace(each.told, names={**each.told.names, **names})
        yield read_given(each.path, own, alone=False) if names else each


def read_given(table: Path, told: Told, *, alone: bool) -> GivenTable:
    """The cells of a table, its numbers written with the decimal sign that its texts have.

    One that is alone can have a data dictionary beside it, and one of SAS a catalogue.
    """
    dictionary = None
    told = _in_its_encoding(table, told)
    try:
        told = replace(told, formats=catalogue_for(table, told.catalogue))
        told, raw, way_round = _in_its_form(table, told)
        if alone and not told.dictionary:
            told = replace(told, dictionary=dictionary_beside(table, raw.headers))
        if told.dictionary:
            dictionary = read_dictionary(told.dictionary)
            raw = with_labels(raw, table, told.dictionary)
    except DataError as error:
        way_out = _OPTIONS if alone else f"Of several tables, {_OF_SEVERAL}"
        raise NotBegunError(f"{error}\n{way_out}") from None
    aside = _aside(raw.grid, told)
    if way_round:
        aside = dict.fromkeys(way_round.left_out, SUMMED_IN_COLUMN)
    else:
        aside |= _entered_twice(raw.grid, told.leave_out)
    unused = way_round.unused if way_round else {}
    grid = _upright(raw.grid, told).without(aside)
    groups = rows_of_groups(grid) if alone and not told.transpose else {}
    labels: Mapping[str, str] = {}
    if table.suffix.lower() not in TEXTS:
        told = replace(told, sheet=told.sheet or first_of_several(table))
        labels = labels_of_columns(table)
    described, formats = _described(raw, labels), formats_in_none(raw)
    whole = with_groups(grid, groups)
    return GivenTable(table, whole, told, described, dictionary, aside, unused, formats, groups)


def _in_its_encoding(table: Path, told: Told) -> Told:
    """How a table is to be read that is a text in the one likely encoding, if that is not told."""
    is_text = table.suffix.lower() in TEXTS
    if told.encoding or not is_text or table.stat().st_size > MOST_BYTES:
        return told
    reason = "it is not UTF-8, and this alone makes words of it: whether all letters are right"
    found = only_likely(table.read_bytes())
    return replace(told, encoding=found, encoding_reason=reason) if found else told


def _in_its_form(table: Path, told: Told) -> tuple[Told, RawTable, Turned | None]:
    """The table as it is to be read, how that is, and which way round if patients are columns."""
    told, raw = _of_patients(table, told, *_below_titles(table, told))
    if not (told.header or told.transpose) and (units := row_of_units(raw.grid)):
        reason = f"row {units} has the units of the columns"
        told = replace(told, header=[raw.grid.header_row, units], header_reason=reason)
        raw = _raw(table, told, ".")
    if told.formats and not (told.catalogue or any(map(is_of_labels, raw.headers))):
        told = replace(told, formats=None)
        raw = _raw(table, told, ".")
    if way_round := _way_round(table, told, raw.grid):
        told = _as_turned(told, raw.grid, way_round)
        raw = _raw(table, told, ".")
    elif _needs_first_column(raw.grid.without(_aside(raw.grid, told))):
        told = replace(told, names={"A": _NAMELESS})
        raw = _raw(table, told, ".")
    if not told.transpose and (apart := named_apart(raw.grid.headers)):
        told = replace(told, names={**told.names, **apart})
        raw = _raw(table, told, ".")
    if (found := _with_its_decimals(table, told, raw)) is not raw:
        told = replace(told, decimal_reason=reason_by_texts(raw.grid, found.grid))
    return told, found, way_round


def _below_titles(table: Path, told: Told) -> tuple[Told, RawTable]:
    """The table without the titles above it, with one header or two; and which these are."""
    for _ in range(_MOST_TITLES):
        try:
            return told, _raw(table, told, ".")
        except TitleError as error:
            row, title = error.findings[0].row, normalised(error.title)
            told = replace(told, leave_out=[*told.leave_out, row])
            if not told.title and _is_worded(title):
                told = replace(told, title=Title(title, f"row {row} of the table"))
        except TwoRowsError as error:
            first, last = error.rows
            reason = f"row {first} seems to name groups of the columns that row {last} names"
            of_two = replace(told, header=[first, last], header_reason=reason)
            if told.header or not (error.is_sure or _of_groups(table, of_two)):
                raise
            told = of_two
    return told, _raw(table, told, ".")


def _is_worded(title: str) -> bool:
    return any(map(str.isalpha, title)) and len(title) <= _LONGEST_TITLE and not unprintable(title)


def _with_its_decimals(table: Path, told: Told, raw: RawTable) -> RawTable:
    """The table with the numbers of a workbook written as most of its texts are, if with commas.

    Numbers that are no texts can be written in either way, and so they tell nothing of the texts.
    """
    written = sketch(_upright(raw.grid, told), "").written
    if written.numerals.decimal == ",":
        return _raw(table, told, ",")
    if not written.unread or table.suffix.lower() in TEXTS:
        return raw
    other = _raw(table, told, ",")
    fewer = sketch(_upright(other.grid, told), "").written.unread < written.unread
    return other if fewer else raw


def _of_patients(table: Path, told: Told, read: Told, raw: RawTable) -> tuple[Told, RawTable]:
    """The first sheet that is not of adverse events, where the first of all is and none is told.

    Args:
        table: The file.
        told: What the user told.
        read: How the first sheet was read.
        raw: That sheet.
    """
    if told.sheet or table.suffix.lower() in TEXTS:
        return read, raw
    names = names_of_shown(table)
    others = [name for name in names if not names_events(name)]
    if names[:1] == others[:1] or not others:
        return read, raw
    return _below_titles(table, replace(told, sheet=others[0]))


def _aside(grid: Grid, told: Told) -> dict[int, str]:
    """The rows of a note below the table, or the header again, or sums, each with which it is."""
    used = grid.without(told.leave_out)
    notes, again = notes_below(used), headers_again(used)
    rows = {SUMMED: summed_up(used.without([*notes, *again])), BELOW: notes, AGAIN: again}
    return {row: why for why, found in rows.items() for row in found}


def _entered_twice(grid: Grid, left_out: Sequence[int]) -> dict[int, str]:
    """The rows among those left out that say the same as another one that is used, with which."""
    rows = dict(zip(grid.numbers, zip(*grid.columns.values(), strict=True), strict=True))
    used = {texts: row for row, texts in rows.items() if row not in left_out}
    same = {row: used.get(rows[row]) for row in left_out if row in rows and any(rows[row])}
    return {row: f"entered twice (as row {n})" for row, n in same.items() if n}


def _way_round(table: Path, told: Told, grid: Grid) -> Turned | None:
    """How a table is to be read, if patients seem to stand in columns, of which these are cells."""
    if len(told.header) > 1:
        return _of_groups(table, told)
    return turned(grid.without(_aside(grid, told)), 1, NOT_AVAILABLE)


def _of_groups(table: Path, told: Told) -> Turned | None:
    """The same of a table whose upper row of two names groups of patients."""
    first, last = min(told.header), max(told.header)
    try:
        whole = _raw(table, replace(told, header=[first], transpose=True), ".").grid
    except DataError:
        # Rows that are not as long as others can only be read with patients in rows.
        return None
    between = {row for row in whole.numbers if first < row < last}
    return turned(whole.without({*between, *notes_below(whole)}), 2, NOT_AVAILABLE)


def _as_turned(told: Told, grid: Grid, found: Turned) -> Told:
    """How a table is to be read that has patients in columns, of which these are the cells."""
    top = min(told.header, default=grid.header_row)
    header = [top] if told.leave_out or (told.header and top > 1) else []
    return replace(
        told,
        transpose=True,
        names=found.names,
        fill_down=found.group,
        header=header,
        header_reason="",
        leave_out=[],
    )


def _needs_first_column(grid: Grid) -> bool:
    """Whether nothing but a first column without a header can tell the rows of a patient apart."""
    first = Column(1, _NAMELESS, [*map(normalised, grid.columns[1][1:])])
    if normalised(grid.columns[1][0]) or not is_named_once(first):
        return False
    columns = columns_in(grid)
    who, with_first = identifier(columns), identifier([first, *columns])
    return who.rows > 1 and not who.is_told and with_first.is_told


def _upright(grid: Grid, told: Told) -> Grid:
    """The table with patients in rows, without those that are left out."""
    if not told.transpose:
        return grid.without(told.leave_out)
    upright = grid.turned()
    columns = {
        row: [texts[0], *in_each_cell(map(normalised, texts[1:]))]
        if normalised(texts[0]) == told.fill_down
        else texts
        for row, texts in upright.columns.items()
    }
    return Grid(upright.numbers, columns).without(told.leave_out)


def _raw(table: Path, told: Told, decimal: str) -> RawTable:
    form = TableForm(
        table=file_name(table),
        encoding=told.encoding,
        header=tuple(told.header),
        transpose=told.transpose,
        names=dict(told.names),
        fill_down=(told.fill_down,) if told.fill_down else (),
        leave_out=dict.fromkeys(told.leave_out, ABOVE),
    )
    return read_table(
        table,
        told.sheet,
        decimal=decimal,
        left_out=told.leave_out,
        form=form,
        catalogue=told.formats,
    )


def _described(raw: RawTable, labels: Mapping[str, str]) -> dict[str, Described]:
    """What the file says of each column: its label, and what it declares to be no value."""
    found = {}
    for number, header in raw.grid.headers.items():
        declared = [e for e in raw.remarks if (e.column, e.allowed) == (number, A_VALUE)]
        missing = list(dict.fromkeys(normalised(each.value) for each in declared))
        found[normalised(header)] = Described(normalised(labels.get(header, "")), missing)
    return found
