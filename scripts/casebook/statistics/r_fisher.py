"""The odds ratio that R's fisher.test prints, whose last digits are those of a root found roughly.

What it looks for is in `ratios.conditional_odds_ratio`. R stops looking within about 1e-4, above 1
of the reciprocal, so that a large end differs in digits that papers print. This is only for finding
out how a published number was computed.
"""

import math
import sys
from collections.abc import Callable, Sequence

from casebook.statistics.estimate import Estimate
from casebook.statistics.proportion import check_count
from casebook.statistics.tails import half_outside
from casebook.statistics.terms import NotComputable

_EPSILON = sys.float_info.epsilon
_TOLERANCE = _EPSILON**0.25
"""That of R's uniroot, if it is told no other."""
_Function = Callable[[float], float]


def r_odds_ratio(
    group: int, n_group: int, reference: int, n_reference: int, *, level: float = 0.95
) -> Estimate:
    """The odds ratio with its interval as fisher.test gives them in R 4.2 and 4.6.

    Arguments and errors as in `conditional_odds_ratio`.
    """
    check_count(group, n_group)
    check_count(reference, n_reference)
    with_it = group + reference
    support = range(max(0, with_it - n_reference), min(with_it, n_group) + 1)
    if len(support) < 2:
        raise NotComputable("all patients are alike")
    if group == support[-1]:
        raise NotComputable("the odds ratio is not finite")
    logs = [math.log(math.comb(n_group, k) * math.comb(n_reference, with_it - k)) for k in support]

    def shares(ratio: float) -> list[float]:
        return _noncentral(logs, support, ratio)

    def mean(ratio: float) -> float:
        return sum(k * share for k, share in zip(support, shares(ratio), strict=True)) - group

    tail = half_outside(level)
    place = group - support[0]
    is_lowest = group == support[0]
    return Estimate(
        0.0 if is_lowest else _where_0(mean),
        0.0 if is_lowest else _where_0(lambda ratio: sum(shares(ratio)[place:]) - tail),
        _where_0(lambda ratio: sum(shares(ratio)[: place + 1]) - tail),
        level,
        level,
        n_group + n_reference,
    )


def _noncentral(logs: Sequence[float], support: Sequence[int], ratio: float) -> list[float]:
    """The noncentral hypergeometric probabilities of each count at an odds ratio."""
    if ratio == 0:
        return [1.0, *[0.0] * (len(support) - 1)]
    exponents = [log + math.log(ratio) * k for log, k in zip(logs, support, strict=True)]
    weights = [math.exp(each - max(exponents)) for each in exponents]
    total = sum(weights)
    return [each / total for each in weights]


def _where_0(function: _Function) -> float:
    """The odds ratio at which a monotonic function of it is 0, as fisher.test looks for it."""
    at_0, at_1 = function(0.0), function(1.0)
    if at_1 == 0:
        return 1.0
    if (at_0 > 0) != (at_1 > 0):
        return _zeroin(function, 0.0)
    return 1 / _zeroin(lambda t: function(1 / t), _EPSILON)


def _zeroin(function: _Function, low: float) -> float:
    """Brent's root between a number and 1, step by step as R's zeroin.c takes it.

    Brent 1973, Algorithms for Minimization without Derivatives, chapter 4.
    """
    a, b = low, 1.0
    at_a, at_b = function(a), function(b)
    c, at_c = a, at_a
    while True:
        before = b - a
        if abs(at_c) < abs(at_b):
            a, b, c = b, c, b
            at_a, at_b, at_c = at_b, at_c, at_b
        tolerance = 2 * _EPSILON * abs(b) + _TOLERANCE / 2
        step = (c - b) / 2
        if abs(step) <= tolerance or at_b == 0:
            return b
        if abs(before) >= tolerance and abs(at_a) > abs(at_b):
            p, q = _interpolated((a, b, c), (at_a, at_b, at_c))
            if p < 0.75 * (c - b) * q - abs(tolerance * q) / 2 and p < abs(before * q / 2):
                step = p / q
        if abs(step) < tolerance:
            step = math.copysign(tolerance, step)
        a, at_a = b, at_b
        b += step
        at_b = function(b)
        if (at_b > 0) == (at_c > 0) and at_b != 0:
            c, at_c = a, at_a


def _interpolated(
    places: tuple[float, float, float], values: tuple[float, float, float]
) -> tuple[float, float]:
    """The step p / q by a line or, of three places, by an inverse parabola; p is not below 0."""
    (a, b, c), (at_a, at_b, at_c) = places, values
    if a == c:
        t = at_b / at_a
        p, q = (c - b) * t, 1 - t
    else:
        q, t, u = at_a / at_c, at_b / at_c, at_b / at_a
        p = u * ((c - b) * q * (q - t) - (b - a) * (t - 1))
        q = (q - 1) * (t - 1) * (u - 1)
    return (p, -q) if p > 0 else (-p, q)
