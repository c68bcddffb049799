"""At which visit a row of a long table was, where rows have dates and visits have windows.

Of several rows of a patient within a window that nearest to its middle is taken, and of two as near
the upper one. Every row that is not taken is told: with a warning where a visit may be missing for
it, as where a date has a slip in its year, or where the row that is taken has no value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from casebook.base.lists import enumerated, first_of
from casebook.data.findings import Finding, Severity
from casebook.prepare.boxes import sources_of_boxes
from casebook.prepare.unreadable import UnreadableError
from casebook.prepare.values import reader, sources_of
from casebook.study.model import Study
from casebook.study.source import TableForm
from casebook.study.variables import DateVariable
from casebook.study.visits import seen
from casebook.study.windows import days_of

_FAR = 180
"""So many days from every window a row is rather of another year than between visits."""
_MOST_TOLD = 10
"""More rows than this in no window are so by design, and told together."""


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


def _in_words(after: int) -> str:
    """Where a day is, which is so many days after the start."""
    side = "before" if after < 0 else "after"
    return f"{abs(after):,} day{'s' * (abs(after) != 1)} {side} the start"


def _first_days(rows: Sequence[Dated], days: Mapping[int, date | None]) -> dict[str, date]:
    """The first of each patient's days, which are given by the rows."""
    found: dict[str, date] = {}
    for each in rows:
        if day := days[each.row]:
            found[each.patient] = min(day, found.get(each.patient, day))
    return found


@dataclass
class DatedRows:
    """Sorts rows into windows; `findings` gathers what is wrong with their dates.

    Attributes:
        study: The study.
        form: What it says of the table.
        file: The table, for messages.
        missing: Texts that mean that there is no date, folded.
        text: The text in a row of the file and the column with a header; empty without the column.
    """

    study: Study
    form: TableForm
    file: str
    missing: frozenset[str]
    text: Callable[[int, str], str]
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        source = self.study.source
        # Only its format counts.
        variable = DateVariable(label="?", column="?", type="date", format=self.form.date_format)
        self._read = reader(source.numerals, source.missing, variable)
        visits = self.study.visits
        self._windows = {
            name: days_of(window) for name in seen(visits) if (window := visits[name].window)
        }
        self._sources = [*sources_of(self.study), *sources_of_boxes(self.study)]

    def visits(self, rows: Sequence[Dated]) -> dict[int, str]:
        """The visit of each row that is taken."""
        found: dict[tuple[str, str, str], list[tuple[float, int]]] = {}
        has_starts = self.form.start != self.form.visit
        starts = self._starts(rows) if has_starts else {}
        days = {each.row: self._date(each.row, self.form.visit or "", each.day) for each in rows}
        if not has_starts:
            starts = _first_days(rows, days)
        outside: list[tuple[Dated, int]] = []
        for each in rows:
            day, start = days[each.row], starts.get(each.patient)
            if day is None or start is None:
                continue
            after = (day - start).days
            visit = next((v for v, w in self._windows.items() if w.first <= after <= w.last), None)
            if visit is None:
                outside.append((each, after))
                continue
            distance = abs(after - self._windows[visit].middle)
            found.setdefault((each.patient, each.measure, visit), []).append((distance, each.row))
        self._tell_outside([each for each in outside if self._is_far(each[1])])
        self._tell_outside([each for each in outside if not self._is_far(each[1])])
        return self._nearest(found, {each.row: each for each in rows})

    def _is_far(self, after: int) -> bool:
        """Whether a day is far from all windows, as it is with a slip in the year."""
        windows = self._windows.values()
        return all(after < each.first - _FAR or after > each.last + _FAR for each in windows)

    def _tell_outside(self, rows: Sequence[tuple[Dated, int]]) -> None:
        """Tell of rows in no window, each with the day that it is of; of many with their number."""
        many = len(rows) > _MOST_TOLD
        for row, after in rows:
            self._tell(
                "note" if many else "warning",
                row,
                f"in no window of the study ({_in_words(after)}), and not used: correct a slip in a"
                " copy of the table, or widen the window in study.yaml",
            )
        if many:
            shown = enumerated(first_of([str(row.row) for row, _ in rows], 5, "{:,} more"))
            days = sorted(after for _, after in rows)
            span = f", from {_in_words(days[0])} to {_in_words(days[-1])}"
            hint = (
                f"{len(rows):,} rows are in no window of the study, and not used: rows {shown}"
                f"{span}; look whether their dates have slips"
            )
            column = self.form.visit or ""
            self.findings.append(Finding("warning", self.file, 0, column, "", "", hint))

    def _nearest(
        self,
        found: Mapping[tuple[str, str, str], list[tuple[float, int]]],
        rows: Mapping[int, Dated],
    ) -> dict[int, str]:
        """The visit of the rows that are nearest to the middle of its window."""
        taken: dict[int, str] = {}
        for (_, measure, visit), candidates in found.items():
            (nearest, row), *others = sorted(candidates, key=lambda each: each[0])
            taken[row] = visit
            middle = f"to the middle of the window of {visit}"
            for distance, other in others:
                tie = distance == nearest
                hint = f"not used: row {row} is nearer {middle}"
                if tie:
                    hint = f"as near {middle} as row {row}, which is used"
                if lost := self._lost(row, other, measure, visit):
                    hint += f", but has no value in {enumerated(lost)}, and this row has; to use"
                    hint += f" this row, leave row {row} out, with the reason: source.leave_out in"
                    hint += " study.yaml"
                self._tell("warning" if tie or lost else "note", rows[other], hint)
        return taken

    def _lost(self, row: int, other: int, measure: str, visit: str) -> list[str]:
        """The columns in which a row has no value of a visit and another one has, quoted."""
        found: dict[str, None] = {}
        for source in self._sources:
            heading = self.study.headings[source.name]
            if heading.visit == visit and heading.measure.casefold() == measure.casefold():
                texts = (self.text(each, heading.header).casefold() for each in (row, other))
                if [each in source.missing for each in texts] == [True, False]:
                    found[repr(heading.header)] = None
        return [*found]

    def _starts(self, rows: Sequence[Dated]) -> dict[str, date]:
        """The day that a column has as the start, the same in all of a patient's rows with one."""
        column = self.form.start or ""
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
        column = self.form.visit or ""
        shown = "" if column in self.study.private_columns else row.day
        self.findings.append(Finding(severity, self.file, row.row, column, shown, "", hint))
