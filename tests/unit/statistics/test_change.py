"""The change of one patient in percent of baseline."""

import math

import pytest

from casebook.statistics.change import percent_change, percent_changes
from casebook.statistics.terms import NotComputable


def test_percent_change_is_of_the_size_of_the_baseline() -> None:
    assert percent_change(0.3, 0.18) == -40
    assert percent_change(-10, -5) == 50
    with pytest.raises(NotComputable, match="undefined at a baseline of 0"):
        percent_change(0, 3)


def test_a_percent_change_without_a_visit_says_which_is_missing() -> None:
    with pytest.raises(NotComputable, match="no baseline value"):
        percent_change(math.nan, math.nan)
    with pytest.raises(NotComputable, match="no follow-up value"):
        percent_change(3, math.nan)


def test_percent_changes_of_a_series_say_which_is_undefined() -> None:
    first, second, third = percent_changes([0.3, 0, -10], [0.18, 3, -5])

    assert (first, third) == (-40, 50)
    assert str(second) == "percent change is undefined at a baseline of 0"
    with pytest.raises(NotComputable, match="value 2 of 2 is not finite"):
        percent_changes([1, 2], [1, math.inf])


@pytest.mark.parametrize(
    ("baseline", "followup"), [(1e-300, 1e15), (1e-300, 1), (5e-324, 4), (-1e-13, 1000)]
)
def test_a_percent_change_out_of_all_proportion_is_undefined(
    baseline: float, followup: float
) -> None:
    (found,) = percent_changes([baseline], [followup])

    assert str(found) == "percent change is out of all proportion at a baseline so close to 0"
    with pytest.raises(NotComputable, match="so close to 0"):
        percent_change(baseline, followup)


def test_a_percent_change_is_computed_up_to_the_limit_of_1e15() -> None:
    at, beyond = percent_changes([1e-13, 1e-13], [1.0000000000001, 1.0000000000002])

    assert at == 1e15
    assert isinstance(beyond, NotComputable)
