"""Whether a printed t or p can be that of the printed means, SDs and sizes of groups.

Means and SDs stand for all that they are roundings of, so that t and p are intervals. Of pairs the
mean and SD of the differences are needed: those of both visits leave open how they go together.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from casebook.statistics.effect_sizes import Correction, correction
from casebook.statistics.summaries.interval import (
    Consistency,
    Interval,
    check_sd,
    check_within,
    possible_values,
)
from casebook.statistics.summaries.p_value import Relation, agrees, two_sided
from casebook.statistics.terms import Alternative

Ends = tuple[float, float]
EITHER: frozenset[Alternative] = frozenset(("greater", "less"))
"""Where it is not known which of two values is greater."""


@dataclass(frozen=True, slots=True)
class Group:
    """What is printed of a group of patients, or of the differences within pairs.

    Raises:
        NotComputable: there are fewer than 2 values, the SD is negative, or a number is not finite.
    """

    mean: Decimal
    sd: Decimal
    n: int

    def __post_init__(self) -> None:
        check_sd(self.sd, self.n)

    @property
    def variances(self) -> Ends:
        """The smallest and the largest variance that the SD can be the root of."""
        allowed = possible_values(self.sd).squared()
        return float(allowed.low), float(allowed.high)


@dataclass(frozen=True, slots=True)
class GroupByError(Group):
    """The same where `sd` is not the SD but the standard error of the mean, SD / root(n)."""

    @property
    def variances(self) -> Ends:
        """The smallest and the largest variance that the standard error can come from."""
        allowed = possible_values(self.sd).squared().moved(self.n)
        return float(allowed.low), float(allowed.high)


@dataclass(frozen=True, slots=True)
class TTest:
    """A test by what it can be: its name, the size of its t, its degrees of freedom, its p-value.

    Each is from the first to the second number. The p-values of Welch's test are bounds: its
    degrees of freedom and its t hang on the same SDs, which are taken apart here. `sides` has what
    the second group can be: greater than the first, or less.
    """

    name: str
    t: Ends
    df: Ends
    sides: frozenset[Alternative] = EITHER

    @property
    def p(self) -> Ends:
        """The smallest and the largest two-sided p-value."""
        return two_sided("t", self.t[1], [self.df[1]]), two_sided("t", self.t[0], [self.df[0]])

    def p_against(self, side: Alternative) -> list[Ends]:
        """The p-values that are possible with this alternative: one range, or one of each side."""
        low, high = self.p
        if side == "two-sided":
            return [(low, high)]
        on_side, opposite = (low / 2, high / 2), (1 - high / 2, 1 - low / 2)
        return [on_side] * (side in self.sides) + [opposite] * bool(self.sides - {side})

    def told(self, side: Alternative = "two-sided") -> str:
        """The test with its p-values with this alternative, in words."""
        p = " or ".join(map(_ends, self.p_against(side)))
        sided = "p" if side == "two-sided" else "one-sided p"
        return f"{self.name} t({_ends(self.df)}) = {_ends(self.t)}, {sided} = {p}"

    def has(self, p: Decimal, relation: Relation, side: Alternative) -> bool:
        """Whether a p-value can be that of the test with this alternative."""
        return any(agrees(relation, p, *ends) for ends in self.p_against(side))


def compared_groups(first: Group, second: Group) -> tuple[TTest, TTest]:
    """Student's test and Welch's of two independent groups, by their means and SDs in one unit.

    Student's pools the variances (Student 1908); the degrees of freedom of Welch's are those of
    Satterthwaite (Welch 1947, Biometrika 34:28-35).

    Returns:
        Student's and Welch's, in this order.
    """
    apart_by = _difference(first, second)
    difference = _sizes(apart_by)
    sides = _sides(apart_by)
    boxes = list(product(first.variances, second.variances))
    df = first.n + second.n - 2
    sizes = (1 / first.n + 1 / second.n) / df
    pooled = [((first.n - 1) * a + (second.n - 1) * b) * sizes for a, b in boxes]
    parts = [(a / first.n, b / second.n) for a, b in boxes]
    apart = [_welch_df(a, b, first.n, second.n) for a, b in parts]
    # Welch's degrees of freedom are most, those of Student, where the parts are as n - 1 is.
    shares = [a * (second.n - 1) - b * (first.n - 1) for a, b in parts]
    most = float(df) if min(shares) <= 0 <= max(shares) else max(apart)
    return (
        TTest("Student's", _t(difference, pooled), (df, df), sides),
        TTest(
            "Welch's",
            _t(difference, [a + b for a, b in parts]),
            (min(apart), most),
            sides,
        ),
    )


def compared_pairs(differences: Group) -> TTest:
    """The paired t-test, t = mean / (SD / root(n)), by the mean and SD of differences in pairs."""
    return _of_one_group("paired", differences, possible_values(differences.mean))


def compared_with(number: Decimal, group: Group) -> TTest:
    """The one-sample t-test of values against a number in their unit, by their mean and SD.

    Raises:
        NotComputable: The mean is not finite.
    """
    above = possible_values(group.mean).moved(1, -Fraction(number))
    return replace(_of_one_group("one-sample", group, above), sides=_sides(above))


def _of_one_group(name: str, group: Group, mean: Interval) -> TTest:
    squares = [variance / group.n for variance in group.variances]
    return TTest(name, _t(_sizes(mean), squares), (group.n - 1, group.n - 1))


def t_fits(tests: Sequence[TTest], printed: Decimal) -> Consistency:
    """Whether one of the tests has the printed t; its sign does not matter.

    Raises:
        NotComputable: t is not finite.
    """
    size = possible_values(abs(printed))
    fits = [
        test for test in tests if float(size.low) <= test.t[1] and test.t[0] <= float(size.high)
    ]
    return _found(tests, fits, f"t = {printed}")


def p_fits(
    tests: Sequence[TTest],
    p: Decimal,
    relation: Relation = "=",
    side: Alternative = "two-sided",
) -> Consistency:
    """Whether one of the tests has the printed p-value with this alternative.

    Where only a one-sided test has one that is printed as two-sided, in whichever direction, or the
    reverse, the detail says so.

    Raises:
        NotComputable: p is not between 0 and 1.
    """
    check_within(p, 1, "a p-value")
    fits = [test for test in tests if test.has(p, relation, side)]
    found = _found(tests, fits, f"p {relation} {p:f}", side)
    is_one_sided = side != "two-sided"
    others: Sequence[Alternative] = ("two-sided",) if is_one_sided else ("greater", "less")
    if found.consistent or not any(
        test.has(p, relation, other) for test in tests for other in others
    ):
        return found
    sides = "a two-sided" if is_one_sided else "a one-sided"
    return Consistency(False, True, f"{found.detail}, which fits {sides} test")


def d_of_groups(first: Group, second: Group) -> dict[str, Ends]:
    """The size that Cohen's d of two groups can have, by each SD to divide by.

    The ways are those of `effect_sizes.cohens_d` and `cohens_d_of_all`, and of
    `group_shift.standardised_mean_difference`.
    """
    difference, n = _sizes(_difference(first, second)), first.n + second.n
    boxes = list(product(first.variances, second.variances))
    squares = [(first.n - 1) * a + (second.n - 1) * b for a, b in boxes]
    return {
        "pooled SD": _t(difference, [each / (n - 2) for each in squares]),
        "root of the mean variance": _t(difference, [(a + b) / 2 for a, b in boxes]),
        "pooled SD with n in the denominator": _t(difference, [each / n for each in squares]),
    }


def g_of_groups(first: Group, second: Group) -> dict[str, Ends]:
    """The size that Hedges' g of two groups can have, by both corrections of its bias.

    Raises:
        NotComputable: There are fewer than 4 values together.
    """
    low, high = d_of_groups(first, second)["pooled SD"]
    kinds: tuple[Correction, ...] = ("exact", "approximate")
    factors = {kind: correction(first.n + second.n - 2, kind) for kind in kinds}
    return {f"{kind} correction": (low * by, high * by) for kind, by in factors.items()}


def size_fits(name: str, sizes: Mapping[str, Ends], printed: Decimal) -> Consistency:
    """Whether an effect size can have the printed value; its sign does not matter.

    Args:
        name: What it is called.
        sizes: What its size can be, by each way to compute it.
        printed: What is printed.

    Raises:
        NotComputable: The printed value is not finite.
    """
    size = possible_values(abs(printed))
    fits = {
        way: ends
        for way, ends in sizes.items()
        if float(size.low) <= ends[1] and ends[0] <= float(size.high)
    }
    told = " or ".join(f"{_ends(ends)} ({way})" for way, ends in (fits or sizes).items())
    joined = "; the paper prints" if fits else ", not"
    return Consistency(bool(fits), True, f"{name} = {told}{joined} {printed}")


def _found(
    tests: Sequence[TTest],
    fits: Sequence[TTest],
    printed: str,
    side: Alternative = "two-sided",
) -> Consistency:
    told = " or ".join(test.told(side) for test in fits or tests)
    if fits:
        return Consistency(True, True, f"{told}; the paper prints {printed}")
    return Consistency(False, True, f"{told}, not {printed}")


def _difference(first: Group, second: Group) -> Interval:
    """What the mean of the second group can be above that of the first."""
    one, other = possible_values(first.mean), possible_values(second.mean)
    return Interval(other.low - one.high, other.high - one.low)


def _sides(values: Interval) -> frozenset[Alternative]:
    """On which side of 0 they can be."""
    without: set[Alternative] = {"greater"} if values.high < 0 else set()
    return EITHER - without - ({"less"} if values.low > 0 else set())


def _sizes(values: Interval) -> tuple[float, float]:
    """The smallest and the largest distance from 0."""
    sizes = sorted((abs(values.low), abs(values.high)))
    return (0.0 if values.low <= 0 <= values.high else float(sizes[0])), float(sizes[1])


def _t(difference: Ends, squared_errors: Sequence[float]) -> Ends:
    """The smallest and the largest t; 0 / 0 counts as 0, and as any number."""
    low, high = min(squared_errors), max(squared_errors)
    least = difference[0] / math.sqrt(high) if high else math.inf if difference[0] else 0.0
    return least, difference[1] / math.sqrt(low) if low else math.inf


def _welch_df(a: float, b: float, n: int, m: int) -> float:
    """Degrees of freedom of Welch's test (Welch 1947) by the squared standard errors."""
    if not a + b:
        return float(min(n, m) - 1)
    return (a + b) ** 2 / (a**2 / (n - 1) + b**2 / (m - 1))


def _ends(ends: Ends) -> str:
    return " to ".join(dict.fromkeys(f"{end:.3g}" for end in ends))
