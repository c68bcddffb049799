"""The identifiers of patients, from the column that has them or from their order.

What makes an identifier doubtful is for `doubts/identifiers`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from casebook.data.cells import normalised
from casebook.data.findings import Finding
from casebook.data.remarks import Remark
from casebook.doubts.identifiers import columns_called, made_by_spreadsheet, problems, rows_called
from casebook.prepare.laid_out import LaidOut
from casebook.study.model import Study

_MADE = (
    "a spreadsheet makes a number of a text like 1E5, and a day of one like 1-2: if it is none,"
    " look up the identifier, and write it in corrections.tsv"
)


def identifiers_in(
    study: Study, laid: LaidOut, texts: Mapping[str, Sequence[str]]
) -> Sequence[str]:
    """The identifier of each patient.

    Args:
        study: The study.
        laid: Its table.
        texts: The texts of its rows, normalised, by the headers of the columns that are read.
    """
    column = study.source.patient
    if column is not None and column in texts:
        return [*texts[column]]
    width = max(2, len(str(len(laid.rows))))
    return [f"P{i:0{width}}" for i in range(1, len(laid.rows) + 1)]


def wrong_identifiers(
    study: Study,
    file: str,
    laid: LaidOut,
    texts: Mapping[str, Sequence[str]],
    errors: Mapping[int, Remark],
    corrected: Mapping[tuple[int, str], tuple[str, int]],
) -> Iterator[Finding]:
    """What is wrong with the identifiers of the patients, at a cell or the line that corrects it.

    Those that a spreadsheet may have made of others are told as warnings.

    Args:
        study: The study.
        file: Its table, for messages.
        laid: The table.
        texts: As of `identifiers_in`.
        errors: Why some identifiers, by their places, are not what their cells say.
        corrected: The file and line by which a cell, by row and header, has been corrected.
    """
    column, rows = study.source.patient, laid.rows
    if column is None or column not in texts:
        return
    read = dict(zip(rows, texts[column], strict=True))
    for place, error in errors.items():
        told = (read.pop(rows[place]), error.allowed, error.hint)
        yield Finding("error", file, rows[place], column, *told)

    for row in made_by_spreadsheet(read):
        yield Finding("warning", file, row, column, read[row], "", _MADE)
    called = columns_called if study.source.transpose else rows_called
    others = partial(_other_columns, laid, column)
    for each in problems(read, study.source.missing, file, column, others, called):
        if at := corrected.get((each.row, column)):
            yield replace(each, file=at[0], row=at[1], column="new")
        else:
            yield each


def _other_columns(laid: LaidOut, column: str) -> dict[str, dict[int, str]]:
    """The texts of all columns but one, by their headers and rows."""
    grid = laid.grid
    headers = {number: normalised(text) for number, text in grid.headers.items()}
    return {
        header: {row: normalised(grid.columns[n][grid.places[row]]) for row in laid.rows}
        for n, header in headers.items()
        if header != column
    }
