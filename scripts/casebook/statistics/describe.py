"""Describing a column of numbers: centre, spread and quantiles in every definition in use.

It describes the values it is given; which patients these are, and how many are missing, is for
the caller to say.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.terms import QuantileType
from casebook.statistics.values import FloatArray, finite_values

QUANTILE_NAMES: dict[QuantileType, str] = {
    kind: f"quantile type {kind}" for kind in get_args(QuantileType)
}
HINGES = "Tukey's hinges"
"""What the definitions of quantiles are called in results."""
_WHOLE_WITHIN = 1e-10


class Sample:
    """Numbers in one unit, checked and sorted once for all that is said of them.

    Every function here takes it in place of the values.

    Attributes:
        ordered: The values in ascending order, shape (n,), n >= 1.
        listed: The same as a list.

    Raises:
        NotComputable: No values, or one that is not finite.
    """

    __slots__ = ("listed", "ordered")

    def __init__(self, values: ArrayLike) -> None:
        self.ordered = np.sort(finite_values(values))
        self.listed: list[float] = self.ordered.tolist()


Values = ArrayLike | Sample


def mean(values: Values) -> float:
    """Arithmetic mean, summed without rounding error.

    Args:
        values: Numbers in one unit, shape (n,), n >= 1.

    Raises:
        NotComputable: No values, or one that is not finite.
    """
    numbers = values.listed if isinstance(values, Sample) else finite_values(values).tolist()
    return math.fsum(numbers) / len(numbers)


def sd(values: Values) -> float:
    """Sample standard deviation, with denominator n - 1.

    Args:
        values: Numbers in one unit, shape (n,), n >= 2.

    Raises:
        NotComputable: Fewer than 2 values, or one that is not finite.
    """
    given = values.ordered if isinstance(values, Sample) else values
    numbers = finite_values(given, at_least=2)
    deviations = numbers - math.fsum(numbers.tolist()) / numbers.size
    return math.sqrt(math.fsum(np.square(deviations).tolist()) / (numbers.size - 1))


def population_sd(values: Values) -> float:
    """Standard deviation with denominator n: of these values, not of a population they stand for.

    Arguments and errors as in `sd`, but for one value, whose deviation is 0.
    """
    n = len(_sample(values).listed)
    return sd(values) * math.sqrt((n - 1) / n) if n > 1 else 0.0


def standard_error(values: Values) -> float:
    """Standard error of the mean: the sample standard deviation over the root of n.

    Arguments and errors as in `sd`.
    """
    return sd(values) / math.sqrt(len(_sample(values).listed))


def minimum(values: Values) -> float:
    """Smallest value; raises NotComputable where there is none or one is not finite."""
    return _sample(values).listed[0]


def maximum(values: Values) -> float:
    """Largest value; raises NotComputable where there is none or one is not finite."""
    return _sample(values).listed[-1]


def median(values: Values) -> float:
    """Middle value, or the mean of the middle two.

    Args:
        values: Numbers in one unit, shape (n,), n >= 1.

    Raises:
        NotComputable: No values, or one that is not finite.
    """
    return median_of_ordered(_sample(values).ordered)


def median_of_ordered(ordered: FloatArray) -> float:
    """Median of finite values in ascending order, shape (n,), n >= 1."""
    half = ordered.size // 2
    low, high = float(ordered[(ordered.size - 1) // 2]), float(ordered[half])
    return low if low == high else low / 2 + high / 2


def tukey_hinges(values: Values) -> tuple[float, float]:
    """Lower and upper hinge: medians of the lower and upper half of the data.

    The median itself belongs to both halves when n is odd (Tukey 1977, Exploratory Data Analysis,
    section 2B); R's `fivenum` gives the same.

    Args:
        values: Numbers in one unit, shape (n,), n >= 1.

    Raises:
        NotComputable: No values, or one that is not finite.
    """
    ordered = _sample(values).ordered
    half = (ordered.size + 1) // 2
    return median_of_ordered(ordered[:half]), median_of_ordered(ordered[-half:])


def quantile(values: Values, probability: float, kind: QuantileType = 7) -> float:
    """Sample quantile in one of the nine definitions of Hyndman & Fan (1996).

    With j and g the whole and the fractional part of n p + m, it is (1 - w) x[j] + w x[j + 1] on
    the ordered values. m and w belong to the definition (Hyndman & Fan 1996, The American
    Statistician 50:361-365, definitions 1 to 9); 7 is what R, NumPy and Excel give by default, 6
    is SPSS and Minitab, 2 is SAS. An n p + m within 1e-10 of a whole number counts as whole: the
    0.07 quantile of 100 values is at 7, though 100 * 0.07 is 7.000000000000001 in floats.

    Args:
        values: Numbers in one unit, shape (n,), n >= 1.
        probability: Between 0 and 1.
        kind: Number of the definition.

    Raises:
        NotComputable: No values, or one that is not finite.
        ValueError: The probability is outside 0 to 1, or there is no such definition.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability is between 0 and 1, got {probability}")
    return _quantile(_sample(values).listed, probability, kind)


def interquartile_range(values: Values, kind: QuantileType = 7) -> float:
    """Width of the interquartile range: upper less lower quartile.

    Arguments and errors as in `quantile`.
    """
    sample = _sample(values)
    return quantile(sample, 0.75, kind) - quantile(sample, 0.25, kind)


