"""Tables with tabs between that a user writes for casebook: corrections.tsv and claims.tsv.

They are read as a raw table is that is a text file, and must have the columns that they must have;
what the cells mean is for the caller.
"""

from collections.abc import Collection, Sequence
from itertools import islice
from pathlib import Path

from casebook.base.characters import PRINTABLE, unprintable
from casebook.base.errors import suggestion
from casebook.data.cells import TableError, column_name, normalised, refuse_long
from casebook.data.findings import Finding, unreadable
from casebook.reading.textrows import read_rows

_MOST_LINES = 20_000
"""Each of which somebody has written, or looked at."""


def read_tabbed(
    path: Path, columns: Sequence[str], optional: Collection[str] = ()
) -> tuple[dict[int, dict[str, str]], list[Finding]]:
    """The lines below the header by their number, as texts by column, and what is wrong.

    Empty lines are passed over, and so is each line that has not as many cells as columns; it is
    among the findings, unless its cells are as many as those of a wrong header.

    Args:
        path: The file.
        columns: The columns that it must have; lines are read by these, in whichever order.
        optional: Which of these it may be without; their texts are then empty.
    """
    lines, findings = _lines(path)
    header, known = min(lines, default=0), columns
    if lines:
        columns = [each for each in columns if each not in optional or each in lines[header]]
        if sorted(lines[header]) == sorted(columns):
            columns = lines[header]
    wrong = {number for number, cells in lines.items() if len(cells) != len(columns)}
    if lines and lines[header] != list(columns):
        wrong.add(header)
    allowed = f"{', '.join(columns)}, with tabs between"
    if lines and (sign := _other_separator(lines[header], columns)):
        hint = f"{sign} stand where tabs belong; save it as text with tabs between the columns"
        wrong_file = Finding("error", str(path), header, "", lines[header][0], allowed, hint)
        return {}, [*findings, wrong_file]
    for number in sorted(wrong):
        cells = lines[number]
        if number == header or len(cells) != len(lines[header]):
            hint = _misspelt(cells, known) if number == header else ""
            found = ", ".join(cells)
            findings.append(Finding("error", str(path), number, "", found, allowed, hint))
    without = dict.fromkeys(optional, "")
    read = {
        number: without | dict(zip(columns, cells, strict=True))
        for number, cells in lines.items()
        if number not in wrong | {header}
    }
    return read, findings


def _misspelt(header: Sequence[str], columns: Sequence[str]) -> str:
    """Which columns the others in a header may be meant to be."""
    hints = (suggestion(each, list(columns)) for each in header if each not in columns)
    return "; ".join(filter(None, hints))


def _other_separator(header: Sequence[str], columns: Sequence[str]) -> str:
    """What stands between the columns of a whole header that is one cell, in words, if known."""
    for sign, words in ((",", "commas"), (";", "semicolons"), (" ", "spaces")):
        if len(header) == 1 and [cell.strip() for cell in header[0].split(sign)] == list(columns):
            return words
    return ""


def _lines(path: Path) -> tuple[dict[int, list[str]], list[Finding]]:
    try:
        lines = dict(enumerate(islice(read_rows(path), _MOST_LINES + 1), start=1))
        if len(lines) > _MOST_LINES:
            raise TableError(f"a file of up to {_MOST_LINES:,} lines", "is it the right file?")
        for number, cells in lines.items():
            for column, cell in enumerate(cells, start=1):
                refuse_long(cell, number, column_name(column))
    except TableError as error:
        return {}, unreadable(str(path), error)
    except OSError as error:
        return {}, [Finding("error", str(path), 0, "", "", "a readable file", error.strerror or "")]
    hint = "a quotation mark at the beginning of a cell is never closed"
    broken = {
        number: Finding("error", str(path), number, "", "", "cells without a tab", hint)
        for number, cells in lines.items()
        if any("\t" in cell for cell in cells)
    } | {
        number: Finding("error", str(path), number, "", cell, PRINTABLE, f"remove {found}")
        for number, cells in lines.items()
        for cell in cells
        if (found := unprintable(cell))
    }
    whole = {
        number: [normalised(cell) for cell in cells]
        for number, cells in lines.items()
        if number not in broken
    }
    return {number: cells for number, cells in whole.items() if any(cells)}, list(broken.values())
