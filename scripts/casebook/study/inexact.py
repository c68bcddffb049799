"""How the cells of numbers are read that hold more, or less, than a number: <5, 30–40, 18 ± 2, 40*.

A study says by a key what is used for each such form, and without it they are errors. The texts of
the forms are for `base/inexact`, and how they are read for `prepare`.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from casebook.base.inexact import Form
from casebook.base.numerals import readings
from casebook.data.cells import folded
from casebook.study.described import Model
from casebook.study.fields import Mark, Number, Text, UnitBehind
from casebook.study.shorthand import ONE_OR_MORE, Shorthand

GIVEN: Mapping[Form, str] = {
    "below": "below the limit of measurement",
    "above": "above the limit of measurement",
    "from_to": "given as a range",
    "plus_minus": "given with a spread",
}
"""What values of each form are called for readers."""
USED = {
    "limit": "counted as that limit",
    "half": "counted as half of it",
    "lower": "counted as its lower end",
    "midpoint": "counted as its midpoint",
    "upper": "counted as its upper end",
    "value": "counted without it",
    "missing": "taken as missing",
}
"""What is done with them by each rule, for readers."""

_SIDES = {"<": "below", "≤": "below", ">": "above", "≥": "above"}
"""The signs of limits, each with the key of what is used for it."""


class Censored(Model):
    """What is used for values of which only a limit is known, as the limit of a measurement."""

    below: Literal["limit", "half", "missing"] | None = None
    """For <5 and the like: the limit, half of it, or nothing, as of a value that is missing."""
    above: Literal["limit", "missing"] | None = None
    """For >20 and the like: the limit, or nothing."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.below or self.above):
            raise ValueError("needs below, above or both, as in { below: half }")
        return self


def _at_limits(written: object, _: ValidationInfo) -> object:
    """What is used for limits, or the limits themselves where their signs alone are written."""
    signs = [written] if isinstance(written, str) else written
    if isinstance(signs, list | tuple) and signs and {*map(str, signs)} <= {*_SIDES}:
        return {_SIDES[str(sign)]: "limit" for sign in signs}
    return written


_SIGN = {"type": "string", "pattern": f"^[{''.join(_SIDES)}]$"}
_OR_SIGNS = Shorthand(
    _at_limits, lambda _: [_SIGN, {"type": "array", "items": _SIGN, "minItems": 1}]
)


def _words(values: dict[str, float]) -> dict[str, float]:
    """Words with the number of each, folded as cells are compared."""
    found: dict[str, float] = {}
    for word, number in values.items():
        if readings(word):
            raise ValueError(f"{word!r} is a number: correct such a cell in corrections.tsv")
        if found.setdefault(folded(word), number) != number:
            raise ValueError(f"{word!r} is there twice, as upper and lower case do not matter")
    return found


class NumberInCell(Model):
    """What a variable and an outcome that are numbers say of how cells write them."""

    strip_unit: Annotated[tuple[UnitBehind, ...], ONE_OR_MORE] = ()
    """Spellings of the unit that stands in cells behind the number, as in 10 mg, which are left
    out in reading; upper and lower case count."""
    marks: Annotated[tuple[Mark, ...], ONE_OR_MORE, Field(examples=[["*", "~"]])] = ()
    """Signs that stand in cells before or behind the number, as in 40* and ~10, which are left out
    in reading; how many there are is told."""
    values: Annotated[
        dict[Text, Number], AfterValidator(_words), Field(examples=[{"none": 0}])
    ] = {}
    """Words that stand in cells for a number, each with the number; upper and lower case do not
    matter, and how many there are is told. They count as values where `source.missing` has them."""
    censored: Annotated[
        Censored | None, _OR_SIGNS, Field(examples=[{"below": "half", "above": "limit"}])
    ] = None
    """What is used for values such as <5 and >20; without it they are errors. The signs alone, as
    in ["<", ">"], say that it is the limit."""
    from_to: Literal["lower", "midpoint", "upper", "missing"] | None = None
    """What is used for values such as 30–40 or 3 to 4: an end, the midpoint, or nothing; without it
    they are errors."""
    plus_minus: Literal["value", "missing"] | None = None
    """What is used for values such as 18 ± 2: the number before the sign, or nothing; without it
    they are errors."""

    @model_validator(mode="after")
    def _words_are_values(self) -> Self:
        missing = {*map(folded, getattr(self, "missing", ()))}
        if both := sorted(missing & self.values.keys()):
            raise ValueError(f"{both[0]!r} cannot be both under values and under missing")
        return self

    def rule(self, form: Form) -> str:
        """What is used for values of a form; empty if nothing is said."""
        match form:
            case "below" | "above":
                return getattr(self.censored, form, None) or ""
            case _:
                return getattr(self, form) or ""

    @property
    def rules(self) -> Iterator[tuple[Form, str]]:
        """Each form of which something is said, with what is used for it."""
        yield from ((form, rule) for form in GIVEN if (rule := self.rule(form)))
