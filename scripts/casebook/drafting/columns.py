"""A column of a table as it is guessed from, and a guess of what it means, with its reason.

What is guessed is in the modules beside this one; none of them reads a file.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from casebook.base.days import DayForms
from casebook.base.inexact import Form
from casebook.data.cells import folded
from casebook.drafting.centuries import NO_CENTURY, Century

Type = Literal["number", "category", "set", "text", "date"]


@dataclass(frozen=True)
class Column:
    """A column of the table.

    Attributes:
        number: Its place in the table, from 1.
        header: Its header, normalised.
        texts: The texts of its cells from the top, normalised; empty for an empty cell.
        missing: The texts, folded, that mean "not available" in every column.
        label: What the file calls the column beside its header.
        labels: The labels that the file has for texts of it.
        declared: The texts of it of which the file says that they are no value.
        kind: The type that a data dictionary says it has.
        limits: The limits that a data dictionary has of it.
        unit: The unit that a data dictionary has of it.
        private: Why it should be kept out of the report, if a data dictionary says so.
        doubt: Why its numbers cannot be read as those of the table, if they cannot.
    """

    number: int
    header: str
    texts: Sequence[str]
    missing: frozenset[str] = frozenset()
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    declared: Sequence[str] = ()
    kind: Type | None = None
    limits: tuple[float, float] | None = None
    unit: str = ""
    private: str = ""
    doubt: str = ""

    @cached_property
    def filled(self) -> list[str]:
        """The texts of the cells that say something."""
        none = {*self.missing, *map(folded, self.declared)}
        return [text for text in self.texts if text and folded(text) not in none]

    @cached_property
    def different(self) -> dict[str, str]:
        """The different ones of these, folded, each as it is written first."""
        found: dict[str, str] = {}
        for text in self.filled:
            found.setdefault(folded(text), text)
        return found

    def share_among(self, known: Collection[str]) -> float:
        """What share of the texts that say something are among these, from 0 to 1."""
        return sum(text in known for text in self.filled) / max(1, len(self.filled))


@dataclass(frozen=True)
class Guess:
    """What a column seems to be; all but the type and its reason may be empty.

    Attributes:
        type: The type of the variable.
        reason: What the type rests on, for the comment beside it.
        range: The least and the largest number.
        range_reason: What the range rests on.
        unit: The unit.
        unit_reason: What the unit rests on.
        pattern: The regular expression that finds the value in a cell.
        strip_unit: The units behind the number in cells, which are left out in reading.
        strip_reason: What they are.
        marks: The signs beside the number in cells, which are left out in reading.
        marked: The texts of all cells that have them.
        values: The words that stand for a number, each with the number.
        inexact: The texts that hold more or less than a number, as <5 and 30–40, by their form.
        levels: The levels, each with its label.
        levels_reason: What is to be looked at in them.
        missing: The texts of this column that mean "not available".
        missing_reason: Why they seem to.
        formats: The ways in which dates are written.
        century: Of which hundred years they are, if their years have two digits.
        separator: What stands between the members of a set.
        mark: The sign that follows some of them.
        none: The texts that mean that there is none.
        private: Why the column should be kept out of the report, if it should.
        suffix: What tells apart two variables of one column.
        seen: The numbers in the cells, each with the text of its cell.
        slips: The texts that are to be corrected, as they are no values and mean no missing one.
        boxes: The columns of the members of a set, by its levels.
        unknown: The columns of boxes that say that the members are not known.
        asked: The column that says whether anyone was asked for the members.
        asked_reason: What that rests on.
        not_asked: The texts of that column that say that nobody was.
        not_asked_reason: What that rests on.
        visit: The visit at which the variable is taken.
    """

    type: Type
    reason: str
    range: tuple[float, float] | None = None
    range_reason: str = ""
    unit: str = ""
    unit_reason: str = ""
    pattern: str = ""
    strip_unit: Sequence[str] = ()
    strip_reason: str = ""
    marks: Sequence[str] = ()
    marked: Sequence[str] = ()
    values: Mapping[str, float] = field(default_factory=dict)
    inexact: Mapping[Form, Sequence[str]] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    levels_reason: str = ""
    missing: Sequence[str] = ()
    missing_reason: str = ""
    formats: Sequence[str] = ()
    century: Century = NO_CENTURY
    separator: str = ""
    mark: str = ""
    none: Sequence[str] = ()
    private: str = ""
    suffix: str = ""
    seen: Sequence[tuple[str, float]] = ()
    slips: Sequence[str] = ()
    boxes: Mapping[str, str] = field(default_factory=dict)
    unknown: Sequence[str] = ()
    asked: str = ""
    asked_reason: str = ""
    not_asked: Sequence[str] = ()
    not_asked_reason: str = ""
    visit: str = ""

    @property
    def forms(self) -> DayForms:
        """How dates are written."""
        return DayForms(self.formats, self.century.first_year)

    def without_declared(self, column: Column) -> "Guess":
        """The same with the texts among the missing ones that the column's file declares so."""
        if not column.declared:
            return self
        others = self.missing_reason if self.missing else ""
        reason = "; ".join(filter(None, ["the file says that they are no values", others]))
        missing = [*dict.fromkeys([*column.declared, *self.missing])]
        return replace(self, missing=missing, missing_reason=reason)
