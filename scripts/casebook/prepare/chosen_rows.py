"""What is said of the choice of rows by their texts, where a table has rows of several forms.

Rows that are left out by their number are for `layout` and `harm_cells`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from casebook.base.errors import listed
from casebook.data.cells import Grid, folded, normalised
from casebook.data.findings import Finding
from casebook.data.row_choice import Wanted, texts_of
from casebook.doubts.misspelt import may_be
from casebook.reading.redcap import FORM, IN_WORDS

_EMPTY = "an empty cell"
_FORMS = (
    "they are of several forms, as {0} says; to use only those of visits, write under source in"
    " study.yaml: rows_with: {{ {0}: '' }}"
)


def remarks_on_choice(
    wanted: Wanted, key: str, file: str, grid: Grid, others: Wanted
) -> Iterator[Finding]:
    """Texts that no row has, and how many rows have others.

    Args:
        wanted: The texts that rows have.
        key: Where study.yaml says so.
        file: The table.
        grid: Its cells.
        others: The texts of rows that are used otherwise.
    """
    for header, texts in wanted.items():
        counts = Counter(texts_of(header, grid).values())
        known = {folded(text): text for text in counts}
        for text in texts:
            if counts and folded(text) not in known:
                there = listed([each or _EMPTY for each in counts], text)
                allowed = f"a text of this column: {there}"
                hint = f"{key} of study.yaml names it, and no row has it"
                yield Finding("error", file, grid.header_row, header, text, allowed, hint)
        meant = {*map(folded, (*texts, *others.get(header, ())))}
        for text, number in counts.items():
            if folded(text) not in meant:
                rows = f"{number} row{'s' * (number != 1)}"
                hint = f"not used here: {rows}, as {key} of study.yaml does not name this text"
                told = (file, 0, header, text or _EMPTY, "")
                if like := may_be(text, [*filter(None, texts)]):
                    yield Finding("warning", *told, f"{hint}; is it {like!r}?")
                else:
                    yield Finding("note", *told, hint)


def of_several_forms(wanted: Wanted, grid: Grid, rows: Iterable[int]) -> str:
    """What to do about rows that are of several forms of REDCap; empty if they are not.

    Args:
        wanted: The texts by which rows are chosen.
        grid: The table.
        rows: Rows of one patient.
    """
    for header in map(normalised, grid.headers.values()):
        if IN_WORDS.get(header, header) == FORM and header not in wanted:
            texts = texts_of(header, grid)
            if len({texts[row] for row in rows}) > 1:
                return _FORMS.format(header)
    return ""
