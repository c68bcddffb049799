"""What the numbers of a printed table correspond to that has a row for each patient.

A column is of what its header names, at the visit at which most of its cells are as printed; one
whose header names nothing, of what nearly all of its cells give. "34/F" below "Age/sex" is two.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casebook.quoting.guesses import (
    UNKNOWN,
    Guess,
    ValueOf,
    chosen,
    everyone,
    gives,
    nothing,
    number_columns,
)
from casebook.quoting.meanings import Sort
from casebook.quoting.names import Names
from casebook.quoting.numbers import ends_of_range, numbers_in, without_notes
from casebook.quoting.written import Written
from casebook.reading.papers import PrintedTable
from casebook.study.model import Study

_CALLED = r"patient(?:in|e)?|pat|pt|case|participant|subject|proband(?:in)?|fall|cas|child|kind"
_NUMBERED = r"no|nr|n°|#|id"
_HEADED = re.compile(
    rf"(?:(?:{_CALLED})(?:s|en|nen|ren)?\.?\s*(?:{_NUMBERED}|number|nummer)?|{_NUMBERED})\.?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:(?:{_CALLED})\.?\s*)?(?:(?:{_NUMBERED})\.?\s*)?(?P<name>[a-z]{{0,4}}-?\d{{1,4}})\.?",
    re.IGNORECASE,
)
_FEWEST = 2
"""How many rows of patients are a list of them at least."""
_CALLS = re.compile(_CALLED, re.IGNORECASE)
_APART = re.compile(r"\s*(?:[/;→]|,(?!\d))\s*|(?<=\d)\s*(?=[^\W\d_]$)|(?<=^[^\W\d_])\s*(?=\d)")
_MOST = 0.8
"""Of which share of its cells a column tells what it is that has no header that does."""
_FEWEST_CELLS = 3


@dataclass(frozen=True)
class _Cell:
    """A number of a cell: whose, below which header or part of it, and which of how many there."""

    patient: str
    column: int
    header: str
    printed: str
    place: int
    of: int


@dataclass(frozen=True)
class _Measured:
    """What the numbers of a column are, and whether its header says so."""

    columns: Sequence[str] = ()
    is_named: bool = True


@dataclass(frozen=True)
class ListReader:
    """Guesses what the numbers of such tables are, for a study."""

    study: Study
    names: Names
    written: Written
    value_of: ValueOf

    def of_rows(self, table: PrintedTable) -> Mapping[int, Sequence[Guess]]:
        """The guesses for each row that is of a patient, by its number; none of another table."""
        header, *rows = table.rows
        cells = {
            number: list(self._cells(patient, header, table.rows[number]))
            for number, patient in self._patients(header[0] if header else "", rows).items()
        }
        columns: dict[tuple[int, str], list[_Cell]] = {}
        for cell in (each for own in cells.values() for each in own):
            columns.setdefault((cell.column, cell.header), []).append(cell)
        measured = {
            place: self._measured(place[1], header[place[0]], own) for place, own in columns.items()
        }
        return {
            number: [
                self._guess(table, number, cell, measured[cell.column, cell.header]) for cell in own
            ]
            for number, own in cells.items()
        }

    def _patients(self, corner: str, rows: Sequence[Sequence[str]]) -> dict[int, str]:
        """The patients of the rows, by the number of their row; none if the table lists none."""
        found = {
            number: named["name"]
            for number, row in enumerate(rows, start=1)
            if row and (named := _NAMED.fullmatch(row[0].strip())) and any(row[1:])
        }
        is_headed = _HEADED.fullmatch(corner.strip()) or corner == self.study.source.patient
        are_called = not corner.strip() and all(_CALLS.match(rows[n - 1][0]) for n in found)
        is_list = len(set(found.values())) == len(found) >= max(_FEWEST, len(rows) / 2)
        return found if is_list and (is_headed or are_called) else {}

    def _cells(self, patient: str, header: Sequence[str], row: Sequence[str]) -> Iterator[_Cell]:
        for column, (above, text) in enumerate(zip(header[1:], row[1:], strict=False), start=1):
            headers, parts = _parts(above), _parts(text)
            is_parted = len(headers) == len(parts) > 1
            pairs = zip(headers, parts, strict=True) if is_parted else [(above, text)]
            for own, part in pairs:
                found = numbers_in(without_notes(part), self.written)
                printed = [each for number in found for each in ends_of_range(number.printed)]
                for place, each in enumerate(printed):
                    yield _Cell(patient, column, own, each, place, len(printed))

    def _measured(self, header: str, whole: str, cells: Sequence[_Cell]) -> _Measured:
        """What is measured in a column: one that is named, or that nearly all of its cells fit."""
        named = self._named(header) or self._named(whole)
        if len(named) > 1 and all(cell.of == len(named) for cell in cells):
            return _Measured(named)
        if named:
            return _Measured([max(named, key=lambda each: self._fitting(each, cells))])
        at_visits = [f"{of}_{at}" for of in self.study.outcomes for at in self.study.visits_of(of)]
        least = max(_FEWEST_CELLS, _MOST * len(cells))
        fitting = [
            each
            for each in (*number_columns(self.study), *at_visits)
            if self._fitting(each, cells) >= least
        ]
        return _Measured(fitting if len(fitting) == 1 else (), is_named=False)

    def _named(self, header: str) -> list[str]:
        """What a header names: a number, or an outcome at its visit or at every one."""
        named = [each.meaning for each in self.names.named_in(header)]
        named = named or self.names.one_labelled_with(re.split(r"[,(]", header)[0])
        outcomes = [each.name for each in named if each.sort == Sort.OUTCOME]
        visits = [each.name for each in named if each.sort == Sort.VISIT]
        return [
            *(each.name for each in named if each.sort == Sort.COLUMN),
            *(f"{of}_{at}" for of in outcomes for at in visits or self.study.visits_of(of)),
        ]

    def _fitting(self, column: str, cells: Sequence[_Cell]) -> int:
        """How many cells are as a column has them."""
        values = [(self.value_of(self._reading(column, cell.patient)), cell) for cell in cells]
        return sum(gives(value, cell.printed) for value, cell in values)

    def _reading(self, column: str, patient: str) -> str:
        return f'value({column}, "{patient}") in {everyone(self.study)}'

    def _guess(self, table: PrintedTable, row: int, cell: _Cell, measured: _Measured) -> Guess:
        words = " ".join(" ".join(table.rows[row]).split())
        if cell.place >= len(measured.columns):
            return nothing(table.place, words, cell.printed, UNKNOWN)
        reading = self._reading(measured.columns[cell.place], cell.patient)
        guess = chosen(table.place, words, cell.printed, [reading], self.value_of)
        is_by_value = not measured.is_named and guess.rests_on == "words and value"
        return replace(guess, rests_on="value") if is_by_value else guess


def _parts(text: str) -> list[str]:
    """The parts of a header or a cell, as "Age/sex" and "34/F" have two; none of a bracket."""
    return _APART.split(re.sub(r"\([^()]*\)", "", text).strip())
