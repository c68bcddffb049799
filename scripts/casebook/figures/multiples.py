"""Small multiples: a panel for each patient, with the line over all visits and gaps in it.

Who is in several cohorts is shown once, in the first of them; pale behind are the medians of that
cohort. One column of a journal is as wide as a phone. How patients compare is in `trajectories`,
which also draws those who are too many for a panel each.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from casebook.base.inexact import Form
from casebook.data.patients import in_order
from casebook.data.results import OUTCOME, Result
from casebook.figures.inexact import legend_of, marks, what_marks_mean
from casebook.figures.measured import Forms, Measured
from casebook.figures.style import (
    BLACK,
    BLUE,
    GREY,
    LABELLED,
    ONE_COLUMN,
    SMALL,
    TALLEST,
    TINY,
    Elements,
    Look,
    add_legend,
    new_figure,
    only_words,
    save,
    short,
    wrapped,
)
from casebook.figures.trajectories import axis_label, places_of_visits, visits_drawn
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.wording.sentences import ending
from casebook.wording.traces import traced_number

_COLUMNS, _FILLED, _MARGIN = 4, 0.86, 0.08
"""Panels beside each other, how much of a column each fills, and how much of it is left free."""
_PLOT, _LOWEST, _NAME, _HEADING, _TICK_MARK = 0.42, 0.22, 0.14, 0.2, 0.025
"""Inches of a panel at most and at least, of the name above it, of a cohort's, and of a mark."""
_LABEL, _BELOW, _BELOW_LINE = 1.5, 0.1, 0.12
"""Inches that the axis' label takes, those below the panels, and of each line of visits there."""
_HEADING_WIDTH, _NAMES_WIDTH, _LINES_OF_NAMES = 44, 56, 4
_FRAME, _POINT, _BROAD, _STEPS = 0.5, 2.2, 2, 4
_NO_VALUE, _WHERE = "no value", "in measurements.csv"
_PATIENT = Look("the patient", BLUE, "-")
_MEDIAN = Look("median of the cohort", "#C4C4C4", "-", marker="none")


@dataclass(frozen=True, slots=True)
class _Line:
    """A patient's values at all visits; None is missing."""

    patient: str
    values: tuple[float | None, ...]
    forms: Forms

    @property
    def inexact(self) -> list[Form | None]:
        """In which forms its values are inexact, if any are."""
        shown = zip(self.forms, self.values, strict=True)
        return [form for form, value in shown if value is not None]

    @property
    def has_value(self) -> bool:
        return any(value is not None for value in self.values)