def quartiles_by_definition(values: Values) -> dict[str, tuple[float, float]]:
    """Lower and upper quartile by each definition in use: the nine types, and Tukey's hinges.

    Args:
        values: Numbers in one unit, shape (n,), n >= 1.

    Raises:
        NotComputable: No values, or one that is not finite.
    """
    sample = _sample(values)
    quartiles = {
        method: (_quantile(sample.listed, 0.25, kind), _quantile(sample.listed, 0.75, kind))
        for kind, method in QUANTILE_NAMES.items()
    }
    return quartiles | {HINGES: tukey_hinges(sample)}


def _sample(values: Values) -> Sample:
    return values if isinstance(values, Sample) else Sample(values)


def _quantile(ordered: list[float], probability: float, kind: QuantileType) -> float:
    lower, upper, weight = _neighbours(len(ordered), probability, kind)
    low, high = ordered[lower], ordered[upper]
    return low if low == high else (1 - weight) * low + weight * high


@lru_cache(maxsize=1024)
def _neighbours(n: int, probability: float, kind: QuantileType) -> tuple[int, int, float]:
    """Places of the two values around a quantile of n ordered values, and the weight of the upper.

    Series of one size share them.
    """
    position = n * probability + _offset(kind, probability)
    whole = math.floor(position + _WHOLE_WITHIN)
    fraction = position - whole
    weight = _weight(kind, whole, 0.0 if abs(fraction) < _WHOLE_WITHIN else fraction)
    return min(max(whole, 1), n) - 1, min(max(whole + 1, 1), n) - 1, weight


def _offset(kind: QuantileType, probability: float) -> float:
    match kind:
        case 1 | 2 | 4:
            return 0.0
        case 3:
            return -0.5
        case 5:
            return 0.5
        case 6:
            return probability
        case 7:
            return 1 - probability
        case 8:
            return (probability + 1) / 3
        case 9:
            return probability / 4 + 3 / 8
    raise ValueError(f"quantile definitions are numbered 1 to 9, got {kind}")


def _weight(kind: QuantileType, whole: int, fraction: float) -> float:
    """How much of the upper of the two neighbouring values the quantile takes."""
    if kind > 3:
        return fraction
    at_a_value = {1: 0.0, 2: 0.5, 3: float(whole % 2)}
    return at_a_value[kind] if fraction == 0 else 1.0


@dataclass(frozen=True, slots=True)
class Summary:
    """A number that describes a column: an entry of `SUMMARIES` is all that makes one.

    Attributes:
        name: What results and readings of claims call it.
        label: What readers see it called.
        of: The number of these values; the definition of quantiles is for those that take one.
        turned: Which summary of the values is minus this one of the values with their signs
            changed; empty if that is no summary, as the signs make no difference.
        by_definition: Whether it hangs on the definition of quantiles.
    """

    name: str
    label: str
    of: Callable[[Values, QuantileType], float]
    turned: str = ""
    by_definition: bool = False


SUMMARIES = {
    each.name: each
    for each in (
        Summary("mean", "Mean", lambda values, _: mean(values), "mean"),
        Summary("sd", "Standard deviation", lambda values, _: sd(values)),
        Summary(
            "population_sd",
            "Standard deviation, n in the denominator",
            lambda values, _: population_sd(values),
        ),
        Summary("median", "Median", lambda values, _: median(values), "median"),
        Summary(
            "p25",
            "Lower quartile",
            lambda values, kind: quantile(values, 0.25, kind),
            "p75",
            by_definition=True,
        ),
        Summary(
            "p75",
            "Upper quartile",
            lambda values, kind: quantile(values, 0.75, kind),
            "p25",
            by_definition=True,
        ),
        Summary("min", "Smallest", lambda values, _: minimum(values), "max"),
        Summary("max", "Largest", lambda values, _: maximum(values), "min"),
    )
}
"""By name, in the order of the results."""
_BESIDE_RESULTS = {
    each.name: each
    for each in (
        Summary("se", "Standard error of the mean", lambda values, _: standard_error(values)),
        Summary("iqr", "Width of the interquartile range", interquartile_range, by_definition=True),
    )
}
BESIDE_RESULTS = tuple(_BESIDE_RESULTS)
"""The names of further summaries, which papers print and results do not have."""
_PERCENTILE = re.compile(r"p(\d+(?:\.\d+)?)")


def percent_of_name(name: str) -> float | None:
    """The percent below a percentile, by the percentile's name, as in p25 or p2.5; None of others.

    Between 0 and 100, both excluded.
    """
    percent = float(match[1]) if (match := _PERCENTILE.fullmatch(name)) else 0
    return percent if 0 < percent < 100 else None


def summary(name: str) -> Summary:
    """A summary by its name, whether the results have it or not; raises KeyError without one."""
    percent = percent_of_name(name)
    if name in SUMMARIES or percent is None:
        return {**SUMMARIES, **_BESIDE_RESULTS}[name]

    def of(values: Values, kind: QuantileType) -> float:
        return quantile(values, percent / 100, kind)

    return Summary(name, f"Percentile {percent:g}", of, by_definition=True)
