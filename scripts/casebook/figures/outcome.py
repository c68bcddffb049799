"""The figures of one outcome, which one job draws."""

from collections.abc import Sequence
from pathlib import Path

from casebook.figures.measured import read_measured
from casebook.figures.paired import paired as draw_paired
from casebook.figures.waterfall import waterfall as draw_waterfall


def figures(
    study: Path,
    outcome: str,
    slices: Sequence[Path],
    results: Path,
    figure: Sequence[Path],
    measurements: Sequence[Path] = (),
) -> None:
    """Draw the figures of one outcome, each into an SVG file with PDF and PNG beside it.

    Args:
        study: The study.yaml.
        outcome: Name of the outcome.
        slices: The patients of all cohorts, in one file or several.
        results: The results of all cohorts.
        figure: The files of the paired-change plot and of the waterfall.
        measurements: The file that says which values are inexact, if some can be.
    """
    paired, waterfall = figure
    measured = read_measured(study, outcome, slices, results, measurements)
    draw_paired(measured, paired)
    draw_waterfall(measured, waterfall)
