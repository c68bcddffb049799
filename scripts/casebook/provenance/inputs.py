"""What a job read: data, code, and what it took from study.yaml.

Dates and Snakemake's notes say nothing of results that were put back from a copy, of a module that
a command imports, or of a file that was changed for a while. From what was read it can be told at
any time whether a job would read the same now. Whether it would is not asked here.
"""

import importlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from casebook.base.errors import UserError
from casebook.base.files import known_sha256, path_from, sha256, written_so_far

_SCRIPTS = Path(__file__).absolute().parents[2]


class ChangedError(UserError):
    """A file that was another one when a job had read it."""


@dataclass(frozen=True)
class Inputs:
    """What a job read.

    Attributes:
        command: The command in scripts/ that the job called.
        study: Digest of what the command takes from study.yaml; empty if it does not read that.
        files: SHA-256 of each other file of data, by its path from the folder of the run.
        code: SHA-256 of each file of code, by its path from casebook's own folder.
    """

    command: str
    study: str
    files: dict[str, str]
    code: dict[str, str] = field(default_factory=dict)


def find_inputs(command: str, arguments: Mapping[str, object]) -> Inputs:
    """What a command is about to read: the files among its arguments, and the code it loaded."""
    data = (path for name, path in _paths(arguments) if name != "study" and path.is_file())
    study = arguments.get("study")
    return Inputs(
        command,
        _study_digest(study, command) if isinstance(study, Path) else "",
        {_name(path): sha256(path) for path in data},
        _loaded_code(),
    )


def finished_inputs(before: Inputs, arguments: Mapping[str, object]) -> Inputs:
    """What a command has read, once it has written its files; with code that it has loaded since.

    Args:
        before: What was found before anything was read.
        arguments: The arguments of the command.

    Raises:
        ChangedError: A file of data was changed meanwhile, so that it is not known what was read.
    """
    written = {_name(path) for path in written_so_far()}
    read = {name: digest for name, digest in before.files.items() if name not in written}
    data = {_name(path) for _, path in _paths(arguments)} & read.keys()
    changed = [name for name in sorted(data) if known_sha256(Path(name)) != read[name]]
    study = arguments.get("study")
    if isinstance(study, Path) and _study_digest(study, before.command) != before.study:
        changed.append(_name(study))
    if changed:
        files = ", ".join(changed)
        raise ChangedError(f"changed while it was read: {files}; call snakemake again")
    return replace(before, files=read, code=_loaded_code())


def _paths(arguments: Mapping[str, object]) -> Iterator[tuple[str, Path]]:
    for name, value in arguments.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Path):
                yield name, each


def _name(path: Path) -> str:
    return path_from(Path(), path)


def _study_digest(study: Path, command: str) -> str:
    # By name, as commands without a study have no packages to read one with.
    described = importlib.import_module("casebook.study.load").load_study(study)
    digest: str = importlib.import_module("casebook.provenance.study_digest").study_digest(
        described, command
    )
    return digest


def _loaded_code() -> dict[str, str]:
    """The SHA-256 of casebook's files that this process has loaded, found as it was called.

    Python follows a link to the folder of scripts, which may lead elsewhere the next time.
    """
    called = Path(sys.argv[0])
    loaded = {path.relative_to(_SCRIPTS).as_posix() for path in _loaded_files()}
    return {f"scripts/{name}": sha256(called.parent / name) for name in {called.name, *loaded}}


def _loaded_files() -> Iterator[Path]:
    """The files of casebook that this process has loaded, and the templates of pages."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and (path := Path(file).absolute()).is_relative_to(_SCRIPTS):
            yield path
            if path.name == "render.py":
                yield from (each for each in path.parent.glob("templates/*") if each.is_file())
