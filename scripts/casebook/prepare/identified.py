"""The identifiers of patients, from the column that has them or from their order.

What makes an identifier doubtful is for `doubts/identifiers`.
"""

from collections.abc import Mapping, Sequence

from casebook.data.cells import normalised
from casebook.data.findings import Finding
from casebook.data.remarks import Remark
from casebook.doubts.identifiers import problems
from casebook.prepare.laid_out import LaidOut
from casebook.study.model import Study


def identified(
    study: Study,
    file: str,
    laid: LaidOut,
    texts: Mapping[str, Sequence[str]],
    errors: Mapping[int, Remark],
) -> tuple[Sequence[str], list[Finding]]:
    """The identifiers of the patients, and what is wrong with them.

    Args:
        study: The study.
        file: Its table, for messages.
        laid: The table.
        texts: The texts of its rows, normalised, by the headers of the columns that are read.
        errors: Why some identifiers, by their places, are not what their cells say.
    """
    column, rows = study.source.patient, laid.rows
    if column is None or column not in texts:
        width = max(2, len(str(len(rows))))
        return [f"P{i:0{width}}" for i in range(1, len(rows) + 1)], []
    identifiers = [*texts[column]]
    read = dict(zip(rows, identifiers, strict=True))
    found = []
    for place, error in errors.items():
        told = (read.pop(rows[place]), error.allowed, error.hint)
        found.append(Finding("error", file, rows[place], column, *told))

    def others() -> dict[str, dict[int, str]]:
        headers = {number: normalised(text) for number, text in laid.grid.headers.items()}
        return {
            header: {row: normalised(laid.grid.columns[n][laid.grid.places[row]]) for row in rows}
            for n, header in headers.items()
            if header != column
        }

    found += problems(read, study.source.missing, file, column, others)
    return identifiers, found
