"""Differences as programs take them that subtract floats as they are.

There 0.3 - 0.1 is 0.19999999999999998, which ties with nothing, so that a test by ranks finds fewer
ties and zeros than there are on paper. casebook's own differences are those of `values`; these are
only for finding out how a published p-value was computed.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.distributions import upper_chi_square_tail
from casebook.statistics.kruskal_wallis import kruskal_wallis
from casebook.statistics.terms import NotComputable
from casebook.statistics.values import FloatArray, finite_values


def float_differences(baseline: ArrayLike, followup: ArrayLike) -> FloatArray:
    """Follow-up minus baseline in double precision (IEEE 754), as R and NumPy subtract.

    Args:
        baseline: One value per patient, shape (n,).
        followup: The same patients in the same order, shape (n,).

    Returns:
        Differences in the unit of the values, shape (n,).

    Raises:
        NotComputable: A value is not finite.
    """
    return finite_values(followup, at_least=0) - finite_values(baseline, at_least=0)


def float_ranks(differences: ArrayLike) -> FloatArray:
    """Whole numbers in the order of the differences, by size and sign, equal where these are.

    A test by ranks makes the same of them as a program makes of the differences that takes two
    floats for equal only if they are: 1 and -1 are the smallest size that is not 0.

    Args:
        differences: Finite floats, shape (n,).

    Returns:
        Shape (n,); 0 where the difference is exactly 0.
    """
    values = np.asarray(differences, dtype=np.float64)
    # Zero is put first, so that it has place 0 whether there is one among them or not.
    _, places = np.unique(np.abs(np.concatenate([[0.0], values])), return_inverse=True)
    return np.sign(values) * places[1:]


def ranks_of_groups(groups: Sequence[FloatArray]) -> list[FloatArray]:
    """The same for several groups, whose differences are ranked together; shapes as they were."""
    ends = list(accumulate(map(len, groups)))
    return np.split(float_ranks(np.concatenate(groups)), ends[:-1])


def r_kruskal_wallis(groups: Sequence[FloatArray]) -> float:
    """The p-value of R's `kruskal.test`, which counts ties otherwise than its ranks have them.

    Ranks are those of the floats. What H is divided by, 1 - sum(t^3 - t) / (n^3 - n), has the
    numbers t of equal values from `table`, which tells values apart by 15 significant digits
    (stats:::kruskal.test.default in R 4.2 and 4.6).

    Args:
        groups: Differences of each group, two or more arrays of shape (m,), m >= 1 each.

    Raises:
        NotComputable: As in `kruskal_wallis`, or all values equal by their digits.
    """
    test = kruskal_wallis(ranks_of_groups(groups), exact=False)
    every = np.concatenate(groups).tolist()
    by_ranks, by_digits = _for_ties(every), _for_ties(f"{each:.15g}" for each in every)
    if by_digits == 0:
        raise NotComputable("all values are equal")
    return upper_chi_square_tail(test.statistic * by_ranks / by_digits, len(groups) - 1)


def _for_ties(values: Iterable[Hashable]) -> float:
    """What H of the same values is divided by for their ties."""
    counts = Counter(values)
    n = counts.total()
    return 1 - sum(t**3 - t for t in counts.values()) / (n**3 - n)
