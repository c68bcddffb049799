"""The parts of a sketched study: variables, outcomes, cohorts; each with what it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casebook.data.cells import column_name
from casebook.data.patients import measurement
from casebook.doubts.direction import Better
from casebook.drafting.adverse import Events, names_events
from casebook.drafting.columns import Guess
from casebook.drafting.identified import Identifier
from casebook.drafting.numerals import Written
from casebook.drafting.tableread import Reading
from casebook.drafting.visitnames import When
from casebook.study.fields import name_for


@dataclass(frozen=True)
class Variable:
    """A variable: its name in study.yaml, its label, its column, and what is guessed of it.

    In a table with a row for each measure, `measure` is the one that it is.
    """

    name: str
    label: str
    column: str
    guess: Guess
    measure: str = ""

    @property
    def is_of_events(self) -> bool:
        """Whether it is a set of adverse events, by its label or header."""
        return self.guess.type == "set" and names_events(f"{self.label} {self.column}")

    @property
    def headers(self) -> list[str]:
        """The headers of all columns that it is read from."""
        return [self.column] if self.column else [*self.guess.boxes.values(), *self.guess.unknown]


@dataclass(frozen=True)
class Harms:
    """Rows that seem to be adverse events, in a table of their own or that of the patients.

    Attributes:
        events: Which column has what of them; None if that is not known.
        reason: What the guess rests on.
        read: How their table was read.
        levels: The label of each code of the terms, if these are codes.
        doubt: Why nothing can be read from them as it stands, if nothing can.
    """

    events: Events | None
    reason: str
    read: Reading = field(default_factory=lambda: Reading(""))
    levels: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""

    @property
    def columns(self) -> Mapping[str, str]:
        """The columns by what they hold, as far as they are known."""
        return self.events.columns if self.events else {}

    @property
    def slips(self) -> Mapping[str, Sequence[str]]:
        """The texts that are to be corrected, by the headers of the columns."""
        return self.events.slips if self.events else {}


@dataclass(frozen=True)
class AtVisit:
    """Where an outcome stands at a visit: the header, and a pattern where the cell has others."""

    when: When
    column: str
    pattern: str = ""


@dataclass(frozen=True)
class Outcome:
    """A measurement at several visits: in `columns`, or in the `column` of a long table.

    Where one column has the values of many, `measure` is what another says of its rows.
    """

    name: str
    label: str
    reason: str
    columns: Sequence[AtVisit]
    guess: Guess
    better: Better
    column: str = ""
    measure: str = ""

    def at(self, visits: Iterable[When]) -> list[AtVisit]:
        """Where the column of a long table is that of some visits."""
        return [AtVisit(when, self.column) for when in visits]


@dataclass(frozen=True)
class Grade:
    """A category with an order at several visits: the name of the variable at each.

    The last of the levels is the highest.
    """

    name: str
    label: str
    reason: str
    at: Mapping[When, str]
    better: Better


@dataclass(frozen=True)
class Cohort:
    """Patients who may be analysed together; `select` is empty for all."""

    name: str
    label: str
    select: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Sketch:
    """What a table seems to hold.

    Attributes:
        identifier: What identifies the patients.
        written: How numbers are written.
        missing: The texts that mean "not available" in every column.
        variables: What is known of each patient.
        outcomes: What is measured at visits.
        grades: What has a grade at visits; its variables are among the others.
        visits: The visits, in order.
        cohorts: Who may be analysed together.
        rows_with: What rows of patients have in a column, where a table has others.
        harms: Rows that are adverse events.
        left: Columns that are not described, each with the reason.
    """

    identifier: Identifier
    written: Written = field(default_factory=Written)
    missing: Sequence[str] = ()
    variables: Sequence[Variable] = ()
    outcomes: Sequence[Outcome] = ()
    grades: Sequence[Grade] = ()
    visits: Sequence[When] = ()
    cohorts: Sequence[Cohort] = ()
    rows_with: Mapping[str, str] = field(default_factory=dict)
    harms: Harms | None = None
    left: Mapping[str, str] = field(default_factory=dict)

    @property
    def described(self) -> set[str]:
        """Headers of the columns that have a variable or an outcome."""
        measured = {at.column for each in self.outcomes for at in each.columns}
        long = {each.column for each in self.outcomes if each.column}
        return measured | long | {header for each in self.variables for header in each.headers}

    @property
    def slips(self) -> dict[str, frozenset[str]]:
        """The texts of columns of numbers that are to be corrected, by the header."""
        told = [(each.column, each.guess.slips) for each in self.variables]
        told += [(each.column, each.guess.slips) for each in self.outcomes]
        told += [(at.column, each.guess.slips) for each in self.outcomes for at in each.columns]
        return {header: frozenset(texts) for header, texts in told if header and texts}


class Names:
    """Names for variables and outcomes, each given once."""

    def __init__(self) -> None:
        self.taken = {"change"}

    def give(self, label: str, column: int, visits: Iterable[str] = ()) -> str:
        """A name for what has this label; with the visits at which it is measured."""
        wanted = name_for(label)[:40].rstrip("_") or f"column_{column_name(column).lower()}"
        name, count = wanted, 1
        values = [*visits]
        while not self.taken.isdisjoint({name, *(measurement(name, each) for each in values)}):
            count += 1
            name = f"{wanted}_{count}"
        self.taken |= {name, *(measurement(name, each) for each in [*values, "change"] if values)}
        return name
