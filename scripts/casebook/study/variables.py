"""The variables of a study: what a column of the raw table means, and what its cells may hold.

How cells are read is the business of `prepare/values`.
"""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from casebook.base.days import DayForms
from casebook.study.described import Model
from casebook.study.fields import (
    CellText,
    DateFormats,
    FirstYear,
    Flag,
    Levels,
    Pattern,
    Range,
    Separator,
    Step,
    Text,
    Wording,
)
from casebook.study.inexact import NumberInCell
from casebook.study.shorthand import ONE_OR_MORE


class Variable(Model):
    """What all kinds of variable share."""

    label: Wording
    """Name for readers."""
    column: Text
    """Header of the column in the raw table; two variables may read one column."""
    visit: Text | None = None
    """In a table with a row for each patient and visit, the visit at which the value is taken;
    without it, all rows of a patient must have the same."""
    measure: Text | None = None
    """In a table with a row for each measure, which of them it is."""
    pattern: Pattern | None = None
    """Regular expression that the whole cell must match; its first group is the value."""
    missing: tuple[CellText, ...] = ()
    """Cell texts that mean "not available" in this column, beside those of `source.missing`."""
    private: Flag = False
    """Whether the column is kept out of the report and of all else that is passed on, as a date of
    birth should be; expressions can use the value all the same, and what they give is shown."""


class NumberVariable(NumberInCell, Variable):
    """A number, within limits."""

    type: Literal["number"]
    unit: Text | None = None
    """Unit, as in years or mg."""
    range: Range
    """Smallest and largest value that can be true; what lies outside is an error."""
    step: Step | None = None
    """What the values are multiples of, as in an outcome."""


class LevelledVariable(Variable):
    """What a category and a set share."""

    levels: Levels
    """Text in the cell, and its label; upper and lower case do not matter, and texts with the same
    label are the same level, which is known by the first of them."""

    @cached_property
    def told_apart(self) -> dict[str, str]:
        """The levels without those that have the label of an earlier one."""
        first: dict[str, str] = {}
        for level, label in self.levels.items():
            first.setdefault(label, level)
        return {level: label for label, level in first.items()}


class CategoryVariable(LevelledVariable):
    """One of several levels."""

    type: Literal["category"]


class SetVariable(LevelledVariable):
    """Any number of levels, such as therapies: in one cell, or with a box for each."""

    type: Literal["set"]
    column: Text = ""
    """Header of the column in the raw table, unless there are `columns`."""
    columns: Annotated[dict[Text, Text], Field(examples=[{"mtx": "rx___1", "hcq": "rx___2"}])] = {}
    """Instead of a column, one for each level: a box that is ticked if the patient has it."""
    yes: tuple[CellText, ...] = ("1", "Checked")
    """Cell texts of a box that is ticked, in `columns`."""
    no: tuple[CellText, ...] = ("0", "Unchecked")
    """Cell texts of a box that is not ticked; "" for an empty cell, which otherwise says that
    nobody was asked."""
    asked: Text | None = None
    """Column that says whether anyone was asked, such as the status of the form with the boxes:
    where its cell is empty and no box is ticked, the set is missing and not empty."""
    not_asked: tuple[CellText, ...] = ()
    """Cell texts of that column, beside an empty cell, that mean the same."""
    unknown: Annotated[tuple[Text, ...], ONE_OR_MORE] = ()
    """Columns of boxes that say, if ticked, that the members are not known."""
    separator: Separator = ","
    """What stands between two members."""
    mark: Text | None = None
    """Sign that follows a marked member: with "*", HCQ is marked in the cell "HCQ*, MTX"."""
    mark_label: Text | None = None
    """What the mark says, for readers, as in "still taken when the treatment began"."""
    none: tuple[CellText, ...] = ()
    """Cell texts that mean "no member", which is not the same as "not available"; "" for an empty
    cell, as of a box that is not ticked."""

    @model_validator(mode="after")
    def _has_a_column_or_boxes(self) -> Self:
        if bool(self.column) == bool(self.columns):
            raise ValueError("needs either a column, or columns with a box for each level")
        of_boxes = {"yes", "no", "asked", "not_asked", "unknown"} & self.model_fields_set
        of_column = {"separator", "mark", "none", "pattern"} & self.model_fields_set
        if wrong := sorted(of_column if self.columns else of_boxes):
            other = "column" if self.columns else "columns"
            raise ValueError(f"{', '.join(wrong)}: only a set with {other} can have this")
        if self.columns and self.columns.keys() != self.levels.keys():
            boxes, levels = (
                sorted(a - b)
                for a, b in [
                    (self.columns.keys(), self.levels.keys()),
                    (self.levels.keys(), self.columns.keys()),
                ]
            )
            told = [f"no box for the level {each!r}" for each in levels]
            told += [f"{each!r} is not a level" for each in boxes]
            raise ValueError(f"columns: {'; '.join(told)}")
        headers = [*self.columns.values(), *self.unknown]
        if twice := sorted({each for each in headers if headers.count(each) > 1}):
            raise ValueError(f"columns: {twice[0]!r} cannot be the box of two")
        if both := {*map(str.casefold, self.yes)} & {*map(str.casefold, self.no)}:
            raise ValueError(f"{min(both)!r} cannot be both yes and no")
        if self.not_asked and not self.asked:
            raise ValueError("not_asked needs asked, the column that has these texts")
        return self

    @model_validator(mode="after")
    def _members_can_be_told_apart(self) -> Self:
        for level in self.levels:
            if self.separator in level:
                raise ValueError(f"the level {level!r} contains the separator {self.separator!r}")
            if self.mark and level.endswith(self.mark):
                raise ValueError(f"the level {level!r} ends with the mark {self.mark!r}")
        return self

    @model_validator(mode="after")
    def _a_mark_has_a_sign(self) -> Self:
        if self.mark_label and not self.mark:
            raise ValueError("mark_label says what a mark means, but no mark is given")
        if self.mark and self.separator in self.mark:
            raise ValueError(f"the mark {self.mark!r} contains the separator {self.separator!r}")
        return self


class TextVariable(Variable):
    """Free text; kept, not analysed."""

    type: Literal["text"]


class DateVariable(Variable):
    """A calendar date."""

    type: Literal["date"]
    format: Annotated[DateFormats, ONE_OR_MORE] = ("%Y-%m-%d",)
    """How dates are written, in the letters of Python's strptime, or a list of such ways; a date
    that two of them read as different days is an error. 2024-02-29 is always read, as workbooks
    give dates in this form, so `"%Y-%d-%m"` is not allowed. `%b` is the name of a month in English,
    German, French, Spanish, Italian, Portuguese, Dutch or a Scandinavian language, whole or
    shortened; `serial` is the number of a day as spreadsheets count, 45351 for 2024-02-29."""
    two_digit_years_from: FirstYear | None = None
    """With `%y` in a format, as in `"%d.%m.%y"`, the first of the hundred years that two digits are
    taken for: with 1930, which spreadsheets use, 5.3.30 is in 1930 and 5.3.29 in 2029. Dates of
    birth can need an earlier one."""

    @property
    def forms(self) -> DayForms:
        """How the dates are written."""
        return DayForms(self.format, self.two_digit_years_from)


AnyVariable = Annotated[
    NumberVariable | CategoryVariable | SetVariable | TextVariable | DateVariable,
    Field(discriminator="type"),
]
