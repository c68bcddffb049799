"""At which visit a row of a long table was, where rows have dates and visits have windows.

Of several rows of a patient within a window that nearest to its middle is taken, and of two as near
the upper one. Every row that is not taken is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from casebook.data.findings import Finding, Severity
from casebook.prepare.values import UnreadableError, reader
from casebook.study.model import Study
from casebook.study.variables import DateVariable
from casebook.study.visits import seen
from casebook.study.windows import days_of


@dataclass(frozen=True)
class Dated:
    """A row of a patient and a measure, with the texts of its date and of that of the start."""

    row: int
    patient: str
    measure: str
    day: str
    start: str


def _of_source(hint: str) -> str:
    """A hint at a date in a column of values as one at a date that only `source` reads."""
    for of_values, instead in (
        (" format: ", " date_format: "),
        ("beside the column", "under source"),
        ("corrections.tsv", "a copy of the table"),
    ):
        hint = hint.replace(of_values, instead)
    return hint or "see source.date_format in study.yaml"


@dataclass
class DatedRows:
    """Sorts rows into windows; `findings` gathers what is wrong with their dates.

    Attributes:
        study: The study.
        file: Its table, for messages.
        missing: Texts that mean that there is no date, folded.
    """

    study: Study
    file: str
    missing: frozenset[str]
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        source = self.study.source
        # Only its format counts.
        variable = DateVariable(label="?", column="?", type="date", format=source.date_format)
        self._read = reader(source.numerals, source.missing, variable)
        visits = self.study.visits
        self._windows = {
            name: days_of(window) for name in seen(visits) if (window := visits[name].window)
        }

    def visits(self, rows: Sequence[Dated]) -> dict[int, str]:
        """The visit of each row that is taken."""
        found: dict[tuple[str, str, str], list[tuple[float, int]]] = {}
        starts = self._starts(rows)
        for each in rows:
            day = self._date(each.row, self.study.source.visit or "", each.day)
            start = starts.get(each.patient)
            if day is None or start is None:
                continue
            after = (day - start).days
            visit = next((v for v, w in self._windows.items() if w.first <= after <= w.last), None)
            if visit is None:
                self._tell("note", each, "in no window of the study, and not used")
                continue
            distance = abs(after - self._windows[visit].middle)
            found.setdefault((each.patient, each.measure, visit), []).append((distance, each.row))
        return self._nearest(found, {each.row: each for each in rows})

    def _nearest(
        self,
        found: Mapping[tuple[str, str, str], list[tuple[float, int]]],
        rows: Mapping[int, Dated],
    ) -> dict[int, str]:
        """The visit of the rows that are nearest to the middle of its window."""
        taken: dict[int, str] = {}
        for (*_, visit), candidates in found.items():
            (nearest, row), *others = sorted(candidates, key=lambda each: each[0])
            taken[row] = visit
            for distance, other in others:
                if distance == nearest:
                    hint = f"as near to the middle of the window of {visit} as row {row},"
                    self._tell("warning", rows[other], f"{hint} which is used")
                else:
                    hint = f"row {row} is nearer to the middle of the window of {visit}"
                    self._tell("note", rows[other], f"not used: {hint}")
        return taken

    def _starts(self, rows: Sequence[Dated]) -> dict[str, date]:
        """The day from which each patient's windows count: the same in all rows that have one."""
        column = self.study.source.start or ""
        texts: dict[str, tuple[str, int]] = {}
        first: dict[str, int] = {}
        for each in rows:
            first.setdefault(each.patient, each.row)
            if each.start.casefold() in self.missing:
                continue
            text, row = texts.setdefault(each.patient, (each.start, each.row))
            if text != each.start:
                allowed = f"one date of the start of each patient; row {row} has another"
                self._refuse(each.row, column, each.start, allowed, "correct it in a copy")
        for patient, row in first.items():
            if patient not in texts:
                allowed = "a date of the start in one of the patient's rows"
                hint = "without it no visit can be told; leave the patient's rows out, or add it"
                self._refuse(row, column, "", allowed, hint)
        days = {patient: self._date(row, column, text) for patient, (text, row) in texts.items()}
        return {patient: day for patient, day in days.items() if day is not None}

    def _date(self, row: int, column: str, text: str) -> date | None:
        """The day that a text is; None if it is none, which is told."""
        if text.casefold() in self.missing:
            hint = "if it is known, write it into a copy of the table; a row without a date can be"
            hint += " left out, with the reason: source.leave_out in study.yaml"
            self._refuse(row, column, text, "the date of the row", hint)
            return None
        try:
            day = self._read(text)
        except UnreadableError as problem:
            self._refuse(row, column, text, problem.allowed, _of_source(problem.hint))
            return None
        return day if isinstance(day, date) else None

    def _refuse(self, row: int, column: str, text: str, allowed: str, hint: str) -> None:
        shown = "" if column in self.study.private_columns else text
        self.findings.append(Finding("error", self.file, row, column, shown, allowed, hint))

    def _tell(self, severity: Severity, row: Dated, hint: str) -> None:
        column = self.study.source.visit or ""
        shown = "" if column in self.study.private_columns else row.day
        self.findings.append(Finding(severity, self.file, row.row, column, shown, "", hint))
