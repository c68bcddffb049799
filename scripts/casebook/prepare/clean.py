"""From texts in cells to typed values, as the study says; all findings at once.

A cell that cannot be read, or lies outside what is allowed, is an error at its place, and so is one
of which ingest has remarked that its text is not its value. A raw cell is changed by a line of
corrections.tsv alone. Nothing is analysed here.
"""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from pathlib import Path

from casebook.base.characters import PRINTABLE, unprintable
from casebook.base.errors import suggestion
from casebook.base.numerals import has_decimal_point, is_ambiguous, other_readings
from casebook.data.cells import Grid, normalised, read_grid
from casebook.data.findings import Finding, Severity, stop_at_errors, write_findings
from casebook.data.patients import (
    VISITS,
    Patient,
    Value,
    measurement,
    write_measurements,
    write_roster,
    write_therapies,
)
from casebook.data.remarks import Remark, read_remarks
from casebook.doubts.disclosure import risks
from casebook.doubts.identifiers import LONG, problems
from casebook.doubts.near_ties import near_ties
from casebook.doubts.plausible import implausible
from casebook.doubts.rows import with_doubts
from casebook.doubts.strays import Row
from casebook.prepare.corrections import NOT_SHOWN, misfit, read_corrections
from casebook.prepare.values import (
    SLIP,
    OtherWayError,
    Part,
    Source,
    UnreadableError,
    number_in,
    sources_of,
    without_percent,
)
from casebook.study.folder import unused_notes
from casebook.study.load import load_study
from casebook.study.model import Study

_HINT = f"{SLIP}; list what means 'no value' under missing in study.yaml"
_PRIVATE = f"look at the text, {NOT_SHOWN}; {_HINT}"


def clean(
    study: Path,
    cells: Path,
    remarks: Path,
    corrections: Sequence[Path],
    patients: Path,
    measurements: Path,
    therapies: Path,
    findings: Path,
) -> None:
    """Write the typed tables of a study, and what was found in it.

    Raises:
        DataError: with every error in the table and in the corrections.
    """
    model = load_study(study)
    cleaning = _Cleaning(model, str(study.parent / model.source.table))
    cleaning.findings += unused_notes(study.parent, model.unused_files)
    roster = cleaning.run(read_grid(cells), read_remarks(remarks), corrections)
    stop_at_errors(cleaning.findings)
    write_roster(patients, model.kinds, roster)
    write_measurements(measurements, model.outcomes, roster.values())
    write_therapies(therapies, model.therapies, roster.values())
    write_findings(findings, cleaning.findings)


def findings_in(
    study: Study, file: str, grid: Grid, remarks: Iterable[Remark], corrections: Sequence[Path]
) -> list[Finding]:
    """What is found in the table of a study, `file`, and in its corrections, if there are any."""
    cleaning = _Cleaning(study, file)
    cleaning.run(grid, remarks, corrections)
    return cleaning.findings


