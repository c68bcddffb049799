"""A study as it may be, from the cells of its table: what each column is, and what follows.

How it is written down is for `page`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from casebook.base.characters import unprintable
from casebook.data.cells import Grid, column_name, folded, normalised
from casebook.drafting.boxes import Boxes, boxes_among, sets_of
from casebook.drafting.columns import Column
from casebook.drafting.identifier import Identifier, identifier, in_each_row
from casebook.drafting.labelled import Described, with_descriptions
from casebook.drafting.long import of_long_table
from casebook.drafting.numbers import numerals_of
from casebook.drafting.parts import Names, Sketch
from casebook.drafting.redcap import of_redcap, rows_of_patients, with_fields
from casebook.drafting.redcap import without as without_some
from casebook.drafting.wide import of_wide_table
from casebook.reading.redcap import Dictionary

MISSING = frozenset(
    [
        *("na", "n/a", "n.a.", "n.a", "nan", "null", "nd", "n.d.", "n.d", "-", "–", "—", "--", "?"),
        *(".", "missing", "unknown", "unk", "#n/a", "k.a.", "k. a.", "fehlt", "unbekannt"),
        *("not available", "not done", "not known", "not recorded", "no data", "not applicable"),
    ]
)
"""Texts, folded, that mean "not available" wherever they stand."""
_OF_REDCAP = "it is one that REDCap adds"
_NO_HEADER = "it has no header"
_TWICE = "several columns have this header; rename them in the table"


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
    left |= rows.left
    boxes = boxes_among(rows.columns, dictionary, as_text)
    found = _sketch(rows.columns, left, title, as_text, boxes, who, names or Names())
    return replace(found, rows_with=rows.rows_with, harms=rows.harms)


def _sketch(
    columns: Sequence[Column],
    left: dict[str, str],
    title: str,
    as_text: Collection[str],
    boxes: Sequence[Boxes],
    who: Identifier | None,
    names: Names,
) -> Sketch:
    """What rows of patients seem to hold; `left` says why other columns are not described."""
    own = of_redcap(columns)
    missing = _missing(columns)
    ticked = [column for each in boxes for column in each.columns.values()]
    left |= {each.header: _OF_REDCAP for each in own if each.filled and not _is_status(each, boxes)}
    columns = [*without_some(columns, [*own, *ticked])]
    numerals, why = numerals_of(text for each in columns for text in each.filled)
    who = who or identifier(columns)
    if who.once:
        columns = [in_each_row(each) if each.header == who.column else each for each in columns]
    if who.of_visits:
        found = of_long_table(columns, who, numerals, as_text, names)
    else:
        found = of_wide_table(columns, who, numerals, as_text, names, title)
    visit = next((each for each in columns if each.header == who.of_visits), None)
    visits = found.visits if visit else ()
    sets = [s for each in boxes for s in sets_of(each, names, visit, visits)]
    return replace(
        found,
        variables=[*found.variables, *sets],
        decimal=numerals.decimal if why else "",
        decimal_reason=why,
        missing=missing,
        left={**left, **found.left},
    )


def columns_in(grid: Grid) -> list[Column]:
    """The columns of a table that can be described."""
    return [*_columns(grid, {})]


def _is_status(column: Column, boxes: Iterable[Boxes]) -> bool:
    """Whether a column is the status of the form of some boxes, which the draft names."""
    return any(each.status and each.status.header == column.header for each in boxes)


def _columns(grid: Grid, left: dict[str, str]) -> Iterator[Column]:
    """The columns that can be described; to `left` is added why others cannot."""
    headers = {place: normalised(text) for place, text in grid.headers.items()}
    every = list(headers.values())
    for place, header in headers.items():
        texts = tuple(map(normalised, grid.columns[place][1:]))
        reason = _reason_against(header, texts, every)
        if reason and (header or any(texts)):
            left[f"column {column_name(place)}"] = reason
        elif not reason and header not in left:
            yield Column(place, header, texts, MISSING)


def _reason_against(header: str, texts: Iterable[str], headers: list[str]) -> str:
    if not header:
        return _NO_HEADER
    if headers.count(header) > 1:
        return _TWICE
    found = next(filter(None, map(unprintable, [header, *texts])), "")
    return f"it holds {found}, which cannot be printed" if found else ""


def _missing(columns: Iterable[Column]) -> list[str]:
    """The texts of the table that mean "not available", NA first as it is understood anyway."""
    there = {text for each in columns for text in each.texts if folded(text) in MISSING}
    once = {folded(text): text for text in sorted(there)}
    return [once.pop("na", "NA"), *once.values()]
