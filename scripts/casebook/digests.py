"""Digests of what a job depends on and Snakemake does not watch: imported code, replaced files.

Snakemake looks at the dates of input files and at a rule's own text. A raw table replaced by one
with an older date, a module that a command imports, or a template would go unnoticed, so their
digests are parameters of the rules. This module finds and reads files; it runs none of them.
"""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from modulefinder import ModuleFinder
from pathlib import Path


def file_digest(paths: Iterable[Path]) -> str:
    """A short digest of the contents of files, in the order given; their names do not count."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


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
