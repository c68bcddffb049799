"""What is followed from visit to visit: outcomes, yes-or-no conditions, grades, doses.

How their values are read and compared is not known here.
"""

import json
import re
from collections.abc import Mapping, Set
from functools import partial
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import Field, field_validator, model_validator

from casebook.base.modelfile import OfWholeFileError
from casebook.study.derived import Derived
from casebook.study.described import Model
from casebook.study.expressions import Expression, parse
from casebook.study.fields import (
    CellText,
    Identifier,
    Pattern,
    PositiveNumber,
    Range,
    Step,
    Text,
    Wording,
)
from casebook.study.inexact import NumberInCell
from casebook.study.shorthand import or_text
from casebook.study.visits import VisitColumn

Subtraction = Literal["later - earlier", "earlier - later"]
_WAYS: tuple[Subtraction, ...] = get_args(Subtraction)
_ONE_KEY_A_VISIT = ("baseline", "followup")
_OF_TWO_VISITS = re.compile(r"\s*(.+?)\s+(?:[-−–]|minus)\s+(.+?)\s*")


class AtVisits(Model):
    """A part with something for each visit, under a key of its own."""

    _key: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _each_visit_below_its_key(cls, written: object) -> object:
        if isinstance(written, Mapping) and cls._key not in written:
            beside = {name: written[name] for name in _ONE_KEY_A_VISIT if name in written}
            if beside:
                raise OfWholeFileError(partial(_below, cls._key, beside))
        return written


def _below(key: str, beside: Mapping[str, object], content: Mapping[str, object]) -> str:
    """How to write what stands beside the key, by the names of the visits that the file has."""
    declared = content.get("visits")
    names = [*declared] if isinstance(declared, Mapping) and len(declared) > 1 else _ONE_KEY_A_VISIT
    visits = dict(zip(_ONE_KEY_A_VISIT, (names[0], names[-1]), strict=True))
    values = {visits[name]: each for name, each in beside.items()}
    return (
        f"the visits stand below {key}; in place of {' and '.join(beside)} write"
        f" {key}: {_in_braces(values)}"
    )


def _whichever_visits(written: str, parts: tuple[str, str], content: Mapping[str, object]) -> str:
    """How to write which way round changes are taken, where a file names two of its visits."""
    declared = content.get("visits")
    names = [*declared] if isinstance(declared, Mapping) and declared else [*_ONE_KEY_A_VISIT]
    known = {"earlier": 0, "later": 1} | {name.casefold(): i for i, name in enumerate(names)}
    first, second = (known.get(part.casefold().replace("-", "")) for part in parts)
    if first is None or second is None or first == second:
        return f"{written!r} is not allowed; allowed: {' or '.join(map(repr, _WAYS))}"
    way = _WAYS[first < second]
    return f"write {way} in place of {written!r}, as it holds for whichever visits are compared"


