"""From texts in cells to typed values, as the study says; all findings at once.

A cell that cannot be read, or lies outside what is allowed, is an error at its place, and so is one
of which ingest has remarked that its text is not its value. A raw cell is changed by a line of
corrections.tsv alone. Nothing is analysed here.
"""

import contextlib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from casebook.base.cellpattern import CellPattern, EndlessMatchError
from casebook.base.characters import PRINTABLE, unprintable
from casebook.base.csvfiles import write_table
from casebook.base.errors import listed, suggestion
from casebook.base.numerals import (
    Numerals,
    has_decimal_point,
    is_ambiguous,
    is_limit,
    other_readings,
    readings,
)
from casebook.data.cells import Grid, folded, normalised, read_grid
from casebook.data.findings import (
    Finding,
    Severity,
    stop_at_errors,
    write_findings,
)
from casebook.data.patients import (
    VISITS,
    Member,
    Patient,
    Value,
    measurement,
    value_text,
    write_roster,
)
from casebook.data.remarks import Remark, read_remarks
from casebook.doubts.disclosure import risks
from casebook.doubts.identifiers import LONG, lookalikes, problems
from casebook.doubts.near_ties import near_ties
from casebook.doubts.plausible import implausible
from casebook.doubts.rows import with_doubts
from casebook.doubts.strays import Row
from casebook.reading.user_tables import read_tabbed
from casebook.study.folder import unused_notes
from casebook.study.model import (
    AnyVariable,
    CategoryVariable,
    DateVariable,
    LevelledVariable,
    NumberVariable,
    Outcome,
    SetVariable,
    Study,
    TextVariable,
    Variable,
    load_study,
)

_CORRECTION_COLUMNS = ("patient", "column", "old", "new", "reason")
_SLIP = "correct a slip in corrections.tsv"
_HINT = f"{_SLIP}; list what means 'no value' under missing in study.yaml"

_NOT_SHOWN = "which is not shown, as the column is private"
_PRIVATE = f"look at the text, {_NOT_SHOWN}; {_HINT}"

_LIMIT = (
    "a value beyond a limit is no number: write in corrections.tsv the number that is to stand for"
    " it, with the rule as the reason, or list this text under missing in study.yaml"
)
_JOINED = re.compile(r"%[dmyYj]%[dmyYj]")
"""Numbers with nothing between them in a date, which digits left out would shift."""

_ENDLESS = (
    "the pattern has too many ways to fit this cell to try them all, and no other cell was tried;"
    " write it without a repetition of what is repeated already, such as (a+)+"
)


class _UnreadableError(ValueError):
    """A text that does not fit its column; `number` is what it writes, if it is out of range."""

    def __init__(self, allowed: str, hint: str = "", number: float | None = None) -> None:
        super().__init__(allowed)
        self.allowed, self.hint, self.number = allowed, hint, number


class _OtherWayError(_UnreadableError):
    """A `text` that writes a number, if in another way than the study says."""

    def __init__(self, allowed: str, text: str) -> None:
        super().__init__(allowed, other_readings(text))
        self.text = text


@dataclass(frozen=True, slots=True)
class _Source:
    """How one value of a patient is read: from which column, and by which reader."""

    name: str
    column: str
    missing: frozenset[str]
    pattern: CellPattern | None
    read: Callable[[str], Value]

    def value(self, text: str, error: Remark | None = None) -> Value:
        """The value of a cell's text; None where it says that there is none.

        Args:
            text: The text.
            error: Why the text is not the value of the cell, if it is not.

        Raises:
            _UnreadableError: the text does not fit the column.
        """
        if error and text.casefold() not in self.missing:
            raise _UnreadableError(error.allowed, error.hint)
        part = self.part(text)
        return None if part is None else self.read(part)

    def part(self, text: str) -> str | None:
        """What is read of a cell's text; None where it says that there is nothing.

        Raises:
            _UnreadableError: the text does not fit the pattern.
        """
        if text.casefold() in self.missing:
            return None
        if self.pattern is None:
            return text
        if self.pattern.given_up not in (None, text):
            return None
        allowed = f"a text that fits the pattern {self.pattern.source}"
        try:
            part = self.pattern.part(text)
        except EndlessMatchError:
            raise _UnreadableError(allowed, _ENDLESS) from None
        if part is None:
            raise _UnreadableError(allowed)
        part = part.strip()
        return None if part.casefold() in self.missing else part


