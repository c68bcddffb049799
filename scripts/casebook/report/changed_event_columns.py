"""Columns of the table of adverse events that came or went, in words, and what follows from it."""

from collections.abc import Iterable, Iterator

from casebook.data.differences import ADDED, Difference
from casebook.study.model import Study

_SAYS = {
    "patient": "who had an event",
    "term": "what an event was",
    "grade": "which grade an event had",
    "start": "when an event began",
    "end": "when an event ended",
    "serious": "whether an event was serious",
    "related": "whether an event was related to the treatment",
    "outcome": "what became of an event",
}
"""What a column says of an event, by its key in study.yaml."""


def event_column_words(study: Study, columns: Iterable[Difference]) -> Iterator[str]:
    """A sentence for each of these columns."""
    for each in columns:
        came = "is new in" if each.what == ADDED else "is no longer in"
        where = f"The column “{each.column}” {came} {study.table_of_harms.table}"
        yield f"{where}{_what_follows(each)}."


def _what_follows(column: Difference) -> str:
    """What is known of events now, or no longer."""
    added = column.what == ADDED
    if not column.remark:
        return f", and the study {'does' if added else 'did'} not read it"
    says = _SAYS[column.remark]
    if column.before:
        return f", and says {says} in place of “{column.before}”"
    if column.after:
        return f", and “{column.after}” says {says} in its place"
    return f": {says} {'was not known before' if added else 'is no longer known'}"
