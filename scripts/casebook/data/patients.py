"""What is known of each patient after cleaning, and the wide table that keeps it.

A patient's values are held under the names that a study gives to its variables, derived variables
and measurements (`age`, `stopped_prednisone`, `cdasi_baseline`). This module knows the kinds of
value and how each is written as text; what a name means, and which values are allowed, is the
study's business.
"""

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from itertools import chain, repeat
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar, cast, get_args

from casebook.base.csvfiles import read_columns, write_columns, write_table
from casebook.base.inexact import Form
from casebook.base.lookup import Lookup
from casebook.base.printed import to_decimals

Direction = Literal["follow-up minus baseline", "baseline minus follow-up"]
AFTER_MINUS_BEFORE, BEFORE_MINUS_AFTER = DIRECTIONS = get_args(Direction)
"""Which way round a difference is taken: casebook's own, and that of many a textbook."""

Found = TypeVar("Found")

Kind = Literal["number", "category", "set", "text", "date", "boolean"]

_FORM = "form"
"""The column of measurements that says in which form a number is inexact."""
_DIGITS = re.compile(r"(\d+)")
_LONG = 4000

MARK = "*"
SEPARATOR = "; "
NO_MEMBERS = "(none)"


class Member(NamedTuple):
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
    """The name of an outcome's value at a visit, `cdasi_baseline`, or change in a contrast."""
    return f"{outcome}_{visit}"


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


def told_text(value: Value) -> str:
    """A value as a message tells it: a number with no more digits than anyone would look at.

    It has at most three decimals, or three digits that tell something if it is smaller.
    """
    if not isinstance(value, float) or not value:
        return value_text(value)
    decimals = max(3, 2 - math.floor(math.log10(abs(value))))
    text = f"{to_decimals(value, decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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
    return sorted(patients, key=lambda patient: place_in_order(patient.id))


def place_in_order(identifier: str) -> tuple[list[str | int | Decimal], str]:
    """What identifiers are sorted by: texts and numbers in turn, a text first, and the whole.

    Two identifiers can always be compared.
    """
    pieces: list[str | int | Decimal] = [*_DIGITS.split(identifier)]
    # Python refuses to make an int of more than 4,300 digits.
    number: type[int | Decimal] = int if len(identifier) < _LONG else Decimal
    pieces[1::2] = map(number, pieces[1::2])
    return pieces, identifier


@dataclass(frozen=True)
class Roster:
    """Patients by columns, as large tables are kept.

    Attributes:
        ids: The identifiers of the patients.
        columns: The values of all patients by name, in the same order; equal ones are written
            alike, so that no 0 is negative.
    """

    ids: Sequence[str]
    columns: Mapping[str, Sequence[Value]]

    @cached_property
    def patients(self) -> "list[Patient]":
        """The same patients one by one."""
        return list(patients_of(self, self.columns))

    def numbers(self, name: str) -> Sequence[float | None]:
        """The values of that name, which are numbers."""
        return cast("Sequence[float | None]", self.columns[name])

    def sets(self, name: str) -> Sequence[tuple[Member, ...] | None]:
        """The values of that name, which are sets."""
        return cast("Sequence[tuple[Member, ...] | None]", self.columns[name])

    def taken(self, places: Sequence[int]) -> "Roster":
        """The patients at these places, in their order."""
        columns = {n: [values[at] for at in places] for n, values in self.columns.items()}
        return Roster([self.ids[at] for at in places], columns)

    def each(
        self, names: Collection[str], find: Callable[[Mapping[str, Value]], Found]
    ) -> list[Found]:
        """What a function of the values of these names, and no others, makes of each patient."""
        if not names:
            return [find({})] * len(self.ids)
        of_values: Lookup[tuple[Value, ...], Found] = Lookup(
            lambda values: find(dict(zip(names, values, strict=True)))
        )
        return of_values.each(zip(*(self.columns[name] for name in names), strict=True))

    def texts(self, name: str) -> Iterator[str]:
        """The values of that name as the tables write them."""
        return map(Lookup(value_text).__getitem__, self.columns[name])


