"""Numbers that a paper prints more than once, as in its abstract and in a table, and not alike.

Claims with the same reading are compared by themselves, whether or not the data give either of
them. A claim that says `same(...)` is for what has no reading of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import chain, combinations
from types import MappingProxyType

from casebook.audit.trial import said_significant
from casebook.base.printed import Printed
from casebook.claims.giving import is_tried, reading_is
from casebook.claims.listed import Claim
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
    claims: Sequence[Claim], right: Mapping[str, str] = MappingProxyType({})
) -> dict[str, tuple[str, ...]]:
    """The claims that print another value of the same, by the name of each that has any.

    "10" and "10.4" are no two values, nor are "0.014" and "<0.05", nor is a size without its sign
    another one than with it. Where the paper names several conventions for the same, each is a
    number of its own; and so are two that are both right, as where it names a test for one alone.

    Args:
        claims: All claims.
        right: By what each is right that a convention gives which has to hold.
    """
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        if is_tried(claim.reading):
            groups.setdefault(_key(claim.meant), []).append(claim)
    found: dict[str, list[str]] = {}
    for group in groups.values():
        several = len({claim.convention for claim in group} - {""}) > 1
        for one, other in combinations(group, 2):
            apart = several and one.convention != other.convention
            by, by_other = right.get(one.name), right.get(other.name)
            as_named = one.convention != other.convention
            both_right = by and by_other and (as_named or by == by_other)
            if not (apart or both_right or _agree(one, other)):
                found.setdefault(one.name, []).append(other.name)
                found.setdefault(other.name, []).append(one.name)
    return {name: tuple(others) for name, others in found.items()}


def of_decision(claims: Sequence[Claim], alpha: float) -> Iterator[tuple[Claim, Claim, bool]]:
    """Each claim that something is significant or not, and the p-values that say whether it is.

    With them it is told whether both say the same. A decision may be by any test that it can be of:
    the one that the paper names for it, or else each one of which a p-value is printed. So what
    says otherwise is left out as long as one of them can give the decision, which a p-value that
    leaves it open can too.
    """
    printed: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        if reading_is(claim.reading, "p_value") and claim.number:
            printed.setdefault(_test(claim.reading), []).append(claim)
    for said in claims:
        if reading_is(said.reading, "significant"):
            fitting = _by_test(said, printed.get(_test(said.reading), ()))
            tests = [[(each, _says(said, each, alpha)) for each in test] for test in fitting]
            given = any(all(agrees is not False for _, agrees in test) for test in tests)
            for other, agrees in chain.from_iterable(tests):
                if agrees or (agrees is False and not given):
                    yield said, other, agrees


def _by_test(said: Claim, p_values: Sequence[Claim]) -> list[list[Claim]]:
    """The p-values that a decision may rest on, by the tests that the paper names for them.

    Where it names one for the decision, those of it come before those of which it names none.
    """
    found: dict[str, list[Claim]] = {}
    for other in p_values:
        found.setdefault(other.convention, []).append(other)
    named = [found[name] for name in (said.convention, "") if name in found]
    return named[:1] if said.convention else list(found.values())


def _says(said: Claim, other: Claim, alpha: float) -> bool | None:
    """Whether a p-value gives a decision; None if either leaves it open."""
    if said.number is None or other.number is None:
        return None
    found = said_significant(other.number, alpha)
    return None if found is None else found == bool(said.number.low)


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
