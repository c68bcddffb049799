"""What words of a text can stand for: an outcome, a visit, a level, and the like."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a name is of."""

    OUTCOME = "outcome"
    COLUMN = "column"
    LEVEL = "level"
    CONDITION = "condition"
    COHORT = "cohort"
    SET = "set"
    GRADE = "grade"
    MOVE = "move"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words stand for.

    Attributes:
        sort: What sort of name it is.
        name: The name in study.yaml; of a level or condition the expression that is true of
            it, and of a move that expression with places for the change and the value before it,
            or for the grade.
        of: The variable that a level is of, the outcome or grade of a move, or the visit of a
            condition.
    """

    sort: Sort
    name: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A place of a text that names something."""

    meaning: Meaning
    start: int
    end: int
    words: int
