"""Adverse events as words in a column of patients, or of their visits, as a set of what happened.

That rows are events is for `adverse`; there is no order among the events of a cell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casebook.base.absent import NONE
from casebook.base.texts import capital
from casebook.data.cells import folded, normalised
from casebook.data.harms import grade_in
from casebook.data.patients import MARK, NO_MEMBERS
from casebook.drafting.adverse import names_events
from casebook.drafting.columns import Column, Guess
from casebook.drafting.headers import heading_of
from casebook.drafting.parts import Names, Variable
from casebook.drafting.rows import Visits
from casebook.drafting.words import NOT_KNOWN, answer

_SIGNS = (";", ",", "+", "/", "|")
"""What stands between events, the surest sign first."""
_LONGEST, _MOST_WORDS = 40, 5
_MOST_MEMBERS = 40
_NO_EVENT = {
    *NONE,
    "no ae",
    "no aes",
    "no adverse events",
    "no side effects",
    "keine nw",
    "keine uaw",
}


def event_words(column: Column) -> Guess | None:
    """The guess that a column has adverse events in words, by its header; None if it has not."""
    if not names_events(f"{column.header} {column.label}"):
        return None
    found = column.different
    none = [text for key, text in found.items() if key in _NO_EVENT]
    missing = [text for key, text in found.items() if NOT_KNOWN.fullmatch(key)]
    told = [text for text in found.values() if text not in (*none, *missing)]
    if not told or all(answer(text) or grade_in(folded(text)) for text in told):
        return None
    sign = next((sign for sign in _SIGNS if any(sign in text for text in told)), ",")
    members: dict[str, str] = {}
    for part in (normalised(part) for text in told for part in text.split(sign)):
        members.setdefault(folded(part), part)
    if len(members) > _MOST_MEMBERS or not all(map(_can_be_event, members)):
        return None
    return Guess(
        "set",
        _reason(column, none or [""]),
        levels={members[key]: capital(members[key]) for key in sorted(members)},
        levels_reason="all that stand in the cells",
        separator=sign,
        none=none or [""],
        missing=missing,
        missing_reason="what happened is not known",
    )


def events_at_visits(column: Column, visits: Visits, names: Names) -> Iterator[Variable]:
    """The sets of events in a column of a long table, one of each visit that has some.

    Args:
        column: The column.
        visits: The visits, and of which each row is.
        names: Where names are from.
    """
    stem, guess = heading_of(column).label, event_words(column)
    for when in visits.visits if guess else ():
        own = replace(column, texts=[column.texts[row] for row in visits.rows[when]])
        if guess and own.filled:
            name = names.give(f"{stem} {when.name}", column.number)
            whole = replace(guess, visit=when.name, reason=_reason(own, guess.none))
            yield Variable(name, f"{stem}, {when.label}", column.header,
                           whole.without_declared(column))  # fmt: skip


def _reason(column: Column, none: Sequence[str]) -> str:
    """What the guess rests on, and what empty cells are taken for."""
    reason = "its header names adverse events"
    if not (empty := sum(not text for text in column.texts)):
        return reason
    cells = f"{reason}; {empty} cell{'s are' if empty > 1 else ' is'} empty"
    if "" in none:
        return f"{cells}, and taken for no event: remove none if it is not known"
    return f'{cells}, and not known beside {none[0]!r}: add "" to none if nothing happened'


def _can_be_event(text: str) -> bool:
    is_short = 0 < len(text) <= _LONGEST and text.count(" ") < _MOST_WORDS
    is_level = ";" not in text and not text.endswith(MARK) and text != NO_MEMBERS
    return is_short and is_level and any(map(str.isalpha, text)) and text not in _NO_EVENT
