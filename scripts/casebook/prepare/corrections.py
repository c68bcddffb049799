"""The lines of corrections.tsv, the one way to change a raw cell, and whether each can be made.

A line names a cell of the table of patients, or of that of adverse events, in which a patient can
have many rows. What the corrected texts mean is for those who read the tables.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from casebook.base.errors import listed, suggestion
from casebook.base.lists import enumerated
from casebook.data.cells import column_name
from casebook.data.findings import Finding, Topic, without_cell
from casebook.doubts.strangers import told_of_stranger
from casebook.prepare.tables import short_name_of_events, short_names_of_patients
from casebook.reading.user_tables import read_tabbed
from casebook.study.model import Study
from casebook.study.visits import visit_named

PATIENT, _VISIT = "patient", "visit"
_COLUMNS = ("table", "row", PATIENT, "column", _VISIT, "old", "new", "reason")
_OPTIONAL = ("table", "row", _VISIT)
NOT_SHOWN = "which is not shown, as the column is private"
_GIVE_ROW = "give the row, in the columns table and row before patient"
_GIVE_COLUMN = (
    "give the letter of the patient's column under row, in the columns table and row before patient"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of corrections.tsv, by the file and its number there.

    The table is that of the patients where none is named, the row one of that table, and the visit
    that of the row in a long table.
    """

    file: str
    line: int
    patient: str
    column: str
    old: str
    new: str
    reason: str
    table: str = ""
    row: str = ""
    visit: str = ""


class MisfitError(ValueError):
    """What keeps a correction from being made: value, what is allowed, and a hint."""

    column = ""
    """The column of the file that has the value, if it is of one alone whatever the study reads."""


class NoPatientError(MisfitError):
    """A correction is of nobody in the table."""

    column = PATIENT


