"""The waterfall: each patient's percent change as a bar, the worst first, with the thresholds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, cycle, repeat
from pathlib import Path

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from casebook.base.csvfiles import read_list
from casebook.base.texts import capital
from casebook.data.of_patients import OfPatients, percent_change_of, read_of_patients
from casebook.data.results import (
    OUTCOME,
    PERCENT_CHANGE,
    TOGETHER,
    Result,
    Results,
)
from casebook.figures.drawn import Drawn, drawn
from casebook.figures.measured import Measured
from casebook.figures.style import (
    BLACK,
    IMPROVED,
    LABELLED,
    ONE_COLUMN,
    SMALL,
    TWO_COLUMNS,
    UNCHANGED,
    WORSENED,
    Elements,
    Look,
    add_legend,
    direction_of_change,
    label_patients,
    look_of_change,
    new_figure,
    only_words,
    save,
    wrapped,
)
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.visits import Contrast
from casebook.wording.numbers import number_text
from casebook.wording.sentences import ending, in_brief, listed
from casebook.wording.traces import traced, traced_number
from casebook.wording.visit_notes import visit_notes, visits_compared

_HEIGHT, _MARGINS, _BESIDE, _MARK = 2.3, 1.2, 0.6, 4
_FEW, _WHERE = 20, "in results.csv"
_FURTHEST, _FAINT = 200, "#B8B8B8"
_DASHES: tuple[tuple[float, ...], ...] = ((5, 2), (1.5, 1.5), (6, 2, 1.5, 2))
_MARKERS = ("x", "D", "s", "p")
_BEYOND = Look("goes on beyond the axis", BLACK, marker="d")


@dataclass(frozen=True, slots=True)
class _Bar:
    """A patient's percent change and how it is drawn, by a mark where there is none."""

    change: Result
    look: Look

    @property
    def patient(self) -> str:
        return self.change.variable_level

    @property
    def percent(self) -> float:
        return self.change.number

    @property
    def reason(self) -> str:
        """Why there is no percent change."""
        return self.change.error

    @property
    def end(self) -> float:
        """Where the bar ends: one out of all proportion would leave the others without height."""
        return max(-_FURTHEST, min(self.percent, _FURTHEST))

    @property
    def has_height(self) -> bool:
        return not self.reason and self.look is not UNCHANGED

    def artists(self, place: float, look: Look, size: float) -> Iterator[Artist]:
        """What stands for the patient, at that place along the axis; `look` is that of a mark."""
        if not self.has_height:
            yield look.line([place], [0], size)
            return
        yield Rectangle((place - 0.4, 0), 0.8, self.end, color=self.look.color, linewidth=0)
        if self.end != self.percent:
            yield _BEYOND.line([place], [self.end], size)


@dataclass(frozen=True, slots=True)
class _Threshold:
    """How much change makes a responder, in percent with its sign, and how its line is dashed."""

    label: str
    at: float
    dashes: tuple[float, ...]

    def line(self) -> Line2D:
        dashed = (0, self.dashes)
        return Line2D([], [], color=BLACK, linewidth=0.8, linestyle=dashed, label=self.label)


@dataclass(frozen=True, slots=True)
class _Bars:
    """All bars of a contrast by columns, the worst first, and at the end those that are marks.

    Attributes:
        changes: The percent changes.
        order: Where each patient stands among these.
        looks: How each of them is drawn, in this order.
        defined: How many have a percent change.
    """

    changes: OfPatients
    order: Sequence[int]
    looks: Sequence[Look]
    defined: int

    def __getitem__(self, place: int) -> _Bar:
        """The bar at this place of the order."""
        return _Bar(self.changes.result(self.order[place]), self.looks[place])

    def drawn(self) -> Drawn[_Bar]:
        """Those that are drawn."""
        chosen = drawn(range(len(self.order)), self.looks.__getitem__)
        return Drawn(tuple(self[place] for place in chosen.shown), chosen.one_in)

    @property
    def without(self) -> dict[str, list[str]]:
        """The patients without a percent change, by the reason why they have none."""
        found: dict[str, list[str]] = {}
        for at in self.order[self.defined :]:
            found.setdefault(self.changes.errors[at], []).append(self.changes.ids[at])
        return found


@dataclass(frozen=True, slots=True)
class _Panel:
    """A contrast: what it is called where there are several, all bars, and those that are drawn."""

    label: str
    contrast: Contrast
    bars: _Bars
    chosen: Drawn[_Bar]


