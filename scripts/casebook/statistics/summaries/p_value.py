"""Whether a printed p-value can be that of a printed test statistic; it goes through floats."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from scipy.special import betainc, gammaincc

from casebook.statistics.summaries.interval import (
    Consistency,
    check_within,
    possible_values,
    unit_of,
)
from casebook.statistics.tails import upper_normal_tail
from casebook.statistics.terms import Alternative, NotComputable

Kind = Literal["t", "z", "F", "chi2", "r"]

Relation = Literal["=", "<", "<=", ">", ">="]
Ends = tuple[float, float]
"""The smallest and the largest of some p-values."""

_DEGREES: dict[Kind, int] = {"t": 1, "z": 0, "F": 2, "chi2": 1, "r": 1}
_WITH_DEGREES = (
    "{} has no degrees of freedom",
    "{0} needs its degrees of freedom, a number above 0, as in {0}(18)",
    "{0} needs its degrees of freedom, two numbers above 0, as in {0}(2, 14)",
)
"""What is told where degrees of freedom are wrong, by how many there are of them."""


def p_from_statistic(
    kind: Kind,
    statistic: Decimal,
    df: Sequence[float],
    p: Decimal,
    relation: Relation = "=",
    *,
    side: Alternative = "two-sided",
) -> Consistency:
    """Whether the printed p-value is that of the printed test statistic.

    The statistic stands for every value that it is a rounding of, which gives a range of p-values.
    One of them must be the printed p or, where that has a sign, be below or above it (statcheck:
    Nuijten et al. 2016, Behav Res Methods 48:1205-1226). Of F and chi2 it is the upper tail. Where
    only the other number of sides fits, the detail says so.

    Args:
        kind: Which statistic; "r" is a correlation, with n - 2 degrees of freedom for n pairs.
        statistic: As printed; its sign does not matter to a two-sided test.
        df: Degrees of freedom: two for F, none for z, one for the others.
        p: As printed.
        relation: The sign that is printed before it, as in p < 0.001.
        side: Where the statistic of a one-sided test is looked for: "greater" is above 0.

    Raises:
        NotComputable: The p-value is not between 0 and 1, the statistic is not finite, F or chi2 is
            negative or one-sided, r is beyond 1, or the degrees of freedom are not positive or not
            as many as the statistic has.
    """
    check_within(p, 1, "a p-value")
    is_one_sided = side != "two-sided"
    if is_one_sided and kind in {"F", "chi2"}:
        raise NotComputable(f"{kind} has only its upper tail")
    of_both = p_range(kind, statistic, df)
    ranges = _on_side(statistic, of_both, side)
    name = f"{kind}({', '.join(f'{degrees:g}' for degrees in df)})" if df else kind
    told = " or ".join(" to ".join(dict.fromkeys(f"{end:.3g}" for end in each)) for each in ranges)
    detail = f"{name} = {statistic} gives p = {told}"
    printed = f"{relation.removeprefix('=')}{p:f}"
    if any(agrees(relation, p, *ends) for ends in ranges):
        return Consistency(True, True, f"{detail}; the paper prints {printed}")
    detail += f", not {printed}"
    others: Sequence[Alternative] = ("two-sided",) if is_one_sided else ("greater", "less")
    beside = [ends for other in others for ends in _on_side(statistic, of_both, other)]
    if kind in {"t", "z", "r"} and any(agrees(relation, p, *ends) for ends in beside):
        detail += f", which fits a {'two' if is_one_sided else 'one'}-sided test"
    return Consistency(False, True, detail)


def p_of_correlation(
    r: Decimal,
    pairs: range,
    p: Decimal,
    relation: Relation = "=",
    *,
    side: Alternative = "two-sided",
) -> Consistency:
    """Whether the printed p-value is that of the printed r of some number of pairs.

    Of fewer pairs the same r has a larger two-sided p-value, so that where values may be missing
    the p-value of all pairs is the least.

    Args:
        r: Pearson's correlation as printed, or another one that is tested as this is.
        pairs: How many pairs there can be, 3 or more.
        p: As printed.
        relation: The sign that is printed before it.
        side: "greater" tests for a correlation above 0.

    Raises:
        NotComputable: There are fewer than 3 pairs, or as in `p_from_statistic`.
    """
    if not pairs:
        raise NotComputable("fewer than 3 patients can have both values")
    most = pairs[-1]
    of_all = p_from_statistic("r", r, [most - 2], p, relation, side=side)
    if of_all.consistent or len(pairs) == 1:
        return of_all
    for n in reversed(pairs[:-1]):
        found = p_from_statistic("r", r, [n - 2], p, relation, side=side)
        if found.consistent:
            told = f"{found.detail}, and {n} of up to {most} patients may have both values"
            return replace(found, detail=told)
    return replace(of_all, detail=f"{of_all.detail}; nor do fewer pairs than {most} give it")


def _on_side(statistic: Decimal, of_both: Ends, side: Alternative) -> list[Ends]:
    """The p-values on a side, of all statistics that the printed one is a rounding of."""
    low, high = of_both
    if side == "two-sided":
        return [of_both]
    up, half = Fraction(statistic) * (1 if side == "greater" else -1), unit_of(statistic) / 2
    on_side, opposite = (low / 2, high / 2), (1 - high / 2, 1 - low / 2)
    return [on_side] * (up + half > 0) + [opposite] * (up - half < 0)


def p_range(kind: Kind, statistic: Decimal, df: Sequence[float]) -> Ends:
    """The smallest and the largest p-value, two-sided but of F and chi2, of a printed statistic.

    Arguments and errors as in `p_from_statistic`.
    """
    _check_statistic(kind, statistic, df)
    size, half = abs(Fraction(statistic)), unit_of(statistic) / 2
    least = max(size - half, Fraction(0))
    return two_sided(kind, float(size + half), df), two_sided(kind, float(least), df)


def two_sided(kind: Kind, size: float, df: Sequence[float]) -> float:
    """p-value of a statistic of this size; the upper tail of F and chi2.

    It is in [0, 1], for a size of 0 or more, and degrees of freedom as in `p_from_statistic`.
    Tails of t, F and r are incomplete beta functions, that of chi2 is an incomplete gamma function
    (Abramowitz & Stegun 1964, 26.4.19, 26.6.2 and 26.7.1; for r, t = r root(df / (1 - r^2))).
    """
    match kind:
        case "t":
            return float(betainc(df[0] / 2, 0.5, df[0] / (df[0] + size * size)))
        case "z":
            return 2 * upper_normal_tail(size)
        case "F":
            return float(betainc(df[1] / 2, df[0] / 2, df[1] / (df[1] + df[0] * size)))
        case "chi2":
            return float(gammaincc(df[0] / 2, size / 2))
        case "r":
            return float(betainc(df[0] / 2, 0.5, max(0.0, (1 - size) * (1 + size))))


def agrees(relation: Relation, stated: Decimal, low: float, high: float) -> bool:
    """Whether a p-value from low to high can be printed so."""
    match relation:
        case "<":
            return low < stated
        case "<=":
            return low <= stated
        case ">":
            return high > stated
        case ">=":
            return high >= stated
    possible = possible_values(stated)
    return possible.low <= high and low <= possible.high


def _check_statistic(kind: Kind, statistic: Decimal, df: Sequence[float]) -> None:
    if not statistic.is_finite():
        raise NotComputable(f"{kind} = {statistic} is not a finite number")
    if len(df) != _DEGREES[kind] or not all(degrees > 0 for degrees in df):
        given = ", ".join(f"{degrees:g}" for degrees in df) or "none given"
        raise NotComputable(f"{_WITH_DEGREES[_DEGREES[kind]].format(kind)}; here: {given}")
    if kind == "r" and abs(statistic) > 1:
        raise NotComputable(f"a correlation is between -1 and 1, not {statistic}")
    if kind in {"F", "chi2"} and statistic < 0:
        raise NotComputable(f"{kind} is not negative")
