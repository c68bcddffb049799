"""Columns of dates, and how these are written."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from casebook.drafting.columns import Column, Guess

_FORMATS = (
    *("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d"),
    *("%Y.%m.%d", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%Y-%m-%d %H:%M:%S"),
)
_ISO = "%Y-%m-%d"


def dates(column: Column) -> Guess | None:
    """The guess that a column holds dates; None if it does not."""
    if not column.filled:
        return None
    fitting = list(_fitting(column.filled))
    if not fitting:
        return None
    first, *others = fitting
    reason = "all cells are dates"
    if others:
        day = _read(column.filled[0], first)
        told = f"{day:%d %B %Y}" if day else ""
        reason += "; whether day or month comes first cannot be seen:"
        reason += f" {column.filled[0]!r} is taken for {told}, and {others[0]!r} is the other way"
    return Guess("date", reason, format=first)


def _fitting(texts: Sequence[str]) -> Iterator[str]:
    """The formats that all texts are written in; a workbook gives its own dates in ISO form."""
    for written in _FORMATS:
        own = [text for text in texts if _read(text, written) is None]
        if len(own) < len(texts) and all(_read(text, _ISO) is not None for text in own):
            yield written


def _read(text: str, written: str) -> date | None:
    try:
        return datetime.strptime(text, written).date()
    except ValueError:
        return None
