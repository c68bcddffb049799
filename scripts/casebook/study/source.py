"""Where the data of a study come from, and how the tables of the patients are to be read.

What its columns mean is for the other parts of a study.
"""

from typing import Annotated, Literal

from pydantic import Field

from casebook.base.days import DayForms
from casebook.base.numerals import Numerals
from casebook.data.patients import Direction
from casebook.study.described import Model
from casebook.study.fields import (
    WORDING,
    CellText,
    DateFormats,
    Doi,
    Encoding,
    FileName,
    FirstYear,
    Flag,
    Name,
    Rows,
    Text,
)
from casebook.study.headings import RowsWith
from casebook.study.shorthand import ONE_OR_MORE

OF_SAS = (".sas7bdat", ".xpt")
"""How the names of SAS's tables end."""
NO_TABLE = "none"
"""What stands in place of a table where a paper prints summaries alone."""


class TableFile(Model):
    """A table of a study: its file, which row is its header, and which rows are not used."""

    table: FileName
    """Name of a file in the study's folder: .tsv, .csv, .xlsx, .xlsm, .xls, .ods, .docx, .html,
    .dta, .sav, .por, .sas7bdat or .xpt."""
    sheet: Text | None = None
    """Sheet of a workbook; the first one that is not hidden where this is left out. Of a document
    with several tables the one that is meant, by its number or the words above it."""
    encoding: Encoding | None = None
    """Encoding of a text file that is not UTF-8: cp1252 (Windows), mac-roman, cp437 (DOS) or
    another that Python knows. A mark at the beginning of the file has precedence."""
    catalogue: FileName | None = None
    """SAS's catalogue of formats (.sas7bcat) in the study's folder, for this table alone, which is
    .sas7bdat or .xpt: beside each column of codes whose format it has there is then another one
    with their labels, such as `sex (label)`."""
    header: Annotated[
        tuple[Annotated[int, Field(ge=1, le=10_000_000)], ...], Field(max_length=2), ONE_OR_MORE
    ] = ()
    """Row with the headers, below a title for instance; or two rows, the upper one with names of
    groups of columns, which are put before those below them. Without it, it is the first row."""
    fill_down: Annotated[tuple[Text, ...], ONE_OR_MORE] = ()
    """Columns whose empty cells have the text of the cell above, as of a group, or a patient, that
    is named in its first row alone; to the left of them, if the table is transposed."""
    names: Annotated[dict[Text, Text], Field(examples=[{"A": "Measure"}])] = {}
    """Headers of columns that have none, or the same as others, by their letters; of rows by their
    numbers, if the table is transposed. A name may also add to a header, as the visit that the
    sheet is of."""
    leave_out: Rows = {}
    """Rows of the table that are not used, by their number as in a spreadsheet, each with the
    reason: a row of totals below the data, a row that was entered twice."""

    @property
    def is_of_sas(self) -> bool:
        """Whether it is a table of SAS, which can have a catalogue of formats."""
        return self.table.lower().endswith(OF_SAS)


class TableForm(TableFile):
    """A table of patients: its file, and how that is to be read."""

    transpose: Flag = False
    """Whether patients stand in columns, with what is known of them in rows; `leave_out` and `keep`
    then count columns, from 1."""
    group_rows: Annotated[
        dict[Text, Annotated[tuple[int, ...], ONE_OR_MORE]],
        Field(examples=[{"Group": [2, 8]}]),
    ] = {}
    """Columns that the table has not, each with the rows whose text is that of the rows below: the
    numbers of rows that name a group of patients, or in a long table the patient, and nothing
    else."""
    patient: Text | None = None
    """Column that identifies the patients; without it they are P01, P02, ... from the top."""
    visit: Text | None = None
    """Column that says of which visit a row is, in a table with a row for each patient and visit;
    what it has is said under `visits`."""
    start: Text | None = None
    """Column with the date from which the windows of visits count; `source.visit` then has the date
    of each row. If it is that column itself, they count from the first date of each patient."""
    date_format: Annotated[DateFormats, ONE_OR_MORE] = ("%Y-%m-%d",)
    """How these dates are written, as the `format` of a date variable."""
    two_digit_years_from: FirstYear | None = None
    """With `%y` in it, the first of the hundred years that two digits are taken for, as in a date
    variable."""
    same_day: Literal["first", "last"] | None = None
    """Which row is used where a patient has several of one day: the first or the last in the table;
    without it, two of them with other values are an error."""
    unused_visits: Annotated[tuple[Text, ...], ONE_OR_MORE] = ()
    """What that column has in rows of visits that the study does not use."""
    measure: Text | None = None
    """Column that says what was measured, in a table with a row for each patient and measure."""
    value: Text | None = None
    """Column of the values of all measures, if one column has them."""
    rows_with: RowsWith = {}
    """Columns, each with the texts that rows of patients have in it, "" for an empty cell: rows
    with others are not used, as those of a form that is filled in once for each adverse event.
    Where a column has several, a patient has a row for each, which are read as one."""

    @property
    def is_long(self) -> bool:
        """Whether a patient has several rows, each of a visit or a measure."""
        return bool(self.visit or self.measure)

    @property
    def is_laid_out(self) -> bool:
        """Whether patients' texts are at other rows and columns than in a row for each patient."""
        return bool(self.is_long or self.transpose or self.fill_down or self.group_rows)

    @property
    def forms(self) -> tuple[str, ...]:
        """The columns by which rows of several forms are told apart that are read as one."""
        return tuple(header for header, texts in self.rows_with.items() if len(texts) > 1)

    @property
    def day_forms(self) -> DayForms:
        """How the dates of rows are written."""
        return DayForms(self.date_format, self.two_digit_years_from)

    @property
    def keys(self) -> dict[str, str]:
        """The columns that say what a row is of, by the keys that name them."""
        named = {key: getattr(self, key) for key in ("patient", "visit", "measure", "start")}
        return {key: column for key, column in named.items() if column}

    @property
    def no_patients(self) -> frozenset[int]:
        """The rows that are left out, and those that name groups."""
        return frozenset(self.leave_out).union(*self.group_rows.values())


