"""What all figures share: sizes, type, colours, how patients are named, and how files are saved.

A text of a figure may hold traced numbers. The files have them plain, and the SVG says beside them
which rows they show: links of a page would lead nowhere in a file of its own.

Colours are those of Okabe and Ito (2008), which the colour-blind tell apart; line styles and shapes
say the same in greyscale. The bytes of every file repeat.
"""

import math
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

import matplotlib
import matplotlib.style
from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.textpath import TextPath

from casebook.base.files import written
from casebook.base.texts import unsaid
from casebook.data.patients import element_id
from casebook.statistics.digits import order
from casebook.study.outcomes import Outcome
from casebook.wording.traces import plain, spots

LineStyle = Literal["-", "--", ":", "none"]

_INCH = 25.4
ONE_COLUMN, TWO_COLUMNS = 85 / _INCH, 175 / _INCH
"""Widths of a figure in a journal, in inches."""

TALLEST = 180 / _INCH
"""Height without the legend that leaves room for a caption on the page, in inches."""

LABELLED = 60
"""So many patients can be named along an axis."""

BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
ORANGE, SKY, GREY, BLACK = "#E69F00", "#56B4E9", "#767676", "#000000"

SMALL, TINY = 6.5, 5.5
_LONGEST_IDENTIFIER = 12
_LONGEST_IN_LEGEND = 44
_LETTER, _LEGEND_LINE, _LEGEND_MARGIN = 0.058, 0.15, 0.12
_GAP = 0.04
"""Inches that neighbouring labels are apart at least."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of line or point is drawn, and what it is called in the legend."""

    label: str
    color: str
    linestyle: LineStyle = "none"
    filled: bool = True
    marker: str = "o"

    def line(
        self, x: Sequence[float], y: Sequence[float], size: float = 3, width: float = 1
    ) -> Line2D:
        """A line through these points, with a marker at each."""
        return Line2D(
            x,
            y,
            color=self.color,
            linestyle=self.linestyle,
            linewidth=width,
            marker=self.marker,
            markersize=size,
            markeredgewidth=min(1, size / 3),
            markerfacecolor=self.color if self.filled else "white",
            label=self.label,
        )


IMPROVED = Look("improved", BLUE, "-")
WORSENED = Look("worsened", VERMILLION, "--")
UNCHANGED = Look("unchanged", GREY, ":")
ALONE = Look("one visit only", GREY, filled=False)

_SETTINGS: dict[str, Any] = {
    "font.family": "sans-serif",
    # matplotlib brings this font along, so that the layout is the same on every machine.
    "font.sans-serif": ["DejaVu Sans", "Arial", "sans-serif"],
    "font.size": 8,
    "axes.labelsize": 7.5,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "legend.fontsize": 7,
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    # A label is not a formula, even with a dollar sign in it.
    "text.parse_math": False,
}


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of that size in inches, in casebook's style."""
    matplotlib.style.use(["default", _SETTINGS])
    return Figure(figsize=(width, height), layout="constrained")


def only_words(words: str) -> Figure:
    """A figure that says why there is nothing to draw."""
    figure = new_figure(ONE_COLUMN, 1)
    figure.text(0.5, 0.5, words, ha="center", va="center")
    return figure


def look_of_change(before: float, after: float, outcome: Outcome) -> Look:
    """How a patient's change is drawn: by whether it is an improvement."""
    moved = order(after, before)
    if moved == 0:
        return UNCHANGED
    return IMPROVED if (moved < 0) == (outcome.better == "lower") else WORSENED


def direction(outcome: Outcome) -> str:
    """Which direction is better, with an arrow; on an axis that goes up, it turns with the text."""
    return "← lower is better" if outcome.better == "lower" else "higher is better →"


def direction_of_change(outcome: Outcome) -> str:
    """Which direction of a change is better, with an arrow along its axis."""
    better = f"{outcome.better} is better"
    rising = (outcome.better == "higher") == (outcome.sign == 1)
    return f"{better} →" if rising else f"← {better}"


def with_unit(label: str, unit: str | None) -> str:
    """A label for an axis: Time on treatment (months); a label that says the unit has it once."""
    told = unsaid(unit, label)
    return f"{label} ({told})" if told else label


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """A text in at most so many lines of so many characters; "…" stands for the rest."""
    wrap = partial(textwrap.wrap, text, width, break_on_hyphens=False)
    found = wrap(max_lines=lines, placeholder="…")
    if found[-1:] == ["…"]:
        # The last line begins with a word that is longer than it.
        found[-1] = f"{wrap()[lines - 1][: width - 1]}…"
    return "\n".join(found)


@cache
def text_width(text: str, size: float) -> float:
    """How wide a text in the figures' font of that size in points is, in inches.

    The outlines of the font have a point wherever they turn, so that no curve has to be solved.
    """
    if not text.strip():
        return 0
    outlines = TextPath((0, 0), text, size=size)
    across = outlines.vertices[outlines.codes != Outline.CLOSEPOLY, 0]
    return float(across.max() - across.min()) / 72


