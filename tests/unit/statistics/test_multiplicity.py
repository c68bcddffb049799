"""Adjusted p-values, from the rule of each procedure applied by hand."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.multiplicity import (
    benjamini_hochberg,
    benjamini_yekutieli,
    hochberg,
    holm,
)
from casebook.statistics.terms import NotComputable

Adjust = Callable[[list[float]], np.ndarray]

families = st.lists(st.floats(0, 1), min_size=1, max_size=12)
procedures = [holm, hochberg, benjamini_hochberg, benjamini_yekutieli]


@pytest.mark.parametrize(
    ("adjust", "expected"),
    [
        (holm, [0.03, 0.06, 0.06, 0.02]),
        (hochberg, [0.03, 0.04, 0.04, 0.02]),
        (benjamini_hochberg, [0.02, 0.04, 0.04, 0.02]),
    ],
)
def test_adjusted_p_values_stay_in_the_order_given(adjust: Adjust, expected: list[float]) -> None:
    assert adjust([0.01, 0.03, 0.04, 0.005]) == pytest.approx(expected)


@pytest.mark.parametrize("adjust", procedures)
@given(family=families)
def test_adjusting_never_lowers_a_p_value_nor_changes_the_order(
    adjust: Adjust, family: list[float]
) -> None:
    adjusted = adjust(family)
    assert (adjusted >= np.array(family) - 1e-15).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(family)]) >= 0).all()


@given(families)
def test_the_stricter_procedure_is_never_the_more_lenient(family: list[float]) -> None:
    assert (holm(family) >= hochberg(family) - 1e-15).all()
    assert (hochberg(family) >= benjamini_hochberg(family) - 1e-15).all()
    assert (benjamini_yekutieli(family) >= benjamini_hochberg(family) - 1e-15).all()


@pytest.mark.parametrize("adjust", procedures)
def test_a_family_of_one_needs_no_adjustment_and_one_of_none_is_empty(adjust: Adjust) -> None:
    assert adjust([0.03]) == pytest.approx([0.03])
    assert adjust([]).size == 0


def test_what_is_not_a_p_value_is_refused() -> None:
    for value in (-0.5, 1.5):
        with pytest.raises(ValueError, match="between 0 and 1"):
            holm([0.5, value])
    with pytest.raises(NotComputable, match="not finite"):
        holm([0.5, float("nan")])