@dataclass(frozen=True, slots=True)
class _Correction:
    """A line of corrections.tsv."""

    row: int
    patient: str
    column: str
    old: str
    new: str
    reason: str


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
    _write_measurements(measurements, model, roster.values())
    _write_therapies(therapies, model, roster.values())
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
        self.sources = list(_sources(study))
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
        parts = list(self._number_parts(texts, sources))
        self.agreed = self._agree([part for *_, part in parts])
        read = {row: self._readings(row, row_texts, sources) for row, row_texts in texts.items()}
        self._refuse_ambiguous(parts)
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
                self._add(
                    "error",
                    grid.header_row,
                    column,
                    "",
                    "one column of this name",
                    "rename the other",
                )
            else:
                line, key = self.study.origins[column]
                hints = [f"{key} names it", suggestion(column, list(counts))]
                hint = "; ".join(filter(None, hints))
                self.findings.append(Finding("error", line, 0, "", column, known, hint))
                known = "a column of the table, which are told above"
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
                self._refuse(row, header, text, PRINTABLE, f"take out {found}")

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
        for each in self._corrections(path):
            problem = _misfit(each, rows, columns, texts, self.corrected, private)
            if problem:
                value, allowed, hint = problem
                self.findings.append(
                    Finding("error", str(path), each.row, "", value, allowed, hint)
                )
                continue
            row = rows[each.patient]
            texts[row][each.column] = each.new
            self.corrected[row, each.column] = (str(path), each.row)
            self.errors.pop((row, each.column), None)
            hint = f"corrected from {each.old!r} to {each.new!r}: {each.reason}"
            at = (self.file, row, each.column, each.old, "", hint)
            self.findings.append(Finding("note", *at, about="correction", new=each.new))

    def _corrections(self, path: Path) -> list[_Correction]:
        """The lines of corrections.tsv that can be read."""
        lines, findings = read_tabbed(path, _CORRECTION_COLUMNS)
        self.findings += findings
        return [_Correction(row=number, **cells) for number, cells in lines.items()]

    def _number_parts(
        self, texts: Mapping[int, Mapping[str, str]], sources: Iterable[_Source]
    ) -> Iterator[tuple[int, str, str]]:
        """The row, the header and what is read of each cell of a number."""
        for source in sources:
            if self.study.kinds_in_table[source.name] == "number":
                for row, cells in texts.items():
                    with contextlib.suppress(_UnreadableError):
                        yield row, source.column, source.part(cells[source.column]) or ""

    def _agree(self, parts: Iterable[str]) -> bool:
        """Whether more numbers have decimals as the study writes them than are of another way."""
        numerals = self.study.source.numerals
        other = [part for part in parts if numerals.number(part) is None and readings(part)]
        return sum(map(numerals.shows_decimals, parts)) > len(other)

    def _refuse_ambiguous(self, parts: Iterable[tuple[int, str, str]]) -> None:
        """Numbers whose point may group thousands, if nothing says what a point is."""
        if self.study.source.decimal or self.study.source.thousands == ",":
            return
        if any(has_decimal_point(part) for *_, part in parts):
            return
        for row, column, part in parts:
            if is_ambiguous(part):
                allowed = "a number of which it is known what its point is"
                self._refuse(row, column, part, allowed, other_readings(part))

    def _refuse(self, row: int, column: str, value: str, allowed: str, hint: str) -> None:
        """Tell that a text does not fit, at its cell or at the line that has put it there."""
        file, line = self.corrected.get((row, column), (self.file, row))
        header = "new" if (row, column) in self.corrected else column
        if column in self.study.private_columns:
            value, hint = "", _PRIVATE
        self.findings.append(Finding("error", file, line, header, value, allowed, hint))

    def _way_out(self, problem: _OtherWayError, *, corrected: bool) -> str:
        """What to do about a number that is written in another way than the study says."""
        numerals, ways = self.study.source.numerals, readings(problem.text)
        if corrected:
            return f"write {' or '.join(map(numerals.text, ways))}, as the study writes numbers"
        if self.agreed and any(way.decimal != numerals.decimal for way in ways.values()):
            sign = repr(numerals.decimal)
            return f"other numbers have {sign} before decimals: correct it in corrections.tsv"
        return problem.hint

    def _readings(
        self, row: int, texts: Mapping[str, str], sources: Iterable[_Source]
    ) -> dict[str, Value | _UnreadableError]:
        """What stands in the cells of a row, by the name of the value."""
        read: dict[str, Value | _UnreadableError] = {}
        for source in sources:
            text = texts[source.column]
            try:
                error = self.errors.get((row, source.column))
                read[source.name] = source.value(text, error)
            except _UnreadableError as problem:
                hint = problem.hint or _HINT
                if isinstance(problem, _OtherWayError):
                    corrected = (row, source.column) in self.corrected
                    hint = self._way_out(problem, corrected=corrected)
                self._refuse(row, source.column, text, problem.allowed, hint)
                read[source.name] = problem
        return read

    def _values(
        self, row: int, readings: Mapping[str, Value | _UnreadableError]
    ) -> dict[str, Value]:
        """All values of the patient in a row, by name."""
        values: dict[str, Value] = dict.fromkeys(self.study.kinds)
        for name, reading in readings.items():
            values[name] = None if isinstance(reading, _UnreadableError) else reading
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
        return not long and all(column in columns for column in wanted)

    def _shown(
        self,
        grid: Grid,
        identifiers: Mapping[int, str],
        texts: Mapping[int, Mapping[str, str]],
        readings: Mapping[int, Mapping[str, Value | _UnreadableError]],
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
                    if (number := _number_in(read.get(name))) is not None
                },
                unreadable=sum(
                    isinstance(each := read.get(name), _UnreadableError) and each.number is None
                    for name in numbers
                ),
            )
        return rows

    def _label(self, cells: Mapping[int, str], first: int) -> str:
        """What the first column calls a row, where no column identifies the patients."""
        text = normalised(cells.get(first, ""))
        return "" if self.study.source.numerals.number(text) is not None else text

    def _note_unused(self, grid: Grid, columns: Mapping[str, int]) -> None:
        for number, header in grid.headers.items():
            if number not in columns.values() and header.strip():
                self._add("note", grid.header_row, normalised(header), "", "", "not used")


