"""The cells of a table of adverse events as values, and what is wrong with them.

What events the rows tell of is for `harm_rows`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial

from casebook.base.characters import PRINTABLE, unprintable
from casebook.data.cells import Grid, folded, normalised
from casebook.data.filled import filled_from, with_filled
from casebook.data.findings import Finding, Severity
from casebook.data.patients import Value
from casebook.data.remarks import Remark
from casebook.data.row_choice import rows_with
from casebook.doubts.long_tables import in_braces
from casebook.prepare.corrections import Corrected, Correction
from casebook.prepare.day_hints import OF_EVENTS
from casebook.prepare.days import read_day
from casebook.prepare.harm_answers import StrangerError, read_answer, read_grade, unknown_patient
from casebook.prepare.harm_columns import (
    left_out_of_nobody,
    problems_with_columns,
    remarks_on_events,
    unused_by_events,
)
from casebook.prepare.harm_days import time_reader
from casebook.prepare.harm_terms import read_term
from casebook.prepare.tables import short_name_of_events
from casebook.prepare.unreadable import UnreadableError
from casebook.prepare.values import reader
from casebook.study.harms import HarmTable
from casebook.study.model import Study
from casebook.study.variables import AnyVariable, TextVariable

SLIP = "correct a slip in corrections.tsv, naming the table"
HINT = f"{SLIP}, or list what means 'no value' under missing in harms.table of study.yaml"
_EMPTY = f"{SLIP}, or name the row, with the reason, under leave_out in harms.table of study.yaml"
_ABOVE = (
    "if it is of the patient above, write fill_down: {} under harms.table in study.yaml; if not, "
)
_BELOW = (
    "row {}, which is left out, has {!r} there, which is not a patient of the study, so it is not"
    " known whose events those below are: "
)


@dataclass(frozen=True)
class HarmCells:
    """The cells of a table of adverse events: its file, its texts, and remarks on them."""

    file: str
    grid: Grid
    remarks: Sequence[Remark]


@dataclass
class HarmFindings:
    """What is found in a table of adverse events, told where the user can change it.

    Attributes:
        table: What the study says of the table.
        file: The table, as findings name it.
        found: The findings, in the order in which they were made.
        lines: The file and line by which the text of a cell, by row and header, has been corrected.
    """

    table: HarmTable
    file: str
    found: list[Finding] = field(default_factory=list)
    lines: Mapping[tuple[int, str], tuple[str, int]] = field(default_factory=dict)

    def add(
        self, severity: Severity, row: int, name: str, value: str, allowed: str, hint: str = ""
    ) -> None:
        """Tell of a cell by what its column holds; no warning of a row that the study keeps."""
        if severity == "warning" and row in self.table.keep:
            return
        column, file = self.table.header_of.get(name, name), self.file
        if severity == "error" and (row, column) in self.lines:
            (file, row), column = self.lines[row, column], "new"
        self.found.append(Finding(severity, file, row, column, value, allowed, hint))


@dataclass(frozen=True)
class HarmColumns:
    """The columns of a table of adverse events that are read, by what they hold.

    Attributes:
        rows: The row of each event; one with several has its row as often.
        texts: The texts in them, as corrected; that of a term is of the whole cell.
        values: What these say; None where that is missing or cannot be read.
    """

    rows: Sequence[int]
    texts: Mapping[str, Sequence[str]]
    values: Mapping[str, Sequence[Value]]


@dataclass
class HarmReading:
    """One pass over the cells of a table of adverse events.

    Attributes:
        study: The study.
        cells: The table.
        rows_of: The row of each patient in the table of patients.
        unused: Which row there has an identifier that is no patient's, in words.
        told: Gathers what is found on the way.
    """

    study: Study
    cells: HarmCells
    rows_of: Mapping[str, int]
    unused: Mapping[str, str]
    told: HarmFindings

    def columns(self, corrections: Sequence[Correction]) -> HarmColumns | None:
        """The columns that the study reads; None if not all are there."""
        texts = self._texts()
        if texts is None:
            return None
        self._heed_remarks()
        self._correct(texts, corrections)
        places, terms = self._events(texts["term"])
        rows = [self.rows[place] for place in places]
        values = {
            name: [read[place] for place in places]
            for name, column in texts.items()
            if name != "term"
            for read in [self._values(name, self.rows, column)]
        }
        texts = {name: [column[place] for place in places] for name, column in texts.items()}
        return HarmColumns(rows, texts, values | {"term": self._values("term", rows, terms)})

    def _events(self, texts: Sequence[str]) -> tuple[list[int], list[str]]:
        """The place of each event among the cells of the terms, and its term."""
        sign = self.table.separator
        events: list[tuple[int, str]] = []
        for place, text in enumerate(texts):
            parts = [part.strip() for part in text.split(sign)] if sign else [text]
            events += [(place, part) for part in filter(None, parts)] or [(place, text)]
        return [place for place, _ in events], [term for _, term in events]

    @property
    def table(self) -> HarmTable:
        """What the study says of the table."""
        return self.study.table_of_harms

    @cached_property
    def rows(self) -> list[int]:
        """The rows of events."""
        table = self.table
        rows = rows_with(table.rows_with, self.cells.grid, table.rows_without)
        return [row for row in rows if row not in table.leave_out]

    def _texts(self) -> dict[str, list[str]] | None:
        """The texts of the columns that are read, by what they hold; None if one is not there."""
        file, grid = self.cells.file, self.cells.grid
        wrong = [*problems_with_columns(self.study, file, grid)]
        self.told.found += [*wrong, *remarks_on_events(self.study, file, grid)]
        if wrong:
            return None
        table = self.table
        filled = with_filled(grid, table.fill_down, table.leave_out, self._of_nobody)
        numbers = {normalised(text): number for number, text in grid.headers.items()}
        places = [grid.places[row] for row in self.rows]
        texts = {
            name: [normalised(filled.columns[numbers[header]][place]) for place in places]
            for name, header in table.header_of.items()
        }
        self.told.found += unused_by_events(self.study, file, grid)
        return texts

    def _correct(self, texts: Mapping[str, list[str]], corrections: Sequence[Correction]) -> None:
        """Change the texts as corrections.tsv says."""
        columns = {self.table.header_of[name]: column for name, column in texts.items()}
        patients = list(texts["patient"])
        corrected = Corrected(
            self.cells.file,
            self.rows,
            patients,
            columns,
            columns,
            about="event correction",
            above=self._above,
        )
        corrected.correct(corrections)
        self.told.lines = corrected.lines
        self.told.found += [*corrected.notes, *corrected.wrong]

    def _heed_remarks(self) -> None:
        """Tell what the file says of the whole table, and of rows of events."""
        whole = set() if self.study.is_one_table else {0}
        rows = {*whole, *self.rows} - {*self.table.keep}
        for each in self.cells.remarks:
            if each.column == 0 and each.row in rows:
                self.told.add(each.severity, each.row, "", each.value, each.allowed, each.hint)

    def _values(self, name: str, rows: Sequence[int], texts: Sequence[str]) -> list[Value]:
        """What stands in the cells of a column; what cannot be read is told, and is None."""
        missing = {folded(text) for text in ("", *self.table.missing)}
        if name in ("serious", "related"):
            missing -= set(map(folded, (*self.table.yes, *self.table.no)))
        read, errors = self._reader(name), self._errors(name)
        found: list[Value] = []
        for row, text in zip(rows, texts, strict=True):
            value: Value = None
            try:
                if row in errors and text.casefold() not in missing:
                    raise UnreadableError(errors[row].allowed, errors[row].hint)
                if unprintable(text):
                    raise UnreadableError(PRINTABLE, f"remove {unprintable(text)}")
                value = None if text.casefold() in missing else read(text)
            except UnreadableError as problem:
                hint = problem.hint or HINT
                if isinstance(problem, StrangerError):
                    hint += self._if_meant(row, text, problem.meant)
                self.told.add("error", row, name, text, problem.allowed, hint)
            else:
                if value is None and name in ("patient", "term"):
                    hint = self._of_patient_above(row, name) + _EMPTY
                    self.told.add("error", row, name, text, f"the {name} of the event", hint)
            found.append(value)
        return found

    def _if_meant(self, row: int, text: str, meant: str) -> str:
        """The line of corrections.tsv that writes a patient's identifier in place of a text."""
        table, header = short_name_of_events(self.study), self.table.header_of["patient"]
        at = f"table {table}, row {row}, patient {text}, column {header}"
        return f" if so, correct it in corrections.tsv ({at}, old {text}, new {meant})"

    def _errors(self, name: str) -> dict[int, Remark]:
        """Why the texts of some cells are not their values; other remarks become findings."""
        header = self.table.header_of[name]
        numbers = {n for n, text in self.cells.grid.headers.items() if normalised(text) == header}
        found, rows, lines = {}, {*self.rows}, self.told.lines
        for each in self.cells.remarks:
            if each.column not in numbers or each.row not in rows or (each.row, header) in lines:
                continue
            if each.severity == "error":
                found[each.row] = each
            else:
                self.told.add(each.severity, each.row, name, each.value, each.allowed, each.hint)
        return found

    def _reader(self, name: str) -> Callable[[str], Value]:
        """How the cells of a column are read."""
        table, column = self.table, self.table.header_of[name]
        match name:
            case "patient":
                return self._patient
            case "grade":
                return partial(read_grade, table)
            case "serious" | "related":
                return partial(read_answer, table)
            case "term":
                variable = table.category
                return self._reads(variable) if variable else read_term
            case "start" | "end" if table.times == "dates":
                return partial(read_day, table.day_forms, OF_EVENTS)
            case "start" | "end":
                return time_reader(self.study.source.numerals, table.missing)
        return self._reads(TextVariable(label=name, column=column, type="text"))

    def _reads(self, variable: AnyVariable) -> Callable[[str], Value]:
        return reader(self.study.source.numerals, self.table.missing, variable)

    def _patient(self, text: str) -> str:
        if text in self.rows_of:
            return text
        raise self._unknown(text)

    @cached_property
    def _unknown(self) -> Callable[[str], UnreadableError]:
        """Why a text is no patient, and who was probably meant; each is looked up once."""
        return cache(partial(unknown_patient, self.study, self.rows_of, self.unused))

    @cached_property
    def _of_nobody(self) -> dict[int, str]:
        """What stands in place of a patient in rows that are left out, as of totals."""
        return left_out_of_nobody(self.table, self.cells.grid, self.rows_of)

    @cached_property
    def _above(self) -> dict[str, dict[int, int]]:
        """The row above whose text an empty cell has, by row, by the header of the column."""
        grid, nobody = self.cells.grid, self._of_nobody
        headers = {number: normalised(text) for number, text in grid.headers.items()}
        return {
            header: dict(filled_from(grid, number, self.table.leave_out, nobody, nobody))
            for number, header in headers.items()
            if header in self.table.fill_down
        }

    def _of_patient_above(self, row: int, name: str) -> str:
        """What to write if an event without a patient is that of the patient above."""
        header = self.table.header_of[name]
        if name != "patient":
            return ""
        if header not in self.table.fill_down:
            return _ABOVE.format(in_braces(header))
        above = max((each for each in self._of_nobody if each < row), default=None)
        return _BELOW.format(above, self._of_nobody[above]) if above else ""
