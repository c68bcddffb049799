"""Rows that repeat the header, and notes below a table: a legend, or what an asterisk means.

Of notes only whole rows at the end of a table are looked at. Other rows in its midst, and rows of
sums, are for `doubts` once there is a study.
"""

from collections.abc import Sequence

from casebook.data.cells import Grid, normalised

_WORDS = 3
"""A text of fewer words may name a patient of whom nothing else is known."""


def headers_again(grid: Grid) -> Sequence[int]:
    """The numbers of rows whose texts are those of the header, as where tables were put together.

    They have two at least, and no other text.
    """
    columns = [[*map(normalised, column)] for column in grid.columns.values()]
    rows = zip(grid.body, zip(*(column[1:] for column in columns), strict=True), strict=True)
    headers = [column[0] for column in columns]
    return [number for number, texts in rows if _is_again(texts, headers)]


def _is_again(texts: Sequence[str], headers: Sequence[str]) -> bool:
    there = [(text, header) for text, header in zip(texts, headers, strict=True) if text]
    return len(there) > 1 and all(text == header for text, header in there)


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
