"""Numbers far from all others, which a draft leaves out of the range so that a check tells them."""

import pytest

from casebook.drafting.far import far
from casebook.drafting.headers import heading
from casebook.drafting.ranges import range_of

SCORES = [0, 2, 5, 8, 12, 15, 21, 24, 30]
PRESSURES = [122, 126, 130, 138, 142, 145, 151, 155, 160]
CRP = [0.5, 1, 1, 2, 3, 5, 8, 12, 20]
"""Skewed, as most of what laboratories measure."""
WEIGHTS = [14.5, 17, 17.7, 18.2, 20.5, 24, 27, 28.3, 29, 31.5, 33, 36, 40, 40, 44]
FEV1 = [1.31, 1.4, 1.46, 1.54, 1.65, 1.72, 1.87, 1.97, 2.05, 2.27, 2.45, 2.64, 2.94]


@pytest.mark.parametrize(
    ("others", "odd", "would_be"),
    [
        (SCORES, [240], {240: 24}),
        (PRESSURES, [1.4], {1.4: 140}),
        (PRESSURES, [14], {14: 140}),
        (PRESSURES, [1450], {1450: 145}),
        (PRESSURES * 2, [1.4, 15], {1.4: 140, 15: 150}),
        (PRESSURES, [14, 1450], {14: 140, 1450: 145}),
        (WEIGHTS, [2.2], {2.2: 22}),
        (FEV1, [0.14], {0.14: 1.4}),
        (FEV1, [0.25], {0.25: 2.5}),
        (FEV1, [0.3], {}),
        (CRP, [0.08], {}),
        (SCORES, [120], {}),
        (SCORES, [900], {}),
        (PRESSURES, [300], {}),
        (PRESSURES, [0], {}),
        (CRP, [100], {}),
        ([-3, *SCORES], [240], {}),
        (SCORES[-6:], [240], {}),
        ([100, 120, 90, 150, 200, 250, 300, 110], [8000], {}),
    ],
)  # fmt: skip
def test_a_number_is_far_that_is_like_the_others_with_its_decimal_sign_elsewhere(
    others: list[float], odd: list[float], would_be: dict[float, float]
) -> None:
    assert far([*others, *odd]) == pytest.approx(would_be)


@pytest.mark.parametrize(
    ("numbers", "limits", "told"),
    [
        ([*SCORES, 240], (0, 50), "from 0 to 30, but for 240 (or 24?), far from all others"),
        ([1.4, *PRESSURES], (100, 200), "from 122 to 160, but for 1.4 (or 140?), far from all"),
        (
            [1.4, *PRESSURES, 1450],
            (100, 200),
            "but for 1450 (or 145?) and 1.4 (or 140?), far from",
        ),
        ([*SCORES, 120], (0, 200), "wide enough, as cells are from 0 to 120"),
    ],
)
def test_a_number_far_from_all_others_is_out_of_the_range(
    numbers: list[float], limits: tuple[float, float], told: str
) -> None:
    low, high, reason = range_of(heading("Whatever"), numbers)

    assert (low, high) == limits
    assert told in reason
