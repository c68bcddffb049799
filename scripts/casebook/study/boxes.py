"""Sets whose members have a column each, as boxes that are ticked: the values that these hold.

A box is ticked, or not, or nothing is known of it; what follows for the set is for `prepare/boxes`.
"""

from casebook.study.headings import Heading
from casebook.study.source import Source
from casebook.study.variables import AnyVariable, SetVariable

_BOX, _ASKED, _UNKNOWN = "{}, box {}", "{}, whether asked", "{}, unknown by {}"


def box(name: str, level: str) -> str:
    """The name of the value of a box, which is that of no other value: it has a space."""
    return _BOX.format(name, level)


def asked(name: str) -> str:
    """The name of the value that says whether the boxes of a set were shown to anyone."""
    return _ASKED.format(name)


def unknown(name: str, column: str) -> str:
    """The name of the value of a box that says that the members of a set are not known."""
    return _UNKNOWN.format(name, column)


def columns_of_variable(name: str, variable: AnyVariable) -> dict[str, str]:
    """The headers of the columns that a variable is read from, by the names of their values."""
    if not isinstance(variable, SetVariable) or not variable.columns:
        return {name: variable.column}
    found = {box(name, level): header for level, header in variable.columns.items()}
    found |= {unknown(name, header): header for header in variable.unknown}
    return found | ({asked(name): variable.asked} if variable.asked else {})


def headings_of(name: str, variable: AnyVariable, source: Source) -> dict[str, Heading]:
    """What each of these values is read from."""
    visit = variable.visit if variable.visit and source.has_visits else ""
    measure = variable.measure if variable.measure and source.has_measures else ""
    return {
        value: Heading(header, visit, measure, bool(variable.measure) and header in source.values)
        for value, header in columns_of_variable(name, variable).items()
    }
