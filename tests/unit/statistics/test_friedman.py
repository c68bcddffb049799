"""Friedman's and Page's tests: all orders listed, published tables, and what must not matter."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics import permuted_rows
from casebook.statistics.friedman import friedman, kendalls_w, page
from casebook.statistics.paired import sign_test
from casebook.statistics.signed_rank import Alternative
from casebook.statistics.terms import NotComputable

Table = list[list[int]]


def tables(visits: int, patients: int, values: int = 3) -> st.SearchStrategy[Table]:
    row = st.lists(st.integers(0, values), min_size=visits, max_size=visits)
    rows = st.lists(row, min_size=1, max_size=patients)
    return rows.filter(lambda table: any(len(set(row)) > 1 for row in table))


small = st.one_of(tables(3, 4), tables(4, 3), tables(3, 4, values=9))


def ranked(row: Sequence[int]) -> list[float]:
    return [sum(o < x for o in row) + (1 + sum(o == x for o in row)) / 2 for x in row]


def listed(table: Table) -> np.ndarray:
    """The rank sums of all ways to order the ranks of each patient, a row for each."""
    sums = np.zeros((1, len(table[0])))
    for row in table:
        orders = np.array(list(itertools.permutations(ranked(row))))
        sums = (sums[:, np.newaxis] + orders).reshape(-1, len(row))
    return sums


def spread(sums: np.ndarray) -> np.ndarray:
    return np.square(sums - sums.mean(axis=1, keepdims=True)).sum(axis=1)


def trend(sums: np.ndarray) -> np.ndarray:
    return sums @ np.arange(1, sums.shape[1] + 1)


def observed(table: Table) -> np.ndarray:
    return np.array([list(map(ranked, table))]).sum(axis=1)


@given(small)
def test_friedman_s_exact_p_equals_enumeration_of_all_orders(table: Table) -> None:
    spreads = spread(listed(table))
    expected = np.mean(spreads >= spread(observed(table)) - 1e-9)
    best = np.mean(spreads >= spreads.max() - 1e-9)

    result = friedman(table)

    assert (result.p_value, result.smallest_p) == pytest.approx((expected, best), rel=1e-12)


@given(small, st.sampled_from(["greater", "less"]))
def test_page_s_exact_p_equals_enumeration_of_all_orders(
    table: Table, alternative: Alternative
) -> None:
    (found,), trends = trend(observed(table)), trend(listed(table))
    expected = np.mean(trends >= found if alternative == "greater" else trends <= found)

    result = page(table, alternative=alternative)

    assert result.statistic == found
    assert result.p_value == pytest.approx(expected, rel=1e-12)
    assert result.smallest_p == pytest.approx(np.mean(trends == trends.max()), rel=1e-12)


@pytest.mark.parametrize(
    ("visits", "patients", "statistic", "p_value"),
    [(3, 5, 6.4, 0.039), (3, 10, 6.2, 0.046), (4, 4, 7.8, 0.036), (4, 8, 7.65, 0.049)],
)
def test_critical_values_of_friedman_s_published_tables(
    visits: int, patients: int, statistic: float, p_value: float
) -> None:
    """The first statistic whose p is below 0.05, without ties, to the digits of the tables."""
    random = np.random.default_rng(1)
    while True:
        table = np.array([random.permutation(visits) for _ in range(patients)])
        result = friedman(table)
        if result.statistic == pytest.approx(statistic):
            break

    assert result.p_value == pytest.approx(p_value, abs=0.0005)


@given(st.one_of(tables(2, 12), tables(2, 12, values=9)))
def test_of_two_visits_friedman_s_is_the_sign_test(table: Table) -> None:
    differences = [second - first for first, second in table]

    assert friedman(table).p_value == pytest.approx(sign_test(differences).p_value, rel=1e-12)
    assert page(table).p_value == pytest.approx(sign_test(differences).p_value, rel=1e-12)


def test_of_yes_and_no_it_is_cochran_s_q() -> None:
    """Q = (k - 1) (k sum of C**2 - N**2) / (k N - sum of R**2), with the counts of yes."""
    answers = np.array([[1, 1, 0], [1, 0, 0], [1, 1, 1], [0, 1, 0], [1, 1, 0], [1, 1, 0]])
    columns, patients, yes = answers.sum(axis=0), answers.sum(axis=1), answers.sum()
    q = 2 * (3 * (columns**2).sum() - yes**2) / (3 * yes - (patients**2).sum())

    assert friedman(answers, distribution="asymptotic").statistic == pytest.approx(q)


@given(st.one_of(small, tables(5, 8)), st.integers(1, 9), st.integers(-9, 9), st.randoms())
def test_order_of_patients_and_visits_unit_and_origin_do_not_matter(
    table: Table, factor: int, shift: int, random: Any
) -> None:
    columns = list(zip(*([factor * x + shift for x in row] for row in table), strict=True))
    random.shuffle(columns)
    other = list(zip(*columns, strict=True))
    random.shuffle(other)

    assert friedman(other).p_value == pytest.approx(friedman(table).p_value, rel=1e-9)
    assert kendalls_w(other) == pytest.approx(kendalls_w(table))


@given(st.one_of(small, tables(5, 8)))
def test_visits_backwards_turn_a_rise_into_a_fall(table: Table) -> None:
    backwards = [row[::-1] for row in table]

    assert page(backwards).p_value == pytest.approx(page(table).p_value, rel=1e-9)
    rising, falling = page(table, alternative="greater"), page(backwards, alternative="less")
    assert rising.p_value == pytest.approx(falling.p_value, rel=1e-9)


@given(
    st.one_of(small, tables(5, 8)),
    st.sampled_from([friedman, page]),
    st.sampled_from(["exact", "asymptotic"]),
)
def test_p_lies_between_the_smallest_possible_and_one(
    table: Table, test: Any, distribution: str
) -> None:
    result = test(table, distribution=distribution)

    assert 0 < result.smallest_p <= result.p_value * (1 + 1e-12) <= 1 + 1e-12


def test_concordance_is_one_where_all_agree_and_none_where_rank_sums_are_equal() -> None:
    assert kendalls_w([[1, 2, 2], [5, 9, 9]]) == 1
    assert kendalls_w([[1, 2, 3], [3, 1, 2], [2, 3, 1]]) == 0


def test_a_patient_without_any_change_agrees_with_nobody() -> None:
    """In R, friedman.test(rbind(1:3, c(1, 1, 1)))$statistic / (2 * 2)."""
    assert kendalls_w([[1, 2, 3], [1, 1, 1]]) == 0.5


def test_of_yes_and_no_many_patients_have_an_exact_test() -> None:
    """Against the counts of yes at the first three of four visits, a patient added at a time."""
    answers = np.random.default_rng(7).integers(0, 2, (50, 4))
    chances = np.zeros((51, 51, 51))
    chances[0, 0, 0] = 1
    for row in answers.tolist():
        orders = {order[:3] for order in itertools.permutations(row)}
        moved = [np.roll(chances, order, axis=(0, 1, 2)) for order in orders]
        chances = np.mean(moved, axis=0)
    first = np.indices(chances.shape)
    counts = np.stack([*first, answers.sum() - first.sum(axis=0)])
    tail = chances[np.square(counts).sum(axis=0) >= np.square(answers.sum(axis=0)).sum()].sum()

    result = friedman(answers)

    assert result.exact
    assert result.p_value == pytest.approx(tail, rel=1e-9)


@pytest.mark.parametrize(("visits", "patients"), [(4, 32), (5, 11), (6, 5), (7, 2)])
def test_without_ties_fewer_patients_have_an_exact_test(visits: int, patients: int) -> None:
    values = [range(visits)] * (patients + 1)

    with pytest.raises(NotComputable, match="too many values"):
        friedman(values)


def test_yes_and_no_are_refused_before_they_take_long() -> None:
    with pytest.raises(NotComputable, match="too many values"):
        friedman([[0, 1, 1, 0], [1, 0, 0, 0]] * 100)


def test_patients_whose_values_are_all_equal_say_nothing() -> None:
    table = [[1, 2, 3], [1, 3, 2], [2, 4, 9]]

    without, with_one = friedman(table), friedman([*table, [7, 7, 7]])

    assert (with_one.n, with_one.n_informative) == (4, 3)
    assert (with_one.p_value, with_one.statistic) == (without.p_value, without.statistic)


def test_three_patients_in_one_order_reach_1_in_36() -> None:
    """Each of the two others has the first one's order with probability 1/6."""
    result = friedman([[1, 2, 3]] * 3)

    assert result.p_value == result.smallest_p == pytest.approx(1 / 36)
    assert page([[1, 2, 3]] * 3).smallest_p == pytest.approx(2 / 216)


