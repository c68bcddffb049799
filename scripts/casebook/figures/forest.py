"""The forest: how much each outcome changed in each cohort, with its interval and the test beside.

Every number is a row of the results: the Hodges-Lehmann shift, its exact interval, the coverage
that the interval attains where that is less than the study asks for, and the p-values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from casebook.data.results import ESTIMATE, SHIFT, Result, Results, read_results
from casebook.figures.style import (
    BLACK,
    BLUE,
    GREY,
    SMALL,
    TWO_COLUMNS,
    direction_of_change,
    new_figure,
    save,
    with_unit,
    wrapped,
)
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.wording.numbers import interval_text, p_value_text, p_words, share_text
from casebook.wording.paired_tests import PairedTest, of_contrast
from casebook.wording.subtractions import sign_words, subtraction
from casebook.wording.traces import traced, traced_number
from casebook.wording.visit_notes import visit_notes, visits_compared

_ROW, _HEAD, _FOOT, _NOTE = 0.24, 0.38, 0.42, 0.38
_PLOT_LEFT, _PLOT_WIDTH = 1.75, 1.85
# Where the columns of text stand, in inches: their right ends, but for the first one.
_LABEL, _PAIRS, _SHIFT, _COVERAGE, _P, _EXACT_P = 0.08, 3.95, 5.25, 5.85, 6.33, 6.81


@dataclass(frozen=True, slots=True)
class _Row:
    """A cohort: its label, and the results that are drawn or written beside it."""

    label: str
    pairs: Result
    shift: Result
    low: Result
    high: Result
    coverage: Result
    p_value: Result
    exact_p_value: Result

    @property
    def falls_short(self) -> bool:
        """Whether the interval covers less often than the study asks for."""
        return bool(self.coverage.warning)


@dataclass(frozen=True, slots=True)
class _Panel:
    """A contrast of an outcome, with a row for each cohort."""

    label: str
    outcome: Outcome
    rows: tuple[_Row, ...]

    @property
    def height(self) -> float:
        return _HEAD + _ROW * len(self.rows) + _FOOT


def forest(study: Path, results: Path, figure: Path) -> None:
    """Draw the estimates of all outcomes into an SVG file, with PDF and PNG beside it.

    Args:
        study: The study.yaml.
        results: The results of all cohorts.
        figure: The file to write.
    """
    model, found = load_study(study), Results(read_results(results, each_patient=()))
    panels = [
        _Panel(
            of_contrast(model, outcome.label, contrast),
            outcome,
            tuple(
                _row(PairedTest(model, found, cohort, name, contrast)) for cohort in model.cohorts
            ),
        )
        for name, outcome in model.outcomes.items()
        for contrast in model.contrasts_of(outcome.visits)
    ]
    save(
        _drawn(model, panels),
        figure,
        title="Change of each outcome in each cohort: estimates with their intervals",
        description=" ".join(
            [
                sign_words(model),
                *(_described(model, each) for each in panels),
                *visit_notes(model, visits_compared(model.every_contrast)),
            ]
        ),
    )


def _row(test: PairedTest) -> _Row:
    estimates = (
        test.row(stat, ESTIMATE, by=SHIFT)
        for stat in ("estimate", "conf_low", "conf_high", "coverage")
    )
    pairs, *p_values = map(test.row, ("n_pairs", "p_value", "exact_p_value"))
    return _Row(test.study.cohorts[test.cohort].label, pairs, *estimates, *p_values)


def _level(study: Study) -> str:
    return share_text(study.analysis.confidence_level)


def _drawn(study: Study, panels: Sequence[_Panel]) -> Figure:
    height = sum(panel.height for panel in panels) + _NOTE
    figure = new_figure(TWO_COLUMNS, height)
    figure.set_layout_engine(None)
    top = height
    for panel in panels:
        _draw_panel(figure, study, panel, top)
        top -= panel.height
    figure.text(
        _LABEL / TWO_COLUMNS,
        0.05 / height,
        f"Shift: Hodges–Lehmann estimate of the change ({subtraction(study)}) with its exact"
        f" {_level(study)} interval;\na dashed interval cannot cover that often with so few"
        " patients, and the coverage that it attains is given.",
        fontsize=SMALL,
    )
    return figure


def _draw_panel(figure: Figure, study: Study, panel: _Panel, top: float) -> None:
    """One outcome, below a height in inches."""
    rows, height = len(panel.rows), figure.get_figheight()
    bottom = top - _HEAD - _ROW * rows
    axes = figure.add_axes(
        (_PLOT_LEFT / TWO_COLUMNS, bottom / height, _PLOT_WIDTH / TWO_COLUMNS, _ROW * rows / height)
    )
    _draw_intervals(axes, panel)
    heads = ("patients", "shift (interval)", "coverage", "p", "exact p")
    places = (_PAIRS, _SHIFT, _COVERAGE, _P, _EXACT_P)
    y = (top - _HEAD + 0.06) / height
    for place, head in zip(places, heads, strict=True):
        figure.text(place / TWO_COLUMNS, y, head, fontsize=SMALL, ha="right", color=GREY)
    title = wrapped(panel.label, 60, 1)
    figure.text(_LABEL / TWO_COLUMNS, y, title, fontsize=8, fontweight="bold")
    for place, row in enumerate(panel.rows):
        y = (top - _HEAD - _ROW * (place + 0.5)) / height
        figure.text(_LABEL / TWO_COLUMNS, y, wrapped(row.label, 30), fontsize=SMALL, va="center")
        for x, text in zip(places, _texts(study, row), strict=True):
            figure.text(x / TWO_COLUMNS, y, text, fontsize=SMALL, ha="right", va="center")


def _draw_intervals(axes: Axes, panel: _Panel) -> None:
    axes.axvline(0, color=GREY, linewidth=0.8)
    for place, row in enumerate(panel.rows):
        if row.shift.error:
            continue
        style = (0, (3, 1.5)) if row.falls_short else "-"
        ends = [row.low.number, row.high.number]
        axes.plot(ends, [place, place], color=BLACK, linewidth=1, linestyle=style)
        axes.plot(ends, [place, place], color=BLACK, linestyle="none", marker="|", markersize=4)
        axes.plot(row.shift.number, place, color=BLUE, marker="s", markersize=4)
    axes.set_ylim(len(panel.rows) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.06)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    unit = f", {panel.outcome.unit}" if panel.outcome.unit else ""
    axes.set_xlabel(
        f"change{unit}; {direction_of_change(panel.outcome)}", fontsize=SMALL, labelpad=1
    )
    axes.tick_params("x", labelsize=SMALL)


def _texts(study: Study, row: _Row) -> tuple[str, ...]:
    """What is written beside a row, its numbers traced."""
    alpha = study.analysis.alpha
    coverage = share_text(row.coverage.number) if row.falls_short else ""
    return (
        traced_number(row.pairs),
        interval_text(row.shift, row.low, row.high, traced),
        coverage and traced(coverage, row.coverage),
        p_value_text(row.p_value, alpha, traced),
        p_value_text(row.exact_p_value, alpha, traced),
    )


def _described(study: Study, panel: _Panel) -> str:
    """A panel in sentences, for who cannot see it."""
    label = with_unit(panel.label, panel.outcome.unit)
    told = "; ".join(_row_described(study, row) for row in panel.rows)
    return f"{label}, {panel.outcome.better} is better: {told}."


def _row_described(study: Study, row: _Row) -> str:
    if row.shift.error:
        return f"{row.label}: {row.p_value.error or row.shift.error}"
    pairs, shift, coverage, *_ = _texts(study, row)
    attained = f", which covers only {coverage}" if coverage else ""
    p_value, exact = (
        p_words(each, study.analysis.alpha, traced) for each in (row.p_value, row.exact_p_value)
    )
    return (
        f"{row.label}: {pairs} patients, shift with {_level(study)} interval {shift}{attained},"
        f" {p_value}, exact {exact}"
    )
