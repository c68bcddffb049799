"""Columns beside results, of which those that would tell a reader nothing are left out.

No column tells anything whose cells are all empty, or dashes. Of some that is so of other cells,
too: exceptions that there are none of, and least p-values that are all below what is printed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from casebook.data.results import Result
from casebook.wording.numbers import NOT_COMPUTED, is_seen, p_value_text
from casebook.wording.traces import traced, traced_number

Told = TypeVar("Told")

OF_COVERAGE = (
    "Where an interval cannot reach its level, the attained coverage says how far it falls short."
)
"""What is said below a table of a column with the coverage that intervals attain."""


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


def exceptions(heading: str, count: Callable[[Told], Result]) -> Column[Told]:
    """A column of how many are left out, as they are not known: it tells where there are any."""
    return Column(
        heading,
        lambda each: traced_number(count(each)),
        tells=lambda every: any(count(each).number for each in every),
    )


def least_p_values(
    heading: str, least: Callable[[Told], Result | None], alpha: float, note: str = ""
) -> Column[Told]:
    """A column of least p-values that were possible: it tells where any is no less than printed.

    Args:
        heading: What stands at its head.
        least: The least p-value; None where it is not shown.
        alpha: The level of the study, by which p-values are rounded.
        note: What is said of it below the table.
    """

    def cell(each: Told) -> str:
        found = least(each)
        return p_value_text(found, alpha, traced) if found else NOT_COMPUTED

    def tells(every: Sequence[Told]) -> bool:
        return any(is_seen(found, alpha) for each in every if (found := least(each)))

    return Column(heading, cell, note, tells)


def telling(columns: Iterable[Column[Told]], of: Sequence[Told]) -> list[Column[Told]]:
    """The columns that say something of these; of nothing, as in a table without rows, all."""
    return [column for column in columns if not of or (column.tells(of) and _is_filled(column, of))]


def _is_filled(column: Column[Told], of: Sequence[Told]) -> bool:
    return any(column.cell(each) not in ("", NOT_COMPUTED) for each in of)


def notes_of(columns: Iterable[Column[Told]]) -> list[str]:
    """What is said of the columns below the table."""
    return [column.note for column in columns if column.note]