def waterfall(measured: Measured, figure: Path) -> None:
    """Draw the waterfall of one outcome into an SVG file, with PDF and PNG beside it.

    Args:
        measured: The outcome. Each patient is drawn once.
        figure: The file to write.
    """
    model, found, described = measured.study, measured.results, measured.outcome
    contrasts = model.contrasts_of(described.visits)
    kinds = [percent_change_of(measured.name, contrast.name) for contrast in contrasts]
    changes = read_of_patients(measured.file, kinds)
    marks = _marks(changes)
    panels = []
    for contrast, each in zip(contrasts, changes, strict=True):
        label = contrast.label if len(model.every_contrast) > 1 else ""
        bars = _bars(described, each, marks)
        panels.append(_Panel(label, contrast, bars, bars.drawn()))
    size, chosen = traced_number(found.size(TOGETHER)), panels[0].chosen
    told = (
        each for panel in panels for each in _description(found, measured.name, described, panel)
    )
    said = visit_notes(model, visits_compared(panel.contrast for panel in panels))
    save(
        _drawn(described, panels, size) if panels[0].bars.order else only_words("No patient"),
        figure,
        title=f"{described.label} of {chosen.whose}: change in percent of {_base(model, panels)}",
        description=" ".join([*told, *said, *_pooled(model), chosen.told]).strip(),
    )


def _base(study: Study, panels: Sequence[_Panel]) -> str:
    """What changes are in percent of: baseline, unless there is another than the first visit."""
    visits = dict.fromkeys(panel.contrast.against for panel in panels)
    if [*visits] == [next(iter(study.visits))]:
        return "baseline"
    return in_brief([study.visits[visit].label for visit in visits], "or")


def _pooled(study: Study) -> Iterator[str]:
    """That cohorts which are compared are not told apart."""
    if study.comparisons:
        compared = in_brief([each.label for each in study.comparisons.values()])
        yield (
            f"The cohorts of the comparison {compared} are drawn together, without showing who is"
            " in which."
        )


def _marks(changes: Iterable[OfPatients]) -> dict[str, Look]:
    """How patients without a percent change are drawn, by the reason why they have none."""
    reasons = sorted({*chain(*(each.errors for each in changes))} - {""})
    return {
        reason: Look(f"no bar: {reason}", BLACK, filled=False, marker=marker)
        for reason, marker in zip(reasons, cycle(_MARKERS), strict=False)
    }


def _bars(described: Outcome, changes: OfPatients, marks: Mapping[str, Look]) -> _Bars:
    """The worst first; at the end those without a percent change, reason by reason."""
    places: dict[str, list[int]] = {reason: [] for reason in ("", *marks)}
    for place, reason in enumerate(changes.errors):
        places[reason].append(place)
    percents = {place: float(changes.stats[place]) for place in places.pop("")}
    worse = described.sign if described.better == "higher" else -described.sign
    defined = sorted(percents, key=lambda place: worse * percents[place])
    return _Bars(
        changes,
        [*defined, *chain(*places.values())],
        [
            *(look_of_change(0, described.sign * percents[at], described) for at in defined),
            *chain(*(repeat(marks[reason], len(each)) for reason, each in places.items())),
        ],
        len(defined),
    )


def _drawn(outcome: Outcome, panels: Sequence[_Panel], size: str) -> Figure:
    width = ONE_COLUMN if len(panels[0].chosen.shown) <= _FEW else TWO_COLUMNS
    figure, elements = new_figure(width, _HEIGHT * len(panels)), Elements()
    for axes, panel in zip(figure.subplots(len(panels), squeeze=False).flat, panels, strict=True):
        _draw_panel(axes, outcome, panel, elements)
        room = (width - _MARGINS) / (len(panel.chosen.shown) + _BESIDE)
        named = [bar.patient for bar in panel.chosen.shown]
        label_patients(axes.xaxis, named, size, elements, room, panel.chosen.one_in)
    bars = [bar for panel in panels for bar in panel.chosen.shown]
    warned = [
        Line2D([], [], linestyle="none", label=f"{warning}: {patients}")
        for warning, patients in _warned(panel.bars for panel in panels).items()
    ]
    add_legend(figure, [*_legend(bars), *warned, *(each.line() for each in _thresholds(outcome))])
    return figure


def _draw_panel(axes: Axes, outcome: Outcome, panel: _Panel, elements: Elements) -> None:
    """One contrast."""
    bars = panel.chosen.shown
    many = len(bars) > LABELLED
    for place, bar in enumerate(bars):
        look = Look("", _FAINT, marker="|") if many else bar.look
        for artist in bar.artists(place, look, _MARK):
            axes.add_artist(artist)
            elements.name(artist, bar.patient)
    if many:
        _draw_group_marks(axes, bars)
    axes.axhline(0, color=BLACK, linewidth=0.6)
    thresholds = _thresholds(outcome)
    for threshold in thresholds:
        _draw_threshold(axes, threshold)
    _set_axes(axes, outcome, bars, thresholds)
    axes.set_title(wrapped(panel.label, 60), fontsize=7.5)