class JoinedTable(TableForm):
    """Another table of the same patients, whose identifiers stand in its column `patient`."""

    patient: Text
    """Column that identifies the patients, as that of `source` does; it may have another name."""
    partial: Flag = False
    """Whether some patients have no row in this table, whose values are then missing; without it,
    each of them must have one."""


class Source(TableForm):
    """Where the data come from; `table: none` of a paper that prints summaries alone."""

    joined: Annotated[
        dict[Name, JoinedTable],
        Field(examples=[{"visits": {"table": "visits.csv", "patient": "ID", "visit": "Week"}}]),
    ] = {}
    """Other tables of the same patients, each by a name; a column is found in the table that has
    it."""
    dictionary: FileName | None = None
    """REDCap's data dictionary of the table, a .csv file in the study's folder: beside each column
    of codes there is then another one with their labels, such as `sex (label)`."""
    citation: Annotated[Text | None, WORDING] = None
    """How to cite the data, if they are published."""
    doi: Doi | None = None
    """DOI of the data or of their publication."""
    licence: Annotated[Text | None, WORDING] = None
    """Licence of the data, if they have one."""
    differences: Direction | None = None
    """Which way round the publication takes differences, for the audit of its numbers; where this
    is left out, the numbers themselves decide."""
    decimal: Literal[".", ","] | None = None
    """Decimal sign of numbers; without it a point, and a text such as 1.250, which could mean 1250,
    is read only if other numbers in the table have decimals."""
    thousands: Literal[",", ".", " ", "'"] | None = None
    """What separates thousands, as in 1,250; without it no number may have such a sign."""
    leading_zero: Flag = True
    """Whether numbers below one begin with a 0; `false` of a table that has .5 for 0.5, as SPSS and
    Stata write it. Without this, .5 is an error, as it may be a slip for 5."""
    keep: Rows = {}
    """Rows that are patients although a warning doubts it, by their number, each with the
    reason."""
    missing: tuple[CellText, ...] = ("NA",)
    """Cell texts that mean "not available" in every column, beside an empty cell, which a set may
    have under `none`."""

    @property
    def is_laid_out(self) -> bool:
        """Whether patients' texts are at other rows and columns than in a row for each patient."""
        return super().is_laid_out or bool(self.joined)

    @property
    def has_table(self) -> bool:
        """Whether there are data of each patient, and not printed summaries alone."""
        return self.table != NO_TABLE

    @property
    def tables(self) -> dict[str, TableForm]:
        """All tables of patients, by their names; that of `source` itself has none."""
        return {"": self, **self.joined}

    @property
    def has_visits(self) -> bool:
        """Whether a table has a row for each visit."""
        return any(each.visit for each in self.tables.values())

    @property
    def has_measures(self) -> bool:
        """Whether a table has a row for each measure."""
        return any(each.measure for each in self.tables.values())

    @property
    def values(self) -> frozenset[str]:
        """The columns that have the values of all measures."""
        return frozenset(each.value for each in self.tables.values() if each.value)

    @property
    def numerals(self) -> Numerals:
        """How numbers are written in the table."""
        return Numerals(self.decimal or ".", self.thousands or "", self.leading_zero)
