"""What the statistics have in common: what a test gives, and why something cannot be computed."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Alternative = Literal["two-sided", "greater", "less"]

OTHER_SIDE: Mapping[Alternative, Alternative] = {"greater": "less", "less": "greater"}
"""The sides of one-sided tests, each with the other one."""

Program = Literal["r-4.5", "r-4.6", "scipy", "spss", "sas", "stata", "prism", "jasp", "coin"]
"""A program, with what it does by default; `programs` says what that is of Wilcoxon's tests."""

Convention = Literal["exact", "exact-pratt", "normal", Program]
"""A test that is called Wilcoxon's signed-rank test, by name or by the program that makes it;
`programs.signed_rank_choices` says what each is."""

RankSumConvention = Literal["exact", "normal", Program]
"""A test that is called Wilcoxon's rank-sum test, by name or by the program that makes it;
`programs.rank_sum_choices` says what each is."""

QuantileType = Literal[1, 2, 3, 4, 5, 6, 7, 8, 9]
"""A definition of quantiles, by its number in Hyndman & Fan (1996)."""

SMALLEST_P = sys.float_info.min
"""p-values below the smallest normal double (2.2e-308) are given as that, so none is ever 0."""


class NotComputable(ValueError):  # noqa: N818 - it names a state of the data, not a fault
    """A statistic is not defined for these data; the message says why, in words for a reader."""


@dataclass(frozen=True, slots=True)
class TestResult:
    """What a significance test found, and what it could have found.

    Attributes:
        statistic: The test statistic, as the function that returns it defines it.
        p_value: Probability under the null hypothesis of a statistic at least as extreme, from
            `SMALLEST_P` to 1.
        smallest_p: The smallest p-value that this test could have given with these absolute
            differences, had all of them been in one direction (in a test of two groups, had the
            groups not overlapped); NaN where it is not looked for.
        n: Number of pairs (or, in a test of two groups, of values) given.
        n_informative: Number of them that the test rests on.
        exact: Whether the p-value comes from an exact distribution.
        ties: Whether two informative values are tied in size.
        zeros: Number of differences that are zero.
        turned: What the statistic would be of the differences with their signs changed (in a test
            of two groups, of the groups exchanged); None where that is minus the statistic.
        z: The statistic less its mean under the null hypothesis, in its standard deviations, with
            continuity correction where the test has one; None for a test that has none.
        degrees: Degrees of freedom; None for a test that has none.
    """

    __test__ = False

    statistic: float
    p_value: float
    smallest_p: float
    n: int
    n_informative: int
    exact: bool
    ties: bool
    zeros: int
    turned: float | None = None
    z: float | None = None
    degrees: float | None = None
