"""The results of a study at some time, read so that they can be held against those of another time.

A snapshot is read from files that a run left: results.csv and, as far as they are there, the raw
table with its corrections, the audit and study.yaml. Of summaries alone it is the audit and
study.yaml. A file that does not fit is told by its name.
"""

import csv
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from casebook.base.errors import UserError
from casebook.base.lookup import Lookup
from casebook.base.modelfile import validate
from casebook.base.yamlfile import read_yaml
from casebook.data.cells import Cell, Grid, normalised, read_grid
from casebook.data.corrected_cells import by_cell
from casebook.data.filled import with_filled
from casebook.data.findings import Finding, Topic, read_findings
from casebook.data.patients import read_rows
from casebook.data.places import read_places
from casebook.data.results import Result, read_results
from casebook.data.row_choice import rows_with
from casebook.data.verdicts import Verdict, read_verdicts
from casebook.study.choices import Analysis
from casebook.study.harms import HarmTable

STUDY, RESULTS, CELLS = "study.yaml", "results.csv", "cells.csv"
PATIENTS, FINDINGS, AUDIT = "patients.csv", "findings.csv", "audit.csv"
PLACES, EVENTS = "places.csv", "events.csv"
FILES = (STUDY, RESULTS, CELLS, PLACES, EVENTS, PATIENTS, FINDINGS, AUDIT)
"""What a snapshot is read from; all but the main file may be missing."""

_RECORDS = {RESULTS: Result, CELLS: Cell, EVENTS: Cell, FINDINGS: Finding, AUDIT: Verdict}
_COLUMNS = {name: [field.name for field in fields(kind)] for name, kind in _RECORDS.items()}
_COLUMNS[PATIENTS] = ["patient", "row"]

Read = TypeVar("Read")


