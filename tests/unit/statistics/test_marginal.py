"""Marginal homogeneity: both ways of each change listed, and what must not matter."""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.marginal import stuart_maxwell
from casebook.statistics.paired import mcnemar
from casebook.statistics.terms import NotComputable

Pairs = list[tuple[int, int]]


def changes(categories: int, patients: int) -> st.SearchStrategy[Pairs]:
    category = st.integers(1, categories)
    pairs = st.lists(st.tuples(category, category), min_size=1, max_size=patients)
    return pairs.filter(lambda pairs: any(before != after for before, after in pairs))


def chi_square(pairs: Pairs) -> float:
    """Of three categories, by Fleiss & Everitt (1971), as they write it."""
    count = [[sum(pair == (i, j) for pair in pairs) for j in (1, 2, 3)] for i in (1, 2, 3)]
    d = [sum(count[i]) - sum(row[i] for row in count) for i in range(3)]
    mean = {(i, j): (count[i][j] + count[j][i]) / 2 for i in range(3) for j in range(3)}
    m12, m13, m23 = mean[0, 1], mean[0, 2], mean[1, 2]
    return (m23 * d[0] ** 2 + m13 * d[1] ** 2 + m12 * d[2] ** 2) / (
        2 * (m12 * m23 + m12 * m13 + m13 * m23)
    )


connected = st.tuples(changes(3, 7), st.just([(1, 2), (3, 2)])).map(lambda two: two[0] + two[1])


@given(connected)
def test_exact_p_equals_enumeration_of_both_ways_of_each_change(pairs: Pairs) -> None:
    ways = itertools.product(*({pair, pair[::-1]} for pair in pairs))
    listed = [chi_square(list(way)) for way in ways]
    expected = sum(s >= chi_square(pairs) - 1e-9 for s in listed) / len(listed)
    best = sum(s >= max(listed) - 1e-9 for s in listed) / len(listed)

    result = stuart_maxwell(*zip(*pairs, strict=True))

    assert result.statistic == pytest.approx(chi_square(pairs))
    assert (result.p_value, result.smallest_p) == pytest.approx((expected, best), rel=1e-12)


@given(changes(2, 30))
def test_of_two_categories_it_is_mcnemar_s_exact_test(pairs: Pairs) -> None:
    before, after = zip(*pairs, strict=True)
    result = stuart_maxwell(before, after)
    expected = mcnemar([b - 1 for b in before], [a - 1 for a in after])

    assert result.p_value == pytest.approx(expected.p_value, rel=1e-12)
    assert result.smallest_p == pytest.approx(expected.smallest_p, rel=1e-12)


@given(changes(5, 12), st.permutations([1, 2, 3, 4, 5]), st.sampled_from(["exact", "asymptotic"]))
def test_names_of_categories_and_order_of_visits_do_not_matter(
    pairs: Pairs, names: list[int], distribution: Any
) -> None:
    before, after = zip(*pairs, strict=True)
    renamed = [[names[c - 1] for c in visit] for visit in (after, before)]

    result = stuart_maxwell(before, after, distribution=distribution)
    other = stuart_maxwell(*renamed, distribution=distribution)

    assert result.p_value == pytest.approx(other.p_value, rel=1e-9)
    assert 0 < result.smallest_p <= result.p_value * (1 + 1e-12) <= 1 + 1e-12


@given(changes(4, 10))
def test_who_did_not_change_says_nothing(pairs: Pairs) -> None:
    moved = stuart_maxwell(*zip(*pairs, strict=True))
    with_stayers = stuart_maxwell(*zip(*pairs, (4, 4), (5, 5), strict=True))

    assert with_stayers.p_value == pytest.approx(moved.p_value, rel=1e-12)
    assert with_stayers.n_informative == moved.n_informative == sum(a != b for a, b in pairs)


def test_three_hundred_changes_between_three_grades_are_exact_and_far_more_are_refused() -> None:
    before, after = np.random.default_rng(2).integers(0, 3, (2, 450))
    exact = stuart_maxwell(before, after).p_value
    approximate = stuart_maxwell(before, after, distribution="asymptotic").p_value
    assert exact == pytest.approx(approximate, rel=0.02)

    with pytest.raises(NotComputable, match=r"too many values \(6000 changed\)"):
        stuart_maxwell([0, 1] * 3000, [1, 2] * 3000)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([1, 2], [1, 2], r"no patient changed \(n = 2\)"),
        ([], [], "has 0"),
        ([1, np.nan], [1, 2], "not finite"),
        (range(18), range(1, 19), "changes between 18 pairs of categories"),
    ],
)
def test_what_cannot_be_tested_has_a_reason(before: Any, after: Any, reason: str) -> None:
    with pytest.raises(NotComputable, match=reason):
        stuart_maxwell(before, after)


def test_lengths_and_distributions_are_checked() -> None:
    with pytest.raises(ValueError, match="2 baseline values but 1 follow-up"):
        stuart_maxwell([1, 2], [1])
    with pytest.raises(ValueError, match="exact or asymptotic"):
        stuart_maxwell([1], [2], distribution="normal")  # type: ignore[arg-type]
