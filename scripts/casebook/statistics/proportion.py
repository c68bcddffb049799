"""Counts out of n with their intervals, and who counts as a responder.

Where a threshold comes from in the literature is for the study to say.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from casebook.statistics.change import check_pair, percent_base
from casebook.statistics.digits import decimal, margin
from casebook.statistics.distributions import beta_quantile
from casebook.statistics.estimate import Better
from casebook.statistics.tails import check_level, half_outside, upper_normal_quantile
from casebook.statistics.terms import NotComputable
from casebook.statistics.values import FloatArray, whole_pairs

_LARGEST_WHOLE = 2**62


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of patients with its confidence interval; `level` is the level asked for."""

    value: float
    low: float
    high: float
    level: float
    count: int
    n: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much improvement makes a responder.

    Attributes:
        size: The least improvement, in the unit of the outcome or in percent of baseline.
        unit: "absolute" or "percent".
        better: Which direction of the outcome is an improvement.
    """

    size: float
    unit: Literal["absolute", "percent"]
    better: Better


@dataclass(frozen=True, slots=True)
class Response:
    """Whether one patient responded; `responder` is None where `reason` says why not evaluable."""

    responder: bool | None
    reason: str = ""


_RESPONDED, _DID_NOT_RESPOND = Response(True), Response(False)


def wilson(count: int, n: int, *, level: float = 0.95) -> Proportion:
    """Proportion with Wilson's score interval, without continuity correction.

    It covers near its level on average, at some true values a little less (Wilson 1927, JASA
    22:209-212; recommended for small n by Brown, Cai & DasGupta 2001, Statistical Science 16).

    Args:
        count: Number of patients who have it.
        n: Number of evaluable patients.
        level: Between 0 and 1.

    Raises:
        NotComputable: There are no patients.
        ValueError: The count is not between 0 and n, or the level not between 0 and 1.
    """
    check_count(count, n)
    z = upper_normal_quantile(half_outside(level))
    share, weight = count / n, z * z / n
    centre = (share + weight / 2) / (1 + weight)
    margin = z / (1 + weight) * math.sqrt(share * (1 - share) / n + weight / (4 * n))
    low = 0.0 if count == 0 else centre - margin
    high = 1.0 if count == n else centre + margin
    return Proportion(share, low, high, level, count, n)


def clopper_pearson(count: int, n: int, *, level: float = 0.95) -> Proportion:
    """Proportion with the exact interval, which covers at least at its level.

    Its ends are beta quantiles: the shares at which a count as large, or as small, has half of the
    probability outside the level (Clopper & Pearson 1934, Biometrika 26:404-413). Arguments and
    errors as in `wilson`.
    """
    check_count(count, n)
    tail = half_outside(level)
    low = 0.0 if count == 0 else beta_quantile(tail, count, n - count + 1)
    high = 1.0 if count == n else 1 - beta_quantile(tail, n - count, count + 1)
    return Proportion(count / n, low, high, level, count, n)


INTERVALS = {"Wilson": wilson, "Clopper-Pearson": clopper_pearson}
"""The intervals of a count, by the names of their methods."""


def upper_bound(count: int, n: int, *, level: float = 0.95) -> float:
    """The largest share that is compatible with a count: the one-sided exact bound.

    It is the share at which a count as small has a probability of 1 - level. For a count of 0 it is
    1 - (1 - level)^(1/n): near 3/n at 95% (the rule of three; Hanley & Lippman-Hand 1983, JAMA
    249:1743-1745). Arguments and errors as in `wilson`.
    """
    check_count(count, n)
    check_level(level)
    return 1.0 if count == n else 1 - beta_quantile(1 - level, n - count, count + 1)


def responses(
    baseline: Sequence[float], followup: Sequence[float], threshold: Threshold
) -> list[Response]:
    """Say of each patient whether the improvement reaches the threshold.

    Values are compared as the decimal numbers they are written as, so that an improvement of
    exactly the threshold reaches it; one that falls short by no more than the digits of the values
    tell (`digits.margin`) reaches it too.

    Args:
        baseline: One value per patient, NaN where missing.
        followup: The same patients in the same order, NaN where missing.
        threshold: The least improvement that counts.

    Raises:
        ValueError: The two have different lengths.
    """
    size = decimal(threshold.size)
    first, second = np.asarray(baseline, dtype=np.float64), np.asarray(followup, dtype=np.float64)
    if first.size != second.size:
        raise ValueError(f"{first.size} baseline values but {second.size} follow-up values")
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    known = np.isfinite(first) & np.isfinite(second) & (first != 0)
    reached = _reached(first[known], second[known], threshold, size)
    if reached is None:
        return [_response(before, after, threshold, size) for before, after in pairs]
    found = np.full(first.shape, _DID_NOT_RESPOND)
    found[np.flatnonzero(known)[reached]] = _RESPONDED
    for place in np.flatnonzero(~known):
        found[place] = _response(*pairs[place], threshold, size)
    return list(found)


def _reached(
    baseline: FloatArray, followup: FloatArray, threshold: Threshold, size: Decimal
) -> NDArray[np.bool_] | None:
    """Whether each improvement reaches the threshold, in whole numbers, or None.

    It is None where they have a margin, or would be too large: then each is looked at by itself.
    """
    before, after, unit = whole_pairs(baseline, followup)
    gain = after - before if threshold.better == "higher" else before - after
    least, divisor = size.as_integer_ratio()
    factor = divisor if threshold.unit == "absolute" else 100 * divisor
    largest = int(max(unit, *(np.abs(each).max(initial=0) for each in (gain, before))))
    if before.dtype != np.int64 or largest * max(abs(least), factor) > _LARGEST_WHOLE:
        return None
    needed = least * (unit if threshold.unit == "absolute" else np.abs(before))
    return np.asarray(gain * factor >= needed)


def _response(baseline: float, followup: float, threshold: Threshold, size: Decimal) -> Response:
    try:
        check_pair(baseline, followup)
        before, after = decimal(baseline), decimal(followup)
        gain = after - before if threshold.better == "higher" else before - after
        share = 0 if threshold.unit == "absolute" else size / 100
        needed = share * percent_base(before) if share else size
        slack = margin(followup) + margin(baseline) * (1 + share)
    except NotComputable as error:
        return Response(None, str(error))
    return _RESPONDED if gain + slack >= needed else _DID_NOT_RESPOND


def check_count(count: int, n: int) -> None:
    """Raise NotComputable without patients, and ValueError unless the count is from 0 to n."""
    if n == 0:
        raise NotComputable("no evaluable patients")
    if not 0 <= count <= n:
        raise ValueError(f"a count is between 0 and n = {n}, got {count}")
