"""The one-way analysis of variance, whether the means of several independent groups are equal."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.distributions import upper_f_tail
from casebook.statistics.terms import SMALLEST_P, NotComputable, TestResult
from casebook.statistics.values import finite_values


def one_way_anova(groups: Sequence[ArrayLike]) -> TestResult:
    """Fisher's one-way analysis of variance, which takes variances to be equal.

    The statistic F is the mean square between the groups divided by the mean square within them
    (Snedecor & Cochran 1989, Statistical Methods, section 12.3). Of two groups it is the square of
    Student's t.

    Args:
        groups: Values of each group in one unit, two or more arrays of shape (m,), m >= 1 each.

    Raises:
        NotComputable: An empty group, a value that is not finite, or no value that differs from
            another of its group.
        ValueError: Fewer than two groups.
    """
    if len(groups) < 2:
        raise ValueError(f"expected two groups or more, got {len(groups)}")
    parts = [finite_values(group) for group in groups]
    pooled = np.concatenate(parts)
    between, within = len(parts) - 1, pooled.size - len(parts)
    if all(np.ptp(part) == 0 for part in parts):
        raise NotComputable("no value differs from another of its group")
    apart = sum(part.size * (part.mean() - pooled.mean()) ** 2 for part in parts)
    spread = sum(((part - part.mean()) ** 2).sum() for part in parts)
    statistic = float(apart / between / (spread / within))
    return TestResult(
        statistic=statistic,
        p_value=max(upper_f_tail(statistic, between, within), SMALLEST_P),
        smallest_p=SMALLEST_P,
        n=pooled.size,
        n_informative=pooled.size,
        exact=False,
        ties=np.unique(pooled).size < pooled.size,
        zeros=0,
    )