@dataclass
class Corrected:
    """The texts of a table, which corrections change.

    Attributes:
        file: The table, as findings name it.
        rows: Its rows that are used; all columns have a text for each of them.
        patients: The patient of each row, as the table names them before any correction.
        texts: The texts of the columns by their headers.
        columns: The headers of the columns that can be corrected.
        private: Those of the columns whose texts no message shows.
        about: What the notes on corrections are about.
        word: What a row is called: a column, where the file has patients in columns.
        above: The row above whose text an empty cell has, by row, by the header of the column.
        unused: Which row has an identifier that is no patient's, in words.
        lines: The file and line of the last correction of a cell, by its row and header.
        notes: The corrections that were made.
        wrong: What is wrong with the others.
    """

    file: str
    rows: Sequence[int]
    patients: Sequence[str]
    texts: Mapping[str, list[str]]
    columns: Collection[str]
    private: Collection[str] = ()
    about: Topic = "correction"
    word: Literal["row", "column"] = "row"
    above: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    unused: Mapping[str, str] = field(default_factory=dict)
    lines: dict[tuple[int, str], tuple[str, int]] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)
    wrong: list[Finding] = field(default_factory=list)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {row: place for place, row in enumerate(self.rows)}

    @cached_property
    def rows_of(self) -> dict[str, list[int]]:
        """The rows of each patient."""
        found: dict[str, list[int]] = {}
        for row, patient in zip(self.rows, self.patients, strict=True):
            found.setdefault(patient, []).append(row)
        return found

    def called(self, row: int) -> str:
        """The number of a row; the letters of one that is a column of the file."""
        return str(row) if self.word == "row" else column_name(row)

    def text(self, row: int, column: str) -> str:
        """The text of a cell, as corrected so far."""
        return self.texts[column][self._places[row]]

    def correct(self, corrections: Iterable[Correction]) -> None:
        """Change the texts, in the order of the lines, and those of empty cells below with them."""
        made: dict[tuple[int, str], Correction] = {}
        for each in corrections:
            try:
                row = self._row_meant(each)
            except MisfitError as problem:
                told = (problem.column, *problem.args)
                self.wrong.append(Finding("error", each.file, each.line, *told))
                continue
            self._change(row, each)
            made[row, each.column] = each
        for column, rows in self.above.items():
            for row, above in rows.items():
                changed = made.get((above, column))
                if changed and (row, column) not in made and row in self._places:
                    self._change(row, changed)

    def _change(self, row: int, each: Correction) -> None:
        """Change the text of a cell, and note that."""
        self.texts[each.column][self._places[row]] = each.new
        self.lines[row, each.column] = (each.file, each.line)
        hint = f"corrected from {each.old!r} to {each.new!r}: {each.reason}"
        at = (self.file, row, each.column, each.old, "", hint)
        self.notes.append(Finding("note", *at, about=self.about, new=each.new))

    def _row_meant(self, each: Correction) -> int:
        """The row whose cell a correction changes.

        Raises:
            MisfitError: there is no such cell, or it does not say what it should, or several do.
        """
        rows = self._rows_meant(each)
        if each.column not in self.columns:
            hint = suggestion(each.column, list(self.columns))
            raise MisfitError(each.column, "a column that the study reads values from", hint)
        if each.new == each.old:
            hint = "remove the line, or write under new what the cell should say"
            shown = "" if each.column in self.private else each.new
            raise MisfitError(shown, "a text under new that differs from the one under old", hint)
        texts = {row: self.text(row, each.column) for row in rows}
        fitting = [row for row, text in texts.items() if text == each.old]
        above = self.above.get(each.column, {})
        fitting = [row for row in fitting if above.get(row) not in fitting]
        if len(fitting) > 1:
            found = f"one {self.word}: {', '.join(map(self.called, fitting))} have it"
            hint = _GIVE_ROW if self.word == "row" else _GIVE_COLUMN
            raise MisfitError("" if each.column in self.private else each.old, found, hint)
        if not fitting:
            raise self._other_text(each, texts)
        return fitting[0]

    def _rows_meant(self, each: Correction) -> list[int]:
        """The rows of a correction's patient, or the one that it names."""
        if each.patient not in self.rows_of:
            known = f"a patient of the table: {listed([*self.rows_of])}"
            hint = told_of_stranger(each.patient, self.rows_of, self.unused)
            raise NoPatientError(each.patient, known, hint)
        rows = self.rows_of[each.patient]
        if not each.row:
            return rows
        found = [row for row in rows if self.called(row) == each.row.upper()]
        if not found:
            known = ", ".join(map(self.called, rows))
            hint = f"{self.word}s are counted as a spreadsheet does; those left out cannot be"
            hint += " corrected"
            allowed = f"a {self.word} of {each.patient!r} in {self.file}: {known}"
            raise MisfitError(each.row, allowed, hint)
        return found

    def _other_text(self, each: Correction, texts: Mapping[int, str]) -> MisfitError:
        """That no cell says what should be corrected."""
        (row, text), *others = texts.items()
        found = f"the text of the cell, which is {text!r}"
        hint = f"{self.word} {self.called(row)} may have been corrected in the table itself"
        if each.visit and not text:
            hint = f"the table may have changed since: look whether {each.patient!r} has a row of"
            hint += f" {each.visit!r}, and whether the cell has been emptied"
        elif each.row:
            hint += self._if_moved(each)
        if others:
            every = ", ".join(
                f"{text!r} in {self.word} {self.called(row)}" for row, text in texts.items()
            )
            found = f"the text of a cell of the patient: {every}"
            hint = "the table itself may have been corrected"
        corrected = [self.lines[at, each.column] for at in texts if (at, each.column) in self.lines]
        if corrected:
            hint = f"row {corrected[0][1]} of this file has already corrected the cell"
        if each.column in self.private:
            return MisfitError("", f"under old, the text of the cell, {NOT_SHOWN}", hint)
        return MisfitError(each.old, found, hint)

    def _if_moved(self, each: Correction) -> str:
        """What else may be why the row that a correction names does not have its text."""
        told = f"; or the table has changed since, and its {self.word}s have moved"
        rows = self.rows_of[each.patient]
        having = [self.called(row) for row in rows if self.text(row, each.column) == each.old]
        if not having or each.column in self.private:
            return f"{told}: look where the cell is now"
        return f"{told}: {each.old!r} stands in {self.word} {enumerated(having)}"


