"""Columns of tables of tests, of which those that would tell a reader nothing are left out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from casebook.wording.paired_tests import PairedTest


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of tests.

    Attributes:
        heading: What stands at its head.
        cell: What it says of a test.
        note: What is said of it below the table.
        tells: Whether it says anything of these tests that the other columns do not.
    """

    heading: str
    cell: Callable[[PairedTest], str]
    note: str = ""
    tells: Callable[[Sequence[PairedTest]], bool] = lambda _: True


def telling(columns: Iterable[Column], tests: Sequence[PairedTest]) -> list[Column]:
    """The columns that say something of these tests."""
    return [column for column in columns if column.tells(tests)]


def notes_of(columns: Iterable[Column]) -> list[str]:
    """What is said of the columns below the table."""
    return [column.note for column in columns if column.note]
