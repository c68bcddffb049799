"""What results say, where a number stands exactly at the boundary of another conclusion."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.data.results import Result
from casebook.study.load import load_study
from casebook.wording.conclusions import Conclusion, conclusions
from casebook.wording.paired_tests import paired_tests

AT_LEVEL = ("cohorts:", "analysis: { alpha: 0.0625, signed_rank: exact }\ncohorts:")


@pytest.fixture
def concluded(rows_of: Callable[..., list[Result]]) -> Callable[..., dict[str, Conclusion]]:
    """What the results on these changes say."""

    def run(changes: Sequence[float]) -> dict[str, Conclusion]:
        everyone_alone = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
        rows = rows_of([(50.0, 50.0 + change) for change in changes], AT_LEVEL, everyone_alone)
        (test,) = paired_tests(load_study(Path("study/study.yaml")), rows)
        return conclusions(test)

    return run


def test_a_p_value_of_exactly_the_level_is_not_below_it(
    concluded: Callable[..., dict[str, Conclusion]],
) -> None:
    found = concluded([-1, -2, -3, -4, -5])

    assert found["the paired test"].answer == "not below"
    assert found["what an exact test can reach"].answer == "impossible"


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        # The widest interval of five goes from the smallest change to the largest.
        ([0, 1, 2, 3, 4], "with 0"),
        ([0, -1, -2, -3, -4], "with 0"),
        ([0.5, 1, 2, 3, 4], "without 0"),
        ([-0.5, -1, -2, -3, -4], "without 0"),
    ],
)
def test_an_interval_that_ends_at_0_includes_it(
    concluded: Callable[..., dict[str, Conclusion]], changes: list[float], answer: str
) -> None:
    assert concluded(changes)["the interval of the shift"].answer == answer


def test_a_median_change_of_0_is_neither_better_nor_worse(
    concluded: Callable[..., dict[str, Conclusion]],
) -> None:
    found = concluded([-1, 0, 1])["the direction of the change"]

    assert found.words == f"the median change, 0, is {found.answer}"
    assert found.answer not in ("an improvement", "a worsening")
