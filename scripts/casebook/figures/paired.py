"""The paired-change plot: each patient's line from baseline to follow-up, a panel a cohort."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from casebook.display import median_text, number_text, p_words
from casebook.figures.style import (
    ALONE,
    IMPROVED,
    SUMMARY,
    UNCHANGED,
    WORSENED,
    Look,
    new_figure,
    save,
)
from casebook.patients import VISITS, Patient, measurement, read_patients
from casebook.results import OUTCOME, PAIRED_TEST, Result, Results, read_results
from casebook.study import Outcome, Study, load_study

_PANEL_WIDTH, _PANEL_HEIGHT, _PANELS_A_ROW = 1.5, 2.7, 5
_TITLE_WIDTH = 22


@dataclass(frozen=True, slots=True)
class _Panel:
    """A cohort: its label, its patients' pairs, and the results that are shown beside them.

    `singles` has the visit (0 or 1) and value of patients who lack the other visit; `quartiles` has
    the median, lower and upper quartile of each visit, and the number of values behind them.
    """

    label: str
    outcome: Outcome
    pairs: tuple[tuple[float, float], ...]
    singles: tuple[tuple[int, float], ...]
    quartiles: tuple[tuple[Result, ...], ...]
    p_words: str

    @property
    def looks(self) -> list[Look]:
        """How each pair is drawn: by whether the patient improved."""
        return [_look(before, after, self.outcome) for before, after in self.pairs]


def paired(study: Path, outcome: str, slices: Sequence[Path], results: Path, figure: Path) -> None:
    """Draw the paired-change plot of one outcome into an SVG file.

    Args:
        study: The study.yaml.
        outcome: Name of the outcome.
        slices: The patients of each cohort, in files named after the cohorts.
        results: The results of all cohorts.
        figure: The file to write.
    """
    model = load_study(study)
    found = Results(read_results(results))
    by_cohort = {path.stem: read_patients(path, model.kinds) for path in slices}
    panels = [_panel(model, found, name, outcome, by_cohort[name]) for name in model.cohorts]
    drawn = [panel for panel in panels if panel.pairs or panel.singles]
    label = model.outcomes[outcome].label
    save(
        _drawn(model, drawn),
        figure,
        title=f"{label} of each patient: {', then '.join(_visit_labels(model))}",
        description=" ".join(_described(panel) for panel in panels),
    )


def _panel(
    study: Study, results: Results, cohort: str, outcome: str, patients: Sequence[Patient]
) -> _Panel:
    values = [[p.number(measurement(outcome, visit)) for visit in VISITS] for p in patients]
    return _Panel(
        study.cohorts[cohort].label,
        study.outcomes[outcome],
        tuple((b, a) for b, a in values if b is not None and a is not None),
        tuple(
            (place, value)
            for pair in values
            for place, value in enumerate(pair)
            if value is not None and None in pair
        ),
        tuple(
            tuple(
                results.get(cohort, outcome, OUTCOME, stat, visit=visit)
                for stat in ("median", "p25", "p75", "n")
            )
            for visit in VISITS
        ),
        p_words(results.get(cohort, outcome, PAIRED_TEST, "p_value"), study.analysis.alpha),
    )


def _visit_labels(study: Study) -> tuple[str, str]:
    return study.visits.baseline, study.visits.followup


def _drawn(study: Study, panels: Sequence[_Panel]) -> Figure:
    columns = min(len(panels), _PANELS_A_ROW) or 1
    rows = math.ceil(len(panels) / columns) or 1
    figure = new_figure(max(3, _PANEL_WIDTH * columns + 0.6), _PANEL_HEIGHT * rows + 0.3)
    if not panels:
        figure.text(0.5, 0.5, "No patient has a value", ha="center", va="center")
        return figure
    grid = figure.subplots(rows, columns, sharey=True, squeeze=False)
    for axes in grid.flat[len(panels) :]:
        axes.set_axis_off()
    for axes, panel in zip(grid.flat, panels, strict=False):
        _draw_panel(axes, panel)
        axes.set_xticks([0, 1], [label.replace(" ", "\n", 1) for label in _visit_labels(study)])
    outcome = panels[0].outcome
    unit = f" ({outcome.unit})" if outcome.unit else ""
    for axes in grid[:, 0]:
        axes.set_ylabel(f"{outcome.label}{unit}\n{outcome.better} is better")
    _add_legend(figure, panels)
    return figure


def _add_legend(figure: Figure, panels: Sequence[_Panel]) -> None:
    used = [
        look
        for look in (IMPROVED, WORSENED, UNCHANGED, ALONE)
        if any(look in panel.looks or (look is ALONE and panel.singles) for panel in panels)
    ]
    median = Line2D([], [], marker="D", markersize=4, color=SUMMARY, label="median and quartiles")
    figure.legend(
        handles=[*(look.line([], []) for look in used), median],
        loc="outside lower center",
        ncols=5,
        frameon=False,
    )


def _draw_panel(axes: Axes, panel: _Panel) -> None:
    for pair, look in zip(panel.pairs, panel.looks, strict=True):
        axes.add_line(look.line([0, 1], pair))
    for visit, value in panel.singles:
        axes.add_line(ALONE.line([visit], [value]))
    for place, (median, lower, upper, _) in zip((-0.22, 1.22), panel.quartiles, strict=True):
        if not median.error:
            axes.plot([place, place], [lower.number, upper.number], color=SUMMARY, linewidth=1.5)
            axes.plot(place, median.number, marker="D", markersize=4, color=SUMMARY)
    label = textwrap.fill(panel.label, _TITLE_WIDTH)
    axes.set_title(f"{label}\nn = {len(panel.pairs)}, {panel.p_words}", fontsize=8)
    axes.set_xlim(-0.5, 1.5)
    axes.autoscale_view(scalex=False)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def _look(before: float, after: float, outcome: Outcome) -> Look:
    if before == after:
        return UNCHANGED
    return IMPROVED if (after < before) == (outcome.better == "lower") else WORSENED


def _described(panel: _Panel) -> str:
    """The panel in a sentence, for who cannot see it."""
    if not panel.pairs:
        return f"{panel.label}: no patient has both visits."
    looks = panel.looks
    before, after = (
        f"{median_text(median, lower, upper)}, n = {number_text(n.number)}"
        for median, lower, upper, n in panel.quartiles
    )
    return (
        f"{panel.label}: median (quartiles) {before}, then {after}; of "
        f"{len(panel.pairs)} with both visits {looks.count(IMPROVED)} improved, "
        f"{looks.count(WORSENED)} worsened, {looks.count(UNCHANGED)} unchanged, "
        f"{panel.p_words}."
    )