class SnapshotError(UserError):
    """A file that is not as a run of this casebook leaves it."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path, self.problem = path, problem


@dataclass(frozen=True)
class Table:
    """A raw table, or that of adverse events, all columns of it, as corrected.

    Attributes:
        numbers: The numbers of the rows of patients, in the order of the patients' table, or of the
            rows of events.
        patients: The identifiers of the patients, in these rows.
        texts: Their texts by the names of the columns.
        corrections: The corrections of these, by the place of the row and the column.
    """

    numbers: Sequence[int]
    patients: Sequence[str]
    texts: Mapping[str, Sequence[str]]
    corrections: Mapping[tuple[int, str], str]

    @property
    def columns(self) -> Collection[str]:
        """The names of the columns."""
        return self.texts.keys()


@dataclass(frozen=True)
class Snapshot:
    """What was known at some time; None for what the files do not hold.

    Attributes:
        results: All results; there are none of summaries alone.
        table: The raw table; it needs the cells, the patients and the findings.
        events: The table of adverse events; it needs its cells, the findings and study.yaml.
        verdicts: The audit's verdicts.
        settings: What study.yaml held.
        alpha: The level of significance by these settings.
    """

    results: Sequence[Result]
    table: Table | None
    events: Table | None
    verdicts: Sequence[Verdict] | None
    settings: Mapping[str, Any] | None
    alpha: float | None

    @property
    def event_headers(self) -> Mapping[str, str]:
        """The headers of the columns that the study read of adverse events, by what they said."""
        table = _table_of_events(self.settings or {}) or {}
        return {says: header for says, header in table.get("columns", {}).items() if header}

    @property
    def has_events(self) -> bool:
        """Whether the study had a table of adverse events, by its settings."""
        return _table_of_events(self.settings or {}) is not None


def by_name(paths: Iterable[Path]) -> dict[str, Path]:
    """The files among these that a snapshot is read from, by their names."""
    found = {path.name: path for path in paths}
    return {name: found[name] for name in FILES if name in found}


def main_file(files: Collection[str]) -> str:
    """The file that a snapshot cannot do without: the results, or of summaries alone the audit."""
    return RESULTS if RESULTS in files else AUDIT


def read_snapshot(files: Mapping[str, Path]) -> Snapshot:
    """Read a snapshot from files by their names.

    Raises:
        UserError: A file is not as a run of this casebook leaves it.
    """
    whole = {CELLS, PATIENTS, FINDINGS} <= files.keys()
    settings = read_yaml(files[STUDY]) if STUDY in files else None
    of_events = _table_of_events(settings or {})
    has_rows = of_events and {EVENTS, FINDINGS} <= files.keys()
    return Snapshot(
        read_as_left(files[RESULTS], _read_numbers) if RESULTS in files else [],
        _read_rows(files) if whole else None,
        _read_events(files, of_events) if has_rows else None,
        read_as_left(files[AUDIT], read_verdicts) if AUDIT in files else None,
        settings,
        None if settings is None else _alpha(files[STUDY], settings),
    )


def _alpha(path: Path, settings: Mapping[str, Any]) -> float:
    return validate(path, settings.get("analysis") or {}, Analysis).alpha


def check_file(path: Path) -> None:
    """Do nothing if a file has the columns that a run of this casebook gives it.

    Raises:
        SnapshotError: It has others, or is no table.
    """
    if path.name not in _COLUMNS:
        return
    expected = _COLUMNS[path.name]
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            header = next(rows, [])
            cut = next((n for n, row in enumerate(rows, 2) if len(row) != len(header)), 0)
    except (OSError, ValueError, csv.Error) as error:
        raise SnapshotError(path, f"is not a table: {error}") from None
    # Behind the first two columns the patients have those of their study.
    if (header[:2] if path.name == PATIENTS else header) != expected:
        found, allowed = (", ".join(names) for names in (header, expected))
        raise SnapshotError(path, f"has the columns {found}; allowed: {allowed}")
    if cut:
        raise SnapshotError(path, f"record {cut} has not as many cells as there are columns")


def read_as_left(path: Path, read: Callable[[Path], Read]) -> Read:
    """A file as it is read, if it is as a run of this casebook leaves it.

    Raises:
        SnapshotError: it is not.
    """
    check_file(path)
    try:
        return read(path)
    except ValueError as error:
        raise SnapshotError(path, f"cannot be read: {error}") from None


def _read_numbers(path: Path) -> list[Result]:
    """Results, each of which has a number or says why it has none."""
    results = read_results(path)
    for result in results:
        if not result.error:
            float(result.stat)
    return results


def _read_rows(files: Mapping[str, Path]) -> Table:
    grid = read_as_left(files[CELLS], read_grid)
    laid = read_as_left(files[PLACES], read_places) if PLACES in files else None
    patients = read_as_left(files[PATIENTS], read_rows)
    corrected = by_cell(_read_corrections(files[FINDINGS], "correction"), grid, laid)
    return _as_corrected(
        laid.laid_out(grid) if laid else grid, [*patients.values()], [*patients], corrected
    )


def _table_of_events(settings: Mapping[str, Any]) -> Any:
    """What a study says of its table of adverse events; None if it has none."""
    return (settings.get("harms") or {}).get("table")


def _read_events(files: Mapping[str, Path], settings: Any) -> Table:
    """The rows of adverse events that a study uses, whether or not they are counted."""
    table = validate(files[STUDY], settings, HarmTable)
    grid = with_filled(read_as_left(files[EVENTS], read_grid), table.fill_down, table.leave_out)
    rows = [
        row
        for row in rows_with(table.rows_with, grid, table.rows_without)
        if row not in table.leave_out
    ]
    corrections = _read_corrections(files[FINDINGS], "event correction")
    corrected = {(each.row, each.column): each for each in corrections}
    found = _as_corrected(grid, rows, [""] * len(rows), corrected)
    return replace(found, patients=found.texts.get(table.columns.patient, found.patients))


def _as_corrected(
    grid: Grid,
    numbers: Sequence[int],
    patients: Sequence[str],
    corrected: Mapping[tuple[int, str], Finding],
) -> Table:
    """The rows of these numbers, with the texts that corrections.tsv has put into them."""
    kept = [grid.places.get(number, -1) for number in numbers]
    texts = {}
    for column, name in _columns(grid).items():
        # A row that is not in the table has empty cells.
        plain = [*Lookup(normalised).each(grid.columns[column]), ""]
        texts[name] = [plain[place] for place in kept]
    places = {number: place for place, number in enumerate(numbers)}
    corrections = {}
    for (number, name), each in corrected.items():
        if name in texts and number in places:
            texts[name][places[number]] = each.new
            corrections[places[number], name] = each.hint
    return Table(numbers, patients, texts, corrections)


def _read_corrections(path: Path, about: Topic) -> list[Finding]:
    """What tells of the corrections of the tables of patients, or of that of adverse events."""
    return [each for each in read_as_left(path, read_findings) if each.about == about]


def _columns(grid: Grid) -> dict[int, str]:
    """The names of the columns by their numbers, which tell apart those of the same header."""
    names: dict[int, str] = {}
    for number, header in grid.headers.items():
        name = normalised(header)
        twin = name in names.values()
        names[number] = f"{name} (column {number})".strip() if twin or not name else name
    return names
