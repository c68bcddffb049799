"""How findings name the tables of a study: by files, and by sheets where these tell them apart.

What stands in them is read elsewhere.
"""

import re
from ast import literal_eval
from pathlib import Path

from casebook.reading.filekinds import TABLES, holds
from casebook.study.model import Study


def place(table: Path, sheet: str | None) -> str:
    """A table by its file, and by the sheet if one is meant."""
    return f"{table}, {holds(table)} {sheet!r}" if sheet else str(table)


def file_and_sheet(name: str) -> tuple[str, str]:
    """The file and the sheet, if one is meant, of a table that `place` has named."""
    found = re.fullmatch(r"(.+), (?:sheet|table) ('.*'|\".*\")", name)
    return (found[1], str(literal_eval(found[2]))) if found else (name, "")


def name_of_patients(study: Study, folder: Path) -> str:
    """The table of patients of a study in a folder."""
    return _named(study, folder / study.source.table, study.source.sheet)


def name_of_events(study: Study, folder: Path) -> str:
    """The table of adverse events of a study that has one."""
    table = study.table_of_harms
    return _named(study, folder / table.table, table.sheet)


def _named(study: Study, table: Path, sheet: str | None) -> str:
    """A table by its file, and by what is named of a document, where a reader knows no other."""
    is_told = study.is_one_workbook or holds(table) == TABLES
    return place(table, sheet if is_told else None)


def short_name_of_patients(study: Study) -> str:
    """The same of the table of patients within the folder: its file, or its sheet if it has one."""
    return (study.is_one_workbook and study.source.sheet) or study.source.table


def short_name_of_events(study: Study) -> str:
    """The same of the table of adverse events; empty if there is none."""
    table = study.harms.table if study.harms else None
    if table is None:
        return ""
    return (study.is_one_workbook and table.sheet) or table.table
