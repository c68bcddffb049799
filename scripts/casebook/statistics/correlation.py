"""How closely two measurements of the same patients go together: Pearson, Spearman and Kendall.

Each gives a coefficient from -1 to 1 and a test of no association. Values that are tied on paper
have to be equal before they come here (`values.tied_values`).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.distributions import t_p
from casebook.statistics.tails import check_alternative, p_from_tails, upper_normal_tail
from casebook.statistics.terms import SMALLEST_P, Alternative, NotComputable
from casebook.statistics.values import FloatArray, IntArray, doubled_midranks, finite_values

SpearmanDistribution = Literal["exact", "t", "r"]
KendallDistribution = Literal["exact", "normal", "normal-corrected", "r"]

_MOST_EXACT = 12
"""So many pairs have an exact distribution of Spearman's coefficient: 2^12 sets of ranks."""
_R_EXACT_TO, _R_SERIES_TO = 9, 1290
_R_EXACT_BELOW = 50
FEWEST = 3
"""The smallest number of pairs of values that has a correlation."""


@dataclass(frozen=True, slots=True)
class Correlated:
    """A coefficient, the p-value of no association, and what they rest on.

    Attributes:
        coefficient: From -1 to 1.
        p_value: From `SMALLEST_P` to 1.
        n: Number of pairs of values.
        exact: Whether the p-value comes from an exact distribution.
        ties: Whether two of the first values, or two of the second ones, are equal.
    """

    coefficient: float
    p_value: float
    n: int
    exact: bool
    ties: bool


def pearson(
    first: ArrayLike, second: ArrayLike, *, alternative: Alternative = "two-sided"
) -> Correlated:
    """Pearson's product-moment correlation, tested by Student's t with n - 2 degrees of freedom.

    The test rests on values from normal distributions (Student 1908, Biometrika 6:302-310).

    Args:
        first: One value per patient, shape (n,), n >= 3.
        second: The same patients in the same order, shape (n,).
        alternative: "greater" is a coefficient above 0.

    Raises:
        NotComputable: Fewer than 3 pairs, a value that is not finite, or a column of equal values.
        ValueError: The two have different lengths, or there is no such alternative.
    """
    check_alternative(alternative)
    x, y = _columns(first, second)
    r = _product_moment(x, y)
    ties = any(np.unique(each).size < each.size for each in (x, y))
    return Correlated(r, _t_tail(r, x.size, alternative), x.size, exact=False, ties=ties)


def spearman(
    first: ArrayLike,
    second: ArrayLike,
    *,
    distribution: SpearmanDistribution = "exact",
    alternative: Alternative = "two-sided",
) -> Correlated:
    """Spearman's rank correlation, with mid-ranks for ties (Spearman 1904, Am J Psychol 15:72-101).

    Args:
        first: As in `pearson`.
        second: As in `pearson`.
        distribution: "exact" is the distribution given the mid-ranks when they are put together in
            any order, with a two-sided p-value that counts coefficients at least as far from 0;
            "t" is Student's t with n - 2 degrees of freedom, as in SPSS, SAS, Stata and SciPy; "r"
            is what R's `cor.test` does: without ties exact to 9 pairs and by an Edgeworth series to
            1290 (Best & Roberts 1975, algorithm AS 89), and Student's t otherwise.
        alternative: As in `pearson`.

    Raises:
        NotComputable: As in `pearson`, or more than 12 pairs for the exact distribution.
        ValueError: As in `pearson`, or there is no such distribution.
    """
    check_alternative(alternative)
    _check(distribution, SpearmanDistribution)
    x, y = _columns(first, second)
    (ranks, x_tied), (others, y_tied) = doubled_midranks(x), doubled_midranks(y)
    n, ties = x.size, x_tied or y_tied
    rho = _product_moment(ranks.astype(np.float64), others.astype(np.float64))
    exact = distribution == "exact" or (distribution == "r" and not ties and n <= _R_EXACT_TO)
    if exact:
        p_value = _permuted_p(ranks, others, alternative)
    elif distribution == "r" and not ties and n <= _R_SERIES_TO:
        squares = int(np.square(ranks - others).sum()) // 4
        most = (n**3 - n) // 3
        p_value = p_from_tails(_series(most - squares, n), _series(squares, n), alternative)
    else:
        p_value = _t_tail(rho, n, alternative)
    return Correlated(rho, p_value, n, exact, ties)


