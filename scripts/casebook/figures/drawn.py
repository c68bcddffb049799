"""Who of many patients is drawn: each, or one of so many neighbours in the order of the figure.

Sorted patients of whom every k-th is drawn look like all of them: what is drawn are quantiles. How
patients are sorted is for each figure to say.
"""

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

EACH = 500
"""So many patients are drawn each."""

_LANES = 250

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Drawn(Generic[Shown]):
    """Who is drawn, in the order of the figure, and for how many neighbours each of them stands."""

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
            f"One in {self.one_in} patients is drawn, and stands for its neighbours in the order of"
            " the figure."
        )


def drawn(in_order: Sequence[Shown], group: Callable[[Shown], Hashable]) -> Drawn[Shown]:
    """Each patient; of too many the one in the middle of each k neighbours.

    Args:
        in_order: The patients in the order of the figure.
        group: What neighbours have in common: of each run of them at least one is drawn.
    """
    one_in = 1 if len(in_order) <= EACH else math.ceil(len(in_order) / _LANES)
    runs = [tuple(run) for _, run in groupby(in_order, group)]
    return Drawn(
        tuple(each for run in runs for each in run[min(one_in, len(run)) // 2 :: one_in]), one_in
    )
