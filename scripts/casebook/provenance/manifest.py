"""Writes the manifest of a study's results, and clears away what the study no longer has.

Every job has left a record; this step puts them together, for readers, with the digests of the
sources and of the code. Whether it still holds is asked of the records.
"""

import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from casebook.base.errors import UserError
from casebook.base.files import UNFINISHED, path_from, remove, sha256, stays_within, write_text
from casebook.base.version import VERSION
from casebook.provenance.record import (
    Record,
    code_digests,
    read_record,
    read_records,
    versions,
    written,
)


class StaleError(UserError):
    """Results that were made of others than the present ones."""


@dataclass(frozen=True)
class Manifest:
    """What a study's results rest on; digests are SHA-256.

    Attributes:
        casebook: The version of casebook.
        inputs: Digest of each file that the study consists of, of `config.yaml`, and of earlier
            results that it names to be compared with.
        code: Digest of each file of casebook, by its path in casebook's own folder.
        outputs: Digest of each file that was made, by its path in the folder of results.
        versions: The versions of each package that jobs ran with: one, unless it was changed
            between runs.
        run: The call that finished the results, when and where. Nothing else in the results
            depends on it.
    """

    casebook: str
    inputs: dict[str, str]
    code: dict[str, str]
    outputs: dict[str, str]
    versions: dict[str, list[str]]
    run: dict[str, str]


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
    outputs = {name: digest for record in made for name, digest in record.outputs.items()}
    _clear_away(page.parent, {*kept}, {*outputs}, _outputs_before(page))
    present = {path_from(Path(), path): sha256(path) for path in sorted(sources)}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    found = Manifest(
        casebook=VERSION,
        inputs=_as_read(present, (record.files for record in made)),
        code=_as_read(code_digests(code), (record.code for record in made)),
        outputs=outputs,
        versions=versions(made),
        run={"command": command, "finished": now, "platform": platform.platform()},
    )
    text = json.dumps(asdict(found), indent=1, sort_keys=True, ensure_ascii=False)
    write_text(page, f"{text}\n")


def read_manifest(path: Path) -> Manifest:
    """Read what `manifest` wrote."""
    return Manifest(**json.loads(path.read_text(encoding="utf-8")))


def _check(results: Path, made: Sequence[Record]) -> None:
    """See that each job has read what the others wrote, whatever the dates of the files."""
    present = written(results, made)
    stale = {
        name
        for record in made
        for name, digest in record.files.items()
        if present.get(name, digest) != digest
    }
    if stale:
        files = ", ".join(sorted(stale))
        raise StaleError(f"made again after it was read: {files}; call snakemake again")


def _as_read(now: Mapping[str, str], read: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The digests of files as they are, or as a job has read them if that was not the same."""
    others = {
        name: digest
        for files in read
        for name, digest in files.items()
        if digest != now.get(name, digest)
    }
    return {**now, **others}


def _outputs_before(page: Path) -> set[str]:
    """The files that the last manifest knows, as far as they are results."""
    with suppress(ValueError, TypeError, OSError):
        return set(filter(stays_within, read_manifest(page).outputs))
    return set()


def _clear_away(results: Path, kept: set[Path], present: set[str], gone: set[str]) -> None:
    """Remove what killed jobs left, and all of the jobs that the study no longer has."""
    for left in results.rglob(f"{UNFINISHED}*"):
        remove(left)
    for path, record in read_records(results).items():
        if path not in kept:
            gone |= set(record.outputs if record else ())
            remove(results / "logs" / f"{path.stem}.log")
            remove(path)
    for name in gone - present:
        remove(results / name)
