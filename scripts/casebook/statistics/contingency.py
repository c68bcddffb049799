"""Tests of tables of counts, whose rows are groups of patients and whose columns what they have.

Fisher's exact test of any table and Pearson's chi-squared, with Cramér's V. Boschloo's test of two
by two is in `boschloo`, and the difference of two shares in `risk_difference`.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from casebook.statistics.distributions import upper_chi_square_tail
from casebook.statistics.terms import SMALLEST_P, NotComputable, TestResult

Counts = Sequence[Sequence[int]]
"""A row a group, a column a level."""

_FEW = 5
_LARGEST_TABLE = 2000
_MOST_STATES = 200_000


class _Ways(NamedTuple):
    """In how many ways a table comes about (`weight`), and how many tables have each weight."""

    total: int
    tables: dict[int, int]

    def p_value(self, weight: int) -> float:
        """The share of the ways that lead to a table which comes about in at most so many."""
        likely = sum(each * number for each, number in self.tables.items() if each <= weight)
        return max(likely / self.total, SMALLEST_P)


def fisher_exact(counts: Counts) -> TestResult:
    """Fisher's exact test whether groups and levels are independent, of a table of any size.

    The two-sided p-value is the probability, given all totals, of a table that is at most as likely
    as the one found (Freeman & Halton 1951, Biometrika 38:141-149; of two by two it is Fisher's
    1934). Ways are counted in whole numbers, so that equally likely tables are equal.

    Args:
        counts: Patients by group (row) and level (column). Empty rows and columns are left out.

    Returns:
        A result whose statistic is the probability of the table found.

    Raises:
        NotComputable: Fewer than two groups or levels have patients, or there are too many of them.
        ValueError: A count is negative, or rows have different lengths.
    """
    table = _used(counts)
    rows, columns = table.sum(axis=1).tolist(), table.sum(axis=0).tolist()
    ways = _all_ways(tuple(sorted(rows)), tuple(sorted(columns)))
    found = math.prod(_ways(column) for column in table.T.tolist())
    return TestResult(
        statistic=found / ways.total,
        p_value=ways.p_value(found),
        smallest_p=ways.p_value(min(ways.tables)),
        n=int(table.sum()),
        n_informative=int(table.sum()),
        exact=True,
        ties=False,
        zeros=0,
    )


def pearson_chi_squared(counts: Counts) -> TestResult:
    """Pearson's chi-squared test without continuity correction (Pearson 1900, Phil Mag 50:157-175).

    It is an approximation that needs expected counts of about 5. The least p-value that the totals
    allow is not looked for.

    Args:
        counts: As in `fisher_exact`.

    Raises:
        NotComputable: Fewer than two groups or levels have patients.
        ValueError: As in `fisher_exact`.
    """
    return _chi_squared(_used(counts), nearer=0)


def yates_chi_squared(counts: Counts) -> TestResult:
    """The same of two groups and two levels with each count half nearer to what is expected.

    No count goes beyond it (Yates 1934, Suppl J R Stat Soc 1:217-235; R's `chisq.test` does so if
    it is not told otherwise).

    Args:
        counts: As in `fisher_exact`.

    Raises:
        NotComputable: As in `pearson_chi_squared`, or there are more groups or levels than two.
        ValueError: As in `fisher_exact`.
    """
    table = _used(counts)
    if table.shape != (2, 2):
        raise NotComputable("Yates's correction is of two groups and two levels")
    return _chi_squared(table, nearer=0.5)


def any_below_five(counts: Counts) -> bool:
    """Whether any expected count is below 5, where textbooks take Fisher's test for chi-squared.

    Arguments and errors as in `pearson_chi_squared`.
    """
    return bool((_expected(_used(counts)) < _FEW).any())


def too_few_by_cochran(counts: Counts) -> bool:
    """Whether more than a fifth of the expected counts are below 5, or any is below 1.

    Of a table larger than two by two fewer small ones do no harm (Cochran 1954, Biometrics
    10:417-451). Arguments and errors as in `pearson_chi_squared`.
    """
    expected = _expected(_used(counts))
    return bool((expected < _FEW).mean() > 1 / 5 or (expected < 1).any())


def chi_squared_or_fisher(
    counts: Counts,
    *,
    chi_squared: Callable[[Counts], TestResult] = pearson_chi_squared,
    too_few: Callable[[Counts], bool] = any_below_five,
) -> TestResult:
    """Fisher's exact test where expected counts are too small for chi-squared, and else that.

    As R's gtsummary does by default.

    Args:
        counts: As in `fisher_exact`.
        chi_squared: The approximation, with a correction or without.
        too_few: The rule by which one of both is chosen.

    Raises:
        NotComputable: As in the test that is made.
        ValueError: As in `fisher_exact`.
    """
    return fisher_exact(counts) if too_few(counts) else chi_squared(counts)


def _expected(counted: np.ndarray) -> np.ndarray:
    """The counts that are expected if groups and levels are independent."""
    table = counted.astype(np.float64)
    return np.outer(table.sum(axis=1), table.sum(axis=0)) / float(table.sum())


def _chi_squared(counted: np.ndarray, nearer: float) -> TestResult:
    """The test with each count so much nearer to its expected one."""
    table = counted.astype(np.float64)
    n = float(table.sum())
    expected = _expected(counted)
    apart = np.abs(table - expected)
    statistic = float(((apart - np.minimum(apart, nearer)) ** 2 / expected).sum())
    degrees = (table.shape[0] - 1) * (table.shape[1] - 1)
    return TestResult(
        statistic=statistic,
        p_value=max(upper_chi_square_tail(statistic, degrees), SMALLEST_P),
        smallest_p=math.nan,
        n=int(n),
        n_informative=int(n),
        exact=False,
        ties=False,
        zeros=0,
        degrees=degrees,
    )


def cramers_v(counts: Counts) -> float:
    """How much the groups differ: the root of chi-squared over its largest possible value.

    That is n times one less than the number of groups or levels, whichever is smaller (Cramér 1946,
    Mathematical Methods of Statistics, section 21.9). It goes from 0, the shares of all groups are
    equal, to 1; of two by two it is the size of phi.

    Args:
        counts: As in `fisher_exact`.

    Raises:
        NotComputable: Fewer than two groups or levels have patients.
        ValueError: As in `fisher_exact`.
    """
    test, table = pearson_chi_squared(counts), _used(counts)
    return math.sqrt(test.statistic / (test.n * (min(table.shape) - 1)))


def _used(counts: Counts) -> np.ndarray:
    """The table without empty rows and columns."""
    table = np.array(counts, dtype=np.int64)
    if table.ndim != 2 or (table < 0).any():
        raise ValueError("a table has rows of one length, and no count below 0")
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    groups, levels = table.shape
    if groups < 2:
        raise NotComputable("fewer than two groups have patients")
    if levels < 2:
        raise NotComputable("all patients are alike")
    return table


def _ways(column: Sequence[int]) -> int:
    """In how many ways the patients of a column can be divided into the groups (multinomial)."""
    ways, total = 1, 0
    for count in column:
        total += count
        ways *= math.comb(total, count)
    return ways


@lru_cache(maxsize=64)
def _all_ways(rows: tuple[int, ...], columns: tuple[int, ...]) -> _Ways:
    """All tables with these totals, column by column.

    Tables that leave the same totals to the other columns, and have come about in as many ways so
    far, are counted together (as in the network of Mehta & Patel 1983, JASA 78:427-434).
    """
    if sum(rows) > _LARGEST_TABLE:
        raise NotComputable(f"too many patients for the exact distribution (n = {sum(rows)})")
    states: dict[tuple[tuple[int, ...], int], int] = {(rows, 1): 1}
    for column in columns[:-1]:
        grown: dict[tuple[tuple[int, ...], int], int] = {}
        for (left, weight), number in states.items():
            for filled in _fillings(left, column):
                # Rows with equal totals may change places.
                rest = tuple(sorted(t - count for t, count in zip(left, filled, strict=True)))
                state = (rest, weight * _ways(filled))
                grown[state] = grown.get(state, 0) + number
            if len(grown) > _MOST_STATES:
                raise NotComputable(f"too many tables for the exact test (n = {sum(rows)})")
        states = grown
    tables: dict[int, int] = {}
    for (left, weight), number in states.items():
        whole = weight * _ways(left)
        tables[whole] = tables.get(whole, 0) + number
    return _Ways(_ways(rows), tables)


def _fillings(left: tuple[int, ...], total: int) -> list[tuple[int, ...]]:
    """All ways to write the total as a sum of counts, none more than what is left of its row."""
    if len(left) == 1:
        return [(total,)] if total <= left[0] else []
    most = min(left[0], total)
    return [
        (count, *rest)
        for count in range(max(0, total - sum(left[1:])), most + 1)
        for rest in _fillings(left[1:], total - count)
    ]
