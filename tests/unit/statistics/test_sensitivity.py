"""Conclusions that hang on one patient."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics import NotComputable
from casebook.statistics.sensitivity import Variation, leave_one_out
from casebook.statistics.signed_rank import Distribution, signed_rank


def test_six_improvements_are_significant_and_any_five_of_them_are_not() -> None:
    found = leave_one_out([-1, -2, -3, -4, -5, -6], alpha=0.05, distribution="exact")
    assert found == [Variation(0.0625, changes_conclusion=True)] * 6


def test_only_the_patient_who_got_worse_stands_against_significance() -> None:
    found = leave_one_out([-8, -6, -22, -19, -2, -7, 9], alpha=0.05, distribution="exact")
    assert [v.changes_conclusion for v in found] == [False] * 6 + [True]
    assert found[-1].p_value == 0.03125


def test_a_patient_without_whom_nothing_can_be_tested_has_no_p_value() -> None:
    found = leave_one_out([0, 0, 5], alpha=0.05, distribution="exact")
    assert found[2] == Variation(None, changes_conclusion=False)


@pytest.mark.parametrize("distribution", ["exact", "normal", "r-default"])
@given(st.lists(st.integers(-5, 5), min_size=1, max_size=8).filter(any))
def test_each_variation_is_the_test_without_that_patient(
    distribution: Distribution, changes: list[int]
) -> None:
    found = leave_one_out(changes, alpha=0.05, distribution=distribution)
    for i, variation in enumerate(found):
        rest = changes[:i] + changes[i + 1 :]
        expected = signed_rank(rest, distribution=distribution).p_value if any(rest) else None
        assert variation.p_value == expected


def test_without_a_main_result_there_is_nothing_to_compare_with() -> None:
    with pytest.raises(NotComputable, match="all differences are zero"):
        leave_one_out([0, 0], alpha=0.05, distribution="exact")
