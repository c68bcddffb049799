"""Whether printed summary numbers can come from any data at all, without the data.

Means, SDs, percentages and p-values are taken as printed: a `Decimal` whose decimals count, which
stands for every number that it is a rounding of. Arithmetic on them is in whole numbers and
fractions, with no tolerance; only p-values go through floats. It reads no paper, and does not say
how a number came to be wrong: n may have been another, or the values not whole numbers.
"""

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, cast

from scipy.special import betainc, gammaincc

from casebook.statistics.sums_of_squares import exist, exist_up_to, least, most
from casebook.statistics.tails import upper_normal_tail
from casebook.statistics.terms import NotComputable

Rounding = Literal["nearest", "truncated"]
"""How a number was printed. "nearest" takes in half-up and half-even: a value halfway between two
printed numbers may have gone either way. "truncated" cuts the further decimals off."""

Kind = Literal["t", "z", "F", "chi2", "r"]

_MOST_SEARCHED = 1000
"""Up to how many numbers on a scale the gaps between possible sums of squares are searched for."""

_DEGREES: dict[Kind, int] = {"t": 1, "z": 0, "F": 2, "chi2": 1, "r": 1}

Relation = Literal["=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Consistency:
    """What a check of printed numbers found.

    Attributes:
        consistent: Whether some data give what is printed.
        informative: Whether the check could have failed. It could not where at this n every number
            of this size with these decimals is possible.
        detail: What was found, in words for a reader.
        nearest: Where it is not consistent, the nearest possible numbers below and above (one where
            there is no other), with the decimals of the printed one; empty for p-values.
    """

    consistent: bool
    informative: bool
    detail: str
    nearest: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from `low` to `high`; an end that is open does not belong to them."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def moved(self, factor: Fraction | int, offset: Fraction | int = 0) -> "Interval":
        """The interval of factor * x + offset, for a positive factor."""
        low, high = factor * self.low + offset, factor * self.high + offset
        return Interval(low, high, self.low_open, self.high_open)

    def squared(self) -> "Interval":
        """The squares of the numbers in it that are not negative."""
        low = max(self.low, Fraction(0))
        return Interval(low**2, self.high**2, self.low_open and low == self.low, self.high_open)

    def whole(self) -> range:
        """The whole numbers in it."""
        first = math.floor(self.low) + 1 if self.low_open else math.ceil(self.low)
        end = math.ceil(self.high) if self.high_open else math.floor(self.high) + 1
        return range(first, max(first, end))

    def holds(self, value: Fraction) -> bool:
        """Whether a number belongs to it."""
        above = value > self.low if self.low_open else value >= self.low
        return above and (value < self.high if self.high_open else value <= self.high)


def possible_values(printed: Decimal, rounding: Rounding = "nearest") -> Interval:
    """Every number that can have been printed like this.

    To the nearest, it is half a unit of the last decimal either way, with both ends. Truncated, it
    is up to the next unit away from 0; what is printed as 0 was then less than a unit from it.

    Raises:
        NotComputable: It is infinite or not a number.
    """
    unit, value = _unit(printed), Fraction(printed)
    if rounding == "nearest":
        return Interval(value - unit / 2, value + unit / 2)
    low = value - unit if value <= 0 else value
    high = value + unit if value >= 0 else value
    return Interval(low, high, low_open=value <= 0, high_open=value >= 0)


def grim(mean: Decimal, n: int, items: int = 1, *, rounding: Rounding = "nearest") -> Consistency:
    """Whether n whole numbers can have the printed mean (Brown & Heathers 2017, SPPS 8:363-369).

    Their sum is a whole number, so the mean is a whole number of n-ths; that of scores which are
    averages of several items, a whole number of (n items)-ths. From n items >= 10^decimals on every
    mean is possible. As a value halfway may go either way, it is at 80 and 96 with 2 decimals too.

    Args:
        mean: As printed, in the unit of the values.
        n: Number of patients.
        items: Number of items that one patient's score is the average of.
        rounding: How the mean was printed.

    Raises:
        NotComputable: There are no patients or no items, or the mean is not finite.
    """
    _check(n, items)
    steps = n * items
    informative = not _all_possible(steps * _unit(mean), rounding)
    numbers = _numbers(n, items)
    if possible_values(mean, rounding).moved(steps).whole():
        note = "" if informative else ", as every mean with these decimals is possible"
        return Consistency(True, informative, f"{numbers} can have a mean of {mean}{note}")
    below = math.floor(Fraction(mean) * steps)
    nearest = tuple(_rounded(Fraction(k, steps), mean, rounding) for k in (below, below + 1))
    detail = f"no {numbers} have a mean of {mean}; the nearest are {nearest[0]} and {nearest[1]}"
    return Consistency(False, informative, detail, nearest)


def grimmer(
    mean: Decimal,
    sd: Decimal,
    n: int,
    items: int = 1,
    *,
    scale: tuple[int, int] | None = None,
    rounding: Rounding = "nearest",
) -> Consistency:
    """Whether n whole numbers can have the printed mean and SD together.

    There must be a sum and a sum of squares, both whole, either both odd or both even (GRIMMER:
    Anaya 2016, PeerJ Preprints 4:e2400; analytic: Allard 2018), looked for at every sum that the
    mean allows. This is necessary, not enough: the sum of squares is also at least that of values
    as equal as possible, on a scale at most that of values at its ends, and between those there are
    gaps: of 562 that are left for 6 numbers from 0 to 6, 88 do not exist. Here it has to belong to
    actual numbers, so "consistent" means that there is a sample (on a scale, up to 1,000 patients;
    with more, gaps close to the largest SD are not looked for).

    Args:
        mean: As printed, in the unit of the values.
        sd: As printed; the sample SD, with denominator n - 1.
        n: Number of patients, at least 2.
        items: Number of items that one patient's score is the average of.
        scale: Lowest and highest value of an item (of the score, if it is not an average).
        rounding: How mean and SD were printed.

    Raises:
        NotComputable: There are fewer than 2 patients or no items, the SD is negative, or a number
            is not finite.
        ValueError: The scale ends below where it begins.
    """
    _check_sd(sd, n)
    scores = _Scores(n, items, scale)
    found = grim(mean, n, items, rounding=rounding)
    if not found.consistent:
        return found
    sums = scores.sums(possible_values(mean, rounding))
    if not sums:
        return Consistency(False, True, f"no {scores} have a mean of {mean}")
    variances = possible_values(sd, rounding).squared()
    windows = {total: scores.window(total, variances) for total in sums}
    if not any(scores.has_one_in(total, window) for total, window in windows.items()):
        return _impossible_sd(scores, windows, mean, sd, rounding)
    # A window of two holds a sum of squares of either parity
    wide = (variances.high - variances.low) * (n - 1) * items**2 >= 2
    informative = found.informative or n < 5 or not wide
    return Consistency(True, informative, f"{scores} can have a mean of {mean} and an SD of {sd}")


def debit(mean: Decimal, sd: Decimal, n: int, *, rounding: Rounding = "nearest") -> Consistency:
    """Whether n values of 0 and 1 can have the printed mean and SD together.

    With k ones the mean is k / n and the SD the root of k (n - k) / (n (n - 1)) (DEBIT: Heathers &
    Brown 2019, osf.io/5vb3u). Some k must give both as printed, which is stricter than asking
    whether some mean and SD that were printed so satisfy the formula.

    Args:
        mean: As printed: the share of ones, from 0 to 1.
        sd: As printed; the sample SD, with denominator n - 1.
        n: Number of values, at least 2.
        rounding: How mean and SD were printed.

    Raises:
        NotComputable: There are fewer than 2 values, the mean is not between 0 and 1, the SD is
            negative, or a number is not finite.
    """
    _check_sd(sd, n)
    _check_within(mean, 1, "a mean of values of 0 and 1")
    found = grim(mean, n, rounding=rounding)
    if not found.consistent:
        return found
    ones = _Scores(n, 1, (0, 1)).sums(possible_values(mean, rounding))
    variances = [Fraction(k * (n - k), n * (n - 1)) for k in ones]
    allowed = possible_values(sd, rounding).squared()
    values = f"{n} values of 0 and 1 with a mean of {mean}"
    if any(allowed.holds(variance) for variance in variances):
        return Consistency(True, True, f"{values} can have an SD of {sd}")
    below = [variance for variance in variances if variance < Fraction(sd) ** 2]
    above = [variance for variance in variances if variance > Fraction(sd) ** 2]
    nearest = _nearest_sds(below, above, sd, rounding)
    possible = " and ".join(f"{value}" for value in nearest)
    return Consistency(False, True, f"no {values} have an SD of {sd}, but {possible}", nearest)


def percent_of(
    percent: Decimal, count: int, n: int, *, rounding: Rounding = "nearest"
) -> Consistency:
    """Whether a count of n is the printed percentage.

    One that was cut off instead of rounded is consistent only if `rounding` says so, but the detail
    names it.

    Args:
        percent: As printed, from 0 to 100.
        count: Number of patients who have it.
        n: Number of patients.
        rounding: How the percentage was printed.

    Raises:
        NotComputable: There are no patients, the count is not between 0 and n, or the percentage
            not between 0 and 100.
    """
    _check_within(percent, 100, "a percentage")
    _check(n)
    if not 0 <= count <= n:
        raise NotComputable(f"a count of {count} is not between 0 and n = {n}")
    share = Fraction(100 * count, n)
    if possible_values(percent, rounding).holds(share):
        return Consistency(True, True, f"{count} of {n} is {percent}%")
    right = _rounded(share, percent, rounding)
    detail = f"{count} of {n} is {right}%, not {percent}%"
    if possible_values(percent, "truncated").holds(share):
        detail += ", which is cut off and not rounded"
    return Consistency(False, True, detail, (right,))


def percent_possible(percent: Decimal, n: int, *, rounding: Rounding = "nearest") -> Consistency:
    """Whether any count of n patients is the printed percentage; the detail names the counts.

    Arguments and errors as in `percent_of`.
    """
    counts = possible_counts(percent, n, rounding=rounding)
    informative = not _all_possible(n * _unit(percent) / 100, rounding)
    if counts:
        ends = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
        return Consistency(True, informative, f"{ends} of {n} is {percent}%")
    below = math.floor(Fraction(percent) * n / 100)
    shares = {k: _rounded(Fraction(100 * k, n), percent, rounding) for k in (below, below + 1)}
    named = " and ".join(f"{share}% ({k})" for k, share in shares.items())
    detail = f"no count of {n} is {percent}%; the nearest are {named}"
    return Consistency(False, informative, detail, tuple(shares.values()))


def possible_counts(percent: Decimal, n: int, *, rounding: Rounding = "nearest") -> range:
    """The counts of n patients that are the printed percentage.

    Arguments and errors as in `percent_of`.
    """
    _check_within(percent, 100, "a percentage")
    _check(n)
    counts = possible_values(percent, rounding).moved(Fraction(n, 100)).whole()
    return _common(counts, range(n + 1))


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
    _check_within(p, 1, "a p-value")
    _check_statistic(kind, statistic, df, one_sided)
    size, half = abs(Fraction(statistic)), _unit(statistic) / 2
    high = _two_sided(kind, float(max(size - half, Fraction(0))), df)
    low = _two_sided(kind, float(size + half), df)
    ranges = {False: [(low, high)], True: [(low / 2, high / 2), (1 - high / 2, 1 - low / 2)]}
    fits = {sided: any(_agrees(relation, p, *ends) for ends in ranges[sided]) for sided in ranges}
    name = f"{kind}({', '.join(f'{degrees:g}' for degrees in df)})" if df else kind
    ends = " to ".join(dict.fromkeys(f"{end:.3g}" for end in ranges[one_sided][0]))
    detail = f"{name} = {statistic} gives p = {ends}"
    told = f"{relation.removeprefix('=')}{p:f}"
    if fits[one_sided]:
        return Consistency(True, True, f"{detail}; printed is {told}")
    detail += f", not {told}"
    if kind in {"t", "z", "r"} and fits[not one_sided]:
        detail += f", which fits a {'two' if one_sided else 'one'}-sided test"
    return Consistency(False, True, detail)


@dataclass(frozen=True, slots=True)
class _Scores:
    """n scores: whole numbers, or averages of `items` of them, on a scale or without bounds.

    Its sums and sums of squares are those of the n whole numbers score * items.
    """

    n: int
    items: int
    scale: tuple[int, int] | None

    def __post_init__(self) -> None:
        if self.scale is not None and self.scale[0] > self.scale[1]:
            raise ValueError(f"a scale from {self.scale[0]} to {self.scale[1]} has no values")

    def __str__(self) -> str:
        ends = "" if self.scale is None else f" from {self.scale[0]} to {self.scale[1]}"
        return _numbers(self.n, self.items) + ends

    def sums(self, means: Interval) -> range:
        """The sums that give one of these means."""
        sums = means.moved(self.n * self.items).whole()
        if self.scale is None:
            return sums
        low, high = (self.n * self.items * end for end in self.scale)
        return _common(sums, range(low, high + 1))

    def window(self, total: int, variances: Interval) -> range:
        """The whole numbers that as a sum of squares give one of these variances."""
        factor = (self.n - 1) * self.items**2
        return variances.moved(factor, Fraction(total**2, self.n)).whole()

    def variance(self, total: int, squares: int) -> Fraction:
        """Sample variance of the scores."""
        return Fraction(self.n * squares - total**2, self.n * (self.n - 1) * self.items**2)

    def has_one_in(self, total: int, window: range) -> bool:
        """Whether the scores can have this sum and a sum of squares in the window."""
        found = itertools.takewhile(lambda q: q < window.stop, self._from(total, window.start))
        return self._first(total, found) is not None

    def beside(self, total: int, window: range) -> tuple[int | None, int | None]:
        """The nearest possible sums of squares below and above the window."""
        low, high = least(self.n, total), self._most(total)
        top = window.start - 1 if high is None else min(window.start - 1, high)
        down = range(top - (top - total) % 2, low - 1, -2)
        return self._first(total, down), self._first(total, self._from(total, window.stop))

    def _from(self, total: int, bound: int) -> Iterator[int]:
        """What may be a sum of squares, by size and parity, from the bound up."""
        start, high = max(bound, least(self.n, total)), self._most(total)
        start += (start - total) % 2
        return itertools.count(start, 2) if high is None else iter(range(start, high + 1, 2))

    def _first(self, total: int, squares: Iterable[int]) -> int | None:
        return next((q for q in squares if self._exist(total, q)), None)

    def _most(self, total: int) -> int | None:
        if self.scale is None:
            return None
        low, high = (end * self.items for end in self.scale)
        squares = most(total - self.n * low, high - low)
        return squares + 2 * low * total - self.n * low**2

    def _exist(self, total: int, squares: int) -> bool:
        if self.scale is None:
            return exist(self.n, total, squares)
        if self.n > _MOST_SEARCHED:
            return True
        low, high = (end * self.items for end in self.scale)
        moved = squares - 2 * low * total + self.n * low**2
        return exist_up_to(high - low, self.n, total - self.n * low, moved)


def _impossible_sd(
    scores: _Scores, windows: dict[int, range], mean: Decimal, sd: Decimal, rounding: Rounding
) -> Consistency:
    sides: tuple[list[Fraction], list[Fraction]] = ([], [])
    for total, window in windows.items():
        for side, squares in zip(sides, scores.beside(total, window), strict=True):
            if squares is not None:
                side.append(scores.variance(total, squares))
    nearest = _nearest_sds(*sides, sd, rounding)
    said = f"no {scores} with a mean of {mean} have an SD of {sd}: "
    if not sides[0]:
        return Consistency(False, True, f"{said}it is at least {nearest[0]}", nearest)
    if not sides[1]:
        return Consistency(False, True, f"{said}it is at most {nearest[0]}", nearest)
    if not any(windows.values()):
        reason = "no whole number is their sum of squares"
    elif not any((q - total) % 2 == 0 for total, window in windows.items() for q in window[:2]):
        reason = "of their sum and sum of squares one would be odd and one even"
    else:
        reason = "no numbers have such a sum and sum of squares"
    possible = f"; the nearest SDs are {nearest[0]} and {nearest[1]}"
    return Consistency(False, True, said + reason + possible, nearest)


def _nearest_sds(
    below: list[Fraction], above: list[Fraction], sd: Decimal, rounding: Rounding
) -> tuple[Decimal, ...]:
    """The nearest variances on either side as SDs, printed like this one."""
    nearest = [*([max(below)] if below else []), *([min(above)] if above else [])]
    return tuple(_rounded_root(variance, sd, rounding) for variance in nearest)


def _unit(printed: Decimal) -> Fraction:
    """One unit of the last decimal."""
    if not printed.is_finite():
        raise NotComputable(f"{printed} is not a finite number")
    return Fraction(10) ** cast("int", printed.as_tuple().exponent)


def _rounded(value: Fraction, like: Decimal, rounding: Rounding) -> Decimal:
    """Printed with the decimals of another number, halves towards that."""
    units = value / _unit(like)
    if rounding == "truncated":
        return _of_units(math.trunc(units), like)
    half = Fraction(1, 2)
    return _of_units(math.ceil(units - half) if value > like else math.floor(units + half), like)


def _rounded_root(square: Fraction, like: Decimal, rounding: Rounding) -> Decimal:
    """The root of a number printed with the decimals of another, halves towards that."""
    half_units = 4 * square / _unit(like) ** 2
    down = math.isqrt(math.floor(half_units))
    if rounding == "truncated":
        return _of_units(down // 2, like)
    if square < Fraction(like) ** 2:
        return _of_units((down + 1) // 2, like)
    return _of_units((math.isqrt(math.ceil(half_units) - 1) + 1) // 2, like)


def _of_units(units: int, like: Decimal) -> Decimal:
    digits = tuple(int(digit) for digit in str(abs(units)))
    return Decimal((int(units < 0), digits, cast("int", like.as_tuple().exponent)))


def _all_possible(steps: Fraction, rounding: Rounding) -> bool:
    """Whether every printed number has a possible value, with so many of them to a printed unit.

    With a / b of them in lowest terms, printed numbers lie up to floor(b / 2) / a of a printed unit
    from the nearest possible value, and half of one is allowed.
    """
    a, b = steps.as_integer_ratio()
    return a >= 2 * (b // 2) if rounding == "nearest" else a >= b


def _common(first: range, second: range) -> range:
    start = max(first.start, second.start)
    return range(start, max(start, min(first.stop, second.stop)))


def _numbers(n: int, items: int) -> str:
    return f"{n} whole numbers" if items == 1 else f"{n} averages of {items} whole numbers"


def _two_sided(kind: Kind, size: float, df: Sequence[float]) -> float:
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


def _agrees(relation: Relation, stated: Decimal, low: float, high: float) -> bool:
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


def _check(n: int, items: int = 1) -> None:
    if n < 1:
        raise NotComputable(f"there are no patients (n = {n})")
    if items < 1:
        raise NotComputable(f"a score has at least one item, not {items}")


def _check_sd(sd: Decimal, n: int) -> None:
    if n < 2:
        raise NotComputable(f"an SD needs at least 2 values, not {n}")
    if not sd.is_finite() or sd < 0:
        raise NotComputable(f"an SD is a finite number and not negative, not {sd}")


def _check_within(value: Decimal, most: int, what: str) -> None:
    if not value.is_finite() or not 0 <= value <= most:
        raise NotComputable(f"{what} is between 0 and {most}, not {value}")


def _check_statistic(kind: Kind, statistic: Decimal, df: Sequence[float], one_sided: bool) -> None:
    if not statistic.is_finite():
        raise NotComputable(f"{kind} = {statistic} is not a finite number")
    if len(df) != _DEGREES[kind] or not all(degrees > 0 for degrees in df):
        needed = _DEGREES[kind]
        raise NotComputable(f"{kind} has {needed} degrees of freedom, positive, not {list(df)}")
    if kind == "r" and abs(statistic) > 1:
        raise NotComputable(f"a correlation is between -1 and 1, not {statistic}")
    if kind in {"F", "chi2"} and (statistic < 0 or one_sided):
        raise NotComputable(f"{kind} is not negative, and has only its upper tail")
