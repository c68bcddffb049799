"""The last pages of a report: each result that it shows, the cells behind it, and the raw table.

Results, sources and cells are put together here so that each can link to the next and back; what a
number on the page links to is for `traces` and `links`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from markupsafe import Markup, escape

from casebook.base.lists import enumerated, spans
from casebook.data.differences import REMOVED, Difference
from casebook.data.harms import HARMS, RELATED, SERIOUS, SEVERE, WORST
from casebook.data.results import (
    DOSE,
    EACH_PATIENT,
    TOGETHER,
    TREATMENT,
    Result,
    transition,
)
from casebook.data.verdicts import Verdict
from casebook.report.raw_tables import Events, RawCell, RawTable
from casebook.report.render import patient_mark
from casebook.study.model import Study
from casebook.wording.origins import Origin, origin
from casebook.wording.traces import traced

_MOST_CELLS = 200
"""How many cells are shown of those that results come from."""
_WHICH = {
    HARMS: "",
    SERIOUS: ", serious",
    RELATED: ", related",
    WORST: f", grade {SEVERE} or higher",
}


@dataclass(frozen=True)
class Source:
    """The cells that some results come from: those of some columns and of some patients.

    Of many, the first are shown, and `more` says how many there are beside them. `nothing` says
    that patients have no row of the table of adverse events, where that is what results come from.
    """

    anchor: str
    title: str
    patients: Sequence[str]
    cells: tuple[tuple[str, RawCell], ...]
    more: int
    private: Sequence[str]
    nothing: str = ""
    results: list[Result] = field(default_factory=list)


@dataclass(frozen=True)
class Trace:
    """All that a report links its numbers to."""

    study: Study
    raw: RawTable
    rows: Sequence[Result]
    members: Mapping[str, Sequence[str]]
    verdicts: Sequence[Verdict]
    events: Events | None = None

    def sources(self, results: Iterable[Result]) -> dict[Origin, Source]:
        """Where some results come from, in their order."""
        found: dict[Origin, Source] = {}
        for result in results:
            place = origin(self.study, result)
            if place not in found:
                found[place] = self._source(place, f"from-{len(found) + 1}")
            found[place].results.append(result)
        return found

    def _source(self, place: Origin, name: str) -> Source:
        patients = [place.patient] if place.patient else self.members[place.cohort]
        if place.patient:
            shown = [each for each in patients if each in self.raw.rows]
        else:
            shown = self._shown[place.cohort]
        numbers = self.raw.numbers(place.columns)
        cells = (
            (patient, self.raw.cells[row, number])
            for patient in shown
            for row in self.raw.rows[patient]
            for number in numbers
        )
        some = tuple(islice(cells, _MOST_CELLS))
        count, nothing = len(patients) * len(numbers), ""
        if self.events and place.events:
            members = frozenset(patients) if place.patient else self._sets[place.cohort]
            harms = self.events.of(members, place.term)
            some += tuple(islice(self.events.cells(harms, place.events), _MOST_CELLS))
            count += len(harms) * len(place.events)
            what = " with this event" if place.term else ""
            whose = "this patient" if place.patient else "these patients"
            nothing = "" if harms else f"No row of {self.events.raw.file}{what} is of {whose}."
        private = [
            self.heading(column) for column in place.columns if column in self.study.private_columns
        ]
        title = self._title(place)
        return Source(name, title, patients, some, count - len(some), private, nothing)

    def _title(self, place: Origin) -> str:
        """The columns that results come from, and whose cells in them."""
        named = [self.heading(column) for column in place.columns]
        columns = [" and ".join(named)] if named else []
        if self.events and place.events:
            columns.append(f"{enumerated(place.events)} in {self.events.raw.file}")
        whose = place.patient or self._cohort(place.cohort)
        term = self.study.harm_terms.get(place.term, place.term)
        return f"{', and '.join(columns) or 'No column'}: {whose}{f', {term}' if term else ''}"

    def heading(self, column: str) -> str:
        """What a column of the raw table is called on the page."""
        return self.study.columns_in_words.get(column, column)

    @cached_property
    def _shown(self) -> dict[str, list[str]]:
        """The patients of each cohort whose rows are shown."""
        return {
            cohort: [patient for patient in members if patient in self.raw.rows]
            for cohort, members in self.members.items()
        }

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        """The patients of each cohort, without an order."""
        return {cohort: frozenset(members) for cohort, members in self.members.items()}

    def _cohort(self, name: str) -> str:
        return "All patients" if name == TOGETHER else self.study.group(name)

    def source(self, result: Result, sources: Mapping[Origin, Source]) -> Source:
        """Where a result comes from."""
        return sources[origin(self.study, result)]

    def resting_on(
        self, sources: Mapping[Origin, Source], column: str = "", patient: str = ""
    ) -> list[Source]:
        """The sources that are of this patient alone, or of no single one; with that column."""
        return [
            source
            for place, source in sources.items()
            if place.patient == patient and (not column or column in place.columns)
        ]

    def resting_on_events(self, sources: Mapping[Origin, Source], column: str) -> list[Source]:
        """The sources that are of no single patient, with that column of the adverse events."""
        return [
            source
            for place, source in sources.items()
            if not place.patient and column in place.events
        ]

    def what(self, result: Result) -> str:
        """What a result is of, in the study's words."""
        study = self.study
        named: dict[str, object] = {**study.variables, **study.derived, **study.outcomes}
        named |= {**study.conditions, **study.grades}
        variable = (study.doses if result.context == DOSE else named).get(result.variable)
        label = getattr(variable, "label", "Patients")
        if result.variable in _WHICH and study.harms:
            label = f"{study.harms.label}{_WHICH[result.variable]}"
        parts = [self._cohort(result.group1_level), label, self._level(result)]
        visit = study.visits.get(result.group2_level)
        parts.append(visit.label if visit else result.group2_level)
        if result.contrast and len(study.every_contrast) > 1:
            parts.append(study.contrast_named[result.contrast].label)
        return ", ".join(part for part in parts if part)

    def _level(self, result: Result) -> str:
        level = result.variable_level
        outcome = self.study.outcomes.get(result.variable)
        if outcome and level in outcome.responders:
            return outcome.responders[level].label
        if result.context == EACH_PATIENT:
            return level
        if result.variable in _WHICH:
            return self.study.harm_terms.get(level, level)
        if result.context == TREATMENT and self.study.treatment:
            events = {each.condition: each.label for each in self.study.treatment.events}
            return events.get(level, level)
        if grade := self.study.grades.get(result.variable):
            return _grade(self.study.levels_of(grade), level)
        levels = getattr(self.study.variables.get(result.variable), "told_apart", {})
        return str(levels.get(level, level))

    def claims(self, result: Result) -> list[Verdict]:
        """The claims of the paper that print a result."""
        return self._claims.get(result.key, [])

    @cached_property
    def _claims(self) -> dict[tuple[str, ...], list[Verdict]]:
        found: dict[tuple[str, ...], list[Verdict]] = {}
        for verdict in self.verdicts:
            if verdict.result:
                found.setdefault(verdict.result, []).append(verdict)
        return found

    @cached_property
    def _by_key(self) -> dict[tuple[str, ...], Result]:
        return {result.key: result for result in self.rows}

    def recomputed(self, verdict: Verdict, text: str) -> str:
        """The recomputed value of a claim, traced to its result if it is that of the result."""
        result = self._by_key.get(verdict.result)
        if result is None or result.error or not verdict.n_tried:
            return text
        return traced(text, result) if result.number == float(verdict.recomputed) else text

    def patients_marked(self, patients: Sequence[str]) -> Markup:
        """The patients that an audit names, each as one who can be set off."""
        return Markup(", ").join(map(patient_mark, patients))

    def cell(self, patient: str, column: str) -> RawCell | None:
        """A cell of the raw table that the page shows, if it does."""
        rows = self.raw.rows.get(patient)
        return self.raw.at(rows[0], column) if rows else None

    def event_cell(self, changed: Difference) -> RawCell | None:
        """The cell of an adverse event that the page shows, of one that is still there."""
        if self.events is None or changed.what == REMOVED:
            return None
        column = changed.column or self.study.table_of_harms.columns.term
        return self.events.raw.at(int(changed.row), column)

    def linked_cells(self, verdict: Verdict) -> Markup:
        """The columns and rows that a claim rests on, as links into the tables that have them."""
        links = []
        for column in verdict.columns:
            to = self.raw.at(verdict.rows[0], column)
            text = f"{self.heading(column)}: {_ranges(self._in_file(verdict.rows, column))}"
            text += f" of {to.table}" if to and to.table else ""
            links.append(_link(to, text))
        if self.events:
            links += self._linked_events(self.events, verdict)
        return Markup("; ").join(links)

    def _linked_events(self, events: Events, verdict: Verdict) -> Iterator[Markup]:
        rows, file = verdict.event_rows, events.raw.file
        for column in verdict.event_columns:
            to = events.raw.at(rows[0], column) if rows else None
            yield _link(to, f"{column}: {_ranges(rows) if rows else 'no row'} of {file}")

    def _in_file(self, rows: Sequence[int], column: str) -> Sequence[int]:
        """The rows of the file where some patients, given by their rows, have a column."""
        return sorted({at for row in rows for at in self.raw.rows_of(row, column)})


def _link(to: RawCell | None, text: str) -> Markup:
    """The text, as a link to a cell if the page shows it."""
    return Markup('<a href="#{}">{}</a>').format(to.anchor, text) if to else escape(text)


def _ranges(rows: Sequence[int]) -> str:
    """Row numbers in words: row 2, or rows 2–6, 9."""
    return f"row{'s' * (len(rows) > 1)} {', '.join(spans(rows))}"


def _grade(levels: Mapping[str, str], text: str) -> str:
    """A grade, or the change from one to another, by the labels of the levels."""
    changes = {
        transition(before, after): transition(earlier, later)
        for before, earlier in levels.items()
        for after, later in levels.items()
    }
    return changes.get(text) or levels.get(text, text)
