"""Columns that are one measurement at several visits, by what labels and headers say.

How a label names a visit is for `visits`; what the measurement is, is not looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.drafting.columns import Column
from casebook.drafting.headers import Heading
from casebook.drafting.visitnames import When
from casebook.drafting.visits import series_among


@dataclass(frozen=True)
class Placed:
    """The columns of a measurement by its visits, in order.

    Attributes:
        stem: What it is called; empty where the headers name visits alone.
        columns: The column of each visit.
    """

    stem: str
    columns: Mapping[When, Column]


def placed_columns(columns: Sequence[Column], headings: Mapping[str, Heading]) -> Iterator[Placed]:
    """The measurements that have columns at several visits, none of which is in two of them.

    Args:
        columns: The columns of a table.
        headings: What the headers say.
    """
    by_label = {headings[each.header].label: each for each in columns}
    by_header = {each.header: each for each in columns}
    taken: set[str] = set()
    # Where labels tell no visits the names of variables may, as pain0 and pain1 do.
    for named in (by_label, by_header if any(each.label for each in columns) else {}):
        left = [name for name, each in named.items() if each.header not in taken]
        for series in series_among(left):
            name_at = {when.name: name for name, when in series.columns.items()}
            at = {when: named[name_at[when.name]] for when in series.visits}
            taken |= {each.header for each in at.values()}
            yield Placed(series.stem, at)
