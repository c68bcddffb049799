"""Whether a table has patients in columns, and what is known of them in rows.

Then a row is a variable: its cells are of one kind, while those of a column are of several.
"""

import re
from collections.abc import Sequence

from casebook.data.cells import Grid, folded, normalised

_NUMBER = re.compile(r"[<>≤≥]?\s*[-+−]?[.,]?\d[\d.,]*\s*%?")
_PATIENT = re.compile(r"(?:patient|pat|pt|case|subject|participant|proband|fall)\w{0,2}\W+\w{1,8}")
_LEAST = 3
"""Fewer patients, or fewer variables, tell nothing."""
_MOST = 0.8


def seems_turned(grid: Grid, missing: frozenset[str]) -> bool:
    """Whether patients seem to stand in columns.

    Args:
        grid: The cells of the table.
        missing: Texts, folded, that mean "not available".
    """
    (_, *labels), *others = (tuple(map(normalised, texts)) for texts in grid.columns.values())
    headers = [header for header, *_ in others]
    if len(others) < _LEAST or len(labels) < _LEAST or len({*headers}) < len(headers):
        return False
    if len({*labels}) < len(labels) or not all(re.search(r"[^\W\d_]{2}", each) for each in labels):
        return False
    columns = [_kinds(texts, missing) for _, *texts in others]
    rows = [_kinds(texts, missing) for texts in zip(*(rest for _, *rest in others), strict=True)]
    of_one_kind = sum(len(each) < 2 for each in rows) >= min(_MOST * len(rows), len(rows) - 1)
    of_several = sum(len(each) > 1 for each in columns) >= _MOST * len(columns)
    named = all(_PATIENT.fullmatch(folded(header)) for header in headers)
    return of_one_kind and (of_several or named)


def _kinds(texts: Sequence[str], missing: frozenset[str]) -> set[bool]:
    """Whether some texts are numbers, and whether some are not."""
    filled = (text for text in texts if text and folded(text) not in missing)
    return {bool(_NUMBER.fullmatch(text)) for text in filled}
