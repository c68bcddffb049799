"""The terms in a table of adverse events of which a study names none: how each is read and spelled.

Terms that a study names are levels, as those of any category.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from casebook.base.absent import NONE, NOT_AVAILABLE
from casebook.data.cells import folded
from casebook.data.patients import MARK, NO_MEMBERS, SEPARATOR, Value
from casebook.doubts.misspelt import may_be
from casebook.prepare.unreadable import UnreadableError

_MOST_COMPARED = 300
"""Among more terms than these none is looked for that is like another one."""
_MOST_SLIPS = 3
"""A term that stands more often is meant."""
_NO_EVENT = (
    "a patient without an event needs no row; name the row, with the reason, under leave_out in"
    " harms.table of study.yaml"
)

_AS_ABOVE = frozenset(
    [
        *("as above", "same", "same as above", "see above", "ditto", "dito", "idem", "id.", "do."),
        *("wie oben", "siehe oben", "s.o.", "s. o.", "voir ci-dessus"),
    ]
)
_WRITE_OUT = "write the term itself in place of what points to another row: by corrections.tsv"


def read_term(text: str) -> str:
    """A term as it stands, if a list of terms can hold it.

    Raises:
        UnreadableError: it cannot, or there was no event.
    """
    if SEPARATOR.strip() in text or text.endswith(MARK) or text == NO_MEMBERS:
        hint = "if these are several events, write separator: ';' under harms.table in study.yaml,"
        hint += " or give each a row of its own"
        raise UnreadableError(f"a term without ';', or {MARK!r} at its end", hint)
    if folded(text) in NONE | NOT_AVAILABLE:
        raise UnreadableError("the term of an event", _NO_EVENT)
    if folded(text) in _AS_ABOVE or not any(map(str.isalnum, text)):
        raise UnreadableError("the term of an event", _WRITE_OUT)
    return text


def spelled(terms: Sequence[Value]) -> tuple[list[Value], dict[str, int]]:
    """The terms, one for those that differ in case alone, and how often each stands there."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for each in terms:
        if isinstance(each, str):
            spellings[folded(each)][each] += 1
    # The order of the rows decides nothing: the most common spelling, or the first by letters.
    chosen = {
        key: min(counts, key=lambda text: (-counts[text], text))
        for key, counts in spellings.items()
    }
    found = [chosen[folded(each)] if isinstance(each, str) else each for each in terms]
    return found, {chosen[key]: counts.total() for key, counts in spellings.items()}


def slips(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Terms that may be another one, misspelt, each with that one.

    Args:
        counts: How often each term stands in the table.
    """
    if len(counts) > _MOST_COMPARED:
        return
    ordered = sorted(counts, key=lambda each: (counts[each], each), reverse=True)
    for place, each in enumerate(ordered):
        if counts[each] <= _MOST_SLIPS and (close := may_be(each, ordered[:place])):
            yield each, close


def perhaps_one(
    term: str, other: str, counts: Mapping[str, int], line: Callable[[str, str], str]
) -> str:
    """What is told of a term that may be another one, misspelt; or that one, if as often.

    Args:
        term: The term.
        other: The other one, which stands in the table at least as often.
        counts: How often each does.
        line: The line of corrections.tsv that writes the second of two terms for the first.
    """
    if counts[term] == counts[other]:
        told = f"is this the same as {other!r}, which stands there as often? if so, look up which"
        told += " is meant, and correct the other"
        lines = f"{line(term, other)}; or {line(other, term)}"
    else:
        told = f"is this {other!r}, which stands there {counts[other]} times? if so, correct it"
        lines = line(term, other)
    return (
        f"{told} in corrections.tsv ({lines}), or name both under levels in harms.table, with one"
        " label; if they are two, name this row under keep there"
    )
