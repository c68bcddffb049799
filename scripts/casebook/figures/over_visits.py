"""The figures of an outcome over all visits, which one job draws."""

from collections.abc import Sequence
from pathlib import Path

from casebook.figures.measured import read_measured
from casebook.figures.multiples import multiples as draw_multiples
from casebook.figures.trajectories import trajectories as draw_trajectories


def over_visits(
    study: Path,
    outcome: str,
    slices: Sequence[Path],
    results: Path,
    figure: Sequence[Path],
    measurements: Sequence[Path] = (),
) -> None:
    """Draw the figures of one outcome over all visits, each as SVG with PDF and PNG beside it.

    Args:
        study: The study.yaml.
        outcome: Name of the outcome.
        slices: The patients of all cohorts, in one file or several.
        results: The results of all cohorts.
        figure: The files of the trajectories and of the small multiples.
        measurements: The file that says which values are inexact, if some can be.
    """
    trajectories, multiples = figure
    measured = read_measured(study, outcome, slices, results, measurements)
    draw_trajectories(measured, trajectories)
    draw_multiples(measured, multiples)
