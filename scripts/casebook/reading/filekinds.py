"""What a raw table's file is by its first bytes, where its name says something else.

A web page that is called .xlsx, a workbook that is called .csv, or one with a password is told as
what it is. A file that is what its name says is not looked into here.
"""

import codecs
import zipfile
from pathlib import Path

from casebook.data.cells import TableError

TEXTS, EXCEL, OLD_EXCEL, OPEN = (".tsv", ".csv"), (".xlsx", ".xlsm"), (".xls",), (".ods",)

_ENDINGS = (*TEXTS, *EXCEL, *OLD_EXCEL, *OPEN)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "open it in a spreadsheet program, and save it as .xlsx"
_PROTECTED = "a workbook that is protected by a password"
_BEGINNINGS = {
    b"%pdf": "a PDF",
    b"{\\rtf": "a text document (RTF)",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"<table": "a web page",
    b"<?xml": "an XML file",
}
# How a part of a zip archive of a kind begins, and the endings of the kind.
_PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "xl/workbook.bin": ("an .xlsb workbook", ()),
    "xl/": ("an .xlsx workbook", EXCEL),
    "word/": ("a Word document", ()),
    "content.xml": ("an OpenDocument file", OPEN),
}


def check_kind(table: Path) -> None:
    """Do nothing if a file is what the ending of its name says.

    Raises:
        TableError: it is not, or the ending is that of no table.
    """
    ending = table.suffix.lower()
    if ending not in _ENDINGS:
        raise TableError(f"a file that ends in {', '.join(_ENDINGS)}", _SAVE, value=table.suffix)
    with table.open("rb") as file:
        beginning = file.read(4096)
    if not beginning.removeprefix(codecs.BOM_UTF8).strip():
        raise TableError("a header and at least one row below it", "the file is empty")
    found, endings = _kind(table, beginning)
    if ending not in endings:
        hint = f"give it the ending {' or '.join(endings)}" if endings else _SAVE
        raise TableError(f"a file that is what its ending says: {ending}", hint, value=found)


def _kind(table: Path, beginning: bytes) -> tuple[str, tuple[str, ...]]:
    """What a file is, and the endings that it can have; none for what is no table."""
    if beginning.startswith(_COMPOUND):
        return _compound(table.read_bytes())
    if beginning.startswith(b"PK"):
        return _archive(table)
    lowered = beginning.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for start, found in _BEGINNINGS.items():
        if lowered.startswith(start):
            return found, ()
    return "a text file", TEXTS


def _compound(content: bytes) -> tuple[str, tuple[str, ...]]:
    """What a compound file is by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _PROTECTED, ()
    if any(f"{name}\0".encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "an .xls workbook", OLD_EXCEL
    return "an old Office file that is no workbook, or is cut off", ()


def _archive(table: Path) -> tuple[str, tuple[str, ...]]:
    try:
        with zipfile.ZipFile(table) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return "an archive that is damaged or cut off", ()
    for beginning, kind in _PARTS.items():
        if any(name.startswith(beginning) for name in names):
            return kind
    listed = ", ".join(names[:3]) or "nothing"
    return f"a zip archive of {listed}", ()
