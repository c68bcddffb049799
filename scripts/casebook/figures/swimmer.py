"""The swimmer plot: a lane a patient, as long as the treatment, with what happened beside it.

When something happened is known to a study of harms alone, if at all: their marks stand on the
lanes, and those of which it is not known stand beside them, as all other marks do.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from casebook.base.errors import UserError
from casebook.base.lookup import Lookup
from casebook.base.texts import capital
from casebook.data.harms import YES, Harm, read_harms
from casebook.data.patients import Patient, Value
from casebook.data.results import TOGETHER, TREATMENT, Result, Results, read_results
from casebook.data.slices import read_each_once
from casebook.figures.drawn import Drawn, drawn
from casebook.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LABELLED,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
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
from casebook.study.expressions import Expression
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.treatment import Treatment
from casebook.wording.sentences import listed
from casebook.wording.traces import traced_number, traced_value

_BESIDE, _GUIDE = 0.5, "#E4E4E4"
_MARK, _SMALLEST = 4.5, 2
_COLUMN = 0.055
_TIMELESS = 0.02
_GOES_ON = Look("ongoing", BLACK, marker=">")
_DISCONTINUED = Look("discontinued", BLACK, marker="x")
_OPEN = Look("not known whether ongoing", BLACK, marker="o", filled=False)
_NO_TIME = Look("time not known", GREY, marker="+")
_ENDS = (_GOES_ON, _DISCONTINUED, _OPEN)
_LANES = {_GOES_ON: SKY, _DISCONTINUED: "#6E6E6E", _OPEN: "#D9D9D9", None: SKY}
_HARM = Look("adverse event", BLACK, marker="h", filled=False)
_SERIOUS = Look("serious adverse event", BLACK, marker="h")
_EVENT_LOOKS = (
    (BLUE, "v"),
    (ORANGE, "D"),
    (GREEN, "s"),
    (PURPLE, "^"),
    (VERMILLION, "p"),
    (SKY, "*"),
)


@dataclass(frozen=True, slots=True)
class _Lane:
    """A patient's time on treatment, how it ended, whether each event happened, and the harms."""

    patient: str
    time: float | None
    end: Look | None
    events: tuple[bool | None, ...]
    harms: tuple[Harm, ...] = ()

    def marks(self, look: Look, *, placed: bool) -> list[Harm]:
        """The harms of that look of which it is known when they began, or of which it is not."""
        return [
            harm
            for harm in self.harms
            if _look_of(harm) == look and (self.time is not None and harm.onset != "") == placed
        ]


def swimmer(study: Path, slices: Sequence[Path], together: Path, harms: Path, figure: Path) -> None:
    """Draw the time on treatment into an SVG file, with PDF and PNG beside it.

    Args:
        study: The study.yaml, which has a treatment.
        slices: The patients of all cohorts; who is in several is drawn once.
        together: The results of all patients together.
        harms: The adverse events of all patients.
        figure: The file to write.
    """
    model = load_study(study)
    treatment = model.treatment
    if treatment is None:
        raise UserError(f"{study} has no treatment to draw")
    found = Results(read_results(together, each_patient=()))
    names = {treatment.duration}.union(*(each.names for each in _conditions(treatment)))
    kinds = {name: kind for name, kind in model.kinds.items() if name in names}
    patients = read_each_once(slices, kinds)
    lanes = list(_lanes(treatment, patients, _by_patient(read_harms(harms))))
    lanes.sort(key=_place(len(lanes)))
    chosen = drawn(lanes, lambda lane: (lane.end, lane.time is None))
    size = traced_number(found.size(TOGETHER))
    save(
        _drawn(model, treatment, chosen, size) if lanes else only_words("No patient"),
        figure,
        title=f"{treatment.label}: time on treatment of {chosen.whose}",
        description=" ".join([*_description(model, found, treatment, lanes), chosen.told]).strip(),
    )


def _conditions(treatment: Treatment) -> list[Expression]:
    ongoing = [treatment.goes_on] if treatment.goes_on else []
    return ongoing + [event.happened for event in treatment.events]


def _by_patient(harms: Sequence[Harm]) -> dict[str, list[Harm]]:
    """The adverse events that happened to each patient."""
    found: dict[str, list[Harm]] = {}
    for harm in harms:
        if harm.happened == YES:
            found.setdefault(harm.patient, []).append(harm)
    return found


