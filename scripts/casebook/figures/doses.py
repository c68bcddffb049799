"""The dumbbell of a dose: for each patient the dose at each visit, joined from first to last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from casebook.data.results import DOSE, TOGETHER, Results, read_results
from casebook.data.slices import read_each_once
from casebook.figures.drawn import EACH, Drawn, drawn
from casebook.figures.style import (
    BLACK,
    GREEN,
    GREY,
    LABELLED,
    PURPLE,
    Elements,
    Look,
    add_legend,
    label_patients,
    only_words,
    rows_of_patients,
    save,
    with_unit,
    wrapped,
)
from casebook.statistics.digits import order
from casebook.study.load import load_study
from casebook.study.visits import Contrast
from casebook.wording.paired_tests import ahead
from casebook.wording.sentences import ending, in_turn
from casebook.wording.traces import traced_number, traced_value

_BESIDE = 0.5
_MARK, _SMALLEST, _SECOND = 5.5, 2, 0.55
_BETWEEN = ("s", "^", "v", "D")
_REDUCED = Look("reduced", GREEN, "-", marker="")
_RAISED = Look("raised", PURPLE, "--", marker="")
_UNCHANGED = Look("unchanged", BLACK)
_ONE_KNOWN = Look("with only one of the two known", BLACK)
_NONE_KNOWN = Look("neither known", GREY, marker="x")
_COUNTED = {
    "n_reduced": _REDUCED,
    "n_raised": _RAISED,
    "n_unchanged": _UNCHANGED,
    "n_one_known": _ONE_KNOWN,
    "n_none_known": _NONE_KNOWN,
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A patient's dose at each visit, and the places of the two visits that are compared."""

    patient: str
    doses: tuple[float | None, ...]
    compared: tuple[int, int]

    @property
    def before(self) -> float | None:
        return self.doses[self.compared[0]]

    @property
    def after(self) -> float | None:
        return self.doses[self.compared[1]]

    @property
    def look(self) -> Look:
        if self.before is None or self.after is None:
            return _NONE_KNOWN if self.before == self.after else _ONE_KNOWN
        moved = order(self.after, self.before)
        if moved == 0:
            return _UNCHANGED
        return _REDUCED if moved < 0 else _RAISED


def doses(study: Path, dose: str, slices: Sequence[Path], together: Path, figure: Path) -> None:
    """Draw a dose at each visit into an SVG file, with PDF and PNG beside it.

    Args:
        study: The study.yaml.
        dose: Name of the dose.
        slices: The patients of all cohorts; who is in several is drawn once.
        together: The results of all patients together.
        figure: The file to write.
    """
    model, found = load_study(study), Results(read_results(together, each_patient=()))
    declared = model.doses[dose]
    visits = [visit for visit in model.visits if visit in declared.at]
    contrasts = model.contrasts_of(declared.at)
    first, last = map(visits.index, contrasts[0].visits)
    names = [declared.at[visit] for visit in visits]
    rows = [
        _Row(patient.id, tuple(map(patient.number, names)), (first, last))
        for patient in read_each_once(slices, {name: model.kinds[name] for name in names})
    ]
    rows.sort(key=_place(len(rows)))
    chosen = drawn(rows, lambda row: row.look)
    label = with_unit(declared.label, model.unit(names[0]))
    looks = _looks([model.visits[visit].label for visit in visits], (first, last), len(rows))
    size = traced_number(found.size(TOGETHER))
    counts = [ahead(model, contrast) + _counts(found, dose, contrast) for contrast in contrasts]
    told = f"{label} of {size} patients{ending(counts, 'in results.csv')}"
    save(
        _drawn(label, looks, chosen, size) if rows else only_words("No patient"),
        figure,
        title=f"{declared.label} of {chosen.whose}: {in_turn([look.label for look in looks])}",
        description=" ".join([*_description(told, rows), chosen.told]).strip(),
    )


