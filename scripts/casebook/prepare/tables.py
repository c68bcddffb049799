"""How findings name the tables of a study: by files, and by the sheets that the study names.

What stands in them is read elsewhere.
"""

import re
from ast import literal_eval
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from casebook.data.findings import Finding
from casebook.data.remarks import Remark
from casebook.reading.filekinds import holds
from casebook.study.model import Study
from casebook.study.source import JoinedTable, TableFile

Told = TypeVar("Told", Finding, Remark)
_OWN_KEY = re.compile(rf"\bsource\.(?={'|'.join(JoinedTable.model_fields)})")


def place(table: Path, sheet: str | None) -> str:
    """A table by its file, and by the sheet if the study names one."""
    return f"{table}, {holds(table)} {sheet!r}" if sheet else str(table)


def file_and_sheet(name: str) -> tuple[str, str]:
    """The file and the sheet, if one is meant, of a table that `place` has named."""
    found = re.fullmatch(r"(.+), (?:sheet|table) ('.*'|\".*\")", name)
    return (found[1], str(literal_eval(found[2]))) if found else (name, "")


def names_of_patients(study: Study, folder: Path) -> list[str]:
    """The tables of patients of a study in a folder: that of its source, and those joined to it."""
    return [place(folder / each.table, each.sheet) for each in study.source.tables.values()]


def name_of_events(study: Study, folder: Path) -> str:
    """The table of adverse events of a study that has one."""
    table = study.table_of_harms
    return place(folder / table.table, table.sheet)


def short_names_of_patients(study: Study) -> list[str]:
    """The tables of patients within the folder: by their files, or sheets of one."""
    return [short_name(study, each) for each in study.source.tables.values()]


def short_name_of_events(study: Study) -> str:
    """The same of the table of adverse events; empty if there is none."""
    table = study.harms.table if study.harms else None
    return short_name(study, table) if table else ""


def short_name(study: Study, form: TableFile) -> str:
    """A table within the folder: its file, or its sheet if another table has the same file."""
    return (bool(study.beside(form)) and form.sheet) or form.table


def at_own_keys(name: str, told: Iterable[Told]) -> list[Told]:
    """What is told of a joined table of this name, with hints at the keys that it has.

    They stand in a part of study.yaml of their own, where those of the first table are `source`.
    """
    key = f"source.joined.{name}"
    return [replace(each, hint=_at_key(key, each.hint)) if name else each for each in told]


def at_keys_of_events(told: Iterable[Told]) -> list[Told]:
    """What is told of the table of adverse events, with hints at the keys that it has."""
    return [replace(each, hint=_at_key("harms.table", each.hint)) for each in told]


def _at_key(key: str, hint: str) -> str:
    return _OWN_KEY.sub(f"{key}.", hint).replace("under source ", f"under {key} ")