def _number_in(reading: Value | _UnreadableError) -> float | None:
    """The number that a cell writes, one out of range too."""
    if isinstance(reading, _UnreadableError):
        return reading.number
    return reading if isinstance(reading, float) else None


def _header_below(grid: Grid, wanted: Collection[str]) -> int | None:
    """The first row that has every column of the study, if the header has not."""
    for number, row in grid.rows.items():
        if {*wanted} <= set(map(normalised, row.values())):
            return None if number == grid.header_row else number
    return None


def _misfit(
    correction: _Correction,
    rows: Mapping[str, int],
    columns: list[str],
    texts: Mapping[int, Mapping[str, str]],
    corrected: Mapping[tuple[int, str], tuple[str, int]],
    private: Container[str],
) -> tuple[str, str, str] | None:
    """What keeps a correction from being made: value, what is allowed, and a hint.

    Args:
        correction: The correction.
        rows: The row of each patient.
        columns: The headers of the columns that are read.
        texts: The texts of each row by their columns, as corrected so far.
        corrected: The file and line of the last correction of a cell, by its row and column.
        private: The headers of the columns whose texts no message shows.
    """
    patient, column = correction.patient, correction.column
    if patient not in rows:
        return patient, f"a patient of the table: {listed(list(rows), patient)}", ""
    if column not in columns:
        hint = suggestion(column, columns)
        return column, "a column that the study reads values from", hint
    if not correction.reason:
        return "", "a reason for the correction", "the last column is empty"
    if correction.new == correction.old:
        hint = "take the line out, or write in new what the cell should say"
        shown = "" if column in private else correction.new
        return shown, "a text in new that is not the one in old", hint
    row = rows[patient]
    found = texts[row][column]
    if found != correction.old:
        hint = f"row {row} may have been mended at its source"
        if (row, column) in corrected:
            hint = f"row {corrected[row, column][1]} of this file has corrected the cell already"
        if column in private:
            return "", f"in old the text of the cell, {_NOT_SHOWN}", hint
        return correction.old, f"the text of the cell, which is {found!r}", hint
    return None


def _sources(study: Study) -> Iterator[_Source]:
    """How each value that stands in the table is read, in the order of the study."""
    for name, variable in study.variables.items():
        yield _source(study, name, variable.column, variable, _reader(study, variable))
    for name, outcome in study.outcomes.items():
        for visit, column in zip(VISITS, (outcome.baseline, outcome.followup), strict=True):
            read = _number_reader(study, outcome)
            yield _source(study, measurement(name, visit), column, outcome, read)


def _source(
    study: Study, name: str, column: str, kind: Variable | Outcome, read: Callable[[str], Value]
) -> _Source:
    pattern = CellPattern(kind.pattern) if kind.pattern else None
    missing = {folded(text) for text in ("", *study.source.missing, *kind.missing)}
    missing -= {folded(text) for text in getattr(kind, "none", ())}
    return _Source(name, column, frozenset(missing), pattern, read)


def _reader(study: Study, variable: AnyVariable) -> Callable[[str], Value]:
    match variable:
        case NumberVariable():
            return _number_reader(study, variable)
        case CategoryVariable():
            return lambda text: _level(variable, text)
        case SetVariable():
            return lambda text: _members(variable, text)
        case DateVariable():
            return lambda text: _date(variable, text)
        case TextVariable():
            return lambda text: text


