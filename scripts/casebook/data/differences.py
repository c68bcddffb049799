"""The table that a comparison with earlier results leaves: a row for each difference.

It is written by the step `changes` and shown by the report; nothing is compared here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casebook.base.csvfiles import read_records, write_records

COMPARED, NOT_COMPARED = "compared", "not compared"
"""What the first row tells: with which results, or why with none."""
CONCLUSION = "conclusion"
VERDICT = "verdict"
AUDIT = "audit"
"""The claim of a verdict that stands for all of them, where earlier or present ones are missing."""
COHORT = "cohort"
OUTCOME = "outcome"
VARIABLE = "variable"
SETTING = "setting"
PATIENT = "patient"
COLUMN = "column"
CELL = "cell"
EVENT = "event"
EVENT_COLUMN = "event column"
"""Of it, the remark is what the column says of an event, as study.yaml calls it, if that is read;
`before` or `after` is the column that says the same on the other side, if there is one."""
EVENT_CELL = "event cell"
MAIN_NUMBER = "main number"
RESULT = "result"

ADDED, REMOVED = "added", "removed"
RENUMBERED = "renumbered"
"""What becomes of a patient whose table has no column of identifiers, when rows come and go."""
EDITED = "edited"
CORRECTION_ADDED = "correction added"
CORRECTION_REMOVED = "correction removed"
CORRECTION_CHANGED = "correction changed"
"""What becomes of a cell, by the raw table itself or by corrections.tsv."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between earlier results and the present ones.

    Attributes:
        kind: What sort of thing differs: one of the names above.
        cohort: The cohort, where it is of one.
        variable: The variable or outcome, where it is of one.
        contrast: The contrast of the outcome, where it is of one.
        patient: The patient, where it is of one.
        column: The column of the raw table, or of that of adverse events, for a column or a cell.
        row: The row of the table of adverse events, where it is of one.
        what: What differs, or what became of it; for a result its key.
        before: What it was.
        after: What it is.
        remark: Why, where that is known.
    """

    kind: str
    cohort: str = ""
    variable: str = ""
    contrast: str = ""
    patient: str = ""
    column: str = ""
    row: str = ""
    what: str = ""
    before: str = ""
    after: str = ""
    remark: str = ""


def write_differences(path: Path, differences: Iterable[Difference]) -> None:
    """Write a row a difference."""
    write_records(path, Difference, differences)


def read_differences(path: Path) -> list[Difference]:
    """Read what `write_differences` wrote."""
    return read_records(path, Difference)
