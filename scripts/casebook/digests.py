"""What jobs read and Snakemake does not watch: parts of a study, imported code, replaced files.

Snakemake looks at the dates of input files and at a rule's own text. A raw table replaced by one
with an older date, a module that a command imports, or a template would go unnoticed, so jobs are
found here that would not read now what they read when they ran. Of study.yaml only that counts
which a command takes from it: a new label or a comment computes nothing again.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from casebook.files import known_sha256
from casebook.inputs import Inputs
from casebook.records import records
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


def study_digest(study: Study, command: str) -> str:
    """A short digest of what a command takes from the description of a study."""
    used = [name for name in type(study).model_fields if name not in _UNUSED.get(command, ())]
    taken = [(name, _meaning(getattr(study, name), command in _WORDLESS)) for name in used]
    return hashlib.sha256(repr(taken).encode()).hexdigest()[:16]


def misreaders(study: Study, results: Path) -> dict[Path, list[str]]:
    """The records of jobs that would not read now what they read when they ran, and what changed.

    What another job has written counts as it wrote it: it is made again if it is not like that now.

    Args:
        study: The study.
        results: The folder of its results.
    """
    known = {path: record for path, record in records(results).items() if record}
    written = {
        (results / name).as_posix(): digest
        for record in known.values()
        for name, digest in record.outputs.items()
    }
    present = cache(lambda name: written.get(name) or known_sha256(Path(name)))

    def changed(read: Inputs) -> Iterator[str]:
        if read.study not in ("", study_digest(study, read.command)):
            yield "study.yaml"
        yield from (name for name, digest in read.files.items() if present(name) != digest)

    return {path: found for path, record in known.items() if (found := [*changed(record.inputs)])}


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
