"""Checks that a claim names in place of a value: `sprite(mean=C1, n=14, range="0, 10")`.

They are of numbers that are printed beside it, which other claims or the reading give. Which checks
run without being asked for is for `checks`, and how each is made for `statistics/summaries`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import get_args

from casebook.audit.trial import said_significant
from casebook.base.printed import Printed
from casebook.claims.checked import OF_MEANS, Check, printed_numbers
from casebook.claims.listed import Claim
from casebook.statistics.summaries.bounded import Scale, tides
from casebook.statistics.summaries.interval import Consistency
from casebook.statistics.summaries.mean_sd import debit, grim, grimmer
from casebook.statistics.summaries.means import (
    Group,
    TTest,
    compared_groups,
    compared_pairs,
    p_fits,
    t_fits,
)
from casebook.statistics.summaries.p_value import Kind, p_from_statistic, p_range
from casebook.statistics.summaries.percent import percent_of
from casebook.statistics.summaries.samples import sprite
from casebook.statistics.terms import NotComputable

_MOST = 1_000_000
_SIZES = ("n", "n1", "n2", "items", "count")
_ORDER = ("min", "median", "max")
OF_P = ("p_from", *OF_MEANS)
"""All checks of a p-value, which may be printed as a bound."""

Given = Mapping[str, list[Decimal]]


def named_check(check: Check, claims: Mapping[str, Claim], printed: Printed) -> Consistency:
    """What the check that a claim's reading names finds of the number that the claim prints.

    Raises:
        NotComputable: the check cannot be made of what is printed.
    """
    value, relation = printed.low, printed.relation
    if relation == "from-to":
        raise NotComputable(f"{printed.low} to {printed.high} is not one p-value")
    given = _given(check, claims)
    size = _sizes(given)
    match check.name:
        case "p_from":
            return p_from_statistic(*_test(check, given), value, relation)
        case "p_from_groups" | "p_from_pairs":
            return p_fits(_t_tests(given, size), value, relation)
        case "t_from_groups" | "t_from_pairs":
            return t_fits(_t_tests(given, size), value)
        case "tides":
            return tides(given["mean"][0], value, size["n"], _scale(given, size))
        case "sprite":
            order = {name: given[name][0] for name in _ORDER if name in given}
            scale = _scale(given, size, Fraction(1))
            return sprite(given["mean"][0], value, size["n"], scale, order=order)
    calls: Mapping[str, Callable[..., Consistency]] = {
        "grim": partial(grim, value),
        "grimmer": partial(grimmer, sd=value),
        "debit": partial(debit, sd=value),
        "percent_of": partial(percent_of, value),
    }
    mean = {"mean": given["mean"][0]} if "mean" in given else {}
    return calls[check.name](**size, **mean)


def decision_of_printed(check: Check, claims: Mapping[str, Claim], p: Printed, alpha: float) -> str:
    """How the significance of a printed p-value differs from that of its test, or nothing.

    It differs where every p-value that the printed statistic, or the printed means and SDs, allow
    is on the other side of the level, as statcheck's decision errors are.
    """
    said = said_significant(p, alpha)
    if check.name not in OF_P or said is None:
        return ""
    try:
        given = _given(check, claims)
        if check.name == "p_from":
            ranges = [p_range(*_test(check, given))]
        else:
            ranges = [test.p for test in _t_tests(given, _sizes(given))]
    except NotComputable:
        return ""
    if any((low < alpha) if said else (high >= alpha) for low, high in ranges):
        return ""
    words = ("significant", "not significant")
    ends = [end for each in ranges for end in each]
    told = " to ".join(dict.fromkeys(f"{end:.3g}" for end in (min(ends), max(ends))))
    printed, found = words if said else words[::-1]
    return f"{printed} as printed, {found} when recomputed (p = {told})"


def _given(check: Check, claims: Mapping[str, Claim]) -> Given:
    """What a check takes, from its reading or as other claims print it."""
    given = {**check.given}
    for name, claim in check.claims.items():
        numbers = printed_numbers(name, claims[claim].printed)
        if numbers is None:
            raise NotComputable(f"{claims[claim].printed!r} is not a number")
        given[name] = numbers
    return {name: [number.low for number in numbers] for name, numbers in given.items()}


def _sizes(given: Given) -> dict[str, int]:
    """The numbers of patients and items among what a check takes."""
    return {name: _whole(*given[name]) for name in _SIZES if name in given}


def _test(check: Check, given: Given) -> tuple[Kind, Decimal, list[float]]:
    """The statistic that a claim names, its value, and its degrees of freedom."""
    kinds: dict[str, Kind] = {name: name for name in get_args(Kind)}
    (statistic,) = given["statistic"]
    return kinds[check.test], statistic, [float(degrees) for degrees in given.get("df", ())]


def _t_tests(given: Given, size: Mapping[str, int]) -> list[TTest]:
    """The t-tests that printed means, SDs and sizes leave open."""
    if "mean" in given:
        return [compared_pairs(Group(given["mean"][0], given["sd"][0], size["n"]))]
    first, second = (
        Group(given[f"mean{each}"][0], given[f"sd{each}"][0], size[f"n{each}"]) for each in "12"
    )
    return [*compared_groups(first, second)]


def _scale(given: Given, size: Mapping[str, int], step: Fraction | None = None) -> Scale:
    """The scale that a claim names, in these steps if it names none."""
    if len(given["range"]) != 2:
        raise NotComputable("a range has two ends, as in 0, 10")
    if "step" in given:
        step = Fraction(given["step"][0])
    elif "items" in size:
        step = Fraction(1, size["items"]) if size["items"] else Fraction(0)
    try:
        low, high = map(Fraction, given["range"])
        return Scale(low, high, step)
    except ValueError as error:
        raise NotComputable(str(error)) from None


def _whole(number: Decimal) -> int:
    if number != int(number) or number > _MOST:
        raise NotComputable(f"{number} is not a number of patients or items")
    return int(number)