@dataclass(frozen=True, slots=True)
class _Group:
    """Patients shown below the name of a cohort, and the medians of all that are in it."""

    heading: str
    lines: tuple[_Line, ...]
    medians: tuple[Result, ...]

    @property
    def rows(self) -> int:
        return math.ceil(len(self.lines) / _COLUMNS)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From visits and values to places within a panel, and from there into the figure.

    A column is 1 wide, and heights are in inches; a panel's own places run from 0 to 1.
    """

    visits: tuple[float, ...]
    low: float
    high: float
    plot: float

    def across(self, column: int, visit: int) -> float:
        reach = self.visits[-1] - self.visits[0]
        share = (self.visits[visit] - self.visits[0]) / reach
        return column + _FILLED * (_MARGIN + (1 - 2 * _MARGIN) * share)

    def up(self, foot: float, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return foot + self.plot * (_MARGIN + (1 - 2 * _MARGIN) * share)


def multiples(measured: Measured, figure: Path) -> None:
    """Draw a panel for each patient into an SVG file, with PDF and PNG beside it.

    Args:
        measured: The outcome.
        figure: The file to write.
    """
    model, outcome, groups = measured.study, measured.name, list(_groups(measured))
    lines = [line for group in groups for line in group.lines]
    if len(lines) > LABELLED:
        description = f"There is no panel for each patient, as there are more than {LABELLED}."
        drawn = only_words(f"No panel for each patient:\nthere are more than {LABELLED}")
    elif any(line.has_value for line in lines):
        description = " ".join(_description(model, outcome, groups))
        drawn = _drawn(model, outcome, groups)
    else:
        description = "No patient has a value."
        drawn = only_words("No patient with a value")
    save(
        drawn,
        figure,
        f"{measured.outcome.label} over all visits, a panel for each patient",
        description,
    )


def _groups(measured: Measured) -> Iterator[_Group]:
    """Each patient once, in the first cohort that has them."""
    get, name = measured.results.get, measured.name
    visits = visits_drawn(measured.study, name)
    shown: set[str] = set()
    for cohort, described in measured.study.cohorts.items():
        members = measured.cohorts[cohort]
        here = [patient for patient in in_order(members) if patient.id not in shown]
        shown |= {patient.id for patient in here}
        if here:
            yield _Group(
                described.label + (" (others)" if len(here) < len(members) else ""),
                tuple(
                    _Line(each.id, measured.values(each, visits), measured.forms_of(each, visits))
                    for each in here
                ),
                tuple(get(cohort, name, OUTCOME, "median", visit=v) for v in visits),
            )


def _drawn(study: Study, outcome: str, groups: Sequence[_Group]) -> Figure:
    rows, headings = sum(group.rows for group in groups), _HEADING * len(groups)
    names = _names_of_visits(study, outcome)
    below = _BELOW + _BELOW_LINE * (names.count("\n") + 1)
    most, least = ((h - headings) / rows - _NAME for h in (TALLEST - below, _LABEL))
    scale = _scale(study, outcome, groups, max(_LOWEST, least, min(_PLOT, most)))
    row = _NAME + scale.plot
    top = headings + rows * row
    figure, elements, feet = new_figure(ONE_COLUMN, top + below), Elements(), []
    axes = figure.subplots()
    axes.set_ylim(-_TICK_MARK, top)
    for group in groups:
        top -= _HEADING
        axes.text(0, top, wrapped(group.heading, _HEADING_WIDTH, 1), fontsize=7.5, va="bottom")
        for place, line in enumerate(group.lines):
            column = place % _COLUMNS
            if column == 0:
                top -= row
                feet.append(top)
            _draw_frame(axes, scale, column, top)
            axes.add_artist(_line(_MEDIAN, scale, column, top, map(_number, group.medians)))
            for artist in _of_patient(study.outcomes[outcome], scale, column, top, line):
                axes.add_artist(artist)
                elements.name(artist, line.patient)
    _set_axes(axes, scale, feet)
    axes.set_ylabel(axis_label(study.outcomes[outcome]))
    axes.set_xlabel(names, fontsize=SMALL)
    used = [_PATIENT.line([], [], _POINT), _MEDIAN.line([], [], width=_BROAD)]
    add_legend(figure, [*used, *legend_of(study.outcomes[outcome], _forms(groups))])
    return figure


def _forms(groups: Iterable[_Group]) -> Iterator[Form | None]:
    """The forms of all values that are drawn."""
    return (form for group in groups for line in group.lines for form in line.inexact)


def _names_of_visits(study: Study, outcome: str) -> str:
    """The visits in a row, of which no name is broken over lines."""
    names = (
        study.visits[visit].label.replace(" ", "\N{NO-BREAK SPACE}")
        for visit in visits_drawn(study, outcome)
    )
    return wrapped(f"From left to right: {', '.join(names)}", _NAMES_WIDTH, _LINES_OF_NAMES)


def _number(median: Result) -> float | None:
    return None if median.error else median.number


def _scale(study: Study, outcome: str, groups: Sequence[_Group], plot: float) -> _Scale:
    """One scale for all panels, so that they can be compared."""
    lines = [line.values for group in groups for line in group.lines]
    medians = [tuple(map(_number, group.medians)) for group in groups]
    known = [value for values in (*lines, *medians) for value in values if value is not None]
    low, high = min(known), max(known)
    places = tuple(places_of_visits(study, outcome))
    return _Scale(places, low, high if high > low else low + 1, plot)


def _draw_frame(axes: Axes, scale: _Scale, column: int, foot: float) -> None:
    """The axes of a panel, with a mark at each visit."""
    x, y = [column, column, column + _FILLED], [foot + scale.plot, foot, foot]
    axes.add_artist(Line2D(x, y, color=BLACK, linewidth=_FRAME))
    for visit in range(len(scale.visits)):
        place = scale.across(column, visit)
        axes.add_artist(
            Line2D([place, place], [foot - _TICK_MARK, foot], color=BLACK, linewidth=_FRAME)
        )


def _line(
    look: Look, scale: _Scale, column: int, foot: float, values: Iterable[float | None]
) -> Line2D:
    """A line over the visits, with a gap where a value is missing."""
    heights = [math.nan if value is None else scale.up(foot, value) for value in values]
    across = [scale.across(column, visit) for visit in range(len(heights))]
    return look.line(across, heights, _POINT, _BROAD if look is _MEDIAN else 1)


def _of_patient(
    outcome: Outcome, scale: _Scale, column: int, foot: float, line: _Line
) -> Iterator[Artist]:
    """What a panel shows of its patient: the identifier above it, and the line with its marks."""
    yield Text(column, foot + scale.plot, short(line.patient), fontsize=SMALL, va="bottom")
    if line.has_value:
        yield _line(_PATIENT, scale, column, foot, line.values)
        points = (
            (visit, scale.across(column, visit), scale.up(foot, value))
            for visit, value in enumerate(line.values)
            if value is not None
        )
        yield from marks(outcome, line.forms, points, _POINT)
        return
    middle = column + _FILLED / 2, foot + scale.plot / 2
    yield Text(*middle, _NO_VALUE, color=GREY, fontsize=TINY, ha="center", va="center")


def _set_axes(axes: Axes, scale: _Scale, feet: Sequence[float]) -> None:
    """Values beside the first panel of each row; the panels have frames of their own."""
    axes.set_xlim(0, _COLUMNS - 1 + _FILLED)
    axes.spines[:].set_visible(False)
    axes.set_xticks([])
    round_values = MaxNLocator(nbins=_STEPS).tick_values(scale.low, scale.high)
    within = [value for value in round_values if scale.low <= value <= scale.high]
    shown = list(dict.fromkeys([*within[:1], *within[-1:]]))
    places = [scale.up(foot, value) for foot in feet for value in shown]
    axes.set_yticks(places, [f"{value:g}" for value in shown] * len(feet), fontsize=TINY)
    axes.tick_params(axis="y", length=2, width=_FRAME, pad=1.5)


def _description(study: Study, outcome: str, groups: Sequence[_Group]) -> Iterator[str]:
    """The figure in sentences, for who cannot see it."""
    visits = [study.visits[visit].label for visit in visits_drawn(study, outcome)]
    for group in groups:
        medians = zip(visits, group.medians, strict=True)
        told = (f"{visit} {traced_number(median)}" for visit, median in medians)
        yield f"{group.heading}: medians of the cohort{ending(told, 'in results.csv')}"
        without = [line.patient for line in group.lines if not line.has_value]
        if without:
            yield f"{group.heading}, {_NO_VALUE}{ending(without, _WHERE)}"
    yield from what_marks_mean(study.outcomes[outcome], _forms(groups))
    yield f"The values of each patient are {_WHERE}."
