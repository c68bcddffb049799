"""Tests whether an outcome is the same at all of several visits: Friedman's and Page's.

Each ranks the values of a patient among each other, so only patients with a value at every visit
can take part. Which two visits differ, neither of them says.
"""

import math
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.distributions import upper_chi_square_tail
from casebook.statistics.permuted_rows import sum_of_squares_law, trend_law
from casebook.statistics.tails import check_alternative, normal_p, p_from_tails
from casebook.statistics.terms import SMALLEST_P, Alternative, NotComputable, TestResult
from casebook.statistics.values import IntArray, tied_rows

Distribution = Literal["exact", "asymptotic"]


def friedman(values: ArrayLike, *, distribution: Distribution = "exact") -> TestResult:
    """Test whether all visits have one distribution (Friedman 1937, JASA 32:675-701).

    The statistic is (k - 1) times the sum of the squared column sums, divided by the sum of the
    squares, of each mid-rank less the mean rank (k + 1) / 2: Friedman's with the correction for
    ties (Conover 1999, section 5.8). Of yes and no it is Cochran's Q (1950, Biometrika
    37:256-266). Under the null hypothesis each order of a patient's ranks is as likely as another.

    Args:
        values: A row per patient and a column per visit, in one unit, shape (n, k), k >= 2.
        distribution: "exact" is the conditional distribution given the observed mid-ranks;
            "asymptotic" is chi-square with k - 1 degrees of freedom.

    Returns:
        A result whose `smallest_p` is that of patients who all have their ranks in the same order,
        and whose `n_informative` counts the patients whose values differ.

    Raises:
        NotComputable: No patients, a value that is not finite, no patient whose values differ, or
            too many of them for the exact distribution (`permuted_rows.sum_of_squares_law`).
        ValueError: The values are no table of two or more columns, or there is no such
            distribution.
    """
    exact = _is_exact(distribution)
    ranks, n = _informative_ranks(values)
    squares = int(np.square(ranks).sum())
    found, most = (
        int(np.square(table.sum(axis=0)).sum()) for table in (ranks, np.sort(ranks, axis=1))
    )
    degrees = ranks.shape[1] - 1
    sums, chances = sum_of_squares_law(ranks) if exact else (np.empty(0), np.empty(0))

    def p_value(column_squares: int) -> float:
        if exact:
            tail = float(chances[np.searchsorted(sums, column_squares) :].sum())
        else:
            tail = upper_chi_square_tail(degrees * column_squares / squares, degrees)
        return min(1.0, max(tail, SMALLEST_P))

    result = _result(ranks, n, degrees * found / squares, p_value(found), p_value(most))
    return replace(result, exact=exact, degrees=None if exact else degrees)


def kendalls_w(values: ArrayLike) -> float:
    """Concordance of the patients over the visits, from 0 to 1 (Kendall & Smith 1939, AMS 10:275).

    It is Friedman's statistic divided by n (k - 1) (Friedman 1940, AMS 11:86-92), with the
    correction for ties (Kendall 1970, Rank Correlation Methods, section 6.7): 1 if all have their
    ranks in the same order, 0 if all rank sums are equal. A patient whose values are all equal
    agrees with nobody: of n patients, only m of whom have values that differ, W is m/n at most.

    Args:
        values: As in `friedman`.

    Raises:
        NotComputable: No patients, a value that is not finite, or none whose values differ.
        ValueError: The values are no table of two or more columns.
    """
    ranks, n = _informative_ranks(values)
    concordant = np.square(ranks.sum(axis=0)).sum()
    return float(concordant / (n * np.square(ranks).sum()))


def page(
    values: ArrayLike,
    *,
    distribution: Distribution = "exact",
    alternative: Alternative = "two-sided",
) -> TestResult:
    """Test against a rise, or a fall, from visit to visit (Page 1963, JASA 58:216-230).

    The statistic L is the sum of the rank sums of the visits, multiplied by 1 to k. Page's is the
    one-sided test; the distribution is symmetric with ties too, so that twice its tail tests
    against either.

    Args:
        values: As in `friedman`, the visits in their order.
        distribution: "exact" is the conditional distribution given the observed mid-ranks;
            "asymptotic" is normal, without correction for continuity, with the variance of the
            mid-ranks (a sum over the patients of the squares times k (k + 1) / 12).
        alternative: "greater" is a rise.

    Returns:
        A result whose `smallest_p` is that of patients who all rise, or fall, from visit to visit.

    Raises:
        NotComputable: As in `friedman`, with the limits of `permuted_rows.trend_law`.
        ValueError: As in `friedman`, or there is no such alternative.
    """
    check_alternative(alternative)
    exact = _is_exact(distribution)
    ranks, n = _informative_ranks(values)
    k = ranks.shape[1]
    weights = np.arange(1, k + 1)
    trend = int(ranks.sum(axis=0) @ weights)
    most = int(np.sort(ranks, axis=1).sum(axis=0) @ weights)
    spread = math.sqrt(int(np.square(ranks).sum()) * k * (k + 1) / 12)
    law = trend_law(ranks) if exact else np.empty(0)

    def p_value(sum_of_ranks: int) -> float:
        if not exact:
            return normal_p(sum_of_ranks, spread, 0.0, alternative)
        place = sum_of_ranks + most
        return p_from_tails(float(law[: place + 1].sum()), float(law[place:].sum()), alternative)

    mean = n * k * (k + 1) ** 2 / 4
    smallest = p_value(-most if alternative == "less" else most)
    result = _result(ranks, n, mean + trend / 2, p_value(trend), smallest)
    return replace(result, exact=exact, z=trend / spread)


def _is_exact(distribution: str) -> bool:
    if distribution not in ("exact", "asymptotic"):
        raise ValueError(f"distribution is exact or asymptotic, got {distribution!r}")
    return distribution == "exact"


def _informative_ranks(values: ArrayLike) -> tuple[IntArray, int]:
    """Twice what each mid-rank differs from the mean, of patients whose values differ, and n.

    That is how many of the patient's other values are smaller, less how many are larger.
    """
    table = tied_rows(values)
    ranks = np.zeros(table.shape, dtype=np.int64)
    for visit in table.T:
        ranks += np.sign(table - visit[:, np.newaxis]).astype(np.int64)
    informative = ranks[ranks.any(axis=1)]
    if not len(informative):
        raise NotComputable(f"no patient's values differ between visits (n = {len(table)})")
    return informative, len(table)


def _result(
    ranks: IntArray, n: int, statistic: float, p_value: float, smallest_p: float
) -> TestResult:
    """What the exact test of these ranks gives, and another one but for its distribution."""
    ordered = np.sort(ranks, axis=1)
    return TestResult(
        statistic=statistic,
        p_value=p_value,
        smallest_p=smallest_p,
        n=n,
        n_informative=len(ranks),
        exact=True,
        ties=bool((ordered[:, 1:] == ordered[:, :-1]).any()),
        zeros=n - len(ranks),
    )