class _Cleaning:
    """One pass over a grid; `findings` gathers what is found on the way."""

    def __init__(self, study: Study, file: str) -> None:
        self.study, self.file = study, file
        self.sources = list(sources_of(study))
        self.findings: list[Finding] = []
        self.errors: dict[tuple[int, str], Remark] = {}
        """Why the text of a cell, by row and header, is not its value."""
        self.doubts: dict[int, list[str]] = {}
        """Why a row may be no patient, as far as its file says."""
        self.corrected: dict[tuple[int, str], tuple[str, int]] = {}
        """The file and line by which the text of a cell, by row and header, has been corrected."""
        self.agreed = False
        """Whether the numbers of the table are mostly written as the study says."""

    def run(
        self, grid: Grid, remarks: Iterable[Remark], corrections: Sequence[Path]
    ) -> dict[int, Patient]:
        """The patients by the rows where they stand."""
        columns = self._columns(grid)
        rows = self._rows(grid)
        self._refuse_unprintable(grid, rows, columns)
        for remark in remarks:
            self._heed(remark, grid, columns, rows)
        identifiers = self._identifiers(rows, columns)
        texts = {
            row: {header: normalised(cells[number]) for header, number in columns.items()}
            for row, cells in rows.items()
        }
        for path in corrections:
            self._correct(texts, identifiers, path)
        sources = [source for source in self.sources if source.column in columns]
        parts = self._parts(texts, sources)
        numbers = [
            (row, source.column, without_percent(part))
            for source in sources
            if self.study.kinds_in_table[source.name] == "number"
            for row in texts
            if isinstance(part := parts[row][source.name], str)
        ]
        self.agreed = self.study.source.numerals.prevail([digits for *_, digits in numbers])
        read = {row: self._readings(row, texts[row], parts[row], sources) for row in texts}
        self._refuse_ambiguous(numbers, texts)
        roster = {
            row: Patient(identifiers[row], self._values(row, reading))
            for row, reading in read.items()
        }
        if self._has_a_row_a_patient(columns):
            shown = self._shown(grid, identifiers, texts, read)
            told = (self.file, shown, self.doubts, self.findings)
            self.findings = with_doubts(self.study.source, *told)
        self.findings += risks(self.study, self.file, grid.header_row, texts, roster)
        self._note_unused(grid, columns)
        self.findings += near_ties(self.study, self.file, roster.values())
        return roster

    def _add(
        self, severity: Severity, row: int, column: str, value: str, allowed: str, hint: str = ""
    ) -> None:
        self.findings.append(Finding(severity, self.file, row, column, value, allowed, hint))

    def _heed(
        self, remark: Remark, grid: Grid, columns: Mapping[str, int], rows: Collection[int]
    ) -> None:
        """Keep a remark in mind if it is on a cell, row or column that the study uses."""
        header = normalised(grid.headers.get(remark.column, ""))
        of_the_header = remark.row == grid.header_row
        used = remark.column == 0 or of_the_header or columns.get(header) == remark.column
        if not used or not (remark.row == 0 or of_the_header or remark.row in rows):
            return
        if remark.severity == "error" and not of_the_header:
            self.errors[remark.row, header] = remark
            return
        if remark.row and not (of_the_header or remark.column):
            self.doubts.setdefault(remark.row, []).append(remark.hint)
            return
        told = (remark.value, remark.allowed, remark.hint)
        self._add(remark.severity, remark.row, header, *told)

    def _columns(self, grid: Grid) -> dict[str, int]:
        """The number of each column that the study names."""
        headers = {number: normalised(text) for number, text in grid.headers.items()}
        counts = Counter(headers.values())
        wanted = dict.fromkeys(source.column for source in self.sources)
        if self.study.source.patient:
            wanted[self.study.source.patient] = None
        if below := _header_below(grid, wanted):
            hint = (
                f"row {below} has the columns of the study: the rows above it, such as a title, can"
                " be left out with source.leave_out in study.yaml"
            )
            self._add("error", grid.header_row, "", "", "the header", hint)
            return {}
        columns = {}
        known = f"a column of {self.file}: {', '.join(repr(each) for each in counts if each)}"
        if grid.header_row > 1:
            moved = any(each < grid.header_row for each in self.study.source.leave_out)
            kept = " that source.leave_out does not leave out" * moved
            known += f"; its header is row {grid.header_row}, the first with text{kept}"
        for column in wanted:
            if counts[column] == 1:
                numbers = [n for n, text in headers.items() if text == column]
                columns[column] = numbers[0]
                continue
            if counts[column]:
                told = ("one column of this name", "rename the other")
                self._add("error", grid.header_row, column, "", *told)
            else:
                line, key = self.study.origins[column]
                hints = [f"{key} names it", suggestion(column, list(counts))]
                hint = "; ".join(filter(None, hints))
                self.findings.append(Finding("error", line, 0, "", column, known, hint))
                known = "a column of the table; its columns are listed above"
        return columns

    def _rows(self, grid: Grid) -> dict[int, dict[int, str]]:
        """The rows of patients: those below the header that the study does not leave out."""
        left_out = self.study.source.leave_out
        if grid.body.keys() <= left_out.keys():
            hint = "source.leave_out of study.yaml leaves out every row"
            self._add("error", 0, "", "", "a row with a patient", hint)
        above = range(1, grid.header_row)
        for key, named in {"leave_out": left_out, "keep": self.study.source.keep}.items():
            for row in named.keys() - grid.body.keys() - set(above if key == "leave_out" else ()):
                allowed = f"rows {min(grid.body)} to {max(grid.body)}"
                hint = f"source.{key} of study.yaml names a row that is not in the table"
                self._add("error", row, "", "", allowed, hint)
        for row, reason in left_out.items():
            if row in grid.body or row in above:
                self._add("note", row, "", "", "", f"left out: {reason}")
        return {row: cells for row, cells in grid.body.items() if row not in left_out}

    def _refuse_unprintable(
        self, grid: Grid, rows: Iterable[int], columns: Mapping[str, int]
    ) -> None:
        """Headers, and cells that are read, with what no one could be shown."""
        places = [(grid.header_row, number, "") for number in grid.headers]
        places += [(row, number, header) for row in rows for header, number in columns.items()]
        for row, number, header in places:
            text = grid.rows[row][number]
            if found := unprintable(text):
                self._refuse(row, header, text, PRINTABLE, f"remove {found}")

    def _identifiers(
        self, rows: Mapping[int, Mapping[int, str]], columns: Mapping[str, int]
    ) -> dict[int, str]:
        """The identifier of the patient in each row."""
        column = self.study.source.patient
        if column is None or column not in columns:
            width = max(2, len(str(len(rows))))
            return {row: f"P{i:0{width}}" for i, row in enumerate(rows, start=1)}
        identifiers = {row: normalised(cells[columns[column]]) for row, cells in rows.items()}
        for row, identifier in identifiers.items():
            if error := self.errors.get((row, column)):
                self._add("error", row, column, identifier, error.allowed, error.hint)
        read = {row: text for row, text in identifiers.items() if (row, column) not in self.errors}
        self.findings += problems(read, self.study.source.missing, self.file, column)
        return identifiers

    def _correct(
        self, texts: dict[int, dict[str, str]], identifiers: Mapping[int, str], path: Path
    ) -> None:
        """Change the texts as corrections.tsv says."""
        rows = {identifier: row for row, identifier in identifiers.items()}
        read = next(iter(texts.values()), {})
        columns = [column for column in read if column != self.study.source.patient]
        private = self.study.private_columns
        corrections, wrong = read_corrections(path, self.study)
        for each in corrections:
            problem = misfit(each, rows, columns, texts, self.corrected, private)
            if problem:
                wrong.append(Finding("error", str(path), each.row, "", *problem))
                continue
            row = rows[each.patient]
            texts[row][each.column] = each.new
            self.corrected[row, each.column] = (str(path), each.row)
            self.errors.pop((row, each.column), None)
            hint = f"corrected from {each.old!r} to {each.new!r}: {each.reason}"
            at = (self.file, row, each.column, each.old, "", hint)
            self.findings.append(Finding("note", *at, about="correction", new=each.new))
        self.findings += sorted(wrong, key=lambda finding: finding.row)

    def _parts(
        self, texts: Mapping[int, Mapping[str, str]], sources: Iterable[Source]
    ) -> dict[int, dict[str, Part]]:
        """What is read of the cells of each row, or why nothing is, by the name of the value."""
        parts: dict[int, dict[str, Part]] = {row: {} for row in texts}
        for source in sources:
            for row, cells in texts.items():
                try:
                    parts[row][source.name] = source.part(cells[source.column])
                except UnreadableError as problem:
                    parts[row][source.name] = problem
        return parts

    def _refuse_ambiguous(
        self, numbers: Collection[tuple[int, str, str]], texts: Mapping[int, Mapping[str, str]]
    ) -> None:
        """Numbers whose point may group thousands, if nothing says what a point is.

        Args:
            numbers: The row and the column of each, and how it is written without a percent sign.
            texts: The texts of the cells, by row and header.
        """
        if self.study.source.decimal or self.study.source.thousands == ",":
            return
        if any(has_decimal_point(digits) for *_, digits in numbers):
            return
        for row, column, digits in numbers:
            if is_ambiguous(digits):
                allowed = "a number whose point cannot mean two things"
                self._refuse(row, column, texts[row][column], allowed, other_readings(digits))

    def _refuse(self, row: int, column: str, value: str, allowed: str, hint: str) -> None:
        """Tell that a text does not fit, at its cell or at the line that has put it there."""
        file, line = self.corrected.get((row, column), (self.file, row))
        header = "new" if (row, column) in self.corrected else column
        if column in self.study.private_columns:
            value, hint = "", _PRIVATE
        self.findings.append(Finding("error", file, line, header, value, allowed, hint))

    def _readings(
        self,
        row: int,
        texts: Mapping[str, str],
        parts: Mapping[str, Part],
        sources: Iterable[Source],
    ) -> dict[str, Value | UnreadableError]:
        """What stands in the cells of a row, by the name of the value."""
        read: dict[str, Value | UnreadableError] = {}
        for source in sources:
            text = texts[source.column]
            try:
                error = self.errors.get((row, source.column))
                read[source.name] = source.value(parts[source.name], text, error)
            except UnreadableError as problem:
                hint = problem.hint or _HINT
                if isinstance(problem, OtherWayError):
                    corrected, way = (
                        (row, source.column) in self.corrected,
                        self.study.source.numerals,
                    )
                    hint = problem.way_out(way, agreed=self.agreed, corrected=corrected)
                self._refuse(row, source.column, text, problem.allowed, hint)
                read[source.name] = problem
        return read

    def _values(
        self, row: int, readings: Mapping[str, Value | UnreadableError]
    ) -> dict[str, Value]:
        """All values of the patient in a row, by name."""
        values: dict[str, Value] = dict.fromkeys(self.study.kinds)
        for name, reading in readings.items():
            values[name] = None if isinstance(reading, UnreadableError) else reading
        for name, derived in self.study.derived.items():
            values[name] = derived.parsed.evaluate(values)
        self.findings += implausible(self.study, self.file, row, values)
        return values

    def _has_a_row_a_patient(self, columns: Container[str]) -> bool:
        """Whether the table has the form that casebook reads, without which no row tells anything.

        A row has no outcome where the column is missing, or where it is that of a single visit.
        """
        long = any(finding.hint == LONG for finding in self.findings)
        wanted = [source.column for source in self.sources]
        known = all(column in columns for column in wanted)
        return known and not long and bool(self.study.outcomes)

    def _shown(
        self,
        grid: Grid,
        identifiers: Mapping[int, str],
        texts: Mapping[int, Mapping[str, str]],
        readings: Mapping[int, Mapping[str, Value | UnreadableError]],
    ) -> dict[int, Row]:
        """What each row shows of whether it is a patient."""
        measured = [measurement(name, visit) for name in self.study.outcomes for visit in VISITS]
        numbers = [n for n, kind in self.study.kinds_in_table.items() if kind == "number"]
        filled = [n for row in readings for n, text in grid.rows[row].items() if normalised(text)]
        first = min(filled, default=1)
        rows = {}
        for row, read in readings.items():
            cells = [text for text in map(normalised, grid.rows[row].values()) if text]
            identified = self.study.source.patient in texts[row]
            rows[row] = Row(
                identifier=identifiers[row],
                label=identifiers[row] if identified else self._label(grid.rows[row], first),
                contents=tuple(t for c, t in texts[row].items() if c != self.study.source.patient),
                bare=len(cells) < 2,
                follows_empty=row - 1 not in grid.rows,
                measured=any(read.get(name) is not None for name in measured),
                numbers={
                    name: number
                    for name in numbers
                    if (number := number_in(read.get(name))) is not None
                },
                unreadable=sum(
                    isinstance(each := read.get(name), UnreadableError) and each.number is None
                    for name in numbers
                ),
            )
        return rows

    def _label(self, cells: Mapping[int, str], first: int) -> str:
        """What the first column calls a row, where no column identifies the patients."""
        text = normalised(cells.get(first, ""))
        number = self.study.source.numerals.number(without_percent(text))
        return text if number is None else ""

    def _note_unused(self, grid: Grid, columns: Mapping[str, int]) -> None:
        for number, header in grid.headers.items():
            if number not in columns.values() and header.strip():
                self._add("note", grid.header_row, normalised(header), "", "", "not used")


def _header_below(grid: Grid, wanted: Collection[str]) -> int | None:
    """The first row that has every column of the study, if the header has not."""
    for number, row in grid.rows.items():
        if {*wanted} <= set(map(normalised, row.values())):
            return None if number == grid.header_row else number
    return None
