"""The trajectories: each patient's line over all visits, with medians and the numbers behind them.

A panel a cohort. Visits stand as far apart as the months between them, where a study has these. It
is of outcomes with three visits or more; what two visits of a contrast say is in `paired`.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from casebook.base.inexact import Form
from casebook.data.results import OUTCOME, Result
from casebook.figures.drawn import Drawn, drawn
from casebook.figures.inexact import legend_of, marks, what_marks_mean
from casebook.figures.measured import Forms, Measured
from casebook.figures.style import (
    BLACK,
    GREY,
    ONE_COLUMN,
    SMALL,
    TWO_COLUMNS,
    VERMILLION,
    Elements,
    Look,
    add_legend,
    direction,
    new_figure,
    only_words,
    save,
    text_width,
    with_unit,
    wrapped,
)
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.wording.numbers import median_text
from casebook.wording.sentences import ending
from casebook.wording.traces import traced, traced_number

_PANEL_HEIGHT, _BESIDE_EACH_OTHER = 2.6, 2
_TITLE_WIDTH, _TICK_WIDTH, _BESIDE = 30, 11, 0.08
_LINE, _GAP, _AXIS_LABEL = 11, 2, 0.55
"""Points of a line of numbers and of the gap below it; inches of the axis' label."""
# Up to so many patients: width of a line, size of its points, and how opaque both are.
_WEIGHTS = ((15, 0.9, 2.5, 0.8), (80, 0.6, 1.8, 0.5), (math.inf, 0.35, 0.0, 0.35))
_STAYED = Look("a patient", GREY, "-")
_LOST = Look("a patient without the last visit", VERMILLION, "--", filled=False)
_MEDIAN = Look("median and quartiles", BLACK, "-", marker="D")


@dataclass(frozen=True, slots=True)
class _Line:
    """A patient's values at all visits; None is missing."""

    patient: str
    values: tuple[float | None, ...]
    forms: Forms

    @property
    def inexact(self) -> list[Form | None]:
        """In which forms its values are inexact, if any are."""
        return [self.forms[visit] for visit in self.known]

    @property
    def known(self) -> list[int]:
        """The visits with a value."""
        return [visit for visit, value in enumerate(self.values) if value is not None]

    @property
    def look(self) -> Look:
        return _LOST if self.values[-1] is None else _STAYED

    @property
    def place(self) -> tuple[bool, list[float]]:
        """By what lines are sorted: who stayed first, then by the values from the last on."""
        return self.values[-1] is None, [x for x in reversed(self.values) if x is not None]


@dataclass(frozen=True, slots=True)
class _Panel:
    """A cohort: its label, the lines drawn, and median, quartiles and number at each visit."""

    label: str
    chosen: Drawn[_Line]
    at_visits: tuple[tuple[Result, Result, Result, Result], ...]


def trajectories(measured: Measured, figure: Path) -> None:
    """Draw the trajectories of one outcome into an SVG file, with PDF and PNG beside it.

    Args:
        measured: The outcome.
        figure: The file to write.
    """
    model, outcome = measured.study, measured.name
    panels = [_panel(measured, cohort) for cohort in model.cohorts]
    shown = [panel for panel in panels if panel.chosen.shown]
    save(
        _drawn(model, outcome, shown) if shown else only_words("No patient with a value"),
        figure,
        title=f"{measured.outcome.label} over all visits, each patient, by cohort",
        description=" ".join(_description(model, outcome, panels)),
    )


def _panel(measured: Measured, cohort: str) -> _Panel:
    visits = visits_drawn(measured.study, measured.name)
    lines = [
        _Line(each.id, measured.values(each, visits), measured.forms_of(each, visits))
        for each in measured.cohorts[cohort]
    ]
    known = sorted((line for line in lines if line.known), key=lambda line: line.place)

    def at(visit: str, stat: str) -> Result:
        return measured.results.get(cohort, measured.name, OUTCOME, stat, visit=visit)

    return _Panel(
        measured.study.cohorts[cohort].label,
        drawn(known, lambda line: line.look),
        tuple((at(v, "median"), at(v, "p25"), at(v, "p75"), at(v, "n")) for v in visits),
    )


def _drawn(study: Study, name: str, panels: Sequence[_Panel]) -> Figure:
    columns = min(len(panels), _BESIDE_EACH_OTHER)
    rows = math.ceil(len(panels) / columns)
    width = ONE_COLUMN if columns == 1 else TWO_COLUMNS
    figure, elements = new_figure(width, _PANEL_HEIGHT * rows), Elements()
    grid = figure.subplots(rows, columns, sharey=True, squeeze=False)
    for axes in grid.flat[len(panels) :]:
        axes.set_axis_off()
    places, outcome = places_of_visits(study, name), study.outcomes[name]
    for axes, panel in zip(grid.flat, panels, strict=False):
        _draw_lines(axes, panel, outcome, places, elements)
        _draw_medians(axes, panel, places)
        _set_axes(axes, study, name, panel, places, width / columns)
    for axes in grid[:, 0]:
        axes.set_ylabel(axis_label(outcome))
    looks = {line.look for panel in panels for line in panel.chosen.shown}
    used = [e.line([], []) for e in (_STAYED, _LOST, _MEDIAN) if e in {*looks, _MEDIAN}]
    add_legend(figure, [*used, *legend_of(outcome, _forms(panels))])
    return figure


