"""The rows of a table of adverse events as typed harms, and what is wrong or doubtful in them.

A row is held against the patients of the study, whose table is read elsewhere. What follows from
the harms for a patient is for `harms`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, partial

from casebook.base.characters import PRINTABLE, unprintable
from casebook.data.cells import Grid, folded, normalised
from casebook.data.filled import filled_from, with_filled
from casebook.data.findings import Finding, Severity
from casebook.data.harms import NO, YES, Harm
from casebook.data.patients import Value, value_text
from casebook.data.remarks import Remark
from casebook.data.row_choice import rows_with
from casebook.doubts.compound_terms import compound_terms
from casebook.doubts.disclosure import given_away
from casebook.doubts.far_days import DayOfEvent, KnownDays, far_days
from casebook.doubts.long_tables import in_braces
from casebook.doubts.turned_days import perhaps_turned, turned_days
from casebook.prepare.corrections import Corrected, Correction
from casebook.prepare.day_hints import OF_EVENTS
from casebook.prepare.days import read_day
from casebook.prepare.harm_answers import read_answer, read_grade, unknown_patient
from casebook.prepare.harm_columns import (
    left_out_of_nobody,
    problems_with_columns,
    remarks_on_events,
    unused_by_events,
)
from casebook.prepare.harm_days import is_before, onset_of, time_reader
from casebook.prepare.harm_terms import perhaps_one, read_term, slips, spelled
from casebook.prepare.tables import short_name_of_events
from casebook.prepare.unreadable import UnreadableError
from casebook.prepare.values import reader
from casebook.study.harms import HarmTable
from casebook.study.model import Study
from casebook.study.variables import AnyVariable, TextVariable

_SLIP = "correct a slip in corrections.tsv, naming the table"
_HINT = f"{_SLIP}, or list what means 'no value' under missing in harms.table of study.yaml"
_EMPTY = f"{_SLIP}, or name the row, with the reason, under leave_out in harms.table of study.yaml"
_ABOVE = (
    "if it is of the patient above, write fill_down: {} under harms.table in study.yaml; if not, "
)
_BELOW = (
    "row {}, which is left out, has {!r} there, which is not a patient of the study, so it is not"
    " known whose events those below are: "
)
_FAR = (
    f"{_SLIP}; if the date is right, name the row, with the reason, under keep in harms.table of"
    " study.yaml"
)
_BEFORE = (
    "the event began before the treatment did, so it is not counted; to count it, as one that"
    " became worse on the treatment, name the row, with the reason, under keep in harms.table of"
    " study.yaml"
)
_AFTER = (
    "the event began after the patient's time on treatment, so it is not in the rate per time,"
    " though the patient counts as harmed; if it was on the treatment, name the row, with the"
    " reason, under keep in harms.table of study.yaml"
)
_WORDS = ("term", "outcome")
"""What the report shows as it stands."""


@dataclass(frozen=True)
class HarmCells:
    """The cells of a table of adverse events: its file, its texts, and remarks on them."""

    file: str
    grid: Grid
    remarks: Sequence[Remark]


@dataclass
class HarmRows:
    """One pass over a table of adverse events; `findings` gathers what is found on the way.

    Attributes:
        study: The study.
        table: What it says of the table.
        cells: The table.
        starts: The patients, each with the day on which the treatment began, if it is known.
        times: How long each patient was treated, if it is known.
        days: The days of each patient in the tables of patients.
        rows_of: The row of each patient in the table of patients.
        corrections: The corrections of the table.
        lines: The file and line by which the text of a cell, by row and header, has been corrected.
    """

    study: Study
    table: HarmTable
    cells: HarmCells
    starts: Mapping[str, Value]
    times: Mapping[str, Value]
    days: KnownDays
    rows_of: Mapping[str, int]
    corrections: Sequence[Correction] = ()
    lines: Mapping[tuple[int, str], tuple[str, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def read(self) -> list[Harm]:
        """The harms, in the order of the table."""
        texts = self._texts()
        if texts is None:
            return []
        self._heed_remarks()
        self._correct(texts)
        values = {name: self._values(name, column) for name, column in texts.items()}
        if self.table.levels is None:
            values["term"], counts = spelled(values["term"])
            self._note_alike(counts, values["term"], texts)
        found = [
            self._harm(row, values, {name: column[place] for name, column in texts.items()}, place)
            for place, row in enumerate(self.rows)
        ]
        harms = [harm for harm in found if harm is not None]
        self._note_odd_days(values, texts)
        self._note_doubles(texts)
        self._note_disclosed(texts)
        self.findings.sort(key=lambda each: each.row)
        return harms

    @cached_property
    def rows(self) -> list[int]:
        """The rows of events."""
        table = self.table
        rows = rows_with(table.rows_with, self.cells.grid, table.rows_without)
        return [row for row in rows if row not in self.table.leave_out]

    def _add(
        self, severity: Severity, row: int, name: str, value: str, allowed: str, hint: str = ""
    ) -> None:
        if severity == "warning" and row in self.table.keep:
            return
        column, file = self.table.header_of.get(name, name), self.cells.file
        if severity == "error" and (row, column) in self.lines:
            (file, row), column = self.lines[row, column], "new"
        self.findings.append(Finding(severity, file, row, column, value, allowed, hint))

    def _correct(self, texts: Mapping[str, list[str]]) -> None:
        """Change the texts as corrections.tsv says."""
        columns = {self.table.header_of[name]: column for name, column in texts.items()}
        patients = list(texts["patient"])
        told = Corrected(
            self.cells.file,
            self.rows,
            patients,
            columns,
            columns,
            about="event correction",
            above=self._above,
        )
        told.correct(self.corrections)
        self.lines = told.lines
        self.findings += [*told.notes, *told.wrong]

    def _texts(self) -> dict[str, list[str]] | None:
        """The texts of the columns that are read, by what they hold; None if one is not there."""
        file, grid = self.cells.file, self.cells.grid
        wrong = [*problems_with_columns(self.study, file, grid)]
        self.findings += [*wrong, *remarks_on_events(self.study, file, grid)]
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
        self.findings += unused_by_events(self.study, file, grid)
        return texts

    def _values(self, name: str, texts: Sequence[str]) -> list[Value]:
        """What stands in the cells of a column; what cannot be read is told, and is None."""
        missing = {folded(text) for text in ("", *self.table.missing)}
        if name in ("serious", "related"):
            missing -= set(map(folded, (*self.table.yes, *self.table.no)))
        read, errors = self._reader(name), self._errors(name)
        found: list[Value] = []
        for row, text in zip(self.rows, texts, strict=True):
            value: Value = None
            try:
                if row in errors and text.casefold() not in missing:
                    raise UnreadableError(errors[row].allowed, errors[row].hint)
                if unprintable(text):
                    raise UnreadableError(PRINTABLE, f"remove {unprintable(text)}")
                value = None if text.casefold() in missing else read(text)
            except UnreadableError as problem:
                self._add("error", row, name, text, problem.allowed, problem.hint or _HINT)
            else:
                if value is None and name in ("patient", "term"):
                    hint = self._of_patient_above(row, name) + _EMPTY
                    self._add("error", row, name, text, f"the {name} of the event", hint)
            found.append(value)
        return found

    @cached_property
    def _of_nobody(self) -> dict[int, str]:
        """What stands in place of a patient in rows that are left out, as of totals."""
        return left_out_of_nobody(self.table, self.cells.grid, self.starts)

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

    def _heed_remarks(self) -> None:
        """Tell what the file says of the whole table, and of rows of events."""
        whole = set() if self.study.is_one_table else {0}
        rows = {*whole, *self.rows} - {*self.table.keep}
        for each in self.cells.remarks:
            if each.column == 0 and each.row in rows:
                self._add(each.severity, each.row, "", each.value, each.allowed, each.hint)

    def _errors(self, name: str) -> dict[int, Remark]:
        """Why the texts of some cells are not their values; other remarks become findings."""
        header = self.table.header_of[name]
        numbers = {n for n, text in self.cells.grid.headers.items() if normalised(text) == header}
        found, rows = {}, {*self.rows}
        for each in self.cells.remarks:
            if each.column in numbers and each.row in rows and (each.row, header) not in self.lines:
                if each.severity == "error":
                    found[each.row] = each
                else:
                    self._add(each.severity, each.row, name, each.value, each.allowed, each.hint)
        return found

    def _reader(self, name: str) -> Callable[[str], Value]:
        """How the cells of a column are read."""
        table, column = self.table, self.table.header_of[name]
        match name:
            case "patient":
                return self._patient
            case "grade":
                return read_grade
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
        if text in self.starts:
            return text
        raise self._unknown(text)

    @cached_property
    def _unknown(self) -> Callable[[str], UnreadableError]:
        """Why a text is no patient, and who was probably meant; each is looked up once."""
        return cache(partial(unknown_patient, self.study, self.rows_of))

    def _note_alike(
        self, counts: Mapping[str, int], terms: Sequence[Value], texts: Mapping[str, Sequence[str]]
    ) -> None:
        """Warn of a term that may be another one, misspelt, or that may say more than one."""
        line = partial(self._line, terms, texts)
        alike = ((term, perhaps_one(term, each, counts, line)) for term, each in slips(counts))
        for term, hint in (*alike, *compound_terms(counts)):
            place = terms.index(term)
            self._add("warning", self.rows[place], "term", texts["term"][place], "", hint)

    def _line(
        self, terms: Sequence[Value], texts: Mapping[str, Sequence[str]], term: str, new: str
    ) -> str:
        """The line of corrections.tsv that writes another term in place of one."""
        table, header = short_name_of_events(self.study), self.table.header_of["term"]
        at = terms.index(term)
        row, patient, old = self.rows[at], texts["patient"][at], texts["term"][at]
        return f"table {table}, row {row}, patient {patient}, column {header}, old {old}, new {new}"

    def _note_odd_days(
        self, values: Mapping[str, Sequence[Value]], texts: Mapping[str, Sequence[str]]
    ) -> None:
        """Warn of days that may be wrong, unless something is told of them already."""
        columns = self.table.header_of
        for name in ("start", "end"):
            turned, other = turned_days(texts.get(name, ()), values.get(name, ()))
            for at in turned:
                text = texts[name][at]
                self._add("warning", self.rows[at], name, text, "", perhaps_turned(other))
        told = {(each.row, each.column) for each in self.findings}
        days = [
            DayOfEvent(place, name, patient, day)
            for name in ("start", "end")
            for place, (patient, day) in enumerate(
                zip(values["patient"], values.get(name, ()), strict=False)
            )
            if isinstance(day, date) and isinstance(patient, str)
        ]
        for each, where in far_days(days, self.days).items():
            row, text = self.rows[each.place], texts[each.name][each.place]
            if (row, columns[each.name]) not in told:
                self._add("warning", row, each.name, text, "", f"{where}: {_FAR}")

    def _harm(
        self,
        row: int,
        values: Mapping[str, Sequence[Value]],
        cells: Mapping[str, str],
        place: int,
    ) -> Harm | None:
        """The harm of a row, None if its patient or term is not known; findings quote `cells`."""
        told = {name: column[place] for name, column in values.items()}
        patient, name = told.pop("patient"), told.pop("term")
        if not isinstance(patient, str) or not isinstance(name, str):
            return None
        start, end = told.get("start"), told.get("end")
        if is_before(end, start):
            allowed = f"not before the start, {cells['start']}"
            self._add("error", row, "end", cells["end"], allowed, _HINT)
        texts = {name: value_text(value) for name, value in told.items()}
        harm = self._timed(Harm(patient, name, row=row, **texts), start, cells.get("start", ""))
        if harm is None:
            return None
        if harm.grade == "5" and harm.serious == NO:
            hint = "grade 5 is a death, which is serious"
            self._add("warning", row, "serious", cells["serious"], "", hint)
        return harm

    def _timed(self, harm: Harm, start: Value, cell: str) -> Harm | None:
        """A harm with when on the treatment it began; None if that was before the treatment.

        `cell` is how the table writes the start.

        A row that `keep` names counts as one that began on the treatment.
        """
        onset = onset_of(self.study, self.starts[harm.patient], start)
        time = self.times[harm.patient]
        if onset is None:
            return harm
        kept = harm.row in self.table.keep
        if onset < 0:
            self._add("warning", harm.row, "start", cell, "", _BEFORE)
            return replace(harm, on_treatment=YES) if kept else None
        harm = replace(harm, onset=value_text(onset))
        if not isinstance(time, float):
            return harm
        if onset <= time or kept:
            return replace(harm, on_treatment=YES)
        self._add("warning", harm.row, "start", cell, "", _AFTER)
        return replace(harm, on_treatment=NO)

    def _note_doubles(self, texts: Mapping[str, Sequence[str]]) -> None:
        """Warn of rows that say the same as an earlier one."""
        first: dict[tuple[str, ...], int] = {}
        for row, *cells in zip(self.rows, *texts.values(), strict=True):
            key = tuple(text.casefold() for text in cells)
            earlier = first.setdefault(key, row)
            if earlier != row:
                hint = (
                    f"the same as row {earlier}, so that one event may be counted twice: name the"
                    " row, with the reason, under leave_out or keep in harms.table of study.yaml"
                )
                self._add("warning", row, "", "", "", hint)

    def _note_disclosed(self, texts: Mapping[str, Sequence[str]]) -> None:
        """Warn of texts that the report shows and that tell who a patient is."""
        for name in _WORDS:
            if risk := given_away(self.rows, texts.get(name, [""] * len(self.rows))):
                hint = (
                    f"{risk}, which everyone who receives the report can read; take it out of the"
                    f" table, or take the column out of harms.table.columns of study.yaml"
                )
                header, row = self.table.header_of[name], self.cells.grid.header_row
                told = ("warning", self.cells.file, row, header, "", "", hint)
                self.findings.append(Finding(*told, about="identity"))  # type: ignore[arg-type]
