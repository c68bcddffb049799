"""Harms: where a study's adverse events stand, in columns of its table or in a table of their own.

An adverse event is what harmed a patient, whether or not the treatment caused it; what else happens
on a treatment, such as a dose that is tapered, belongs to `treatment.events`. How the events are
read is for `prepare/harms`.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from casebook.base.days import DayForms
from casebook.data.harms import GRADES, HARMS, KINDS, RELATED, SERIOUS, WORST
from casebook.data.patients import Kind
from casebook.study.described import Model
from casebook.study.expressions import Expression, parse
from casebook.study.fields import (
    WORDING,
    CellText,
    DateFormats,
    FirstYear,
    Identifier,
    Levels,
    Rows,
    Text,
    Wording,
)
from casebook.study.headings import RowsWith
from casebook.study.shorthand import ONE_OR_MORE
from casebook.study.source import TableFile
from casebook.study.variables import CategoryVariable


class HarmTerm(Model):
    """An adverse event that the table of patients has columns for: at most one a patient."""

    label: Wording
    """Name for readers."""
    condition: Text
    """Condition that selects the patients who had it."""
    grade: Text | None = None
    """The CTCAE grade, from 1 to 5: an expression that gives a number."""
    serious: Text | None = None
    """Condition that says whether it was serious."""
    related: Text | None = None
    """Condition that says whether it was related to the treatment."""

    @property
    def conditions(self) -> dict[str, Expression]:
        """Its conditions by their keys, parsed."""
        found = {"condition": self.condition, "serious": self.serious, "related": self.related}
        return {key: parse(source) for key, source in found.items() if source}

    @property
    def graded(self) -> Expression | None:
        """The expression of the grade, parsed, if there is one."""
        return parse(self.grade) if self.grade else None


class HarmColumns(Model):
    """Headers of the columns of a table of adverse events."""

    patient: Text
    """The patient's identifier, as in the table of patients."""
    term: Text
    """What the event was."""
    grade: Text | None = None
    """Its CTCAE grade, from 1 to 5, as in 3, G3, grade 3 or III."""
    start: Text | None = None
    """When it began."""
    end: Text | None = None
    """When it ended."""
    serious: Text | None = None
    """Whether it was serious: yes or no."""
    related: Text | None = None
    """Whether it was related to the treatment: yes or no."""
    outcome: Text | None = None
    """What became of it, in any words; the report shows them."""


class HarmTable(TableFile):
    """A table of its own with a row for each adverse event; a patient without a row had none.

    Its file may be the workbook of the patients' table.
    """

    columns: HarmColumns
    levels: Levels | None = None
    """The terms that can stand in the table, each with its label; another one is an error. Without
    it each text is a term of its own, upper and lower case alike."""
    separator: Annotated[str, Field(min_length=1, max_length=5, examples=[","])] | None = None
    """What stands between several events of one cell, each of which is then an event of its own,
    with what else the row says. Without it each text is one event."""
    grades: Annotated[
        dict[CellText, Annotated[int, Field(ge=GRADES[0], le=GRADES[-1])]],
        Field(examples=[{"mild": 1, "moderate": 2, "severe": 3}]),
    ] = {}
    """Words that stand for a grade, upper and lower case alike, beside 3, G3, grade 3 and III."""
    missing: tuple[CellText, ...] = ("NA",)
    """Cell texts that mean "not available", beside an empty cell."""
    yes: tuple[CellText, ...] = ("yes", "y", "true", "1")
    """All cell texts that mean yes, under serious and related; what is listed takes the place of
    these."""
    no: tuple[CellText, ...] = ("no", "n", "false", "0")
    """Cell texts that mean no there; "" for an empty cell, as of a box that is not ticked."""
    times: Literal["dates", "since start"] = "dates"
    """What start and end are: days of the calendar, or numbers that count from the beginning of the
    treatment, in the unit of its duration."""
    format: Annotated[DateFormats, ONE_OR_MORE] = ("%Y-%m-%d",)
    """How dates are written, as in a date variable."""
    two_digit_years_from: FirstYear | None = None
    """With `%y` in it, the first of the hundred years that two digits are taken for, as in a date
    variable."""
    rows_with: RowsWith = {}
    """Columns, each with the texts that rows of events have in it; with this and that of `source`,
    one table can have the patients and their events, as an export with a repeating form."""
    rows_without: Annotated[RowsWith, Field(examples=[{"Event": ""}])] = {}
    """Columns, each with the texts that no row of an event has in it, "" for an empty cell: with
    this, events can stand in columns of the visits' rows, filled where there was one."""
    keep: Rows = {}
    """Rows that are events of their own although a warning doubts it, each with the reason."""

    @property
    def header_of(self) -> dict[str, str]:
        """The headers of the columns that there are, by what they hold."""
        found = {name: getattr(self.columns, name) for name in HarmColumns.model_fields}
        return {name: header for name, header in found.items() if header}

    @property
    def headers(self) -> frozenset[str]:
        """The headers of all columns that are read."""
        return frozenset(
            [*self.header_of.values(), *self.rows_with, *self.rows_without, *self.fill_down]
        )

    @property
    def day_forms(self) -> DayForms:
        """How dates are written."""
        return DayForms(self.format, self.two_digit_years_from)

    @cached_property
    def category(self) -> CategoryVariable | None:
        """The column of the terms as a category, if it is said which there are."""
        if self.levels is None:
            return None
        return CategoryVariable(
            label="Term", column=self.columns.term, type="category", levels=self.levels
        )


class Harms(Model):
    """Adverse events: in sets, in columns of the table of patients, or in a table of their own."""

    label: Annotated[str, WORDING] = "Adverse events"
    """Name for readers."""
    sets: tuple[Text, ...] = ()
    """Set variables of which each member is an adverse event."""
    terms: Annotated[
        dict[Identifier, HarmTerm],
        Field(examples=[{"infection": {"label": "Infection", "condition": "infected"}}]),
    ] = {}
    """Adverse events that the table of patients has columns for."""
    table: HarmTable | None = None
    """A table with a row for each adverse event."""

    @model_validator(mode="after")
    def _stand_somewhere(self) -> Self:
        if not (self.sets or self.terms or self.table):
            raise ValueError("needs sets, terms or a table, which say where adverse events stand")
        return self

    @property
    def kinds(self) -> dict[str, Kind]:
        """The values of a patient that follow from adverse events, with their kinds."""
        described = {"serious": SERIOUS, "related": RELATED, "grade": WORST}
        columns = self.table.header_of if self.table else {}
        known = {HARMS}
        for key, name in described.items():
            if key in columns or any(getattr(each, key) for each in self.terms.values()):
                known.add(name)
        return {name: kind for name, kind in KINDS.items() if name in known}

    def named(self, levels_of_sets: Iterable[Mapping[str, str]]) -> dict[str, str]:
        """The terms that the study names, with their labels.

        Args:
            levels_of_sets: The levels of each of the sets, with their labels.
        """
        found: dict[str, str] = {}
        for levels in levels_of_sets:
            found |= levels
        found |= {name: term.label for name, term in self.terms.items()}
        category = self.table.category if self.table else None
        return found | (category.told_apart if category else {})

    @property
    def names(self) -> frozenset[str]:
        """The names of the patients' values from which it follows who was harmed."""
        found = {*self.sets}
        for term in self.terms.values():
            graded = [term.graded] if term.graded else []
            found.update(*(each.names for each in (*term.conditions.values(), *graded)))
        return frozenset(found)

    @property
    def is_open(self) -> bool:
        """Whether there may be terms that study.yaml does not name."""
        return self.table is not None and self.table.levels is None