def write_patients(path: Path, kinds: Mapping[str, Kind], roster: Roster) -> None:
    """Write a row a patient and a column a name, in the order of `kinds`."""
    write_columns(path, ["patient", *kinds], [roster.ids, *map(roster.texts, kinds)])


def write_roster(
    path: Path, kinds: Mapping[str, Kind], rows: Sequence[int], roster: Roster
) -> None:
    """Write the same with the row of the raw table where each patient stands."""
    columns = [roster.ids, map(str, rows), *map(roster.texts, kinds)]
    write_columns(path, ["patient", "row", *kinds], columns)


def write_measurements(
    path: Path,
    visits: Mapping[str, Collection[str]],
    roster: Roster,
    forms: Mapping[str, Sequence[str]],
) -> None:
    """Write a row a patient, outcome and visit.

    Args:
        path: The file.
        visits: The visits of each outcome.
        roster: The patients.
        forms: In which form each cell says its number inexactly, as `below` for <5, by the name of
            the value; there is a column for that if any is given.
    """
    count, flat = len(roster.ids), chain.from_iterable

    def of_each(texts: Callable[[str], Iterable[str]]) -> Iterator[str]:
        for name, each in visits.items():
            yield from flat(zip(*(texts(measurement(name, v)) for v in each), strict=True))

    columns: dict[str, Iterable[str]] = {
        "patient": flat(repeat(patient, len(v)) for v in visits.values() for patient in roster.ids),
        "outcome": flat(repeat(name, count * len(each)) for name, each in visits.items()),
        "visit": flat(flat(repeat(each, count)) for each in visits.values()),
        "value": of_each(roster.texts),
    }
    if forms:
        columns[_FORM] = of_each(lambda name: forms.get(name) or [""] * count)
    write_columns(path, [*columns], [*columns.values()])


def read_forms(path: Path, outcome: str) -> dict[tuple[str, str], Form]:
    """The form in which a cell of an outcome says its number inexactly, by patient and visit."""
    columns = read_columns(path, ["patient", "outcome", "visit", _FORM])
    rows = zip(*columns.values(), strict=True)
    return {
        (patient, visit): cast("Form", form)
        for patient, of, visit, form in rows
        if form and of == outcome
    }


def write_therapies(path: Path, variables: Iterable[str], roster: Roster) -> None:
    """Write a row a patient and therapy, with the variable that names it."""
    write_table(
        path,
        ["patient", "variable", "therapy", "marked"],
        (
            (patient, variable, member.name, value_text(member.marked))
            for variable in variables
            for patient, members in zip(roster.ids, roster.sets(variable), strict=True)
            for member in members or ()
        ),
    )


def read_roster(path: Path, kinds: Mapping[str, Kind]) -> Roster:
    """Read what `write_patients` or `write_roster` wrote with the same `kinds`."""
    columns = read_columns(path, ["patient", *kinds])
    ids = columns.pop("patient")
    values: dict[str, Sequence[Value]] = {}
    for name, kind in kinds.items():
        values[name] = Lookup(partial(read_value, kind)).each(columns.pop(name))
    return Roster(ids, values)


def patients_of(roster: Roster, kinds: Collection[str]) -> Iterator[Patient]:
    """The patients of a roster, with the values of these names."""
    columns = [roster.columns[name] for name in kinds]
    for identifier, *row in zip(roster.ids, *columns, strict=True):
        yield Patient(identifier, dict(zip(kinds, row, strict=True)))


def read_rows(path: Path) -> dict[str, int]:
    """The row of the raw table of each patient, from what `write_roster` wrote."""
    ids, rows = read_columns(path, ["patient", "row"]).values()
    return dict(zip(ids, map(int, rows), strict=True))
