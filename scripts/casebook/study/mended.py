"""What is sound in a study.yaml with mistakes, as a study: parts are mended, or left out.

It is a part of `drafts`, which says what follows from that.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from pydantic import Field, ValidationError

from casebook.base.modelfile import Place, place_of
from casebook.study.cohorts import Cohort
from casebook.study.consequences import RENAMED
from casebook.study.fields import LARGEST, Name, Wording, name_for
from casebook.study.model import Study

_ROUNDS = 20
"""Mending a part can show that it lacks something else."""
UNKNOWN_FILE = "?"
_STAND_INS: Mapping[str, object] = {
    **dict.fromkeys(("title", "label", "citation"), "?"),
    "range": [-LARGEST, LARGEST],
    "better": "lower",
    "improvement": 1,
}
"""What can stand for a key that is required, so that the rest of its part can be checked."""
_SOURCE: Mapping[Place, object] = {
    ("source",): {"table": UNKNOWN_FILE},
    ("source", "table"): UNKNOWN_FILE,
}


class Incomplete(Study):
    """A study of which parts may be missing; what may be meant to be private is so."""

    title: Wording = "?"
    cohorts: dict[Name, Cohort] = Field({})

    _hidden: frozenset[str] = frozenset()

    @property
    def private_columns(self) -> frozenset[str]:
        """Headers of the columns that are private, and of those that may be meant to be."""
        return super().private_columns | self._hidden

    def hiding(self, columns: frozenset[str]) -> Self:
        """The same, with columns that may be meant to be private, by their headers."""
        found = self.model_copy()
        found._hidden = columns
        return found


def mended(content: object) -> tuple[Incomplete | None, set[Place]]:
    """A study of what is sound in a content, if there can be one; and what had to be mended."""
    kept, touched = _copied(content), set[Place]()
    for _ in range(_ROUNDS):
        try:
            return Incomplete.model_validate(kept), touched
        except ValidationError as error:
            # Where a mistake is cannot be told any more once another one there is mended.
            places = [(each, place_of(each, kept)) for each in error.errors()]
            for each, found in places:
                place = tuple(_outside_of_lists(found))
                if _is_of_a_visit(each["loc"], place):
                    continue
                touched.add(place)
                _mend(kept, place, missing=each["type"] == "missing")
    return None, touched


def _is_of_a_visit(loc: tuple[str | int, ...], place: Place) -> bool:
    """Whether a name is refused that an outcome of a long table has from a visit alone."""
    return loc[-1:] == ("[key]",) and place[-1:] != loc[-2:-1]


def _copied(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _copied(each) for key, each in content.items()}
    return [*map(_copied, content)] if isinstance(content, list) else content


def _outside_of_lists(place: Place) -> Iterator[str]:
    """The keys that lead to a place, or to the list that it is in: places in it would move."""
    for key in place:
        if not isinstance(key, str):
            return
        yield key


def _mend(kept: Any, place: Place, *, missing: bool) -> None:
    """Take out what is at a place, or put in what is missing there, as far as anything can be."""
    *where, key = place or ("",)
    parent = kept
    for each in where:
        parent = parent.get(each) if isinstance(parent, dict) else None
    if not isinstance(parent, dict):
        return
    stand_in = _STAND_INS.get(str(key))
    if place in _SOURCE:
        parent[key] = _SOURCE[place]
    elif missing and stand_in is not None:
        parent[key] = stand_in
    elif missing:
        _mend(kept, tuple(where), missing=False)
    else:
        _take_out(parent, str(key), tuple(where))


def _take_out(parent: dict[str, Any], key: str, where: Place) -> None:
    """Take an entry out; one whose name is refused has the name that is advised.

    The column of a variable is still one that the study reads.
    """
    entry, name = parent.get(key), name_for(key)
    free = bool(name) and name not in parent
    if free and entry and (where in RENAMED or where[2:] == ("columns",)):
        # The order of visits has a meaning.
        entries = {name if each == key else each: value for each, value in parent.items()}
        parent.clear()
        parent.update(entries)
        return
    parent.pop(key, None)
    column = entry.get("column") if isinstance(entry, dict) else None
    if where == ("variables",) and isinstance(column, str) and column and (free or name == key):
        stand_in = {"label": "?", "column": column, "type": "text"}
        if entry != stand_in:
            parent[name] = stand_in
