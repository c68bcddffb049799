"""How a table was read, as a draft says it: its file, header, and which of its rows are left out.

What its rows are of is for `source`, and of adverse events for `harmlines`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casebook.drafting.identified import Identifier
from casebook.drafting.yamltext import inner, line, plain, rows_of_header

_GROUP = "a group seems to stand over the first of its patients"
_OF_GROUPS = "each has a single text, which seems to name {} of the rows below it"
_BELOW = "its texts hold for the rows below them"


@dataclass(frozen=True)
class Reading:
    """How a table was read: its file, and what of that is to be said in study.yaml.

    Attributes:
        table: The file; empty if it is that of the patients.
        sheet: The sheet or table of it, if it has several.
        encoding: The encoding, if it is not UTF-8.
        dictionary: The file of its data dictionary, if there is one.
        leave_out: The rows that are left out, each with the reason.
        header: The rows of the header, if they are not the first one.
        header_reason: Why they seem to be, if they were not told.
        transpose: Whether it has patients in columns.
        names: What a column without a header is called, by its letter; in a transposed table what
            rows without a text in the first column are, by their numbers.
        fill_down: The column whose texts hold for the empty cells below; the row, to the right,
            of a transposed table.
        name: The name by which the table is joined to the first one.
        identifier: What identifies the patients in it.
        rows_with: What rows of patients have in a column, where it has others.
        without: How many patients have no row in it.
        decimal_reason: Which of its cells tell the sign before decimals, if not all with one do.
        reason: Why the file, or the sheet of it, seems to be the one, where that is guessed.
        catalogue: The file of SAS's catalogue of its formats, if there is one.
        group_rows: The rows that name groups of those below, by the column that is made of them.
        encoding_reason: Why the encoding seems to be the one, if it was not told.
    """

    table: str
    sheet: str | None = None
    encoding: str | None = None
    dictionary: str | None = None
    leave_out: Mapping[int, str] = field(default_factory=dict)
    header: Sequence[int] = ()
    header_reason: str = ""
    transpose: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    fill_down: str = ""
    name: str = ""
    identifier: Identifier | None = None
    rows_with: Mapping[str, str] = field(default_factory=dict)
    without: int = 0
    decimal_reason: str = ""
    reason: str = ""
    catalogue: str | None = None
    group_rows: Mapping[str, Sequence[int]] = field(default_factory=dict)
    encoding_reason: str = ""


def lines_on_file(read: Reading) -> Iterator[str]:
    """The lines on the file of a table, and on how it is read."""
    yield from line("table", plain(read.table), "" if read.sheet else read.reason)
    if read.sheet:
        told = read.reason or "whether it is the one that is meant"
        yield from line("sheet", plain(read.sheet), told)
    if read.encoding:
        yield from line("encoding", plain(read.encoding), read.encoding_reason)
    if read.dictionary:
        yield from line("dictionary", plain(read.dictionary), "it has fields of this table")
    if read.catalogue:
        yield from line("catalogue", plain(read.catalogue), "it has labels of codes")
    yield from line("header", rows_of_header(read.header), read.header_reason)
    if read.transpose:
        yield from line("transpose", "true", "a column seems to be a patient")
    if read.names:
        named = ", ".join(f"{row}: {inner(name)}" for row, name in read.names.items())
        what = "text in the first column" if read.transpose else "header"
        yield from line("names", f"{{ {named} }}", f"it has no {what}, or the same as another")
    if read.fill_down:
        told = _GROUP if read.transpose else _BELOW
        yield from line("fill_down", plain(read.fill_down), told)
    if read.group_rows:
        groups = ", ".join(f"{inner(name)}: [{', '.join(map(str, rows))}]"
                           for name, rows in read.group_rows.items())  # fmt: skip
        of_patients = read.identifier is not None and read.identifier.column in read.group_rows
        what = "the patient" if of_patients else "the group"
        yield from line("group_rows", f"{{ {groups} }}", _OF_GROUPS.format(what))
    if read.leave_out:
        rows = ", ".join(f"{row}: {inner(reason)}" for row, reason in read.leave_out.items())
        yield from line("leave_out", f"{{ {rows} }}", "what is in them")
