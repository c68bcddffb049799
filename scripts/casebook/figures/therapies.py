"""Which patient had which therapy: a matrix with a lane for each list of therapies.

The margins show rows of the results: how many patients have each therapy of a list, and how many
therapies each patient has.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.ticker import MaxNLocator

from casebook.base.errors import UserError
from casebook.data.patients import Patient
from casebook.data.results import (
    CHARACTERISTIC,
    EACH_PATIENT,
    TOGETHER,
    Result,
    Results,
    read_results,
)
from casebook.data.slices import read_each_once
from casebook.figures.drawn import Drawn, drawn
from casebook.figures.style import (
    BLUE,
    GREEN,
    GREY,
    LABELLED,
    ONE_COLUMN,
    ORANGE,
    SMALL,
    TALLEST,
    TINY,
    TWO_COLUMNS,
    Elements,
    add_legend,
    label_patients,
    new_figure,
    only_words,
    save,
    wrapped,
)
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.variables import SetVariable
from casebook.wording.sentences import in_brief, listed
from casebook.wording.traces import traced_number

_ROW, _STRIP, _REST = 0.2, 0.4, 0.55
_FEW, _NUMBERED, _FEWEST_COLUMNS = 12, 30, 6
_LANES = 0.84
_BAND = "#F0F0F0"
# Of each list the colour of a therapy, and the darker one of a marked therapy.
_COLORS = (("#A6CEE8", BLUE), (ORANGE, "#8A5A00"), ("#8FD6C0", GREEN), ("#E6C3D8", "#A3447E"))


@dataclass(frozen=True, slots=True)
class _List:
    """A list of therapies: what it and its mark are called, and what each patient has of it.

    `members` has for each patient the therapies, and whether each is marked; None if not known.
    `patients` counts the patients of each therapy, `unknown` those of whom the list is not known,
    and `sizes` the therapies of each patient.
    """

    label: str
    mark_label: str
    colors: tuple[str, str]
    members: tuple[Mapping[str, bool] | None, ...]
    patients: Mapping[str, Result]
    unknown: Result
    sizes: tuple[Result, ...]

    def frequency(self, therapy: str) -> float:
        """How many patients have a therapy, which may be one of another list."""
        return self.patients[therapy].number if therapy in self.patients else 0

    def looks(self) -> Iterator[tuple[str, str]]:
        """The colours that are used, with what they mean."""
        marks = [marked for members in self.members if members for marked in members.values()]
        if False in marks:
            yield self.colors[0], self.label
        if True in marks:
            yield self.colors[1], f"{self.label}, {self.mark_label}"


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Therapies, the most frequent first, and patients, those with the same ones side by side."""

    size: str
    therapies: tuple[str, ...]
    drawn: Drawn[str]
    lists: tuple[_List, ...]

    @property
    def patients(self) -> tuple[str, ...]:
        """Those who are drawn, in their order."""
        return self.drawn.shown


def therapies(study: Path, slices: Sequence[Path], together: Path, figure: Path) -> None:
    """Draw the therapies of all patients into an SVG file, with PDF and PNG beside it.

    Args:
        study: The study.yaml, which names sets of therapies.
        slices: The patients of all cohorts; who is in several is drawn once.
        together: The results of all patients together.
        figure: The file to write.
    """
    model = load_study(study)
    if not model.therapies:
        raise UserError(f"{study} names no therapies to draw")
    found = Results(read_results(together, each_patient=model.therapies))
    kinds = {name: model.kinds[name] for name in model.therapies}
    matrix = _matrix(model, found, read_each_once(slices, kinds))
    labels = in_brief([each.label for each in matrix.lists])
    save(
        _drawn(matrix) if matrix.therapies else only_words("No patient has a therapy"),
        figure,
        title=f"{labels} of {matrix.drawn.whose}",
        description=" ".join([*_description(matrix), matrix.drawn.told]).strip(),
    )


def _matrix(study: Study, results: Results, patients: Sequence[Patient]) -> _Matrix:
    lists = _lists(study, results, patients)
    names = dict.fromkeys(t for each in lists for members in each.members for t in members or ())
    frequent = sorted(names, key=lambda t: -sum(each.frequency(t) for each in lists))

    def pattern(place: int) -> list[bool]:
        found = [each.members[place] or {} for each in lists]
        return [therapy not in members for therapy in frequent for members in found]

    chosen = drawn(sorted(range(len(patients)), key=pattern), lambda _: None)
    shown = [patients[place] for place in chosen.shown]
    return _Matrix(
        traced_number(results.size(TOGETHER)),
        tuple(frequent),
        Drawn(tuple(patient.id for patient in shown), chosen.one_in),
        tuple(_lists(study, results, shown)),
    )