def _place(patients: int) -> Callable[[_Row], tuple[int, float, float]]:
    """By what the rows are sorted: the highest first; of too many kind by kind before."""
    kinds = [*_COUNTED.values()]

    def key(row: _Row) -> tuple[int, float, float]:
        before, after = (1.0 if dose is None else -dose for dose in (row.before, row.after))
        return kinds.index(row.look) if patients > EACH else 0, before, after

    return key


def _looks(labels: Sequence[str], compared: tuple[int, int], patients: int) -> list[Look]:
    """The points of all visits; among many patients those compared are the ends of bars."""
    (first, last), others = compared, cycle(_BETWEEN)
    marker, color = ("|", GREY) if patients > LABELLED else ("o", BLACK)
    ends = {
        first: Look(labels[first], color, filled=False, marker=marker),
        last: Look(labels[last], BLACK, marker=marker),
    }
    return [
        ends.get(place) or Look(label, BLACK, filled=False, marker=next(others))
        for place, label in enumerate(labels)
    ]


def _drawn(label: str, visits: Sequence[Look], chosen: Drawn[_Row], size: str) -> Figure:
    rows = chosen.shown
    figure, height = rows_of_patients([row.patient for row in rows], _BESIDE)
    axes, elements = figure.subplots(), Elements()
    for place, row in enumerate(rows):
        for artist in _artists(row, place, visits, height):
            axes.add_artist(artist)
            elements.name(artist, row.patient)
    highest = max((dose for row in rows for dose in row.doses if dose), default=1)
    axes.set_xlim(-0.03 * highest, 1.05 * highest)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel(wrapped(label, 44))
    named = [row.patient for row in rows]
    label_patients(axes.yaxis, named, size, elements, one_in=chosen.one_in)
    looks = [row.look for row in rows]
    lines = [each for each in (_REDUCED, _RAISED, _NONE_KNOWN) if each in looks]
    few = len(rows) <= LABELLED
    points = [look.line([], [], _share(look) * _MARK if few else _MARK) for look in visits]
    add_legend(figure, [*points, *(look.line([], [], 4) for look in lines)])
    return figure


def _artists(row: _Row, place: float, visits: Sequence[Look], height: float) -> Iterator[Artist]:
    """A line from one dose to the other, with a point for each; a cross where both are missing."""
    size = max(_SMALLEST, min(_MARK, 0.8 * height))
    if row.before is not None and row.after is not None and row.look is not _UNCHANGED:
        yield row.look.line([row.before, row.after], [place, place], width=min(1.2, height))
    if row.look is _NONE_KNOWN:
        yield _NONE_KNOWN.line([0], [place], 0.7 * size)
    points = sorted(
        enumerate(zip(row.doses, visits, strict=True)), key=lambda p: p[0] in row.compared
    )
    for _, (dose, look) in points:
        if dose is not None:
            yield look.line([dose], [place], _share(look) * size)


def _share(look: Look) -> float:
    """How large a point is: a filled one is seen within a hollow one."""
    return _SECOND if look.filled else 1


def _counts(results: Results, dose: str, contrast: Contrast) -> str:
    """How many patients there are of each kind: 7 reduced, 3 unchanged."""
    counted = {
        look: results.get(TOGETHER, dose, DOSE, stat, contrast=contrast.name)
        for stat, look in _COUNTED.items()
    }
    told = (f"{traced_number(row)} {look.label}" for look, row in counted.items() if row.number)
    return ", ".join(told)


def _description(first: str, rows: Sequence[_Row]) -> Iterator[str]:
    """The figure in sentences, for who cannot see it; the first one has the counts."""
    yield first
    if len(rows) <= LABELLED:
        for row in rows:
            yield f"{row.patient}: {in_turn([_text(row, dose) for dose in row.doses])}."


def _text(row: _Row, dose: float | None) -> str:
    return "not known" if dose is None else traced_value(dose, row.patient)
