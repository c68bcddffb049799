"""The record that a job leaves beside its results: what it read and wrote, and with which versions.

From the records it can be told at any time, on any machine, whether the files of a study are as the
jobs wrote them, and whether the jobs would read the same now. What the files hold is not looked at.
"""

import json
import platform
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from casebook.base.files import known_sha256, stays_within, write_text, written_so_far
from casebook.provenance.inputs import Inputs

FOLDER = "records"

# What the commands import from elsewhere, and the name under which it is installed.
_PACKAGES = {
    "docx": "python-docx",
    "jinja2": "jinja2",
    "matplotlib": "matplotlib",
    "numpy": "numpy",
    "openpyxl": "openpyxl",
    "pydantic": "pydantic",
    "ruamel.yaml": "ruamel.yaml",
    "scipy": "scipy",
}


@dataclass(frozen=True)
class Record:
    """What a job read and wrote.

    Attributes:
        inputs: What it read.
        outputs: SHA-256 of each file, by its path in the folder of the study's results.
        versions: Versions of Python and of the packages that were loaded, by their names.
    """

    inputs: Inputs
    outputs: dict[str, str]
    versions: dict[str, str]


def write_record(path: Path, inputs: Inputs) -> None:
    """Write down what this process has read and written, in `<results>/records/<job>.json`."""
    results = path.parent.parent
    outputs = {str(file.relative_to(results)): digest for file, digest in written_so_far().items()}
    record = Record(inputs, outputs, {"python": platform.python_version(), **dict(_packages())})
    write_text(path, json.dumps(asdict(record), indent=1, sort_keys=True) + "\n")


def read_record(path: Path) -> Record:
    """Read what `write_record` wrote."""
    told = json.loads(path.read_text(encoding="utf-8"))
    record = Record(**told | {"inputs": Inputs(**told["inputs"])})
    for part in (record.inputs.files, record.inputs.code, record.outputs, record.versions):
        if not isinstance(part, dict) or not all(isinstance(text, str) for text in part.values()):
            raise TypeError(f"{path} is not a record")
    if not all(map(stays_within, record.outputs)):
        raise ValueError(f"{path} names a file that is no result")
    return record


def record_files(results: Path) -> list[Path]:
    """The files of all records of a study, sorted."""
    return sorted(path for path in (results / FOLDER).glob("*.json") if path.is_file())


def records(results: Path) -> dict[Path, Record | None]:
    """All records of a study by their paths; None for one that cannot be read."""
    found: dict[Path, Record | None] = {}
    for path in record_files(results):
        try:
            found[path] = read_record(path)
        except (ValueError, TypeError, KeyError, OSError):
            found[path] = None
    return found


def written(results: Path, made: Iterable[Record]) -> dict[str, str]:
    """The SHA-256 of each file that jobs wrote, by its path from the folder of the workflow."""
    return {
        (results / name).as_posix(): digest
        for record in made
        for name, digest in record.outputs.items()
    }


def versions(made: Iterable[Record]) -> dict[str, list[str]]:
    """All versions of each package that jobs ran with: one, unless it was changed in between."""
    found: dict[str, set[str]] = {}
    for record in made:
        for package, version in record.versions.items():
            found.setdefault(package, set()).add(version)
    return {package: sorted(each) for package, each in found.items()}


def misfits(results: Path) -> dict[Path, list[Path]]:
    """The records that do not fit what is there, and the files that are to blame."""
    return {
        path: blamed
        for path, record in records(results).items()
        if (blamed := [path] if record is None else list(_other(results, record)))
    }


def dated_ahead(results: Path, now: float) -> list[Path]:
    """The records of jobs of which a file is dated after `now`, in seconds since 1970."""
    return [
        path
        for path, record in records(results).items()
        if record
        and any(_date(file) > now for file in [path, *map(results.joinpath, record.outputs)])
    ]


def _date(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0


def _other(results: Path, record: Record) -> Iterator[Path]:
    """The files that are not as they were written, or are gone."""
    for name, digest in record.outputs.items():
        path = results / name
        if known_sha256(path) != digest:
            yield path


def _packages() -> Iterator[tuple[str, str]]:
    """The packages that this process has loaded, and their versions."""
    from importlib.metadata import version

    for module, package in _PACKAGES.items():
        if module in sys.modules:
            yield package, version(package)
