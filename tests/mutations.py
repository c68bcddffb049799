"""Good files of each kind that is read, and what accidents and malice make of them."""

import gzip
import io
import resource
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from time import process_time

import pandas as pd
import pyreadstat

import plain_tables
import sas
import workbooks
from casebook.data.findings import DataError
from casebook.prepare.raw import read_table
from casebook.reading.catalogues import read_catalogue

CASES = Path(__file__).parent / "cases"
LABELS = {"variable_value_labels": {"sex": {1: "F", 2: "M"}}}
ROWS = [["ID", "Age", "Sex", "Start"], ["a", "70", "F", "2024-01-31"], ["b", "", "M", "müde"]]


@dataclass(frozen=True)
class Found:
    """What reading one file came to: CPU seconds, and what the user is told, or what is wrong."""

    seconds: float
    told: str
    fault: str = ""


def _text(separator: str) -> Callable[[Path], object]:
    lines = "\n".join(separator.join(row) for row in ROWS)
    return lambda path: path.write_text(lines + "\n", encoding="utf-8")


def _data_file(write: Callable[..., object], **more: object) -> Callable[[Path], object]:
    table = pd.DataFrame({"id": ["a", "b", "c"], "age": [70.5, 1, 2], "sex": [1, 2, 1]})
    return lambda path: write(table, path, **more)


def _copy(path: str) -> Callable[[Path], object]:
    return lambda copy: copy.write_bytes((CASES / path).read_bytes())


GOOD: dict[str, Callable[[Path], object]] = {
    ".csv": _text(";"),
    ".tsv": _text("\t"),
    ".xlsx": partial(plain_tables.excel, rows=ROWS),
    ".xlsm": partial(plain_tables.excel, rows=ROWS),
    ".xls": _copy("libreoffice/table.xls"),
    ".ods": lambda path: workbooks.ods(path, workbooks.table(*ROWS)),
    ".docx": partial(plain_tables.word, rows=ROWS),
    ".html": partial(plain_tables.page, rows=ROWS),
    ".dta": _data_file(pyreadstat.write_dta, **LABELS),
    ".sav": _data_file(pyreadstat.write_sav, **LABELS),
    ".zsav": _data_file(pyreadstat.write_sav, compress=True, **LABELS),
    ".por": _data_file(pyreadstat.write_por),
    ".xpt": _data_file(pyreadstat.write_xport),
    ".sas7bdat": lambda path: path.write_bytes(
        gzip.decompress((CASES / "sas" / "iris.sas7bdat.gz").read_bytes())
    ),
    ".sas7bcat": lambda path: path.write_bytes(sas.content(sas.CATALOGUE)),
}
READERS: dict[str, Callable[[Path], object]] = {".sas7bcat": read_catalogue}
"""What reads those that are no tables."""


def mutated(data: bytes, random: Random) -> bytes:
    """The bytes of a file, cut, flipped, repeated, left out, or with numbers as large as can be.

    A part of an archive is changed within, or else nothing would be read of it.
    """
    if data[:2] == b"PK" and random.random() < 0.8:
        return _with_part_mutated(data, random)
    found = bytearray(data)
    for _ in range(random.randint(1, 3)):
        start = random.randrange(len(found) + 1)
        end = min(start + random.randint(1, 200), len(found))
        match random.randrange(6):
            case 0:
                del found[start:]
            case 1:
                del found[start:end]
            case 2:
                found[start:end] = found[start:end] * random.choice((2, 1000))
            case 3:
                found[start : start + 4] = random.choice((b"\xff\xff\xff\x7f", b"\0\0\0\0"))
            case 4:
                found[start:start] = random.choice((b"<", b'"', b"\0", b"&", b"9999999999"))
            case _:
                for place in range(start, min(start + 4, len(found))):
                    found[place] ^= 1 << random.randrange(8)
    return bytes(found)


def _with_part_mutated(data: bytes, random: Random) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        chosen = random.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, mutated(part, random) if name == chosen else part)
    return changed.getvalue()


def read_mutations(ending: str, folder: Path, seeds: Sequence[int]) -> tuple[list[Found], int]:
    """What reading a file with each of these mutations comes to, and the largest memory in MB."""
    path = folder / f"t{ending}"
    GOOD[ending](path)
    data = path.read_bytes()
    READERS.get(ending, read_table)(path)
    found = []
    for seed in seeds:
        path.write_bytes(mutated(data, Random(seed)))
        found.append(_read(path))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return found, max(_peak(), children) // 1024


def _peak() -> int:
    """The largest memory of this process in kB; getrusage counts that of who began it, too."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0])


def _read(path: Path) -> Found:
    begin, told, fault = _seconds(), "", ""
    try:
        READERS.get(path.suffix, read_table)(path)
    except DataError as error:
        told = str(error)
    except Exception as error:  # what is looked for
        fault = repr(error)
    return Found(_seconds() - begin, told, fault)


def _seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime
