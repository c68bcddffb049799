"""The cells of a column as values, each different text read once, however many rows there are.

What a text means is for `values`, and what becomes of one that cannot be read for `clean`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

from casebook.base.inexact import inexact
from casebook.data.patients import Value
from casebook.data.remarks import Remark
from casebook.prepare.numbers import without_percent
from casebook.prepare.unreadable import UnreadableError
from casebook.prepare.values import Part, Source
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.variables import NumberVariable

Reading = Value | UnreadableError
"""What stands in a cell, or why that cannot be said."""


class ColumnOfValues:
    """The column that a value of each patient is read from."""

    def __init__(self, source: Source, texts: Sequence[str]) -> None:
        self.source, self.texts = source, texts
        self.counts = Counter(texts)
        self._parts: dict[str, Part] = {text: self._part(text) for text in self.counts}

    def _part(self, text: str) -> Part:
        try:
            return self.source.part(text)
        except UnreadableError as problem:
            return problem

    @cached_property
    def digits(self) -> dict[str, str]:
        """What each text writes without a percent sign, of those of which anything is read."""
        parts = self._parts.items()
        return {text: without_percent(part) for text, part in parts if isinstance(part, str)}

    @cached_property
    def numerals(self) -> dict[str, tuple[str, ...]]:
        """The numbers that each of these texts has: of a limit that, of a range both ends."""
        found = {}
        for text, digits in self.digits.items():
            said = inexact(digits)
            found[text] = said.numbers if said and self.is_number(text) else (digits,)
        return found

    def is_number(self, text: str) -> bool:
        """Whether a text of the column is read as a number that can be true."""
        return isinstance(self._reading(text, None), float)

    def readings(self, errors: Mapping[int, Remark]) -> list[Reading]:
        """What stands in each cell.

        Args:
            errors: Why the texts of some cells, by their places, are not their values.
        """
        known = {text: self._reading(text, None) for text in self.counts}
        found = list(map(known.__getitem__, self.texts))
        for place, error in errors.items():
            found[place] = self._reading(self.texts[place], error)
        return found

    def _reading(self, text: str, error: Remark | None) -> Reading:
        try:
            return self.source.value(self._parts[text], text, error)
        except UnreadableError as problem:
            return problem

    def places(self, texts: Collection[str]) -> Iterator[int]:
        """Where any of these texts stands."""
        if texts:
            yield from (place for place, text in enumerate(self.texts) if text in texts)


def of_each(
    study: Study, numbers: Iterable[ColumnOfValues]
) -> Iterator[tuple[NumberVariable | Outcome, list[ColumnOfValues]]]:
    """Each variable and outcome that is a number, with the columns that it is read from."""
    found: defaultdict[str, list[ColumnOfValues]] = defaultdict(list)
    for each in numbers:
        found[study.measured.get(each.source.name, (each.source.name, ""))[0]].append(each)
    for name, columns in found.items():
        kind = study.outcomes.get(name) or study.variables[name]
        if isinstance(kind, NumberVariable | Outcome):
            yield kind, columns


def unreadable(readings: Sequence[Reading]) -> dict[int, UnreadableError]:
    """The cells that cannot be read, by their places."""
    if not _has_unreadable(readings):
        return {}
    return {place: each for place, each in enumerate(readings) if isinstance(each, UnreadableError)}


def known_values(readings: Sequence[Reading]) -> Sequence[Value]:
    """The values of a column; None where the cell cannot be read."""
    if not _has_unreadable(readings):
        return cast("Sequence[Value]", readings)
    return [None if isinstance(each, UnreadableError) else each for each in readings]


def _has_unreadable(readings: Sequence[Reading]) -> bool:
    return any(issubclass(kind, UnreadableError) for kind in {*map(type, readings)})


def texts_that(texts: Sequence[str], meant: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """The texts of a kind with their places; each different text is looked at once."""
    if wanted := {text for text in {*texts} if meant(text)}:
        yield from ((place, text) for place, text in enumerate(texts) if text in wanted)


def digits_of(numbers: Iterable[ColumnOfValues]) -> Counter[str]:
    """How often each text stands where a number should be, without a percent sign."""
    found: Counter[str] = Counter()
    for each in numbers:
        for text, digits in each.digits.items():
            found[digits] += each.counts[text]
    return found
