"""A value that was tried for a claim, and what several searches for such values share."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from casebook.audit.data import Data
from casebook.data.vocabulary import Change
from casebook.study.model import Study
from casebook.study.visits import Contrast

_MOST_LEFT_OUT = 100
Each = TypeVar("Each")
ROUNDED_UP = "number needed to treat, rounded up"
"""What it is called that a number of patients is the next whole one, as it is mostly printed."""
SIZE = "size without its sign"
"""What a number below 0 is called that is printed without its minus."""
IN_FLOATS = ", ties lost to floating-point subtraction"
"""What is said behind a test whose program finds fewer ties than there are on paper."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What a reading gives under a convention, and what that convention changes.

    Attributes:
        change: What the convention changes.
        convention: What it is called.
        value: What it gives.
        of: Of the patients of one cohort in percent of a larger one, how many are in that one.
        in_floats: Whether it ranks changes as `floating` has them.
    """

    change: Change
    convention: str
    value: float
    of: int | None = None
    in_floats: bool = False

    @property
    def name(self) -> str:
        """The convention, and how it ranks where that is not by the ties that are on paper."""
        return f"{self.convention}{IN_FLOATS}" if self.in_floats else self.convention


def in_cohort(study: Study, cohort: str) -> str:
    """What it is called that the patients of a cohort are meant."""
    return f"in {study.group(cohort)}"


def other_cohorts(data: Data, own: str) -> dict[str, str]:
    """The other cohorts, and what they are called as a convention."""
    others = [name for name in data.study.cohorts if name in data.cohorts and name != own]
    return {cohort: in_cohort(data.study, cohort) for cohort in others}


def other_contrasts(study: Study, outcome: str, own: str) -> list[Contrast]:
    """The other contrasts of an outcome."""
    visits = study.outcomes[outcome].visits
    return [each for each in study.contrasts_of(visits) if each.name != own]


def where_known(change: Change, name: str, value: float | None) -> Iterator[Variant]:
    """The value under a convention, if it gives one."""
    if value is not None and math.isfinite(value):
        yield Variant(change, name, float(value))


def without_each(members: Mapping[str, Each]) -> Iterator[tuple[str, list[Each]]]:
    """What is known of all patients but one, each left out in turn, and what that is called."""
    if len(members) <= _MOST_LEFT_OUT:
        for patient in members:
            yield f"without {patient}", [m for other, m in members.items() if other != patient]
