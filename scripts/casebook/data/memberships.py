"""Which patient is in which cohort, as a table; who decides it is the step `cohorts`."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casebook.base.csvfiles import read_records, write_records

MEMBER, OPEN = "yes", "not known"


@dataclass(frozen=True, slots=True)
class Membership:
    """A patient of a cohort, or one of whom missing values leave open whether they belong."""

    cohort: str
    patient: str
    member: str


def write_memberships(path: Path, memberships: Iterable[Membership]) -> None:
    """Write a row for each pair of cohort and patient."""
    write_records(path, Membership, memberships)


def read_memberships(path: Path) -> list[Membership]:
    """Read what `write_memberships` wrote."""
    return read_records(path, Membership)
