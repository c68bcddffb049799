"""Whether another sheet of a workbook was meant than the first, which is read if none is named.

It is asked before a run, where the first has not all columns that a study names. No other sheet is
taken unasked: which one is read does not change with what stands in them.
"""

from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet
from itertools import islice
from pathlib import Path

from casebook.data.cells import folded, normalised
from casebook.data.findings import DataError, Finding
from casebook.prepare.events import raw_events
from casebook.prepare.ingest import table_of
from casebook.prepare.raw import RawTable
from casebook.reading.filekinds import TEXTS
from casebook.reading.openworkbooks import shown_sheets
from casebook.reading.sheets import Sheet
from casebook.study.model import Study

_ROWS = 20
"""Among so many rows with text the header is looked for."""


def table_of_right_sheet(
    study: Study, path: Path, without: Collection[int], name: str = ""
) -> RawTable:
    """A raw table of a study, as `table_of` gives it.

    Raises:
        DataError: as of `table_of`; or no sheet is named, and another one has more of the columns.
    """
    source = study.source
    if source.transpose or source.joined:
        return table_of(study, path, without, name)
    named = (study.headers, source.patient, "source.sheet", study.beside(source))
    return _checked(path, source.sheet, lambda: table_of(study, path, without), *named)


def events_of_right_sheet(study: Study, path: Path) -> RawTable:
    """The table of adverse events of a study, as `raw_events` gives it.

    Raises:
        DataError: as of `raw_events`; or none is named, and another sheet has more of the columns.
    """
    table, columns = study.table_of_harms, frozenset(study.table_of_harms.header_of.values())
    named = (columns, table.columns.patient, "harms.table.sheet", study.beside(table))
    return _checked(path, table.sheet, lambda: raw_events(study, path), *named)


def _checked(
    path: Path,
    sheet: str | None,
    read: Callable[[], RawTable],
    columns: AbstractSet[str],
    patient: str | None,
    key: str,
    beside: Collection[str],
) -> RawTable:
    """What is read, unless another sheet than the first was meant."""
    try:
        raw = read()
    except DataError:
        if sheet is None:
            _refuse_first_sheet(path, columns, patient, key, beside)
        raise
    if sheet is None and not columns <= raw.headers:
        _refuse_first_sheet(path, columns, patient, key, beside)
    return raw


def _refuse_first_sheet(
    path: Path, columns: Collection[str], patient: str | None, key: str, beside: Collection[str]
) -> None:
    """Do nothing if no other sheet has more of the columns than the first.

    Args:
        path: A table that names no sheet.
        columns: The headers of the columns that it should have.
        patient: The one of the patients' identifiers, which the other sheet must have.
        key: The key of study.yaml that can name a sheet.
        beside: Sheets that are other tables.

    Raises:
        DataError: another sheet has more of them.
    """
    if path.suffix.lower() in TEXTS:
        return
    try:
        counts = {
            sheet.name: _most(sheet, columns, patient)
            for sheet in shown_sheets(path)
            if folded(sheet.name) not in {*map(folded, beside)}
        }
    except Exception:  # what can be damaged in a workbook is told by who reads it
        return
    first, best = next(iter(counts), ""), max(counts, key=lambda name: counts[name], default="")
    if first == best:
        return
    found = f"{counts[best]} of {len(columns)}"
    hint = f"{best!r} has more of them, {found}: name it under {key} in study.yaml"
    hint = f"no sheet is named, so the first is taken, {first!r}; {hint}"
    raise DataError([Finding("error", str(path), 0, "", "", "a sheet with the columns", hint)])


def _most(sheet: Sheet, columns: Collection[str], patient: str | None) -> int:
    """How many of the columns a row of a sheet names, one that can be its header."""
    rows = (set(map(normalised, sheet.texts[row].values())) for row in sorted(sheet.texts))
    wanted = {*columns}
    headers = [row & wanted for row in islice(rows, _ROWS) if patient is None or patient in row]
    return max(map(len, headers), default=0)
