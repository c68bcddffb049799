"""Whether another sheet of a workbook was meant than the first, which is read if none is named.

It is asked only where the first has not all columns that a study names. No other sheet is taken
unasked: which one is read does not change with what stands in them.
"""

from collections.abc import Collection
from itertools import islice
from pathlib import Path

from casebook.data.cells import folded, normalised
from casebook.data.findings import DataError, Finding
from casebook.reading.filekinds import TEXTS
from casebook.reading.sheets import Sheet, shown_sheets

_ROWS = 20
"""Among so many rows with text the header is looked for."""


def refuse_first_sheet(
    path: Path, columns: Collection[str], patient: str | None, key: str, beside: str | None = None
) -> None:
    """Do nothing if no other sheet has more of the columns than the first.

    Args:
        path: A table that names no sheet.
        columns: The headers of the columns that it should have.
        patient: The one of the patients' identifiers, which the other sheet must have.
        key: The key of study.yaml that can name a sheet.
        beside: A sheet that is another table.

    Raises:
        DataError: another sheet has more of them.
    """
    if path.suffix.lower() in TEXTS:
        return
    try:
        counts = {
            sheet.name: _most(sheet, columns, patient)
            for sheet in shown_sheets(path)
            if beside is None or folded(sheet.name) != folded(beside)
        }
    except Exception:  # what can be damaged in a workbook is told by who reads it
        return
    first, best = next(iter(counts), ""), max(counts, key=lambda name: counts[name], default="")
    if first == best:
        return
    found = f"{counts[best]} of {len(columns)}"
    hint = f"{best!r} has more of them, {found}: name it under {key} in study.yaml"
    hint = f"no sheet is named, so the first is taken, {first!r}; {hint}"
    raise DataError([Finding("error", str(path), 0, "", "", "a sheet with the columns", hint)])


def _most(sheet: Sheet, columns: Collection[str], patient: str | None) -> int:
    """How many of the columns a row of a sheet names, one that can be its header."""
    rows = (set(map(normalised, sheet.texts[row].values())) for row in sorted(sheet.texts))
    wanted = {*columns}
    headers = [row & wanted for row in islice(rows, _ROWS) if patient is None or patient in row]
    return max(map(len, headers), default=0)
