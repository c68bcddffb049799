"""The paired-change plot: each patient's line from visit to visit, a panel a cohort."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from casebook.base.inexact import Form
from casebook.data.results import CHANGE, OUTCOME, Result
from casebook.figures.drawn import EACH, Drawn, drawn
from casebook.figures.inexact import legend_of, marks, what_marks_mean
from casebook.figures.measured import Forms, Measured
from casebook.figures.style import (
    ALONE,
    BLACK,
    GREY,
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
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.wording.numbers import median_text, p_words
from casebook.wording.paired_tests import PairedTest, ahead, tests_of
from casebook.wording.sentences import in_turn
from casebook.wording.traces import traced, traced_number
from casebook.wording.visit_notes import visit_notes, visits_compared

_PANEL_HEIGHT, _TITLE_LINE, _VISITS_A_ROW = 2.4, 0.13, 8
_TITLE_WIDTH, _TICK_WIDTH = 24, 13
_BESIDE = 0.22
# Up to so many patients: width of a line, size of its points, and how opaque both are.
_WEIGHTS = ((15, 1.0, 3.0, 1.0), (80, 0.7, 2.0, 0.7), (math.inf, 0.35, 0.0, 0.45))
# Lines that would hide each other are drawn side by side: points from one to the next, and in all.
_APART, _SPREAD = 1.6, 8.0
_NOT_COMPARED = Look("one of the two visits missing", GREY, ":", filled=False)
_KINDS = (IMPROVED, WORSENED, UNCHANGED, _NOT_COMPARED, ALONE)
# The mark of a median; where patients span far more than the quartiles, a diamond would hide these.
_DIAMOND: Mapping[str, Any] = {"marker": "D", "markersize": 4}
_DASH: Mapping[str, Any] = {"marker": "_", "markersize": 9, "markeredgewidth": 1.5}
_CROSS = {**_DASH, "marker": "+", "linestyle": "none"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A patient's values at all visits; who has a single one has a point in place of a line.

    `forms` has the form of each value that is inexact; `compared` has the places of the two visits
    by which lines are sorted and coloured.
    """

    patient: str
    values: tuple[float | None, ...]
    forms: Forms
    compared: tuple[int, int]

    def points(self) -> list[tuple[int, float]]:
        """The place of the visit and the value of each point."""
        return [(visit, value) for visit, value in enumerate(self.values) if value is not None]

    @property
    def inexact(self) -> list[Form | None]:
        """In which forms its values are inexact, if any are."""
        return [self.forms[visit] for visit, _ in self.points()]

    @property
    def place(self) -> tuple[float, ...]:
        """By what lines are sorted: the change, then the values; last is who has no change."""
        before, after = (self.values[visit] for visit in self.compared)
        change = math.inf if before is None or after is None else after - before
        return (change, *(value for _, value in self.points()))

    def look(self, outcome: Outcome) -> Look:
        before, after = (self.values[visit] for visit in self.compared)
        if before is None or after is None:
            return ALONE if len(self.points()) == 1 else _NOT_COMPARED
        return look_of_change(before, after, outcome)


@dataclass(frozen=True, slots=True)
class _Panel:
    """A cohort: its label, the lines drawn, how each of them looks, and the results beside them.

    `quartiles` has the median, lower and upper quartile of each visit, and the number of values
    behind them; `tests` has a test for each contrast.
    """

    label: str
    outcome: Outcome
    chosen: Drawn[_Line]
    looks: tuple[Look, ...]
    quartiles: tuple[tuple[Result, ...], ...]
    tests: tuple[PairedTest, ...]

    @property
    def lines(self) -> tuple[_Line, ...]:
        """Those that are drawn."""
        return self.chosen.shown

    @property
    def told(self) -> str:
        """Whose lines these are, if not everyone's."""
        one_in = self.chosen.one_in
        return f"one in {one_in} drawn" if one_in > 1 else ""


def paired(measured: Measured, figure: Path) -> None:
    """Draw the paired-change plot of one outcome into an SVG file, with PDF and PNG beside it.

    Args:
        measured: The outcome.
        figure: The file to write.
    """
    model, outcome = measured.study, measured.name
    panels = [_panel(measured, cohort) for cohort in model.cohorts]
    filled = [panel for panel in panels if panel.lines]
    label = measured.outcome.label
    whose = "a sample of patients" if any(panel.told for panel in panels) else "each patient"
    save(
        _drawn(model, outcome, filled) if filled else only_words("No patient has a value"),
        figure,
        title=f"{label} of {whose}: {in_turn(_visit_labels(model, outcome))}",
        description=" ".join([*_beside(model, outcome), *_description(panels)]),
    )