def add_legend(figure: Figure, handles: Sequence[Artist]) -> None:
    """A legend below the figure, which grows by it, in as many columns as its width allows."""
    labels = [wrapped(str(each.get_label()), _LONGEST_IN_LEGEND) for each in handles]
    lines = [line for label in labels for line in label.splitlines()]
    most = max(1, int(figure.get_figwidth() / (0.5 + _LETTER * max(map(len, lines), default=0))))
    rows = math.ceil(len(handles) / most)
    longest = max((label.count("\n") + 1 for label in labels), default=0)
    height = rows * longest * _LEGEND_LINE + _LEGEND_MARGIN
    figure.set_figheight(figure.get_figheight() + height)
    figure.legend(
        handles,
        labels,
        loc="outside lower center",
        ncols=math.ceil(len(handles) / max(1, rows)) or 1,
        frameon=False,
        columnspacing=1.2,
        handletextpad=0.5,
        handlelength=2.2,
    )


class Elements:
    """Names the elements of a figure that belong to a patient: patient-P01-1, patient-P01-2.

    A page finds by them all that belongs to one patient. In an identifier only Latin letters and
    digits stay; the rest is written as its bytes in UTF-8, so that no two patients become one.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def name(self, artist: Artist, patient: str) -> None:
        """Give an element of a patient its name in the SVG."""
        self._given[patient] += 1
        artist.set_gid(element_id(patient, self._given[patient]))


def label_patients(
    axis: Axis,
    patients: Sequence[str],
    size: str,
    elements: Elements,
    room: float = math.inf,
    one_in: int = 1,
) -> None:
    """Name the patients at 0, 1, 2, ... of an axis; where they are too many, say how many.

    Args:
        axis: The axis.
        patients: The patients in their order.
        size: How many they are, as text.
        elements: What names the labels in the SVG.
        room: Inches from one patient to the next on a horizontal axis, where long names are turned.
        one_in: How many patients one of them stands for.
    """
    if len(patients) > LABELLED:
        axis.set_ticks([])
        axis.set_label_text(f"{size} patients" + (f", one in {one_in} drawn" if one_in > 1 else ""))
        return
    labels = [short(patient) for patient in patients]
    size_of_label = SMALL if len(patients) < LABELLED / 2 else TINY
    longest = max((text_width(label, size_of_label) for label in labels), default=0)
    upright = room < longest + _GAP
    axis.set_tick_params(length=0, labelsize=size_of_label, labelrotation=90 if upright else 0)
    axis.set_ticks(range(len(patients)), labels=labels)
    for text, patient in zip(axis.get_ticklabels(), patients, strict=True):
        elements.name(text, patient)


def short(identifier: str) -> str:
    """An identifier without its middle, if it is long: its ends tell patients apart."""
    if len(identifier) <= _LONGEST_IDENTIFIER:
        return identifier
    half = _LONGEST_IDENTIFIER // 2
    return f"{identifier[:half]}…{identifier[-half:]}"


def rows_of_patients(patients: Sequence[str], beside: float) -> tuple[Figure, float]:
    """A figure one column wide with a row a patient, and the height of a row in points.

    Args:
        patients: The patients.
        beside: Height of what is above and below the rows, in inches.
    """
    row = min(0.16, (TALLEST - beside) / max(1, len(patients)))
    return new_figure(ONE_COLUMN, beside + row * max(3, len(patients))), row * 72


def save(figure: Figure, path: Path, title: str, description: str) -> None:
    """Write the figure as SVG, PDF and PNG, with a title and a description for screen readers.

    It is laid out once, as an SVG, so that everything has the same place in all three.
    Numbers in texts and description may be traced. In the SVG the name of such a text ends in its
    `spots`, and those of the description are its `Relation`.

    Args:
        figure: The figure.
        path: The SVG file; the others stand beside it.
        title: What the figure shows.
        description: The same in sentences, for who cannot see it.
    """
    _name_numbers(figure)
    _lay_out(figure)
    relation, description = spots(description), plain(description)
    about = {"Title": title, "Description": description}
    svg = about | {"Relation": relation or None, "Date": None, "Creator": "casebook"}
    # Without the salt the ids, and without Date and Creator the header, differ between runs.
    with matplotlib.rc_context({"svg.hashsalt": path.name}), written(path) as unfinished:
        figure.savefig(unfinished, metadata=svg)
    with written(path.with_suffix(".pdf")) as unfinished:
        pdf = {"Title": title, "Subject": description, "Creator": "casebook"}
        figure.savefig(unfinished, metadata=pdf | {"CreationDate": None, "Producer": None})
    with written(path.with_suffix(".png")) as unfinished:
        figure.savefig(unfinished, dpi=300, metadata=about | {"Software": None})


def _lay_out(figure: Figure) -> None:
    """Give everything its place, as in an SVG; `savefig` would draw the figure once more for it."""
    FigureCanvasSVG(figure)
    dpi = figure.dpi  # An SVG has a fixed one.
    engine = figure.get_layout_engine()
    if engine and figure.axes:
        engine.execute(figure)
    figure.dpi = dpi
    figure.set_layout_engine(None)


def _name_numbers(figure: Figure) -> None:
    """Let each text be plain, and its name in the SVG say which rows its numbers show."""
    texts = [each for each in figure.findobj(Text) if isinstance(each, Text)]
    for number, text in enumerate(texts, start=1):
        marked = text.get_text()
        text.set_text(plain(marked))
        if places := spots(marked):
            text.set_gid(f"{text.get_gid() or f'numbers-{number}'}__{places}")
