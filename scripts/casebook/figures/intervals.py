"""What figures of estimates share: intervals along one axis, with columns of text beside them.

Which estimates they are, and what is written beside them, is for each figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from casebook.data.results import Result
from casebook.figures.style import BLACK, BLUE, GREY, SMALL, TWO_COLUMNS, new_figure, wrapped

FALLS_SHORT = (
    "A dashed interval cannot cover that often with so few patients, and the coverage that it"
    " attains is given."
)
"""What is said below panels of which some interval falls short."""

_ROW, _HEAD, _FOOT = 0.24, 0.38, 0.42
_NOTE_LINE, _NOTE_MARGIN, _NOTE_WIDTH = 0.13, 0.12, 130
_LABEL, _PLOT_LEFT, _RIGHT = 0.08, 1.75, TWO_COLUMNS - 0.08
_TICK = 0.12
"""Inches beside the plot for half of its last tick."""


@dataclass(frozen=True, slots=True)
class Line:
    """An estimate with its interval, and the texts beside it; the coverage may fall short."""

    label: str
    estimate: Result
    low: Result
    high: Result
    coverage: Result
    texts: tuple[str, ...]

    @property
    def falls_short(self) -> bool:
        """Whether the interval covers less often than the study asks for."""
        return bool(self.coverage.warning)


@dataclass(frozen=True, slots=True)
class Panel:
    """Estimates of one unit, and the heads of the columns beside them."""

    label: str
    axis: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """In inches."""
        return _HEAD + _ROW * len(self.lines) + _FOOT


def drawn_panels(panels: Sequence[Panel], widths: Sequence[float], notes: Sequence[str]) -> Figure:
    """Panels one below the other, and notes below them all.

    Args:
        panels: The panels.
        widths: How wide each column of texts is, in inches; the intervals get the rest.
        notes: Each begins a line of its own.
    """
    note = "\n".join(wrapped(each, _NOTE_WIDTH, len(each)) for each in notes)
    below = _NOTE_LINE * (note.count("\n") + 1) + _NOTE_MARGIN
    # Python adds floats up in another way from 3.12 on, and a figure has the same bytes with each.
    height = fsum(panel.height for panel in panels) + below
    figure = new_figure(TWO_COLUMNS, height)
    figure.set_layout_engine(None)
    places = [_RIGHT - fsum(widths[at + 1 :]) for at in range(len(widths))]
    top = height
    for panel in panels:
        _draw_panel(figure, panel, places, _RIGHT - fsum(widths) - _TICK, top)
        top -= panel.height
    figure.text(_LABEL / TWO_COLUMNS, 0.05 / height, note, fontsize=SMALL)
    return figure


def _draw_panel(
    figure: Figure, panel: Panel, places: Sequence[float], right: float, top: float
) -> None:
    """One panel, below a height in inches, whose plot reaches to the right so far."""
    rows, height = len(panel.lines), figure.get_figheight()
    bottom, width = top - _HEAD - _ROW * rows, right - _PLOT_LEFT
    axes = figure.add_axes(
        (_PLOT_LEFT / TWO_COLUMNS, bottom / height, width / TWO_COLUMNS, _ROW * rows / height)
    )
    _draw_intervals(axes, panel)
    y = (top - _HEAD + 0.06) / height
    for place, head in zip(places, panel.heads, strict=True):
        figure.text(place / TWO_COLUMNS, y, head, fontsize=SMALL, ha="right", color=GREY)
    title = wrapped(panel.label, 60, 1)
    figure.text(_LABEL / TWO_COLUMNS, y, title, fontsize=8, fontweight="bold")
    for row, line in enumerate(panel.lines):
        y = (top - _HEAD - _ROW * (row + 0.5)) / height
        figure.text(_LABEL / TWO_COLUMNS, y, wrapped(line.label, 30), fontsize=SMALL, va="center")
        for x, text in zip(places, line.texts, strict=True):
            figure.text(x / TWO_COLUMNS, y, text, fontsize=SMALL, ha="right", va="center")


def _draw_intervals(axes: Axes, panel: Panel) -> None:
    axes.axvline(0, color=GREY, linewidth=0.8)
    for place, line in enumerate(panel.lines):
        if line.estimate.error:
            continue
        style = (0, (3, 1.5)) if line.falls_short else "-"
        ends = [line.low.number, line.high.number]
        axes.plot(ends, [place, place], color=BLACK, linewidth=1, linestyle=style)
        axes.plot(ends, [place, place], color=BLACK, linestyle="none", marker="|", markersize=4)
        axes.plot(line.estimate.number, place, color=BLUE, marker="s", markersize=4)
    axes.set_ylim(len(panel.lines) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.06)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.set_xlabel(panel.axis, fontsize=SMALL, labelpad=1)
    axes.tick_params("x", labelsize=SMALL)