def _panel(measured: Measured, cohort: str) -> _Panel:
    study, described, visits = (
        measured.study,
        measured.outcome,
        _visits(measured.study, measured.name),
    )
    tests = tests_of(study, measured.results, cohort, measured.name)
    first, second = tests[0].contrast.visits
    compared = (visits.index(first), visits.index(second))
    values = (
        _Line(each.id, measured.values(each, visits), measured.forms_of(each, visits), compared)
        for each in measured.cohorts[cohort]
    )
    lines = [line for line in values if line.points()]
    if len(lines) > EACH:
        lines.sort(key=lambda line: line.place)
    chosen = drawn(lines, lambda line: line.look(described))
    return _Panel(
        study.cohorts[cohort].label,
        described,
        chosen,
        tuple(line.look(described) for line in chosen.shown),
        tuple(
            tuple(tests[0].at(visit, stat) for stat in ("median", "p25", "p75", "n"))
            for visit in visits
        ),
        tuple(tests),
    )


def _visit_labels(study: Study, outcome: str) -> list[str]:
    return [study.visits[visit].label for visit in _visits(study, outcome)]


def _visits(study: Study, outcome: str) -> list[str]:
    """The visits that a line goes through.

    Visits that follow from others are in no line of these; where the first contrast has one, a
    line goes through its two visits alone.
    """
    measured = study.outcomes[outcome].visits
    visits, compared = study.seen_at(measured), study.contrasts_of(measured)[0].visits
    return visits if {*compared} <= {*visits} else [*compared]


