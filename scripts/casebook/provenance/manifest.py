"""Writes the manifest of a study's results, and clears away what the study no longer has.

Every job has left a record; this step puts them together with the digests of the sources and of the
code. Whether the files are still as they were written is not asked here.
"""

import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from casebook.base.errors import UserError
from casebook.base.files import UNFINISHED, remove
from casebook.base.version import VERSION
from casebook.provenance.manifests import (
    Manifest,
    code_digests,
    digests,
    known_manifest,
    write_manifest,
)
from casebook.provenance.records import Record, read_record, records, versions, written


class StaleError(UserError):
    """Results that were made of others than the present ones."""


def manifest(
    sources: Sequence[Path], kept: Sequence[Path], command: str, code: Path, page: Path
) -> None:
    """Write a manifest, after removing what jobs made that the study no longer has.

    Args:
        sources: The files that the study consists of, the configuration, and earlier results that
            were compared with.
        kept: The records of all jobs of the study.
        command: The call that made the results.
        code: casebook's own folder.
        page: The manifest to write, in the folder of the results.

    Raises:
        StaleError: A job has read another file than the one that was written for it.
    """
    made = [read_record(path) for path in kept]
    _check(page.parent, made)
    _clear_away(page.parent, set(kept), made, known_manifest(page))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    write_manifest(
        page,
        Manifest(
            casebook=VERSION,
            inputs=_as_read(digests(Path(), sources), (record.inputs.files for record in made)),
            code=_as_read(code_digests(code), (record.inputs.code for record in made)),
            outputs={name: digest for record in made for name, digest in record.outputs.items()},
            versions=versions(made),
            run={"command": command, "finished": now, "platform": platform.platform()},
        ),
    )


def _check(results: Path, made: Sequence[Record]) -> None:
    """See that each job has read what the others wrote, whatever the dates of the files."""
    present = written(results, made)
    stale = {
        name
        for record in made
        for name, digest in record.inputs.files.items()
        if present.get(name, digest) != digest
    }
    if stale:
        files = ", ".join(sorted(stale))
        raise StaleError(f"made again after it was read: {files}; call snakemake again")


def _as_read(now: Mapping[str, str], read: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The digests of files as they are, or as a job has read them if that was not the same."""
    found = dict(now)
    for files in read:
        for name, digest in files.items():
            if name in now and digest != now[name]:
                found[name] = digest
    return found


def _clear_away(
    results: Path, kept: set[Path], made: Sequence[Record], before: Manifest | None
) -> None:
    """Remove what killed jobs left, and all of the jobs that the study no longer has."""
    for unfinished in results.rglob(f"{UNFINISHED}*"):
        remove(unfinished)
    gone = set(before.outputs if before else ())
    for path, record in records(results).items():
        if path not in kept:
            gone |= set(record.outputs if record else ())
            remove(results / "logs" / f"{path.stem}.log")
            remove(path)
    for name in gone - {name for record in made for name in record.outputs}:
        remove(results / name)
