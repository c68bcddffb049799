from collections.abc import Sequence

import pytest

from casebook.statistics.rank_sum import rank_sum_by
from casebook.statistics.signed_rank import signed_rank, signed_rank_by
from casebook.statistics.terms import (
    SMALLEST_P,
    Alternative,
    Convention,
    Program,
    RankSumConvention,
)

UNTIED = [(-1) ** i * (i + 0.5) for i in range(300)]


def first(n: int, *, tied: bool = False, zeros: int = 0) -> list[float]:
    """So many differences, the first of them zero, and the last of the size of another if tied."""
    changed = UNTIED[: n - zeros]
    return [*[0.0] * zeros, *([*changed[:-1], changed[0]] if tied else changed)]


@pytest.mark.parametrize(
    ("program", "differences", "exact"),
    [
        ("scipy", first(13, tied=True, zeros=2), True),
        ("scipy", first(14, tied=True), False),
        ("scipy", first(14, zeros=1), False),
        ("scipy", first(50), True),
        ("scipy", first(51), False),
        ("spss", first(5), False),
        ("stata", first(5), False),
        ("coin", first(5), False),
        # 20 that are not zero, however many are.
        ("sas", first(25, tied=True, zeros=5), True),
        ("sas", first(21), False),
        ("prism", first(199, tied=True, zeros=3), True),
        ("prism", first(200), False),
        ("jasp", first(49), True),
        ("jasp", first(49, tied=True), False),
    ],
)
def test_each_program_has_its_own_rule_when_the_signed_rank_test_is_exact(
    program: Convention, differences: Sequence[float], exact: bool
) -> None:
    assert signed_rank_by(program, differences).exact is exact


def test_stata_ranks_zeros_and_spss_leaves_them_out() -> None:
    differences = [24, 0, 0, 4, 0]

    assert [signed_rank_by(p, differences).statistic for p in ("stata", "spss")] == [9, 3]


@pytest.mark.parametrize(
    ("program", "differences", "p_value"),
    [
        # Output of Stata 9 and of R for these seven values, as a question to Statalist of 29 July
        # 2005 has it.
        ("stata", [-0.5, 1, 2, 3, 4, 4.3, 4.4], "0.0280"),
        ("r-4.5", [-0.5, 1, 2, 3, 4, 4.3, 4.4], "0.0312"),
    ],
)
def test_published_output_of_the_signed_rank_test(
    program: Convention, differences: Sequence[float], p_value: str
) -> None:
    assert f"{signed_rank_by(program, differences).p_value:.4f}" == p_value


@pytest.mark.parametrize(("program", "p_value"), [("stata", "0.1003"), ("r-4.5", "0.1255")])
def test_published_output_of_the_rank_sum_test(program: Program, p_value: str) -> None:
    """Śaunak Sen, "Stata and R ranksum test p-values differ", has the output of both."""
    result = rank_sum_by(program, [11, 9, 4, 5, 10], [7, 6, 3, 2, 1, 8])

    assert f"{result.p_value:.4f}" == p_value


@pytest.mark.parametrize(
    ("program", "sizes", "tied", "exact"),
    [
        ("exact", (60, 60), True, True),
        ("normal", (4, 4), False, False),
        ("scipy", (8, 60), False, True),
        ("scipy", (9, 9), False, False),
        ("scipy", (8, 8), True, False),
        ("sas", (4, 4), False, False),
        ("spss", (4, 4), False, False),
        ("stata", (4, 4), False, False),
        ("prism", (9, 9), True, True),
        ("jasp", (49, 9), False, True),
        ("jasp", (9, 9), True, False),
    ],
)
def test_each_program_has_its_own_rule_when_the_rank_sum_test_is_exact(
    program: RankSumConvention, sizes: tuple[int, int], tied: bool, exact: bool
) -> None:
    group = [float(i) for i in range(sizes[0])]
    reference = [i + (0.0 if tied else 0.5) for i in range(sizes[1])]

    assert rank_sum_by(program, group, reference).exact is exact


@pytest.mark.parametrize(
    ("alternative", "p_value"),
    [("two-sided", SMALLEST_P), ("greater", SMALLEST_P), ("less", 1.0)],
)
def test_students_t_has_no_bound_where_all_patients_rise_by_the_same(
    alternative: Alternative, p_value: float
) -> None:
    result = signed_rank([2.0] * 25, distribution="t", continuity=False, alternative=alternative)

    assert result.p_value == p_value


def test_a_program_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"convention is one of exact, .*coin, got 'minitab'"):
        rank_sum_by("minitab", [1], [2])  # type: ignore[arg-type]
