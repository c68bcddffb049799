"""What results say, where a number stands exactly at the boundary of another conclusion."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.data.results import Result
from casebook.study.load import load_study
from casebook.wording.conclusions import Conclusion, Disagreement, conclusions, disagreement
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


def test_a_shift_of_0_is_neither_better_nor_worse(
    concluded: Callable[..., dict[str, Conclusion]],
) -> None:
    found = concluded([-1, 0, 1])["the direction of the change"]

    assert found.words == f"the shift, 0, is {found.answer}"
    assert found.answer not in ("an improvement", "a worsening")


@pytest.fixture
def differing(rows_of: Callable[..., list[Result]]) -> Callable[..., Disagreement | None]:
    """Why p and the interval of the shift disagree, by the study's convention."""

    def run(changes: Sequence[float], analysis: str) -> Disagreement | None:
        everyone_alone = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
        chosen = ("cohorts:", f"analysis: {{ {analysis} }}\ncohorts:")
        rows = rows_of([(50.0, 50.0 + each) for each in changes], chosen, everyone_alone)
        (test,) = paired_tests(load_study(Path("study/study.yaml")), rows)
        return disagreement(test)

    return run


@pytest.mark.parametrize(
    ("changes", "analysis", "why", "number"),
    [
        ([-1, -2, -3, -4], "signed_rank: exact", "even the widest interval", "87.5%"),
        ([-1, -2, -3, -4, -5], "confidence_level: 0.9", "the interval is of 90%", ""),
        # In R, exactRankTests: 0.0625 and 0.0390625; up to 4.5 wilcox.test gives 0.04983.
        (
            [-2, 1, -1, -1, -2, -4, -3],
            "signed_rank: r-4.5",
            "the interval is exact",
            "exact p = 0.0625",
        ),
        (
            [-1, -1, -2, -1, -4, -4, -2, 1],
            "signed_rank: exact",
            "test and interval take changes",
            "",
        ),
        ([0] * 8 + [*range(1, 8)], "signed_rank: exact", "the interval counts every", "7 of 15"),
    ],
)
def test_why_test_and_interval_disagree_is_told(
    differing: Callable[..., Disagreement | None],
    changes: Sequence[float],
    analysis: str,
    why: str,
    number: str,
) -> None:
    found = differing(changes, analysis)

    assert found
    assert found.why.startswith(why)
    assert found.number == number


@pytest.mark.parametrize("changes", [[1, 2, 3, 4, 5, 6, -7], [-1, -2, -3, -4, -5, 6], range(1, 9)])
def test_without_ties_and_zeros_an_exact_test_agrees_with_its_interval(
    differing: Callable[..., Disagreement | None], changes: Sequence[float]
) -> None:
    assert differing([*changes], "signed_rank: exact") is None
