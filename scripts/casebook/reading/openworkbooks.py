"""Opens a workbook, or a document with tables, of any format, and finds the sheet that is meant.

How a file is read is for the modules of the formats, of which only that of the file is imported.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import Protocol

from casebook.base.errors import listed
from casebook.data.cells import TableError, folded
from casebook.data.remarks import Remark
from casebook.reading.filekinds import ONE_ALONE, SHEETS, TABLES, format_of
from casebook.reading.sasformats import Catalogue
from casebook.reading.sheets import Sheet, SheetName, on_sheet


class Workbook(Protocol):
    """An open workbook of any format."""

    @property
    def names(self) -> Sequence[SheetName]:
        """Its sheets of cells."""

    def read(self, index: int, sheet: Sheet, decimal: str) -> None:
        """Read the sheet of this place among all, with this sign before the decimals of numbers."""


Opened = Callable[..., AbstractContextManager[Workbook]]
"""What a module of a format has as `opened`: of a file, and its catalogue if it can have one."""


def _open(path: Path, catalogue: Catalogue | None = None) -> AbstractContextManager[Workbook]:
    """A workbook while it is open, by the module of its format."""
    opened: Opened = import_module(f"casebook.reading.{format_of(path).module}").opened
    return opened(path, catalogue) if catalogue else opened(path)


def read_sheet(
    path: Path,
    wanted: str | None,
    decimal: str,
    beside: Collection[str] = (),
    catalogue: Catalogue | None = None,
) -> tuple[Sheet, list[Remark]]:
    """A sheet of a workbook, and what the user may not know of the others.

    Args:
        path: The workbook, which ends in one of the endings of `filekinds.FORMATS`.
        wanted: The sheet's name; by default it is the first one that is shown.
        decimal: What the decimals of numbers begin with.
        beside: Other sheets that are read too, of which nothing needs to be said.
        catalogue: What has the labels of its values, if it is a table of SAS.

    Raises:
        TableError: the sheet is not there or too large, or the workbook asks for a password.
        Exception: of other kinds, if the file is damaged.
    """
    kind = format_of(path)
    with _open(path, catalogue) as workbook:
        if kind.holds == TABLES:
            index, remarks = chosen_table(workbook.names, wanted), list[Remark]()
        else:
            index, remarks = chosen(workbook.names, wanted, beside)
        sheet = Sheet(workbook.names[index].name)
        with on_sheet(sheet):
            workbook.read(index, sheet, decimal)
        return sheet, remarks


def shown_sheets(path: Path) -> Iterator[Sheet]:
    """Each sheet of a workbook that is shown, one after the other; none of another file.

    Raises:
        TableError: as of `read_sheet`.
        Exception: of other kinds, if the file is damaged.
    """
    kind = format_of(path)
    if kind.holds != SHEETS:
        return
    with _open(path) as workbook:
        for index, each in enumerate(workbook.names):
            if not each.hidden:
                sheet = Sheet(each.name)
                workbook.read(index, sheet, ".")
                yield sheet


def names_of_shown(path: Path) -> list[str]:
    """The names of the sheets of a workbook that are shown; none of another file.

    Args:
        path: A file that `read_sheet` can read.
    """
    if format_of(path).holds != SHEETS:
        return []
    with _open(path) as workbook:
        return [each.name for each in workbook.names if not each.hidden]


def first_of_several(path: Path) -> str | None:
    """The sheet that is read where none is named, of a workbook with several.

    Args:
        path: A workbook that `read_sheet` can read.
    """
    kind = format_of(path)
    with _open(path) as workbook:
        names = workbook.names
        several = kind.holds != TABLES and len(names) > 1
        return names[chosen(names, None)[0]].name if several else None


def labels_of_columns(path: Path) -> Mapping[str, str]:
    """What the file calls columns beside their headers, as a data file of SPSS does.

    Args:
        path: A file that `read_sheet` can read.
    """
    kind = format_of(path)
    if kind.holds != ONE_ALONE:
        return {}
    labels: Mapping[str, str] = import_module(f"casebook.reading.{kind.module}").labels_of(path)
    return labels


def chosen(
    sheets: Sequence[SheetName], wanted: str | None, beside: Collection[str] = ()
) -> tuple[int, list[Remark]]:
    """Which sheet is meant, by its place among all, and what the user may not know of the others.

    Args:
        sheets: All sheets.
        wanted: The name of one; by default it is the first one that is not hidden, nor `beside`.
        beside: The names of others that are read too.

    Raises:
        TableError: there is no such sheet, or none at all.
    """
    if not sheets:
        raise TableError("a workbook with a sheet of cells", "it has none")
    read = {*map(folded, beside)}
    shown = [index for index, sheet in enumerate(sheets) if not sheet.hidden]
    index = next((i for i in shown if folded(sheets[i].name) not in read), (shown or [0])[0])
    if wanted is not None:
        found = [i for i, sheet in enumerate(sheets) if folded(sheet.name) == folded(wanted)]
        if not found:
            names = [sheet.name for sheet in sheets]
            hint = "name one of them in source.sheet of study.yaml"
            raise TableError(f"a sheet: {listed(names, wanted)}", hint, value=wanted)
        index = found[0]
    others = [s for i, s in enumerate(sheets) if i != index and folded(s.name) not in read]
    remarks = []
    if sheets[index].hidden:
        hint = "a sheet that is hidden in the workbook, but is read all the same"
        remarks.append(Remark("warning", 0, 0, sheets[index].name, "", hint))
    if hidden := [sheet.name for sheet in others if sheet.hidden]:
        remarks.append(Remark("note", 0, 0, ", ".join(hidden), "", "hidden, so not read"))
    visible = [sheet.name for sheet in others if not sheet.hidden]
    if visible and not (wanted and beside):
        none_named = f"source.sheet names no sheet, so {sheets[index].name!r} is taken"
        hint = f"not read: {'study.yaml names no table there' if wanted else none_named}"
        remarks.append(Remark("note", 0, 0, ", ".join(visible), "", hint))
    return index, remarks


def chosen_table(tables: Sequence[SheetName], wanted: str | None) -> int:
    """Which table of a document is meant, by its place among all.

    Args:
        tables: All tables.
        wanted: The number of one, or the words above it, or the first of these; one alone needs no
            name.

    Raises:
        TableError: there is no such table, or more than one, or none at all.
    """
    if not tables:
        raise TableError("a document with a table", "there is none in it, but perhaps a picture")
    meant = folded(wanted or "")
    if wanted is None:
        found = list(range(len(tables)))
    elif meant.isdecimal():
        found = [index for index, each in enumerate(tables) if each.name == meant]
    else:
        above = re.compile(rf"{re.escape(meant)}(?!\w)")
        found = [i for i, each in enumerate(tables) if above.match(folded(each.caption))]
    if len(found) == 1:
        return found[0]
    told = [f"{each.name} ({each.begins})" for each in tables]
    hint = "name one in source.sheet of study.yaml, by its number or by the words above it"
    value = f"{len(tables)} tables" if wanted is None else wanted
    raise TableError(f"one table: {listed(told, value)}", hint, value=value)
