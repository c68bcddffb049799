"""Numbers that a paper prints more than once, as in its abstract and in a table, and not alike.

Claims with the same reading are compared by themselves, whether or not the data give either of
them. A claim that says `same(...)` is for what has no reading of its own.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import combinations

from casebook.audit.trial import said_significant
from casebook.base.printed import Printed
from casebook.claims.listed import Claim, is_tried, reading_is
from casebook.claims.readings import ColumnStatistic, Reading, Share, Values
from casebook.study.expressions import Expression


def with_named_elsewhere(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each with the convention that the paper names for its number in another place."""
    named: dict[tuple[str, Printed | None], str] = {}
    for claim in claims:
        if claim.convention:
            named.setdefault((claim.source, claim.number), claim.convention)
    return [
        claim
        if claim.convention
        else replace(claim, elsewhere=named.get((claim.source, claim.number), ""))
        for claim in claims
    ]


def printed_otherwise(
    claims: Sequence[Claim], right: Container[str] = ()
) -> dict[str, tuple[str, ...]]:
    """The claims that print another value of the same, by the name of each that has any.

    "10" and "10.4" are no two values, nor are "0.014" and "<0.05", nor is a size without its sign
    another one than with it. Where the paper names several conventions for the same, each is a
    number of its own; and so are two that are both right, as where it names a test for one alone.

    Args:
        claims: All claims.
        right: The names of those that the convention which has to hold gives.
    """
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        if is_tried(claim.reading):
            groups.setdefault(_key(claim.reading), []).append(claim)
    found: dict[str, list[str]] = {}
    for group in groups.values():
        several = len({claim.convention for claim in group} - {""}) > 1
        for one, other in combinations(group, 2):
            apart = several and one.convention != other.convention
            both_right = one.name in right and other.name in right
            if not (apart or both_right or _agree(one, other)):
                found.setdefault(one.name, []).append(other.name)
                found.setdefault(other.name, []).append(one.name)
    return {name: tuple(others) for name, others in found.items()}


def of_decision(claims: Sequence[Claim], alpha: float) -> Iterator[tuple[Claim, Claim, bool]]:
    """Each claim that something is significant or not, and each p-value of the same.

    With them it is told whether both say the same. A p-value of another test than the decision is
    said to be of, or that leaves open what it decides, is left out.
    """
    p_values: dict[tuple[object, ...], list[tuple[Claim, bool]]] = {}
    for claim in claims:
        if reading_is(claim.reading, "p_value") and claim.number:
            is_so = said_significant(claim.number, alpha)
            if is_so is not None:
                p_values.setdefault(_test(claim.reading), []).append((claim, is_so))
    for said in claims:
        if reading_is(said.reading, "significant") and said.number:
            for other, is_so in p_values.get(_test(said.reading), ()):
                if len({said.convention, other.convention} - {""}) < 2:
                    yield said, other, is_so == bool(said.number.low)


def _test(reading: Reading) -> tuple[object, ...]:
    """What a p-value and a decision of the same have in common."""
    sort, _, *values = _key(reading)
    return sort, *values


def _key(reading: Reading) -> tuple[object, ...]:
    """What two readings of the same have in common, however they are written."""
    values = (getattr(reading, field.name) for field in fields(reading))
    return type(reading), *map(_comparable, values)


def _comparable(value: object) -> object:
    match value:
        case Expression(source=source):
            return source
        case ColumnStatistic() | Share() | Values():
            return _key(value)
        case Mapping():
            return tuple(sorted(value.items()))
    return value


def _agree(one: Claim, other: Claim) -> bool:
    """Whether two claims can print the same value."""
    first, second = one.number, other.number
    if first is None or second is None:
        return True
    return first.may_equal(second) or _size(first).may_equal(_size(second))


def _size(printed: Printed) -> Printed:
    """A single number without its sign."""
    if printed.relation != "=":
        return printed
    return replace(printed, low=abs(printed.low), high=abs(printed.high))