def _number_reader(study: Study, allowed: NumberVariable | Outcome) -> Callable[[str], Value]:
    numerals = study.source.numerals
    # 999.0 is the code 999 as well, which some programs write with decimals.
    codes = {numerals.number(text) for text in (*study.source.missing, *allowed.missing)}
    return lambda text: _number(allowed, numerals, codes, text)


def _number(
    allowed: NumberVariable | Outcome, numerals: Numerals, codes: Container[float | None], text: str
) -> float | None:
    low, high = allowed.range
    unit = f" {allowed.unit}" if allowed.unit else ""
    expected = f"a number from {low:.15g} to {high:.15g}{unit}"
    # 80% is 80 where percentages are counted, and 0.8 where they are not: the unit tells.
    digits = text.removesuffix("%").rstrip()
    number = numerals.number(digits)
    if number is None:
        if readings(text):
            raise _OtherWayError(expected, text)
        raise _UnreadableError(expected, _LIMIT if is_limit(text) else "")
    if digits != text and "%" not in (allowed.unit or ""):
        hint = 'where the unit has a % in it, as in unit: "%", this is read as the number before it'
        raise _UnreadableError(expected, hint)
    if number in codes:
        return None
    if not (math.isfinite(number) and low <= number <= high):
        hint = "correct it in corrections.tsv, or widen the range in study.yaml"
        raise _UnreadableError(expected, hint, number if math.isfinite(number) else None)
    return number


def _level(variable: LevelledVariable, text: str) -> str:
    for level, label in variable.levels.items():
        if level.casefold() == text.casefold():
            return next(first for first, other in variable.told_apart.items() if other == label)
    allowed = ", ".join([*variable.levels, *getattr(variable, "none", ())])
    raise _UnreadableError(f"one of {allowed}", _hint_at_level(variable, text))


def _hint_at_level(variable: LevelledVariable, text: str) -> str:
    """Which level may be meant by a text that is none."""
    for level, label in variable.told_apart.items():
        if label.casefold() == text.casefold():
            return f"it is the label of {level!r}: add '{text}: {label}' to levels in study.yaml"
    for level, label in variable.levels.items():
        foreign = [letter for letter in text if not letter.isascii() and letter not in level]
        if foreign and lookalikes(dict(enumerate([level, text]))):
            named = f"U+{ord(foreign[0]):04X}, {unicodedata.name(foreign[0], 'without a name')}"
            return f"it only looks like {level!r} and has {named}; {_SLIP}"
        # Programs write whole numbers with decimals once a cell of their column is empty.
        if level.isdecimal() and re.fullmatch(rf"{level}[.,]0+", text):
            return f'it is {level!r} with decimals: add "{text}": {label} to levels in study.yaml'
    close = suggestion(text, list(variable.levels))
    return close or "add it to levels in study.yaml if it is one"


def _members(variable: SetVariable, text: str) -> tuple[Member, ...]:
    if text.casefold() in map(folded, variable.none):
        return ()
    members = []
    for part in text.split(variable.separator):
        name, marked = part.strip(), False
        if not name:
            raise _UnreadableError(
                f"members with {variable.separator!r} between, none of them empty"
            )
        if variable.mark and name.endswith(variable.mark):
            name, marked = name.removesuffix(variable.mark).strip(), True
        members.append(Member(_level(variable, name), marked))
    if len({member.name for member in members}) < len(members):
        raise _UnreadableError("each member once")
    return tuple(members)


def _date(variable: DateVariable, text: str) -> Value:
    # A workbook's own dates arrive in ISO form, however they are shown in it.
    for pattern in (variable.format, "%Y-%m-%d"):
        with contextlib.suppress(ValueError):
            day = datetime.strptime(text, pattern).date()
            if not _JOINED.search(pattern) or day.strftime(pattern) == text:
                return day
    written = f"{variable.format}, as in {date(2024, 2, 29):{variable.format}}"
    hint = ""
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d?:[\d:.]+", text):
        hint = "a time stands behind the day: leave the day alone in the cell"
    elif _JOINED.search(variable.format):
        hint = "without signs between them, day and month need two digits each, as in 05"
    raise _UnreadableError(f"a day of the calendar, written as {written}", hint) from None


def _write_measurements(path: Path, study: Study, patients: Iterable[Patient]) -> None:
    write_table(
        path,
        ["patient", "outcome", "visit", "value"],
        (
            [patient.id, outcome, visit, value_text(patient.values[measurement(outcome, visit)])]
            for outcome in study.outcomes
            for patient in patients
            for visit in VISITS
        ),
    )


def _write_therapies(path: Path, study: Study, patients: Iterable[Patient]) -> None:
    write_table(
        path,
        ["patient", "variable", "therapy", "marked"],
        (
            [patient.id, variable, member.name, value_text(member.marked)]
            for variable in study.therapies
            for patient in patients
            for member in patient.members(variable) or ()
        ),
    )