def _look_of(harm: Harm) -> Look:
    return _SERIOUS if harm.serious == YES else _HARM


def _lanes(
    treatment: Treatment, patients: Sequence[Patient], harms: Mapping[str, Sequence[Harm]]
) -> Iterator[_Lane]:
    """A lane for each patient; a condition is asked once for patients with the same values."""
    ends: Sequence[Look | None] = [None] * len(patients)
    if treatment.goes_on:
        known = {True: _GOES_ON, False: _DISCONTINUED, None: _OPEN}
        ends = [known[goes_on] for goes_on in answers_of(treatment.goes_on, patients)]
    events = [answers_of(event.happened, patients) for event in treatment.events]
    for place, (patient, end) in enumerate(zip(patients, ends, strict=True)):
        time = patient.number(treatment.duration)
        happened = tuple(answers[place] for answers in events)
        yield _Lane(patient.id, time, end, happened, tuple(harms.get(patient.id, ())))


def answers_of(condition: Expression, patients: Sequence[Patient]) -> list[bool | None]:
    """Whether a condition is true of each patient, asked once for the same values."""
    names = sorted(condition.names)
    of_values: Lookup[tuple[Value, ...], bool | None] = Lookup(
        lambda values: condition.holds(dict(zip(names, values, strict=True)))
    )
    return of_values.each(tuple(patient.values[name] for name in names) for patient in patients)


def _place(patients: int) -> Callable[[_Lane], tuple[int, float]]:
    """By what the lanes are sorted: the longest first; of many patients those ongoing before."""

    def key(lane: _Lane) -> tuple[int, float]:
        group = _ENDS.index(lane.end) if lane.end and patients > LABELLED else 0
        return group, 1 if lane.time is None else -lane.time

    return key


def _event_looks(treatment: Treatment, patients: int) -> list[Look]:
    """How each event is marked; among many patients by a dash, so that its column says which."""
    looks = [
        Look(event.label, color, marker=marker)
        for event, (color, marker) in zip(treatment.events, _EVENT_LOOKS, strict=False)
    ]
    if patients <= LABELLED:
        return looks
    return [
        replace(look, label=f"column {number}: {look.label}", marker="_")
        for number, look in enumerate(looks, start=1)
    ]


def _time_label(study: Study, treatment: Treatment) -> str:
    label = study.variable(treatment.duration).label
    return with_unit(label, study.unit(treatment.duration))


def _drawn(study: Study, treatment: Treatment, chosen: Drawn[_Lane], size: str) -> Figure:
    lanes = chosen.shown
    looks, beside_looks = _event_looks(treatment, len(lanes)), _unplaced(lanes)
    columns = len(looks) + len(beside_looks)
    figure, row = rows_of_patients([lane.patient for lane in lanes], _BESIDE)
    widths = [1, max(0.01, _COLUMN * columns)]
    axes, beside = figure.subplots(1, 2, sharey=True, width_ratios=widths)
    elements, mark = Elements(), min(_MARK, 0.8 * row)
    longest = max((_extent(lane) for lane in lanes), default=0) or 1
    dash = mark if len(lanes) <= LABELLED else _MARK
    for place, lane in enumerate(lanes):
        for artist in _artists(lane, place, longest, mark):
            axes.add_artist(artist)
            elements.name(artist, lane.patient)
        for column, look in enumerate(looks):
            if lane.events[column]:
                event = beside.add_artist(look.line([column], [place], dash))
                elements.name(event, lane.patient)
        for column, look in enumerate(beside_looks, start=len(looks)):
            if lane.marks(look, placed=False):
                elements.name(beside.add_artist(look.line([column], [place], dash)), lane.patient)
        if len(lanes) <= LABELLED:
            for each in (axes, beside) if columns else (axes,):
                each.axhline(place, color=_GUIDE, linewidth=0.5, zorder=0)
    axes.set_xlim(0, 1.06 * longest)
    axes.set_ylim(len(lanes) - 0.4, -0.6)
    axes.set_xlabel(wrapped(_time_label(study, treatment), 44))
    beside.set_xlim(-0.6, max(0, columns - 1) + 0.6)
    beside.set_axis_off()
    named = [lane.patient for lane in lanes]
    label_patients(axes.yaxis, named, size, elements, one_in=chosen.one_in)
    add_legend(figure, list(_legend(treatment, lanes)))
    return figure


