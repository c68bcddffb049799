"""A table that `casebook new` is given: what the user tells of it, and what was read.

How it is read is for `given_tables`; what its columns mean belongs to `drafting`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casebook.base.errors import UserError
from casebook.cli.given_codes import told_of_codes
from casebook.data.cells import Grid, normalised
from casebook.data.findings import Finding
from casebook.drafting.labelled import Described
from casebook.drafting.page import Title
from casebook.drafting.tableread import Reading
from casebook.drafting.together import Cells
from casebook.reading.redcap import Dictionary
from casebook.reading.sasformats import Catalogue
from casebook.study.folder import CLAIMS, CORRECTIONS, STUDY

ABOVE, BELOW, SUMMED = "above the table", "a note below the table", "a row of totals or means"
AGAIN, SUMMED_IN_COLUMN = "the header again", "a column of totals or means"
"""Why rows are left out."""


class NotBegunError(UserError):
    """A study cannot be begun from what the user gave."""


@dataclass(frozen=True)
class Told:
    """How a table is to be read, where it does not tell itself, in the words of study.yaml."""

    sheet: str | None = None
    encoding: str | None = None
    leave_out: Sequence[int] = ()
    dictionary: Path | None = None
    catalogue: Path | None = None
    header: Sequence[int] = ()
    transpose: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    fill_down: str = ""
    encoding_reason: str = ""
    """Why the encoding seems to be the one, where the user has not said it."""
    header_reason: str = ""
    """Why the header seems to be these rows, where the user has not said it."""
    decimal_reason: str = ""
    """Which cells tell the sign before decimals, where others are numbers and no texts."""
    title: Title | None = None
    """The first title above the table that is in words."""
    formats: Catalogue | None = None
    """What the catalogue has, of a table of SAS."""


def file_name(table: Path) -> str:
    """The name of the copy: that of the table, where it can be one."""
    reserved = table.name in (STUDY, CLAIMS, CORRECTIONS) or {*table.name} & {*"{}"}
    return f"table{table.suffix}" if reserved or len(table.name) > 200 else table.name


@dataclass(frozen=True)
class GivenTable:
    """A table that was read, and what its draft says of the file."""

    path: Path
    grid: Grid
    told: Told
    described: Mapping[str, Described]
    dictionary: Dictionary | None = None
    aside: Mapping[int, str] = field(default_factory=dict)
    """The rows at its end or between the others that are of no patient, each with the reason; the
    columns, in a turned table."""
    unused: Mapping[str, str] = field(default_factory=dict)
    """Headers of columns that are not to be described, each with the reason."""
    in_no_catalogue: str = ""
    """The formats of a table of SAS whose labels are not known, without a catalogue."""
    groups: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """The rows that name groups of those below, by what the column of their names is called."""

    @property
    def name(self) -> str:
        """The name of the copy."""
        return file_name(self.path)

    @property
    def files(self) -> dict[str, Path]:
        """What is copied, by the names of the copies: it, and what says what its codes mean."""
        beside = [self.told.dictionary, self.told.formats and self.told.formats.path]
        return {**{each.name: each for each in beside if each}, self.name: self.path}

    @property
    def told_of_codes(self) -> Iterator[str]:
        """What says what its codes mean, in words."""
        told = self.told
        return told_of_codes(self.path, told.dictionary, told.formats, self.in_no_catalogue)

    @property
    def left_out(self) -> dict[int, str]:
        """The rows that are left out, each with the reason."""
        return {
            row: ABOVE if row < self.grid.header_row else "not a row of a patient"
            for row in sorted(self.told.leave_out)
        } | {**self.aside}

    @property
    def cells(self) -> Cells:
        """What is guessed from."""
        named = f"{self.path}, sheet {self.told.sheet!r}" if self.told.sheet else str(self.path)
        return Cells(named, self.grid, self.described, self.dictionary, self.unused)

    @property
    def reading(self) -> Reading:
        """How it was read."""
        told = self.told
        beside = told.dictionary.name if told.dictionary else None
        return Reading(
            self.name,
            told.sheet,
            told.encoding,
            beside,
            self.left_out,
            told.header,
            told.header_reason,
            told.transpose,
            told.names,
            told.fill_down,
            encoding_reason=told.encoding_reason,
            decimal_reason=told.decimal_reason,
            catalogue=told.formats.path.name if told.formats else None,
            group_rows=self.groups,
        )

    def header_of(self, finding: Finding) -> str:
        """The header of the column, or of the row in a turned table, that a finding is about."""
        if not self.told.transpose or finding.row not in self.grid.columns:
            return finding.column
        return normalised(self.grid.columns[finding.row][0])
