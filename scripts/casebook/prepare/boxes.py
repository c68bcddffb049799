"""Sets of which each member has a box of its own: what follows from the boxes of each patient.

"Not ticked" is not the same as "never asked": without a text in any box, or where a form was not
begun and none of its boxes is ticked, the set is missing and not empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from casebook.data.cells import folded
from casebook.data.patients import Member, Value
from casebook.prepare.columns import Reading, known_values
from casebook.prepare.unreadable import UnreadableError
from casebook.prepare.values import Source
from casebook.study.boxes import asked, box, columns_of_variable, unknown
from casebook.study.model import Study
from casebook.study.variables import SetVariable

_NO_TEXT = (
    "other boxes of this set have a text for the patient, so it is not known whether this one was"
    ' ticked: say which in corrections.tsv, or, if an empty cell means that it is not, add "" to no'
    " beside the columns in study.yaml"
)


def sources_of_boxes(study: Study) -> Iterator[Source]:
    """How each box of the sets that have boxes is read, and what says whether anyone was asked."""
    headings = study.headings
    for name, variable in study.variables.items():
        if not isinstance(variable, SetVariable) or not variable.columns:
            continue
        missing = {folded(text) for text in ("", *study.source.missing, *variable.missing)}
        for value in columns_of_variable(name, variable):
            column = headings[value].name
            if value == asked(name):
                none = frozenset(missing.union(map(folded, variable.not_asked)))
                yield Source(value, column, none, None, str)
            else:
                none = frozenset(missing.difference(map(folded, variable.no)))
                yield Source(value, column, none, None, partial(_ticked, variable))


def _ticked(variable: SetVariable, text: str) -> Value:
    for answer, words in {True: variable.yes, False: variable.no}.items():
        if folded(text) in map(folded, words):
            return answer
    hint = "if it means one of them, list it under yes or no beside the columns in study.yaml"
    raise UnreadableError(_allowed(variable), hint)


def _allowed(variable: SetVariable) -> str:
    texts = filter(None, (*variable.yes, *variable.no))
    return f"a box that is ticked or not: {', '.join(map(repr, texts))}"


def joined(
    study: Study, readings: Mapping[str, Sequence[Reading]]
) -> tuple[dict[str, Sequence[Reading]], list[tuple[int, str, UnreadableError]]]:
    """The values with those of sets in place of their boxes, and what is wrong with boxes.

    Args:
        study: The study.
        readings: What stands in the cells, by the names of values.

    Returns:
        The values, and for each box that has no text though others have: the place of the patient,
        the name of its value, and why it cannot be read.
    """
    whole = dict(readings)
    wrong: list[tuple[int, str, UnreadableError]] = []
    for name, variable in study.variables.items():
        values = [*columns_of_variable(name, variable)]
        if isinstance(variable, SetVariable) and variable.columns and whole.keys() >= {*values}:
            whole[name] = [*_members(name, variable, {v: whole.pop(v) for v in values}, wrong)]
    return whole, wrong


def _members(
    name: str,
    variable: SetVariable,
    readings: Mapping[str, Sequence[Reading]],
    wrong: list[tuple[int, str, UnreadableError]],
) -> Iterator[Reading]:
    """The set of each patient; to `wrong` is added which boxes have no text."""
    boxes = [box(name, level) for level in variable.levels]
    known = {value: known_values(column) for value, column in readings.items()}
    not_known = [known[unknown(name, header)] for header in variable.unknown]
    firsts = {label: level for level, label in variable.told_apart.items()}
    ticks = zip(*(known[each] for each in boxes), strict=True)
    for place, ticked in enumerate(ticks):
        is_asked = any(ticked) or not variable.asked or known[asked(name)][place] is not None
        if not is_asked or any(column[place] for column in not_known) or {*ticked} == {None}:
            yield None
            continue
        empty = [value for value in boxes if readings[value][place] is None]
        wrong += [(place, each, UnreadableError(_allowed(variable), _NO_TEXT)) for each in empty]
        had = [level for level, has in zip(variable.levels, ticked, strict=True) if has]
        members = dict.fromkeys(firsts[variable.levels[level]] for level in had)
        yield None if None in ticked else tuple(map(Member, members))
