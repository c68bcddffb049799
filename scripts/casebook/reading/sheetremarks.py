"""What a spreadsheet shows and the texts of its cells do not say, told once for all formats.

What is hidden, struck through, merged, commented on, shown in another unit than the column's other
numbers, a formula that was never computed, or one with an error. How a sheet is read is for
`sheets` and the modules of the formats.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from casebook.data.cells import TableError, column_name
from casebook.data.remarks import A_CELL_OF_ITS_OWN, Remark
from casebook.reading.sheets import Merged, Sheet

# As programs of all languages show them: #DIV/0!, #NAME?, #BEZUG!, #N/A, #NV; LibreOffice's own.
_FORMULA_ERROR = re.compile(r"#[\w/]+[!?]|#N/?[ADV]|#GETTING_DATA|Err:5\d\d|#{8}", re.IGNORECASE)


def is_formula_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows for a formula with an error, in any language."""
    bare = text.strip()
    return bare[:1] in ("#", "E", "e") and _FORMULA_ERROR.fullmatch(bare) is not None


def have_no_formula_error(texts: Iterable[str]) -> bool:
    """Whether none of these texts is such an error, as far as it is seen at once."""
    together = "".join(texts)
    return "#" not in together and "err:5" not in together.casefold()


def spread(sheet: Sheet, width: int, header: int) -> Iterator[Remark]:
    """Put the text of merged cells below the header into each of them, and remark on each.

    A text that is merged over rows, as the name of a group, holds for all of them. Merged over
    columns it can hold for the first one alone, and below a merged cell another text may be left.

    Raises:
        TableError: a cell is merged into two others, which no spreadsheet does.
    """
    rows = sorted(sheet.texts)
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged:
        text = sheet.texts.get(merged.row, {}).get(merged.column, "")
        if merged.row <= header or merged.column > width or not text.strip():
            continue
        over_columns = merged.column < min(merged.last_column, width)
        for row, column in _covered(rows, merged, width):
            if (row, column) in covered:
                name, hint = column_name(column), "unmerge the cells around it, and save it again"
                raise TableError(
                    "a cell that belongs to only one merged cell", hint, row=row, column=name
                )
            covered.add((row, column))
            own = sheet.texts[row].setdefault(column, text)
            origin = f"{column_name(merged.column)}{merged.row}"
            if own.strip() and own != text:
                hint = f"the cell is merged with {origin}, which hides this text"
                yield Remark("error", row, column, own, f"one text, or cells of their own; {hint}")
            elif over_columns:
                sheet.texts[row][column] = text
                hint = f"it is merged with {origin}: unmerge them; a row that is not a patient can"
                hint += " be left out: source.leave_out in study.yaml"
                yield Remark("error", row, column, text, A_CELL_OF_ITS_OWN, hint)
            else:
                sheet.texts[row][column] = text
                sheet.copy_marks((merged.row, merged.column), (row, column))
                hint = f"merged with {origin}, so it is taken to apply to this row too"
                yield Remark("warning", row, column, text, "", hint)


def _covered(rows: Sequence[int], merged: Merged, width: int) -> Iterator[tuple[int, int]]:
    """The cells of rows and columns in use that a merged cell covers, but for its first one."""
    columns = range(merged.column, min(merged.last_column, width) + 1)
    for row in rows[bisect_left(rows, merged.row) : bisect_right(rows, merged.last_row)]:
        for column in columns:
            if (row, column) != (merged.row, merged.column):
                yield row, column


def remarks_on(sheet: Sheet, width: int) -> Iterator[Remark]:
    """What a sheet shows or hides that its texts do not say, in the columns of the table."""
    yield from (each for each in sheet.told if each.column <= width)
    for column in sorted(column for column in sheet.hidden_columns if column <= width):
        hint = "a column that is hidden in the file, but is used all the same"
        yield Remark("warning", 0, column, "", "", hint)
    yield from _in_other_units(sheet, width)
    for row, cells in sorted(sheet.texts.items()):
        if row in sheet.hidden_rows:
            yield Remark("warning", row, 0, "", "", "it is hidden in the file")
        filled = [column for column in sorted(cells) if column <= width and cells[column].strip()]
        yield from _struck(sheet, row, filled)
        for column in filled:
            yield from _of_cell(sheet, row, column)


def _in_other_units(sheet: Sheet, width: int) -> Iterator[Remark]:
    """A warning for each number that its format shows in another unit than most of its column."""
    shown: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for (row, column), unit in sorted(sheet.units.items()):
        if column <= width:
            shown[column][unit].append(row)
    for column, rows in sorted(shown.items()):
        usual = max(rows, key=lambda unit: len(rows[unit]))
        for unit in (each for each in rows if each != usual):
            hint = (
                f"its number format shows it in {unit!r}, and {len(rows[usual]):,} of its column"
                f" in {usual!r}; all are used as they stand: if they are different units, convert"
                " the numbers in corrections.tsv"
            )
            for row in rows[unit]:
                yield Remark("warning", row, column, sheet.texts[row][column], "", hint)


def _struck(sheet: Sheet, row: int, filled: Collection[int]) -> Iterator[Remark]:
    struck = [column for column in filled if (row, column) in sheet.struck]
    if struck and len(struck) == len(filled):
        yield Remark("warning", row, 0, "", "", "it is struck through in the file")
        return
    for column in struck:
        hint = "it is struck through in the file, but used all the same"
        yield Remark("warning", row, column, sheet.texts[row][column], "", hint)


def _of_cell(sheet: Sheet, row: int, column: int) -> Iterator[Remark]:
    text = sheet.texts[row][column]
    if (row, column) in sheet.uncomputed:
        hint = (
            "open the workbook in a spreadsheet program that computes automatically, and save it,"
            " which computes the formula"
        )
        yield Remark("error", row, column, text, "a formula with its value", hint)
    # What a header is called is said in study.yaml.
    if (row, column) in sheet.divided and row != min(sheet.texts):
        hint = f"{sheet.divided[row, column]}: write only what is meant into the cell"
        yield Remark("error", row, column, text, "text that is formatted alike", hint)
    shown = sheet.shown.get((row, column))
    if shown is not None:
        instead = f"it as {shown!r}" if shown else "nothing of it"
        hint = f"the workbook shows {instead}, but its full value is used"
        yield Remark("warning", row, column, text, "", hint)
    if (row, column) in sheet.commented:
        yield Remark("note", row, column, text, "", "has a comment in the file; it is not read")
