"""Which cells can be checked although the variable or outcome that they are of has a mistake.

A label or a unit says nothing of how a cell is read, so that a mistake there leaves all cells
checked. It is a part of `drafts`, which knows what is wrong.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar, get_args

from pydantic import BaseModel

from casebook.base.errors import nearest
from casebook.base.modelfile import Place
from casebook.data.patients import measurement
from casebook.study.boxes import columns_of_variable
from casebook.study.headings import Heading
from casebook.study.inexact import Censored
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.variables import AnyVariable, TextVariable

TABLE = ("variables", "outcomes")
"""Parts that say which columns the table has."""


def _keys_below(kind: object) -> Iterator[str]:
    """The keys of the models in a type, which may be one of keys and values."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from kind.model_fields
    for each in get_args(kind):
        yield from _keys_below(each)


KEYS: Mapping[str, Collection[str]] = {
    part: dict.fromkeys(_keys_below(field.annotation)) for part, field in Study.model_fields.items()
}
"""The keys that an entry of a part can have."""
_NOT_IN_ROWS = frozenset({"label", "months", "window"})
"""Keys of a visit that do not say which texts of a column are those of its rows."""
_OF_NO_CELL = frozenset(
    {"label", "description", "unit", "step", "private", "mark_label"}
    | {"at", "better", "change", "rounding", "responders"}
    # In place of a range with a mistake there is one of all numbers.
    | {"range"}
)
_RULES = {
    "censored": Censored(below="limit", above="limit"),
    "from_to": "midpoint",
    "plus_minus": "value",
}
"""What is used for inexact numbers where it is not known what is to be; then none is an error."""
_AT, _ANYWHERE = 3, ""
"""Which key of a place is the visit, and what stands for all of them."""

AStudy = TypeVar("AStudy", bound=Study)


def leaves_cells_open(place: Place) -> bool:
    """Whether a mistake at a place leaves it open what cells of its column mean."""
    return len(place) > 1 and place[0] in TABLE and _meant(place) not in _OF_NO_CELL


def bears_on_harms(place: Place) -> bool:
    """Whether a mistake at a place leaves it open what the adverse events are."""
    match place:
        case ("harms", "label", *_) | ("harms", "terms", _, "label", *_):
            return False
        case ("treatment", "label" | "ongoing" | "events", *_):
            return False
    return place[:1] in (("harms",), ("treatment",))


def columns_left_open(study: Study, places: Iterable[Place]) -> frozenset[str]:
    """The columns of visits whose texts may mean one that mistakes at these places have lost."""
    visits = [place for place in places if place[:1] == ("visits",)]
    if not any(_meant(place) not in _NOT_IN_ROWS for place in visits):
        return frozenset()
    forms = study.source.tables.values()
    return frozenset(form.visit for form in forms if form.visit and not form.start)


def with_any_cells(study: AStudy, places: Iterable[Place]) -> AStudy:
    """The study with any text in the cells that mistakes at these places leave open."""
    headings = study.headings
    parts = {part: dict(getattr(study, part)) for part in TABLE}
    of_entries: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in filter(leaves_cells_open, places):
        of_entries[str(place[0]), str(place[1])].append(place)
    for (part, name), within in of_entries.items():
        if (entry := parts[part].pop(name, None)) is None:
            continue
        kept, columns = _told_apart(name, entry, within)
        if kept is not None:
            parts[part][name] = kept
        for value, column in columns.items():
            at = headings.get(value, Heading(column))
            parts["variables"][value] = TextVariable(
                label="?",
                column=at.header,
                visit=at.visit or None,
                measure=at.measure or None,
                type="text",
            )
    return study.model_copy(update=parts)


def _told_apart(
    name: str, entry: AnyVariable | Outcome, places: Collection[Place]
) -> tuple[AnyVariable | Outcome | None, dict[str, str]]:
    """What of an entry can be read as it says, and the columns of its other values by their names.

    That is all of it if only the rules for inexact numbers have mistakes, and of an outcome the
    visits whose columns have none.
    """
    rules = {_meant(place) for place in places} & _RULES.keys()
    kept = entry.model_copy(update={rule: _RULES[rule] for rule in rules})
    in_doubt = [place for place in places if _meant(place) not in rules]
    if not in_doubt:
        return kept, {}
    if not isinstance(kept, Outcome):
        return None, columns_of_variable(name, kept)
    at = {str(p[_AT]) if _meant(p) == "columns" and p[_AT:] else _ANYWHERE for p in in_doubt}
    known = {} if _ANYWHERE in at else {v: c for v, c in kept.columns.items() if v not in at}
    texts = {measurement(name, v): c.column for v, c in kept.columns.items() if v not in known}
    return (kept.model_copy(update={"columns": known}) if known else None), texts


def _meant(place: Place) -> str:
    """The key of an entry that a place is in, or is most like; "" of all of it."""
    part, _, key, *_ = *place, "", "", ""
    known = [*KEYS[str(part)]]
    return str(key) if key in known or not key else nearest(str(key), known)