def kendall(
    first: ArrayLike,
    second: ArrayLike,
    *,
    distribution: KendallDistribution = "exact",
    alternative: Alternative = "two-sided",
) -> Correlated:
    """Kendall's rank correlation tau-b (Kendall 1938, Biometrika 30:81-93; 1945, 33:239-251).

    Without ties it is tau-a: the pairs of patients in the same order in both, less those in
    opposite order, divided by all.

    Args:
        first: As in `pearson`.
        second: As in `pearson`.
        distribution: "exact" is the distribution when the values are put together in any order;
            "normal" is its approximation, with the variance given the ties, as in SPSS;
            "normal-corrected" moves the difference by 1 towards 0, as Stata does; "r" is what R's
            `cor.test` does: exact with fewer than 50 pairs and no ties, and "normal" otherwise.
        alternative: As in `pearson`.

    Raises:
        NotComputable: As in `pearson`, or ties for the exact distribution.
        ValueError: As in `pearson`, or there is no such distribution.
    """
    check_alternative(alternative)
    _check(distribution, KendallDistribution)
    x, y = _columns(first, second)
    n = x.size
    signs = [np.sign(each[:, np.newaxis] - each) for each in (x, y)]
    score = int((signs[0] * signs[1]).sum()) // 2
    untied = [int(np.count_nonzero(each)) // 2 for each in signs]
    ties = min(untied) < n * (n - 1) // 2
    exact = distribution == "exact" or (distribution == "r" and not ties and n < _R_EXACT_BELOW)
    if exact and ties:
        raise NotComputable("the exact distribution of Kendall's tau is not computed with ties")
    if exact:
        tails = _inversion_tails(n)
        concordant = (n * (n - 1) // 2 + score) // 2
        p_value = p_from_tails(
            float(tails[concordant]), float(tails[tails.size - 1 - concordant]), alternative
        )
    else:
        correction = 1 if distribution == "normal-corrected" and score else 0
        corrected = score - math.copysign(correction, score)
        z = corrected / math.sqrt(_variance_of_score(x, y))
        p_value = p_from_tails(upper_normal_tail(-z), upper_normal_tail(z), alternative)
    return Correlated(score / math.sqrt(math.prod(untied)), p_value, n, exact, ties)


def _columns(first: ArrayLike, second: ArrayLike) -> tuple[FloatArray, FloatArray]:
    x, y = finite_values(first, at_least=FEWEST), finite_values(second, at_least=FEWEST)
    if x.size != y.size:
        raise ValueError(f"{x.size} values but {y.size} others")
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        raise NotComputable(f"all values of one of the two are equal (n = {x.size})")
    return x, y


def _product_moment(x: FloatArray, y: FloatArray) -> float:
    """Pearson's coefficient; the columns are scaled first, so that no square is too large."""
    scaled = (each / np.abs(each).max() for each in (x, y))
    dx, dy = (each - math.fsum(each) / each.size for each in scaled)
    spread = math.sqrt(math.fsum(dx * dx)) * math.sqrt(math.fsum(dy * dy))
    if spread == 0:
        raise NotComputable(f"the values are too alike to tell apart (n = {x.size})")
    return max(-1.0, min(1.0, math.fsum(dx * dy) / spread))


def _t_tail(r: float, n: int, alternative: Alternative) -> float:
    """p-value of a coefficient by Student's t with n - 2 degrees of freedom."""
    left = (1 - r) * (1 + r)
    t = math.copysign(math.inf, r) if left <= 0 else r * math.sqrt((n - 2) / left)
    if math.isinf(t):
        return p_from_tails(float(r > 0), float(r < 0), alternative)
    return t_p(t, n - 2, alternative)


def _permuted_p(ranks: IntArray, others: IntArray, alternative: Alternative) -> float:
    """p-value of the sum of products of doubled ranks, whatever they are put together with."""
    n = ranks.size
    if n > _MOST_EXACT:
        raise NotComputable(f"too many pairs for the exact distribution (n = {n})")
    sums, chances = _product_law(np.sort(ranks).tobytes(), np.sort(others).tobytes())
    centre = n * (n + 1) ** 2
    found = int((ranks * others).sum())
    if alternative == "two-sided":
        return max(SMALLEST_P, float(chances[np.abs(sums - centre) >= abs(found - centre)].sum()))
    tails = float(chances[sums <= found].sum()), float(chances[sums >= found].sum())
    return p_from_tails(*tails, alternative)


@lru_cache(maxsize=8)
def _product_law(rank_bytes: bytes, other_bytes: bytes) -> tuple[IntArray, FloatArray]:
    """The sums of the products of two rows of ranks in any order, and the chance of each.

    One rank after the other is put together with one that is left: for each set of those that are
    taken, it is counted how often each sum comes about.
    """
    ranks, others = (np.frombuffer(each, dtype=np.int64) for each in (rank_bytes, other_bytes))
    steps = int(np.gcd.reduce(ranks)), int(np.gcd.reduce(others))
    first, second = ranks // steps[0], others // steps[1]
    size = int((first * second).sum()) + 1
    counted: dict[int, IntArray] = {0: np.eye(1, size, dtype=np.int64)[0]}
    for rank in first.tolist():
        longer: dict[int, IntArray] = {}
        for taken, counts in counted.items():
            for place, other in enumerate(second.tolist()):
                if taken >> place & 1:
                    continue
                ways = longer.setdefault(taken | 1 << place, np.zeros(size, dtype=np.int64))
                ways[rank * other :] += counts[: size - rank * other]
        counted = longer
    (counts,) = counted.values()
    sums = np.flatnonzero(counts)
    return sums * math.prod(steps), counts[sums] / math.factorial(ranks.size)


def _series(squares: int, n: int) -> float:
    """P(D <= squares) of the sum of squared differences of ranks, by AS 89's Edgeworth series."""
    b = 1 / n
    x = (6 * (squares + 1) * b / (n * n - 1) - 1) * math.sqrt(n - 1)
    y = x * x
    # The coefficients are those of the paper.
    inner = 0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y)
    inner = y * b * (0.0879 + 0.0151 * b - y * inner)
    inner = y * (-0.0758 + b * (0.1033 + 0.3932 * b) - inner)
    u = x * b * (0.2274 + b * (0.2531 + 0.1745 * b) + inner)
    return min(1.0, max(0.0, upper_normal_tail(-x) - u / math.exp(y / 2)))


@lru_cache(maxsize=64)
def _inversion_tails(n: int) -> FloatArray:
    """P(T <= t) of the number of pairs in the same order, for each t, of n values without ties."""
    chances: FloatArray = np.ones(1)
    for size in range(2, n + 1):
        chances = np.convolve(chances, np.full(size, 1 / size))
    return np.cumsum(chances)


def _variance_of_score(x: FloatArray, y: FloatArray) -> float:
    """The variance of the score given the ties (Kendall 1945)."""
    n = x.size
    tied = [np.unique(each, return_counts=True)[1].tolist() for each in (x, y)]

    def both(term: Callable[[int], int]) -> tuple[int, int]:
        first, second = (sum(map(term, each)) for each in tied)
        return first, second

    one_way = both(lambda t: t * (t - 1) * (2 * t + 5))
    pairs, threes = both(lambda t: t * (t - 1)), both(lambda t: t * (t - 1) * (t - 2))
    variance = (n * (n - 1) * (2 * n + 5) - sum(one_way)) / 18
    variance += math.prod(pairs) / (2 * n * (n - 1))
    return variance + math.prod(threes) / (9 * n * (n - 1) * (n - 2))


def _check(name: str, allowed: object) -> None:
    if name not in get_args(allowed):
        raise ValueError(f"distribution is one of {', '.join(get_args(allowed))}, got {name!r}")
