"""Files that a step writes: whole under their name, or not there at all.

A job can be killed at any moment and a disk can be full. What is half written has another name,
and is put in the place of the old file in one step. Formats are the business of those who write.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from casebook.base.errors import UserError

UNFINISHED = ".unfinished-"

# The name of the run that a process belongs to. A job goes on when the run that started it is
# killed, and would write what no longer holds over the results of the next run.
RUN = "CASEBOOK_RUN"
# Says of each folder of results, in a file of its path, which run was the last to begin with it.
_LATEST = Path(".snakemake/casebook")

_written: dict[Path, str] = {}
_held: list[IO[str]] = []


class WriteError(UserError):
    """A file that the machine does not let a step write."""


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Give a name to write to in the block; at its end the file gets the name `path`.

    The folder is made where it is missing. If the block fails, the file that was at `path` before
    is still there.

    Raises:
        WriteError: The disk is full, or the folder cannot be written to, or another run has begun.
    """
    unfinished = path.with_name(f"{UNFINISHED}{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield unfinished
        digest = sha256(unfinished)
        ask_permission(path)
        unfinished.replace(path)
        _written[path] = digest
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


def remove(path: Path) -> None:
    """Remove a file that is no result any more, if it is there.

    Raises:
        WriteError: Another run has begun.
    """
    ask_permission(path)
    path.unlink(missing_ok=True)


def take_over(folder: Path, run: str) -> None:
    """Let only this run write into a folder; none can take it over as long as this process lives.

    What belongs to no such folder is taken over as a file.

    Raises:
        WriteError: The folder is another run's that goes on.
    """
    path = _LATEST / folder
    path.parent.mkdir(parents=True, exist_ok=True)
    latest = path.open("a", encoding="ascii")
    # Some shared disks know no such locks; Snakemake has its own beside it.
    with suppress(OSError):
        try:
            fcntl.flock(latest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            told = f"another run is making {folder}; call snakemake again when it has ended"
            raise WriteError(told) from None
    latest.truncate(0)
    latest.write(run)
    latest.flush()
    _held.append(latest)


def permitted(path: Path) -> bool:
    """Whether the run of this process, if any, is the last that took over `path` or its folder."""
    run = os.environ.get(RUN)
    return not run or any(_latest_run(taken) == run for taken in (path, *path.parents))


def _latest_run(folder: Path) -> str:
    try:
        return (_LATEST / folder).read_text(encoding="ascii")
    except OSError:
        return ""


def ask_permission(path: Path) -> None:
    """Do nothing as long as this process may write a file.

    Raises:
        WriteError: Another run has begun.
    """
    if not permitted(path):
        raise WriteError("this job's run has ended and another one has begun; nothing was written")


def written_so_far() -> dict[Path, str]:
    """The files that this process has written, and their SHA-256."""
    return dict(_written)


def path_from(folder: Path, path: Path) -> str:
    """A path from a folder, which may be above it, with slashes on all machines."""
    return Path(os.path.relpath(path, folder)).as_posix()


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def known_sha256(path: Path) -> str:
    """The SHA-256 of a file, or nothing where there is no file that can be read.

    What is not a regular file, as a device or a pipe, may have no end.
    """
    try:
        return sha256(path) if path.is_file() else ""
    except (OSError, ValueError):
        return ""


def stays_within(name: str) -> bool:
    """Whether a path from a folder, as a record has it, stays within that folder."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, with the line ends that it has."""
    with written(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
