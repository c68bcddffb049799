"""The table of SAS with its catalogue of formats that stands in tests/cases/sas."""

import gzip
from pathlib import Path

_CASES = Path(__file__).parent / "cases" / "sas"
TABLE, CATALOGUE = "labelled.sas7bdat", "formats.sas7bcat"
SECOND, OF_SECOND = "second.sas7bdat", "second.sas7bcat"
_RENAMED = {b"sex": b"gen", b"arm": b"grp", b"age": b"old", b"itch": b"pain", b"begun": b"ended"}
CATALOGUES = (CATALOGUE, "formats32.sas7bcat")


def content(name: str) -> bytes:
    """What a file of this name holds, which is packed there."""
    return gzip.decompress((_CASES / f"{name}.gz").read_bytes())


def lay(folder: Path, *names: str) -> Path:
    """Lay the table, and these catalogues, into a folder; gives the table."""
    for name in (TABLE, *names):
        (folder / name).write_bytes(content(name))
    return folder / TABLE


def lay_second(folder: Path) -> Path:
    """Lay another table of the same patients, and a catalogue with other labels of its formats."""
    table = content(TABLE).replace(b"severity", b"hardness")
    for name, other in _RENAMED.items():
        table = table.replace(name, other)
    (folder / SECOND).write_bytes(table)
    (folder / OF_SECOND).write_bytes(content(CATALOGUE).replace(b"Placebo", b"Control"))
    return folder / SECOND