def _lists(study: Study, results: Results, patients: Sequence[Patient]) -> list[_List]:
    found = []
    for position, name in enumerate(study.therapies):
        variable, levels = study.variables[name], study.levels(name)
        if not isinstance(variable, SetVariable):
            raise TypeError(f"{name} is not a set")
        members = [patient.members(name) for patient in patients]
        found.append(
            _List(
                variable.label,
                variable.mark_label or f"marked {variable.mark}",
                _COLORS[position % len(_COLORS)],
                tuple(
                    None if each is None else {levels[m.name]: m.marked for m in each}
                    for each in members
                ),
                {
                    label: results.get(TOGETHER, name, CHARACTERISTIC, "count", level=level)
                    for level, label in levels.items()
                },
                results.get(TOGETHER, name, CHARACTERISTIC, "n_missing"),
                tuple(
                    results.get(TOGETHER, name, EACH_PATIENT, "n_members", level=patient.id)
                    for patient in patients
                ),
            )
        )
    return found


def _drawn(matrix: _Matrix) -> Figure:
    rest = _REST + _STRIP * len(matrix.lists)
    row = min(_ROW, (TALLEST - rest) / len(matrix.therapies))
    width = ONE_COLUMN if len(matrix.patients) <= _FEW else TWO_COLUMNS
    figure = new_figure(width, rest + row * len(matrix.therapies))
    grid = figure.add_gridspec(
        len(matrix.lists) + 1,
        2,
        width_ratios=(1, 0.6 / width),
        height_ratios=[*[_STRIP] * len(matrix.lists), row * len(matrix.therapies)],
    )
    axes = figure.add_subplot(grid[-1, 0])
    elements = Elements()
    _draw_cells(axes, matrix, elements)
    _draw_patients_of_each(figure.add_subplot(grid[-1, 1], sharey=axes), matrix)
    for place, each in enumerate(matrix.lists):
        strip = figure.add_subplot(grid[place, 0], sharex=axes)
        _draw_therapies_of_each(strip, matrix, each, elements)
    looks = [look for each in matrix.lists for look in each.looks()]
    if any(None in each.members for each in matrix.lists):
        looks.append((GREY, "thin line: not known"))
    add_legend(figure, [Rectangle((0, 0), 1, 1, color=c, label=label) for c, label in looks])
    return figure


def _draw_cells(axes: Axes, matrix: _Matrix, elements: Elements) -> None:
    for place in range(0, len(matrix.therapies), 2):
        axes.axhspan(place - 0.5, place + 0.5, color=_BAND, linewidth=0)
    for lane, each in enumerate(matrix.lists):
        cells = [_cells(matrix, lane, *of_patient) for of_patient in enumerate(each.members)]
        if matrix.drawn.one_in == 1:
            _draw_cells_of_each(axes, matrix.patients, cells, elements)
        else:
            _draw_runs(axes, cells)
    axes.set_xlim(-0.6, max(len(matrix.patients), _FEWEST_COLUMNS) - 0.4)
    axes.set_ylim(len(matrix.therapies) - 0.5, -0.5)
    axes.set_yticks(
        range(len(matrix.therapies)), [wrapped(each, 30, 1) for each in matrix.therapies]
    )
    axes.tick_params("y", length=0)
    one_in = matrix.drawn.one_in
    label_patients(axes.xaxis, matrix.patients, matrix.size, elements, room=0, one_in=one_in)
    axes.spines[:].set_visible(False)


_Corners = list[tuple[float, float]]


def _draw_cells_of_each(
    axes: Axes,
    patients: Sequence[str],
    cells: Sequence[Mapping[str, list[_Corners]]],
    elements: Elements,
) -> None:
    for patient, by_color in zip(patients, cells, strict=True):
        for color, corners in by_color.items():
            drawn = PolyCollection(corners, facecolor=color, linewidth=0)
            axes.add_collection(drawn, autolim=False)
            elements.name(drawn, patient)


