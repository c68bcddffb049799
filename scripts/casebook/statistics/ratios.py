"""How many times as large the odds or the share of one group is as those of another.

A function takes the group's counts and then the reference's, as `risk_difference` does. Intervals
are as programs print them; that of the difference, which a study reports, covers better.
"""

import math

from casebook.statistics.contingency import pearson_chi_squared, yates_chi_squared
from casebook.statistics.estimate import Estimate
from casebook.statistics.proportion import check_count
from casebook.statistics.tails import half_outside, upper_normal_quantile
from casebook.statistics.terms import NotComputable

HALF = 0.5
"""What is added to each count of a table, so that none is 0 (Haldane 1956; Anscombe 1956)."""


def odds_ratio(
    group: int,
    n_group: int,
    reference: int,
    n_reference: int,
    *,
    added: float = 0.0,
    level: float = 0.95,
) -> Estimate:
    """Odds of the group by those of the reference, with Woolf's interval.

    The logarithm is taken for normal, and its variance is the sum of the reciprocals of all four
    counts (Woolf 1955, Annals of Human Genetics 19:251-253). Where a count is 0 both ends are NaN.

    Args:
        group: Number of patients of the group who have it.
        n_group: Number of patients of the group.
        reference: Number of patients of the reference who have it.
        n_reference: Number of patients of the reference.
        added: What is added to each of the four counts; see `HALF`.
        level: Between 0 and 1.

    Raises:
        NotComputable: A group without patients, nobody without it in the group, or nobody with it
            in the reference.
        ValueError: A count is not between 0 and its n, or the level not between 0 and 1.
    """
    a, b, c, d = _added(added, group, n_group, reference, n_reference)
    if b * c == 0:
        raise NotComputable("the odds ratio is not finite")
    error = math.sqrt(sum(1 / each for each in (a, b, c, d))) if a * d else math.nan
    return _by_logarithm(a * d / (b * c), error, level, n_group + n_reference)


def risk_ratio(
    group: int,
    n_group: int,
    reference: int,
    n_reference: int,
    *,
    added: float = 0.0,
    level: float = 0.95,
) -> Estimate:
    """Share of the group by that of the reference, with the interval of its logarithm.

    The variance of the logarithm is the sum of 1 / count less that of 1 / n (Katz, Baptista, Azen &
    Pike 1978, Biometrics 34:469-474). Where nobody of the group has it both ends are NaN.

    Args, errors and `added` as in `odds_ratio`, but that everybody of the group may have it.
    """
    a, b, c, d = _added(added, group, n_group, reference, n_reference)
    if c == 0:
        raise NotComputable("the risk ratio is not finite")
    error = math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) if a else math.nan
    ratio = (a / (a + b)) / (c / (c + d))
    return _by_logarithm(ratio, error, level, n_group + n_reference)


def conditional_odds_ratio(
    group: int, n_group: int, reference: int, n_reference: int, *, level: float = 0.95
) -> Estimate:
    """The likeliest odds ratio given all totals, with the exact interval that R's fisher.test has.

    Of counts with these totals only the first is left open; it has the noncentral hypergeometric
    distribution (Cornfield 1956, Proceedings of the Third Berkeley Symposium 4:135-148). Each end
    is where the one-sided p-value is half of what the level leaves. Arguments as in `odds_ratio`.

    Raises:
        NotComputable: A group without patients, or a ratio that is not finite.
        ValueError: As in `odds_ratio`.
    """
    # Only who asks for an odds ratio waits for this.
    from scipy.stats.contingency import odds_ratio as conditional

    half_outside(level)
    a, b, c, d = map(int, _added(0, group, n_group, reference, n_reference))
    if not (a + c and b + d):
        raise NotComputable("all patients are alike")
    found = conditional([[a, b], [c, d]], kind="conditional")
    interval = found.confidence_interval(level)
    if not math.isfinite(found.statistic):
        raise NotComputable("the odds ratio is not finite")
    n = n_group + n_reference
    return Estimate(float(found.statistic), interval.low, interval.high, level, level, n)


def phi(
    group: int, n_group: int, reference: int, n_reference: int, *, corrected: bool = False
) -> float:
    """Pearson's correlation of who has it with who is in the group: the root of chi-squared / n.

    It is above 0 where the group has the larger share.

    Args:
        group: As in `odds_ratio`.
        n_group: As in `odds_ratio`.
        reference: As in `odds_ratio`.
        n_reference: As in `odds_ratio`.
        corrected: Whether the chi-squared is Yates's.

    Raises:
        NotComputable: A group without patients, or all patients alike.
        ValueError: As in `odds_ratio`.
    """
    a, b, c, d = map(int, _added(0, group, n_group, reference, n_reference))
    test = yates_chi_squared if corrected else pearson_chi_squared
    found = test([[a, b], [c, d]])
    return math.copysign(math.sqrt(found.statistic / found.n), a * d - b * c)


def _added(
    added: float, group: int, n_group: int, reference: int, n_reference: int
) -> tuple[float, float, float, float]:
    """The four counts: who has it and who has not, first of the group."""
    check_count(group, n_group)
    check_count(reference, n_reference)
    counts = (group, n_group - group, reference, n_reference - reference)
    a, b, c, d = (count + added for count in counts)
    return a, b, c, d


def _by_logarithm(ratio: float, error: float, level: float, n: int) -> Estimate:
    margin = math.exp(upper_normal_quantile(half_outside(level)) * error)
    return Estimate(ratio, ratio / margin, ratio * margin, level, level, n)
