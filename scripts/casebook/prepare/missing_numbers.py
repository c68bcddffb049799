"""Numbers that a study lists as missing, such as 999, in cells of columns of numbers.

Such a code is usually outside the range of its column. Within it, it may be a patient's value, too.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from casebook.base.lists import first_of
from casebook.data.findings import Finding
from casebook.prepare.columns import ColumnOfValues, of_each
from casebook.study.model import Study

_SHOWN = 10
_LISTED = "taken as missing, as missing in study.yaml lists the number"


def missing_numbers(
    study: Study, file: str, columns: Iterable[ColumnOfValues]
) -> Iterator[Finding]:
    """A note on each such number within the range of a column, and one on all others together.

    Args:
        study: The study.
        file: The name of its table.
        columns: The columns of numbers, as they were read.
    """
    number, private = study.source.numerals.number, study.private_columns
    outside: Counter[str] = Counter()
    shown: dict[str, None] = {}
    for kind, read in of_each(study, columns):
        codes = {*map(number, (*study.source.missing, *kind.missing))} - {None}
        low, high = kind.range
        for column in read if codes else ():
            header = column.source.column
            for text, count in column.counts.items():
                found = number(text)
                if found is None or found not in codes:
                    continue
                value = "" if header in private else text
                if low <= found <= high:
                    hint = (
                        f"{_cells(count)} {_LISTED}, which is within the range of the column: if it"
                        " is a value, take it out of the list"
                    )
                    yield Finding("note", file, 0, header, value, "", hint)
                else:
                    outside[header] += count
                    shown |= dict.fromkeys([value] if value else [])
    if outside:
        places = (f"{header!r}: {count}" for header, count in outside.items())
        where = ", ".join(first_of([*places], _SHOWN))
        hint = f"{_cells(outside.total())} {_LISTED} ({where})"
        yield Finding("note", file, 0, "", ", ".join(first_of([*shown], _SHOWN)), "", hint)


def _cells(count: int) -> str:
    return "1 cell is" if count == 1 else f"{count:,} cells are"
