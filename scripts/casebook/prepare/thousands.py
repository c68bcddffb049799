"""Numbers whose decimal sign may group thousands: is 1,250 among 900 and 1100 really 1.25?

All is read as `source.decimal` says; where other numbers of the column speak against that, it is
told. A column whose numbers all have three decimals is as it should be, and so are numbers that as
thousands would be out of range. That a point may group
thousands where nothing says what a point is, is an error that `cleaning` tells.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from statistics import median

from casebook.base.numerals import GROUP, SIGNS, Numerals, is_ambiguous
from casebook.data.findings import Finding
from casebook.prepare.columns import ColumnOfValues, of_each
from casebook.prepare.corrections import NOT_SHOWN
from casebook.study.model import Study

_DIGITS = 3


@dataclass(frozen=True)
class _Doubt:
    """Numbers of a column whose decimal sign may group thousands, and its other ones, as texts."""

    numerals: Numerals
    doubtful: Sequence[str]
    others: Sequence[str]

    @property
    def reason(self) -> str:
        """What of the other numbers speaks for thousands, in words; empty if nothing does."""
        sign = self.numerals.decimal
        with_decimals = [text for text in self.others if sign in text]
        whole = [text for text in self.others if sign not in text]
        if any(len(text.rpartition(sign)[2]) == _DIGITS for text in with_decimals):
            return ""
        if with_decimals:
            in_line = self._are_nearer_as_thousands or self._end_with_zero(with_decimals)
            return f"have other decimals, such as {with_decimals[0]}" if in_line else ""
        largest = max(whole, key=self._size, default="")
        in_line = (
            len(self.doubtful) < len(whole)
            or self._size(largest) >= GROUP
            or self._are_nearer_as_thousands
        )
        return f"have no decimals, such as {largest}" if in_line else ""

    def _end_with_zero(self, others: Sequence[str]) -> bool:
        """Whether each in doubt, but none of the shorter others, ends with a 0 that none needs."""
        if any(len(text.rpartition(self.numerals.decimal)[2]) > _DIGITS for text in others):
            return False
        ends = [{text[-1] == "0" for text in texts} for texts in (self.doubtful, others)]
        return ends == [{True}, {False}]

    @property
    def _are_nearer_as_thousands(self) -> bool:
        """Whether those in doubt would be more like the others, in proportion, as thousands."""
        others = [size for size in map(self._size, self.others) if size]
        if not others:
            return False
        ratio = median(map(self._size, self.doubtful)) / median(others)
        return abs(log(GROUP * ratio)) < abs(log(ratio))

    def _size(self, text: str) -> float:
        return abs(self.numerals.number(text) or 0.0)

    @property
    def hint(self) -> str:
        """What the numbers are read as, why they may be others, and what to do if they are."""
        sign, example = self.numerals.decimal, self.doubtful[0]
        word, number = SIGNS[sign], self.numerals.number(example) or 0.0
        return (
            f"read with a decimal {word}, {example} as {number:.15g}, but other numbers of the"
            f" column {self.reason}: if the {word} separates thousands, {example} is"
            f" {GROUP * number:.15g}; write that in corrections.tsv, or, if the table writes all"
            f' thousands so, thousands: "{sign}" under source in study.yaml, with the other decimal'
            " sign"
        )

    @property
    def in_short(self) -> str:
        """The same without what stands in any cell."""
        word = SIGNS[self.numerals.decimal]
        return f"read with a decimal {word}, which may separate thousands: look at the text"


def perhaps_thousands(
    study: Study, file: str, rows: Sequence[int], columns: Iterable[ColumnOfValues]
) -> Iterator[Finding]:
    """A warning at each cell whose decimal sign may group thousands, as other numbers suggest.

    Args:
        study: The study.
        file: The name of its table.
        rows: The rows of the cells of each column.
        columns: The columns of numbers, as they were read.
    """
    for kind, read in of_each(study, columns):
        doubt = _doubt(study.source.numerals, kind.range, read)
        if not doubt.doubtful or not doubt.reason:
            continue
        for column in read:
            header, numbers = column.source.column, column.numerals.items()
            texts = {text for text, each in numbers if not {*each}.isdisjoint(doubt.doubtful)}
            for place in column.places({*filter(column.is_number, texts)}):
                at = (file, rows[place], header)
                if header in study.private_columns:
                    yield Finding("warning", *at, "", "", f"{doubt.in_short}, {NOT_SHOWN}")
                else:
                    yield Finding("warning", *at, column.texts[place], "", doubt.hint)


def _doubt(
    numerals: Numerals, limits: tuple[float, float], columns: Sequence[ColumnOfValues]
) -> _Doubt:
    """Which of the numbers that columns write are in doubt, within limits, and the other ones."""
    low, high = limits
    every = dict.fromkeys(
        number for each in columns for texts in each.numerals.values() for number in texts
    )
    doubtful = {
        text: None
        for text in every
        if is_ambiguous(text, numerals.decimal)
        and low <= GROUP * (numerals.number(text) or 0.0) <= high
    }
    # A number such as 1.8e5 has decimals whatever a sign means in the others.
    plain = (text for text in (every if doubtful else ()) if "e" not in text.casefold())
    others = (text for text in plain if text not in doubtful)
    return _Doubt(
        numerals, [*doubtful], [text for text in others if numerals.number(text) is not None]
    )