def _artists(lane: _Lane, place: float, longest: float, size: float) -> Iterator[Artist]:
    if lane.time is None:
        yield _NO_TIME.line([_TIMELESS * longest], [place], max(size, _SMALLEST))
        return
    single = size >= _SMALLEST
    # Gaps between lanes that are thinner than a dot would be a pattern of their own.
    height = 0.8 if single else 1
    color = _LANES[lane.end]
    yield Rectangle((0, place - height / 2), lane.time, height, color=color, linewidth=0)
    if lane.end and single:
        yield lane.end.line([lane.time], [place], size)
    for look in (_HARM, _SERIOUS):
        if marked := lane.marks(look, placed=True):
            onsets = [float(harm.onset) for harm in marked]
            yield look.line(onsets, [place] * len(onsets), max(size, _SMALLEST))


def _legend(treatment: Treatment, lanes: Sequence[_Lane]) -> Iterator[Artist]:
    ends = [lane.end for lane in lanes if lane.time is not None]
    for look in _ENDS:
        if look in ends:
            lane = look.line([], [], _MARK)
            lane.set(color=_LANES[look], linestyle="-", linewidth=6, markeredgecolor=look.color)
            lane.set_solid_capstyle("butt")
            yield lane
    if any(lane.time is None for lane in lanes):
        yield _NO_TIME.line([], [], _MARK)
    for column, look in enumerate(_event_looks(treatment, len(lanes))):
        if any(lane.events[column] for lane in lanes):
            yield look.line([], [], _MARK)
    for look in (_HARM, _SERIOUS):
        if any(lane.marks(look, placed=True) for lane in lanes):
            yield look.line([], [], _MARK)
    for look in _unplaced(lanes):
        yield replace(look, label=f"at the right: {look.label}, time not known").line([], [], _MARK)


def _unplaced(lanes: Sequence[_Lane]) -> list[Look]:
    """The looks of harms that stand beside the lanes of some patients."""
    return [
        look for look in (_HARM, _SERIOUS) if any(lane.marks(look, placed=False) for lane in lanes)
    ]


def _description(
    study: Study, results: Results, treatment: Treatment, lanes: Sequence[_Lane]
) -> Iterator[str]:
    """The figure in sentences, for who cannot see it."""
    size = traced_number(results.size(TOGETHER))
    yield f"{_time_label(study, treatment)} of {size} patients."
    if len(lanes) <= LABELLED:
        yield from (_told(study, treatment, lane) for lane in lanes)
        return
    counts = _counts(results, treatment)
    for label, row in counts:
        if row.number:
            yield f"{capital(label)}: {traced_number(row)}."


def _counts(results: Results, treatment: Treatment) -> Iterator[tuple[str, Result]]:
    """What is counted of many patients, with the row that has the count."""

    def row(stat: str, level: str = "") -> Result:
        return results.get(TOGETHER, treatment.duration, TREATMENT, stat, level=level)

    if treatment.goes_on:
        for look, stat in zip(_ENDS, ("n_ongoing", "n_discontinued", "n_open"), strict=True):
            yield look.label, row(stat)
    yield _NO_TIME.label, row("n_missing")
    for event in treatment.events:
        yield event.label, row("count", event.condition)


def _told(study: Study, treatment: Treatment, lane: _Lane) -> str:
    """What a lane shows, in words."""
    told = [_NO_TIME.label]
    if lane.time is not None:
        unit = study.unit(treatment.duration)
        time = traced_value(lane.time, lane.patient)
        told = [f"{time} {unit}" if unit else time]
    told += [lane.end.label] if lane.end else []
    happened = zip(treatment.events, lane.events, strict=True)
    told += [event.label for event, is_so in happened if is_so]
    told += [_harm_told(study, harm) for harm in lane.harms]
    return f"{lane.patient}: {', '.join(listed(told))}."


def _harm_told(study: Study, harm: Harm) -> str:
    """An adverse event in words."""
    label = study.harm_terms.get(harm.term, harm.term)
    return f"{_look_of(harm).label} {label}"


def _extent(lane: _Lane) -> float:
    """How far a lane and its marks reach."""
    onsets = [float(harm.onset) for harm in lane.harms if harm.onset and lane.time is not None]
    return max([lane.time or 0.0, *onsets])
