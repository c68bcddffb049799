"""The number needed to treat: of how many patients one more has it in one group than in another.

It is the reciprocal of the risk difference, whichever group has more, so that it is the number
needed to harm as well. A function takes the group's counts and then the reference's.
"""

import math
from collections.abc import Callable

from casebook.statistics.estimate import Estimate
from casebook.statistics.proportion import check_count, wilson
from casebook.statistics.risk_difference import miettinen_nurminen
from casebook.statistics.tails import half_outside, upper_normal_quantile
from casebook.statistics.terms import NotComputable


def wald(first: int, n_first: int, second: int, n_second: int, *, level: float = 0.95) -> Estimate:
    """Difference of two shares with the interval of textbooks, which is too narrow with few.

    The difference is taken for normal, with the variance p (1 - p) / n of each share; no end goes
    beyond -1 or 1 (R's `prop.test` without correction). Arguments and errors as in
    `risk_difference.miettinen_nurminen`.
    """
    check_count(first, n_first)
    check_count(second, n_second)
    p, q = first / n_first, second / n_second
    error = math.sqrt(p * (1 - p) / n_first + q * (1 - q) / n_second)
    reach = upper_normal_quantile(half_outside(level)) * error
    low, high = max(-1.0, p - q - reach), min(1.0, p - q + reach)
    return Estimate(p - q, low, high, level, level, n_first + n_second)


def newcombe(
    first: int, n_first: int, second: int, n_second: int, *, level: float = 0.95
) -> Estimate:
    """The same by Wilson's intervals of both shares (Newcombe 1998, Stat Med 17:873-890).

    It is his method 10, which Bender (2001, Controlled Clinical Trials 22:102-110) takes for
    numbers needed to treat. Arguments and errors as in `risk_difference.miettinen_nurminen`.
    """
    one, other = wilson(first, n_first, level=level), wilson(second, n_second, level=level)
    apart = one.value - other.value
    low = apart - math.hypot(one.value - one.low, other.high - other.value)
    high = apart + math.hypot(one.high - one.value, other.value - other.low)
    return Estimate(apart, low, high, level, level, n_first + n_second)


def needed_to_treat(
    group: int,
    n_group: int,
    reference: int,
    n_reference: int,
    *,
    difference: Callable[..., Estimate] = miettinen_nurminen,
    level: float = 0.95,
) -> Estimate:
    """The number needed to treat, with the reciprocals of the ends of a risk difference.

    Where the interval of the difference holds 0, that of the number goes through infinity to a
    number needed for the reverse (Altman 1998, BMJ 317:1309-1312); both ends are NaN then.

    Args:
        group: Number of patients of the group who have it.
        n_group: Number of patients of the group.
        reference: Number of patients of the reference who have it.
        n_reference: Number of patients of the reference.
        difference: The risk difference with its interval.
        level: Between 0 and 1.

    Raises:
        NotComputable: A group without patients, or shares that are equal.
        ValueError: As in `risk_difference.miettinen_nurminen`.
    """
    found = difference(group, n_group, reference, n_reference, level=level)
    if found.value == 0:
        raise NotComputable("both shares are equal, so that no number is needed to treat")
    ends = sorted((abs(found.low), abs(found.high)))
    low, high = (1 / ends[1], 1 / ends[0]) if found.low * found.high > 0 else (math.nan, math.nan)
    return Estimate(1 / abs(found.value), low, high, level, level, found.n)


def rounded_up(group: int, n_group: int, reference: int, n_reference: int) -> float:
    """The same in whole patients, as it is mostly printed (Cook & Sackett 1995, BMJ 310:452-454).

    Arguments and errors as in `needed_to_treat`.
    """
    found = needed_to_treat(group, n_group, reference, n_reference, difference=wald).value
    # 1 / (0.8 - 0.55) is a little more than 4 in floats.
    return float(math.ceil(round(found, 9)))
