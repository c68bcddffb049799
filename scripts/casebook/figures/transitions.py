"""The transitions of a grade: a bar of all patients at each visit, and who went where from which.

A panel a cohort. Bars are as high as there are patients, those without a value on top, so that who
was lost is seen too; a band joins the same patients at neighbouring visits.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.ticker import MaxNLocator

from casebook.data.patients import Patient
from casebook.data.results import GRADE, Result, Results, read_results
from casebook.data.slices import read_slices
from casebook.figures.style import (
    BLACK,
    ONE_COLUMN,
    SMALL,
    TWO_COLUMNS,
    add_legend,
    new_figure,
    only_words,
    save,
    wrapped,
)
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.sentences import ending
from casebook.wording.traces import traced_number

_PANEL_HEIGHT, _BESIDE_EACH_OTHER = 2.4, 2
_TITLE_WIDTH, _TICK_WIDTH, _BAR = 30, 11, 0.36
_LOWEST_LABELLED = 0.05
"""The share of a panel's height from which on a number fits into a part of a bar."""
_UNKNOWN = "no value"
_PALE, _DARK_BELOW = "#E6E6E6", 0.5


@dataclass(frozen=True, slots=True)
class _Panel:
    """A cohort: each patient's places among the levels, the last one for no value, and the counts.

    `counts` has a result for each visit and level, behind them the number without a value.
    """

    label: str
    places: tuple[tuple[int, ...], ...]
    counts: tuple[tuple[Result, ...], ...]


def transitions(
    study: Path, grade: str, slices: Sequence[Path], results: Path, figure: Path
) -> None:
    """Draw the transitions of one grade into an SVG file, with PDF and PNG beside it.

    Args:
        study: The study.yaml.
        grade: Name of the grade.
        slices: The patients of all cohorts, in one file or several.
        results: The results of all cohorts.
        figure: The file to write.
    """
    model = load_study(study)
    found = Results(read_results(results, each_patient=()))
    at = model.grades[grade].at
    kinds = {at[visit]: model.kinds[at[visit]] for visit in _visits(model, grade)}
    by_cohort = read_slices(slices, kinds)
    panels = [_panel(model, found, cohort, grade, by_cohort[cohort]) for cohort in model.cohorts]
    shown = [panel for panel in panels if panel.places]
    label = model.grades[grade].label
    save(
        _drawn(model, grade, shown) if shown else only_words("No patient"),
        figure,
        title=f"{label} at each visit, and who changed, by cohort",
        description=" ".join(_description(model, grade, panels)),
    )


def _visits(study: Study, grade: str) -> list[str]:
    return study.seen_at(study.grades[grade].at)


def _panel(
    study: Study, results: Results, cohort: str, grade: str, patients: Sequence[Patient]
) -> _Panel:
    visits, levels = _visits(study, grade), [*study.levels_of(study.grades[grade])]
    variables = [study.grades[grade].at[visit] for visit in visits]
    place = {level: at for at, level in enumerate(levels)}

    def at(visit: str, stat: str, level: str = "") -> Result:
        return results.get(cohort, grade, GRADE, stat, visit=visit, level=level)

    return _Panel(
        study.cohorts[cohort].label,
        tuple(
            tuple(place.get(str(patient.values[name]), len(levels)) for name in variables)
            for patient in patients
        ),
        tuple(
            (*(at(visit, "count", level) for level in levels), at(visit, "n_missing"))
            for visit in visits
        ),
    )


