"""One pass over a study's tables: from texts in cells to typed values, with all findings at once.

A cell that cannot be read, or lies outside what is allowed, is an error at its place, and so is one
of which ingest has remarked that its text is not its value. A raw cell is changed by a line of
corrections.tsv alone. Nothing is analysed here, and nothing is written.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter
from pathlib import Path

from casebook.base.characters import PRINTABLE, unprintable
from casebook.base.lookup import TextLookup
from casebook.base.numerals import has_decimal_point, is_ambiguous, other_readings
from casebook.data.cells import Grid, are_normalised, folded, normalised
from casebook.data.findings import Finding
from casebook.data.patients import Roster, Value
from casebook.data.remarks import A_CHOICE, Remark
from casebook.doubts.contrary_levels import contrary_levels
from casebook.doubts.contrary_visits import contrary_visits
from casebook.doubts.contrary_ways import contrary_ways
from casebook.doubts.disclosure import risks
from casebook.doubts.empty_visits import empty_visits
from casebook.doubts.far_dates import far_dates
from casebook.doubts.late_births import late_births
from casebook.doubts.long_tables import LONG
from casebook.doubts.near_ties import near_ties
from casebook.doubts.one_patient_twice import one_patient_twice
from casebook.doubts.other_units import other_units
from casebook.doubts.plausible import implausible
from casebook.doubts.read_columns import ReadColumns
from casebook.doubts.rows import with_doubts
from casebook.doubts.same_visits import same_visits
from casebook.prepare.boxes import joined, sources_of_boxes
from casebook.prepare.columns import (
    ColumnOfValues,
    Reading,
    digits_of,
    known_values,
    texts_that,
    unreadable,
)
from casebook.prepare.corrections import (
    NOT_SHOWN,
    Corrected,
    Correction,
    at_their_visits,
    read_by_table,
)
from casebook.prepare.file_corrections import CorrectedFiles, correct_files
from casebook.prepare.identified import identifiers_in, wrong_identifiers
from casebook.prepare.inexact import forms_of_outcomes, inexact_in
from casebook.prepare.laid_out import LaidOut, lay_out
from casebook.prepare.layout import texts_in
from casebook.prepare.missing_numbers import missing_numbers
from casebook.prepare.mixed_units import mixed_units
from casebook.prepare.numbers import without_sign_of_zero
from casebook.prepare.row_signs import rows_of_patients_in, shown_in
from casebook.prepare.thousands import perhaps_thousands
from casebook.prepare.turned_columns import turned_in
from casebook.prepare.unreadable import OtherFormError, OtherWayError, UnreadableError
from casebook.prepare.values import SLIP, Source, sources_of
from casebook.study.model import Study

_HINT = f"{SLIP}; list what means 'no value' under missing in study.yaml"
_PRIVATE = f"look at the text, {NOT_SHOWN}; {_HINT}"


@dataclass(frozen=True)
class Read:
    """What was read of a table, as it is `laid` out with a row for each patient.

    `raw` is by numbers of its columns, `texts` by its headers, as corrected. `forms` are as of
    `forms_of_outcomes`.
    """

    laid: LaidOut
    raw: Mapping[int, Sequence[str]]
    texts: Mapping[str, Sequence[str]]
    readings: Mapping[str, Sequence[Reading]]
    roster: Roster
    forms: Mapping[str, Sequence[str]]


class Cleaning:
    """One pass over a grid; what is found on the way is gathered.

    That is in `findings` by rows of patients, and in `of_file` by rows of the file.
    """

    def __init__(self, study: Study, files: Sequence[str]) -> None:
        self.study, self.files, self.file = study, files, files[0]
        self.sources = [*sources_of(study), *sources_of_boxes(study)]
        self.findings: list[Finding] = []
        self.of_file: list[Finding] = []
        self.rows: Sequence[int] = []
        """The rows of patients; all columns have a text, or a value, for each of them."""
        self.errors: dict[tuple[int, str], Remark] = {}
        """Why the text of a cell, by row and header, is not its value."""
        self.doubts: dict[int, list[str]] = {}
        """Why a row may be no patient, as far as its file says."""
        self.corrected: dict[tuple[int, str], tuple[str, int]] = {}
        """The file and line by which the text of a cell, by row and header, has been corrected."""
        self.of_events: list[Correction] = []
        """The corrections of the table of adverse events."""
        self.agreed = False
        """Whether the numbers of the table are mostly written as the study says."""

    def read(self, grid: Grid, remarks: Iterable[Remark], corrections: Sequence[Path]) -> Read:
        """The patients, in the order of `rows`, and what is wrong with their cells."""
        of_patients, wrong = self._written(corrections)
        files = correct_files(self.study, self.files, grid, of_patients)
        laid = self.laid = lay_out(self.study, self.files, files.grid)
        self.of_file += [*files.notes, *map(files.at_its_line, laid.findings)]
        self.errors |= laid.errors
        self.rows = laid.rows
        raw = texts_in(self.rows, laid.grid)
        self._refuse_unprintable(raw, laid)
        for remark in remarks:
            if (remark.row, remark.column) not in files.lines:
                self._heed(remark, laid)
        plain = TextLookup(normalised, are_normalised)
        texts = {header: plain.each(raw[number]) for header, number in laid.columns.items()}
        as_found = identifiers_in(self.study, laid, texts)
        self._correct(texts, as_found, files, wrong)
        identifiers = identifiers_in(self.study, laid, texts)
        told = (self._errors_in(self.study.source.patient or ""), self.corrected)
        self.findings += wrong_identifiers(self.study, self.file, laid, texts, *told)
        sources = [source for source in self.sources if source.column in laid.columns]
        read = [ColumnOfValues(source, texts[source.column]) for source in sources]
        kinds = self.study.kinds_in_table
        numbers = [each for each in read if kinds.get(each.source.name) == "number"]
        self.agreed = self.study.source.numerals.prevail(digits_of(numbers))
        readings = self._with_sets(self._readings(read))
        if self._says_what_a_point_is(numbers):
            self.findings += perhaps_thousands(self.study, self.file, self.rows, numbers)
        else:
            self._refuse_ambiguous(numbers)
        self.findings += inexact_in(self.study, self.file, self.rows, numbers)
        self.findings += missing_numbers(self.study, self.file, numbers)
        self.findings += mixed_units(self.study, self.file, self.rows, numbers)
        columns = ReadColumns(self.file, laid.grid.header_row, laid.columns)
        for doubts in (other_units, contrary_visits, contrary_levels, contrary_ways):
            self.findings += doubts(self.study, columns)
        self.findings += turned_in(self.study, self.file, self.rows, read)
        roster = self._values(identifiers, readings)
        self.findings += implausible(self.study, self.file, self.rows, roster)
        forms = forms_of_outcomes(self.study, numbers)
        return Read(laid, raw, texts, readings, roster, forms)

    def with_doubts(self, read: Read) -> list[Finding]:
        """The findings by rows of patients, and what may not be what it seems."""
        study, table, ids, texts = self.study, read.laid.table, read.roster.ids, read.texts
        found = self.findings
        if self._has_a_row_a_patient(read.laid.columns):
            shown = shown_in(study, table, self.rows, ids, read.raw, texts, read.readings)
            rows = rows_of_patients_in(study, read.laid)
            found = with_doubts(study.source, self.file, shown, self.doubts, found, rows)
        header = read.laid.grid.header_row
        of_columns = risks(study, self.file, header, self.rows, texts, read.roster)
        of_dates = far_dates(study, self.file, self.rows, read.roster)
        of_births = late_births(study, self.file, self.rows, read.roster, read.laid.visited)
        of_ties = near_ties(study, self.file, read.roster)
        of_two = one_patient_twice(study, self.file, self.rows, read.roster)
        of_visits = same_visits(study, self.file, read.roster)
        of_lacking = empty_visits(study, self.file, read.roster)
        doubts = (of_dates, of_births, of_columns, of_ties, of_two, of_visits, of_lacking)
        return [*found, *chain.from_iterable(doubts)]

    def in_file(self, found: Iterable[Finding]) -> Iterable[Finding]:
        """Findings by rows of patients where they are in the file."""
        # Several patients may have the text of one cell.
        return found if self.laid.places is None else dict.fromkeys(map(self.laid.in_file, found))

    def _heed(self, remark: Remark, laid: LaidOut) -> None:
        """Keep a remark in mind if it is on a cell, row or column that the study uses."""
        at = laid.at(remark.row, remark.column)
        of_the_header = laid.is_header(remark.row)
        of_a_cell = bool(at.row and remark.column) and not of_the_header
        cells = laid.cells_of(remark) if of_a_cell else ()
        used = [cell for cell in cells if cell[0] in self.places and cell[1] in laid.columns]
        if of_a_cell and remark.allowed == A_CHOICE:
            text = folded(remark.value)
            used = [cell for cell in used if text not in self._missing.get(cell[1], ())]
        if of_a_cell and remark.severity == "error":
            self.errors |= dict.fromkeys(used, remark)
        elif at.row and not remark.column and not of_the_header and laid.places is None:
            if remark.row in self.places:
                self.doubts.setdefault(remark.row, []).append(remark.hint)
        elif used or of_the_header or laid.is_key(remark) or (not of_a_cell and laid.uses(remark)):
            told = (remark.value, remark.allowed, remark.hint)
            # Of a whole column that no report shows there is nothing to mend, as it is meant so.
            is_meant = not at.row and at.column in self.study.private_columns
            self.of_file.append(Finding("note" if is_meant else remark.severity, *at, *told))

    @cached_property
    def _missing(self) -> dict[str, frozenset[str]]:
        """The texts that mean "not available", by the headers of the columns."""
        return {each.column: each.missing for each in self.sources}

    @cached_property
    def places(self) -> dict[int, int]:
        """The places of the rows of patients in all columns."""
        return {row: place for place, row in enumerate(self.rows)}

    def _refuse_unprintable(self, raw: Mapping[int, Sequence[str]], laid: LaidOut) -> None:
        """Headers, and cells that are read, with what no one could be shown."""
        for file, row, text in laid.headers:
            if found := unprintable(text):
                told = ("", text, PRINTABLE, f"remove {found}")
                self.of_file.append(Finding("error", file, row, *told))
        wrong = [
            (place, header, text)
            for header, number in laid.columns.items()
            if not "".join(raw[number]).isprintable()
            for place, text in texts_that(raw[number], lambda text: bool(unprintable(text)))
        ]
        for place, header, text in sorted(wrong, key=itemgetter(0)):
            row, hint = self.rows[place], f"remove {unprintable(text)}"
            self._refuse(row, header, text, PRINTABLE, hint)

    def _errors_in(self, column: str) -> dict[int, Remark]:
        """Why the texts of some cells of a column, by their places, are not their values."""
        cells = sorted((cell for cell in self.errors if cell[1] == column), key=itemgetter(0))
        return {self.places[row]: self.errors[row, column] for row, column in cells}

    def _written(self, corrections: Sequence[Path]) -> tuple[list[Correction], list[Finding]]:
        """The corrections of patients, and what is wrong; those of adverse events are kept."""
        of_patients: list[Correction] = []
        wrong: list[Finding] = []
        for path in corrections:
            of_tables, self.of_events, found = read_by_table(path, self.study)
            of_patients += of_tables
            wrong += found
        return of_patients, wrong

    def _correct(
        self,
        texts: Mapping[str, list[str]],
        identifiers: Sequence[str],
        files: CorrectedFiles,
        wrong: Sequence[Finding],
    ) -> None:
        """Change the texts as the corrections say that are not of a cell as a file has it."""
        # What is said of a patient cannot be judged while there is no row that is known to be used.
        lost = self.laid.of_wrong_rows - {*identifiers}
        rest = [each for each in files.rest if each.patient not in lost]
        corrections, misfits = at_their_visits(rest, self.study)
        used = [*texts] if self.rows else []
        private = self.study.private_columns
        unused = self.laid.unused_identifiers if corrections else {}
        table = Corrected(self.file, self.rows, identifiers, texts, used, private, unused=unused)
        table.correct(corrections if self.knows_patients else [])
        self.corrected = table.lines
        for cell in self.corrected:
            self.errors.pop(cell, None)
        for place, line in files.lines.items():
            for cell in self.laid.places.from_cell(place) if self.laid.places else ():
                self.corrected.setdefault(cell, line)
        every = [*wrong, *files.wrong, *misfits, *table.wrong]
        self.findings += [*table.notes, *sorted(every, key=lambda each: each.row)]

    @property
    def knows_patients(self) -> bool:
        """Whether it can be said what is of a patient.

        It cannot where there is none, or no identifier, for a reason that is told.
        """
        has_identifiers = self.study.source.patient in {None, *self.laid.columns}
        is_told = any(each.severity == "error" for each in self.of_file)
        return not is_told or bool(self.rows and has_identifiers)

    def _says_what_a_point_is(self, numbers: Sequence[ColumnOfValues]) -> bool:
        """Whether the study says it, or a number whose point cannot group thousands."""
        if self.study.source.decimal or self.study.source.thousands == ",":
            return True
        written = (text for each in numbers for texts in each.numerals.values() for text in texts)
        return any(map(has_decimal_point, written))

    def _refuse_ambiguous(self, numbers: Sequence[ColumnOfValues]) -> None:
        """Numbers whose point may group thousands, where nothing says what a point is."""
        allowed = "a number whose point cannot mean two things"
        for each in numbers:
            every = ((text, part) for text, parts in each.numerals.items() for part in parts)
            ambiguous = {text: part for text, part in every if is_ambiguous(part)}
            for place in each.places(ambiguous):
                row, text, column = self.rows[place], each.texts[place], each.source.column
                self._refuse(row, column, text, allowed, other_readings(ambiguous[text]))

    def _refuse(
        self, row: int, column: str, value: str, allowed: str, hint: str, private: str = _PRIVATE
    ) -> None:
        """Tell that a text does not fit, at its cell or at the line that has put it there.

        Of a column that is private its text is not told, and `private` is the hint.
        """
        file, line = self.corrected.get((row, column), (self.file, row))
        header = "new" if (row, column) in self.corrected else column
        if column in self.study.private_columns:
            value, hint = "", private
        self.findings.append(Finding("error", file, line, header, value, allowed, hint))

    def _readings(self, columns: Iterable[ColumnOfValues]) -> dict[str, list[Reading]]:
        """What stands in the cells, by the name of the value; what cannot be read is told."""
        found: dict[str, list[Reading]] = {}
        wrong: list[tuple[int, Source, str, UnreadableError]] = []
        for each in columns:
            source = each.source
            readings = each.readings(self._errors_in(source.column))
            found[source.name] = readings
            # An empty cell can say that there are none; that there is no cell says nothing.
            for at in self.laid.without_cell(source.column):
                readings[at] = readings[at] if each.texts[at] else None
            told = unreadable(readings)
            wrong += [(at, source, each.texts[at], problem) for at, problem in told.items()]
        for place, source, text, problem in sorted(wrong, key=itemgetter(0)):
            row, hint = self.rows[place], problem.hint or _HINT
            if isinstance(problem, OtherWayError):
                corrected = (row, source.column) in self.corrected
                way = self.study.source.numerals
                hint = problem.way_out(way, agreed=self.agreed, corrected=corrected)
            private = problem.hint if isinstance(problem, OtherFormError) else _PRIVATE
            self._refuse(row, source.column, text, problem.allowed, hint, private)
        return found

    def _with_sets(self, readings: Mapping[str, Sequence[Reading]]) -> dict[str, Sequence[Reading]]:
        """The same with sets in place of their boxes; a box without a text is told."""
        whole, wrong = joined(self.study, readings)
        headings = self.study.headings
        for place, value, problem in wrong:
            header = headings[value].name
            self._refuse(self.rows[place], header, "", problem.allowed, problem.hint)
        return whole

    def _values(
        self, identifiers: Sequence[str], readings: Mapping[str, Sequence[Reading]]
    ) -> Roster:
        """The patients with all of their values."""
        nothing: list[Value] = [None] * len(self.rows)
        values: dict[str, Sequence[Value]] = dict.fromkeys(self.study.kinds, nothing)
        for name, column in readings.items():
            values[name] = known_values(column)
        roster = Roster(identifiers, values)
        for name, derived in {**self.study.computed, **self.study.derived}.items():
            found = roster.each(derived.parsed.names, derived.parsed.evaluate)
            values[name] = [
                without_sign_of_zero(each) if type(each) is float else each for each in found
            ]
        return roster

    def _has_a_row_a_patient(self, columns: Container[str]) -> bool:
        """Whether the table has the form that casebook reads, without which no row tells anything.

        A row has no outcome where the column is missing, or where it is that of a single visit.
        """
        long = any(finding.hint.startswith(LONG) for finding in self.findings)
        wanted = [source.column for source in self.sources]
        known = all(column in columns for column in wanted)
        return known and not long
