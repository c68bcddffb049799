"""Files that a step writes: whole under their name, or not there at all.

A job can be killed at any moment and a disk can be full. What is half written has another name,
and is put in the place of the old file in one step. Formats are the business of those who write.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from casebook.errors import UserError

UNFINISHED = ".unfinished-"


class WriteError(UserError):
    """A file that the machine does not let a step write."""


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Give a name to write to in the block; at its end the file gets the name `path`.

    The folder is made where it is missing. If the block fails, the file that was at `path` before
    is still there.

    Raises:
        WriteError: The disk is full, or the folder cannot be written to.
    """
    unfinished = path.with_name(f"{UNFINISHED}{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, with the line ends that it has."""
    with written(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
