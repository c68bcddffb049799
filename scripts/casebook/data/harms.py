"""The harms of patients: a row for each adverse event, and for each of which it is not known.

Where they stand in what a user gives is not known here, nor what is counted of them.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.base.csvfiles import read_records, write_records
from casebook.data.patients import Kind

HARMS, SERIOUS, RELATED, WORST = "harms", "harms_serious", "harms_related", "harms_grade"
"""The values of a patient that follow from the events: three sets of terms, and a number."""

KINDS: dict[str, Kind] = {HARMS: "set", SERIOUS: "set", RELATED: "set", WORST: "number"}

GRADES = (1, 2, 3, 4, 5)
"""Of the Common Terminology Criteria for Adverse Events (CTCAE), from mild to death."""
_GRADE = re.compile(
    r"(?:ctcae)?\s*(?:grade|gr\.?|g|°)?\s*(?:([1-5])(?:[.,]0+)?|(i{1,3}|iv|v))", re.IGNORECASE
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
SEVERE = 3
"""The grade from which on events are counted as severe."""

YES, NO, NOT_KNOWN = "yes", "no", ""


@dataclass(frozen=True, slots=True)
class Harm:
    """An adverse event of a patient, or that it is not known whether there was one.

    Attributes:
        patient: The patient.
        term: What it was.
        happened: "yes", or empty if it is not known.
        grade: A CTCAE grade, empty if it is not known.
        serious: "yes" or "no", empty if it is not known.
        related: Whether it was related to the treatment, likewise.
        start: When it began: a day, or a time since the treatment began; empty if not known.
        end: When it ended, likewise.
        onset: Time from the beginning of the treatment to the start, in the unit of its duration.
        outcome: What became of it, as the source says.
        row: The row of the harms' own table; 0 if it follows from the table of patients.
        on_treatment: "no" if it began after the time on treatment, "yes" if it counts as begun in
            that time, empty if that is not known.
    """

    patient: str
    term: str
    happened: str = YES
    grade: str = NOT_KNOWN
    serious: str = NOT_KNOWN
    related: str = NOT_KNOWN
    start: str = ""
    end: str = ""
    onset: str = ""
    outcome: str = ""
    row: int = 0
    on_treatment: str = NOT_KNOWN

    @property
    def severe(self) -> str:
        """Whether its grade is 3 or higher: yes, no, or empty if it is not known."""
        return self.grade and (YES if int(self.grade) >= SEVERE else NO)


IS: Mapping[str, Callable[[Harm], str]] = {
    HARMS: lambda harm: harm.happened,
    SERIOUS: lambda harm: harm.serious,
    RELATED: lambda harm: harm.related,
    WORST: lambda harm: harm.severe,
}
"""Whether a harm is one of those that are counted under a name: yes, no, or not known."""


def answer(told: bool | None) -> str:
    """What is told, as a harm has it; None is not known."""
    return NOT_KNOWN if told is None else YES if told else NO


def worst_grade(grades: Sequence[str]) -> str:
    """The highest of some grades, each empty if it is not known; empty if it is not known then.

    No grade is higher than the highest of all, whatever the others are.
    """
    highest = str(max(GRADES))
    return max(grades) if all(grades) or highest in grades else NOT_KNOWN


def grade_in(text: str) -> str:
    """The grade that a text says, as 3, G3, grade 3 and III do; empty if it says none."""
    found = _GRADE.fullmatch(text)
    return (found[1] or _ROMAN[found[2].casefold()]) if found else ""


def write_harms(path: Path, harms: Iterable[Harm]) -> None:
    """Write a row a harm."""
    write_records(path, Harm, harms)


def read_harms(path: Path) -> list[Harm]:
    """Read what `write_harms` wrote."""
    return read_records(path, Harm)
