"""Tests of differences in floats against R 4.2.2 and 4.6.2, and SciPy, which subtract them so."""

import pytest

from casebook.statistics.floats import (
    float_differences,
    float_ranks,
    r_kruskal_wallis,
    ranks_of_groups,
)
from casebook.statistics.kruskal_wallis import kruskal_wallis
from casebook.statistics.rank_sum import rank_sum_by
from casebook.statistics.signed_rank import signed_rank_by
from casebook.statistics.values import FloatArray

BEFORE = [0.1, 0.2, 0.4, 0.7, 1.1, 0.3, 2.2, 0.9, 0.5]
AFTER = [0.3, 0.4, 0.6, 0.4, 1.6, 0.9, 2.9, 1.1, 0.2]


@pytest.fixture
def changes() -> FloatArray:
    """R: `AFTER - BEFORE`; of 0.2 on paper there are four floats, and of -0.3 two."""
    return float_differences(BEFORE, AFTER)


def test_rank_tests_find_the_ties_that_floats_have(changes: FloatArray) -> None:
    """R: wilcox.test(d) is 0.203125, and wilcox.test(d[1:4], d[5:9]) 0.190476190476."""
    of_pairs = signed_rank_by("r-4.5", float_ranks(changes))
    between = rank_sum_by("r-4.5", *ranks_of_groups([changes[:4], changes[4:]]))

    assert of_pairs.p_value == pytest.approx(0.203125, rel=1e-9)
    assert between.p_value == pytest.approx(0.190476190476, rel=1e-9)


def test_r_counts_ties_of_several_groups_by_digits_and_scipy_by_ranks(changes: FloatArray) -> None:
    """R: kruskal.test(d, rep(1:3, each = 3)) is 0.709987691324; scipy.stats.kruskal 0.73263..."""
    groups = [changes[:3], changes[3:6], changes[6:]]

    in_scipy = kruskal_wallis(ranks_of_groups(groups), exact=False)

    assert r_kruskal_wallis(groups) == pytest.approx(0.709987691324, rel=1e-9)
    assert in_scipy.p_value == pytest.approx(0.7326324677392179, rel=1e-9)
