"""The dumbbell of a dose: for each patient the dose before the treatment and the dose on it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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
from casebook.study.model import Study
from casebook.study.visits import Contrast
from casebook.wording.traces import traced_number, traced_value

_BESIDE = 0.5
_MARK, _SMALLEST, _SECOND = 5.5, 2, 0.55
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
    """A patient's dose at both visits."""

    patient: str
    before: float | None
    after: float | None

    @property
    def look(self) -> Look:
        if self.before is None or self.after is None:
            return _NONE_KNOWN if self.before == self.after else _ONE_KNOWN
        moved = order(self.after, self.before)
        if moved == 0:
            return _UNCHANGED
        return _REDUCED if moved < 0 else _RAISED


def doses(study: Path, dose: str, slices: Sequence[Path], together: Path, figure: Path) -> None:
    """Draw a dose before and on the treatment into an SVG file, with PDF and PNG beside it.

    Args:
        study: The study.yaml.
        dose: Name of the dose.
        slices: The patients of all cohorts; who is in several is drawn once.
        together: The results of all patients together.
        figure: The file to write.
    """
    model, found = load_study(study), Results(read_results(together, each_patient=()))
    declared = model.doses[dose]
    contrast = model.contrasts_of(declared.at)[0]
    names = [declared.at[visit] for visit in contrast.visits]
    rows = [
        _Row(patient.id, *map(patient.number, names))
        for patient in read_each_once(slices, {name: model.kinds[name] for name in names})
    ]
    rows.sort(key=_place(len(rows)))
    chosen = drawn(rows, lambda row: row.look)
    label = with_unit(declared.label, model.unit(names[0]))
    visits = _visits(model, contrast, len(rows))
    size = traced_number(found.size(TOGETHER))
    counts = _counts(found, dose, contrast)
    save(
        _drawn(label, visits, chosen, size) if rows else only_words("No patient"),
        figure,
        title=f"{declared.label} of {chosen.whose}:"
        f" {', then '.join(look.label for look in visits)}",
        description=" ".join(
            [*_description(f"{label} of {size} patients: {counts}.", rows), chosen.told]
        ).strip(),
    )


def _place(patients: int) -> Callable[[_Row], tuple[int, float, float]]:
    """By what the rows are sorted: the highest first; of too many kind by kind before."""
    kinds = [*_COUNTED.values()]

    def key(row: _Row) -> tuple[int, float, float]:
        before, after = (1.0 if dose is None else -dose for dose in (row.before, row.after))
        return kinds.index(row.look) if patients > EACH else 0, before, after

    return key


def _visits(study: Study, contrast: Contrast, patients: int) -> tuple[Look, Look]:
    """The points of both visits; among many patients they are the ends of bars."""
    before, after = (study.visits[visit].label for visit in contrast.visits)
    if patients > LABELLED:
        return Look(before, GREY, marker="|"), Look(after, BLACK, marker="|")
    return Look(before, BLACK, filled=False), Look(after, BLACK)


def _drawn(label: str, visits: tuple[Look, Look], chosen: Drawn[_Row], size: str) -> Figure:
    rows = chosen.shown
    figure, height = rows_of_patients([row.patient for row in rows], _BESIDE)
    axes, elements = figure.subplots(), Elements()
    for place, row in enumerate(rows):
        for artist in _artists(row, place, visits, height):
            axes.add_artist(artist)
            elements.name(artist, row.patient)
    highest = max((dose for row in rows for dose in (row.before, row.after) if dose), default=1)
    axes.set_xlim(-0.03 * highest, 1.05 * highest)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel(wrapped(label, 44))
    named = [row.patient for row in rows]
    label_patients(axes.yaxis, named, size, elements, one_in=chosen.one_in)
    looks = [row.look for row in rows]
    lines = [each for each in (_REDUCED, _RAISED, _NONE_KNOWN) if each in looks]
    before, after = visits
    second = _SECOND if len(rows) <= LABELLED else 1
    points = [before.line([], [], _MARK), after.line([], [], second * _MARK)]
    add_legend(figure, [*points, *(look.line([], [], 4) for look in lines)])
    return figure


def _artists(row: _Row, place: float, visits: tuple[Look, Look], height: float) -> Iterator[Artist]:
    """A line from one dose to the other, with a point for each; a cross where both are missing."""
    size = max(_SMALLEST, min(_MARK, 0.8 * height))
    known = [dose for dose in (row.before, row.after) if dose is not None]
    if row.look in (_REDUCED, _RAISED):
        yield row.look.line(known, [place, place], width=min(1.2, height))
    if not known:
        yield _NONE_KNOWN.line([0], [place], 0.7 * size)
    for dose, look, share in zip((row.before, row.after), visits, (1, _SECOND), strict=True):
        if dose is not None:
            yield look.line([dose], [place], share * size)


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
            before, after = (_text(row, dose) for dose in (row.before, row.after))
            yield f"{row.patient}: {before}, then {after}."


def _text(row: _Row, dose: float | None) -> str:
    return "not known" if dose is None else traced_value(dose, row.patient)
