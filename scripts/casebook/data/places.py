"""Where in a file each patient's texts stand, of a table that has no row for each patient.

Such a table, a long one for instance, is laid out as one with a row for each patient and a column
for each value: here is which cell of the file became which cell of that. What belongs where is
decided in `prepare/laid_out`. Of any other table nothing is written.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook.base.csvfiles import names_in, read_columns, write_columns
from casebook.base.lookup import Lookup
from casebook.data.cells import Grid, column_name
from casebook.data.stacked import in_stack, in_table

_ROW = "row of the patient"
_ADDRESS = re.compile(r"(?:(\d+)!)?([A-Z]+)(\d+)")
NOWHERE = (0, 0)
"""The place of a text that no cell holds, as that of a visit which a patient missed."""

Place = tuple[int, int]
"""Row and column of a cell, from 1, in the file or in the stack of the tables that are joined."""


@dataclass(frozen=True)
class Places:
    """The cells of a file that became those of a table with a row for each patient.

    Attributes:
        rows: The numbers by which the rows of the patients go, each that of a row of the file.
        columns: The place of each patient's text in the file, by the header of the column.
    """

    rows: Sequence[int]
    columns: Mapping[str, Sequence[Place]]

    def laid_out(self, grid: Grid, header_row: int = 0) -> Grid:
        """The table with a row for each patient, of the cells of the file.

        The number of its header is that of no patient.
        """
        found = {0: [""] * len(grid.numbers), **grid.columns}
        at = {0: 0, **grid.places}
        columns = {
            number: [header, *(found[column][at[row]] if row else "" for row, column in places)]
            for number, (header, places) in enumerate(self.columns.items(), start=1)
        }
        return Grid([header_row, *self.rows], columns)

    @cached_property
    def _at(self) -> Mapping[int, int]:
        return {row: at for at, row in enumerate(self.rows)}

    def of(self, row: int, header: str) -> Place | None:
        """Where in the file the text of a patient's row and a column stands, if any cell has it."""
        if header not in self.columns or row not in self._at:
            return None
        place = self.columns[header][self._at[row]]
        return None if place == NOWHERE else place

    @cached_property
    def _of_cells(self) -> Mapping[Place, Sequence[tuple[int, str]]]:
        found: defaultdict[Place, list[tuple[int, str]]] = defaultdict(list)
        for header, places in self.columns.items():
            for row, place in zip(self.rows, places, strict=True):
                found[place].append((row, header))
        return found

    def from_cell(self, place: Place) -> Sequence[tuple[int, str]]:
        """The patients' rows and the columns that a cell of the file stands in, if it is used."""
        return self._of_cells.get(place, ())

    def is_told_at_patient(self, row: int, header: str) -> bool:
        """Whether a patient's text has no cell of its own: several have it, or it is nowhere."""
        if header not in self.columns or row not in self._at:
            return False
        place = self.of(row, header)
        return place is None or len({patient for patient, _ in self.from_cell(place)}) > 1

    @cached_property
    def in_files(self) -> Mapping[int, tuple[Collection[int], Collection[int]]]:
        """The rows and the columns of each table that any text is of."""
        found: defaultdict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
        for number, column in {place for each in self.columns.values() for place in each}:
            table, row = in_table(number)
            found[table][0].add(row)
            found[table][1].add(column)
        return found

    def of_patients(self, rows: Collection[int]) -> "Places":
        """The same of some patients alone, given by their rows."""
        at = [self._at[row] for row in rows]
        columns = {name: [places[n] for n in at] for name, places in self.columns.items()}
        return Places([*rows], columns)

    def last_row(self, patients: Collection[int]) -> int:
        """The last row of the file that some patients, given by their rows, have a text of."""
        at = [self._at[row] for row in patients]
        return max((places[n][0] for places in self.columns.values() for n in at), default=0)


def address(place: Place) -> str:
    """A place as a spreadsheet names it, as in D7, or 1!D7 in the first table that is joined.

    It is nothing for `NOWHERE`.
    """
    (table, row), column = in_table(place[0]), place[1]
    return f"{table}!" * bool(table) + f"{column_name(column)}{row}" if row else ""


def write_places(path: Path, places: Places | None) -> None:
    """Write a row for each patient with the address of each text, or no row if there are none."""
    if places is None:
        write_columns(path, [_ROW, ""], [[], []])
        return
    columns = (map(Lookup(address).__getitem__, each) for each in places.columns.values())
    write_columns(path, [_ROW, *places.columns], [map(str, places.rows), *columns])


def read_places(path: Path) -> Places | None:
    """Read what `write_places` wrote."""
    columns = read_columns(path, names_in(path))
    rows = [*map(int, columns.pop(_ROW))]
    places = {header: Lookup(_place).each(texts) for header, texts in columns.items()}
    return Places(rows, places) if rows else None


def _place(text: str) -> Place:
    found = _ADDRESS.fullmatch(text)
    if not found:
        return NOWHERE
    column = 0
    for letter in found[2]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return in_stack(int(found[1] or 0), int(found[3])), column
