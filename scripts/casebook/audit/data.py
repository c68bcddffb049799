"""The patients and results that readings are evaluated on, and the raw cells behind them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from casebook.claims.compared import (
    Compared,
    ComparedDifference,
    ComparedEffect,
    ComparedTest,
    of_term,
)
from casebook.claims.readings import PATIENT
from casebook.data.harms import Harm
from casebook.data.patients import (
    AFTER_MINUS_BEFORE,
    BEFORE_MINUS_AFTER,
    Direction,
    Patient,
    Value,
    measurement,
)
from casebook.data.results import (
    COMPARED,
    COMPARED_OTHERWISE,
    DIFFERENCE,
    OTHER_TESTS,
    Result,
    Results,
)
from casebook.statistics.digits import rounded
from casebook.statistics.values import paired_differences
from casebook.study.columns import columns_of, event_columns_of
from casebook.study.expressions import Expression
from casebook.study.model import Study
from casebook.study.named_conditions import conditions_at_visits


class Cells(NamedTuple):
    """Columns and rows of the raw table, and of the table of adverse events."""

    columns: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    event_columns: tuple[str, ...] = ()
    event_rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Data:
    """A study, the patients of each of its cohorts, its results, and where patients stand.

    Its harms are those of all patients, and say where they stand in the table of adverse events.

    What it gives for an expression is of `differences` taken this way round, or as the study takes
    them; conditions, which claims.tsv writes for the study's own differences, stay as they are.
    """

    study: Study
    cohorts: Mapping[str, Sequence[Patient]]
    rows: Sequence[Result]
    row_of: Mapping[str, int]
    harms: Sequence[Harm] = ()
    differences: Direction | None = None

    @cached_property
    def parts(self) -> dict[tuple[str, str, str], "Data"]:
        """The data of parts of it that readings have asked for; `among` keeps them here."""
        return {}

    @cached_property
    def results(self) -> Results:
        """The results by their keys."""
        return Results(self.rows)

    @cached_property
    def of_variable(self) -> dict[str, list[Result]]:
        """The results of each variable, outcome or condition."""
        found: dict[str, list[Result]] = {}
        for row in self.rows:
            found.setdefault(row.variable, []).append(row)
        return found

    def tests(self, cohort: str, outcome: str, contrast: str) -> Mapping[str, Result]:
        """The p-value of every test of an outcome's pairs that could be made, by its name."""
        made = self.results.methods(cohort, outcome, OTHER_TESTS, "p_value", contrast)
        return {row.method: row for row in made if not row.error}

    def between(self, reading: ComparedTest | ComparedDifference | ComparedEffect) -> Result:
        """The difference of cohorts, if that is asked for, or the p-value of the study's own test.

        Raises:
            KeyError: there is none, as of an adverse event that no patient had.
        """
        if isinstance(reading, ComparedDifference):
            found = self._between(reading, DIFFERENCE, reading.statistic)
        else:
            found = self._between(reading, COMPARED, "p_value")
        if not found:
            raise KeyError(reading.compared.name)
        return found[0]

    def tests_between(self, reading: ComparedTest) -> Mapping[str, Result]:
        """The p-value of every test between them that could be made, by its name."""
        made = self._between(reading, COMPARED_OTHERWISE, "p_value")
        return {row.method: row for row in made if not row.error}

    def differences_between(self, reading: ComparedDifference) -> list[Result]:
        """What every other method makes of the same, but for what cannot be computed."""
        _, *others = self._between(reading, DIFFERENCE, reading.statistic)
        return [row for row in others if not row.error]

    def _between(
        self,
        reading: ComparedTest | ComparedDifference | ComparedEffect,
        context: str,
        statistic: str,
    ) -> list[Result]:
        """The rows of what is compared, by every method, the study's own first."""
        of = reading.compared
        keys = (reading.comparison, of.variable, context, statistic)
        rows = self.results.methods(*keys, level=of.level, visit=of.visit)
        return [row for row in rows if row.contrast == of.contrast]

    @cached_property
    def _values(self) -> dict[str, Mapping[str, Value]]:
        ways = {name: outcome.sign for name, outcome in self.study.outcomes.items()}
        return {name: self._named(p, ways) for name, p in self._everyone.items()}

    @cached_property
    def _turned_values(self) -> dict[str, Mapping[str, Value]]:
        ways = {name: self._way(name) for name in self.study.outcomes}
        return {name: self._named(p, ways) for name, p in self._everyone.items()}

    @property
    def _everyone(self) -> dict[str, Patient]:
        return {p.id: p for patients in self.cohorts.values() for p in patients}

    def _named(self, patient: Patient, ways: Mapping[str, int]) -> Mapping[str, Value]:
        changes = {
            name: _change(patient, outcome, contrast.visits[:: ways[outcome]])
            for name, (outcome, contrast) in self.study.changes.items()
        }
        conditions = {n: each.value(patient.values) for n, each in self._conditions.items()}
        return {**patient.values, **changes, **conditions, PATIENT: patient.id}

    @cached_property
    def _conditions(self) -> dict[str, Expression]:
        return conditions_at_visits(self.study)

    def _way(self, outcome: str) -> int:
        """1 if the earlier of two values is subtracted from the later one, -1 if not."""
        own = self.study.outcomes[outcome].sign
        return {None: own, AFTER_MINUS_BEFORE: 1, BEFORE_MINUS_AFTER: -1}[self.differences]

    def turns(self, outcome: str) -> bool:
        """Whether differences of an outcome have another sign than in the results.

        Those of grades and conditions, which are compared between cohorts, never have.
        """
        described = self.study.outcomes.get(outcome)
        return described is not None and self._way(outcome) != described.sign

    def values(self, patient: Patient) -> Mapping[str, Value]:
        """A patient's values by every name that a reading can use."""
        return self._values[patient.id]

    def where(self, cohort: str, condition: Expression) -> list[Patient]:
        """The patients of a cohort of whom a condition is true."""
        return [p for p in self.cohorts[cohort] if condition.holds(self.values(p)) is True]

    def value(self, patient: Patient, expression: Expression) -> Value:
        """What an expression gives for a patient; None where it is missing."""
        values = self._turned_values if self.differences else self._values
        return expression.value(values[patient.id])

    def number(self, patient: Patient, expression: Expression) -> float | None:
        """The same as a number; a text or a set, of which only the count is asked, is 1."""
        value = self.value(patient, expression)
        if value is None:
            return None
        return float(value) if isinstance(value, bool | float) else 1.0

    def ranked_changes(self, cohort: str, outcome: str, contrast: str) -> dict[str, float]:
        """The change of each patient with both visits, with the ties by which it is ranked."""
        sign = self.study.outcomes[outcome].sign
        visits = self.study.contrast_named[contrast].visits[::sign]
        names = [measurement(outcome, visit) for visit in visits]
        pairs = {p.id: [p.number(name) for name in names] for p in self.cohorts[cohort]}
        known = {patient: pair for patient, pair in pairs.items() if None not in pair}
        if not known:
            return {}
        changes: list[float] = paired_differences(*zip(*known.values(), strict=True)).tolist()
        digits = self.study.outcomes[outcome].rounding
        ranked = [rounded(change, digits) for change in changes] if digits else changes
        return dict(zip(known, ranked, strict=True))

    def cells(self, patients: Iterable[Patient], expressions: Iterable[Expression]) -> Cells:
        """What expressions over these patients rest on, in the raw table and in that of events.

        Of an expression that asks for one adverse event only the rows with that one count.
        """
        columns: dict[str, None] = {}
        event_columns: dict[str, None] = {}
        rows = {self.row_of[patient.id]: patient.id for patient in patients}
        event_rows: set[int] = set()
        for expression in expressions:
            names = sorted(expression.names)
            columns |= {column: None for name in names for column in columns_of(self.study, name)}
            told = [column for name in names for column in event_columns_of(self.study, name)]
            event_columns |= dict.fromkeys(told)
            if told:
                event_rows |= self._event_rows(rows.values(), of_term(expression.tree))
        if not rows:
            return Cells()
        of_events = tuple(event_columns), tuple(sorted(event_rows))
        return Cells(tuple(columns), tuple(sorted(rows)), *of_events)

    def _event_rows(self, patients: Iterable[str], term: Compared | None) -> set[int]:
        """Where the adverse events of patients stand in a table of their own; those of a term."""
        harms = (harm for patient in patients for harm in self._harms_of.get(patient, ()))
        return {harm.row for harm in harms if harm.row and (not term or harm.term == term.level)}

    @cached_property
    def _harms_of(self) -> dict[str, list[Harm]]:
        found: dict[str, list[Harm]] = {}
        for harm in self.harms:
            found.setdefault(harm.patient, []).append(harm)
        return found


def _change(patient: Patient, outcome: str, visits: Sequence[str]) -> float | None:
    """The second of two visits minus the first."""
    before, after = (patient.number(measurement(outcome, visit)) for visit in visits)
    if before is None or after is None:
        return None
    return float(paired_differences([before], [after])[0])
