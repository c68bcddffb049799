"""Names for columns that several sheets or files have, each of which is of a visit."""

from collections import Counter
from collections.abc import Iterator, Sequence

from casebook.cli.given import GivenTable
from casebook.data.cells import column_name, normalised
from casebook.drafting.identifier import names_patients
from casebook.drafting.visits import names_a_visit


def names_by_visits(tables: Sequence[GivenTable]) -> Iterator[dict[str, str]]:
    """The names of columns by their letters, for each of some tables: with the visit behind them.

    These are of columns that others have, too, in tables with a visit as the name of sheet or file.
    """
    every = [[normalised(text) for text in each.grid.headers.values()] for each in tables]
    counts = Counter(header for headers in every for header in {*headers})
    for table, headers in zip(tables, every, strict=True):
        visit = table.told.sheet or table.path.stem
        shared = [h for h in headers if counts[h] > 1 and h != _patients(headers)]
        if not names_a_visit(visit) or table.told.transpose:
            shared = []
        yield {
            column_name(number): f"{text} {visit}"
            for number, text in zip(table.grid.headers, headers, strict=True)
            if text and text in shared
        }


def _patients(headers: Sequence[str]) -> str:
    """The header that the identifiers of patients seem to have."""
    return next(filter(names_patients, headers), headers[0])
