"""Which texts of patients the corrections of a study have changed.

A correction is told at the cell of the file. A cell whose text several patients have, as that of a
group, or a text that no cell has, is corrected for one patient, and told at the patient's row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from casebook.data.cells import Grid, column_name, normalised
from casebook.data.findings import Finding
from casebook.data.places import Places
from casebook.data.stacked import in_stack, in_table

At = tuple[int, str]
"""The row of a patient, and the header of a column, in a table with a row for each patient."""


@dataclass(frozen=True)
class _Cells:
    """The cells of the files, and where they are in a table with a row for each patient."""

    grid: Grid
    places: Places

    @cached_property
    def _columns(self) -> dict[str, list[tuple[int, int]]]:
        """The table and the number of each column, by its header."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        tables: set[int] = set()
        for at, row in enumerate(self.grid.numbers):
            table = in_table(row)[0]
            if table not in tables:
                tables.add(table)
                for number, texts in self.grid.columns.items():
                    header = normalised(texts[at]) or column_name(number)
                    found[header].append((table, number))
        return found

    def of(self, row: int, column: str) -> Iterator[At]:
        """The cells that have the text of a correction that is told at a row and column."""
        columns = self._columns.get(column, ())
        found = [
            cell
            for table, number in columns
            for cell in self.places.from_cell((in_stack(table, row), number))
        ]
        if len({patient for patient, _ in found}) == 1:
            yield from found
        elif self.places.is_told_at_patient(row, column):
            yield row, column


def by_cell(corrections: Iterable[Finding], grid: Grid, places: Places | None) -> dict[At, Finding]:
    """The last correction of each text of a patient.

    Args:
        corrections: The findings that tell of corrections of the tables of patients.
        grid: The cells of these tables.
        places: Where the patients' texts are in them, unless each patient has a row.
    """
    if places is None:
        return {(each.row, each.column): each for each in corrections}
    cells = _Cells(grid, places)
    return {at: each for each in corrections for at in cells.of(each.row, each.column)}
