"""The paired-change plot: each patient's line from baseline to follow-up, a panel a cohort."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from casebook.data.patients import VISITS, Patient, measurement, read_patients
from casebook.data.results import CHANGE, OUTCOME, PAIRED_TEST, Result, Results, read_results
from casebook.figures.bundles import bundles
from casebook.figures.drawn import EACH
from casebook.figures.style import (
    ALONE,
    BLACK,
    IMPROVED,
    ONE_COLUMN,
    TWO_COLUMNS,
    UNCHANGED,
    WORSENED,
    Elements,
    Look,
    add_legend,
    direction,
    look_of_change,
    new_figure,
    only_words,
    save,
    with_unit,
    wrapped,
)
from casebook.study.load import load_study
from casebook.study.model import Outcome, Study
from casebook.wording.numbers import median_text, p_words
from casebook.wording.traces import traced, traced_number

_PANEL_HEIGHT, _PANELS_A_ROW = 2.4, 4
_TITLE_WIDTH, _TICK_WIDTH = 24, 13
_BESIDE = (-0.22, 1.22)
# Up to so many patients: width of a line, size of its points, and how opaque both are.
_WEIGHTS = ((15, 1.0, 3.0, 1.0), (80, 0.7, 2.0, 0.7), (math.inf, 0.35, 0.0, 0.45))
# Lines that would hide each other are drawn side by side: points from one to the next, and in all.
_APART, _SPREAD = 1.6, 8.0
# Of many patients: width in points of all lines together, of the thinnest, and size of a point.
_WIDTH, _THINNEST, _POINT = 36.0, 0.15, 12.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A patient's values; a patient without one of the visits has a point in place of a line."""

    patient: str
    before: float | None
    after: float | None

    def points(self) -> list[tuple[int, float]]:
        """The visit (0 or 1) and the value of each point."""
        values = enumerate((self.before, self.after))
        return [(visit, value) for visit, value in values if value is not None]

    def look(self, outcome: Outcome) -> Look:
        if self.before is None or self.after is None:
            return ALONE
        return look_of_change(self.before, self.after, outcome)


@dataclass(frozen=True, slots=True)
class _Panel:
    """A cohort: its label, its patients' lines, how each is drawn, and the results beside them.

    `quartiles` has the median, lower and upper quartile of each visit, and the number of values
    behind them. `turned` counts the patients with both visits who improved, worsened, did neither.
    """

    label: str
    outcome: Outcome
    lines: tuple[_Line, ...]
    looks: tuple[Look, ...]
    quartiles: tuple[tuple[Result, ...], ...]
    pairs: Result
    turned: tuple[Result, ...]
    p_words: str

    @property
    def bundled(self) -> bool:
        """Whether patients with close values are drawn as one line."""
        return len(self.lines) > EACH


def paired(study: Path, outcome: str, slices: Sequence[Path], results: Path, figure: Path) -> None:
    """Draw the paired-change plot of one outcome into an SVG file, with PDF and PNG beside it.

    Args:
        study: The study.yaml.
        outcome: Name of the outcome.
        slices: The patients of each cohort, in files named after the cohorts.
        results: The results of all cohorts.
        figure: The file to write.
    """
    model = load_study(study)
    found = Results(read_results(results, each_patient=()))
    kinds = {name: model.kinds[name] for name in (measurement(outcome, v) for v in VISITS)}
    by_cohort = {path.stem: read_patients(path, kinds) for path in slices}
    panels = [_panel(model, found, name, outcome, by_cohort[name]) for name in model.cohorts]
    drawn = [panel for panel in panels if panel.lines]
    label = model.outcomes[outcome].label
    whose = "patients" if any(panel.bundled for panel in panels) else "each patient"
    save(
        _drawn(model, drawn) if drawn else only_words("No patient has a value"),
        figure,
        title=f"{label} of {whose}: {', then '.join(_visit_labels(model))}",
        description=" ".join(_description(panels)),
    )


def _panel(
    study: Study, results: Results, cohort: str, outcome: str, patients: Sequence[Patient]
) -> _Panel:
    values = (
        _Line(patient.id, *(patient.number(measurement(outcome, visit)) for visit in VISITS))
        for patient in patients
    )
    lines = tuple(line for line in values if line.points())
    return _Panel(
        study.cohorts[cohort].label,
        study.outcomes[outcome],
        lines,
        tuple(line.look(study.outcomes[outcome]) for line in lines),
        tuple(
            tuple(
                results.get(cohort, outcome, OUTCOME, stat, visit=visit)
                for stat in ("median", "p25", "p75", "n")
            )
            for visit in VISITS
        ),
        results.get(cohort, outcome, PAIRED_TEST, "n_pairs"),
        tuple(
            results.get(cohort, outcome, OUTCOME, stat, visit=CHANGE)
            for stat in ("n_improved", "n_worsened", "n_unchanged")
        ),
        p_words(results.get(cohort, outcome, PAIRED_TEST, "p_value"), study.analysis.alpha, traced),
    )


def _visit_labels(study: Study) -> tuple[str, str]:
    return study.visits.baseline, study.visits.followup


