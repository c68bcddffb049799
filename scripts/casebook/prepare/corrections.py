"""The lines of corrections.tsv, the one way to change a raw cell, and whether each can be made."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.base.errors import listed, suggestion
from casebook.data.findings import Finding, without_cell
from casebook.reading.user_tables import read_tabbed
from casebook.study.model import Study
from casebook.study.visits import visit_named

_VISIT = "visit"
_CORRECTION_COLUMNS = ("patient", "column", _VISIT, "old", "new", "reason")
NOT_SHOWN = "which is not shown, as the column is private"


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of corrections.tsv; the visit is that of the row in a long table."""

    row: int
    patient: str
    column: str
    old: str
    new: str
    reason: str
    visit: str = ""


def read_corrections(path: Path, study: Study | None) -> tuple[list[Correction], list[Finding]]:
    """The lines that can be read, and what is wrong with the file whatever the table is.

    Args:
        path: The file.
        study: The study, or None if it is not known; unless it has no private column, what is wrong
            is told without texts of the file, which may be from one.
    """
    lines, findings = read_tabbed(path, _CORRECTION_COLUMNS, [_VISIT])
    if study is None or study.private_columns:
        findings = [*map(without_cell, findings)]
    corrections = [Correction(row=number, **cells) for number, cells in lines.items()]
    for each in corrections:
        if not each.reason:
            told = ("a reason for the correction", "the last column is empty")
            findings.append(Finding("error", str(path), each.row, "", "", *told))
    return corrections, findings


def at_its_visit(correction: Correction, study: Study) -> Correction | tuple[str, str, str]:
    """The correction of a column of the table with a row for each patient.

    In a long table the column is named by its header, or by the measure, and by the visit; or else
    as it is called in that table, such as Score at week4. What cannot be meant is given as the
    value, what is allowed, and a hint.
    """
    headings = dict.fromkeys(study.headings.values())
    named = [h for h in headings if correction.column == h.at_all_visits]
    at_visits = list(dict.fromkeys(h.visit for h in named if h.visit))
    if not correction.visit:
        if at_visits and not any(h.name == correction.column for h in headings):
            hint = f"name one under a column {_VISIT!r} of this file, between column and old"
            return correction.column, f"a visit beside the column: {', '.join(at_visits)}", hint
        return correction
    own = correction.visit in study.visits
    visit = correction.visit if own else visit_named(study.visits, correction.visit)
    if visit is None or visit not in at_visits:
        hint = suggestion(correction.visit, at_visits)
        if not at_visits:
            hint = "leave the visit empty: the column has one value for each patient"
        known = ", ".join(at_visits) or "none"
        return correction.visit, f"a visit with a value of {correction.column!r}: {known}", hint
    return replace(correction, column=next(h.name for h in named if h.visit == visit))


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
