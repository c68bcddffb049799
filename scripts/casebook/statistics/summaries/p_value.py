"""Whether a printed p-value can be that of a printed test statistic; it goes through floats."""

from collections.abc import Sequence
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
from casebook.statistics.terms import NotComputable

Kind = Literal["t", "z", "F", "chi2", "r"]

Relation = Literal["=", "<", "<=", ">", ">="]

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
    one_sided: bool = False,
) -> Consistency:
    """Whether the printed p-value is that of the printed test statistic.

    The statistic stands for every value that it is a rounding of, which gives a range of p-values.
    One of them must be the printed p or, where that has a sign, be below or above it (statcheck:
    Nuijten et al. 2016, Behav Res Methods 48:1205-1226). Of F and chi2 it is the upper tail. Where
    only the other number of sides fits, the detail says so.

    Args:
        kind: Which statistic; "r" is a correlation, with n - 2 degrees of freedom for n pairs.
        statistic: As printed; its sign does not matter.
        df: Degrees of freedom: two for F, none for z, one for the others.
        p: As printed.
        relation: The sign that is printed before it, as in p < 0.001.
        one_sided: Whether the test was one-sided, in whichever direction.

    Raises:
        NotComputable: The p-value is not between 0 and 1, the statistic is not finite, F or chi2 is
            negative or one-sided, r is beyond 1, or the degrees of freedom are not positive or not
            as many as the statistic has.
    """
    check_within(p, 1, "a p-value")
    if one_sided and kind in {"F", "chi2"}:
        raise NotComputable(f"{kind} has only its upper tail")
    low, high = p_range(kind, statistic, df)
    ranges = {False: [(low, high)], True: [(low / 2, high / 2), (1 - high / 2, 1 - low / 2)]}
    fits = {sided: any(agrees(relation, p, *ends) for ends in ranges[sided]) for sided in ranges}
    name = f"{kind}({', '.join(f'{degrees:g}' for degrees in df)})" if df else kind
    ends = " to ".join(dict.fromkeys(f"{end:.3g}" for end in ranges[one_sided][0]))
    detail = f"{name} = {statistic} gives p = {ends}"
    told = f"{relation.removeprefix('=')}{p:f}"
    if fits[one_sided]:
        return Consistency(True, True, f"{detail}; the paper prints {told}")
    detail += f", not {told}"
    if kind in {"t", "z", "r"} and fits[not one_sided]:
        detail += f", which fits a {'two' if one_sided else 'one'}-sided test"
    return Consistency(False, True, detail)


def p_range(kind: Kind, statistic: Decimal, df: Sequence[float]) -> tuple[float, float]:
    """The smallest and the largest p-value, two-sided but of F and chi2, of a printed statistic.

    Arguments and errors as in `p_from_statistic`.
    """
    _check_statistic(kind, statistic, df)
    size, half = abs(Fraction(statistic)), unit_of(statistic) / 2
    least = max(size - half, Fraction(0))
    return two_sided(kind, float(size + half), df), two_sided(kind, float(least), df)


def two_sided(kind: Kind, size: float, df: Sequence[float]) -> float:
    """p-value of a statistic of this size; the upper tail of F and chi2.

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
