"""The figures of docs/performance.md: SVG files whose bytes repeat."""

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from casebook.figures.style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILLION
from speed import kernels, many, small_run
from speed.rows import Rows

COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, GREY, BLACK)
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
        with matplotlib.rc_context(_STYLE):
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
    for axis, part, things in zip(
        axes,
        (many.PATIENTS, many.COHORTS, many.STUDIES),
        ("patients", "cohorts", "studies"),
        strict=True,
    ):
        cases = [case for case in rows.of(part).cases() if rows.of(part).tools(case) == [many.TOOL]]
        _lines(axis, rows.of(part), [(case, many.TOOL, case) for case in cases])
        axis.set_xlabel(things)
        axis.legend(fontsize=6, frameon=False)
    axes[0].set_ylabel("CPU seconds")


def _kernels(rows: Rows, axes: Sequence[Axes]) -> None:
    """Seconds of one call by the number of differences, in each package."""
    for axis, kernel in zip(axes, kernels.KERNELS, strict=False):
        _lines(axis, rows, [(kernel, tool, tool) for tool in rows.tools(kernel)])
        axis.set_title(kernel)
        axis.set_xlabel("n")
    axes[0].set_ylabel("CPU seconds of one call")
    axes[0].legend(fontsize=6, frameon=False)


def _lines(axis: Axes, rows: Rows, lines: Sequence[tuple[str, str, str]]) -> None:
    """A line for each case and tool, through the sizes that finished with a result."""
    for (case, tool, label), colour, marker in zip(
        lines, cycle(COLOURS), cycle("os^vD"), strict=False
    ):
        points = [(size, rows.middle(case, tool, size)) for size in rows.sizes(case)]
        given = [
            (size, cpu)
            for size, cpu in points
            if cpu and rows.note(case, tool, size) not in ("NA", "NaN", "nan")
        ]
        if given:
            x, y = zip(*given, strict=True)
            axis.plot(x, y, color=colour, marker=marker, markersize=3, linewidth=1, label=label)
    axis.set_xscale("log")
    axis.set_yscale("log")
