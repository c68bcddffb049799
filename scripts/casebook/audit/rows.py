"""The row of the results that a reading names by its keys, and its neighbours."""

from collections.abc import Iterator

from casebook.audit.data import Data
from casebook.errors import listed
from casebook.readings import ReadingError, ResultRow
from casebook.results import Result

COHORT, VISIT, _STATISTIC, METHOD = 0, 3, 5, 6
"""Places in the key of a result."""
_PLACES = {
    "cohort": COHORT,
    "variable": 1,
    "level": 2,
    "visit": VISIT,
    "context": 4,
    "statistic": _STATISTIC,
    "method": METHOD,
}


def find_row(data: Data, reading: ResultRow) -> Result:
    """The row of the results that a reading names.

    Raises:
        ReadingError: there is none, or more than one.
    """
    found = list(data.of_variable.get(reading.keys["variable"], data.rows))
    for part, text in reading.keys.items():
        place = _PLACES[part]
        known = list(dict.fromkeys(row.key[place] for row in found))
        if text not in known:
            shown = [name for name in known if name]
            raise ReadingError(f"no result has the {part} {text!r}; known: {listed(shown, text)}")
        found = [row for row in found if row.key[place] == text]
    if len(found) > 1:
        open_parts = [
            f"{name} ({', '.join(dict.fromkeys(row.key[place] or '-' for row in found))})"
            for name, place in _PLACES.items()
            if len({row.key[place] for row in found}) > 1
        ]
        raise ReadingError(f"{len(found)} results fit; say {' and '.join(open_parts)}")
    return found[0]


def other_statistics(data: Data, own: Result) -> Iterator[Result]:
    """The rows that differ from one in the statistic alone, as the count beside the n."""
    for row in data.of_variable.get(own.variable, ()):
        differing = [part for part, text in enumerate(own.key) if row.key[part] != text]
        if differing == [_STATISTIC] and not row.error and row.stat:
            yield row
