"""Which rows of a long table are a patient's, at which visit and of which measure.

A long table has a row for each patient and visit, or for each patient and measure, or both; of one
with a row for each patient, this is which row that is. Rows that belong to nobody, or to no visit
that the study names, are told, and so are two rows of which only one can be meant. The texts of
other columns are not read here.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property

from casebook.base.errors import listed
from casebook.data.cells import folded
from casebook.data.findings import Finding, Severity, Topic
from casebook.data.places import Place, Places
from casebook.data.remarks import Remark
from casebook.doubts.long_tables import in_braces
from casebook.doubts.misspelt import may_be
from casebook.prepare.chosen_rows import of_several_forms
from casebook.prepare.dated_rows import Dated, DatedRows
from casebook.prepare.layout import Table, columns_of, rows_of_patients
from casebook.prepare.no_visits import RowOfVisit, of_no_visit
from casebook.prepare.row_texts import RowTexts
from casebook.prepare.visit_days import RowWithDay, columns_of_visit_days, wrong_visit_days
from casebook.study.headings import Heading
from casebook.study.model import Study
from casebook.study.visits import seen, visit_named

_NO_PATIENT = (
    "a row that is not a patient's can be left out, with the reason: source.leave_out in study.yaml"
)
_OF_PATIENT_ABOVE = (
    "if it is of the patient above, write fill_down: {} under source in study.yaml; "
)
_BELOW_A_SUM = (
    "row {}, which is left out, has {!r} there, so it is not known whose the rows below it are:"
    " write the patient's identifier by corrections.tsv, naming the row; "
)
_TWICE = (
    "if a row was entered twice, leave one out with the reason, under source.leave_out in"
    " study.yaml; if it is of another visit, correct that in corrections.tsv, naming the row"
)
_TWICE_IN_WIDE = (
    "if they are one patient's visits, name the column that tells these, under source.visit in"
    " study.yaml; if a row was entered twice, leave one out with the reason, under"
    " source.leave_out; if they are of two patients, tell these apart in a copy of the table"
)
Slot = tuple[str, str]
"""A visit and a measure; each is empty where rows are told apart by the other alone."""


class LongRows:
    """The rows of a long table; `findings` gathers what is wrong with them.

    Attributes:
        columns: The number of each column of the file that is read, by its header.
        findings: What is wrong with rows and columns of the file.
        visited: The days of each patient's rows, if these have dates.
    """

    def __init__(self, study: Study, table: Table, headings: Collection[Heading]) -> None:
        self.study, self.table, self.headings = study, table, headings
        self.file, self.grid = table.file, table.grid
        source = self.form = table.form
        self.is_joined = bool(table.name)
        keys = {*source.keys.values()} - source.group_rows.keys()
        named = {each.header for each in headings} - source.group_rows.keys()
        self.columns, wrong = columns_of(
            study, table, sorted({*named, *keys, *source.fill_down, *source.rows_with})
        )
        self._texts = RowTexts(table, self.columns)
        self.findings: list[Finding] = [*wrong, *self._texts.findings]
        self._missing = {"", *map(folded, study.source.missing)}
        self._rows: Sequence[int] = rows_of_patients(table)
        self.visited: Mapping[str, Sequence[date]] = {}
        self._patients: dict[str, int] = {}
        """The place of each patient, in the order of their first rows."""
        self._first: list[int] = []
        """The first row of each patient."""
        self._own: list[tuple[int, int, Slot]] = []
        """The rows that are used: row, place of the patient, visit and measure."""
        self._slots: dict[Slot, dict[int, int]] = defaultdict(dict)
        """The row of each patient, by the place, at a visit and of a measure."""
        if self.columns.keys() >= keys:
            self._sort_rows()

    def _sort_rows(self) -> None:
        """Find whose each row is, and of which visit and measure."""
        source, at = self.form, self.grid.places
        patients = self._identifiers()
        visits = self._visits(source.visit, patients) if source.visit and not source.start else None
        if source.visit and source.start:
            visits = self._dated(source.visit, source.start, patients)
        measures = self._measures(source.measure) if source.measure else None
        forms = list(zip(*map(self._texts.of, source.forms), strict=True))
        twice: dict[tuple[int, Slot], list[int]] = {}
        first: dict[tuple[int, Slot, tuple[str, ...]], int] = {}
        for row in self._rows:
            patient = patients[at[row]]
            if folded(patient) in self._missing:
                hint = self._of_patient_above(row) + _NO_PATIENT
                self._tell("error", row, source.patient, "", "the patient's identifier", hint)
                continue
            visit = visits[at[row]] if visits else ""
            measure = measures[at[row]] if measures else ""
            if visit is None or measure is None:
                continue
            place = self._patients.setdefault(patient, len(self._patients))
            if place == len(self._first):
                self._first.append(row)
            slot = (visit, measure)
            earlier = first.setdefault((place, slot, forms[at[row]] if forms else ()), row)
            if earlier == row:
                self._slots[slot].setdefault(place, row)
                self._own.append((row, place, slot))
            else:
                twice.setdefault((place, slot), [earlier]).append(row)
        for (_, slot), rows in twice.items():
            self._refuse_twice(patients[at[rows[0]]], slot, rows)
        self._tell_unused_patients({patients[at[row]]: row for row in reversed(self._rows)})
        self._tell_filled()
        self._tell_patients_of_one_visit()
        if source.visit and not source.start:
            self._tell_wrong_days(patients)

    def _of_patient_above(self, row: int) -> str:
        """What to know of a row without a patient, where that of a row above could be meant."""
        patient, of_nobody = self.form.patient or "", self._texts.of_nobody
        if patient not in self.form.fill_down:
            return _OF_PATIENT_ABOVE.format(in_braces(patient))
        above = max((each for each in of_nobody if each < row), default=None)
        return _BELOW_A_SUM.format(above, of_nobody[above]) if above else ""

    def _tell_patients_of_one_visit(self) -> None:
        """Tell of a table in which nobody was at two visits, as where a visit stands in the ID."""
        visits: dict[int, set[str]] = defaultdict(set)
        for _, place, (visit, _) in self._own:
            visits[place].add(visit)
        every = set().union(*visits.values()) - {""}
        if len(every) > 1 and len(visits) > 1 and all(len(each) == 1 for each in visits.values()):
            hint = (
                f"each of the {len(visits):,} patients has rows of one visit only, though the"
                f" table has {len(every)}: if an identifier also says the visit, as in 7a and 7b,"
                " write only the patient's part in a copy of the table"
            )
            self._tell("warning", 0, self.form.patient, "", "", hint)

    def _tell_wrong_days(self, patients: Sequence[str]) -> None:
        """Tell of dates of visits that the study does not read, beside those that it does."""
        at, columns = self.grid.places, columns_of_visit_days(self.study)
        for header in filter(self.columns.__contains__, columns):
            texts = self._texts.of(header)
            rows = [
                RowWithDay(row, patients[at[row]], visit, texts[at[row]])
                for row, _, (visit, _) in self._own
            ]
            private = {each.column for each in self.study.variables.values() if each.private}
            for row, text, *told in wrong_visit_days(self.study, header, self._missing, rows):
                self._tell("warning", row, header, "" if header in private else text, *told)

    def _tell_filled(self) -> None:
        """Tell of columns where the few patients without a text have that of another one.

        What names a group for several patients is another thing: most of them have no text there.
        A patient has the identifier of another row where that is left out, and it is told of each.
        """
        for header in self.form.fill_down:
            filled = [row for row in self._first if row in self._texts.filled(header)]
            if header == self.form.patient:
                hint = (
                    "the first row of a patient who is named in a row above that is left out:"
                    " check whether that row should be left out"
                )
                for row in filled:
                    self._tell("warning", row, header, "", "", hint)
            elif 0 < len(filled) < len(self._first) / 2:
                patients = "1 patient has" if len(filled) == 1 else f"{len(filled)} patients have"
                hint = (
                    f"{patients} no text here, and that of the patient before is used, though most"
                    " have one of their own; if there should be none, take the column out of"
                    " source.fill_down"
                )
                self._tell("warning", filled[0], header, "", "", hint)

    def _tell_unused_patients(self, rows: dict[str, int]) -> None:
        """Tell whom no row that is used is of, by the first row of everyone."""
        lost = "these values are missing" if self.is_joined else "not analysed"
        hint = f"no row of this patient is of a visit that the study uses: {lost}"
        column = self.form.patient or ""
        for patient, row in reversed(rows.items()):
            if patient not in self._patients and folded(patient) not in self._missing:
                told = (self.file, row, column, patient, "", hint)
                about: Topic = "" if self.is_joined else "patients"
                self.findings.append(Finding("warning", *told, about=about))

    def _dated(self, visit: str, start: str, patients: Sequence[str]) -> Sequence[str | None]:
        """The visit of each row, by its place in the grid, as its date says; None if not used."""
        at, days, starts = self.grid.places, self._texts.of(visit), self._texts.of(start)
        measure = self.form.measure
        measures = self._texts.of(measure) if measure else [""] * len(days)
        rows = [
            Dated(row, patients[at[row]], measures[at[row]], days[at[row]], starts[at[row]])
            for row in self._rows
            if folded(patients[at[row]]) not in self._missing
        ]
        texts = cache(self._texts.of)

        def text(row: int, header: str) -> str:
            return texts(header)[at[row]] if header in self._texts else ""

        dated = DatedRows(self.study, self.form, self.file, frozenset(self._missing), text)
        found = dated.visits(rows)
        self.findings += dated.findings
        self.visited = dated.visited
        return [found.get(row) for row in self.grid.numbers]

    @property
    def first_rows(self) -> Sequence[int]:
        """The first row of each patient, by the patient's place."""
        return self._first

    @cached_property
    def rows_named(self) -> dict[str, list[int]]:
        """The rows below the header with each identifier, also those that are left out."""
        if self.form.patient is None or self.form.patient not in self._texts:
            return {}
        found: dict[str, list[int]] = {}
        texts = self._texts.of(self.form.patient)
        for row, text in zip(self.grid.body, texts[1:], strict=True):
            if folded(text) not in self._missing:
                found.setdefault(text, []).append(row)
        return found

    def _identifiers(self) -> list[str]:
        """The identifier in each row of a long or joined table; else each is one's own."""
        source = self.form
        if source.patient and (source.is_long or self.is_joined):
            return self._texts.of(source.patient)
        return [*map(str, self.grid.numbers)]

    def _visits(self, column: str, patients: Sequence[str]) -> Sequence[str | None]:
        """The visit of each row, by its place in the grid; None where it is not used."""
        texts, visits = self._texts.of(column), self.study.visits
        known = {text: visit_named(visits, text) for text in {*texts}}
        unused = {folded(text) for text in self.form.unused_visits}
        if self.form.forms:
            # A row of another form than that of visits has what is the same at each.
            known |= {text: "" for text in known if folded(text) in self._missing - unused}
        passed = {text for text in known if known[text] is None and folded(text) in unused}
        self._note_unused(column, texts, passed)
        at = ((row, self.grid.places[row]) for row in self._rows)
        rows = [RowOfVisit(row, patients[p], texts[p], known[texts[p]]) for row, p in at]
        used = [each for each in rows if each.text not in passed]
        for row, *told in of_no_visit(self.study, self._missing, used):
            self._tell("error", row, column, *told)
        if {*known.values()} - {None, ""}:
            named = {*seen(visits)}
            if self.study.source.joined:
                named &= {each.visit for each in self.headings}
            for visit in filter((named - {*known.values()}).__contains__, visits):
                hint = f"no row is of the visit {visit!r}, which study.yaml names"
                self._tell("warning", 0, column, "", "", hint)
        return [known[text] for text in texts]

    def _measures(self, column: str) -> Sequence[str | None]:
        """What each row is a measurement of, by its place in the grid; None where nothing uses it.

        That the table has not what the study names is an error.
        """
        texts = self._texts.of(column)
        named = {each.measure for each in self.headings if each.measure}
        meant = {folded(text): text for text in named}
        known = {text: meant.get(folded(text)) for text in {*texts}}
        unused = {text for text in known if known[text] is None}
        slips = {text: like for text in unused if (like := may_be(text, sorted(named)))}
        for row in self._rows:
            text = texts[self.grid.places[row]]
            if like := slips.get(text, ""):
                hint = f"not used, but perhaps it is {like!r}: write that by corrections.tsv"
                self._tell("warning", row, column, text, "", hint)
            elif folded(text) in self._missing:
                hint = "not used, as it is not said what was measured"
                self._tell("warning", row, column, text, "", hint)
        plain = {text for text in unused - slips.keys() if folded(text) not in self._missing}
        self._note_unused(column, texts, plain)
        for measure in sorted(named - {*known.values()}):
            there = listed([*dict.fromkeys(texts[1:])], measure)
            hint = "study.yaml names it as a measure"
            self._tell("error", 0, column, measure, f"a text of this column: {there}", hint)
        return [known[text] for text in texts]

    def _note_unused(self, column: str, texts: Sequence[str], unused: Collection[str]) -> None:
        counts = Counter(texts[self.grid.places[row]] for row in self._rows)
        for text in filter(unused.__contains__, counts):
            rows = f"{counts[text]} row{'s' * (counts[text] != 1)}"
            self._tell("note", 0, column, text, "", f"the study does not use it: {rows}")

    def _refuse_twice(self, patient: str, slot: Slot, rows: Sequence[int]) -> None:
        source = self.form
        keys = {"visit": source.visit, "measure": source.measure, "form": source.forms}
        each = " and ".join(["patient", *(name for name, column in keys.items() if column)])
        numbers = f"{', '.join(map(str, rows[:-1]))} and {rows[-1]}"
        told = " and ".join(filter(None, slot)) or patient
        allowed = f"one row for each {each}; rows {numbers} are of {told}"
        hint = of_several_forms(source.rows_with, self.grid, rows) or (
            _TWICE if source.is_long else _TWICE_IN_WIDE
        )
        self._tell("error", rows[1], source.patient, patient, allowed, hint)

    def places(self) -> tuple[Places, dict[tuple[int, str], Remark]]:
        """Where each patient's texts stand; and which of them the rows of a patient contradict."""
        source = self.form
        columns: dict[str, Sequence[Place]] = {}
        errors: dict[tuple[int, str], Remark] = {}
        if not self._first:
            return Places([], {}), {}
        if source.patient:
            columns[source.patient] = self._places(self._first, source.patient)
        whole = (bool(source.visit), bool(source.measure))
        for heading in self.headings:
            if heading.header in source.group_rows:
                columns[heading.name] = self._places(self._first, heading.header)
                continue
            if heading.header not in self.columns:
                continue
            slot = self._slot_of(heading)
            if (bool(slot[0]), bool(slot[1])) == whole and not source.forms:
                rows = self._slots.get(slot, {})
                found = (rows.get(place, 0) for place in range(len(self._first)))
                columns[heading.name] = self._places(found, heading.header)
            else:
                columns[heading.name], wrong = self._constant(heading)
                errors |= wrong
        return Places(self._first, columns), errors

    def _places(self, rows: Iterable[int], header: str) -> list[Place]:
        """Where the texts of rows stand in a column."""
        return [self._texts.place(row, header) for row in rows]

    def _slot_of(self, heading: Heading) -> Slot:
        """The visit and the measure of the rows that have a value, as far as there are any."""
        form = self.form
        return heading.visit if form.visit else "", heading.measure if form.measure else ""

    def _constant(self, heading: Heading) -> tuple[list[Place], dict[tuple[int, str], Remark]]:
        """Where a text stands that all rows of a patient, or those of a visit, must agree in.

        It is the first that is not missing, or the first at all.
        """
        texts, at = self._texts.of(heading.header), self.grid.places
        of, forms = self._slot_of(heading), self.study.forms_of_dates.get(heading.header)
        found: dict[int, int] = {}
        first: dict[int, int] = {}
        errors: dict[tuple[int, str], Remark] = {}
        for row, place, slot in self._own:
            if any(wanted and wanted != each for wanted, each in zip(of, slot, strict=True)):
                continue
            first.setdefault(place, row)
            text = folded(texts[at[row]])
            if text in self._missing:
                continue
            earlier = found.setdefault(place, row)
            other = folded(texts[at[earlier]])
            if text != other and not (forms and forms.are_one_day(text, other)):
                key = (self._first[place], heading.name)
                errors.setdefault(key, self._differ(heading, earlier, row, texts))
        rows = {**first, **found}
        whole = (rows.get(place, 0) for place in range(len(self._first)))
        return self._places(whole, heading.header), errors

    def _differ(self, heading: Heading, earlier: int, row: int, texts: Sequence[str]) -> Remark:
        """What is wrong with the first of two texts of which only one can be right."""
        at, private = self.grid.places, heading.name in self.study.private_columns
        other = "another text" if private else repr(texts[at[row]])
        value = "" if private else texts[at[earlier]]
        allowed = f"one text in all rows of a patient; row {row} has {other}"
        hint = "correct the one that is wrong by a line of corrections.tsv, without a visit"
        if self.form.visit and not heading.visit:
            hint += (
                "; or, if it changes from visit to visit, name the visit beside the column in"
                " study.yaml, as in visit: " + next(iter(self.study.visits))
            )
        number = self.columns[heading.header]
        return Remark("error", earlier, number, value, allowed, hint)

    def _tell(
        self, severity: Severity, row: int, column: str | None, value: str, allowed: str, hint: str
    ) -> None:
        told = (value, allowed, hint)
        self.findings.append(Finding(severity, self.file, row, column or "", *told))