def _in_braces(value: object) -> str:
    """A value as it is written within braces, a text in quotation marks where it needs them."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key}: {_in_braces(each)}' for key, each in value.items())} }}"
    if isinstance(value, str) and not re.fullmatch(r"\w(?:[\w .+<>=()/-]*[\w.+)-])?", value):
        return json.dumps(value, ensure_ascii=False) if "'" in value else f"'{value}'"
    return "" if value is None else str(value)


class Responder(Model):
    """How much improvement makes a patient a responder."""

    label: Wording
    """Name for readers, as in "at least 4 points"."""
    improvement: PositiveNumber
    """The least improvement, in the outcome's unit or in percent of the value at the first of two
    visits."""
    unit: Literal["absolute", "percent"] = "absolute"
    """What `improvement` is measured in."""
    source: Wording
    """Where the threshold comes from."""


class InColumns(AtVisits):
    """A number at visits, and where it stands in the table."""

    _key: ClassVar = "columns"

    label: Wording
    """Name for readers."""
    description: Text | None = None
    """The name in full."""
    columns: Annotated[
        dict[Identifier, Annotated[VisitColumn, or_text("column")]],
        Field(min_length=1, examples=[{"baseline": "Before", "followup": "After"}]),
    ] = {}
    """The column with the value at each visit at which it was measured: a text is its header."""
    column: Text | None = None
    """In a table with a row for each patient and visit, the column with the values of all visits
    that stand neither under `columns` nor under `at`."""
    measure: Text | None = None
    """In a table with a row for each measure, which of them it is; its column is then
    `source.value` where none is named."""
    at: Annotated[
        dict[Identifier, Text],
        Field(
            min_length=1,
            examples=[{"baseline": "skin0 + joints0", "followup": "skin1 + joints1"}],
        ),
    ] = {}
    """The expression for the value at each visit at which it has no column but follows from others:
    variables, outcomes with a column, and values of outcomes above it."""
    unit: Text | None = None
    """Unit, as in points."""


class Outcome(NumberInCell, InColumns):
    """What was measured at visits."""

    range: Range
    """Smallest and largest value that can be true; what lies outside is an error."""
    step: Step | None = None
    """What the values are multiples of, from the lowest of `range`: 1 for whole numbers, 1/3 for
    averages of three. Printed means and SDs are checked by it; without it, whole numbers are known
    by the values."""
    better: Literal["lower", "higher"]
    """Which direction is an improvement."""
    change: Subtraction = "later - earlier"
    """Which way round changes are taken; what is an improvement does not depend on it."""
    rounding: Annotated[int, Field(ge=1, le=15)] | None = None
    """Significant digits to which changes are rounded before they are ranked, as `digits.rank` in
    R; for values that were rounded after they had been computed, so that ties are ties."""
    pattern: Pattern | None = None
    """Regular expression that the whole cell must match; its first group is the value."""
    missing: tuple[CellText, ...] = ()
    """Cell texts that mean "not available", beside those of `source.missing`."""
    responders: Annotated[
        dict[Identifier, Responder],
        Field(examples=[{"half": {"label": "Half", "improvement": 50, "source": "Protocol"}}]),
    ] = {}
    """Thresholds by which responders are counted."""

    @model_validator(mode="after")
    def _at_some_visit(self) -> Self:
        if not self.visits:
            raise ValueError(
                "has no visit; name its columns under columns, or the expressions for its values"
                " under at"
            )
        return self

    @field_validator("change", mode="before")
    @classmethod
    def _of_whichever_visits(cls, written: object) -> object:
        text = written if isinstance(written, str) and written not in _WAYS else ""
        if of_two := _OF_TWO_VISITS.fullmatch(text):
            raise OfWholeFileError(partial(_whichever_visits, text, (of_two[1], of_two[2])))
        return written

    @property
    def visits(self) -> Set[str]:
        """The names of the visits at which it has a value."""
        return self.columns.keys() | self.at.keys()

    def computed_at(self, visit: str) -> Derived:
        """Its value at a visit at which it follows from others."""
        return Derived(
            label=self.label, expression=self.at[visit], unit=self.unit, range=self.range
        )

    @property
    def sign(self) -> Literal[1, -1]:
        """1 if a change above 0 is a rise of the outcome, -1 if it is a fall."""
        return 1 if self.change == "later - earlier" else -1


class Condition(AtVisits):
    """A yes-or-no condition at visits, such as being on prednisone."""

    _key: ClassVar = "at"

    label: Wording
    """Name for readers."""
    at: Annotated[
        dict[Identifier, Text],
        Field(min_length=1, examples=[{"baseline": "dose0 > 0", "followup": "dose1 > 0"}]),
    ]
    """The expression for the condition at each visit."""

    def parsed_at(self, visit: str) -> Expression:
        """The condition at a visit, parsed."""
        return parse(self.at[visit])


class Grade(AtVisits):
    """A category whose levels have an order at visits, such as a grade of dyspnoea."""

    _key = "at"

    label: Wording
    """Name for readers."""
    at: Annotated[
        dict[Identifier, Text],
        Field(min_length=2, examples=[{"baseline": "grade0", "followup": "grade1"}]),
    ]
    """The category variable that is the grade at each of two visits or more; all have the same
    levels, in their order."""
    better: Literal["first", "last"]
    """Which end of the levels is better."""

    def parsed_at(self, visit: str) -> Expression:
        """What gives the grade at a visit, parsed: a variable, or what follows from others."""
        return parse(self.at[visit])


Grades = Annotated[
    dict[Identifier, Grade],
    Field(
        examples=[
            {
                "dyspnoea": {
                    "label": "Dyspnoea",
                    "at": {"baseline": "dyspnoea0", "followup": "dyspnoea1"},
                    "better": "first",
                }
            }
        ]
    ),
]


class Dose(AtVisits):
    """A dose at visits, for a figure of each patient's change in dose."""

    _key: ClassVar = "at"

    label: Wording
    """Name for readers."""
    at: Annotated[
        dict[Identifier, Text],
        Field(min_length=2, examples=[{"baseline": "dose0", "followup": "dose1"}]),
    ]
    """The number that is the dose at each of two visits or more: a variable or a derived value."""
