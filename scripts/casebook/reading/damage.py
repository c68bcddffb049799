"""What is told of a file that cannot be read as it is damaged, in no library's own words."""

from casebook.data.cells import TableError


class DamagedError(ValueError):
    """A file cannot be read; the message says what of it is damaged."""


def whole(name: str, program: str, error: Exception) -> TableError:
    """What is told in place of an error that reading a file gave.

    Args:
        name: What the file is, as "a Word document".
        program: What opens and saves such files.
        error: What reading it gave.
    """
    what = error if isinstance(error, DamagedError) else "it is cut off or damaged"
    return TableError(f"{name} that can be read", f"{what}: {anew(program)}")


def anew(program: str) -> str:
    """What to do about a damaged file."""
    return (
        f"open it in {program}, and save it anew; if that is not possible, take an earlier copy, or"
        " have it sent again"
    )
