"""A long table with a row for each measure: what each of these is, at visits or once.

The values of all measures stand in one column, or in one for each visit, as before and after. Which
columns have what is for `told_apart`.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product

from casebook.base.numerals import Numerals
from casebook.data.cells import folded
from casebook.doubts.direction import better_way
from casebook.drafting.columns import Column
from casebook.drafting.described import variables_of
from casebook.drafting.headers import Heading, heading, heading_of
from casebook.drafting.identified import Identifier, plain_header
from casebook.drafting.measured import measured
from casebook.drafting.numbers import number
from casebook.drafting.parts import Names, Outcome, Sketch, Variable
from casebook.drafting.placed import Placed, placed_columns
from casebook.drafting.rows import Visits
from casebook.drafting.visits import in_order

_OF_UNITS = re.compile(r"units?|(?:mass)?einheit(?:en)?|unit[ée]s?|unidad(?:es)?|enhed(?:er)?")
_DIFFERS = "it differs between the rows of a patient"
_UNITS = "its texts are taken for the units of the measures"
_OTHERS = "{} more of its texts are in no variable or outcome, which would be too many: {}"
_NO_NUMBERS = "its values are no numbers"


@dataclass(frozen=True)
class _Measure:
    """A measure: its text, the places of its rows, and its unit if a column has units.

    A text without a letter, as the number of a tooth, is called by the column's header, too.
    """

    text: str
    name: str
    rows: Sequence[int]
    unit: str
    unit_in: str

    def of(self, column: Column, label: str) -> tuple[Column, Heading]:
        """The texts of its rows in a column, under a label as header, and what that says."""
        told = heading(label)
        if self.unit and not told.unit:
            told = replace(told, unit=self.unit, told_in=f"the column {self.unit_in!r}")
        elif not told.unit:
            told = replace(told, unit=heading_of(column).unit)
        texts = tuple(column.texts[row] for row in self.rows)
        return replace(column, header=label, texts=texts), told


def of_measures(
    measure: Column,
    used: Sequence[str],
    columns: Sequence[Column],
    value: str,
    visits: Visits,
    numerals: Numerals,
    as_text: Collection[str],
    names: Names,
) -> Sketch:
    """What the measures of a table are.

    Args:
        measure: The column that says what was measured.
        used: The texts of it that are described.
        columns: The columns that differ between the rows of patients.
        value: The header of that of all values, if there is one alone.
        visits: The visits of the rows, if they tell them.
        numerals: How numbers are written.
        as_text: Headers of columns that are to be kept as texts.
        names: Where names are from.
    """
    units = next((e for e in columns if _OF_UNITS.fullmatch(plain_header(e.header))), None)
    measures = list(_measures(measure, used, units))
    values = [e for e in columns if e.header == value or (not value and _is_number(e, numerals))]
    left = {e.header: _DIFFERS for e in columns if e not in values}
    left |= {units.header: _UNITS} if units else {}
    if others := [text for text in measure.different.values() if text not in used]:
        left[measure.header] = _OTHERS.format(len(others), ", ".join(others))
    table = _Table(measures, values, value, numerals, as_text, names)
    if visits.column is None:
        return table.once(left)
    return table.at(visits, left)


def _measures(measure: Column, used: Sequence[str], units: Column | None) -> Iterator[_Measure]:
    for text in used:
        key = folded(text)
        rows = [place for place, each in enumerate(measure.texts) if folded(each) == key]
        told = {units.texts[row] for row in rows if units.texts[row]} if units else set()
        unit = told.pop() if len(told) == 1 else ""
        has_letters = any(map(str.isalpha, text))
        name = text if has_letters else f"{heading_of(measure).label} {text}"
        yield _Measure(text, name, rows, unit, units.header if units else "")


def _is_number(column: Column, numerals: Numerals) -> bool:
    return number(column, heading_of(column), numerals) is not None


@dataclass(frozen=True)
class _Table:
    """The measures of a table, and the columns with their values."""

    measures: Sequence[_Measure]
    values: Sequence[Column]
    value: str
    numerals: Numerals
    as_text: Collection[str]
    names: Names

    def at(self, visits: Visits, left: Mapping[str, str]) -> Sketch:
        """The measures as outcomes at the visits of the rows."""
        outcomes: list[Outcome] = []
        others: dict[str, str] = {}
        for each, column in product(self.measures, self.values):
            own, told = each.of(column, self._label(each, column))
            guess = number(own, told, self.numerals) if column.header not in self.as_text else None
            if guess is None:
                others[own.header] = _NO_NUMBERS
                continue
            name = self.names.give(told.label, column.number, [v.name for v in visits.visits])
            reason = f"{column.header!r} has numbers in its rows"
            better, of_value = better_way(told.label), "" if self.value else column.header
            outcomes.append(Outcome(name, told.label, reason, (), guess, better,
                                    column=of_value, measure=each.text))  # fmt: skip
        return Sketch(Identifier("", ""), outcomes=outcomes, left={**left, **others})

    def once(self, left: Mapping[str, str]) -> Sketch:
        """The measures as outcomes in columns of visits, or as variables."""
        numbers = [each for each in self.values if each.header not in self.as_text]
        placed = [*placed_columns(numbers, {e.header: heading_of(e) for e in numbers})]
        used = {column.header for each in placed for column in each.columns.values()}
        rest = [each for each in self.values if each.header not in used]
        both = product(self.measures, placed)
        outcomes = [found for measure, each in both if (found := self._outcome(measure, each))]
        each_once = (self._variables(*pair) for pair in product(self.measures, rest))
        return Sketch(
            Identifier("", ""),
            variables=[*chain.from_iterable(each_once)],
            outcomes=outcomes,
            visits=in_order(at.when for each in outcomes for at in each.columns),
            left=left,
        )

    def _outcome(self, measure: _Measure, placed: Placed) -> Outcome | None:
        """A measure with a column at each visit."""
        told = {e.header: measure.of(e, measure.name)[1] for e in placed.columns.values()}
        own = {when: replace(measure.of(each, measure.name)[0], header=each.header)
               for when, each in placed.columns.items()}  # fmt: skip
        label = " ".join(filter(None, [next(iter(told.values())).label, placed.stem]))
        found = measured(label, own, told, self.numerals, self.names)
        return replace(found, measure=measure.text) if found else None

    def _variables(self, measure: _Measure, column: Column) -> Iterator[Variable]:
        """What a measure is of each patient."""
        own, told = measure.of(column, self._label(measure, column))
        as_text = {own.header} if column.header in self.as_text else ()
        for each in variables_of(own, told, self.numerals, self.names, as_text):
            yield replace(each, column=column.header, measure=measure.text)

    def _label(self, measure: _Measure, column: Column) -> str:
        """What a measure is called in a column."""
        return measure.name if self.value else f"{measure.name}, {column.header}"
