"""Walsh averages: the means of every two differences, each with itself too, without a list of all.

There are n (n + 1) / 2 of them. What is asked here takes time that grows as n log n, and memory as
n. What they estimate is known in `estimate`.
"""

from typing import Literal, NamedTuple

import numpy as np

from casebook.statistics.values import FloatArray, IntArray

_LISTED = 50_000
_SAMPLE = 4096
_LEEWAY = 128


class Split(NamedTuple):
    """What lies on either side of a value: how many averages are less, and the nearest two.

    `below` is the largest of those that are less (infinitely small if there is none), `above` the
    smallest of the others (infinitely large if there is none).
    """

    fewer: int
    below: float
    above: float


class WalshAverages:
    """The Walsh averages of some differences, in ascending order.

    An average is the sum of two halves, rounded once. Those of distinct values make a table, from
    the diagonal on, in which every row and every column ascends.

    Attributes:
        count: How many averages there are, n (n + 1) / 2.
        least: The smallest.
        greatest: The largest.
    """

    def __init__(self, differences: FloatArray) -> None:
        self._halves, self._counts = np.unique(differences / 2, return_counts=True)
        self._before = np.concatenate([[0], np.cumsum(self._counts)])
        self._diagonal = np.arange(self._halves.size)
        self.count = differences.size * (differences.size + 1) // 2
        self.least, self.greatest = float(2 * self._halves[0]), float(2 * self._halves[-1])

    def median(self) -> float:
        """The middle average, or the mean of the middle two."""
        low = self.at((self.count - 1) // 2)
        split = self.split(float(np.nextafter(low, np.inf)))
        high = low if split.fewer > self.count // 2 else split.above
        return low if low == high else low / 2 + high / 2

    def split(self, value: float) -> Split:
        """How many averages are less than a value, and the two that it lies between."""
        columns = self._columns(value, "left")
        rows = columns > self._diagonal
        below = self._halves[rows] + self._halves[columns[rows] - 1]
        columns = np.maximum(columns, self._diagonal)
        rows = columns < self._halves.size
        above = self._halves[rows] + self._halves[columns[rows]]
        fewer = self._number(columns)
        return Split(fewer, float(below.max(initial=-np.inf)), float(above.min(initial=np.inf)))

    def at(self, place: int) -> float:
        """The average at a place, counted from 0.

        Two values between which it probably lies, from a sample, cut off most of the table on
        either side; what remains is cut again, until it is short enough to be listed.
        """
        starts, ends = self._diagonal, np.full_like(self._diagonal, self._halves.size)
        random, leeway = np.random.default_rng(0), _LEEWAY
        while int((ends - starts).sum()) > max(_LISTED, 4 * self._halves.size):
            low, high = self._bracket(random, starts, ends, place, leeway)
            cut = np.clip(self._columns(low, "left"), starts, ends)
            from_low = self._number(cut) <= place
            starts, ends = (cut, ends) if from_low else (starts, cut)
            cut = np.clip(self._columns(high, "right"), starts, ends)
            to_high = self._number(cut) > place
            starts, ends = (starts, cut) if to_high else (cut, ends)
            if low == high and from_low and to_high:
                return low
            leeway //= 2
        return self._listed(starts, ends, place - self._number(starts))

    def _columns(self, value: float, side: Literal["left", "right"]) -> IntArray:
        """In each row, how many averages of a whole row are less than a value (or equal, right)."""
        halves = self._halves
        columns = halves.searchsorted((value - halves)[::-1], side)[::-1]
        before = np.less if side == "left" else np.less_equal
        last = halves.size - 1
        # The difference is rounded, and its place may not be that of the sum.
        while True:
            more = (columns <= last) & before(halves + halves[np.minimum(columns, last)], value)
            less = (columns > 0) & ~before(halves + halves[np.maximum(columns - 1, 0)], value)
            if not (more | less).any():
                return columns
            columns = columns + more - less

    def _number(self, columns: IntArray) -> int:
        """How many averages stand before these columns, from the diagonal on."""
        pairs = self._counts * (self._before[columns] - self._before[:-1])
        twice = np.where(columns > self._diagonal, self._counts * (self._counts - 1) // 2, 0)
        return int((pairs - twice).sum())

    def _bracket(
        self,
        random: np.random.Generator,
        starts: IntArray,
        ends: IntArray,
        place: int,
        leeway: int,
    ) -> tuple[float, float]:
        """Two values between which the average at a place probably is, from a sample."""
        weights = self._counts * (self._before[ends] - self._before[starts])
        up_to = np.cumsum(weights)
        drawn = random.integers(up_to[-1], size=_SAMPLE)
        rows = up_to.searchsorted(drawn, "right")
        further = (drawn - (up_to - weights)[rows]) // self._counts[rows]
        columns = self._before.searchsorted(self._before[starts[rows]] + further, "right") - 1
        sample = np.sort(self._halves[rows] + self._halves[columns])
        middle = (place - self._number(starts)) * _SAMPLE // int(up_to[-1])
        low, high = max(middle - leeway, 0), min(middle + leeway, _SAMPLE - 1)
        return float(sample[min(low, _SAMPLE - 1)]), float(sample[high])

    def _listed(self, starts: IntArray, ends: IntArray, place: int) -> float:
        """The average at a place among those from a column to another of each row."""
        lengths = ends - starts
        rows = np.repeat(self._diagonal, lengths)
        columns = np.arange(rows.size) - np.repeat(np.cumsum(lengths) - ends, lengths)
        averages = self._halves[rows] + self._halves[columns]
        weights = self._counts[rows] * self._counts[columns]
        twice = np.where(rows == columns, self._counts[rows] * (self._counts[rows] - 1) // 2, 0)
        order = np.argsort(averages)
        up_to = np.cumsum((weights - twice)[order])
        return float(averages[order[up_to.searchsorted(place, "right")]])
