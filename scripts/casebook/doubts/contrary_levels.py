"""Whether labels and answers say the contrary of the texts that they are of, as `m: Female`."""

from collections.abc import Iterator, Mapping

from casebook.data.cells import folded
from casebook.data.findings import Finding
from casebook.doubts.read_columns import ReadColumns
from casebook.study.model import Study
from casebook.study.variables import CategoryVariable

_MALE, _FEMALE = (
    "m male man mann männlich maennlich mnl homme masculin hombre masculino maschio maschile",
    "f female woman w frau weiblich weibl femme féminin feminin mujer femenino femmina",
)
_YES, _NO = "yes y ja j oui sí si true", "no n nein non false"
_SIDES = [
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in ((_MALE, _FEMALE), (_YES, _NO))
]
_SHORTEST = 2
"""A single letter begins many words."""
_MOST_LEVELS = 100
"""Each is held against all others; a list of so many has no contraries."""


def contrary_levels(study: Study, columns: ReadColumns) -> Iterator[Finding]:
    """A warning for each level and answer that is named as its contrary."""
    for name, variable in study.variables.items():
        if not isinstance(variable, CategoryVariable) or name not in study.headings:
            continue
        column = study.headings[name].name
        is_looked_at = column in columns.names and len(variable.levels) <= _MOST_LEVELS
        labels = {folded(text): label for text, label in variable.levels.items()}
        for level, label in variable.levels.items() if is_looked_at else ():
            if _are_contrary(level, label) or _is_of_another(level, label, labels):
                hint = (
                    f"variables.{name}.levels of study.yaml has the label {label!r} for {level!r}:"
                    " is it that of another level?"
                )
                yield columns.warning(column, level, hint)
    for hint in _contrary_answers(study):
        yield columns.warning("", "", hint)


def _contrary_answers(study: Study) -> Iterator[str]:
    """Texts that mean no and are listed under yes, or the other way round."""
    table = study.harms.table if study.harms else None
    yes, no = _SIDES[1]
    if table and ({*map(folded, table.yes)} & no or {*map(folded, table.no)} & yes):
        yield "harms.table of study.yaml lists a text that says no under yes, or yes under no"


def _are_contrary(level: str, label: str) -> bool:
    texts = [folded(text).rstrip(".") for text in (level, label)]
    return any(
        (texts[0] in one and texts[1] in other) or (texts[0] in other and texts[1] in one)
        for one, other in _SIDES
    )


def _is_of_another(level: str, label: str, labels: Mapping[str, str]) -> bool:
    """Whether a label is the text of another level that has another label; numbers may be both.

    Or begins with that, where the label of that begins with this one's text, as of SEC and ADA.

    Args:
        level: The text of a level.
        label: Its label.
        labels: The label of each level, by its text as compared.
    """
    text, told = folded(level), folded(label)
    other = labels.get(told, label)
    if told != text and other != label and not told.isdecimal():
        return True
    return any(
        told.startswith(another) and folded(each).startswith(text)
        for another, each in labels.items()
        if another != text and each != label and min(len(text), len(another)) >= _SHORTEST
    ) and not told.startswith(text)
