"""The record that a job leaves beside its results: what it read and wrote, and with which versions.

Dates and Snakemake's notes say nothing of results that were put back from a copy, of a module that
a command imports, or of a file that was changed for a while. Records do, at any time and on any
machine. Whether they still hold is not asked here.
"""

import importlib
import json
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from casebook.base.errors import UserError
from casebook.base.files import (
    known_sha256,
    path_from,
    sha256,
    stays_within,
    write_text,
    written_so_far,
)

FOLDER = "records"
OF_ALL = "manifest"
"""The command, and the record, of the last job of a study, which vouches for all of casebook."""

_DESCRIBE = ("study", "studies")
"""Arguments that are a study.yaml, or several: what a job takes from one is told by a digest of its
own, and what the page of several studies takes, their titles, by the reports that it follows."""
_SCRIPTS = Path(__file__).absolute().parents[2]
_CODE = (
    "Snakefile",
    "envs/*.yaml",
    "profiles/default/*.yaml",
    "rules/**/*.smk",
    "rules/captions/*",
    "scripts/**/*.py",
    "scripts/casebook/report/templates/*",
)
# What the commands import from elsewhere, and the name under which it is installed.
_PACKAGES = {
    "docx": "python-docx",
    **{name: name for name in ("jinja2", "matplotlib", "numpy", "openpyxl", "pandas")},
    **{name: name for name in ("pydantic", "pyreadstat", "ruamel.yaml", "scipy", "xlrd")},
}


class ChangedError(UserError):
    """A file that was another one when a job had read it."""


@dataclass(frozen=True)
class Record:
    """What a job read and wrote; digests are SHA-256.

    Attributes:
        command: The command in scripts/ that the job called.
        study: Digest of what the command takes from study.yaml; empty if it does not read that.
        files: Digest of each other file of data that was read, by its path from the folder of the
            run.
        code: Digest of each file of code, by its path from casebook's own folder.
        outputs: Digest of each file that was written, by its path in the folder of the results.
        versions: Versions of Python and of the packages that were loaded, by their names.
    """

    command: str
    study: str = ""
    files: dict[str, str] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


def begin(command: str, arguments: Mapping[str, object]) -> Record:
    """What a command is about to read: the files among its arguments, and the code it loaded."""
    data = (path for name, path in _paths(arguments) if name not in _DESCRIBE and path.is_file())
    return Record(
        command,
        _study_digest(command, arguments),
        {path_from(Path(), path): sha256(path) for path in data},
        _code(command, arguments),
    )


def finish(begun: Record, arguments: Mapping[str, object], results: Path) -> Record:
    """What a command has read and written.

    Code that it has loaded since it began comes to what it had then, which counts as it was then.

    Args:
        begun: What was found before anything was read.
        arguments: The arguments of the command.
        results: The folder of the results.

    Raises:
        ChangedError: A file of data was changed meanwhile, so that it is not known what was read.
    """
    written = written_so_far()
    own = {path_from(Path(), path) for path in written}
    read = {name: digest for name, digest in begun.files.items() if name not in own}
    changed = [name for name in sorted(read) if known_sha256(Path(name)) != read[name]]
    if _study_digest(begun.command, arguments) != begun.study:
        changed.append(path_from(Path(), Path(str(arguments["study"]))))
    if changed:
        files = ", ".join(changed)
        raise ChangedError(f"changed while it was read: {files}; call snakemake again")
    return replace(
        begun,
        files=read,
        code={**_code(begun.command, arguments), **begun.code},
        outputs={path.relative_to(results).as_posix(): written[path] for path in written},
        versions={"python": platform.python_version(), **_loaded_packages()},
    )


def write_record(path: Path, record: Record) -> None:
    """Write a record as JSON, `<results>/records/<job>.json`."""
    write_text(path, json.dumps(asdict(record), indent=1, sort_keys=True) + "\n")


def read_record(path: Path) -> Record:
    """Read what `write_record` wrote.

    Raises:
        ValueError, TypeError, AttributeError: It is something else.
    """
    record = Record(**json.loads(path.read_text(encoding="utf-8")))
    for part in (record.files, record.code, record.outputs, record.versions):
        if not all(isinstance(text, str) for text in part.values()):
            raise TypeError(f"{path} is not a record")
    if not all(map(stays_within, record.outputs)):
        raise ValueError(f"{path} names a file that is no result")
    return record


def read_record_if_any(path: Path) -> Record | None:
    """Read what `write_record` wrote; None where there is no such file, or it is something else."""
    try:
        return read_record(path)
    except (ValueError, TypeError, AttributeError, OSError):
        return None


def read_records(results: Path) -> dict[Path, Record | None]:
    """All records of a study by their paths, sorted; None for one that cannot be read."""
    paths = sorted(path for path in (results / FOLDER).glob("*.json") if path.is_file())
    return {path: read_record_if_any(path) for path in paths}


def written(results: Path, made: Iterable[Record]) -> dict[str, str]:
    """The digest of each file that jobs wrote, by its path from the folder of the run."""
    return {
        (results / name).as_posix(): digest
        for record in made
        for name, digest in record.outputs.items()
    }


def versions(made: Iterable[Record]) -> dict[str, list[str]]:
    """All versions of each package that jobs ran with: one, unless it was changed in between."""
    found: dict[str, set[str]] = {}
    for record in made:
        for package, number in record.versions.items():
            found.setdefault(package, set()).add(number)
    return {package: sorted(each) for package, each in found.items()}


def code_digests(root: Path) -> dict[str, str]:
    """The digest of each file of casebook, by its path below `root`."""
    # An editor's lock is a link that leads nowhere.
    files = sorted({path for pattern in _CODE for path in root.glob(pattern) if path.is_file()})
    return {path_from(root, path): sha256(path) for path in files}


def _paths(arguments: Mapping[str, object]) -> Iterator[tuple[str, Path]]:
    for name, value in arguments.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Path):
                yield name, each


def _study_digest(command: str, arguments: Mapping[str, object]) -> str:
    if not isinstance(study := arguments.get("study"), Path):
        return ""
    # By name, as commands without a study have no packages to read one with.
    described = importlib.import_module("casebook.study.load").load_study(study)
    digest: str = importlib.import_module("casebook.provenance.study_digest").study_digest(
        described, command
    )
    return digest


def _code(command: str, arguments: Mapping[str, object]) -> dict[str, str]:
    """The digests of casebook's files that this process has loaded, found as it was called.

    Python follows a link to the folder of scripts, which may lead elsewhere the next time.
    """
    if command == OF_ALL and isinstance(root := arguments.get("code"), Path):
        return code_digests(root)
    called = Path(sys.argv[0])
    loaded = {path.relative_to(_SCRIPTS).as_posix() for path in _loaded_files()}
    return {f"scripts/{name}": sha256(called.parent / name) for name in {called.name, *loaded}}


def _loaded_files() -> Iterator[Path]:
    """The files of casebook that this process has loaded, and the templates of pages."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "casebook" and (file := module.__file__):
            yield (path := Path(file).absolute())
            if path.name == "render.py":
                yield from (each for each in path.parent.glob("templates/*") if each.is_file())


def _loaded_packages() -> dict[str, str]:
    return {package: version(package) for name, package in _PACKAGES.items() if name in sys.modules}
