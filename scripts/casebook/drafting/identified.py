"""What identifies the patients of a table, and what tells the rows of each apart.

How it is guessed is for `identifier` and `told_apart`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from casebook.base.days import DayForms
from casebook.data.cells import folded
from casebook.drafting.centuries import NO_CENTURY, Century
from casebook.drafting.columns import Column

_OF_CODES = re.compile(r" *(?:\([^()]*\)|no\.?|nr\.?|number|nummer|code)$")


@dataclass(frozen=True)
class Identifier:
    """What identifies the patients.

    Attributes:
        column: The header of the column; empty if there is none, so that rows are numbered.
        reason: What the guess rests on.
        rows: How many rows the first patient who has several has; 1 if no one has.
        of_visits: In a table with several rows of a patient, the column that tells them apart.
        fill_down: The column whose texts stand in the first of several rows alone, if there is one.
        measure: In a table with a row for each patient and measure, the column of measures.
        parts: The texts of that column, if it says of which part of a patient's body a row is.
        value: In such a table the column of their values, if there is one alone.
        start: The column with the date from which visits count, where that of visits has dates.
        start_reason: What that rests on.
        formats: How these dates are written.
        formats_reason: What that rests on.
        century: Of which hundred years they are, if their years have two digits.
    """

    column: str
    reason: str
    rows: int = 1
    of_visits: str = ""
    fill_down: str = ""
    measure: str = ""
    parts: Sequence[str] = ()
    value: str = ""
    start: str = ""
    start_reason: str = ""
    formats: Sequence[str] = ()
    formats_reason: str = ""
    century: Century = NO_CENTURY

    @property
    def forms(self) -> DayForms:
        """How these dates are written."""
        return DayForms(self.formats, self.century.first_year)

    @property
    def is_told(self) -> bool:
        """Whether it is known what tells several rows of a patient apart."""
        return bool(self.of_visits or self.measure)


def in_each_cell(texts: Iterable[str]) -> tuple[str, ...]:
    """The same texts, with the one before in place of each empty one."""

    def here(before: str, text: str) -> str:
        return text or before

    return tuple(accumulate(texts, here))


def in_each_row(column: Column) -> Column:
    """The same column with the text above in each empty cell."""
    return replace(column, texts=in_each_cell(column.texts))


def filled_down(columns: Iterable[Column], header: str) -> list[Column]:
    """The columns, that of a header with the text above in each empty cell."""
    return [in_each_row(each) if each.header == header else each for each in columns]


def is_named_once(column: Column) -> bool:
    """Whether each text stands once, at the top of at least as many empty cells in all."""
    written = [text for text in column.texts if text]
    named_once = len({*column.filled}) == len(written) and bool(column.texts[0])
    return named_once and len(written) * 2 <= len(column.texts)


def plain_header(header: str) -> str:
    """A header in small letters, with spaces between its words, as PatientID has none."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return folded(re.sub(r"[_.-]+(?=\w)", " ", spaced))


def header_without_code(header: str) -> str:
    """The same without how its texts are coded, as in Tooth (FDI) and Zahn Nr."""
    return _OF_CODES.sub("", plain_header(header))
