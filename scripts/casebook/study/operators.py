"""What the operators and functions of an expression do with the values of one patient.

What is computed is a fraction, as a float would be rounded by each operator: `a / 3 - b / 3` and
`(a - b) / 3` are the same number, as on paper. Numbers are compared to within what their digits
tell. Whether an operator fits what it is given has been found out before, in `kinds`.
"""

import ast
import operator
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from casebook.data.patients import Member, Value
from casebook.statistics.digits import exact, order

Operand: TypeAlias = "Value | Fraction | tuple[Operand, ...]"
"""A value, or what an operator has made of values, of which a number is a fraction."""

_FURTHEST = 10**30


def _marked(members: tuple[Member, ...]) -> tuple[Member, ...]:
    return tuple(member for member in members if member.marked)


def _count(members: tuple[Member, ...]) -> float:
    return float(len(members))


def as_value(operand: Operand) -> Operand:
    """What an operator has given, as a value: a number is rounded to a float."""
    return float(operand) if isinstance(operand, Fraction) else operand


def _as_fraction(number: float | Fraction) -> Fraction:
    return exact(number) if isinstance(number, float) else number


def _arithmetic(operation: Callable[[Fraction, Fraction], Fraction]) -> Callable[..., Operand]:
    """An operation on numbers.

    None where it is undefined, or gives what no measurement can be and no figure can show.
    """

    def compute(one: float | Fraction, other: float | Fraction) -> Fraction | None:
        try:
            number = operation(_as_fraction(one), _as_fraction(other))
        except ZeroDivisionError:
            return None
        return number if abs(number) <= _FURTHEST else None

    return compute


def _difference(minuend: Operand, subtrahend: Operand) -> Operand:
    """The difference of two numbers, or the days between two dates."""
    if isinstance(minuend, date) and isinstance(subtrahend, date):
        return float((minuend - subtrahend).days)
    return _arithmetic(operator.sub)(minuend, subtrahend)


def _comparing(holds: Callable[..., bool]) -> Callable[[Operand, Operand], bool]:
    """A comparison in which numbers are the same that agree to within what their digits tell.

    Beside a date, a text is one as well, which the check of kinds has made sure of.
    """

    def compare(one: Operand, other: Operand) -> bool:
        one, other = as_value(one), as_value(other)
        if isinstance(one, float) and isinstance(other, float):
            return holds(order(one, other), 0)
        if isinstance(one, date) or isinstance(other, date):
            return holds(
                *(date.fromisoformat(x) if isinstance(x, str) else x for x in (one, other))
            )
        return holds(one, other)

    return compare


_equal = _comparing(operator.eq)


def _contains(members: tuple[Operand, ...], item: Operand) -> bool:
    names = [each.name if isinstance(each, Member) else each for each in members]
    return any(_equal(item, name) for name in names)


def _first(*values: Operand) -> Operand:
    """The first value that is not missing."""
    return next((value for value in values if value is not None), None)


def _last(*values: Operand) -> Operand:
    """The last value that is not missing."""
    return _first(*reversed(values))


def _extreme(chosen: Callable[..., Operand]) -> Callable[..., Operand]:
    """The lowest or highest of the numbers that are not missing."""

    def choose(*values: Operand) -> Operand:
        known = [value for value in values if value is not None]
        return chosen(known) if known else None

    return choose


def _sum(*values: float | Fraction | None) -> Fraction | None:
    """The sum of numbers, of which none may be missing; None where `+` would give None."""
    known = [_as_fraction(value) for value in values if value is not None]
    total = Fraction(sum(known))
    return total if len(known) == len(values) and abs(total) <= _FURTHEST else None


def _mean(*values: float | Fraction | None) -> Fraction | None:
    """The mean of numbers, of which none may be missing."""
    known = [_as_fraction(value) for value in values if value is not None]
    return Fraction(sum(known), len(known)) if len(known) == len(values) else None


def _foremost(ordered: tuple[str, ...], *values: str | None) -> str | None:
    """The value that stands first in a list, of those that are not missing."""
    return next((each for each in ordered if each in values), None)


def _years(*days: date | None) -> float | None:
    """The whole years from one date to another, as ages are told, of which none may be missing.

    Who was born on 29 February is a year older on 1 March of other years.
    """
    first, last = days
    if first is None or last is None:
        return None
    is_before = (last.month, last.day) < (first.month, first.day)
    return float(last.year - first.year - is_before)


KNOWN, FOREMOST, YEARS = "known", "foremost", "years"
FUNCTIONS: dict[str, Callable[..., Operand]] = {"abs": abs, "count": _count, "marked": _marked}
"""The functions of one value, which give nothing where it is missing."""
OF_SEVERAL: dict[str, Callable[..., Operand]] = {
    "first": _first,
    "last": _last,
    "lowest": _extreme(min),
    "highest": _extreme(max),
    "mean": _mean,
    "sum": _sum,
    FOREMOST: _foremost,
    YEARS: _years,
}
"""The functions of two values or more; each decides what follows where some are missing."""
# What each function takes and gives; without a kind anything, all of one kind, and that kind.
SIGNATURES: dict[str, tuple[str | None, str | None]] = {
    "abs": ("number", "number"),
    "count": ("set", "number"),
    "marked": ("set", "set"),
    KNOWN: (None, "boolean"),
    "first": (None, None),
    "last": (None, None),
    "lowest": ("number", "number"),
    "highest": ("number", "number"),
    "mean": ("number", "number"),
    "sum": ("number", "number"),
    FOREMOST: ("category", "category"),
    YEARS: ("date", "number"),
}

OPERATORS: dict[type[ast.AST], Callable[..., Operand]] = {
    ast.Add: _arithmetic(operator.add),
    ast.Sub: _difference,
    ast.Mult: _arithmetic(operator.mul),
    ast.Div: _arithmetic(operator.truediv),
    ast.USub: operator.neg,
    ast.Not: operator.not_,
    ast.Eq: _equal,
    ast.NotEq: _comparing(operator.ne),
    ast.Lt: _comparing(operator.lt),
    ast.LtE: _comparing(operator.le),
    ast.Gt: _comparing(operator.gt),
    ast.GtE: _comparing(operator.ge),
    ast.In: lambda item, members: _contains(members, item),
    ast.NotIn: lambda item, members: not _contains(members, item),
}


def apply(operation: ast.AST, *operands: Operand) -> Operand:
    """What an operator gives; None if something that it is applied to is missing."""
    missing = any(operand is None for operand in operands)
    return None if missing else OPERATORS[type(operation)](*operands)


def all_hold(conditions: list[Operand]) -> bool | None:
    """Whether all conditions are true; None where that is not known."""
    if False in conditions:
        return False
    return None if None in conditions else True


def any_holds(conditions: list[Operand]) -> bool | None:
    """Whether a condition is true; None where that is not known."""
    if True in conditions:
        return True
    return None if None in conditions else False
