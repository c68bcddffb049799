"""Catalogues of SAS (.sas7bcat): which of them a table has, and how one is read.

What a catalogue has is for `sasformats`. Which codes a table has is for `statisticsfiles`, which
reads both kinds of file.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from casebook.data.cells import TableError
from casebook.data.findings import DataError, Finding, unreadable
from casebook.reading.filekinds import check_catalogue
from casebook.reading.sasformats import Catalogue

_ENDING = ".sas7bcat"
_USUAL = "formats"
"""What SAS calls a catalogue that has been given no name."""


def read_catalogue(path: Path) -> Catalogue:
    """The formats of a catalogue that have labels.

    Raises:
        DataError: it is none, or cannot be read.
        ImportError: what reads it is not there.
    """
    try:
        check_catalogue(path)
        # What reads it takes its time to load, which only a study with such a file needs.
        module = import_module("casebook.reading.statisticsfiles")
        formats_in: Callable[[Path], Mapping[str, Mapping[Any, str]]] = module.formats_in
        found = formats_in(path)
    except TableError as error:
        raise DataError(unreadable(str(path), error)) from None
    except ImportError:
        raise
    except Exception:  # what can be damaged has no class in common
        hint = "it is cut off or damaged: write it anew in SAS (PROC FORMAT LIBRARY=), or save the"
        hint += " table with PROC EXPORT as .sav"
        wrong = TableError("a catalogue that can be read", hint)
        raise DataError(unreadable(str(path), wrong)) from None
    return Catalogue(path, found)


def catalogue_beside(table: Path) -> tuple[Catalogue | None, list[Finding]]:
    """The catalogue in the folder of a table, of the same name or else called formats.

    Beside it stands why one that is there cannot be read.
    """
    there = [each for each in sorted(table.parent.iterdir()) if each.suffix.lower() == _ENDING]
    unread: list[Finding] = []
    for stem in (table.stem, _USUAL):
        found = [each for each in there if each.stem.casefold() == stem.casefold()]
        if len(found) == 1:
            try:
                return read_catalogue(found[0]), unread
            except DataError as error:
                unread += error.findings
    return None, unread
