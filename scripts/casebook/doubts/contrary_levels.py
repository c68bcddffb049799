"""Whether the labels of a variable's levels say the contrary of their texts, as `m: Female`."""

from collections.abc import Container, Iterator

from casebook.data.cells import folded
from casebook.data.findings import Finding
from casebook.study.model import Study
from casebook.study.variables import CategoryVariable

_CONTRARIES = (
    (
        "m male man mann männlich maennlich mnl homme masculin hombre masculino maschio maschile",
        "f female woman w frau weiblich weibl femme féminin feminin mujer femenino femmina",
    ),
    ("yes y ja j oui sí si true", "no n nein non false"),
)
_SIDES = [tuple(frozenset(words.split()) for words in each) for each in _CONTRARIES]


def contrary_levels(
    study: Study, file: str, header_row: int, columns: Container[str]
) -> Iterator[Finding]:
    """A warning for each level whose label is what the text of a contrary level says.

    Args:
        study: The study.
        file: The table, for the messages.
        header_row: Its row with the headers.
        columns: The columns that are read.
    """
    for name, variable in study.variables.items():
        if not isinstance(variable, CategoryVariable) or name not in study.headings:
            continue
        column = study.headings[name].name
        for level, label in variable.levels.items() if column in columns else ():
            if _are_contrary(level, label) or _is_of_another(level, label, variable.levels):
                hint = (
                    f"variables.{name}.levels of study.yaml has the label {label!r} for {level!r}:"
                    " is it that of another level?"
                )
                yield Finding("warning", file, header_row, column, level, "", hint)


def _are_contrary(level: str, label: str) -> bool:
    texts = [folded(text).rstrip(".") for text in (level, label)]
    return any(
        (texts[0] in one and texts[1] in other) or (texts[0] in other and texts[1] in one)
        for one, other in _SIDES
    )


def _is_of_another(level: str, label: str, levels: dict[str, str]) -> bool:
    """Whether a label is the text of another level that has another label; numbers may be both."""
    own = {folded(text): each for text, each in levels.items()}
    other = own.get(folded(label), label)
    return folded(label) != folded(level) and other != label and not label.isdecimal()