def test_thirds_that_were_rounded_differently_are_tied() -> None:
    rounded = [[33.3333333333333, 100 / 3, 50], [12.5, 25, 50]]

    assert friedman(rounded) == friedman([[1, 1, 2], [1, 2, 3]])


def test_many_patients_keep_small_tails() -> None:
    table = [[1, 2, 3, 4]] * 30

    assert friedman(table).p_value == pytest.approx(24.0**-29, rel=1e-9)
    assert page(table, alternative="greater").p_value == pytest.approx(24.0**-30, rel=1e-9)


@pytest.mark.parametrize(
    ("test", "values", "reason"),
    [
        (friedman, [[1, 1, 1]], r"no patient's values differ between visits \(n = 1\)"),
        (friedman, np.zeros((0, 3)), "has 0"),
        (page, [[1, 2, np.nan]], "not finite"),
        (friedman, [[1, 2, 3]] * 162, r"too many values \(n = 162, 3 visits\)"),
        (friedman, [range(8)], r"too many values \(n = 1, 8 visits\)"),
        (page, [range(8)], r"too many values \(n = 1, 8 visits\)"),
    ],
)
def test_what_cannot_be_tested_has_a_reason(test: Any, values: Any, reason: str) -> None:
    with pytest.raises(NotComputable, match=reason):
        test(values)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match="two or more columns"):
        friedman([[1], [2]])
    with pytest.raises(ValueError, match="exact or asymptotic"):
        page([[1, 2]], distribution="normal")  # type: ignore[arg-type]


@pytest.mark.parametrize("visits", [3, 4])
def test_sums_that_are_counted_and_sums_that_are_sorted_have_one_law(
    visits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(visits)
    values = random.integers(0, 5, size=(9, visits))
    counted = friedman(values)

    monkeypatch.setattr(permuted_rows, "_NUMBERS_A_COLUMN", 0)

    assert friedman(values) == counted
