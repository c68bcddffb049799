"""The row of the results that a reading names by its keys."""

from casebook.audit.data import Data
from casebook.errors import listed
from casebook.readings import ReadingError, ResultRow
from casebook.results import Result

COHORT, VISIT, METHOD = 0, 3, 6
"""Places in the key of a result."""


def find_row(data: Data, reading: ResultRow) -> Result:
    """The row of the results that a reading names.

    Raises:
        ReadingError: there is none, or more than one.
    """
    names = {"cohort": 0, "variable": 1, "level": 2, "visit": 3, "context": 4, "statistic": 5}
    places = {**names, "method": METHOD}
    wanted = {places[name]: text for name, text in reading.keys.items()}
    found = list(data.of_variable.get(reading.keys["variable"], data.rows))
    for place, text in wanted.items():
        known = list(dict.fromkeys(row.key[place] for row in found))
        if text not in known:
            part = next(name for name, other in places.items() if other == place)
            shown = [name for name in known if name]
            raise ReadingError(f"no result has the {part} {text!r}; known: {listed(shown, text)}")
        found = [row for row in found if row.key[place] == text]
    if len(found) > 1:
        open_parts = [
            f"{name} ({', '.join(dict.fromkeys(row.key[place] or '-' for row in found))})"
            for name, place in places.items()
            if len({row.key[place] for row in found}) > 1
        ]
        raise ReadingError(f"{len(found)} results fit; say {' and '.join(open_parts)}")
    return found[0]
