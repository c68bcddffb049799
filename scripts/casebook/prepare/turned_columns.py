"""Dates of patients in which a spreadsheet may have taken the day for the month.

What makes a column doubtful is for `doubts/turned_days`.
"""

from collections.abc import Iterable, Iterator, Sequence

from casebook.data.findings import Finding
from casebook.doubts.turned_days import perhaps_turned, turned_days
from casebook.prepare.columns import ColumnOfValues, known_values
from casebook.study.model import Study


def turned_in(
    study: Study, file: str, rows: Sequence[int], columns: Iterable[ColumnOfValues]
) -> Iterator[Finding]:
    """A warning for each date in which day and month may have changed places.

    Args:
        study: The study.
        file: The name of its table.
        rows: The rows of the cells of each column.
        columns: The columns, as they were read.
    """
    kinds = study.kinds_in_table
    for each in columns:
        if kinds.get(each.source.name) != "date":
            continue
        header = each.source.column
        is_private = header in study.private_columns
        places, other = turned_days(each.texts, known_values(each.readings({})))
        hint = perhaps_turned("" if is_private else other)
        for at in places:
            shown = "" if is_private else each.texts[at]
            yield Finding("warning", file, rows[at], header, shown, "", hint)