def _drawn(study: Study, name: str, panels: Sequence[_Panel]) -> Figure:
    labels, tests = _visit_labels(study, name), panels[0].tests
    rows = math.ceil(len(panels) / max(1, _VISITS_A_ROW // len(labels)))
    columns = math.ceil(len(panels) / rows)
    width = ONE_COLUMN if columns * len(labels) <= _VISITS_A_ROW / 2 else TWO_COLUMNS
    height = _PANEL_HEIGHT + _TITLE_LINE * (len(tests) - 1)
    figure, elements = new_figure(width, height * rows), Elements()
    grid = figure.subplots(rows, columns, sharey=True, squeeze=False)
    for axes in grid.flat[len(panels) :]:
        axes.set_axis_off()
    sampled = any(panel.told for panel in panels)
    mark, in_legend = (_DASH, _CROSS) if sampled else (_DIAMOND, _DIAMOND)
    for axes, panel in zip(grid.flat, panels, strict=False):
        _draw_panel(figure, axes, panel, elements, mark)
        ticks = [wrapped(label, _TICK_WIDTH, 3) for label in labels]
        axes.set_xticks(range(len(labels)), ticks)
    outcome = panels[0].outcome
    label = wrapped(with_unit(outcome.label, outcome.unit), 24)
    for axes in grid[:, 0]:
        axes.set_ylabel(f"{label}\n{direction(outcome)}")
    median = Line2D([], [], color=BLACK, label="median and quartiles", **in_legend)
    used = [look for look in _KINDS if any(look in panel.looks for panel in panels)]
    of_what = [Line2D([], [], linestyle="none", label=f"{tests[0].contrast.label}:")]
    heading = of_what if len(tests) > 1 else []
    lines = [look.line([], []) for look in used]
    add_legend(figure, [*heading, *lines, median, *legend_of(outcome, _forms(panels))])
    return figure


def _draw_panel(
    figure: Figure, axes: Axes, panel: _Panel, elements: Elements, mark: Mapping[str, Any]
) -> None:
    _draw_lines(figure, axes, panel, elements)
    last = len(panel.quartiles) - 1
    for visit, (median, lower, upper, _) in enumerate(panel.quartiles):
        place = visit + (_BESIDE if visit else -_BESIDE)
        if not median.error:
            axes.plot([place, place], [lower.number, upper.number], color=BLACK, linewidth=1.5)
            axes.plot(place, median.number, color=BLACK, **mark)
    label = wrapped(panel.label, _TITLE_WIDTH)
    tested = "\n".join(_test_words(test) for test in panel.tests)
    axes.set_title(f"{label}\n{tested}", fontsize=7.5)
    axes.set_xlabel(panel.told)
    axes.set_xlim(-0.5, last + 0.5)
    axes.autoscale_view(scalex=False)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def _draw_lines(figure: Figure, axes: Axes, panel: _Panel, elements: Elements) -> None:
    weights = (weight for most, *weight in _WEIGHTS if len(panel.lines) <= most)
    width, size, opacity = next(weights)
    drawn_aside = zip(panel.lines, panel.looks, _offsets(panel), strict=True)
    for line, look, offset in drawn_aside:
        points = line.points()
        visits, values = zip(*points, strict=True)
        artist = look.line(visits, values, size if len(points) > 1 else max(2, size), width)
        artist.set_alpha(opacity)
        aside = ScaledTranslation(0, offset / 72, figure.dpi_scale_trans)
        axes.update_datalim(points)
        at = ((visit, visit, value) for visit, value in points)
        for each in (artist, *marks(panel.outcome, line.forms, at, size)):
            each.set_transform(axes.transData + aside)
            axes.add_artist(each)
            elements.name(each, line.patient)


def _forms(panels: Iterable[_Panel]) -> Iterator[Form | None]:
    """The forms of all values that are drawn."""
    return (form for panel in panels for line in panel.lines for form in line.inexact)


def _offsets(panel: _Panel) -> list[float]:
    """How far each line is moved up, in points, so that lines with the same values are all seen.

    Those of a sample stay at their values: where they are many, they are darker.
    """
    if panel.told:
        return [0.0] * len(panel.lines)
    same = Counter(line.values for line in panel.lines)
    drawn: Counter[tuple[float | None, ...]] = Counter()
    offsets = []
    for line in panel.lines:
        step = min(_APART, _SPREAD / same[line.values])
        offsets.append(step * (drawn[line.values] - (same[line.values] - 1) / 2))
        drawn[line.values] += 1
    return offsets


def _beside(study: Study, outcome: str) -> Iterator[str]:
    """What this figure is for where there is another one of the same values, and its visits."""
    if study.visits_over(study.outcomes[outcome].visits):
        yield (
            "It shows the changes of the contrasts, with their tests; the course over time is shown"
            " by the trajectories."
        )
    contrasts = study.contrasts_of(study.outcomes[outcome].visits)
    yield from visit_notes(study, visits_compared(contrasts))


def _description(panels: Sequence[_Panel]) -> Iterator[str]:
    """The figure in sentences, for who cannot see it."""
    yield from chain(*map(_described, panels))
    for panel in panels:
        if panel.told:
            yield (
                f"{panel.label}: one in {panel.chosen.one_in} patients is drawn, evenly along the"
                " order of their changes, from the greatest decrease to the greatest increase."
            )
    if any(offset for panel in panels for offset in _offsets(panel)):
        yield "Lines with the same values are drawn side by side, slightly off their values."
    yield from what_marks_mean(panels[0].outcome, _forms(panels))


def _described(panel: _Panel) -> Iterator[str]:
    """The panel in sentences, for who cannot see it."""
    if not any(test.row("n_pairs").number for test in panel.tests):
        yield f"{panel.label}: no patient has both visits."
        return
    medians = [
        f"{median_text(median, lower, upper, traced)}, n = {traced_number(n)}"
        for median, lower, upper, n in panel.quartiles
    ]
    yield f"{panel.label}: median (quartiles) {in_turn(medians)}."
    for test in panel.tests:
        yield f"{panel.label}, {_turned(test)}."


def _turned(test: PairedTest) -> str:
    """How many patients improved and worsened in a contrast, and its test."""
    turned = ("n_improved", "n_worsened", "n_unchanged")
    improved, worsened, unchanged = (
        traced_number(test.row(stat, OUTCOME, visit=CHANGE)) for stat in turned
    )
    pairs = traced_number(test.row("n_pairs"))
    return (
        f"{ahead(test.study, test.contrast)}of {pairs} with both visits {improved} improved, "
        f"{worsened} worsened, {unchanged} unchanged, {_p_words(test)}"
    )


def _test_words(test: PairedTest) -> str:
    """The number of pairs and the p-value, behind the contrast where there are several."""
    words = f"n = {traced_number(test.row('n_pairs'))}, {_p_words(test)}"
    several = ahead(test.study, test.contrast)
    return f"{wrapped(test.contrast.label, _TITLE_WIDTH)}: {words}" if several else words


def _p_words(test: PairedTest) -> str:
    return p_words(test.row("p_value"), test.study.analysis.alpha, traced)
