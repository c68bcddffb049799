"""Finds the jobs that would not read now what they read when they ran.

Snakemake looks at the dates of input files and at a rule's own text. A raw table replaced by one
with an older date, a module that a command imports, or a template would go unnoticed. What is there
is compared with the records of the jobs; which jobs there should be is not known here.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from casebook.base.files import known_sha256
from casebook.provenance.inputs import Inputs
from casebook.provenance.manifests import study_of
from casebook.provenance.records import records, written
from casebook.provenance.study_digest import study_digest
from casebook.study.model import Study


def misreaders(study: Study, results: Path, code: Path) -> dict[Path, list[str]]:
    """The records of jobs that would not read now what they read when they ran, and what changed.

    What another job has written counts as it wrote it: it is made again if it is not like that now.

    Args:
        study: The study.
        results: The folder of its results.
        code: casebook's own folder.
    """
    known = {path: record for path, record in records(results).items() if record}
    made = written(results, known.values())
    present = cache(lambda name: made.get(name) or known_sha256(Path(name)))
    loaded = cache(lambda name: known_sha256(code / name))
    described = cache(lambda command: study_digest(study, command))

    def changed(read: Inputs) -> Iterator[str]:
        if read.study not in ("", described(read.command)):
            yield study_of(results).as_posix()
        yield from (name for name, digest in read.files.items() if present(name) != digest)
        yield from (name for name, digest in read.code.items() if loaded(name) != digest)

    return {path: found for path, record in known.items() if (found := [*changed(record.inputs)])}
