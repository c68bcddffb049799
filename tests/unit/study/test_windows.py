"""Days looked up in the windows of visits."""

import pytest

from casebook.study.windows import Windows, days_of

IN_MONTHS = {"a": "0 to 1 months", "b": "1 to 2 months", "within": "20.2 to 20.8 days"}
FEW = {"late": "100.5 to 120 days", "before": "-14 to -1 days", **IN_MONTHS}


@pytest.mark.parametrize("written", [{}, IN_MONTHS, FEW])
def test_a_day_is_found_in_its_window_and_far_from_all_others(written: dict[str, str]) -> None:
    windows = {name: days_of(each) for name, each in written.items()}
    found = Windows(windows)

    for day in range(-40, 160):
        own = [name for name, each in windows.items() if each.first <= day <= each.last]
        far = all(
            day < each.first - 9 or day > each.last + 9
            for name, each in windows.items()
            if name != "within"
        )
        assert (found.visit(day), found.are_far(day, 9)) == (own[0] if own else None, far)
