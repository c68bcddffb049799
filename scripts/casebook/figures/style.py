"""What all figures share: type, colours, and how they are saved so that their bytes repeat.

Colours are those of Okabe and Ito (2008), which the colour-blind tell apart; line styles say the
same in greyscale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import matplotlib
import matplotlib.style
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

LineStyle = Literal["-", "--", ":", "none"]


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of line is drawn, and what it is called in the legend."""

    label: str
    color: str
    linestyle: LineStyle
    filled: bool = True

    def line(self, x: Sequence[float], y: Sequence[float]) -> Line2D:
        """A line through these points, with a marker at each."""
        return Line2D(
            x,
            y,
            color=self.color,
            linestyle=self.linestyle,
            linewidth=1,
            marker="o",
            markersize=3,
            markerfacecolor=self.color if self.filled else "none",
            label=self.label,
        )


IMPROVED = Look("improved", "#0072B2", "-")
WORSENED = Look("worsened", "#D55E00", "--")
UNCHANGED = Look("unchanged", "#767676", ":")
ALONE = Look("one visit only", "#767676", "none", filled=False)
SUMMARY = "#000000"

_SETTINGS: dict[str, Any] = {
    "font.family": "sans-serif",
    # matplotlib brings this font along, so that the layout is the same on every machine.
    "font.sans-serif": ["DejaVu Sans", "Arial", "sans-serif"],
    "font.size": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "none",
    # A label is not a formula, even with a dollar sign in it.
    "text.parse_math": False,
}


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of that size in inches, in casebook's style."""
    matplotlib.style.use(["default", _SETTINGS])
    return Figure(figsize=(width, height), layout="constrained")


def save(figure: Figure, path: Path, title: str, description: str) -> None:
    """Write the figure as SVG with a title and a description for screen readers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Without the salt the ids, and without Date and Creator the header, differ between runs.
    with matplotlib.rc_context({"svg.hashsalt": path.name}):
        figure.savefig(
            path,
            format="svg",
            metadata={
                "Title": title,
                "Description": description,
                "Date": None,
                "Creator": "casebook",
            },
        )
