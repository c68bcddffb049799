"""Rows of a table that sum up others: totals, means and the like, as clinicians put them below.

What such rows are called, and what their numbers are, is for `doubts`, which tells of them once
there is a study; here they are looked for so that nothing is guessed from them.
"""

from collections.abc import Iterator, Sequence

from casebook.data.cells import Grid, normalised
from casebook.doubts.strays import usual_labels
from casebook.doubts.summary_rows import summaries
from casebook.drafting.columns import Column
from casebook.drafting.numerals import written


def summed_up(grid: Grid) -> list[int]:
    """The numbers of rows that seem to sum up others, ascending.

    A row without a text in the first column is known by its numbers, one with a text by that.
    """
    columns = [
        Column(place, normalised(texts[0]), [*map(normalised, texts[1:])])
        for place, texts in grid.columns.items()
    ]
    first, *others = columns
    if len(first.filled) * 2 < len(first.texts):
        return []
    places = {*usual_labels([*_beginnings(columns)])} | {*_by_numbers(first, others)}
    return [grid.body[place] for place in sorted(places)]


def _beginnings(columns: Sequence[Column]) -> Iterator[str]:
    """The first text of each row."""
    for row in zip(*(each.texts for each in columns), strict=True):
        yield next(filter(None, row), "")


def _by_numbers(first: Column, others: Sequence[Column]) -> Iterator[int]:
    """The places of rows without a text in the first column whose numbers sum up the others."""
    nameless = [place for place, text in enumerate(first.texts) if not text]
    if not nameless:
        return
    number = written(others).numerals.number
    values = {str(each.number): [*map(number, each.texts)] for each in others}
    found = summaries(len(first.texts), values, ())
    yield from (place for place in nameless if place in found)