def _draw_group_marks(axes: Axes, bars: Sequence[_Bar]) -> None:
    """One mark for all neighbours without height: among many patients single marks would blur."""
    for look in dict.fromkeys(bar.look for bar in bars if not bar.has_height):
        places = [place for place, bar in enumerate(bars) if bar.look == look]
        axes.add_artist(look.line([(places[0] + places[-1]) / 2], [0], _MARK))


def _thresholds(outcome: Outcome) -> list[_Threshold]:
    sign = outcome.sign if outcome.better == "higher" else -outcome.sign
    relative = [each for each in outcome.responders.values() if each.unit == "percent"]
    return [
        _Threshold(f"responder: {each.label}", sign * each.improvement, dashes)
        for each, dashes in zip(relative, cycle(_DASHES), strict=False)
    ]


def _draw_threshold(axes: Axes, threshold: _Threshold) -> None:
    across = axes.get_yaxis_transform()
    line = threshold.line()
    line.set_data([0, 1], [threshold.at, threshold.at])
    line.set_transform(across)
    axes.add_artist(line)
    axes.text(
        1.025, threshold.at, _text(threshold.at), transform=across, fontsize=SMALL, va="center"
    )


def _set_axes(
    axes: Axes, outcome: Outcome, bars: Sequence[_Bar], thresholds: Sequence[_Threshold]
) -> None:
    ends = [bar.end for bar in bars if not bar.reason] + [line.at for line in thresholds]
    low, high = min([0, *ends]), max([0, *ends])
    margin = 0.05 * max(high - low, 10)
    axes.set_ylim(low - margin, high + margin)
    axes.set_xlim(-0.5 - _BESIDE / 2, len(bars) - 0.5 + _BESIDE / 2)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _text(value)))
    axes.spines["bottom"].set_visible(False)
    axes.set_ylabel(f"{wrapped(outcome.label, 22)}, change\n{direction_of_change(outcome)}")


def _legend(bars: Sequence[_Bar]) -> Iterator[Artist]:
    looks = dict.fromkeys(bar.look for bar in bars)
    for look in (IMPROVED, WORSENED):
        if look in looks:
            yield Rectangle((0, 0), 1, 1, color=look.color, label=look.label)
    if any(bar.end != bar.percent for bar in bars if not bar.reason):
        yield _BEYOND.line([], [], _MARK)
    for look in looks:
        if look not in (IMPROVED, WORSENED):
            # Patients are single marks here; the lines of other figures join their visits.
            yield replace(look, linestyle="none").line([], [], _MARK)


def _warned(bars: Iterable[_Bars]) -> dict[str, str]:
    """What is to be known of the percent changes of some patients, with who they are."""
    found: dict[str, list[str]] = {}
    for each in bars:
        for at in each.order[: each.defined]:
            if warnings := each.changes.warnings[at]:
                for warning in read_list(warnings):
                    found.setdefault(warning, []).append(each.changes.ids[at])
    return {warning: ", ".join(listed(patients)) for warning, patients in found.items()}


def _text(percent: float) -> str:
    return f"{number_text(percent, 0)}%"


def _description(results: Results, name: str, outcome: Outcome, panel: _Panel) -> Iterator[str]:
    """A contrast in sentences, for who cannot see it."""

    def count(stat: str, level: str = "") -> str:
        of: dict[str, str] = {"visit": PERCENT_CHANGE, "contrast": panel.contrast.name}
        return traced_number(results.get(TOGETHER, name, OUTCOME, stat, level=level, **of))

    bars = panel.bars
    if panel.label:
        yield f"{panel.label}."
    yield (
        f"Of {traced_number(results.size(TOGETHER))} patients {count('n_improved')} improved,"
        f" {count('n_worsened')} worsened, {count('n_unchanged')} unchanged, and"
        f" {count('n_without')} had no percent change."
    )
    if bars.defined:
        yield f"Changes run from {_traced(bars[0])} to {_traced(bars[bars.defined - 1])}."
        first = ending(range(bars.defined), _WHERE, lambda place: _told(bars[place]))
        yield f"Worst first{first}"
    for reason, patients in bars.without.items():
        yield f"No bar for {count('n_without', reason)} ({reason}){ending(patients, _WHERE)}"
    for warning, warned in _warned([bars]).items():
        yield f"{capital(warning)}: {warned}."
    for threshold in _thresholds(outcome):
        yield f"A dashed line at {_text(threshold.at)}: {threshold.label}."


def _told(bar: _Bar) -> str:
    return f"{bar.patient} {_traced(bar)}"


def _traced(bar: _Bar) -> str:
    return traced(_text(bar.percent), bar.change)
