"""The sheets of a workbook that `casebook new` does not read, so that nobody misses their data."""

import shlex
from collections.abc import Iterator, Sequence

from casebook.base.lists import enumerated
from casebook.cli.given import GivenTable
from casebook.data.cells import folded
from casebook.drafting.visits import names_a_visit
from casebook.reading.filekinds import TEXTS
from casebook.reading.openworkbooks import shown_sheets


def told_of_sheets(tables: Sequence[GivenTable]) -> Iterator[str]:
    """The sheets with cells that are shown and not read, of each workbook, and what can be done.

    Args:
        tables: The tables that are read, of which the first has patients.
    """
    for path in dict.fromkeys(each.path for each in tables):
        if path.suffix.lower() in TEXTS:
            continue
        read = [each.told.sheet or "" for each in tables if each.path == path]
        shown = (each.name for each in shown_sheets(path) if each.texts)
        others = [name for name in shown if folded(name) not in {*map(folded, read)}]
        if others and any(read):
            named = enumerated([*map(repr, others)])
            more = [*filter(names_a_visit, others)] or others[:1]
            joined = " ".join(f"--sheet {shlex.quote(name)}" for name in (*read, *more))
            yield (
                f"Not read: sheet{'s' * (len(others) > 1)} {named} of {path.name}; to join the"
                f" tables of the same patients, name them all, as in {joined}."
            )
