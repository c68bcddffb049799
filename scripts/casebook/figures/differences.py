"""The differences: how far apart compared cohorts are in each outcome, by visit and by change.

Every number is a row of the results: the Hodges-Lehmann difference, its exact interval, the
coverage that the interval attains, and the patients of each cohort. Outcomes of different units
have axes of their own, and so have changes, whose direction may be another one than that of values.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casebook.data.results import CHANGE, DIFFERENCE, OUTCOME, SHIFT, Result, Results, read_results
from casebook.figures.intervals import Line, Panel, drawn_panels
from casebook.figures.style import direction_of_change, save, with_unit, wrapped
from casebook.study.comparisons import Comparison
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.numbers import interval_text, share_text
from casebook.wording.paired_tests import of_contrast
from casebook.wording.subtractions import sign_words
from casebook.wording.traces import traced, traced_number
from casebook.wording.visit_notes import visit_notes

_PLACES = (4.1, 4.75, 6.1, 6.81)


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

    def line(self, label: str, visit: str, contrast: str = "") -> Line:
        """The difference at a visit, or of the changes in a contrast."""
        of = {"visit": visit, "contrast": contrast}
        estimate, low, high, coverage = (
            self._row(self.name, DIFFERENCE, stat, method=SHIFT, **of)
            for stat in ("estimate", "conf_low", "conf_high", "coverage")
        )
        patients = (self._row(cohort, OUTCOME, "n", **of) for cohort in self.comparison.cohorts)
        attained = "" if coverage.error else traced(share_text(coverage.number), coverage)
        texts = (*map(traced_number, patients), interval_text(estimate, low, high, traced))
        return Line(label, estimate, low, high, coverage, (*texts, attained))

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
    panels = [(each, panel) for each in compared for panel in _panels(each)]
    level = share_text(model.analysis.confidence_level)
    note = (
        f"Difference: Hodges–Lehmann estimate with its exact {level} interval, and the coverage"
        " that it attains;\na dashed interval cannot cover that often with so few patients."
    )
    save(
        drawn_panels([panel for _, panel in panels], _PLACES, note),
        figure,
        title="Differences between cohorts: estimates with their intervals",
        description=" ".join(
            [
                sign_words(model),
                *(_described(*each) for each in panels),
                *visit_notes(model, model.visits),
            ]
        ),
    )


def _panels(compared: _Compared) -> Iterator[Panel]:
    """The values at each visit, and the changes in each contrast."""
    study, outcome = compared.study, compared.study.outcomes[compared.outcome]
    first, second = compared.labels
    heads = (wrapped(first, 9, 1), wrapped(second, 9, 1), "difference (interval)", "coverage")
    unit = f", {outcome.unit}" if outcome.unit else ""
    apart = f"{wrapped(second, 14, 1)} less {wrapped(first, 14, 1)}{unit}"
    better = f"{outcome.better} is better"
    values = f"{better} →" if outcome.better == "higher" else f"← {better}"
    at_visits = (
        compared.line(study.visits[visit].label, visit)
        for visit in study.visits_of(compared.outcome)
    )
    yield Panel(_title(compared, outcome.label), f"{apart}; {values}", heads, tuple(at_visits))
    if contrasts := study.contrasts_of(outcome.visits):
        changes = (
            compared.line(of_contrast(study, "Change", each), CHANGE, each.name)
            for each in contrasts
        )
        title = _title(compared, f"{outcome.label}, change")
        axis = f"{apart}; {direction_of_change(outcome)}"
        yield Panel(title, axis, heads, tuple(changes))


def _title(compared: _Compared, label: str) -> str:
    """What is compared, and by which comparison where there are several."""
    several = sum(each.two for each in compared.study.comparisons.values()) > 1
    return f"{compared.comparison.label}: {label}" if several else label


def _described(compared: _Compared, panel: Panel) -> str:
    """A panel in sentences, for who cannot see it."""
    first, second = compared.labels
    told = "; ".join(_line_described(compared, line) for line in panel.lines)
    label = with_unit(panel.label, compared.study.outcomes[compared.outcome].unit)
    return f"{label}, {second} less {first}: {told}."


def _line_described(compared: _Compared, line: Line) -> str:
    of_first, of_second, apart, coverage = line.texts
    if line.estimate.error:
        return f"{line.label}: {line.estimate.error}"
    first, second = compared.labels
    return (
        f"{line.label}: {of_second} patients of {second} and {of_first} of {first}, difference"
        f" {apart}, which covers {coverage}"
    )
