"""Rows at the top or the end of a table whose numbers sum up those of the other rows.

A row without any label can be known by its numbers alone: they are the means of the others, or the
sums, medians, standard deviations or counts. A patient can have such numbers as well, and a row is
told only where that would hardly happen by chance. So whole numbers in one or two columns of coarse
scores tell nothing, whether they are a patient's or a summary's; what else a row shows is for
`strays`.

Of 20,000 tables of patients that were drawn at random (4 to 60 patients, 1 to 8 columns of scores,
ages and laboratory values, coarse and fine, related up to a correlation of 0.95, up to 15 % of them
missing), 0.2 % had a row that is told here. Of tables with a line of rounded means, some 30 % had
it told with two columns, 90 % with four; of medians as many.
"""

import math
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import permutations
from statistics import median, stdev
from typing import Any

from casebook.statistics.digits import decimal, margin
from casebook.study.fields import LARGEST

_FEWEST = 3
"""How many values a column must have for its sum or mean to tell anything."""
_FIRST, _LAST = 3, 5
"""How many rows at the top, and at the end, may be a summary."""
_TOGETHER = 3
"""How many rows are looked at together: means, standard deviations and counts."""
_CHANCE = 0.001
"""How often patients may have the sums or means of the others by chance, for that to tell much."""
_ALONE = 0.05
"""How often one of several rows may, so that no patient beside means is told with them."""

Numbers = Mapping[str, float]
"""The numbers of a row by the names of their columns."""


def summaries(rows: Mapping[int, Numbers], strange: Container[int]) -> dict[int, str]:
    """What the numbers of rows are of the others, as "means", by the number of the row.

    Args:
        rows: The numbers of each row that is read as a patient's, by number, from the top.
        strange: The rows that are known to be none, which no other is held against.
    """
    # No column may hold larger numbers, and some statistics of them overflow.
    rows = {
        row: {name: number for name, number in numbers.items() if abs(number) <= LARGEST}
        for row, numbers in rows.items()
    }
    told: dict[int, str] = {}
    for starts, others in _edges(list(rows)):
        patients = [rows[each] for each in others if each not in strange and each not in told]
        columns = _Columns(patients)
        for block in starts:
            ways = [_chances(rows[each], columns) for each in block]
            kinds = min(_different(ways), key=lambda each: _chance(ways, each), default=())
            if kinds and _chance(ways, kinds) < _CHANCE:
                told = {**dict(zip(block, kinds, strict=True)), **told}
    return told


def _edges(numbers: Sequence[int]) -> Iterator[tuple[Sequence[Sequence[int]], Sequence[int]]]:
    """Rows that stand together at the top or the end, and those that they may sum up."""
    for size in range(1, min(_FIRST, len(numbers)) + 1):
        yield [numbers[:size]], numbers[size:]
    for start in range(max(1, len(numbers) - _LAST), len(numbers)):
        sizes = range(1, min(_TOGETHER, len(numbers) - start) + 1)
        yield [numbers[start : start + size] for size in sizes], numbers[:start]


def _different(ways: Sequence[Mapping[str, float]]) -> Iterator[tuple[str, ...]]:
    """What the rows of a block can be, each something else, and no patient's by the likes of it."""
    for kinds in permutations(_STATISTICS, len(ways)):
        if all(way.get(kind, 1) < _ALONE for kind, way in zip(kinds, ways, strict=True)):
            yield kinds


def _chance(ways: Sequence[Mapping[str, float]], kinds: Sequence[str]) -> float:
    return math.prod(way[kind] for way, kind in zip(ways, kinds, strict=True))


class _Column:
    """The numbers of patients in a column, and what they are together."""

    def __init__(self, values: Sequence[float]) -> None:
        self.values = values
        self.least, self.most = min(values, default=0), max(values, default=0)
        self.tells = len(values) >= _FEWEST and self.least < self.most
        self._roughly: dict[str, float] = {}

    @cached_property
    def decimals(self) -> int:
        """The most digits that a number of the column has behind its point."""
        return max(map(_decimals, self._counts))

    @cached_property
    def _counts(self) -> Counter[float]:
        return Counter(self.values)

    @cached_property
    def _exact(self) -> list[Decimal]:
        return [*map(decimal, self.values)]

    @cached_property
    def _margin(self) -> Decimal:
        return max(map(margin, self._counts))

    def chance(self, kind: str, number: float) -> float | None:
        """How often a patient has a number by chance, None if it is no such statistic.

        Means lie where many patients are, the more so the fewer numbers a scale has.
        """
        if not self._may_be(kind, number):
            return None
        unit, spread = 10.0 ** -_decimals(number), self.most - self.least
        slack = Decimal(1).scaleb(-_decimals(number)) / 2 + margin(number) + self._margin
        expected = Decimal(_STATISTICS[kind](self._exact))
        if abs(decimal(number) - expected) > slack:
            return None
        if number > self.most:
            beyond = number - self.least
            # The product and the square of very small numbers would be 0.
            return min(1, unit / beyond * (spread / beyond)) / (len(self.values) + 1)
        near = sum(n for each, n in self._counts.items() if abs(decimal(each) - expected) <= slack)
        return min(1, max(1.5 * unit / (spread + unit), near / len(self.values)))

    def _may_be(self, kind: str, number: float) -> bool:
        """Whether a number is about what floats give, which is known much sooner."""
        if kind not in self._roughly:
            self._roughly[kind] = float(_STATISTICS[kind](self.values))
        slack = 10.0 ** -_decimals(number) + 1e-3 + 1e-9 * abs(number)
        return abs(number - self._roughly[kind]) <= slack


class _Columns:
    """The columns of patients by name, each made when it is asked for."""

    def __init__(self, patients: Sequence[Numbers]) -> None:
        self.patients = patients
        self._made: dict[str, _Column] = {}

    def __getitem__(self, name: str) -> _Column:
        if name not in self._made:
            self._made[name] = _Column([each[name] for each in self.patients if name in each])
        return self._made[name]


def _chances(row: Numbers, columns: _Columns) -> dict[str, float]:
    """How often a patient has these numbers by chance, by what they all are of the others."""
    found = dict.fromkeys(_STATISTICS, 1.0)
    finer, told = False, 0
    for name, number in row.items():
        column = columns[name]
        if not column.tells:
            continue
        for kind in list(found):
            chance = column.chance(kind, number)
            # Means stand beside sums where sums mean nothing.
            if chance is None and kind == "sums":
                chance = column.chance("means", number)
            if chance is None:
                del found[kind]
            else:
                found[kind] *= chance
        if not found:
            return {}
        finer, told = finer or _decimals(number) > column.decimals, told + 1
    # What has more decimals than all others is no number of theirs.
    divisor = len(columns.patients) + 1 if finer else 1
    return {kind: chance / divisor for kind, chance in found.items()} if told else {}


def _decimals(number: float) -> int:
    exponent = decimal(number).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


_STATISTICS: dict[str, Callable[[Any], Any]] = {
    "means": lambda values: sum(values) / len(values),
    "sums": sum,
    "medians": median,
    "standard deviations": stdev,
    "counts": len,
}
"""What a row may be of the others, of floats as of decimal numbers."""
