"""Columns beside results, of which those that would tell a reader nothing are left out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Column(Generic[Told]):
    """A column of a table, or of a figure.

    Attributes:
        heading: What stands at its head.
        cell: What it says of what a row is about.
        note: What is said of it below the table.
        tells: Whether it says anything of all these that the other columns do not.
    """

    heading: str
    cell: Callable[[Told], str]
    note: str = ""
    tells: Callable[[Sequence[Told]], bool] = lambda _: True


def telling(columns: Iterable[Column[Told]], of: Sequence[Told]) -> list[Column[Told]]:
    """The columns that say something of these."""
    return [column for column in columns if column.tells(of)]


def notes_of(columns: Iterable[Column[Told]]) -> list[str]:
    """What is said of the columns below the table."""
    return [column.note for column in columns if column.note]
