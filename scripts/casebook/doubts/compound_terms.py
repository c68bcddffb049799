"""Terms of adverse events that say more than a term: two events, how often, how bad, or none.

Whether one does, only a reader can say.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from casebook.base.texts import quoted
from casebook.data.cells import folded

_NOT = re.compile(r"(?:no|without|denie[sd]|kein\w*|ohne|pas de|sans|aucune?) \S.*", re.I)
_JOINED = re.compile(r" *[+&/] *| (?:and|und|et|plus) ", re.I)
_LISTED = re.compile(r" *, *")
_GRADE = r"(?:ctcae *)?(?:grade|gr\.?|g) *(?:[1-5]|i{1,3}|iv|v)"
_STATE = (
    "continu(?:ed|ing|es)|cont\\.?|ongoing|resolv(?:ed|ing)|recovered|again|recurr(?:ed|ent|ing)"
    "|worse(?:ned|ning)?|improv(?:ed|ing)|serious|sae|mild|moderate|severe"
)
_COUNT = r"[x×] *\d+|\d+ *[x×]"
_BEHIND = re.compile(rf"(.*\S)[ ,]+\(?(?:{_COUNT}|{_GRADE}|{_STATE}|(?<=\()\d+)\)?", re.I)
_BEFORE = re.compile(rf"(?:{_COUNT}|{_GRADE}|{_STATE})[ :,]+(\S.*)", re.I)
_KEEP = "if it is one term as it stands, name this row under keep in harms.table"
_NO_EVENT = (
    "it counts as an event, but seems to say that there was none: name the row, with the reason,"
    " under leave_out in harms.table of study.yaml; or, if it is an event, under keep there"
)
_SEVERAL = (
    "these may be several events, as {!r} stands there by itself, too: if they are, say what stands"
    " between events, as in separator: {} under harms.table in study.yaml, or give each a row of"
    f" its own in a copy of the table; {_KEEP}"
)
_MORE = (
    "it is counted apart from {!r}: if it is the same term, write that by corrections.tsv, naming"
    f" the table, and what stands beside it, as a grade, into a column of its own; {_KEEP}"
)


def compound_terms(terms: Collection[str]) -> Iterator[tuple[str, str]]:
    """The terms of a table that may say more than one, each with what is told."""
    known = {folded(each): each for each in terms}
    for term in terms:
        if _NOT.fullmatch(term):
            yield term, _NO_EVENT
        elif part := _part(term, known):
            yield term, _SEVERAL.format(known[part], quoted(_sign(term)))
        elif base := _base(term, known):
            yield term, _MORE.format(known[base])


def _part(term: str, known: Collection[str]) -> str:
    """The first of the other terms that a term joins.

    Of a list with commas it is not the first one alone, as in "Infection, urinary".
    """
    joined = _others(term, _JOINED.split(term))
    first, *others = (folded(part) for part in _LISTED.split(term))
    if found := next((part for part in others if part in known), ""):
        return first if first in known else found
    return next((part for part in joined if part in known), "")


def _sign(term: str) -> str:
    """What stands between the parts of a term: a comma, or else the sign or word of another."""
    found = None if "," in term else _JOINED.search(term)
    sign = found[0] if found else ","
    return sign if sign.strip().isalpha() else sign.strip()


def _base(term: str, known: Collection[str]) -> str:
    """The other term that a term is with more beside it; empty if there is none."""
    found = (pattern.fullmatch(term) for pattern in (_BEHIND, _BEFORE))
    bases = _others(term, [each[1] for each in found if each])
    return next((base for base in bases if base in known), "")


def _others(term: str, parts: Iterable[str]) -> list[str]:
    """These parts of a term, folded, without those that are the term itself."""
    itself = folded(term)
    return [each for part in parts if (each := folded(part)) != itself]
