"""The formats of raw tables, and what a file is where its name says something else.

A web page that is called .xlsx, a workbook that is called .csv, or one with a password is told as
what it is. A file that is what its name says is not looked into here. A format that is no text file
is one of `FORMATS` here, and a module that has `opened`; how it is used is for `sheets`.
"""

import codecs
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from casebook.data.cells import TableError
from casebook.reading.damage import anew

SHEETS, TABLES, ONE_ALONE = "sheet", "table", ""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of workbooks, or of other files that have tables.

    Attributes:
        name: What a file of it is called.
        program: What opens and saves it.
        endings: How the names of its files end.
        module: The module that reads it, loaded only where there is one: pandas takes its time.
        holds: What a table of it is called, of which a file may have several; nothing if it cannot.
        part: How a part of its files begins that others do not have, if they are zip archives.
        streams: Names of which its files have one, if they are compound files.
        beginnings: How its files may begin, in small letters, if they are none of these.
        mark: What only its files have among their first bytes, which tell nothing else.
    """

    name: str
    program: str
    endings: tuple[str, ...]
    module: str
    holds: str = SHEETS
    part: str = ""
    streams: tuple[str, ...] = ()
    beginnings: tuple[bytes, ...] = ()
    mark: bytes = b""


TEXTS = (".tsv", ".csv")
_PAGES = (".html", ".htm")
"""What a web page is called, of which only a part may have been saved."""
_STATISTICS = "statisticsfiles"
_OF_STATA = (
    b"<stata_dta>",
    *(bytes([version, order, 1]) for version in range(105, 116) for order in (1, 2)),
)
"""Since Stata 13, and before: the version, the order of bytes, and a 1."""
_OF_SAS = bytes(12) + bytes.fromhex("c2ea8160b31411cfbd92080009c7318c181f1011")
_SPREADSHEETS = "a spreadsheet program"
FORMATS = (
    Format("an .xlsx workbook", _SPREADSHEETS, (".xlsx", ".xlsm"), "excelsheets", part="xl/"),
    Format("an .xls workbook", _SPREADSHEETS, (".xls",), "oldexcel", streams=("Workbook", "Book")),
    Format("an OpenDocument file", _SPREADSHEETS, (".ods",), "opendocument", part="content.xml"),
    Format(
        "a Word document", "a word processor", (".docx",), "worddocuments", TABLES, part="word/"
    ),
    Format(
        "a web page",
        "a browser",
        _PAGES,
        "webpages",
        TABLES,
        beginnings=(b"<!doctype html", b"<html", b"<table"),
    ),
    Format(
        "a data file of Stata", "Stata", (".dta",), _STATISTICS, ONE_ALONE, beginnings=_OF_STATA
    ),
    Format(
        "a data file of SPSS",
        "SPSS",
        (".sav", ".zsav"),
        _STATISTICS,
        ONE_ALONE,
        beginnings=(b"$fl",),
    ),
    Format("a portable file of SPSS", "SPSS", (".por",), _STATISTICS, ONE_ALONE, mark=b"SPSSPORT"),
    Format(
        "a data file of SAS", "SAS", (".sas7bdat",), _STATISTICS, ONE_ALONE, beginnings=(_OF_SAS,)
    ),
    Format(
        "a transport file of SAS",
        "SAS",
        (".xpt",),
        _STATISTICS,
        ONE_ALONE,
        beginnings=(b"header record*******lib",),
    ),
)

_ENDINGS = (*TEXTS, *(ending for each in FORMATS for ending in each.endings))
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "open it in a spreadsheet program, and save it as .xlsx"
_PROTECTED = "a file that is protected by a password"
_DAMAGED = "an archive that is damaged or cut off"
_OLD_WORD = "an old Word document (.doc)"
_CPORT = "a file of SAS's PROC CPORT"
_CATALOGUE = "a catalogue of SAS's formats"
_FROM_SAS = "save the table in SAS with PROC EXPORT, as .csv or .sav"
_BESIDE_TABLE = (
    "it has labels of codes and no table: name the table (.sas7bdat), and this file under"
    " source.catalogue of study.yaml or by --catalogue"
)
_WAYS_OUT = {
    _PROTECTED: "open it, and save it without the password",
    _DAMAGED: anew("the program that it comes from"),
    _OLD_WORD: "open it in a word processor, and save it as .docx",
    _CPORT: _FROM_SAS,
    _CATALOGUE: _BESIDE_TABLE,
}
"""What else can be done than to save a file as a workbook."""
_BEGINNINGS = {
    b"%pdf": "a PDF",
    b"{\\rtf": "a text document (RTF)",
    b"<?xml": "an XML file",
    b"**compressed**": _CPORT,
    bytes(12) + bytes.fromhex("c2ea8163b31411cfbd92080009c7318c181f1011"): _CATALOGUE,
}
_FROM_R = "save the table in R with write.csv(..., row.names = FALSE)"
_OTHER_ENDINGS = {
    ".sas7bcat": _BESIDE_TABLE,
    ".cpt": _FROM_SAS,
    ".cport": _FROM_SAS,
    ".rds": _FROM_R,
    ".rda": _FROM_R,
    ".rdata": _FROM_R,
}
"""What can be done with files that no spreadsheet program opens, by the endings of their names."""
_MARKED = 600
"""Within how many bytes a mark stands: that of a .por file is the 457th letter, with line breaks
after each 80."""
_MOST_PARTS = 20_000
"""In an archive; a workbook has a few for each sheet."""
_BEGINS_ENTRY = b"PK\x01\x02"
"""What begins the entry of each part in the list at the end of an archive."""
_OTHER_PARTS = {"xl/workbook.bin": "an .xlsb workbook"}
"""How a part of a zip archive begins that is no table."""


def format_of(table: Path) -> Format:
    """The format of a file that is no text file, by the ending of its name."""
    return next(each for each in FORMATS if table.suffix.lower() in each.endings)


def holds(table: Path) -> str:
    """What a table in a file is called: a sheet where nothing else is known of the file."""
    ending = table.suffix.lower()
    return next((each.holds for each in FORMATS if ending in each.endings), SHEETS)


def check_kind(table: Path) -> None:
    """Do nothing if a file is what the ending of its name says.

    Raises:
        TableError: it is not, or the ending is that of no table.
    """
    ending = table.suffix.lower()
    if ending not in _ENDINGS:
        hint = _OTHER_ENDINGS.get(ending, _SAVE)
        raise TableError(f"a file that ends in {', '.join(_ENDINGS)}", hint, value=table.suffix)
    with table.open("rb") as file:
        beginning = file.read(4096)
    if not beginning.removeprefix(codecs.BOM_UTF8).strip():
        raise TableError("a header and at least one row below it", "the file is empty")
    found, endings = _kind(table, beginning)
    if ending not in endings:
        hint = (
            f"give it the ending {' or '.join(endings)}" if endings else _WAYS_OUT.get(found, _SAVE)
        )
        raise TableError(f"a file that is what its ending says: {ending}", hint, value=found)


def check_catalogue(path: Path) -> None:
    """Do nothing if a file is a catalogue of SAS's formats, whatever the ending of its name.

    Raises:
        TableError: it is something else.
    """
    with path.open("rb") as file:
        found, _ = _kind(path, file.read(4096))
    if found != _CATALOGUE:
        hint = "SAS writes one with PROC FORMAT LIBRARY=, as formats.sas7bcat"
        raise TableError(f"{_CATALOGUE} (.sas7bcat)", hint, value=found)


def _kind(table: Path, beginning: bytes) -> tuple[str, tuple[str, ...]]:
    """What a file is, and the endings that it can have; none for what is no table."""
    if beginning.startswith(_COMPOUND):
        return _compound(table.read_bytes())
    if beginning.startswith(b"PK"):
        return _archive(table)
    lowered = beginning.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for each in FORMATS:
        if lowered.startswith(each.beginnings) or beginning.startswith(each.beginnings):
            return each.name, each.endings
        if each.mark and each.mark in beginning[:_MARKED]:
            return each.name, each.endings
    # A part of a page may begin with any element, and each letter of it with a zero in UTF-16.
    if table.suffix.lower() in _PAGES and re.match(rb"(\xff\xfe|\xfe\xff)?\0?<\0?[!?a-z]", lowered):
        return "a web page", _PAGES
    for start, found in _BEGINNINGS.items():
        if lowered.startswith(start) or beginning.startswith(start):
            return found, ()
    return "a text file", TEXTS


def _compound(content: bytes) -> tuple[str, tuple[str, ...]]:
    """What a compound file is by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _PROTECTED, ()
    for each in FORMATS:
        if any(f"{name}\0".encode("utf-16-le") in content for name in each.streams):
            return each.name, each.endings
    if "WordDocument\0".encode("utf-16-le") in content:
        return _OLD_WORD, ()
    return "an old Office file that is not a workbook, or is cut off", ()


def _archive(table: Path) -> tuple[str, tuple[str, ...]]:
    if (count := table.read_bytes().count(_BEGINS_ENTRY)) > _MOST_PARTS:
        return f"a zip archive of {count:,} files", ()
    try:
        with zipfile.ZipFile(table) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        # A changed byte can ask for a newer version of zip, or name a part in no encoding.
        return _DAMAGED, ()
    for beginning, found in _OTHER_PARTS.items():
        if any(name.startswith(beginning) for name in names):
            return found, ()
    for each in FORMATS:
        if each.part and any(name.startswith(each.part) for name in names):
            return each.name, each.endings
    listed = ", ".join(names[:3]) or "nothing"
    return f"a zip archive of {listed}", ()
