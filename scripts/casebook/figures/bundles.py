"""The lines of many patients as few: those with close values at both visits are one line.

A line runs through the means of its patients, and is as wide as its share of all; patients who are
drawn in different ways are not in one. Up to how many patients each has a line is not known here.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Generic, TypeVar

_STEPS = 12
"""Values in one of so many steps from the lowest to the highest are close."""

Kind = TypeVar("Kind", bound=Hashable)
Pair = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Bundle(Generic[Kind]):
    """Patients with close values: their kind, their mean at each visit, and their share of all."""

    kind: Kind
    means: Pair
    share: float


def bundles(pairs: Sequence[Pair], kinds: Sequence[Kind]) -> Iterator[Bundle[Kind]]:
    """Bundles of patients of the same kind who have close values, the largest first.

    Args:
        pairs: The values of each patient at both visits; None is missing.
        kinds: The kind of each patient.
    """
    step = _steps([value for pair in pairs for value in pair if value is not None])
    groups: dict[Hashable, list[tuple[Pair, Kind]]] = {}
    for pair, kind in zip(pairs, kinds, strict=True):
        close = tuple(None if value is None else step(value) for value in pair)
        groups.setdefault((kind, close), []).append((pair, kind))
    for group in sorted(groups.values(), key=len, reverse=True):
        before, after = (_mean([pair[visit] for pair, _ in group]) for visit in (0, 1))
        yield Bundle(group[0][1], (before, after), len(group) / len(pairs))


def _steps(values: Sequence[float]) -> Callable[[float], int]:
    """A function that gives the step in which a value is."""
    low, width = min(values), (max(values) - min(values)) / _STEPS
    return lambda value: min(int((value - low) / width), _STEPS - 1) if width else 0


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
