"""The texts of a table's columns where cells are filled from above, or a row names a group.

Where each text stands is known as well. Which rows are a patient's is for `long_rows`.
"""

from collections.abc import Iterator, Mapping

from casebook.base.lookup import TextLookup
from casebook.data.cells import are_normalised, normalised
from casebook.data.filled import filled_from
from casebook.data.findings import Finding
from casebook.data.places import NOWHERE, Place
from casebook.doubts.strays import usual_labels
from casebook.prepare.layout import Table


class RowTexts:
    """The texts of a table's columns, by their headers.

    Attributes:
        of_nobody: What stands in place of a patient in rows that are left out, as `Total`, by the
            rows. Nobody knows whose the rows below are that name no patient.
    """

    def __init__(self, table: Table, columns: Mapping[str, int]) -> None:
        """Find which cells have the text of another one.

        Args:
            table: The table.
            columns: The number of each column of it that is read, by its header.
        """
        self._table, self._grid, self._columns = table, table.grid, columns
        form, groups = table.form, frozenset[int]().union(*table.form.group_rows.values())
        self.of_nobody = self._left_out_of_nobody()
        of_no_patient = groups | self.of_nobody.keys()
        self._above = {
            header: dict(
                filled_from(
                    table.grid,
                    columns[header],
                    form.leave_out,
                    of_no_patient,
                    # What is above a group, or a sum, is no patient below it.
                    ends=of_no_patient if header == form.patient else (),
                )
            )
            for header in filter(columns.__contains__, form.fill_down)
        }
        self._groups = {header: self._named_by(header) for header in table.form.group_rows}
        self._plain = TextLookup(normalised, are_normalised)

    def _left_out_of_nobody(self) -> dict[int, str]:
        """What `of_nobody` says of a table whose patients are named above their rows."""
        form, patient = self._table.form, self._table.form.patient or ""
        if patient not in form.fill_down or patient not in self._columns:
            return {}
        _, *texts = map(normalised, self._grid.columns[self._columns[patient]])
        named = {row: text for row, text in zip(self._grid.body, texts, strict=True) if text}
        patients = {text for row, text in named.items() if row not in form.leave_out}
        rows = [*named]
        sums = {rows[place]: named[rows[place]] for place in usual_labels([*named.values()])}
        return {row: text for row, text in sums.items() if text not in patients}

    def __contains__(self, header: str) -> bool:
        """Whether the table has the column, or rows that name its groups."""
        return header in self._columns or header in self._groups

    def filled(self, header: str) -> Mapping[int, int]:
        """The row above whose text a row has in a column, by the rows of which that is so."""
        return self._above.get(header, {})

    def place(self, row: int, header: str) -> Place:
        """Where the text of a row and column stands; nowhere if there is no such row."""
        if header in self._groups:
            return self._groups[header].get(row, NOWHERE)
        return (self.filled(header).get(row, row), self._columns[header]) if row else NOWHERE

    def of(self, header: str) -> list[str]:
        """The texts of a column in all rows, normalised, by the place of the row in the grid."""
        at, columns = self._grid.places, self._grid.columns
        if header in self._groups:
            places = (self.place(row, header) for row in self._grid.numbers)
            return self._plain.each(columns[n][at[row]] if row else "" for row, n in places)
        texts = self._plain.each(columns[self._columns[header]])
        for row, above in self.filled(header).items():
            texts[at[row]] = texts[at[above]]
        return texts

    def _named_by(self, header: str) -> dict[int, Place]:
        """Where the name of the group stands that each row below belongs to."""
        there, named = self._grid.places, self._table.form.group_rows[header]
        found: dict[int, Place] = {}
        above = NOWHERE
        for row in self._grid.body:
            if row in named:
                texts = ((n, texts[there[row]]) for n, texts in self._grid.columns.items())
                above = (row, next(n for n, text in texts if text.strip()))
            found[row] = above
        return found

    @property
    def findings(self) -> Iterator[Finding]:
        """The rows that are to name what others are of, and have no text, or no such rows below."""
        left_out = self._table.form.no_patients
        for header, named in self._table.form.group_rows.items():
            used = {at[0] for row, at in self._groups[header].items() if row not in left_out}
            for row in named:
                if row not in self._grid.places:
                    hint = f"source.group_rows.{header} of study.yaml names a row without any text"
                    told = ("", "", "a row with the name of a group", hint)
                    yield Finding("error", self._table.file, row, *told)
                elif row not in used:
                    hint = f"no row below is of it, though source.group_rows.{header} names it"
                    yield Finding("warning", self._table.file, row, header, "", "", hint)
