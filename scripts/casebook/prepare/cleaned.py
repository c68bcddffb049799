"""What the tables of a study hold, as it was read, with all findings at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook.data.cells import Grid, normalised
from casebook.data.findings import Finding
from casebook.data.harms import Harm
from casebook.data.patients import Roster
from casebook.data.places import Places
from casebook.data.remarks import Remark
from casebook.prepare.cleaning import Cleaning, Read
from casebook.prepare.harm_cells import HarmCells
from casebook.prepare.harms import HarmsFound, harms_of
from casebook.prepare.ordered import in_order
from casebook.study.model import Study


@dataclass(frozen=True)
class Cleaned:
    """What the tables of a study hold, and what was found in them."""

    _cleaning: Cleaning
    _read: Read
    _harms: HarmsFound
    _events: HarmCells | None = None

    @property
    def study(self) -> Study:
        """The study."""
        return self._cleaning.study

    @property
    def rows(self) -> Sequence[int]:
        """The row of each patient."""
        return self._cleaning.rows

    @cached_property
    def roster(self) -> Roster:
        """The patients, with what follows from their adverse events."""
        found = self._read.roster
        return Roster(found.ids, {**found.columns, **self._harms.values})

    @property
    def forms(self) -> Mapping[str, Sequence[str]]:
        """In which form cells of outcomes say their number inexactly, by the name of the value."""
        return self._read.forms

    @property
    def harms(self) -> Sequence[Harm]:
        """Their adverse events."""
        return self._harms.harms

    @property
    def places(self) -> Places | None:
        """Where in the file the patients' texts are, unless each has a row."""
        return self._read.laid.places

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """All that was found, doubts too, and which columns are not used."""
        cleaning, laid = self._cleaning, self._read.laid
        found = [*cleaning.with_doubts(self._read), *self._harms.findings]
        return self.in_order([*cleaning.of_file, *laid.unused(), *cleaning.in_file(found)])

    @cached_property
    def undoubted(self) -> Sequence[Finding]:
        """The same without doubts, which take as long as all else, and without unused columns."""
        cleaning = self._cleaning
        found = [*cleaning.findings, *self._harms.findings]
        return self.in_order([*cleaning.of_file, *cleaning.in_file(found)])

    def in_order(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings on the files of the study in the order in which they are told."""
        columns = [(each.file, normalised(each.column)) for each in self._read.laid.headers]
        if self._events:
            headers = self._events.grid.headers.values()
            columns += [(self._events.file, normalised(each)) for each in headers]
        return in_order(findings, columns)

    @property
    def is_in_form(self) -> bool:
        """Whether nothing is wrong with which rows and columns the tables have."""
        return all(each.severity != "error" for each in self._read.laid.findings)

    @property
    def of_cells(self) -> Sequence[Finding]:
        """Those of the undoubted that do not hang on which rows and columns the study uses."""
        of_rows = {*self._read.laid.findings}
        return [each for each in self.undoubted if not each.about and each not in of_rows]

    @cached_property
    def errors(self) -> Sequence[Finding]:
        """The errors; without any, nothing is doubted."""
        found = self.undoubted
        # A doubt is an error where a cell of its row has one, and a warning everywhere else.
        if any(each.severity == "error" for each in found):
            found = self.findings
        return [each for each in found if each.severity == "error"]


def cleaned(
    study: Study,
    files: Sequence[str],
    grid: Grid,
    remarks: Iterable[Remark],
    corrections: Sequence[Path],
    events: HarmCells | None = None,
) -> Cleaned:
    """What the tables of a study, `files`, its corrections and its adverse events hold."""
    cleaning = Cleaning(study, files)
    read = cleaning.read(grid, remarks, corrections)
    unused = read.laid.unused_identifiers if events else {}
    of_events = (events, read.laid.visited, unused, cleaning.of_events)
    harms = harms_of(study, files[0], cleaning.rows, read.roster, *of_events)
    if events and not cleaning.knows_patients:
        header, below = study.table_of_harms.header_of["patient"], {*events.grid.body}
        of_patients = (events.file, header)
        harms.findings = [
            each
            for each in harms.findings
            if (each.file, each.column) != of_patients or each.row not in below
        ]
    return Cleaned(cleaning, read, harms, events)
