"""What the texts of cells say of themselves, whatever the file, from ingest to cleaning.

An error of a formula, a letter that was lost, a percent sign behind one number and not the others.
What a file says beside its texts is for `reading/sheetremarks`.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from casebook.base.numerals import SEEMING
from casebook.data.cells import Grid
from casebook.data.remarks import Remark
from casebook.prepare.by_dictionary import repeated
from casebook.prepare.shape import NUMBER
from casebook.reading import mojibake
from casebook.reading.sheetremarks import have_no_formula_error, is_formula_error

_PERCENT = re.compile(rf"{SEEMING}\s*%")


def remarks_on_cells(grid: Grid) -> list[Remark]:
    """What the texts of cells say of themselves, whatever the file."""
    return [*_formula_errors(grid), *_percents(grid), *_misread(grid), *repeated(grid)]


def cells_with(
    grid: Grid, meant: Callable[[str], bool], none: Callable[[Sequence[str]], bool]
) -> list[tuple[int, int, str]]:
    """The cells of a kind, row by row: row, column and text. Each text is looked at once.

    Args:
        grid: The table.
        meant: Whether a text is of that kind.
        none: Whether none of many texts is, as far as it is seen at once.
    """
    found = []
    for number, texts in grid.columns.items():
        if none(texts):
            continue
        if wanted := {text for text in {*texts} if meant(text)}:
            cells = zip(grid.numbers, texts, strict=True)
            found += [(row, number, text) for row, text in cells if text in wanted]
    return sorted(found)


def _misread(grid: Grid) -> Iterator[Remark]:
    """Remarks on texts that some program has read in the wrong encoding."""
    save = "save it again from where it came, with the character set UTF-8"
    for row, column, text in cells_with(grid, mojibake.has_lost, mojibake.are_as_written):
        hint = f"a letter was lost when a program read this text: {save}"
        yield Remark("warning", row, column, text.strip(), "", hint)
    for row, column, text in cells_with(grid, _was_otherwise, mojibake.are_as_written):
        before = mojibake.was(text.strip())
        hint = f"it was probably {before!r}, which a program read in the wrong encoding: {save}"
        yield Remark("warning", row, column, text.strip(), "", hint)


def _was_otherwise(text: str) -> bool:
    return bool(mojibake.was(text.strip()))


def _formula_errors(grid: Grid) -> Iterator[Remark]:
    """Remarks on cells that show an error of a formula, in a text file as in a workbook."""
    for row, column, text in cells_with(grid, is_formula_error, have_no_formula_error):
        hint = "correct the formula in the table, or list its text under missing in study.yaml"
        allowed = "a value, not the error of a formula"
        yield Remark("error", row, column, text.strip(), allowed, hint)


def _percents(grid: Grid) -> Iterator[Remark]:
    """Remarks on the fewer cells of columns of numbers with a percent sign and without one."""
    for column, (_, *texts) in grid.columns.items():
        if "%" not in "".join(texts):
            continue
        kinds = {text: _is_percent(text) for text in dict.fromkeys(texts)}
        if not {True, False} <= {*kinds.values()}:
            continue
        cells = list(zip(grid.body, texts, strict=True))
        signed = [cell for cell in cells if kinds[cell[1]] is True]
        bare = [cell for cell in cells if kinds[cell[1]] is False]
        few, many = sorted((bare, signed), key=len)
        has, have = ("no", "one") if few is bare else ("a", "none")
        hint = f"it has {has} percent sign, but others in the column have {have}, such as row"
        hint += f" {many[0][0]}: do they all have the same unit?"
        for row, text in few:
            yield Remark("warning", row, column, text.strip(), "", hint)


def _is_percent(text: str) -> bool | None:
    """Whether a number has a percent sign; None for what is no number."""
    if NUMBER.fullmatch(text.strip()):
        return False
    return True if "%" in text and _PERCENT.fullmatch(text.strip()) else None