def _drawn(study: Study, grade: str, panels: Sequence[_Panel]) -> Figure:
    labels = [*study.levels_of(study.grades[grade]).values(), _UNKNOWN]
    colors = _colors(len(labels) - 1)
    columns = min(len(panels), _BESIDE_EACH_OTHER)
    rows = math.ceil(len(panels) / columns)
    figure = new_figure(ONE_COLUMN if columns == 1 else TWO_COLUMNS, _PANEL_HEIGHT * rows)
    grid = figure.subplots(rows, columns, squeeze=False)
    for axes in grid.flat[len(panels) :]:
        axes.set_axis_off()
    visits = [wrapped(study.visits[visit].label, _TICK_WIDTH, 2) for visit in _visits(study, grade)]
    for axes, panel in zip(grid.flat, panels, strict=False):
        for visit, (before, after) in enumerate(pairwise(zip(*panel.places, strict=True))):
            _draw_bands(axes, visit, before, after, colors)
        for visit, counts in enumerate(panel.counts):
            _draw_bar(axes, visit, counts, colors)
        axes.set_xlim(-0.5, len(visits) - 0.5)
        axes.set_ylim(0, len(panel.places))
        axes.set_xticks(range(len(visits)), visits)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        axes.set_title(wrapped(panel.label, _TITLE_WIDTH), fontsize=7.5)
    for axes in grid[:, 0]:
        axes.set_ylabel(f"{wrapped(study.grades[grade].label, 24)}\npatients")
    add_legend(
        figure,
        [
            Rectangle((0, 0), 1, 1, facecolor=color, edgecolor=BLACK, linewidth=0.4, label=label)
            for label, color in zip(labels, colors, strict=True)
        ],
    )
    return figure


def _colors(levels: int) -> list[str]:
    """A colour for each level, from dark to light as they are ordered, and one for no value."""
    scale = matplotlib.colormaps["cividis"]
    return [*(to_hex(scale((at + 0.5) / levels)) for at in range(levels)), _PALE]


def _draw_bar(axes: Axes, visit: int, counts: Sequence[Result], colors: Sequence[str]) -> None:
    """The patients at a visit, one level upon the other, with how many they are."""
    foot, total = 0.0, sum(count.number for count in counts)
    for at, (count, color) in enumerate(zip(counts, colors, strict=True)):
        height = count.number
        if height:
            left = visit - _BAR / 2
            axes.add_artist(
                Rectangle(
                    (left, foot), _BAR, height, facecolor=color, edgecolor=BLACK, linewidth=0.4
                )
            )
        if height >= _LOWEST_LABELLED * total and height:
            dark = at < _DARK_BELOW * (len(counts) - 1)
            axes.text(
                visit,
                foot + height / 2,
                traced_number(count),
                color="white" if dark else BLACK,
                fontsize=SMALL,
                ha="center",
                va="center",
            )
        foot += height


def _draw_bands(
    axes: Axes, visit: int, before: Sequence[int], after: Sequence[int], colors: Sequence[str]
) -> None:
    """Bands from a visit to the next, as broad as there are patients who went this way."""
    leaves, arrives = _feet(before), _feet(after)
    for (one, other), count in sorted(Counter(zip(before, after, strict=True)).items()):
        band = _band(visit + _BAR / 2, leaves[one], visit + 1 - _BAR / 2, arrives[other], count)
        axes.add_artist(PathPatch(band, facecolor=colors[one], alpha=0.45, linewidth=0))
        leaves[one] += count
        arrives[other] += count


def _feet(places: Sequence[int]) -> dict[int, float]:
    """Where each level begins in a bar."""
    counts, feet, foot = Counter(places), {}, 0.0
    for place in sorted(counts):
        feet[place] = foot
        foot += counts[place]
    return feet


def _band(left: float, low: float, right: float, end: float, height: float) -> Outline:
    """The outline of a band that leaves and arrives level, from a height to another one."""
    middle = (left + right) / 2
    upper = [(left, low + height), (middle, low + height), (middle, end + height)]
    lower = [(right, end), (middle, end), (middle, low), (left, low), (left, low)]
    steps = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, *[Outline.CURVE4] * 3]
    return Outline([*upper, (right, end + height), *lower], [*steps, Outline.CLOSEPOLY])


def _description(study: Study, grade: str, panels: Sequence[_Panel]) -> Iterator[str]:
    """The figure in sentences, for who cannot see it."""
    labels = [*study.levels_of(study.grades[grade]).values(), _UNKNOWN]
    visits = [study.visits[visit].label for visit in _visits(study, grade)]
    for panel in panels:
        if not panel.places:
            yield f"{panel.label}: no patient."
            continue
        for visit, counts in zip(visits, panel.counts, strict=True):
            told = (
                f"{label} {traced_number(count)}"
                for label, count in zip(labels, counts, strict=True)
                if count.number
            )
            yield f"{panel.label}, {visit}{ending(told, 'in results.csv')}"
    yield "How many went from which grade to which is in results.csv."
