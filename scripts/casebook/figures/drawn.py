"""Who of many patients is drawn: each, or one in so many, evenly along the order of the figure.

Sorted patients of whom every k-th is drawn look like all of them: what is drawn are quantiles, from
the least to the greatest. How patients are sorted is for each figure to say.
"""

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

EACH = 500
"""So many patients are drawn each."""

_LANES = 250

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Drawn(Generic[Shown]):
    """Who is drawn, in the order of the figure, and how many patients each of them stands for."""

    shown: tuple[Shown, ...]
    one_in: int

    @property
    def whose(self) -> str:
        """Whose values the figure shows, as its title says it."""
        return "each patient" if self.one_in == 1 else f"one in {self.one_in} patients"

    @property
    def told(self) -> str:
        """What is to be known of a figure that does not show each patient, as a sentence."""
        if self.one_in == 1:
            return ""
        return (
            f"One in {self.one_in} patients is drawn, evenly along the order of the figure from the"
            " first to the last."
        )


def drawn(in_order: Sequence[Shown], group: Callable[[Shown], Hashable]) -> Drawn[Shown]:
    """Each patient; of too many one in so many, evenly, with the first and the last of each group.

    Args:
        in_order: The patients in the order of the figure.
        group: What neighbours have in common who are a group.
    """
    one_in = 1 if len(in_order) <= EACH else math.ceil(len(in_order) / _LANES)
    groups = [tuple(run) for _, run in groupby(in_order, group)]
    return Drawn(tuple(each for run in groups for each in _evenly(run, one_in)), one_in)


def _evenly(patients: Sequence[Shown], one_in: int) -> Iterator[Shown]:
    """One in so many of a group: its first, its last, and others at equal distances between."""
    steps = max(1, round(len(patients) / one_in) - 1)
    last = len(patients) - 1
    return (patients[step * last // steps] for step in range(min(steps, last) + 1))
