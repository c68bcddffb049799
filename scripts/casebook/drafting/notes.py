"""Notes below a table, as printed ones have: a legend of abbreviations, or what an asterisk means.

Only whole rows at the end of a table are looked at. Rows in its midst, and rows of sums, are for
`doubts` once there is a study.
"""

from collections.abc import Sequence

from casebook.data.cells import Grid, normalised

_WORDS = 3
"""A text of fewer words may name a patient of whom nothing else is known."""


def notes_below(grid: Grid) -> Sequence[int]:
    """The numbers of the last rows of a table that hold a single text of several words, if any.

    A text that is merged over several columns stands in each of them.
    """
    found: list[int] = []
    for place in range(len(grid.numbers) - 1, 0, -1):
        texts = [normalised(column[place]) for column in grid.columns.values()]
        said = {text for text in texts if text}
        if len(texts) == 1 or len(said) != 1 or len(said.pop().split()) < _WORDS:
            break
        found.append(grid.numbers[place])
    return found[::-1]
