"""Exports of REDCap: what its data dictionary says of columns, and rows of forms that repeat.

Checkboxes are for `boxes`. How such an export is read is for `prepare`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casebook.base.numerals import Numerals
from casebook.data.cells import folded
from casebook.drafting.adverse import events_in, names_events
from casebook.drafting.columns import Column, Type
from casebook.drafting.headers import is_unit
from casebook.drafting.parts import Harms
from casebook.drafting.tableread import Reading
from casebook.reading.redcap import (
    EVENT,
    FORM,
    IN_WORDS,
    INSTANCE,
    DataField,
    Dictionary,
    is_its_own,
    is_status,
)

_KINDS: Mapping[str, Type] = {"notes": "text", "calc": "number", "slider": "number"}
_NO_DATA = re.compile(r"-\d+|9{2,}|ni|inv|unk|nask|asku|nav|navu|msk|np|na")
"""Codes for missing data that REDCap's users choose, or that it recommends, which are HL7's."""
_OF_NUMBERS = ("number", "integer")
_OF_FORM = (
    "it is filled in rows of the form {!r}; docs/study.md says under Exports of REDCap how visits"
    " on a form that repeats are read"
)


def with_fields(columns: Sequence[Column], dictionary: Dictionary) -> list[Column]:
    """The columns with what a data dictionary says of them beside labels of codes."""
    return [
        _with_field(each, field) if (field := dictionary.of_headers.get(each.header)) else each
        for each in columns
    ]


def _with_field(column: Column, field: DataField) -> Column:
    number = _KINDS.get(field.type)
    if field.type == "text" and field.validation.startswith(_OF_NUMBERS):
        number = "number"
    known = {*map(folded, (*field.choices, *field.choices.values()))}
    others = [text for key, text in column.different.items() if key not in known]
    is_coded = bool(field.choices) and all(_NO_DATA.fullmatch(folded(text)) for text in others)
    private = "the data dictionary marks it as an identifier" if field.identifier else ""
    return replace(
        column,
        label=field.label or column.label,
        declared=[*column.declared, *(others if is_coded else ())],
        kind=number,
        limits=_limits(field) if number == "number" else None,
        unit=field.note if is_unit(field.note) else "",
        private=private,
    )


def _limits(field: DataField) -> tuple[float, float] | None:
    """The limits of a field that has both."""
    found = [Numerals(".").number(text) for text in (field.low, field.high)]
    low, high = found
    return (low, high) if low is not None and high is not None and low < high else None


@dataclass(frozen=True)
class Rows:
    """The rows of an export that are of patients, and what the others are.

    Attributes:
        columns: The columns of all rows that are of patients.
        rows_with: What these rows have in a column, where there are others.
        harms: The rows that are adverse events, if any seem to be.
        left: Columns that are not described, each with the reason.
    """

    columns: Sequence[Column]
    rows_with: Mapping[str, str]
    harms: Harms | None
    left: Mapping[str, str]


def rows_of_patients(columns: Sequence[Column], dictionary: Dictionary | None) -> Rows:
    """An export without the rows of forms that repeat, and without REDCap's own columns.

    Args:
        columns: The columns of the table, first that of the records.
        dictionary: The data dictionary, if there is one.
    """
    names = {IN_WORDS.get(each.header, each.header): each for each in columns}
    form = names.get(FORM)
    if form is None or INSTANCE not in names:
        return Rows(columns, {}, None, {})
    repeated: defaultdict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(form.texts):
        repeated[text].append(row)
    kept = repeated.pop("", [])
    harms, left = None, dict[str, str]()
    for text, rows in repeated.items():
        of_form = [replace(e, texts=[e.texts[row] for row in rows]) for e in columns]
        filled = [each for each in of_form if each.filled]
        if harms is None:
            harms = _harms(form.header, text, filled, dictionary)
        read = {*harms.columns.values()} if harms else set()
        left |= {e.header: _OF_FORM.format(text) for e in filled if e.header not in read}
    patients = [replace(each, texts=[each.texts[row] for row in kept]) for each in columns]
    there = {each.header for each in patients if each.filled}
    left = {h: why for h, why in left.items() if h not in there and not is_its_own(h)}
    named = {form.header: ""} if repeated and kept else {}
    return Rows([e for e in patients if e.header in there], named, harms, left)


def counts_events(columns: Sequence[Column]) -> str:
    """The header of the column that counts events of an export that repeat as a whole, or ""."""
    own = rows_of_patients(columns, None).columns
    found = {IN_WORDS.get(each.header, each.header): each for each in own}
    return found[INSTANCE].header if {EVENT, INSTANCE} <= found.keys() else ""


def of_redcap(columns: Sequence[Column]) -> list[Column]:
    """Columns that REDCap adds to those of a project's fields, but for that of events."""
    names = [IN_WORDS.get(each.header, each.header) for each in columns]
    if not {EVENT, FORM, INSTANCE} & {*names} and not any(map(is_status, names)):
        return []
    return [each for each, name in zip(columns, names, strict=True)
            if name != EVENT and is_its_own(name)]  # fmt: skip


def _harms(
    form: str, text: str, columns: Sequence[Column], dictionary: Dictionary | None
) -> Harms | None:
    """The rows of a form as adverse events; None if they do not seem to be."""
    own = [each for each in columns if each.header != form and not is_its_own(each.header)]
    found = events_in(own, own[0].header) if names_events(text) else None
    if found is None:
        return None
    header = found.columns["term"]
    field = dictionary.of_headers.get(header) if dictionary else None
    term = next(each for each in own if each.header == header)
    levels = dict(field.choices) if field and {*term.different.values()} <= {*field.choices} else {}
    reason = f"the form {text!r} seems to be that of adverse events"
    return Harms(found, reason, Reading("", rows_with={form: text}), levels)


def without(columns: Sequence[Column], others: Sequence[Column]) -> Iterator[Column]:
    """The columns that are none of others."""
    headers = {each.header for each in others}
    yield from (each for each in columns if each.header not in headers)
