"""At which visit a row of a long table was, where rows have dates and visits have windows.

Of several rows of a patient within a window that nearest to its middle is taken, and of two as near
the upper one; two of one day with other values are an error, unless the study says which counts.
Every row that is not taken is told: with a warning where a visit may be missing for it, as where a
date has a slip in its year, or where the row that is taken has no value.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from operator import not_

from casebook.base.lists import enumerated, first_of
from casebook.data.findings import Finding, Severity
from casebook.data.patients import Value
from casebook.doubts.turned_days import perhaps_turned, turned_days
from casebook.prepare.boxes import sources_of_boxes
from casebook.prepare.day_hints import OF_ROWS
from casebook.prepare.days import read_day
from casebook.prepare.unreadable import UnreadableError
from casebook.prepare.values import Source, sources_of
from casebook.study.model import Study
from casebook.study.source import TableForm
from casebook.study.visits import seen
from casebook.study.windows import Windows, days_of

_FAR = 180
"""So many days from every window a row is rather of another year than between visits."""
_MOST_TOLD = 10
"""More rows than this in no window are so by design, and told together."""
_WHICH = (
    "leave out the row that does not count, with the reason: source.leave_out in study.yaml; or, if"
    " the first or the last of a day always counts, write same_day: first, or last, under source"
)
_LEAVE_OUT = "to use this row, leave row {} out, with the reason: source.leave_out in study.yaml"
_JOIN = "to use the values of both, write them into one row in a copy of the table"


@dataclass(frozen=True)
class Dated:
    """A row of a patient and a measure, with the texts of its date and of that of the start."""

    row: int
    patient: str
    measure: str
    day: str
    start: str


@dataclass(frozen=True)
class _InWindow:
    """A row in a window: how far from its middle, and how many days after the start."""

    distance: float
    after: int
    row: int


@dataclass(frozen=True)
class _Pair:
    """What two rows have in one column: the one that is used, and another one."""

    source: Source
    header: str
    used: str
    other: str

    @property
    def is_missing(self) -> tuple[bool, bool]:
        """Whether there is no value, in either."""
        missing = self.source.missing
        return self.used.casefold() in missing, self.other.casefold() in missing

    @property
    def is_contradiction(self) -> bool:
        """Whether both have a value, and not the same."""
        return self.is_missing == (False, False) and self._said(self.used) != self._said(self.other)

    def _said(self, text: str) -> Value:
        try:
            return self.source.value(self.source.part(text), text, None)
        except UnreadableError:
            return text.casefold()


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

    `visited` gathers the days of each patient's rows.

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
    visited: dict[str, list[date]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        visits = self.study.visits
        self._windows = {
            name: days_of(window) for name in seen(visits) if (window := visits[name].window)
        }
        self._days = Windows(self._windows)
        self._sources: dict[tuple[str, str], list[Source]] = defaultdict(list)
        """The columns with a value of a visit and a measure, folded."""
        for each in (*sources_of(self.study), *sources_of_boxes(self.study)):
            at = self.study.headings[each.name]
            self._sources[at.visit, at.measure.casefold()].append(each)

    def visits(self, rows: Sequence[Dated]) -> dict[int, str]:
        """The visit of each row that is taken."""
        found: dict[tuple[str, str, str], list[_InWindow]] = {}
        has_starts = self.form.start != self.form.visit
        starts = self._starts(rows) if has_starts else {}
        days = {each.row: self._date(each.row, self.form.visit or "", each.day) for each in rows}
        if not has_starts:
            starts = _first_days(rows, days)
        turned, other = turned_days([each.day for each in rows], [days[each.row] for each in rows])
        for place in turned:
            self._tell("warning", rows[place], perhaps_turned(other))
        outside: list[tuple[Dated, int]] = []
        for each in rows:
            day, start = days[each.row], starts.get(each.patient)
            if day is None or start is None:
                continue
            self.visited.setdefault(each.patient, []).append(day)
            after = (day - start).days
            visit = self._days.visit(after)
            if visit is None:
                outside.append((each, after))
                continue
            at = _InWindow(abs(after - self._windows[visit].middle), after, each.row)
            found.setdefault((each.patient, each.measure, visit), []).append(at)
        taken = self._nearest(found, {each.row: each for each in rows})
        used = {each.patient for each in rows if each.row in taken}
        far = [self._days.are_far(after, _FAR) for _, after in outside]
        self._tell_outside([*compress(outside, far)], used)
        self._tell_outside([*compress(outside, map(not_, far))], used)
        if not has_starts:
            firsts = [e for e in rows if days[e.row] and days[e.row] == starts[e.patient]]
            left = Counter(each.patient for each, _ in outside)
            self._tell_firsts(firsts, self._seen(rows, taken), left)
        return taken

    def _seen(self, rows: Sequence[Dated], taken: Mapping[int, str]) -> dict[str, set[str]]:
        """The visits of each patient."""
        seen: dict[str, set[str]] = {each.patient: set() for each in rows}
        for each in rows:
            if each.row in taken:
                seen[each.patient].add(taken[each.row])
        return seen

    def _tell_firsts(
        self, firsts: Sequence[Dated], seen: Mapping[str, set[str]], outside: Counter[str]
    ) -> None:
        """Tell of rows that are taken for the first visit, and may be of a later one.

        A patient who lacks the row of the first visit seems to lack the last one, as who left early
        does, and also has rows in no window or seems to lack a visit between others.

        Args:
            firsts: The rows that windows count from.
            seen: The visits of each patient.
            outside: How many rows of each patient are in no window.
        """
        in_order = sorted(self._windows, key=lambda name: self._windows[name].middle)
        in_order = [name for name in in_order if self._windows[name].last >= 0]
        first = next((name for name in in_order if self._windows[name].first <= 0), "")
        if not first:
            return
        told: dict[str, tuple[Dated, str]] = {}
        for row in firsts:
            own, left = seen[row.patient], outside[row.patient]
            lacking = [name for name in in_order if name not in own]
            lacks_one_between = own != {*in_order[: len(own)]}
            if in_order[-1] not in own and (lacks_one_between or left):
                are = "one is" if left == 1 else f"{left:,} are"
                why = f"no row is of {enumerated(lacking)}"
                why += f", and {are} in no window" * bool(left)
                told.setdefault(row.patient, (row, why))
        self._tell_perhaps_later(first, in_order[-1], [*told.values()])

    def _tell_perhaps_later(self, first: str, last: str, told: Sequence[tuple[Dated, str]]) -> None:
        """Tell of rows that are taken for the first visit, each with what is odd; or of many."""
        way = (
            f"if the row of {first} is missing, each was taken for the visit before its own: add"
            " that row to a copy of the table"
        )
        if len(told) <= _MOST_TOLD:
            for row, why in told:
                hint = f"taken for {first}, as it is the first date of {row.patient}, of whom {why}"
                self._tell("warning", row, f"{hint}; {way}")
            return
        shown = enumerated(first_of([str(row.row) for row, _ in told], 5, "{:,} more"))
        hint = (
            f"{len(told):,} patients have no row of {last}, and seem to lack a visit before"
            " or have rows in no window; windows count from the first date of each, which is in"
            f" rows {shown}, so that these are of {first}; {way}"
        )
        self.findings.append(Finding("warning", self.file, 0, self.form.visit or "", "", "", hint))

    def _tell_outside(self, rows: Sequence[tuple[Dated, int]], used: Collection[str]) -> None:
        """Tell of rows in no window, each with the day that it is of; of many with their number.

        A patient who is not among those with a row that is used is told as such, as a warning.
        """
        many = len(rows) > _MOST_TOLD
        for row, after in rows:
            self._tell(
                "note" if many or row.patient not in used else "warning",
                row,
                f"in no window of the study ({_in_words(after)}), and not used: correct a slip in"
                " corrections.tsv, naming the row, or widen the window in study.yaml",
            )
        if many:
            shown = enumerated(first_of([str(row.row) for row, _ in rows], 5, "{:,} more"))
            days = sorted(after for _, after in rows)
            span = f", from {_in_words(days[0])} to {_in_words(days[-1])}"
            hint = (
                f"{len(rows):,} rows are in no window of the study, and not used: rows {shown}"
                f"{span}; check their dates for slips"
            )
            column = self.form.visit or ""
            self.findings.append(Finding("warning", self.file, 0, column, "", "", hint))

    def _nearest(
        self,
        found: Mapping[tuple[str, str, str], list[_InWindow]],
        rows: Mapping[int, Dated],
    ) -> dict[int, str]:
        """The visit of the rows that are nearest to the middle of its window."""
        taken: dict[int, str] = {}
        for (_, _, visit), candidates in found.items():
            in_order = sorted(candidates, key=lambda each: each.distance)
            of_one_day = [each for each in in_order if each.after == in_order[0].after]
            used = of_one_day[-1 if self.form.same_day == "last" else 0]
            taken[used.row] = visit
            for other in in_order:
                if other != used:
                    self._tell_unused(used, other, rows[other.row], visit)
        return taken

    def _tell_unused(self, used: _InWindow, other: _InWindow, row: Dated, visit: str) -> None:
        """Tell of a row in whose place another one is used, or that contradicts that."""
        is_of_one_day, rule = other.after == used.after, self.form.same_day
        tie = other.distance == used.distance and not (is_of_one_day and rule)
        pairs = self._pairs(used.row, other.row, row.measure, visit)
        if is_of_one_day and not rule and (told := list(self._contradictions(pairs, used.row))):
            for column, text, allowed in told:
                self._refuse(other.row, column, text, allowed, _WHICH)
            return
        middle = f"to the middle of the window of {visit}"
        hint = f"not used: row {used.row} is nearer {middle}"
        if is_of_one_day and rule:
            hint = f"not used: row {used.row} is the {rule} of the same day"
        elif tie:
            hint = f"as near {middle} as row {used.row}, which is used"
        if lost := self._lost(pairs):
            is_whole = all(each.is_missing != (False, True) for each in pairs)
            what = _LEAVE_OUT.format(used.row) if is_whole else _JOIN
            hint += f", but has no value in {enumerated(lost)}, and this row has; {what}"
        self._tell("warning" if tie or lost else "note", row, hint)

    def _pairs(self, used: int, other: int, measure: str, visit: str) -> list[_Pair]:
        """What two rows have in each column with a value of a visit and a measure."""
        found = []
        for source in self._sources.get((visit, measure.casefold()), ()):
            header = self.study.headings[source.name].header
            texts = self.text(used, header), self.text(other, header)
            found.append(_Pair(source, header, *texts))
        return found

    def _lost(self, pairs: Sequence[_Pair]) -> list[str]:
        """The columns in which the row that is used has no value and the other one has, quoted."""
        lost = (each.header for each in pairs if each.is_missing == (True, False))
        return [*dict.fromkeys(map(repr, lost))]

    def _contradictions(self, pairs: Sequence[_Pair], used: int) -> Iterator[tuple[str, str, str]]:
        """The column, the text of the other row, and what is allowed, where both have a value."""
        for header, each in {each.header: each for each in pairs if each.is_contradiction}.items():
            text = "another text" if header in self.study.private_columns else repr(each.used)
            allowed = (
                f"one value of a patient on a day; row {used} is of the same day and has {text}"
            )
            yield header, each.other, allowed

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
            if text != each.start and not self.form.day_forms.are_one_day(text, each.start):
                allowed = f"one date of the start of each patient; row {row} has another"
                self._refuse(each.row, column, each.start, allowed, "correct it in corrections.tsv")
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
            hint = "if it is known, write it by corrections.tsv; a row without a date can be"
            hint += " left out, with the reason: source.leave_out in study.yaml"
            self._refuse(row, column, text, "the date of the row", hint)
            return None
        try:
            return read_day(self.form.day_forms, OF_ROWS, text)
        except UnreadableError as problem:
            hint = problem.hint or "see source.date_format in study.yaml"
            self._refuse(row, column, text, problem.allowed, hint)
            return None

    def _refuse(self, row: int, column: str, text: str, allowed: str, hint: str) -> None:
        shown = "" if column in self.study.private_columns else text
        self.findings.append(Finding("error", self.file, row, column, shown, allowed, hint))

    def _tell(self, severity: Severity, row: Dated, hint: str) -> None:
        column = self.form.visit or ""
        self.findings.append(Finding(severity, self.file, row.row, column, row.day, "", hint))
