"""The differences: how far apart compared cohorts are in each outcome, by visit and by change.

Every number is a row of the results: the Hodges-Lehmann difference, its exact interval, the
coverage that the interval attains where that is less than the study asks for, and the patients of
each cohort. Outcomes of different units have axes of their own, and so have changes, whose
direction may be another one than that of values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from casebook.data.results import CHANGE, DIFFERENCE, OUTCOME, SHIFT, Result, Results, read_results
from casebook.figures.intervals import FALLS_SHORT, Line, Panel, drawn_panels
from casebook.figures.style import direction_of_change, save, with_unit, wrapped
from casebook.study.comparisons import Comparison
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.columns import Column, notes_of, telling
from casebook.wording.numbers import interval_text, level_text, share_text
from casebook.wording.paired_tests import of_contrast
from casebook.wording.subtractions import sign_words
from casebook.wording.traces import traced, traced_number
from casebook.wording.visit_notes import visit_notes

_WIDTHS = (0.6, 0.6, 1.35, 0.7)
"""Inches that the columns take, one for each cohort first."""


@dataclass(frozen=True, slots=True)
class _Difference:
    """How far apart the cohorts are at a visit, or in their changes, and the patients of each."""

    label: str
    estimate: Result
    low: Result
    high: Result
    coverage: Result
    patients: tuple[Result, Result]

    @property
    def interval(self) -> str:
        """The difference with its interval."""
        return interval_text(self.estimate, self.low, self.high, traced)

    @property
    def short_coverage(self) -> str:
        """The coverage of an interval that covers less often than it should."""
        coverage = self.coverage
        return traced(share_text(coverage.number), coverage) if coverage.warning else ""


@dataclass(frozen=True, slots=True)
class _Compared:
    """An outcome in the two cohorts of a comparison."""

    study: Study
    results: Results
    name: str
    outcome: str

    @property
    def comparison(self) -> Comparison:
        return self.study.comparisons[self.name]

    @property
    def labels(self) -> list[str]:
        """The cohorts, for readers."""
        return [self.study.cohorts[cohort].label for cohort in self.comparison.cohorts]

    @property
    def at_visits(self) -> list[_Difference]:
        """The differences of the values at each visit."""
        visits = self.study.visits_of(self.outcome)
        return [self._difference(self.study.visits[visit].label, visit) for visit in visits]

    @property
    def of_changes(self) -> list[_Difference]:
        """The differences of the changes in each contrast."""
        contrasts = self.study.contrasts_of(self.study.outcomes[self.outcome].visits)
        return [
            self._difference(of_contrast(self.study, "Change", each), CHANGE, each.name)
            for each in contrasts
        ]

    def _difference(self, label: str, visit: str, contrast: str = "") -> _Difference:
        of = {"visit": visit, "contrast": contrast}
        estimate, low, high, coverage = (
            self._row(self.name, DIFFERENCE, stat, method=SHIFT, **of)
            for stat in ("estimate", "conf_low", "conf_high", "coverage")
        )
        first, second = (
            self._row(cohort, OUTCOME, "n", **of) for cohort in self.comparison.cohorts
        )
        return _Difference(label, estimate, low, high, coverage, (first, second))

    def _row(self, group: str, context: str, stat: str, **of: str) -> Result:
        return self.results.get(group, self.outcome, context, stat, **of)


def differences(study: Path, results: Path, figure: Path) -> None:
    """Draw the differences of all comparisons into an SVG file, with PDF and PNG beside it.

    Args:
        study: The study.yaml.
        results: The results of all cohorts and comparisons.
        figure: The file to write.
    """
    model, found = load_study(study), Results(read_results(results, each_patient=()))
    compared = [
        _Compared(model, found, name, outcome)
        for name, comparison in model.comparisons.items()
        for outcome in model.outcomes
        if comparison.two
    ]
    every = [apart for each in compared for apart in (*each.at_visits, *each.of_changes)]
    panels, told = [], [sign_words(model)]
    for each in compared:
        for panel, differences_shown in _panels(each, every):
            panels.append(panel)
            told += _described(each, panel, differences_shown)
    level = level_text(model.analysis.confidence_level)
    derived = [*visit_notes(model, model.visits)]
    columns = telling(_columns("", ""), every)
    notes = (
        f"Difference: Hodges–Lehmann estimate with its exact {level} interval.",
        *notes_of(columns),
        *derived,
    )
    save(
        drawn_panels(panels, _WIDTHS[: len(columns)], notes),
        figure,
        title="Differences between cohorts: estimates with their intervals",
        description=" ".join([*told, *derived]),
    )


def _columns(first: str, second: str) -> Iterator[Column[_Difference]]:
    """All columns, of cohorts of these names; coverage is told where an interval falls short."""
    yield Column(first, lambda apart: traced_number(apart.patients[0]))
    yield Column(second, lambda apart: traced_number(apart.patients[1]))
    yield Column("difference (interval)", lambda apart: apart.interval)
    coverage = attrgetter("short_coverage")
    yield Column("coverage", coverage, FALLS_SHORT, lambda every: any(map(coverage, every)))


def _panels(
    compared: _Compared, every: Sequence[_Difference]
) -> Iterator[tuple[Panel, Sequence[_Difference]]]:
    """The values at each visit, and the changes in each contrast, with what they show."""
    outcome = compared.study.outcomes[compared.outcome]
    first, second = compared.labels
    columns = telling(_columns(wrapped(first, 9, 1), wrapped(second, 9, 1)), every)
    heads = tuple(column.heading for column in columns)

    def panel(label: str, axis: str, shown: Sequence[_Difference]) -> Panel:
        lines = (
            Line(
                apart.label,
                apart.estimate,
                apart.low,
                apart.high,
                apart.coverage,
                tuple(column.cell(apart) for column in columns),
            )
            for apart in shown
        )
        return Panel(_title(compared, label), axis, heads, tuple(lines))

    unit = f", {outcome.unit}" if outcome.unit else ""
    apart = f"{wrapped(second, 14, 1)} minus {wrapped(first, 14, 1)}{unit}"
    better = f"{outcome.better} is better"
    values = f"{better} →" if outcome.better == "higher" else f"← {better}"
    at_visits = compared.at_visits
    yield panel(outcome.label, f"{apart}; {values}", at_visits), at_visits
    if changes := compared.of_changes:
        axis = f"{apart}; {direction_of_change(outcome)}"
        yield panel(f"{outcome.label}, change", axis, changes), changes


def _title(compared: _Compared, label: str) -> str:
    """What is compared, and by which comparison where there are several."""
    several = sum(each.two for each in compared.study.comparisons.values()) > 1
    return f"{compared.comparison.label}: {label}" if several else label


def _described(compared: _Compared, panel: Panel, shown: Sequence[_Difference]) -> Iterator[str]:
    """A panel in sentences, for who cannot see it."""
    first, second = compared.labels
    label = with_unit(panel.label, compared.study.outcomes[compared.outcome].unit)
    yield f"{label}, {second} minus {first}."
    for apart in shown:
        if apart.estimate.error:
            yield f"{apart.label}: {apart.estimate.error}."
            continue
        of_first, of_second = map(traced_number, apart.patients)
        coverage = apart.short_coverage
        attained = f", which covers in only {coverage} of samples" if coverage else ""
        yield (
            f"{apart.label}: {of_second} patients of {second} and {of_first} of {first}, difference"
            f" {apart.interval}{attained}."
        )
