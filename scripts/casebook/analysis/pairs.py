"""An outcome of a cohort's patients at two visits, and what follows for those who have both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from casebook.data.patients import Patient, Roster, measurement
from casebook.statistics.change import percent_change, percent_changes
from casebook.statistics.digits import rounded
from casebook.statistics.terms import NotComputable
from casebook.statistics.values import paired_differences, tied_values
from casebook.study.model import Study
from casebook.study.visits import FIRST, Contrast

Column = Sequence[float | None]


@dataclass(frozen=True)
class Pairs:
    """The patients' identifiers and their values at two visits, in one order; None is missing."""

    patients: Sequence[str]
    before: Column
    after: Column
    rounding: int | None = None
    """Significant digits to which values and changes are rounded before they are ranked."""
    contrast: str = FIRST
    """The name of the contrast of the two visits."""
    sign: Literal[1, -1] = 1
    """1 where a change is the later value minus the earlier one, -1 where it is the other way."""
    visits: tuple[str, str] = ("before", "after")
    """What the two visits are called."""

    @cached_property
    def complete(self) -> list[tuple[str, float, float]]:
        """Patient, value before and value after, where both are known."""
        rows = zip(self.patients, self.before, self.after, strict=True)
        return [(p, b, a) for p, b, a in rows if b is not None and a is not None]

    @cached_property
    def lacking(self) -> dict[str, str]:
        """Why each patient who lacks a value has no change: the first visit without one."""
        rows = zip(self.patients, self.before, self.after, strict=True)
        return {
            patient: f"no value at “{self.visits[before is not None]}”"
            for patient, before, after in rows
            if before is None or after is None
        }

    @cached_property
    def changes(self) -> list[float]:
        """The differences of the complete pairs, by their sign, at the table's decimals.

        Where a value is infinite the floats are subtracted as they are, and every statistic of the
        changes will say which value it is.
        """
        before, after = self.complete_columns
        try:
            changes: list[float] = paired_differences(before, after).tolist()
        except NotComputable:
            changes = [a - b for b, a in zip(before, after, strict=True)]
        return [-rise or 0.0 for rise in changes] if self.sign < 0 else changes

    @cached_property
    def ranked_changes(self) -> list[float]:
        """The changes as they are ranked."""
        return self._as_ranked(self.changes)

    @cached_property
    def ranked_visits(self) -> tuple[list[float], list[float]]:
        """The values of the complete pairs before and after as they are ranked together."""
        before, after = self.complete_columns
        try:
            values: list[float] = tied_values([*before, *after]).tolist()
        except NotComputable:
            values = [*before, *after]
        ranked = self._as_ranked(values)
        return ranked[: len(before)], ranked[len(before) :]

    def _as_ranked(self, values: list[float]) -> list[float]:
        return [rounded(value, self.rounding) for value in values] if self.rounding else values

    @cached_property
    def percent_changes(self) -> dict[str, float | NotComputable]:
        """Change of the complete pairs in percent of the earlier value, or why it is undefined."""
        patients = [patient for patient, _, _ in self.complete]
        before, after = self.complete_columns
        try:
            changes = percent_changes(before, after)
        except NotComputable:
            changes = list(map(_percent_or_reason, before, after))
        if self.sign < 0:
            changes = [-each or 0.0 if isinstance(each, float) else each for each in changes]
        return dict(zip(patients, changes, strict=True))

    @property
    def below_zero(self) -> list[str]:
        """The patients with both values whose value before is below 0."""
        return [patient for patient, before, _ in self.complete if before < 0]

    @property
    def complete_columns(self) -> tuple[list[float], list[float]]:
        """The values of the complete pairs before and after."""
        return [b for _, b, _ in self.complete], [a for _, _, a in self.complete]


def outcome_pairs(
    study: Study, patients: Sequence[Patient], outcome: str, contrast: Contrast
) -> Pairs:
    """The values of an outcome of these patients at the visits of a contrast."""
    columns = (at_visit(patients, outcome, visit) for visit in contrast.visits)
    return _pairs(study, [patient.id for patient in patients], columns, outcome, contrast)


def pairs_of_roster(study: Study, roster: Roster, outcome: str, contrast: Contrast) -> Pairs:
    """The same of patients by columns."""
    columns = (roster.numbers(measurement(outcome, visit)) for visit in contrast.visits)
    return _pairs(study, roster.ids, columns, outcome, contrast)


def _pairs(
    study: Study, ids: Sequence[str], columns: Iterable[Column], outcome: str, contrast: Contrast
) -> Pairs:
    (before, after), measured = columns, study.outcomes[outcome]
    first, second = (study.visits[visit].label for visit in contrast.visits)
    return Pairs(
        ids, before, after, measured.rounding, contrast.name, measured.sign, (first, second)
    )


def at_visit(patients: Sequence[Patient], outcome: str, visit: str) -> Column:
    """The values of an outcome of these patients at a visit."""
    return [patient.number(measurement(outcome, visit)) for patient in patients]


def _percent_or_reason(before: float, after: float) -> float | NotComputable:
    """A change in percent of the earlier value, or why it is undefined."""
    try:
        return percent_change(before, after)
    except NotComputable as reason:
        return reason
