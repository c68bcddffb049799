"""Tests of paired measurements other than the signed-rank test.

The sign test, the t-test, the permutation test of the mean, and McNemar's test of yes/no outcomes.
Each takes follow-up minus baseline, so "greater" is an increase. Estimates are in `estimate`.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.describe import mean, sd
from casebook.statistics.digits import margin
from casebook.statistics.distributions import binomial_lower_tail, t_p
from casebook.statistics.sign_flips import sign_flip_p
from casebook.statistics.tails import check_alternative, p_from_tails
from casebook.statistics.terms import SMALLEST_P, Alternative, NotComputable, TestResult
from casebook.statistics.values import FloatArray, finite_values, whole_numbers

_LARGEST_WHOLE = 2**62


def sign_test(differences: ArrayLike, *, alternative: Alternative = "two-sided") -> TestResult:
    """Exact test whether increases and decreases are equally likely (Dixon & Mood 1946).

    The statistic is the number of positive differences, binomial with probability one half among
    the differences that are not zero (JASA 41:557-566).

    Args:
        differences: One difference per pair, shape (n,).
        alternative: "greater" is an increase from baseline to follow-up.

    Raises:
        NotComputable: No differences, one that is not finite, or all of them zero.
    """
    changes = finite_values(differences)
    nonzero = _nonzero(changes)
    n, positive = nonzero.size, int((nonzero > 0).sum())

    def p_value(count: int) -> float:
        lower, upper = binomial_lower_tail(count, n), binomial_lower_tail(n - count, n)
        return p_from_tails(lower, upper, alternative)

    return TestResult(
        statistic=float(positive),
        p_value=p_value(positive),
        smallest_p=p_value(0 if alternative == "less" else n),
        n=changes.size,
        n_informative=n,
        exact=True,
        ties=_has_ties(nonzero),
        zeros=changes.size - n,
        turned=float(n - positive),
    )


def mcnemar(
    baseline: ArrayLike, followup: ArrayLike, *, alternative: Alternative = "two-sided"
) -> TestResult:
    """Exact test whether changes from no to yes and from yes to no are equally likely.

    The statistic is the number of changes from no to yes, binomial with probability one half among
    the patients who changed (McNemar 1947, Psychometrika 12:153-157, in its exact form).

    Args:
        baseline: 1 or True for yes, 0 or False for no, shape (n,).
        followup: The same patients in the same order, shape (n,).
        alternative: "greater" is more yes at follow-up.

    Raises:
        NotComputable: No patients, none who changed, or a value other than yes and no.
        ValueError: The two have different lengths.
    """
    before, after = _yes_no(baseline), _yes_no(followup)
    if before.size != after.size:
        raise ValueError(f"{before.size} baseline values but {after.size} follow-up values")
    if np.array_equal(before, after):
        raise NotComputable(f"no patient changed (n = {before.size})")
    return sign_test(after - before, alternative=alternative)


def paired_t(differences: ArrayLike, *, alternative: Alternative = "two-sided") -> TestResult:
    """Student's t-test of paired differences (Student 1908, Biometrika 6:1-25).

    The statistic is mean / (sd / sqrt(n)) with n - 1 degrees of freedom. It rests on differences
    from a normal distribution, so `exact` is False.

    Args:
        differences: One difference per pair, shape (n,), n >= 2.
        alternative: "greater" is an increase from baseline to follow-up.

    Raises:
        NotComputable: Fewer than 2 differences, one that is not finite, or all of them equal.
    """
    check_alternative(alternative)
    changes = finite_values(differences, at_least=2)
    if np.ptp(changes) == 0:
        raise NotComputable(f"all differences are equal (n = {changes.size})")
    t, degrees = _t(changes), changes.size - 1
    one_way = -np.abs(changes) if alternative == "less" else np.abs(changes)
    # Sizes that are all equal leave t no bound.
    smallest = SMALLEST_P if np.ptp(one_way) == 0 else t_p(_t(one_way), degrees, alternative)
    nonzero = changes[changes != 0]
    return TestResult(
        statistic=t,
        p_value=t_p(t, degrees, alternative),
        smallest_p=smallest,
        n=changes.size,
        n_informative=changes.size,
        exact=False,
        ties=_has_ties(nonzero),
        zeros=changes.size - nonzero.size,
        degrees=degrees,
    )


def mean_permutation(
    differences: ArrayLike, *, alternative: Alternative = "two-sided"
) -> TestResult:
    """Exact test of the mean difference over all assignments of signs (Fisher 1935, section 21).

    Differences are taken as the decimal numbers they are written as, so equal sums are equal; sums
    that are no further apart than the digits tell (`digits.margin`) are equal too.

    Args:
        differences: One difference per pair, shape (n,); see `values.paired_differences`.
        alternative: "greater" is an increase from baseline to follow-up.

    Returns:
        A result whose statistic is the mean difference.

    Raises:
        NotComputable: No differences, one that is not finite, all of them zero, or more than 30
            of them with too many digits for a table of all sums.
    """
    check_alternative(alternative)
    changes = finite_values(differences)
    nonzero = _nonzero(changes)
    whole, unit = whole_numbers(nonzero)
    # Either value of a difference may be off by as much as its digits tell.
    slack = int(2 * unit * sum(map(margin, nonzero.tolist())))
    total = sum(map(abs, whole))
    if total > _LARGEST_WHOLE:
        raise NotComputable("the differences have too many digits")
    scores = np.abs(np.array(whole, dtype=np.int64))

    def p_value(statistic: int) -> float:
        return sign_flip_p(scores, statistic, alternative, slack=slack)

    return TestResult(
        statistic=mean(changes),
        p_value=p_value(sum(w for w in whole if w > 0)),
        smallest_p=p_value(0 if alternative == "less" else total),
        n=changes.size,
        n_informative=nonzero.size,
        exact=True,
        ties=_has_ties(nonzero),
        zeros=changes.size - nonzero.size,
    )


def _nonzero(changes: FloatArray) -> FloatArray:
    nonzero: FloatArray = changes[changes != 0]
    if nonzero.size == 0:
        raise NotComputable(f"all differences are zero (n = {changes.size})")
    return nonzero


def _has_ties(nonzero: FloatArray) -> bool:
    return len(set(np.abs(nonzero).tolist())) < nonzero.size


def _yes_no(values: ArrayLike) -> FloatArray:
    answers = finite_values(values)
    if not np.isin(answers, (0, 1)).all():
        raise NotComputable("holds a value other than yes (1) and no (0)")
    return answers


def _t(changes: FloatArray) -> float:
    spread = sd(changes)
    if spread == 0:
        raise NotComputable(f"the differences are too alike to tell apart (n = {changes.size})")
    return mean(changes) / (spread / math.sqrt(changes.size))
