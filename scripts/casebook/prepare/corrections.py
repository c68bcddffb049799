"""The lines of corrections.tsv, the one way to change a raw cell, and whether each can be made."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook.base.errors import listed, suggestion
from casebook.data.findings import Finding, without_cell
from casebook.reading.user_tables import read_tabbed
from casebook.study.model import Study

_CORRECTION_COLUMNS = ("patient", "column", "old", "new", "reason")
NOT_SHOWN = "which is not shown, as the column is private"


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of corrections.tsv."""

    row: int
    patient: str
    column: str
    old: str
    new: str
    reason: str


def read_corrections(path: Path, study: Study | None) -> tuple[list[Correction], list[Finding]]:
    """The lines that can be read, and what is wrong with the file whatever the table is.

    Args:
        path: The file.
        study: The study, or None if it is not known; unless it has no private column, what is wrong
            is told without texts of the file, which may be from one.
    """
    lines, findings = read_tabbed(path, _CORRECTION_COLUMNS)
    if study is None or study.private_columns:
        findings = [*map(without_cell, findings)]
    corrections = [Correction(row=number, **cells) for number, cells in lines.items()]
    for each in corrections:
        if not each.reason:
            told = ("a reason for the correction", "the last column is empty")
            findings.append(Finding("error", str(path), each.row, "", "", *told))
    return corrections, findings


def misfit(
    correction: Correction,
    rows: Mapping[str, int],
    columns: list[str],
    text_at: Callable[[int, str], str],
    corrected: Mapping[tuple[int, str], tuple[str, int]],
    private: Container[str],
) -> tuple[str, str, str] | None:
    """What keeps a correction from being made: value, what is allowed, and a hint.

    Args:
        correction: The correction.
        rows: The row of each patient.
        columns: The headers of the columns that are read.
        text_at: Gives the text of a row and column, as corrected so far.
        corrected: The file and line of the last correction of a cell, by its row and column.
        private: The headers of the columns whose texts no message shows.
    """
    patient, column = correction.patient, correction.column
    if patient not in rows:
        return patient, f"a patient of the table: {listed(list(rows), patient)}", ""
    if column not in columns:
        hint = suggestion(column, columns)
        return column, "a column that the study reads values from", hint
    if correction.new == correction.old:
        hint = "remove the line, or write under new what the cell should say"
        shown = "" if column in private else correction.new
        return shown, "a text under new that differs from the one under old", hint
    row = rows[patient]
    found = text_at(row, column)
    if found != correction.old:
        hint = f"row {row} may have been corrected in the table itself"
        if (row, column) in corrected:
            hint = f"row {corrected[row, column][1]} of this file has already corrected the cell"
        if column in private:
            return "", f"under old, the text of the cell, {NOT_SHOWN}", hint
        return correction.old, f"the text of the cell, which is {found!r}", hint
    return None
