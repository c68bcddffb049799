"""The same small study gives the same results, byte for byte, whatever file its table came in."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import plain_tables
import workbooks

ROWS = [
    ["ID", "Age", "Sex", "Drugs", "Start", "Remark", "Before", "After"],
    ["a", "70", "F", "HCQ*, MTX", "2024-01-31", "well – so far", "12.5", "3"],
    ["b", "", "M", "none", "2024-02-01", "", "20", "25"],
    ["c", "34", "F", "", "", "müde", "8", ""],
    ["d", "66", "F", "MTX", "2024-02-29", "", "41.25", "7.75"],
]
NUMBERS, DAYS = ("Age", "Before", "After"), ("Start",)
TABLE = "table: table.csv"
Edits = tuple[tuple[str, str], ...]


def typed(decimal: str = ".") -> Iterator[list[object]]:
    """The rows, with numbers and days as such, or numbers as texts with another decimal sign."""
    header, *rows = ROWS
    yield [*header]
    for row in rows:
        cells: list[object] = []
        for name, text in zip(header, row, strict=True):
            if name in NUMBERS and text:
                cells.append(float(text) if decimal == "." else text.replace(".", decimal))
            elif name in DAYS and text:
                cells.append(date.fromisoformat(text))
            else:
                cells.append(text or None)
        yield cells


def as_text(separator: str, encoding: str, decimal: str = ".") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(typed(decimal) if decimal != "." else ROWS)
    return file.getvalue().encode(encoding)


def frame() -> pd.DataFrame:
    header, *rows = typed()
    table = pd.DataFrame(rows, columns=[str(name) for name in header])
    table["Sex"] = table["Sex"].map({"F": 1, "M": 2})
    return table.astype(dict.fromkeys(NUMBERS, float)).fillna({"Drugs": "", "Remark": ""})


def data_file(path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    labels = {"Sex": {1: "F", 2: "M"}}
    if path.suffix == ".dta":
        pyreadstat.write_dta(frame(), path, variable_value_labels=labels)
    else:
        packed = path.suffix == ".zsav"
        pyreadstat.write_sav(frame(), path, variable_value_labels=labels, compress=packed)


COMMAS = (("  missing: [NA]\n", '  missing: [NA]\n  decimal: ","\n'),)
LABELS = (("column: Sex\n", "column: Sex (label)\n"),)
FILES: dict[str, tuple[Callable[[Path], object], Edits]] = {
    "t.tsv": (lambda path: path.write_bytes(as_text("\t", "utf-8")), ()),
    "semicolons.csv": (lambda path: path.write_bytes(as_text(";", "utf-8-sig", ",")), COMMAS),
    "utf16.csv": (lambda path: path.write_bytes(as_text(",", "utf-16")), ()),
    "windows.csv": (
        lambda path: path.write_bytes(as_text(",", "cp1252")),
        (("  missing: [NA]\n", "  missing: [NA]\n  encoding: cp1252\n"),),
    ),
    "t.xlsx": (lambda path: plain_tables.excel(path, typed()), ()),
    "t.ods": (lambda path: workbooks.ods(path, workbooks.table(*ROWS)), ()),
    "t.docx": (partial(plain_tables.word, rows=ROWS), ()),
    "t.html": (partial(plain_tables.page, rows=ROWS), ()),
    "t.dta": (data_file, LABELS),
    "t.sav": (data_file, LABELS),
    "t.zsav": (data_file, LABELS),
}


@pytest.mark.parametrize("name", FILES)
def test_results_do_not_depend_on_the_file(
    results_of: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    write, edits = FILES[name]
    (tmp_path / "study").mkdir()
    write(tmp_path / "study" / name)
    plain = as_text(",", "utf-8")
    expected = (results_of(table=plain) / "results.csv").read_bytes()

    found = results_of((TABLE, f"table: {name}"), *edits, table=plain) / "results.csv"

    assert found.read_bytes() == expected
