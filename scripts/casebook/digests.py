"""Digests of what a job depends on and Snakemake does not watch: imported code, replaced files.

Snakemake looks at the dates of input files and at a rule's own text. A raw table replaced by one
with an older date, a module that a command imports, or a template would go unnoticed, so their
digests are parameters of the rules. So are digests of what a command takes from a study: a new
label or a comment in study.yaml computes nothing again. This module finds and reads files; it runs
none of them.
"""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from modulefinder import ModuleFinder
from pathlib import Path

from pydantic import BaseModel

from casebook.study import WORDING, Study

# The parts of a study that a command does not use. The tests run each command without them.
_OF_THE_TABLE = frozenset({"source", "title", "description"})
_DRAWN_FROM_VALUES = _OF_THE_TABLE | {"analysis"}
_UNUSED: dict[str, frozenset[str]] = {
    "ingest": frozenset(Study.model_fields) - {"source"},
    "clean": frozenset(
        {"title", "description", "visits", "cohorts", "treatment", "doses", "analysis"}
    ),
    "cohorts": _DRAWN_FROM_VALUES | {"visits", "therapies", "treatment", "doses"},
    "summarise": _OF_THE_TABLE | {"visits", "treatment", "doses", "therapies", "cohorts"},
    "collect": _OF_THE_TABLE | {"visits"},
    **dict.fromkeys(("figures", "forest", "conventions"), _OF_THE_TABLE),
    **dict.fromkeys(("swimmer", "therapies", "doses"), _DRAWN_FROM_VALUES),
}
# The commands that write no word that a study gives for readers.
_WORDLESS = {"cohorts", "summarise", "collect"}


def file_digest(paths: Iterable[Path]) -> str:
    """A short digest of the contents of files, in the order given; their names do not count."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def study_digest(study: Study, command: str) -> str:
    """A short digest of what a command takes from the description of a study."""
    used = [name for name in type(study).model_fields if name not in _UNUSED.get(command, ())]
    taken = [(name, _meaning(getattr(study, name), command in _WORDLESS)) for name in used]
    return hashlib.sha256(repr(taken).encode()).hexdigest()[:16]


def _meaning(value: object, wordless: bool) -> object:
    """A value of a study in plain lists, in its order; without words for readers if so wished."""
    if isinstance(value, tuple):
        return [_meaning(each, wordless) for each in value]
    if isinstance(value, dict):
        return [(key, _meaning(each, wordless)) for key, each in value.items()]
    if isinstance(value, BaseModel):
        return [
            (name, _meaning(getattr(value, name), wordless))
            for name, field in type(value).model_fields.items()
            if not (wordless and WORDING in field.metadata)
        ]
    return value


@cache
def code_digest(command: Path) -> str:
    """A short digest of a command and of every module beside it that it imports, and of templates.

    Args:
        command: A Python file; modules are looked for in its folder only.
    """
    own = own_modules(command)
    templates = [
        template
        for path in own
        for template in sorted(path.parent.glob("templates/*"))
        if path.name == "pages.py" and template.is_file()
    ]
    return file_digest([*own, *templates])


@cache
def own_modules(command: Path) -> tuple[Path, ...]:
    """The command and all modules beside it that it imports, however deep, sorted by path."""
    finder = _finder(command)
    return tuple(sorted(Path(file) for file in _files(finder)))


def foreign_packages(command: Path) -> set[str]:
    """Top-level names of what the command and its own modules import from other packages."""
    names = {name.partition(".")[0] for name in _finder(command).badmodules}
    return names - sys.stdlib_module_names


def _files(finder: ModuleFinder) -> Iterable[str]:
    files = (getattr(module, "__file__", None) for module in finder.modules.values())
    return (file for file in files if file)


def _finder(command: Path) -> ModuleFinder:
    finder = ModuleFinder(path=[str(command.parent)])
    finder.run_script(str(command))
    return finder