def _drawn(study: Study, panels: Sequence[_Panel]) -> Figure:
    rows = math.ceil(len(panels) / _PANELS_A_ROW)
    columns = math.ceil(len(panels) / rows)
    width = ONE_COLUMN if columns <= 2 else TWO_COLUMNS
    figure, elements = new_figure(width, _PANEL_HEIGHT * rows), Elements()
    grid = figure.subplots(rows, columns, sharey=True, squeeze=False)
    for axes in grid.flat[len(panels) :]:
        axes.set_axis_off()
    for axes, panel in zip(grid.flat, panels, strict=False):
        _draw_panel(figure, axes, panel, elements)
        axes.set_xticks([0, 1], [wrapped(label, _TICK_WIDTH, 3) for label in _visit_labels(study)])
    outcome = panels[0].outcome
    label = wrapped(with_unit(outcome.label, outcome.unit), 24)
    for axes in grid[:, 0]:
        axes.set_ylabel(f"{label}\n{direction(outcome)}")
    median = Line2D([], [], marker="D", markersize=4, color=BLACK, label="median and quartiles")
    kinds = (IMPROVED, WORSENED, UNCHANGED, ALONE)
    used = [look for look in kinds if any(look in panel.looks for panel in panels)]
    handles = [*(look.line([], []) for look in used), median]
    if any(panel.bundled for panel in panels):
        handles.append(Line2D([], [], linestyle="none", label="a wider line: more patients"))
    add_legend(figure, handles)
    return figure


def _draw_panel(figure: Figure, axes: Axes, panel: _Panel, elements: Elements) -> None:
    if panel.bundled:
        _draw_bundles(axes, panel)
    else:
        _draw_lines(figure, axes, panel, elements)
    for place, (median, lower, upper, _) in zip(_BESIDE, panel.quartiles, strict=True):
        if not median.error:
            axes.plot([place, place], [lower.number, upper.number], color=BLACK, linewidth=1.5)
            axes.plot(place, median.number, marker="D", markersize=4, color=BLACK)
    label = wrapped(panel.label, _TITLE_WIDTH)
    axes.set_title(f"{label}\nn = {traced_number(panel.pairs)}, {panel.p_words}", fontsize=7.5)
    axes.set_xlim(-0.5, 1.5)
    axes.autoscale_view(scalex=False)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def _draw_lines(figure: Figure, axes: Axes, panel: _Panel, elements: Elements) -> None:
    weights = (weight for most, *weight in _WEIGHTS if len(panel.lines) <= most)
    width, size, opacity = next(weights)
    drawn_aside = zip(panel.lines, panel.looks, _offsets(panel.lines), strict=True)
    for line, look, offset in drawn_aside:
        points = line.points()
        visits, values = zip(*points, strict=True)
        drawn = look.line(visits, values, size if len(points) == 2 else max(2, size), width)
        drawn.set_alpha(opacity)
        aside = ScaledTranslation(0, offset / 72, figure.dpi_scale_trans)
        drawn.set_transform(axes.transData + aside)
        axes.update_datalim(points)
        axes.add_artist(drawn)
        elements.name(drawn, line.patient)


def _draw_bundles(axes: Axes, panel: _Panel) -> None:
    """Lines that are as wide as their share of the patients, the widest first; points likewise."""
    for bundle in bundles([(line.before, line.after) for line in panel.lines], panel.looks):
        points = _Line("", *bundle.means).points()
        visits, values = zip(*points, strict=True)
        single = max(2.0, _POINT * math.sqrt(bundle.share)) if len(points) == 1 else 0
        width = max(_THINNEST, _WIDTH * bundle.share)
        drawn = bundle.kind.line(visits, values, single, width)
        drawn.set(alpha=0.7, solid_capstyle="butt", dash_capstyle="butt")
        axes.update_datalim(points)
        axes.add_artist(drawn)


def _offsets(lines: Sequence[_Line]) -> list[float]:
    """How far each line is moved up, in points, so that lines with the same values are all seen."""
    same = Counter((line.before, line.after) for line in lines)
    drawn: Counter[tuple[float | None, float | None]] = Counter()
    offsets = []
    for line in lines:
        values = (line.before, line.after)
        step = min(_APART, _SPREAD / same[values])
        offsets.append(step * (drawn[values] - (same[values] - 1) / 2))
        drawn[values] += 1
    return offsets


def _description(panels: Sequence[_Panel]) -> Iterator[str]:
    """The figure in sentences, for who cannot see it."""
    yield from (_described(panel) for panel in panels)
    if any(panel.bundled for panel in panels):
        yield (
            f"In a panel of more than {EACH} patients those with close values are one line, the"
            " wider the more they are."
        )
    if any(offset for panel in panels if not panel.bundled for offset in _offsets(panel.lines)):
        yield "Lines with the same values are drawn side by side, slightly off their values."


def _described(panel: _Panel) -> str:
    """The panel in a sentence, for who cannot see it."""
    if not panel.pairs.number:
        return f"{panel.label}: no patient has both visits."
    before, after = (
        f"{median_text(median, lower, upper, traced)}, n = {traced_number(n)}"
        for median, lower, upper, n in panel.quartiles
    )
    improved, worsened, unchanged = map(traced_number, panel.turned)
    return (
        f"{panel.label}: median (quartiles) {before}, then {after}; of "
        f"{traced_number(panel.pairs)} with both visits {improved} improved, "
        f"{worsened} worsened, {unchanged} unchanged, {panel.p_words}."
    )
