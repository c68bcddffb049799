"""The table of SAS with its catalogue of formats that stands in tests/cases/sas."""

import gzip
from pathlib import Path

_CASES = Path(__file__).parent / "cases" / "sas"
TABLE, CATALOGUE = "labelled.sas7bdat", "formats.sas7bcat"
CATALOGUES = (CATALOGUE, "formats32.sas7bcat")


def content(name: str) -> bytes:
    """What a file of this name holds, which is packed there."""
    return gzip.decompress((_CASES / f"{name}.gz").read_bytes())


def lay(folder: Path, *names: str) -> Path:
    """Lay the table, and these catalogues, into a folder; gives the table."""
    for name in (TABLE, *names):
        (folder / name).write_bytes(content(name))
    return folder / TABLE