def visits_drawn(study: Study, outcome: str) -> list[str]:
    """The visits that a line goes through: those at which the outcome was measured."""
    return study.seen_at(study.outcomes[outcome].visits)


def places_of_visits(study: Study, outcome: str) -> list[float]:
    """Where the visits stand along the axis: by their months, if all have them, or at 0, 1, 2."""
    months = [study.visits[visit].months for visit in visits_drawn(study, outcome)]
    since = [0.0 if place == 0 and each is None else each for place, each in enumerate(months)]
    known = [each for each in since if each is not None]
    ascending = all(earlier < later for earlier, later in pairwise(known))
    return known if len(known) == len(months) and ascending else [*map(float, range(len(months)))]


def _forms(panels: Iterable[_Panel]) -> Iterator[Form | None]:
    """The forms of all values that are drawn."""
    return (form for panel in panels for line in panel.chosen.shown for form in line.inexact)


def _draw_lines(
    axes: Axes, panel: _Panel, outcome: Outcome, places: Sequence[float], elements: Elements
) -> None:
    lines = panel.chosen.shown
    width, size, opacity = next(rest for most, *rest in _WEIGHTS if len(lines) <= most)
    for line in lines:
        x = [places[visit] for visit in line.known]
        y = [value for value in line.values if value is not None]
        artist = line.look.line(x, y, size if len(x) > 1 else max(2, size), width)
        artist.set_alpha(opacity)
        axes.update_datalim(list(zip(x, y, strict=True)))
        for each in (artist, *marks(outcome, line.forms, zip(line.known, x, y, strict=True), size)):
            axes.add_artist(each)
            elements.name(each, line.patient)


def _draw_medians(axes: Axes, panel: _Panel, places: Sequence[float]) -> None:
    """The medians joined, and the quartiles of each visit as a bar."""
    known = [
        (place, *(each.number for each in (median, low, high)))
        for place, (median, low, high, _) in zip(places, panel.at_visits, strict=True)
        if not median.error
    ]
    for place, _, low, high in known:
        axes.add_artist(Line2D([place, place], [low, high], color=BLACK, linewidth=1.8, zorder=4))
    line = _MEDIAN.line([each[0] for each in known], [each[1] for each in known], 4, 1.6)
    line.set_zorder(5)
    axes.add_artist(line)


def _set_axes(
    axes: Axes, study: Study, outcome: str, panel: _Panel, places: Sequence[float], width: float
) -> None:
    """Name the visits, with the number of patients below each, in a panel so many inches wide."""
    reach = places[-1] - places[0]
    axes.set_xlim(places[0] - _BESIDE * reach, places[-1] + _BESIDE * reach)
    axes.autoscale_view(scalex=False)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.set_title(wrapped(panel.label, _TITLE_WIDTH), fontsize=7.5)
    visits = [study.visits[visit].label for visit in visits_drawn(study, outcome)]
    labels = [wrapped(label, _TICK_WIDTH, 2) for label in visits]
    lines = [line for label in labels for line in label.splitlines()]
    longest = max(text_width(line, SMALL) for line in lines)
    nearest = min(later - earlier for earlier, later in pairwise(places)) / reach
    upright = nearest * (width - _AXIS_LABEL) / (1 + 2 * _BESIDE) < longest
    axes.set_xticks(places, labels, rotation=90 if upright else 0, fontsize=SMALL)
    for place, (*_, n) in zip(places, panel.at_visits, strict=True):
        _write_below(axes, traced_number(n), place)
    one_in = panel.chosen.one_in
    told = f"patients with a value{f', one in {one_in} drawn' if one_in > 1 else ''}"
    axes.set_xlabel(told, labelpad=_LINE, fontsize=SMALL)


def _write_below(axes: Axes, text: str, place: float) -> None:
    """A number right above the axis' label, which stands below the names of the visits."""
    axes.annotate(
        text,
        (place, 1),
        xycoords=("data", axes.xaxis.label),
        xytext=(0, _GAP),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=SMALL,
    )


def axis_label(outcome: Outcome) -> str:
    """What stands beside the axis of an outcome's values, in two lines or three."""
    label = wrapped(with_unit(outcome.label, outcome.unit), 24)
    return f"{label}\n{direction(outcome)}"


def _description(study: Study, outcome: str, panels: Sequence[_Panel]) -> Iterator[str]:
    """The figure in sentences, for who cannot see it."""
    visits = [study.visits[visit].label for visit in visits_drawn(study, outcome)]
    yield "It shows the course over time, without tests."
    for panel in panels:
        medians = (
            f"{visit} {median_text(median, low, high, traced)}, n = {traced_number(n)}"
            for visit, (median, low, high, n) in zip(visits, panel.at_visits, strict=True)
        )
        yield f"{panel.label}, median (quartiles){ending(medians, 'in results.csv')}"
        if panel.chosen.told:
            yield f"{panel.label}: {panel.chosen.told}"
    yield from what_marks_mean(study.outcomes[outcome], _forms(panels))
