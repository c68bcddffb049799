"""The figures of docs/performance.md: SVG files whose bytes repeat."""

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.figures.style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILLION
from speed import kernels, many, small_run
from speed.rows import NO_VALUE, Rows

_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, GREY, BLACK)
_LOOKS = list(zip(_COLOURS, "os^vDo^v", strict=True))
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "performance",
    "svg.fonttype": "none",
    "font.size": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_AS_DRAWN = {"Date": None, "Creator": None}


def draw(rows: Rows, folder: Path) -> None:
    """Write all figures into a folder."""
    drawings = {
        "small-run": (_small_run, small_run.PART, 1),
        "many": (_many, None, 3),
        "kernels": (_kernels, kernels.PART, 4),
    }
    for name, (fill, part, panels) in drawings.items():
        with style.context(["default", _STYLE]):
            figure = Figure(figsize=(max(6, 3 * panels), 3.2), layout="constrained")
            axes = figure.subplots(1, panels, squeeze=False)[0]
            fill(rows.of(part) if part else rows, list(axes))
            figure.savefig(folder / f"performance-{name}.svg", metadata=_AS_DRAWN)


def _small_run(rows: Rows, axes: Sequence[Axes]) -> None:
    """A bar for each way to make everything, and for each run after a change."""
    runs = [(small_run.NOTHING, tool) for tool in rows.tools(small_run.NOTHING)]
    runs += [(case, small_run.SNAKEMAKE) for case in small_run.AFTER_CHANGES]
    found = [(case, tool, rows.middle(case, tool)) for case, tool in runs]
    bars = [(f"{case}\n({tool})", cpu) for case, tool, cpu in found if cpu is not None]
    labels, seconds = [label for label, _ in bars[::-1]], [cpu for _, cpu in bars[::-1]]
    drawn = axes[0].barh(labels, seconds, color=BLUE)
    axes[0].bar_label(drawn, fmt="%.1f", padding=2)
    axes[0].set_xlabel("CPU seconds")


def _many(rows: Rows, axes: Sequence[Axes]) -> None:
    """Seconds by how many patients, cohorts and studies there are."""
    parts = {"patients": many.PATIENTS, "cohorts": many.COHORTS, "studies": many.STUDIES}
    for axis, (things, part) in zip(axes, parts.items(), strict=True):
        found = rows.of(part)
        cases = [case for case in found.cases() if found.tools(case) == [many.TOOL]]
        for case, look in zip(cases, cycle(_LOOKS), strict=False):
            _line(axis, found, case, many.TOOL, case, look)
        axis.set_xlabel(things)
        if cases:
            axis.legend(fontsize=6, frameon=False, loc="upper left", bbox_to_anchor=(0, -0.2))
    axes[0].set_ylabel("CPU seconds")


def _kernels(rows: Rows, axes: Sequence[Axes]) -> None:
    """Seconds of one call by the number of differences, in each package."""
    tools = dict.fromkeys(tool for kernel in kernels.KERNELS for tool in rows.tools(kernel))
    looks = dict(zip(tools, cycle(_LOOKS), strict=False))
    for axis, kernel in zip(axes, kernels.KERNELS, strict=False):
        for tool in rows.tools(kernel):
            _line(axis, rows, kernel, tool, tool, looks[tool])
        axis.set_title(kernel)
        axis.set_xlabel("n")
    axes[0].set_ylabel("CPU seconds of one call")
    axes[0].legend(fontsize=6, frameon=False, loc="upper left", bbox_to_anchor=(0, -0.2), ncols=2)


def _line(axis: Axes, rows: Rows, case: str, tool: str, label: str, look: tuple[str, str]) -> None:
    """A line through the sizes that finished with a result."""
    sizes = [size for size in rows.sizes(case) if rows.note(case, tool, size) not in NO_VALUE]
    points = [(size, rows.middle(case, tool, size)) for size in sizes]
    finished = [(size, cpu) for size, cpu in points if cpu]
    color, marker = look
    x, y = [size for size, _ in finished], [cpu for _, cpu in finished]
    axis.plot(x, y, color=color, marker=marker, markersize=3, linewidth=1, label=label)
    axis.set_xscale("log")
    axis.set_yscale("log")
