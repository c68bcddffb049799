"""Digests of what a command takes from the description of a study, so that nothing else counts.

A new label, but that of a visit, or a comment in study.yaml computes nothing again. What else a job
reads is not known here.
"""

import hashlib

from pydantic import BaseModel

from casebook.study.fields import WORDING
from casebook.study.figure_registry import FIGURES
from casebook.study.model import Study

# The parts of a study that a command does not use. The tests run each command without them.
_OF_JOBS = frozenset({"cohorts_per_job"})
_OF_THE_TABLE = frozenset({"source", "title", "description"}) | _OF_JOBS
_DRAWN_FROM_VALUES = _OF_THE_TABLE | {"analysis"}
_UNUSED: dict[str, frozenset[str]] = {
    "ingest": frozenset(Study.model_fields) - {"source", "harms"},
    "events": frozenset(Study.model_fields) - {"source", "harms"},
    "clean": frozenset({"title", "description", "cohorts", "comparisons", "grades", "doses"})
    | {"analysis", *_OF_JOBS},
    "harms": _OF_THE_TABLE | {"contrasts", "therapies", "conditions", "grades", "doses", "cohorts"},
    "cohorts": (_OF_THE_TABLE - _OF_JOBS)
    | {"analysis", "contrasts", "therapies", "treatment", "grades", "doses"},
    "summarise": _OF_THE_TABLE | {"comparisons", "doses", "therapies", "cohorts"},
    "collect": _OF_THE_TABLE,
    **{each.command: _OF_THE_TABLE if each.of_analysis else _DRAWN_FROM_VALUES for each in FIGURES},
}
# The parts of which a command writes no word that a study gives for readers.
_WORDLESS = {
    **dict.fromkeys(("cohorts", "harms"), frozenset(Study.model_fields)),
    # They name the visit at which a patient has no value.
    **dict.fromkeys(("summarise", "collect"), frozenset(Study.model_fields) - {"visits"}),
    # It holds the label of a visit against its months and its columns.
    "clean": frozenset({"contrasts"}),
}
# The commands that tell what is in the folder of a study beside what is read.
_FOLDER_READERS = {"clean"}


def study_digest(study: Study, command: str) -> str:
    """A short digest of what a command takes from the description of a study."""
    used = [name for name in type(study).model_fields if name not in _UNUSED.get(command, ())]
    wordless = _WORDLESS.get(command, frozenset())
    taken = [(name, _meaning(getattr(study, name), name in wordless)) for name in used]
    if command in _FOLDER_READERS:
        taken.append(("unused_files", list(study.unused_files)))
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