def read_corrections(path: Path, study: Study | None) -> tuple[list[Correction], list[Finding]]:
    """The lines that can be read, and what is wrong with the file whatever the table is.

    Args:
        path: The file.
        study: The study, or None if it is not known; unless it has no private column, what is wrong
            is told without texts of the file, which may be from one.
    """
    lines, findings = read_tabbed(path, _COLUMNS, _OPTIONAL)
    if study is None or study.private_columns:
        findings = [*map(without_cell, findings)]
    corrections = [Correction(str(path), number, **cells) for number, cells in lines.items()]
    for each in corrections:
        if not each.reason:
            told = ("a reason for the correction", "the last column is empty")
            findings.append(Finding("error", str(path), each.line, "", "", *told))
    return corrections, findings


def _refuse_keys(correction: Correction, study: Study) -> None:
    """Do nothing unless a correction is of what rows are found by, and does not say of which row.

    Raises:
        MisfitError: it is.
    """
    forms = study.source.tables.values() if study.source.is_laid_out else ()
    keys = {key for form in forms for key in (form.patient, form.visit, form.measure)}
    if correction.column in keys and not correction.row:
        allowed = "a row beside this column, by which the rows of a patient are found"
        raise MisfitError(correction.column, allowed, _GIVE_ROW)


def at_its_visit(correction: Correction, study: Study) -> Correction:
    """The correction of a column of the table with a row for each patient.

    In a long table the column is named by its header, or by the measure, and by the visit; or else
    as it is called in that table, such as Score at week4.

    Raises:
        MisfitError: no such cell can be meant.
    """
    if correction.row and correction.visit:
        hint = "leave it empty: the row of the file says which cell is meant"
        raise MisfitError(correction.visit, "no visit beside a row", hint)
    _refuse_keys(correction, study)
    headings = dict.fromkeys(study.headings.values())
    named = [h for h in headings if correction.column == h.at_all_visits]
    at_visits = list(dict.fromkeys(h.visit for h in named if h.visit))
    if not correction.visit:
        if study.source.joined and len(at_visits) == 1:
            # The table that has the column may have no visits, which the file of them tells.
            return replace(correction, column=next(h.name for h in named if h.visit))
        if at_visits and not any(h.name == correction.column for h in headings):
            hint = f"name one under a column {_VISIT!r} of this file, between column and old"
            known = f"a visit beside the column: {', '.join(at_visits)}"
            raise MisfitError(correction.column, known, hint)
        return correction
    own = correction.visit in study.visits
    visit = correction.visit if own else visit_named(study.visits, correction.visit)
    if visit is None or visit not in at_visits:
        hint = suggestion(correction.visit, at_visits)
        if not at_visits:
            hint = "leave the visit empty: the column has one value for each patient"
        allowed = f"a visit with a value of {correction.column!r}: {', '.join(at_visits) or 'none'}"
        raise MisfitError(correction.visit, allowed, hint)
    return replace(correction, column=next(h.name for h in named if h.visit == visit))


def at_their_visits(
    corrections: Iterable[Correction], study: Study
) -> tuple[list[Correction], list[Finding]]:
    """Corrections of the table with a row for each patient, and what keeps others from being so."""
    found: list[Correction] = []
    wrong: list[Finding] = []
    for each in corrections:
        try:
            found.append(at_its_visit(each, study))
        except MisfitError as problem:
            wrong.append(Finding("error", each.file, each.line, "", *problem.args))
    return found, wrong


def read_by_table(
    path: Path, study: Study
) -> tuple[list[Correction], list[Correction], list[Finding]]:
    """The corrections of patients, those of adverse events, and what is wrong with the others."""
    corrections, wrong = read_corrections(path, study)
    of_patients: list[Correction] = []
    of_events: list[Correction] = []
    patients, events = short_names_of_patients(study), short_name_of_events(study)
    for each in corrections:
        if each.table not in ("", *patients, events):
            named = " or ".join(map(repr, filter(None, [*patients, events])))
            told = (each.table, f"a table: {named}", "leave it empty for the patients")
            wrong.append(Finding("error", each.file, each.line, "table", *told))
            continue
        if not each.table or each.table != events:
            of_patients.append(each)
        elif each.visit:
            hint = "leave it empty: an adverse event is found by its patient, its text and its row"
            told = (each.visit, "no visit", hint)
            wrong.append(Finding("error", each.file, each.line, "", *told))
        else:
            of_events.append(each)
    return of_patients, of_events, wrong
