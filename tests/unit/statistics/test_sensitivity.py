"""Conclusions that hang on one patient."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.rank_sum import rank_sum
from casebook.statistics.sensitivity import (
    Variation,
    leave_one_out,
    leave_one_out_of_groups,
)
from casebook.statistics.signed_rank import signed_rank_by
from casebook.statistics.terms import Convention, NotComputable


def test_six_improvements_are_significant_and_any_five_of_them_are_not() -> None:
    found = leave_one_out("exact", [-1, -2, -3, -4, -5, -6], alpha=0.05)
    assert found == [Variation(0.0625, changes_conclusion=True)] * 6


def test_a_p_value_of_exactly_the_level_is_not_significant() -> None:
    """Six changes in one direction have 2 / 2^6, and any five of them 2 / 2^5."""
    six = leave_one_out("exact", [-1, -2, -3, -4, -5, -6], alpha=0.0625)
    five = leave_one_out("exact", [-1, -2, -3, -4, -5], alpha=0.0625)

    assert six == [Variation(0.0625, changes_conclusion=True)] * 6
    assert five == [Variation(0.125, changes_conclusion=False)] * 5


def test_only_the_patient_who_got_worse_stands_against_significance() -> None:
    found = leave_one_out("exact", [-8, -6, -22, -19, -2, -7, 9], alpha=0.05)
    assert [v.changes_conclusion for v in found] == [False] * 6 + [True]
    assert found[-1].p_value == 0.03125


def test_a_patient_without_whom_nothing_can_be_tested_has_no_p_value() -> None:
    found = leave_one_out("exact", [0, 0, 5], alpha=0.05)
    assert found[2] == Variation(None, changes_conclusion=False)


@pytest.mark.parametrize("convention", get_args(Convention))
@given(st.lists(st.integers(-5, 5), min_size=1, max_size=8).filter(any))
def test_each_variation_is_the_test_without_that_patient(
    convention: Convention, changes: list[int]
) -> None:
    found = leave_one_out(convention, changes, alpha=0.05)
    for i, variation in enumerate(found):
        rest = changes[:i] + changes[i + 1 :]
        expected = signed_rank_by(convention, rest).p_value if any(rest) else None
        assert variation.p_value == expected


def test_without_a_main_result_there_is_nothing_to_compare_with() -> None:
    with pytest.raises(NotComputable, match="all differences are zero"):
        leave_one_out("exact", [0, 0], alpha=0.05)


@pytest.mark.parametrize("zeros", [0, 2])
@pytest.mark.parametrize("convention", get_args(Convention))
@pytest.mark.parametrize("n", [49, 50, 51])
def test_around_fifty_pairs_each_variation_is_the_test_of_one_pair_fewer(
    n: int, convention: Convention, zeros: int
) -> None:
    changes = [0] * zeros + [i if i % 3 else -i for i in range(1, n + 1 - zeros)]
    found = leave_one_out(convention, changes, alpha=0.05)
    for i in (0, 1, n // 2, n - 1):
        rest = changes[:i] + changes[i + 1 :]
        assert found[i].p_value == pytest.approx(signed_rank_by(convention, rest).p_value, rel=1e-9)


@pytest.mark.parametrize("convention", ["normal", "exact"])
def test_each_of_many_variations_is_the_test_without_that_patient(convention: Convention) -> None:
    changes = np.random.default_rng(5).integers(-30, 34, 350)
    found = leave_one_out(convention, changes, alpha=0.05)
    for place in (0, 1, 2, int(np.argmax(changes)), int(np.argmin(abs(changes)))):
        expected = signed_rank_by(convention, np.delete(changes, place)).p_value
        assert found[place].p_value == pytest.approx(expected, rel=1e-12)


def test_twenty_thousand_patients_are_left_out_of_ranks_that_are_counted_once() -> None:
    """A table of every patient left out would have hundreds of millions of entries."""
    changes = np.random.default_rng(5).normal(0, 1, 20_000)
    found = leave_one_out("normal", changes, alpha=0.05)
    expected = signed_rank_by("normal", changes[1:]).p_value
    assert found[0].p_value == pytest.approx(expected, rel=1e-12)


def test_a_comparison_of_groups_can_hang_on_one_patient() -> None:
    """4 against 4 without overlap gives 2 / 70, with one patient less 2 / 35."""
    found = leave_one_out_of_groups(
        lambda groups: rank_sum(*groups).p_value, [[1, 2, 3, 4], [5, 6, 7, 8]], alpha=0.05
    )
    assert [[v.changes_conclusion for v in group] for group in found] == [[True] * 4] * 2
    assert found[0][0].p_value == pytest.approx(2 / 35)


def test_without_its_only_patient_a_group_cannot_be_compared() -> None:
    found = leave_one_out_of_groups(
        lambda groups: rank_sum(*groups).p_value, [[1], [2, 2, 3]], alpha=0.05
    )
    assert found[0] == [Variation(None, changes_conclusion=False)]