def _draw_runs(axes: Axes, cells: Sequence[Mapping[str, list[_Corners]]]) -> None:
    """Cells of neighbours that touch as one, and all of a colour as one path."""
    runs: dict[str, dict[tuple[float, float], _Corners]] = {}
    for by_color in cells:
        for color, corners in by_color.items():
            for (left, top), _, (right, bottom), _ in corners:
                ends = runs.setdefault(color, {}).setdefault((top, bottom), [])
                start = ends.pop()[0] if ends and ends[-1][1] == left else left
                ends.append((start, right))
    for color, lanes in runs.items():
        boxes = [
            Outline([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
            for (top, bottom), ends in lanes.items()
            for left, right in ends
        ]
        axes.add_patch(PathPatch(Outline.make_compound_path(*boxes), facecolor=color, linewidth=0))


def _cells(
    matrix: _Matrix, lane: int, place: int, members: Mapping[str, bool] | None
) -> dict[str, list[_Corners]]:
    """The cells of one patient in one lane, by their colour."""
    cells: dict[str, list[_Corners]] = {}
    half = 0.4 if len(matrix.patients) <= LABELLED else 0.5
    for row, therapy in enumerate(matrix.therapies):
        top, bottom = _lane(matrix, row, lane)
        if members is None:
            color, middle = GREY, (top + bottom) / 2
            top, bottom = middle - 0.03, middle + 0.03
        elif therapy in members:
            color = matrix.lists[lane].colors[members[therapy]]
        else:
            continue
        left, right = place - half, place + half
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        cells.setdefault(color, []).append(corners)
    return cells


def _lane(matrix: _Matrix, row: int, lane: int) -> tuple[float, float]:
    """Top and bottom of a lane of a row."""
    height = _LANES / len(matrix.lists)
    top = row - _LANES / 2 + lane * height
    return top + 0.04 * height, top + 0.96 * height


def _draw_patients_of_each(axes: Axes, matrix: _Matrix) -> None:
    """The margin at the right: how many patients have each therapy."""
    most = max(each.frequency(t) for each in matrix.lists for t in matrix.therapies)
    for lane, each in enumerate(matrix.lists):
        for row, therapy in enumerate(matrix.therapies):
            count = each.frequency(therapy)
            top, bottom = _lane(matrix, row, lane)
            axes.barh((top + bottom) / 2, count, bottom - top, color=each.colors[0])
            if count:
                axes.text(
                    count + 0.04 * most,
                    (top + bottom) / 2,
                    traced_number(each.patients[therapy]),
                    fontsize=TINY,
                    va="center_baseline",
                )
    axes.set_xlim(0, 1.5 * most)
    axes.set_xlabel("patients", fontsize=SMALL)
    axes.set_axis_off()


def _draw_therapies_of_each(axes: Axes, matrix: _Matrix, listed: _List, elements: Elements) -> None:
    """A margin at the top: how many therapies of a list each patient has."""
    heights = [0 if size.error else size.number for size in listed.sizes]
    few = len(heights) <= _NUMBERED
    if matrix.drawn.one_in > 1:
        edges = [place - 0.5 for place in range(len(heights) + 1)]
        axes.stairs(heights, edges, fill=True, color=listed.colors[0], linewidth=0)
    else:
        _draw_bars(axes, matrix, listed, heights, elements)
    axes.set_ylabel(wrapped(listed.label, 18), rotation=0, ha="right", va="center", fontsize=SMALL)
    axes.set_ylim(0, 1.3 * max(1, *heights))
    axes.yaxis.set_major_locator(MaxNLocator(2, integer=True))
    axes.tick_params("y", labelsize=TINY, left=not few, labelleft=not few)
    axes.tick_params("x", bottom=False, labelbottom=False)
    axes.spines["left"].set_visible(not few)


def _draw_bars(
    axes: Axes, matrix: _Matrix, listed: _List, heights: Sequence[float], elements: Elements
) -> None:
    """A bar for each patient, with its number where the patients are few."""
    width = 0.8 if len(heights) <= LABELLED else 1
    for place, (patient, size) in enumerate(zip(matrix.patients, listed.sizes, strict=True)):
        (bar,) = axes.bar(place, heights[place], width, color=listed.colors[0], linewidth=0)
        elements.name(bar, patient)
        if len(heights) <= _NUMBERED and not size.error:
            text = traced_number(size)
            number = axes.text(place, heights[place], text, fontsize=TINY, ha="center", va="bottom")
            elements.name(number, patient)


def _description(matrix: _Matrix) -> Iterator[str]:
    """The figure in sentences, for who cannot see it."""
    for each in matrix.lists:
        had = [therapy for therapy in matrix.therapies if each.frequency(therapy)]
        told = ", ".join(listed([f"{name} {traced_number(each.patients[name])}" for name in had]))
        rest = f"; not known of {traced_number(each.unknown)}" if each.unknown.number else ""
        yield f"{each.label} of {matrix.size} patients: {told or 'none'}{rest}."
    if len(matrix.patients) <= LABELLED:
        for place, patient in enumerate(matrix.patients):
            for each in matrix.lists:
                yield f"{patient}, {each.label}: {_told(each.members[place])}."


def _told(members: Mapping[str, bool] | None) -> str:
    if members is None:
        return "not known"
    told = [f"{t} (marked)" if marked else t for t, marked in members.items()]
    return ", ".join(listed(told)) or "none"
