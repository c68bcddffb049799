"""What is known of each patient after cleaning, and the wide table that keeps it.

A patient's values are held under the names that a study gives to its variables, derived variables
and measurements (`age`, `stopped_prednisone`, `cdasi_baseline`). This module knows the kinds of
value and how each is written as text; what a name means, and which values are allowed, is the
study's business.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from casebook.base.csvfiles import read_table, write_table

BASELINE, FOLLOWUP = VISITS = ("baseline", "followup")

Direction = Literal["follow-up minus baseline", "baseline minus follow-up"]
AFTER_MINUS_BEFORE, BEFORE_MINUS_AFTER = DIRECTIONS = get_args(Direction)
"""Which way round a difference is taken: casebook's own, and that of many a textbook."""

Kind = Literal["number", "category", "set", "text", "date", "boolean"]

MARK = "*"
SEPARATOR = "; "
NO_MEMBERS = "(none)"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a set, such as a therapy; marked as the source marks it (`HCQ*`)."""

    name: str
    marked: bool = False


Value = float | str | bool | date | tuple[Member, ...] | None


@dataclass(frozen=True, slots=True)
class Patient:
    """One patient: identifier, and values by name (None is missing)."""

    id: str
    values: Mapping[str, Value]

    def number(self, name: str) -> float | None:
        """The value of that name, which is a number; None where it is missing."""
        value = self.values[name]
        if value is None or isinstance(value, float):
            return value
        raise TypeError(f"{name} is {value!r}, and not a number")

    def members(self, name: str) -> tuple[Member, ...] | None:
        """The value of that name, which is a set; None where it is missing."""
        value = self.values[name]
        if value is None or isinstance(value, tuple):
            return value
        raise TypeError(f"{name} is {value!r}, and not a set")


def token(identifier: str) -> str:
    """An identifier in letters, digits and underscores, for ids of elements; no two are alike."""
    return re.sub(
        "[^A-Za-z0-9]",
        lambda match: "".join(f"_{byte:02x}" for byte in match[0].encode()),
        identifier,
    )


def element_id(identifier: str, number: int) -> str:
    """What a patient's elements are called in a drawing: the token, and a number to be unique."""
    return f"patient-{token(identifier)}-{number}"


def measurement(outcome: str, visit: str) -> str:
    """The name of an outcome's value at a visit: `cdasi_baseline`."""
    return f"{outcome}_{visit}"


def change(outcome: str) -> str:
    """The name of an outcome's change from baseline to follow-up."""
    return f"{outcome}_change"


def value_text(value: Value) -> str:
    """A value as the tables write it; missing is empty."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return repr(value).removesuffix(".0")
        case date():
            return value.isoformat()
        case tuple():
            return SEPARATOR.join(m.name + MARK * m.marked for m in value) or NO_MEMBERS
        case str():
            return value


def read_value(kind: Kind, text: str) -> Value:
    """The value that `value_text` wrote as `text`."""
    if not text:
        return None
    match kind:
        case "number":
            return float(text)
        case "boolean":
            return text == "yes"
        case "date":
            return date.fromisoformat(text)
        case "set":
            names = [] if text == NO_MEMBERS else text.split(SEPARATOR)
            return tuple(Member(name.removesuffix(MARK), name.endswith(MARK)) for name in names)
        case "category" | "text":
            return text


def in_order(patients: Iterable[Patient]) -> list[Patient]:
    """Patients by identifier, with numbers in it as numbers: P2 comes before P10.

    It is the order of everything that is made of a cohort, so that sorting the rows of the raw
    table changes nothing.
    """
    return sorted(patients, key=lambda patient: (_pieces(patient.id), patient.id))


def _pieces(identifier: str) -> list[str | int]:
    """Texts and numbers in turn, a text first: two identifiers can always be compared."""
    pieces = re.split(r"(\d+)", identifier)
    return [int(piece) if number % 2 else piece for number, piece in enumerate(pieces)]


def write_patients(path: Path, kinds: Mapping[str, Kind], patients: Iterable[Patient]) -> None:
    """Write a row a patient and a column a name, in the order of `kinds`."""
    write_table(path, ["patient", *kinds], (_texts(patient, kinds) for patient in patients))


def write_roster(path: Path, kinds: Mapping[str, Kind], roster: Mapping[int, Patient]) -> None:
    """Write the same with the row of the raw table where each patient stands."""
    rows = ([patient.id, row, *_texts(patient, kinds)[1:]] for row, patient in roster.items())
    write_table(path, ["patient", "row", *kinds], rows)


def write_measurements(path: Path, outcomes: Iterable[str], patients: Collection[Patient]) -> None:
    """Write a row a patient, outcome and visit."""
    write_table(
        path,
        ["patient", "outcome", "visit", "value"],
        (
            [patient.id, outcome, visit, value_text(patient.values[measurement(outcome, visit)])]
            for outcome in outcomes
            for patient in patients
            for visit in VISITS
        ),
    )


def write_therapies(path: Path, variables: Iterable[str], patients: Collection[Patient]) -> None:
    """Write a row a patient and therapy, with the variable that names it."""
    write_table(
        path,
        ["patient", "variable", "therapy", "marked"],
        (
            [patient.id, variable, member.name, value_text(member.marked)]
            for variable in variables
            for patient in patients
            for member in patient.members(variable) or ()
        ),
    )


def _texts(patient: Patient, kinds: Mapping[str, Kind]) -> list[str]:
    return [patient.id, *(value_text(patient.values[name]) for name in kinds)]


def read_patients(path: Path, kinds: Mapping[str, Kind]) -> list[Patient]:
    """Read what `write_patients` or `write_roster` wrote with the same `kinds`."""
    return [
        Patient(row["patient"], {name: read_value(kind, row[name]) for name, kind in kinds.items()})
        for row in read_table(path)
    ]


def read_rows(path: Path) -> dict[str, int]:
    """The row of the raw table of each patient, from what `write_roster` wrote."""
    return {row["patient"]: int(row["row"]) for row in read_table(path)}


def read_each_once(paths: Iterable[Path], kinds: Mapping[str, Kind]) -> list[Patient]:
    """Everyone in any of these tables once."""
    found = {patient.id: patient for path in paths for patient in read_patients(path, kinds)}
    return in_order(found.values())
