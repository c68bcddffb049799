"""A study as it may be, from the cells of its table: what each column is, and what follows.

How it is written down is for `page`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casebook.base.absent import NOT_AVAILABLE
from casebook.base.characters import unprintable
from casebook.data.cells import Grid, column_name, folded, normalised
from casebook.drafting.births import with_births_in_time
from casebook.drafting.boxes import Boxes, boxes_among, sets_of
from casebook.drafting.columns import Column
from casebook.drafting.identified import Identifier, filled_down
from casebook.drafting.identifier import identifier
from casebook.drafting.labelled import Described, with_descriptions
from casebook.drafting.long import of_long_table
from casebook.drafting.numerals import written
from casebook.drafting.parts import Names, Sketch
from casebook.drafting.redcap import of_redcap, rows_of_patients, with_fields
from casebook.drafting.redcap import without as without_some
from casebook.drafting.rows import visits_of_rows
from casebook.drafting.wide import of_wide_table
from casebook.reading.redcap import Dictionary

_OF_REDCAP = "it is one that REDCap adds"
_NO_HEADER = "it has no header"
_TWICE = "others have this header, too; give it another one under source.names"


def sketch(
    grid: Grid,
    title: str,
    *,
    as_text: Collection[str] = (),
    without: Mapping[str, str] | None = None,
    described: Mapping[str, Described] | None = None,
    dictionary: Dictionary | None = None,
    who: Identifier | None = None,
    names: Names | None = None,
) -> Sketch:
    """What a table seems to hold.

    Args:
        grid: Its cells.
        title: What a measurement is called whose columns name visits alone.
        as_text: Headers of columns that are to be kept as texts.
        without: Headers of columns that are not to be described, each with the reason.
        described: What the file says of columns, by their headers.
        dictionary: REDCap's data dictionary of the table.
        who: What identifies the patients, where it is known.
        names: Where the names of variables and outcomes are from, if others have some.
    """
    left = dict(without or {})
    columns = with_descriptions(list(_columns(grid, left)), described or {})
    if dictionary:
        columns = with_fields(columns, dictionary)
    rows = rows_of_patients(columns, dictionary)
    boxes = boxes_among(rows.columns, dictionary, as_text)
    table = _Table(rows.columns, boxes, title, as_text, names or Names())
    found = table.sketch(who)
    left = {**left, **rows.left, **table.of_redcap, **found.left}
    missing = _missing(rows.columns)
    return replace(found, missing=missing, rows_with=rows.rows_with, harms=rows.harms, left=left)


@dataclass(frozen=True)
class _Table:
    """The rows of patients of a table, and what is known beside its cells."""

    columns: Sequence[Column]
    boxes: Sequence[Boxes]
    title: str
    as_text: Collection[str]
    names: Names

    @property
    def of_redcap(self) -> dict[str, str]:
        """The columns that REDCap adds and the draft does not name, each with the reason."""
        named = {each.status.header for each in self.boxes if each.status}
        own = (each for each in of_redcap(self.columns) if each.filled)
        return {each.header: _OF_REDCAP for each in own if each.header not in named}

    def sketch(self, who: Identifier | None) -> Sketch:
        """What the rows of patients seem to hold."""
        ticked = [column for each in self.boxes for column in each.columns.values()]
        columns = [*without_some(self.columns, [*of_redcap(self.columns), *ticked])]
        numbers = written(columns)
        columns, numerals = [*map(numbers.of, columns)], numbers.numerals
        who = who or identifier(columns)
        columns = filled_down(columns, who.fill_down)
        visits = visits_of_rows(columns, who)
        if who.is_told:
            found = of_long_table(columns, who, visits, numerals, self.as_text, self.names)
        else:
            found = of_wide_table(columns, who, numerals, self.as_text, self.names, self.title)
        sets = [each for boxes in self.boxes for each in sets_of(boxes, self.names, visits)]
        variables = [*with_births_in_time(found.variables, columns, who), *sets]
        return replace(found, variables=variables, written=numbers)


def columns_in(grid: Grid) -> list[Column]:
    """The columns of a table that can be described."""
    return [*_columns(grid, {})]


def _columns(grid: Grid, left: dict[str, str]) -> Iterator[Column]:
    """The columns that can be described; to `left` is added why others cannot."""
    headers = {place: normalised(text) for place, text in grid.headers.items()}
    every = list(headers.values())
    for place, header in headers.items():
        texts = tuple(map(normalised, grid.columns[place][1:]))
        reason = _reason_against(header, zip(grid.body, texts, strict=True), every)
        if reason and (header or any(texts)):
            left[f"column {column_name(place)}"] = reason
        elif not reason and header not in left:
            yield Column(place, header, texts, NOT_AVAILABLE)


def _reason_against(header: str, texts: Iterable[tuple[int, str]], headers: list[str]) -> str:
    """Why a column with these texts in its rows cannot be described; nothing if it can be."""
    if not header:
        return _NO_HEADER
    if headers.count(header) > 1:
        return _TWICE
    if found := unprintable(header):
        return f"its header holds {found}, which cannot be printed"
    faults = [(row, found) for row, text in texts if (found := unprintable(text))]
    if not faults:
        return ""
    (row, found), more = faults[0], len(faults) - 1
    others = f", as do {more} other rows" if more > 1 else ", as does 1 other row" if more else ""
    where = f"row {row} holds {found}, which cannot be printed{others}"
    return f"{where}; remove it in a copy of the table"


def _missing(columns: Iterable[Column]) -> list[str]:
    """The texts of the table that mean "not available", NA first."""
    there = {text for each in columns for text in each.texts if folded(text) in NOT_AVAILABLE}
    once = {folded(text): text for text in sorted(there)}
    return sorted(once.values(), key=lambda text: folded(text) != "na")
